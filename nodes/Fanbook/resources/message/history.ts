import type { Call } from '../../../shared/call';
import { Failure } from '../../../shared/failure';
import type { Json } from '../../../shared/json';
import { memberAt } from '../../../shared/json';

const PAGE = 100;
/** A channel's whole history has an end; this one only stops a service that has none. */
const MOST_PAGES = 10_000;

function idOf(message: Json): string {
	const id = memberAt(message, 'message_id');
	return typeof id === 'string' ? id : '0';
}

/** Ids grow with time. */
function isNewer(id: string, than: string): boolean {
	return BigInt(id) > BigInt(than);
}

/**
 * The messages newer than a reference, the newest first.
 *
 * When more of them exist than fit a page, Fanbook does not say whether it gives those next to the
 * reference or the newest ones. So after each full page both ends are asked: what is newer than
 * the page, and what lies between it and the reference.
 */
export async function messagesAfter(call: Call): Promise<Json[]> {
	const limit = call.limit();
	const size = Math.min(PAGE, limit);
	const found = new Map<string, Json>();
	let pages = 0;

	const page = async (messageId: string, behavior: 'before' | 'after'): Promise<Json[]> => {
		call.session.checkCancelled();
		pages += 1;
		if (pages > MOST_PAGES)
			throw new Failure(`Fanbook gave no end of messages after ${pages} pages`);
		const reference = messageId === '' ? {} : { message_id: messageId };
		const data = await call.request({ size: String(size), ...reference, behavior });
		return Array.isArray(data) ? data : [];
	};

	const start = call.text('messageId');
	let reference = start;
	while (found.size < limit) {
		const newer = await page(reference, 'after');
		const before = found.size;
		for (const message of newer) found.set(idOf(message), message);
		if (newer.length < size || found.size === before || found.size >= limit) break;
		const ids = newer.map(idOf).sort((a, b) => (isNewer(a, b) ? 1 : -1));
		await fillGap(reference, ids[0] ?? reference);
		reference = ids.at(-1) ?? reference;
	}

	/** Walks back from a full page until the reference is reached. */
	async function fillGap(from: string, oldest: string): Promise<void> {
		let end = oldest;
		while (from !== '' && found.size < limit) {
			const older = await page(end, 'before');
			const between = older.filter((message) => isNewer(idOf(message), from));
			for (const message of between) found.set(idOf(message), message);
			if (between.length === 0 || between.length < older.length || older.length < size) return;
			end = idOf(between.at(-1) ?? null);
		}
	}

	return [...found.values()].slice(0, limit).sort((a, b) => (isNewer(idOf(a), idOf(b)) ? -1 : 1));
}
