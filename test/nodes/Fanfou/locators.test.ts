import { FanfouOAuth1Api } from '../../../credentials/FanfouOAuth1Api.credentials';
import { Fanfou } from '../../../nodes/Fanfou/Fanfou.node';
import { FanfouTrigger } from '../../../nodes/Fanfou/FanfouTrigger.node';
import type { Sandbox } from '../../../sandbox';
import { searchList } from '../../support/lists';
import { FanfouHarness, TOKENS } from '../../support/fanfouHarness';
import { useSandbox } from '../../support/sandbox';

let sandbox: Sandbox;
const harness = new FanfouHarness(() => sandbox);
useSandbox((started) => {
	sandbox = started;
});

async function search(method: string, more: { filter?: string; token?: string } = {}) {
	const { fanfouApi: baseUrl, fanfouLogin: loginUrl } = sandbox.urls;
	return await searchList({
		node: new Fanfou(),
		method,
		credentials: { fanfouOAuth1Api: { ...TOKENS, baseUrl, loginUrl } },
		credentialTypes: { fanfouOAuth1Api: new FanfouOAuth1Api() },
		...more,
	});
}

test('the user list contains the users followed by the account, page by page', async () => {
	const friends = sandbox.fanfou.sandboxState.graph.friendsOf('demo');
	const found: unknown[] = [];
	let token: string | undefined;
	do {
		const { results, paginationToken } = await search('searchUsers', { token });
		found.push(...results.map(({ value }) => value));
		token = typeof paginationToken === 'string' ? paginationToken : undefined;
	} while (token !== undefined);
	expect(found).toEqual(friends);
});

test.each([
	['searchFollowers', '/fanfou/statuses/followers.json'],
	['searchRequests', '/fanfou/friendships/requests.json'],
	['searchBlocked', '/fanfou/blocks/blocking.json'],
	['searchRecommended', '/fanfou/2/users/recommendation.json'],
])('%s lists the users of its call', async (method, path) => {
	const users = [
		{ id: 'a', name: 'A &amp; B' },
		{ id: 'c', name: 'C' },
	];
	sandbox.faults.add({ kind: 'status', status: 200, body: users });
	const { results, paginationToken } = await search(method, { filter: 'a' });
	expect(results).toEqual([{ name: 'A & B (a)', value: 'a', url: 'https://fanfou.com/a' }]);
	expect(paginationToken).toBe('2');
	await search(method);
	expect(sandbox.requestLog.entries().map((entry) => entry.path)).toEqual([path, path]);
	expect(sandbox.requestLog.entries().at(-1)?.status).toBe(200);
});

test.each([
	['searchHomeStatuses', '/fanfou/statuses/home_timeline.json', 'b'],
	['searchFavorites', '/fanfou/favorites.json', '2'],
])('%s lists statuses with their authors', async (method, path, next) => {
	const body = [
		{ id: 'a', text: 'tea', user: { name: 'Lin &amp; Co' } },
		{ id: 'b', text: 'rain', user: { name: 'Moyu' } },
	];
	sandbox.faults.add({ kind: 'status', status: 200, body });
	const { results, paginationToken } = await search(method, { filter: 'lin' });
	expect(results).toEqual([
		{ name: 'Lin & Co: tea', value: 'a', url: 'https://fanfou.com/statuses/a' },
	]);
	expect(paginationToken).toBe(next);
	await search(method, { token: next });
	expect(sandbox.requestLog.entries().map((entry) => entry.path)).toEqual([path, path]);
});

test('users are found by name and by ID', async () => {
	const byName = await search('searchUsers', { filter: '林间' });
	const byId = await search('searchUsers', { filter: '~KX3' });
	const entry = {
		name: '林间小路 (~Kx3-bQ9_zR2)',
		value: '~Kx3-bQ9_zR2',
		url: 'https://fanfou.com/~Kx3-bQ9_zR2',
	};
	expect([byName.results, byId.results]).toEqual([[entry], [entry]]);
	const chinese = await search('searchUsers', { filter: '测试用户' });
	expect(chinese.results[0]?.url).toBe('https://fanfou.com/%E6%B5%8B%E8%AF%95%E7%94%A8%E6%88%B7');
});

test('a status without text is listed as a photo or by its ID', async () => {
	const body = [{ id: 'a', text: '', photo: {} }, { id: 'b' }, { text: 'no ID' }];
	sandbox.faults.add({ kind: 'status', status: 200, body });
	const { results } = await search('searchStatuses');
	expect(results.map(({ name, value }) => [name, value])).toEqual([
		['Photo', 'a'],
		['b', 'b'],
	]);
	sandbox.faults.add({ kind: 'status', status: 200, body: {} });
	await expect(search('searchUsers')).rejects.toThrow(
		'Fanfou returned an empty object instead of a list of users',
	);
});

test('a search continues on later pages if the first have no match', async () => {
	const last = sandbox.fanfou.sandboxState.graph.friendsOf('demo').at(-1) ?? '';
	const { name } = sandbox.fanfou.user(last);
	const found = await search('searchUsers', { filter: last });
	expect(found.results.map(({ value }) => value)).toEqual([last]);
	expect(found.results[0]?.name).toBe(`${name} (${last})`);
	const pages = sandbox.requestLog.entries().map(({ query }) => new Map(query).get('page'));
	expect(pages).toEqual(['1', '2']);

	const own = sandbox.fanfou.sandboxState.statuses.filter(({ userId }) => userId === 'demo');
	const oldest = own.at(-1)?.id ?? '';
	const { results } = await search('searchStatuses', { filter: oldest });
	expect(results.map(({ value }) => value)).toEqual([oldest]);
	expect(await search('searchStatuses', { filter: 'nobody says this' })).toEqual({ results: [] });
});

test('a search without matches reads ten pages per request', async () => {
	for (let index = 0; index < 700; index += 1) sandbox.fanfou.post('demo', `第 ${index} 条`);
	sandbox.requestLog.clear();
	const { results, paginationToken } = await search('searchStatuses', { filter: 'no such' });
	expect(results).toEqual([]);
	expect(sandbox.requestLog.entries()).toHaveLength(10);
	const own = sandbox.fanfou.sandboxState.statuses.filter(({ userId }) => userId === 'demo');
	expect(paginationToken).toBe(own[599]?.id);
});

test('the status list contains own statuses as plain text, each once even if pages overlap', async () => {
	sandbox.fanfou.updateSettings({ maxIdInclusive: true });
	sandbox.fanfou.post('demo', '<b> & "引号" 😀');
	const first = await search('searchStatuses');
	expect(first.results[0]).toMatchObject({ name: '<b> & "引号" 😀' });
	expect(first.results).toHaveLength(60);
	const token = typeof first.paginationToken === 'string' ? first.paginationToken : '';
	const second = await search('searchStatuses', { token });
	const all = [...first.results, ...second.results].map(({ value }) => value);
	const own = sandbox.fanfou.sandboxState.statuses.filter(({ userId }) => userId === 'demo');
	expect(all).toEqual(own.map(({ id }) => id));
});

test('statuses are found by their text', async () => {
	const { results } = await search('searchStatuses', { filter: '这条还在等审核' });
	expect(results).toHaveLength(1);
	expect(results[0]?.name).toBe('这条还在等审核');
});

test('the error of a list is readable', async () => {
	sandbox.fanfou.revokeTokens('demo');
	await expect(search('searchUsers')).rejects.toThrow(
		'Fanfou rejected the keys or the access token: Invalid access token',
	);
});

test('the trigger has the same lists as the node', () => {
	const { searchEndpoints, ...lists } = new Fanfou().methods.listSearch;
	expect(new FanfouTrigger().methods.listSearch).toEqual(lists);
	expect(searchEndpoints).toEqual(expect.any(Function));
});

test('saved searches are found by their keywords', async () => {
	const saved = sandbox.fanfou.sandboxState.saveSearch('demo', '咖啡|读书');
	const { results } = await search('searchSavedSearches', { filter: '咖啡|' });
	expect(results).toEqual([{ name: '咖啡|读书', value: String(saved?.id) }]);
});

test.each([
	['https://example.com/moyu', '"User" cannot be "https://example.com/moyu"'],
	['https://fanfou.com/statuses/AbC', '"User" cannot be "https://fanfou.com/statuses/AbC"'],
])('the address of something else is no user: %s', async (value, expected) => {
	const { error } = await harness.run('friendship', 'follow', {
		id: { __rl: true, mode: 'url', value },
		confirm: true,
	});
	expect(error?.message).toBe(expected);
	expect(error?.description).toContain('https://fanfou.com/');
});
