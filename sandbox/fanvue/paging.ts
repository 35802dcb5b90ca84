import type { Parameters } from '../core/parameters';
import { validationError } from './replies';

/** Returns one page of a list: `page` from 1, `size` at most 50. */
export function pageSlice<Row>(
	items: readonly Row[],
	parameters: Parameters,
): { rows: Row[]; pagination: { page: number; size: number; hasMore: boolean } } {
	const page = parameters.integer('page', 1);
	const size = parameters.integer('size', 15);
	const start = (page - 1) * size;
	const rows = items.slice(start, start + size);
	// `size` is the number of returned rows, not the requested number.
	return { rows, pagination: { page, size: rows.length, hasMore: start + size < items.length } };
}

interface CursorPosition {
	list: string;
	/** The key of the last returned row. */
	after: string;
	/** The position of that row, in case it was deleted. */
	index: number;
}

function encodeCursor(place: CursorPosition): string {
	return Buffer.from(JSON.stringify([place.list, place.after, place.index])).toString('base64url');
}

function decodeCursor(cursor: string, list: string): CursorPosition {
	try {
		const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
		if (Array.isArray(value)) {
			const [name, after, index]: unknown[] = value;
			const isWhole = typeof after === 'string' && typeof index === 'number';
			if (name === list && isWhole) return { list, after, index };
		}
	} catch {
		// An invalid cursor is rejected below.
	}
	throw validationError('cursor must be a nextCursor of this list');
}

/**
 * Returns one page of a cursor list. The cursor identifies the last row, so that rows added at the
 * top neither repeat nor hide others. A cursor is only valid for the same `list`.
 */
export function cursorSlice<Row>(
	items: readonly Row[],
	{
		parameters,
		list,
		keyOf,
		defaultSize,
	}: { parameters: Parameters; list: string; keyOf: (row: Row) => string; defaultSize: number },
): { rows: Row[]; nextCursor: string | null } {
	const size = parameters.integer('size', parameters.integer('limit', defaultSize));
	if (size < 1) throw validationError('limit must be at least 1');
	const cursor = parameters.optionalText('cursor');
	let start = 0;
	if (cursor !== undefined) {
		const place = decodeCursor(cursor, list);
		const found = items.findIndex((item) => keyOf(item) === place.after);
		start = found < 0 ? place.index : found + 1;
	}
	const rows = items.slice(start, start + size);
	const last = rows.at(-1);
	const isEnd = last === undefined || start + size >= items.length;
	const nextCursor = isEnd
		? null
		: encodeCursor({ list, after: keyOf(last), index: start + rows.length });
	return { rows, nextCursor };
}
