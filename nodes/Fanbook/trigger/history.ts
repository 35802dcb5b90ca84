import type { Json, JsonObject } from '../../shared/json';
import { isJsonObject } from '../../shared/json';
import type { ApiClient } from '../../shared/client/apiClient';
import { compareIds, readId } from '../ids';

/** The most one call gives. */
const PAGE = 100;
/** Against a history that never ends. */
const MOST_PAGES = 500;

/** How far back a reading may reach: how many messages, and none older than a time in ms. */
export interface Reach {
	count: number;
	since: number;
}

/** A message of a channel's history, with its id. */
export interface Row {
	id: string;
	time: number;
	data: JsonObject;
}

/** What a reading has found, oldest first. */
export interface Found {
	rows: Row[];
	/** Newer than the reference, but beyond the reach. There may be more of them. */
	beyond: Row[];
}

/**
 * Messages of a channel that are newer than `after`, without a gap up to the newest. Of more than
 * the reach allows, the newest.
 */
export async function messagesAfter(
	session: ApiClient,
	channel: string,
	after: string,
	reach: Reach,
	/** Waited for between two pages. */
	rest: () => Promise<void>,
): Promise<Found> {
	const isNew = ({ id }: Row) => compareIds(id, after) > 0;
	const first = await page(session, channel, PAGE, { id: after, behavior: 'after' });
	if (first.length < PAGE) return within(first.filter(isNew), reach);

	// Fanbook does not say which end of a longer gap it gives, so the gap is walked from its
	// newest message backwards, the one direction that is documented.
	const rows: Row[] = [];
	for (let count = 0; count < MOST_PAGES; count += 1) {
		await rest();
		const oldest = rows.at(-1);
		const older = await page(
			session,
			channel,
			PAGE,
			oldest === undefined ? undefined : { id: oldest.id, behavior: 'before' },
		);
		const isOlder = ({ id }: Row) => oldest === undefined || compareIds(id, oldest.id) < 0;
		const fresh = older.filter((row) => isNew(row) && isOlder(row)).reverse();
		rows.push(...fresh);
		const isEnd = older.length < PAGE || fresh.length === 0 || !older.every(isNew);
		const last = rows.at(-1);
		const isTooOld = last !== undefined && last.time !== 0 && last.time < reach.since;
		if (isEnd || isTooOld || rows.length > reach.count) break;
	}
	return within(rows, reach);
}

/** The newest messages of a channel, oldest first. */
export async function newestMessages(
	session: ApiClient,
	channel: string,
	count: number,
): Promise<Row[]> {
	return await page(session, channel, count);
}

async function page(
	session: ApiClient,
	channel: string,
	size: number,
	reference?: { id: string; behavior: 'after' | 'before' },
): Promise<Row[]> {
	const data = await session.fetch('POST message/getList', {
		encoding: 'form',
		writes: false,
		body: {
			channel_id: channel,
			size: String(size),
			...(reference === undefined
				? {}
				: { message_id: reference.id, behavior: reference.behavior }),
		},
	});
	return (Array.isArray(data) ? data : []).flatMap(readRow).sort(byId);
}

function readRow(data: Json): Row[] {
	if (!isJsonObject(data)) return [];
	const id = readId(data.message_id);
	return id === null ? [] : [{ id, time: typeof data.time === 'number' ? data.time : 0, data }];
}

function byId(a: Row, b: Row): number {
	return compareIds(a.id, b.id);
}

function within(found: Row[], reach: Reach): Found {
	const rows = [...found].sort(byId);
	const isRecent = ({ time }: Row) => time === 0 || time >= reach.since;
	const newest = new Set(rows.filter(isRecent).slice(-reach.count));
	return {
		rows: rows.filter((row) => newest.has(row)),
		beyond: rows.filter((row) => !newest.has(row)),
	};
}
