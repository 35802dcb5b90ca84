import type { Json } from '../../../shared/json';
import { stringifyJson, valueAtPath } from '../../../shared/json';
import { readList } from '../../readList';
import { toNodeFailure } from '../../../shared/errors';
import type { ItemContext } from '../../../shared/definition/operation';

/** Largest number of updates per request. */
const PAGE_SIZE = 100;
/** Fanbook's default timeout in seconds. */
const DEFAULT_TIMEOUT = 60;

function idOf(update: Json): string | undefined {
	const id = valueAtPath(update, 'update_id');
	return typeof id === 'string' ? id : undefined;
}

/**
 * Requests updates until there are no new ones or the limit is reached. If a request fails, the updates
 * before it are returned, since Fanbook may have removed them from the queue.
 */
async function fetchUpdates(
	item: ItemContext,
	limit: number,
	fetchPage: (left: number) => Promise<Json | undefined>,
) {
	const updates: Json[] = [];
	const known = new Set<string>();
	let previous = '';
	while (updates.length < limit) {
		item.client.checkCancelled();
		const page = await readPage();
		if (page === undefined) break;
		// Without IDs, only a repeated response shows that reading removes nothing.
		const content = stringifyJson(page);
		if (content === previous) break;
		previous = content;
		// It is not documented whether reading removes updates, so they may be repeated.
		const added = page.filter((update) => {
			const id = idOf(update);
			return id === undefined || !known.has(id);
		});
		for (const update of added) {
			const id = idOf(update);
			if (id !== undefined) known.add(id);
			updates.push(update);
		}
		if (added.length === 0 || limit !== Infinity) break;
	}
	return updates;

	async function readPage(): Promise<Json[] | undefined> {
		try {
			return readList(await fetchPage(limit - updates.length));
		} catch (error) {
			const failure = toNodeFailure(error);
			if (updates.length === 0 || failure.stopsExecution) throw failure;
			item.client.hints.add(
				`The update queue was not read to its end: ${failure.message}. The output contains what was read before: ${updates.length} of its updates. Run the node again for the others`,
			);
			return undefined;
		}
	}
}

/**
 * Returns the whole queue with Return All, else the updates of one request. The method has no size
 * parameter, so a response can exceed the limit; it is returned whole, since reading removes the
 * updates from the queue.
 */
export async function readQueue(item: ItemContext): Promise<Json[]> {
	return await fetchUpdates(item, item.limit(), async () => await item.request());
}

/** Makes one long poll. With Return All, also reads the rest of the queue. */
export async function longPollQueue(item: ItemContext): Promise<Json[]> {
	const timeout = item.value('timeout');
	const seconds = typeof timeout === 'number' ? timeout : DEFAULT_TIMEOUT;
	let isFirst = true;
	return await fetchUpdates(item, item.limit(), async (left) => {
		const parts = await item.requestParts();
		const body = {
			...parts.body,
			limit: Math.min(PAGE_SIZE, left),
			...(isFirst ? {} : { timeout: 0 }),
		};
		isFirst = false;
		// The request must take longer than the poll.
		const timeoutMs = Math.max(item.client.retryPolicy.timeoutMs, (seconds + 15) * 1000);
		return await item.client.fetch(item.operation.endpoint, { ...parts, body, timeoutMs });
	});
}
