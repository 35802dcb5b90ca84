import type { FanvueHandlers } from '../context';
import type { Relationship } from '../model';
import { iso, notFound, ok } from '../replies';
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
			status: isActive(subscription, now) ? 'active' : 'cancelled',
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
		const from = context.time('startDate') ?? -Infinity;
		const to = context.time('endDate') ?? Infinity;
		const relationships = subscribersOf(state, owner.uuid).filter((relationship) => {
			const at = subscribedAt(relationship);
			return at >= from && at < to;
		});
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
		// Followers who also subscribe are only included under /v1.
		const all = context.isV1
			? state.relationshipsOf(owner.uuid).filter(({ followedAt }) => followedAt !== null)
			: followersOf(state, owner.uuid);
		const relationships = all.sort(
			(a, b) => (b.followedAt ?? 0) - (a.followedAt ?? 0) || a.fanUuid.localeCompare(b.fanUuid),
		);
		return context.list(
			relationships,
			({ fanUuid }) => fanUuid,
			({ fanUuid }) => fanUserOf(state, owner.uuid, fanUuid),
		);
	},

	getSubscriber(context) {
		const { state, owner } = context;
		const relationship = state.relationship(owner.uuid, context.id('userUuid'));
		if (!relationship?.subscription) throw notFound('Subscriber');
		return ok({
			...fanUserOf(state, owner.uuid, relationship.fanUuid),
			...subscriptionView(relationship, state.now()),
		});
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
