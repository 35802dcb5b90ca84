/**
 * How long a service has rejected all requests without saying how long to wait. Times are in
 * milliseconds since 1970.
 */
export interface Closure {
	/** When it rejected the first one. */
	since: number;
	/** When it rejected the last one; others that ran at the same time do not count. */
	until: number;
	rejections: number;
}

/** It is tried again after this time, and then after twice as long each time, */
const FIRST_PAUSE_MS = 100;
/** up to this time, */
const LONGEST_FIRST_PAUSE_MS = 400;
/** and after this share of the time for which it has been closed. */
const SHARE = 0.15;

/** Counts a rejection. */
export function rejectAgain(
	closure: Closure | undefined,
	{ startedAt, now }: { startedAt: number; now: number },
): Closure {
	if (closure === undefined) return { since: now, until: now, rejections: 1 };
	if (startedAt < closure.until) return closure;
	return { ...closure, until: now, rejections: closure.rejections + 1 };
}

/**
 * Returns the milliseconds until another request is tried. Each of the waiting requests is tried less
 * often than that, see `backoffMs`.
 */
export function closurePauseMs({ since, until, rejections }: Closure): number {
	const first = Math.min(FIRST_PAUSE_MS * 2 ** (rejections - 1), LONGEST_FIRST_PAUSE_MS);
	return Math.max(first, SHARE * (until - since));
}
