import type { Sandbox } from '../../../sandbox';
import { isObject, parseJson, type JsonValue } from '../../../sandbox/core/json';
import type { ResultForm } from '../../../sandbox/fanbook/settings';
import { call, callList, IDS } from './client';
import { contentOf, dataOf, GatewayClient } from './gatewayClient';
import { takeDifferences, useSandbox } from '../../support/sandbox';

let sandbox: Sandbox;
useSandbox(
	(started) => {
		sandbox = started;
	},
	{ keepsState: true },
);
beforeEach(() => {
	sandbox.reset();
});

const { lobbyChannelId: lobby, serverId: guild, userId: user, circleChannelId: circle } = IDS;
const takeUpdates = async (): Promise<unknown> =>
	await callList(sandbox, 'POST v2/getUpdates', '{}');

describe('The gateway', () => {
	it('can close each connection a short time after its first pong', async () => {
		sandbox.fanbook.gateway.faults.closeAfterPong(2);
		for (let n = 0; n < 2; n += 1) {
			const client = await GatewayClient.connect(sandbox);
			client.send('{"type":"ping"}');
			const [pong] = await client.receive(1);
			expect(pong).toMatchObject({ action: 'pong' });
			expect(await client.closed()).toBe(1001);
		}
		const client = await GatewayClient.connect(sandbox);
		client.send('{"type":"ping"}');
		client.send('{"type":"ping"}');
		await client.receive(2);
		expect(sandbox.fanbook.gateway.counts).toMatchObject({ connected: 3, closed: 2 });
	});

	it('can send frames and reject connections with a text that quotes the bot token', async () => {
		const client = await GatewayClient.connect(sandbox);
		const quote = `no session for /api/bot/${IDS.botToken}/`;
		const set = async (body: unknown): Promise<void> => {
			const init = { method: 'POST', body: JSON.stringify(body) };
			await fetch(`${sandbox.url}/_admin/fanbook/gateway`, init);
		};
		await set({ frame: JSON.stringify({ action: 'error', data: { message: quote } }) });
		const [frame] = await client.receive(1);
		expect(dataOf(frame)).toEqual({ message: quote });
		await set({ refuse: 1, status: 500, body: quote });
		await expect(GatewayClient.open(sandbox)).rejects.toThrow(`refused with 500: ${quote}`);
	});

	it('pushes a circle post with its time as a number and its mentions as JSON text', async () => {
		const client = await GatewayClient.connect(sandbox);
		sandbox.fanbook.createPost(circle, user, { text: `hello \${@!${IDS.botId}}` });
		sandbox.fanbook.createPost(circle, user, { text: 'hello', mentions: [IDS.botId] });
		const frames = await client.receive(2);
		const records = frames.map((frame) => dataOf(frame).records);
		expect(records).toMatchObject([
			{
				mentions: `["${IDS.botId}"]`,
				content: `[{"insert":"hello \${@!${IDS.botId}}\\n"}]`,
				user_id: user,
			},
			{ mentions: `["${IDS.botId}"]`, content: '[{"insert":"hello\\n"}]' },
		]);
		expect(JSON.stringify(records[0])).toMatch(/"created_at":\{[^}]*"value":"\d{13}"/);
	});

	it('pushes commands in full-width characters unchanged', async () => {
		const client = await GatewayClient.connect(sandbox);
		const texts = ['／help me', '、help', '/ｈｅｌｐ'];
		for (const text of texts) sandbox.fanbook.say(lobby, user, text);
		const frames = await client.receive(3);
		expect(frames.map((frame) => contentOf(frame).text)).toEqual(texts);
	});
});

describe('Rich text', () => {
	it('has its document as JSON text in frames, in the history and in updates', async () => {
		sandbox.fanbook.settings.fullMessages = true;
		const client = await GatewayClient.connect(sandbox);
		const document = '[{"insert":"one\\n"}]';
		sandbox.fanbook.say(lobby, user, { type: 'richText', title: 't', document, v2: document });
		const [frame] = await client.receive(1);
		expect(contentOf(frame)).toMatchObject({ document, v2: document });
		const [row] = await callList(sandbox, 'POST message/getList', `channel_id=${lobby}&size=1`);
		expect(JSON.parse(String(row?.content))).toMatchObject({ document, v2: document });
		expect(await takeUpdates()).toMatchObject([{ channel_post: { rich_text: { document } } }]);
	});
});

describe('The update queue', () => {
	beforeEach(() => {
		sandbox.fanbook.settings.fullMessages = true;
	});

	it('contains circle comments with the ids of post and comment', async () => {
		const post = sandbox.fanbook.createPost(circle, user, { title: 'T' });
		const comment = sandbox.fanbook.circle.commentPost(post.id, { userId: user, text: 'nice' });
		expect(await takeUpdates()).toMatchObject([
			{ channel_post: { circle_post: { post_id: post.id } } },
			{
				channel_post: {
					circle_comment: {
						post_id: { value: post.id },
						comment_id: { value: comment.id },
						content: '{"type":"text","text":"nice","contentType":0}',
					},
				},
			},
		]);
	});

	it('contains pinned messages', async () => {
		const { id } = sandbox.fanbook.say(lobby, user, 'read this');
		const body = `{"chat_id":${lobby},"message_id":${id},"channel_id":${lobby}}`;
		await call(sandbox, 'POST pinChatMessage', body);
		expect(await takeUpdates()).toMatchObject([
			{ channel_post: { text: 'read this' } },
			{
				channel_post: {
					pinned_message: { message_id: { value: id }, from: { id: { value: user } } },
				},
			},
		]);
	});

	it('contains members who go online or offline', async () => {
		sandbox.fanbook.users.setOnline(guild, user, true);
		sandbox.fanbook.users.setOnline(guild, user, false);
		const members = [{ id: { value: user }, first_name: 'Bao' }];
		expect(await takeUpdates()).toMatchObject([
			{ channel_post: { chat_members_online: members, chat: { guild_id: { value: guild } } } },
			{ channel_post: { chat_members_offline: members } },
		]);
	});

	it('contains documents', async () => {
		sandbox.fanbook.users.sendDocument(lobby, user, { file_name: 'plan.pdf' });
		expect(await takeUpdates()).toMatchObject([
			{ channel_post: { document: { file_name: 'plan.pdf' }, from: { id: { value: user } } } },
		]);
	});

	it('contains edited messages, as edited_message in private chats', async () => {
		const sent = sandbox.fanbook.say(lobby, user, 'helo');
		const whispered = sandbox.fanbook.whisper(user, 'psst');
		sandbox.fanbook.users.edit(sent.id, user, 'hello');
		sandbox.fanbook.users.edit(whispered.id, user, 'hush');
		expect(await takeUpdates()).toMatchObject([
			{ channel_post: { text: 'helo' } },
			{ message: { text: 'psst' } },
			{ edited_channel_post: { text: 'hello', message_id: { value: sent.id }, edit_date: {} } },
			{ edited_message: { text: 'hush', message_id: { value: whispered.id } } },
		]);
		expect(() => sandbox.fanbook.users.edit(sent.id, IDS.botId, 'x')).toThrow('not your message');
	});

	it('contains shared posts and threads under their own names', async () => {
		const [post] = [...sandbox.fanbook.sandboxState.posts.values()];
		const root = sandbox.fanbook.say(lobby, user, 'root');
		sandbox.fanbook.circle.sharePost(lobby, user, post?.id ?? '');
		sandbox.fanbook.circle.shareTopic(lobby, user, root.id);
		expect(await takeUpdates()).toMatchObject([
			{ channel_post: { text: 'root' } },
			{ channel_post: { circle_share_entity: { post: { post_id: post?.id } } } },
			{ channel_post: { topic_share: { messageId: root.id } } },
		]);
	});
});

describe('Successful responses', () => {
	const request = `{"channel_id":"${lobby}","quote_id":"ROOT"}`;

	it.each<[ResultForm, (result: JsonValue) => boolean]>([
		['documented', (result) => Array.isArray(result) && result.length === 1],
		['wrapped', (result) => isObject(result) && Array.isArray(result.list)],
		['empty', (result) => isObject(result) && Object.keys(result).length === 0],
		['null', (result) => result === null],
	])('have the form "%s" on request', async (form, isExpected) => {
		const root = sandbox.fanbook.say(lobby, user, 'root').id;
		sandbox.fanbook.say(lobby, user, 'reply', { replyTo: root });
		const init = { method: 'POST', body: JSON.stringify({ resultForm: form }) };
		await fetch(`${sandbox.url}/_admin/fanbook/settings`, init);
		const url = `${sandbox.urls.fanbook}/api/bot/${IDS.botToken}/v2/quotes`;
		const headers = { 'content-type': 'application/json' };
		const body = request.replace('ROOT', root);
		const response = parseJson(await (await fetch(url, { method: 'POST', headers, body })).text());
		if (!isObject(response)) throw new TypeError('the response is not an object');
		expect(response.ok).toBe(true);
		expect(isExpected(response.result ?? null)).toBe(true);
		// The other forms are planted: the contract describes the documented one.
		expect(takeDifferences().length > 0).toBe(form !== 'documented');
	});

	it('have 3,000 nested objects on request', async () => {
		sandbox.fanbook.settings.resultForm = 'nested';
		const bot = `${sandbox.urls.fanbook}/api/bot/${IDS.botToken}`;
		const commands = await (await fetch(`${bot}/getMyCommands`)).text();
		expect(commands).toMatch(/^\{"ok":true,"result":(\{"value":){2999}\{\}+$/);
		const init = { method: 'POST', body: new URLSearchParams({ channel_id: lobby }) };
		const history = await (await fetch(`${bot}/message/getList`, init)).text();
		expect(history).toMatch(/^\{"status":true,"code":1000,"data":(\{"value":){2999}\{\}+$/);
		expect(takeDifferences()).toHaveLength(2);
	});
});

describe('Error responses', () => {
	it('quote the bot token with the setting quoteTokens', async () => {
		sandbox.fanbook.settings.quoteTokens = true;
		const quote = `(POST /fanbook/api/bot/${IDS.botToken}/`;
		for (const [to, body] of [
			['POST getPrivateChat', '{"user_id":5}'],
			['POST getMessage', '{"chat_id":"text"}'],
			['POST message/getList', 'channel_id=5'],
		] as const) {
			expect((await call(sandbox, to, body)).text).toContain(quote);
		}
		sandbox.faults.add({ kind: 'status', service: 'fanbook', status: 503 });
		expect((await call(sandbox, 'GET getMyCommands')).text).toContain(IDS.botToken);
		sandbox.fanbook.settings.quoteTokens = false;
		expect((await call(sandbox, 'POST getPrivateChat', '{"user_id":5}')).text).not.toContain(quote);
	});
});
