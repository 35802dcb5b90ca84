import type { Sandbox } from '../../../sandbox/index';
import { DEMO } from '../../../sandbox/demo';
import { UNAPPROVED_CONSUMER } from '../../../sandbox/fanfou/index';
import {
	DEMO_CREDENTIALS,
	FanfouClient,
	readResponse,
	type ClientResponse,
	type Call,
	type Credentials,
} from './client';
import { useSandbox } from '../../support/sandbox';

let sandbox: Sandbox;
let client: FanfouClient;

useSandbox((started) => {
	sandbox = started;
	client = new FanfouClient(started);
});

const APP: Credentials = {
	consumerKey: DEMO.fanfou.consumerKey,
	consumerSecret: DEMO.fanfou.consumerSecret,
};
const CALLBACK = 'http://127.0.0.1:9/back?keep=1';

async function login(call: Partial<Call>): Promise<ClientResponse> {
	return await client.send({
		method: 'GET',
		path: '/oauth/access_token',
		host: 'fanfou-login',
		credentials: APP,
		...call,
	});
}

function readPair(result: ClientResponse): { token: string; tokenSecret: string } {
	expect(result.text).toMatch(/^oauth_token=[0-9a-f-]+&oauth_token_secret=[0-9a-f]+$/);
	const pairs = new URLSearchParams(result.text);
	return {
		token: pairs.get('oauth_token') ?? '',
		tokenSecret: pairs.get('oauth_token_secret') ?? '',
	};
}

async function whoIs(credentials: Credentials): Promise<unknown> {
	const path = '/account/verify_credentials.json';
	const result = await client.send({ method: 'GET', path, credentials, query: { mode: 'lite' } });
	return [result.status, result.json];
}

function xml(error: string): string {
	return `<?xml version="1.0" encoding="UTF-8"?>\n<hash>\n  <request>/oauth/access_token</request>\n  <error>${error}</error>\n</hash>\n`;
}

async function requestToken(call: Partial<Call> = {}): Promise<Credentials> {
	return { ...APP, ...readPair(await login({ path: '/oauth/request_token', ...call })) };
}

async function consent(
	token: string,
	fields: Record<string, string> = {},
): Promise<{ result: ClientResponse; location: string | null }> {
	const { userName, password } = DEMO.fanfou;
	const form = { oauth_token: token, login: userName, password, action: 'allow', ...fields };
	const response = await fetch(`${sandbox.urls.fanfouLogin}/oauth/authorize`, {
		method: 'POST',
		body: new URLSearchParams(form),
		redirect: 'manual',
	});
	return { result: await readResponse(response), location: response.headers.get('location') };
}

describe('the login page', () => {
	it('shows the application and returns to the callback with oauth_token alone', async () => {
		const request = await requestToken();
		const query = new URLSearchParams({
			oauth_token: request.token ?? '',
			oauth_callback: CALLBACK,
		});
		const page = await readResponse(
			await fetch(`${sandbox.urls.fanfouLogin}/oauth/authorize?${query}`),
		);
		expect(page.status).toBe(200);
		expect(page.text).toContain('<b>沙盒应用</b>');
		expect(page.text).toContain(`name="oauth_callback" value="${CALLBACK}"`);
		const { result, location } = await consent(request.token ?? '', { oauth_callback: CALLBACK });
		expect([result.status, location]).toEqual([302, `${CALLBACK}&oauth_token=${request.token}`]);
		const access = readPair(await login({ credentials: request }));
		expect(await whoIs({ ...APP, ...access })).toMatchObject([200, { id: 'demo' }]);
	});

	it('accepts the callback of request_token and any verifier', async () => {
		const request = await requestToken({ query: { oauth_callback: CALLBACK } });
		const { location } = await consent(request.token ?? '');
		expect(location).toBe(`${CALLBACK}&oauth_token=${request.token}`);
		const result = await login({ credentials: request, query: { oauth_verifier: 'dummy' } });
		expect(result.status).toBe(200);
	});

	it('shows a PIN that access_token requires and accepts once', async () => {
		const request = await requestToken({ method: 'POST' });
		const { result } = await consent(request.token ?? '', { oauth_callback: 'oob' });
		const pin = /id="pin">(\d{7})</.exec(result.text)?.[1] ?? '';
		const without = await login({ credentials: request });
		expect([without.status, without.text]).toEqual([401, xml('Invalid verifier')]);
		const wrong = await login({ credentials: request, query: { oauth_verifier: '0' } });
		expect([wrong.status, wrong.text]).toEqual([401, xml('Invalid verifier')]);
		const form = { oauth_verifier: pin };
		const access = readPair(await login({ method: 'POST', form, credentials: request }));
		expect(await whoIs({ ...APP, ...access })).toMatchObject([200, { id: 'demo' }]);
		const again = await login({ method: 'POST', form, credentials: request });
		expect([again.status, again.text]).toEqual([401, xml('Invalid request token')]);
	});

	it('accepts any account and shows why a login failed', async () => {
		const request = await requestToken();
		const token = request.token ?? '';
		const nobody = await consent(token, { login: 'nobody' });
		expect(nobody.result.status).toBe(401);
		expect(nobody.result.text).toContain('没有这个用户');
		const wrong = await consent(token, { password: 'no' });
		expect(wrong.result.text).toContain('密码错误');
		const early = await login({ credentials: request });
		expect([early.status, early.text]).toEqual([401, xml('Invalid request token')]);
		await consent(token, { login: 'moyu', password: 'Sandbox1', oauth_callback: CALLBACK });
		const access = readPair(await login({ credentials: request }));
		expect(await whoIs({ ...APP, ...access })).toMatchObject([200, { id: 'moyu' }]);
	});

	it('redirects with denied if the user declines, and deletes the request token', async () => {
		const request = await requestToken();
		const fields = { action: 'deny', oauth_callback: CALLBACK };
		const { location } = await consent(request.token ?? '', fields);
		expect(location).toBe(`${CALLBACK}&denied=${request.token}`);
		const { result } = await consent(request.token ?? '', fields);
		expect(result.status).toBe(401);
		const page = await fetch(
			`${sandbox.urls.fanfouLogin}/oauth/authorize?oauth_token=${request.token}`,
		);
		expect(page.status).toBe(401);
	});

	it('works for unapproved applications', async () => {
		const { key: consumerKey, secret: consumerSecret } = UNAPPROVED_CONSUMER;
		const app: Credentials = { consumerKey, consumerSecret };
		const request = await requestToken({ credentials: app });
		await consent(request.token ?? '', { oauth_callback: CALLBACK });
		const access = readPair(await login({ credentials: { ...request, ...app } }));
		expect(await whoIs({ ...app, ...access })).toMatchObject([401, { error: '参数错误!' }]);
	});
});

describe('xAuth', () => {
	const values = (login_: string, password: string): Record<string, string> => ({
		x_auth_mode: 'client_auth',
		x_auth_username: login_,
		x_auth_password: password,
	});
	const CHINESE = values('测试用户', 'p@ss word');

	it('accepts parameters signed in the header of GET and POST', async () => {
		for (const method of ['GET', 'POST']) {
			const access = readPair(await login({ method, headerToo: CHINESE }));
			expect(await whoIs({ ...APP, ...access })).toMatchObject([200, { id: '测试用户' }]);
		}
	});

	it('accepts parameters signed in the query', async () => {
		const access = readPair(await login({ query: CHINESE }));
		expect(await whoIs({ ...APP, ...access })).toMatchObject([200, { id: '测试用户' }]);
	});

	it('accepts signed and unsigned parameters in the form', async () => {
		const signed = await login({ method: 'POST', form: CHINESE });
		const unsigned = await login({ method: 'POST', body: new URLSearchParams(CHINESE) });
		for (const result of [signed, unsigned]) {
			const access = readPair(result);
			expect(await whoIs({ ...APP, ...access })).toMatchObject([200, { id: '测试用户' }]);
		}
	});

	it.each([DEMO.fanfou.userName, 'demo@example.com', '13800000000'])(
		'finds a user by %s',
		async (name) => {
			const access = readPair(await login({ query: values(name, DEMO.fanfou.password) }));
			expect(await whoIs({ ...APP, ...access })).toMatchObject([200, { id: 'demo' }]);
		},
	);

	it('issues a new token each time, and the old one stays valid', async () => {
		const query = values(DEMO.fanfou.userName, DEMO.fanfou.password);
		const [one, two] = [readPair(await login({ query })), readPair(await login({ query }))];
		expect(one.token).not.toBe(two.token);
		for (const access of [one, two, DEMO_CREDENTIALS]) {
			expect(await whoIs({ ...APP, ...access })).toMatchObject([200, { id: 'demo' }]);
		}
	});

	it.each([
		['没有这个用户', values('nobody', 'x'), APP],
		['密码错误', values('demo', 'x'), APP],
		['Invalid consumer', CHINESE, { consumerKey: 'x', consumerSecret: 'x' }],
	])('rejects a login with %s', async (error, query, credentials) => {
		const result = await login({ query, credentials });
		expect([result.status, result.text]).toEqual([401, xml(error)]);
		expect(result.headers.get('content-type')).toBe('application/xml; charset=utf-8');
	});

	it('rejects unsigned parameters in the query and unknown modes', async () => {
		const path = `/oauth/access_token?${new URLSearchParams(CHINESE)}`;
		const unsigned = await login({
			path,
			sign: { url: 'http://fanfou.com/oauth/access_token' },
		});
		expect(unsigned.status).toBe(401);
		expect(unsigned.text).toContain('Invalid signature. Expected basestring is GET&#38;http');
		const mode = await login({ query: { ...CHINESE, x_auth_mode: 'other' } });
		expect([mode.status, mode.text]).toEqual([
			400,
			xml('参数错误: x_auth_mode must be one of client_auth'),
		]);
	});

	it('does not write passwords or tokens to the request log', async () => {
		readPair(await login({ query: CHINESE }));
		readPair(await login({ method: 'POST', form: CHINESE }));
		const request = await requestToken();
		await consent(request.token ?? '');
		const written = JSON.stringify(sandbox.requestLog.entries());
		for (const secret of ['p@ss word', 'p%40ss', 'p@ss+word', DEMO.fanfou.password]) {
			expect(written).not.toContain(secret);
		}
		expect(written).not.toContain(request.token);
	});
});

it('rejects unknown paths and methods of the login pages', async () => {
	const other = await login({ path: '/oauth/other' });
	expect([other.status, other.text]).toEqual([404, expect.stringContaining('Not Found')]);
	const wrong = await login({ method: 'DELETE', path: '/oauth/request_token' });
	expect([wrong.status, wrong.text]).toEqual([
		405,
		expect.stringContaining('method must be GET or POST'),
	]);
});
