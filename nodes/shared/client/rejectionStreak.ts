/**
 * Rejections in a row, none of which says how long to wait. Times are in milliseconds since 1970.
 */
export interface RejectionStreak {
	/** When the first one came. */
	since: number;
	/** When the last one came; others that ran at the same time do not count. */
	until: number;
	/** The number of the last request that had started then. */
	last: number;
	rejections: number;
}

/** First pause; it doubles with each rejection. */
const FIRST_PAUSE_MS = 100;
/** Until it reaches this. */
const LONGEST_FIRST_PAUSE_MS = 400;
/** Later pauses, as a share of the time closed. */
const SHARE = 0.15;
/** A pause is at least as long as this many requests take at the pace that the service allowed. */
const REQUESTS = 3;
/** After so long without a request, a rejection begins another streak. */
const LONGEST_GAP_MS = 60_000;

/**
 * Counts a rejection.
 *
 * @param number that of the rejected request
 * @param last that of the last request that has started
 */
export function addRejection(
	streak: RejectionStreak | undefined,
	{ number, last, now }: { number: number; last: number; now: number },
): RejectionStreak {
	if (streak === undefined || Math.abs(now - streak.until) > LONGEST_GAP_MS) {
		return { since: now, until: now, last, rejections: 1 };
	}
	if (number <= streak.last) return streak;
	return { ...streak, until: now, last, rejections: streak.rejections + 1 };
}

/**
 * Returns the milliseconds after which the service is tried again.
 *
 * @param perSecond requests that it allowed
 */
export function probeDelayMs(
	{ since, until, rejections }: RejectionStreak,
	perSecond: number,
): number {
	const first = Math.min(FIRST_PAUSE_MS * 2 ** (rejections - 1), LONGEST_FIRST_PAUSE_MS);
	return Math.max(first, SHARE * (until - since), (REQUESTS * 1000) / perSecond);
}
