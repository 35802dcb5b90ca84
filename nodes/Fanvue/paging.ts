import { isJsonObject, valueAtPath } from '../shared/json';
import type { JsonObject } from '../shared/json';
import { usesV1 } from './routes';
import type { Page, PageParameters, PagingStrategy } from '../shared/definition/operation';

/** Largest page that every list of Fanvue accepts. */
export const MAX_PAGE_SIZE = 50;

/**
 * Returns the next page for each of the three kinds of responses: `dateFilter` (messages under /v1),
 * `nextCursor`, or `pagination.hasMore` with page numbers.
 */
export function nextPage({ data, parameters }: Page): PageParameters | undefined {
	if (!isJsonObject(data)) return undefined;
	if (data.dateFilter !== undefined)
		return isJsonObject(data.dateFilter) ? older(data.dateFilter, parameters) : undefined;
	if (data.nextCursor !== undefined) {
		return typeof data.nextCursor === 'string' && data.nextCursor !== ''
			? { ...without(parameters, 'page'), cursor: data.nextCursor }
			: undefined;
	}
	if (valueAtPath(data, 'pagination.hasMore') !== true) return undefined;
	return { ...parameters, page: Number(parameters.page ?? 1) + 1 };
}

/** Returns a later page of a list with page numbers, if the response shows that there are more. */
function pageAhead({ data, parameters }: Page, steps: number): PageParameters | undefined {
	const isNumbered = isJsonObject(data) && data.nextCursor === undefined;
	if (!isNumbered || valueAtPath(data, 'pagination.hasMore') !== true) return undefined;
	return { ...parameters, page: Number(parameters.page ?? 1) + steps };
}

function older(filter: JsonObject, parameters: PageParameters): PageParameters | undefined {
	const dates = ['sentBefore', 'receivedBefore'].flatMap((key) =>
		typeof filter[key] === 'string' ? [[key, filter[key]] as const] : [],
	);
	return dates.length === 0 ? undefined : { ...parameters, ...Object.fromEntries(dates) };
}

function without(parameters: PageParameters, key: string): PageParameters {
	return Object.fromEntries(Object.entries(parameters).filter(([name]) => name !== key));
}

/** Page numbers; a cursor under /v1. */
const page: PagingStrategy = {
	size: MAX_PAGE_SIZE,
	first: async (size, item) => ((await usesV1(item)) ? { size } : { page: 1, size }),
	next: nextPage,
	ahead: pageAhead,
};

export const paging: Record<string, PagingStrategy> = {
	page,
	/** Like `page`; a fan can be on two pages, as new payments change the order. */
	spenders: {
		...page,
		rowKey: (row) => {
			const uuid = valueAtPath(row, 'user.uuid');
			return typeof uuid === 'string' ? uuid : undefined;
		},
	},
	/** Page numbers; under /v1 the next page is selected by dates. */
	messages: {
		size: MAX_PAGE_SIZE,
		first: async (size, item) => ((await usesV1(item)) ? { limit: size } : { page: 1, size }),
		next: nextPage,
		ahead: pageAhead,
	},
	/** A cursor with `size`. */
	cursor: { size: MAX_PAGE_SIZE, first: (size) => ({ size }), next: nextPage, ahead: pageAhead },
	/** A cursor with `limit`. */
	limited: {
		size: MAX_PAGE_SIZE,
		first: (size) => ({ limit: size }),
		next: nextPage,
		ahead: pageAhead,
	},
	/** Paged, but without documented paging parameters: the first request has none. */
	undeclared: { size: MAX_PAGE_SIZE, first: () => ({}), next: nextPage, ahead: pageAhead },
};
