/** One row that was seen, and its place in time where rows have one. */
export type Seen = [id: string, order: number | null];

/** How far a list has been read. */
export interface Mark {
	/** The newest rows seen, newest first. */
	seen: Seen[];
	/** Rows of a lower order were there before the reading began. */
	floor: number | null;
}

/** How the rows of one list are told apart and put in order. */
export interface Rows<Row> {
	id: (row: Row) => string;
	/** Grows from row to row; `null` for a list that only has its own order. */
	order: (row: Row) => number | null;
	/** Whether a row behind known ones may be new, as one that had to wait; by default all may. */
	late?: (row: Row) => boolean;
	/** All of the list counts, in whatever order; a row that left it and came back is new again. */
	whole?: boolean;
}

export interface Reading<Row> {
	/** New rows, oldest first. */
	rows: Row[];
	mark: Mark;
	/** Pages ran out before the last reading was met, so older news may be missing. */
	cut: boolean;
}

/** Rows remembered; more than the largest page, so that a page is always told from the next. */
const KEPT = 200;

/**
 * Reads a list, newest first, back to what was seen before.
 *
 * A whole page is looked at also behind the first row that is known: a status that had to wait for
 * its review shows up in the middle. Rows below the floor are never new, whatever was deleted above.
 *
 * @param pages the list page by page; ends where the service has no more
 * @param mark `undefined` on the first reading, which finds out where to begin and has no news
 * @param most pages that may be read
 */
export async function readOn<Row>(
	pages: AsyncIterable<Row[]>,
	{ id, order, late = () => true, whole = false }: Rows<Row>,
	mark: Mark | undefined,
	most: number,
): Promise<Reading<Row>> {
	const known = new Set(mark?.seen.map(([seen]) => seen));
	const floor = mark?.floor ?? null;
	const newest = mark?.seen[0]?.[1] ?? null;
	const fresh = new Map<string, Row>();
	const found: Seen[] = [];
	let count = 0;
	let met = false;
	let ended = false;
	for await (const page of pages) {
		count += 1;
		for (const row of page) {
			const entry: Seen = [id(row), order(row)];
			const place = entry[1];
			const isOld = floor !== null && place !== null && place <= floor;
			const isLate = newest !== null && place !== null && place < newest;
			if (known.has(entry[0]) || isOld) met = true;
			// Without an order of its own, a row behind a known one was there before.
			else if (place === null ? whole || !met : !isLate || late(row)) fresh.set(entry[0], row);
			if (!isOld) found.push(entry);
		}
		ended = page.length === 0;
		const enough = whole ? false : mark === undefined || met;
		if (enough || ended || count >= most) break;
	}
	const rows = [...fresh.values()].reverse();
	rows.sort((a, b) => (order(a) ?? 0) - (order(b) ?? 0));
	return {
		rows: mark === undefined ? [] : rows,
		mark: whole ? { seen: found, floor: null } : nextMark(found, mark),
		cut: mark !== undefined && count >= most && !ended && (whole || !met),
	};
}

function nextMark(found: Seen[], mark: Mark | undefined): Mark {
	const all = new Map<string, Seen>();
	for (const entry of [...found, ...(mark?.seen ?? [])]) {
		if (!all.has(entry[0])) all.set(entry[0], entry);
	}
	const seen = [...all.values()].sort((a, b) => (b[1] ?? 0) - (a[1] ?? 0));
	const kept = seen.slice(0, KEPT);
	const orders = kept.map(([, order]) => order).filter((order) => order !== null);
	// What is no longer remembered must not look new again.
	const raised = seen.length > KEPT || mark === undefined;
	const lowest = orders.length === 0 ? null : Math.min(...orders) - 1;
	return { seen: kept, floor: raised ? lowest : (mark.floor ?? null) };
}

/** A mark out of a node's static data; `undefined` when there is none or it is damaged. */
export function readMark(stored: unknown): Mark | undefined {
	if (typeof stored !== 'object' || stored === null) return undefined;
	if (!('seen' in stored) || !Array.isArray(stored.seen)) return undefined;
	const seen = stored.seen.flatMap((entry: unknown): Seen[] => {
		if (!Array.isArray(entry) || typeof entry[0] !== 'string') return [];
		return [[entry[0], typeof entry[1] === 'number' ? entry[1] : null]];
	});
	const floor = 'floor' in stored && typeof stored.floor === 'number' ? stored.floor : null;
	return { seen, floor };
}
