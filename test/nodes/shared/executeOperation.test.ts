import { setTimeout as delay } from 'node:timers/promises';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { executeOperation } from '../../../nodes/shared/execution/executeOperation';
import { membersOf } from '../../../nodes/shared/execution/itemContext';
import { binaryFile, runNode } from '../../support/n8n';
import type { RunOptions } from '../../support/n8n';
import { TestServer } from '../../support/server';
import { SampleNode, SampleApi, sampleService } from '../../support/sampleService';

const server = new TestServer();
beforeAll(async () => await server.start());
afterAll(async () => await server.close());
beforeEach(() => server.reset());

const SECRET = 'key-0123456789abcdef';

async function run(operation: string, parameters: object, more: Partial<RunOptions> = {}) {
	return await runNode({
		node: new SampleNode(),
		parameters: { resource: 'book', operation, ...parameters },
		credentials: { sampleApi: { url: server.url, secretKey: SECRET } },
		credentialTypes: { sampleApi: new SampleApi() },
		...more,
	});
}

/** A service that can take more requests. */
class LargeShop extends SampleNode {
	override async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const api = { ...sampleService.api, maxConcurrency: 50 };
		return await executeOperation.call(this, { ...sampleService, api });
	}
}

const many = (count: number) => Array.from({ length: count }, (_, n) => ({ json: { n } }));

describe('a request', () => {
	test('a request is written byte for byte: 64-bit IDs as bare digits, other values as the field defines', async () => {
		server.reply = () => ({ body: '{"book":{"id":463992311181737984,"n":1}}' });
		const { items, error } = await run('create', {
			shelfId: '463992311181737985',
			name: '积木 🧸',
			additionalFields: {
				price: 300,
				fragile: false,
				tags: 'a, b',
				owners: ['9007199254740993', '12'],
				extra: '{"id":463992311181737999,"n":1.10}',
				madeAt: '2026-01-31T18:00:00',
				url: 'https://x/y',
				size: 'big',
			},
		});
		expect(error).toBeUndefined();
		expect(server.received.map(({ method, url, body }) => ({ method, url, body }))).toEqual([
			{
				method: 'POST',
				url: '/books',
				body: '{"shelf_id":463992311181737985,"name":"积木 🧸","price":300,"fragile":false,"tags":["a","b"],"owners":[9007199254740993,12],"extra":{"id":463992311181737999,"n":1.10},"made_at":"2026-01-31T18:00:00.000Z","photo":{"Url":"https://x/y"},"size":"big"}',
			},
		]);
		expect(server.received[0]?.headers).toMatchObject({
			'content-type': 'application/json',
			'x-key': SECRET,
			'x-book-version': '1',
		});
		expect(items).toEqual([
			{ json: { book: { id: '463992311181737984', n: 1 } }, pairedItem: { item: 0 } },
		]);
	});

	test('an empty field has its default, which is checked like an entered value', async () => {
		const sampleApi = { url: server.url, secretKey: SECRET, keeper: '463992311181737985' };
		const lend = async (parameters: object, keeper = sampleApi.keeper) =>
			await run('lend', parameters, { credentials: { sampleApi: { ...sampleApi, keeper } } });
		await lend({ child: 'Ada' });
		await lend({ lender: '7', child: 'Ada' });
		const { error } = await lend({ child: 'Ada' }, 'nobody');
		expect(error?.message).toBe('"Lender" cannot be "nobody"');
		expect(server.received.map(({ body }) => body)).toEqual([
			'{"lender":463992311181737985,"child":"Ada"}',
			'{"lender":7,"child":"Ada"}',
		]);
	});

	test('a request without any of several alternative parameters is rejected', async () => {
		await run('lend', { lender: '7', school: 'Oak' });
		const { error } = await run('lend', { lender: '7' });
		expect(error?.message).toBe('"Child" is empty');
		expect(error?.description).toBe('Fill in one of Child, School');
		expect(server.received.map(({ body }) => body)).toEqual(['{"lender":7,"school":"Oak"}']);
	});

	test('a date without an offset is read in the time zone of the workflow', async () => {
		await run(
			'create',
			{ shelfId: '1', name: 'x', additionalFields: { madeAt: '2026-07-01T08:30:00' } },
			{ timezone: 'Asia/Shanghai' },
		);
		expect(server.received[0]?.body).toContain('"made_at":"2026-07-01T00:30:00.000Z"');
	});

	test('an ID is taken from a URL, and path parameters are percent-encoded', async () => {
		await run('get', { bookId: { __rl: true, mode: 'url', value: 'https://books/12?x=1' } });
		await run('get', { bookId: { __rl: true, mode: 'id', value: "-a/b c!'" } });
		expect(server.received.map(({ url }) => url)).toEqual(['/books/12', '/books/-a%2Fb%20c%21%27']);
	});

	test('a file is sent as multipart', async () => {
		const { error } = await run(
			'upload',
			{ binaryPropertyName: 'photo', caption: '你好' },
			{
				items: [
					{ json: {}, binary: { photo: binaryFile(Buffer.from('PNG!'), 'a.png', 'image/png') } },
				],
			},
		);
		expect(error).toBeUndefined();
		expect(server.received[0]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
		expect(server.received[0]?.body).toMatch(
			/name="caption"\r\n\r\n你好\r\n[^]*name="picture"; filename="a.png"\r\nContent-Type: image\/png\r\n\r\nPNG!\r\n/,
		);
	});
});

describe('invalid parameters are rejected before a request is sent', () => {
	test.each([
		[
			'an unsafe number as id',
			{ shelfId: '={{ 463992311181737985 }}' },
			/"Shelf" is the number .* cannot hold exactly/,
		],
		['letters as id', { shelfId: '12a' }, /"Shelf" cannot be "12a"/],
		['an id beyond 64 bits', { shelfId: '9999999999999999999' }, /"Shelf" cannot be/],
		['an empty required field', { shelfId: '={{ "" }}' }, /"Shelf" is empty/],
		['an id of blanks', { shelfId: '={{ "  " }}' }, /"Shelf" is empty/],
		['too long a text', { name: '一二三四五六七八九十甲' }, /"Name" has 11 characters/],
		['a price below the least', { additionalFields: { price: 299 } }, /"Price" cannot be 299/],
		['too many entries', { additionalFields: { tags: 'a,b,c' } }, /"Tags" holds 3 entries/],
		['broken JSON', { additionalFields: { extra: '{' } }, /"Extra" is not valid JSON/],
		['no date', { additionalFields: { madeAt: 'soon' } }, /"Made At" cannot be "soon"/],
	])('%s is rejected', async (_what, parameters, message) => {
		const { error } = await run('create', { shelfId: '1', name: 'x', ...parameters });
		expect(error?.message).toMatch(message);
		expect(error?.description).toEqual(expect.any(String));
		expect(server.received).toEqual([]);
	});
});

describe('concurrency', () => {
	test('reads run four at a time at first; their output keeps the input order and is linked to the items', async () => {
		let open: () => void = () => undefined;
		const blocker = new Promise<void>((resolve) => (open = resolve));
		server.reply = ({ url }) => {
			if (server.inFlight === 4) open();
			return { body: `{"id":"${url}"}`, after: blocker };
		};
		const { items } = await run(
			'get',
			{ bookId: { __rl: true, mode: 'id', value: '={{ $json.n }}' } },
			{ items: many(12) },
		);
		expect(server.peak).toBeGreaterThanOrEqual(4);
		expect(server.peak).toBeLessThanOrEqual(10);
		expect(items).toEqual(
			many(12).map(({ json: { n } }) => ({
				json: { id: `/books/${n}` },
				pairedItem: { item: n },
			})),
		);
	});

	test('writes run one at a time, or as many at a time as Concurrency allows', async () => {
		await run('create', { shelfId: '1', name: 'x' }, { items: many(4) });
		expect(server.peak).toBe(1);
		let open: () => void = () => undefined;
		const blocker = new Promise<void>((resolve) => (open = resolve));
		server.reply = () => {
			if (server.inFlight === 3) open();
			return { body: '{}', after: blocker };
		};
		await run(
			'create',
			{ shelfId: '1', name: 'x', options: { concurrency: 3 } },
			{ items: many(6) },
		);
		expect(server.peak).toBe(3);
	});

	test('another operation in the next node starts with ten requests at most', async () => {
		const bookId = { __rl: true, mode: 'id', value: '1' };
		const turns = async () => {
			for (let i = 0; i < 50; i++) await new Promise((resolve) => setImmediate(resolve));
		};
		const ITEMS = 100;
		let first = 0;
		server.reply = (_request, count) => {
			const after = turns().then(() => {
				if (count > ITEMS && first === 0) first = server.received.length - ITEMS;
			});
			return { body: '{"data":[{"id":"1"}]}', after };
		};
		const { error } = await run(
			'get',
			{ bookId },
			{
				node: new LargeShop(),
				items: many(ITEMS),
				nextParameters: { resource: 'book', operation: 'cursor', limit: 1 },
			},
		);
		expect(error).toBeUndefined();
		expect(first).toBeGreaterThan(0);
		expect(first).toBeLessThanOrEqual(10);
	});

	test('no item is started after the first failure', async () => {
		server.reply = (_request, count) =>
			count === 2 ? { status: 404, body: '{"error":"No such book"}' } : { body: '{}' };
		const { error, items } = await run('create', { shelfId: '1', name: 'x' }, { items: many(5) });
		expect(server.received).toHaveLength(2);
		expect(items).toEqual([]);
		expect(error).toMatchObject({ message: 'No such book', httpCode: '404' });
		expect(error?.context).toMatchObject({ itemIndex: 1 });
	});

	test('a node that continues on failures returns an error item and the results of all others', async () => {
		server.reply = ({ url }) =>
			url === '/books/1' ? { status: 404, body: '{"error":"No such book"}' } : { body: '{"ok":1}' };
		const parameters = { bookId: { __rl: true, mode: 'id', value: '={{ $json.n }}' } };
		const regular = await run('get', parameters, {
			items: many(3),
			settings: { onError: 'continueRegularOutput' },
		});
		expect(regular.error).toBeUndefined();
		expect(regular.items).toEqual([
			{ json: { ok: 1 }, pairedItem: { item: 0 } },
			{
				json: { error: 'No such book', message: 'HTTP status 404' },
				pairedItem: { item: 1 },
			},
			{ json: { ok: 1 }, pairedItem: { item: 2 } },
		]);
		const split = await run('get', parameters, {
			items: many(3),
			settings: { onError: 'continueErrorOutput' },
		});
		expect(split.outputs.map((items) => items.map(({ json }) => json))).toEqual([
			[{ ok: 1 }, { ok: 1 }],
			[{ n: 1, error: 'No such book', message: 'HTTP status 404' }],
		]);
	});
});

describe('retries', () => {
	test('after a 429 all requests wait for Retry-After, and no item is lost', async () => {
		let refused = 0;
		let until = 0;
		server.reply = ({ at }) => {
			if (refused === 0) {
				refused += 1;
				until = at + 1000;
				return { status: 429, headers: { 'retry-after': '1' }, body: '{"error":"Slow down"}' };
			}
			return { body: '{"ok":1}' };
		};
		const { items, error } = await run(
			'get',
			{ bookId: { __rl: true, mode: 'id', value: '1' }, options: { concurrency: 2 } },
			{ items: many(6) },
		);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(6);
		// The other request may have been in flight; no further one starts until the pause ends.
		expect(server.received.slice(2).every(({ at }) => at >= until - 20)).toBe(true);
	});

	test('a person learns why items wait, once per pause, and how long it was', async () => {
		server.reply = (_request, count) =>
			count === 1
				? { status: 429, headers: { 'retry-after': '1' }, body: '{"error":"Slow down"}' }
				: { body: '{"ok":1}' };
		const { items, uiMessages, hints } = await run(
			'get',
			{ bookId: { __rl: true, mode: 'id', value: '1' }, options: { concurrency: 3 } },
			{ items: many(6) },
		);
		expect(items).toHaveLength(6);
		expect(uiMessages).toEqual([
			'Book Shop limits how many requests it accepts. The next one starts in 1 s.',
		]);
		expect(hints).toEqual([
			'This node waited 1 s, because Book Shop limits how many requests it accepts. To limit the wait, set Max Wait under Options.',
		]);
	});

	test('faults of a server say nothing of how many requests it allows', async () => {
		server.reply = (_request, count) => {
			if (count <= 15) return { status: 500, body: '{"error":"Broken"}' };
			return count === 16
				? { status: 429, headers: { 'retry-after': '1' }, body: '{"error":"Slow down"}' }
				: { body: '{"ok":1}' };
		};
		const { items, hints } = await run(
			'create',
			{ shelfId: '1', name: 'x' },
			{ items: many(50), settings: { onError: 'continueRegularOutput' } },
		);
		expect(items).toHaveLength(50);
		// 15 per second would take another two seconds.
		expect(hints).toEqual([expect.stringMatching(/^This node waited 1 s, /)]);
	});

	test('the next node of the execution waits for the rate limit that the first one met', async () => {
		let resetAt = 0;
		server.reply = ({ at }, count) => {
			if (count > 1) return { body: '{"ok":1}' };
			resetAt = at + 600;
			return { headers: { 'x-remaining': '0', 'x-reset': String(resetAt) }, body: '{"ok":1}' };
		};
		const get = { resource: 'book', operation: 'get' };
		const bookId = (value: string) => ({ __rl: true, mode: 'id', value });
		const { error } = await run(
			'get',
			{ bookId: bookId('1') },
			{ nextParameters: { ...get, bookId: bookId('2') } },
		);
		expect(error).toBeUndefined();
		expect(server.received.map(({ url }) => url)).toEqual(['/books/1', '/books/2']);
		expect(server.received[1]?.at).toBeGreaterThanOrEqual(resetAt - 20);
	});

	test('a run without a pause has no message and no hint about one', async () => {
		server.reply = () => ({ body: '{"ok":1}' });
		const { uiMessages, hints } = await run('create', { shelfId: '1', name: 'x' });
		expect({ uiMessages, hints }).toEqual({ uiMessages: [], hints: [] });
	});

	test("a service's own rate-limit response is waited for, also by writes", async () => {
		server.reply = (_request, count) => ({ body: count === 1 ? '{"busy":true}' : '{"ok":1}' });
		const { items } = await run('create', { shelfId: '1', name: 'x' });
		expect(items.map(({ json }) => json)).toEqual([{ ok: 1 }]);
		expect(server.received).toHaveLength(2);
	});

	test('a wait longer than Max Wait is not started', async () => {
		server.reply = () => ({
			status: 429,
			headers: { 'retry-after': '900' },
			body: '{"error":"Slow down"}',
		});
		const { error } = await run('create', { shelfId: '1', name: 'x' });
		expect(server.received).toHaveLength(1);
		expect(error).toMatchObject({ message: 'Slow down', httpCode: '429' });
		expect(error?.description).toMatch(/900 s.*Max Wait \(300 s\)/);
	});

	test('a call ends after Max Tries', async () => {
		server.reply = () => ({
			status: 429,
			headers: { 'retry-after': '0' },
			body: '{"error":"Slow down"}',
		});
		const { error } = await run('create', { shelfId: '1', name: 'x', options: { maxTries: 3 } });
		expect(server.received).toHaveLength(3);
		expect(error?.description).toMatch(/Failed after 3 tries/);
	});

	test('requests pause before the rate limit is exceeded', async () => {
		let resetAt = 0;
		server.reply = ({ at }, count) => {
			if (count === 2) resetAt = at + 800;
			return {
				body: '{}',
				headers: {
					'x-remaining': String(count === 2 ? 0 : 10),
					'x-reset': String(resetAt),
				},
			};
		};
		await run('create', { shelfId: '1', name: 'x' }, { items: many(3) });
		expect(server.received[2]?.at).toBeGreaterThanOrEqual(resetAt - 20);
	});

	test('requests of a token bucket continue before it is full again', async () => {
		const size = 40;
		const refillMs = 6_000;
		let tokens = size;
		let since = Infinity;
		let rejected = 0;
		let fullAt = 0;
		server.reply = ({ at }, count) => {
			tokens = Math.min(size, tokens + (Math.max(at - since, 0) * size) / refillMs);
			since = at;
			const isAccepted = tokens >= 1;
			if (isAccepted) tokens -= 1;
			else rejected += 1;
			const resetAt = at + ((size - tokens) * refillMs) / size;
			if (count === size) fullAt = resetAt;
			return {
				status: isAccepted ? 200 : 429,
				body: '{"ok":1}',
				headers: { 'x-remaining': String(Math.floor(tokens)), 'x-reset': String(resetAt) },
			};
		};
		const bookId = { __rl: true, mode: 'id', value: '1' };
		const { items } = await run('get', { bookId }, { items: many(50) });
		expect(items).toHaveLength(50);
		expect(rejected).toBe(0);
		expect(server.received[49]?.at).toBeLessThan(fullAt - 1_000);
	});

	test('a window that shows only by its rejections is used as quickly as it allows', async () => {
		const size = 100;
		const windowMs = 6_000;
		const accepted: number[] = [];
		let rejected = 0;
		server.reply = ({ at }) => {
			const since = accepted[0] ?? at;
			const window = Math.floor((at - since) / windowMs);
			const isFull = accepted.filter((time) => time >= since + window * windowMs).length >= size;
			if (!isFull) {
				accepted.push(at);
				return { body: '{"ok":1}' };
			}
			rejected += 1;
			const retryAfter = Math.ceil((since + (window + 1) * windowMs - at) / 1000);
			return { status: 429, headers: { 'retry-after': String(retryAfter) }, body: '{}' };
		};
		const bookId = { __rl: true, mode: 'id', value: '1' };
		const { items, error } = await run('get', { bookId }, { items: many(2 * size) });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(2 * size);
		// All that ran when the first window was used up.
		expect(rejected).toBeLessThanOrEqual(50);
		// Evenly they would take most of the window.
		const second = accepted.slice(size);
		expect((second.at(-1) ?? Infinity) - (second[0] ?? 0)).toBeLessThan(windowMs / 2);
	});

	test('a service that carries out five requests at once is given five at once', async () => {
		let running = 0;
		let rejected = 0;
		const counts: number[] = [];
		server.reply = async () => {
			if (running >= 5) {
				rejected += 1;
				return { status: 429, body: '{}' };
			}
			running += 1;
			counts.push(running);
			await delay(50);
			running -= 1;
			return { body: '{"ok":1}' };
		};
		const bookId = { __rl: true, mode: 'id', value: '1' };
		const { items, error } = await run('get', { bookId }, { items: many(100) });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(100);
		// Until there are enough of them to tell.
		expect(rejected).toBeLessThanOrEqual(20);
		// They come in groups, whose last one is the fifth.
		const groups = counts.slice(-50).filter((count) => count === 5);
		expect(groups.length).toBeGreaterThanOrEqual(8);
	});

	const BROKEN_OFF = { body: '{"id":', headers: { 'content-length': '99' }, breaksOff: true };

	test.each([
		['a server fault', { status: 503, body: '' }],
		['a cut connection', { cut: true }],
		['an answer that broke off', BROKEN_OFF],
	])('a read is retried after %s', async (_what, first) => {
		server.reply = (_request, count) => (count === 1 ? first : { body: '{"ok":1}' });
		const { items, error } = await run('get', { bookId: { __rl: true, mode: 'id', value: '1' } });
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json)).toEqual([{ ok: 1 }]);
	});

	test.each(['0', '-1', 'Thu, 01 Jan 1970 00:00:00 GMT'])(
		'a server fault with Retry-After %s is not retried at once',
		async (retryAfter) => {
			server.reply = (_request, count) =>
				count === 1
					? { status: 503, headers: { 'retry-after': retryAfter }, body: '' }
					: { body: '{"ok":1}' };
			const { items } = await run('get', { bookId: { __rl: true, mode: 'id', value: '1' } });
			expect(items).toHaveLength(1);
			const [first, second] = server.received.map(({ at }) => at);
			// The backoff is half a second, plus or minus a half.
			expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(249);
		},
	);

	test('a server fault whose Retry-After exceeds Max Wait is reported at once', async () => {
		server.reply = () => ({ status: 503, headers: { 'retry-after': '99999' }, body: '' });
		const bookId = { __rl: true, mode: 'id', value: '1' };
		const { error } = await run('get', { bookId, options: { maxWait: 30 } });
		expect(error?.message).toContain('503');
		expect(server.received).toHaveLength(1);
	});

	test.each([
		['a server fault', { status: 502, body: '' }, 'Book Shop answered with status 502'],
		['a cut connection', { cut: true }, 'Book Shop closed the connection before responding'],
		['an answer that broke off', BROKEN_OFF, 'Book Shop closed the connection before responding'],
		['an answer nobody understands', { body: '<html>' }, 'No JSON came back'],
	])(
		'a write is never sent twice after %s, and its message states that',
		async (_what, reply, message) => {
			server.reply = () => reply;
			const { error } = await run('create', { shelfId: '1', name: 'x' });
			expect(server.received).toHaveLength(1);
			expect(error?.message).toBe(message);
			expect(error?.description).toMatch(/may have been carried out/);
		},
	);

	test('a write that takes too long is not sent twice', async () => {
		let open: () => void = () => undefined;
		const blocker = new Promise<void>((resolve) => (open = resolve));
		server.reply = () => ({ after: blocker });
		const { error } = await run('create', { shelfId: '1', name: 'x', options: { timeout: 150 } });
		open();
		expect(error?.message).toBe('Book Shop did not respond in time');
		expect(server.received).toHaveLength(1);
	});

	test('after a refused connection the message states that nothing was sent', async () => {
		const { error } = await run(
			'create',
			{ shelfId: '1', name: 'x', options: { maxTries: 2 } },
			{ credentials: { sampleApi: { url: 'http://127.0.0.1:9', secretKey: SECRET } } },
		);
		expect(error?.message).toBe('Book Shop refused the connection');
		expect(error?.description).toMatch(/^Nothing was sent/);
	});

	test('a redirect is not followed', async () => {
		server.reply = () => ({ status: 302, headers: { location: 'http://127.0.0.1:9/' }, body: '' });
		await run('get', { bookId: { __rl: true, mode: 'id', value: '1' } });
		expect(server.received).toHaveLength(1);
	});

	test('cancelling the execution ends a long wait at once', async () => {
		let stop: () => void = () => undefined;
		let stopped = 0;
		server.reply = () => {
			stopped = Date.now();
			queueMicrotask(() => stop());
			return { status: 429, headers: { 'retry-after': '200' }, body: '{}' };
		};
		await run(
			'create',
			{ shelfId: '1', name: 'x' },
			{ items: many(3), onStart: (cancel) => (stop = cancel) },
		);
		expect(Date.now() - stopped).toBeLessThan(1000);
		expect(server.received).toHaveLength(1);
	});
});

describe('pages', () => {
	const books = (from: number, to: number) =>
		Array.from({ length: to - from + 1 }, (_, n) => ({ id: String(from + n) }));
	const urls = () => server.received.map(({ url }) => url);

	test('pages are requested by number and size until the service has no more', async () => {
		server.reply = (_request, count) => ({
			body: JSON.stringify({ data: books(count * 3 - 2, count * 3), more: count < 3 }),
		});
		const { items } = await run('pages', { returnAll: true, color: 'red, blue' });
		expect(urls()).toEqual([1, 2, 3].map((n) => `/books?color=red&color=blue&page=${n}&size=3`));
		expect(items.map(({ json }) => json)).toEqual(books(1, 9));
	});

	test('all pages are requested if an expression gives Return All as text', async () => {
		server.reply = (_request, count) => ({
			body: JSON.stringify({ data: books(count * 3 - 2, count * 3), more: count < 2 }),
		});
		const all = await run('pages', { returnAll: '={{ "true" }}', limit: 1 });
		expect(all.items).toHaveLength(6);
		server.received.length = 0;
		const one = await run('pages', { returnAll: '={{ "false" }}', limit: 1 });
		expect(one.items).toHaveLength(1);
	});

	test('no more pages and rows are requested than Limit needs', async () => {
		server.reply = (_request, count) => ({
			body: JSON.stringify({ data: books(count * 3 - 2, count * 3), more: true }),
		});
		expect((await run('pages', { limit: 4 })).items).toHaveLength(4);
		expect(urls()).toEqual(['/books?page=1&size=3', '/books?page=2&size=3']);
		server.received.length = 0;
		server.reply = () => ({ body: JSON.stringify({ data: books(1, 2), more: true }) });
		expect((await run('pages', { limit: 2 })).items).toHaveLength(2);
		expect(urls()).toEqual(['/books?page=1&size=2']);
	});

	test.each([
		['={{ "many" }}', 'many'],
		[1.5, '1.5'],
		['={{ "0x10" }}', '0x10'],
		['={{ "1e3" }}', '1e3'],
		['={{ "1,000" }}', '1,000'],
		['={{ "５" }}', '５'],
		['={{ true }}', 'true'],
		['={{ [5] }}', '[5]'],
		['={{ { a: 1 } }}', '{"a":1}'],
		['={{ Infinity }}', 'Infinity'],
		['={{ NaN }}', 'NaN'],
	])('a Limit of %s is rejected', async (limit, shown) => {
		const { error } = await run('pages', { limit });
		expect(error?.message).toBe(`"Limit" cannot be "${shown}"`);
		expect(error?.description).toMatch(/whole number, in digits only/);
		expect(server.received).toEqual([]);
	});

	test.each([0, -1, '={{ "0" }}', '={{ "-5" }}'])('a Limit of %s is too small', async (limit) => {
		const { error } = await run('pages', { limit });
		expect(error?.message).toMatch(/^"Limit" cannot be (0|-1|-5)$/);
		expect(error?.description).toBe('Use at least 1');
		expect(server.received).toEqual([]);
	});

	test.each(['', ' ', '={{ null }}', '={{ "null" }}', '={{ [] }}', '={{ "[]" }}'])(
		'a Limit of %p is the default of the panel',
		async (limit) => {
			server.reply = () => ({ body: JSON.stringify({ data: books(1, 60) }) });
			const { items } = await run('pages', { limit });
			expect(items).toHaveLength(50);
		},
	);

	const OPTIONS = [
		['concurrency', 'Concurrency'],
		['maxTries', 'Max Tries'],
		['maxWait', 'Max Wait'],
		['timeout', 'Timeout'],
	];
	describe.each(OPTIONS)('the option %s', (name, displayName) => {
		const withOption = async (value: string) =>
			await run('pages', { limit: 1, options: { [name ?? '']: value } });

		test.each(['"0x10"', '"1e3"', '"1,000"', '"５"', '"fast"', 'true', '[5]', '({ a: 1 })'])(
			'is rejected with the value %s',
			async (value) => {
				const { error } = await withOption(`={{ ${value} }}`);
				expect(error?.message).toMatch(new RegExp(`^"${displayName}" cannot be "`));
				expect(server.received).toEqual([]);
			},
		);

		test.each(['null', '""', '" "', '"null"', '[]', '"[]"', '"none"', '"7"', '" 7 "', '7.0'])(
			'works with the value %s',
			async (value) => {
				server.reply = () => ({ body: JSON.stringify({ data: books(1, 1) }) });
				const { error, items } = await withOption(`={{ ${value} }}`);
				expect(error).toBeUndefined();
				expect(items).toHaveLength(1);
			},
		);
	});

	test.each([5, 'abc', true, [1], '{"timeout": 5}'])(
		'a collection with the value %p is rejected',
		(value) => {
			expect(() => membersOf('additionalFields', value)).toThrow(
				/^"Additional Fields" cannot be "/,
			);
		},
	);

	test.each([undefined, null, '', ' ', [], '{}', '[]', 'null', {}])(
		'a collection with the value %p is empty',
		(value) => expect(membersOf('options', value)).toEqual({}),
	);

	test('Return All is read as any switch, and refused when it is neither true nor false', async () => {
		for (const returnAll of ['={{ "yes" }}', '={{ 2 }}', '={{ [true] }}', '={{ {} }}']) {
			const { error } = await run('pages', { returnAll });
			expect(error?.message).toMatch(/^"Return All" cannot be /);
		}
		expect(server.received).toEqual([]);
	});

	test('pages are requested by the cursor of the previous response', async () => {
		server.reply = (_request, count) => ({
			body: JSON.stringify({ data: books(count, count), next: count < 3 ? `c/${count}` : null }),
		});
		expect((await run('cursor', { returnAll: true })).items).toHaveLength(3);
		expect(urls()).toEqual([
			'/books?limit=3',
			'/books?limit=3&cursor=c%2F1',
			'/books?limit=3&cursor=c%2F2',
		]);
	});

	test('pages are requested by the last ID, and repeated rows are dropped', async () => {
		const pages = [books(1, 3), books(3, 5), books(5, 5)];
		server.reply = (_request, count) => ({ body: JSON.stringify(pages[count - 1] ?? []) });
		const { items } = await run('last', { returnAll: true });
		expect(items.map(({ json }) => json)).toEqual(books(1, 5));
		expect(urls()).toEqual([
			'/books?count=3',
			'/books?count=3&max_id=3',
			'/books?count=3&max_id=5',
		]);
	});

	test('pages are requested as ranges of rows up to the total', async () => {
		server.reply = (_request, count) => ({
			body: JSON.stringify({ total: 5, rows: count === 1 ? books(0, 2) : books(3, 4) }),
		});
		const { items } = await run('getRange', { returnAll: true });
		expect(items.map(({ json }) => json)).toEqual(books(0, 4));
		expect(server.received.map(({ body }) => body)).toEqual([
			'{"ranges":[{"start":0,"end":2}]}',
			'{"ranges":[{"start":3,"end":5}]}',
		]);
	});

	test.each([
		['pages', { data: books(1, 3), more: true }],
		['cursor', { data: books(1, 3), next: 'same' }],
	])('%s: a repeated page ends the list with a message', async (kind, page) => {
		server.reply = () => ({ body: JSON.stringify(page) });
		const { error } = await run(kind, { returnAll: true });
		expect(error?.message).toMatch(/sent the same page again/);
		expect(error?.description).toMatch(/set Limit/);
		expect(server.received.length).toBeLessThan(4);
	});
});

describe('results', () => {
	test('a response without content becomes a result that states success', async () => {
		server.reply = () => ({ status: 204 });
		expect((await run('delete', { bookId: '1' })).items[0]?.json).toEqual({ deleted: true });
		expect((await run('create', { shelfId: '1', name: 'x' })).items[0]?.json).toEqual({
			success: true,
		});
	});

	test('an API name that contains a system error code keeps its message', async () => {
		server.reply = () => ({ status: 400, body: '{"error":"rolePermissions is unknown"}' });
		const { error } = await run('create', { shelfId: '1', name: 'x' });
		expect(error?.message).toBe('rolePermissions is unknown');
	});

	test.each([
		['plain', SECRET],
		['percent-encoded', encodeURIComponent(SECRET)],
		['in Base64', Buffer.from(SECRET).toString('base64')],
		['in Base64 for URLs', Buffer.from(SECRET).toString('base64url')],
	])(
		'a secret that a successful response repeats %s is masked in the output',
		async (_form, text) => {
			server.reply = () => ({
				body: JSON.stringify({ id: '1', [text]: { echo: [`Authorization: ${text}`] } }),
			});
			const { items, saved } = await run('create', { shelfId: '1', name: 'x' });
			expect(items[0]?.json).toEqual({ id: '1', '***': { echo: ['Authorization: ***'] } });
			expect(saved).not.toContain(text);
		},
	);

	test('a secret that the service repeats is masked everywhere', async () => {
		server.reply = () => ({ status: 400, body: JSON.stringify({ error: `Bad key ${SECRET}` }) });
		const { error, saved } = await run('create', { shelfId: '1', name: 'x' });
		expect(error?.message).toBe('Bad key ***');
		expect(saved).not.toContain(SECRET);
	});
});
