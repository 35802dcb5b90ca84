import {
	countExtraPassed,
	countExtraStart,
	idleTime,
	nextExtraStart,
	noExtraRequests,
	restTime,
} from './extraRequests';
import { addStart, countSince, EMPTY_LOG, lastStarts, removeStart, roomFrom } from './startLog';
import type { StartLog } from './startLog';
import { correct, isLate, rejectUnexpectedly } from './windowCorrection';
import {
	COST_SHARE,
	isInWholeSeconds,
	isPrecise,
	keepLength,
	KNOWN_WINDOWS,
	newLength,
	shorterLength,
	tryFrom,
	tryShorter,
} from './windowLength';
import type { WindowLength } from './windowLength';
import { countedFrom, endOf, roomIn } from './windowState';
import type { RateWindow, Rejection } from './windowState';

/** A limit that allows requests one by one asks for a second at most, as whole seconds are rounded up. */
const MIN_CLOSED_MS = 1500;
/** After a pause that is a smaller share of the time between two resets, requests start evenly. */
const MIN_CLOSED_SHARE = 0.3;
/** After a gap 4 requests may start within 100 ms, and twice as many in each of the next. */
const RAMP = { requests: 4, spanMs: 100 };
/** While it is not known when a request passes, one is tried after this time, and then another. */
const PROBE_MS = 500;
const SECOND = 1000;
/** Requests are kept for longer than the window is, in case it turns out to be longer. */
const KEPT_SHARE = 1.5;
/** From this share of its length on, a window that allows more requests is shorter than known. */
const LATE_SHARE = 0.75;
/** A stated wait does not show that a window is shorter than this share of its known length. */
const LEAST_SHARE = 0.5;
/** A request that started later than now by more than this shows that the clock was set back. */
const CLOCK_TOLERANCE_MS = 1000;

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
		isInSeconds: isStated && isInWholeSeconds(pauseMs),
		closedAt: now,
		lastRejectedStart: startedAt,
		rejectedAt: now,
		unexpectedInRow: 0,
		passed: 0,
		largeCorrections: 0,
		ramp: { since: -Infinity, current: 0, last: 0 },
		extra: noExtraRequests(now),
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
		isInSeconds: isStated && isInWholeSeconds(pauseMs),
		rejectedAt: now,
		lastRejectedStart: startedAt,
	};
	if (length === undefined || size === undefined) return rejected;
	const used = countSince(starts, countedFrom(window, length.ms, startedAt));
	if (window.unexpected === undefined && used >= size) {
		return rejectExtra(rejected, rejection, { size, length });
	}
	if (
		!window.isSliding &&
		roomFrom(starts, size, startedAt - length.ms, length.ms, startedAt) > startedAt
	) {
		return { ...rejected, isSliding: true };
	}
	return rejectUnexpectedly(rejected, rejection, { size, length, used });
}

/** Counts the rejection of a request beyond those that the window allows, which had to be expected. */
function rejectExtra(
	window: RateWindow,
	rejection: Rejection,
	{ size, length }: { size: number; length: WindowLength },
): RateWindow {
	const { starts, extra, isSliding, isInSeconds, openedAt } = window;
	const { now, pauseMs, isStated } = rejection;
	const opensAt = now + pauseMs;
	// It allows more than it did, so it may allow still more.
	const shortMs = extra.passed > 0 ? idleTime(length.ms) : undefined;
	if (!isStated) {
		const extraFrom = now + (shortMs ?? restTime(length.ms, size));
		return { ...window, extra: noExtraRequests(extraFrom), length: tryFrom(length, opensAt) };
	}
	const known = statedBy(rejection, { starts, size, length });
	const costMs = opensAt - roomIn(window, size, length.ms, now);
	// Each one says more about the length.
	const isKnown = isPrecise(known) && (isSliding || !isInSeconds);
	const usualMs = isKnown ? restTime(length.ms, size) : length.ms;
	const restMs = Math.max(usualMs, costMs / COST_SHARE);
	const isOfWindow = opensAt > openedAt + length.ms * LEAST_SHARE;
	return {
		...window,
		extra: noExtraRequests(now + (shortMs ?? restMs)),
		length: known,
		endsAt: isOfWindow ? opensAt : window.endsAt,
	};
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

/** Counts the start of a request. */
export function startIn(window: RateWindow, now: number): RateWindow {
	if (isSetBack(window, now)) return startIn(restarted(window, now), now);
	const length = window.length && tryShorter(window.length, now);
	if (length === undefined) return { ...window, starts: addStart(window.starts, now) };
	const { starts, extra } = window;
	const size = window.size ?? Math.max(countSince(starts, -Infinity), 1);
	const room = roomIn(window, size, length.ms, now);
	const isExtra = room > now && now >= extraStartIn(window, { length, room, now });
	return {
		...window,
		size,
		length,
		...(now >= endOf(window, length.ms) ? { openedAt: now, endsAt: Infinity } : {}),
		starts: addStart(starts, now, window.unexpected ? undefined : length.ms * KEPT_SHARE),
		ramp: nextInRamp(window.ramp, now),
		extra: countExtraStart(extra, { isExtra, now }),
	};
}

/** Returns when one more request than the size may start; `Infinity` if not before there is room. */
function extraStartIn(
	{ extra, starts, isInSeconds }: RateWindow,
	{ length, room, now }: { length: WindowLength; room: number; now: number },
): number {
	return nextExtraStart(extra, length, { room, lastStart: starts.last, isInSeconds, now });
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
		extra: noExtraRequests(now),
	};
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
	return corrected && countExtra({ ...corrected, passed: corrected.passed + 1 }, startedAt);
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

/** Counts a request that passed, if it was more than the window allows, as far as it was known. */
function countExtra(window: RateWindow, startedAt: number): RateWindow {
	const { starts, size = 0, length, extra } = window;
	if (startedAt < extra.since || length === undefined) return window;
	const next = { ...window, extra: countExtraPassed(extra) };
	const oldest = lastStarts(starts, size + extra.running);
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
	const start = Math.min(room, extraStartIn(window, { length, room, now }));
	const isFull = ramp.current >= Math.max(RAMP.requests, 2 * ramp.last);
	return isFull ? Math.max(start, ramp.since + RAMP.spanMs) : start;
}
