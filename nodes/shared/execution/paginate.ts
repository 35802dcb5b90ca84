import type { ItemContext, Page, PageParameters, PagingStrategy } from '../definition/operation';
import { NodeFailure } from '../errors';
import type { Json } from '../json';
import { stringifyJson, valueAtPath } from '../json';

/** Returns the rows at a dotted path, or the response itself if it is the list. */
export function rowsAt(data: Json | undefined, path?: string): Json[] {
	const found = path === undefined || Array.isArray(data) ? data : valueAtPath(data, path);
	return Array.isArray(found) ? found : [];
}

/** Each response holds an opaque cursor for the next request. */
export function cursorPaging(names: {
	size: number;
	cursorKey: string;
	sizeKey?: string;
	/** Dotted path of the next cursor. */
	nextAt: string;
	/** Dotted path of a flag that is false at the end. */
	more?: string;
	/** Value sent with the first request. */
	start?: unknown;
	/** A cursor value that means the end. */
	end?: string;
}): PagingStrategy {
	return {
		size: names.size,
		first: (size) => ({
			...(names.start === undefined ? {} : { [names.cursorKey]: names.start }),
			...(names.sizeKey === undefined ? {} : { [names.sizeKey]: size }),
		}),
		next: ({ data, parameters }) => {
			const next = valueAtPath(data, names.nextAt);
			if (names.more !== undefined && valueAtPath(data, names.more) === false) return undefined;
			if (next === undefined || next === null || next === '' || next === names.end)
				return undefined;
			return { ...parameters, [names.cursorKey]: next };
		},
	};
}

/** The next request gets the rows after the last ID of the page. */
export function lastIdPaging(names: {
	size: number;
	idKey: string;
	/** The ID in a row, as dotted path. */
	rowId: string;
	sizeKey?: string;
	/** Added to each request but the first. */
	nextParameters?: PageParameters;
	/** Converts the ID for the wire. */
	toWire?: (id: string) => unknown;
	/** A page with fewer rows than asked for is the last. */
	shortIsLast?: boolean;
}): PagingStrategy {
	const rowKey = (row: Json) => {
		const id = typeof row === 'string' ? row : valueAtPath(row, names.rowId);
		const isId = (typeof id === 'string' && id !== '') || typeof id === 'number';
		return isId ? String(id) : undefined;
	};
	return {
		size: names.size,
		rowKey,
		first: (size) => (names.sizeKey === undefined ? {} : { [names.sizeKey]: size }),
		next: ({ rows, newRows, size, parameters }, item) => {
			if (newRows.length === 0) return undefined;
			if (names.shortIsLast === true && rows.length < size) return undefined;
			const id = rows.map(rowKey).findLast((key) => key !== undefined);
			if (id === undefined) throw missingIds(item, names.rowId);
			return { ...parameters, ...names.nextParameters, [names.idKey]: names.toWire?.(id) ?? id };
		},
	};
}

/** Each request gets a range of row numbers, until the total is reached. */
export function rangePaging(names: {
	size: number;
	/** Parameters for the rows from `start` to `end`, both included. */
	window: (start: number, end: number) => PageParameters;
	/** How many rows there are in all. */
	total: (data: Json | undefined) => number | undefined;
	rows: (data: Json | undefined) => Json[];
	rowKey?: (row: Json) => string | undefined;
}): PagingStrategy {
	// The start of a window cannot be read from its parameters, so it is kept beside them.
	const starts = new WeakMap<PageParameters, number>();
	const windowFrom = (start: number) => {
		const parameters = names.window(start, start + names.size - 1);
		starts.set(parameters, start);
		return parameters;
	};
	return {
		size: names.size,
		rows: names.rows,
		rowKey: names.rowKey,
		first: () => windowFrom(0),
		next: ({ data, parameters }) => {
			const start = (starts.get(parameters) ?? 0) + names.size;
			const total = names.total(data);
			return total === undefined || start >= total ? undefined : windowFrom(start);
		},
		ahead: ({ data, parameters }, steps) => {
			const start = (starts.get(parameters) ?? 0) + names.size * steps;
			const total = names.total(data);
			return total === undefined || start >= total ? undefined : windowFrom(start);
		},
	};
}

/** After this many empty pages in a row, the list is considered endless. */
const MAX_EMPTY_PAGES = 20;

/** This many pages are requested before it is known that they exist: one after the first page, then two. */
const MAX_PAGES_AHEAD = 2;

/** No page is requested ahead while the service reports that fewer calls are left. */
const MIN_SPARE_CALLS = 10;

/** Sends the request for one page. `signal` aborts it once the page is not needed any more. */
type FetchPage = (parameters: PageParameters, signal?: AbortSignal) => Promise<Json | undefined>;

/**
 * Collects rows page by page until `limit` is reached or the service has no more. Requests the
 * largest useful page, and no page that `limit` does not need. Where the parameters of later pages
 * are known, up to two pages are requested ahead.
 *
 * @param convert converts the rows of one page, in their order
 * @throws NodeFailure when the service sends the same page again instead of the next one
 */
export async function collectPages<T>(
	item: ItemContext,
	{
		strategy,
		limit,
		fetchPage,
		convert,
	}: {
		strategy: PagingStrategy;
		limit: number;
		fetchPage: FetchPage;
		convert: (rows: Json[]) => T[];
	},
): Promise<T[]> {
	const size = Math.max(1, Math.min(strategy.size, limit));
	const requests = new PageRequests(item, fetchPage);
	const results: T[] = [];
	const known = new Set<string>();
	const requested = new Set<string>();
	let count = 0;
	let previous: Json[] = [];
	let empty = 0;
	let parameters: PageParameters | undefined = await strategy.first(size, item);
	try {
		while (parameters !== undefined && count < limit) {
			item.client.checkCancelled();
			const pageRequest = stringifyJson(parameters);
			if (requested.has(pageRequest)) throw repeatedPage(item, count);
			requested.add(pageRequest);

			const data = await requests.fetch(parameters);
			const rows = strategy.rows?.(data) ?? rowsAt(data, item.operation.resultPath);
			empty = rows.length === 0 ? empty + 1 : 0;
			const before = previous;
			const isRepeated = () => isSamePage(rows, before);
			if ((strategy.rowKey === undefined && isRepeated()) || empty >= MAX_EMPTY_PAGES) {
				throw repeatedPage(item, count);
			}
			previous = rows;

			const newRows = rows.filter((row) => isNew(row, strategy, known));
			const page: Page = { data, rows, newRows, size, parameters };
			const wanted = newRows.length > limit - count ? newRows.slice(0, limit - count) : newRows;
			count += wanted.length;
			parameters = count < limit ? strategy.next(page, item) : undefined;
			// With keys, a page of only known rows can be the regular end.
			if (parameters !== undefined && newRows.length === 0 && isRepeated()) {
				throw repeatedPage(item, count);
			}
			if (parameters !== undefined) {
				requests.start(parameters);
				const pagesAhead = Math.min(requested.size, MAX_PAGES_AHEAD);
				for (let steps = 2; steps <= 1 + pagesAhead; steps += 1) {
					const isNeeded = count + (steps - 1) * size < limit;
					const ahead = isNeeded ? strategy.ahead?.(page, steps) : undefined;
					if (ahead !== undefined) requests.startAhead(ahead);
				}
			}
			for (const result of convert(wanted)) results.push(result);
		}
	} finally {
		await requests.abort();
	}
	return results;
}

/** Requests for pages whose responses are not used yet. */
class PageRequests {
	private readonly open = new Map<string, Promise<Json | undefined>>();
	private readonly controller = new AbortController();

	constructor(
		private readonly item: ItemContext,
		private readonly fetchPage: FetchPage,
	) {}

	/** Requests a page that is needed next. */
	start(parameters: PageParameters): void {
		const key = stringifyJson(parameters);
		if (!this.open.has(key)) this.add(key, this.fetchPage(parameters, this.controller.signal));
	}

	/** Requests a later page, if a slot is free and the service allows enough further calls. */
	startAhead(parameters: PageParameters): void {
		const { slots, rateLimiter } = this.item.client;
		const key = stringifyJson(parameters);
		if (this.open.has(key) || !slots.isFree || !rateLimiter.hasSpareCalls(MIN_SPARE_CALLS)) return;
		slots.acquire();
		const response = this.fetchPage(parameters, this.controller.signal);
		this.add(
			key,
			response.finally(() => slots.release()),
		);
	}

	private add(key: string, response: Promise<Json | undefined>): void {
		this.open.set(key, response);
		// A failure counts only when the page is used.
		response.catch(() => undefined);
	}

	/** Returns the response for a page, requesting it unless that is done. */
	async fetch(parameters: PageParameters): Promise<Json | undefined> {
		this.start(parameters);
		const key = stringifyJson(parameters);
		const response = await this.open.get(key);
		this.open.delete(key);
		return response;
	}

	/** Ends the requests for pages that turned out not to be needed, so that none is left running. */
	async abort(): Promise<void> {
		if (this.open.size === 0) return;
		this.controller.abort();
		await Promise.allSettled(this.open.values());
	}
}

/** Whether a page has rows, and the same ones as the page before it. */
function isSamePage(rows: Json[], previous: Json[]): boolean {
	return (
		rows.length > 0 &&
		rows.length === previous.length &&
		rows.every((row, index) => stringifyJson(row) === stringifyJson(previous[index]))
	);
}

function isNew(row: Json, strategy: PagingStrategy, known: Set<string>): boolean {
	const key = strategy.rowKey?.(row);
	if (key === undefined) return true;
	if (known.has(key)) return false;
	known.add(key);
	return true;
}

function missingIds(item: ItemContext, rowId: string): NodeFailure {
	return new NodeFailure(
		`${item.client.api.name} sent a page whose rows have no "${rowId}", so the next page cannot be requested`,
		{ description: 'Turn off Return All and lower Limit to take the results before it' },
	);
}

function repeatedPage(item: ItemContext, count: number): NodeFailure {
	return new NodeFailure(
		`${item.client.api.name} sent the same page again instead of the next one, after ${count} results`,
		{
			description: `Turn off Return All and set Limit to ${Math.max(count, 1)} to take the results up to there`,
		},
	);
}
