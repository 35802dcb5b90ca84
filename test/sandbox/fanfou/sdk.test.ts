import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FanfouSdk } from '../../support/fanfouSdk';
import { startSandbox, type Sandbox } from '../../support/sandbox';
import { plainPng } from '../../../sandbox/fanfou/pictures';
import { CASES } from './sdkCases';

/*
 * fanfou-sdk is the client most Fanfou programs use. It shares no code with the sandbox, so a
 * signature that both agree on is checked independently.
 */

let sandbox: Sandbox;
let sdk: FanfouSdk;
let folder: string;
let photo: string;

const PAIR = { oauthToken: expect.any(String), oauthTokenSecret: expect.any(String) };

beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
	folder = mkdtempSync(join(tmpdir(), 'fanfou-sdk-'));
	photo = join(folder, 'photo.png');
	writeFileSync(photo, plainPng(16, [200, 100, 50]));
	sdk = FanfouSdk.forSandbox(sandbox);
});
beforeEach(async () => {
	sandbox.reset();
	expect(await call('xauth')).toEqual(PAIR);
	sandbox.requestLog.clear();
});
afterAll(async () => {
	await sdk.close();
	rmSync(folder, { recursive: true });
	await sandbox.close();
});

/** Returns the result of an SDK call. */
async function call(method: string, ...parameters: unknown[]): Promise<unknown> {
	const response = await sdk.call(method, ...parameters);
	if (!('value' in response)) throw new Error(JSON.stringify(response));
	return response.value;
}

/** Returns the error message of an SDK call. */
async function sdkError(method: string, ...parameters: unknown[]): Promise<unknown> {
	const response = await sdk.call(method, ...parameters);
	return 'error' in response ? response.error : undefined;
}

function latestOf(userId: string): string {
	return (
		sandbox.fanfou.sandboxState.statuses.filter((status) => status.userId === userId)[0]?.id ?? ''
	);
}

it('the SDK signs in with a password, and a wrong password is reported', async () => {
	sandbox.fanfou.user('demo').password = 'changed';
	expect(await sdkError('xauth')).toBe('密码错误');
});

it('the SDK exchanges a request token for an access token', async () => {
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

it('the SDK posts every character that implementations sign differently', async () => {
	const status = '早上好，饭否！(测试) 100% + a&b=c ~*\' <b>"😀"';
	expect(await call('createStatus', { status })).toMatchObject({
		text: "早上好，饭否！(测试) 100% + a&amp;b=c ~*' &lt;b&gt;&quot;😀&quot;",
		isSelf: true,
	});
	expect(sandbox.fanfou.status(latestOf('demo')).text).toBe(status);
});

it('the SDK uploads a photo with unsigned fields, and the photo can be downloaded', async () => {
	const posted = await call('uploadPhoto', { photo: { $file: photo }, status: '独角兽 & 彩虹' });
	expect(posted).toMatchObject({
		text: '独角兽 &amp; 彩虹',
		photo: { largeurl: expect.any(String) },
	});
	const { photo: name } = sandbox.fanfou.status(latestOf('demo'));
	const served = await fetch(`${sandbox.url}/fanfou-photo/n0/${name}`);
	expect(Buffer.from(await served.arrayBuffer())).toEqual(plainPng(16, [200, 100, 50]));
});

it('the SDK receives the reason of a rejected request', async () => {
	expect(await sdkError('getUser', { id: 'nobody' })).toBe('没有这个用户');
	expect(await sdkError('getStatus', { id: latestOf('secret') })).toBe('你没有通过这个用户的验证');
	expect(await sdkError('createStatus', { status: 'x'.repeat(141) })).toBe(
		'参数错误: status may have at most 140 characters, not 141',
	);
	sandbox.fanfou.revokeTokens('demo');
	expect(await sdkError('getHomeTimeline')).toBe('Invalid access token');
});

it('the SDK reads the title of the HTML page of a server error', async () => {
	sandbox.faults.add({ service: 'fanfou', kind: 'status', status: 404, body: 'plain' });
	expect(await sdkError('getTrends')).toBe('Unknown error');
	sandbox.faults.add({ service: 'fanfou', kind: 'status', status: 501 });
	expect(await sdkError('getTrends')).toBe('501 Injected by the sandbox');
});

it('the SDK recognizes a sent follow request only by its error member', async () => {
	expect(await call('createFriendship', { id: 'secret' })).toEqual({
		request: '/friendships/create.json',
		error: '已向上锁的人发出关注请求，请等待对方确认',
	});
	expect(sandbox.fanfou.sandboxState.graph.requestsTo('secret')).toEqual(['demo']);
});

it.each(CASES)(
	'the SDK method $method reaches $endpoint',
	async ({ method, parameters, endpoint, expected }) => {
		expect(await call(method, parameters({ fanfou: sandbox.fanfou, latestOf, photo }))).toEqual(
			expected,
		);
		const [entry, ...more] = sandbox.requestLog.entries();
		expect(more).toEqual([]);
		expect(entry).toMatchObject({ endpoint, status: 200, succeeded: true, violations: [] });
	},
);

it('the SDK cannot reach one endpoint, because it misspells the path', async () => {
	expect(await sdkError('getFollowerIds', {})).toBe('Not Found');
	expect(sandbox.requestLog.entries()[0]).toMatchObject({
		path: '/fanfou/follower/ids.json',
		status: 404,
	});
});
