import { probeDelayMs, addRejection } from '../../../nodes/shared/client/rejectionStreak';
import type { RejectionStreak } from '../../../nodes/shared/client/rejectionStreak';

/** Allows so many requests per second that the pause does not depend on it. */
const QUICK = 1000;

/** Rejections at these times, in milliseconds, each of the request that started last. */
const rejectedAt = (...times: [number, ...number[]]): RejectionStreak => {
	const [first, ...others] = times;
	return others.reduce(
		(streak, now, index) => addRejection(streak, { number: index + 2, last: index + 2, now }),
		addRejection(undefined, { number: 1, last: 1, now: first }),
	);
};

test('the service is tried again after a tenth of a second, and then less often', () => {
	expect(probeDelayMs(rejectedAt(1000), QUICK)).toBe(100);
	expect(probeDelayMs(rejectedAt(1000, 1100), QUICK)).toBe(200);
	expect(probeDelayMs(rejectedAt(1000, 1100, 1300), QUICK)).toBe(400);
	expect(probeDelayMs(rejectedAt(1000, 1100, 1300, 1700), QUICK)).toBe(400);
});

test('the longer it has been closed, the longer it is left alone', () => {
	expect(probeDelayMs(rejectedAt(1000, 11_000), QUICK)).toBe(1500);
	expect(probeDelayMs(rejectedAt(1000, 61_000), QUICK)).toBe(9000);
});

test('the fewer requests it allows, the longer it is left alone', () => {
	expect(probeDelayMs(rejectedAt(1000), 10)).toBe(300);
	expect(probeDelayMs(rejectedAt(1000), 1)).toBe(3000);
});

test('requests that ran at the same time count once', () => {
	const streak = addRejection(undefined, { number: 4, last: 9, now: 1000 });
	expect(addRejection(streak, { number: 9, last: 9, now: 1250 })).toBe(streak);
	expect(addRejection(streak, { number: 10, last: 10, now: 1250 })).toMatchObject({
		rejections: 2,
		since: 1000,
		until: 1250,
	});
});

test('a rejection after a minute without requests begins another streak', () => {
	const streak = rejectedAt(1000, 2000);
	expect(addRejection(streak, { number: 3, last: 3, now: 62_001 })).toMatchObject({
		since: 62_001,
		rejections: 1,
	});
	// Or after the clock was set back.
	expect(addRejection(streak, { number: 3, last: 3, now: -60_000 }).since).toBe(-60_000);
});
