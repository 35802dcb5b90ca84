import fc from 'fast-check';
import {
	addStart,
	countSince,
	EMPTY_LOG,
	lastStarts,
	removeStart,
	roomFrom,
} from '../../../nodes/shared/client/rateWindow/startLog';
import type { StartLog } from '../../../nodes/shared/client/rateWindow/startLog';

const logOf = (times: number[], keptMs?: number): StartLog =>
	times.reduce((log, time) => addStart(log, time, keptMs), EMPTY_LOG);

test('requests of one slot are counted together, until its end', () => {
	const log = logOf([1000, 1005, 1019, 1020]);
	expect(log.slots).toEqual([
		{ end: 1020, requests: 3 },
		{ end: 1040, requests: 1 },
	]);
	expect(log).toMatchObject({ first: 1000, last: 1020 });
	expect(countSince(log, 1019)).toBe(4);
	expect(countSince(log, 1020)).toBe(1);
	expect(countSince(log, 1040)).toBe(0);
});

test('slots become longer instead of many, and no request is lost', () => {
	const log = logOf(Array.from({ length: 1000 }, (_, index) => index * 100));
	expect(log.slots.length).toBeLessThanOrEqual(64);
	expect(countSince(log, -Infinity)).toBe(1000);
	expect(log.slotMs).toBe(2560);
});

test('requests that are older than those kept are dropped', () => {
	expect(logOf([0, 1000, 2000], 1500).slots).toEqual([
		{ end: 1020, requests: 1 },
		{ end: 2020, requests: 1 },
	]);
});

test('a rejected request is removed', () => {
	const log = removeStart(logOf([0, 5, 30]), 5);
	expect(log.slots).toEqual([
		{ end: 20, requests: 1 },
		{ end: 40, requests: 1 },
	]);
	expect(removeStart(log, 1000)).toEqual(log);
	expect(countSince(removeStart(removeStart(log, 30), 30), 20)).toBe(0);
});

test('it begins anew if the clock is set back', () => {
	const log = addStart(logOf([3_600_000, 3_600_100]), 1000);
	expect(log.slots).toEqual([{ end: 1020, requests: 1 }]);
	expect(log).toMatchObject({ first: 1000, last: 1000 });
});

test('the last but so many requests are found', () => {
	const log = logOf([0, 1, 30, 50]);
	expect([1, 2, 3, 4, 5].map((count) => lastStarts(log, count))).toEqual([
		60,
		40,
		20,
		20,
		undefined,
	]);
});

test('there is room once enough requests no longer count', () => {
	const log = logOf([0, 1, 30, 50]);
	expect(roomFrom(log, 5, -940, 1000, 60)).toBe(60);
	expect(roomFrom(log, 4, -940, 1000, 60)).toBe(1020);
	expect(roomFrom(log, 3, -940, 1000, 60)).toBe(1020);
	expect(roomFrom(log, 2, -940, 1000, 60)).toBe(1040);
	expect(roomFrom(log, 2, 30, 1000, 1030)).toBe(1040);
	expect(roomFrom(log, 2, 40, 1000, 1040)).toBe(1040);
});

/** When one of so many requests within a span may start, worked out from all their times. */
function exactRoom(times: number[], size: number, spanMs: number, now: number): number {
	const oldest = times.filter((time) => time > now - spanMs).at(-size);
	return oldest === undefined ? now : Math.max(now, oldest + spanMs);
}

test('it allows nothing sooner than the times of the requests do, and at most a slot later', () => {
	const gaps = fc.array(fc.nat({ max: 300 }), { minLength: 1, maxLength: 400 });
	const sizes = fc.integer({ min: 1, max: 100 });
	const spans = fc.integer({ min: 500, max: 60_000 });
	fc.assert(
		fc.property(gaps, sizes, spans, fc.nat({ max: 5000 }), (between, size, spanMs, later) => {
			const times: number[] = [];
			for (const gap of between) times.push((times.at(-1) ?? 0) + gap);
			const now = (times.at(-1) ?? 0) + later;
			const log = logOf(times, spanMs * 1.5);
			const room = roomFrom(log, size, now - spanMs, spanMs, now);
			const exact = exactRoom(times, size, spanMs, now);
			expect(room).toBeGreaterThanOrEqual(exact);
			expect(room).toBeLessThanOrEqual(exact + log.slotMs);
		}),
	);
});
