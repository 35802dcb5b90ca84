import {
	countPassed,
	countStarted,
	earliestStart,
	initialPace,
	slowDown,
	withoutWindow,
} from '../../../nodes/shared/client/pace';
import type { Pace } from '../../../nodes/shared/client/pace';
import { fixedWindow, simulate, tokenBucket } from '../../support/serviceModels';

/** Starts requests as early as the pace lets them, each of which passes at once. */
function pass(pace: Pace, count: number, from: number): { pace: Pace; now: number } {
	let state = pace;
	let now = from;
	for (let i = 0; i < count; i++) {
		now = Math.max(now, earliestStart(state, now));
		state = countPassed(countStarted(state, now), { startedAt: now, now });
	}
	return { pace: state, now };
}

/** Starts a request as early as the pace lets it, which is rejected at once. */
function reject(
	pace: Pace,
	{ from, pauseMs, isStated = true }: { from: number; pauseMs: number; isStated?: boolean },
): { pace: Pace; now: number } {
	const now = Math.max(from, earliestStart(pace, from));
	const started = countStarted(pace, now);
	return { pace: slowDown(started, { startedAt: now, now, pauseMs, isStated }), now };
}

/** 100 requests passed in the first moments of a window of ten seconds, and one was rejected. */
function closed({ isStated = true, pauseMs = 10_000 } = {}): Pace {
	return reject(pass(initialPace(0), 100, 0).pace, { from: 0, pauseMs, isStated }).pace;
}

test('after a long pause that the service asked for, as many requests start as passed before', () => {
	const { pace, now } = pass(closed(), 100, 10_000);
	expect(now).toBeGreaterThan(10_000);
	expect(now).toBeLessThan(10_600);
	// One more is tried, and the next window is awaited.
	const again = reject(pace, { from: now, pauseMs: 9000 });
	expect(again.now).toBe(now + 500);
	const next = pass(again.pace, 100, again.now + 9000);
	expect(next.now - (again.now + 9000)).toBeCloseTo(now - 10_000);
});

test('at first four start at once, and twice as many after each tenth of a second', () => {
	let pace = closed();
	const starts = Array.from({ length: 28 }, () => {
		const now = Math.max(10_000, earliestStart(pace, 10_000));
		pace = countStarted(pace, now);
		return now - 10_000;
	});
	expect(starts.filter((start) => start === 0)).toHaveLength(4);
	expect(starts.filter((start) => start <= 100)).toHaveLength(5);
	expect(starts.filter((start) => start <= 200)).toHaveLength(13);
	expect(starts[27]).toBeLessThanOrEqual(300);
});

test.each([
	{ name: 'a second', pauseMs: 1000 },
	{ name: 'a small part of the time before it', pauseMs: 2000, before: 10_000 },
])('a pause of $name shows no window', ({ pauseMs, before = 0 }) => {
	const { pace, now } = pass(initialPace(-before), 100, 0);
	const rejected = reject(pace, { from: now, pauseMs });
	expect(rejected.pace.window).toBeUndefined();
	const { now: end } = pass(rejected.pace, 5, rejected.now + pauseMs);
	expect(end).toBeGreaterThan(rejected.now + pauseMs);
});

test('a window that allows more is used further', () => {
	const first = pass(closed(), 100, 10_000);
	// A request beyond the known size passes, and 4 more; another one, and 12 more; and so on.
	expect(pass(first.pace, 5, first.now).now - first.now).toBe(500);
	expect(pass(first.pace, 18, first.now).now - first.now).toBe(1000);
	expect(pass(first.pace, 57, first.now).now - first.now).toBe(1500);
});

test('a service that rejects requests before as many have passed has no windows', () => {
	const { pace, now } = pass(closed(), 20, 10_000);
	const rejected = reject(pace, { from: now, pauseMs: 5000 });
	expect(rejected.pace).toMatchObject({ hasNoWindow: true, window: undefined });
	// It is not asked again for as many at once, however long the next pause is.
	const even = pass(rejected.pace, 30, rejected.now + 5000);
	const again = reject(even.pace, { from: even.now, pauseMs: 8000 });
	expect(again.pace.window).toBeUndefined();
});

test('responses that show afterwards how few passed end the window', () => {
	let pace = closed();
	// All start before the first response.
	for (let i = 0; i < 100; i++) pace = countStarted(pace, 10_000);
	for (let i = 0; i < 30; i++) pace = countPassed(pace, { startedAt: 10_000, now: 10_100 });
	pace = reject(pace, { from: 10_100, pauseMs: 9000 }).pace;
	expect(pace.window).toBeDefined();
	expect(countStarted(pace, 19_100)).toMatchObject({ hasNoWindow: true, window: undefined });
});

test('rejections that come sooner than the responses to other requests end the window', () => {
	let pace = closed();
	for (let i = 0; i < 20; i++) pace = countStarted(pace, 10_200);
	pace = slowDown(pace, { startedAt: 10_200, now: 10_220, pauseMs: 1000, isStated: true });
	expect(pace).toMatchObject({ hasNoWindow: true, window: undefined });
});

test('a window that opens a little later than stated keeps its size', () => {
	const early = reject(closed(), { from: 10_000, pauseMs: 1000 });
	const { pace, now } = pass(early.pace, 100, 11_000);
	expect(now).toBeLessThan(11_600);
	expect(pace.window).toMatchObject({ size: 100, started: 100 });
});

test('after a time without requests a new window is assumed', () => {
	const used = pass(closed(), 100, 10_000);
	const late = 20_000;
	// In the used window one more would have to wait.
	const tried = countStarted(used.pace, late - 1);
	expect(earliestStart(tried, late - 1)).toBe(late + 499);
	const { pace, now } = pass(tried, 100, late);
	expect(now - late).toBeLessThan(600);
	expect(pace).toMatchObject({ passed: 100, countedSince: late });
});

test('headers end the window, as they say more', () => {
	expect(withoutWindow(closed())).toMatchObject({ window: undefined, hasNoWindow: true });
});

describe('a service that does not say how long to wait', () => {
	test('is tried by one request at a time while it rejects', () => {
		const pace = closed({ isStated: false, pauseMs: 1000 });
		const tried = countStarted(pace, 1000);
		expect(earliestStart(tried, 1000)).toBe(1500);
	});

	test('has no window if the next request passes', () => {
		const { pace } = pass(closed({ isStated: false, pauseMs: 1000 }), 1, 1000);
		expect(pace).toMatchObject({ window: undefined, hasNoWindow: false });
	});

	test('may have one although a request from before the rejection passes late', () => {
		const pace = closed({ isStated: false, pauseMs: 100 });
		// Whether its response comes during the pause or after it.
		for (const now of [50, 150]) {
			const late = countPassed(countStarted(pace, 100), { startedAt: -1, now });
			expect(late.window).toMatchObject({ isOpen: false });
			expect(late.passed).toBe(101);
		}
	});

	test('has one if it rejects for long, whose length is known then', () => {
		let pace = closed({ isStated: false, pauseMs: 1000 });
		pace = reject(pace, { from: 1000, pauseMs: 3000, isStated: false }).pace;
		pace = reject(pace, { from: 4000, pauseMs: 6000, isStated: false }).pace;
		const { pace: open, now } = pass(pace, 100, 10_000);
		expect(open.window).toMatchObject({ lengthMs: 10_000, size: 100 });
		// The next window is tried shortly before its end.
		const next = reject(open, { from: now, pauseMs: 500, isStated: false });
		expect(next.pace.risesFrom).toBe(10_000 + 9000);
		// It is open already, so it is shorter than it seemed.
		expect(pass(next.pace, 1, 19_000).pace.window).toMatchObject({ lengthMs: 9000 });
	});
});

test.each([100, 250])('windows of %d requests are used fully, with few rejections', (size) => {
	const run = simulate(fixedWindow(size, 6000, { isWhole: true, latencyMs: 50 }), 90);
	expect(run.share(3, 90)).toBeGreaterThan(0.95);
	// The burst before the first rejection, and one per window.
	expect(run.rejected).toBeLessThan(0.03);
});

test('a bucket is not taken for a window', () => {
	const run = simulate(
		tokenBucket(() => 33, 200, { isWhole: true, latencyMs: 50 }),
		90,
	);
	expect(run.share(3, 90)).toBeGreaterThan(0.95);
	expect(run.rejected).toBeLessThan(0.03);
});
