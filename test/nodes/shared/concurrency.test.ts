import {
	INITIAL_CONCURRENCY,
	adaptConcurrency,
	startOperation,
} from '../../../nodes/shared/client/concurrency';
import type { Concurrency, CountedSample } from '../../../nodes/shared/client/concurrency';
import {
	countPassed,
	initialPace,
	ratePerSecond,
	slowDown,
	withoutRejections,
} from '../../../nodes/shared/client/pace';
import {
	MAX_CONCURRENCY,
	MODELS,
	concurrencyLimited,
	congested,
	fixedWindow,
	flapping,
	noisy,
	queueing,
	simulate,
	slidingWindow,
	tokenBucket,
	unlimited,
} from '../../support/serviceModels';
import type { Point } from '../../support/serviceModels';

/** Length of a simulated run, in seconds. */
const RUN = 90;
/** Of the randomized waits. */
const SEEDS = [7, 1, 2];
/** Rejected requests, as a share of all: those of the first burst are part of it. */
const MAX_REJECTED = 0.05;
/** Max Tries by default. */
const MAX_ATTEMPTS = 5;

test.each(MODELS)(
	'$name: at least $share of what the service allows, after three seconds',
	({ create, share, mostRejected = MAX_REJECTED, mostAttempts = MAX_ATTEMPTS }) => {
		for (const seed of SEEDS) {
			const run = simulate(create(), RUN, { seed });
			expect(run.averageShare()).toBeGreaterThan(share);
			expect(run.rejected).toBeLessThan(mostRejected);
			expect(run.mostAttempts).toBeLessThanOrEqual(mostAttempts);
		}
	},
);

const SILENT = { saysWhen: false };

test.each([
	{ name: 'a bucket of 1 per second', create: () => tokenBucket(() => 1, 1, SILENT) },
	{ name: 'a bucket of 1 per second, 3 at once', create: () => tokenBucket(() => 1, 3, SILENT) },
	{ name: 'a bucket of 2 per second, 10 at once', create: () => tokenBucket(() => 2, 10, SILENT) },
	{ name: 'a bucket of 20 per second', create: () => tokenBucket(() => 20, 3, SILENT) },
	{ name: 'a window of 5 per 5 s', create: () => fixedWindow(5, 5000, SILENT) },
	{ name: 'a window of 3 per second', create: () => fixedWindow(3, 1000, SILENT) },
	{ name: 'a window of 10 per minute', create: () => fixedWindow(10, 60_000, SILENT) },
	{ name: 'a sliding window of 5 per 5 s', create: () => slidingWindow(5, 5000, SILENT) },
	{ name: 'a sliding window of 20 per 10 s', create: () => slidingWindow(20, 10_000, SILENT) },
	{ name: 'three requests at once', create: () => concurrencyLimited(3) },
	{ name: 'an outage of 20 s', create: () => flapping(30_000, 20_000) },
])('no request to $name that says nothing of a wait is given up', ({ create }) => {
	for (const seed of SEEDS) {
		expect(simulate(create(), RUN, { seed }).mostAttempts).toBeLessThanOrEqual(MAX_ATTEMPTS);
	}
});

test.each([3, 5, 20, 40])('a limit of %d requests at once is found and kept', (most) => {
	const run = simulate(concurrencyLimited(most), RUN);
	expect(run.share(10, RUN)).toBeGreaterThan(most === 3 ? 0.8 : 0.98);
	expect(run.rejected).toBeLessThan(0.03);
});

test.each([
	{ rate: 100, burst: 10 },
	{ rate: 20, burst: 10 },
])('a bucket of $rate per second is not kept below it for long', ({ rate, burst }) => {
	// Its burst is smaller than the number of requests that run at that rate.
	const run = simulate(
		tokenBucket(() => rate, burst, SILENT),
		RUN,
	);
	expect(run.share(20, RUN)).toBeGreaterThan(0.8);
});

test.each([
	{ latencyMs: 20, seconds: 1 },
	{ latencyMs: 200, seconds: 3 },
	{ latencyMs: 400, seconds: 6 },
])(
	'without a limit, the concurrency reaches its maximum within $seconds s at $latencyMs ms',
	({ latencyMs, seconds }) => {
		const { points, share, rejected } = simulate(unlimited(latencyMs), 10);
		expect(points[seconds]?.limit).toBe(MAX_CONCURRENCY);
		expect(share(seconds, 10)).toBeGreaterThan(0.95);
		expect(rejected).toBe(0);
	},
);

test.each([200, 500, 1000])(
	'a limit that rejects after %d requests first rejects a quarter of them at most',
	(size) => {
		const { points } = simulate(fixedWindow(size, 3_600_000, SILENT), 10);
		const sum = (pick: (point: Point) => number) =>
			points.reduce((total, point) => total + pick(point), 0);
		expect(sum(({ completed }) => completed)).toBe(size);
		expect(sum(({ rejected }) => rejected)).toBeLessThan(0.27 * size);
		expect(points.at(-1)?.limit).toBeLessThanOrEqual(50);
	},
);

test('the number of requests doubles within each response time', () => {
	let count = 0;
	// Responses one after the other, as in reality.
	const respond = () => ({ latencyMs: 200 + ((count += 1) % 20) });
	const { points } = simulate({ ...unlimited(200), respond }, 2);
	// 4, 8, 16 and 32 requests.
	expect(points[0]?.completed).toBeGreaterThanOrEqual(60);
	expect(points[1]?.limit).toBe(42);
});

test.each([2, 10, 30, 60, 100])('a queue of %d workers does not grow', (workers) => {
	const { points, share } = simulate(queueing(workers), 20);
	expect(share(3, 20)).toBeGreaterThan(0.98);
	for (const { running } of points.slice(5)) expect(running).toBeLessThanOrEqual(workers * 1.6 + 3);
});

test.each([6, 20, 40, 60, 100])(
	'a service that becomes congested beyond %d requests is not kept congested',
	(knee) => {
		const { points, share } = simulate(congested(knee), RUN);
		// Half as many again run before the first responses that take longer have come.
		expect(share(3, 13)).toBeGreaterThan(knee > 50 ? 0.8 : 0.85);
		expect(share(13, RUN)).toBeGreaterThan(0.9);
		for (const { running } of points.slice(5)) expect(running).toBeLessThanOrEqual(knee * 1.3 + 1);
	},
);

test.each([10, 20, 60])(
	'a service that becomes congested beyond %d requests is not congested by the next operation',
	(knee) => {
		const before = { ...INITIAL_CONCURRENCY, limit: MAX_CONCURRENCY, succeeded: 2000 };
		const initial = startOperation(undefined, [before], 0);
		const { share } = simulate(congested(knee), RUN, { initial });
		expect(share(3, RUN)).toBeGreaterThan(0.85);
	},
);

test('a queue with noisy latencies does not grow without end', () => {
	const { points } = simulate(noisy(30), 300);
	for (const { running } of points) expect(running).toBeLessThan(120);
});

test.each([
	{ name: 'a fixed window', create: fixedWindow },
	{ name: 'a sliding window', create: slidingWindow },
])('$name is used fully by requests that run one at a time', ({ create }) => {
	const run = simulate(create(200, 6000, { latencyMs: 20 }), RUN, { fixed: 1 });
	expect(run.share(10, RUN)).toBeGreaterThan(0.95);
	expect(run.rejected).toBeLessThan(0.02);
});

test('a limit of 100 requests a minute rejects few', () => {
	const run = simulate(fixedWindow(100, 60_000), 300);
	expect(run.share(60, 300)).toBeGreaterThan(0.95);
	expect(run.rejected).toBeLessThan(MAX_REJECTED);
});

test('a rate limit that falls or rises is followed within ten seconds', () => {
	const change = (before: number, after: number) =>
		simulate(
			tokenBucket((now) => (now < 20_000 ? before : after), 20),
			60,
		);
	expect(change(100, 20).share(30, 60)).toBeGreaterThan(0.95);
	expect(change(20, 100).share(30, 60)).toBeGreaterThan(0.9);
});

describe('concurrency', () => {
	const failed: CountedSample = { latencyMs: 1000, outcome: 'failed', running: 40 };
	const state = { ...INITIAL_CONCURRENCY, limit: 40 };
	const at = (now: number) => ({ now, max: MAX_CONCURRENCY });

	test('a failed request halves it once per hold time', () => {
		const once = adaptConcurrency(state, failed, at(1000));
		expect(once).toMatchObject({ limit: 20, isSlowStart: false, holdUntil: 3000 });
		expect(adaptConcurrency(once, failed, at(2000))).toBe(once);
		expect(adaptConcurrency(once, failed, at(3000)).limit).toBe(10);
	});

	test('an operation that runs again goes on where it was', () => {
		const learned = {
			...state,
			isSlowStart: false,
			baselineMs: 100,
			loadedMs: 300,
			latencies: [1],
		};
		expect(startOperation(learned, [learned], 5000)).toEqual({
			...learned,
			loadedMs: undefined,
			latencies: [],
			roundStart: 5000,
		});
		const higher = { ...learned, limit: 120 };
		expect(startOperation(higher, [higher], 5000).limit).toBe(120);
		const limited = { ...state, isCautious: true };
		expect(startOperation(higher, [higher, limited], 5000)).toMatchObject({
			limit: 50,
			isCautious: true,
		});
	});

	test('the first operation starts with four, another one with ten at most', () => {
		const limited = { ...state, isCautious: true };
		expect(startOperation(undefined, [], 0)).toEqual(INITIAL_CONCURRENCY);
		expect(startOperation(undefined, [state, state], 0)).toEqual({
			...INITIAL_CONCURRENCY,
			limit: 10,
		});
		expect(startOperation(undefined, [{ ...state, limit: 2 }, limited], 5000)).toEqual({
			...INITIAL_CONCURRENCY,
			limit: 2,
			isCautious: true,
			roundStart: 5000,
		});
	});

	test('it stays at one at least', () => {
		const low = { ...INITIAL_CONCURRENCY, limit: 1 };
		expect(adaptConcurrency(low, failed, at(1000)).limit).toBe(1);
	});

	test('a rate limit only ends the quick growth, and growth beyond 50', () => {
		const sample: CountedSample = { latencyMs: 20, outcome: 'rateLimited', running: 40 };
		const adapted = { ...state, isSlowStart: false, isCautious: true };
		expect(adaptConcurrency(state, sample, at(1000))).toEqual(adapted);
		const higher = { ...state, limit: 120, latencies: [200] };
		expect(adaptConcurrency(higher, sample, at(1000))).toEqual({
			...adapted,
			limit: 50,
			roundStart: 1000,
		});
	});

	test('a failed request ends growth beyond 50, too', () => {
		const adapted = adaptConcurrency({ ...state, limit: 120, succeeded: 1000 }, failed, at(1000));
		expect(adapted).toMatchObject({ limit: 50, isCautious: true, holdUntil: 3000 });
	});

	test('it does not grow while most of it is not used', () => {
		let unused: Concurrency = INITIAL_CONCURRENCY;
		for (let now = 200; now < 200_000; now += 200) {
			const sample: CountedSample = { latencyMs: 200, outcome: 'success', running: 1 };
			unused = adaptConcurrency(unused, sample, { now, max: MAX_CONCURRENCY });
		}
		expect(unused.limit).toBe(4);
		expect(adaptConcurrency(state, { ...failed, outcome: 'success' }, at(20)).limit).toBe(41);
		const after = { ...state, isSlowStart: false, latencies: Array<number>(39).fill(1000) };
		const success: CountedSample = { latencyMs: 1000, outcome: 'success', running: 19 };
		expect(adaptConcurrency(after, success, at(1000)).limit).toBe(40);
		expect(adaptConcurrency(after, { ...success, running: 20 }, at(1000)).limit).toBe(41);
		const beyond = {
			...after,
			limit: 80,
			succeeded: 1000,
			latencies: Array<number>(79).fill(1000),
		};
		expect(adaptConcurrency(beyond, { ...success, running: 40 }, at(1000)).limit).toBe(85);
	});

	test('responses to requests from before the last change are ignored', () => {
		const sample: CountedSample = { latencyMs: 500, outcome: 'success', running: 40 };
		const changed = { ...state, isSlowStart: false, roundStart: 600 };
		expect(adaptConcurrency(changed, sample, at(1000))).toEqual({
			...changed,
			succeeded: 1,
		});
	});
});

describe('pace', () => {
	const successes = (count: number, everyMs: number) => {
		let pace = initialPace(0);
		for (let i = 1; i <= count; i++)
			pace = countPassed(pace, { startedAt: i * everyMs, now: i * everyMs });
		return pace;
	};

	test('there is none before the first rejection, nor after one without enough responses', () => {
		expect(ratePerSecond(initialPace(0), 1000)).toBeUndefined();
		const few = slowDown(successes(9, 10), {
			startedAt: 80,
			now: 100,
			pauseMs: 1000,
			isStated: false,
		});
		expect(ratePerSecond(few, 2000)).toBeUndefined();
	});

	test('after a rejection it is nine tenths of what was allowed, the pause included', () => {
		// 200 requests in a second, and a pause until the end of a window of five seconds.
		const pace = slowDown(successes(200, 5), {
			startedAt: 980,
			now: 1000,
			pauseMs: 4000,
			isStated: false,
		});
		expect(pace.allowedPerSecond).toBe(40);
		expect(ratePerSecond(pace, 5000)).toBeCloseTo(36);
		expect(ratePerSecond(pace, 6077)).toBeCloseTo(40, 1);
		expect(ratePerSecond(pace, 9000)).toBeGreaterThan(80);
		expect(ratePerSecond(pace, 5000 + 20_000)).toBeUndefined();
	});

	test('it is finite when all responses came within a millisecond', () => {
		const rejection = { startedAt: 0, now: 0, pauseMs: 0, isStated: true };
		const pace = slowDown(successes(20, 0), rejection);
		expect(pace.allowedPerSecond).toBe(20_000);
	});

	test('it forgets rejections, but not what has passed', () => {
		const rejection = { startedAt: 980, now: 1000, pauseMs: 100, isStated: false };
		const slowed = slowDown(successes(200, 5), rejection);
		const pace = withoutRejections(slowed, 1000);
		expect(ratePerSecond(pace, 2000)).toBeUndefined();
		expect(slowDown(pace, { ...rejection, pauseMs: 4000 }).allowedPerSecond).toBe(40);
	});

	test('rejected requests that ran at the same time slow it once', () => {
		const pace = slowDown(successes(200, 5), {
			startedAt: 980,
			now: 1000,
			pauseMs: 4000,
			isStated: false,
		});
		const same = slowDown(pace, { startedAt: 990, now: 1010, pauseMs: 3990, isStated: false });
		expect(same).toEqual(pace);
	});

	test('rejections that follow before it can be measured again slow it further', () => {
		let pace = slowDown(successes(200, 5), {
			startedAt: 980,
			now: 1000,
			pauseMs: 4000,
			isStated: false,
		});
		pace = countPassed(pace, { startedAt: 5050, now: 5100 });
		for (const now of [5200, 5300])
			pace = slowDown(pace, { startedAt: now - 10, now, pauseMs: 0, isStated: false });
		expect(pace.allowedPerSecond).toBe(40);
		pace = slowDown(pace, { startedAt: 5390, now: 5400, pauseMs: 0, isStated: false });
		expect(ratePerSecond(pace, 5400)).toBeLessThan(0.75 * 40);
	});
});
