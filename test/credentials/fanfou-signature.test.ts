import { createHmac } from 'node:crypto';
import type { IHttpRequestOptions } from 'n8n-workflow';
import { sign } from '../../credentials/fanfou/sign';
import { authorization, baseString } from '../../credentials/fanfou/signature';
import { KEY, members, signatureOf, strict } from './signing';
import { KEYS, MOMENT, STATUS, VECTORS } from './vectors';

describe('signature vectors', () => {
	test.each(VECTORS)('$name', (vector) => {
		const keys = {
			consumerKey: KEYS.consumerKey,
			consumerSecret: KEYS.consumerSecret,
			token: vector.token,
			tokenSecret: vector.tokenSecret,
		};
		expect(baseString(vector, keys, MOMENT)).toBe(vector.base);
		expect(authorization(vector, keys, MOMENT)).toContain(
			`oauth_signature="${encodeURIComponent(vector.signature)}"`,
		);
	});

	test('all thirteen are there', () => {
		expect(VECTORS).toHaveLength(13);
	});

	/** What the node hands over for each vector, and the signature that must come out of it. */
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

	test.each(requests)('%s through the credential, sent over https', (name, options) => {
		const expected = VECTORS.find((vector) => vector.name.startsWith(`${name},`));
		const refused = VECTORS.find((vector) => vector.name === `${name} over https`);
		const signed = sign(KEYS, options, MOMENT);
		expect(members(signed).oauth_signature).toBe(expected?.signature);
		expect(members(signed).oauth_signature).not.toBe(refused?.signature);
		expect(signed.url.startsWith('https://')).toBe(true);
	});

	test('the header of vector A, byte for byte', () => {
		const [, options = { url: '' }] = requests[0] ?? [];
		expect(sign(KEYS, options, MOMENT).headers?.authorization).toBe(
			'OAuth oauth_consumer_key="0123456789abcdef0123456789abcdef", oauth_nonce="nonce1234567890ABCDEFGHIJKLMNOPQ", oauth_signature="XxWzzeC30FZWQ5%2BOKUGp8xqv%2Bys%3D", oauth_signature_method="HMAC-SHA1", oauth_timestamp="1764000000", oauth_token="1000000-00112233445566778899aabbccddeeff", oauth_version="1.0"',
		);
	});
});

describe('what is sent is what was signed', () => {
	test('a form object becomes text with RFC 3986 escapes, space as %20', () => {
		const signed = sign(
			KEYS,
			{
				method: 'POST',
				url: 'https://api.fanfou.com/statuses/update.json',
				body: { status: STATUS },
			},
			MOMENT,
		);
		expect(signed.body).toBe(
			'status=%E6%97%A9%E4%B8%8A%E5%A5%BD%EF%BC%8C%E9%A5%AD%E5%90%A6%EF%BC%81%28%E6%B5%8B%E8%AF%95%29%20100%25%20%2B%20a%26b%3Dc%20~%2A%27',
		);
		expect(signed.headers?.['content-type']).toBe('application/x-www-form-urlencoded');
		expect(members(signed).oauth_signature).toBe('nFHq1Xqo6DaNTYpPHApgSMsdOFA=');
	});

	test('URLSearchParams are written anew, since their plus signs and stars would not match', () => {
		const signed = sign(
			KEYS,
			{
				method: 'POST',
				url: 'https://api.fanfou.com/statuses/update.json',
				body: new URLSearchParams({ status: STATUS }),
			},
			MOMENT,
		);
		expect(members(signed).oauth_signature).toBe('nFHq1Xqo6DaNTYpPHApgSMsdOFA=');
		expect(signed.body).toContain('%20100%25%20%2B%20a%26b%3Dc%20~%2A%27');
	});

	test('a query object and a base address become one absolute URL', () => {
		const signed = sign(
			KEYS,
			{
				method: 'GET',
				baseURL: 'https://api.fanfou.com/',
				url: '/search/public_timeline.json',
				qs: { count: 5, format: 'html', mode: 'lite', q: '饭否 你好', since_id: undefined },
				body: {},
			},
			MOMENT,
		);
		expect(signed.url).toBe(
			'https://api.fanfou.com/search/public_timeline.json?count=5&format=html&mode=lite&q=%E9%A5%AD%E5%90%A6%20%E4%BD%A0%E5%A5%BD',
		);
		expect(signed).not.toHaveProperty('qs');
		expect(signed).not.toHaveProperty('baseURL');
		expect(signed).not.toHaveProperty('body');
		expect(members(signed).oauth_signature).toBe('XxWzzeC30FZWQ5+OKUGp8xqv+ys=');
	});

	test('a multipart body passes as the same object, unsigned, without a content type of ours', () => {
		const body = new FormData();
		body.append('status', 'with a photo');
		const signed = sign(
			KEYS,
			{ method: 'POST', url: 'https://api.fanfou.com/photos/upload.json', body },
			MOMENT,
		);
		expect(signed.body).toBe(body);
		expect(Object.keys(signed.headers ?? {})).toEqual(['authorization']);
		expect(members(signed).oauth_signature).toBe('UoRkVbhpR7MuLpk9Yf7XjvR2bXA=');
	});

	test('an empty form parameter and a repeated one are signed too', () => {
		const signed = sign(
			KEYS,
			{
				method: 'POST',
				url: 'https://api.fanfou.com/account/update_profile.json?b=2&b=1',
				body: { url: '' },
			},
			MOMENT,
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

	test('a query object joins the query of the address, lists by comma where that is asked for', () => {
		const url = 'https://api.fanfou.com/search/public_timeline.json?q=a+b%2&q=c#top';
		const qs = { q: ['d', 'e'], max_id: null, extra: { a: 1 } };
		expect(sign(KEYS, { url, qs }).url).toBe(
			'https://api.fanfou.com/search/public_timeline.json?q=a%20b%252&q=c&q=d&q=e&extra=%7B%22a%22%3A1%7D',
		);
		expect(sign(KEYS, { url, qs: { q: ['d', 'e'] }, arrayFormat: 'comma' }).url).toBe(
			'https://api.fanfou.com/search/public_timeline.json?q=a%20b%252&q=c&q=d%2Ce',
		);
		const { oauth_signature: signature, ...protocol } = members(sign(KEYS, { url, qs }));
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
		['of another kind', { a: 1 }, { 'Content-Type': 'application/json' }],
		['in bytes', Buffer.from('a=1'), {}],
	])('a body %s passes as it is, unsigned', (_name, body, headers) => {
		const request = { url: 'https://api.fanfou.com/photos/upload.json', headers };
		const signed = sign(KEYS, { ...request, method: 'POST', body }, MOMENT);
		expect(signed.body).toBe(body);
		expect(members(signed).oauth_signature).toBe('UoRkVbhpR7MuLpk9Yf7XjvR2bXA=');
	});

	test('signing twice gives one good signature, not two', () => {
		const request: IHttpRequestOptions = {
			method: 'POST',
			url: 'https://api.fanfou.com/statuses/update.json?x=1',
			headers: { 'X-Own': 'stays' },
			body: { status: STATUS },
		};
		const once = sign(KEYS, request);
		const twice = sign(KEYS, once);
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
			signatureOf(
				'POST',
				'http://api.fanfou.com/statuses/update.json',
				{ ...protocol, x: '1', status: STATUS },
				KEY,
			),
		);
	});

	test('the request given is left as it was', () => {
		const request = Object.freeze({
			url: 'https://api.fanfou.com/users/show.json',
			headers: Object.freeze({ accept: 'application/json' }),
			qs: Object.freeze({ id: '测试' }),
		});
		expect(sign(KEYS, request, MOMENT).url).toBe(
			'https://api.fanfou.com/users/show.json?id=%E6%B5%8B%E8%AF%95',
		);
	});

	test('cookies and a foreign Authorization header do not go along', () => {
		const signed = sign(KEYS, {
			url: 'https://api.fanfou.com/users/show.json',
			headers: { Cookie: 'session=1', Authorization: 'Basic abc', accept: 'application/json' },
		});
		expect(Object.keys(signed.headers ?? {}).sort()).toEqual(['accept', 'authorization']);
		expect(members(signed).oauth_version).toBe('1.0');
	});

	test('every request has a nonce of its own and the time of now in seconds', () => {
		const first = members(sign(KEYS, { url: 'https://api.fanfou.com/users/show.json' }));
		const second = members(sign(KEYS, { url: 'https://api.fanfou.com/users/show.json' }));
		expect(first.oauth_nonce).toMatch(/^[0-9a-f]{32}$/);
		expect(first.oauth_nonce).not.toBe(second.oauth_nonce);
		expect(Math.abs(Number(first.oauth_timestamp) - Date.now() / 1000)).toBeLessThan(5);
	});
});
