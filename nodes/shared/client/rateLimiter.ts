import type { RateLimit } from '../http';
import { cancelledFailure, sleep } from '../sleep';
import { NO_LIMIT, passWithinLimit, rejectWithinLimit, startWithinLimit } from './concurrencyLimit';
import type { ConcurrencyLimit } from './concurrencyLimit';
import { probeDelayMs, addRejection } from './rejectionStreak';
import type { RejectionStreak } from './rejectionStreak';
import {
	allowedPerSecond,
	countPassed,
	countStarted,
	earliestStart,
	initialPace,
	isUnpaced,
	slowDown,
	uncountStart,
	withoutRejections,
	withoutWindow,
} from './pace';
import type { Pace } from './pace';
import type { Rejection } from './rateWindow/windowState';
import { observeRefill } from './refill';
import type { Refill } from './refill';
import { randomized } from './retryPolicy';

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
	/** Rejections that do not say how long to wait, until a later request passes. */
	streak?: RejectionStreak;
	/** Whether a request has passed after such rejections. */
	hasReopened: boolean;
	concurrencyLimit: ConcurrencyLimit;
	/** Number of requests started so far. */
	started: number;
	/** Those whose responses have not come yet. */
	running: number;
	/** The highest number of a request that was let through. */
	lastPassed: number;
	/** Wakes the requests that wait for another one to end, in their order. */
	readonly waiting: Set<() => void>;
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

/** This many estimates are compared, since requests do not reach the service in the order of their start. */
const MAX_ESTIMATES = 16;

/** The pace lets a request start sooner than this, unless the clock was set back. */
const MAX_UNTIL_START_MS = 60_000;

/** How often a rejected request checks whether others get through, or one that waits for a window. */
const RECHECK_MS = 50;

/** After more tries of one request, its own wait holds for all. */
const MAX_QUICK_TRIES = 3;

/** Shorter pauses are not reported; nobody could read them in time. */
const SHORTEST_REPORTED_MS = 500;

/** A request that has started. */
export interface StartedRequest {
	/** Its number among those of its rate limit. */
	number: number;
	/** In milliseconds since 1970. */
	startedAt: number;
	/** How many ran at this moment, itself included. */
	running: number;
	hasEnded: boolean;
}

/** When a rejected request may be sent again. */
export interface Retry {
	/** In milliseconds since 1970. */
	notBefore: number;
	/** The wait until then, in milliseconds. */
	waitMs: number;
	/** The wait ends when a request passes that has a higher number than this. */
	after: number;
}

/**
 * Holds requests back while a service is limiting the rate. All requests of one bucket pause together.
 */
export class RateLimiter {
	/** How long requests were held back so far; waits at the same time count once. */
	waitedMs = 0;
	/** How many requests are held back, and since when any is, in milliseconds since 1970. */
	private heldBack = { count: 0, since: 0 };
	/** When the last reported wait ends, in milliseconds since 1970. */
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
	 * request. Call `release` when it has ended.
	 *
	 * @param retry what `pauseAfterRejection` returned, if the request was rejected before
	 * @throws NodeFailure when the execution is cancelled
	 */
	async acquire(
		name: string,
		{ signal = this.signal, retry }: { signal?: AbortSignal; retry?: Retry } = {},
	): Promise<StartedRequest> {
		const bucket = this.bucket(name);
		for (;;) {
			const wait = this.waitFor(bucket);
			const retryWait = untilRetry(bucket, retry);
			if (wait > 0 || retryWait > 0) {
				const isAlone = bucket.running === 0 && this.heldBack.count === 0;
				this.report(isAlone ? Math.max(wait, retryWait) : wait);
				const isWindow = bucket.pace.window !== undefined;
				const untilRecheck = isWindow ? Math.min(wait, Math.max(wait / 20, RECHECK_MS)) : wait;
				await this.holdBack(Math.max(untilRecheck, Math.min(retryWait, RECHECK_MS)), signal);
				continue;
			}
			const concurrencyLimit = startWithinLimit(
				bucket.concurrencyLimit,
				bucket.running,
				Date.now(),
			);
			if (concurrencyLimit !== undefined) {
				bucket.concurrencyLimit = concurrencyLimit;
				break;
			}
			await oneEnded(bucket, signal);
		}
		const now = Date.now();
		// Otherwise all waiting requests would start at once, before a response reports the new window.
		if (bucket.capacity > 0 && bucket.resetAt <= now) {
			bucket.estimates = [{ requests: bucket.started + bucket.capacity, at: now }];
			bucket.resetAt = now + ASSUMED_WINDOW_MS;
		}
		bucket.pace = countStarted(bucket.pace, now);
		bucket.started += 1;
		bucket.running += 1;
		const { started: number, running } = bucket;
		return { number, startedAt: now, running, hasEnded: false };
	}

	/** Records the end of a request, whatever its outcome. */
	release(name: string, request: StartedRequest): void {
		if (request.hasEnded) return;
		request.hasEnded = true;
		const bucket = this.bucket(name);
		bucket.running -= 1;
		for (const recheck of [...bucket.waiting]) recheck();
	}

	/** Whether it is known how the service limits the rate if it does not say how long to wait. */
	isRateKnown(name: string): boolean {
		const { hasReopened, pace } = this.bucket(name);
		return hasReopened && pace.allowedPerSecond !== undefined;
	}

	/** Records a request that the rate limit let through. */
	countPassed(name: string, request: StartedRequest): void {
		const bucket = this.bucket(name);
		const { number, startedAt } = request;
		if (bucket.streak !== undefined && number > bucket.streak.last) {
			bucket.streak = undefined;
			bucket.hasReopened = true;
		}
		bucket.lastPassed = Math.max(bucket.lastPassed, number);
		bucket.concurrencyLimit = passWithinLimit(bucket.concurrencyLimit, request);
		bucket.pace = countPassed(bucket.pace, { startedAt, now: Date.now() });
	}

	/** Records a request that the rate limit rejected and that is not sent again. */
	countRejected(name: string, { startedAt }: StartedRequest): void {
		const bucket = this.bucket(name);
		bucket.pace = uncountStart(bucket.pace, startedAt);
	}

	/**
	 * Pauses the bucket after a rate limit rejected a request, and slows its pace.
	 *
	 * @param statedMs for how long the service asks to pause, if it does
	 * @param backoffMs how long this request waits if it does not, or if that was too short
	 * @param attempt how often this request was sent
	 */
	pauseAfterRejection(
		name: string,
		request: StartedRequest,
		{ statedMs, backoffMs, attempt }: { statedMs?: number; backoffMs: number; attempt: number },
	): Retry {
		const bucket = this.bucket(name);
		const { number, startedAt, running } = request;
		const now = Date.now();
		const { started: last } = bucket;
		if (statedMs !== undefined) {
			this.pause(bucket, { startedAt, now, pauseMs: statedMs, isStated: true });
			// If the stated wait was too short, others may go first, so that the tries of this one last.
			const waitMs = attempt > 1 ? backoffMs : 0;
			return { notBefore: now + waitMs, waitMs, after: Infinity };
		}
		const { limit: before } = bucket.concurrencyLimit;
		bucket.concurrencyLimit = rejectWithinLimit(bucket.concurrencyLimit, request, { now, last });
		const { limit } = bucket.concurrencyLimit;
		if (limit !== undefined && running > limit.running) {
			bucket.pace = uncountStart(bucket.pace, startedAt);
			const { isRough, window } = bucket.pace;
			const isFirstGuess = isRough && window?.length === undefined;
			if (before === undefined && isFirstGuess) {
				// It was guessed from rejections that had another cause.
				bucket.pace = withoutRejections(bucket.pace, now);
				bucket.pausedUntil = now;
			}
			// One request tries whether that is true; the others go on once a later one is let through.
			const waitMs = before === undefined ? 0 : backoffMs;
			return { notBefore: now + waitMs, waitMs, after: last };
		}
		const streak = addRejection(bucket.streak, { number, last, now });
		bucket.streak = streak;
		const perSecond = allowedPerSecond(bucket.pace, now);
		const pauseMs =
			perSecond === undefined || attempt > MAX_QUICK_TRIES
				? backoffMs
				: Math.min(backoffMs, randomized(probeDelayMs(streak, perSecond)));
		this.pause(bucket, { startedAt, now, pauseMs, isStated: false });
		return { notBefore: now + backoffMs, waitMs: backoffMs, after: last };
	}

	/** Slows the pace of a bucket and pauses it. */
	private pause(bucket: Bucket, rejection: Rejection): void {
		const { now, pauseMs } = rejection;
		bucket.pace = slowDown(bucket.pace, rejection);
		bucket.refill = {};
		bucket.pausedUntil = Math.max(bucket.pausedUntil, now + pauseMs);
	}

	/**
	 * Records the rate limit in a response, so that requests pause before the service has to
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
	 * Whether no bucket is paused or paced, and at least this many calls are left wherever a service
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

	/** Reports a wait if it is long, unless it is a part of one that was reported. */
	private report(waitMs: number): void {
		const now = Date.now();
		const newMs = waitMs - Math.max(this.waitingUntil - now, 0);
		if (newMs <= 0) return;
		this.waitingUntil = now + waitMs;
		if (newMs >= SHORTEST_REPORTED_MS) this.onWait?.(waitMs);
	}

	private async holdBack(waitMs: number, signal: AbortSignal | undefined): Promise<void> {
		const { heldBack } = this;
		if (heldBack.count === 0) heldBack.since = Date.now();
		heldBack.count += 1;
		try {
			await sleep(waitMs, { signal });
		} finally {
			heldBack.count -= 1;
			if (heldBack.count === 0) this.waitedMs += Math.max(Date.now() - heldBack.since, 0);
		}
	}

	/** Returns how long the next request has to wait, in milliseconds. */
	private waitFor(bucket: Bucket): number {
		const { pausedUntil, pace } = bucket;
		const now = Date.now();
		const untilStart = earliestStart(pace, now) - now;
		const waits = [pausedUntil - now, untilAllowed(bucket, now)];
		if (pace.window !== undefined) waits.push(untilStart);
		// Another node may wait for longer than this one.
		const longest = Math.max(...waits.filter((wait) => wait <= this.maxWaitMs));
		const isPaced = pace.window === undefined && untilStart <= MAX_UNTIL_START_MS;
		return Math.max(0, longest, isPaced ? untilStart : 0);
	}

	private bucket(name: string): Bucket {
		let bucket = this.buckets.get(name);
		if (bucket === undefined) {
			bucket = {
				pausedUntil: 0,
				pace: initialPace(Date.now()),
				hasReopened: false,
				concurrencyLimit: NO_LIMIT,
				started: 0,
				running: 0,
				lastPassed: 0,
				waiting: new Set(),
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

/** Returns the milliseconds until a rejected request may be sent again. */
function untilRetry({ lastPassed }: Bucket, retry: Retry | undefined): number {
	if (retry === undefined || lastPassed > retry.after) return 0;
	const wait = retry.notBefore - Date.now();
	// Unless the clock was set back. Such large numbers are rounded.
	return wait <= retry.waitMs + 1 ? wait : 0;
}

/**
 * Waits until a request has ended.
 *
 * @throws NodeFailure when cancelled
 */
async function oneEnded({ waiting }: Bucket, signal: AbortSignal | undefined): Promise<void> {
	if (!signal?.aborted) {
		await new Promise<void>((resolve) => {
			const recheck = () => {
				waiting.delete(recheck);
				signal?.removeEventListener('abort', recheck);
				resolve();
			};
			waiting.add(recheck);
			signal?.addEventListener('abort', recheck);
		});
	}
	if (signal?.aborted) throw cancelledFailure();
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
