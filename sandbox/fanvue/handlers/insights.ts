import type { FanvueContext, FanvueHandlers } from '../context';
import { subscriberHistory } from '../subscriberHistory';
import { summarizeEarnings } from '../earningsSummary';
import { isActive } from '../fans';
import type { Sale } from '../model';
import { validationError, iso, ok } from '../replies';
import { fanUserOf, shortUser } from '../userViews';
import type { FanvueState } from '../state';

const DAY = 86_400_000;
/** How long money waits before it can be paid out. */
const PENDING = 7 * DAY;

/** Sales of the owner in the period of a request, newest first. */
function salesOf(call: FanvueContext): Sale[] {
	const { state, owner } = call;
	const start = call.time('startDate') ?? -Infinity;
	const end = call.time('endDate') ?? Infinity;
	if (end <= start) throw validationError('endDate must be after startDate');
	return state.sales
		.filter(({ creatorUuid, at }) => creatorUuid === owner.uuid && at >= start && at < end)
		.sort((a, b) => b.at - a.at || b.orderId.localeCompare(a.orderId));
}

function isReversal({ reversedOrderId }: Sale): boolean {
	return reversedOrderId !== null;
}

function subjectOf({ messageUuid, postUuid }: Sale): Record<string, string> {
	return {
		...(messageUuid === null ? {} : { messageUuid }),
		...(postUuid === null ? {} : { postUuid }),
	};
}

function earningView(call: FanvueContext, sale: Sale): Record<string, unknown> {
	const { state, owner } = call;
	const isPending = sale.at > state.now() - PENDING;
	const reversed = isReversal(sale) ? { reversedTransactionOrderId: sale.reversedOrderId } : {};
	return {
		date: iso(sale.at),
		gross: sale.gross,
		net: sale.net,
		currency: 'USD',
		source: sale.source,
		transactionOrderId: sale.orderId,
		transactionOrderStatus: isPending ? 'pendingBalance' : 'availableForPayout',
		...reversed,
		...subjectOf(sale),
		user: shortUser(state, owner.uuid, sale.fanUuid),
	};
}

/** FanInsights of a fan of the owner. */
function insightsOf(call: FanvueContext, fanUuid: string): Record<string, unknown> {
	const { state, owner } = call;
	const relationship = state.relationship(owner.uuid, fanUuid);
	const sales = state.sales.filter(
		(sale) => sale.creatorUuid === owner.uuid && sale.fanUuid === fanUuid && !isReversal(sale),
	);
	const gross = (items: Sale[]): number => items.reduce((sum, sale) => sum + sale.gross, 0);
	const sources = [...new Set(sales.map(({ source }) => source))].map((source) => {
		return [source, { gross: gross(sales.filter((sale) => sale.source === source)) }] as const;
	});
	const total = gross(sales);
	const subscription = relationship?.subscription ?? null;
	const runs = isActive(subscription, state.now());
	return {
		status: statusOf(state, owner.uuid, fanUuid),
		spending: {
			lastPurchaseAt: iso(sales.length === 0 ? null : Math.max(...sales.map(({ at }) => at))),
			// A /v1 client reads `total`, the documentation says `gross`.
			total: call.isV1 ? { gross: total, total } : { gross: total },
			maxSinglePayment: { gross: Math.max(0, ...sales.map((sale) => sale.gross)) },
			sources: Object.fromEntries(sources),
		},
		subscription: {
			createdAt: iso(subscription?.firstSubscribedAt ?? null),
			renewsAt: iso(runs && subscription?.autoRenewal ? subscription.periodEnd : null),
			autoRenewalEnabled: runs && (subscription?.autoRenewal ?? false),
		},
	};
}

function statusOf(state: FanvueState, creatorUuid: string, fanUuid: string): string {
	const relationship = state.relationship(creatorUuid, fanUuid);
	if (!relationship) return 'not_contactable';
	if (isActive(relationship.subscription, state.now())) return 'subscriber';
	return relationship.subscription ? 'expired' : 'follower';
}

export const insightHandlers: FanvueHandlers = {
	getEarnings(call) {
		const wanted = call.parameters.texts('source').filter((source) => source !== 'all');
		const sales = salesOf(call)
			// Reversals are earnings (negative ones) under /v1 only; elsewhere see getSpending.
			.filter((sale) => call.isV1 || !isReversal(sale))
			.filter(({ source }) => wanted.length === 0 || wanted.includes(source));
		return call.list(
			sales,
			({ orderId }) => orderId,
			(sale) => earningView(call, sale),
		);
	},

	getSpending(call) {
		const { state, owner, parameters } = call;
		const wanted = parameters.texts('source').filter((source) => source !== 'all');
		const sales = salesOf(call)
			.filter(isReversal)
			.filter(({ source }) => wanted.length === 0 || wanted.includes(source));
		return call.list(
			sales,
			({ orderId }) => orderId,
			(sale) => ({
				date: iso(sale.at),
				// Whether the amounts are negative here is not documented: a row is what went back.
				gross: -sale.gross,
				net: -sale.net,
				currency: 'USD',
				source: sale.source,
				...subjectOf(sale),
				user: shortUser(state, owner.uuid, sale.fanUuid),
			}),
		);
	},

	getEarningsSummary(call) {
		const { state, owner, parameters } = call;
		const all = state.sales.filter(({ creatorUuid }) => creatorUuid === owner.uuid);
		return ok(
			summarizeEarnings(all, {
				now: state.now(),
				start: call.time('startDate') ?? null,
				end: call.time('endDate') ?? null,
				granularity: parameters.optionalText('granularity') === 'week' ? 'week' : 'day',
				timezone: parameters.optionalText('timezone') ?? 'UTC',
			}),
		);
	},

	getEarningsPercentile(call) {
		const { state, owner } = call;
		const from = state.now() - 30 * DAY;
		const grossOf = (uuid: string): number =>
			state.sales
				.filter(({ creatorUuid, at }) => creatorUuid === uuid && at >= from)
				.reduce((sum, { gross }) => sum + gross, 0);
		const creators = [...state.users.values()].filter(({ isCreator }) => isCreator);
		const own = grossOf(owner.uuid);
		const ahead = creators.filter(({ uuid }) => grossOf(uuid) > own).length;
		return ok({ percentile: Math.ceil(((ahead + 1) / Math.max(1, creators.length)) * 100) });
	},

	getSubscribers(call) {
		const { state, owner } = call;
		const end = call.time('endDate') ?? state.now();
		const start = call.time('startDate') ?? end - 30 * DAY;
		if (end <= start) throw validationError('endDate must be after startDate');
		return call.list(
			subscriberHistory(state, owner.uuid, start, end),
			({ date }) => date,
			(day) => day,
		);
	},

	getTopSpenders(call) {
		const { state, owner } = call;
		const spenders = new Map<string, { gross: number; net: number }>();
		for (const sale of salesOf(call)) {
			if (sale.fanUuid === null || isReversal(sale)) continue;
			const sum = spenders.get(sale.fanUuid) ?? { gross: 0, net: 0 };
			spenders.set(sale.fanUuid, { gross: sum.gross + sale.gross, net: sum.net + sale.net });
		}
		const rows = [...spenders].sort(
			([a, one], [b, two]) => two.gross - one.gross || a.localeCompare(b),
		);
		return call.list(
			rows,
			([fanUuid]) => fanUuid,
			([fanUuid, { gross, net }]) => ({
				gross,
				net,
				messages: (state.conversation(owner.uuid, fanUuid)?.messages ?? []).filter(
					({ senderUuid }) => senderUuid === fanUuid,
				).length,
				user: fanUserOf(state, owner.uuid, fanUuid),
			}),
		);
	},

	getFanInsights(call) {
		return ok(insightsOf(call, call.state.requireUser(call.id('userUuid')).uuid));
	},

	getBulkFanInsights(call) {
		const results: Record<string, unknown> = {};
		const errors: unknown[] = [];
		for (const fanUuid of call.ids('fanUuids')) {
			const isKnown = call.state.user(fanUuid) !== undefined;
			results[fanUuid] = isKnown ? insightsOf(call, fanUuid) : null;
			if (!isKnown) errors.push({ code: 'NOT_FOUND', fanUuid, message: 'Fan not found' });
		}
		return ok({ results, errors });
	},

	batchFanInsights(call) {
		const rows = call.ids('fanUuids').map((fanUuid) => {
			const isKnown = call.state.user(fanUuid) !== undefined;
			return [fanUuid, isKnown ? insightsOf(call, fanUuid) : { error: 'not_found' }] as const;
		});
		return ok(Object.fromEntries(rows));
	},
};
