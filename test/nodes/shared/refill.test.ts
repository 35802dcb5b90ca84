import fc from 'fast-check';
import { observeRefill } from '../../../nodes/shared/client/refill';
import type { Reading, Refill } from '../../../nodes/shared/client/refill';

const START = Date.UTC(2026, 0, 1);
const LIMIT = 200;

/** A rate limit on the clock of the service. */
interface Service {
	/** Counts a request and returns the requests left, and when all are allowed again. */
	request: (now: number) => { remaining: number; resetAt: number };
}

function tokenBucket(refillMs: number): Service {
	let tokens = LIMIT;
	let since = START;
	return {
		request: (now) => {
			tokens = Math.min(LIMIT, tokens + ((now - since) * LIMIT) / refillMs);
			since = now;
			if (tokens >= 1) tokens -= 1;
			const resetAt = now + ((LIMIT - tokens) * refillMs) / LIMIT;
			return { remaining: Math.floor(tokens), resetAt };
		},
	};
}

function fixedWindow(windowMs: number, phaseMs = 0): Service {
	let used = 0;
	let end = START - phaseMs + windowMs;
	return {
		request: (now) => {
			for (; now >= end; end += windowMs) used = 0;
			used = Math.min(used + 1, LIMIT);
			return { remaining: LIMIT - used, resetAt: end };
		},
	};
}

/** Counts the requests of the last so many milliseconds. */
function slidingWindow(windowMs: number, isResetOfNewest: boolean): Service {
	let times: number[] = [];
	return {
		request: (now) => {
			times = times.filter((time) => time > now - windowMs);
			if (times.length < LIMIT) times.push(now);
			const time = (isResetOfNewest ? times.at(-1) : times[0]) ?? now;
			return { remaining: LIMIT - times.length, resetAt: time + windowMs };
		},
	};
}

interface Observation extends Refill {
	remaining: number;
}

/** Observes the responses to requests at these times; headers count whole seconds. */
function observe(service: Service, times: number[]): Observation[] {
	let refill: Refill = {};
	return times.map((time) => {
		const { remaining, resetAt } = service.request(START + time);
		const reading: Reading = {
			remaining,
			resetAt: Math.ceil(resetAt / 1000) * 1000,
			at: START + time + 50,
		};
		refill = observeRefill(refill, reading, LIMIT);
		return { ...refill, remaining };
	});
}

const every = (ms: number, count: number) =>
	Array.from({ length: count }, (_, index) => index * ms);

test.each([
	[6_000, 5],
	[6_000, 15],
	[60_000, 20],
	[60_000, 250],
])('a bucket that fills in %d ms is recognised at a request every %d ms', (refillMs, ms) => {
	const observations = observe(tokenBucket(refillMs), every(ms, 1_000));
	const { intervalMs = NaN } = observations.at(-1) ?? {};
	const exact = refillMs / LIMIT;
	expect(intervalMs).toBeGreaterThanOrEqual(exact * 0.99);
	expect(intervalMs).toBeLessThanOrEqual(exact * (1 + 1_000 / refillMs) * 1.01);
	const first = observations.find((observation) => observation.intervalMs !== undefined);
	expect(first?.remaining).toBeGreaterThan(50);
});

/** Gaps between requests: bursts, single requests, and long pauses. */
const gaps = fc.array(
	fc.oneof(
		fc.integer({ min: 0, max: 20 }),
		fc.integer({ min: 0, max: 500 }),
		fc.integer({ min: 0, max: 20_000 }),
	),
	{ minLength: 1, maxLength: 400 },
);
const windows: fc.Arbitrary<Service> = fc.oneof(
	fc
		.tuple(fc.constantFrom(6_000, 60_000, 3_600_000), fc.nat(5_999))
		.map(([windowMs, phaseMs]) => fixedWindow(windowMs, phaseMs)),
	fc
		.tuple(fc.constantFrom(6_000, 60_000), fc.boolean())
		.map(([windowMs, isNewest]) => slidingWindow(windowMs, isNewest)),
);

test('a window is never taken for a bucket', () => {
	fc.assert(
		fc.property(windows, gaps, (service, waits) => {
			let time = 0;
			const times = waits.map((wait) => (time += wait));
			const found = observe(service, times).filter(({ intervalMs }) => intervalMs !== undefined);
			expect(found).toEqual([]);
		}),
		{ numRuns: 500 },
	);
});

test('the time for one more request is positive, whatever the headers state', () => {
	const reading = fc.record({
		remaining: fc.integer({ min: -300, max: 300 }),
		resetAt: fc.integer({ min: START - 5_000, max: START + 60_000 }),
		at: fc.integer({ min: START, max: START + 30_000 }),
	});
	const limit = fc.integer({ min: -300, max: 300 });
	fc.assert(
		fc.property(fc.array(reading, { minLength: 2 }), limit, (readings, most) => {
			let refill: Refill = { intervalMs: 100 };
			let found: Refill = {};
			for (const one of readings) {
				refill = observeRefill(refill, one, most);
				found = observeRefill(found, one, most);
				expect(refill.intervalMs).toBeGreaterThan(0);
				expect(found.intervalMs ?? 1).toBeGreaterThan(0);
			}
		}),
	);
});

test('a window that begins just before the rounded reset of the last one is no bucket', () => {
	const last = { remaining: 160, resetAt: START + 6_000, at: START + 5_100 };
	const next = { remaining: 150, resetAt: START + 12_000, at: START + 5_300 };
	const refill = observeRefill(observeRefill({}, last, LIMIT), next, LIMIT);
	expect(refill.intervalMs).toBeUndefined();
});
