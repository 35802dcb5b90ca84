import type { INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../../../sandbox';
import { startSandbox } from '../../support/sandbox';
import { Arrivals, request, rows } from '../../support/apiRequest';
import { FanfouHarness, SECRETS } from '../../support/fanfouHarness';
import type { FanfouRunOptions } from '../../support/fanfouHarness';
import { binaryFile } from '../../support/n8n';
import { photoItem } from '../../samples/fanfou';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

const harness = new FanfouHarness(() => sandbox);
async function send(path: string, parameters: INodeParameters = {}, more?: FanfouRunOptions) {
	return await harness.run('apiRequest', 'send', request(path, parameters), more);
}
const calls = () => sandbox.requestLog.entries({ service: 'fanfou' });

test('API Request walks the pages of a Fanfou timeline by last ID, and of users by number', async () => {
	const all = await harness.run('timeline', 'getHome', { simplify: false, returnAll: true });
	expect(all.error).toBeUndefined();
	sandbox.requestLog.clear();
	const { items, error } = await send('/statuses/home_timeline', {
		pagination: 'maxId',
		returnAll: true,
	});
	expect(error).toBeUndefined();
	expect(items.map(({ json }) => json.id)).toEqual(all.items.map(({ json }) => json.id));
	expect(items.length).toBeGreaterThan(60);
	expect(calls().length).toBeGreaterThan(1);
	expect(calls().flatMap(({ violations }) => violations)).toEqual([]);
	const users = await send('/users/followers.json?id=demo', { pagination: 'page', limit: 3 });
	expect(users.error).toBeUndefined();
	expect(users.items).toHaveLength(3);
});

test('API Request uploads a photo to Fanfou byte for byte', async () => {
	const { items, error } = await send(
		'/photos/upload',
		{
			method: 'POST',
			bodyType: 'file',
			fileFieldName: 'photo',
			formFields: rows(['status', '海 & sea']),
		},
		{ items: [photoItem()] },
	);
	expect(error).toBeUndefined();
	expect(items[0]?.json.text).toContain('海');
	const [call] = calls();
	expect(call).toMatchObject({ endpoint: 'photos.upload', status: 200, violations: [] });
	const photo = call?.parts?.find(({ name }) => name === 'photo');
	const bytes = Buffer.from(photoItem().binary.data.data, 'base64');
	expect(photo).toMatchObject({ size: bytes.length, filename: 'photo.png' });
});

test('API Request signs the query and the form of each request to Fanfou', async () => {
	const { error } = await send('/statuses/update.json', {
		method: 'POST',
		bodyType: 'form',
		formFields: rows(['status', "海 & sea + (1) * 2 = '2' ~!"]),
	});
	expect(error).toBeUndefined();
	const found = await send('/search/public_timeline?q=sea%20%26', {
		queryParameters: rows(['count', '2']),
	});
	expect(found.error).toBeUndefined();
	expect(calls().map(({ endpoint, status, violations }) => [endpoint, status, violations])).toEqual(
		[
			['statuses.update', 200, []],
			['search.public_timeline', 200, []],
		],
	);
});

test('API Request waits when Fanfou reports its rate limit', async () => {
	sandbox.faults.add({ service: 'fanfou', kind: 'rateLimit', retryAfter: 1 });
	const { error } = await send('/account/verify_credentials');
	expect(error).toBeUndefined();
	expect(calls().map(({ status }) => status)).toEqual([429, 200]);
	const [first, second] = calls();
	expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(1000);
});

test('API Request calls an endpoint of Fanfou that the node does not know', async () => {
	const arrivals = new Arrivals();
	const bytes = Buffer.from([0, 255, 13, 10, 128]);
	sandbox.planted.add({
		service: 'fanfou',
		method: 'POST',
		path: '/albums/%E6%B5%B7%20%26/add.json',
		reply: (arrived) => {
			arrivals.add(arrived);
			return { json: [{ id: '~a', rawid: 12 }] };
		},
	});
	const { items, error, saved } = await send(
		'/albums/{name}/add?b=2&a=%E6%B5%B7',
		{
			method: 'POST',
			pathParameters: rows(['name', '海 &']),
			bodyType: 'file',
		},
		{ items: [{ json: {}, binary: { data: binaryFile(bytes, 'a.bin', 'image/x-a') } }] },
	);
	expect(error).toBeUndefined();
	expect(items.map(({ json }) => json)).toEqual([{ id: '~a', rawid: '12' }]);
	const [arrived] = arrivals.requests;
	expect(arrived?.rawUrl).toBe('/fanfou/albums/%E6%B5%B7%20%26/add.json?b=2&a=%E6%B5%B7');
	expect(arrived?.body.equals(bytes)).toBe(true);
	expect(arrived?.headers).toMatchObject({
		authorization: expect.stringMatching(/^OAuth .*oauth_signature="/),
		'content-type': 'image/x-a',
	});
	for (const secret of SECRETS) expect(saved).not.toContain(secret);
});

test.each([
	['/statuses/public_timeline', '/fanfou/statuses/public_timeline.json'],
	['/statuses/public_timeline.json', '/fanfou/statuses/public_timeline.json'],
	['/statuses/public_timeline.xml', '/fanfou/statuses/public_timeline.xml'],
])('API Request completes the Fanfou path %s', async (path, sent) => {
	await send(path, { responseFormat: 'text' });
	expect(calls().map((call) => call.path)).toEqual([sent]);
});

test('API Request cannot reach the login pages of Fanfou, which hand out tokens', async () => {
	const { error } = await send(`${sandbox.urls.fanfouLogin}/oauth/request_token`);
	expect(error?.message).toContain('"Path" leads to another address');
	expect(calls()).toEqual([]);
});
