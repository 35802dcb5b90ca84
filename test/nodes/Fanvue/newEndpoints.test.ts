import { FanvueHarness, byId } from '../../support/fanvueHarness';

let harness: FanvueHarness;
beforeAll(async () => (harness = await FanvueHarness.start()));
afterAll(async () => await harness.close());
beforeEach(() => harness.sandbox.reset());

const violations = () => harness.calls().flatMap((call) => call.violations);

/** UUIDs of so many users of the sample data. */
const users = (count: number) =>
	[...harness.sandbox.fanvue.sandboxState.users.keys()].slice(0, count);

describe('Chat: Get Online Statuses', () => {
	test('more than 100 users are split into several calls, and each user has one row', async () => {
		const all = users(150);
		expect(all).toHaveLength(150);
		const { items, error } = await harness.run('chat', 'getOnlineStatuses', {
			userUuids: [...all, all[0]],
		});
		expect(error).toBeUndefined();
		expect(harness.calls().map(({ bodyText }) => JSON.parse(bodyText).userUuids.length)).toEqual([
			100, 50,
		]);
		expect(items.map(({ json }) => json.userUuid)).toEqual(all);
		expect(violations()).toEqual([]);
	});

	test('the limit of 80 calls a minute is kept without a refusal', async () => {
		harness.sandbox.fanvue.settings.statusesRateLimit.size = 2;
		harness.sandbox.fanvue.settings.rateLimit.refillMs = 2000;
		const { items, error } = await harness.run(
			'chat',
			'getOnlineStatuses',
			{ userUuids: users(1), options: { concurrency: 1 } },
			{ items: Array.from({ length: 5 }, () => ({ json: {} })) },
		);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(5);
		expect(harness.calls().map(({ status }) => status)).not.toContain(429);
	});
});

describe('Fan: Get Subscriber', () => {
	test('a subscriber is returned with the subscription', async () => {
		const { items, error } = await harness.run('fan', 'getSubscriber', {
			userUuid: byId(harness.uuid('felix')),
		});
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({
			uuid: harness.uuid('felix'),
			subscription: { status: expect.any(String) },
			firstSubscribedAt: expect.any(String),
		});
		expect(harness.lines()).toEqual([`GET /v1/subscribers/${harness.uuid('felix')}`]);
	});

	test('somebody who never subscribed is an error with the reason of Fanvue', async () => {
		const { error } = await harness.run('fan', 'getSubscriber', {
			userUuid: byId(harness.uuid('mira')),
		});
		expect(error).toMatchObject({ message: 'Subscriber not found', httpCode: '404' });
	});
});

describe('Fan: Get Subscribers', () => {
	const dates = { startDate: '2020-01-01T00:00:00Z', endDate: '2020-02-01T00:00:00Z' };

	test('Start Date and End Date filter by the begin of the subscription under V1', async () => {
		const options = { apiRoutes: 'v1' };
		const all = await harness.run('fan', 'getSubscribers', { limit: 3, options });
		const first = String(all.items[0]?.json.firstSubscribedAt);
		const day = new Date(first);
		const { items } = await harness.run('fan', 'getSubscribers', {
			returnAll: true,
			filters: { startDate: first, endDate: new Date(day.getTime() + 1).toISOString() },
			options,
		});
		expect(items.map(({ json }) => json.firstSubscribedAt)).toEqual([first]);
		expect(violations()).toEqual([]);
	});

	test('on other routes these filters are rejected before a request is sent', async () => {
		const { error } = await harness.run('fan', 'getSubscribers', { filters: dates });
		expect(error?.message).toBe('"Start Date" exists with V1 routes only');
		expect(harness.calls()).toEqual([]);
	});
});

test('Insight: Get Earnings finds transactions by their order IDs', async () => {
	const { items } = await harness.run('insight', 'getEarnings', { limit: 3 });
	const ids = items.slice(1).map(({ json }) => String(json.transactionOrderId));
	const found = await harness.run('insight', 'getEarnings', {
		filters: { transactionOrderIds: ids.join(', ') },
	});
	expect(found.items.map(({ json }) => json.transactionOrderId)).toEqual(ids);
	expect(violations()).toEqual([]);
});

test('Insight: Get Fan Retention Summary returns one object', async () => {
	const { items, error } = await harness.run('insight', 'getFanRetentionSummary');
	expect(error).toBeUndefined();
	expect(items).toHaveLength(1);
	expect(harness.lines()).toEqual(['GET /v1/insights/fan-retention-summary']);
});

test('under V1, followers include those who also subscribe', async () => {
	const count = async (apiRoutes: string) =>
		(await harness.run('fan', 'getFollowers', { returnAll: true, options: { apiRoutes } })).items
			.length;
	expect(await count('v1')).toBeGreaterThan(await count('standard'));
});
