import type { ExtraRequests } from './extraRequests';
import { roomFrom } from './startLog';
import type { StartLog } from './startLog';
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
	isInSeconds: boolean;
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
	extra: ExtraRequests;
}

export interface UnexpectedRejection {
	/** When the first and the last rejected request were sent. */
	startedAt: number;
	lastStartedAt: number;
	/** Requests that counted. */
	used: number;
}

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

/** Returns since when requests count at a time. */
export function countedFrom(
	{ isSliding, openedAt }: RateWindow,
	lengthMs: number,
	now: number,
): number {
	const from = now - lengthMs;
	return isSliding || openedAt < from ? from : openedAt;
}

/** Returns when there is room for one more request if the window has a size and a length. */
export function roomIn(window: RateWindow, size: number, lengthMs: number, now: number): number {
	const from = countedFrom(window, lengthMs, now);
	const room = roomFrom(window.starts, size, from, lengthMs, now);
	// When it ends, all requests no longer count.
	return window.isSliding ? room : Math.min(room, Math.max(endOf(window, lengthMs), now));
}

/** Returns when there is room for one more request, as far as the window is known. */
export function roomOf(window: RateWindow, now: number): number {
	const { size = 1, length } = window;
	return length === undefined ? now : roomIn(window, size, length.ms, now);
}

/** Returns when a fixed window ends. */
export function endOf({ openedAt, endsAt }: RateWindow, lengthMs: number): number {
	return Math.min(openedAt + lengthMs, endsAt);
}

/** Returns how many requests per second the window allows, `undefined` if that is not known yet. */
export function perSecondIn({ size, length }: RateWindow): number | undefined {
	return size === undefined || length === undefined ? undefined : (size * 1000) / length.ms;
}
