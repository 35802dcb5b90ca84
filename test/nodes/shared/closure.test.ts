import { closurePauseMs, rejectAgain } from '../../../nodes/shared/client/closure';
import type { Closure } from '../../../nodes/shared/client/closure';

/** Rejections at these times, in milliseconds, each of a request that had just been sent. */
const rejectedAt = (...times: [number, ...number[]]): Closure => {
	const [first, ...others] = times;
	return others.reduce(
		(closure, now) => rejectAgain(closure, { startedAt: now - 1, now }),
		rejectAgain(undefined, { startedAt: first - 1, now: first }),
	);
};

test('the service is tried again after a tenth of a second, and then less often', () => {
	expect(closurePauseMs(rejectedAt(1000))).toBe(100);
	expect(closurePauseMs(rejectedAt(1000, 1100))).toBe(200);
	expect(closurePauseMs(rejectedAt(1000, 1100, 1300))).toBe(400);
	expect(closurePauseMs(rejectedAt(1000, 1100, 1300, 1700))).toBe(400);
});

test('the longer it has been closed, the longer it is left alone', () => {
	expect(closurePauseMs(rejectedAt(1000, 11_000))).toBe(1500);
	expect(closurePauseMs(rejectedAt(1000, 61_000))).toBe(9000);
});

test('requests that ran at the same time count once', () => {
	const closure = rejectedAt(1000, 1100);
	expect(rejectAgain(closure, { startedAt: 1050, now: 1250 })).toBe(closure);
});
