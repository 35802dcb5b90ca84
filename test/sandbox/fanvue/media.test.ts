import type { Sandbox } from '../../../sandbox/index';
import { FanvueClient, record, rows } from './client';
import { useSandbox } from '../../support/sandbox';

const NOBODY = '00000000-0000-4000-8000-000000000000';

let sandbox: Sandbox;
let mira: FanvueClient;
let felix: string;
let picture: string;

useSandbox((started) => {
	sandbox = started;
});
beforeEach(() => {
	mira = new FanvueClient(sandbox);
	felix = sandbox.fanvue.sandboxState.userByHandle('felix').uuid;
	picture = [...sandbox.fanvue.sandboxState.media.keys()][0] ?? '';
});

describe('media', () => {
	test('media have no URLs unless variants are requested', async () => {
		const { body } = await mira.get(`/media/${picture}`);

		expect(JSON.stringify(body)).not.toContain('http');
		expect(body).not.toHaveProperty('variants');
	});

	test('media have the requested variants', async () => {
		const { body } = await mira.get(`/media/${picture}`, { variants: 'main,blurred' });
		const { variants } = record(body);

		expect(variants).toEqual([
			expect.objectContaining({ variantType: 'main', displayPosition: 0, width: 640 }),
			expect.objectContaining({ variantType: 'blurred', displayPosition: 0, width: 160 }),
		]);
	});

	test('variants are separated by commas, not repeated', async () => {
		const { status } = await mira.get(`/media/${picture}`, { variants: ['main', 'blurred'] });

		expect(status).toBe(400);
	});

	test.each([
		['image', { mediaType: 'image' }],
		['video', { mediaType: 'video' }],
	])('are filtered by type: %s', async (type, query) => {
		const found = rows(await mira.get('/media', { ...query, status: 'ready', size: '50' }));

		expect(found.length).toBeGreaterThan(5);
		expect(new Set(found.map(({ mediaType }) => mediaType))).toEqual(new Set([type]));
	});

	test('unfinished media only have a status', async () => {
		const found = rows(await mira.get('/media', { status: 'created' }));

		expect(found).toEqual([{ uuid: expect.any(String), status: 'created' }]);
	});

	test('media are filtered by usage', async () => {
		const count = async (usage: string): Promise<number> =>
			rows(await mira.get('/media', { usage, size: '50' })).length;

		expect(await count('ppv')).toBeGreaterThan(0);
		expect(await count('subscribers')).toBeGreaterThan(0);
		expect(await count('mass_messages')).toBe(0);
		const includedLists = { smartListUuids: ['followers'] };
		const body = { mediaUuids: [picture], includedLists };
		await mira.send('POST', '/chats/mass-messages', { body });
		expect(await count('mass_messages')).toBe(1);
	});

	test('media are filtered by name under /v1', async () => {
		const found = rows(await mira.get('/v1/media', { name: 'IMAGE 1' }));

		expect(found.map(({ name }) => name)).toContain('Mira image 1');
	});

	test('purchasedBy returns whether a fan has bought the media', async () => {
		const path = `/media/${picture}`;
		const bought = async (): Promise<unknown> =>
			record((await mira.get(path, { purchasedBy: felix })).body)['purchasedByFan'];
		const body = { mediaUuids: [picture], price: 500 };
		const answer = await mira.send('POST', `/chats/${felix}/message`, { body });
		expect(await bought()).toBe(false);
		const messageUuid = String(record(answer.body)['messageUuid']);
		sandbox.fanvue.simulation.unlockMessage({ messageUuid });

		expect(await bought()).toBe(true);
	});

	test('bulk media have an entry for each UUID', async () => {
		const mediaUuids = `${picture},${NOBODY}`;
		const { body } = await mira.get('/media/bulk', { mediaUuids });

		expect(body).toEqual({
			results: { [picture]: expect.objectContaining({ uuid: picture }), [NOBODY]: null },
			errors: [{ code: 'NOT_FOUND', mediaUuid: NOBODY, message: 'Media not found' }],
		});
		const many = Array.from({ length: 21 }, () => picture).join(',');
		expect((await mira.get('/media/bulk', { mediaUuids: many })).status).toBe(400);
	});

	test('media of a message have URLs', async () => {
		const { sandboxState: state } = sandbox.fanvue;
		const { messages } = state.requireConversation(state.userByHandle('mira').uuid, felix);
		const message = messages.find(({ mediaUuids }) => mediaUuids.length > 0);
		const [first = ''] = message?.mediaUuids ?? [];
		const path = `/chats/${felix}/messages/${message?.uuid}/media`;
		const query = { mediaUuids: `${first},${NOBODY}`, variants: 'main' };
		const { body } = await mira.get(path, query);
		const { results, errors } = record(body);
		const found = record(record(results)[first]);

		expect(found).toHaveProperty('created_at');
		const [variant] = rows({ ...(await mira.get(path, query)), body: { data: found['variants'] } });
		expect(variant).not.toHaveProperty('uuid');
		expect((await fetch(String(variant?.['url']))).status).toBe(200);
		expect(errors).toHaveLength(1);
	});
});

describe('grants', () => {
	const grant = { source: 'gift', sourceRef: 'order-1' };

	test('a repeated grant with the same reference returns the same entitlement', async () => {
		const path = `/media/${picture}/grant`;
		const body = { consumerId: felix, ...grant };
		const first = await mira.send('POST', path, { body });
		const again = await mira.send('POST', path, { body });
		const other = await mira.send('POST', path, { body: { ...body, sourceRef: 'order-2' } });

		expect(first.body).toEqual({ entitlementId: expect.any(String), status: 'granted' });
		expect(again.body).toEqual(first.body);
		expect(other.body).not.toEqual(first.body);
	});

	test('a grant gives the consumer access to the media', async () => {
		const path = `/media/${picture}/entitled`;
		expect((await mira.get(path, { consumerId: felix })).status).toBe(404);
		const body = { consumerId: felix, ...grant };
		await mira.send('POST', `/media/${picture}/grant`, { body });

		expect((await mira.get(path, { consumerId: felix })).body).toMatchObject({ uuid: picture });
	});

	test('a grant with an upper-case source or an unknown consumer is rejected', async () => {
		const path = `/media/${picture}/grant`;
		const loud = { consumerId: felix, ...grant, source: 'Gift' };
		const lost = { consumerId: NOBODY, ...grant };

		expect((await mira.send('POST', path, { body: loud })).status).toBe(400);
		expect((await mira.send('POST', path, { body: lost })).body).toEqual({
			message: 'User not found',
		});
	});
});

test('the purchase status of a media link depends on the buyer', async () => {
	const [bought, other] = sandbox.fanvue.sandboxState.mediaLinks.map(({ uuid }) => uuid);
	const fan = new FanvueClient(sandbox, 'felix');

	expect((await fan.get(`/media/links/${bought}/purchased`)).body).toEqual({ purchased: true });
	expect((await fan.get(`/media/links/${other}/purchased`)).body).toEqual({ purchased: false });
	expect((await fan.get(`/media/links/${NOBODY}/purchased`)).status).toBe(404);
});

describe('vault folders', () => {
	test.each(['Favourites', 'Été & soleil', 'Film/Raw 100%'])(
		'the folder %s is found by its name',
		async (name) => {
			const path = `/vault/folders/${encodeURIComponent(name)}`;
			const { body } = await mira.get(path);
			const media = rows(await mira.get(`${path}/media`, { size: '50' }));

			expect(body).toMatchObject({ name, mediaCount: media.length });
			expect(rows(await mira.get('/media', { folderName: name, size: '50' }))).toHaveLength(
				media.length,
			);
		},
	);

	test('folders add media once, remove them, and are deleted without them', async () => {
		await mira.send('POST', '/vault/folders', { body: { name: 'New one' } });
		const path = '/vault/folders/New%20one';
		const add = async (): Promise<unknown> =>
			(await mira.send('POST', `${path}/media`, { body: { mediaUuids: [picture] } })).body;

		expect(await add()).toEqual({ addedCount: 1 });
		expect(await add()).toEqual({ addedCount: 0 });
		expect((await mira.send('PATCH', path, { body: { name: 'Newer' } })).status).toBe(204);
		expect((await mira.get(path)).status).toBe(404);
		const item = `/vault/folders/Newer/media/${picture}`;
		expect((await mira.send('DELETE', item)).status).toBe(204);
		expect((await mira.send('DELETE', item)).status).toBe(404);
		expect((await mira.send('DELETE', '/vault/folders/Newer')).status).toBe(204);
		expect((await mira.get(`/media/${picture}`)).status).toBe(200);
	});

	test('folder names are unique', async () => {
		const { status, body } = await mira.send('POST', '/vault/folders', {
			body: { name: 'Favourites' },
		});

		expect([status, body]).toEqual([409, { message: 'A folder named Favourites already exists' }]);
	});
});
