import type { Sandbox } from '../../../sandbox/index';
import { FanfouClient, ids, items } from './client';
import { useSandbox } from '../../support/sandbox';

let sandbox: Sandbox;
let client: FanfouClient;

useSandbox((started) => {
	sandbox = started;
	client = new FanfouClient(started);
});

const HOME = '/statuses/home_timeline.json';
const OWN = '/statuses/user_timeline.json';
const PUBLIC = '/statuses/public_timeline.json';

/** Reads a whole timeline page by page with max_id, until a page is empty. */
async function walk(path: string, query: Record<string, string> = {}): Promise<unknown[]> {
	const all: unknown[] = [];
	for (let step: Record<string, string> = {}; ;) {
		const page = ids(await client.get(path, { count: '60', mode: 'lite', ...query, ...step }));
		if (page.length === 0) return all;
		all.push(...page);
		step = { max_id: String(page.at(-1)) };
	}
}

describe('paging', () => {
	it('returns 20 statuses by default, newest first, with decreasing rawid', async () => {
		const page = items(await client.get(HOME));
		expect(page).toHaveLength(20);
		const rawids = page.map(({ rawid }) => Number(rawid));
		expect(rawids).toEqual([...rawids].sort((a, b) => b - a));
		expect(new Set(rawids).size).toBe(20);
	});

	it('returns the same three pages of 60 by max_id and by page', async () => {
		const byId = await walk(HOME);
		const pages = await Promise.all(
			['1', '2', '3', '4'].map((page) => client.get(HOME, { count: '60', page, mode: 'lite' })),
		);
		expect(pages.flatMap(ids)).toEqual(byId);
		expect(byId.length).toBeGreaterThan(150);
		expect(new Set(byId).size).toBe(byId.length);
	});

	it('returns statuses newer than since_id, even if that status was deleted', async () => {
		const [first] = ids(await client.get(HOME, { count: '1' }));
		const since = String(first);
		expect(ids(await client.get(HOME, { since_id: since }))).toEqual([]);
		const posted = ['一', '二', '三'].map((text) => sandbox.fanfou.post('moyu', text).id);
		sandbox.fanfou.deleteStatus(since);
		expect(ids(await client.get(HOME, { since_id: since }))).toEqual(posted.toReversed());
		expect(ids(await client.get(HOME, { since_id: since, count: '2' }))).toHaveLength(2);
	});

	it('ignores an id that never existed', async () => {
		const all = ids(await client.get(HOME));
		expect(ids(await client.get(HOME, { since_id: 'nothing', max_id: 'nothing' }))).toEqual(all);
	});

	it('excludes max_id, except for photos or if the setting is on', async () => {
		const photos = '/photos/user_timeline.json';
		for (const [path, isInclusive] of [
			[OWN, false],
			[photos, true],
		] as const) {
			const [, second, third] = ids(await client.get(path));
			const next = ids(await client.get(path, { max_id: String(second) }));
			expect(next[0]).toBe(isInclusive ? second : third);
		}
		sandbox.fanfou.updateSettings({ maxIdInclusive: true });
		const [, second] = ids(await client.get(OWN));
		expect(ids(await client.get(OWN, { max_id: String(second) }))[0]).toBe(second);
	});

	it('returns short pages before the last one if the setting is on', async () => {
		sandbox.fanfou.updateSettings({ shortPages: true });
		const [one, two] = await Promise.all(
			['1', '2'].map((page) => client.get(HOME, { count: '20', page })),
		);
		expect(one && ids(one)).toHaveLength(16);
		expect(two && ids(two)).toHaveLength(16);
	});

	it('repeats the first page if the setting is on', async () => {
		sandbox.fanfou.updateSettings({ repeatedPages: true });
		const first = ids(await client.get(HOME));
		expect(ids(await client.get(HOME, { page: '2' }))).toEqual(first);
		expect(ids(await client.get(HOME, { max_id: String(first.at(-1)) }))).toEqual(first);
	});

	it('returns followers and friends in pages of 100', async () => {
		for (const [path, rest] of [
			['/statuses/followers.json', 30],
			['/statuses/friends.json', 10],
		] as const) {
			const one = ids(await client.get(path, { mode: 'lite' }));
			const two = ids(await client.get(path, { mode: 'lite', page: '2' }));
			expect([one.length, two.length]).toEqual([100, rest]);
			expect(new Set([...one, ...two]).size).toBe(100 + rest);
			expect(ids(await client.get(path, { mode: 'lite', page: '3' }))).toEqual([]);
		}
	});

	it('returns all ids at once or in pages', async () => {
		const all = await client.get('/followers/ids.json');
		expect(all.json).toEqual(sandbox.fanfou.sandboxState.graph.followersOf('demo'));
		expect(all.json).toHaveLength(130);
		const page = await client.get('/followers/ids.json', { count: '50', page: '3' });
		expect(page.json).toEqual(sandbox.fanfou.sandboxState.graph.followersOf('demo').slice(100));
	});
});

describe('visibility', () => {
	it('the home timeline contains friends and oneself', async () => {
		const authors = new Set(
			[...(await walk(HOME))].map((id) => sandbox.fanfou.status(String(id)).userId),
		);
		const friends = ['demo', 'moyu', '~Kx3-bQ9_zR2', '测试用户', '-wind', 'neighbor'];
		expect(authors).toEqual(new Set(friends));
	});

	it('the home timeline of another user is readable unless protected', async () => {
		const theirs = await walk(HOME, { id: 'moyu' });
		const authors = new Set(theirs.map((id) => sandbox.fanfou.status(String(id)).userId));
		expect(authors).toEqual(new Set(['moyu', '~Kx3-bQ9_zR2', '测试用户', 'demo']));
		const rejected = await client.get(HOME, { id: 'secret' });
		expect([rejected.status, rejected.json]).toEqual([
			403,
			{ request: `${HOME}?id=secret`, error: '你没有通过这个用户的验证' },
		]);
	});

	it('the public timeline contains everybody except protected and blocked users', async () => {
		const authors = new Set(
			(await walk(PUBLIC)).map((id) => sandbox.fanfou.status(String(id)).userId),
		);
		expect(authors).toContain('xiaoming');
		for (const hidden of ['secret', 'neighbor', 'troll']) expect(authors).not.toContain(hidden);
	});

	it('a protected user is readable by followers only', async () => {
		expect((await client.get(OWN, { id: 'secret' })).status).toBe(403);
		const [secret] = sandbox.fanfou.sandboxState.statuses.filter(
			({ userId }) => userId === 'secret',
		);
		expect((await client.get('/statuses/show.json', { id: secret?.id ?? '' })).status).toBe(403);
		sandbox.fanfou.follow('demo', 'secret');
		expect(ids(await client.get(OWN, { id: 'secret' }))).toEqual([secret?.id]);
		expect(ids(await client.get(OWN, { id: 'neighbor' }))).toHaveLength(1);
	});

	it('a user is found by id, unique id and Chinese login name', async () => {
		const { uniqueId } = sandbox.fanfou.user('测试用户');
		for (const id of ['测试用户', uniqueId]) {
			const [first] = items(await client.get(OWN, { id, count: '1' }));
			expect(first?.user).toMatchObject({ id: '测试用户', unique_id: uniqueId });
		}
		expect(ids(await client.get(OWN, { id: '-wind', count: '1' }))).toHaveLength(1);
		expect(ids(await client.get(OWN, { id: '' }))).toEqual(ids(await client.get(OWN)));
		const nobody = await client.get(OWN, { id: 'nobody' });
		expect([nobody.status, nobody.json]).toMatchObject([404, { error: '没有这个用户' }]);
	});

	it('mentions and replies exclude own statuses and those of blocked users', async () => {
		const mention = sandbox.fanfou.mention('xiaoming', 'demo', '你好').id;
		const own = sandbox.fanfou.post('demo', '自言自语 @演示饭友').id;
		const reply = sandbox.fanfou.reply('moyu', own, '收到').id;
		sandbox.fanfou.mention('troll', 'demo', '看我');
		const mentions = ids(await client.get('/statuses/mentions.json', { count: '3' }));
		expect(mentions.slice(0, 2)).toEqual([reply, mention]);
		expect(mentions).not.toContain(own);
		const replies = ids(await client.get('/statuses/replies.json', { count: '1' }));
		expect(replies).toEqual([reply]);
	});

	it('ids that start with a dash or underscore are accepted', async () => {
		const odd = (await walk(HOME)).map(String).filter((id) => /^[-_]/.test(id));
		expect(odd.some((id) => id.startsWith('-'))).toBe(true);
		expect(odd.some((id) => id.startsWith('_'))).toBe(true);
		for (const id of odd.slice(0, 3)) {
			const byPath = await client.get(`/statuses/show/${id}.json`);
			const byQuery = await client.get('/statuses/show.json', { id });
			expect(byPath.json).toEqual(byQuery.json);
			expect(byPath.json).toMatchObject({ id });
		}
	});
});
