/**
 * How quickly requests of one rate limit may start after the service rejected some. Times are in
 * milliseconds since 1970.
 */
export interface Pace {
	/** Requests that the rate limit let through since the last rejections. */
	passed: number;
	/** When this count began. */
	countedSince: number;
	/** Those of the current and the last second: the average hides that the rate has risen. */
	recent: { since: number; current: number; last: number };
	/** Rejections in a row that came before the rate could be measured again. */
	rejections: number;
	/** Requests per second that the service allowed before it rejected one; unknown before that. */
	allowedPerSecond?: number;
	/** When the last rejection came that counted. */
	rejectedAt: number;
	/** When the pause after the last rejection ends, and the pace begins to rise. */
	risesFrom: number;
}

/** Fewer requests say too little about what the service allows. */
const MIN_PASSED = 10;
/** More rejections before so many have passed say that the pace is far too quick. */
const MAX_REJECTIONS = 2;
/** Share of the pace that remains then. */
const DECREASE = 0.7;
/** Share of the allowed rate at which requests start after a rejection. */
const FIRST_SHARE = 0.9;
/** Growth per cubic unit of time, as a share of the allowed rate. */
const CUBIC = 0.08;
/**
 * A unit is a second, or the time of so many requests if that is longer: a pace that rises faster
 * than that costs a slow service a rejection every few requests.
 */
const REQUESTS_PER_UNIT = 20;
/** Longest unit, in milliseconds. */
const MAX_UNIT_MS = 5000;
/** From this multiple of the allowed rate on, requests start as fast as the concurrency permits. */
const UNLIMITED_SHARE = 20;
const SECOND = 1000;

/** The pace before the first rejection. */
export function initialPace(now: number): Pace {
	return {
		passed: 0,
		countedSince: now,
		recent: { since: now, current: 0, last: 0 },
		rejections: 0,
		rejectedAt: -Infinity,
		risesFrom: -Infinity,
	};
}

/** Counts a request that the rate limit let through, whatever the response says. */
export function countPassed(pace: Pace, now: number): Pace {
	const isFirstAfterPause = pace.countedSince < pace.risesFrom && now >= pace.risesFrom;
	const counted = isFirstAfterPause
		? { ...pace, passed: 1, countedSince: pace.risesFrom }
		: { ...pace, passed: pace.passed + 1 };
	const { since, current, last } = pace.recent;
	if (now < since + SECOND) return { ...counted, recent: { since, current: current + 1, last } };
	const isNext = now < since + 2 * SECOND;
	return {
		...counted,
		recent: isNext
			? { since: since + SECOND, current: 1, last: current }
			: { since: now, current: 1, last: 0 },
	};
}

/**
 * Slows down after a rejection, to a little below what the service allowed since the one before.
 *
 * @param startedAt when the rejected request was sent; only the first of several that ran at the same
 * time slows the pace
 * @param pauseMs how long requests pause now
 */
export function slowDown(
	pace: Pace,
	{ startedAt, now, pauseMs }: { startedAt: number; now: number; pauseMs: number },
): Pace {
	const risesFrom = Math.max(pace.risesFrom, now + pauseMs);
	if (startedAt < pace.rejectedAt) return { ...pace, risesFrom };
	const rejected = { ...pace, rejectedAt: now, risesFrom, rejections: pace.rejections + 1 };
	if (pace.passed >= MIN_PASSED) {
		const average = pace.passed / (risesFrom - pace.countedSince);
		const { since, current, last } = pace.recent;
		const recent = (current + last) / (risesFrom - since + SECOND);
		return { ...rejected, rejections: 0, allowedPerSecond: Math.max(average, recent) * SECOND };
	}
	const rate = ratePerSecond(pace, now);
	if (rate === undefined || rejected.rejections <= MAX_REJECTIONS) return rejected;
	return { ...rejected, rejections: 0, allowedPerSecond: (rate * DECREASE) / FIRST_SHARE };
}

/**
 * Returns how many requests may start per second, `undefined` for any number. After a rejection the
 * rate first returns to what the service allowed, stays near it, and then rises ever faster (a cubic
 * function of time, as in TCP CUBIC and the adaptive retry mode of the AWS SDKs).
 */
export function ratePerSecond(pace: Pace, now: number): number | undefined {
	const { allowedPerSecond } = pace;
	if (allowedPerSecond === undefined) return undefined;
	const requestsMs = (REQUESTS_PER_UNIT * SECOND) / allowedPerSecond;
	const unitMs = Math.min(Math.max(requestsMs, SECOND), MAX_UNIT_MS);
	const units = Math.max(now - pace.risesFrom, 0) / unitMs;
	const inflection = Math.cbrt((1 - FIRST_SHARE) / CUBIC);
	const share = 1 + CUBIC * (units - inflection) ** 3;
	return share > UNLIMITED_SHARE ? undefined : share * allowedPerSecond;
}
