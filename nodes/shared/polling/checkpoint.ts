import type { IPollFunctions } from 'n8n-workflow';

/**
 * Finds what is new in lists that are polled. Used by every trigger that reads lists:
 *
 *     const { rows, checkpoint, gap } = await readNew(
 *       { pages, id, position, overlap, latest: Date.now() },
 *       parseCheckpoint(staticData.checkpoint),
 *       { maxPages: 30 },
 *     );
 *
 * Rules:
 * - A row is new if its ID is not remembered and it is not old. The first reading has no new rows.
 * - Old is what is at or below the floor: rows that were there before the first reading, and rows
 *   that are no longer remembered. No row is therefore ever returned twice.
 * - All rows of the pages read are checked, also behind known rows, because services list some rows
 *   late. `overlap` reads further back for them.
 * - A row without a position takes that of its neighbor. In a list without any positions, a row is
 *   new if a known row follows it.
 * - A position beyond `latest`, such as a date in 2099, does not hide the rows below it.
 */

/** A row that was read, and its position in the order of its list if it has one. */
export type SeenRow = [id: string, position: number | null];

/** How far a list has been read. Plain JSON, to be kept in the static data of a node. */
export interface Checkpoint {
	/** The rows remembered, newest first. */
	seen: SeenRow[];
	/** Rows at or below this position that are not remembered are old. */
	floor: number | null;
	/** Whether every row that was ever in the list is remembered. */
	isComplete: boolean;
}

/** One page of a list. An empty page is the last. */
export interface ListPage<Row> {
	rows: Row[];
	/** Set where the response shows that no page follows. */
	isLast?: boolean;
}

/** A list, newest rows first. */
export interface PolledList<Row> {
	pages: AsyncIterable<ListPage<Row>>;
	id: (row: Row) => string;
	/** A number that grows from row to row, such as a time in milliseconds; `null` if unknown. */
	position: (row: Row) => number | null;
	/** How far behind the newest known row to read for rows listed late, in units of `position`. */
	overlap?: number;
	/** The highest plausible position, such as the current time. */
	latest?: number;
	/** Whether a row behind the newest known one may have been listed late; by default every row. */
	mayBeLate?: (row: Row) => boolean;
	/** Whether a row is older than the trigger and must never be returned. */
	isBeforeStart?: (row: Row) => boolean;
	/** Reads all pages each time; a row that left the list and came back is new again. */
	isReadWhole?: boolean;
	/** Orders rows of equal position, oldest first; by default the later in the list, the older. */
	compareIds?: (a: string, b: string) => number;
}

export interface News<Row> {
	/** New rows, oldest first. */
	rows: Row[];
	checkpoint: Checkpoint;
	/**
	 * `missing`: `maxPages` ended the reading before known rows were reached, so older new rows are
	 * missing. Not reported for a list that is read whole if a known row was found, since that list is
	 * longer than may be read. `undecidable`: no known row is left in a list without positions, so its new rows
	 * cannot be told from its old ones; none are returned.
	 */
	gap?: 'missing' | 'undecidable';
}

interface Entry<Row> {
	row: Row;
	id: string;
	position: number | null;
	isKnown: boolean;
	isOld: boolean;
}

/** The rows read from one list, and why the reading ended. */
interface Scan<Row> {
	entries: Array<Entry<Row>>;
	end: 'lastPage' | 'knownRow' | 'maxPages';
}

/** Rows remembered of a list with positions, apart from those within `overlap`. */
const MIN_REMEMBERED = 200;
const MAX_REMEMBERED = 5000;
/** Rows remembered of a list without positions, and pages read for them at first. */
const MAX_REMEMBERED_UNORDERED = 1000;
const FIRST_PAGES_UNORDERED = 10;

/** Returns the checkpoint of a list of which everything up to a position is old. */
export function checkpointAt(position: number): Checkpoint {
	return { seen: [], floor: position, isComplete: false };
}

/** Returns the highest position that was read, or the floor if nothing was. */
export function newestRead({ seen, floor }: Checkpoint, latest = Infinity): number | null {
	return newestPosition(asEntries(seen), latest) ?? floor;
}

/**
 * Returns the rows that are new since a checkpoint. Several lists with the same kind of position,
 * such as the messages of several chats, can share one checkpoint.
 *
 * @param stored the checkpoint; `undefined` on the first reading
 * @param limits `maxPages` per list
 */
export async function readNew<Row>(
	lists: PolledList<Row> | Array<PolledList<Row>>,
	stored: Checkpoint | undefined,
	{ maxPages = Infinity }: { maxPages?: number } = {},
): Promise<News<Row>> {
	const found: Array<Entry<Row>> = [];
	const fresh: Array<Entry<Row>> = [];
	const all = Array.isArray(lists) ? lists : [lists];
	const ends = new Set<Scan<Row>['end']>();
	const [first] = all;
	const checkpoint = plausible(stored, first?.latest);
	let gap: News<Row>['gap'];
	for (const list of all) {
		const scan = await scanList(list, checkpoint, maxPages);
		ends.add(scan.end);
		found.push(...scan.entries);
		if (checkpoint === undefined) continue;
		fresh.push(...newEntries(scan, list, checkpoint));
		gap ??= gapIn(scan, list, checkpoint);
	}
	const next = nextCheckpoint(found, checkpoint, {
		overlap: first?.overlap ?? 0,
		latest: first?.latest ?? Infinity,
		replaces: first?.isReadWhole === true,
		reachedEnd: ends.size === 0 || (ends.size === 1 && ends.has('lastPage')),
		wasCut: ends.has('maxPages'),
	});
	return { rows: oldestFirst(fresh, first?.compareIds), checkpoint: next, gap };
}

/** Returns a checkpoint whose floor hides no row that is still to come. */
function plausible(checkpoint: Checkpoint | undefined, latest = Infinity): Checkpoint | undefined {
	if (checkpoint?.floor === undefined || checkpoint.floor === null) return checkpoint;
	return { ...checkpoint, floor: Math.min(checkpoint.floor, latest) };
}

/**
 * Returns the rows of a list from a position on, newest first, each once.
 *
 * @param isWanted whether to return an older row that is on a page read anyway; by default none
 */
export async function rowsSince<Row>(
	list: PolledList<Row>,
	since: number,
	isWanted: (row: Row) => boolean = () => false,
): Promise<Row[]> {
	const { entries } = await scanList(list, checkpointAt(since - 1), Infinity);
	return entries.filter(({ isOld, row }) => !isOld || isWanted(row)).map(({ row }) => row);
}

async function scanList<Row>(
	list: PolledList<Row>,
	checkpoint: Checkpoint | undefined,
	maxPages: number,
): Promise<Scan<Row>> {
	const known = new Set(checkpoint?.seen.map(([id]) => id));
	const floor = checkpoint?.floor ?? -Infinity;
	// A page can move while the next one is requested, so a row may be on both.
	const byId = new Map<string, Entry<Row>>();
	let pageCount = 0;
	for await (const { rows, isLast = false } of list.pages) {
		pageCount += 1;
		for (const row of rows) {
			const id = list.id(row);
			const position = list.position(row);
			const isKnown = known.has(id);
			const isOld =
				!isKnown && ((position ?? Infinity) <= floor || list.isBeforeStart?.(row) === true);
			if (!byId.has(id)) byId.set(id, { row, id, position, isKnown, isOld });
		}
		const entries = [...byId.values()];
		if (rows.length === 0 || isLast) break;
		const last = rows.at(-1);
		const lastEntry = last === undefined ? undefined : byId.get(list.id(last));
		if (
			lastEntry !== undefined &&
			isEnough(entries, { last: lastEntry, pageCount, list, checkpoint })
		) {
			return { entries: withPositions(entries, floor), end: 'knownRow' };
		}
		if (pageCount >= maxPages) return { entries: withPositions(entries, floor), end: 'maxPages' };
	}
	return { entries: withPositions([...byId.values()], floor), end: 'lastPage' };
}

/** Returns whether no further page is needed after one that ends with `last`. */
function isEnough<Row>(
	entries: Array<Entry<Row>>,
	{
		last,
		pageCount,
		list,
		checkpoint,
	}: {
		last: Entry<Row>;
		pageCount: number;
		list: PolledList<Row>;
		checkpoint: Checkpoint | undefined;
	},
): boolean {
	if (list.isReadWhole === true) return false;
	const { overlap = 0, latest } = list;
	if (checkpoint === undefined) {
		const newest = newestPosition(entries, latest);
		if (newest === null) return pageCount >= FIRST_PAGES_UNORDERED;
		return (last.position ?? Infinity) <= newest - overlap;
	}
	if (last.isOld) return true;
	const newest = newestPosition(asEntries(checkpoint.seen), latest);
	if (newest === null || last.position === null) return last.isKnown;
	const isBehind = last.position < newest && list.mayBeLate?.(last.row) === false;
	return (last.isKnown || isBehind) && last.position <= newest - overlap;
}

function newEntries<Row>(
	{ entries, end }: Scan<Row>,
	list: PolledList<Row>,
	checkpoint: Checkpoint,
): Array<Entry<Row>> {
	const isUnknown = ({ isKnown, isOld }: Entry<Row>) => !isKnown && !isOld;
	const unknown = entries.filter(isUnknown);
	if (list.isReadWhole === true && end === 'lastPage') return unknown;
	if (!hasPositions(entries)) {
		if (checkpoint.isComplete) return unknown;
		const lastKnown = entries.findLastIndex(({ isKnown }) => isKnown);
		return entries.slice(0, Math.max(lastKnown, 0)).filter(isUnknown);
	}
	const newest = newestPosition(asEntries(checkpoint.seen), list.latest) ?? -Infinity;
	return unknown.filter(
		({ row, position }) => (position ?? newest) >= newest || list.mayBeLate?.(row) !== false,
	);
}

function gapIn<Row>(
	{ entries, end }: Scan<Row>,
	{ isReadWhole = false }: PolledList<Row>,
	{ isComplete }: Checkpoint,
): News<Row>['gap'] {
	const isUndecidable =
		!isComplete &&
		!(isReadWhole && end === 'lastPage') &&
		entries.length > 0 &&
		!hasPositions(entries) &&
		!entries.some(({ isKnown }) => isKnown);
	if (isUndecidable) return 'undecidable';
	// A list that is read whole is cut at each reading, so only its first pages count.
	const isExpected = isReadWhole && entries.some(({ isKnown }) => isKnown);
	return end === 'maxPages' && !isExpected ? 'missing' : undefined;
}

interface ListRead {
	overlap: number;
	latest: number;
	/** Whether the rows found take the place of those remembered. */
	replaces: boolean;
	reachedEnd: boolean;
	wasCut: boolean;
}

function nextCheckpoint<Row>(
	found: Array<Entry<Row>>,
	previous: Checkpoint | undefined,
	{ overlap, latest, replaces, reachedEnd, wasCut }: ListRead,
): Checkpoint {
	const all = new Map<string, SeenRow>();
	for (const { id, position, isOld } of found) if (!isOld) all.set(id, [id, position]);
	if (replaces) return { seen: [...all.values()], floor: null, isComplete: reachedEnd };
	for (const entry of previous?.seen ?? []) if (!all.has(entry[0])) all.set(entry[0], entry);

	const seen = [...all.values()];
	const newest = newestPosition(asEntries(seen), latest);
	const wasComplete = previous === undefined ? reachedEnd : previous.isComplete && !wasCut;
	if (newest === null) {
		const kept = seen.slice(0, MAX_REMEMBERED_UNORDERED);
		const isComplete = wasComplete && kept.length === seen.length;
		return { seen: kept, floor: previous?.floor ?? null, isComplete };
	}
	seen.sort(([, a], [, b]) => (b ?? -Infinity) - (a ?? -Infinity));
	const within = seen.filter(([, position]) => (position ?? -Infinity) > newest - overlap).length;
	const size = Math.min(Math.max(within, MIN_REMEMBERED), MAX_REMEMBERED);
	const dropped = seen[size]?.[1] ?? null;
	const floors = [previous?.floor ?? null, dropped];
	// Rows behind those of the first page were there before, and a gap is not filled later.
	if (previous === undefined ? !reachedEnd : wasCut) {
		const lowest = lowestPosition(found);
		floors.push(lowest === newest ? lowest - 1 : lowest);
	}
	const known = floors.filter((floor) => floor !== null);
	return {
		seen: seen.slice(0, size),
		floor: known.length === 0 ? null : Math.min(Math.max(...known), latest),
		isComplete: wasComplete && seen.length <= size,
	};
}

/** Gives rows without a position that of the row before them, or of the first that has one. */
function withPositions<Row>(entries: Array<Entry<Row>>, floor: number): Array<Entry<Row>> {
	let position = entries.find((entry) => entry.position !== null)?.position ?? null;
	return entries.map((entry) => {
		if (entry.position !== null || position === null) {
			position = entry.position ?? position;
			return entry;
		}
		return { ...entry, position, isOld: !entry.isKnown && (entry.isOld || position <= floor) };
	});
}

function oldestFirst<Row>(
	entries: Array<Entry<Row>>,
	compareIds: (a: string, b: string) => number = () => 0,
): Row[] {
	return entries
		.reverse()
		.sort((a, b) => (a.position ?? 0) - (b.position ?? 0) || compareIds(a.id, b.id))
		.map(({ row }) => row);
}

function hasPositions(entries: Array<{ position: number | null }>): boolean {
	return entries.some(({ position }) => position !== null);
}

function asEntries(seen: readonly SeenRow[]): Array<{ position: number | null }> {
	return seen.map(([, position]) => ({ position }));
}

/** Returns the highest plausible position; where none is plausible, the lowest. */
function newestPosition(
	entries: Array<{ position: number | null }>,
	latest = Infinity,
): number | null {
	let newest: number | null = null;
	for (const { position } of entries) {
		if (position !== null && position <= latest && position > (newest ?? -Infinity)) {
			newest = position;
		}
	}
	return newest ?? lowestPosition(entries);
}

function lowestPosition(entries: Array<{ position: number | null }>): number | null {
	let lowest: number | null = null;
	for (const { position } of entries) {
		if (position !== null && position < (lowest ?? Infinity)) lowest = position;
	}
	return lowest;
}

/** Reads a checkpoint from static data. Returns `undefined` if there is none or it is damaged. */
export function parseCheckpoint(stored: unknown): Checkpoint | undefined {
	if (typeof stored !== 'object' || stored === null) return undefined;
	if (!('seen' in stored) || !Array.isArray(stored.seen)) return undefined;
	const seen = stored.seen.flatMap((entry: unknown): SeenRow[] => {
		if (!Array.isArray(entry) || typeof entry[0] !== 'string') return [];
		return [[entry[0], typeof entry[1] === 'number' ? entry[1] : null]];
	});
	const floor = 'floor' in stored && typeof stored.floor === 'number' ? stored.floor : null;
	return { seen, floor, isComplete: 'isComplete' in stored && stored.isComplete === true };
}

/** Nodes of this process that are being polled right now, by workflow and node. */
const running = new Set<string>();

/**
 * Runs one poll of a node at a time: a node can have several schedules, and a poll can take longer
 * than the interval. A poll that starts too early returns no rows.
 *
 * @param read reads what is new since the checkpoint in the node's static data, and updates it
 */
export async function runExclusively<Row>(
	context: IPollFunctions,
	read: () => Promise<Row[]>,
): Promise<Row[]> {
	const key = `${String(context.getWorkflow().id)}:${context.getNode().id}`;
	if (running.has(key)) return [];
	running.add(key);
	try {
		return await read();
	} finally {
		running.delete(key);
	}
}
