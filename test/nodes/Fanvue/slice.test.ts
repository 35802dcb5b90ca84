import { binaryFile } from '../../support/n8n';
import { Studio, byId } from './studio';

let studio: Studio;
beforeAll(async () => (studio = await Studio.open()));
afterAll(async () => await studio.close());
beforeEach(() => studio.sandbox.reset());

test('the connected account', async () => {
	const { items, error } = await studio.run('user', 'getMe', { simplify: false });
	expect(error).toBeUndefined();
	expect(items).toEqual([
		{ json: expect.objectContaining({ handle: 'mira', isCreator: true }), pairedItem: { item: 0 } },
	]);
	expect(studio.lines()).toEqual(['GET /users/me']);
	expect(studio.calls()[0]?.headers['x-fanvue-api-version']).toBe('2025-06-26');
});

test('a post is made, listed and deleted', async () => {
	const made = await studio.run('post', 'create', {
		audience: 'subscribers',
		additionalFields: { text: 'Hello 🌊', price: '' },
	});
	expect(made.error).toBeUndefined();
	expect(studio.calls()[0]?.bodyText).toBe('{"audience":"subscribers","text":"Hello 🌊"}');
	const listed = await studio.run('post', 'getAll', { returnAll: true });
	expect(listed.error).toBeUndefined();
	expect(listed.items.map(({ json }) => json.uuid)).toContain(made.items[0]?.json.uuid);
	const deleted = await studio.run('post', 'delete', {
		uuid: byId(String(made.items[0]?.json.uuid)),
	});
	expect(deleted.items).toEqual([{ json: { deleted: true }, pairedItem: { item: 0 } }]);
});

test('a file is uploaded in parts and waited for', async () => {
	const bytes = Buffer.alloc(20 * 1024 * 1024, 'sea');
	const { items, error } = await studio.run(
		'media',
		'upload',
		{ binaryPropertyName: 'data' },
		{ items: [{ json: {}, binary: { data: binaryFile(bytes, 'waves.mp4', 'video/mp4') } }] },
	);
	expect(error).toBeUndefined();
	expect(items[0]?.json).toMatchObject({ status: 'ready', mediaType: 'video', name: 'waves.mp4' });
});
