import dns from 'node:dns';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { plainPng } from '../../sandbox/fanfou/pictures';
import { FanfouHarness } from '../support/fanfouHarness';
import { FanvueHarness, byId } from '../support/fanvueHarness';
import { INSIDE_HOSTS } from '../support/insideAddresses';
import { binaryFile } from '../support/n8n';
import { TestServer } from '../support/server';

// n8n reads this setting at its first request. 127.0.0.2 stands for a public address; its port is
// another one than that of the server inside.
process.env.N8N_SSRF_ALLOWED_IP_RANGES = '127.0.0.2/32';
jest.setTimeout(120_000);

const UUID = '3fa85f64-5717-4562-b3fc-2c963f66afa6';
const PNG = plainPng(20, [200, 30, 30]);

const outside = new TestServer();
const fanvue = new FanvueHarness();
const fanfou = new FanfouHarness(() => fanvue.sandbox);
/** Listens on every address of this machine, and counts. */
let inside: Server;
let port = 0;
let reached = 0;

beforeAll(async () => {
	await fanvue.open();
	await outside.start('127.0.0.2');
	inside = createServer((_request, response) => {
		reached += 1;
		response.end(PNG);
	});
	await new Promise<void>((resolve) => inside.listen(0, '::', resolve));
	const address: AddressInfo | string | null = inside.address();
	if (address === null || typeof address === 'string') throw new Error('Not listening');
	({ port } = address);
});
afterAll(async () => {
	inside.closeAllConnections();
	await new Promise((resolve) => inside.close(resolve));
	await outside.close();
	await fanvue.close();
});
beforeEach(() => {
	reached = 0;
	outside.reset();
});

const QUICK = { options: { maxTries: 1, timeout: 3000 } };
/** Every third one, which is each kind, where the address was not written by the user. */
const SOME_HOSTS = INSIDE_HOSTS.filter((_host, index) => index % 3 === 0);
const more = (credential: { apiRoutes?: string } = {}) => ({
	credentials: fanvue.credential('mira', { baseUrl: outside.url, ...credential }),
});
/** By an expression, so that all runs have the same parameters. */
const photo = async (url: string) =>
	await fanfou.run(
		'photo',
		'upload',
		{ photoFrom: 'url', photoUrl: '={{ $json.url }}', ...QUICK },
		{ items: [{ json: { url } }] },
	);
/** A text that can be in a header. */
const asHeader = (text: string) => text.replace(/[^\x20-\x7e]/g, encodeURIComponent);

/** Runs an operation for every address; returns those hosts for which it did not fail. */
async function accepted(
	run: (url: string) => Promise<{ error?: { message: string } }>,
	hosts = SOME_HOSTS,
): Promise<string[]> {
	const found: string[] = [];
	for (const host of hosts) {
		const { error } = await run(`http://${host}:${port}/a.png`);
		if (error === undefined) found.push(host);
	}
	return found;
}

test('the server inside can be reached, and the list has at least 400 spellings', async () => {
	expect(INSIDE_HOSTS.length).toBeGreaterThanOrEqual(400);
	expect(SOME_HOSTS.length).toBeGreaterThanOrEqual(150);
	for (const host of ['127.0.0.1', '[::1]', '0.0.0.0']) await fetch(`http://${host}:${port}/`);
	expect(reached).toBe(3);
});

describe(`none of ${INSIDE_HOSTS.length} spellings of addresses inside the network is reached`, () => {
	test(`by a photo URL of Fanfou; the other ways are tried with ${SOME_HOSTS.length}`, async () => {
		expect(await accepted(photo, INSIDE_HOSTS)).toEqual([]);
		expect(reached).toBe(0);
	});

	test('by a redirect of a photo URL', async () => {
		const run = async (location: string) => {
			outside.reply = () => ({
				status: 302,
				headers: { location: encodeURI(decodeURI(location.replace(/%/g, '%25'))) },
			});
			return await photo(`${outside.url}/start.png`);
		};
		expect(await accepted(run)).toEqual([]);
		expect(reached).toBe(0);
		expect(outside.received.length).toBe(SOME_HOSTS.length);
	});

	test('by Media: Upload From URL of Fanvue, or its redirect', async () => {
		for (const isRedirect of [false, true]) {
			const run = async (target: string) => {
				outside.reply = () => ({ status: 308, headers: { location: asHeader(target) } });
				const url = isRedirect ? `${outside.url}/start.png` : target;
				return await fanvue.run(
					'media',
					'uploadFromUrl',
					{ url: '={{ $json.url }}', ...QUICK },
					{ ...more(), items: [{ json: { url } }] },
				);
			};
			expect(await accepted(run)).toEqual([]);
			expect(reached).toBe(0);
			expect(outside.received.length).toBe(isRedirect ? SOME_HOSTS.length : 0);
		}
	});

	test('by the address of a part in a response of Fanvue', async () => {
		const run = async (url: string) => {
			outside.reply = ({ method, url: path }) => {
				if (method === 'POST') return { body: `{"mediaUuid":"${UUID}","uploadId":"u-1"}` };
				return { body: path.includes('/url') ? JSON.stringify(url) : '{"status":"processing"}' };
			};
			return await fanvue.run('media', 'upload', QUICK, {
				...more(),
				items: [{ json: {}, binary: { data: binaryFile(PNG, 'sea.png', 'image/png') } }],
			});
		};
		expect(await accepted(run)).toEqual([]);
		expect(reached).toBe(0);
		expect(outside.received.filter(({ url }) => url.includes('/url')).length).toBe(
			SOME_HOSTS.length,
		);
	});

	test('by the addresses of a batch of parts in a response of Fanvue', async () => {
		const run = async (url: string) => {
			outside.reply = ({ method, url: path }) => {
				if (method === 'POST') {
					return { body: `{"mediaUuid":"${UUID}","uploadId":"u-1","partSize":5}` };
				}
				const parts = Array.from({ length: 50 }, (_, index) => ({ partNumber: index + 1, url }));
				return {
					body: path.includes('/parts/urls')
						? JSON.stringify({ partSize: 5, parts })
						: JSON.stringify(url),
				};
			};
			return await fanvue.run('media', 'upload', QUICK, {
				...more({ apiRoutes: 'v1' }),
				items: [{ json: {}, binary: { data: binaryFile(PNG, 'sea.png', 'image/png') } }],
			});
		};
		expect(await accepted(run)).toEqual([]);
		expect(reached).toBe(0);
		expect(outside.received.filter(({ url }) => url.includes('/parts/urls')).length).toBe(
			SOME_HOSTS.length,
		);
	});

	test('by the address of a file of a message in a response of Fanvue', async () => {
		const run = async (url: string) => {
			const media = { uuid: UUID, status: 'ready', variants: [{ variantType: 'main', url }] };
			outside.reply = () => ({
				body: JSON.stringify({ ...media, results: { [UUID]: media }, errors: [] }),
			});
			return await fanvue.run(
				'message',
				'downloadMedia',
				{ userUuid: byId(UUID), messageUuid: byId(UUID), mediaUuid: byId(UUID), ...QUICK },
				more(),
			);
		};
		expect(await accepted(run)).toEqual([]);
		expect(reached).toBe(0);
		expect(outside.received.length).toBe(SOME_HOSTS.length);
	});

	test('by the path of an API Request', async () => {
		const prefixes = ['http://', '//', '\\\\', '/\\', '@', '.@', ':80@'];
		for (const [index, host] of SOME_HOSTS.entries()) {
			const path = `${prefixes[index % prefixes.length] ?? ''}${host}:${port}/a.png`;
			await fanvue.run(
				'apiRequest',
				'send',
				{ path: { __rl: true, mode: 'path', value: '={{ $json.path }}' }, ...QUICK },
				{ ...more(), items: [{ json: { path } }] },
			);
		}
		expect(reached).toBe(0);
	});

	test('by the address of a file, or its redirect, in a response of Fanvue', async () => {
		for (const isRedirect of [false, true]) {
			const run = async (target: string) => {
				const address = isRedirect ? `${outside.url}/file` : target;
				outside.reply = ({ url }) =>
					url === '/file'
						? {
								status: 307,
								headers: { location: asHeader(target) },
							}
						: {
								body: JSON.stringify({
									uuid: UUID,
									status: 'ready',
									variants: [{ variantType: 'main', url: address }],
								}),
							};
				return await fanvue.run('media', 'download', { uuid: byId(UUID), ...QUICK }, more());
			};
			expect(await accepted(run)).toEqual([]);
			expect(reached).toBe(0);
		}
	});
});

// Last in this file: n8n remembers for a second what it was told of "localhost".
describe('a name that resolves to another address for the request than for the check', () => {
	const { lookup } = dns.promises;
	/** For the check, every name is that of the server outside; "localhost" is really this machine. */
	beforeEach(() => {
		Object.assign(dns.promises, { lookup: async () => [{ address: '127.0.0.2', family: 4 }] });
	});
	afterEach(() => {
		Object.assign(dns.promises, { lookup });
	});

	const redirected = () => photo(`${outside.url}/start.png`);
	const uploaded = async (url: string) =>
		await fanvue.run(
			'media',
			'uploadFromUrl',
			{ url: '={{ $json.url }}', ...QUICK },
			{ ...more(), items: [{ json: { url } }] },
		);
	const downloaded = async () =>
		await fanvue.run('media', 'download', { uuid: byId(UUID), ...QUICK }, more());

	test('a name that cannot be looked up right now is a network error, which can be retried', async () => {
		let lookups = 0;
		Object.assign(dns.promises, {
			lookup: async () => {
				lookups += 1;
				throw Object.assign(new Error('getaddrinfo EAI_AGAIN'), { code: 'EAI_AGAIN' });
			},
		});
		const variants = [{ variantType: 'main', url: 'http://pictures.example.com/a.png' }];
		outside.reply = () => ({ body: JSON.stringify({ uuid: UUID, status: 'ready', variants }) });
		const { error } = await downloaded();
		expect(error?.message).toContain('an address that cannot be looked up right now');
		expect(lookups).toBeGreaterThan(0);
	});

	test.each<[string, (url: string) => Promise<unknown>]>([
		['a photo URL of Fanfou', photo],
		['a redirect of a photo URL', redirected],
		['Media: Upload From URL of Fanvue', uploaded],
		['the address of a file in a response of Fanvue', downloaded],
	])('is connected to at the address that was checked, by %s', async (_way, run) => {
		const host = `localhost:${new URL(outside.url).port}`;
		const url = `http://${host}/a.png`;
		const variants = [{ variantType: 'main', url }];
		outside.reply = ({ url: path }) => {
			if (path === '/a.png') return { status: 404, body: 'No such picture' };
			if (path === '/start.png') return { status: 302, headers: { location: url } };
			return { body: JSON.stringify({ uuid: UUID, status: 'ready', variants }) };
		};
		await run(url);
		const asked = outside.received.filter(({ url: path }) => path === '/a.png');
		expect(asked.map(({ headers }) => headers.host)).toEqual([host]);
		expect(reached).toBe(0);
	});
});
