import type { SourceFile } from '../../../nodes/Fanvue/resources/media/sourceFile';
import { verifySize, mediaTypeOf } from '../../../nodes/Fanvue/resources/media/sourceFile';
import { binaryFile } from '../../support/n8n';
import type { Received, Reply } from '../../support/server';
import { TestServer } from '../../support/server';
import { FanvueHarness, byId } from '../../support/fanvueHarness';
import { until } from '../../support/trigger';

// n8n reads this setting at its first request. 127.0.0.2 stands for a public address.
process.env.N8N_SSRF_ALLOWED_IP_RANGES = '127.0.0.2/32';

/** Uploads and downloads with unusual responses of the storage and the API. */
const server = new TestServer();
const harness = FanvueHarness.forTests(server);

const UUID = '3fa85f64-5717-4562-b3fc-2c963f66afa6';
const credentials = () => harness.credential('mira', { baseUrl: server.url });
/** Responds by the first entry whose key is part of the request's line. */
const answering = (replies: Record<string, Reply | ((request: Received) => Reply)>) => {
	server.reply = (request) => {
		const line = `${request.method} ${request.url}`;
		const [, reply = {}] = Object.entries(replies).find(([key]) => line.includes(key)) ?? [];
		return typeof reply === 'function' ? reply(request) : reply;
	};
};
const lines = () => server.received.map(({ method, url }) => `${method} ${url}`);

describe('upload', () => {
	const usual = {
		'POST /media/uploads': { body: `{"mediaUuid":"${UUID}","uploadId":"u-1"}` },
		'/url': () => ({ body: JSON.stringify(`${server.url}/put`) }),
		'PUT /put': { headers: { etag: '"e-1"' } },
		'PATCH /media/uploads/u-1': { body: '{"status":"processing"}' },
		'GET /media/': { body: `{"uuid":"${UUID}","status":"ready"}` },
	};
	const upload = async (parameters: object = {}, fileName = 'sea.mp4', type = 'video/mp4') =>
		await harness.run('media', 'upload', parameters, {
			credentials: credentials(),
			items: [{ json: {}, binary: { data: binaryFile(Buffer.from('sea'), fileName, type) } }],
		});

	test.each([
		['nothing', '', /^Fanvue returned an empty response instead of/],
		['a list', '[]', /^Fanvue returned an empty list instead of/],
		['no upload ID', `{"mediaUuid":"${UUID}"}`, /^Fanvue started no upload$/],
	])('an upload fails if the response to its start is %s', async (_what, body, message) => {
		answering({ ...usual, 'POST /media/uploads': { body } });
		expect((await upload()).error?.message).toMatch(message);
		expect(server.received).toHaveLength(1);
	});

	test.each([1.5, 1e10, -3, 500_000_000])(
		'a part size of %d is no reason to fail, to wait or to take memory for it',
		async (partSize) => {
			const body = JSON.stringify({ mediaUuid: UUID, uploadId: 'u-1', partSize });
			answering({ ...usual, 'POST /media/uploads': { body } });
			const { error } = await upload();
			expect(error).toBeUndefined();
			const parts = server.received.filter(({ method }) => method === 'PUT');
			expect(parts.map(({ body: sent }) => sent)).toEqual(['sea']);
		},
	);

	test('a missing ETag is left out, and an empty response to the completion means processing', async () => {
		answering({ ...usual, 'PUT /put': {}, 'PATCH /media/uploads/u-1': { status: 204 } });
		const { items } = await upload({ additionalFields: { waitUntilReady: false } });
		expect(items.map(({ json }) => json)).toEqual([{ uuid: UUID, status: 'processing' }]);
		expect(server.received.find(({ method }) => method === 'PATCH')?.body).toBe(
			'{"parts":[{"PartNumber":1}]}',
		);
	});

	describe('an upload with many parts on V1 routes', () => {
		const bytes = Buffer.alloc(308, 'waves');
		const many = async (replies: object) => {
			answering({
				'POST /v1/media/uploads': {
					body: `{"mediaUuid":"${UUID}","uploadId":"u-1","partSize":5}`,
				},
				...replies,
				'/url': () => ({ body: JSON.stringify(`${server.url}/put`) }),
				'PUT /': { headers: { etag: '"e"' } },
				'PATCH /v1/media/uploads/u-1': { body: '{"status":"ready"}' },
			});
			return await harness.run(
				'media',
				'upload',
				{ additionalFields: { waitUntilReady: false }, options: { apiRoutes: 'v1' } },
				{
					credentials: credentials(),
					items: [{ json: {}, binary: { data: binaryFile(bytes, 'sea.mp4', 'video/mp4') } }],
				},
			);
		};
		const batch = ({ url }: Received): Reply => {
			const query = new URL(url, 'http://x').searchParams;
			const from = Number(query.get('from'));
			const parts = Array.from({ length: Number(query.get('to')) - from + 1 }, (_, index) => ({
				partNumber: from + index,
				url: `${server.url}/part/${from + index}`,
			}));
			return { body: JSON.stringify({ partSize: 5, parts }) };
		};

		test('the URLs of fifty parts are requested at once', async () => {
			const { error } = await many({ '/parts/urls': batch });
			expect(error).toBeUndefined();
			expect(lines().filter((line) => line.startsWith('GET'))).toEqual([
				'GET /v1/media/uploads/u-1/parts/urls?from=1&to=50',
				'GET /v1/media/uploads/u-1/parts/urls?from=51&to=62',
			]);
			expect(new Set(lines().filter((line) => line.startsWith('PUT'))).size).toBe(62);
		});

		test('the URLs of a file whose size is unknown are requested at once as well', async () => {
			const host = await new TestServer().start('127.0.0.2');
			host.reply = () => ({ headers: { 'content-type': 'image/png' }, body: 'w'.repeat(308) });
			answering({
				'POST /v1/media/uploads': {
					body: `{"mediaUuid":"${UUID}","uploadId":"u-1","partSize":5}`,
				},
				'/parts/urls': batch,
				'/url': () => ({ body: JSON.stringify(`${server.url}/put`) }),
				'PUT /': { headers: { etag: '"e"' } },
				'PATCH /v1/media/uploads/u-1': { body: '{"status":"ready"}' },
			});
			const { error } = await harness.run(
				'media',
				'uploadFromUrl',
				{
					url: `${host.url}/file.png`,
					additionalFields: { waitUntilReady: false },
					options: { apiRoutes: 'v1' },
				},
				{ credentials: credentials() },
			);
			await host.close();
			expect(error).toBeUndefined();
			// The first parts are those of any small file.
			expect(lines().filter((line) => /^GET .*\/urls?\b/.test(line))).toHaveLength(9 + 2);
			expect(lines().filter((line) => line.startsWith('PUT'))).toHaveLength(62);
		});

		test('the URLs of parts are requested one by one if Fanvue has no batch route', async () => {
			const { error } = await many({ '/parts/urls': { status: 404, body: '{}' } });
			expect(error).toBeUndefined();
			expect(lines().filter((line) => line.includes('/parts/urls'))).toHaveLength(1);
			expect(lines().filter((line) => line.endsWith('/url'))).toHaveLength(62);
		});
	});

	test('a connection error of the storage is reported', async () => {
		answering({ ...usual, 'PUT /put': { cut: true } });
		const { error } = await upload({ options: { maxTries: 1 } });
		expect(error?.message).toBe(
			'The storage of Fanvue did not accept part 1 of the file: it closed the connection before responding',
		);
	});

	test('a failed upload ends only after all its running parts have ended', async () => {
		const size = 8 * 1024 * 1024;
		let finishPart: () => void = () => undefined;
		const partIsSent = new Promise<void>((resolve) => {
			finishPart = resolve;
		});
		answering({
			'/parts/2/url': { status: 403, body: '{"error":"Forbidden"}' },
			...usual,
			'PUT /put': { status: 503, after: partIsSent },
		});
		const file = binaryFile(Buffer.alloc(size + 1), 'sea.mp4', 'video/mp4');
		let hasEnded = false;
		const running = harness
			.run(
				'media',
				'upload',
				{},
				{ credentials: credentials(), items: [{ json: {}, binary: { data: file } }] },
			)
			.finally(() => {
				hasEnded = true;
			});
		const isReceived = (part: string) => lines().some((line) => line.includes(part));
		await until('both parts were requested', () => ['PUT /put', '/parts/2/url'].every(isReceived));
		// These responses arrive after the rejection of part 2.
		for (let count = 0; count < 20; count += 1) await fetch(`${server.url}/roundtrip`);
		expect(hasEnded).toBe(false);
		finishPart();
		expect((await running).error).toBeDefined();
		expect(lines().filter((line) => line.startsWith('PUT'))).toHaveLength(1);
	});

	test('the media is not requested after a rejected completion', async () => {
		answering({ ...usual, 'PATCH /media/uploads/u-1': { status: 400, body: '{"errors":["no"]}' } });
		expect((await upload()).error?.message).toBe('Fanvue rejected the request: no');
		expect(lines().at(-1)).toBe('PATCH /media/uploads/u-1');
	});

	test.each([
		['created', '{"uuid":"x","status":"created"}', 'closed the connection', undefined],
		['processing', '{"uuid":"x","status":"processing"}', undefined, 'processing'],
		['not known', '{"uuid":"x"}', undefined, 'undefined'],
		['not readable', '[]', 'Fanvue returned an empty list instead of media', undefined],
	])(
		'a completion without a response is determined by the media status %s',
		async (_what, body, message, status) => {
			answering({ ...usual, 'PATCH /media/uploads/u-1': { cut: true }, 'GET /media/': { body } });
			const { error, items } = await upload({ additionalFields: { waitUntilReady: false } });
			if (message === undefined) expect(items[0]?.json).toEqual({ uuid: UUID, status });
			else expect(error?.message).toContain(message);
			expect(lines().filter((line) => line.startsWith('PATCH'))).toHaveLength(1);
		},
	);

	test("the number of parts does not exceed Fanvue's maximum", async () => {
		answering({
			...usual,
			'POST /media/uploads': {
				body: `{"mediaUuid":"${UUID}","uploadId":"u-1","partSize":0,"maxParts":2}`,
			},
		});
		expect((await upload()).error).toBeUndefined();
		expect(lines().filter((line) => line.startsWith('PUT'))).toHaveLength(1);
	});

	test('a file without a name is uploaded under a default name', async () => {
		answering(usual);
		const file = binaryFile(Buffer.from('sea'), 'x', 'image/png');
		const { error } = await harness.run(
			'media',
			'upload',
			{},
			{
				credentials: credentials(),
				items: [{ json: {}, binary: { data: { ...file, fileName: undefined } } }],
			},
		);
		expect(error).toBeUndefined();
		expect(server.received[0]?.body).toBe('{"name":"file","filename":"file","mediaType":"image"}');
	});
});

describe('download', () => {
	const picture = (more: object = {}) => ({
		body: JSON.stringify({
			uuid: UUID,
			status: 'ready',
			variants: [{ variantType: 'main', url: `${server.url}/file?X-Amz-Signature=abc` }],
			...more,
		}),
	});
	const download = async (parameters: object = {}) =>
		await harness.run(
			'media',
			'download',
			{ uuid: byId(UUID), ...parameters },
			{ credentials: credentials() },
		);
	const image = { headers: { 'content-type': 'image/jpeg; q=1' }, body: 'sea' };

	test.each([
		['its own name and detected type', { name: 'a/b.png' }, image, 'a_b.jpg', 'image/jpeg'],
		['its ID as name if it has no name', { name: '' }, image, `${UUID}.jpg`, 'image/jpeg'],
		[
			'a default type',
			{},
			{ headers: { 'content-type': '' }, body: 'sea' },
			`${UUID}.bin`,
			'application/octet-stream',
		],
		[
			'an unusual type',
			{},
			{ headers: { 'content-type': 'odd' }, body: 'sea' },
			`${UUID}.odd`,
			'odd',
		],
		[
			'a type whose extension is unknown',
			{},
			{ headers: { 'content-type': 'image/svg+xml' }, body: 'sea' },
			`${UUID}.bin`,
			'image/svg+xml',
		],
	])('a downloaded file has %s', async (_what, more, file, fileName, mimeType) => {
		answering({ '/media/': () => picture(more), '/file': file });
		const { items, error } = await download();
		expect(error).toBeUndefined();
		expect(items[0]?.binary?.data).toMatchObject({ fileName, mimeType });
		expect(JSON.stringify(items)).not.toContain('Signature');
	});

	test('each picture of a gallery has a field and a name of its own, in their order', async () => {
		const variants = [1, 2].map((n) => ({
			variantType: 'thumbnail_gallery',
			displayPosition: 3 - n,
			url: `${server.url}/file-${n}.webp`,
		}));
		const others = [{ variantType: 'thumbnail_gallery', url: null }, { variantType: 'main' }];
		answering({ '/media/': () => picture({ variants: [...others, ...variants] }), '/file': image });
		const { items } = await download({ variant: 'thumbnail_gallery', binaryPropertyName: 'pic' });
		expect(
			Object.entries(items[0]?.binary ?? {}).map(([key, { fileName }]) => [key, fileName]),
		).toEqual([
			['pic', `${UUID}-thumbnail_gallery.webp`],
			['pic_2', `${UUID}-thumbnail_gallery-2.webp`],
		]);
		expect(lines().filter((line) => line.includes('/file-'))).toEqual([
			'GET /file-2.webp',
			'GET /file-1.webp',
		]);
	});

	test.each([
		[
			'a response that is not media',
			{ body: '[]' },
			'Fanvue returned an empty list instead of media',
		],
		[
			'media without a state',
			{ body: '{"uuid":"x"}' },
			'Fanvue has no variant "main" of this media',
		],
		[
			'media in processing',
			{ body: '{"uuid":"x","status":"created"}' },
			'The media is not ready yet: its state is created',
		],
	])('%s fails without a file', async (_what, reply, message) => {
		answering({ '/media/': reply });
		expect((await download()).error?.message).toBe(message);
	});

	test('ten files are downloaded at the same time, and no more', async () => {
		// Without latency nothing but the limit of the operation ends the growth.
		const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now());
		const turns = async () => {
			for (let i = 0; i < 50; i++) await new Promise((resolve) => setImmediate(resolve));
		};
		const tenRun = async () => {
			// The clock stands still, so this counts instead.
			for (let look = 0; look < 1000 && server.inFlight < 10; look++) {
				await new Promise((resolve) => setTimeout(resolve, 5));
			}
			await turns();
		};
		let files = 0;
		let gate: Promise<void> | undefined;
		// By the twentieth file the limit has grown as far as it can.
		const next = () => ((files += 1) < 20 ? turns() : (gate ??= tenRun()));
		answering({ '/media/': () => picture(), '/file': () => ({ ...image, after: next() }) });
		const { items } = await harness
			.run(
				'media',
				'download',
				{ uuid: byId(UUID) },
				{ credentials: credentials(), items: Array.from({ length: 60 }, () => ({ json: {} })) },
			)
			.finally(() => clock.mockRestore());
		expect(items).toHaveLength(60);
		expect(server.peak).toBe(10);
	});

	test('a variant that is missing when requested again is reported', async () => {
		let reads = 0;
		answering({
			'/media/': () => picture((reads += 1) === 1 ? {} : { variants: [] }),
			'/file': { status: 403 },
		});
		expect((await download()).error?.message).toBe('Fanvue has no variant "main" of this media');
		expect(reads).toBe(2);
	});
});

describe('a streamed file', () => {
	const LARGEST = 1_610_612_736;
	const file = (size?: number): SourceFile => ({
		displayName: 'URL',
		fileName: 'sea.mp4',
		mimeType: 'video/mp4',
		size,
		open: async () => pieces(),
	});
	async function* pieces(...sizes: number[]): AsyncGenerator<Buffer> {
		for (const size of sizes) yield size === block.length ? block : Buffer.alloc(size);
	}
	const block = Buffer.alloc(64 * 1024 * 1024);
	const passed = async (source: SourceFile, sizes: number[]) => {
		let size = 0;
		for await (const piece of verifySize(source, pieces(...sizes))) size += piece.length;
		return size;
	};

	test('a streamed file is uploaded with all its bytes', async () => {
		expect(await passed(file(5), [2, 3])).toBe(5);
		expect(await passed(file(), [2])).toBe(2);
		expect(await passed(file(), Array<number>(24).fill(block.length))).toBe(LARGEST);
	});

	test.each([
		[
			'more bytes than the maximum',
			undefined,
			[...Array<number>(24).fill(64 * 1024 * 1024), 1],
			`"URL" leads to a file of ${LARGEST + 1} bytes`,
		],
		['no bytes', undefined, [], '"URL" leads to an empty file'],
		['fewer bytes than announced', 6, [2, 3], '"URL" stopped before the file was complete'],
	])('a streamed file with %s is rejected', async (_what, size, sizes, message) => {
		await expect(passed(file(size), sizes)).rejects.toThrow(message);
	});

	test.each([
		['audio/ogg', 'x', 'audio'],
		['Image/PNG', 'x', 'image'],
		['application/pdf', 'x', 'document'],
		['', 'a.b.MOV', 'video'],
		['application/octet-stream', 'sea.JPEG', 'image'],
	])('a file of type "%s" named %s is uploaded as %s', (mimeType, fileName, kind) => {
		expect(mediaTypeOf({ ...file(), mimeType, fileName })).toBe(kind);
	});

	test.each([
		['', 'sea', 'no MIME type'],
		['text/plain', 'sea.txt', 'text/plain'],
	])(
		'the media type of type "%s" with the name %s cannot be determined',
		(mimeType, fileName, shown) => {
			expect(() => mediaTypeOf({ ...file(), mimeType, fileName })).toThrow(
				`"Media Type" cannot be determined from "${fileName}" (${shown})`,
			);
		},
	);
});
