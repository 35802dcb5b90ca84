import type { IPollFunctions } from 'n8n-workflow';
import { invalidParameter } from '../../../shared/errors';
import { shown } from '../../../shared/execution/shownValue';
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
import { nodeStaticData } from '../../../shared/staticData';

/** The event that is read from several lists, the messages of each chat. */
const NEW_MESSAGE = 'newMessage';
/** How far behind the newest row to look for rows that Fanvue listed late, in milliseconds. */
const OVERLAP = 120_000;
/** Number of recent rows that a manual test returns. */
const SAMPLE_SIZE = 5;
/** Number of chats that a manual test looks through for a message of a fan. */
const MAX_SAMPLE_CHATS = 10;

/**
 * Returns rows that are new since the last poll, oldest first. The first poll only stores where to
 * start. A manual test returns recent rows instead and does not change the checkpoint.
 */
export async function pollFanvue(context: IPollFunctions): Promise<JsonObject[]> {
	const event = readEvent(context.getNodeParameter('event'));
	const client = new ApiClient(context, fanvueApi);
	if (context.getMode() === 'manual') return await sampleRows(client, event);
	return await runExclusively(context, async () => await readNewRows(context, client, event));
}

/** @throws NodeFailure for an unknown event, which must not become another one */
function readEvent(chosen: unknown): string {
	const known = [NEW_MESSAGE, ...Object.keys(LISTS)].find((event) => event === chosen);
	if (known !== undefined) return known;
	throw invalidParameter('Event', `cannot be "${shown(chosen)}"`, 'Choose one from the list');
}

async function readNewRows(
	context: IPollFunctions,
	client: ApiClient,
	event: string,
): Promise<JsonObject[]> {
	const stored = nodeStaticData(context);
	const { id: credentialId } = context.getNode().credentials?.[fanvueApi.credentialType] ?? {};
	// Older versions stored no credential. Starting anew would lose what is new since the last poll.
	const isSameAccount = stored.credentialId === undefined || stored.credentialId === credentialId;
	const isSameList = stored.event === event && isSameAccount;
	const checkpoint = isSameList ? parseCheckpoint(stored.checkpoint) : undefined;
	const list = LISTS[event];
	const update =
		list === undefined
			? await newMessages(client, checkpoint)
			: await newRows(client, list, checkpoint);
	stored.event = event;
	stored.credentialId = credentialId;
	stored.checkpoint = { ...update.checkpoint };
	return update.rows;
}

async function newRows(client: ApiClient, list: FanvueList, checkpoint: Checkpoint | undefined) {
	const { filter = () => true } = list;
	const update = await readNew(polledList(client, list), checkpoint);
	return { ...update, rows: update.rows.filter(filter) };
}

/**
 * Returns messages of fans: in each chat with a message since the checkpoint, or whose last message
 * was listed late, all messages since then.
 */
async function newMessages(client: ApiClient, checkpoint: Checkpoint | undefined) {
	const start = checkpoint ?? (await firstCheckpoint(client));
	const since = (newestRead(start, Date.now()) ?? 0) - OVERLAP;
	const { floor, seen } = start;
	const known = new Set(seen.map(([id]) => id));
	const hasLateMessage = (chat: JsonObject) => {
		const uuid = valueAtPath(chat, 'lastMessage.uuid');
		if (typeof uuid !== 'string' || known.has(uuid)) return false;
		return (chats.time(chat) ?? -Infinity) > (floor ?? -Infinity);
	};
	const found = await rowsSince(polledList(client, chats), since, hasLateMessage);
	const lists = found.map((chat) => {
		const list = polledList(client, messagesOf(chats.id(chat)));
		return {
			pages: withChat(list.pages, chat),
			id: ({ message }: ChatMessage) => list.id(message),
			position: ({ message }: ChatMessage) => list.position(message),
			overlap: list.overlap,
			latest: list.latest,
			compareIds,
		};
	});
	const { rows, checkpoint: next } = await readNew(lists, start);
	const received = rows.filter(
		({ message, chat }) => valueAtPath(message, 'sender.uuid') === chats.id(chat),
	);
	return {
		// Rows of the first poll are stored as known, so that the overlap does not return them.
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

/** Returns the start: the newest chat, or the first message if there are no chats. */
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
		compareIds,
	};
}

async function sampleRows(client: ApiClient, event: string): Promise<JsonObject[]> {
	const list = LISTS[event];
	if (list !== undefined) {
		const { filter = () => true } = list;
		return (await firstPage(client, list)).filter(filter).slice(0, SAMPLE_SIZE);
	}
	// The newest chats may contain only messages of the creator.
	for (const chat of (await firstPage(client, chats)).slice(0, MAX_SAMPLE_CHATS)) {
		const userUuid = chats.id(chat);
		const received = (await firstPage(client, messagesOf(userUuid))).filter(
			(message) => valueAtPath(message, 'sender.uuid') === userUuid,
		);
		if (received.length > 0) {
			return received.slice(0, SAMPLE_SIZE).map((message) => ({ ...message, chat }));
		}
	}
	return [];
}

async function firstPage(client: ApiClient, list: FanvueList): Promise<JsonObject[]> {
	for await (const { rows } of list.pages(client)) return rows;
	return [];
}

/** Orders the IDs of rows with the same time. */
function compareIds(a: string, b: string): number {
	if (a.length !== b.length) return a.localeCompare(b, 'en', { numeric: true });
	return a < b ? -1 : Number(a > b);
}
