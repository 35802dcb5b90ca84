import type { ItemContext, PageParameters, PagingStrategy } from '../definition/operation';
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

/** The next request asks for the rows after the last ID of the page. */
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
		return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
	};
	return {
		size: names.size,
		rowKey,
		first: (size) => (names.sizeKey === undefined ? {} : { [names.sizeKey]: size }),
		next: ({ rows, newRows, size, parameters }) => {
			const last = rows.at(-1);
			if (last === undefined || newRows.length === 0) return undefined;
			if (names.shortIsLast === true && rows.length < size) return undefined;
			const id = rowKey(last);
			if (id === undefined) return undefined;
			return { ...parameters, ...names.nextParameters, [names.idKey]: names.toWire?.(id) ?? id };
		},
	};
}

/** Each request asks for a range of row numbers, until the total is reached. */
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
	};
}

/** After this many empty pages in a row, the list is considered endless. */
const MAX_EMPTY_PAGES = 20;

/**
 * Collects rows page by page until `limit` is reached or the service has no more. Requests the
 * largest useful page, and no page more than needed.
 *
 * @throws NodeFailure when the service sends the same page again instead of the next one
 */
export async function collectPages(
	item: ItemContext,
	{
		strategy,
		limit,
		fetchPage,
	}: {
		strategy: PagingStrategy;
		limit: number;
		fetchPage: (parameters: PageParameters) => Promise<Json | undefined>;
	},
): Promise<Json[]> {
	const size = Math.max(1, Math.min(strategy.size, limit));
	const collected: Json[] = [];
	const known = new Set<string>();
	const requested = new Set<string>();
	let previous = '';
	let empty = 0;
	let parameters: PageParameters | undefined = await strategy.first(size, item);
	while (parameters !== undefined && collected.length < limit) {
		item.client.checkCancelled();
		const pageRequest = stringifyJson(parameters);
		if (requested.has(pageRequest)) throw repeatedPage(item, collected.length);
		requested.add(pageRequest);

		const data = await fetchPage(parameters);
		const rows = strategy.rows?.(data) ?? rowsAt(data, item.operation.resultPath);
		const content = rows.length === 0 ? '' : JSON.stringify(rows);
		empty = content === '' ? empty + 1 : 0;
		const isRepeated = strategy.rowKey === undefined && content !== '' && content === previous;
		if (isRepeated || empty >= MAX_EMPTY_PAGES) throw repeatedPage(item, collected.length);
		previous = content;

		const newRows = rows.filter((row) => isNew(row, strategy, known));
		for (const row of newRows) collected.push(row);
		parameters = strategy.next({ data, rows, newRows, size, parameters }, item);
	}
	return collected.length > limit ? collected.slice(0, limit) : collected;
}

function isNew(row: Json, strategy: PagingStrategy, known: Set<string>): boolean {
	const key = strategy.rowKey?.(row);
	if (key === undefined) return true;
	if (known.has(key)) return false;
	known.add(key);
	return true;
}

function repeatedPage(item: ItemContext, count: number): NodeFailure {
	return new NodeFailure(
		`${item.client.api.name} sent the same page again instead of the next one, after ${count} results`,
		{
			description: `Turn off Return All and set Limit to ${Math.max(count, 1)} to take the results up to there`,
		},
	);
}
