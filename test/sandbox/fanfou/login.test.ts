import { startSandbox, type Sandbox } from '../../../sandbox/index';
import { DEMO } from '../../../sandbox/demo';
import { UNAPPROVED_CONSUMER } from '../../../sandbox/fanfou/index';
import {
	DEMO_CREDENTIALS,
	FanfouClient,
	readAnswer,
	type Answer,
	type Call,
	type Credentials,
} from './client';

let sandbox: Sandbox;
let client: FanfouClient;

beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
	client = new FanfouClient(sandbox);
});
beforeEach(() => {
	sandbox.reset();
});
afterAll(async () => {
	await sandbox.close();
});

const APP: Credentials = {
	consumerKey: DEMO.fanfou.consumerKey,
	consumerSecret: DEMO.fanfou.consumerSecret,
};
const CALLBACK = 'http://127.0.0.1:9/back?keep=1';

async function login(call: Partial<Call>): Promise<Answer> {
	return await client.send({
		method: 'GET',
		path: '/oauth/access_token',
		host: 'fanfou-login',
		credentials: APP,
		...call,
	});
}

function readPair(answer: Answer): { token: string; tokenSecret: string } {
	expect(answer.text).toMatch(/^oauth_token=[0-9a-f-]+&oauth_token_secret=[0-9a-f]+$/);
	const pairs = new URLSearchParams(answer.text);
	return {
		token: pairs.get('oauth_token') ?? '',
		tokenSecret: pairs.get('oauth_token_secret') ?? '',
	};
}

async function whoIs(credentials: Credentials): Promise<unknown> {
	const path = '/account/verify_credentials.json';
	const answer = await client.send({ method: 'GET', path, credentials, query: { mode: 'lite' } });
	return [answer.status, answer.json];
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
): Promise<{ answer: Answer; location: string | null }> {
	const { userName, password } = DEMO.fanfou;
	const form = { oauth_token: token, login: userName, password, action: 'allow', ...fields };
	const response = await fetch(`${sandbox.urls.fanfouLogin}/oauth/authorize`, {
		method: 'POST',
		body: new URLSearchParams(form),
		redirect: 'manual',
	});
	return { answer: await readAnswer(response), location: response.headers.get('location') };
}

describe('the browser flow', () => {
	it('shows the application and returns to the callback with oauth_token alone', async () => {
		const request = await requestToken();
		const query = new URLSearchParams({
			oauth_token: request.token ?? '',
			oauth_callback: CALLBACK,
		});
		const page = await readAnswer(
			await fetch(`${sandbox.urls.fanfouLogin}/oauth/authorize?${query}`),
		);
		expect(page.status).toBe(200);
		expect(page.text).toContain('<b>沙盒应用</b>');
		expect(page.text).toContain(`name="oauth_callback" value="${CALLBACK}"`);
		const { answer, location } = await consent(request.token ?? '', { oauth_callback: CALLBACK });
		expect([answer.status, location]).toEqual([302, `${CALLBACK}&oauth_token=${request.token}`]);
		const access = readPair(await login({ credentials: request }));
		expect(await whoIs({ ...APP, ...access })).toMatchObject([200, { id: 'demo' }]);
	});

	it('takes the callback from request_token too, and a dummy verifier', async () => {
		const request = await requestToken({ query: { oauth_callback: CALLBACK } });
		const { location } = await consent(request.token ?? '');
		expect(location).toBe(`${CALLBACK}&oauth_token=${request.token}`);
		const answer = await login({ credentials: request, query: { oauth_verifier: 'dummy' } });
		expect(answer.status).toBe(200);
	});

	it('shows a PIN that access_token wants, once', async () => {
		const request = await requestToken({ method: 'POST' });
		const { answer } = await consent(request.token ?? '', { oauth_callback: 'oob' });
		const pin = /id="pin">(\d{7})</.exec(answer.text)?.[1] ?? '';
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

	it('lets any account sign in, and says what is wrong with a sign-in', async () => {
		const request = await requestToken();
		const token = request.token ?? '';
		const nobody = await consent(token, { login: 'nobody' });
		expect(nobody.answer.status).toBe(401);
		expect(nobody.answer.text).toContain('没有这个用户');
		const wrong = await consent(token, { password: 'no' });
		expect(wrong.answer.text).toContain('密码错误');
		const early = await login({ credentials: request });
		expect([early.status, early.text]).toEqual([401, xml('Invalid request token')]);
		await consent(token, { login: 'moyu', password: 'Sandbox1', oauth_callback: CALLBACK });
		const access = readPair(await login({ credentials: request }));
		expect(await whoIs({ ...APP, ...access })).toMatchObject([200, { id: 'moyu' }]);
	});

	it('tells a refusal with denied, and forgets the request', async () => {
		const request = await requestToken();
		const fields = { action: 'deny', oauth_callback: CALLBACK };
		const { location } = await consent(request.token ?? '', fields);
		expect(location).toBe(`${CALLBACK}&denied=${request.token}`);
		const { answer } = await consent(request.token ?? '', fields);
		expect(answer.status).toBe(401);
		const page = await fetch(
			`${sandbox.urls.fanfouLogin}/oauth/authorize?oauth_token=${request.token}`,
		);
		expect(page.status).toBe(401);
	});

	it('serves unapproved applications like all others', async () => {
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

	it('signed in the header of GET and POST', async () => {
		for (const method of ['GET', 'POST']) {
			const access = readPair(await login({ method, headerToo: CHINESE }));
			expect(await whoIs({ ...APP, ...access })).toMatchObject([200, { id: '测试用户' }]);
		}
	});

	it('signed in the query', async () => {
		const access = readPair(await login({ query: CHINESE }));
		expect(await whoIs({ ...APP, ...access })).toMatchObject([200, { id: '测试用户' }]);
	});

	it('in the form, signed or not', async () => {
		const signed = await login({ method: 'POST', form: CHINESE });
		const unsigned = await login({ method: 'POST', body: new URLSearchParams(CHINESE) });
		for (const answer of [signed, unsigned]) {
			const access = readPair(answer);
			expect(await whoIs({ ...APP, ...access })).toMatchObject([200, { id: '测试用户' }]);
		}
	});

	it.each([DEMO.fanfou.userName, 'demo@example.com', '13800000000'])(
		'knows a user by %s',
		async (name) => {
			const access = readPair(await login({ query: values(name, DEMO.fanfou.password) }));
			expect(await whoIs({ ...APP, ...access })).toMatchObject([200, { id: 'demo' }]);
		},
	);

	it('gives a new pair each time, the old one stays good', async () => {
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
	])('refuses with %s', async (error, query, credentials) => {
		const answer = await login({ query, credentials });
		expect([answer.status, answer.text]).toEqual([401, xml(error)]);
		expect(answer.headers.get('content-type')).toBe('application/xml; charset=utf-8');
	});

	it('refuses unsigned values in the query, and a mode that does not exist', async () => {
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

	it('never writes a password or token into the journal', async () => {
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

it('refuses what the pages do not know', async () => {
	const other = await login({ path: '/oauth/other' });
	expect([other.status, other.text]).toEqual([404, expect.stringContaining('Not Found')]);
	const wrong = await login({ method: 'DELETE', path: '/oauth/request_token' });
	expect([wrong.status, wrong.text]).toEqual([
		405,
		expect.stringContaining('method must be GET or POST'),
	]);
});
