import type { HttpResponse } from '../http';
import { sleep } from '../sleep';

/** Limits of attempts and waits. */
export interface RetryPolicy {
	/** Attempts per call, the first one included. */
	maxAttempts: number;
	/** Timeout of one request, in milliseconds. */
	timeoutMs: number;
	/** Total time one call may spend waiting between attempts, in milliseconds. */
	maxWaitMs: number;
}

export const DEFAULT_RETRY_POLICY: RetryPolicy = {
	maxAttempts: 5,
	timeoutMs: 60_000,
	maxWaitMs: 300_000,
};

const FIRST_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 30_000;
const JITTER = 0.5;

/**
 * Returns an exponential backoff with jitter: doubles from half a second to half a minute, each
 * plus or minus a half by default. Jitter prevents that clients retry at the same moment.
 *
 * @param attempt the number of failed attempts, from 1
 */
export function backoffMs(
	attempt: number,
	{ firstMs = FIRST_BACKOFF_MS, maxMs = MAX_BACKOFF_MS, jitter = JITTER } = {},
): number {
	return randomized(Math.min(firstMs * 2 ** (attempt - 1), maxMs), jitter);
}

/** Returns a wait that is longer or shorter by up to this share of itself. */
export function randomized(waitMs: number, jitter = JITTER): number {
	return waitMs * (1 - jitter + 2 * jitter * Math.random());
}

/** Returns the milliseconds until the time in a `Retry-After` header, given as seconds or a date. */
export function retryAfterMs(headers: HttpResponse['headers']): number | undefined {
	const value = headers['retry-after']?.trim();
	if (value === undefined || value === '') return undefined;
	if (/^\d+(\.\d+)?$/.test(value)) {
		return Math.min(Number(value) * 1000, Number.MAX_SAFE_INTEGER);
	}
	// Other numbers would be read as years or months.
	const date = /\d:\d/.test(value) ? Date.parse(value) : NaN;
	if (Number.isNaN(date)) return undefined;
	// The shorter wait costs one more rejection if it was wrong.
	const now = Date.now();
	const waits = [date - now, date - serviceNow(headers, now)].filter((wait) => wait > 0);
	return waits.length === 0 ? 0 : Math.min(...waits);
}

/** Smaller differences between clocks are ignored, since a header has whole seconds. */
const MAX_CLOCK_DIFFERENCE_MS = 5_000;

/** Returns the time on the service's clock, in milliseconds since 1970. */
function serviceNow(headers: HttpResponse['headers'], now: number): number {
	const date = Date.parse(headers.date ?? '');
	return Math.abs(date - now) > MAX_CLOCK_DIFFERENCE_MS ? date : now;
}

/** Converts a time of the service, in seconds since 1970, to milliseconds on the clock of this machine. */
export function localTime(seconds: number, headers: HttpResponse['headers']): number {
	const now = Date.now();
	return seconds * 1000 + now - serviceNow(headers, now);
}

/**
 * Waits before the next attempt, at most as long as Max Wait allows for the call in total.
 *
 * @returns the milliseconds waited
 * @throws NodeFailure when cancelled
 */
export async function sleepBeforeRetry(
	{ retryPolicy, signal }: { retryPolicy: RetryPolicy; signal?: AbortSignal },
	pauseMs: number,
	waitedMs: number,
): Promise<number> {
	const allowedMs = Math.min(pauseMs, Math.max(retryPolicy.maxWaitMs - waitedMs, 0));
	await sleep(allowedMs, { signal });
	return allowedMs;
}
