import type { RateLimit } from '../http';
import { sleep } from '../sleep';

/** Requests that count against one rate limit. */
interface Bucket {
	pausedUntil: number;
	inFlight: number;
}

/**
 * Holds requests back while a service asks to slow down. All requests of one bucket pause together.
 */
export class RateLimiter {
	private readonly buckets = new Map<string, Bucket>();

	constructor(private readonly signal?: AbortSignal) {}

	/**
	 * Waits until the bucket's pause is over, then counts the request as in flight until `release`.
	 *
	 * @throws NodeFailure when the execution is cancelled
	 */
	async acquire(name: string): Promise<void> {
		const bucket = this.bucket(name);
		while (bucket.pausedUntil > Date.now()) {
			await sleep(bucket.pausedUntil - Date.now(), { signal: this.signal });
		}
		bucket.inFlight += 1;
	}

	release(name: string): void {
		this.bucket(name).inFlight -= 1;
	}

	/** Starts no request of the bucket before the given time, in milliseconds since 1970. */
	pauseUntil(name: string, time: number): void {
		const bucket = this.bucket(name);
		bucket.pausedUntil = Math.max(bucket.pausedUntil, time);
	}

	/**
	 * Pauses before the service has to reject requests: when no more calls are left than are in
	 * flight, until the window ends.
	 *
	 * @param maxWaitMs a longer pause is not made; the service's own response decides then
	 */
	throttle(name: string, limit: RateLimit | undefined, maxWaitMs: number): void {
		if (limit === undefined || limit.remaining > this.bucket(name).inFlight) return;
		const pause = limit.resetAt - Date.now();
		if (pause > 0 && pause <= maxWaitMs) this.pauseUntil(name, limit.resetAt);
	}

	private bucket(name: string): Bucket {
		let bucket = this.buckets.get(name);
		if (bucket === undefined) this.buckets.set(name, (bucket = { pausedUntil: 0, inFlight: 0 }));
		return bucket;
	}
}
