/** What is known about the length of a rate window. Moments are in milliseconds since 1970. */
export interface WindowLength {
	/** The length that requests keep to, in milliseconds. */
	ms: number;
	/** The shortest one that was long enough; more than `ms` while a shorter one is tried. */
	provenMs: number;
	/** It is longer than this; 0 if that is unknown, or if the length is known precisely. */
	failedMs: number;
	/** How many shorter ones have been tried since the last rejection. */
	tried: number;
	/** When a shorter one is tried next, and when the last one has been tried for a whole window. */
	triesAt: number;
	testedAt: number;
}

/** A length is known to this share of it. */
const PRECISION = 0.01;
/** The same for a service that states waits in whole seconds: a failed try costs up to a second there. */
const WHOLE_PRECISION_MS = 400;
/** A known length is tried again after this many windows. */
export const KNOWN_WINDOWS = 10;
/** The first try shortens a length by this share if nothing says how short it can be, the next by twice as much. */
const FIRST_STEP = 0.02;
const LONGEST_STEP = 0.5;
/** A length that is learned from waits in whole seconds is shortened by this share of what is not known. */
export const TRIED_SHARE = 0.25;
/** It is known precisely enough when that is less than this, in milliseconds. */
const LEAST_TRIED_MS = 100;
/** The time that a failed try costs, as a share of the time until the next one. */
export const COST_SHARE = 0.05;

/** The length of a window that has just been found. */
export function newLength(ms: number, failedMs: number, triesAt: number): WindowLength {
	return { ms, provenMs: ms, failedMs, tried: 0, triesAt, testedAt: -Infinity };
}

/** Tries a shorter length if it is time to: the middle between what failed and what did not. */
export function tryShorter(length: WindowLength, now: number): WindowLength {
	if (now < length.triesAt) return length;
	const { ms, failedMs, tried } = length;
	const step = Math.min(FIRST_STEP * 2 ** tried, LONGEST_STEP);
	const shorter = failedMs > 0 ? (ms + failedMs) / 2 : ms * (1 - step);
	const isKnown = failedMs > 0 && shorter - failedMs < ms * PRECISION;
	return {
		ms: shorter,
		provenMs: ms,
		failedMs: isKnown ? 0 : failedMs,
		tried: tried + 1,
		triesAt: now + ms * (isKnown ? KNOWN_WINDOWS : 1),
		testedAt: now + ms,
	};
}

/** Whether the length does not have to be learned from waits in whole seconds. */
export function isPrecise({ ms, failedMs }: WindowLength): boolean {
	return failedMs === 0 || (ms - failedMs) * TRIED_SHARE < LEAST_TRIED_MS;
}

/** Returns a length that is tried from a time on, if it is not known precisely yet. */
export function tryFrom(length: WindowLength, time: number): WindowLength {
	return length.failedMs > 0 && length.tried === 0 ? { ...length, triesAt: time } : length;
}

/** What a rejection says about the length of a window. Times in milliseconds. */
export interface LengthMeasurement {
	/** The length is at most this. */
	mostMs: number;
	/** And more than this. */
	leastMs: number;
	/** When the window opens. */
	opensAt: number;
	/** The wait that the service asked for, 0 if it did not. */
	statedMs: number;
}

/** Returns a length that was corrected after a rejection. */
export function correctLength(
	{ ms, provenMs, tried }: WindowLength,
	{ mostMs, leastMs, opensAt, statedMs }: LengthMeasurement,
): WindowLength {
	const isTry = tried > 0;
	const corrected = isTry ? Math.min(provenMs, mostMs) : mostMs;
	const failedMs = isTry ? Math.max(leastMs, ms) : leastMs;
	const precisionMs = Math.max(
		corrected * PRECISION,
		isInWholeSeconds(statedMs) ? WHOLE_PRECISION_MS : 0,
	);
	const isKnown = corrected - failedMs < precisionMs;
	const restMs = Math.max(
		corrected * (isKnown ? KNOWN_WINDOWS : 1),
		isTry ? statedMs / COST_SHARE : 0,
	);
	return newLength(corrected, isKnown ? 0 : failedMs, opensAt + restMs);
}

/** Returns a length that is at most so long. */
export function shorterLength(length: WindowLength, mostMs: number): WindowLength {
	const { failedMs, triesAt } = length;
	return mostMs < length.ms ? newLength(mostMs, Math.min(failedMs, mostMs), triesAt) : length;
}

/** Returns a length that is not tried to shorten soon, as something else than the length has changed. */
export function keepLength({ provenMs }: WindowLength, now: number): WindowLength {
	return newLength(provenMs, 0, now + provenMs);
}

/** Whether a stated wait is rounded up to a second, as far as one can tell. */
export function isInWholeSeconds(statedMs: number): boolean {
	return statedMs > 0 && statedMs % 1000 === 0;
}
