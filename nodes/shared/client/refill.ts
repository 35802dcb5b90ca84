/** What a response states about a rate limit. Times are in milliseconds since 1970. */
export interface Reading {
	remaining: number;
	/** When all requests are allowed again. */
	resetAt: number;
	/** When the response came. */
	at: number;
}

/** How quickly a rate limit allows further requests. */
export interface Refill {
	/** The reading with the most requests left since its reset. */
	fullest?: Reading;
	/**
	 * Milliseconds until one more request is allowed. Unknown unless the limit is a token bucket, in
	 * which the requests come back one by one instead of all together at the reset.
	 */
	intervalMs?: number;
}

/** Headers count whole seconds, so two times until the reset can differ by so much more than stated. */
const ROUNDING_MS = 1500;
/** From this share of the limit on, the time until the reset is long compared with its rounding. */
const USED_SHARE = 0.5;

/**
 * Finds out from the responses whether a rate limit is a token bucket: in a window the reset stays
 * where it is while requests are used up; in a bucket it moves away in proportion to them. Pure, without
 * clock and I/O.
 *
 * @param limit requests that the limit allows at most
 */
export function observeRefill(refill: Refill, reading: Reading, limit: number): Refill {
	const { fullest, intervalMs } = refill;
	const used = limit - reading.remaining;
	const wait = untilReset(reading);
	if (intervalMs !== undefined) {
		// A reset in the past says nothing.
		if (wait === 0 || used < Math.max(limit * USED_SHARE, 1)) return refill;
		return { ...refill, intervalMs: wait / used };
	}
	const isFuller = fullest === undefined || reading.remaining >= fullest.remaining;
	if (isFuller || reading.at >= fullest.resetAt) return { fullest: reading };
	if (used < 1 || wait - untilReset(fullest) <= ROUNDING_MS) return refill;
	const perRequest = wait / used;
	const expected = perRequest * (limit - fullest.remaining);
	if (Math.abs(expected - untilReset(fullest)) > ROUNDING_MS) return refill;
	return { ...refill, intervalMs: perRequest };
}

function untilReset({ resetAt, at }: Reading): number {
	return Math.max(resetAt - at, 0);
}
