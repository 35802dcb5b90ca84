import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { startSandbox, type Sandbox } from '../../sandbox';
import { DEMO } from '../../sandbox/demo';
import { plainPng } from '../../sandbox/fanfou/pictures';

/*
 * fanfou-sdk is the client most Fanfou programs use. It shares no code with the sandbox: where
 * the two agree on a signature, neither is only talking to itself.
 */

let sandbox: Sandbox;
let sdk: ChildProcessWithoutNullStreams;
let lines: Interface;
let answers: AsyncIterator<string>;
let folder: string;
let photo: string;

const PAIR = { oauthToken: expect.any(String), oauthTokenSecret: expect.any(String) };

beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
	folder = mkdtempSync(join(tmpdir(), 'fanfou-sdk-'));
	photo = join(folder, 'photo.png');
	writeFileSync(photo, plainPng(16, [200, 100, 50]));
	const host = `127.0.0.1:${sandbox.port}`;
	const options = {
		consumerKey: DEMO.fanfou.consumerKey,
		consumerSecret: DEMO.fanfou.consumerSecret,
		username: DEMO.fanfou.userName,
		password: DEMO.fanfou.password,
		apiDomain: `${host}/fanfou`,
		oauthDomain: `${host}/fanfou-login`,
		rewrites: [
			[`${host}/fanfou-login`, 'fanfou.com'],
			[`${host}/fanfou`, 'api.fanfou.com'],
		],
	};
	sdk = spawn(process.execPath, [join(__dirname, 'fanfou-sdk.mjs'), JSON.stringify(options)]);
	lines = createInterface({ input: sdk.stdout });
	answers = lines[Symbol.asyncIterator]();
});
beforeEach(async () => {
	sandbox.reset();
	expect(await call('xauth')).toEqual(PAIR);
	sandbox.journal.clear();
});
afterAll(async () => {
	sdk.stdin.end();
	lines.close();
	await new Promise((resolve) => sdk.once('close', resolve));
	rmSync(folder, { recursive: true });
	await sandbox.close();
});

async function ask(method: string, parameters: unknown[]): Promise<object> {
	sdk.stdin.write(`${JSON.stringify([method, ...parameters])}\n`);
	const { value, done } = await answers.next();
	if (done === true) throw new Error('fanfou-sdk has ended');
	const answer: unknown = JSON.parse(value);
	if (typeof answer !== 'object' || answer === null) throw new Error(value);
	return answer;
}

/** What a call of the SDK gives. */
async function call(method: string, ...parameters: unknown[]): Promise<unknown> {
	const answer = await ask(method, parameters);
	if (!('value' in answer)) throw new Error(JSON.stringify(answer));
	return answer.value;
}

/** The message of a call that is refused. */
async function refusal(method: string, ...parameters: unknown[]): Promise<unknown> {
	const answer = await ask(method, parameters);
	return 'error' in answer ? answer.error : undefined;
}

function latestOf(userId: string): string {
	return sandbox.fanfou.store.statuses.where((status) => status.userId === userId)[0]?.id ?? '';
}

it('signs in with a password, and is told what is wrong with it', async () => {
	sandbox.fanfou.user('demo').password = 'changed';
	expect(await refusal('xauth')).toBe('密码错误');
});

it('gets a request token and changes it for an access token', async () => {
	const request = await call('getRequestToken');
	expect(request).toEqual(PAIR);
	const [token] = Object.values(request ?? {});
	const form = { oauth_token: String(token), login: 'moyu', password: 'Sandbox1', action: 'allow' };
	const allowed = await fetch(`${sandbox.urls.fanfouLogin}/oauth/authorize`, {
		method: 'POST',
		body: new URLSearchParams({ ...form, oauth_callback: 'http://127.0.0.1:9/' }),
		redirect: 'manual',
	});
	expect(allowed.headers.get('location')).toBe(`http://127.0.0.1:9/?oauth_token=${String(token)}`);
	expect(await call('getAccessToken', request)).toEqual(PAIR);
	expect(await call('verifyCredentials')).toMatchObject({ id: 'moyu' });
});

it('posts every character that is signed differently here and there', async () => {
	const status = '早上好，饭否！(测试) 100% + a&b=c ~*\' <b>"😀"';
	expect(await call('createStatus', { status })).toMatchObject({
		text: "早上好，饭否！(测试) 100% + a&amp;b=c ~*' &lt;b&gt;&quot;😀&quot;",
		isSelf: true,
	});
	expect(sandbox.fanfou.status(latestOf('demo')).text).toBe(status);
});

it('uploads a photo that can be fetched, its fields unsigned', async () => {
	const posted = await call('uploadPhoto', { photo: { $file: photo }, status: '独角兽 & 彩虹' });
	expect(posted).toMatchObject({
		text: '独角兽 &amp; 彩虹',
		photo: { largeurl: expect.any(String) },
	});
	const { photo: name } = sandbox.fanfou.status(latestOf('demo'));
	const served = await fetch(`${sandbox.url}/fanfou-photo/n0/${name}`);
	expect(Buffer.from(await served.arrayBuffer())).toEqual(plainPng(16, [200, 100, 50]));
});

it('is told in words why a call is refused', async () => {
	expect(await refusal('getUser', { id: 'nobody' })).toBe('没有这个用户');
	expect(await refusal('getStatus', { id: latestOf('secret') })).toBe('你没有通过这个用户的验证');
	expect(await refusal('createStatus', { status: 'x'.repeat(141) })).toBe(
		'参数错误: status may have at most 140 characters, not 141',
	);
	sandbox.fanfou.revokeTokens('demo');
	expect(await refusal('getHomeTimeline')).toBe('Invalid access token');
});

it('reads the title of an HTML page when the service is down', async () => {
	sandbox.faults.add({ service: 'fanfou', kind: 'status', status: 404, body: 'plain' });
	expect(await refusal('getTrends')).toBe('Unknown error');
	sandbox.faults.add({ service: 'fanfou', kind: 'status', status: 501 });
	expect(await refusal('getTrends')).toBe('501 the sandbox was told to refuse this');
});

it('knows a follow request only by its error member', async () => {
	expect(await call('createFriendship', { id: 'secret' })).toEqual({
		request: '/friendships/create.json',
		error: '已向上锁的人发出关注请求，请等待对方确认',
	});
	expect(sandbox.fanfou.store.graph.requestsTo('secret')).toEqual(['demo']);
});

interface Case {
	method: string;
	parameters: () => unknown;
	endpoint: string;
	expected: unknown;
}

const user = (id: string): unknown => expect.objectContaining({ id });
const some = expect.arrayContaining([expect.objectContaining({ id: expect.any(String) })]);

/** Every other call the SDK has, with what it gives. */
const CASES: Case[] = [
	...(
		[
			['getHomeTimeline', 'statuses.home_timeline'],
			['getPublicTimeline', 'statuses.public_timeline'],
			['getMentions', 'statuses.mentions'],
			['getReplies', 'statuses.replies'],
		] as const
	).map(([method, endpoint]): Case => ({
		method,
		parameters: () => ({ count: 5, mode: 'lite', format: 'html' }),
		endpoint,
		expected: some,
	})),
	{
		method: 'getUserTimeline',
		parameters: () => ({ id: '测试用户', count: 5 }),
		endpoint: 'statuses.user_timeline',
		expected: some,
	},
	{
		method: 'getUserPhotos',
		parameters: () => ({ id: 'demo', count: 5 }),
		endpoint: 'photos.user_timeline',
		expected: some,
	},
	{
		method: 'getContextTimeline',
		parameters: () => ({ id: latestOf('moyu') }),
		endpoint: 'statuses.context_timeline',
		expected: some,
	},
	{
		method: 'getStatus',
		parameters: () => ({ id: latestOf('-wind') }),
		endpoint: 'statuses.show',
		expected: expect.objectContaining({ isSelf: false }),
	},
	{
		method: 'dropStatus',
		parameters: () => ({ id: latestOf('demo') }),
		endpoint: 'statuses.destroy',
		expected: expect.objectContaining({ isSelf: true }),
	},
	{
		method: 'createFavorite',
		parameters: () => ({ id: latestOf('-wind') }),
		endpoint: 'favorites.create',
		expected: expect.objectContaining({ favorited: true }),
	},
	{
		method: 'dropFavorite',
		parameters: () => ({ id: latestOf('-wind') }),
		endpoint: 'favorites.destroy',
		expected: expect.objectContaining({ favorited: false }),
	},
	{
		// Without an id the SDK asks for /favorites/.json, which is nothing.
		method: 'getFavorites',
		parameters: () => ({ id: 'demo', count: 3 }),
		endpoint: 'favorites.list',
		expected: some,
	},
	{
		method: 'createFriendship',
		parameters: () => ({ id: 'xiaoming' }),
		endpoint: 'friendships.create',
		expected: expect.objectContaining({ id: 'xiaoming', following: true }),
	},
	{
		method: 'dropFriendship',
		parameters: () => ({ id: '~Kx3-bQ9_zR2' }),
		endpoint: 'friendships.destroy',
		expected: expect.objectContaining({ following: false }),
	},
	{
		// The SDK compares the answer with the text 'true'; the document promises a bare boolean.
		method: 'checkFriendship',
		parameters: () => ({ userA: 'demo', userB: 'moyu' }),
		endpoint: 'friendships.exists',
		expected: false,
	},
	{
		method: 'checkFriendshipDetail',
		parameters: () => ({ sourceLoginName: 'demo', targetLoginName: 'moyu' }),
		endpoint: 'friendships.show',
		expected: {
			relationship: {
				source: expect.objectContaining({ id: 'demo', following: true, followedBy: true }),
				target: expect.objectContaining({ id: 'moyu', following: true, followedBy: true }),
			},
		},
	},
	{
		method: 'checkFriendshipRequests',
		parameters: () => ({ count: 10 }),
		endpoint: 'friendships.requests',
		expected: [user('newcomer'), user('secret'), user('xiaoming')],
	},
	{
		method: 'acceptFriendship',
		parameters: () => ({ id: 'xiaoming' }),
		endpoint: 'friendships.accept',
		expected: user('xiaoming'),
	},
	{
		method: 'denyFriendship',
		parameters: () => ({ id: 'newcomer' }),
		endpoint: 'friendships.deny',
		expected: user('newcomer'),
	},
	{
		method: 'getFollowingIds',
		parameters: () => ({ count: 2 }),
		endpoint: 'friends.ids',
		expected: ['neighbor', '测试用户'],
	},
	{ method: 'getFollowings', parameters: () => ({}), endpoint: 'statuses.friends', expected: some },
	{
		method: 'getFollowers',
		parameters: () => ({ count: 100, page: 2 }),
		endpoint: 'statuses.followers',
		expected: some,
	},
	{
		method: 'getRecentUsers',
		parameters: () => ({ count: 3 }),
		endpoint: 'users.friends',
		expected: some,
	},
	{
		method: 'getRecentFollowers',
		parameters: () => ({ count: 3 }),
		endpoint: 'users.followers',
		expected: some,
	},
	{
		method: 'getUser',
		parameters: () => ({ id: '-wind' }),
		endpoint: 'users.show',
		expected: user('-wind'),
	},
	{
		method: 'getTaggedUsers',
		parameters: () => ({ tag: '读书' }),
		endpoint: 'users.tagged',
		expected: some,
	},
	{
		method: 'getUserTags',
		parameters: () => ({ id: 'moyu' }),
		endpoint: 'users.tag_list',
		expected: ['摸鱼', '咖啡'],
	},
	{
		method: 'getRecommendedUsers',
		parameters: () => ({ count: 3 }),
		endpoint: 'users.recommendation',
		expected: some,
	},
	{
		method: 'dismissRecommendedUser',
		parameters: () => ({ id: 'xiaoming' }),
		endpoint: 'users.cancel_recommendation',
		expected: user('xiaoming'),
	},
	{
		method: 'getBlockedIds',
		parameters: () => ({}),
		endpoint: 'blocks.ids',
		expected: ['troll'],
	},
	{
		method: 'getBlockedUsers',
		parameters: () => ({}),
		endpoint: 'blocks.blocking',
		expected: [user('troll')],
	},
	{
		method: 'checkBlockExists',
		parameters: () => ({ id: 'troll' }),
		endpoint: 'blocks.exists',
		expected: user('troll'),
	},
	{
		method: 'createBlockedUser',
		parameters: () => ({ id: 'xiaoming' }),
		endpoint: 'blocks.create',
		expected: user('xiaoming'),
	},
	{
		method: 'dropBlockedUser',
		parameters: () => ({ id: 'troll' }),
		endpoint: 'blocks.destroy',
		expected: user('troll'),
	},
	{
		method: 'createDirectMessage',
		parameters: () => ({ user: 'moyu', text: '你好 & 再见' }),
		endpoint: 'direct_messages.new',
		expected: expect.objectContaining({ text: '你好 &amp; 再见', recipientId: 'moyu' }),
	},
	{
		method: 'dropDirectMessage',
		parameters: () => ({ id: sandbox.fanfou.dm('moyu', 'demo', '删我').id }),
		endpoint: 'direct_messages.destroy',
		expected: expect.objectContaining({ text: '删我' }),
	},
	{ method: 'getInbox', parameters: () => ({}), endpoint: 'direct_messages.inbox', expected: some },
	{ method: 'getSent', parameters: () => ({}), endpoint: 'direct_messages.sent', expected: some },
	{
		method: 'getConversation',
		parameters: () => ({ id: '测试用户' }),
		endpoint: 'direct_messages.conversation',
		expected: some,
	},
	{
		method: 'getConversations',
		parameters: () => ({}),
		endpoint: 'direct_messages.conversation_list',
		expected: expect.arrayContaining([expect.objectContaining({ otherid: 'moyu', msgNum: 4 })]),
	},
	{
		method: 'searchPublicTimeline',
		parameters: () => ({ q: '摸鱼 时间' }),
		endpoint: 'search.public_timeline',
		expected: [expect.objectContaining({ text: '#<b>摸鱼</b># <b>摸鱼</b><b>时间</b>到' })],
	},
	{
		method: 'searchUserTimeline',
		parameters: () => ({ id: 'demo', q: '晚安' }),
		endpoint: 'search.user_timeline',
		expected: expect.any(Array),
	},
	{
		method: 'searchUsers',
		parameters: () => ({ q: '饭友00', count: 5 }),
		endpoint: 'search.users',
		expected: { totalNumber: 9, users: some },
	},
	{
		method: 'createSavedSearch',
		parameters: () => ({ query: '新的' }),
		endpoint: 'saved_searches.create',
		expected: expect.objectContaining({ id: expect.any(Number), query: '新的' }),
	},
	{
		method: 'getSavedSearch',
		parameters: () => ({ id: 7001 }),
		endpoint: 'saved_searches.show',
		expected: expect.objectContaining({ id: 7001, query: '摸鱼' }),
	},
	{
		method: 'dropSavedSearch',
		parameters: () => ({ id: 7001 }),
		endpoint: 'saved_searches.destroy',
		expected: expect.objectContaining({ id: 7001 }),
	},
	{
		method: 'getSavedSearches',
		parameters: () => ({}),
		endpoint: 'saved_searches.list',
		expected: expect.arrayContaining([expect.objectContaining({ id: 7001 })]),
	},
	{
		method: 'getTrends',
		parameters: () => ({}),
		endpoint: 'trends.list',
		expected: { asOf: expect.any(String), trends: expect.any(Array) },
	},
	{
		method: 'verifyCredentials',
		parameters: () => ({ mode: 'lite' }),
		endpoint: 'account.verify_credentials',
		expected: user('demo'),
	},
	{
		method: 'getRateLimitStatus',
		parameters: () => ({}),
		endpoint: 'account.rate_limit_status',
		expected: expect.objectContaining({ hourlyLimit: 1500, remainingHits: 1500 }),
	},
	{
		method: 'getNotification',
		parameters: () => ({}),
		endpoint: 'account.notification',
		expected: expect.objectContaining({ friendRequests: 3 }),
	},
	{
		method: 'updateNotifyNumber',
		parameters: () => ({ notifyNum: 4 }),
		endpoint: 'account.update_notify_num',
		expected: { result: 'ok', notifyNum: 4 },
	},
	{
		method: 'updateProfile',
		parameters: () => ({ location: '沙盒 & 海边' }),
		endpoint: 'account.update_profile',
		expected: expect.objectContaining({ location: '沙盒 &amp; 海边' }),
	},
	{
		method: 'updateProfileImage',
		parameters: () => ({ image: { $file: photo } }),
		endpoint: 'account.update_profile_image',
		expected: user('demo'),
	},
];

it.each(CASES)('$method reaches $endpoint', async ({ method, parameters, endpoint, expected }) => {
	expect(await call(method, parameters())).toEqual(expected);
	const [entry, ...more] = sandbox.journal.entries();
	expect(more).toEqual([]);
	expect(entry).toMatchObject({ endpoint, status: 200, succeeded: true, violations: [] });
});

it('misses one endpoint, for the SDK misspells its path', async () => {
	expect(await refusal('getFollowerIds', {})).toBe('Not Found');
	expect(sandbox.journal.entries()[0]).toMatchObject({
		path: '/fanfou/follower/ids.json',
		status: 404,
	});
});
