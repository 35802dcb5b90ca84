import { startSandbox, type Sandbox } from '../../../sandbox';
import { sampleUserId } from '../../../sandbox/fanbook/seed/servers';
import { call, IDS, send } from './client';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
});
afterAll(async () => {
	await sandbox.close();
});

const CARD = JSON.stringify({ type: 'messageCard', data: '{"tag":"column","children":[]}' });

/** Calls every method once with valid parameters. Later calls use results of earlier ones. */
async function callAllMethods(): Promise<void> {
	const { lobbyChannelId: lobby, serverId: guild, botId: bot, userId: user, circleChannelId } = IDS;
	const good = async (to: string, body?: string): Promise<string> => {
		const { status, text, body: envelope, result } = await call(sandbox, to, body);
		if (status !== 200 || (envelope.ok ?? envelope.status) !== true)
			throw new Error(`${to}: ${text}`);
		return JSON.stringify(result);
	};
	const message = await send(sandbox, 'first');
	const card = await sendCard();
	const at = `"channel_id":"${lobby}","message_id":"${card}"`;
	await good('GET getMe');
	await good('GET getMyCommands');
	await good(
		'POST robot/setGuildNick',
		`{"guild_Id":"${guild}","guild_id":"${guild}","bot_id":"${bot}","nickname":"Lamp"}`,
	);
	await good('POST v2/getUpdates', '{}');
	await good('POST getUpdates', '{"timeout":0}');
	await good('POST getMessage', `{"chat_id":${lobby},"message_id":${message}}`);
	await good(
		'POST sendPhoto',
		`{"chat_id":${lobby},"photo":{"Url":"https://cdn.example.com/a.png"}}`,
	);
	await good(
		'POST sendNotication',
		`{"channel_type":"1","to_user_id":"${user}","content":"c","nonce":"1"}`,
	);
	const note = await good(
		'POST guild/notification/send',
		`{"users":["${user}"],"guild_id":"${guild}","text":"t"}`,
	);
	const noteId = [...sandbox.fanbook.sandboxState.notifications.keys()][0] ?? note;
	await good(
		'POST guild/notification/recall',
		`{"chat_id":"${guild}","guild_id":"${guild}","message_id":"${noteId}"}`,
	);
	await good(
		'POST sendReaction',
		`{"user_id":"${bot}","message_id":"${message}","channel_id":"${lobby}","emoji":"%E8%B5%9E"}`,
	);
	await good(
		'POST editMessageText',
		`{"chat_id":${lobby},"message_id":${message},"text":"changed"}`,
	);
	await good(
		'POST editMessageReplyMarkup',
		`{"chat_id":${lobby},"message_id":${message},"reply_markup":{"inline_keyboard":[[{"text":"OK","callback_data":"ok"}]]}}`,
	);
	await good('POST v2/quotes', `{"channel_id":"${lobby}","quote_id":"${message}"}`);
	await good(
		'POST pinChatMessage',
		`{"chat_id":${lobby},"message_id":${message},"channel_id":${lobby}}`,
	);
	await good('POST unpinChatMessage', `{"chat_id":${lobby},"message_id":${message}}`);
	await good('POST interaction/message_card/click', `{"key":"1",${at}}`);
	await good('POST interaction/message_card/cancel_click', `{"key":"1",${at}}`);
	await good('POST interaction/message_card/auto', `{"max":3,${at}}`);
	await good('POST v2/interaction/message_card/muti_click', `{"key":"2",${at},"click_type":["a"]}`);
	await good('POST message_card/list_users', `{"key":"2",${at}}`);
	await good('POST v2/cardNotify', `{${at}}`);
	const click = sandbox.fanbook.clickButton(message, user, 'ok');
	await good(
		'POST v2/answerCallback',
		`{"callback_id":"${click}","user_id":"${user}","channel_id":"${lobby}","text":"done"}`,
	);
	await good('POST deleteMessage', `{"chat_id":${lobby},"message_id":${message}}`);
	await good('POST guild', `{"user_id":"${bot}","guild_id":"${guild}"}`);
	await good(
		'POST v2/guild/members',
		`{"guild_id":"${guild}","channel_id":"0","user_id":"${bot}","ranges":[{"start":0,"end":9}]}`,
	);
	await good('POST getRoleMembers', `{"guild_id":${guild},"role_id":${guild},"size":5}`);
	await good('POST getGuildMembers', `{"guild_id":${guild},"limit":5}`);
	await good('POST getGuildMembersCount', `{"guild_id":${guild}}`);
	await good('POST searchGuildMember', `{"guild_id":${guild},"query":"bao"}`);
	await good('POST searchGuildMemberByName', `{"guild_id":${guild},"username":["1000037"]}`);
	const role = await good(
		'PUT guild/role',
		`{"guild_id":"${guild}","name":"New","hoist":true,"color":255}`,
	);
	const roleId = /"id":\{[^}]*"value":"(\d+)"/.exec(role)?.[1] ?? '';
	await good('POST setMemberRoles', `{"guild_id":${guild},"user_id":${user},"roles":[${roleId}]}`);
	await good(
		'POST v2/setMemberRoles',
		`{"guild_id":${guild},"user_id":${user},"roles":[${roleId}],"operation":"del"}`,
	);
	await good(
		'PATCH v2/guild/role',
		`{"guild_id":"${guild}","id":"${roleId}","permissions":4294967296,"name":"Newer"}`,
	);
	await good('POST getGuildRoles', `{"guild_id":${guild}}`);
	await good('DELETE v2/guild/role', `{"guild_id":"${guild}","id":"${roleId}"}`);
	await good('POST guild/existsMember', `{"guild_id":"${guild}"}`);
	await good(
		'POST forbidUserSpeaking',
		`{"target_uid":"${user}","target_guild_id":"${guild}","duration_in_second":90}`,
	);
	await good('POST kickChatMember', `{"guild_id":${guild},"user_id":${sampleUserId(20)}}`);
	await good(`GET guild/emoji?guild_id=${guild}`);
	await good('POST invite/guildList', `{"guild_id":"${guild}","size":"5","list_id":"0"}`);
	await good('POST invite/codeInfo', '{"c":"LT0003"}');
	await good(`GET user/human_authentication?user_id=${user}`);
	await good('POST v2/checkUserGuilds', `{"user_id":${user},"guilds":[${guild},1]}`);
	await good(
		'POST v2/guild/addUser',
		`{"member_id":"601299999999999999","guild_id":"${guild}","c":"LT0003"}`,
	);
	await good('POST channel/list', `{"guild_id":"${guild}"}`);
	await good('POST message/getList', `channel_id=${lobby}&size=5`);
	await good(
		'POST channel/create',
		`{"user_id":"${bot}","guild_id":"${guild}","name":"news","type":0}`,
	);
	const channelId = [...sandbox.fanbook.sandboxState.channels.values()].find(
		({ name }) => name === 'news',
	)?.id;
	await good(
		'POST channel/edit',
		`{"channel_id":"${channelId}","user_id":"${bot}","guild_id":"${guild}","name":"old news","topic":"t"}`,
	);
	await good(
		'POST channel/delete',
		`{"channel_id":"${channelId}","user_id":"${bot}","guild_id":"${guild}"}`,
	);
	await good('POST getPrivateChat', `{"user_id":${user}}`);
	await good('POST getChatMember', `{"chat_id":${lobby},"user_id":${user}}`);
	const post = sandbox.fanbook.createPost(circleChannelId, user, { title: 'T' });
	await good('POST circle/postList', `{"guild_id":"${guild}","channel_id":"${circleChannelId}"}`);
	await good('POST circle/detail', `{"post_id":"${post.id}"}`);
	await good('POST v2/circle/info', `{"guild_id":${guild}}`);
	const comment = sandbox.fanbook.circle.commentPost(post.id, user, 'nice');
	await good('POST v2/circle/reactionList', `{"post_id":"${post.id}","size":5}`);
	await good(
		'POST v2/circle/commentList',
		`{"post_id":"${post.id}","size":"5","channel_id":"${circleChannelId}"}`,
	);
	await good(
		'POST v2/circle/commentReplyList',
		`{"post_id":"${post.id}","size":"5","comment_id":"${comment.id}"}`,
	);
	await good('POST getCircleReactionList', `{"guild_id":"${guild}","post_id":"${post.id}"}`);
	await good('POST getCircleCommentList', `{"guild_id":"${guild}","post_id":"${post.id}"}`);
	await good('POST v2/feeds/benefits', `{"user_id":"${user}"}`);
	await good(
		'DELETE v2/circle/postDelete',
		`{"post_id":"${post.id}","channel_id":"${circleChannelId}","topic_id":"${post.topicId}","reason":"test"}`,
	);
	const who = `"guild_id":"${guild}","user_id":"${user}","card_id":"badge-0001"`;
	await good(
		'PUT v2/guild/credit',
		`{${who},"guild_credit":{"authority":{"icon":"i","name":"n"},"slots":[[{"value":"v"}]]}}`,
	);
	await good('POST getGuildCredit', `{"guild_id":${guild},"user_id":${user}}`);
	await good(
		'PUT v2/guild/credit',
		`{${who.replace('0001', '0002')},"game_credit":{"level":9007199254740993}}`,
	);
	await good('DELETE v2/guild/credit', `{${who}}`);
}

async function sendCard(): Promise<string> {
	const body = `{"chat_id":${IDS.lobbyChannelId},"text":${JSON.stringify(CARD)},"desc":"d","parse_mode":"Fanbook"}`;
	const { text } = await call(sandbox, 'POST sendMessage', body);
	return /"message_id":(\d+)/.exec(text)?.[1] ?? '';
}

describe('Bot methods', () => {
	it('all have a handler and respond as text/plain in the shape of the contract', async () => {
		sandbox.reset();
		await callAllMethods();
		expect(sandbox.requestLog.coverage('fanbook').missing).toEqual([]);
		expect(sandbox.requestLog.entries().filter(({ crash }) => crash)).toEqual([]);
		const different = sandbox.requestLog
			.entries()
			.filter(({ responseErrors }) => responseErrors.length > 0)
			.map(({ endpoint, responseErrors }) => ({ endpoint, responseErrors }));
		expect(different).toEqual([]);
		const { contentType } = await call(sandbox, 'GET getMyCommands');
		expect(contentType).toBe('text/plain; charset=utf-8');
	});

	it('see the same sample data after a reset', async () => {
		sandbox.reset();
		const before = await call(sandbox, 'POST channel/list', `{"guild_id":"${IDS.serverId}"}`);
		await callAllMethods();
		sandbox.reset();
		const after = await call(sandbox, 'POST channel/list', `{"guild_id":"${IDS.serverId}"}`);
		expect(after.text).toBe(before.text);
		expect(sandbox.fanbook.sandboxState.history(IDS.lobbyChannelId)).toHaveLength(230);
	});
});
