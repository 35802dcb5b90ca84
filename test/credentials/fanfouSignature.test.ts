import { createHmac } from 'node:crypto';
import type { IHttpRequestOptions } from 'n8n-workflow';
import { signRequest } from '../../credentials/fanfou/sign';
import { authorization, signatureBaseString } from '../../credentials/fanfou/signature';
import { KEY, members, signatureOf, strict } from './signing';
import { KEYS, NONCE, STATUS, VECTORS } from './vectors';

describe('signature vectors', () => {
	test.each(VECTORS)('$name', (vector) => {
		const keys = {
			consumerKey: KEYS.consumerKey,
			consumerSecret: KEYS.consumerSecret,
			token: vector.token,
			tokenSecret: vector.tokenSecret,
		};
		expect(signatureBaseString(vector, keys, NONCE)).toBe(vector.base);
		expect(authorization(vector, keys, NONCE)).toContain(
			`oauth_signature="${encodeURIComponent(vector.signature)}"`,
		);
	});

	test('there are thirteen vectors', () => {
		expect(VECTORS).toHaveLength(13);
	});

	/** The request that the node passes for each vector. */
	const requests: Array<[name: string, options: IHttpRequestOptions]> = [
		[
			'A',
			{
				url: 'https://api.fanfou.com/search/public_timeline.json?count=5&format=html&mode=lite&q=%E9%A5%AD%E5%90%A6%20%E4%BD%A0%E5%A5%BD',
			},
		],
		[
			'B',
			{
				method: 'POST',
				url: 'https://api.fanfou.com/statuses/update.json',
				headers: { 'content-type': 'application/x-www-form-urlencoded' },
				body: `status=${strict(STATUS)}`,
			},
		],
		[
			'C',
			{ method: 'POST', url: 'https://api.fanfou.com/photos/upload.json', body: new FormData() },
		],
		['D', { url: 'https://fanfou.com/oauth/request_token' }],
		[
			'E',
			{
				url: 'https://fanfou.com/oauth/access_token?oauth_token=reqtoken00112233&oauth_token_secret=reqsecret44556677&oauth_verifier=1234567',
			},
		],
		[
			'F',
			{
				method: 'POST',
				url: `https://fanfou.com/oauth/access_token?x_auth_mode=client_auth&x_auth_username=${strict('测试用户')}&x_auth_password=p%40ss%20word`,
			},
		],
		['G', { method: 'POST', url: 'https://api.fanfou.com/favorites/create/AbC-_123xyZ.json' }],
		['H', { url: 'https://api.fanfou.com/users/show.json?id=~AbCdEfGhIj0' }],
	];

	test.each(requests)(
		'the credential signs the https request of vector %s correctly',
		(name, options) => {
			const expected = VECTORS.find((vector) => vector.name.startsWith(`${name},`));
			const overHttps = VECTORS.find((vector) => vector.name === `${name} over https`);
			const signed = signRequest(KEYS, options, NONCE);
			expect(members(signed).oauth_signature).toBe(expected?.signature);
			expect(members(signed).oauth_signature).not.toBe(overHttps?.signature);
			expect(signed.url.startsWith('https://')).toBe(true);
		},
	);

	test('the Authorization header of vector A is correct byte for byte', () => {
		const [, options = { url: '' }] = requests[0] ?? [];
		expect(signRequest(KEYS, options, NONCE).headers?.authorization).toBe(
			'OAuth oauth_consumer_key="0123456789abcdef0123456789abcdef", oauth_nonce="nonce1234567890ABCDEFGHIJKLMNOPQ", oauth_signature="XxWzzeC30FZWQ5%2BOKUGp8xqv%2Bys%3D", oauth_signature_method="HMAC-SHA1", oauth_timestamp="1764000000", oauth_token="1000000-00112233445566778899aabbccddeeff", oauth_version="1.0"',
		);
	});
});

describe('signed requests', () => {
	test('a form object is sent as text with RFC 3986 escapes, spaces as %20', () => {
		const signed = signRequest(
			KEYS,
			{
				method: 'POST',
				url: 'https://api.fanfou.com/statuses/update.json',
				body: { status: STATUS },
			},
			NONCE,
		);
		expect(signed.body).toBe(
			'status=%E6%97%A9%E4%B8%8A%E5%A5%BD%EF%BC%8C%E9%A5%AD%E5%90%A6%EF%BC%81%28%E6%B5%8B%E8%AF%95%29%20100%25%20%2B%20a%26b%3Dc%20~%2A%27',
		);
		expect(signed.headers?.['content-type']).toBe('application/x-www-form-urlencoded');
		expect(members(signed).oauth_signature).toBe('nFHq1Xqo6DaNTYpPHApgSMsdOFA=');
	});

	test('URLSearchParams are encoded again, since their plus signs and asterisks would not match the signature', () => {
		const signed = signRequest(
			KEYS,
			{
				method: 'POST',
				url: 'https://api.fanfou.com/statuses/update.json',
				body: new URLSearchParams({ status: STATUS }),
			},
			NONCE,
		);
		expect(members(signed).oauth_signature).toBe('nFHq1Xqo6DaNTYpPHApgSMsdOFA=');
		expect(signed.body).toContain('%20100%25%20%2B%20a%26b%3Dc%20~%2A%27');
	});

	test('a query object and a base URL are merged into one absolute URL', () => {
		const signed = signRequest(
			KEYS,
			{
				method: 'GET',
				baseURL: 'https://api.fanfou.com/',
				url: '/search/public_timeline.json',
				qs: { count: 5, format: 'html', mode: 'lite', q: '饭否 你好', since_id: undefined },
				body: {},
			},
			NONCE,
		);
		expect(signed.url).toBe(
			'https://api.fanfou.com/search/public_timeline.json?count=5&format=html&mode=lite&q=%E9%A5%AD%E5%90%A6%20%E4%BD%A0%E5%A5%BD',
		);
		expect(signed).not.toHaveProperty('qs');
		expect(signed).not.toHaveProperty('baseURL');
		expect(signed).not.toHaveProperty('body');
		expect(members(signed).oauth_signature).toBe('XxWzzeC30FZWQ5+OKUGp8xqv+ys=');
	});

	test('a multipart body is passed on unsigned and gets no content type', () => {
		const body = new FormData();
		body.append('status', 'with a photo');
		const signed = signRequest(
			KEYS,
			{ method: 'POST', url: 'https://api.fanfou.com/photos/upload.json', body },
			NONCE,
		);
		expect(signed.body).toBe(body);
		expect(Object.keys(signed.headers ?? {})).toEqual(['authorization']);
		expect(members(signed).oauth_signature).toBe('UoRkVbhpR7MuLpk9Yf7XjvR2bXA=');
	});

	test('empty and repeated parameters are signed', () => {
		const signed = signRequest(
			KEYS,
			{
				method: 'POST',
				url: 'https://api.fanfou.com/account/update_profile.json?b=2&b=1',
				body: { url: '' },
			},
			NONCE,
		);
		expect(signed.url).toBe('https://api.fanfou.com/account/update_profile.json?b=2&b=1');
		expect(signed.body).toBe('url=');
		const { oauth_signature: signature, ...protocol } = members(signed);
		const pairs = [...Object.entries(protocol), ['b', '1'], ['b', '2'], ['url', '']];
		const text = pairs
			.map(([name = '', value = '']) => `${strict(name)}=${strict(value)}`)
			.sort()
			.join('&');
		expect(signature).toBe(
			createHmac('sha1', KEY)
				.update(
					`POST&${strict('http://api.fanfou.com/account/update_profile.json')}&${strict(text)}`,
				)
				.digest('base64'),
		);
	});

	test('a query object is appended to the query of the URL, with comma-separated lists if requested', () => {
		const url = 'https://api.fanfou.com/search/public_timeline.json?q=a+b%2&q=c#top';
		const qs = { q: ['d', 'e'], max_id: null, extra: { a: 1 } };
		expect(signRequest(KEYS, { url, qs }).url).toBe(
			'https://api.fanfou.com/search/public_timeline.json?q=a%20b%252&q=c&q=d&q=e&extra=%7B%22a%22%3A1%7D',
		);
		expect(signRequest(KEYS, { url, qs: { q: ['d', 'e'] }, arrayFormat: 'comma' }).url).toBe(
			'https://api.fanfou.com/search/public_timeline.json?q=a%20b%252&q=c&q=d%2Ce',
		);
		const { oauth_signature: signature, ...protocol } = members(signRequest(KEYS, { url, qs }));
		const pairs = [...Object.entries(protocol), ['extra', '{"a":1}'], ['q', 'a b%2']];
		for (const value of ['c', 'd', 'e']) pairs.push(['q', value]);
		const text = pairs
			.map(([name = '', value = '']) => `${strict(name)}=${strict(value)}`)
			.sort()
			.join('&');
		const base = `GET&${strict('http://api.fanfou.com/search/public_timeline.json')}&${strict(text)}`;
		expect(signature).toBe(createHmac('sha1', KEY).update(base).digest('base64'));
	});

	test.each([
		['of another content type', { a: 1 }, { 'Content-Type': 'application/json' }],
		['of bytes', Buffer.from('a=1'), {}],
	])('a body %s is passed on unsigned', (_name, body, headers) => {
		const request = { url: 'https://api.fanfou.com/photos/upload.json', headers };
		const signed = signRequest(KEYS, { ...request, method: 'POST', body }, NONCE);
		expect(signed.body).toBe(body);
		expect(members(signed).oauth_signature).toBe('UoRkVbhpR7MuLpk9Yf7XjvR2bXA=');
	});

	test('lone surrogates are signed as they are sent', () => {
		const request = { method: 'POST', url: 'https://api.fanfou.com/statuses/update.json' } as const;
		const broken = { ['a\ud800']: 'x\udc00y' };
		const signed = signRequest(KEYS, { ...request, body: broken }, NONCE);
		const replaced = signRequest(KEYS, { ...request, body: { 'a\ufffd': 'x\ufffdy' } }, NONCE);
		expect(signed).toEqual(replaced);
		expect(signed.body).toBe('a%EF%BF%BD=x%EF%BF%BDy');
	});

	test('the content type of a form is recognized in any case', () => {
		const request = { method: 'POST', url: 'https://api.fanfou.com/statuses/update.json' } as const;
		const headers = { 'Content-Type': 'Application/X-WWW-Form-URLencoded; charset=UTF-8' };
		const signed = signRequest(KEYS, { ...request, headers, body: { status: STATUS } }, NONCE);
		expect(members(signed).oauth_signature).toBe('nFHq1Xqo6DaNTYpPHApgSMsdOFA=');
	});

	test('signing a request twice results in one valid signature', () => {
		const request: IHttpRequestOptions = {
			method: 'POST',
			url: 'https://api.fanfou.com/statuses/update.json?x=1',
			headers: { 'X-Own': 'kept' },
			body: { status: STATUS },
		};
		const once = signRequest(KEYS, request);
		const twice = signRequest(KEYS, once);
		expect(twice.url).toBe(once.url);
		expect(twice.body).toBe(once.body);
		expect(Object.keys(twice.headers ?? {}).sort()).toEqual([
			'X-Own',
			'authorization',
			'content-type',
		]);
		const { oauth_signature: signature, ...protocol } = members(twice);
		expect(protocol.oauth_nonce).not.toBe(members(once).oauth_nonce);
		expect(signature).toBe(
			signatureOf({
				method: 'POST',
				address: 'http://api.fanfou.com/statuses/update.json',
				parameters: { ...protocol, x: '1', status: STATUS },
				key: KEY,
			}),
		);
	});

	test('the original request options are not changed', () => {
		const request = Object.freeze({
			url: 'https://api.fanfou.com/users/show.json',
			headers: Object.freeze({ accept: 'application/json' }),
			qs: Object.freeze({ id: '测试' }),
		});
		expect(signRequest(KEYS, request, NONCE).url).toBe(
			'https://api.fanfou.com/users/show.json?id=%E6%B5%8B%E8%AF%95',
		);
	});

	test('cookies and other Authorization headers are removed', () => {
		const signed = signRequest(KEYS, {
			url: 'https://api.fanfou.com/users/show.json',
			headers: { Cookie: 'session=1', Authorization: 'Basic abc', accept: 'application/json' },
		});
		expect(Object.keys(signed.headers ?? {}).sort()).toEqual(['accept', 'authorization']);
		expect(members(signed).oauth_version).toBe('1.0');
	});

	test('every request has its own nonce and the current time in seconds', () => {
		const first = members(signRequest(KEYS, { url: 'https://api.fanfou.com/users/show.json' }));
		const second = members(signRequest(KEYS, { url: 'https://api.fanfou.com/users/show.json' }));
		expect(first.oauth_nonce).toMatch(/^[0-9a-f]{32}$/);
		expect(first.oauth_nonce).not.toBe(second.oauth_nonce);
		expect(Math.abs(Number(first.oauth_timestamp) - Date.now() / 1000)).toBeLessThan(5);
	});
});
