import { INITIAL_CONCURRENCY, adaptConcurrency } from '../../../nodes/shared/client/concurrency';
import type { Concurrency, Sample } from '../../../nodes/shared/client/concurrency';

/**
 * A simulated service: its response to a request at a time, with the number of running requests.
 */
interface Model {
	respond: (
		now: number,
		running: number,
	) => { latencyMs: number; isRejected?: boolean; retryMs?: number };
	/** Maximum number of requests per second. */
	allowed: number;
}

const MAX = 50;
const LATENCY = 200;

const unlimited = (latencyMs: number): Model => ({
	respond: () => ({ latencyMs }),
	allowed: (MAX * 1000) / latencyMs,
});

function fixedWindow(size: number, windowMs: number): Model {
	let window = -1;
	let used = 0;
	return {
		allowed: (size * 1000) / windowMs,
		respond: (now) => {
			const current = Math.floor(now / windowMs);
			if (current !== window) [window, used] = [current, 0];
			used += 1;
			return used <= size
				? { latencyMs: LATENCY }
				: { latencyMs: 20, isRejected: true, retryMs: (current + 1) * windowMs - now };
		},
	};
}

function tokenBucket(perSecond: number, burst: number): Model {
	let tokens = burst;
	let last = 0;
	return {
		allowed: perSecond,
		respond: (now) => {
			tokens = Math.min(burst, tokens + ((now - last) * perSecond) / 1000);
			last = now;
			if (tokens < 1) return { latencyMs: 20, isRejected: true, retryMs: 1000 / perSecond };
			tokens -= 1;
			return { latencyMs: LATENCY };
		},
	};
}

/** Number of requests processed at once; further ones wait in its queue. */
const queueing = (workers: number): Model => ({
	allowed: (workers * 1000) / LATENCY,
	respond: (_now, running) => ({ latencyMs: LATENCY * Math.max(1, running / workers) }),
});

/** Runs the controller against a model for a number of seconds of simulated time. */
function simulate(model: Model, seconds: number) {
	let state: Concurrency = INITIAL_CONCURRENCY;
	let now = 0;
	let pausedUntil = 0;
	let rejected = 0;
	let sent = 0;
	let peak = 0;
	let settledPeak = 0;
	const done: number[] = [];
	const running: Array<{ end: number; start: number; isRejected: boolean; retryMs: number }> = [];
	while (now < seconds * 1000) {
		while (now >= pausedUntil && running.length < Math.floor(state.limit)) {
			const { latencyMs, isRejected = false, retryMs = 0 } = model.respond(now, running.length + 1);
			running.push({ end: now + latencyMs, start: now, isRejected, retryMs });
			sent += 1;
		}
		peak = Math.max(peak, running.length);
		if (now > 5000) settledPeak = Math.max(settledPeak, running.length);
		now += 1;
		for (const request of running.filter(({ end }) => end <= now)) {
			running.splice(running.indexOf(request), 1);
			const sample: Sample = {
				latencyMs: request.end - request.start,
				outcome: request.isRejected ? 'rateLimited' : 'success',
			};
			state = adaptConcurrency(state, sample, { now, max: MAX });
			if (request.isRejected) {
				rejected += 1;
				pausedUntil = Math.max(pausedUntil, now + request.retryMs);
			} else done.push(now);
		}
	}
	/** Requests per second in a part of the run, in seconds. */
	const rate = (from: number, to: number) =>
		done.filter((time) => time >= from * 1000 && time < to * 1000).length / (to - from);
	return { rate, rejected: rejected / sent, peak, settledPeak };
}

test('without a limit, the concurrency reaches its maximum within three seconds', () => {
	for (const latency of [20, 200, 400]) {
		const model = unlimited(latency);
		const { rate, peak } = simulate(model, 10);
		expect(rate(3, 10)).toBeGreaterThan(0.95 * model.allowed);
		expect(peak).toBe(MAX);
	}
});

test('a service with a queue is used fully, without a queue that grows', () => {
	const model = queueing(10);
	const { rate, settledPeak } = simulate(model, 20);
	expect(rate(3, 20)).toBeGreaterThan(0.9 * model.allowed);
	expect(settledPeak).toBeLessThanOrEqual(20);
});

test('a fixed window is used fully, with few rejections', () => {
	const model = fixedWindow(200, 6000);
	const { rate, rejected } = simulate(model, 60);
	expect(rate(6, 60)).toBeGreaterThan(0.9 * model.allowed);
	expect(rejected).toBeLessThan(0.08);
});

test('a token bucket is used fully, with few rejections', () => {
	const model = tokenBucket(33, 200);
	const { rate, rejected } = simulate(model, 60);
	expect(rate(10, 60)).toBeGreaterThan(0.9 * model.allowed);
	expect(rejected).toBeLessThan(0.08);
});

test('a failed request halves the concurrency once per hold time', () => {
	const failed: Sample = { latencyMs: 1000, outcome: 'failed' };
	const state = { ...INITIAL_CONCURRENCY, limit: 40 };
	const once = adaptConcurrency(state, failed, { now: 1000, max: MAX });
	expect(once).toMatchObject({ limit: 20, isSlowStart: false, holdUntil: 3000 });
	expect(adaptConcurrency(once, failed, { now: 2000, max: MAX })).toBe(once);
	expect(adaptConcurrency(once, failed, { now: 3000, max: MAX }).limit).toBe(10);
});
