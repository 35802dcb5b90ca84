import type { FanvueHandlers } from '../context';
import type { Relationship } from '../model';
import { iso, ok } from '../replies';
import { fanUserOf } from '../userViews';
import type { FanvueState } from '../state';
import { isActive, subscribersOf, followersOf } from '../fans';

function nameOf(state: FanvueState, { fanUuid }: Relationship): string {
	return state.user(fanUuid)?.displayName ?? '';
}

function subscribedAt({ subscription }: Relationship): number {
	return subscription?.firstSubscribedAt ?? 0;
}

/** Returns the members that `/v1` adds to a subscriber. */
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
	listSubscribers(context) {
		const { state, owner, parameters } = context;
		const relationships = subscribersOf(state, owner.uuid);
		// The default order is not documented. Here the newest come first.
		const byName = parameters.optionalText('sortField') === 'name';
		const direction = parameters.optionalText('sortDirection') ?? (byName ? 'asc' : 'desc');
		relationships.sort((a, b) =>
			byName
				? nameOf(state, a).localeCompare(nameOf(state, b)) || a.fanUuid.localeCompare(b.fanUuid)
				: subscribedAt(a) - subscribedAt(b) || a.fanUuid.localeCompare(b.fanUuid),
		);
		if (direction === 'desc') relationships.reverse();
		return context.list(
			relationships,
			({ fanUuid }) => fanUuid,
			(relationship) => ({
				...fanUserOf(state, owner.uuid, relationship.fanUuid),
				...(context.isV1 ? subscriptionView(relationship, state.now()) : {}),
			}),
		);
	},

	listFollowers(context) {
		const { state, owner } = context;
		const relationships = followersOf(state, owner.uuid).sort(
			(a, b) => (b.followedAt ?? 0) - (a.followedAt ?? 0) || a.fanUuid.localeCompare(b.fanUuid),
		);
		return context.list(
			relationships,
			({ fanUuid }) => fanUuid,
			({ fanUuid }) => fanUserOf(state, owner.uuid, fanUuid),
		);
	},

	getOnlineSubscribers(context) {
		const { state, owner, parameters } = context;
		const only = context.ids('subscriberUuids');
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
