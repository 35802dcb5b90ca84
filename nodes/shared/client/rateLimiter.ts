import type { RateLimit } from '../http';
import { sleep } from '../sleep';
import {
	countPassed,
	countStarted,
	earliestStart,
	initialPace,
	isUnpaced,
	slowDown,
	withoutWindow,
} from './pace';
import type { Pace } from './pace';
import { observeRefill } from './refill';
import type { Refill } from './refill';

/** How many requests may be started in all, by one response. */
interface Estimate {
	requests: number;
	/** When the response came, in milliseconds since 1970. */
	at: number;
}

/** Requests that count against one rate limit. */
export interface Bucket {
	pausedUntil: number;
	pace: Pace;
	/** Number of requests started so far. */
	started: number;
	/** By each of the last responses. */
	estimates: Estimate[];
	refill: Refill;
	/** When the service allows all requests again, in milliseconds since 1970. */
	resetAt: number;
	/** The most requests that a window was seen to allow. */
	capacity: number;
}

/** A new window begins when the reset moves by more than this. */
const NEW_WINDOW_MS = 1500;

/** How long a new window is assumed to allow what earlier ones did, unless a response states otherwise. */
const ASSUMED_WINDOW_MS = 2_000;

/** So many estimates are compared, since requests do not reach the service in the order of their start. */
const MAX_ESTIMATES = 16;

/** The pace lets a request start sooner than this, unless the clock was set back. */
const MAX_UNTIL_START_MS = 60_000;

/** Shorter pauses are not reported; nobody would have time to read it. */
const SHORTEST_REPORTED_MS = 500;

/**
 * Holds requests back while a service is limiting the rate. All requests of one bucket pause together.
 */
export class RateLimiter {
	/** How long requests were held back so far; waits at the same time count once. */
	waitedMs = 0;
	/** When the last counted wait ends, in milliseconds since 1970. */
	private waitingUntil = 0;

	/**
	 * @param buckets rate limits by name, as far as other nodes know them
	 * @param maxWaitMs a longer pause is not made; the service's own response decides then
	 * @param onWait called once for each pause that a person would notice
	 */
	constructor(
		private readonly buckets: Map<string, Bucket>,
		private readonly maxWaitMs: number,
		private readonly signal?: AbortSignal,
		private readonly onWait?: (waitMs: number) => void,
	) {}

	/**
	 * Waits until the bucket's pause is over, the current window has calls left, and the pace allows a
	 * request.
	 *
	 * @returns the number of the request, for `update`
	 * @throws NodeFailure when the execution is cancelled
	 */
	async acquire(name: string, signal: AbortSignal | undefined = this.signal): Promise<number> {
		const bucket = this.bucket(name);
		for (;;) {
			const wait = this.waitFor(bucket);
			if (wait <= 0) break;
			this.report(wait);
			await sleep(wait, { signal });
		}
		const now = Date.now();
		// Otherwise all waiting requests would start at once, before a response reports the new window.
		if (bucket.capacity > 0 && bucket.resetAt <= now) {
			bucket.estimates = [{ requests: bucket.started + bucket.capacity, at: now }];
			bucket.resetAt = now + ASSUMED_WINDOW_MS;
		}
		bucket.pace = countStarted(bucket.pace, now);
		bucket.started += 1;
		return bucket.started;
	}

	/** Whether the service rejected a request of the bucket before, so that its pace is known. */
	isPaced(name: string): boolean {
		return this.bucket(name).pace.allowedPerSecond !== undefined;
	}

	/** Takes note of a request that the rate limit let through. */
	countPassed(name: string): void {
		const bucket = this.bucket(name);
		bucket.pace = countPassed(bucket.pace, Date.now());
	}

	/**
	 * Pauses the bucket after a rate limit rejected a request, and slows its pace.
	 *
	 * @param startedAt when the request was sent, in milliseconds since 1970
	 * @param isStated whether the service asked for this pause
	 * @returns the milliseconds that it pauses, which are more if the next window is expected to begin later
	 */
	pauseAfterRejection(
		name: string,
		{ startedAt, pauseMs, isStated }: { startedAt: number; pauseMs: number; isStated: boolean },
	): number {
		const bucket = this.bucket(name);
		const now = Date.now();
		bucket.pace = slowDown(bucket.pace, { startedAt, now, pauseMs, isStated });
		bucket.refill = {};
		const expectedMs = bucket.pace.risesFrom - now;
		const waitMs = expectedMs <= this.maxWaitMs ? Math.max(expectedMs, pauseMs) : pauseMs;
		bucket.pausedUntil = Math.max(bucket.pausedUntil, now + waitMs);
		return waitMs;
	}

	/**
	 * Takes note of the rate limit in a response, so that requests pause before the service has to
	 * reject one. Requests started before the answered one are part of its count, later ones are not.
	 */
	update(name: string, request: number, limit: RateLimit | undefined): void {
		if (limit === undefined) return;
		const bucket = this.bucket(name);
		const now = Date.now();
		const { remaining, resetAt } = limit;
		bucket.capacity = Math.max(bucket.capacity, remaining + 1);
		// The headers say more than the rejections do.
		bucket.pace = withoutWindow(bucket.pace);
		const reading = { remaining, resetAt, at: now };
		bucket.refill = observeRefill(bucket.refill, reading, limit.limit ?? bucket.capacity);
		if (bucket.refill.intervalMs === undefined) {
			if (resetAt < bucket.resetAt - NEW_WINDOW_MS) return;
			if (resetAt > bucket.resetAt + NEW_WINDOW_MS) bucket.estimates = [];
			bucket.resetAt = Math.max(bucket.resetAt, resetAt);
		} else {
			bucket.resetAt = resetAt;
		}
		const estimate = { requests: request + remaining, at: now };
		bucket.estimates = [...bucket.estimates, estimate].slice(-MAX_ESTIMATES);
	}

	/**
	 * Whether no bucket is paused or paced, and at least so many calls are left wherever a service
	 * reports them.
	 */
	hasSpareCalls(count: number): boolean {
		const now = Date.now();
		return [...this.buckets.values()].every(
			(bucket) =>
				bucket.pausedUntil <= now &&
				isUnpaced(bucket.pace, now) &&
				(bucket.resetAt <= now || requestsLeft(bucket, now) >= count),
		);
	}

	/** Counts a wait, unless it is a part of one that was counted, and reports it if it is long. */
	private report(waitMs: number): void {
		const now = Date.now();
		const newMs = waitMs - Math.max(this.waitingUntil - now, 0);
		if (newMs <= 0) return;
		this.waitingUntil = now + waitMs;
		this.waitedMs += newMs;
		if (newMs >= SHORTEST_REPORTED_MS) this.onWait?.(waitMs);
	}

	/** Returns how long the next request has to wait, in milliseconds. */
	private waitFor(bucket: Bucket): number {
		const { pausedUntil, pace } = bucket;
		const now = Date.now();
		// Another node may wait for longer than this one.
		const pauses = [pausedUntil - now, untilAllowed(bucket, now)].filter(
			(wait) => wait <= this.maxWaitMs,
		);
		const untilStart = earliestStart(pace, now) - now;
		return Math.max(untilStart <= MAX_UNTIL_START_MS ? untilStart : 0, ...pauses);
	}

	private bucket(name: string): Bucket {
		let bucket = this.buckets.get(name);
		if (bucket === undefined) {
			bucket = {
				pausedUntil: 0,
				pace: initialPace(Date.now()),
				started: 0,
				estimates: [],
				refill: {},
				resetAt: 0,
				capacity: 0,
			};
			this.buckets.set(name, bucket);
		}
		return bucket;
	}
}

/** Returns how many requests may start now; in a token bucket a fraction, as they come back one by one. */
function requestsLeft({ estimates, refill, started }: Bucket, now: number): number {
	const { intervalMs = Infinity } = refill;
	const allowed = estimates.map(
		({ requests, at }) => requests + Math.max(now - at, 0) / intervalMs,
	);
	return Math.min(...allowed) - started;
}

/** Returns the milliseconds until the service allows one more request. */
function untilAllowed(bucket: Bucket, now: number): number {
	const missing = 1 - requestsLeft(bucket, now);
	if (missing <= 0) return 0;
	const untilReset = bucket.resetAt - now;
	const { intervalMs } = bucket.refill;
	return intervalMs === undefined ? untilReset : Math.min(missing * intervalMs, untilReset);
}
