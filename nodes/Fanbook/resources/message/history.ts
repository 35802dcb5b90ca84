import type { Json } from '../../../shared/json';
import { valueAtPath } from '../../../shared/json';
import { compareIds } from '../../ids';
import { readList } from '../../readList';
import type { ItemContext } from '../../../shared/definition/operation';

const PAGE = 100;

function idOf(message: Json): string {
	const id = valueAtPath(message, 'message_id');
	return typeof id === 'string' ? id : '0';
}

/**
 * Fetches the messages that are newer than a reference message, newest first.
 *
 * If there are more than fit into a page, it is not documented whether Fanbook returns those next
 * to the reference or the newest. So after each full page both sides are requested: the messages
 * newer than the page, and those between the page and the reference.
 */
export async function fetchMessagesAfter(item: ItemContext): Promise<Json[]> {
	const limit = item.limit();
	const found = new Map<string, Json>();

	/** Fetches a page and adds its messages newer than `from`. Returns whether to stop after it. */
	const page = async (messageId: string, behavior: 'before' | 'after', from: string) => {
		item.client.checkCancelled();
		// Whole pages beyond the limit would leave a hole between the two sides.
		const size = Math.min(PAGE, limit - found.size);
		const data = await item.request({ size: String(size), message_id: messageId, behavior });
		const rows = readList(data);
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

	let reference = item.text('messageId');
	for (;;) {
		const newer = await page(reference, 'after', reference);
		if (newer.isOver) break;
		// Reads back from the full page to the reference.
		let older = newer;
		while (!older.isOver) older = await page(String(older.ids[0]), 'before', reference);
		if (found.size >= limit) break;
		reference = String(newer.ids.at(-1));
	}
	return [...found.values()].slice(0, limit).sort((a, b) => compareIds(idOf(b), idOf(a)));
}
