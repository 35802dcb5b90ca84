import { closurePauseMs, rejectAgain } from '../../../nodes/shared/client/closure';
import type { Closure } from '../../../nodes/shared/client/closure';

/** Allows so many requests per second that the pause does not depend on it. */
const QUICK = 1000;

/** Rejections at these times, in milliseconds, each of the request that started last. */
const rejectedAt = (...times: [number, ...number[]]): Closure => {
	const [first, ...others] = times;
	return others.reduce(
		(closure, now, index) => rejectAgain(closure, { number: index + 2, last: index + 2, now }),
		rejectAgain(undefined, { number: 1, last: 1, now: first }),
	);
};

test('the service is tried again after a tenth of a second, and then less often', () => {
	expect(closurePauseMs(rejectedAt(1000), QUICK)).toBe(100);
	expect(closurePauseMs(rejectedAt(1000, 1100), QUICK)).toBe(200);
	expect(closurePauseMs(rejectedAt(1000, 1100, 1300), QUICK)).toBe(400);
	expect(closurePauseMs(rejectedAt(1000, 1100, 1300, 1700), QUICK)).toBe(400);
});

test('the longer it has been closed, the longer it is left alone', () => {
	expect(closurePauseMs(rejectedAt(1000, 11_000), QUICK)).toBe(1500);
	expect(closurePauseMs(rejectedAt(1000, 61_000), QUICK)).toBe(9000);
});

test('the fewer requests it allows, the longer it is left alone', () => {
	expect(closurePauseMs(rejectedAt(1000), 10)).toBe(300);
	expect(closurePauseMs(rejectedAt(1000), 1)).toBe(3000);
});

test('requests that ran at the same time count once', () => {
	const closure = rejectAgain(undefined, { number: 4, last: 9, now: 1000 });
	expect(rejectAgain(closure, { number: 9, last: 9, now: 1250 })).toBe(closure);
	expect(rejectAgain(closure, { number: 10, last: 10, now: 1250 })).toMatchObject({
		rejections: 2,
		since: 1000,
		until: 1250,
	});
});

test('a rejection after a minute without requests begins another closure', () => {
	const closure = rejectedAt(1000, 2000);
	expect(rejectAgain(closure, { number: 3, last: 3, now: 62_001 })).toMatchObject({
		since: 62_001,
		rejections: 1,
	});
	// Or after the clock was set back.
	expect(rejectAgain(closure, { number: 3, last: 3, now: -60_000 }).since).toBe(-60_000);
});
