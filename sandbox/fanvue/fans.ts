import type { Relationship, Subscription } from './model';
import type { FanvueState } from './state';

/** Returns whether a subscription is active at a time. */
export function isActive(subscription: Subscription | null, at: number): boolean {
	return subscription !== null && subscription.endedAt === null && subscription.periodEnd > at;
}

export function subscribersOf(state: FanvueState, creatorUuid: string): Relationship[] {
	const now = state.now();
	return state
		.relationshipsOf(creatorUuid)
		.filter(({ subscription }) => isActive(subscription, now));
}

/** Returns the followers without subscribers. */
export function followersOf(state: FanvueState, creatorUuid: string): Relationship[] {
	const now = state.now();
	return state
		.relationshipsOf(creatorUuid)
		.filter(
			(relationship) =>
				relationship.followedAt !== null && !isActive(relationship.subscription, now),
		);
}
