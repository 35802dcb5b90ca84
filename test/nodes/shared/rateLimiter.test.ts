import { virtualClock, virtualSleep } from '../../support/virtualClock';
import { RateLimiter } from '../../../nodes/shared/client/rateLimiter';
import type { Bucket, Retry } from '../../../nodes/shared/client/rateLimiter';

jest.mock('@n8n/utils/sleep', () => ({ sleep: virtualSleep }));

beforeAll(() => {
	virtualClock.install();
});
afterAll(() => {
	virtualClock.uninstall();
});

async function pass(limiter: RateLimiter, count: number, before?: Retry): Promise<void> {
	for (let i = 0; i < count; i++) {
		const started = await limiter.acquire('', { retry: i === 0 ? before : undefined });
		limiter.release('');
		limiter.countPassed('', started);
	}
}

async function reject(
	limiter: RateLimiter,
	pause: { statedMs?: number; backoffMs: number },
	before?: Retry,
): Promise<Retry> {
	const started = await limiter.acquire('', { retry: before });
	limiter.release('');
	return limiter.pauseAfterRejection('', started, pause);
}

/** Returns the pause after the second window, when the first one was closed for ten seconds. */
async function secondPause(maxWaitMs: number): Promise<number> {
	const limiter = new RateLimiter(new Map(), maxWaitMs);
	await pass(limiter, 100);
	let retry: Retry | undefined;
	for (const backoffMs of [1000, 3000, 6000]) retry = await reject(limiter, { backoffMs }, retry);
	await pass(limiter, 100, retry);
	return (await reject(limiter, { backoffMs: 1000 })).waitMs;
}

test('a window without Retry-After is awaited once its length is known', async () => {
	// Nine tenths of ten seconds, less a second in which it was used up.
	const pauseMs = await secondPause(300_000);
	expect(pauseMs).toBeGreaterThan(7000);
	expect(pauseMs).toBeLessThan(8500);
});

test('it is not awaited for longer than Max Wait', async () => {
	expect(await secondPause(6500)).toBe(1000);
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
	async function limited(): Promise<{ limiter: RateLimiter; retry: Retry }> {
		const limiter = new RateLimiter(new Map(), 300_000);
		const started = [];
		for (let i = 0; i < 5; i++) started.push(await limiter.acquire(''));
		for (const request of started) {
			limiter.release('');
			limiter.countPassed('', request);
		}
		for (let i = 0; i < 5; i++) await limiter.acquire('');
		return { limiter, retry: await reject(limiter, { backoffMs: 1000 }) };
	}

	test('is not paused, and gets the next one when another has ended', async () => {
		const { limiter, retry } = await limited();
		expect(retry.waitMs).toBe(0);
		const first = limiter.acquire('', { retry });
		const second = limiter.acquire('');
		expect(await isPending(first)).toBe(true);
		limiter.release('');
		expect(await first).toMatchObject({ running: 5 });
		expect(await isPending(second)).toBe(true);
		limiter.release('');
		expect(await second).toMatchObject({ running: 5 });
		expect(limiter.waitedMs).toBe(0);
	});

	test('is no such one if it rejects a request while fewer run, and no request waits any more', async () => {
		const { limiter } = await limited();
		const all = [limiter.acquire(''), limiter.acquire(''), limiter.acquire('')];
		limiter.release('');
		const request = await all[0];
		if (request === undefined) throw new Error('No request started');
		limiter.pauseAfterRejection('', request, { backoffMs: 1000 });
		limiter.release('');
		const running = (await Promise.all(all)).map(({ running: count }) => count);
		expect(running.sort()).toEqual([5, 5, 6]);
	});

	test('a request that waits for another to end can be cancelled', async () => {
		const { limiter } = await limited();
		const controller = new AbortController();
		const waiting = limiter.acquire('', { signal: controller.signal });
		const other = limiter.acquire('');
		expect(await isPending(waiting)).toBe(true);
		controller.abort();
		await expect(waiting).rejects.toThrow('The execution was cancelled');
		await expect(limiter.acquire('', { signal: controller.signal })).rejects.toThrow('cancelled');
		// The place of the cancelled one goes to the next.
		limiter.release('');
		expect(await other).toMatchObject({ running: 5 });
	});
});

describe('a request that was rejected without Retry-After', () => {
	test('waits for its own time, while others are tried sooner', async () => {
		const limiter = new RateLimiter(new Map(), 300_000);
		await pass(limiter, 1);
		const before = Date.now();
		const retry = await reject(limiter, { backoffMs: 8000 });
		await reject(limiter, { backoffMs: 8000 });
		expect(Date.now() - before).toBeLessThan(1000);
		await limiter.acquire('', { retry });
		expect(Date.now() - before).toBeGreaterThanOrEqual(8000);
	});

	test('is sent again as soon as another one is let through', async () => {
		const limiter = new RateLimiter(new Map(), 300_000);
		await pass(limiter, 1);
		const before = Date.now();
		const retry = await reject(limiter, { backoffMs: 8000 });
		expect(limiter.hasReopened('')).toBe(false);
		await pass(limiter, 1);
		expect(limiter.hasReopened('')).toBe(true);
		await limiter.acquire('', { retry });
		expect(Date.now() - before).toBeLessThan(1000);
	});

	test('is not sent sooner because one from before its rejection is let through', async () => {
		const limiter = new RateLimiter(new Map(), 300_000);
		await pass(limiter, 1);
		const before = Date.now();
		const early = await limiter.acquire('');
		limiter.release('');
		const retry = await reject(limiter, { backoffMs: 8000 });
		limiter.countPassed('', early);
		expect(limiter.hasReopened('')).toBe(false);
		await limiter.acquire('', { retry });
		expect(Date.now() - before).toBeGreaterThanOrEqual(8000);
	});
});

test('a request that was rejected with Retry-After waits for it, though others are let through', async () => {
	const limiter = new RateLimiter(new Map(), 300_000);
	const early = await limiter.acquire('');
	const before = Date.now();
	const retry = await reject(limiter, { statedMs: 5000, backoffMs: 100 });
	limiter.release('');
	limiter.countPassed('', early);
	await limiter.acquire('', { retry });
	expect(Date.now() - before).toBeGreaterThanOrEqual(5000);
});
