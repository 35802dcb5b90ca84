import type { INodeParameters } from 'n8n-workflow';
import { Arrivals, request, rows } from '../../support/apiRequest';
import { demo, FanbookHarness } from '../../support/fanbookHarness';
import { binaryFile } from '../../support/n8n';
import type { RunOptions } from '../../support/n8n';

let harness: FanbookHarness;
beforeAll(async () => (harness = await FanbookHarness.start()));
afterAll(async () => await harness.close());
beforeEach(() => harness.sandbox.reset());

async function send(path: string, parameters: INodeParameters = {}, more?: Partial<RunOptions>) {
	return await harness.run('apiRequest', 'send', request(path, parameters), more);
}
const violations = () => harness.calls().flatMap((call) => call.violations);

test('API Request walks the pages of the history of a Fanbook channel', async () => {
	const { items, error } = await send('/message/getList', {
		method: 'POST',
		bodyType: 'form',
		formFields: rows(['channel_id', demo.lobbyChannelId]),
		pagination: 'history',
		returnAll: true,
	});
	expect(error).toBeUndefined();
	expect(items).toHaveLength(230);
	expect(new Set(items.map(({ json }) => json.message_id)).size).toBe(230);
	expect(harness.calls()).toHaveLength(3);
	expect(violations()).toEqual([]);
});

test('API Request walks Fanbook lists by list_id', async () => {
	const jsonBody = `{"guild_id":"${demo.serverId}","channel_id":"${demo.circleChannelId}","size":"5"}`;
	const { items, error } = await send('/circle/postList', {
		method: 'POST',
		bodyType: 'json',
		jsonBody,
		pagination: 'listId',
		limit: 12,
	});
	expect(error).toBeUndefined();
	expect(items).toHaveLength(12);
	expect(harness.calls()).toHaveLength(3);
	expect(harness.lines()[0]).toBe(`POST circle/postList ${jsonBody}`);
	expect(violations()).toEqual([]);
});

test('API Request waits when Fanbook limits messages, and keeps 64-bit digits bare', async () => {
	harness.sandbox.faults.add({ service: 'fanbook', kind: 'rateLimit', retryAfter: 1 });
	const jsonBody = `{"chat_id":${demo.lobbyChannelId},"text":"Hello 海","desc":"Hello"}`;
	const { items, error } = await send('/sendMessage', {
		method: 'POST',
		bodyType: 'json',
		jsonBody,
	});
	expect(error).toBeUndefined();
	expect(items[0]?.json.message_id).toMatch(/^\d+$/);
	expect(harness.lines()).toEqual([`POST sendMessage ${jsonBody}`, `POST sendMessage ${jsonBody}`]);
	expect(violations()).toEqual([]);
});

test('API Request calls an endpoint of Fanbook that the node does not know, with a file', async () => {
	const arrivals = new Arrivals();
	const bytes = Buffer.from([0, 255, 13, 10, 128]);
	harness.sandbox.planted.add({
		service: 'fanbook',
		method: 'POST',
		path: '/v3/uploadFile',
		reply: (arrived) => {
			arrivals.add(arrived);
			return { json: { ok: true, result: { file_id: 1152921504606846979n } } };
		},
	});
	const { items, error, saved } = await send(
		'/fanbook/api/bot/v3/uploadFile?kind=image',
		{
			method: 'POST',
			bodyType: 'file',
			fileFieldName: 'file',
			formFields: rows(['guild_id', demo.serverId]),
		},
		{ items: [{ json: {}, binary: { data: binaryFile(bytes, 'a.png', 'image/png') } }] },
	);
	expect(error).toBeUndefined();
	expect(items.map(({ json }) => json)).toEqual([{ file_id: '1152921504606846979' }]);
	expect(arrivals.requests[0]?.rawUrl).toBe(
		`/fanbook/api/bot/${demo.botToken}/v3/uploadFile?kind=image`,
	);
	const [guild, file] = arrivals.parts();
	expect(guild?.bytes.toString()).toBe(demo.serverId);
	expect(file?.bytes.equals(bytes)).toBe(true);
	expect(saved).not.toContain(demo.botToken);
});

test('API Request reports an error that Fanbook sends with status 200, also as text', async () => {
	for (const responseFormat of ['json', 'text', 'file']) {
		const { error, saved } = await send('/channel/list', {
			method: 'POST',
			bodyType: 'json',
			jsonBody: `{"guild_id":${demo.foreignServerId},"user_id":${demo.botId}}`,
			responseFormat,
		});
		expect(error?.message).toMatch(/\(code \d+\)|Fanbook returned an error/);
		expect(saved).not.toContain(demo.botToken);
	}
});

test.each([
	[`{host}/api/bot/getMe`, undefined],
	['/fanbook/api/bot/getMe', undefined],
	['getMe', undefined],
	['/../{host}/getMe', '"Path" cannot contain ".."'],
	['{host}/getMe', '"Path" leads to another address'],
	['/api/bot/{token}/getMe', '"Path" has no value for "token"'],
])('API Request reads the Fanbook path %s', async (path, message) => {
	const { error } = await send(path.replace('{host}', harness.sandbox.urls.fanbook));
	expect(error?.message).toEqual(
		message === undefined ? undefined : expect.stringContaining(message),
	);
	expect(harness.lines()).toEqual(message === undefined ? ['GET getMe'] : []);
});

test('API Request parses content that Fanbook sends as JSON text, unless that is off', async () => {
	harness.sandbox.planted.add({
		service: 'fanbook',
		method: 'GET',
		path: '/v3/notice',
		reply: () => ({ json: { ok: true, result: { content: '{"title":"Hi"}' } } }),
	});
	const parsed = await send('/v3/notice');
	expect(parsed.items[0]?.json).toEqual({ content: { title: 'Hi' }, text: '{"title":"Hi"}' });
	const raw = await send('/v3/notice', { options: { parseContent: false } });
	expect(raw.items[0]?.json).toEqual({ content: '{"title":"Hi"}' });
});

test.each(['text', 'file'])(
	'API Request masks the token that a response repeats, as %s',
	async (responseFormat) => {
		harness.sandbox.faults.add({
			service: 'fanbook',
			kind: 'status',
			status: 200,
			body: `{"ok":true,"result":"${demo.botToken}"}`,
		});
		const { items } = await send('/getMe', { responseFormat });
		const file = Buffer.from(items[0]?.binary?.data?.data ?? '', 'base64').toString();
		const received = responseFormat === 'file' ? file : String(items[0]?.json.data);
		expect(received).toBe('{"ok":true,"result":"***"}');
	},
);
