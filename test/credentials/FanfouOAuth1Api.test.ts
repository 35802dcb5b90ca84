import type { IDataObject } from 'n8n-workflow';
import { FanfouOAuth1Api } from '../../credentials/FanfouOAuth1Api.credentials';
import { signedAddress } from '../../credentials/fanfou/address';
import { signRequest } from '../../credentials/fanfou/sign';
import { resolveExpression } from './expressions';
import { KEY, members, signatureOf, strict } from './signing';
import { KEYS } from './vectors';

describe('URL in the base string', () => {
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
	])('%s is signed as %s', (url, signed, host) => {
		expect(signedAddress(url, own)).toMatchObject({ signedUrl: signed, host });
	});

	test('one proxy may serve both hosts', () => {
		const one = { baseUrl: 'https://proxy.example', loginUrl: 'https://proxy.example' };
		expect(signedAddress('https://proxy.example/oauth/request_token', one)?.signedUrl).toBe(
			'http://fanfou.com/oauth/request_token',
		);
		expect(signedAddress('https://proxy.example/users/show.json', one)?.signedUrl).toBe(
			'http://api.fanfou.com/users/show.json',
		);
	});

	test.each([
		'https://api.fanfou.com.evil.example/x',
		'https://example.com/',
		'https://fanfou.computer/',
	])('a request to %s is not signed', (url) => {
		expect(() => signRequest(KEYS, { url })).toThrow('not below Base URL or Login URL');
	});

	test('an https link in a status is signed unchanged', () => {
		const status = 'https://fanfou.com/statuses/1';
		const signed = signRequest(KEYS, {
			method: 'POST',
			url: 'https://api.fanfou.com/statuses/update.json',
			body: { status },
		});
		const { oauth_signature: signature, ...protocol } = members(signed);
		expect(signature).toBe(
			signatureOf({
				method: 'POST',
				address: 'http://api.fanfou.com/statuses/update.json',
				parameters: { ...protocol, status },
				key: KEY,
			}),
		);
	});
});

describe('login requests', () => {
	test('username and password are moved from the query to the Authorization header', () => {
		const signed = signRequest(
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
			signatureOf({
				method: 'GET',
				address: 'http://fanfou.com/oauth/access_token',
				parameters: rest,
				key: `${KEYS.consumerSecret}&`,
			}),
		);
	});

	test('the secret of a request token is used to sign and is not sent', () => {
		const signed = signRequest(KEYS, {
			url: 'https://fanfou.com/oauth/access_token?oauth_token=reqtoken00112233&oauth_token_secret=reqsecret44556677&oauth_verifier=1234567',
		});
		expect(signed.url).toBe('https://fanfou.com/oauth/access_token?oauth_verifier=1234567');
		expect(JSON.stringify(signed)).not.toContain('reqsecret44556677');
		expect(members(signed).oauth_token).toBe('reqtoken00112233');
	});

	test('the secret of a request token in a form is not sent either', () => {
		const signed = signRequest(KEYS, {
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
			signatureOf({
				method: 'POST',
				address: 'http://fanfou.com/oauth/access_token',
				parameters: { ...rest, oauth_verifier: '1234567' },
				key: `${KEYS.consumerSecret}&reqsecret44556677`,
			}),
		);
	});

	test.each([
		['oauth_token=reqtoken00112233', 'Request Token Secret'],
		['oauth_token_secret=reqsecret44556677', 'Request Token'],
	])('an access token request with only %s is refused', (query, name) => {
		const url = `https://fanfou.com/oauth/access_token?${query}`;
		expect(() => signRequest(KEYS, { url })).toThrow(`"${name}" is empty`);
	});

	test('an access token request without a request token is signed with the access token of the credential', () => {
		const signed = signRequest(KEYS, {
			url: 'https://fanfou.com/oauth/access_token?oauth_verifier=1234567',
		});
		const { oauth_signature: signature, ...rest } = members(signed);
		expect(rest.oauth_token).toBe(KEYS.accessToken);
		expect(signature).toBe(
			signatureOf({
				method: 'GET',
				address: 'http://fanfou.com/oauth/access_token',
				parameters: { ...rest, oauth_verifier: '1234567' },
				key: KEY,
			}),
		);
	});

	test('a signed login request is not signed again, since its secret was removed', () => {
		const once = signRequest(KEYS, {
			url: 'https://fanfou.com/oauth/access_token?oauth_token=a&oauth_token_secret=b',
		});
		expect(signRequest(KEYS, once)).toEqual(once);
	});
});

describe('credential fields', () => {
	const type = new FanfouOAuth1Api();
	const field = (name: string) => type.properties.find((property) => property.name === name);

	test('the credential does not extend oAuth1Api, since n8n signs such requests itself', () => {
		expect(type.name).toBe('fanfouOAuth1Api');
		expect(type).not.toHaveProperty('extends');
	});

	test.each(['consumerSecret', 'accessToken', 'accessTokenSecret', 'password'])(
		'the field %s is masked',
		(name) => {
			expect(field(name)?.typeOptions?.password).toBe(true);
		},
	);

	test('the requested token is hidden and can expire', () => {
		expect(field('sessionToken')).toMatchObject({
			type: 'hidden',
			default: '',
			typeOptions: { expirable: true },
		});
		expect(field('sessionTokenSecret')?.type).toBe('hidden');
	});

	test('the addresses default to Fanfou over https', () => {
		expect(field('baseUrl')?.default).toBe('https://api.fanfou.com');
		expect(field('loginUrl')?.default).toBe('https://fanfou.com');
	});

	const testedUrl = (credentials: IDataObject) => {
		const { baseURL, url } = type.test.request;
		const resolved = (part: unknown) => resolveExpression(String(part), { credentials });
		return resolved(baseURL) + resolved(url);
	};

	test.each([
		['a token', { accessToken: 'token' }],
		['a login', { username: 'demo', password: 'word' }],
	])('the credential test requests the account with %s', (_case, account) => {
		const path = '/account/verify_credentials.json?mode=lite';
		expect(testedUrl(account)).toBe(`https://api.fanfou.com${path}`);
		expect(testedUrl({ ...account, baseUrl: 'https://own.example' })).toBe(
			`https://own.example${path}`,
		);
	});

	test('the credential test requests a request token while there is no account', () => {
		expect(testedUrl({ username: 'demo' })).toBe('https://fanfou.com/oauth/request_token');
		expect(testedUrl({ loginUrl: 'https://own.example' })).toBe(
			'https://own.example/oauth/request_token',
		);
	});

	test('the credential test names the clock before the app when Fanfou rejects it', () => {
		const [rule] = type.test.rules ?? [];
		expect(rule).toMatchObject({ type: 'responseCode', properties: { value: 401 } });
		expect(rule?.properties.message).toMatch(/clock.+approved/);
	});

	test('a credential without token and password is reported with the fields to fill in', () => {
		const app = { consumerKey: KEYS.consumerKey, consumerSecret: KEYS.consumerSecret };
		expect(() => signRequest(app, { url: 'https://api.fanfou.com/users/show.json' })).toThrow(
			'The Fanfou credential has no access token',
		);
	});

	test('a stored token of another username makes n8n request a new token', () => {
		const app = { consumerKey: 'k', consumerSecret: 's', username: 'new', password: 'p' };
		const session = { sessionToken: 't', sessionTokenSecret: 'ts', sessionUsername: 'old' };
		const request = { url: 'https://api.fanfou.com/users/show.json' };
		expect(() => signRequest({ ...app, ...session }, request)).toThrow(
			expect.objectContaining({ response: { status: 401 } }),
		);
		expect(
			members(signRequest({ ...app, ...session, sessionUsername: 'new' }, request)).oauth_token,
		).toBe('t');
	});
});
