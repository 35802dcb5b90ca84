import type { Relationship } from './model';
import type { FanvueState } from './state';

const DAY = 86_400_000;

/** The UTC day of a time, as `2026-05-31`. */
export function dayOf(ms: number): string {
	return new Date(ms).toISOString().slice(0, 10);
}

/** Orders relationships by the beginning of their subscription. */
export function compareBySubscriptionStart(a: Relationship, b: Relationship): number {
	const start = ({ subscription }: Relationship): number => subscription?.firstSubscribedAt ?? 0;
	return start(a) - start(b) || a.fanUuid.localeCompare(b.fanUuid);
}

export interface SubscriberDay {
	date: string;
	/** Running subscriptions at the end of the day. */
	total: number;
	newSubscribersCount: number;
	cancelledSubscribersCount: number;
}

/** When a subscription was lost; undefined while it runs. */
function endTime({ subscription }: Relationship, now: number): number | undefined {
	if (!subscription) return undefined;
	if (subscription.endedAt !== null) return subscription.endedAt;
	return subscription.periodEnd <= now ? subscription.periodEnd : undefined;
}

/** New and lost subscriptions of a creator for each UTC day that begins before `end`. */
export function subscriberHistory(
	state: FanvueState,
	creatorUuid: string,
	start: number,
	end: number,
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
