import type { Json } from '../shared/json';
import { valueAtPath } from '../shared/json';
import { lastIdPaging } from '../shared/execution/paginate';
import type { PagingStrategy } from '../shared/definition/operation';

/** Largest page of most lists, and of those documented with 100. */
const PAGE_SIZE = 60;
const LARGE_PAGE_SIZE = 100;

/**
 * Pages by number. A page can have fewer rows than requested without being the last, because deleted
 * and hidden rows are missing; the list ends with a page without new rows.
 */
function byPage(size: number, idKey: string): PagingStrategy {
	return {
		size,
		rowKey: (row: Json) => {
			const value = typeof row === 'string' ? row : valueAtPath(row, idKey);
			return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
		},
		first: (count) => ({ count, page: 1 }),
		next: ({ newRows, parameters }) =>
			newRows.length === 0 ? undefined : { ...parameters, page: Number(parameters.page) + 1 },
		// A first page that is not full is usually the only one.
		ahead: ({ rows, size: asked, parameters }, steps) =>
			parameters.page === 1 && rows.length < asked
				? undefined
				: { ...parameters, page: Number(parameters.page) + steps },
	};
}

const byLastId = lastIdPaging({ size: PAGE_SIZE, idKey: 'max_id', rowId: 'id', sizeKey: 'count' });

/** Newest first; the next page begins after the last ID. */
export const timeline: PagingStrategy = {
	...byLastId,
	next: (page, item) => {
		const { rows, parameters } = page;
		// A page of one row may have contained only the row of Max ID, which is removed.
		const isHidden = rows.length === 0 && parameters.count === 1 && item.text('maxId') !== '';
		return isHidden ? { ...parameters, count: 2 } : byLastId.next(page, item);
	},
};

/** Pages by number. */
export const numbered = byPage(PAGE_SIZE, 'id');

export const paging: Record<string, PagingStrategy> = {
	timeline,
	page: numbered,
	hundred: byPage(LARGE_PAGE_SIZE, 'id'),
	conversations: byPage(PAGE_SIZE, 'otherid'),
};
