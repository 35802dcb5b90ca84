import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { INodeParameters } from 'n8n-workflow';
import { isPublicHost } from '../../../nodes/shared/client/publicAddress';
import type { Sandbox } from '../../../sandbox';
import { startSandbox } from '../../support/sandbox';
import { plainPng } from '../../../sandbox/fanfou/pictures';
import { binaryFile } from '../../support/n8n';
import { FanfouHarness, SECRETS } from '../../support/fanfouHarness';

// n8n reads this setting at its first request. 127.0.0.2 stands for a public address, 127.0.0.1 for
// a private one.
process.env.N8N_SSRF_ALLOWED_IP_RANGES = '127.0.0.2/32';

const PNG = plainPng(20, [200, 30, 30]);
const MEGABYTE = 1024 * 1024;

let sandbox: Sandbox;
let web: Server;
let origin: string;
let port: number;
const seen: IncomingMessage[] = [];
let answer: (request: IncomingMessage, response: ServerResponse) => void;

beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
	web = createServer((request, response) => {
		seen.push(request);
		answer(request, response);
	});
	await new Promise<void>((resolve) => web.listen(0, '127.0.0.2', resolve));
	const address = web.address();
	if (address === null || typeof address === 'string') throw new Error('Not listening');
	port = address.port;
	origin = `http://127.0.0.2:${port}`;
});
afterAll(async () => {
	web.closeAllConnections();
	await new Promise((resolve) => web.close(resolve));
	await sandbox.close();
});
beforeEach(() => {
	sandbox.reset();
	seen.length = 0;
	answer = (_request, response) => response.end(PNG);
});

const harness = new FanfouHarness(() => sandbox);
const post = async (photoUrl: string, more: INodeParameters = {}) =>
	await harness.run('photo', 'upload', { photoFrom: 'url', photoUrl, ...more });
const uploads = () => sandbox.requestLog.entries({ endpoint: 'photos.upload' });
const sha256 = (data: Buffer) => createHash('sha256').update(data).digest('hex');

describe('a photo from a URL', () => {
	test('a photo from a URL is posted completely with its text and a plain file name', async () => {
		const { items, error, saved } = await post(`${origin}/secret/path.php?id=1`, {
			status: '看图 & 说话',
		});
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ text: '看图 & 说话', photo: expect.any(Object) });
		expect(uploads().map(({ parts }) => parts)).toEqual([
			[
				expect.objectContaining({ name: 'status', text: '看图 & 说话' }),
				expect.objectContaining({
					name: 'photo',
					filename: 'image.png',
					contentType: 'image/png',
					size: PNG.length,
					sha256: sha256(PNG),
				}),
			],
		]);
		for (const secret of SECRETS) expect(saved).not.toContain(secret);
	});

	test('a photo URL is requested without credentials', async () => {
		await post(`${origin}/a.png`);
		expect(seen.map(({ method, url }) => `${method ?? ''} ${url ?? ''}`)).toEqual(['GET /a.png']);
		expect(seen[0]?.headers).not.toHaveProperty('authorization');
		expect(seen[0]?.headers).not.toHaveProperty('cookie');
	});

	test('the type of a photo is determined by its content, not by the server', async () => {
		answer = (_request, response) =>
			response.writeHead(200, { 'content-type': 'text/html' }).end(PNG);
		const { items } = await post(`${origin}/page.html`);
		expect(items).toHaveLength(1);
		answer = (_request, response) =>
			response.writeHead(200, { 'content-type': 'image/png' }).end('<html>no picture</html>');
		const { error } = await post(`${origin}/a.png`);
		expect(error?.message).toBe('"Photo URL" is not a JPEG, PNG, GIF, BMP or WebP picture');
		expect(uploads()).toHaveLength(1);
	});

	test('a photo of a type that Fanfou may reject is posted with a hint', async () => {
		const webp = Buffer.from('RIFF\x10\0\0\0WEBPVP8 \0\0\0\0', 'latin1');
		answer = (_request, response) => response.end(webp);
		const { hints } = await post(`${origin}/a.webp`);
		expect(hints).toEqual(['Fanfou accepts JPEG, PNG and GIF; it may reject image/webp']);
	});

	test.each([
		['announced', true],
		['found out while reading', false],
	])('the download of a photo over 5 MB is stopped: %s', async (_name, announced) => {
		let sent = 0;
		answer = (_request, response) => {
			if (announced) response.setHeader('content-length', String(50 * MEGABYTE));
			const chunk = Buffer.alloc(MEGABYTE / 4);
			const more = () => {
				while (!response.destroyed && sent < 50 * MEGABYTE) {
					sent += chunk.length;
					if (!response.write(chunk)) {
						response.once('drain', more);
						return;
					}
				}
				response.end();
			};
			more();
		};
		const { error } = await post(`${origin}/large.png`);
		expect(error?.message).toBe('"Photo URL" is larger than 5 MB');
		expect(sent).toBeLessThan(20 * MEGABYTE);
		expect(uploads()).toEqual([]);
	});

	test('a photo of exactly 5 MB is posted', async () => {
		const large = Buffer.concat([PNG, Buffer.alloc(5 * MEGABYTE - PNG.length)]);
		answer = (_request, response) => response.end(large);
		await post(`${origin}/large.png`);
		expect(uploads()[0]?.parts?.[0]?.size).toBe(5 * MEGABYTE);
	});

	test.each([
		['never answers', () => undefined],
		[
			'trickles',
			(_request: IncomingMessage, response: ServerResponse) => {
				response.write(PNG.subarray(0, 10));
				const drip = setInterval(() => response.write('.'), 20);
				response.on('close', () => clearInterval(drip));
			},
		],
	])('a download from a server that %s ends after a timeout', async (_name, slowly) => {
		answer = slowly;
		const started = Date.now();
		const { error } = await post(`${origin}/slow.png`, { options: { timeout: 400 } });
		expect(error?.message).toBe('"Photo URL" was not read within 0.4 s');
		expect(Date.now() - started).toBeLessThan(10_000);
		expect(uploads()).toEqual([]);
	});

	test.each([
		['a page that is gone', 404],
		['a server that is down', 500],
	])('the download of %s is reported', async (_name, status) => {
		answer = (_request, response) => response.writeHead(status).end(PNG);
		const { error } = await post(`${origin}/a.png`);
		expect(error?.message).toBe(`"Photo URL" returned status ${status}`);
		expect(seen).toHaveLength(1);
	});

	test('a download from an unreachable server is reported', async () => {
		const { error } = await post('http://127.0.0.2:9/a.png');
		expect(error?.message).toBe('"Photo URL" cannot be reached (ECONNREFUSED)');
	});
});

describe('redirects of photo URLs', () => {
	const leadTo = (location: string) => {
		answer = (request, response) => {
			if (request.url === '/end.png') response.end(PNG);
			else response.writeHead(302, { location }).end();
		};
	};

	test('redirects are followed, also relative ones', async () => {
		leadTo('/end.png');
		const { items } = await post(`${origin}/start`);
		expect(items).toHaveLength(1);
		expect(seen.map(({ url }) => url)).toEqual(['/start', '/end.png']);
	});

	test('a redirect to a private network is rejected', async () => {
		leadTo(`${sandbox.url}/fanfou-photo/n0/stock.png`);
		const { error } = await post(`${origin}/start`);
		expect(error?.message).toBe('"Photo URL" leads to an address inside this network');
		expect(sandbox.requestLog.entries()).toEqual([]);
	});

	test('a redirect to another protocol is rejected', async () => {
		leadTo('file:///etc/passwd');
		const { error } = await post(`${origin}/start`);
		expect(error?.message).toBe('"Photo URL" cannot begin with file:');
	});

	test('endless redirects are stopped', async () => {
		leadTo('/again');
		const { error } = await post(`${origin}/start`);
		expect(error?.message).toBe('"Photo URL" redirects more than 5 times');
		expect(seen).toHaveLength(6);
	});
});

describe('photo URLs that are rejected before a request', () => {
	test.each([
		['={{ "" }}', '"Photo URL" is empty'],
		['a photo', '"Photo URL" is not an address'],
		['ftp://example.com/a.png', '"Photo URL" cannot begin with ftp:'],
		['data:image/png;base64,AAAA', '"Photo URL" cannot begin with data:'],
		['http://me:secret@127.0.0.2/a.png', '"Photo URL" holds a name or password'],
		['http://127.0.0.1/a.png', '"Photo URL" leads to an address inside this network'],
		['http://localhost/a.png', '"Photo URL" leads to an address inside this network'],
		['http://[::1]/a.png', '"Photo URL" leads to an address inside this network'],
		['http://10.0.0.7/a.png', '"Photo URL" leads to an address inside this network'],
		[
			'http://169.254.169.254/latest/meta-data',
			'"Photo URL" leads to an address inside this network',
		],
		['http://0x7f000001/a.png', '"Photo URL" leads to an address inside this network'],
		['http://2130706433/a.png', '"Photo URL" leads to an address inside this network'],
	])('the photo URL %s is rejected', async (address, message) => {
		const { error, saved } = await post(address);
		expect(error?.message).toBe(message);
		expect(seen).toEqual([]);
		expect(uploads()).toEqual([]);
		if (address.includes('secret')) expect(error?.description).not.toContain('secret');
		expect(saved).not.toContain('undefined');
	});

	test('private addresses are rejected by name and number if n8n has no filter', () => {
		const inside = [
			'localhost',
			'localhost.',
			'db',
			'db.',
			'a.internal',
			'127.1.2.3',
			'10.0.0.1',
			'172.31.0.1',
			'192.168.1.1',
			'169.254.1.1',
			'100.64.0.1',
			'0.0.0.0',
			'[::1]',
			'[::]',
			'[fd00::1]',
			'[fe80::1]',
			'[::ffff:127.0.0.1]',
		];
		expect(inside.filter(isPublicHost)).toEqual([]);
		const outside = [
			'example.com',
			'example.com.',
			'8.8.8.8',
			'172.32.0.1',
			'100.128.0.1',
			'[2606:4700::1111]',
		];
		expect(outside.filter(isPublicHost)).toEqual(outside);
	});
});

describe('a photo from the input item', () => {
	const item = (data: Buffer, name: string, type: string) => ({
		json: {},
		binary: { data: binaryFile(data, name, type) },
	});

	test.each(['a\nb', 'a\r\nb', 'a\rb', '字\n'.repeat(70)])(
		'the line breaks of a text are posted unchanged: %j',
		async (status) => {
			const items = [item(PNG, '饭.png', 'image/png')];
			const { error } = await harness.run('photo', 'upload', { status }, { items });
			expect(error).toBeUndefined();
			expect(uploads()[0]?.parts?.[0]).toMatchObject({ name: 'status', text: status });
		},
	);

	test.each([
		[
			'notes.txt',
			'The file name does not end like that of a picture; the type is read from the file',
		],
		['cat.JPG', 'The file name ends like that of a picture'],
		['cat', 'The file name ends like that of a picture'],
	])(
		'the preview of the file %s states whether its name is that of a picture',
		async (name, hint) => {
			const items = [item(PNG, name, 'image/png')];
			const preview = await harness.run('photo', 'upload', { confirm: false }, { items });
			expect(preview.items[0]?.json).toMatchObject({ photo_hint: hint });
		},
	);

	test('a file name with quotes and line breaks is posted', async () => {
		const items = [item(PNG, 'a"\r\nb.png', 'image/png')];
		const { error } = await harness.run('photo', 'upload', {}, { items });
		expect(error).toBeUndefined();
		expect(uploads()[0]?.parts).toHaveLength(1);
		expect(uploads()[0]?.parts?.[0]).toMatchObject({ sha256: sha256(PNG) });
	});

	test.each([
		['file name', { fileName: { a: 1 } }],
		['file name', { fileName: 5 }],
		['MIME type', { mimeType: 7 }],
	])('a photo whose %s is not text is rejected: %j', async (what, more) => {
		const file = JSON.parse(JSON.stringify({ ...binaryFile(PNG, 'a.png', 'image/png'), ...more }));
		const { error } = await harness.run(
			'photo',
			'upload',
			{},
			{ items: [{ json: {}, binary: { data: file } }] },
		);
		expect(error?.message).toBe(`"Input Data Field Name" names "data", whose ${what} is not text`);
		expect(uploads()).toEqual([]);
	});

	test.each<unknown>([null, 'a.png', 5, [], {}, { data: 5 }, { data: 'YQ==', id: 7 }])(
		'a file of a Code node that has no content is rejected: %j',
		async (file) => {
			const items = JSON.parse(JSON.stringify([{ json: {}, binary: { data: file } }]));
			const { error } = await harness.run('photo', 'upload', {}, { items });
			expect(error?.message).toBe(
				'"Input Data Field Name" names "data", whose content n8n cannot read',
			);
			expect(uploads()).toEqual([]);
		},
	);

	test.each([
		['photo', 'upload'],
		['account', 'updateProfileImage'],
	])('an empty file is rejected by %s %s', async (resource, operation) => {
		const items = [item(Buffer.alloc(0), 'a.png', 'image/png')];
		const { error } = await harness.run(resource, operation, { confirm: true }, { items });
		expect(error?.message).toBe('"Input Data Field Name" names "data", which is an empty file');
		expect(uploads()).toEqual([]);
	});

	test('a photo is posted with its own name and its detected type', async () => {
		await harness.run('photo', 'upload', {}, { items: [item(PNG, '饭.jpg', 'image/jpeg')] });
		expect(uploads()[0]?.parts).toEqual([
			expect.objectContaining({
				filename: '饭.jpg',
				contentType: 'image/png',
				sha256: sha256(PNG),
			}),
		]);
	});

	test('a file name without extension gets that of its type', async () => {
		await harness.run('photo', 'upload', {}, { items: [item(PNG, '饭', 'image/jpeg')] });
		expect(uploads()[0]?.parts?.[0]).toMatchObject({ filename: 'image.png' });
	});

	test('an unknown value of Photo From is rejected', async () => {
		const { error } = await harness.run('photo', 'upload', {
			photoFrom: '={{ "URL" }}',
			photoUrl: 'https://example.com/a.png',
		});
		expect(error?.message).toBe('"Photo From" cannot be "URL"');
		expect(uploads()).toEqual([]);
	});

	test('a file of an unknown type is sent to Fanfou unchanged', async () => {
		const { error } = await harness.run(
			'photo',
			'upload',
			{},
			{ items: [item(Buffer.from('not a picture'), 'a.heic', 'image/heic')] },
		);
		expect(error?.message).toBe('Fanfou rejected the photo (上传照片失败)');
		expect(error?.httpCode).toBe('400');
		expect(uploads()[0]?.parts?.[0]?.contentType).toBe('image/heic');
	});

	test('a photo over 5 MB is rejected', async () => {
		const large = Buffer.concat([PNG, Buffer.alloc(5 * MEGABYTE)]);
		const { error } = await harness.run(
			'photo',
			'upload',
			{},
			{ items: [item(large, 'a.png', 'image/png')] },
		);
		expect(error?.message).toBe('"Input Data Field Name" names a photo larger than 5 MB');
		expect(uploads()).toEqual([]);
	});

	test('the error for a missing file names the field', async () => {
		const { error } = await harness.run('photo', 'upload', { binaryPropertyName: 'photo' });
		expect(error?.message).toBe(
			'"Input Data Field Name" names "photo", but the item has no such file',
		);
	});
});
