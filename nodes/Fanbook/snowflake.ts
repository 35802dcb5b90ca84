import { randomInt } from 'node:crypto';

/** Start of Fanbook's ids, 2019-08-08 00:08:08 UTC, in milliseconds since 1970. */
const EPOCH = 1_565_222_888_000n;

/** Makes a new 64-bit id in Fanbook's format: milliseconds since its start, then 22 random bits. */
export function snowflake(now = Date.now()): string {
	return (((BigInt(now) - EPOCH) << 22n) + BigInt(randomInt(2 ** 22))).toString();
}

/** Returns when an id was made, in milliseconds since 1970; 0 if it has another format. */
export function snowflakeTime(id: string): number {
	return /^\d{16,19}$/.test(id) ? Number((BigInt(id) >> 22n) + EPOCH) : 0;
}
