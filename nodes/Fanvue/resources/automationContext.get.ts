import type { ItemContext } from '../../shared/execution/itemContext';
import { isJsonObject, valueAtPath } from '../../shared/json';
import type { Json, JsonObject } from '../../shared/json';
import type { Operation } from '../../shared/definition/operation';
import { collectPages } from '../../shared/execution/paginate';
import { fan } from './fan';
import { insight } from './insight';
import { media } from './media';

const DEFAULT_LIMIT = 20;

/**
 * Reads the parts of the context side by side.
 *
 * @returns `media`, `subscribers`, `topSpenders` and `earnings`; amounts in cents
 */
export async function readContext(call: ItemContext): Promise<JsonObject> {
	const variant = call.text('variant') || 'main';
	const period = { startDate: call.value('startDate'), endDate: call.value('endDate') };
	const parts = [
		rows(call, named(media.operations, 'Get Many'), 'mediaLimit', {
			status: ['ready'],
			variants: variant === 'none' ? undefined : variant,
		}),
		rows(call, named(fan.operations, 'Get Subscribers'), 'subscriberLimit'),
		rows(call, named(insight.operations, 'Get Top Spenders'), 'topSpenderLimit', period),
		one(call, named(insight.operations, 'Get Earnings Summary'), period),
	] as const;
	// When one part is refused, none of the others is left behind under way.
	await Promise.allSettled(parts);
	const [mediaRows, subscribers, spenders, summary] = await Promise.all(parts);
	return {
		media: mediaRows.map((row) => mediaItem(row, variant)),
		subscribers: subscribers.map(subscriber),
		topSpenders: spenders.map(spender),
		earnings: earnings(summary),
	};
}

function named(operations: Operation[], name: string): Operation {
	const found = operations.find((operation) => operation.name === name);
	if (found === undefined) throw new TypeError(`No operation ${name}`);
	return found;
}

async function rows(
	call: ItemContext,
	operation: Operation,
	limitName: string,
	query: Record<string, unknown> = {},
): Promise<JsonObject[]> {
	const limit = Number(call.value(limitName) ?? DEFAULT_LIMIT);
	const kind = call.service.paging.page;
	if (limit === 0 || kind === undefined) return [];
	const found = await collectPages(
		call,
		kind,
		limit,
		async (page) =>
			await call.fetch(operation.endpoint, { operation, query: { ...query, ...page } }),
	);
	return found.filter(isJsonObject);
}

async function one(
	call: ItemContext,
	operation: Operation,
	query: Record<string, unknown>,
): Promise<JsonObject> {
	const answer = await call.fetch(operation.endpoint, { operation, query });
	return isJsonObject(answer) ? answer : {};
}

/** The first of these members that says something, else null. */
function first(row: JsonObject, ...paths: string[]): Json {
	for (const path of paths) {
		const found = valueAtPath(row, path);
		if (found !== undefined && found !== null && found !== '') return found;
	}
	return null;
}

function mediaItem(row: JsonObject, variant: string): JsonObject {
	const variants = Array.isArray(row.variants) ? row.variants.filter(isJsonObject) : [];
	const chosen = variants.find(({ variantType }) => variantType === variant);
	return {
		uuid: first(row, 'uuid'),
		name: first(row, 'name'),
		type: first(row, 'mediaType'),
		description: first(row, 'description', 'caption'),
		caption: first(row, 'caption'),
		recommendedPrice: first(row, 'recommendedPrice'),
		createdAt: first(row, 'createdAt'),
		signedUrl: first(chosen ?? {}, 'url'),
	};
}

function person(row: JsonObject): JsonObject {
	return {
		uuid: first(row, 'uuid'),
		name: first(row, 'nickname', 'displayName', 'handle'),
		handle: first(row, 'handle'),
	};
}

/** Only the routes under /v1 tell since when someone subscribes, and on what terms. */
function subscriber(row: JsonObject): JsonObject {
	return {
		...person(row),
		subscribedAt: first(row, 'firstSubscribedAt', 'subscription.currentPeriodStart'),
		isTopSpender: row.isTopSpender === true,
		subscription: first(row, 'subscription'),
	};
}

function spender(row: JsonObject): JsonObject {
	return {
		...person(isJsonObject(row.user) ? row.user : {}),
		totalSpent: first(row, 'gross'),
		net: first(row, 'net'),
		messages: first(row, 'messages'),
	};
}

function earnings(summary: JsonObject): JsonObject {
	const sources = isJsonObject(summary.breakdownBySource) ? summary.breakdownBySource : {};
	const start = first(summary, 'period.startDate');
	const end = first(summary, 'period.endDate');
	// The totals are of all time, whatever the period.
	const total = (key: string) =>
		start === null && end === null
			? first(summary, `totals.allTime.${key}`)
			: Object.values(sources).reduce<number>(
					(sum, amounts) => sum + Number(valueAtPath(amounts, key) ?? 0),
					0,
				);
	return {
		period: `${String(start ?? 'start')}/${String(end ?? 'now')}`,
		total: total('gross'),
		net: total('net'),
		thisMonth: first(summary, 'totals.thisMonth'),
		breakdown: Object.entries(sources)
			.filter((entry): entry is [string, JsonObject] => isJsonObject(entry[1]))
			.map(([type, amounts]) => ({
				type,
				amount: first(amounts, 'gross'),
				net: first(amounts, 'net'),
			})),
		trend: first(summary, 'overTime'),
	};
}
