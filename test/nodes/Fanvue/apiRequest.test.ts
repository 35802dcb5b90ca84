import { createHash } from 'node:crypto';
import type { INodeParameters } from 'n8n-workflow';
import { Arrivals, request, rows } from '../../support/apiRequest';
import { FanvueHarness } from '../../support/fanvueHarness';
import { binaryFile } from '../../support/n8n';
import type { RunOptions } from '../../support/n8n';

let harness: FanvueHarness;
beforeAll(async () => (harness = await FanvueHarness.start()));
afterAll(async () => await harness.close());
beforeEach(() => harness.sandbox.reset());

async function send(path: string, parameters: INodeParameters = {}, more?: Partial<RunOptions>) {
	return await harness.run('apiRequest', 'send', request(path, parameters), more);
}

test('API Request walks the pages of a Fanvue list by number, and below /v1 by cursor', async () => {
	const all = await harness.run('post', 'getAll', { returnAll: true, simplify: false });
	harness.sandbox.requestLog.clear();
	const numbered = await send('/posts', { pagination: 'page', returnAll: true });
	expect(numbered.error).toBeUndefined();
	expect(numbered.items).toEqual(all.items);
	const pages = Math.ceil(all.items.length / 50);
	expect(harness.lines().slice(0, 2)).toEqual([
		'GET /posts?page=1&size=50',
		...(pages > 1 ? ['GET /posts?page=2&size=50'] : []),
	]);
	const cursor = await send('/v1/followers', { pagination: 'cursor', returnAll: true });
	expect(cursor.error).toBeUndefined();
	expect(harness.calls().filter(({ variant }) => variant === 'v1').length).toBeGreaterThan(1);
	expect(harness.calls().flatMap(({ violations }) => violations)).toEqual([]);
	expect(cursor.items.length).toBeGreaterThan(50);
	expect(new Set(cursor.items.map(({ json }) => json.uuid)).size).toBe(cursor.items.length);
});

test('API Request calls routes of managed creators with the version header', async () => {
	const { items, error } = await send(
		'/creators/{creatorUserUuid}/posts',
		{
			pathParameters: rows(['creatorUserUuid', harness.uuid('mira')]),
			queryParameters: rows(['size', '2']),
			itemsPath: 'data',
		},
		{ credentials: harness.credential('agency') },
	);
	expect(error).toBeUndefined();
	expect(items).toHaveLength(2);
	expect(harness.lines()).toEqual([`GET /creators/${harness.uuid('mira')}/posts?size=2`]);
	expect(harness.calls()[0]?.headers['x-fanvue-api-version']).toBe('2025-06-26');
});

test('API Request uploads a file to Fanvue in three calls', async () => {
	const created = await send('/media/uploads', {
		method: 'POST',
		bodyType: 'json',
		jsonBody: '{"name":"Waves","filename":"waves.mp4","mediaType":"video"}',
	});
	expect(created.error).toBeUndefined();
	const { uploadId, mediaUuid } = created.items[0]?.json ?? {};
	const part = await send('/media/uploads/{uploadId}/parts/1/url', {
		pathParameters: rows(['uploadId', String(uploadId)]),
	});
	const bytes = Buffer.from([0, 255, 13, 10, 128]);
	const put = await fetch(String(part.items[0]?.json.value), { method: 'PUT', body: bytes });
	const completed = await send('/media/uploads/{uploadId}', {
		method: 'PATCH',
		pathParameters: rows(['uploadId', String(uploadId)]),
		bodyType: 'json',
		jsonBody: JSON.stringify({ parts: [{ PartNumber: 1, ETag: put.headers.get('etag') }] }),
	});
	expect(completed.error).toBeUndefined();
	expect(await harness.sandbox.fanvue.sha256(String(mediaUuid))).toBe(
		createHash('sha256').update(bytes).digest('hex'),
	);
	expect(harness.calls().flatMap(({ violations }) => violations)).toEqual([]);
});

test('API Request waits when Fanvue reports its rate limit, and sends a write once more', async () => {
	harness.sandbox.faults.add({ service: 'fanvue', kind: 'rateLimit', retryAfter: 1 });
	const { error } = await send('/chats/lists/custom', {
		method: 'POST',
		bodyType: 'json',
		jsonBody: '{"name":"Regulars"}',
	});
	expect(error).toBeUndefined();
	expect(harness.calls().map(({ status }) => status)).toEqual([429, 201]);
	const [first, second] = harness.calls();
	expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(1000);
	expect(new Set(harness.calls().map(({ bodyText }) => bodyText))).toEqual(
		new Set(['{"name":"Regulars"}']),
	);
});

test('API Request calls an endpoint of Fanvue that the node does not know', async () => {
	const arrivals = new Arrivals();
	harness.sandbox.planted.add({
		service: 'fanvue',
		method: 'POST',
		path: '/experiences/a%2Fb/tickets',
		reply: (arrived) => {
			arrivals.add(arrived);
			return { json: { data: [{ ticketId: 1 }, { ticketId: 2 }] } };
		},
	});
	const { items, error } = await send('/experiences/:id/tickets', {
		method: 'POST',
		pathParameters: rows(['id', 'a/b']),
		bodyType: 'json',
		jsonBody: '{"price":463992311181737985}',
		itemsPath: 'data',
		additionalFields: { headers: rows(['X-Trial', 'yes']) },
	});
	expect(error).toBeUndefined();
	expect(items.map(({ json }) => json)).toEqual([{ ticketId: '1' }, { ticketId: '2' }]);
	expect(arrivals.lines()).toEqual([
		'POST /fanvue/experiences/a%2Fb/tickets {"price":463992311181737985}',
	]);
	expect(arrivals.requests[0]?.headers).toMatchObject({
		authorization: expect.stringMatching(/^Bearer \S+$/),
		'x-fanvue-api-version': '2025-06-26',
		'x-trial': 'yes',
		'content-type': 'application/json',
	});
});

test('API Request sends a file in a form to Fanvue byte for byte', async () => {
	const arrivals = new Arrivals();
	const bytes = Buffer.from([0, 255, 13, 10, 128]);
	harness.sandbox.planted.add({
		service: 'fanvue',
		method: 'POST',
		path: '/me/avatar',
		reply: (arrived) => {
			arrivals.add(arrived);
			return { status: 204 };
		},
	});
	const { items, error } = await send(
		'/me/avatar',
		{
			method: 'POST',
			bodyType: 'file',
			fileFieldName: 'avatar',
			formFields: rows(['alt', '海 & sea']),
		},
		{ items: [{ json: {}, binary: { data: binaryFile(bytes, 'me.png', 'image/png') } }] },
	);
	expect(error).toBeUndefined();
	expect(items.map(({ json }) => json)).toEqual([{ success: true }]);
	const [alt, avatar] = arrivals.parts();
	expect(alt?.bytes.toString()).toBe('海 & sea');
	expect(avatar).toMatchObject({ name: 'avatar', filename: 'me.png', contentType: 'image/png' });
	expect(avatar?.bytes.equals(bytes)).toBe(true);
});

test('API Request refreshes an expired token once and shows no secret', async () => {
	harness.sandbox.faults.add({ service: 'fanvue', kind: 'expireToken' });
	const { items, error, saved } = await send('/users/me');
	expect(error).toBeUndefined();
	expect(items[0]?.json.handle).toBe('mira');
	for (const secret of harness.sandbox.fanvue.secrets()) expect(saved).not.toContain(secret);
});

test('API Request returns an error of Fanvue as it does for other operations, in each format', async () => {
	for (const responseFormat of ['json', 'text', 'file']) {
		const { error } = await send('/posts/{uuid}', {
			pathParameters: rows(['uuid', '00000000-0000-4000-8000-000000000000']),
			responseFormat,
		});
		expect(error?.httpCode).toBe('404');
	}
});

test('the list of paths has the routes of creators and those below /v1', async () => {
	const { results } = await harness.list('searchEndpoints', {
		parameters: { resource: 'apiRequest', operation: 'send', method: 'GET' },
		filter: 'posts',
	});
	const values = results.map(({ value }) => value);
	expect(values).toEqual(
		expect.arrayContaining(['/posts', '/v1/posts', '/creators/{creatorUserUuid}/posts']),
	);
});
