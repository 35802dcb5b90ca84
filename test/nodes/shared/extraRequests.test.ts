import {
	countExtraPassed,
	countExtraStart,
	nextExtraStart,
	noExtraRequests,
	restTime,
} from '../../../nodes/shared/client/rateWindow/extraRequests';
import { newLength } from '../../../nodes/shared/client/rateWindow/windowLength';

/** A window of 10 s that was used up at 2 s and has room again at 10 s; its length is known precisely. */
const LENGTH = newLength(10_000, 0, Infinity);
const OPENING = { room: 10_000, lastStart: 2000, isInSeconds: false, now: 2000 };

test('an extra request starts when the window has not been used for a twentieth of its length', () => {
	expect(nextExtraStart(noExtraRequests(0), LENGTH, OPENING)).toBe(2500);
	expect(nextExtraStart(noExtraRequests(6000), LENGTH, OPENING)).toBe(6000);
	expect(nextExtraStart(noExtraRequests(0), LENGTH, { ...OPENING, now: 3000 })).toBe(3000);
});

test('none starts shortly before there is room', () => {
	expect(nextExtraStart(noExtraRequests(9499), LENGTH, OPENING)).toBe(9499);
	expect(nextExtraStart(noExtraRequests(9500), LENGTH, OPENING)).toBe(Infinity);
	const passed = countExtraPassed(
		countExtraStart(noExtraRequests(0), { isExtra: true, now: 9400 }),
	);
	const nextAt = (now: number) => nextExtraStart(passed, LENGTH, { ...OPENING, now });
	expect([9499, 9500].map(nextAt)).toEqual([9499, Infinity]);
});

test('none starts before a shorter length has been tried for a whole window', () => {
	const tried = { ...LENGTH, testedAt: 7000 };
	expect(nextExtraStart(noExtraRequests(0), tried, OPENING)).toBe(7000);
});

test('twice as many run at once when all of them have passed', () => {
	const start = { isExtra: true, now: 3000 };
	const next = { ...OPENING, lastStart: 3000, now: 3001 };
	let extra = countExtraStart(noExtraRequests(0), start);
	expect(nextExtraStart(extra, LENGTH, next)).toBe(Infinity);
	extra = countExtraPassed(extra);
	for (let i = 0; i < 2; i++) {
		expect(nextExtraStart(extra, LENGTH, next)).toBe(3001);
		extra = countExtraStart(extra, start);
	}
	expect(nextExtraStart(extra, LENGTH, next)).toBe(Infinity);
	expect(extra).toEqual({ from: 0, atOnce: 2, since: 3000, running: 2, passed: 1 });
});

test('they end with the first request that there is room for', () => {
	const extra = countExtraStart(noExtraRequests(0), { isExtra: true, now: 3000 });
	const ended = countExtraStart(extra, { isExtra: false, now: 10_000 });
	expect(ended).toEqual(noExtraRequests(0));
});

test.each([
	['whole seconds before there is room', LENGTH, 3000],
	[
		'earlier by a quarter of what is not known of the length',
		newLength(10_000, 9000, Infinity),
		2750,
	],
	['at once if there is less than a second', { ...LENGTH, testedAt: 9200 }, 9200],
])('if waits are stated in whole seconds, one starts %s', (_, length, start) => {
	const opening = { ...OPENING, isInSeconds: true };
	expect(nextExtraStart(noExtraRequests(0), length, opening)).toBe(start);
});

test('a timer that is late by more than a little waits for the next second', () => {
	const opening = { ...OPENING, isInSeconds: true };
	const startAt = (now: number) => nextExtraStart(noExtraRequests(0), LENGTH, { ...opening, now });
	expect([3000, 3040, 3060].map(startAt)).toEqual([3000, 3040, 4000]);
});

test('they are rare where few requests are allowed', () => {
	expect([1000, 100, 50, 20, 1].map((size) => restTime(10_000, size))).toEqual([
		10_000, 10_000, 20_000, 50_000, 50_000,
	]);
});
