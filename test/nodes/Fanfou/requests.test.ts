import type { Sandbox } from '../../../sandbox';
import { latestOf } from '../../samples/fanfou';
import { FanfouHarness } from '../../support/fanfouHarness';
import { useSandbox } from '../../support/sandbox';

let sandbox: Sandbox;
useSandbox((started) => {
	sandbox = started;
});

const harness = new FanfouHarness(() => sandbox);

/** Returns the queries of all requests as objects. */
const queries = () =>
	sandbox.requestLog
		.entries()
		.map(({ query }): Record<string, string> => Object.fromEntries(query));
const bodies = () => sandbox.requestLog.entries().map(({ bodyText }) => bodyText);
const paths = () => sandbox.requestLog.entries().map(({ path }) => path.replace('/fanfou', ''));
const ids = (items: Array<{ json: { id?: unknown } }>) => items.map(({ json }) => json.id);

/** Returns the IDs of the statuses in the home timeline of the account, newest first. */
function homeIds(): string[] {
	const { sandboxState: store } = sandbox.fanfou;
	const me = sandbox.fanfou.user('demo');
	const authors = new Set(['demo', ...store.graph.friendsOf('demo')]);
	return store.statuses
		.filter((status) => authors.has(status.userId) && store.isVisible(me, status))
		.map(({ id }) => id);
}

describe('paging', () => {
	test('a timeline is paged by max_id with 60 rows per page until there are no new rows', async () => {
		const { items } = await harness.run('timeline', 'getHome', { returnAll: true });
		const all = homeIds();
		expect(all.length).toBeGreaterThan(120);
		expect(ids(items)).toEqual(all);
		expect(queries()).toEqual(
			[undefined, all[59], all[119], all[179], all.at(-1)]
				.filter((id, index) => index === 0 || id !== undefined)
				.map((maxId) => ({
					mode: 'lite',
					format: 'html',
					count: '60',
					...(maxId === undefined ? {} : { max_id: maxId }),
				})),
		);
	});

	test('each row is returned once if the server repeats the row of max_id', async () => {
		sandbox.fanfou.updateSettings({ maxIdInclusive: true });
		const { items } = await harness.run('timeline', 'getHome', { returnAll: true });
		expect(ids(items)).toEqual(homeIds());
	});

	test.each([
		['timeline', 'getHome'],
		['photo', 'getAll'],
	])('%s %s does not return the row of Max ID itself', async (resource, operation) => {
		sandbox.fanfou.updateSettings({ maxIdInclusive: true });
		const whole = ids((await harness.run(resource, operation, { limit: 8 })).items);
		sandbox.requestLog.clear();
		const { items } = await harness.run(resource, operation, {
			limit: 5,
			filters: { maxId: String(whole[2]) },
		});
		expect(ids(items)).toEqual(whole.slice(3, 8));
		expect(queries().map(({ max_id }) => max_id)).toEqual([whole[2], whole[6]]);
	});

	test('a single row older than Max ID is found on a repeated page', async () => {
		const [first = '', second] = ids(
			(await harness.run('photo', 'getAll', { limit: 2 })).items,
		).map(String);
		sandbox.requestLog.clear();
		const { items } = await harness.run('photo', 'getAll', { limit: 1, filters: { maxId: first } });
		expect(ids(items)).toEqual([second]);
		expect(queries().map(({ count }) => count)).toEqual(['1', '2']);
		sandbox.requestLog.clear();
		await harness.run('timeline', 'getHome', { limit: 1, filters: { maxId: homeIds()[0] ?? '' } });
		expect(queries()).toHaveLength(1);
	});

	test('photos are returned once, although the server always repeats the row of max_id', async () => {
		const { items } = await harness.run('photo', 'getAll', { returnAll: true });
		expect(new Set(ids(items)).size).toBe(items.length);
		expect(items).toHaveLength(
			sandbox.fanfou.sandboxState.statuses.filter(
				({ photo, userId }) => photo !== undefined && userId === 'demo',
			).length,
		);
		expect(queries().at(-1)?.max_id).toBe(ids(items).at(-1));
	});

	test('a short page does not end a list', async () => {
		sandbox.fanfou.updateSettings({ shortPages: true });
		const { items } = await harness.run('timeline', 'getHome', { limit: 100 });
		expect(items).toHaveLength(100);
		expect(queries()).toHaveLength(3);
	});

	test('a repeated page ends a list', async () => {
		sandbox.fanfou.updateSettings({ repeatedPages: true });
		const { items } = await harness.run('timeline', 'getHome', { returnAll: true });
		expect(items).toHaveLength(60);
		expect(queries()).toHaveLength(2);
	});

	test('a row without an ID does not end a list', async () => {
		const row = (id: string) => ({ id, text: id });
		const bodies = [[row('c'), row('b'), { text: '?' }, { id: '', text: '?' }], [row('a')], []];
		for (const body of bodies) sandbox.faults.add({ kind: 'status', status: 200, body });
		const { items } = await harness.run('timeline', 'getHome', { returnAll: true });
		expect(ids(items).filter(Boolean)).toEqual(['c', 'b', 'a']);
		expect(queries().map(({ max_id }) => max_id)).toEqual([undefined, 'b', 'a']);
	});

	test('a page of rows without IDs is an error if more rows are needed', async () => {
		const body = [{ text: '?' }, { text: '!' }];
		sandbox.faults.add({ kind: 'status', status: 200, body, times: 'always' });
		const { error } = await harness.run('timeline', 'getHome', { returnAll: true });
		expect([error?.message, error?.description]).toEqual([
			'Fanfou sent a page whose rows have no "id", so the next page cannot be requested',
			'Turn off Return All and lower Limit to take the results before it',
		]);
		const { items } = await harness.run('timeline', 'getHome', { limit: 2 });
		expect(items).toHaveLength(2);
	});

	test('Limit requests no more rows and pages than needed', async () => {
		await harness.run('timeline', 'getHome', { limit: 7 });
		const { items } = await harness.run('timeline', 'getHome', { limit: 61 });
		expect(queries().map(({ count }) => count)).toEqual(['7', '60', '60']);
		expect(items).toHaveLength(61);
	});

	test('friends are paged by number with 100 rows per page', async () => {
		const { items } = await harness.run('user', 'getManyFriends', {
			returnAll: true,
			options: { concurrency: 1 },
		});
		expect(ids(items)).toEqual(sandbox.fanfou.sandboxState.graph.friendsOf('demo'));
		expect(queries().map(({ count, page }) => [count, page])).toEqual([
			['100', '1'],
			['100', '2'],
			['100', '3'],
		]);
	});

	test('lists of bare IDs become items', async () => {
		const { items } = await harness.run('friendship', 'getManyFollowerIds', { returnAll: true });
		expect(ids(items)).toEqual(sandbox.fanfou.sandboxState.graph.followersOf('demo'));
	});

	test('Since ID and Max ID limit a timeline', async () => {
		const all = homeIds();
		const { items } = await harness.run('timeline', 'getHome', {
			returnAll: true,
			filters: { sinceId: all[10] ?? '', maxId: all[2] ?? '' },
		});
		expect(ids(items)).toEqual(all.slice(3, 10));
		expect(queries()[0]).toMatchObject({ since_id: all[10], max_id: all[2] });
	});

	test('an empty list returns no items', async () => {
		const { items, error } = await harness.run('search', 'searchStatuses', {
			q: 'nobody says this',
			limit: 5,
		});
		expect(error).toBeUndefined();
		expect(items).toEqual([]);
	});

	test('the error for a protected user says so', async () => {
		const { error } = await harness.run('timeline', 'getUser', { id: 'secret' });
		expect(error?.message).toContain('protected');
		expect(error?.message).toContain('你没有通过这个用户的验证');
		expect(error?.httpCode).toBe('403');
	});
});

describe('request bytes', () => {
	test('a text is sent byte for byte with nothing else', async () => {
		await harness.run('status', 'create', { status: "早上好，饭否！(测试) 100% + a&b=c ~*'" });
		expect(bodies()).toEqual([
			'status=%E6%97%A9%E4%B8%8A%E5%A5%BD%EF%BC%8C%E9%A5%AD%E5%90%A6%EF%BC%81%28%E6%B5%8B%E8%AF%95%29%20100%25%20%2B%20a%26b%3Dc%20~%2A%27',
		]);
		expect(queries()).toEqual([{}]);
	});

	test('a direct message of whitespace is rejected, and one of 140 emoji is sent', async () => {
		const { error } = await harness.run('directMessage', 'send', { user: 'moyu', text: ' \n ' });
		expect(error?.message).toBe('"Text" is empty');
		expect(paths()).toEqual([]);
		const text = '😀'.repeat(140);
		const { items } = await harness.run('directMessage', 'send', { user: 'moyu', text });
		expect(items[0]?.json.text).toBe(text);
	});

	test('a confirmed write sends one request, also for operations with a preview', async () => {
		const id = latestOf(sandbox, 'moyu');
		await harness.run('favorite', 'create', { id });
		await harness.run('favorite', 'delete', { id });
		await harness.run('friendship', 'follow', { id: 'newcomer' });
		await harness.run('friendship', 'unfollow', { id: 'newcomer' });
		await harness.run('status', 'delete', { id: latestOf(sandbox, 'demo') });
		expect(paths()).toEqual([
			`/favorites/create/${id}.json`,
			`/favorites/destroy/${id}.json`,
			'/friendships/create.json',
			'/friendships/destroy.json',
			'/statuses/destroy.json',
		]);
		expect(bodies().slice(0, 3)).toEqual(['', '', 'id=newcomer']);
	});

	test.each(['-abc_DEF123', '~AbCdEfGhIj0', '饭/否?#%', '..x'])(
		'the ID %s is encoded in a path',
		async (id) => {
			await harness.run('favorite', 'create', { id });
			const path = encodeURIComponent(id);
			expect(paths()).toEqual([`/favorites/create/${path}.json`]);
			// A signature of another path would be rejected with 401.
			expect(sandbox.requestLog.entries().map(({ status }) => status)).toEqual([404]);
		},
	);

	test('a profile URL with a Chinese login name is accepted as a user', async () => {
		const value = 'https://fanfou.com/%E6%B5%8B%E8%AF%95%E7%94%A8%E6%88%B7';
		const { items } = await harness.run('user', 'get', {
			id: { __rl: true, mode: 'url', value },
		});
		expect(ids(items)).toEqual(['测试用户']);
		expect(queries()[0]?.id).toBe('测试用户');
	});

	test('Mode and Format are sent as chosen, but only with Simplify off', async () => {
		await harness.run('timeline', 'getHome', { simplify: false, limit: 1 });
		await harness.run('timeline', 'getHome', { limit: 1, filters: { mode: 'default' } });
		await harness.run('timeline', 'getHome', {
			simplify: false,
			limit: 1,
			filters: { mode: 'lite', format: 'html' },
		});
		expect(queries()).toEqual([
			{ count: '1' },
			{ mode: 'default', format: 'html', count: '1' },
			{ mode: 'lite', format: 'html', count: '1' },
		]);
	});

	test('Simplify can be given as text', async () => {
		const on = await harness.run('timeline', 'getHome', { simplify: '={{ "true" }}', limit: 1 });
		const off = await harness.run('timeline', 'getHome', { simplify: '={{ "false" }}', limit: 1 });
		expect(on.items[0]?.json).toHaveProperty('in_review');
		expect(off.items[0]?.json).not.toHaveProperty('in_review');
		expect(queries()).toEqual([{ mode: 'lite', format: 'html', count: '1' }, { count: '1' }]);
	});

	test('an ID of whitespace counts as empty: nobody is followed, and lists are those of the account', async () => {
		const { error } = await harness.run('friendship', 'follow', { id: '={{ "  " }}' });
		expect(error?.message).toBe('"User" is empty');
		await harness.run('user', 'get', { id: ' ' });
		expect(queries()).toEqual([{ mode: 'lite' }]);
	});

	test('an empty profile field is cleared', async () => {
		await harness.run('account', 'updateProfile', { updateFields: { url: '', name: '新名字' } });
		expect(bodies()).toEqual(['name=%E6%96%B0%E5%90%8D%E5%AD%97&url=']);
		expect(sandbox.fanfou.user('demo').url).toBe('');
	});

	test('a saved search ID can be given as text', async () => {
		await harness.run('savedSearch', 'get', { id: 'twelve' });
		expect(paths()).toEqual([]);
		const { error } = await harness.run('savedSearch', 'get', { id: '9007199254740993' });
		expect(queries()).toEqual([{ id: '9007199254740993' }]);
		expect(error?.httpCode).toBe('404');
	});
});
