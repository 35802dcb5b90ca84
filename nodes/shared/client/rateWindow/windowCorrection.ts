import { lastStarts } from './startLog';
import { correctLength, isInWholeSeconds, keepLength } from './windowLength';
import type { WindowLength } from './windowLength';
import { roomOf } from './windowState';
import type { RateWindow, Rejection, UnexpectedRejection } from './windowState';

/** A request that passes later than this after an unexpected rejection says that the size was wrong. */
const MAX_LATE = { share: 0.1, ms: 1100 };
/**
 * After this many unexpected rejections between which fewer requests passed, or this many large corrections,
 * there is no window.
 */
const MAX_UNEXPECTED = { inRow: 5, passed: 10, large: 1 };
/** A length that grows by more than this factor, or a size that shrinks so, is a large correction. */
const LARGE_CORRECTION = 1.1;
/** Before a request passes, a window is not assumed to allow fewer than this share of its size. */
const LEAST_SIZE_SHARE = 0.25;
const SECOND = 1000;

/** Whether something comes so late that the length of a window does not explain it. */
export function isLate(lateMs: number, lengthMs: number): boolean {
	return lateMs > Math.max(lengthMs * MAX_LATE.share, MAX_LATE.ms);
}

/**
 * Counts a rejection of a request that the window was known to allow.
 *
 * @param used requests that counted
 * @returns `undefined` if requests are not limited in windows
 */
export function rejectUnexpectedly(
	window: RateWindow,
	{ startedAt, now, pauseMs, isStated }: Rejection,
	{ size, length, used }: { size: number; length: WindowLength; used: number },
): RateWindow | undefined {
	const first = window.unexpected ?? { startedAt, used };
	const unexpected = { ...first, lastStartedAt: startedAt };
	const next = { ...window, unexpected };
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

/**
 * Corrects the length after an unexpected rejection, or the size if the length does not explain it.
 *
 * @returns `undefined` if requests are not limited in windows
 */
export function correct(
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
