import { isPrecise, TRIED_SHARE } from './windowLength';
import type { WindowLength } from './windowLength';

/**
 * Requests beyond those that a rate window is known to allow, so that it is noticed when it allows more.
 * Times are in milliseconds, moments in milliseconds since 1970.
 */
export interface ExtraRequests {
	/** When the first one may start. */
	from: number;
	/** How many may run at once; twice as many once this many have passed. */
	atOnce: number;
	/** When the first one started, and how many run and have passed; they end with the window. */
	since: number;
	running: number;
	passed: number;
}

/**
 * A window that has been used up for a share of its length gets an extra request: one for this many that
 * are allowed, but at least one every few windows.
 */
const RARITY = { requests: 100, windows: 5 };
const IDLE_SHARE = 0.05;
const SECOND = 1000;
/** Timers are late by a little. */
const LATE_MS = 50;

export function noExtraRequests(from: number): ExtraRequests {
	return { from, atOnce: 1, since: Infinity, running: 0, passed: 0 };
}

/** Returns for how long a window is not used before it gets an extra request. */
export function idleTime(lengthMs: number): number {
	return lengthMs * IDLE_SHARE;
}

/** Returns for how long there are no extra requests after one was rejected. */
export function restTime(lengthMs: number, size: number): number {
	return lengthMs * Math.min(Math.max(RARITY.requests / size, 1), RARITY.windows);
}

export interface Opening {
	/** When there is room for a request that is not an extra one. */
	room: number;
	/** When the last request started. */
	lastStart: number;
	/** Whether the service states waits in whole seconds. */
	isInSeconds: boolean;
	now: number;
}

/** Returns when an extra request may start; `Infinity` if not before there is room. */
export function nextExtraStart(
	extra: ExtraRequests,
	length: WindowLength,
	{ room, lastStart, isInSeconds, now }: Opening,
): number {
	const idleMs = idleTime(length.ms);
	const last = room - idleMs;
	if (extra.running >= extra.atOnce) return Infinity;
	if (extra.since < Infinity) return now < last ? now : Infinity;
	const from = Math.max(extra.from, length.testedAt, lastStart + idleMs);
	const at = isInSeconds ? alignedStart(length, { room, from, now }) : Math.max(from, now);
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
	const earlier = isPrecise(length) ? 0 : (length.ms - length.failedMs) * TRIED_SHARE;
	const end = room - earlier;
	const seconds = Math.floor((end - from) / SECOND);
	if (seconds < 1) return Math.max(from, now);
	const first = end - seconds * SECOND;
	const late = Math.max(now - first - LATE_MS, 0);
	return Math.max(first + Math.ceil(late / SECOND) * SECOND, now);
}

/** Counts the start of a request. */
export function countExtraStart(
	extra: ExtraRequests,
	{ isExtra, now }: { isExtra: boolean; now: number },
): ExtraRequests {
	return isExtra
		? { ...extra, since: Math.min(extra.since, now), running: extra.running + 1 }
		: { ...extra, since: Infinity, running: 0, passed: 0 };
}

/** Counts an extra request that passed. */
export function countExtraPassed(extra: ExtraRequests): ExtraRequests {
	const passed = extra.passed + 1;
	const atOnce = passed === extra.atOnce ? extra.atOnce * 2 : extra.atOnce;
	return { ...extra, atOnce, passed, running: extra.running - 1 };
}
