import type { Sandbox } from '../../../sandbox';
import { call, callList, callObject, callForCode, IDS, send } from './client';
import { contentOf, dataOf, GatewayClient } from './gatewayClient';
import { useSandbox } from '../../support/sandbox';

let sandbox: Sandbox;
let client: GatewayClient;
useSandbox(
	(started) => {
		sandbox = started;
	},
	{ keepsState: true },
);
beforeEach(async () => {
	sandbox.reset();
	client = await GatewayClient.connect(sandbox);
});

const { lobbyChannelId: lobby, serverId: guild, userId: user, botId: bot, circleChannelId } = IDS;

describe('Gateway events', () => {
	it('pushes a message with all ids as strings', async () => {
		const root = sandbox.fanbook.say(lobby, user, 'root');
		const sent = sandbox.fanbook.say(lobby, user, `hi \${@!${bot}} https://x.example`, {
			replyTo: root.id,
		});
		const [, frame] = await client.receive(2);
		expect(frame).toMatchObject({ action: 'push', seq: null });
		expect(dataOf(frame)).toMatchObject({
			message_id: sent.id,
			channel_id: lobby,
			guild_id: guild,
			user_id: user,
			quote_l1: root.id,
			quote_l2: null,
			mentions: [{ user_id: bot, nickname: 'Lantern Bot' }],
			author: { nickname: 'Bao', bot: false },
			member: { nick: null, guild_card: null },
		});
		expect(contentOf(frame)).toMatchObject({ type: 'text', contentType: { value: '17' } });
	});

	it("pushes the bot's own messages", async () => {
		const id = await send(sandbox, 'mine');
		const [frame] = await client.receive(1);
		expect(dataOf(frame)).toMatchObject({ message_id: id, user_id: bot, author: { bot: true } });
	});

	it('pushes a private message without server and member', async () => {
		sandbox.fanbook.whisper(user, 'psst');
		const [frame] = await client.receive(1);
		const data = dataOf(frame);
		expect(data).toMatchObject({ guild_id: null, user_id: user });
		expect(String(JSON.stringify(data.channel_type))).toContain('"3"');
		expect('member' in data).toBe(false);
	});

	it('pushes a join as a notice and as a message, which has other members in the history', async () => {
		const { id } = sandbox.fanbook.users.findOrCreate('Newcomer');
		sandbox.fanbook.join(guild, id, 'LT0001');
		const [notice, frame] = await client.receive(2);
		expect(notice).toMatchObject({
			action: 'guildNotice',
			data: { method: 'userJoin', guild_id: guild, user_id: id },
		});
		expect(contentOf(frame)).toMatchObject({
			type: 'newJoin',
			user_id: id,
			code: 'LT0001',
			index: { value: '251' },
		});
		expect(JSON.stringify(dataOf(frame).msg_type)).toContain('"6"');
		const [kept] = await callList(sandbox, 'POST message/getList', `channel_id=${lobby}&size=1`);
		expect(kept?.content).toContain('"order":251');
		expect(kept?.content).not.toContain('index');
	});

	it('pushes a notice when a member leaves or is removed', async () => {
		sandbox.fanbook.leave(guild, user);
		const other = [...sandbox.fanbook.sandboxState.server(guild).members.keys()][50] ?? '';
		expect(
			await callForCode(sandbox, 'POST kickChatMember', `{"chat_id":${lobby},"user_id":${other}}`),
		).toBe(0);
		expect(await client.receive(2)).toMatchObject([
			{ action: 'guildNotice', data: { method: 'userQuit', guild_id: guild, user_id: user } },
			{ action: 'guildNotice', data: { method: 'userQuit', guild_id: guild, user_id: other } },
		]);
	});

	it('pushes a reaction once per user, with its encoded name and without author', async () => {
		const sent = sandbox.fanbook.say(lobby, user, 'nice');
		sandbox.fanbook.react(sent.id, user, '赞');
		sandbox.fanbook.react(sent.id, user, '赞');
		const body = `{"user_id":"${bot}","message_id":"${sent.id}","channel_id":"${lobby}","emoji":"%E8%B5%9E"}`;
		expect(await callForCode(sandbox, 'POST sendReaction', body)).toBe(0);
		const [, first, second] = await client.receive(3);
		const emoji = { name: '%E8%B5%9E', count: { value: '1' } };
		expect(contentOf(first)).toMatchObject({ type: 'reaction', action: 'add', id: sent.id, emoji });
		expect(contentOf(second)).toMatchObject({ emoji: { count: { value: '2' } } });
		expect('author' in dataOf(first)).toBe(false);
		expect(client.frames).toHaveLength(3);
	});

	it('pushes and queues a button click, which the bot can answer', async () => {
		const markup = '{"inline_keyboard":[[{"text":"OK","callback_data":"ok:\\"1\\""}]]}';
		const body = `{"chat_id":${lobby},"text":"choose","desc":"d","reply_markup":${markup}}`;
		const id = String((await callObject(sandbox, 'POST sendMessage', body)).message_id);
		const callbackId = sandbox.fanbook.clickButton(id, user, 'ok:"1"');
		const [, click] = await client.receive(2);
		expect(click).toMatchObject({ action: 'miniPush', data: { channel_id: lobby, user_id: user } });
		const content = contentOf(click);
		expect(content).toMatchObject({
			type: 'update',
			callback_query: {
				id: callbackId,
				data: 'ok:"1"',
				inline_message_id: id,
				from: { id: { value: user } },
			},
		});
		expect(await callList(sandbox, 'POST v2/getUpdates', '{}')).toMatchObject([
			{ update_id: content.update_id, callback_query: { id: callbackId } },
		]);
		const answer = `{"callback_id":"${callbackId}","user_id":"${user}","channel_id":"${lobby}","text":"thanks"}`;
		expect(await callForCode(sandbox, 'POST v2/answerCallback', answer)).toBe(0);
		expect(sandbox.fanbook.sandboxState.callbacks.get(callbackId)?.answer).toBe('thanks');
		expect(() => sandbox.fanbook.clickButton(id, user, 'no')).toThrow('has no button');
	});

	it('pushes circle posts and likes, but not comments', async () => {
		const post = sandbox.fanbook.createPost(circleChannelId, user, { title: 'New', text: 'text' });
		sandbox.fanbook.circle.commentPost(post.id, { userId: user, text: 'not pushed' });
		sandbox.fanbook.likePost(post.id, user);
		const [created, liked] = await client.receive(2);
		expect(created).toMatchObject({
			action: 'circleEnter',
			data: { method: 'post_add', guild_id: guild, records: { post_id: post.id, title: 'New' } },
		});
		expect(liked).toMatchObject({
			action: 'circle',
			data: { method: 'reaction', circle_type: 'post_like', post_id: post.id, send_id: user },
		});
	});

	it('pushes a shared post and a shared thread', async () => {
		const [post] = [...sandbox.fanbook.sandboxState.posts.values()];
		const sent = sandbox.fanbook.say(lobby, user, 'root');
		sandbox.fanbook.circle.sharePost(lobby, user, post?.id ?? '');
		sandbox.fanbook.circle.shareTopic(lobby, user, sent.id);
		const [, shared, topic] = await client.receive(3);
		expect(contentOf(shared)).toMatchObject({
			type: 'circleShareEntity',
			data: { post: { post_id: post?.id }, sub_info: { like_total: '0' } },
		});
		expect(contentOf(topic)).toEqual({
			type: 'topicShare',
			messageId: sent.id,
			channelId: lobby,
			userId: user,
		});
	});

	it('pushes no events of a server without the bot', async () => {
		sandbox.fanbook.join(IDS.foreignServerId, '601299999999999999');
		sandbox.fanbook.say('689120345127880709', user, 'far away');
		const sent = sandbox.fanbook.say(lobby, user, 'near');
		const [frame] = await client.receive(1);
		expect(dataOf(frame).message_id).toBe(sent.id);
	});

	it('rejects messages of a muted member until the mute ends', async () => {
		const mute = `{"target_uid":"${user}","target_guild_id":"${guild}","duration_in_second":1}`;
		expect(await callForCode(sandbox, 'POST forbidUserSpeaking', mute)).toBe(0);
		expect(() => sandbox.fanbook.say(lobby, user, 'hm')).toThrow('muted');
		sandbox.clock.advance(59_000);
		expect(() => sandbox.fanbook.say(lobby, user, 'hm')).toThrow('muted');
		sandbox.clock.advance(2000);
		sandbox.fanbook.say(lobby, user, 'at last');
	});

	it('keeps a recalled message in the history, marked as recalled', async () => {
		const sent = sandbox.fanbook.say(lobby, user, 'oops');
		sandbox.fanbook.recall(sent.id, user);
		const { text } = await call(sandbox, 'POST message/getList', `channel_id=${lobby}&size=1`);
		expect(text).toContain(`"recall":"${user}"`);
		expect(text).toContain('"recalled":1');
	});
});
