import type { Sandbox } from '../../../sandbox';
import { DEMO } from '../../../sandbox/demo';
import { UNAPPROVED_CONSUMER } from '../../../sandbox/fanfou';
import { photoItem } from '../../samples/fanfou';
import { FanfouHarness, SECRETS, TOKENS } from '../../support/fanfouHarness';
import { useSandbox } from '../../support/sandbox';

let sandbox: Sandbox;
useSandbox((started) => {
	sandbox = started;
});

const harness = new FanfouHarness(() => sandbox);
const APP = { consumerKey: TOKENS.consumerKey, consumerSecret: TOKENS.consumerSecret };
const PASSWORD = { ...APP, username: 'demo', password: DEMO.fanfou.password };
const calls = () =>
	sandbox.requestLog.entries().map(({ endpoint, status }) => `${endpoint ?? ''} ${status}`);

describe('a credential with a password', () => {
	test('a credential with a password requests one token, keeps it, and sends the password in no URL', async () => {
		const items = Array.from({ length: 8 }, () => ({ json: {} }));
		const result = await harness.run(
			'account',
			'getCurrentUser',
			{},
			{ credential: PASSWORD, items },
		);
		expect(result.items.map(({ json }) => json.id)).toEqual(items.map(() => 'demo'));
		expect(calls().filter((call) => call.startsWith('oauth'))).toEqual(['oauth.xauth 200']);
		const signIn = sandbox.requestLog.entries({ endpoint: 'oauth.xauth' })[0];
		expect([signIn?.method, signIn?.query, signIn?.bodyText]).toEqual(['GET', [], '']);
		expect(signIn?.headers.authorization).toContain('OAuth');
		for (const secret of SECRETS) expect(result.saved).not.toContain(secret);
	});

	test('a stored token is used', async () => {
		const { token, secret } = sandbox.fanfou.sandboxState.tokens.issueAccessToken(
			APP.consumerKey,
			'demo',
		);
		const session = { sessionToken: token, sessionTokenSecret: secret, sessionUsername: 'demo' };
		await harness.run('account', 'getCurrentUser', {}, { credential: { ...PASSWORD, ...session } });
		expect(calls()).toEqual(['account.verify_credentials 200']);
	});

	test('a new token is requested if the stored one is rejected, also for a photo upload', async () => {
		const session = {
			sessionToken: 'gone',
			sessionTokenSecret: 'gone-secret',
			sessionUsername: 'demo',
		};
		const { items, error, credentials } = await harness.run(
			'photo',
			'upload',
			{ status: '再来' },
			{ credential: { ...PASSWORD, ...session }, items: [photoItem()] },
		);
		expect(error).toBeUndefined();
		expect(items[0]?.json.text).toBe('再来');
		expect(calls()).toEqual(['photos.upload 401', 'oauth.xauth 200', 'photos.upload 200']);
		expect(credentials.saves).toBe(1);
	});

	test('a stored token of another account is never used', async () => {
		const { token, secret } = sandbox.fanfou.sandboxState.tokens.issueAccessToken(
			APP.consumerKey,
			'moyu',
		);
		const session = { sessionToken: token, sessionTokenSecret: secret, sessionUsername: 'moyu' };
		const { items } = await harness.run(
			'account',
			'getCurrentUser',
			{},
			{ credential: { ...PASSWORD, ...session } },
		);
		expect(items[0]?.json.id).toBe('demo');
		expect(calls()).toEqual(['oauth.xauth 200', 'account.verify_credentials 200']);
	});

	test.each([
		['wrong-password', 'demo', '密码错误'],
		['whatever-else', 'nobody', '没有这个用户'],
	])(
		"the password %s for %s is rejected with Fanfou's reason %s",
		async (password, username, reason) => {
			const { error, saved } = await harness.run(
				'account',
				'getCurrentUser',
				{},
				{ credential: { ...APP, username, password } },
			);
			expect(error?.message).toBe(`Fanfou rejected Username and Password (${reason})`);
			expect(saved).not.toContain(password);
			expect(calls()).toEqual(['oauth.xauth 401']);
		},
	);

	test.each([
		[401, '{"error":"\\u5bc6\\u7801\\u9519\\u8bef"}', '密码错误'],
		[401, '{"error":null}', 'status 401'],
		[401, '<hash><error><![CDATA[密码错误]]></error></hash>', '密码错误'],
		[400, 'Invalid consumer', 'Invalid consumer'],
		[403, '密码错误次数过多，请明天再试', '密码错误次数过多，请明天再试'],
		[429, '密码错误次数过多', '密码错误次数过多'],
		[503, 'Wrong password', 'Wrong password'],
	])(
		'a login with the response %d %s fails with a reason and is not repeated',
		async (status, body, reason) => {
			sandbox.faults.add({ kind: 'status', status, body });
			const { error } = await harness.run(
				'account',
				'getCurrentUser',
				{},
				{ credential: PASSWORD },
			);
			expect(error?.message).toBe(`Fanfou rejected Username and Password (${reason})`);
			expect(sandbox.requestLog.entries()).toHaveLength(1);
		},
	);

	test.each([
		[200, ''],
		[200, '<html><title>Welcome</title></html>'],
		[302, 'Found'],
		[404, '<html><title>404</title></html>'],
	])('a login with the response %d %s is not reported as rejected', async (status, body) => {
		sandbox.faults.add({ kind: 'status', status, body });
		const { error } = await harness.run('account', 'getCurrentUser', {}, { credential: PASSWORD });
		expect([error?.message, error?.description]).toEqual([
			`The login server of Fanfou returned no token (status ${status})`,
			'Check Login URL in the credential. If it is right, run it again later',
		]);
		expect(sandbox.requestLog.entries()).toHaveLength(1);
	});

	test.each([
		[503, '<html><title>503</title></html>', {}],
		[500, '[]', {}],
		[429, 'Slow down', { 'retry-after': '0' }],
	])('a login with the response %d %s is tried again', async (status, body, headers) => {
		sandbox.faults.add({ kind: 'status', status, body, headers });
		const { items, error } = await harness.run(
			'account',
			'getCurrentUser',
			{},
			{ credential: PASSWORD },
		);
		expect([items[0]?.json.id, error]).toEqual(['demo', undefined]);
		expect(sandbox.requestLog.entries().map((entry) => entry.status)).toEqual([status, 200, 200]);
	});

	test('a login server that keeps failing is named as the cause', async () => {
		sandbox.faults.add({ kind: 'status', status: 503, times: 'always' });
		const { error } = await harness.run(
			'account',
			'getCurrentUser',
			{ options: { maxTries: 2 } },
			{ credential: PASSWORD },
		);
		expect([error?.message, error?.description]).toEqual([
			'Fanfou could not renew the connection: its login server responded with status 503',
			'The call was not carried out. Run it again later; if that does not help, check Login URL in the credential',
		]);
		expect(sandbox.requestLog.entries()).toHaveLength(2);
	});

	test('a password with special characters works', async () => {
		const password = 'p@ss word&=+%*\'"()~😀';
		sandbox.fanfou.user('demo').password = password;
		const { error, saved } = await harness.run(
			'account',
			'getCurrentUser',
			{},
			{ credential: { ...APP, username: 'demo', password } },
		);
		expect(error).toBeUndefined();
		expect(saved).not.toContain('p@ss word');
	});

	test('the error for a wrong signature does not contain the password from the base string', async () => {
		const { error, saved } = await harness.run(
			'account',
			'getCurrentUser',
			{},
			{ credential: { ...PASSWORD, consumerSecret: 'another-secret-altogether' } },
		);
		expect(error?.message).toBe('Fanfou rejected Username and Password (Invalid signature)');
		expect(saved).not.toContain(DEMO.fanfou.password);
	});
});

describe('a credential that cannot be used', () => {
	test('a credential without keys fails before a request is sent', async () => {
		const { error } = await harness.run('account', 'getCurrentUser', {}, { credential: {} });
		expect(error?.message).toBe('The Fanfou credential has no API Key and API Secret');
		expect(calls()).toEqual([]);
	});

	test('a credential without a token fails before a request is sent', async () => {
		const { error } = await harness.run('account', 'getCurrentUser', {}, { credential: APP });
		expect(error?.message).toBe('The Fanfou credential has no access token');
		expect(error?.description).toContain('Enter Access Token and Access Token Secret');
		expect(calls()).toEqual([]);
	});

	test('a key that Fanfou never approved can sign in, but its requests are rejected with that hint', async () => {
		const { error } = await harness.run(
			'account',
			'getCurrentUser',
			{},
			{
				credential: {
					...PASSWORD,
					consumerKey: UNAPPROVED_CONSUMER.key,
					consumerSecret: UNAPPROVED_CONSUMER.secret,
				},
			},
		);
		expect(error?.message).toBe('Fanfou rejected the keys or the access token: 参数错误!');
		expect(error?.description).toContain('not approved');
	});

	test('a rejected token that was entered by the user is tried once, since it cannot be refreshed', async () => {
		sandbox.fanfou.revokeTokens('demo');
		const { error } = await harness.run('photo', 'upload', {}, { items: [photoItem()] });
		expect(error?.message).toBe(
			'Fanfou rejected the keys or the access token: Invalid access token',
		);
		expect(calls()).toEqual(['photos.upload 401']);
	});

	test('an invalid base URL is rejected', async () => {
		const { error } = await harness.run(
			'account',
			'getCurrentUser',
			{},
			{ credential: { ...TOKENS, baseUrl: 'api.fanfou.com' } },
		);
		expect(error?.message).toBe('"Base URL" is not a valid URL');
	});
});

describe('login operations', () => {
	test('an access token can be obtained with request token, authorization page and PIN', async () => {
		const begun = await harness.run('auth', 'getRequestToken', {}, { credential: APP });
		const {
			oauth_token: token,
			oauth_token_secret: secret,
			authorize_url: address,
		} = begun.items[0]?.json ?? {};
		expect(address).toBe(
			`${sandbox.urls.fanfouLogin}/oauth/authorize?oauth_token=${String(token)}&oauth_callback=oob`,
		);
		const page = await fetch(`${sandbox.urls.fanfouLogin}/oauth/authorize`, {
			method: 'POST',
			body: new URLSearchParams({
				oauth_token: String(token),
				oauth_callback: 'oob',
				login: 'moyu',
				password: 'Sandbox1',
				action: 'allow',
			}),
		});
		const pin = /\b\d{7}\b/.exec(await page.text())?.[0] ?? '';
		const ended = await harness.run(
			'auth',
			'getAccessToken',
			{
				oauthToken: String(token),
				oauthTokenSecret: String(secret),
				oauthVerifier: pin,
			},
			{ credential: APP },
		);
		const pair = ended.items[0]?.json ?? {};
		expect(Object.keys(pair)).toEqual(['oauth_token', 'oauth_token_secret']);
		const { items } = await harness.run(
			'account',
			'getCurrentUser',
			{},
			{
				credential: {
					...APP,
					accessToken: String(pair.oauth_token),
					accessTokenSecret: String(pair.oauth_token_secret),
				},
			},
		);
		expect(items[0]?.json.id).toBe('moyu');
	});

	test.each([
		['getRequestToken', {}],
		['getAccessToken', { oauthToken: 'a', oauthTokenSecret: 'b' }],
		['getAccessTokenWithPassword', { xAuthUsername: 'demo', xAuthPassword: 'some-password' }],
	])('%s fails for a response without a token pair', async (operation, parameters) => {
		for (const [body, message] of [
			['', 'Fanfou returned no token'],
			['oauth_token=half-a-pair', 'Fanfou returned no token: oauth_token=***'],
			['Invalid consumer', 'Fanfou returned no token: Invalid consumer'],
			[
				'<hash><error>Invalid consumer</error></hash>',
				'Fanfou returned no token: Invalid consumer',
			],
		]) {
			sandbox.faults.add({ kind: 'status', status: 200, body });
			const { items, error } = await harness.run('auth', operation, parameters, {
				credential: APP,
			});
			expect([items, error?.message]).toEqual([[], message]);
		}
	});

	test('a token pair in JSON is accepted', async () => {
		const pair = { oauth_token: 'a-token', oauth_token_secret: 'its-secret' };
		sandbox.faults.add({ kind: 'status', status: 200, body: pair });
		const { items } = await harness.run('auth', 'getAccessToken');
		expect(items[0]?.json).toEqual(pair);
	});

	test('the callback is sent with the request and is part of the authorization URL', async () => {
		const { items } = await harness.run('auth', 'getRequestToken', {
			oauthCallback: 'https://example.com/back?a=1',
		});
		expect(sandbox.requestLog.entries()[0]?.query.map(([name]) => name)).toEqual([
			'oauth_callback',
		]);
		expect(items[0]?.json.authorize_url).toContain(
			'&oauth_callback=https%3A%2F%2Fexample.com%2Fback%3Fa%3D1',
		);
	});

	test('the secret of the request token is not sent', async () => {
		await harness.run('auth', 'getAccessToken', {
			oauthToken: 'unknown-token',
			oauthTokenSecret: 'its-secret',
		});
		const [entry] = sandbox.requestLog.entries();
		expect(JSON.stringify(entry)).not.toContain('its-secret');
		expect(entry?.query).toEqual([]);
		expect(calls()).toEqual(['oauth.access_token 401']);
	});

	test('a wrong password is tried once, and the error does not mention the keys', async () => {
		const { error, saved } = await harness.run('auth', 'getAccessTokenWithPassword', {
			xAuthUsername: 'demo',
			xAuthPassword: '={{ "not-" + "the-password" }}',
		});
		expect(error?.message).toBe('The password is wrong (密码错误)');
		expect(error?.description).toBe('Check the username and the password');
		expect(saved).not.toContain('not-the-password');
		expect(calls()).toEqual(['oauth.xauth 401']);
	});

	test.each([403, 429])('a lockout with status %d ends the login', async (status) => {
		const body = { request: '/x', error: '密码错误次数过多，请明天再试' };
		sandbox.faults.add({ kind: 'status', status, body, times: 'always' });
		const { error } = await harness.run('auth', 'getAccessTokenWithPassword', {
			xAuthUsername: 'demo',
			xAuthPassword: 'not-the-password',
		});
		expect(error?.message).toBe('The password is wrong (密码错误次数过多，请明天再试)');
		expect(sandbox.requestLog.entries()).toHaveLength(1);
	});

	test.each([200, 400, 403])(
		'a password that Fanfou repeats with status %d is masked',
		async (status) => {
			const bodies = [
				{ request: '/x', error: 'no login for [p&ss 词]' },
				'no login for [p&ss 词]',
				'no login for [p%26ss%20%E8%AF%8D]',
			];
			for (const body of bodies) {
				sandbox.faults.add({ kind: 'status', status, body });
				const { error } = await harness.run('auth', 'getAccessTokenWithPassword', {
					xAuthUsername: 'demo',
					xAuthPassword: 'p&ss 词',
				});
				expect(error?.message).toMatch(/: no login for \[\*\*\*\]$/);
			}
		},
	);

	test.each([
		[{ oauthToken: 'a-token' }, TOKENS, 'Request Token Secret'],
		[{ oauthTokenSecret: 'its-secret' }, TOKENS, 'Request Token'],
		[{ oauthVerifier: '1234567' }, APP, 'Request Token'],
	])('Get Access Token with only %j is refused', async (parameters, credential, name) => {
		const { error } = await harness.run('auth', 'getAccessToken', parameters, { credential });
		expect([error?.message, error?.description]).toEqual([
			`"${name}" is empty`,
			'Fill in Request Token and Request Token Secret, as "Auth: Get Request Token" returns them',
		]);
		expect(calls()).toEqual([]);
	});

	test('the error of a failed login signature does not contain the base string', async () => {
		const { error, saved } = await harness.run(
			'auth',
			'getAccessTokenWithPassword',
			{ xAuthUsername: 'demo', xAuthPassword: '={{ "not-" + "the-password" }}' },
			{ credential: { ...APP, consumerSecret: 'another-secret-altogether' } },
		);
		expect(error?.message).toBe('Fanfou rejected the keys or the access token: Invalid signature');
		expect(saved).not.toContain('not-the-password');
		expect(saved).not.toContain('access_token&');
	});
});
