import type { Reply } from '../../support/server';
import { TestServer } from '../../support/server';
import { FanvueHarness, byId } from '../../support/fanvueHarness';

const server = new TestServer();
const harness = FanvueHarness.forTests(server);

const FAN = '3fa85f64-5717-4562-b3fc-2c963f66afa6';
const run = async (resource: string, operation: string, parameters: object = {}) =>
	await harness.run(resource, operation, parameters, {
		credentials: harness.credential('mira', { baseUrl: server.url }),
	});
const urls = () => server.received.map(({ url }) => url);
const pages =
	(...bodies: object[]) =>
	(_request: unknown, count: number): Reply => ({
		body: JSON.stringify(bodies[Math.min(count, bodies.length) - 1]),
	});

const messages = async () =>
	await run('message', 'getAll', {
		userUuid: byId(FAN),
		returnAll: true,
		options: { apiRoutes: 'v1' },
	});

describe('messages paged by date', () => {
	const path = `/v1/chats/${FAN}/messages?markAsRead=false&limit=50`;

	test('the dates in a response select the next page until there are none', async () => {
		const sentBefore = '2026-01-02T00:00:00.000Z';
		const receivedBefore = '2026-01-03T00:00:00.000Z';
		server.reply = pages(
			{ data: [{ uuid: 'a' }], dateFilter: { sentBefore, receivedBefore } },
			{ data: [{ uuid: 'b' }], dateFilter: { sentBefore: null, receivedBefore: sentBefore } },
			{ data: [{ uuid: 'c' }], dateFilter: { sentBefore: null, receivedBefore: null } },
		);
		const { items, error } = await messages();
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.uuid)).toEqual(['a', 'b', 'c']);
		expect(urls().map((url) => decodeURIComponent(url))).toEqual([
			path,
			`${path}&sentBefore=${sentBefore}&receivedBefore=${receivedBefore}`,
			`${path}&sentBefore=${sentBefore}&receivedBefore=${sentBefore}`,
		]);
	});

	test('a response without dates is the last page', async () => {
		server.reply = pages({ data: [{ uuid: 'a' }], dateFilter: null });
		expect((await messages()).items).toHaveLength(1);
		expect(urls()).toEqual([path]);
	});
});

describe('pages without rows', () => {
	const page = (rows: object[], hasMore: boolean) => ({
		data: rows,
		pagination: { page: 1, size: rows.length, hasMore },
	});

	test('an empty page does not end a list that has more pages', async () => {
		server.reply = pages(page([{ uuid: 'a' }], true), page([], true), page([{ uuid: 'b' }], false));
		const { items } = await run('fan', 'getFollowers', {
			returnAll: true,
			options: { concurrency: 1 },
		});
		expect(items.map(({ json }) => json.uuid)).toEqual(['a', 'b']);
		expect(urls()).toEqual([1, 2, 3].map((n) => `/followers?page=${n}&size=50`));
	});

	test('a list of endless empty pages is stopped with an error', async () => {
		server.reply = (_request, count) => ({
			body: JSON.stringify(page(count === 1 ? [{ uuid: 'a' }] : [], true)),
		});
		const { error } = await run('fan', 'getFollowers', {
			returnAll: true,
			options: { concurrency: 1 },
		});
		expect(error?.message).toBe(
			'Fanvue sent the same page again instead of the next one, after 1 results',
		);
		expect(server.received).toHaveLength(21);
	});

	test('an empty array has no rows and no next page', async () => {
		server.reply = () => ({ body: '[]' });
		const { items, error } = await run('fan', 'getFollowers', { returnAll: true });
		expect([items, error]).toEqual([[], undefined]);
		expect(server.received).toHaveLength(1);
	});
});

test.each([
	['smartList', 'getAll', '/chats/lists/smart'],
	['agency', 'getTeamMembers', '/agencies/team-members'],
	['webhook', 'getAll', '/webhooks/subscriptions'],
])(
	'%s: a list is read as an array and as an object with data',
	async (resource, operation, path) => {
		const rows = [{ uuid: 'a' }, { uuid: 'b' }];
		for (const body of [rows, { data: rows }]) {
			server.reply = () => ({ body: JSON.stringify(body) });
			const { items } = await run(resource, operation);
			expect(items).toEqual(rows.map((json) => ({ json, pairedItem: { item: 0 } })));
		}
		expect(urls()).toEqual([path, path]);
	},
);
