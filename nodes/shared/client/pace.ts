import { closeWindow, nextStartIn, passIn, rejectIn, startIn } from './rateWindow/rateWindow';
import { addStart, dropBefore, EMPTY_LOG, removeStart } from './rateWindow/startLog';
import type { StartLog } from './rateWindow/startLog';
import { perSecondIn } from './rateWindow/windowState';
import type { RateWindow, Rejection } from './rateWindow/windowState';

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
	/** Whether that includes the burst before the first rejection, which can be many times the rate. */
	isRough: boolean;
	/** When the last rejection came that counted. */
	rejectedAt: number;
	/** When the pause after the last rejection ends, and the pace begins to rise. */
	risesFrom: number;
	/** When the next request may start. */
	nextStart: number;
	/** The requests since the last rejections, as long as the service may count in windows. */
	starts: StartLog;
	/** Requests start in it as quickly as it allows them, instead of evenly. */
	window?: RateWindow;
	/** Whether responses showed that the service does not count in windows, or headers state its limit. */
	hasNoWindow: boolean;
}

/** Fewer requests say too little about what the service allows. */
const MIN_PASSED = 10;
/** More rejections before this many have passed show that the pace is far too quick. */
const MAX_REJECTIONS = 2;
/** Share of the pace that remains then; a new measurement of the allowed rate does not reduce it further. */
const DECREASE = 0.7;
/** Share of the allowed rate at which requests start after a rejection. */
const FIRST_SHARE = 0.9;
/** Growth per cubic unit of time, as a share of the allowed rate. */
const CUBIC = 0.08;
/**
 * A unit is a second, or the time of this many requests if that is longer: a pace that rises faster
 * than that costs a slow service a rejection every few requests.
 */
const REQUESTS_PER_UNIT = 20;
/** Longest unit, in milliseconds. */
const MAX_UNIT_MS = 5000;
/** From this multiple of the allowed rate on, requests start as fast as the concurrency permits. */
const UNLIMITED_SHARE = 20;
/** How far the start of requests may fall behind the pace and still catch up; timers are late by a little. */
const CATCH_UP_MS = 50;
const SECOND = 1000;

/** The pace before the first rejection. */
export function initialPace(now: number): Pace {
	return {
		passed: 0,
		countedSince: now,
		recent: { since: now, current: 0, last: 0 },
		rejections: 0,
		isRough: false,
		rejectedAt: -Infinity,
		risesFrom: -Infinity,
		nextStart: -Infinity,
		starts: EMPTY_LOG,
		hasNoWindow: false,
	};
}

/** Returns a pace that knows of no rejection, and still which requests have passed. */
export function withoutRejections(pace: Pace, now: number): Pace {
	const { passed, countedSince, recent, window } = pace;
	const starts = window?.starts ?? pace.starts;
	return { ...initialPace(now), passed, countedSince, recent, starts };
}

/** Returns when the next request may start. */
export function earliestStart({ window, nextStart }: Pace, now: number): number {
	return window === undefined ? nextStart : nextStartIn(window, now);
}

/** Whether requests may start as fast as the concurrency permits. */
export function isUnpaced(pace: Pace, now: number): boolean {
	return pace.window === undefined && ratePerSecond(pace, now) === undefined;
}

/** Returns how many requests per second the service has allowed, `undefined` if too few have passed. */
export function allowedPerSecond(pace: Pace, now: number): number | undefined {
	const { passed, countedSince, window } = pace;
	const perSecond = window && perSecondIn(window);
	if (perSecond !== undefined) return perSecond;
	if (passed < MIN_PASSED) return pace.allowedPerSecond;
	return (passed * SECOND) / Math.max(now - countedSince, 1);
}

/** Returns a pace that spreads requests evenly, whatever the rejections look like. */
export function withoutWindow(pace: Pace): Pace {
	return pace.hasNoWindow ? pace : { ...pace, window: undefined, hasNoWindow: true };
}

/** Counts the start of a request. */
export function countStarted(pace: Pace, now: number): Pace {
	if (pace.window !== undefined) return { ...pace, window: startIn(pace.window, now) };
	const rate = ratePerSecond(pace, now);
	const nextStart =
		rate === undefined ? -Infinity : Math.max(pace.nextStart, now - CATCH_UP_MS) + SECOND / rate;
	const starts = pace.hasNoWindow ? pace.starts : addStart(pace.starts, now);
	return { ...pace, nextStart, starts };
}

/** Takes back the start of a request that another limit rejected. */
export function uncountStart(pace: Pace, startedAt: number): Pace {
	const { window } = pace;
	const starts = removeStart(window?.starts ?? pace.starts, startedAt);
	return window === undefined ? { ...pace, starts } : { ...pace, window: { ...window, starts } };
}

/**
 * Counts a request that the rate limit let through, whatever the response says.
 *
 * @param startedAt when it was sent
 */
export function countPassed(
	pace: Pace,
	{ startedAt, now }: { startedAt: number; now: number },
): Pace {
	if (pace.window !== undefined && startedAt < pace.rejectedAt) {
		// It says nothing about the time after the rejection.
		return pace.countedSince < pace.risesFrom ? { ...pace, passed: pace.passed + 1 } : pace;
	}
	const counted = countInSeconds(pace, now);
	const { window } = counted;
	if (window === undefined) return counted;
	return withNextWindow(counted, window, passIn(window, startedAt));
}

/** Requests start evenly if what seemed to be a window is none. */
function withNextWindow(pace: Pace, window: RateWindow, next: RateWindow | undefined): Pace {
	const perSecond = perSecondIn(window);
	if (next !== undefined) return { ...pace, window: next };
	return perSecond === undefined
		? { ...pace, window: undefined, starts: dropBefore(window.starts, pace.risesFrom) }
		: { ...withoutWindow(pace), allowedPerSecond: perSecond * DECREASE, rejections: 0 };
}

function countInSeconds(pace: Pace, now: number): Pace {
	const isFirstAfterPause = pace.countedSince < pace.risesFrom && now >= pace.risesFrom;
	const counted = isFirstAfterPause
		? {
				...pace,
				passed: 1,
				countedSince: pace.risesFrom,
				starts: dropBefore(pace.starts, pace.risesFrom),
			}
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

/** Slows down after a rejection, to a little below what the service allowed since the one before. */
export function slowDown(pace: Pace, rejection: Rejection): Pace {
	const { startedAt, now, pauseMs } = rejection;
	const { countedSince, passed } = pace;
	const risesFrom = Math.max(pace.risesFrom, now + pauseMs);
	if (pace.window !== undefined && perSecondIn(pace.window) !== undefined) {
		const slower = withNextWindow(pace, pace.window, rejectIn(pace.window, rejection));
		return { ...slower, rejectedAt: now, risesFrom, nextStart: risesFrom };
	}
	const starts = removeStart(pace.starts, startedAt);
	if (startedAt < pace.rejectedAt) {
		return { ...pace, window: pace.window && rejectIn(pace.window, rejection), starts, risesFrom };
	}
	const rejected = {
		...pace,
		rejectedAt: now,
		risesFrom,
		nextStart: Math.max(pace.nextStart, risesFrom),
		rejections: pace.rejections + 1,
		window: windowAfter(pace, rejection),
		starts,
	};
	if (passed >= MIN_PASSED) {
		const average = passed / Math.max(risesFrom - countedSince, 1);
		const { since, current, last } = pace.recent;
		const recent = (current + last) / (risesFrom - since + SECOND);
		const allowed = Math.max(average, recent) * SECOND;
		// A count over little more than a pause says less than the rate before it.
		const least = pace.isRough ? 0 : (pace.allowedPerSecond ?? 0) * DECREASE;
		const allowedPerSecond = Math.max(allowed, least);
		const isRough = pace.allowedPerSecond === undefined;
		return { ...rejected, rejections: 0, allowedPerSecond, isRough };
	}
	const rate = ratePerSecond(pace, now);
	if (rate === undefined || rejected.rejections <= MAX_REJECTIONS) return rejected;
	return { ...rejected, rejections: 0, allowedPerSecond: (rate * DECREASE) / FIRST_SHARE };
}

function windowAfter(pace: Pace, rejection: Rejection): RateWindow | undefined {
	if (pace.window !== undefined) return rejectIn(pace.window, rejection);
	return pace.hasNoWindow || pace.passed < MIN_PASSED
		? undefined
		: closeWindow(pace.starts, rejection);
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
