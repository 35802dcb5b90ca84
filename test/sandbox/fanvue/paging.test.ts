import { startSandbox, type Sandbox } from '../../support/sandbox';
import { FanvueClient, record, rows } from './client';
import { useSandbox } from '../../support/sandbox';

let sandbox: Sandbox;
let mira: FanvueClient;
let felixUuid: string;

useSandbox((started) => {
	sandbox = started;
});
beforeEach(() => {
	mira = new FanvueClient(sandbox);
	felixUuid = sandbox.fanvue.sandboxState.userByHandle('felix').uuid;
});

/** Returns all rows of a page list, and the number of rows per page. */
async function allPages(path: string, size: number) {
	const all: Array<Record<string, unknown>> = [];
	const sizes: number[] = [];
	for (let page = 1; ; page += 1) {
		const answer = await mira.get(path, { page: String(page), size: String(size) });
		const pagination = record(record(answer.body)['pagination']);
		all.push(...rows(answer));
		sizes.push(rows(answer).length);
		expect(pagination).toEqual({
			page,
			size: rows(answer).length,
			hasMore: pagination['hasMore'],
		});
		if (pagination['hasMore'] !== true) return { all, sizes };
	}
}

/** Returns all rows of a cursor list. */
async function allByCursor(path: string, query: Record<string, string>) {
	const all: Array<Record<string, unknown>> = [];
	const totals = new Set<unknown>();
	for (let cursor: unknown = undefined; cursor !== null;) {
		const given: Record<string, string> = typeof cursor === 'string' ? { cursor } : {};
		const answer = await mira.get(path, { ...query, ...given });
		expect(answer.status).toBe(200);
		all.push(...rows(answer));
		totals.add(record(answer.body)['total']);
		cursor = record(answer.body)['nextCursor'];
	}
	return { all, totals: [...totals] };
}

const unique = (items: Array<Record<string, unknown>>): number =>
	new Set(items.map(({ uuid }) => uuid)).size;

describe('pages', () => {
	test('the last page has hasMore false, and size is the number of rows', async () => {
		const { all, sizes } = await allPages('/subscribers', 50);

		expect(sizes).toEqual([50, 50, 20]);
		expect(unique(all)).toBe(120);
	});

	test('pages have 15 rows by default, and none after the end', async () => {
		expect(rows(await mira.get('/posts'))).toHaveLength(15);
		const { body } = await mira.get('/posts', { page: '99' });

		expect(body).toEqual({ data: [], pagination: { page: 99, size: 0, hasMore: false } });
	});

	test('a full last page has hasMore false', async () => {
		const { sizes } = await allPages('/posts', 16);

		expect(sizes).toEqual([16, 16, 16, 16]);
	});

	test.each(['0', '51', 'ten'])('size %s is rejected', async (size) => {
		expect((await mira.get('/posts', { size })).status).toBe(400);
	});
});

describe('cursors', () => {
	test.each([
		['/v1/posts', '/posts', 50],
		['/v1/subscribers', '/subscribers', 50],
		['/v1/media', '/media', 10],
		['/v1/chats', '/chats', 20],
		['/v1/chats/lists/smart/subscribers', '/chats/lists/smart/subscribers', 50],
	])('%s gives the same rows as %s, with their total', async (v1, legacy, size) => {
		const paged = await allPages(legacy, size);
		const { all, totals } = await allByCursor(v1, { size: String(size) });
		const key = (row: Record<string, unknown>): unknown => {
			return row['uuid'] ?? record(row['user'])['uuid'];
		};

		expect(all.map(key)).toEqual(paged.all.map(key));
		expect(totals).toEqual([all.length]);
	});

	test.each([
		['/insights/earnings', 'size', 'transactionOrderId'],
		['/tracking-links', 'limit', 'uuid'],
		['/insights/subscribers', 'size', 'date'],
	])('%s pages by cursor in the unprefixed family', async (path, name, key) => {
		const { all, totals } = await allByCursor(path, { [name]: '7' });

		expect(new Set(all.map((row) => row[key])).size).toBe(all.length);
		expect(all.length).toBeGreaterThan(20);
		expect(totals).toEqual([undefined]);
	});

	test('a new row at the top neither repeats nor hides rows', async () => {
		const first = await mira.get('/v1/posts', { size: '40' });
		await mira.send('POST', '/posts', { body: { audience: 'subscribers', text: 'on top' } });
		const cursor = String(record(first.body)['nextCursor']);
		const second = await mira.get('/v1/posts', { size: '40', cursor });

		const both = [...rows(first), ...rows(second)];

		expect([both.length, unique(both)]).toEqual([64, 64]);
	});

	test.each(['nonsense', 'W10'])('the cursor %s is rejected', async (cursor) => {
		const { status, body } = await mira.get('/v1/posts', { cursor });

		expect([status, body]).toEqual([400, { errors: ['cursor must be a nextCursor of this list'] }]);
	});

	test('a cursor of another list is rejected', async () => {
		const { body } = await mira.get('/v1/posts', { size: '5' });
		const cursor = String(record(body)['nextCursor']);

		expect((await mira.get('/v1/subscribers', { cursor })).status).toBe(400);
	});

	test('/v1 routes reject page, other routes reject cursor', async () => {
		expect((await mira.get('/v1/posts', { page: '1' })).status).toBe(400);
		expect((await mira.get('/posts', { cursor: 'x' })).status).toBe(400);
	});
});

test('followers under /v1 include those who also subscribe', async () => {
	const { all } = await allByCursor('/v1/followers', { size: '50' });
	const paged = await allPages('/followers', 50);
	const subscribers = new Set((await allPages('/subscribers', 50)).all.map(({ uuid }) => uuid));

	expect(all.filter(({ uuid }) => !subscribers.has(uuid))).toEqual(paged.all);
	expect(all).toHaveLength(paged.all.length + subscribers.size);
});

describe('dates', () => {
	test('date filters page through all messages of a chat, newest first', async () => {
		const legacy = await allPages(`/chats/${felixUuid}/messages`, 50);
		const all: Array<Record<string, unknown>> = [];
		let filter: Record<string, string> | null = {};
		const sizes: number[] = [];
		while (filter !== null) {
			const answer = await mira.get(`/v1/chats/${felixUuid}/messages`, { limit: '30', ...filter });
			const { dateFilter } = record(answer.body);
			all.push(...rows(answer));
			sizes.push(rows(answer).length);
			filter =
				dateFilter === null
					? null
					: Object.fromEntries(
							Object.entries(record(dateFilter)).map(([name, value]) => [name, String(value)]),
						);
		}

		expect(sizes).toEqual([30, 30, 15]);
		expect(all.map(({ uuid }) => uuid)).toEqual(legacy.all.map(({ uuid }) => uuid));
	});

	test('each date filter applies to its own direction', async () => {
		const before = new Date(sandbox.clock.now() - 200 * 3_600_000).toISOString();
		const answer = await mira.get(`/v1/chats/${felixUuid}/messages`, {
			limit: '50',
			sentBefore: before,
		});
		const late = rows(answer).filter(({ sentAt }) => String(sentAt) >= before);

		expect(late.length).toBeGreaterThan(5);
		expect(late.every(({ sender }) => record(sender)['handle'] === 'felix')).toBe(true);
	});
});

test('plain arrays have no pages', async () => {
	const { body } = await mira.get('/chats/lists/smart');

	expect(body).toEqual(
		expect.arrayContaining([{ name: 'Subscribers', uuid: 'subscribers', count: 120 }]),
	);
	expect((await mira.get('/chats/lists/smart', { page: '1' })).status).toBe(400);
});

test('ids are the same at every start, times are not', async () => {
	const ids = async (): Promise<unknown[]> =>
		rows(await mira.get('/posts', { size: '50' })).map(({ uuid }) => uuid);
	const before = await ids();
	const other = await startSandbox({ port: 0 });
	try {
		mira = new FanvueClient(other);
		expect(await ids()).toEqual(before);
	} finally {
		await other.close();
	}
});
