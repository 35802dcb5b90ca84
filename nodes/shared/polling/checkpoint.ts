import type { IPollFunctions } from 'n8n-workflow';

/** Where a polling trigger stands in a list: how far it has read, and what it has seen there. */
export interface Checkpoint {
	/** Milliseconds since 1970 of the newest row seen. */
	time: number;
	/** IDs of the rows seen around that time, newest last. */
	ids: string[];
}

export interface PolledList<Row> {
	/** The list page by page, newest rows first. */
	pages: AsyncIterable<Row[]>;
	id: (row: Row) => string;
	/** Milliseconds since 1970. */
	time: (row: Row) => number;
	/**
	 * How far back the reading goes behind the newest row of the last one, in milliseconds: rows
	 * that a service lists late are still found, and `Mark.ids` keeps the others from coming twice.
	 */
	overlap: number;
}

/** IDs kept in a mark; more rows than this within one overlap would come twice. */
const MAX_REMEMBERED_IDS = 1000;

/**
 * Reads what is new since the mark, back to where the last reading ended.
 *
 * @param mark `undefined` on the first reading, which only finds out where to begin
 * @returns new rows, oldest first, and the mark to keep for the next reading
 */
export async function readNew<Row>(
	feed: PolledList<Row>,
	mark: Checkpoint | undefined,
): Promise<{ rows: Row[]; mark: Checkpoint }> {
	const known = new Set(mark?.ids);
	const fresh = new Map<string, Row>();
	const around: Array<{ id: string; time: number }> = [];
	let since = mark === undefined ? undefined : mark.time - feed.overlap;
	for await (const page of feed.pages) {
		let passed = page.length === 0;
		for (const row of page) {
			const entry = { id: feed.id(row), time: feed.time(row) };
			since ??= entry.time - feed.overlap;
			around.push(entry);
			if (entry.time < since) passed = true;
			else if (!known.has(entry.id)) fresh.set(entry.id, row);
		}
		if (passed) break;
	}
	const newest = Math.max(mark?.time ?? 0, ...around.map(({ time }) => time));
	const seen = around
		.filter(({ time }) => time >= newest - feed.overlap)
		.map(({ id }) => id)
		.reverse();
	const ids = [...new Set([...(mark?.ids ?? []), ...seen])].slice(-MAX_REMEMBERED_IDS);
	const rows = [...fresh.values()].reverse().sort((a, b) => feed.time(a) - feed.time(b));
	return { rows: mark === undefined ? [] : rows, mark: { time: newest, ids } };
}

/** A mark out of a node's static data; `undefined` when there is none or it is damaged. */
export function parseCheckpoint(stored: unknown): Checkpoint | undefined {
	if (typeof stored !== 'object' || stored === null) return undefined;
	if (!('time' in stored) || !('ids' in stored)) return undefined;
	const { time, ids } = stored;
	if (typeof time !== 'number' || !Array.isArray(ids)) return undefined;
	return { time, ids: ids.map(String) };
}

/** Nodes of this process that are being polled right now, by workflow and node. */
const running = new Set<string>();

/**
 * Keeps polls of one node apart: it may have several times to poll at, and a poll may take longer than
 * the time to the next. One that comes too early has no news.
 *
 * @param read reads what is new since the place in the node's static data, and moves it on
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
