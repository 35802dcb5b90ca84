import { isJsonObject, valueAtPath } from '../../../shared/json';
import type { Json, JsonObject } from '../../../shared/json';
import type { Operation, ItemContext } from '../../../shared/definition/operation';
import { collectPages } from '../../../shared/execution/paginate';
import { fan } from '../fan';
import { insight } from '../insight';
import { media } from '../media/index';

const DEFAULT_LIMIT = 20;

/**
 * Requests the parts of the context in parallel.
 *
 * @returns `media`, `subscribers`, `topSpenders` and `earnings`; amounts in cents
 */
export async function getAutomationContext(item: ItemContext): Promise<JsonObject> {
	const variant = item.text('variant') || 'main';
	const period = { startDate: item.value('startDate'), endDate: item.value('endDate') };
	const parts = [
		fetchRows(item, {
			operation: findOperation(media.operations, 'Get Many'),
			limitName: 'mediaLimit',
			query: {
				status: ['ready'],
				variants: variant === 'none' ? undefined : variant,
			},
		}),
		fetchRows(item, {
			operation: findOperation(fan.operations, 'Get Subscribers'),
			limitName: 'subscriberLimit',
		}),
		fetchRows(item, {
			operation: findOperation(insight.operations, 'Get Top Spenders'),
			limitName: 'topSpenderLimit',
			query: period,
		}),
		fetchObject(item, findOperation(insight.operations, 'Get Earnings Summary'), period),
	] as const;
	// If one request fails, wait until the others have ended.
	await Promise.allSettled(parts);
	const [mediaRows, subscribers, spenders, summary] = await Promise.all(parts);
	return {
		media: mediaRows.map((row) => mediaSummary(row, variant)),
		subscribers: subscribers.map(subscriberSummary),
		topSpenders: spenders.map(spenderSummary),
		earnings: earningsSummary(summary),
	};
}

function findOperation(operations: Operation[], name: string): Operation {
	const found = operations.find((operation) => operation.name === name);
	if (found === undefined) throw new TypeError(`No operation ${name}`);
	return found;
}

async function fetchRows(
	item: ItemContext,
	{
		operation,
		limitName,
		query = {},
	}: { operation: Operation; limitName: string; query?: Record<string, unknown> },
): Promise<JsonObject[]> {
	const limit = Number(item.value(limitName) ?? DEFAULT_LIMIT);
	const kind = item.service.paging.page;
	if (limit === 0 || kind === undefined) return [];
	return await collectPages(item, {
		strategy: kind,
		limit,
		fetchPage: async (page, signal) =>
			await item.fetch(operation.endpoint, { operation, query: { ...query, ...page }, signal }),
		convert: (rows) => rows.filter(isJsonObject),
	});
}

async function fetchObject(
	item: ItemContext,
	operation: Operation,
	query: Record<string, unknown>,
): Promise<JsonObject> {
	const answer = await item.fetch(operation.endpoint, { operation, query });
	return isJsonObject(answer) ? answer : {};
}

/** Returns the first of these members that has a value, or null. */
function firstValue(row: JsonObject, ...paths: string[]): Json {
	for (const path of paths) {
		const found = valueAtPath(row, path);
		if (found !== undefined && found !== null && found !== '') return found;
	}
	return null;
}

function mediaSummary(row: JsonObject, variant: string): JsonObject {
	const variants = Array.isArray(row.variants) ? row.variants.filter(isJsonObject) : [];
	const chosen = variants.find(({ variantType }) => variantType === variant);
	return {
		uuid: firstValue(row, 'uuid'),
		name: firstValue(row, 'name'),
		type: firstValue(row, 'mediaType'),
		description: firstValue(row, 'description', 'caption'),
		caption: firstValue(row, 'caption'),
		recommendedPrice: firstValue(row, 'recommendedPrice'),
		createdAt: firstValue(row, 'createdAt'),
		signedUrl: firstValue(chosen ?? {}, 'url'),
	};
}

function userSummary(row: JsonObject): JsonObject {
	return {
		uuid: firstValue(row, 'uuid'),
		name: firstValue(row, 'nickname', 'displayName', 'handle'),
		handle: firstValue(row, 'handle'),
	};
}

/** Only the routes under /v1 return the start and terms of a subscription. */
function subscriberSummary(row: JsonObject): JsonObject {
	return {
		...userSummary(row),
		subscribedAt: firstValue(row, 'firstSubscribedAt', 'subscription.currentPeriodStart'),
		isTopSpender: row.isTopSpender === true,
		subscription: firstValue(row, 'subscription'),
	};
}

function spenderSummary(row: JsonObject): JsonObject {
	return {
		...userSummary(isJsonObject(row.user) ? row.user : {}),
		totalSpent: firstValue(row, 'gross'),
		net: firstValue(row, 'net'),
		messages: firstValue(row, 'messages'),
	};
}

function earningsSummary(summary: JsonObject): JsonObject {
	const sources = isJsonObject(summary.breakdownBySource) ? summary.breakdownBySource : {};
	const start = firstValue(summary, 'period.startDate');
	const end = firstValue(summary, 'period.endDate');
	// The totals cover all time, regardless of the period.
	const total = (key: string) =>
		start === null && end === null
			? firstValue(summary, `totals.allTime.${key}`)
			: Object.values(sources).reduce<number>(
					(sum, amounts) => sum + Number(valueAtPath(amounts, key) ?? 0),
					0,
				);
	return {
		period: `${String(start ?? 'start')}/${String(end ?? 'now')}`,
		total: total('gross'),
		net: total('net'),
		thisMonth: firstValue(summary, 'totals.thisMonth'),
		breakdown: Object.entries(sources)
			.filter((entry): entry is [string, JsonObject] => isJsonObject(entry[1]))
			.map(([type, amounts]) => ({
				type,
				amount: firstValue(amounts, 'gross'),
				net: firstValue(amounts, 'net'),
			})),
		trend: firstValue(summary, 'overTime'),
	};
}
