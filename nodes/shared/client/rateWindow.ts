import { addStart, countSince, EMPTY_LOG, lastStarts, removeStart, roomFrom } from './startLog';
import type { StartLog } from './startLog';
import {
	correctLength,
	COST_SHARE,
	isInWholeSeconds,
	keepLength,
	KNOWN_WINDOWS,
	newLength,
	shorterLength,
	tryFrom,
	tryShorter,
} from './windowLength';
import type { WindowLength } from './windowLength';

/**
 * A rate limit that allows a number of requests within a length of time, as the rejections show it. Times
 * are in milliseconds since 1970.
 */
export interface RateWindow {
	/** The requests that count. */
	starts: StartLog;
	/** Requests that it allows; unknown until the first one is sent after the rejections that closed it. */
	size?: number;
	/** The rejection at which requests were counted to know the size. */
	sizedAt: number;
	/** Unknown until a request passes, unless the service states how long to wait. */
	length?: WindowLength;
	/**
	 * When it opened, and whether each request counts for the length of the window. As long as no rejection
	 * shows that, all count until the window ends.
	 */
	openedAt: number;
	isSliding: boolean;
	/** When it ends, if the service stated that. */
	endsAt: number;
	/** Whether the service states waits in whole seconds, which are up to a second too long. */
	isRounded: boolean;
	/** When the first request was rejected, and when the last rejected one was sent. */
	closedAt: number;
	lastRejectedStart: number;
	/** When the last rejection came; requests that were sent before it and are rejected belong to it. */
	rejectedAt: number;
	/** A rejection that was not expected, until it is known when a request passes. */
	unexpected?: UnexpectedRejection;
	/** Unexpected rejections in a row between which few requests passed, and how many have since. */
	unexpectedInRow: number;
	passed: number;
	/** How often the window turned out to be much longer, or to allow far fewer requests. */
	largeCorrections: number;
	/** Requests started in the current and the last tenth of a second. */
	ramp: { since: number; current: number; last: number };
	growth: Growth;
}

interface UnexpectedRejection {
	/** When the first and the last rejected request were sent. */
	startedAt: number;
	lastStartedAt: number;
	/** Requests that counted. */
	used: number;
}

/** More requests than the size are tried, so that it is noticed when the service allows more. */
interface Growth {
	/** From when on. */
	from: number;
	/** How many more may run at once; twice as many once so many have passed. */
	more: number;
	/** When the first of them started, and how many run and have passed. */
	since: number;
	running: number;
	passed: number;
}

/** A limit that allows requests one by one asks for a second at most, as whole seconds are rounded up. */
const MIN_CLOSED_MS = 1500;
/** After a pause that is a smaller share of the time between two resets, requests start evenly. */
const MIN_CLOSED_SHARE = 0.3;
/** After a gap 4 requests may start within 100 ms, and twice as many in each of the next. */
const RAMP = { requests: 4, spanMs: 100 };
/** While it is not known when a request passes, one is tried after this time, and then another. */
const PROBE_MS = 500;
/** A request that passes later than this after an unexpected rejection says that the size was wrong. */
const MAX_LATE = { share: 0.1, ms: 1100 };
/**
 * When a window has been used up for a share of its length, one more request is tried: for so many that
 * are allowed, but at least every few windows.
 */
const GROWTH = { requests: 100, windows: 5, idleShare: 0.05 };
/** How much shorter than known a window is assumed to be where waits are stated in whole seconds. */
const ROUNDED = { stepShare: 0.25, leastStepMs: 100, lateMs: 50 };
const SECOND = 1000;
/**
 * After so many unexpected rejections between which fewer requests passed, or so many large corrections,
 * there is no window.
 */
const MAX_UNEXPECTED = { inRow: 5, passed: 10, large: 1 };
/** A length that grows by more than this factor, or a size that shrinks so, is a large correction. */
const LARGE_CORRECTION = 1.1;
/** Requests are kept for longer than the window is, in case it turns out to be longer. */
const KEPT_SHARE = 1.5;
/** From this share of its length on, a window that allows more requests is shorter than known. */
const LATE_SHARE = 0.75;
/** Before a request passes, a window is not assumed to allow fewer than this share of its size. */
const LEAST_SIZE_SHARE = 0.25;
/** A stated wait does not show that a window is shorter than this share of its known length. */
const LEAST_SHARE = 0.5;
/** A request that started later than now by more than this shows that the clock was set back. */
const CLOCK_TOLERANCE_MS = 1000;

/** Times in milliseconds. */
export interface Rejection {
	/** When the rejected request was sent. */
	startedAt: number;
	now: number;
	/** How long requests pause now. */
	pauseMs: number;
	/** Whether the service asked for this pause. */
	isStated: boolean;
}

/** Returns the window that a rejection may show; `undefined` if it shows none. */
export function closeWindow(
	starts: StartLog,
	{ startedAt, now, pauseMs, isStated }: Rejection,
): RateWindow | undefined {
	const lengthMs = now + pauseMs - starts.first;
	if (isStated && !isLong(pauseMs, lengthMs)) return undefined;
	return {
		starts: removeStart(starts, startedAt),
		sizedAt: now,
		length: isStated ? statedLength(lengthMs, now, pauseMs) : undefined,
		openedAt: -Infinity,
		endsAt: Infinity,
		isSliding: false,
		isRounded: isStated && isInWholeSeconds(pauseMs),
		closedAt: now,
		lastRejectedStart: startedAt,
		rejectedAt: now,
		unexpectedInRow: 0,
		passed: 0,
		largeCorrections: 0,
		ramp: { since: -Infinity, current: 0, last: 0 },
		growth: noGrowth(now),
	};
}

function isLong(closedMs: number, lengthMs: number): boolean {
	return closedMs >= Math.max(MIN_CLOSED_MS, lengthMs * MIN_CLOSED_SHARE);
}

/** Shorter ones are tried late: the waits that the service states say more. */
function statedLength(ms: number, now: number, pauseMs: number): WindowLength {
	const failedMs = isInWholeSeconds(pauseMs) ? Math.max(ms - SECOND, 0) : 0;
	return newLength(ms, failedMs, now + ms * KNOWN_WINDOWS);
}

function noGrowth(from: number): Growth {
	return { from, more: 1, since: Infinity, running: 0, passed: 0 };
}

/** Counts a rejection; returns `undefined` if requests are not limited in windows. */
export function rejectIn(window: RateWindow, rejection: Rejection): RateWindow | undefined {
	const { startedAt, now, pauseMs, isStated } = rejection;
	const { length, size } = window;
	const starts = removeStart(window.starts, startedAt);
	if (startedAt <= window.rejectedAt) {
		// It had been counted as one that the window allows.
		const isCounted = size !== undefined && window.sizedAt === window.rejectedAt;
		const { unexpected } = window;
		return {
			...window,
			starts,
			size: isCounted ? Math.max(size - 1, 1) : size,
			unexpected: unexpected && { ...unexpected, used: unexpected.used - 1 },
		};
	}
	const rejected = {
		...window,
		starts,
		isRounded: isStated && isInWholeSeconds(pauseMs),
		rejectedAt: now,
		lastRejectedStart: startedAt,
	};
	if (length === undefined || size === undefined) return rejected;
	const used = countSince(starts, countedFrom(window, length.ms, startedAt));
	if (window.unexpected === undefined && used >= size) {
		// It has grown, so it may grow further.
		const hasGrown = window.growth.passed > 0;
		const shortMs = length.ms * GROWTH.idleShare;
		if (!isStated) {
			const growth = noGrowth(now + (hasGrown ? shortMs : growthRestMs(length.ms, size)));
			return { ...rejected, growth, length: tryFrom(length, now + pauseMs) };
		}
		const known = statedBy(rejection, { starts, size, length });
		const costMs = now + pauseMs - roomIn({ ...window, starts }, size, length.ms, now);
		// Each one says more about the length.
		const isKnown = isPrecise(known) && (window.isSliding || !rejected.isRounded);
		const usualMs = isKnown ? growthRestMs(length.ms, size) : length.ms;
		const restMs = Math.max(usualMs, costMs / COST_SHARE);
		const growth = noGrowth(now + (hasGrown ? shortMs : restMs));
		const isOfWindow = now + pauseMs > window.openedAt + length.ms * LEAST_SHARE;
		const endsAt = isOfWindow ? now + pauseMs : window.endsAt;
		return { ...rejected, growth, length: known, endsAt };
	}
	if (
		!window.isSliding &&
		roomFrom(starts, size, startedAt - length.ms, length.ms, startedAt) > startedAt
	) {
		return { ...rejected, isSliding: true };
	}
	const first = window.unexpected ?? { startedAt, used };
	const unexpected = { ...first, lastStartedAt: startedAt };
	const next = { ...rejected, unexpected };
	if (isStated) {
		const statedMs = pauseMs;
		return correct(next, unexpected, { size, length, opensAt: now + pauseMs, statedMs });
	}
	const isFar = first.used < size * LEAST_SIZE_SHARE;
	if (isFar || !isLate(startedAt - first.startedAt, length.ms)) return next;
	const fewer = withFewer(next, unexpected, length, startedAt);
	const isExplained = fewer === undefined || roomOf(fewer, startedAt) > startedAt;
	return isExplained ? fewer : next;
}

/** Returns the length that a stated wait shows when all requests that a window allows have been used. */
function statedBy(
	{ now, pauseMs }: Rejection,
	{ starts, size, length }: { starts: StartLog; size: number; length: WindowLength },
): WindowLength {
	const oldest = lastStarts(starts, size);
	if (oldest === undefined) return length;
	const stated = statedLength(now + pauseMs - oldest, now, pauseMs);
	if (isLate(stated.ms - length.provenMs, length.provenMs)) return stated;
	// A wait that is far too short for the window is that of another limit.
	if (stated.ms <= Math.max(length.failedMs, length.ms * LEAST_SHARE)) return length;
	const failedMs = Math.max(stated.failedMs, length.failedMs);
	return stated.ms < length.ms
		? { ...stated, failedMs }
		: { ...length, failedMs: Math.min(failedMs, length.ms) };
}

/** Returns how long after a rejection no more requests than the size are tried, in milliseconds. */
function growthRestMs(lengthMs: number, size: number): number {
	return lengthMs * Math.min(Math.max(GROWTH.requests / size, 1), GROWTH.windows);
}

/** Whether the length does not have to be learned from waits in whole seconds. */
function isPrecise({ ms, failedMs }: WindowLength): boolean {
	return failedMs === 0 || (ms - failedMs) * ROUNDED.stepShare < ROUNDED.leastStepMs;
}

function isLate(lateMs: number, lengthMs: number): boolean {
	return lateMs > Math.max(lengthMs * MAX_LATE.share, MAX_LATE.ms);
}

/** Corrects the length after an unexpected rejection, or the size if the length does not explain it. */
function correct(
	window: RateWindow,
	unexpected: UnexpectedRejection,
	{
		size,
		length,
		opensAt,
		statedMs = 0,
		startedSince = 0,
	}: {
		size: number;
		length: WindowLength;
		/** When a request passes. */
		opensAt: number;
		/** The wait that the service asked for, if it did. */
		statedMs?: number;
		/** Requests that started after the rejection. */
		startedSince?: number;
	},
): RateWindow | undefined {
	const oldest = lastStarts(window.starts, size + startedSince);
	const { provenMs } = length;
	if (oldest === undefined || isLate(opensAt - oldest - provenMs, provenMs)) {
		const fewer = withFewer(window, unexpected, length, opensAt);
		const room = fewer === undefined ? opensAt : roomOf(fewer, unexpected.startedAt);
		// It opens sooner than either explains.
		if (isLate(room - opensAt, provenMs)) return afterUnexpected(window);
		if (oldest === undefined || !isLate(opensAt - room, provenMs)) return fewer;
	}
	const measurement = {
		mostMs: opensAt - oldest,
		leastMs: (isInWholeSeconds(statedMs) ? opensAt - SECOND : unexpected.lastStartedAt) - oldest,
		opensAt,
		statedMs,
	};
	const corrected = correctLength(length, measurement);
	const next = afterUnexpected(window, corrected.ms > provenMs * LARGE_CORRECTION);
	return next && { ...next, length: corrected };
}

/** Counts an unexpected rejection; returns `undefined` after too many. */
function afterUnexpected(window: RateWindow, isLarge = false): RateWindow | undefined {
	const hasPassed = window.passed >= MAX_UNEXPECTED.passed;
	const unexpectedInRow = hasPassed ? 0 : window.unexpectedInRow + 1;
	const largeCorrections = window.largeCorrections + (isLarge ? 1 : 0);
	if (unexpectedInRow > MAX_UNEXPECTED.inRow || largeCorrections > MAX_UNEXPECTED.large) {
		return undefined;
	}
	return {
		...window,
		unexpected: undefined,
		unexpectedInRow,
		largeCorrections,
		passed: 0,
		sizedAt: -Infinity,
	};
}

/** Returns a window that allows as many requests as counted when one was rejected. */
function withFewer(
	window: RateWindow,
	{ used }: UnexpectedRejection,
	length: WindowLength,
	now: number,
): RateWindow | undefined {
	const size = Math.max(used, 1);
	const next = afterUnexpected(window, size * LARGE_CORRECTION < (window.size ?? 1));
	return next && { ...next, size, sizedAt: window.rejectedAt, length: keepLength(length, now) };
}

/** Returns when there is room for one more request, as far as the window is known. */
function roomOf(window: RateWindow, now: number): number {
	const { size = 1, length } = window;
	return length === undefined ? now : roomIn(window, size, length.ms, now);
}

/** Counts the start of a request. */
export function startIn(window: RateWindow, now: number): RateWindow {
	if (isSetBack(window, now)) return startIn(restarted(window, now), now);
	const length = window.length && tryShorter(window.length, now);
	if (length === undefined) return { ...window, starts: addStart(window.starts, now) };
	const { starts, growth } = window;
	const size = window.size ?? Math.max(countSince(starts, -Infinity), 1);
	const room = roomIn(window, size, length.ms, now);
	const isMore = room > now && now >= moreFrom(window, { length, room, now });
	return {
		...window,
		size,
		length,
		...(now >= endOf(window, length.ms) ? { openedAt: now, endsAt: Infinity } : {}),
		starts: addStart(starts, now, window.unexpected ? undefined : length.ms * KEPT_SHARE),
		ramp: nextInRamp(window.ramp, now),
		growth: isMore
			? { ...growth, since: Math.min(growth.since, now), running: growth.running + 1 }
			: { ...growth, since: Infinity, running: 0, passed: 0 },
	};
}

function isSetBack({ starts, rejectedAt }: RateWindow, now: number): boolean {
	return now < Math.max(starts.last, rejectedAt) - CLOCK_TOLERANCE_MS;
}

/** Returns a window whose times are before now, with what is known about it. */
function restarted(window: RateWindow, now: number): RateWindow {
	return {
		...window,
		starts: EMPTY_LOG,
		sizedAt: -Infinity,
		length: window.length && keepLength(window.length, now),
		openedAt: -Infinity,
		endsAt: Infinity,
		closedAt: now,
		lastRejectedStart: now,
		rejectedAt: -Infinity,
		unexpected: undefined,
		ramp: { since: -Infinity, current: 0, last: 0 },
		growth: noGrowth(now),
	};
}

/** Returns when one more request than the size may start; `Infinity` if not before there is room. */
function moreFrom(
	{ starts, growth, isRounded }: RateWindow,
	{ length, room, now }: { length: WindowLength; room: number; now: number },
): number {
	const idleMs = length.ms * GROWTH.idleShare;
	const last = room - idleMs;
	if (growth.running >= growth.more) return Infinity;
	if (growth.since < Infinity) return now < last ? now : Infinity;
	const from = Math.max(growth.from, length.testedAt, starts.last + idleMs);
	const at = isRounded ? alignedStart(length, { room, from, now }) : Math.max(from, now);
	return at < last ? at : Infinity;
}

/**
 * Returns when a request may start whose rejection states a wait that ends with the window: whole seconds
 * before that, or a little earlier to learn whether the window is shorter.
 */
function alignedStart(
	length: WindowLength,
	{ room, from, now }: { room: number; from: number; now: number },
): number {
	const earlier = isPrecise(length) ? 0 : (length.ms - length.failedMs) * ROUNDED.stepShare;
	const end = room - earlier;
	const seconds = Math.floor((end - from) / SECOND);
	if (seconds < 1) return Math.max(from, now);
	const first = end - seconds * SECOND;
	// Timers are late by a little.
	const late = Math.max(now - first - ROUNDED.lateMs, 0);
	return Math.max(first + Math.ceil(late / SECOND) * SECOND, now);
}

/** Returns since when requests count at a time. */
function countedFrom({ isSliding, openedAt }: RateWindow, lengthMs: number, now: number): number {
	const from = now - lengthMs;
	return isSliding || openedAt < from ? from : openedAt;
}

/** Returns when there is room for one more request. */
function roomIn(window: RateWindow, size: number, lengthMs: number, now: number): number {
	const from = countedFrom(window, lengthMs, now);
	const room = roomFrom(window.starts, size, from, lengthMs, now);
	// When it ends, all requests no longer count.
	return window.isSliding ? room : Math.min(room, Math.max(endOf(window, lengthMs), now));
}

/** Returns when a fixed window ends. */
function endOf({ openedAt, endsAt }: RateWindow, lengthMs: number): number {
	return Math.min(openedAt + lengthMs, endsAt);
}

function nextInRamp({ since, current, last }: RateWindow['ramp'], now: number): RateWindow['ramp'] {
	const elapsedMs = now - since;
	if (elapsedMs < RAMP.spanMs) return { since, current: current + 1, last };
	return { since: now, current: 1, last: elapsedMs < 2 * RAMP.spanMs ? current : 0 };
}

/**
 * Counts a request that the window allowed.
 *
 * @param startedAt when it was sent
 * @returns `undefined` if requests are not limited in windows
 */
export function passIn(window: RateWindow, startedAt: number): RateWindow | undefined {
	if (startedAt <= window.rejectedAt) return window;
	const { length, size, unexpected } = window;
	if (length === undefined) return openWindow(window, startedAt);
	if (size === undefined) return window;
	const corrected =
		unexpected === undefined
			? window
			: correct(window, unexpected, { size, length, opensAt: startedAt, startedSince: 1 });
	return corrected && countGrowth({ ...corrected, passed: corrected.passed + 1 }, startedAt);
}

/** Measures the window with the first request that passes after the rejections. */
function openWindow(window: RateWindow, startedAt: number): RateWindow | undefined {
	const { starts, closedAt, lastRejectedStart } = window;
	const lengthMs = startedAt - starts.first;
	if (!isLong(lastRejectedStart - closedAt, lengthMs)) return undefined;
	return {
		...window,
		passed: 1,
		size: Math.max(countSince(starts, -Infinity) - 1, 1),
		length: newLength(lengthMs, lastRejectedStart - starts.first, startedAt + 2 * lengthMs),
	};
}

/** Counts a request that was more than the window allows, as far as it was known. */
function countGrowth(window: RateWindow, startedAt: number): RateWindow {
	const { starts, size = 0, length, growth } = window;
	if (startedAt < growth.since || length === undefined) return window;
	const passed = growth.passed + 1;
	const more = passed === growth.more ? growth.more * 2 : growth.more;
	const next = { ...window, growth: { ...growth, more, passed, running: growth.running - 1 } };
	const oldest = lastStarts(starts, size + growth.running);
	const ageMs = oldest === undefined ? Infinity : startedAt - oldest;
	if (ageMs <= length.ms * LATE_SHARE) return { ...next, size: size + 1 };
	// Late in the window, it is shorter rather than larger, unless its length is known.
	return length.failedMs > 0 ? { ...next, length: shorterLength(length, ageMs) } : next;
}

/** Returns when the next request may start, apart from the pause after a rejection. */
export function nextStartIn(window: RateWindow, now: number): number {
	if (isSetBack(window, now)) return now;
	const { starts, size = Infinity, ramp, unexpected, rejectedAt } = window;
	const length = window.length && tryShorter(window.length, now);
	if (length === undefined || unexpected !== undefined) {
		return starts.last > rejectedAt ? starts.last + PROBE_MS : now;
	}
	const room = roomIn(window, size, length.ms, now);
	const start = Math.min(room, moreFrom(window, { length, room, now }));
	const isFull = ramp.current >= Math.max(RAMP.requests, 2 * ramp.last);
	return isFull ? Math.max(start, ramp.since + RAMP.spanMs) : start;
}

/** Returns how many requests per second the window allows, `undefined` if that is not known yet. */
export function perSecondIn({ size, length }: RateWindow): number | undefined {
	return size === undefined || length === undefined ? undefined : (size * 1000) / length.ms;
}
