import { isJsonObject, valueAtPath } from '../../../shared/json';
import type { Json, JsonObject } from '../../../shared/json';
import type { ListPage } from '../../../shared/polling/checkpoint';
import { rowsAt } from '../../../shared/execution/paginate';
import type { ApiClient } from '../../../shared/client/apiClient';
import { nextPage } from '../../paging';
import type { Endpoint } from '../../../shared/endpoint';
import { parseEndpoint } from '../../../shared/endpoint';

/** What the polling trigger can watch: a list of Fanvue, newest first. */
export interface FanvueList {
	pages: (client: ApiClient) => AsyncGenerator<ListPage<JsonObject>>;
	id: (row: JsonObject) => string;
	/** Milliseconds since 1970; `null` if the row has no valid time. */
	time: (row: JsonObject) => number | null;
	/** Leaves out what is in the list and is not the event. */
	keeps?: (row: JsonObject) => boolean;
}

const PAGE_SIZE = 50;

const textAt = (row: JsonObject, path: string): string => {
	const value = valueAtPath(row, path);
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

const timeAt = (path: string) => (row: JsonObject) => {
	const time = Date.parse(textAt(row, path));
	return Number.isNaN(time) ? null : time;
};

/** A list page by page; the routes under /v1 where the credential says so and the call is known there. */
async function* pagesOf(
	client: ApiClient,
	endpoint: Endpoint,
	options: { v1: boolean; query?: Record<string, Json>; dated?: boolean; numbered?: boolean },
	path: Record<string, string> = {},
): AsyncGenerator<ListPage<JsonObject>> {
	const isV1 = options.v1 && (await client.credentialSettings()).apiRoutes === 'v1';
	const route = `${isV1 ? 'v1/' : ''}${parseEndpoint(endpoint).path}`;
	let parameters: Record<string, unknown> | undefined = {
		...(options.numbered === true && !isV1 ? { page: 1 } : {}),
		...(isV1 && options.dated === true ? { limit: PAGE_SIZE } : { size: PAGE_SIZE }),
	};
	let previous = '';
	while (parameters !== undefined) {
		const query: Record<string, unknown> = { ...options.query, ...parameters };
		const data = await client.fetch(endpoint, { pathTemplate: route, path, query });
		const rows = rowsAt(data, 'data').filter(isJsonObject);
		const answer = JSON.stringify(rows);
		// The same page again instead of the next one would go on for ever.
		if (rows.length === 0 || answer === previous) return;
		previous = answer;
		parameters = nextPage({ data, rows, newRows: rows, size: PAGE_SIZE, parameters });
		yield { rows, isLast: parameters === undefined };
	}
}

/** Notifications of one kind, or of all. */
const notifications = (eventType?: number): FanvueList => ({
	pages: (client) =>
		pagesOf(client, 'GET /notifications', {
			v1: false,
			numbered: true,
			query: eventType === undefined ? {} : { eventType },
		}),
	id: (row) => textAt(row, 'uuid'),
	time: timeAt('createdAt'),
});

/** Under /v1 what was paid back is a row of its own among the paid invoices. */
const isPaid = (row: JsonObject) =>
	!(Number(row.gross) < 0) && !['refund', 'chargeback'].includes(textAt(row, 'source'));

/** Paid invoices: purchases, tips, subscriptions and renewals. */
const sales = (source?: string): FanvueList => ({
	pages: (client) =>
		pagesOf(client, 'GET /insights/earnings', {
			v1: true,
			query: source === undefined ? {} : { source },
		}),
	id: (row) => textAt(row, 'transactionOrderId') || JSON.stringify(row),
	time: timeAt('date'),
	keeps: isPaid,
});

/** Chats, the one with the newest message first. */
export const chats: FanvueList = {
	pages: (client) =>
		pagesOf(client, 'GET /chats', {
			v1: true,
			numbered: true,
			query: { sortBy: 'most_recent_messages' },
		}),
	id: (row) => textAt(row, 'user.uuid'),
	time: timeAt('lastMessageAt'),
};

/** The messages of one chat; reading them does not mark the chat as read. */
export const messagesOf = (userUuid: string): FanvueList => ({
	pages: (client) =>
		pagesOf(
			client,
			'GET /chats/:userUuid/messages',
			{ v1: true, numbered: true, dated: true, query: { markAsRead: 'false' } },
			{ userUuid },
		),
	id: (row) => textAt(row, 'uuid'),
	time: timeAt('sentAt'),
});

/** Everything but messages is one list. */
export const LISTS: Record<string, FanvueList> = {
	newFollower: notifications(12),
	newSubscriber: notifications(10),
	newSale: sales(),
	newTip: sales('tip'),
	notification: notifications(),
};
