import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import OAuth from 'oauth-1.0a';
import { signRequest } from '../../credentials/fanfou/sign';
import { authorization } from '../../credentials/fanfou/signature';
import { FanfouSdk } from '../support/fanfouSdk';
import { TestServer } from '../support/server';
import { KEY, members, strict } from './signing';
import { KEYS, NONCE } from './vectors';

/** Any text without halves of surrogate pairs, which cannot be sent. */
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.string({ maxLength: 20 }));
const name = fc
	.string({ unit: 'binary', minLength: 1, maxLength: 8 })
	.filter((one) => !/^(?:oauth_|x_auth_|__proto__$)/.test(one));
const pairs = fc.array(fc.tuple(name, text), { maxLength: 6 });
/** The library does not decode the names in an address. */
const queryName = fc.stringMatching(/^[a-z]{1,6}$/);
const formOf = (names: fc.Arbitrary<string>) =>
	fc.dictionary(names, text, { maxKeys: 5, noNullPrototype: true });
const API = 'api.fanfou.com/statuses/update.json';

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Computes a signature from RFC 5849: sorted by encoded name, then by encoded value. */
function referenceSignature(method: string, parameters: Array<[string, string]>): string {
	const encoded = parameters.map(([key, value]) => [strict(key), strict(value)] as const);
	const sorted = encoded.sort(([a, x], [b, y]) => compare(a, b) || compare(x, y));
	const base = [method, `http://${API}`, sorted.map((pair) => pair.join('=')).join('&')];
	return createHmac('sha1', KEY).update(base.map(strict).join('&')).digest('base64');
}

/** Reads the parameters that a server finds in a request. */
function received({ url, body }: ReturnType<typeof signRequest>): Array<[string, string]> {
	const form = typeof body === 'string' ? [...new URLSearchParams(body)] : [];
	return [...new URL(url).searchParams, ...form];
}

test('the signature of any query and form covers exactly what a server receives', () => {
	fc.assert(
		fc.property(pairs, pairs, fc.constantFrom('GET', 'POST'), (query, form, method) => {
			const queryText = query.map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
			const body = form.map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
			const signed = signRequest(
				KEYS,
				{
					method: method === 'GET' ? 'GET' : 'POST',
					url: `https://${API}?${queryText}`,
					...(method === 'GET' ? {} : { body }),
				},
				NONCE,
			);
			const sent = received(signed);
			expect(sent).toEqual(method === 'GET' ? query : [...query, ...form]);
			const { oauth_signature: signature, ...protocol } = members(signed);
			expect(signature).toBe(referenceSignature(method, [...Object.entries(protocol), ...sent]));
		}),
	);
});

test('oauth-1.0a signs any query and form object in the same way', () => {
	const client = new OAuth({
		consumer: { key: KEYS.consumerKey, secret: KEYS.consumerSecret },
		signature_method: 'HMAC-SHA1',
		hash_function: (base, key) => createHmac('sha1', key).update(base).digest('base64'),
	});
	client.getNonce = () => NONCE.nonce;
	client.getTimeStamp = () => NONCE.timestamp;
	const token = { key: KEYS.accessToken, secret: KEYS.accessTokenSecret };
	fc.assert(
		fc.property(formOf(name), formOf(queryName), (form, query) => {
			const distinct = Object.entries(query).filter(([key]) => !(key in form));
			const search = distinct.map((pair) => pair.map(strict).join('=')).join('&');
			const data = { ...form };
			const expected = client.authorize(
				{ method: 'POST', url: `http://${API}${search === '' ? '' : `?${search}`}`, data },
				token,
			);
			const signed = signRequest(
				KEYS,
				{ method: 'POST', url: `https://${API}?${search}`, body: { ...form } },
				NONCE,
			);
			expect(members(signed).oauth_signature).toBe(expected.oauth_signature);
		}),
	);
});

describe('fanfou-sdk', () => {
	const server = new TestServer();
	let sdk: FanfouSdk;

	beforeAll(async () => {
		await server.start();
		sdk = new FanfouSdk({
			consumerKey: KEYS.consumerKey,
			consumerSecret: KEYS.consumerSecret,
			oauthToken: KEYS.accessToken,
			oauthTokenSecret: KEYS.accessTokenSecret,
			apiDomain: new URL(server.url).host,
			rewrites: [],
		});
	});
	afterAll(async () => {
		await sdk.close();
		await server.close();
	});

	test('signs and sends any status and any query in the same way', async () => {
		await fc.assert(
			fc.asyncProperty(text, text, fc.boolean(), async (status, location, isRead) => {
				server.reset();
				const call = isRead ? 'searchPublicTimeline' : 'createStatus';
				const values = isRead ? { q: status, id: location } : { status, location };
				expect(await sdk.call(call, values)).toEqual({ value: {} });
				const [request] = server.received;
				if (request === undefined) throw new Error('fanfou-sdk sent nothing');
				const { pathname, search } = new URL(request.url, server.url);
				const sent = [...new URLSearchParams(isRead ? search : request.body)];
				const header = members({ url: '', headers: { authorization: signatureHeader(request) } });
				const ours = authorization(
					{ method: request.method, address: `${server.url}${pathname}`, pairs: sent },
					{
						consumerKey: KEYS.consumerKey,
						consumerSecret: KEYS.consumerSecret,
						token: KEYS.accessToken,
						tokenSecret: KEYS.accessTokenSecret,
					},
					{ nonce: header.oauth_nonce ?? '', timestamp: Number(header.oauth_timestamp) },
				);
				expect(members({ url: '', headers: { authorization: ours } })).toEqual(header);
				const node = signRequest(
					KEYS,
					isRead
						? { url: `https://api.fanfou.com${pathname}`, qs: { ...values } }
						: { method: 'POST', url: `https://api.fanfou.com${pathname}`, body: { ...values } },
					NONCE,
				);
				expect(received(node).sort()).toEqual(sent.sort());
			}),
			{ numRuns: 60 },
		);
	});
});

/** Returns the Authorization header of fanfou-sdk, with blanks between its members as the node writes it. */
function signatureHeader({ headers }: TestServer['received'][number]): string {
	return (headers.authorization ?? '').replace(/",\s*/g, '", ');
}
