import type { FanvueHandlers } from './call';
import type { Bond, Subscription } from './model';
import { iso, ok } from './replies';
import { fanUserOf } from './views';
import type { World } from './world';

/** Whether a subscription runs at a time. */
export function isActive(subscription: Subscription | null, at: number): boolean {
	return subscription !== null && subscription.endedAt === null && subscription.periodEnd > at;
}

export function subscribersOf(world: World, creatorUuid: string): Bond[] {
	const now = world.now();
	return world.bondsOf(creatorUuid).filter(({ subscription }) => isActive(subscription, now));
}

/** Followers; who subscribes is not among them. */
export function followersOf(world: World, creatorUuid: string): Bond[] {
	const now = world.now();
	return world
		.bondsOf(creatorUuid)
		.filter((bond) => bond.followedAt !== null && !isActive(bond.subscription, now));
}

function nameOf(world: World, { fanUuid }: Bond): string {
	return world.user(fanUuid)?.displayName ?? '';
}

function subscribedAt({ subscription }: Bond): number {
	return subscription?.firstSubscribedAt ?? 0;
}

/** What `/v1` adds to a subscriber. */
function subscriptionView({ subscription }: Bond, now: number): Record<string, unknown> {
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
		const { world, owner, parameters } = call;
		const bonds = subscribersOf(world, owner.uuid);
		// Without a wish the newest come first: the default order is not documented.
		const byName = parameters.optionalText('sortField') === 'name';
		const direction = parameters.optionalText('sortDirection') ?? (byName ? 'asc' : 'desc');
		bonds.sort((a, b) =>
			byName
				? nameOf(world, a).localeCompare(nameOf(world, b)) || a.fanUuid.localeCompare(b.fanUuid)
				: subscribedAt(a) - subscribedAt(b) || a.fanUuid.localeCompare(b.fanUuid),
		);
		if (direction === 'desc') bonds.reverse();
		return call.list(
			bonds,
			({ fanUuid }) => fanUuid,
			(bond) => ({
				...fanUserOf(world, owner.uuid, bond.fanUuid),
				...(call.isV1 ? subscriptionView(bond, world.now()) : {}),
			}),
		);
	},

	listFollowers(call) {
		const { world, owner } = call;
		const bonds = followersOf(world, owner.uuid).sort(
			(a, b) => (b.followedAt ?? 0) - (a.followedAt ?? 0) || a.fanUuid.localeCompare(b.fanUuid),
		);
		return call.list(
			bonds,
			({ fanUuid }) => fanUuid,
			({ fanUuid }) => fanUserOf(world, owner.uuid, fanUuid),
		);
	},

	getOnlineSubscribers(call) {
		const { world, owner, parameters } = call;
		const only = call.ids('subscriberUuids');
		const online = subscribersOf(world, owner.uuid)
			.flatMap(({ fanUuid }) => world.user(fanUuid) ?? [])
			.filter((user) => user.isOnline && (only.length === 0 || only.includes(user.uuid)));
		const rows = online.slice(0, parameters.integer('limit', online.length));
		return ok({
			count: online.length,
			data: rows.map(({ uuid, lastSeenAt }) => ({ uuid, lastSeenAt: iso(lastSeenAt) })),
		});
	},
};
