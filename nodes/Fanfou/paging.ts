import type { Json } from '../shared/json';
import { valueAtPath } from '../shared/json';
import { lastIdPaging } from '../shared/execution/paginate';
import type { PagingStrategy } from '../shared/definition/operation';

/** The largest page of most lists, and of those documented with a hundred. */
const MOST = 60;
const HUNDRED = 100;

/**
 * Pages by number. A page may hold fewer rows than asked for without being the last, since what is
 * deleted or hidden is missing; the end is a page that brings nothing new.
 */
function byPage(size: number, identityAt: string): PagingStrategy {
	return {
		size,
		rowKey: (row: Json) => {
			const value = typeof row === 'string' ? row : valueAtPath(row, identityAt);
			return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
		},
		first: (count) => ({ count, page: 1 }),
		next: ({ newRows, parameters }) =>
			newRows.length === 0 ? undefined : { ...parameters, page: Number(parameters.page) + 1 },
	};
}

const onwards = lastIdPaging({ size: MOST, idKey: 'max_id', rowId: 'id', sizeKey: 'count' });

export const paging: Record<string, PagingStrategy> = {
	/** Newest first, onwards from the last ID. */
	timeline: {
		...onwards,
		next: (page, item) => {
			const { rows, parameters } = page;
			// A page of one row may have held that of Max ID again, and nothing else.
			const hidden = rows.length === 0 && parameters.count === 1 && item.text('maxId') !== '';
			return hidden ? { ...parameters, count: 2 } : onwards.next(page, item);
		},
	},
	page: byPage(MOST, 'id'),
	hundred: byPage(HUNDRED, 'id'),
	conversations: byPage(MOST, 'otherid'),
};
