import type { FanvueHandlers } from '../context';
import type { Relationship, Subscription } from '../model';
import { iso, ok } from '../replies';
import { fanUserOf } from '../userViews';
import type { FanvueState } from '../state';

/** Whether a subscription runs at a time. */
export function isActive(subscription: Subscription | null, at: number): boolean {
	return subscription !== null && subscription.endedAt === null && subscription.periodEnd > at;
}

export function subscribersOf(state: FanvueState, creatorUuid: string): Relationship[] {
	const now = state.now();
	return state
		.relationshipsOf(creatorUuid)
		.filter(({ subscription }) => isActive(subscription, now));
}

/** Followers; who subscribes is not among them. */
export function followersOf(state: FanvueState, creatorUuid: string): Relationship[] {
	const now = state.now();
	return state
		.relationshipsOf(creatorUuid)
		.filter((bond) => bond.followedAt !== null && !isActive(bond.subscription, now));
}

function nameOf(state: FanvueState, { fanUuid }: Relationship): string {
	return state.user(fanUuid)?.displayName ?? '';
}

function subscribedAt({ subscription }: Relationship): number {
	return subscription?.firstSubscribedAt ?? 0;
}

/** What `/v1` adds to a subscriber. */
function subscriptionView({ subscription }: Relationship, now: number): Record<string, unknown> {
	if (!subscription) return { subscription: null, firstSubscribedAt: null };
	return {
		subscription: {
			status: isActive(subscription, now) ? 'active' : 'expired',
			price: subscription.price,
			amountPaid: subscription.amountPaid,
			currentPeriodStart: iso(subscription.periodStart),
			currentPeriodEnd: iso(subscription.periodEnd),
			autoRenewalEnabled: subscription.autoRenewal,
		},
		firstSubscribedAt: iso(subscription.firstSubscribedAt),
	};
}

export const fanHandlers: FanvueHandlers = {
	listSubscribers(call) {
		const { state, owner, parameters } = call;
		const bonds = subscribersOf(state, owner.uuid);
		// Without a wish the newest come first: the default order is not documented.
		const byName = parameters.optionalText('sortField') === 'name';
		const direction = parameters.optionalText('sortDirection') ?? (byName ? 'asc' : 'desc');
		bonds.sort((a, b) =>
			byName
				? nameOf(state, a).localeCompare(nameOf(state, b)) || a.fanUuid.localeCompare(b.fanUuid)
				: subscribedAt(a) - subscribedAt(b) || a.fanUuid.localeCompare(b.fanUuid),
		);
		if (direction === 'desc') bonds.reverse();
		return call.list(
			bonds,
			({ fanUuid }) => fanUuid,
			(bond) => ({
				...fanUserOf(state, owner.uuid, bond.fanUuid),
				...(call.isV1 ? subscriptionView(bond, state.now()) : {}),
			}),
		);
	},

	listFollowers(call) {
		const { state, owner } = call;
		const bonds = followersOf(state, owner.uuid).sort(
			(a, b) => (b.followedAt ?? 0) - (a.followedAt ?? 0) || a.fanUuid.localeCompare(b.fanUuid),
		);
		return call.list(
			bonds,
			({ fanUuid }) => fanUuid,
			({ fanUuid }) => fanUserOf(state, owner.uuid, fanUuid),
		);
	},

	getOnlineSubscribers(call) {
		const { state, owner, parameters } = call;
		const only = call.ids('subscriberUuids');
		const online = subscribersOf(state, owner.uuid)
			.flatMap(({ fanUuid }) => state.user(fanUuid) ?? [])
			.filter((user) => user.isOnline && (only.length === 0 || only.includes(user.uuid)));
		const rows = online.slice(0, parameters.integer('limit', online.length));
		return ok({
			count: online.length,
			data: rows.map(({ uuid, lastSeenAt }) => ({ uuid, lastSeenAt: iso(lastSeenAt) })),
		});
	},
};
