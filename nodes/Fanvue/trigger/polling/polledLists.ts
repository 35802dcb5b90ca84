import { createHash } from 'node:crypto';
import { isJsonObject, valueAtPath } from '../../../shared/json';
import type { Json, JsonObject } from '../../../shared/json';
import type { ListPage } from '../../../shared/polling/checkpoint';
import { readPages } from '../../../shared/polling/readPages';
import { rowsAt } from '../../../shared/execution/paginate';
import { parseServiceTime } from '../../../shared/serviceTime';
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

const timeAt = (path: string) => (row: JsonObject) =>
	parseServiceTime(valueAtPath(row, path)) ?? null;

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
	{ query, path = {}, id, prepare }: ListRequest,
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
		rowsOf: (data) => {
			const rows = rowsAt(data, 'data').filter(isJsonObject);
			prepare?.(rows);
			return rows;
		},
		next: (page) => nextPage({ ...page, size: PAGE_SIZE }),
		id,
	});
}

interface ListRequest {
	query?: Record<string, Json>;
	path?: Record<string, string>;
	id: (row: JsonObject) => string;
	/** Called with the rows of each page before they are identified. */
	prepare?: (rows: JsonObject[]) => void;
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

/** Returns the ID of a row, or a digest of what does not change in it. */
const idOrDigest = (row: JsonObject) =>
	textAt(row, 'uuid') ||
	digest(Object.entries(row).filter(([key]) => key !== 'isRead' && key !== 'readAt'));

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
		{ query: source === undefined ? {} : { source }, id: saleId, prepare: numberSales },
		{ time: timeAt('date'), filter: isSale },
	);

/** Members of a sale that stay as they are, while its status, net amount and buyer may change. */
const SALE_MEMBERS = ['date', 'gross', 'source', 'messageUuid', 'postUuid'];

/** One order can have several sales, so the order ID does not identify a row by itself. */
function saleId(row: JsonObject): string {
	const members = SALE_MEMBERS.map((key) => row[key] ?? null);
	const orderId = textAt(row, 'transactionOrderId');
	const sale = orderId === '' ? digest([...members, textAt(row, 'user.uuid')]) : digest(members);
	const number = SAME_SALES.get(row) ?? 0;
	return `${orderId}:${sale}${number === 0 ? '' : `#${number}`}`;
}

/** Which of several equal sales on a page a row is, the oldest being 0. */
const SAME_SALES = new WeakMap<JsonObject, number>();

/** Numbers the sales of a page that are equal: a fan can tip the same amount twice in one order. */
function numberSales(rows: JsonObject[]): void {
	const counts = new Map<string, number>();
	for (const row of rows.toReversed()) {
		const id = saleId(row);
		const count = counts.get(id) ?? 0;
		SAME_SALES.set(row, count);
		counts.set(id, count + 1);
	}
}

/** Returns a short text that differs between different values. */
function digest(value: Json[]): string {
	return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 16);
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
