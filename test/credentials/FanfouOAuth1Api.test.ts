import { FanfouOAuth1Api } from '../../credentials/FanfouOAuth1Api.credentials';
import { signedAddress } from '../../credentials/fanfou/address';
import { sign } from '../../credentials/fanfou/sign';
import { KEY, members, signatureOf, strict } from './signing';
import { KEYS } from './vectors';

describe('the address in the base string', () => {
	const own = {
		baseUrl: 'http://127.0.0.1:5780/fanfou/',
		loginUrl: 'http://127.0.0.1:5780/fanfou-login',
	};

	test.each([
		['https://api.fanfou.com/users/show.json', 'http://api.fanfou.com/users/show.json', 'api'],
		['http://api.fanfou.com/users/show.json', 'http://api.fanfou.com/users/show.json', 'api'],
		['https://fanfou.com/oauth/request_token', 'http://fanfou.com/oauth/request_token', 'login'],
		[
			'http://127.0.0.1:5780/fanfou/users/show.json?id=1',
			'http://api.fanfou.com/users/show.json',
			'api',
		],
		[
			'http://127.0.0.1:5780/fanfou-login/oauth/access_token',
			'http://fanfou.com/oauth/access_token',
			'login',
		],
	])('%s is called %s', (url, signed, host) => {
		expect(signedAddress(url, own)).toMatchObject({ signed, host });
	});

	test('one proxy may stand for both hosts', () => {
		const one = { baseUrl: 'https://proxy.example', loginUrl: 'https://proxy.example' };
		expect(signedAddress('https://proxy.example/oauth/request_token', one)?.signed).toBe(
			'http://fanfou.com/oauth/request_token',
		);
		expect(signedAddress('https://proxy.example/users/show.json', one)?.signed).toBe(
			'http://api.fanfou.com/users/show.json',
		);
	});

	test.each([
		'https://api.fanfou.com.evil.example/x',
		'https://example.com/',
		'https://fanfou.computer/',
	])('%s gets no signature', (url) => {
		expect(() => sign(KEYS, { url })).toThrow('signs requests to Fanfou only');
	});

	test('a link in a status keeps its https', () => {
		const status = 'https://fanfou.com/statuses/1';
		const signed = sign(KEYS, {
			method: 'POST',
			url: 'https://api.fanfou.com/statuses/update.json',
			body: { status },
		});
		const { oauth_signature: signature, ...protocol } = members(signed);
		expect(signature).toBe(
			signatureOf(
				'POST',
				'http://api.fanfou.com/statuses/update.json',
				{ ...protocol, status },
				KEY,
			),
		);
	});
});

describe('the sign-in', () => {
	test('name and password move from the query into the header', () => {
		const signed = sign(
			{ ...KEYS },
			{
				url: `https://fanfou.com/oauth/access_token?x_auth_mode=client_auth&x_auth_username=${strict('测试用户')}&x_auth_password=p%40ss%20word`,
			},
		);
		expect(signed.url).toBe('https://fanfou.com/oauth/access_token');
		const { oauth_signature: signature, ...rest } = members(signed);
		expect(rest).toMatchObject({
			x_auth_mode: 'client_auth',
			x_auth_username: '测试用户',
			x_auth_password: 'p@ss word',
		});
		expect(rest).not.toHaveProperty('oauth_token');
		expect(signature).toBe(
			signatureOf('GET', 'http://fanfou.com/oauth/access_token', rest, `${KEYS.consumerSecret}&`),
		);
	});

	test("a request token's secret signs and goes nowhere", () => {
		const signed = sign(KEYS, {
			url: 'https://fanfou.com/oauth/access_token?oauth_token=reqtoken00112233&oauth_token_secret=reqsecret44556677&oauth_verifier=1234567',
		});
		expect(signed.url).toBe('https://fanfou.com/oauth/access_token?oauth_verifier=1234567');
		expect(JSON.stringify(signed)).not.toContain('reqsecret44556677');
		expect(members(signed).oauth_token).toBe('reqtoken00112233');
	});

	test('nor does it in a form', () => {
		const signed = sign(KEYS, {
			method: 'POST',
			url: 'https://fanfou.com/oauth/access_token',
			body: {
				oauth_token: 'reqtoken00112233',
				oauth_token_secret: 'reqsecret44556677',
				oauth_verifier: 1234567,
			},
		});
		expect(signed.body).toBe('oauth_verifier=1234567');
		const { oauth_signature: signature, ...rest } = members(signed);
		expect(rest.oauth_token).toBe('reqtoken00112233');
		expect(signature).toBe(
			signatureOf(
				'POST',
				'http://fanfou.com/oauth/access_token',
				{ ...rest, oauth_verifier: '1234567' },
				`${KEYS.consumerSecret}&reqsecret44556677`,
			),
		);
	});

	test('a request token without its secret is signed with none', () => {
		const url = 'https://fanfou.com/oauth/access_token?oauth_token=reqtoken00112233';
		const { oauth_signature: signature, ...rest } = members(sign(KEYS, { url }));
		expect(rest.oauth_token).toBe('reqtoken00112233');
		expect(signature).toBe(
			signatureOf('GET', 'http://fanfou.com/oauth/access_token', rest, `${KEYS.consumerSecret}&`),
		);
	});

	test('without a request token of its own it is signed with the pair of the credential', () => {
		const signed = sign(KEYS, {
			url: 'https://fanfou.com/oauth/access_token?oauth_verifier=1234567',
		});
		const { oauth_signature: signature, ...rest } = members(signed);
		expect(rest.oauth_token).toBe(KEYS.accessToken);
		expect(signature).toBe(
			signatureOf(
				'GET',
				'http://fanfou.com/oauth/access_token',
				{ ...rest, oauth_verifier: '1234567' },
				KEY,
			),
		);
	});

	test('a signed sign-in is not signed again without the secret that is gone', () => {
		const once = sign(KEYS, {
			url: 'https://fanfou.com/oauth/access_token?oauth_token=a&oauth_token_secret=b',
		});
		expect(sign(KEYS, once)).toEqual(once);
	});
});

describe('the fields', () => {
	const type = new FanfouOAuth1Api();
	const field = (name: string) => type.properties.find((property) => property.name === name);

	test('is a type of its own, since n8n signs everything that extends oAuth1Api itself', () => {
		expect(type.name).toBe('fanfouOAuth1Api');
		expect(type).not.toHaveProperty('extends');
	});

	test.each(['consumerSecret', 'accessToken', 'accessTokenSecret', 'password'])(
		'%s is masked',
		(name) => {
			expect(field(name)?.typeOptions?.password).toBe(true);
		},
	);

	test('the fetched token is kept out of sight and can expire', () => {
		expect(field('sessionToken')).toMatchObject({
			type: 'hidden',
			default: '',
			typeOptions: { expirable: true },
		});
		expect(field('sessionTokenSecret')?.type).toBe('hidden');
	});

	test('addresses default to Fanfou over https', () => {
		expect(field('baseUrl')?.default).toBe('https://api.fanfou.com');
		expect(field('loginUrl')?.default).toBe('https://fanfou.com');
	});

	test('the test asks for the account, at Fanfou itself where Base URL was emptied', () => {
		expect(type.test.request).toEqual({
			baseURL: '={{$credentials.baseUrl || "https://api.fanfou.com"}}',
			url: '/account/verify_credentials.json',
			qs: { mode: 'lite' },
		});
	});

	test('a credential without token or password says what to fill in', () => {
		const app = { consumerKey: KEYS.consumerKey, consumerSecret: KEYS.consumerSecret };
		expect(() => sign(app, { url: 'https://api.fanfou.com/users/show.json' })).toThrow(
			'The Fanfou credential has no access token',
		);
	});

	test('the token of another username asks n8n to sign in anew', () => {
		const app = { consumerKey: 'k', consumerSecret: 's', username: 'new', password: 'p' };
		const session = { sessionToken: 't', sessionTokenSecret: 'ts', sessionUsername: 'old' };
		const request = { url: 'https://api.fanfou.com/users/show.json' };
		expect(() => sign({ ...app, ...session }, request)).toThrow(
			expect.objectContaining({ response: { status: 401 } }),
		);
		expect(members(sign({ ...app, ...session, sessionUsername: 'new' }, request)).oauth_token).toBe(
			't',
		);
	});
});
