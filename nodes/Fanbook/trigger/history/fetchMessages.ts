import type { Json, JsonObject } from '../../../shared/json';
import { isJsonObject } from '../../../shared/json';
import type { ApiClient } from '../../../shared/client/apiClient';
import { parseServiceTime } from '../../../shared/serviceTime';
import { compareIds, readId } from '../../ids';
import { readList } from '../../readList';
import { snowflakeTime } from '../../snowflake';

/** Largest page of `message/getList`. */
const PAGE_SIZE = 100;
/** Limit for a history without an end. */
const MAX_PAGES = 500;

/** Limits for missed messages. */
export interface CatchUpLimits {
	maxCount: number;
	/** Oldest time in milliseconds since 1970. */
	since: number;
}

export interface HistoryMessage {
	id: string;
	/** Milliseconds since 1970, or 0. */
	time: number;
	data: JsonObject;
}

/** Messages found in a history, oldest first. */
export interface HistoryResult {
	messages: HistoryMessage[];
	/** New messages outside the limits. There may be more of them. */
	skipped: HistoryMessage[];
}

/**
 * Fetches the messages of a channel that are newer than `after`, up to the newest and without a
 * gap. Of more than the limits allow, the newest are returned.
 *
 * @param options.beforePage called before each further page
 */
export async function fetchMessagesAfter(
	client: ApiClient,
	channel: string,
	options: { after: string; limits: CatchUpLimits; beforePage: () => Promise<void> },
): Promise<HistoryResult> {
	const { after, limits, beforePage } = options;
	const isNew = ({ id }: HistoryMessage) => compareIds(id, after) > 0;
	const first = await fetchPage(client, channel, {
		size: PAGE_SIZE,
		reference: { id: after, behavior: 'after' },
	});
	if (first.rowCount < PAGE_SIZE) return applyLimits(first.messages.filter(isNew), limits);

	// Which end of a longer gap Fanbook returns is not documented, so the gap is read backwards
	// from its newest message, which is documented.
	const messages: HistoryMessage[] = [];
	for (let count = 0; count < MAX_PAGES; count += 1) {
		await beforePage();
		const oldest = messages.at(-1);
		const { messages: page, rowCount } = await fetchPage(client, channel, {
			size: PAGE_SIZE,
			reference: oldest === undefined ? undefined : { id: oldest.id, behavior: 'before' },
		});
		const isOlder = ({ id }: HistoryMessage) =>
			oldest === undefined || compareIds(id, oldest.id) < 0;
		const added = page.filter((message) => isNew(message) && isOlder(message)).reverse();
		messages.push(...added);
		const isEnd = rowCount < PAGE_SIZE || added.length === 0 || !page.every(isNew);
		const last = messages.at(-1);
		const isTooOld = last !== undefined && last.time !== 0 && last.time < limits.since;
		if (isEnd || isTooOld || messages.length > limits.maxCount) break;
	}
	return applyLimits(messages, limits);
}

/** Fetches the newest messages of a channel, oldest first. */
export async function fetchNewestMessages(
	client: ApiClient,
	channel: string,
	count: number,
): Promise<HistoryMessage[]> {
	return (await fetchPage(client, channel, { size: count })).messages;
}

/**
 * Fetches one page of a channel's history, oldest message first. Rows that are no messages count, since only
 * a page that is not full is the last one.
 */
async function fetchPage(
	client: ApiClient,
	channel: string,
	page: { size: number; reference?: { id: string; behavior: 'after' | 'before' } },
): Promise<{ messages: HistoryMessage[]; rowCount: number }> {
	const { size, reference } = page;
	const data = await client.fetch('POST message/getList', {
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
	const rows = readList(data);
	return { messages: rows.flatMap(readMessage).sort(byId), rowCount: rows.length };
}

function readMessage(data: Json): HistoryMessage[] {
	if (!isJsonObject(data)) return [];
	const id = readId(data.message_id);
	return id === null ? [] : [{ id, time: parseServiceTime(data.time) ?? snowflakeTime(id), data }];
}

function byId(a: HistoryMessage, b: HistoryMessage): number {
	return compareIds(a.id, b.id);
}

function applyLimits(found: HistoryMessage[], limits: CatchUpLimits): HistoryResult {
	const messages = [...found].sort(byId);
	const isRecent = ({ time }: HistoryMessage) => time === 0 || time >= limits.since;
	const kept = new Set(messages.filter(isRecent).slice(-limits.maxCount));
	return {
		messages: messages.filter((message) => kept.has(message)),
		skipped: messages.filter((message) => !kept.has(message)),
	};
}
