import type { Json } from '../../../shared/json';
import { valueAtPath } from '../../../shared/json';
import type { ItemContext } from '../../../shared/definition/operation';

/** The most that one call gives. */
const PAGE = 100;
/** What the service waits when it is not told. */
const USUAL_WAIT = 60;

function idOf(update: Json): string | undefined {
	const id = valueAtPath(update, 'update_id');
	return typeof id === 'string' ? id : undefined;
}

/** Asks again and again until nothing new comes or there is enough. */
async function drain(
	call: ItemContext,
	limit: number,
	ask: (left: number) => Promise<Json | undefined>,
) {
	const updates: Json[] = [];
	const known = new Set<string>();
	while (updates.length < limit) {
		call.client.checkCancelled();
		const answer = await ask(limit - updates.length);
		const page = Array.isArray(answer) ? answer : [];
		// Whether reading consumes is not documented, so updates may come again.
		const fresh = page.filter((update) => {
			const id = idOf(update);
			return id === undefined || !known.has(id);
		});
		for (const update of fresh) {
			const id = idOf(update);
			if (id !== undefined) known.add(id);
			updates.push(update);
		}
		if (fresh.length === 0 || limit !== Infinity) break;
	}
	return updates;
}

/**
 * Everything in the queue with Return All, else what one call gives. The call has no size, so an
 * answer may pass the limit; it is returned whole, since reading takes updates out of the queue.
 */
export async function allWaiting(call: ItemContext): Promise<Json[]> {
	return await drain(call, call.limit(), async () => await call.request());
}

/** One long poll; with Return All also what is left in the queue after it. */
export async function longPoll(call: ItemContext): Promise<Json[]> {
	const wait = call.value('timeout');
	const seconds = typeof wait === 'number' ? wait : USUAL_WAIT;
	let first = true;
	return await drain(call, call.limit(), async (left) => {
		const parts = await call.requestParts();
		const body = { ...parts.body, limit: Math.min(PAGE, left), ...(first ? {} : { timeout: 0 }) };
		first = false;
		// The request has to outlive the wait it asks for.
		const timeout = Math.max(call.client.retryPolicy.timeoutMs, (seconds + 15) * 1000);
		return await call.client.fetch(call.operation.endpoint, { ...parts, body, timeoutMs: timeout });
	});
}
