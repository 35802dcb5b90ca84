import { virtualClock, virtualSleep } from '../../support/virtualClock';
import { RateLimiter } from '../../../nodes/shared/client/rateLimiter';
import type { Bucket } from '../../../nodes/shared/client/rateLimiter';

jest.mock('@n8n/utils/sleep', () => ({ sleep: virtualSleep }));

beforeAll(() => {
	virtualClock.install();
});
afterAll(() => {
	virtualClock.uninstall();
});

async function pass(limiter: RateLimiter, count: number): Promise<void> {
	for (let i = 0; i < count; i++) {
		await limiter.acquire('');
		limiter.countPassed('');
	}
}

async function reject(limiter: RateLimiter, pauseMs: number, isStated = false): Promise<number> {
	await limiter.acquire('');
	return limiter.pauseAfterRejection('', { startedAt: Date.now(), pauseMs, isStated });
}

/** Returns the pause after the second window, when the first one was closed for ten seconds. */
async function secondPause(maxWaitMs: number): Promise<number> {
	const limiter = new RateLimiter(new Map(), maxWaitMs);
	await pass(limiter, 100);
	for (const pauseMs of [1000, 3000, 6000]) await reject(limiter, pauseMs);
	await pass(limiter, 100);
	return await reject(limiter, 1000);
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
	await reject(limiter, 10_000, true);
	expect(buckets.get('')?.pace.window).toBeDefined();
	const request = await limiter.acquire('');
	limiter.update('', request, { remaining: 50, resetAt: Date.now() + 20_000 });
	expect(buckets.get('')?.pace.window).toBeUndefined();
	await pass(limiter, 20);
	await reject(limiter, 10_000, true);
	expect(buckets.get('')?.pace.window).toBeUndefined();
});
