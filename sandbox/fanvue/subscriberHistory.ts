import type { Relationship } from './model';
import { DAY } from './time';
import type { FanvueState } from './state';

/** Returns the UTC day of a time as `2026-05-31`. */
export function dayOf(ms: number): string {
	return new Date(ms).toISOString().slice(0, 10);
}

/** Compares relationships by the start of the subscription. */
export function compareBySubscriptionStart(a: Relationship, b: Relationship): number {
	const start = ({ subscription }: Relationship): number => subscription?.firstSubscribedAt ?? 0;
	return start(a) - start(b) || a.fanUuid.localeCompare(b.fanUuid);
}

export interface SubscriberDay {
	date: string;
	/** Active subscriptions at the end of the day. */
	total: number;
	newSubscribersCount: number;
	cancelledSubscribersCount: number;
}

/** Returns when a subscription ended, or undefined while it is active. */
function endTime({ subscription }: Relationship, now: number): number | undefined {
	if (!subscription) return undefined;
	if (subscription.endedAt !== null) return subscription.endedAt;
	return subscription.periodEnd <= now ? subscription.periodEnd : undefined;
}

/** Returns the new and ended subscriptions of a creator for each UTC day that starts before `end`. */
export function subscriberHistory(
	state: FanvueState,
	{ creatorUuid, start, end }: { creatorUuid: string; start: number; end: number },
): SubscriberDay[] {
	const now = state.now();
	const began = state
		.relationshipsOf(creatorUuid)
		.flatMap(({ subscription }) => subscription?.firstSubscribedAt ?? []);
	const ended = state
		.relationshipsOf(creatorUuid)
		.flatMap((relationship) => endTime(relationship, now) ?? []);
	const days: SubscriberDay[] = [];
	const first = Math.floor(start / DAY) * DAY;
	for (let from = first; from < Math.min(end, now); from += DAY) {
		const until = from + DAY;
		const within = (at: number): boolean => at >= from && at < until;
		const before = (at: number): boolean => at < until;
		days.push({
			date: dayOf(from),
			total: began.filter(before).length - ended.filter(before).length,
			newSubscribersCount: began.filter(within).length,
			cancelledSubscribersCount: ended.filter(within).length,
		});
	}
	return days;
}
