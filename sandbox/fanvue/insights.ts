import type { FanvueCall, FanvueHandlers } from './call';
import { historyOf } from './days';
import { summaryOf } from './earnings-summary';
import { isActive } from './fans';
import type { Sale } from './model';
import { invalid, iso, ok } from './replies';
import { fanUserOf, shortUser } from './views';
import type { World } from './world';

const DAY = 86_400_000;
/** How long money waits before it can be paid out. */
const PENDING = 7 * DAY;

/** Sales of the owner in the period of a request, newest first. */
function salesOf(call: FanvueCall): Sale[] {
	const { world, owner } = call;
	const start = call.time('startDate') ?? -Infinity;
	const end = call.time('endDate') ?? Infinity;
	if (end <= start) throw invalid('endDate must be after startDate');
	return world.sales
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

function earningView(call: FanvueCall, sale: Sale): Record<string, unknown> {
	const { world, owner } = call;
	const isPending = sale.at > world.now() - PENDING;
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
		user: shortUser(world, owner.uuid, sale.fanUuid),
	};
}

/** FanInsights of a fan of the owner. */
function insightsOf(call: FanvueCall, fanUuid: string): Record<string, unknown> {
	const { world, owner } = call;
	const bond = world.bond(owner.uuid, fanUuid);
	const sales = world.sales.filter(
		(sale) => sale.creatorUuid === owner.uuid && sale.fanUuid === fanUuid && !isReversal(sale),
	);
	const gross = (items: Sale[]): number => items.reduce((sum, sale) => sum + sale.gross, 0);
	const sources = [...new Set(sales.map(({ source }) => source))].map((source) => {
		return [source, { gross: gross(sales.filter((sale) => sale.source === source)) }] as const;
	});
	const total = gross(sales);
	const subscription = bond?.subscription ?? null;
	const runs = isActive(subscription, world.now());
	return {
		status: statusOf(world, owner.uuid, fanUuid),
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

function statusOf(world: World, creatorUuid: string, fanUuid: string): string {
	const bond = world.bond(creatorUuid, fanUuid);
	if (!bond) return 'not_contactable';
	if (isActive(bond.subscription, world.now())) return 'subscriber';
	return bond.subscription ? 'expired' : 'follower';
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
		const { world, owner, parameters } = call;
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
				user: shortUser(world, owner.uuid, sale.fanUuid),
			}),
		);
	},

	getEarningsSummary(call) {
		const { world, owner, parameters } = call;
		const all = world.sales.filter(({ creatorUuid }) => creatorUuid === owner.uuid);
		return ok(
			summaryOf(all, {
				now: world.now(),
				start: call.time('startDate') ?? null,
				end: call.time('endDate') ?? null,
				granularity: parameters.optionalText('granularity') === 'week' ? 'week' : 'day',
				timezone: parameters.optionalText('timezone') ?? 'UTC',
			}),
		);
	},

	getEarningsPercentile(call) {
		const { world, owner } = call;
		const from = world.now() - 30 * DAY;
		const grossOf = (uuid: string): number =>
			world.sales
				.filter(({ creatorUuid, at }) => creatorUuid === uuid && at >= from)
				.reduce((sum, { gross }) => sum + gross, 0);
		const creators = [...world.users.values()].filter(({ isCreator }) => isCreator);
		const own = grossOf(owner.uuid);
		const ahead = creators.filter(({ uuid }) => grossOf(uuid) > own).length;
		return ok({ percentile: Math.ceil(((ahead + 1) / Math.max(1, creators.length)) * 100) });
	},

	getSubscribers(call) {
		const { world, owner } = call;
		const end = call.time('endDate') ?? world.now();
		const start = call.time('startDate') ?? end - 30 * DAY;
		if (end <= start) throw invalid('endDate must be after startDate');
		return call.list(
			historyOf(world, owner.uuid, start, end),
			({ date }) => date,
			(day) => day,
		);
	},

	getTopSpenders(call) {
		const { world, owner } = call;
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
				messages: (world.conversation(owner.uuid, fanUuid)?.messages ?? []).filter(
					({ senderUuid }) => senderUuid === fanUuid,
				).length,
				user: fanUserOf(world, owner.uuid, fanUuid),
			}),
		);
	},

	getFanInsights(call) {
		return ok(insightsOf(call, call.world.requireUser(call.id('userUuid')).uuid));
	},

	getBulkFanInsights(call) {
		const results: Record<string, unknown> = {};
		const errors: unknown[] = [];
		for (const fanUuid of call.ids('fanUuids')) {
			const isKnown = call.world.user(fanUuid) !== undefined;
			results[fanUuid] = isKnown ? insightsOf(call, fanUuid) : null;
			if (!isKnown) errors.push({ code: 'NOT_FOUND', fanUuid, message: 'Fan not found' });
		}
		return ok({ results, errors });
	},

	batchFanInsights(call) {
		const rows = call.ids('fanUuids').map((fanUuid) => {
			const isKnown = call.world.user(fanUuid) !== undefined;
			return [fanUuid, isKnown ? insightsOf(call, fanUuid) : { error: 'not_found' }] as const;
		});
		return ok(Object.fromEntries(rows));
	},
};
