import type { RateLimit } from '../http';
import { sleep } from '../sleep';

/** Requests that count against one rate limit. */
interface Bucket {
	pausedUntil: number;
	/** Number of requests started so far. */
	started: number;
	/** How many requests may be started until the reset, by each of the last responses. */
	estimates: number[];
	/** When the service allows all requests again, in milliseconds since 1970. */
	resetAt: number;
	/** The most requests that a window was seen to allow. */
	capacity: number;
}

/** A new window begins when the reset moves by more than this. */
const NEW_WINDOW_MS = 1500;

/** So long a new window is trusted to allow what earlier ones did, unless a response says otherwise. */
const ASSUMED_WINDOW_MS = 2_000;

/** So many estimates are compared, since requests do not reach the service in the order of their start. */
const MAX_ESTIMATES = 16;

/**
 * Holds requests back while a service asks to slow down. All requests of one bucket pause together.
 */
export class RateLimiter {
	private readonly buckets = new Map<string, Bucket>();

	/** @param maxWaitMs a longer pause is not made; the service's own response decides then */
	constructor(
		private readonly maxWaitMs: number,
		private readonly signal?: AbortSignal,
	) {}

	/**
	 * Waits until the bucket's pause is over and the current window has calls left.
	 *
	 * @returns the number of the request, for `update`
	 * @throws NodeFailure when the execution is cancelled
	 */
	async acquire(name: string, signal: AbortSignal | undefined = this.signal): Promise<number> {
		const bucket = this.bucket(name);
		for (;;) {
			const wait = this.waitFor(bucket);
			if (wait <= 0) break;
			await sleep(wait, { signal });
		}
		const now = Date.now();
		// Otherwise all waiting requests would start at once, before a response reports the new window.
		if (bucket.capacity > 0 && bucket.resetAt <= now) {
			bucket.estimates = [bucket.started + bucket.capacity];
			bucket.resetAt = now + ASSUMED_WINDOW_MS;
		}
		bucket.started += 1;
		return bucket.started;
	}

	/** Starts no request of the bucket before the given time, in milliseconds since 1970. */
	pauseUntil(name: string, time: number): void {
		const bucket = this.bucket(name);
		bucket.pausedUntil = Math.max(bucket.pausedUntil, time);
	}

	/**
	 * Takes note of the rate limit in a response, so that requests pause before the service has to
	 * reject one. Requests started before the answered one are part of its count, later ones are not.
	 */
	update(name: string, request: number, limit: RateLimit | undefined): void {
		if (limit === undefined) return;
		const bucket = this.bucket(name);
		if (limit.resetAt < bucket.resetAt - NEW_WINDOW_MS) return;
		if (limit.resetAt > bucket.resetAt + NEW_WINDOW_MS) bucket.estimates = [];
		bucket.estimates = [...bucket.estimates, request + limit.remaining].slice(-MAX_ESTIMATES);
		bucket.resetAt = Math.max(bucket.resetAt, limit.resetAt);
		bucket.capacity = Math.max(bucket.capacity, limit.remaining + 1);
	}

	/**
	 * Whether no bucket is paused, and at least so many calls are left wherever a service reports them.
	 */
	hasSpareCalls(count: number): boolean {
		const now = Date.now();
		return [...this.buckets.values()].every(
			({ pausedUntil, started, estimates, resetAt }) =>
				pausedUntil <= now && (resetAt <= now || Math.min(...estimates) - started >= count),
		);
	}

	/** Returns how long the next request has to wait, in milliseconds. */
	private waitFor({ pausedUntil, started, estimates, resetAt }: Bucket): number {
		const now = Date.now();
		const untilReset = started >= Math.min(...estimates) ? resetAt - now : 0;
		return Math.max(pausedUntil - now, untilReset <= this.maxWaitMs ? untilReset : 0);
	}

	private bucket(name: string): Bucket {
		let bucket = this.buckets.get(name);
		if (bucket === undefined) {
			bucket = { pausedUntil: 0, started: 0, estimates: [], resetAt: 0, capacity: 0 };
			this.buckets.set(name, bucket);
		}
		return bucket;
	}
}
