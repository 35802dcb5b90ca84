import type { Clock } from '../core/clock';

/** The epoch of Fanbook's ids, 2019-08-08 00:08:08 UTC. The time is above the lowest 22 bits. */
const EPOCH_MS = 1565222888000n;
const TIME_SHIFT = 22n;

// An odd number in the lowest 7 bits, so that no current id can be represented by a double.
const TAIL = 0x5bn;

/** Returns an id for a time. `sequence` (up to 16,383) separates ids of the same millisecond. */
export function createSnowflake(ms: number, sequence = 0): string {
	const time = BigInt(Math.trunc(ms)) - EPOCH_MS;
	return String((time << TIME_SHIFT) | (BigInt(sequence) << 8n) | TAIL);
}

/** Returns the time of an id in milliseconds since 1970. */
export function getSnowflakeTime(id: string): number {
	return Number((BigInt(id) >> TIME_SHIFT) + EPOCH_MS);
}

/** Returns whether `a` is newer than `b`. */
export function isNewer(a: string, b: string): boolean {
	return a.length === b.length ? a > b : a.length > b.length;
}

/** Compares by id, oldest first. */
export function compareIds(a: { id: string }, b: { id: string }): number {
	if (a.id === b.id) return 0;
	return isNewer(a.id, b.id) ? 1 : -1;
}

/** Generates increasing ids, even if the clock is moved back. */
export class SnowflakeGenerator {
	private lastMs = 0;
	private sequence = 0;

	constructor(private readonly clock: Clock) {}

	next(): string {
		const now = Math.max(this.clock.now(), this.lastMs);
		if (now === this.lastMs) this.sequence += 1;
		else this.sequence = 0;
		this.lastMs = now;
		if (this.sequence > 16_000) {
			this.lastMs += 1;
			this.sequence = 0;
		}
		return createSnowflake(this.lastMs, this.sequence);
	}
}
