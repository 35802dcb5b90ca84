import type { Sandbox } from '../../../sandbox';
import { startSandbox } from '../../../sandbox';
import { latestOf } from './samples';
import { SECRETS, runner } from './support';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

const run = runner(() => sandbox);

/** The queries of all requests, as objects. */
const queries = () =>
	sandbox.journal.entries().map(({ query }): Record<string, string> => Object.fromEntries(query));
const bodies = () => sandbox.journal.entries().map(({ bodyText }) => bodyText);
const paths = () => sandbox.journal.entries().map(({ path }) => path.replace('/fanfou', ''));
const ids = (items: Array<{ json: { id?: unknown } }>) => items.map(({ json }) => json.id);

/** IDs of the statuses that the home timeline of the account holds, newest first. */
function homeIds(): string[] {
	const { store } = sandbox.fanfou;
	const me = sandbox.fanfou.user('demo');
	const authors = new Set(['demo', ...store.graph.friendsOf('demo')]);
	return store.statuses
		.where((status) => authors.has(status.userId) && store.isVisible(me, status))
		.map(({ id }) => id);
}

describe('pages', () => {
	test('a timeline is read by max_id, sixty at a time, until nothing new comes', async () => {
		const { items } = await run('timeline', 'getHome', { returnAll: true });
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

	test('a server that repeats the row of max_id gives each row once', async () => {
		sandbox.fanfou.quirks({ maxIdInclusive: true });
		const { items } = await run('timeline', 'getHome', { returnAll: true });
		expect(ids(items)).toEqual(homeIds());
	});

	test('photos repeat the row of max_id always', async () => {
		const { items } = await run('photo', 'getAll', { returnAll: true });
		expect(new Set(ids(items)).size).toBe(items.length);
		expect(items).toHaveLength(
			sandbox.fanfou.store.statuses.where(
				({ photo, userId }) => photo !== undefined && userId === 'demo',
			).length,
		);
		expect(queries().at(-1)?.max_id).toBe(ids(items).at(-1));
	});

	test('a short page is not the end', async () => {
		sandbox.fanfou.quirks({ shortPages: true });
		const { items } = await run('timeline', 'getHome', { limit: 100 });
		expect(items).toHaveLength(100);
		expect(queries()).toHaveLength(3);
	});

	test('a page that comes again ends the list', async () => {
		sandbox.fanfou.quirks({ repeatedPages: true });
		const { items } = await run('timeline', 'getHome', { returnAll: true });
		expect(items).toHaveLength(60);
		expect(queries()).toHaveLength(2);
	});

	test('Limit asks for no more rows and no more pages than needed', async () => {
		await run('timeline', 'getHome', { limit: 7 });
		const { items } = await run('timeline', 'getHome', { limit: 61 });
		expect(queries().map(({ count }) => count)).toEqual(['7', '60', '60']);
		expect(items).toHaveLength(61);
	});

	test('friends come a hundred at a time by page number', async () => {
		const { items } = await run('user', 'getManyFriends', { returnAll: true });
		expect(ids(items)).toEqual(sandbox.fanfou.store.graph.friendsOf('demo'));
		expect(queries().map(({ count, page }) => [count, page])).toEqual([
			['100', '1'],
			['100', '2'],
			['100', '3'],
		]);
	});

	test('lists of bare IDs become items, and end', async () => {
		const { items } = await run('friendship', 'getManyFollowerIds', { returnAll: true });
		expect(ids(items)).toEqual(sandbox.fanfou.store.graph.followersOf('demo'));
	});

	test('Since ID and Max ID bound a timeline', async () => {
		const all = homeIds();
		const { items } = await run('timeline', 'getHome', {
			returnAll: true,
			filters: { sinceId: all[10] ?? '', maxId: all[2] ?? '' },
		});
		expect(ids(items)).toEqual(all.slice(3, 10));
		expect(queries()[0]).toMatchObject({ since_id: all[10], max_id: all[2] });
	});

	test('an empty list gives no item', async () => {
		const { items, error } = await run('search', 'searchStatuses', {
			q: 'nobody says this',
			limit: 5,
		});
		expect(error).toBeUndefined();
		expect(items).toEqual([]);
	});

	test('a protected user is told apart', async () => {
		const { error } = await run('timeline', 'getUser', { filters: { id: 'secret' } });
		expect(error?.message).toContain('protected');
		expect(error?.message).toContain('你没有通过这个用户的验证');
		expect(error?.httpCode).toBe('403');
	});
});

describe('what goes over the wire', () => {
	test('a text, byte for byte, and nothing beside it', async () => {
		await run('status', 'create', { status: "早上好，饭否！(测试) 100% + a&b=c ~*'" });
		expect(bodies()).toEqual([
			'status=%E6%97%A9%E4%B8%8A%E5%A5%BD%EF%BC%8C%E9%A5%AD%E5%90%A6%EF%BC%81%28%E6%B5%8B%E8%AF%95%29%20100%25%20%2B%20a%26b%3Dc%20~%2A%27',
		]);
		expect(queries()).toEqual([{}]);
	});

	test('a write that is confirmed is one request, also for what has a preview', async () => {
		const id = latestOf(sandbox, 'moyu');
		await run('favorite', 'create', { id });
		await run('favorite', 'delete', { id });
		await run('friendship', 'follow', { id: 'newcomer' });
		await run('friendship', 'unfollow', { id: 'newcomer' });
		await run('status', 'delete', { id: latestOf(sandbox, 'demo') });
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
		'the ID %s in a path',
		async (id) => {
			await run('favorite', 'create', { id });
			const path = encodeURIComponent(id);
			expect(paths()).toEqual([`/favorites/create/${path}.json`]);
			// A signature over another path would be refused with 401.
			expect(sandbox.journal.entries().map(({ status }) => status)).toEqual([404]);
		},
	);

	test('an address of a user with a Chinese login name', async () => {
		const value = 'https://fanfou.com/%E6%B5%8B%E8%AF%95%E7%94%A8%E6%88%B7';
		const { items } = await run('user', 'get', {
			additionalFields: { id: { __rl: true, mode: 'url', value } },
		});
		expect(ids(items)).toEqual(['测试用户']);
		expect(queries()[0]?.id).toBe('测试用户');
	});

	test('Mode and Format go as chosen, and only then where nothing is simplified', async () => {
		await run('timeline', 'getHome', { simplify: false, limit: 1 });
		await run('timeline', 'getHome', { limit: 1, filters: { mode: 'default' } });
		await run('timeline', 'getHome', {
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

	test('a field of the profile that was left blank is cleared', async () => {
		await run('account', 'updateProfile', { updateFields: { url: '', name: '新名字' } });
		expect(bodies()).toEqual(['name=%E6%96%B0%E5%90%8D%E5%AD%97&url=']);
		expect(sandbox.fanfou.user('demo').url).toBe('');
	});

	test('a saved search is named by a number, typed in as text', async () => {
		await run('savedSearch', 'get', { id: 'twelve' });
		expect(paths()).toEqual([]);
		const { error } = await run('savedSearch', 'get', { id: '9007199254740993' });
		expect(queries()).toEqual([{ id: '9007199254740993' }]);
		expect(error?.httpCode).toBe('404');
	});
});

describe('texts', () => {
	test.each([
		['blank', '   ', '"Text" is empty'],
		['too long', '😀'.repeat(141), '"Text" has 141 characters'],
	])('a %s text is refused before anything is sent', async (_name, status, message) => {
		const { error } = await run('status', 'create', { status });
		expect(error?.message).toBe(message);
		expect(paths()).toEqual([]);
	});

	test('140 emoji pass, counted as code points', async () => {
		const { items } = await run('status', 'create', { status: '😀'.repeat(140) });
		expect(items[0]?.json.text).toBe('😀'.repeat(140));
	});

	test('a reply begins with the mention and names the status and its author', async () => {
		const id = latestOf(sandbox, '-wind');
		const { items } = await run('status', 'reply', { inReplyToStatusId: id, status: '好' });
		const text = encodeURIComponent('@风过无痕 好');
		expect(bodies()).toEqual([
			'',
			`in_reply_to_status_id=${id}&status=${text}&in_reply_to_user_id=-wind`,
		]);
		expect(items[0]?.json).toMatchObject({
			text: '@风过无痕 好',
			in_reply_to_status_id: id,
			in_reply_to_user_id: '-wind',
			in_reply_to_screen_name: '风过无痕',
		});
	});

	test('a reply that is too long with its mention is refused, with what is left', async () => {
		const { error } = await run('status', 'reply', {
			inReplyToStatusId: latestOf(sandbox, '-wind'),
			status: 'x'.repeat(140),
		});
		expect(error?.message).toBe('"Text" has 146 characters with the mention of @风过无痕');
		expect(error?.description).toBe('Shorten it to at most 134 characters');
		expect(paths()).toEqual(['/statuses/show.json']);
	});

	test('a repost quotes author and text, without entities and review mark', async () => {
		const { id } = sandbox.fanfou.say('moyu', 'if (a < b && c) "好"');
		const { items } = await run('status', 'repost', { repostStatusId: id, comment: '看' });
		expect(items[0]?.json).toMatchObject({
			text: '看 转@摸鱼达人 if (a < b && c) "好"',
			repost_status_id: id,
			repost_user_id: 'moyu',
		});
	});

	test('search hits come without bold, entities decoded', async () => {
		sandbox.fanfou.say('moyu', '量子 <读书> & #量子# http://example.com/?q=1&r=2');
		const { items } = await run('search', 'searchStatuses', { q: '量子', limit: 1 });
		expect(items[0]?.json).toMatchObject({
			text: '量子 <读书> & #量子# http://example.com/?q=1&r=2',
			topics: ['量子'],
			links: ['http://example.com/?q=1&r=2'],
		});
	});

	test('a status under review is told by a flag', async () => {
		const { items } = await run('timeline', 'getUser', { limit: 1 });
		expect(items[0]?.json).toMatchObject({ text: '这条还在等审核', in_review: true });
	});

	test('mentions name the user behind them', async () => {
		sandbox.fanfou.mention('moyu', 'demo', '在吗');
		const { items } = await run('timeline', 'getMentions', { limit: 1 });
		expect(items[0]?.json).toMatchObject({
			text: '@演示饭友 在吗',
			mentions: [{ id: 'demo', name: '演示饭友' }],
		});
	});
});

describe('odd answers', () => {
	test.each([200, 403])(
		'a follow request that was sent is a success, with status %d',
		async (status) => {
			sandbox.fanfou.quirks({ followRequestStatus: status });
			const { items, error } = await run('friendship', 'follow', { id: 'secret' });
			expect(error).toBeUndefined();
			expect(items[0]?.json).toEqual({
				requested: true,
				message: '已向上锁的人发出关注请求，请等待对方确认',
			});
			expect(sandbox.fanfou.store.graph.requestsTo('secret')).toEqual(['demo']);
		},
	);

	test('any other refusal to follow stays one', async () => {
		const { error } = await run('friendship', 'follow', { id: 'demo' });
		expect(error?.message).toBe('Fanfou refused the call (status 403): 不能关注自己');
		const unknown = await run('friendship', 'follow', { id: 'nobody' });
		expect(unknown.error?.message).toBe('There is no such user (没有这个用户)');
	});

	test.each([404, 403, 400, 200])('no block is an answer, with status %d', async (status) => {
		sandbox.fanfou.quirks({ notBlockedStatus: status });
		const { items } = await run('block', 'check', { id: 'moyu' });
		expect(items[0]?.json).toEqual({ blocked: false, message: '没有将这个用户加入黑名单' });
	});

	test('a block is the user, a user who does not exist is neither', async () => {
		const { items } = await run('block', 'check', { id: 'troll' });
		expect(items[0]?.json).toMatchObject({ blocked: true, id: 'troll', name: '捣蛋鬼' });
		const { error } = await run('block', 'check', { id: 'nobody' });
		expect(error?.message).toBe('There is no such user (没有这个用户)');
	});

	test('bare true and false', async () => {
		const follows = await run('friendship', 'check', { userA: 'moyu', userB: '测试用户' });
		const not = await run('friendship', 'check', { userA: '测试用户', userB: 'moyu' });
		expect([...follows.items, ...not.items].map(({ json }) => json)).toEqual([
			{ exists: true },
			{ exists: false },
		]);
	});

	test('flags of a relationship written as text', async () => {
		const parameters = { additionalFields: { sourceId: 'demo', targetId: 'moyu' } };
		const clean = await run('friendship', 'getRelationship', parameters);
		const raw = await run('friendship', 'getRelationship', { ...parameters, simplify: false });
		expect(clean.items[0]?.json).toMatchObject({ relationship: { source: { following: true } } });
		expect(raw.items[0]?.json).toMatchObject({ relationship: { source: { following: 'true' } } });
	});

	test('the eleventh saved search is answered with nothing, and fails', async () => {
		const words = ['一', '二', '三', '四', '五', '六', '七', '八'];
		for (const word of words) sandbox.fanfou.store.saveSearch('demo', word);
		const { error } = await run('savedSearch', 'create', { query: '十一' });
		expect(error?.message).toBe(
			'Fanfou did not save the search; it keeps at most ten, delete one first',
		);
	});

	test('a refusal inside of an answer with status 200 is one', async () => {
		sandbox.faults.add({
			kind: 'status',
			status: 200,
			body: { request: '/x', error: '没有这条消息' },
		});
		const { error } = await run('status', 'get', { id: 'x' });
		expect(error?.message).toBe('There is no such message (没有这条消息)');
	});

	test('a refusal as XML', async () => {
		sandbox.fanfou.quirks({ xmlFailures: true });
		sandbox.fanfou.revokeTokens('demo');
		const { error } = await run('account', 'getCurrentUser');
		expect(error?.message).toBe('Fanfou does not accept the keys: Invalid access token');
		expect(error?.description).toMatch(/never approved.*clock/);
	});

	test('a page in HTML instead of an answer', async () => {
		sandbox.faults.add({ kind: 'status', status: 503, times: 'always' });
		const { error } = await run('trend', 'getAll', { options: { tries: 2 } });
		expect(error?.message).toMatch(/^Fanfou is out of order \(status 503\)/);
		expect(sandbox.journal.entries()).toHaveLength(2);
	});

	test('a post whose answer breaks off is told as unclear', async () => {
		sandbox.faults.add({ kind: 'malformed', afterHandling: true });
		const { error } = await run('status', 'create', { status: '一半' });
		expect(error?.message).toBe('Fanfou answered with something that cannot be read');
		expect(error?.description).toContain('may have been carried out all the same');
		expect(sandbox.journal.entries()).toHaveLength(1);
	});

	test('no trends is no item', async () => {
		sandbox.faults.add({ kind: 'status', status: 200, body: { as_of: 'now', trends: [] } });
		const { items, error } = await run('trend', 'getAll');
		expect(error).toBeUndefined();
		expect(items).toEqual([]);
	});
});

describe('calm and careful', () => {
	test('a request to slow down is waited out, and the post is made once', async () => {
		sandbox.faults.add({ kind: 'rateLimit', retryAfter: 1 });
		const started = Date.now();
		const { items } = await run('status', 'create', { status: '慢慢来' });
		expect(Date.now() - started).toBeGreaterThanOrEqual(1000);
		expect(items[0]?.json.text).toBe('慢慢来');
		expect(sandbox.journal.entries().map(({ status }) => status)).toEqual([429, 200]);
	});

	test('a post whose outcome is unknown is not made twice', async () => {
		sandbox.faults.add({ kind: 'cut', afterHandling: true });
		const { error } = await run('status', 'create', { status: '一次' });
		expect(error?.description).toContain('may have been carried out all the same');
		expect(sandbox.journal.entries()).toHaveLength(1);
		expect(sandbox.fanfou.status(latestOf(sandbox, 'demo')).text).toBe('一次');
	});

	test('the same text twice is told in plain words', async () => {
		sandbox.fanfou.quirks({ refuseDuplicates: true });
		await run('status', 'create', { status: '再来' });
		const { error } = await run('status', 'create', { status: '再来' });
		expect(error?.message).toBe('The same text was posted a moment ago (不能发送重复的消息)');
	});

	test('no secret in anything that n8n saves, not even when a signature is refused', async () => {
		const { error, saved } = await run(
			'account',
			'getCurrentUser',
			{},
			{
				credential: {
					consumerKey: '0123456789abcdef0123456789abcdef',
					consumerSecret: 'not-the-right-secret',
					accessToken: '1000000-00112233445566778899aabbccddeeff',
					accessTokenSecret: 'ffeeddccbbaa99887766554433221100',
				},
			},
		);
		expect(error?.description).toContain(
			'GET&http%3A%2F%2Fapi.fanfou.com%2Faccount%2Fverify_credentials.json&mode%3Dlite',
		);
		for (const secret of [...SECRETS, 'not-the-right-secret']) expect(saved).not.toContain(secret);
		expect(saved).not.toMatch(/oauth_signature(=|%3D|")/);
	});
});
