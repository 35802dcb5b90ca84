import type { ItemContext } from './itemContext';
import { NodeFailure } from '../errors';
import type { Json } from '../json';
import { isJsonObject, valueAtPath, stringifyJson } from '../json';

/** Parameters of one page, ready for the wire; they stand where the operation's own ones do. */
export type PageParameters = Record<string, unknown>;

export interface Page {
	data: Json | undefined;
	rows: Json[];
	/** Rows of this page that no earlier page had (all, where the kind has no `identity`). */
	newRows: Json[];
	/** Rows asked for. */
	size: number;
	parameters: PageParameters;
}

/** How a service hands out a long list piece by piece. */
export interface PagingStrategy {
	/** The largest page the service gives. */
	size: number;
	first: (size: number, call: ItemContext) => PageParameters | Promise<PageParameters>;
	/** Parameters of the page after this one, `undefined` at the end. */
	next: (page: Page, call: ItemContext) => PageParameters | undefined;
	/** The rows in an answer; by default the answer itself, or the operation's `output`. */
	rows?: (data: Json | undefined) => Json[];
	/** What makes a row the same row; rows already seen are dropped, a page of only such rows is the end. */
	identity?: (row: Json) => string | undefined;
}

/** Rows at a dotted path, or the answer itself when it is the list. */
export function rowsAt(data: Json | undefined, path?: string): Json[] {
	const found = path === undefined || Array.isArray(data) ? data : valueAtPath(data, path);
	return Array.isArray(found) ? found : [];
}

/** A page number and a size, and a flag that tells whether more follows. */
export function numberedPaging(names: {
	size: number;
	pageKey: string;
	sizeKey: string;
	/** Dotted path of the flag; without it a page that is not full is the last. */
	more?: string;
}): PagingStrategy {
	return {
		size: names.size,
		first: (size) => ({ [names.pageKey]: 1, [names.sizeKey]: size }),
		next: ({ data, rows, size, parameters }) => {
			const more = names.more === undefined ? rows.length >= size : valueAtPath(data, names.more);
			if (more !== true || rows.length === 0) return undefined;
			return { ...parameters, [names.pageKey]: Number(parameters[names.pageKey]) + 1 };
		},
	};
}

/** An opaque cursor out of each answer for the next request. */
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

/** The ID of the last row asks for the rows after it. */
export function lastIdPaging(names: {
	size: number;
	idKey: string;
	/** The ID in a row, as dotted path. */
	rowId: string;
	sizeKey?: string;
	/** Sent along from the second page on. */
	along?: PageParameters;
	/** Writes the ID for the wire. */
	convert?: (id: string) => unknown;
	/** A page with fewer rows than asked for is the last. */
	shortIsLast?: boolean;
}): PagingStrategy {
	const identity = (row: Json) => {
		const id = typeof row === 'string' ? row : valueAtPath(row, names.rowId);
		return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
	};
	return {
		size: names.size,
		identity,
		first: (size) => (names.sizeKey === undefined ? {} : { [names.sizeKey]: size }),
		next: ({ rows, newRows: fresh, size, parameters }) => {
			const last = rows.at(-1);
			if (last === undefined || fresh.length === 0) return undefined;
			if (names.shortIsLast === true && rows.length < size) return undefined;
			const id = identity(last);
			if (id === undefined) return undefined;
			return { ...parameters, ...names.along, [names.idKey]: names.convert?.(id) ?? id };
		},
	};
}

/** A window of row numbers, moved on until it has passed the total. */
export function rangePaging(names: {
	size: number;
	/** Parameters for the rows from `start` to `end`, both included. */
	window: (start: number, end: number) => PageParameters;
	/** How many rows there are in all. */
	total: (data: Json | undefined) => number | undefined;
	rows: (data: Json | undefined) => Json[];
	identity?: (row: Json) => string | undefined;
}): PagingStrategy {
	// The parameters of a window do not tell where it began, so it is kept beside them.
	const starts = new WeakMap<PageParameters, number>();
	const windowFrom = (start: number) => {
		const parameters = names.window(start, start + names.size - 1);
		starts.set(parameters, start);
		return parameters;
	};
	return {
		size: names.size,
		rows: names.rows,
		identity: names.identity,
		first: () => windowFrom(0),
		next: ({ data, parameters }) => {
			const start = (starts.get(parameters) ?? 0) + names.size;
			const total = names.total(data);
			return total === undefined || start >= total ? undefined : windowFrom(start);
		},
	};
}

/** Pages without a row that may follow each other before that is taken for a list without end. */
const MAX_EMPTY_PAGES = 20;

/**
 * Collects rows page by page until `limit` is reached or the service has no more. Asks for the
 * largest page that makes sense and for no page more than needed.
 *
 * @throws Failure when the service gives the same page again instead of the next one
 */
export async function collectPages(
	call: ItemContext,
	kind: PagingStrategy,
	limit: number,
	fetchPage: (parameters: PageParameters) => Promise<Json | undefined>,
): Promise<Json[]> {
	const size = Math.max(1, Math.min(kind.size, limit));
	const collected: Json[] = [];
	const known = new Set<string>();
	const asked = new Set<string>();
	let previous = '';
	let empty = 0;
	let parameters: PageParameters | undefined = await kind.first(size, call);
	while (parameters !== undefined && collected.length < limit) {
		call.client.checkCancelled();
		const question = stringifyJson(parameters);
		if (asked.has(question)) throw repeatedPage(call, collected.length);
		asked.add(question);

		const data = await fetchPage(parameters);
		const rows = kind.rows?.(data) ?? rowsAt(data, call.operation.resultPath);
		const answer = rows.length === 0 ? '' : stringifyJson(rows);
		empty = answer === '' ? empty + 1 : 0;
		const isRepeated = kind.identity === undefined && answer !== '' && answer === previous;
		if (isRepeated || empty >= MAX_EMPTY_PAGES) throw repeatedPage(call, collected.length);
		previous = answer;

		const fresh = rows.filter((row) => isNew(row, kind, known));
		for (const row of fresh) collected.push(row);
		parameters = kind.next({ data, rows, newRows: fresh, size, parameters }, call);
	}
	return collected.length > limit ? collected.slice(0, limit) : collected;
}

function isNew(row: Json, kind: PagingStrategy, known: Set<string>): boolean {
	const identity = kind.identity?.(row);
	if (identity === undefined) return true;
	if (known.has(identity)) return false;
	known.add(identity);
	return true;
}

function repeatedPage(call: ItemContext, count: number): NodeFailure {
	return new NodeFailure(
		`${call.service.name} sent the same page again instead of the next one, after ${count} results`,
		{
			description: `Turn off Return All and set Limit to ${Math.max(count, 1)} to take the results up to there`,
		},
	);
}

/** An object's own rows as a list: used where a service answers with a map. */
export function entriesAsRows(data: Json | undefined, keyName: string): Json[] {
	if (!isJsonObject(data)) return [];
	return Object.entries(data).map(([key, value]) => ({
		[keyName]: key,
		...(isJsonObject(value) ? value : { value }),
	}));
}
