import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Sandbox } from '../../../sandbox/index';
import { FanvueClient, record, rows } from './client';
import { useSandbox } from '../../support/sandbox';

const MIB = 1024 * 1024;
/** Longer than any test. */
const PROCESSING_MS = 600_000;

let sandbox: Sandbox;
let mira: FanvueClient;

useSandbox((started) => {
	sandbox = started;
});
beforeEach(() => {
	sandbox.fanvue.settings.media.processingMs = PROCESSING_MS;
	mira = new FanvueClient(sandbox);
});

interface UploadSession {
	mediaUuid: string;
	uploadId: string;
	base: string;
}

async function begin(client = mira, base = ''): Promise<UploadSession> {
	const body = { name: 'Harbour', filename: 'harbour light.png', mediaType: 'image' };
	const answer = record((await client.send('POST', `${base}/media/uploads`, { body })).body);
	return { mediaUuid: String(answer['mediaUuid']), uploadId: String(answer['uploadId']), base };
}

async function partUrl(
	{ uploadId, base }: UploadSession,
	number: number,
	client = mira,
): Promise<string> {
	const answer = await client.get(`${base}/media/uploads/${uploadId}/parts/${number}/url`);
	return String(answer.body);
}

async function put(
	url: string,
	body: Uint8Array<ArrayBuffer>,
	headers: Record<string, string> = {},
) {
	const response = await fetch(url, { method: 'PUT', body, headers });
	const text = await response.text();
	const code = /<Code>(\w+)<\/Code>/.exec(text)?.[1];
	return { status: response.status, etag: response.headers.get('etag'), code };
}

async function complete(session: UploadSession, parts: unknown[], client = mira) {
	const path = `${session.base}/media/uploads/${session.uploadId}`;
	return await client.send('PATCH', path, { body: { parts } });
}

function bytes(size: number): Uint8Array<ArrayBuffer> {
	return new Uint8Array(randomBytes(size));
}

function md5(content: Uint8Array): string {
	return `"${createHash('md5').update(content).digest('hex')}"`;
}

describe('an upload', () => {
	test('an upload becomes ready and returns the same bytes', async () => {
		const session = await begin();
		const contents = [bytes(5 * MIB), bytes(5 * MIB), bytes(123)];
		const parts = await Promise.all(
			contents.map(async (content, index) => {
				const answer = await put(await partUrl(session, index + 1), content);
				expect(answer).toEqual({ status: 200, etag: md5(content), code: undefined });
				return { PartNumber: index + 1, ETag: answer.etag };
			}),
		);
		const media = `/media/${session.mediaUuid}`;
		expect((await mira.get(media)).body).toEqual({ uuid: session.mediaUuid, status: 'created' });

		expect((await complete(session, parts)).body).toEqual({ status: 'processing' });
		expect((await mira.get(media)).body).toEqual({
			uuid: session.mediaUuid,
			status: 'processing',
		});
		sandbox.clock.advance(PROCESSING_MS);
		const { body } = await mira.get(media, { variants: 'main' });
		expect(body).toMatchObject({ status: 'ready', name: 'Harbour', mediaType: 'image' });

		const whole = Buffer.concat(contents);
		const sha256 = createHash('sha256').update(whole).digest('hex');
		expect(await sandbox.fanvue.sha256(session.mediaUuid)).toBe(sha256);
		const [variant] = rows({
			...(await mira.get(media)),
			body: { data: record(body)['variants'] },
		});
		const download = await fetch(String(variant?.['url']));
		expect(download.headers.get('content-type')).toBe('image/png');
		expect(download.headers.get('content-length')).toBe(String(whole.length));
		expect(Buffer.from(await download.arrayBuffer()).equals(whole)).toBe(true);
	});

	test('/v1 returns part sizes', async () => {
		const body = { name: 'n', filename: 'n.mp4', mediaType: 'video', sizeBytes: 20 * MIB };
		const answer = await mira.send('POST', '/v1/media/uploads', { body });

		expect(answer.body).toMatchObject({ partSize: 8 * MIB, maxParts: 10_000, totalParts: 3 });
	});

	test('an upload by an agency belongs to the creator', async () => {
		const agency = new FanvueClient(sandbox, 'agency');
		const nolan = sandbox.fanvue.sandboxState.userByHandle('nolan');
		const session = await begin(agency, `/creators/${nolan.uuid}`);
		const { etag } = await put(await partUrl(session, 1, agency), bytes(9));
		await complete(session, [{ PartNumber: 1, ETag: etag }], agency);
		sandbox.clock.advance(PROCESSING_MS);

		const own = await new FanvueClient(sandbox, 'nolan').get(`/media/${session.mediaUuid}`);
		expect(own.body).toMatchObject({ status: 'ready' });
		expect((await mira.get(`/media/${session.mediaUuid}`)).status).toBe(404);
	});

	test('processing may end with an error', async () => {
		sandbox.fanvue.settings.media.outcome = 'error';
		const session = await begin();
		await put(await partUrl(session, 1), bytes(9));
		await complete(session, [{ PartNumber: 1 }]);
		sandbox.clock.advance(PROCESSING_MS);

		const { body } = await mira.get(`/media/${session.mediaUuid}`);
		expect(body).toEqual({ uuid: session.mediaUuid, status: 'error' });
	});

	test('media cannot be attached before they are ready', async () => {
		const { mediaUuid } = await begin();
		const body = { audience: 'subscribers', mediaUuids: [mediaUuid] };
		const answer = await mira.send('POST', '/posts', { body });

		expect([answer.status, answer.body]).toEqual([
			400,
			{ message: `Media ${mediaUuid} is not ready` },
		]);
	});

	test('a file over the size limit is rejected', async () => {
		const body = { name: 'n', filename: 'n', mediaType: 'video', sizeBytes: 1_610_612_737 };

		expect((await mira.send('POST', '/v1/media/uploads', { body })).status).toBe(400);
	});
});

describe('completing', () => {
	async function withParts(...sizes: number[]) {
		const session = await begin();
		const parts: Array<{ PartNumber: number; ETag: string | null }> = [];
		for (const [index, size] of sizes.entries()) {
			const { etag } = await put(await partUrl(session, index + 1), bytes(size));
			parts.push({ PartNumber: index + 1, ETag: etag });
		}
		return { session, parts };
	}

	test('a small part that is not the last is rejected', async () => {
		const { session, parts } = await withParts(5 * MIB - 1, 5);
		const { status, body } = await complete(session, parts);

		expect([status, body]).toEqual([400, { message: `Part 1 is smaller than ${5 * MIB} bytes` }]);
		sandbox.fanvue.settings.media.minimumPartSize = 4;
		expect((await complete(session, parts)).status).toBe(200);
	});

	test('a wrong ETag, a missing part and a wrong order are rejected', async () => {
		sandbox.fanvue.settings.media.minimumPartSize = 1;
		const { session, parts } = await withParts(5, 5);
		const [first, second] = parts;
		const wrong = { PartNumber: 1, ETag: '"00000000000000000000000000000000"' };

		expect((await complete(session, [wrong])).body).toEqual({
			message: 'Part 1: the ETag does not match',
		});
		expect((await complete(session, [...parts, { PartNumber: 3, ETag: '"x"' }])).body).toEqual({
			message: 'Part 3 was not uploaded',
		});
		expect((await complete(session, [second, first])).body).toEqual({
			message: 'The parts must be in ascending order',
		});
	});

	test('only the S3 spelling of members is accepted', async () => {
		const { session } = await withParts(5);
		const { status, body } = await complete(session, [{ partNumber: 1, etag: 'x' }]);

		expect(status).toBe(400);
		expect(record(body)['errors']).toContain('parts[0] has no member partNumber');
	});

	test('completing twice changes nothing', async () => {
		const { session, parts } = await withParts(5);
		await complete(session, parts);
		sandbox.clock.advance(PROCESSING_MS);

		expect((await complete(session, parts)).body).toEqual({ status: 'ready' });
		const late = await mira.get(`/media/uploads/${session.uploadId}/parts/2/url`);
		expect(late.status).toBe(400);
	});

	test('an upload of another user returns 404', async () => {
		const { session, parts } = await withParts(5);

		expect((await complete(session, parts, new FanvueClient(sandbox, 'nolan'))).status).toBe(404);
	});
});

describe('a presigned address', () => {
	test('a presigned URL is returned as plain text', async () => {
		const session = await begin();
		const answer = await mira.get(`/media/uploads/${session.uploadId}/parts/1/url`);

		expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
		expect(answer.body).toMatch(new RegExp(`^${sandbox.urls.fanvueStorage}/uploads/`));
	});

	test.each([
		['a Bearer token', { authorization: 'Bearer x' }, 400, 'InvalidArgument'],
		['a Fanvue header', { 'x-fanvue-api-version': '2025-06-26' }, 400, 'InvalidRequest'],
	])('refuses %s', async (_name, headers, status, code) => {
		const url = await partUrl(await begin(), 1);

		expect(await put(url, bytes(5), headers)).toEqual({ status, etag: null, code });
	});

	test('a presigned URL is valid for its own part only', async () => {
		const url = await partUrl(await begin(), 1);
		const other = await put(url.replace('partNumber=1', 'partNumber=2'), bytes(5));
		const wrong = await put(
			url.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
			bytes(5),
		);

		expect([other.code, wrong.code]).toEqual(['SignatureDoesNotMatch', 'SignatureDoesNotMatch']);
		expect((await fetch(url)).status).toBe(403);
	});

	test('a presigned URL expires', async () => {
		const url = await partUrl(await begin(), 1);
		sandbox.clock.advance(3_600_000);

		expect(await put(url, bytes(5))).toMatchObject({ status: 403, code: 'AccessDenied' });
	});

	test('an upload without Content-Length is rejected', async () => {
		const url = await partUrl(await begin(), 1);
		const stream = new ReadableStream({
			start(controller) {
				controller.enqueue(bytes(5));
				controller.close();
			},
		});
		const options = { method: 'PUT', body: stream, duplex: 'half' };
		const response = await fetch(url, options);

		expect(response.status).toBe(411);
		expect(await response.text()).toContain('<Code>MissingContentLength</Code>');
	});

	test('a variant URL expires and rejects a token', async () => {
		const [media] = rows(
			await mira.get('/media', { variants: 'blurred', mediaType: 'image', status: 'ready' }),
		);
		const [variant] = Array.isArray(media?.['variants']) ? media['variants'].map(record) : [];
		const url = String(variant?.['url']);

		expect((await fetch(url)).headers.get('content-type')).toBe('image/png');
		expect((await fetch(url, { headers: { authorization: 'Bearer x' } })).status).toBe(400);
		sandbox.clock.advance(300_000);
		expect((await fetch(url)).status).toBe(403);
	});

	test('the request log contains no signatures and no bytes', async () => {
		const url = await partUrl(await begin(), 1);
		await put(url, new Uint8Array(Buffer.from('picture bytes')), { 'content-type': 'text/plain' });
		const [entry] = sandbox.requestLog.entries({ path: '/fanvue-storage/uploads/' });

		expect(entry).toMatchObject({ method: 'PUT', status: 200, bodyText: '' });
		const signature = new URL(url).searchParams.get('X-Amz-Signature') ?? '';
		expect(JSON.stringify(sandbox.requestLog.entries())).not.toContain(signature);
	});
});

test('a reset deletes the uploaded files', async () => {
	const session = await begin();
	await put(await partUrl(session, 1), bytes(9));
	const file = sandbox.fanvue.sandboxState.uploads.get(session.uploadId)?.parts.get(1)?.file ?? '';

	expect(existsSync(file)).toBe(true);
	sandbox.reset();
	expect(existsSync(file)).toBe(false);
});
