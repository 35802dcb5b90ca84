import type { Json } from '../../../shared/json';
import { valueAtPath } from '../../../shared/json';
import { rowsAt } from '../../../shared/execution/paginate';
import { compareIds } from '../../ids';
import type { ItemContext } from '../../../shared/definition/operation';

const PAGE = 100;

function idOf(message: Json): string {
	const id = valueAtPath(message, 'message_id');
	return typeof id === 'string' ? id : '0';
}

/**
 * The messages newer than a reference, the newest first.
 *
 * When more of them exist than fit a page, Fanbook does not say whether it gives those next to the
 * reference or the newest ones. So after each full page both ends are asked: what is newer than
 * the page, and what lies between it and the reference.
 */
export async function messagesAfter(call: ItemContext): Promise<Json[]> {
	const limit = call.limit();
	const size = Math.min(PAGE, limit);
	const found = new Map<string, Json>();

	/** One page, of which only what is newer than `from` counts, and whether to go on after it. */
	const page = async (messageId: string, behavior: 'before' | 'after', from: string) => {
		call.client.checkCancelled();
		const data = await call.request({ size: String(size), message_id: messageId, behavior });
		const rows = rowsAt(data);
		const before = found.size;
		const ids: string[] = [];
		for (const row of rows) {
			if (compareIds(idOf(row), from) <= 0) continue;
			ids.push(idOf(row));
			found.set(idOf(row), row);
		}
		const isOver = found.size === before || ids.length < size || found.size >= limit;
		return { ids: ids.sort(compareIds), isOver };
	};

	let reference = call.text('messageId');
	for (;;) {
		const newer = await page(reference, 'after', reference);
		if (newer.isOver) break;
		// Walks back from the full page until the reference is reached.
		let older = newer;
		while (!older.isOver) older = await page(String(older.ids[0]), 'before', reference);
		if (found.size >= limit) break;
		reference = String(newer.ids.at(-1));
	}
	return [...found.values()].slice(0, limit).sort((a, b) => compareIds(idOf(b), idOf(a)));
}
