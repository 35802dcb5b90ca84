import { virtualClock, virtualSleep } from '../../support/virtualClock';
import { RateLimiter } from '../../../nodes/shared/client/rateLimiter';
import { countSince, EMPTY_LOG } from '../../../nodes/shared/client/rateWindow/startLog';
import type { Bucket, Retry, StartedRequest } from '../../../nodes/shared/client/rateLimiter';

jest.mock('@n8n/utils/sleep', () => ({ sleep: virtualSleep }));

beforeAll(() => {
	virtualClock.install({ isStopped: true });
});
afterAll(() => {
	virtualClock.uninstall();
});

async function pass(limiter: RateLimiter, count: number, before?: Retry): Promise<void> {
	for (let i = 0; i < count; i++) {
		const started = await limiter.acquire('', { retry: i === 0 ? before : undefined });
		limiter.countPassed('', started);
		limiter.release('', started);
	}
}

async function reject(
	limiter: RateLimiter,
	pause: { statedMs?: number; backoffMs: number; attempt?: number },
	before?: Retry,
): Promise<Retry> {
	const started = await limiter.acquire('', { retry: before });
	const retry = limiter.pauseAfterRejection('', started, { attempt: 1, ...pause });
	limiter.release('', started);
	return retry;
}

/** Returns the pause after the second window, when the first one was closed for ten seconds. */
async function secondPause(maxWaitMs: number): Promise<number> {
	const limiter = new RateLimiter(new Map(), maxWaitMs);
	await pass(limiter, 100);
	let retry: Retry | undefined;
	for (const backoffMs of [1000, 3000, 6000]) retry = await reject(limiter, { backoffMs }, retry);
	await pass(limiter, 100, retry);
	const before = Date.now();
	await reject(limiter, { backoffMs: 1000 });
	await limiter.acquire('');
	return Date.now() - before;
}

test('a window without Retry-After is awaited once its length is known', async () => {
	// It is longer than four seconds and at most ten, so seven are tried, less the time of its requests.
	const pauseMs = await secondPause(300_000);
	expect(pauseMs).toBeGreaterThan(6000);
	expect(pauseMs).toBeLessThan(7000);
});

test('it is not awaited for longer than Max Wait', async () => {
	expect(await secondPause(5000)).toBeLessThan(1500);
});

test('a request that is rejected for good does not count', async () => {
	const buckets = new Map<string, Bucket>();
	const limiter = new RateLimiter(buckets, 300_000);
	await pass(limiter, 20);
	for (let i = 0; i < 5; i++) limiter.countRejected('', await limiter.acquire(''));
	expect(countSince(buckets.get('')?.pace.starts ?? EMPTY_LOG, -Infinity)).toBe(20);
});

test('where headers state the limit, rejections show no window', async () => {
	const buckets = new Map<string, Bucket>();
	const limiter = new RateLimiter(buckets, 300_000);
	await pass(limiter, 20);
	await reject(limiter, { statedMs: 10_000, backoffMs: 0 });
	expect(buckets.get('')?.pace.window).toBeDefined();
	const { number } = await limiter.acquire('');
	limiter.update('', number, { remaining: 50, resetAt: Date.now() + 20_000 });
	expect(buckets.get('')?.pace.window).toBeUndefined();
	await pass(limiter, 20);
	await reject(limiter, { statedMs: 10_000, backoffMs: 0 });
	expect(buckets.get('')?.pace.window).toBeUndefined();
});

/** Returns whether a promise is still pending once everything else that can run has run. */
async function isPending(promise: Promise<unknown>): Promise<boolean> {
	const settled = promise.then(
		() => false,
		() => false,
	);
	for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
	return await Promise.race([settled, Promise.resolve(true)]);
}

describe('a service that carries out five requests at once', () => {
	/** Five run, and a sixth was rejected because of them. */
	async function limited(rejected = 1) {
		const limiter = new RateLimiter(new Map(), 300_000);
		for (let round = 0; round < 4; round++) {
			const started = [];
			for (let i = 0; i < 5; i++) started.push(await limiter.acquire(''));
			for (const request of started) {
				limiter.countPassed('', request);
				limiter.release('', request);
			}
		}
		const running: StartedRequest[] = [];
		for (let i = 0; i < 5; i++) running.push(await limiter.acquire(''));
		const tooMany: StartedRequest[] = [];
		for (let i = 0; i < rejected; i++) tooMany.push(await limiter.acquire(''));
		const retries = tooMany.map((request) => {
			const again = limiter.pauseAfterRejection('', request, { backoffMs: 1000, attempt: 1 });
			limiter.release('', request);
			return again;
		});
		const [retry] = retries;
		/** Ends one of those that run. */
		const end = () => {
			const request = running.shift();
			if (request === undefined) throw new Error('None runs');
			limiter.release('', request);
			// Only the first time counts.
			limiter.release('', request);
		};
		return { limiter, retry, retries, end };
	}

	test('is not paused, and gets the next one when another has ended', async () => {
		const { limiter, retry, end } = await limited();
		expect(retry?.waitMs).toBe(0);
		const first = limiter.acquire('', { retry });
		const second = limiter.acquire('');
		expect(await isPending(first)).toBe(true);
		end();
		expect(await first).toMatchObject({ running: 5 });
		expect(await isPending(second)).toBe(true);
		end();
		expect(await second).toMatchObject({ running: 5 });
		expect(limiter.waitedMs).toBe(0);
	});

	test('is tried with one rejected request, and the others follow once it is let through', async () => {
		const { limiter, retries, end } = await limited(3);
		expect(retries.map(({ waitMs }) => waitMs)).toEqual([0, 1000, 1000]);
		end();
		end();
		end();
		const before = Date.now();
		const first = await limiter.acquire('', { retry: retries[0] });
		limiter.countPassed('', first);
		for (const retry of retries.slice(1)) await limiter.acquire('', { retry });
		expect(Date.now() - before).toBeLessThan(500);
	});

	test('is no such one if it rejects one of four, and no request waits any more', async () => {
		const { limiter, end } = await limited();
		const all = Array.from({ length: 5 }, () => limiter.acquire(''));
		end();
		end();
		const request = await all[0];
		if (request === undefined) throw new Error('No request started');
		limiter.pauseAfterRejection('', request, { backoffMs: 1000, attempt: 1 });
		limiter.release('', request);
		const running = (await Promise.all(all)).map(({ running: count }) => count);
		expect(running.sort()).toEqual([4, 5, 5, 6, 7]);
	});

	test('a request that waits for another to end can be cancelled', async () => {
		const { limiter, end } = await limited();
		const controller = new AbortController();
		const waiting = limiter.acquire('', { signal: controller.signal });
		const other = limiter.acquire('');
		expect(await isPending(waiting)).toBe(true);
		controller.abort();
		await expect(waiting).rejects.toThrow('The execution was cancelled');
		await expect(limiter.acquire('', { signal: controller.signal })).rejects.toThrow('cancelled');
		// The place of the cancelled one goes to the next.
		end();
		expect(await other).toMatchObject({ running: 5 });
	});
});

describe('a request that was rejected without Retry-After', () => {
	/** So many requests passed that the rate is known. */
	async function known(): Promise<RateLimiter> {
		const limiter = new RateLimiter(new Map(), 300_000);
		await pass(limiter, 20);
		return limiter;
	}
	/** Returns the milliseconds until something has happened. */
	async function timeOf(work: () => Promise<unknown>): Promise<number> {
		const before = Date.now();
		await work();
		return Date.now() - before;
	}

	test('waits for its own time, while others are tried sooner', async () => {
		const limiter = await known();
		let retry: Retry | undefined;
		const quick = await timeOf(async () => {
			retry = await reject(limiter, { backoffMs: 8000 });
			await reject(limiter, { backoffMs: 8000 });
		});
		expect(quick).toBeLessThan(1000);
		expect(await timeOf(() => limiter.acquire('', { retry }))).toBeGreaterThan(7000);
	});

	test('holds the others back, too, if the rate is not known', async () => {
		for (const isOther of [false, true]) {
			const limiter = new RateLimiter(new Map(), 300_000);
			await pass(limiter, 3);
			const time = await timeOf(async () => {
				const retry = await reject(limiter, { backoffMs: 8000 });
				await limiter.acquire('', { retry: isOther ? undefined : retry });
			});
			expect(time).toBeGreaterThanOrEqual(8000);
		}
	});

	test('holds the others back, too, when it has been tried four times', async () => {
		for (const { attempt, least, most } of [
			{ attempt: 3, least: 50, most: 1000 },
			{ attempt: 4, least: 8000, most: 9000 },
		]) {
			const limiter = await known();
			const time = await timeOf(async () => {
				await reject(limiter, { backoffMs: 8000, attempt });
				await limiter.acquire('');
			});
			expect(time).toBeGreaterThanOrEqual(least);
			expect(time).toBeLessThan(most);
		}
	});

	test('is sent again as soon as another one is let through', async () => {
		const limiter = await known();
		const time = await timeOf(async () => {
			const retry = await reject(limiter, { backoffMs: 8000 });
			expect(limiter.isRateKnown('')).toBe(false);
			await pass(limiter, 1);
			expect(limiter.isRateKnown('')).toBe(true);
			await limiter.acquire('', { retry });
		});
		expect(time).toBeLessThan(1000);
	});

	test('counts as waiting only for as long as it waited', async () => {
		const limiter = await known();
		const before = limiter.waitedMs;
		const retry = await reject(limiter, { backoffMs: 8000 });
		const again = limiter.acquire('', { retry });
		await pass(limiter, 1);
		await again;
		expect(limiter.waitedMs - before).toBeGreaterThan(0);
		expect(limiter.waitedMs - before).toBeLessThan(1000);
	});

	test('does not wait for a clock that was set back', async () => {
		const limiter = await known();
		const retry = await reject(limiter, { backoffMs: 8000 });
		const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() - 3_600_000);
		try {
			expect(await isPending(limiter.acquire('', { retry }))).toBe(false);
		} finally {
			clock.mockRestore();
		}
	});

	test('is not sent sooner because one from before its rejection is let through', async () => {
		const limiter = await known();
		const early = await limiter.acquire('');
		const retry = await reject(limiter, { backoffMs: 8000 });
		limiter.countPassed('', early);
		limiter.release('', early);
		expect(limiter.isRateKnown('')).toBe(false);
		expect(await timeOf(() => limiter.acquire('', { retry }))).toBeGreaterThan(7000);
	});
});

describe('a request that was rejected with Retry-After', () => {
	/** Returns how long it waits if another one is let through meanwhile. */
	async function waitOf(attempt: number): Promise<number> {
		const limiter = new RateLimiter(new Map(), 300_000);
		await pass(limiter, 20);
		const before = Date.now();
		const retry = await reject(limiter, { statedMs: 1000, backoffMs: 6000, attempt });
		await pass(limiter, 1);
		expect(Date.now() - before).toBeLessThan(2000);
		await limiter.acquire('', { retry });
		return Date.now() - before;
	}

	test('waits for as long as that says', async () => {
		const time = await waitOf(1);
		expect(time).toBeGreaterThanOrEqual(1000);
		expect(time).toBeLessThan(3000);
	});

	test('waits for longer the second time, though others are let through', async () => {
		expect(await waitOf(2)).toBeGreaterThanOrEqual(6000);
	});
});
