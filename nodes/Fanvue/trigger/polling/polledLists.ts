import { createHash } from 'node:crypto';
import { valueAtPath } from '../../../shared/json';
import type { Json, JsonObject } from '../../../shared/json';
import type { ListPage } from '../../../shared/polling/checkpoint';
import { readPages } from '../../../shared/polling/readPages';
import { rowsAt } from '../../../shared/execution/paginate';
import type { ApiClient } from '../../../shared/client/apiClient';
import { nextPage } from '../../paging';
import type { CalledFanvueOperation } from '../../operation';
import { parseEndpoint } from '../../../shared/endpoint';

/** A list that the polling trigger reads, newest rows first. */
export interface FanvueList {
	pages: (client: ApiClient) => AsyncGenerator<ListPage<JsonObject>>;
	id: (row: JsonObject) => string;
	/** Milliseconds since 1970; `null` if the row has no valid time. */
	time: (row: JsonObject) => number | null;
	/** Returns whether a row of the list is an instance of the event; every row by default. */
	filter?: (row: JsonObject) => boolean;
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

/** A polled list as an operation, so that errors name its scopes and its result. */
type PolledOperation = CalledFanvueOperation & { scopes: string[] };

const GET_NOTIFICATIONS: PolledOperation = {
	name: 'Get Many Notifications',
	endpoint: 'GET /notifications',
	scopes: ['read:self'],
	paging: 'page',
	resultPath: 'data',
};
const GET_EARNINGS: PolledOperation = {
	name: 'Get Earnings',
	endpoint: 'GET /insights/earnings',
	scopes: ['read:insights'],
	paging: 'cursor',
	resultPath: 'data',
	v1: true,
};
const GET_CHATS: PolledOperation = {
	name: 'Get Many Chats',
	endpoint: 'GET /chats',
	scopes: ['read:chat'],
	paging: 'page',
	resultPath: 'data',
	v1: true,
};
const GET_MESSAGES: PolledOperation = {
	name: 'Get Many Messages',
	endpoint: 'GET /chats/:userUuid/messages',
	scopes: ['read:chat'],
	paging: 'messages',
	resultPath: 'data',
	v1: true,
};

/** Returns a list page by page; under /v1 if the credential says so and the call exists there. */
async function* pagesOf(
	client: ApiClient,
	operation: PolledOperation,
	{ query, path = {}, id }: ListRequest,
): AsyncGenerator<ListPage<JsonObject>> {
	const { endpoint, paging } = operation;
	const isV1 = operation.v1 === true && (await client.credentialSettings()).apiRoutes === 'v1';
	const pathTemplate = `${isV1 ? 'v1/' : ''}${parseEndpoint(endpoint).path}`;
	yield* readPages<Record<string, unknown>>({
		first: {
			...(paging !== 'cursor' && !isV1 ? { page: 1 } : {}),
			...(isV1 && paging === 'messages' ? { limit: PAGE_SIZE } : { size: PAGE_SIZE }),
		},
		fetch: async (parameters) =>
			await client.fetch(endpoint, {
				operation,
				pathTemplate,
				path,
				query: { ...query, ...parameters },
			}),
		rowsOf: (data) => rowsAt(data, 'data'),
		next: (page) => nextPage({ ...page, size: PAGE_SIZE }),
		id,
	});
}

interface ListRequest {
	query?: Record<string, Json>;
	path?: Record<string, string>;
	id: (row: JsonObject) => string;
}

/** Returns a list whose rows are identified by `request.id`. */
const polledList = (
	operation: PolledOperation,
	request: ListRequest,
	more: Omit<FanvueList, 'pages' | 'id'>,
): FanvueList => ({
	pages: (client) => pagesOf(client, operation, request),
	id: request.id,
	...more,
});

/** Returns the ID of a row, or a digest of its content. */
const idOrDigest = (row: JsonObject) => textAt(row, 'uuid') || digest(row);

/** Notifications of one kind, or of all. */
const notifications = (eventType?: number): FanvueList =>
	polledList(
		GET_NOTIFICATIONS,
		{ query: eventType === undefined ? {} : { eventType }, id: idOrDigest },
		{ time: timeAt('createdAt') },
	);

/** Under /v1 the list also has refunds and chargebacks. */
const isSale = (row: JsonObject) =>
	!(Number(row.gross) < 0) && !['refund', 'chargeback'].includes(textAt(row, 'source'));

/** Paid invoices: purchases, tips, subscriptions and renewals. */
const sales = (source?: string): FanvueList =>
	polledList(
		GET_EARNINGS,
		{ query: source === undefined ? {} : { source }, id: saleId },
		{ time: timeAt('date'), filter: isSale },
	);

/** One order can have several sales, so the order ID does not identify a row by itself. */
function saleId(row: JsonObject): string {
	const orderId = textAt(row, 'transactionOrderId');
	if (orderId === '') return digest(row);
	// The buyer's name and picture may change later.
	const { user, ...sale } = row;
	return `${orderId}:${digest({ ...sale, user: valueAtPath(user, 'uuid') ?? null })}`;
}

/** Returns a short text that differs between rows with different content. */
function digest(row: JsonObject): string {
	return createHash('sha256').update(JSON.stringify(row)).digest('base64url').slice(0, 16);
}

/** Chats, ordered by their newest message. */
export const chats: FanvueList = polledList(
	GET_CHATS,
	{ query: { sortBy: 'most_recent_messages' }, id: (row) => textAt(row, 'user.uuid') },
	{ time: timeAt('lastMessageAt') },
);

/** The messages of one chat; reading them does not mark the chat as read. */
export const messagesOf = (userUuid: string): FanvueList =>
	polledList(
		GET_MESSAGES,
		{ path: { userUuid }, query: { markAsRead: 'false' }, id: idOrDigest },
		{ time: timeAt('sentAt') },
	);

/** The list of each event except New Message. */
export const LISTS: Record<string, FanvueList> = {
	newFollower: notifications(12),
	newSubscriber: notifications(10),
	newSale: sales(),
	newTip: sales('tip'),
	notification: notifications(),
};
