import type { IPollFunctions } from 'n8n-workflow';
import type { JsonObject } from '../../../shared/json';
import { valueAtPath } from '../../../shared/json';
import type { Checkpoint, ListPage } from '../../../shared/polling/checkpoint';
import {
	checkpointAt,
	newestRead,
	parseCheckpoint,
	readNew,
	rowsSince,
	runExclusively,
} from '../../../shared/polling/checkpoint';
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
	const checkpoint = kept.event === event ? parseCheckpoint(kept.checkpoint) : undefined;
	const list = LISTS[event];
	const news =
		list === undefined
			? await newMessages(client, checkpoint)
			: await newRows(client, list, checkpoint);
	kept.event = event;
	kept.checkpoint = { ...news.checkpoint };
	return news.rows;
}

async function newRows(client: ApiClient, list: FanvueList, checkpoint: Checkpoint | undefined) {
	const { keeps = () => true } = list;
	const news = await readNew(polledList(client, list), checkpoint);
	return { ...news, rows: news.rows.filter(keeps) };
}

/** Messages that fans wrote: of every chat with a message since the checkpoint, all since then. */
async function newMessages(client: ApiClient, checkpoint: Checkpoint | undefined) {
	const start = checkpoint ?? (await firstCheckpoint(client));
	const since = (newestRead(start, Date.now()) ?? 0) - OVERLAP;
	const lists = (await rowsSince(polledList(client, chats), since)).map((chat) => {
		const list = polledList(client, messagesOf(chats.id(chat)));
		return {
			pages: withChat(list.pages, chat),
			id: ({ message }: ChatMessage) => list.id(message),
			position: ({ message }: ChatMessage) => list.position(message),
			overlap: list.overlap,
			latest: list.latest,
		};
	});
	const { rows, checkpoint: next } = await readNew(lists, start);
	const received = rows.filter(
		({ message, chat }) => valueAtPath(message, 'sender.uuid') === chats.id(chat),
	);
	return {
		// What is there at the first poll is known from then on, so that the overlap does not return it.
		rows:
			checkpoint === undefined ? [] : received.map(({ message, chat }) => ({ ...message, chat })),
		checkpoint: next,
	};
}

interface ChatMessage {
	message: JsonObject;
	chat: JsonObject;
}

async function* withChat(
	pages: AsyncIterable<ListPage<JsonObject>>,
	chat: JsonObject,
): AsyncGenerator<ListPage<ChatMessage>> {
	for await (const { rows, isLast } of pages) {
		yield { rows: rows.map((message) => ({ message, chat })), isLast };
	}
}

/** Returns where to begin: at the newest chat, or with the first message if there are no chats. */
async function firstCheckpoint(client: ApiClient): Promise<Checkpoint> {
	const { checkpoint } = await readNew(polledList(client, chats), undefined);
	const newest = newestRead(checkpoint, Date.now());
	return newest === null ? checkpoint : checkpointAt(newest - OVERLAP);
}

function polledList(client: ApiClient, list: FanvueList) {
	return {
		pages: list.pages(client),
		id: list.id,
		position: list.time,
		overlap: OVERLAP,
		latest: Date.now(),
	};
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
	for await (const { rows } of watch.pages(client)) return rows;
	return [];
}
