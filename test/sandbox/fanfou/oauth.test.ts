import { startSandbox, type Sandbox } from '../../../sandbox/index';
import { UNAPPROVED_CONSUMER } from '../../../sandbox/fanfou/index';
import { baseString, encode, readAuthorization, sign } from '../../../sandbox/fanfou/oauth';
import type { Pair } from '../../../sandbox/core/request';
import { DEMO_CREDENTIALS, FanfouClient, readAnswer, type Answer } from './client';
import { NONCE, STATUS, TIMESTAMP, VECTORS, XAUTH, type Vector } from './vectors';

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

const HOME = '/statuses/home_timeline.json';

function headerOf({ pairs, signature }: Vector): string {
	const all: Pair[] = [
		...pairs.filter(([name]) => name.startsWith('oauth_')),
		['oauth_signature', signature],
	];
	return `OAuth ${all.map(([name, value]) => `${name}="${encode(value)}"`).join(', ')}`;
}

/** Sends what a vector signs, with the vector's own signature. */
async function sendVector(vector: Vector): Promise<Answer> {
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
	return await readAnswer(
		await fetch(address, { method, headers, ...(body !== undefined && { body }) }),
	);
}

describe('the thirteen vectors', () => {
	it('are thirteen', () => {
		expect(VECTORS).toHaveLength(13);
	});

	it.each(VECTORS)('$name: base string and signature, byte for byte', (vector) => {
		const base = baseString(vector.method, vector.url, vector.pairs);
		expect(base).toBe(vector.base);
		expect(sign(base, vector.key.consumerSecret, vector.key.tokenSecret)).toBe(vector.signature);
	});

	it.each(VECTORS)('$name: over the wire', async (vector) => {
		sandbox.clock.set(TIMESTAMP * 1000);
		sandbox.fanfou.addUser({ id: '~AbCdEfGhIj0', name: '波浪号' });
		sandbox.fanfou.addRequestToken({
			token: 'reqtoken00112233',
			secret: 'reqsecret44556677',
			consumerKey: DEMO_CREDENTIALS.consumerKey,
			userId: 'demo',
			pin: '1234567',
		});
		const answer = await sendVector(vector);
		if (!vector.isGood) {
			expect(answer.status).toBe(401);
			const expected = vector.base.replace('https%3A', 'http%3A');
			// XML on the OAuth pages writes & as a character reference.
			expect(answer.text.replaceAll('&#38;', '&')).toContain(
				`Invalid signature. Expected basestring is ${expected}`,
			);
		} else if (vector.url.includes('AbC-_123xyZ')) {
			// The signature is right, the status does not exist.
			expect([answer.status, answer.json]).toEqual([
				404,
				{ request: '/favorites/create/AbC-_123xyZ.json', error: '没有这条消息' },
			]);
		} else {
			expect(answer).toMatchObject({ status: 200 });
			expect(sandbox.requestLog.entries().at(-1)?.succeeded).toBe(true);
		}
	});
});

describe('where the signature may stand', () => {
	it.each(['header', 'query'] as const)('%s of a GET', async (placement) => {
		const answer = await client.send({
			method: 'GET',
			path: HOME,
			query: { count: '2', mode: 'lite' },
			placement,
		});
		expect([answer.status, answer.json]).toEqual([200, expect.any(Array)]);
	});

	it.each(['header', 'query', 'body'] as const)('%s of a POST', async (placement) => {
		const answer = await client.send({
			method: 'POST',
			path: '/statuses/update.json',
			form: { status: STATUS },
			placement,
		});
		expect([answer.status, answer.json]).toMatchObject([200, { is_self: true }]);
		expect(sandbox.fanfou.sandboxState.statuses.filter(() => true)[0]?.text).toBe(STATUS);
	});

	it('takes header items separated by a bare comma, with a realm', () => {
		const header = 'OAuth realm="",oauth_nonce="a%20b",oauth_token="1-2"';
		expect(readAuthorization(header)).toEqual([
			['oauth_nonce', 'a b'],
			['oauth_token', '1-2'],
		]);
		expect(readAuthorization('Bearer abc')).toBeUndefined();
	});

	it('signs the path as it stands, Chinese ids percent-encoded', async () => {
		const answer = await client.get(`/favorites/${encodeURIComponent('测试用户')}.json`);
		expect([answer.status, answer.json]).toEqual([200, []]);
	});
});

describe('what is refused', () => {
	async function errorOf(call: Partial<Parameters<FanfouClient['send']>[0]>): Promise<unknown> {
		const { status, json } = await client.send({ method: 'GET', path: HOME, ...call });
		return [status, json];
	}

	function refused(error: unknown): unknown {
		return [401, { request: HOME, error }];
	}

	it('no signature at all', async () => {
		const answer = await readAnswer(await fetch(`${sandbox.url}/fanfou${HOME}?count=3`));
		expect([answer.status, answer.json]).toEqual([
			401,
			{ request: `${HOME}?count=3`, error: 'Missing OAuth parameters' },
		]);
	});

	it('an unknown application', async () => {
		const credentials = { ...DEMO_CREDENTIALS, consumerKey: 'nobody' };
		expect(await errorOf({ credentials })).toEqual(refused('Invalid consumer'));
	});

	it('an unknown token, and one that was taken back', async () => {
		const credentials = { ...DEMO_CREDENTIALS, token: '1-2' };
		expect(await errorOf({ credentials })).toEqual(refused('Invalid access token'));
		expect(sandbox.fanfou.revokeToken(DEMO_CREDENTIALS.token ?? '')).toBe(true);
		expect(await errorOf({})).toEqual(refused('Invalid access token'));
	});

	it('a token of another application', async () => {
		sandbox.fanfou.sandboxState.tokens.addConsumer({
			key: 'other',
			secret: 'secret',
			name: '别的应用',
			url: 'http://example.com/other',
			isApproved: true,
		});
		const credentials = { ...DEMO_CREDENTIALS, consumerKey: 'other', consumerSecret: 'secret' };
		expect(await errorOf({ credentials })).toEqual(refused('Invalid access token'));
	});

	it('an application that waits for approval, though it can sign in', async () => {
		sandbox.fanfou.addToken('9-9', 'nine', UNAPPROVED_CONSUMER.key, 'demo');
		const credentials = {
			consumerKey: UNAPPROVED_CONSUMER.key,
			consumerSecret: UNAPPROVED_CONSUMER.secret,
			token: '9-9',
			tokenSecret: 'nine',
		};
		expect(await errorOf({ credentials })).toEqual(refused('参数错误!'));
	});

	it('wrong secrets, telling the expected base string', async () => {
		const expected =
			/^Invalid signature\. Expected basestring is GET&http%3A%2F%2Fapi\.fanfou\.com/;
		for (const change of [{ consumerSecret: 'no' }, { tokenSecret: 'no' }]) {
			const credentials = { ...DEMO_CREDENTIALS, ...change };
			expect(await errorOf({ credentials })).toEqual(refused(expect.stringMatching(expected)));
		}
	});

	it.each([
		['https', `https://api.fanfou.com${HOME}`],
		['the address that was really called', `http://127.0.0.1/fanfou${HOME}`],
		['the wrong host', `http://fanfou.com${HOME}`],
	])('a base string with %s', async (_what, url) => {
		expect(await errorOf({ sign: { url } })).toEqual(
			refused(expect.stringContaining('Invalid signature. Expected basestring is GET&http%3A')),
		);
	});

	it('a form that was not signed, and multipart fields that were', async () => {
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

	it('a timestamp more than five minutes off, either way', async () => {
		const now = sandbox.clock.seconds();
		for (const timestamp of [now - 301, now + 302]) {
			expect(await errorOf({ sign: { timestamp } })).toEqual(
				refused(expect.stringMatching(/^Expired timestamp, yours \d+, ours \d+$/)),
			);
		}
		const { status } = await client.send({
			method: 'GET',
			path: HOME,
			sign: { timestamp: now - 290 },
		});
		expect(status).toBe(200);
	});

	it('a nonce that comes again with its timestamp', async () => {
		const call = {
			method: 'GET',
			path: HOME,
			sign: { nonce: NONCE, timestamp: sandbox.clock.seconds() },
		};
		expect((await client.send(call)).status).toBe(200);
		expect(await errorOf(call)).toEqual(refused('Nonce already used'));
		const later = { ...call, sign: { ...call.sign, timestamp: call.sign.timestamp + 1 } };
		expect((await client.send(later)).status).toBe(200);
	});

	it('does not use a nonce up for a wrong signature', async () => {
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
	])('%s %p', async (name, value, error) => {
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
		const answer = await readAnswer(
			await fetch(`${sandbox.url}/fanfou${HOME}`, {
				headers: { authorization: `OAuth ${items.join(',')}` },
			}),
		);
		expect([answer.status, answer.json]).toEqual(refused(error));
	});

	it('in XML where the API is told to', async () => {
		sandbox.fanfou.updateSettings({ xmlErrors: true });
		const answer = await client.send({
			method: 'GET',
			path: HOME,
			credentials: { ...DEMO_CREDENTIALS, consumerKey: 'nobody' },
		});
		expect(answer.headers.get('content-type')).toBe('application/xml; charset=utf-8');
		expect(answer.text).toBe(
			`<?xml version="1.0" encoding="UTF-8"?>\n<hash>\n  <request>${HOME}</request>\n  <error>Invalid consumer</error>\n</hash>\n`,
		);
	});
});

it('keeps tokens and signatures out of the journal', async () => {
	await client.send({ method: 'GET', path: HOME, placement: 'query' });
	await client.get(HOME);
	const written = JSON.stringify(sandbox.requestLog.entries());
	for (const secret of [DEMO_CREDENTIALS.token, DEMO_CREDENTIALS.tokenSecret]) {
		expect(written).not.toContain(secret);
	}
	expect(written).toContain('["oauth_signature","***"]');
});
