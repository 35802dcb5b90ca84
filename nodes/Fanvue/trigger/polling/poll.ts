import type { IPollFunctions } from 'n8n-workflow';
import type { JsonObject } from '../../../shared/json';
import { valueAtPath } from '../../../shared/json';
import type { Checkpoint } from '../../../shared/polling/checkpoint';
import { runExclusively, parseCheckpoint, readNew } from '../../../shared/polling/checkpoint';
import { ApiClient } from '../../../shared/client/apiClient';
import { fanvueApi } from '../../api';
import type { FanvueList } from './polledLists';
import { LISTS, chats, messagesOf } from './polledLists';

/** Rows that Fanvue lists late are still found within this time, in milliseconds. */
const OVERLAP = 120_000;
/** How many recent rows a manual test shows. */
const SAMPLE = 5;

/**
 * What is new since the last poll, oldest first. The first poll only finds out where to begin; a
 * manual test shows recent rows instead and moves nothing.
 */
export async function pollFanvue(context: IPollFunctions, event: string): Promise<JsonObject[]> {
	const client = new ApiClient(context, fanvueApi);
	if (context.getMode() === 'manual') return await sample(client, event);
	return await runExclusively(context, async () => await readNews(context, client, event));
}

async function readNews(
	context: IPollFunctions,
	client: ApiClient,
	event: string,
): Promise<JsonObject[]> {
	const kept = context.getWorkflowStaticData('node');
	// A workflow that now watches something else begins anew.
	if (kept.event !== event) {
		delete kept.mark;
		kept.event = event;
	}
	const mark = parseCheckpoint(kept.mark);
	const watch = LISTS[event];
	const found =
		watch === undefined ? await newMessages(client, mark) : await newRows(client, watch, mark);
	kept.mark = { ...found.mark };
	return found.rows;
}

async function newRows(client: ApiClient, watch: FanvueList, mark: Checkpoint | undefined) {
	const { id, time, keeps = () => true } = watch;
	const found = await readNew({ pages: watch.pages(client), id, time, overlap: OVERLAP }, mark);
	return { ...found, rows: found.rows.filter(keeps) };
}

/** Messages that fans wrote: of every chat with a message since the mark, all messages since it. */
async function newMessages(client: ApiClient, mark: Checkpoint | undefined) {
	const known = mark ?? (await beginning(client));
	const since = known.time - OVERLAP;
	const rows: JsonObject[] = [];
	let newest = known.time;
	for (const chat of await rowsSince(client, chats, since)) {
		const userUuid = chats.id(chat);
		const watch = messagesOf(userUuid);
		for (const message of await rowsSince(client, watch, since)) {
			newest = Math.max(newest, watch.time(message));
			if (known.ids.includes(watch.id(message))) continue;
			if (valueAtPath(message, 'sender.uuid') === userUuid) rows.push({ ...message, chat });
		}
	}
	rows.sort((a, b) => messagesOf('').time(a) - messagesOf('').time(b));
	const ids = [...known.ids, ...rows.map((row) => String(row.uuid))].slice(-1000);
	// What is there at the first poll is known from then on, so that the overlap does not bring it.
	return { rows: mark === undefined ? [] : rows, mark: { time: newest, ids } };
}

/** Where to begin: at the newest chat, or now where there has been none for a while. */
async function beginning(client: ApiClient): Promise<Checkpoint> {
	const { mark } = await newRows(client, chats, undefined);
	return { time: Math.max(mark.time, Date.now() - OVERLAP), ids: [] };
}

async function rowsSince(
	client: ApiClient,
	watch: FanvueList,
	since: number,
): Promise<JsonObject[]> {
	const found: JsonObject[] = [];
	for await (const page of watch.pages(client)) {
		found.push(...page.filter((row) => watch.time(row) >= since));
		if (page.some((row) => watch.time(row) < since)) break;
	}
	return found;
}

async function sample(client: ApiClient, event: string): Promise<JsonObject[]> {
	const watch = LISTS[event];
	if (watch !== undefined) {
		const { keeps = () => true } = watch;
		return (await firstPage(client, watch)).filter(keeps).slice(0, SAMPLE);
	}
	const [chat] = await firstPage(client, chats);
	if (chat === undefined) return [];
	const userUuid = chats.id(chat);
	return (await firstPage(client, messagesOf(userUuid)))
		.filter((message) => valueAtPath(message, 'sender.uuid') === userUuid)
		.slice(0, SAMPLE)
		.map((message) => ({ ...message, chat }));
}

async function firstPage(client: ApiClient, watch: FanvueList): Promise<JsonObject[]> {
	for await (const page of watch.pages(client)) return page;
	return [];
}
