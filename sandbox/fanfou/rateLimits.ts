import type { Clock } from '../core/clock';

const HOUR = 3_600_000;

export interface Allowance {
	remaining: number;
	/** Milliseconds since 1970. */
	resetAt: number;
}

/** Counts requests per user and clock hour. */
export class RateLimits {
	private readonly used = new Map<string, { hour: number; calls: number }>();

	constructor(private readonly clock: Clock) {}

	/** Returns how much of `limit` is left in this hour. */
	getAllowance(userId: string, limit: number): Allowance {
		const hour = Math.floor(this.clock.now() / HOUR);
		const used = this.used.get(userId);
		const calls = used?.hour === hour ? used.calls : 0;
		return { remaining: Math.max(limit - calls, 0), resetAt: (hour + 1) * HOUR };
	}

	/** Counts one request. Returns false if none was left. */
	consume(userId: string, limit: number): boolean {
		const { remaining } = this.getAllowance(userId, limit);
		if (remaining === 0) return false;
		const hour = Math.floor(this.clock.now() / HOUR);
		this.used.set(userId, { hour, calls: limit - remaining + 1 });
		return true;
	}
}
