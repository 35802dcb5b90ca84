import type { FanvueContext, FanvueHandlers } from '../context';
import { subscriberHistory } from '../subscriberHistory';
import { summarizeEarnings } from '../earningsSummary';
import { isActive } from '../fans';
import type { Sale } from '../model';
import { validationError, iso, ok } from '../replies';
import { fanUserOf, shortUser } from '../userViews';
import type { FanvueState } from '../state';
import { DAY } from '../time';

/** Time until earnings can be paid out. */
const PENDING = 7 * DAY;

/** Returns the sales of the owner in the requested period, newest first. */
function salesOf(context: FanvueContext): Sale[] {
	const { state, owner } = context;
	const start = context.time('startDate') ?? -Infinity;
	const end = context.time('endDate') ?? Infinity;
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

function earningView(context: FanvueContext, sale: Sale): Record<string, unknown> {
	const { state, owner } = context;
	const isPending = sale.at > state.now() - PENDING;
	const reversed = isReversal(sale) ? { reversedTransactionOrderId: sale.reversedOrderId } : {};
	return {
		date: iso(sale.at),
		...(context.isV1 ? { total: sale.gross } : {}),
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

/** Returns the FanInsights schema for a fan of the owner. */
function insightsOf(context: FanvueContext, fanUuid: string): Record<string, unknown> {
	const { state, owner } = context;
	const relationship = state.relationship(owner.uuid, fanUuid);
	const all = state.sales.filter(
		(sale) => sale.creatorUuid === owner.uuid && sale.fanUuid === fanUuid,
	);
	const sales = all.filter((sale) => !isReversal(sale));
	const sum = (items: Sale[], of: 'gross' | 'net'): number =>
		items.reduce((total, sale) => total + sale[of], 0);
	// Public /v1 clients read `net` and `total`, the documentation names `gross` only.
	const figure = (items: Sale[]): Record<string, number> => ({
		gross: sum(items, 'gross'),
		...(context.isV1 ? { net: sum(items, 'net') } : {}),
	});
	const sources = [...new Set(sales.map(({ source }) => source))].map(
		(source) => [source, figure(sales.filter((sale) => sale.source === source))] as const,
	);
	const largest = sales.toSorted((a, b) => b.gross - a.gross).slice(0, 1);
	const subscription = relationship?.subscription ?? null;
	const runs = isActive(subscription, state.now());
	return {
		status: statusOf(state, owner.uuid, fanUuid),
		spending: {
			lastPurchaseAt: iso(sales.length === 0 ? null : Math.max(...sales.map(({ at }) => at))),
			total: { ...figure(sales), ...(context.isV1 ? { total: sum(all, 'gross') } : {}) },
			maxSinglePayment: figure(largest),
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
	getEarnings(context) {
		const requested = context.parameters.texts('source').filter((source) => source !== 'all');
		const orderIds = context.parameters.texts('transactionOrderIds');
		const sales = salesOf(context)
			.filter(({ orderId }) => orderIds.length === 0 || orderIds.includes(orderId))
			// Only /v1 includes reversals (as negative amounts). The other routes have getSpending.
			.filter((sale) => context.isV1 || !isReversal(sale))
			.filter(({ source }) => requested.length === 0 || requested.includes(source));
		return context.list(
			sales,
			({ orderId }) => orderId,
			(sale) => earningView(context, sale),
		);
	},

	getSpending(context) {
		const { state, owner, parameters } = context;
		const requested = parameters.texts('source').filter((source) => source !== 'all');
		const sales = salesOf(context)
			.filter(isReversal)
			.filter(({ source }) => requested.length === 0 || requested.includes(source));
		return context.list(
			sales,
			({ orderId }) => orderId,
			(sale) => ({
				date: iso(sale.at),
				// The sign is not documented. Here amounts are positive.
				gross: -sale.gross,
				net: -sale.net,
				currency: 'USD',
				source: sale.source,
				...subjectOf(sale),
				user: shortUser(state, owner.uuid, sale.fanUuid),
			}),
		);
	},

	getEarningsSummary(context) {
		const { state, owner, parameters } = context;
		const all = state.sales.filter(({ creatorUuid }) => creatorUuid === owner.uuid);
		return ok(
			summarizeEarnings(all, {
				now: state.now(),
				start: context.time('startDate') ?? null,
				end: context.time('endDate') ?? null,
				granularity: parameters.optionalText('granularity') === 'week' ? 'week' : 'day',
				timezone: parameters.optionalText('timezone') ?? 'UTC',
			}),
		);
	},

	getEarningsPercentile(context) {
		const { state, owner } = context;
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

	getSubscribers(context) {
		const { state, owner } = context;
		const end = context.time('endDate') ?? state.now();
		const start = context.time('startDate') ?? end - 30 * DAY;
		if (end <= start) throw validationError('endDate must be after startDate');
		return context.list(
			subscriberHistory(state, { creatorUuid: owner.uuid, start, end }),
			({ date }) => date,
			(day) => day,
		);
	},

	getTopSpenders(context) {
		const { state, owner } = context;
		const spenders = new Map<string, { gross: number; net: number }>();
		for (const sale of salesOf(context)) {
			if (sale.fanUuid === null || isReversal(sale)) continue;
			const sum = spenders.get(sale.fanUuid) ?? { gross: 0, net: 0 };
			spenders.set(sale.fanUuid, { gross: sum.gross + sale.gross, net: sum.net + sale.net });
		}
		const rows = [...spenders].sort(
			([a, one], [b, two]) => two.gross - one.gross || a.localeCompare(b),
		);
		return context.list(
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

	getFanRetentionSummary({ state, owner }) {
		// The response is not documented. These members are an assumption.
		const subscriptions = state
			.relationshipsOf(owner.uuid)
			.flatMap(({ subscription }) => subscription ?? []);
		const active = subscriptions.filter((item) => isActive(item, state.now()));
		const renewed = active.filter(({ firstSubscribedAt, periodStart }) => {
			return periodStart > firstSubscribedAt;
		});
		return ok({
			subscribersCount: active.length,
			renewedSubscribersCount: renewed.length,
			lostSubscribersCount: subscriptions.length - active.length,
		});
	},

	getFanInsights(context) {
		return ok(insightsOf(context, context.state.requireUser(context.id('userUuid')).uuid));
	},

	getBulkFanInsights(context) {
		const results: Record<string, unknown> = {};
		const errors: unknown[] = [];
		for (const fanUuid of context.ids('fanUuids')) {
			const isKnown = context.state.user(fanUuid) !== undefined;
			results[fanUuid] = isKnown ? insightsOf(context, fanUuid) : null;
			if (!isKnown) errors.push({ code: 'NOT_FOUND', fanUuid, message: 'Fan not found' });
		}
		return ok({ results, errors });
	},

	batchFanInsights(context) {
		const rows = context.ids('fanUuids').map((fanUuid) => {
			const isKnown = context.state.user(fanUuid) !== undefined;
			return [fanUuid, isKnown ? insightsOf(context, fanUuid) : { error: 'not_found' }] as const;
		});
		return ok(Object.fromEntries(rows));
	},
};
