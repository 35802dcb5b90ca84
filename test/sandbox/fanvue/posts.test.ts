import type { Sandbox } from '../../../sandbox/index';
import { FanvueClient, record, rows, type ClientResponse } from './client';
import { useSandbox } from '../../support/sandbox';

const NOBODY = '00000000-0000-4000-8000-000000000000';
const MINUTE = 60_000;

let sandbox: Sandbox;
let mira: FanvueClient;
let picture: string;
let postUuid: string;

useSandbox((started) => {
	sandbox = started;
});
beforeEach(() => {
	mira = new FanvueClient(sandbox);
	picture = [...sandbox.fanvue.sandboxState.media.keys()][0] ?? '';
	postUuid = sandbox.fanvue.sandboxState.posts[0]?.uuid ?? '';
});

function inMinutes(minutes: number): string {
	return new Date(sandbox.clock.now() + minutes * MINUTE).toISOString();
}

async function create(body: Record<string, unknown>): Promise<ClientResponse> {
	return await mira.send('POST', '/posts', { body: { audience: 'subscribers', ...body } });
}

async function createUuid(body: Record<string, unknown>): Promise<string> {
	return String(record((await create(body)).body)['uuid']);
}

async function patch(uuid: string, body: unknown): Promise<ClientResponse> {
	return await mira.send('PATCH', `/posts/${uuid}`, { body });
}

async function read(uuid: string): Promise<Record<string, unknown>> {
	return record((await mira.get(`/posts/${uuid}`)).body);
}

describe('creating', () => {
	test('a post without publishAt is published immediately', async () => {
		const { status, body } = await create({ text: 'Now', mediaUuids: [picture], price: 300 });

		expect(status).toBe(201);
		expect(body).toEqual({
			uuid: expect.any(String),
			createdAt: expect.any(String),
			text: 'Now',
			price: 300,
			mediaPreviewUuid: null,
			audience: 'subscribers',
			publishAt: null,
			publishedAt: record(body)['createdAt'],
			expiresAt: null,
		});
	});

	test('a scheduled post is published by the clock', async () => {
		const publishAt = inMinutes(10);
		const uuid = await createUuid({ text: 'Later', publishAt });

		expect(await read(uuid)).toMatchObject({ publishAt, publishedAt: null });
		const published = async (): Promise<unknown[]> =>
			rows(await mira.get('/posts', { includeUnpublished: 'false', size: '3' })).map(
				(post) => post['uuid'],
			);
		expect(await published()).not.toContain(uuid);
		sandbox.clock.advance(10 * MINUTE);
		expect(await read(uuid)).toMatchObject({ publishAt: null, publishedAt: publishAt });
		expect(await published()).toContain(uuid);
	});

	test('a post with expiresAt disappears', async () => {
		const uuid = await createUuid({ text: 'Soon gone', expiresAt: inMinutes(10) });
		expect(await read(uuid)).toMatchObject({ text: 'Soon gone' });
		sandbox.clock.advance(10 * MINUTE);

		expect((await mira.get(`/posts/${uuid}`)).status).toBe(404);
	});

	test.each([
		['no audience', { audience: null }, { errors: ['audience must not be null'] }],
		['a price without media', { price: 500 }, { errors: ['price needs media'] }],
		['null for no price', { price: null }, { errors: ['price must not be null'] }],
		['dollars', { price: 9.99 }, { errors: ['price must be written as bare digits, not as 9.99'] }],
		[
			'a time in the past',
			{ publishAt: '2020-01-01T00:00:00Z' },
			{ errors: ['publishAt must be in the future'] },
		],
		[
			'a date in words',
			{ publishAt: 'tomorrow' },
			{ errors: [expect.stringContaining('ISO 8601')] },
		],
		['an unknown picture', { mediaUuids: [NOBODY] }, { message: `Media ${NOBODY} does not exist` }],
		[
			'an unknown collection',
			{ collectionUuids: [NOBODY] },
			{ message: `Collection ${NOBODY} does not exist` },
		],
		['content', { content: 'x' }, { errors: ['content is not a body parameter of this call'] }],
	])('refuses %s', async (_name, body, answer) => {
		const refused = await create(body);

		expect([refused.status, refused.body]).toEqual([400, answer]);
	});

	test('expiresAt before publishAt is rejected', async () => {
		const answer = await create({ publishAt: inMinutes(10), expiresAt: inMinutes(5) });

		expect(answer.body).toEqual({ errors: ['expiresAt must be after the post is published'] });
	});
});

describe('changing', () => {
	test('null clears a member, an absent member is unchanged', async () => {
		const uuid = await createUuid({
			text: 'Text',
			mediaUuids: [picture],
			price: 500,
			mediaPreviewUuid: picture,
			expiresAt: inMinutes(60),
			collectionUuids: [...sandbox.fanvue.sandboxState.collections.keys()],
		});
		const { body } = await patch(uuid, {
			text: null,
			price: null,
			mediaPreviewUuid: null,
			expiresAt: null,
			collectionUuids: null,
		});

		expect(body).toMatchObject({
			text: null,
			price: null,
			mediaPreviewUuid: null,
			expiresAt: null,
			collections: [],
			mediaUuids: [picture],
			audience: 'subscribers',
		});
	});

	test('publishAt null publishes a scheduled post at once', async () => {
		const uuid = await createUuid({ text: 'Later', publishAt: inMinutes(60) });
		const { body } = await patch(uuid, { publishAt: null });

		expect(body).toMatchObject({ publishAt: null, publishedAt: expect.any(String) });
	});

	test('publishAt moves a scheduled post, but not a published one', async () => {
		const later = inMinutes(120);
		const uuid = await createUuid({ text: 'Later', publishAt: inMinutes(60) });

		expect((await patch(uuid, { publishAt: later })).body).toMatchObject({ publishAt: later });
		const refused = await patch(postUuid, { publishAt: later });
		expect([refused.status, refused.body]).toEqual([
			400,
			{ message: 'The post is already published' },
		]);
	});

	test('removing the media of a post with a price is rejected', async () => {
		const uuid = await createUuid({ mediaUuids: [picture], price: 500 });

		expect((await patch(uuid, { mediaUuids: [] })).body).toEqual({ errors: ['price needs media'] });
		expect(await read(uuid)).toMatchObject({ mediaUuids: [picture] });
	});

	test('a deleted post returns 404', async () => {
		expect((await mira.send('DELETE', `/posts/${postUuid}`)).status).toBe(204);
		expect((await mira.get(`/posts/${postUuid}`)).status).toBe(404);
		expect((await mira.send('DELETE', `/posts/${postUuid}`)).status).toBe(404);
	});

	test('a post of another creator returns 404', async () => {
		const nolan = new FanvueClient(sandbox, 'nolan');

		expect((await nolan.get(`/posts/${postUuid}`)).status).toBe(404);
		expect((await nolan.send('DELETE', `/posts/${postUuid}`)).status).toBe(404);
	});
});

describe('the feed', () => {
	async function top(): Promise<unknown> {
		return rows(await mira.get('/posts', { size: '1', includeUnpublished: 'false' }))[0]?.['uuid'];
	}

	test('the feed starts with the pinned posts, then the newest', async () => {
		const pin = `/posts/${postUuid}/pin`;
		expect((await mira.send('POST', pin)).body).toMatchObject({ isPinned: true });
		expect(await top()).toBe(postUuid);
		expect((await mira.send('DELETE', pin)).body).toMatchObject({ isPinned: false });
		expect(await top()).not.toBe(postUuid);
	});

	test('a repost is the newest post of the feed', async () => {
		const before = await read(postUuid);
		const { body } = await mira.send('POST', `/posts/${postUuid}/repost`);

		expect(String(record(body)['publishedAt']) > String(before['publishedAt'])).toBe(true);
		const [, second] = rows(await mira.get('/posts', { size: '2', includeUnpublished: 'false' }));
		expect(second?.['uuid']).toBe(postUuid);
	});
});

describe('reactions', () => {
	test('likes, comments and tips are counted', async () => {
		const lively = sandbox.fanvue.sandboxState.posts.find(({ likes }) => likes.length > 50);
		const path = `/posts/${lively?.uuid}`;
		const post = record((await mira.get(path)).body);
		const likes = rows(await mira.get(`${path}/likes`, { size: '50', page: '2' }));
		const tips = rows(await mira.get(`${path}/tips`, { size: '50' }));

		expect(likes).toHaveLength(Number(post['likesCount']) - 50);
		expect(post['tips']).toEqual({
			count: tips.length,
			totalGross: tips.reduce((sum, { gross }) => sum + Number(gross), 0),
			totalNet: tips.reduce((sum, { net }) => sum + Number(net), 0),
		});
	});

	test('a comment is created, listed and deleted', async () => {
		const path = `/posts/${postUuid}/comments`;
		const { body } = await mira.send('POST', path, { body: { text: 'Thanks!' } });
		const [comment] = rows(await mira.get(path));

		expect(comment).toMatchObject({ ...record(body), user: { handle: 'mira' } });
		const one = `${path}/${String(record(body)['uuid'])}`;
		expect((await mira.send('DELETE', one)).status).toBe(204);
		expect((await mira.send('DELETE', one)).status).toBe(404);
	});
});

describe('collections', () => {
	test('collection labels are unique, and deleting one removes it from the posts', async () => {
		const taken = await mira.send('POST', '/collections', { body: { label: 'Harbour' } });
		expect([taken.status, taken.body]).toEqual([
			409,
			{ message: 'A collection named Harbour already exists' },
		]);
		const { body } = await mira.send('POST', '/collections', { body: { label: 'New' } });
		const uuid = String(record(body)['uuid']);
		const path = `/collections/${uuid}`;
		await patch(postUuid, { collectionUuids: [uuid] });

		expect((await mira.send('PATCH', path, { body: { label: 'Newer' } })).status).toBe(204);
		expect(await read(postUuid)).toMatchObject({ collections: [{ uuid, label: 'Newer' }] });
		expect((await mira.send('PATCH', path, { body: { label: 'Harbour' } })).status).toBe(409);
		expect((await mira.send('DELETE', path)).status).toBe(204);
		expect(await read(postUuid)).toMatchObject({ collections: [] });
	});
});
