import {
	countPassed,
	countStarted,
	earliestStart,
	initialPace,
	slowDown,
	uncountStart,
	withoutRejections,
	withoutWindow,
} from '../../../nodes/shared/client/pace';
import type { Pace } from '../../../nodes/shared/client/pace';
import { fixedWindow, simulate, slidingWindow, tokenBucket } from '../../support/serviceModels';

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

/** 100 requests passed from 0 to 990 ms, and one was rejected a second later. */
function closed({ isStated = true, pauseMs = 8111 } = {}): Pace {
	let pace = initialPace(0);
	for (let i = 0; i < 100; i++) pace = pass(pace, 1, i * 10).pace;
	return reject(pace, { from: 2000, pauseMs, isStated }).pace;
}

/** The same, and the window of 10.111 s is open since 10.111 s, and used up. */
function used(): { pace: Pace; now: number } {
	return pass(closed(), 100, 10_111);
}

describe('a service that says how long to wait', () => {
	test('has a window if the wait is long: its length and what it allows are known', () => {
		const { pace, now } = used();
		expect(pace.window).toMatchObject({ size: 100, length: { ms: 10_111 } });
		expect(now).toBeGreaterThan(10_111);
		expect(now).toBeLessThan(10_111 + 600);
	});

	test('has one that slides if requests are rejected that came sooner than those before', () => {
		let { pace, now } = pass(closed(), 44, 10_111);
		expect(now).toBe(10_111 + 300);
		({ pace, now } = reject(pace, { from: now, pauseMs: 85 }));
		expect(pace.window).toMatchObject({ isSliding: true, size: 100, length: { ms: 10_111 } });
		({ pace, now } = pass(pace, 56, now + 85));
		// Each starts when one of the window before no longer counts, or a slot later.
		expect(now).toBeGreaterThan(10_111 + 980);
		expect(now).toBeLessThan(10_111 + 1040);
		expect(pace.window?.unexpected).toBeUndefined();
	});

	test.each([
		{ name: 'a second', pauseMs: 1000, gapMs: 0 },
		{ name: 'a small part of the time before it', pauseMs: 2000, gapMs: 100 },
	])('shows none by a wait of $name', ({ pauseMs, gapMs }) => {
		let pace = initialPace(0);
		for (let i = 0; i < 100; i++) pace = pass(pace, 1, i * gapMs).pace;
		const rejected = reject(pace, { from: 100 * gapMs, pauseMs });
		expect(rejected.pace.window).toBeUndefined();
		const { now: end } = pass(rejected.pace, 5, rejected.now + pauseMs);
		expect(end).toBeGreaterThan(rejected.now + pauseMs);
	});

	test('does not count requests that were rejected at the same time', () => {
		let pace = initialPace(0);
		for (let i = 0; i < 110; i++) pace = countStarted(pace, i);
		for (let i = 0; i < 100; i++) pace = countPassed(pace, { startedAt: i, now: 200 });
		for (let i = 100; i < 110; i++) {
			const rejection = { startedAt: i, now: 200 + i, pauseMs: 5000, isStated: true };
			pace = slowDown(pace, rejection);
		}
		expect(countStarted(pace, 6000).window).toMatchObject({ size: 100 });
	});

	test('nor those whose rejections come after the first of the next requests', () => {
		let pace = closed();
		pace = countStarted(pace, 10_111);
		pace = slowDown(pace, { startedAt: 990, now: 10_200, pauseMs: 1, isStated: true });
		expect(pace.window).toMatchObject({ size: 99 });
	});
});

describe('a service that does not say how long to wait', () => {
	const silent = (pauseMs: number) => ({ pauseMs, isStated: false });

	test('is tried by one request at a time while it rejects', () => {
		const pace = closed(silent(1000));
		expect(earliestStart(pace, 3000)).toBe(3000);
		expect(earliestStart(countStarted(pace, 3000), 3000)).toBe(3500);
	});

	test('has no window if the next request passes', () => {
		const { pace } = pass(closed(silent(1000)), 1, 3000);
		expect(pace).toMatchObject({ window: undefined, hasNoWindow: false });
	});

	test('may have one although a request from before the rejection passes late', () => {
		const pace = closed(silent(100));
		// Whether its response comes during the pause or after it.
		for (const now of [2050, 2150]) {
			const late = countPassed(countStarted(pace, 2100), { startedAt: 1999, now });
			expect(late.window).toMatchObject({ length: undefined });
			expect(late.passed).toBe(101);
		}
	});

	test('has one if it rejects for long, whose length is between two requests', () => {
		let { pace } = reject(closed(silent(1000)), { from: 3000, ...silent(3000) });
		({ pace } = reject(pace, { from: 9000, ...silent(1000) }));
		({ pace } = pass(pace, 1, 10_000));
		const length = { ms: 10_000, failedMs: 9000 };
		expect(pace.window).toMatchObject({ size: 100, length });
		// One more is rejected, and the next window is tried in the middle.
		({ pace } = pass(pace, 99, 10_000));
		({ pace } = reject(pace, { from: 12_000, ...silent(100) }));
		const { now } = pass(pace, 1, 15_000);
		expect(now).toBeGreaterThanOrEqual(10_000 + 9500);
		expect(now).toBeLessThan(10_000 + 9600);
	});

	test('is tried by one request at a time after a rejection that was not expected', () => {
		let { pace } = used();
		({ pace } = reject(pace, { from: 20_250, ...silent(100) }));
		expect(pace.window).toMatchObject({ unexpected: { startedAt: 20_250 } });
		({ pace } = reject(pace, { from: 20_350, ...silent(200) }));
		expect(earliestStart(countStarted(pace, 20_550), 20_550)).toBe(21_050);
		// One passes, so the window is half a second longer than it seemed.
		({ pace } = pass(pace, 1, 20_611));
		expect(pace.window).toMatchObject({ unexpected: undefined, length: { ms: 10_491 } });
	});

	test('allows fewer requests if it rejects for long although there seemed to be room', () => {
		let { pace } = pass(used().pace, 60, 20_250);
		for (let from = 21_400; from < 23_000; from += 500) {
			({ pace } = reject(pace, { from, ...silent(100) }));
		}
		expect(pace.window).toMatchObject({ size: 60, length: { ms: 10_111 } });
	});
});

test('after a gap four requests may start, and twice as many in each tenth of a second', () => {
	// 100 requests that started at once.
	let { pace } = pass(initialPace(0), 100, 0);
	({ pace } = reject(pace, { from: 0, pauseMs: 10_111 }));
	let now = 11_000;
	const starts = Array.from({ length: 60 }, () => {
		now = Math.max(now, earliestStart(pace, now));
		pace = countStarted(pace, now);
		return now - 11_000;
	});
	const startedBy = (ms: number) => starts.filter((start) => start <= ms).length;
	expect([0, 99, 100, 199, 200, 299, 300].map(startedBy)).toEqual([4, 4, 12, 12, 28, 28, 60]);
});

describe('a window that may allow more', () => {
	test('is tried by one request, and by twice as many once those have passed', () => {
		const { pace, now } = used();
		let state = pace;
		const running: number[] = [];
		for (let round = 0; round < 4; round++) {
			const end = now + 800 + 300 * round;
			const starts: number[] = [];
			for (let start = end - 200; ;) {
				start = Math.max(start, earliestStart(state, start));
				if (start > end) break;
				state = countStarted(state, start);
				starts.push(start);
			}
			running.push(starts.length);
			for (const startedAt of starts)
				state = countPassed(state, { startedAt, now: startedAt + 50 });
		}
		expect(running).toEqual([1, 2, 4, 8]);
		expect(state.window).toMatchObject({ size: 115 });
	});

	test('is tried again after a window if that request is rejected', () => {
		const { pace, now } = used();
		const extra = reject(pace, { from: now, pauseMs: 9000 });
		// After a twentieth of the window without requests.
		expect(extra.now).toBeCloseTo(now + 505.55);
		expect(extra.pace.window).toMatchObject({ size: 100 });
		expect(extra.pace.window?.unexpected).toBeUndefined();
		const next = pass(extra.pace, 100, 20_222);
		expect(earliestStart(next.pace, next.now)).toBeGreaterThan(extra.now + 10_111);
	});

	test('is tried more rarely if it is small, or if the service asks to wait for longer', () => {
		let pace = initialPace(0);
		for (let i = 0; i < 10; i++) pace = pass(pace, 1, i * 10).pace;
		({ pace } = reject(pace, { from: 100, pauseMs: 4911 }));
		const { pace: full, now } = pass(pace, 10, 5011);
		const small = reject(full, { from: now, pauseMs: 4500 });
		expect(small.pace.window?.extra.from).toBe(small.now + 5 * 5011);
		const { extra } = reject(full, { from: now, pauseMs: 7000 }).pace.window ?? {};
		expect(extra?.from).toBeGreaterThan(now + 5 * 5011 + 5000);
	});
});

test('a service that rejects requests again and again after few have passed has no window', () => {
	let { pace } = used();
	for (let now = 22_000; now < 30_000; now += 1000) {
		({ pace } = reject(pass(pace, 3, now).pace, { from: now + 500, pauseMs: 401 }));
	}
	expect(pace).toMatchObject({ hasNoWindow: true, window: undefined });
	expect(pace.allowedPerSecond).toBeGreaterThan(0);
	expect(pace.allowedPerSecond).toBeLessThan(10);
	// Requests start evenly then, and the next long pause shows no window.
	const even = pass(pace, 30, 31_000);
	expect(even.now).toBeGreaterThan(32_000);
	expect(reject(even.pace, { from: even.now, pauseMs: 8111 }).pace.window).toBeUndefined();
});

test('headers end the window, as they say more', () => {
	expect(withoutWindow(closed())).toMatchObject({ window: undefined, hasNoWindow: true });
});

test('a request that another limit rejected does not count', () => {
	const { pace } = used();
	expect(earliestStart(uncountStart(pace, 10_111), 11_500)).toBe(11_500);
	// Before the first rejection, too; nor are the requests forgotten with the rejections.
	const first = pass(initialPace(0), 100, 0).pace;
	const rejected = slowDown(uncountStart(first, 0), {
		startedAt: 10,
		now: 20,
		pauseMs: 100,
		isStated: false,
	});
	const forgotten = withoutRejections(rejected, 30);
	expect(forgotten.window).toBeUndefined();
	expect(forgotten.starts.slots).toEqual([{ end: 20, requests: 98 }]);
});

test('a wait that is far too short for a window does not shorten it', () => {
	const { pace, now } = used();
	for (const pauseMs of [0, 1000]) {
		const rejected = reject(pace, { from: now, pauseMs });
		expect(rejected.pace.window).toMatchObject({ size: 100, length: { ms: 10_111, failedMs: 0 } });
		expect(earliestStart(rejected.pace, rejected.now + 1000)).toBeGreaterThan(20_000);
	}
});

test('after the clock is set back, requests are counted again', () => {
	const { pace, now } = used();
	const before = now - 3_600_000;
	const again = pass(pace, 100, before);
	expect(again.pace.window).toMatchObject({ size: 100, openedAt: before });
	expect(again.now).toBeLessThan(before + 600);
	expect(earliestStart(again.pace, again.now)).toBeGreaterThan(before + 500);
});

test('a clock that is set back holds no request back', () => {
	const { pace, now } = used();
	const start = earliestStart(pace, now - 3_600_000);
	expect(start).toBe(now - 3_600_000);
	const silent = closed({ isStated: false, pauseMs: 1000 });
	const tried = countStarted(silent, 3000);
	expect(earliestStart(tried, 3000 - 3_600_000)).toBe(3000 - 3_600_000);
});

test.each([
	{ name: 'fixed windows', create: fixedWindow },
	{ name: 'sliding windows', create: slidingWindow },
])('$name of different sizes are used, with few rejections', ({ create }) => {
	for (const size of [100, 250]) {
		const run = simulate(create(size, 6000, { latencyMs: 50 }), 90);
		expect(run.averageShare()).toBeGreaterThan(0.95);
		// The burst before the first rejection, and one per window.
		expect(run.rejected).toBeLessThan(0.03);
	}
});

test.each([
	{ from: 200, to: 80, least: 0.9 },
	{ from: 200, to: 600, least: 0.8 },
])('a window that allows $to requests instead of $from is noticed', ({ from, to, least }) => {
	for (const create of [fixedWindow, slidingWindow]) {
		const models = [from, to].map((size) => create(size, 6000, { saysWhen: false }));
		const at = (now: number) => {
			const model = models[now < 30_000 ? 0 : 1];
			if (model === undefined) throw new Error('There is no model');
			return model;
		};
		const run = simulate(
			{
				allowed: (now) => at(now).allowed(now),
				respond: (now, running) => at(now).respond(now, running),
			},
			120,
		);
		expect(run.averageShare()).toBeGreaterThan(least);
		expect(run.rejected).toBeLessThan(0.12);
	}
});

test.each([
	{ name: 'states exact waits', options: {} },
	{ name: 'states waits in whole seconds', options: { isWhole: true } },
	{ name: 'states no waits', options: { saysWhen: false } },
])('windows that began before the first request are used if the service $name', ({ options }) => {
	for (const beforeMs of [1000, 2000, 3000, 4000, 5000]) {
		const model = fixedWindow(200, 6000, { latencyMs: 50, ...options });
		const run = simulate(
			{
				allowed: model.allowed,
				respond: (now, running) => model.respond(now + beforeMs, running),
			},
			90,
			{ seed: beforeMs },
		);
		expect(run.averageShare()).toBeGreaterThan(0.94);
		expect(run.rejected).toBeLessThan(0.03);
	}
});

test('requests that reach the service at different times do not end the window', () => {
	for (const create of [fixedWindow, slidingWindow]) {
		const model = create(200, 6000);
		let count = 0;
		const run = simulate(
			{
				allowed: model.allowed,
				respond: (now, running) => model.respond(now + ((count++ * 37) % 100), running),
			},
			90,
		);
		expect(run.averageShare()).toBeGreaterThan(0.93);
		expect(run.rejected).toBeLessThan(0.03);
	}
});

test('a bucket is not taken for a window', () => {
	const run = simulate(
		tokenBucket(() => 33, 200, { isWhole: true, latencyMs: 50 }),
		90,
	);
	expect(run.share(3, 90)).toBeGreaterThan(0.95);
	expect(run.rejected).toBeLessThan(0.03);
});
