import type { Call } from '../../shared/call';
import { isJsonObject, memberAt } from '../../shared/json';
import type { Json, JsonObject } from '../../shared/json';
import type { Operation } from '../../shared/operation';
import { collect } from '../../shared/paginate';
import { fan } from './fan';
import { insight } from './insight';
import { media } from './media';

const DEFAULT_LIMIT = 20;

/**
 * Reads the parts of the context side by side.
 *
 * @returns `media`, `subscribers`, `topSpenders` and `earnings`; amounts in cents
 */
export async function readContext(call: Call): Promise<JsonObject> {
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
	call: Call,
	operation: Operation,
	limitName: string,
	query: Record<string, unknown> = {},
): Promise<JsonObject[]> {
	const limit = Number(call.value(limitName) ?? DEFAULT_LIMIT);
	const kind = call.service.paging.page;
	if (limit === 0 || kind === undefined) return [];
	const found = await collect(
		call,
		kind,
		limit,
		async (page) =>
			await call.fetch(operation.endpoint, { operation, query: { ...query, ...page } }),
	);
	return found.filter(isJsonObject);
}

async function one(
	call: Call,
	operation: Operation,
	query: Record<string, unknown>,
): Promise<JsonObject> {
	const answer = await call.fetch(operation.endpoint, { operation, query });
	return isJsonObject(answer) ? answer : {};
}

function mediaItem(row: JsonObject, variant: string): JsonObject {
	const { uuid, name, mediaType, caption, description, recommendedPrice, createdAt } = row;
	const variants = Array.isArray(row.variants) ? row.variants.filter(isJsonObject) : [];
	const address = variants.find((candidate) => candidate.variantType === variant)?.url;
	return {
		uuid: uuid ?? null,
		name: name ?? null,
		type: mediaType ?? null,
		description: description ?? caption ?? null,
		caption: caption ?? null,
		recommendedPrice: recommendedPrice ?? null,
		createdAt: createdAt ?? null,
		signedUrl: address ?? null,
	};
}

function person(row: JsonObject): JsonObject {
	const { uuid, displayName, handle, nickname } = row;
	return {
		uuid: uuid ?? null,
		name: nickname ?? displayName ?? null,
		handle: handle ?? null,
	};
}

/** Only the routes under /v1 tell since when someone subscribes, and on what terms. */
function subscriber(row: JsonObject): JsonObject {
	return {
		...person(row),
		subscribedAt: row.firstSubscribedAt ?? memberAt(row, 'subscription.currentPeriodStart') ?? null,
		isTopSpender: row.isTopSpender ?? false,
		...(row.subscription === undefined ? {} : { subscription: row.subscription }),
	};
}

function spender(row: JsonObject): JsonObject {
	return {
		...person(isJsonObject(row.user) ? row.user : {}),
		totalSpent: row.gross ?? 0,
		net: row.net ?? 0,
		messages: row.messages ?? 0,
	};
}

function earnings(summary: JsonObject): JsonObject {
	const period = isJsonObject(summary.period) ? summary.period : {};
	const month = memberAt(summary, 'totals.thisMonth') ?? {};
	return {
		period: `${words(period.startDate, 'start')}/${words(period.endDate, 'now')}`,
		total: memberAt(summary, 'totals.allTime.gross') ?? 0,
		net: memberAt(summary, 'totals.allTime.net') ?? 0,
		thisMonth: month,
		breakdown: Object.entries(
			isJsonObject(summary.breakdownBySource) ? summary.breakdownBySource : {},
		).map(([type, amount]) => ({
			type,
			amount: memberAt(amount, 'gross') ?? 0,
			net: memberAt(amount, 'net') ?? 0,
		})),
		trend: summary.overTime ?? [],
	};
}

function words(value: Json | undefined, otherwise: string): string {
	return typeof value === 'string' && value !== '' ? value : otherwise;
}
