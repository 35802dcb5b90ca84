import type { FanvueSettings } from './settings';

interface Bucket {
	tokens: number;
	at: number;
}

/** A token bucket with its capacity. */
export interface BucketName {
	key: string;
	size: number;
}

/** Rate limiter with one token bucket per key. */
export class RateLimiter {
	private readonly buckets = new Map<string, Bucket>();

	constructor(
		private readonly now: () => number,
		private readonly settings: () => FanvueSettings['rateLimit'],
	) {}

	/**
	 * Takes one token from a bucket.
	 * @returns 0 if the request is allowed, otherwise the whole seconds to wait
	 */
	acquire(name: BucketName): number {
		const bucket = this.fill(name);
		if (bucket.tokens >= 1) {
			bucket.tokens -= 1;
			return 0;
		}
		const { refillMs } = this.settings();
		return Math.max(1, Math.ceil(((1 - bucket.tokens) * refillMs) / name.size / 1000));
	}

	/** Returns the X-RateLimit headers. Reset is the time when the bucket is full, in Unix seconds. */
	headers(name: BucketName): Record<string, string> {
		const { size } = name;
		const { refillMs } = this.settings();
		const bucket = this.fill(name);
		const fullAt = this.now() + ((size - bucket.tokens) * refillMs) / size;
		return {
			'x-ratelimit-limit': String(size),
			'x-ratelimit-remaining': String(Math.floor(bucket.tokens)),
			'x-ratelimit-reset': String(Math.ceil(fullAt / 1000)),
		};
	}

	reset(): void {
		this.buckets.clear();
	}

	private fill({ key, size }: BucketName): Bucket {
		const { refillMs } = this.settings();
		const now = this.now();
		const bucket = this.buckets.get(key) ?? { tokens: size, at: now };
		// A clock that was set back does not change the number of tokens.
		const gained = (Math.max(0, now - bucket.at) * size) / refillMs;
		const filled = { tokens: Math.min(size, bucket.tokens + gained), at: now };
		this.buckets.set(key, filled);
		return filled;
	}
}
