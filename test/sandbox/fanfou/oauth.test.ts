import type { Sandbox } from '../../../sandbox/index';
import { UNAPPROVED_CONSUMER } from '../../../sandbox/fanfou/index';
import { baseString, encode, readAuthorization, sign } from '../../../sandbox/fanfou/oauth';
import type { Pair } from '../../../sandbox/core/request';
import { DEMO_CREDENTIALS, FanfouClient, readResponse, type ClientResponse } from './client';
import { NONCE, STATUS, TIMESTAMP, VECTORS, XAUTH, type Vector } from './vectors';
import { useSandbox } from '../../support/sandbox';

let sandbox: Sandbox;
let client: FanfouClient;

useSandbox((started) => {
	sandbox = started;
	client = new FanfouClient(started);
});

const HOME = '/statuses/home_timeline.json';

function headerOf({ pairs, signature }: Vector): string {
	const all: Pair[] = [
		...pairs.filter(([name]) => name.startsWith('oauth_')),
		['oauth_signature', signature],
	];
	return `OAuth ${all.map(([name, value]) => `${name}="${encode(value)}"`).join(', ')}`;
}

/** Sends the request of a vector with the vector's own signature. */
async function sendVector(vector: Vector): Promise<ClientResponse> {
	const { method, url, pairs } = vector;
	const { host, pathname } = new URL(url);
	const mount = host === 'api.fanfou.com' ? 'fanfou' : 'fanfou-login';
	const rest = pairs.filter(([name]) => !name.startsWith('oauth_'));
	const encoded = rest.map((pair) => pair.map(encode).join('=')).join('&');
	const headers: Record<string, string> = { authorization: headerOf(vector) };
	let address = `${sandbox.url}/${mount}${pathname}`;
	let body: BodyInit | undefined;
	if (method === 'GET' && encoded !== '') address += `?${encoded}`;
	if (method === 'POST' && encoded !== '') body = new URLSearchParams(encoded);
	if (vector.name === 'xAuth with unsigned parameters') {
		body = new URLSearchParams(XAUTH.map((pair) => pair.map(encode).join('=')).join('&'));
	}
	if (pathname === '/photos/upload.json') {
		body = new FormData();
		body.append('status', STATUS);
		body.append('photo', new Blob(['GIF89a', new Uint8Array(200)]), 'dot.gif');
	}
	return await readResponse(
		await fetch(address, { method, headers, ...(body !== undefined && { body }) }),
	);
}

describe('signature vectors', () => {
	it('there are thirteen vectors', () => {
		expect(VECTORS).toHaveLength(13);
	});

	it.each(VECTORS)('$name: base string and signature match byte for byte', (vector) => {
		const base = baseString(vector.method, vector.url, vector.pairs);
		expect(base).toBe(vector.base);
		expect(sign(base, vector.key.consumerSecret, vector.key.tokenSecret)).toBe(vector.signature);
	});

	it.each(VECTORS)('$name: the sandbox accepts or rejects the request', async (vector) => {
		sandbox.clock.set(TIMESTAMP * 1000);
		sandbox.fanfou.addUser({ id: '~AbCdEfGhIj0', name: '波浪号' });
		sandbox.fanfou.addRequestToken({
			token: 'reqtoken00112233',
			secret: 'reqsecret44556677',
			consumerKey: DEMO_CREDENTIALS.consumerKey,
			userId: 'demo',
			pin: '1234567',
		});
		const response = await sendVector(vector);
		if (!vector.isGood) {
			expect(response.status).toBe(401);
			const expected = vector.base.replace('https%3A', 'http%3A');
			// The XML of the OAuth pages encodes & as a character reference.
			expect(response.text.replaceAll('&#38;', '&')).toContain(
				`Invalid signature. Expected basestring is ${expected}`,
			);
		} else if (vector.url.includes('AbC-_123xyZ')) {
			// The signature is valid, but the status does not exist.
			expect([response.status, response.json]).toEqual([
				404,
				{ request: '/favorites/create/AbC-_123xyZ.json', error: '没有这条消息' },
			]);
		} else {
			expect(response).toMatchObject({ status: 200 });
			expect(sandbox.requestLog.entries().at(-1)?.succeeded).toBe(true);
		}
	});
});

describe('placement of the signature', () => {
	it.each(['header', 'query'] as const)(
		'a GET request can be signed in the %s',
		async (placement) => {
			const response = await client.send({
				method: 'GET',
				path: HOME,
				query: { count: '2', mode: 'lite' },
				placement,
			});
			expect([response.status, response.json]).toEqual([200, expect.any(Array)]);
		},
	);

	it.each(['header', 'query', 'body'] as const)(
		'a POST request can be signed in the %s',
		async (placement) => {
			const response = await client.send({
				method: 'POST',
				path: '/statuses/update.json',
				form: { status: STATUS },
				placement,
			});
			expect([response.status, response.json]).toMatchObject([200, { is_self: true }]);
			expect(sandbox.fanfou.sandboxState.statuses.filter(() => true)[0]?.text).toBe(STATUS);
		},
	);

	it('header parameters can be separated by a comma only, and can include a realm', () => {
		const header = 'OAuth realm="",oauth_nonce="a%20b",oauth_token="1-2"';
		expect(readAuthorization(header)).toEqual([
			['oauth_nonce', 'a b'],
			['oauth_token', '1-2'],
		]);
		expect(readAuthorization('Bearer abc')).toBeUndefined();
	});

	it('the path is signed as sent, with percent-encoded Chinese ids', async () => {
		const response = await client.get(`/favorites/${encodeURIComponent('测试用户')}.json`);
		expect([response.status, response.json]).toEqual([200, []]);
	});
});

describe('rejected requests', () => {
	async function errorOf(call: Partial<Parameters<FanfouClient['send']>[0]>): Promise<unknown> {
		const { status, json } = await client.send({ method: 'GET', path: HOME, ...call });
		return [status, json];
	}

	function rejectedWith(error: unknown): unknown {
		return [401, { request: HOME, error }];
	}

	it('a request without a signature is rejected', async () => {
		const response = await readResponse(await fetch(`${sandbox.url}/fanfou${HOME}?count=3`));
		expect([response.status, response.json]).toEqual([
			401,
			{ request: `${HOME}?count=3`, error: 'Missing OAuth parameters' },
		]);
	});

	it('an unknown application is rejected', async () => {
		const credentials = { ...DEMO_CREDENTIALS, consumerKey: 'nobody' };
		expect(await errorOf({ credentials })).toEqual(rejectedWith('Invalid consumer'));
	});

	it('an unknown or revoked token is rejected', async () => {
		const credentials = { ...DEMO_CREDENTIALS, token: '1-2' };
		expect(await errorOf({ credentials })).toEqual(rejectedWith('Invalid access token'));
		expect(sandbox.fanfou.revokeToken(DEMO_CREDENTIALS.token ?? '')).toBe(true);
		expect(await errorOf({})).toEqual(rejectedWith('Invalid access token'));
	});

	it('a token of another application is rejected', async () => {
		sandbox.fanfou.sandboxState.tokens.addConsumer({
			key: 'other',
			secret: 'secret',
			name: '别的应用',
			url: 'http://example.com/other',
			isApproved: true,
		});
		const credentials = { ...DEMO_CREDENTIALS, consumerKey: 'other', consumerSecret: 'secret' };
		expect(await errorOf({ credentials })).toEqual(rejectedWith('Invalid access token'));
	});

	it('an unapproved application can sign in but its API requests are rejected', async () => {
		sandbox.fanfou.addToken({
			token: '9-9',
			secret: 'nine',
			consumerKey: UNAPPROVED_CONSUMER.key,
			userId: 'demo',
		});
		const credentials = {
			consumerKey: UNAPPROVED_CONSUMER.key,
			consumerSecret: UNAPPROVED_CONSUMER.secret,
			token: '9-9',
			tokenSecret: 'nine',
		};
		expect(await errorOf({ credentials })).toEqual(rejectedWith('参数错误!'));
	});

	it('a signature with a wrong secret is rejected with the expected base string', async () => {
		const expected =
			/^Invalid signature\. Expected basestring is GET&http%3A%2F%2Fapi\.fanfou\.com/;
		for (const change of [{ consumerSecret: 'no' }, { tokenSecret: 'no' }]) {
			const credentials = { ...DEMO_CREDENTIALS, ...change };
			expect(await errorOf({ credentials })).toEqual(rejectedWith(expect.stringMatching(expected)));
		}
	});

	it.each([
		['https', `https://api.fanfou.com${HOME}`],
		['the address that was really called', `http://127.0.0.1/fanfou${HOME}`],
		['the wrong host', `http://fanfou.com${HOME}`],
	])('a base string with %s is rejected', async (_what, url) => {
		expect(await errorOf({ sign: { url } })).toEqual(
			rejectedWith(
				expect.stringContaining('Invalid signature. Expected basestring is GET&http%3A'),
			),
		);
	});

	it('unsigned form fields and signed multipart fields are rejected', async () => {
		const path = '/statuses/update.json';
		const unsigned = await client.send({
			method: 'POST',
			path,
			body: new URLSearchParams({ status: 'x' }),
		});
		expect([unsigned.status, unsigned.json]).toEqual([
			401,
			{ request: path, error: expect.stringContaining('status%3Dx') },
		]);
		const body = new FormData();
		body.append('status', 'x');
		const signed = await client.send({
			method: 'POST',
			path: '/photos/upload.json',
			body,
			sign: { data: { status: 'x' } },
		});
		expect([signed.status, signed.json]).toEqual([
			401,
			{ request: '/photos/upload.json', error: expect.not.stringContaining('status%3Dx') },
		]);
	});

	it('a timestamp more than five minutes early or late is rejected', async () => {
		const now = sandbox.clock.seconds();
		for (const timestamp of [now - 301, now + 302]) {
			expect(await errorOf({ sign: { timestamp } })).toEqual(
				rejectedWith(expect.stringMatching(/^Expired timestamp, yours \d+, ours \d+$/)),
			);
		}
		const { status } = await client.send({
			method: 'GET',
			path: HOME,
			sign: { timestamp: now - 290 },
		});
		expect(status).toBe(200);
	});

	it('a repeated nonce with the same timestamp is rejected', async () => {
		const call = {
			method: 'GET',
			path: HOME,
			sign: { nonce: NONCE, timestamp: sandbox.clock.seconds() },
		};
		expect((await client.send(call)).status).toBe(200);
		expect(await errorOf(call)).toEqual(rejectedWith('Nonce already used'));
		const later = { ...call, sign: { ...call.sign, timestamp: call.sign.timestamp + 1 } };
		expect((await client.send(later)).status).toBe(200);
	});

	it('a wrong signature does not use up its nonce', async () => {
		const sign_ = { nonce: NONCE, timestamp: sandbox.clock.seconds() };
		const credentials = { ...DEMO_CREDENTIALS, tokenSecret: 'no' };
		expect(
			(await client.send({ method: 'GET', path: HOME, sign: sign_, credentials })).status,
		).toBe(401);
		expect((await client.send({ method: 'GET', path: HOME, sign: sign_ })).status).toBe(200);
	});

	it.each([
		['oauth_signature_method', 'PLAINTEXT', 'Invalid signature method: HMAC-SHA1 is supported'],
		['oauth_version', '2.0', 'Invalid version'],
		['oauth_nonce', '', 'Missing oauth_nonce'],
	])('the parameter %s with the value %p is rejected', async (name, value, error) => {
		const pairs: Record<string, string> = {
			oauth_consumer_key: DEMO_CREDENTIALS.consumerKey,
			oauth_token: DEMO_CREDENTIALS.token ?? '',
			oauth_signature_method: 'HMAC-SHA1',
			oauth_timestamp: String(sandbox.clock.seconds()),
			oauth_nonce: NONCE,
			oauth_signature: 'x',
			[name]: value,
		};
		const items = Object.entries(pairs).map(([key, item]) => `${key}="${encode(item)}"`);
		const response = await readResponse(
			await fetch(`${sandbox.url}/fanfou${HOME}`, {
				headers: { authorization: `OAuth ${items.join(',')}` },
			}),
		);
		expect([response.status, response.json]).toEqual(rejectedWith(error));
	});

	it('errors are XML if the setting xmlErrors is on', async () => {
		sandbox.fanfou.updateSettings({ xmlErrors: true });
		const response = await client.send({
			method: 'GET',
			path: HOME,
			credentials: { ...DEMO_CREDENTIALS, consumerKey: 'nobody' },
		});
		expect(response.headers.get('content-type')).toBe('application/xml; charset=utf-8');
		expect(response.text).toBe(
			`<?xml version="1.0" encoding="UTF-8"?>\n<hash>\n  <request>${HOME}</request>\n  <error>Invalid consumer</error>\n</hash>\n`,
		);
	});
});

it('tokens and signatures are not written to the request log', async () => {
	await client.send({ method: 'GET', path: HOME, placement: 'query' });
	await client.get(HOME);
	const written = JSON.stringify(sandbox.requestLog.entries());
	for (const secret of [DEMO_CREDENTIALS.token, DEMO_CREDENTIALS.tokenSecret]) {
		expect(written).not.toContain(secret);
	}
	expect(written).toContain('["oauth_signature","***"]');
});
