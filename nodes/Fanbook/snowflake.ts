import { randomInt } from 'node:crypto';

/** 2019-08-08 00:08:08 UTC in milliseconds, from which Fanbook counts. */
const EPOCH = 1_565_222_888_000n;

/** A fresh 64-bit id as Fanbook makes them: milliseconds since its epoch, then 22 random bits. */
export function snowflake(now = Date.now()): string {
	return (((BigInt(now) - EPOCH) << 22n) + BigInt(randomInt(2 ** 22))).toString();
}
