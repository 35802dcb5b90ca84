import { createHash } from 'node:crypto';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';
import { binaryFile } from '../../support/n8n';
import type { Reply } from '../../support/server';
import { TestServer } from '../../support/server';
import { FanvueHarness, byId } from '../../support/fanvueHarness';

// n8n reads this setting at its first request. 127.0.0.2 stands for a public address, 127.0.0.1 for
// a private one.
process.env.N8N_SSRF_ALLOWED_IP_RANGES = '127.0.0.2/32';

let harness: FanvueHarness;
const server = new TestServer();
beforeAll(async () => {
	harness = await FanvueHarness.start();
	harness.sandbox.fanvue.baseline.media.processingMs = 0;
	await server.start('127.0.0.2');
});
afterAll(async () => {
	await harness.close();
	await server.close();
});
beforeEach(() => {
	harness.sandbox.reset();
	server.reset();
});

const MEBIBYTE = 1024 * 1024;
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** Returns bytes that differ everywhere, so that parts in a wrong order are detected. */
function wavesOf(size: number): Buffer {
	const bytes = Buffer.alloc(size);
	for (let at = 0; at + 4 <= size; at += 4096) bytes.writeUInt32BE(at, at);
	return bytes;
}

const item = (bytes: Buffer, name = 'waves.mp4', type = 'video/mp4') => ({
	json: {},
	binary: { data: binaryFile(bytes, name, type) },
});

const upload = async (
	parameters: object,
	items: Array<ReturnType<typeof item>>,
	more: Parameters<FanvueHarness['run']>[3] = {},
) => await harness.run('media', 'upload', parameters, { items, ...more });

describe('upload', () => {
	test.each([
		['standard', 20 * MEBIBYTE, [8, 8, 4]],
		['v1', 16 * MEBIBYTE, [8, 8]],
		['standard', 3, [0]],
	])(
		'an upload on %s routes of %d bytes is sent in parts of the right size',
		async (apiRoutes, size, parts) => {
			const bytes = size > 3 ? wavesOf(size) : Buffer.from('sea');
			const { items, error } = await upload(
				{ options: { apiRoutes }, additionalFields: { name: 'Waves at night' } },
				[item(bytes)],
			);
			expect(error).toBeUndefined();
			expect(items).toHaveLength(1);
			expect(items[0]).toMatchObject({
				json: { name: 'Waves at night', mediaType: 'video', status: 'ready' },
				pairedItem: { item: 0 },
			});
			expect(await harness.sandbox.fanvue.sha256(String(items[0]?.json.uuid))).toBe(sha256(bytes));
			const prefix = apiRoutes === 'v1' ? '/v1' : '';
			const [start] = harness.calls();
			expect(start).toMatchObject({ method: 'POST', path: `/fanvue${prefix}/media/uploads` });
			expect(start?.bodyText).toBe(
				`{"name":"Waves at night","filename":"waves.mp4","mediaType":"video"${prefix === '' ? '' : `,"sizeBytes":${size}`}}`,
			);
			const puts = harness.calls('/fanvue-storage');
			expect(
				puts.map(({ headers }) => Math.floor(Number(headers['content-length']) / MEBIBYTE)).sort(),
			).toEqual([...parts].sort());
			for (const { headers } of puts) {
				expect(headers).not.toHaveProperty('authorization');
				expect(headers).not.toHaveProperty('content-type');
				expect(headers).not.toHaveProperty('x-fanvue-api-version');
			}
			const done = harness.calls().find(({ method }) => method === 'PATCH');
			const sent: unknown = JSON.parse(done?.bodyText ?? '');
			expect(sent).toEqual({
				parts: parts.map((_size, index) => ({
					PartNumber: index + 1,
					ETag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
				})),
			});
		},
	);

	test('acting as a creator, an upload under V1 asks for part addresses in batches', async () => {
		const mira = harness.uuid('mira');
		Object.assign(harness.sandbox.fanvue.settings.media, { partSize: 1024, minimumPartSize: 1 });
		const bytes = wavesOf(11 * 1024);
		const { error, items } = await upload(
			{ actAs: 'creator', creatorUserUuid: byId(mira) },
			[item(bytes)],
			{ credentials: harness.credential('agency', { apiRoutes: 'v1' }) },
		);
		expect(error).toBeUndefined();
		expect(await harness.sandbox.fanvue.sha256(String(items[0]?.json.uuid))).toBe(sha256(bytes));
		const [session, addresses, ...rest] = harness.lines();
		expect(session).toBe(`POST /v1/creators/${mira}/media/uploads`);
		expect(addresses).toMatch(/\/parts\/urls\?from=1&to=11$/);
		expect(rest.filter((line) => line.includes('/parts/'))).toEqual([]);
		expect(harness.calls().flatMap(({ violations }) => violations)).toEqual([]);
	});

	test('an upload of 308 parts under V1 takes 7 requests for their addresses', async () => {
		Object.assign(harness.sandbox.fanvue.settings.media, { partSize: 64, minimumPartSize: 1 });
		const bytes = Buffer.from(Array.from({ length: 308 * 64 - 9 }, (_, at) => at % 251));
		const { error, items } = await upload({ options: { apiRoutes: 'v1' } }, [item(bytes)]);
		expect(error).toBeUndefined();
		expect(await harness.sandbox.fanvue.sha256(String(items[0]?.json.uuid))).toBe(sha256(bytes));
		expect(harness.calls('/fanvue-storage')).toHaveLength(308);
		const asked = harness.lines().filter((line) => line.includes('/parts/'));
		expect(asked.map((line) => line.replace(/^.*\/parts\//, ''))).toEqual([
			'urls?from=1&to=50',
			'urls?from=51&to=100',
			'urls?from=101&to=150',
			'urls?from=151&to=200',
			'urls?from=201&to=250',
			'urls?from=251&to=300',
			'urls?from=301&to=308',
		]);
	});

	test('acting as a creator, all steps of an upload use creator routes', async () => {
		const mira = harness.uuid('mira');
		const { error, items } = await upload(
			{ actAs: 'creator', creatorUserUuid: byId(mira) },
			[item(wavesOf(9 * MEBIBYTE))],
			{ credentials: harness.credential('agency', { apiRoutes: 'v1' }) },
		);
		expect(error).toBeUndefined();
		expect(items[0]?.json.status).toBe('ready');
		expect(
			harness
				.calls()
				.every(({ path }) => new RegExp(`^/fanvue/(v1/)?creators/${mira}/media`).test(path)),
		).toBe(true);
		expect(harness.calls().map(({ endpoint, variant }) => [endpoint, variant])).toEqual(
			expect.arrayContaining([
				['createCreatorUploadSession', 'v1'],
				['completeCreatorUploadSession', 'v1'],
			]),
		);
	});

	test('only a failed part is sent again', async () => {
		harness.sandbox.faults.add({
			kind: 'status',
			status: 503,
			service: 'fanvue',
			path: '/fanvue-storage',
			times: 1,
		});
		const bytes = wavesOf(20 * MEBIBYTE);
		const { items, error } = await upload({}, [item(bytes)]);
		expect(error).toBeUndefined();
		expect(await harness.sandbox.fanvue.sha256(String(items[0]?.json.uuid))).toBe(sha256(bytes));
		expect(
			harness
				.calls('/fanvue-storage')
				.map(({ status }) => status)
				.sort(),
		).toEqual([200, 200, 200, 503]);
	});

	test('a token that expires during an upload is refreshed once, and no finished part is sent again', async () => {
		const bytes = wavesOf(40 * MEBIBYTE);
		harness.sandbox.faults.add({ kind: 'expireToken', endpoint: 'getUploadPartUrl', skip: 2 });
		const { items, error } = await upload({}, [item(bytes)]);
		expect(error).toBeUndefined();
		expect(await harness.sandbox.fanvue.sha256(String(items[0]?.json.uuid))).toBe(sha256(bytes));
		expect(harness.sandbox.fanvue.tokenCounts.refreshes).toBe(1);
		expect(harness.calls('/fanvue-storage')).toHaveLength(5);
	});

	test('with Wait Until Ready off an upload returns before processing ends', async () => {
		harness.sandbox.fanvue.settings.media.processingMs = 60_000;
		const { items } = await upload({ additionalFields: { waitUntilReady: false } }, [
			item(Buffer.from('sea')),
		]);
		expect(items[0]?.json).toEqual({ uuid: expect.any(String), status: 'processing' });
	});

	test('waiting for processing is limited, and the error states how to continue', async () => {
		harness.sandbox.fanvue.settings.media.processingMs = 60_000;
		const { error } = await upload({ additionalFields: { longestProcessing: 1 } }, [
			item(Buffer.from('sea')),
		]);
		expect(error?.message).toBe('The upload is done, but Fanvue is still processing it after 1 s');
		expect(error?.description).toMatch(/Media: Get and the UUID [0-9a-f-]{36}/);
	});

	test.each([
		[{ longestProcessing: 0 }, '"Max Processing Time"'],
		[{ longestProcessing: 'abc' }, '"Max Processing Time"'],
		[{ waitUntilReady: 'maybe' }, '"Wait Until Ready"'],
	])('settings that cannot be used (%j) are rejected before the upload', async (more, message) => {
		const { error } = await upload({ additionalFields: more }, [item(Buffer.from('sea'))]);
		expect(error?.message).toContain(message);
		expect(harness.calls()).toEqual([]);
	});

	test('an error after the upload names the media item', async () => {
		harness.sandbox.faults.add({
			kind: 'status',
			status: 404,
			endpoint: 'getUserMediaByUuid',
			times: 1,
		});
		const { error } = await upload({}, [item(Buffer.from('sea'))]);
		expect(error?.description).toMatch(/The file is uploaded: its media item is [0-9a-f-]{36}$/);
	});

	test('failed processing is reported', async () => {
		harness.sandbox.fanvue.settings.media.outcome = 'error';
		const { error } = await upload({}, [item(Buffer.from('sea'))]);
		expect(error?.message).toBe('Fanvue could not process the file');
	});

	test.each([
		['no content', item(Buffer.alloc(0)), /leads to an empty file/],
		[
			'an unknown type',
			item(Buffer.from('sea'), 'waves', 'application/octet-stream'),
			/"Media Type" cannot be determined from "waves"/,
		],
	])('a file with %s is rejected before a request is sent', async (_what, file, message) => {
		const { error } = await upload({}, [file]);
		expect(error?.message).toMatch(message);
		expect(harness.calls()).toEqual([]);
	});

	test.each([
		[{ mimeType: 7 }, '"Input Data Field Name" names "data", whose MIME type is not text'],
		[{ fileName: {} }, '"Input Data Field Name" names "data", whose file name is not text'],
		[{ data: 5 }, '"Input Data Field Name" names "data", whose content n8n cannot read'],
		[{ data: null }, '"Input Data Field Name" names "data", whose content n8n cannot read'],
		[{ id: 5 }, '"Input Data Field Name" names "data", whose content n8n cannot read'],
		[{ id: {} }, '"Input Data Field Name" names "data", whose content n8n cannot read'],
	])('a file with %j is rejected with the name of the field', async (more, message) => {
		const file = { ...binaryFile(Buffer.from('sea'), 'sea.mp4', 'video/mp4') };
		Object.assign(file, more);
		const { error } = await upload({}, [{ json: {}, binary: { data: file } }]);
		expect(error?.message).toBe(message);
		expect(harness.calls()).toEqual([]);
	});

	test('a file without a name is uploaded under a name', async () => {
		await upload({ additionalFields: { waitUntilReady: false } }, [item(Buffer.from('sea'), '')]);
		expect(harness.calls()[0]?.bodyText).toContain('"filename":"file"');
	});

	test('a missing file is rejected with the name of the field', async () => {
		const { error } = await upload({ binaryPropertyName: 'photo' }, [item(Buffer.from('sea'))]);
		expect(error?.message).toBe(
			'"Input Data Field Name" names "photo", but the item has no such file',
		);
	});

	test.each([
		['scan.pdf', 'application/pdf', 'document'],
		['voice.m4a', 'application/octet-stream', 'audio'],
		['Photo.HEIC', '', 'image'],
	])('%s of type "%s" is uploaded as media type %s', async (name, type, kind) => {
		await upload({ additionalFields: { waitUntilReady: false } }, [
			item(Buffer.from('sea'), name, type),
		]);
		expect(harness.calls()[0]?.bodyText).toContain(`"mediaType":"${kind}"`);
	});

	test('a part that the storage always rejects fails the upload with its number', async () => {
		harness.sandbox.faults.add({
			kind: 'status',
			status: 503,
			path: '/fanvue-storage',
			times: 'always',
		});
		const { error, saved } = await upload({ options: { maxTries: 2 } }, [item(Buffer.from('sea'))]);
		expect(error).toMatchObject({
			message:
				'The storage of Fanvue did not accept part 1 of the file: it answered with status 503',
			description: 'Run this item again later, or raise Timeout and Max Tries under Options',
		});
		expect(harness.calls('/fanvue-storage')).toHaveLength(2);
		expect(harness.calls().filter(({ method }) => method === 'PATCH')).toEqual([]);
		expect(saved).not.toMatch(/X-Amz-Signature=[0-9a-f]/i);
	});

	test.each([
		['no session', { mediaUuid: 'm' }, {}, /^Fanvue started no upload$/],
		['no media', {}, {}, /^Fanvue returned an empty object instead of the result of /],
		[
			'no address',
			{ mediaUuid: 'm', uploadId: 'u' },
			{ url: '' },
			/^Fanvue returned no URL for part 1 of the file$/,
		],
		[
			'another object in place of the address',
			{ mediaUuid: 'm', uploadId: 'u' },
			{},
			/^Fanvue returned an empty object instead of an address$/,
		],
	])('a response with %s fails the upload', async (_what, session, address, message) => {
		server.reply = ({ method }) => ({
			body: JSON.stringify(method === 'POST' ? session : address),
		});
		const { error } = await upload({}, [item(Buffer.from('sea'))], {
			credentials: harness.credential('mira', { baseUrl: server.url }),
		});
		expect(error?.message).toMatch(message);
	});

	test('parts have the size from Fanvue, and very large ones are sent one at a time', async () => {
		harness.sandbox.fanvue.settings.media.partSize = 6 * MEBIBYTE;
		const { error } = await upload({ options: { apiRoutes: 'v1' } }, [
			item(wavesOf(13 * MEBIBYTE)),
		]);
		expect(error).toBeUndefined();
		const sizes = harness
			.calls('/fanvue-storage')
			.map(({ headers }) => Number(headers['content-length']));
		expect(sizes.sort((a, b) => b - a)).toEqual([6 * MEBIBYTE, 6 * MEBIBYTE, MEBIBYTE]);
	});

	test('cancelling the execution ends an upload that the service processes for minutes', async () => {
		harness.sandbox.fanvue.settings.media.processingMs = 600_000;
		let cancel: () => void = () => undefined;
		const running = upload({}, [item(Buffer.from('sea'))], {
			onStart: (stop) => (cancel = stop),
		});
		const isWaiting = () =>
			harness.calls().some(({ path, method }) => method === 'GET' && !path.endsWith('/url'));
		while (!isWaiting()) await new Promise((resolve) => setImmediate(resolve));
		const stopped = Date.now();
		cancel();
		await running;
		expect(Date.now() - stopped).toBeLessThan(5000);
	});

	test('a completion whose response is lost is not repeated, and its outcome is requested', async () => {
		harness.sandbox.faults.add({
			kind: 'cut',
			endpoint: 'completeUploadSession',
			afterHandling: true,
		});
		const { items, error } = await upload({}, [item(Buffer.from('sea'))]);
		expect(error).toBeUndefined();
		expect(items[0]?.json.status).toBe('ready');
		expect(harness.calls().filter(({ method }) => method === 'PATCH')).toHaveLength(1);
	});
});

describe('upload from a URL', () => {
	const bytes = wavesOf(12 * MEBIBYTE);
	const serve = (reply: Reply = {}) => {
		server.reply = () => ({ headers: { 'content-type': 'video/mp4' }, bytes, ...reply });
	};

	test('a file from a URL is streamed and keeps the name in its URL', async () => {
		serve();
		const { items, error } = await harness.run('media', 'uploadFromUrl', {
			url: `${server.url}/clips/night%20waves.mp4?token=secret-of-the-host`,
		});
		expect(error).toBeUndefined();
		expect(await harness.sandbox.fanvue.sha256(String(items[0]?.json.uuid))).toBe(sha256(bytes));
		expect(harness.calls()[0]?.bodyText).toBe(
			'{"name":"night waves.mp4","filename":"night waves.mp4","mediaType":"video"}',
		);
		expect(server.received).toHaveLength(1);
		expect(server.received[0]?.headers).not.toHaveProperty('authorization');
	});

	test.each([
		['gzip', gzipSync],
		['br', brotliCompressSync],
		['deflate', deflateSync],
	])(
		'a file compressed with %s by its host is uploaded uncompressed',
		async (encoding, compress) => {
			const picture = Buffer.alloc(200_000, 'waves ');
			const packed = compress(picture);
			serve({
				headers: {
					'content-type': 'image/png',
					'content-encoding': encoding,
					'content-length': String(packed.length),
				},
				bytes: packed,
			});
			const { items, error } = await harness.run('media', 'uploadFromUrl', {
				url: `${server.url}/sea.png`,
				options: { apiRoutes: 'v1' },
			});
			expect(error).toBeUndefined();
			expect(await harness.sandbox.fanvue.sha256(String(items[0]?.json.uuid))).toBe(
				sha256(picture),
			);
			expect(harness.calls()[0]?.bodyText).not.toContain('sizeBytes');
		},
	);

	test.each(['zstd', 'gzip, br', 'dcb'])(
		'a file compressed with %s, which n8n cannot read, is not uploaded',
		async (encoding) => {
			serve({ headers: { 'content-type': 'image/png', 'content-encoding': encoding } });
			const { error } = await harness.run('media', 'uploadFromUrl', { url: `${server.url}/x.png` });
			expect(error?.message).toBe(
				`"URL" leads to a file that is compressed in a way that n8n cannot read (${encoding})`,
			);
			expect(harness.calls()).toEqual([]);
		},
	);

	test.each(['identity', 'utf-8', 'aws-chunked', ''])(
		'a file with the encoding "%s", which is no compression, is uploaded',
		async (encoding) => {
			serve({ headers: { 'content-type': 'image/png', 'content-encoding': encoding } });
			const { error } = await harness.run('media', 'uploadFromUrl', { url: `${server.url}/x.png` });
			expect(error).toBeUndefined();
		},
	);

	test('an unreachable file is rejected before an upload is started', async () => {
		serve({ status: 404, bytes: undefined, body: 'gone' });
		const { error, saved } = await harness.run(
			'media',
			'uploadFromUrl',
			{
				url: '={{ $json.address }}',
			},
			{ items: [{ json: { address: `${server.url}/x.mp4?token=secret-of-the-host` } }] },
		);
		expect(error?.message).toBe('"URL" returned status 404');
		expect(harness.calls()).toEqual([]);
		expect(String(error?.description) + String(error?.message)).not.toContain('secret-of-the-host');
		expect(saved).toContain('returned status 404');
	});

	test('a file that is too large is rejected by the length its host states', async () => {
		serve({
			headers: { 'content-type': 'video/mp4', 'content-length': '1610612737' },
			bytes: undefined,
		});
		const { error } = await harness.run('media', 'uploadFromUrl', { url: `${server.url}/x.mp4` });
		expect(error?.message).toBe('"URL" leads to a file of 1610612737 bytes');
		expect(harness.calls()).toEqual([]);
	});

	test.each([
		['file:///etc/passwd', '"URL" cannot begin with file:'],
		['http://127.0.0.1/x.mp4', '"URL" leads to an address inside this network'],
		['x.mp4', '"URL" is not an address'],
	])('the URL %s is rejected before a request', async (url, message) => {
		const { error } = await harness.run('media', 'uploadFromUrl', { url });
		expect(error?.message).toBe(message);
		expect(harness.calls()).toEqual([]);
	});

	test('an incomplete download is not uploaded as a complete file', async () => {
		serve({
			headers: { 'content-type': 'video/mp4', 'content-length': String(30 * MEBIBYTE) },
			breaksOff: true,
		});
		const { error } = await harness.run('media', 'uploadFromUrl', { url: `${server.url}/x.mp4` });
		expect(error?.message).toBe('"URL" stopped before the file was complete');
		expect(harness.calls().filter(({ method }) => method === 'PATCH')).toEqual([]);
	});
});

describe('download', () => {
	const ready = () => {
		const mira = harness.uuid('mira');
		const found = [...harness.sandbox.fanvue.sandboxState.media.values()].find(
			({ ownerUuid, completedAt, mediaType }) =>
				ownerUuid === mira && completedAt !== null && mediaType === 'image',
		);
		if (found === undefined) throw new Error('No picture');
		return found;
	};

	test('a downloaded file has a plain name and its type, and the URL is not in the output', async () => {
		const media = ready();
		const { items, error, saved } = await harness.run('media', 'download', {
			uuid: byId(media.uuid),
		});
		expect(error).toBeUndefined();
		const { json, binary } = items[0] ?? { json: {} };
		expect(json).toMatchObject({ uuid: media.uuid, variant: 'main', mediaType: 'image' });
		expect(binary?.data).toMatchObject({
			fileName: `${media.name ?? ''}.png`,
			mimeType: 'image/png',
		});
		const bytes = Buffer.from(String(binary?.data?.data), 'base64');
		expect(bytes.subarray(1, 4).toString()).toBe('PNG');
		expect(saved).not.toContain('fanvue-storage');
		expect(saved).not.toMatch(/signature/i);
		expect(harness.calls('/fanvue-storage')[0]?.headers).not.toHaveProperty('authorization');
	});

	test('all pictures of a gallery are downloaded', async () => {
		const { items, error } = await harness.run('media', 'download', {
			uuid: byId(ready().uuid),
			variant: 'thumbnail_gallery',
			binaryPropertyName: 'shot',
		});
		expect(error).toBeUndefined();
		const names = Object.keys(items[0]?.binary ?? {});
		expect(names[0]).toBe('shot');
		expect(names.length).toBeGreaterThan(0);
	});

	test('media of a message are downloaded', async () => {
		const world = harness.sandbox.fanvue.sandboxState;
		const [mira, felix] = [harness.uuid('mira'), harness.uuid('felix')];
		const message = world
			.requireConversation(mira, felix)
			.messages.find(({ mediaUuids, senderUuid }) => senderUuid === mira && mediaUuids.length > 0);
		const { items, error } = await harness.run('message', 'downloadMedia', {
			userUuid: byId(felix),
			messageUuid: message?.uuid,
			mediaUuid: message?.mediaUuids[0],
			variant: 'thumbnail',
		});
		expect(error).toBeUndefined();
		expect(items[0]?.binary?.data?.fileName).toMatch(/-thumbnail\.\w+$/);
		const none = await harness.run('message', 'downloadMedia', {
			userUuid: byId(felix),
			messageUuid: message?.uuid,
			mediaUuid: '3fa85f64-5717-4562-b3fc-2c963f66afa6',
		});
		expect(none.error?.message).toMatch(/has no such media/);
	});

	test('media that are not ready are reported', async () => {
		const started = await harness.run('mediaUpload', 'createSession', {
			name: 'x',
			filename: 'x.png',
			mediaType: 'image',
		});
		const { error } = await harness.run('media', 'download', {
			uuid: byId(String(started.items[0]?.json.mediaUuid)),
		});
		expect(error?.message).toBe('The media is not ready yet: its state is created');
	});

	test('a failed download is reported without its URL', async () => {
		harness.sandbox.faults.add({ kind: 'cut', path: '/fanvue-storage', times: 'always' });
		const { error, saved } = await harness.run('media', 'download', {
			uuid: byId(ready().uuid),
			options: { maxTries: 2 },
		});
		expect(error?.message).toBe(
			'The file of the media could not be fetched: its host closed the connection before responding',
		);
		expect(saved).not.toContain('fanvue-storage');
	});

	test('a missing variant is reported', async () => {
		server.reply = () => ({ body: '{"uuid":"u","status":"ready","variants":[]}' });
		const { error } = await harness.run(
			'media',
			'download',
			{ uuid: byId('3fa85f64-5717-4562-b3fc-2c963f66afa6'), variant: 'blurred' },
			{ credentials: harness.credential('mira', { baseUrl: server.url }) },
		);
		expect(error?.message).toBe('Fanvue has no variant "blurred" of this media');
	});

	test('a new URL is requested after the old one has expired', async () => {
		harness.sandbox.faults.add({
			kind: 'status',
			status: 403,
			service: 'fanvue',
			path: '/fanvue-storage',
			times: 1,
		});
		const { items, error } = await harness.run('media', 'download', { uuid: byId(ready().uuid) });
		expect(error).toBeUndefined();
		expect(items[0]?.binary?.data?.fileName).toMatch(/\.png$/);
		expect(harness.lines()).toHaveLength(2);
	});
});

describe('automation context', () => {
	test('Get Automation Context returns the data that automations need', async () => {
		const { items, error } = await harness.run('automationContext', 'get', {
			additionalFields: { mediaLimit: 2, subscriberLimit: 3, topSpenderLimit: 4 },
			options: { apiRoutes: 'v1' },
		});
		expect(error).toBeUndefined();
		const json = items[0]?.json;
		expect(json).toMatchObject({
			media: [
				{
					uuid: expect.any(String),
					type: expect.any(String),
					signedUrl: expect.stringMatching(/^http/),
				},
				expect.anything(),
			],
			subscribers: expect.any(Array),
			topSpenders: expect.any(Array),
			earnings: {
				total: expect.any(Number),
				breakdown: expect.any(Array),
				trend: expect.any(Array),
			},
		});
		expect(json?.subscribers).toHaveLength(3);
		expect(json?.topSpenders).toHaveLength(4);
		expect(json?.subscribers).toEqual(
			expect.arrayContaining([expect.objectContaining({ subscribedAt: expect.any(String) })]),
		);
		expect(
			harness
				.lines()
				.map((line) => line.split('?')[0])
				.sort(),
		).toEqual([
			'GET /v1/insights/earnings/summary',
			'GET /v1/insights/top-spenders',
			'GET /v1/media',
			'GET /v1/subscribers',
		]);
	});

	test('Get Automation Context accepts responses with few members', async () => {
		server.reply = ({ url }) => {
			if (url.startsWith('/insights/earnings')) {
				return {
					body: '{"period":{"startDate":"2026-01-01"},"breakdownBySource":{"tips":{"gross":500,"net":400}}}',
				};
			}
			if (url.startsWith('/media')) return { body: '{"data":[{"uuid":"m","status":"ready"}]}' };
			return { body: '{"data":[{"uuid":"s","handle":"sea"}],"pagination":{"hasMore":false}}' };
		};
		const { items } = await harness.run(
			'automationContext',
			'get',
			{ additionalFields: { variant: 'none', topSpenderLimit: 0 } },
			{ credentials: harness.credential('mira', { baseUrl: server.url }) },
		);
		expect(items[0]?.json).toEqual({
			media: [
				{
					uuid: 'm',
					name: null,
					type: null,
					description: null,
					caption: null,
					recommendedPrice: null,
					createdAt: null,
					signedUrl: null,
				},
			],
			subscribers: [
				{
					uuid: 's',
					name: 'sea',
					handle: 'sea',
					subscribedAt: null,
					isTopSpender: false,
					subscription: null,
				},
			],
			topSpenders: [],
			earnings: {
				period: '2026-01-01/now',
				total: 500,
				net: 400,
				thisMonth: null,
				breakdown: [{ type: 'tips', amount: 500, net: 400 }],
				trend: null,
			},
		});
		expect(server.received.map(({ url }) => url).sort()).toEqual([
			'/insights/earnings/summary',
			'/media?status=ready&page=1&size=20',
			'/subscribers?page=1&size=20',
		]);
	});

	test('Get Automation Context works for a managed creator and names a missing scope', async () => {
		const mira = harness.uuid('mira');
		const acting = { actAs: 'creator', creatorUserUuid: byId(mira) };
		const { error } = await harness.run('automationContext', 'get', acting, {
			credentials: harness.credential('agency'),
		});
		expect(error).toBeUndefined();
		expect(harness.calls().every(({ path }) => path.startsWith(`/fanvue/creators/${mira}/`))).toBe(
			true,
		);
		const scopes = [
			'openid',
			'offline_access',
			'offline',
			'read:media',
			'read:fan',
			'read:creator',
		];
		const refused = await harness.run('automationContext', 'get', acting, {
			credentials: harness.credential('agency', { scopes }),
		});
		expect(refused.error?.description).toContain('read:creator and read:insights');
	});
});

describe("n8n's filesystem storage for binary data", () => {
	const store = Container.get(BinaryDataService);
	// From here on n8n stores files outside the memory, so these tests are last.
	beforeAll(async () => await store.init());
	afterAll(async () => {
		await store.deleteMany([{ type: 'execution', workflowId: 'files', executionId: '1' }]);
	});

	test('a file from the filesystem storage is uploaded and downloaded byte for byte', async () => {
		const bytes = wavesOf(17 * MEBIBYTE);
		const stored = await store.store(
			{ type: 'execution', workflowId: 'files', executionId: '1' },
			bytes,
			{ mimeType: 'video/mp4', fileName: 'waves.mp4', data: '' },
		);
		expect(stored.id).toMatch(/^filesystem-v2:/);
		const { items, error } = await harness.run(
			'media',
			'upload',
			{},
			{ items: [{ json: {}, binary: { data: stored } }] },
		);
		expect(error).toBeUndefined();
		const uuid = String(items[0]?.json.uuid);
		expect(await harness.sandbox.fanvue.sha256(uuid)).toBe(sha256(bytes));
		const back = await harness.run('media', 'download', { uuid: byId(uuid) });
		expect(back.error).toBeUndefined();
		const file = back.items[0]?.binary?.data;
		expect(file).toMatchObject({
			fileName: 'waves.mp4',
			mimeType: 'video/mp4',
			bytes: bytes.length,
		});
		expect(sha256(await store.getAsBuffer(file ?? { mimeType: '', data: '' }))).toBe(sha256(bytes));
		expect(back.saved).not.toContain('fanvue-storage');
	});

	test('an interrupted download leaves no partial file and is retried', async () => {
		const whole = wavesOf(3 * MEBIBYTE);
		const variants = [{ variantType: 'main', url: `${server.url}/waves.mp4?X-Signature=hidden` }];
		server.reply = ({ url }, count) =>
			url.startsWith('/media/')
				? { body: JSON.stringify({ uuid: 'u', status: 'ready', name: null, variants }) }
				: {
						headers: { 'content-type': 'video/mp4', 'content-length': String(whole.length) },
						bytes: count === 2 ? whole.subarray(0, 1000) : whole,
						breaksOff: count === 2,
					};
		const { items, error } = await harness.run(
			'media',
			'download',
			{ uuid: byId('3fa85f64-5717-4562-b3fc-2c963f66afa6') },
			{ credentials: harness.credential('mira', { baseUrl: server.url }) },
		);
		expect(error).toBeUndefined();
		const file = items[0]?.binary?.data;
		expect(file).toMatchObject({ fileName: 'u.mp4', bytes: whole.length });
		expect(server.received.map(({ url }) => url.split('?')[0])).toEqual([
			'/media/3fa85f64-5717-4562-b3fc-2c963f66afa6',
			'/waves.mp4',
			'/media/3fa85f64-5717-4562-b3fc-2c963f66afa6',
			'/waves.mp4',
		]);
	});
});
