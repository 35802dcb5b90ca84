import { FanbookBotApi } from '../../../credentials/FanbookBotApi.credentials';
import { fanbook } from '../../../nodes/Fanbook/service';
import { emojiChoices } from '../../../nodes/Fanbook/resources/message/emoji';
import { allFields, optionValue, optionalFields } from '../../../nodes/shared/definition/naming';
import { loadContract } from '../../../sandbox/core/contract';
import { TestServer } from '../../support/server';
import { byId, demo, FanbookHarness } from '../../support/fanbookHarness';
import { HELPERS } from '../../samples/fanbook';

/** The quirks of the API reference, by their numbers there. */
const bare = new TestServer();
const harness = FanbookHarness.forTests(bare);
beforeEach(() => harness.sandbox.reset());

const server = { guildId: byId(demo.serverId) };
const lobby = byId(demo.lobbyChannelId);
const lines = () => harness.lines();

/** Runs an operation against a server with the given response. */
async function answered(body: unknown, resource: string, operation: string, parameters = {}) {
	bare.reply = () => ({
		body: typeof body === 'string' ? body : JSON.stringify(body),
		headers: { 'content-type': 'text/plain; charset=utf-8' },
	});
	return await harness.run(resource, operation, parameters, {
		credentials: harness.credential({ host: bare.url }),
	});
}

async function sent(text = 'Hello'): Promise<string> {
	const { items } = await harness.run('message', 'send', { chatId: lobby, text });
	harness.sandbox.requestLog.clear();
	return String(items[0]?.json.message_id);
}

const keysOf = (operation: string, resource = 'message') => {
	const found = fanbook.resources
		.find((candidate) => optionValue(candidate) === resource)
		?.operations.find((candidate) => optionValue(candidate) === operation);
	return (found === undefined ? [] : allFields(found)).map(({ key }) => key);
};

test('quirk 1: Unpin calls unpinChatMessage, which the reference prints as pinChatMessage', async () => {
	const messageId = await sent();
	await harness.run('message', 'unpin', { chatId: lobby, messageId });
	expect(lines()).toEqual([
		`POST unpinChatMessage {"chat_id":${demo.lobbyChannelId},"message_id":${messageId}}`,
	]);
});

test('quirk 2: the server of a nickname is sent as guild_Id and as guild_id', async () => {
	await harness.run('bot', 'setServerNickname', { ...server, nickname: 'Lamp' });
	expect(lines()).toEqual([
		`POST robot/setGuildNick {"guild_Id":"${demo.serverId}","nickname":"Lamp","bot_id":"${demo.botId}","guild_id":"${demo.serverId}"}`,
	]);
});

test('quirk 3: Send Task Notification calls the misspelt sendNotication', async () => {
	const { items } = await harness.run('message', 'sendTaskNotification', {
		channelType: '1',
		toUserId: byId(demo.userId),
		content: 'Water the lanterns',
	});
	expect(lines()[0]).toMatch(
		/^POST sendNotication \{"channel_type":"1","to_user_id":"601200000000000513","content":"Water the lanterns","nonce":"\d{18,19}"\}$/,
	);
	expect(items[0]?.json).toEqual({ success: true });
	// A nonce has the format of Fanbook's IDs, whose upper bits contain the time.
	const nonce = BigInt(/"nonce":"(\d+)"/.exec(lines()[0] ?? '')?.[1] ?? 0);
	const madeAt = Number((nonce >> 22n) + 1_565_222_888_000n);
	expect(Math.abs(Date.now() - madeAt)).toBeLessThan(60_000);
});

test.each([
	['10002', { ok: false, error_code: 10002, description: 'limit' }, 200],
	['1012', { ok: false, error_code: 1012, description: 'no permission' }, 200],
	['HTTP 400', {}, 400],
])('quirk 4: the error of sending explains the allow-list on %s', async (_what, body, status) => {
	bare.reply = () => ({ status, body: JSON.stringify(body) });
	const { error } = await harness.run(
		'message',
		'send',
		{ chatId: lobby, text: 'Hello', options: { maxTries: 1 } },
		{ credentials: harness.credential({ host: bare.url }) },
	);
	expect(error?.description).toContain("Only bots on Fanbook's allow-list can send messages");
});

test('quirk 5: Del is sent as DELETE with a JSON body, and other methods as printed', async () => {
	await harness.run('role', 'delete', { ...server, id: byId(HELPERS) });
	expect(lines()).toEqual([
		`DELETE v2/guild/role {"guild_id":"${demo.serverId}","id":"${HELPERS}"}`,
	]);
	expect(harness.calls()[0]?.headers['content-type']).toBe('application/json');
	const verbs = fanbook.resources.flatMap(({ operations }) =>
		operations.map(({ endpoint }) => endpoint.split(' ')[0]),
	);
	expect(new Set(verbs)).toEqual(new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']));
});

test('quirk 6: a blank cell means required, so an empty parameter is rejected', async () => {
	const { error } = await harness.run('message', 'get', { chatId: lobby, messageId: '={{ "" }}' });
	expect(error?.message).toBe('"Message ID" is empty');
	expect(lines()).toEqual([]);
});

test('quirk 7: the first page has no cursor, except "0" for invites', async () => {
	const all = { returnAll: false, limit: 2 };
	await harness.run('member', 'getManyByRole', { ...server, roleId: byId(HELPERS), ...all });
	await harness.run('invite', 'getAll', { ...server, ...all });
	await harness.run('circlePost', 'getAll', {
		...server,
		channelId: byId(demo.circleChannelId),
		...all,
	});
	expect(lines()).toEqual([
		`POST getRoleMembers {"guild_id":${demo.serverId},"role_id":${HELPERS},"size":2}`,
		`POST invite/guildList {"guild_id":"${demo.serverId}","size":"2","list_id":"0"}`,
		`POST circle/postList {"guild_id":"${demo.serverId}","channel_id":"${demo.circleChannelId}","size":"2"}`,
	]);
});

test('quirk 8: a member needs a server or a channel', async () => {
	const user = { userId: byId(demo.userId) };
	await harness.run('member', 'get', { ...server, ...user });
	await harness.run('member', 'get', { chatId: lobby, ...user });
	const { error } = await harness.run('member', 'get', user);
	expect(lines()).toEqual([
		`POST getChatMember {"guild_id":${demo.serverId},"user_id":${demo.userId}}`,
		`POST getChatMember {"chat_id":${demo.lobbyChannelId},"user_id":${demo.userId}}`,
	]);
	expect(error?.message).toBe('"Server" is empty');
	expect(error?.description).toBe('Fill in one of Server, Channel');
});

test('quirk 9: editing needs channel and message, and has no inline message', async () => {
	for (const operation of ['editText', 'editInlineKeyboard']) {
		const { error } = await harness.run('message', operation, {
			chatId: byId('={{ "" }}'),
			messageId: '1',
			text: 'x',
		});
		expect(error?.message).toBe('"Channel" is empty');
		expect(keysOf(operation)).not.toContain('inline_message_id');
	}
	expect(lines()).toEqual([]);
});

test('quirk 10: a reaction needs an emoji or a picture', async () => {
	const messageId = await sent();
	const where = { channelId: lobby, messageId };
	const { error } = await harness.run('message', 'addReaction', { ...where, emoji: '' });
	expect(error?.message).toBe('"Emoji" is empty');
	expect(error?.description).toBe('Fill in one of Emoji, Custom Picture');
	await harness.run('message', 'addReaction', {
		...where,
		emoji: '',
		avatar: 'https://example.com/e.png',
	});
	expect(lines()).toEqual([
		`POST sendReaction {"channel_id":"${demo.lobbyChannelId}","message_id":"${messageId}","avatar":"https://example.com/e.png","user_id":"${demo.botId}"}`,
	]);
});

test('quirk 11: the emoji options are those of the list, including +1', () => {
	const parameters = loadContract('fanbook').endpoints.find(({ id }) => id === 'message.react');
	const names = parameters?.parameters.find(({ name }) => name === 'emoji')?.enum ?? [];
	expect(names).toHaveLength(79);
	const offered = emojiChoices.map(({ value }) => value).filter((value) => value !== '');
	expect([...offered].sort()).toEqual([...names].sort());
	expect(offered).toContain('+1');
});

test.each([
	['赞', '%E8%B5%9E'],
	['+1', '%2B1'],
	['%E8%B5%9E', '%E8%B5%9E'],
])('quirk 12: the emoji %s is sent as %s', async (emoji, encoded) => {
	const messageId = await sent();
	const { error } = await harness.run('message', 'addReaction', {
		channelId: lobby,
		messageId,
		emoji,
	});
	expect(error).toBeUndefined();
	expect(lines()[0]).toContain(`"emoji":"${encoded}"`);
});

test('quirk 13: history is requested with form fields and returned in the other envelope', async () => {
	const { items } = await harness.run('message', 'getAll', { channelId: lobby, limit: 1 });
	expect(lines()).toEqual([`POST message/getList channel_id=${demo.lobbyChannelId}&size=1`]);
	expect(harness.calls()[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
	expect(items).toHaveLength(1);
	expect(items[0]?.json).toMatchObject({ channel_id: demo.lobbyChannelId });
});

test('quirk 14: text copied from sendMessage is not in the descriptions', () => {
	const copied = fanbook.resources
		.flatMap(({ operations }) => operations)
		.filter(({ endpoint }) => /getList|postDelete|list_users/.test(endpoint));
	expect(copied.map(({ description }) => description)).toEqual([
		'Delete a post of a circle',
		'Get the messages of a channel, the newest first',
		'Get the users who hold a slot of a card',
	]);
});

test('quirk 15: getRoleMembers returns members', async () => {
	const { items } = await harness.run('member', 'getManyByRole', {
		...server,
		roleId: byId(HELPERS),
		limit: 1,
	});
	expect(items[0]?.json).toMatchObject({ user: { id: expect.any(String) }, status: 'member' });
});

test('quirk 16: the name of a new role is the name of the role', async () => {
	const { items } = await harness.run('role', 'create', { ...server, name: 'Gardeners' });
	expect(lines()).toEqual([
		`PUT guild/role {"guild_id":"${demo.serverId}","name":"Gardeners","color":0}`,
	]);
	expect(items[0]?.json).toMatchObject({ name: 'Gardeners', color: 0 });
});

test('quirk 17: a private chat can be returned as an object or in a list', async () => {
	const chat = { id: 1, type: 'private', channel_type: 3 };
	for (const result of [chat, [chat]]) {
		const { items } = await answered({ ok: true, result }, 'channel', 'getPrivateChat', {
			userId: '5',
		});
		expect(items.map(({ json }) => json)).toEqual([{ ...chat, id: '1' }]);
	}
});

test('quirk 18: setMemberRoles returns true', async () => {
	const { items } = await harness.run('member', 'setRoles', {
		...server,
		userId: byId(demo.userId),
		roles: HELPERS,
	});
	expect(items.map(({ json }) => json)).toEqual([{ success: true }]);
	expect(lines()).toEqual([
		`POST setMemberRoles {"guild_id":${demo.serverId},"user_id":${demo.userId},"roles":[${HELPERS}]}`,
	]);
});

test('quirks 19 and 20: updates are read without an offset, at most 100 per request', async () => {
	expect(keysOf('getManyLongPoll', 'update')).not.toContain('offset');
	for (let index = 0; index < 130; index += 1) {
		const text = `\${@!${demo.botId}} ${index}`;
		harness.sandbox.fanbook.say(demo.lobbyChannelId, demo.userId, text);
	}
	const { items, error } = await harness.run('update', 'getManyLongPoll', { returnAll: true });
	expect(error).toBeUndefined();
	expect(items).toHaveLength(130);
	expect(lines()).toEqual([
		'POST getUpdates {"limit":100}',
		'POST getUpdates {"limit":100,"timeout":0}',
		'POST getUpdates {"limit":100,"timeout":0}',
	]);
});

test.each([
	['send', 150_000, {}],
	['editText', 102_400, { messageId: '1' }],
])('quirk 21: %s counts UTF-8 bytes, at most %d', async (operation, most, more) => {
	// Characters of three bytes, so that a limit in characters would accept them.
	const text = '灯'.repeat(Math.ceil(most / 3) + 1);
	const { error } = await harness.run('message', operation, { chatId: lobby, text, ...more });
	expect(error?.message).toBe(`"Text" has ${Buffer.byteLength(text)} bytes`);
	expect(error?.description).toBe(`Shorten it to at most ${most} bytes`);
	expect(lines()).toEqual([]);
});

test('quirk 22: a role keeps its permissions if only its name changes', async () => {
	const role = () =>
		harness.sandbox.fanbook.sandboxState
			.server(demo.serverId)
			.roles.find(({ id }) => id === HELPERS);
	const before = 17_179_869_184n + 1024n;
	const helpers = role();
	if (helpers !== undefined) helpers.permissions = before;
	const { error } = await harness.run('role', 'update', {
		...server,
		id: byId(HELPERS),
		updateFields: { name: 'Helping Hands' },
	});
	expect(error).toBeUndefined();
	expect(role()).toMatchObject({ name: 'Helping Hands', permissions: before });
	// The role is on the second page.
	expect(lines()).toEqual([
		`POST getGuildRoles {"guild_id":${demo.serverId}}`,
		expect.stringMatching(/^POST getGuildRoles \{"guild_id":\d+,"last_id":\d+\}$/),
		`PATCH v2/guild/role {"guild_id":"${demo.serverId}","id":"${HELPERS}","permissions":${before},"name":"Helping Hands"}`,
	]);
});

test('quirk 22: permissions are entered by name or as a number above 2^31', async () => {
	const update = async (parameters: object) =>
		await harness.run('role', 'update', { ...server, id: byId(HELPERS), ...parameters });
	await update({ permissionNames: ['MANAGE_CIRCLE', 'SEND_MESSAGES'] });
	await update({ updateFields: { permissions: '137438953472' } });
	expect(lines().map((line) => /"permissions":(\d+)/.exec(line)?.[1])).toEqual([
		String(2n ** 31n + 2048n),
		'137438953472',
	]);
});

test('quirk 23: roles are created without v2/ and updated with it', () => {
	const roles = fanbook.resources.find(({ name }) => name === 'Role')?.operations ?? [];
	expect(roles.map(({ endpoint }) => endpoint)).toEqual([
		'PUT guild/role',
		'PATCH v2/guild/role',
		'DELETE v2/guild/role',
		'POST getGuildRoles',
	]);
});

test('quirk 24: the users of a card are requested without the prefix interaction/', async () => {
	await harness.run('messageCard', 'getUsers', { channelId: lobby, messageId: '1', key: '2' });
	expect(lines()).toEqual([
		`POST message_card/list_users {"channel_id":"${demo.lobbyChannelId}","message_id":"1","key":"2"}`,
	]);
});

test('quirk 25: badge and game record share method and path and differ in one key', async () => {
	const who = { ...server, userId: byId(demo.userId), cardId: 'test-badge-0001' };
	await harness.run('badge', 'set', {
		...who,
		guildCredit: '{"authority":{"icon":"i","name":"n"},"slots":[]}',
	});
	await harness.run('badge', 'setGameRecord', { ...who, gameCredit: '{"level":9007199254740993}' });
	const head = `PUT v2/guild/credit {"guild_id":"${demo.serverId}","user_id":"${demo.userId}","card_id":"test-badge-0001"`;
	expect(lines()).toEqual([
		`${head},"guild_credit":{"authority":{"icon":"i","name":"n"},"slots":[]}}`,
		`${head},"game_credit":{"level":9007199254740993}}`,
	]);
});

test('quirk 26: a photo is sent as photo.Url, with a capital letter', async () => {
	const { error } = await harness.run('message', 'sendPhoto', {
		chatId: lobby,
		photo: 'https://example.com/a.png',
	});
	expect(error).toBeUndefined();
	expect(lines()).toEqual([
		`POST sendPhoto {"chat_id":${demo.lobbyChannelId},"photo":{"Url":"https://example.com/a.png"}}`,
	]);
});

test('quirk 27: members are paged across group rows, one item each with roles', async () => {
	const { items } = await harness.run('member', 'getAll', { ...server, returnAll: true });
	const members = harness.sandbox.fanbook.sandboxState.server(demo.serverId).members;
	expect(new Set(items.map(({ json }) => json.user_id))).toEqual(new Set(members.keys()));
	expect(items).toHaveLength(members.size);
	expect(lines()).toEqual(
		[0, 100, 200].map(
			(start) =>
				`POST v2/guild/members {"guild_id":"${demo.serverId}","channel_id":"0","user_id":"${demo.botId}","ranges":[{"start":${start},"end":${start + 99}}]}`,
		),
	);
	// A member on the second page belongs to the group whose header is on the first.
	expect(items.at(150)?.json).toMatchObject({
		group: { name: 'Everyone' },
		roles: expect.any(Array),
	});
});

test('quirk 27: the keys Group and User are also read in lower case', async () => {
	const rows = [
		{ group: { id: '7', name: 'Staff', count: 1 } },
		{ user: { user_id: '8', nickname: 'Ada', roles: ['7'] } },
	];
	const result = { ops: [{ range: [0, 99], op: 'SYNC', items: rows }], item_count: 2 };
	const { items } = await answered({ ok: true, result }, 'member', 'getAll', { guildId: '1' });
	expect(items.map(({ json }) => json)).toEqual([
		{ user_id: '8', nickname: 'Ada', roles: ['7'], group: { id: '7', name: 'Staff' } },
	]);
});

test('quirk 28: authenrited is kept and also returned as authenticated', async () => {
	for (const envelope of [
		{ ok: true, result: { authenrited: true } },
		{ status: true, code: 1000, data: { authenrited: true } },
	]) {
		const { items } = await answered(envelope, 'member', 'getRealNameVerification', {
			userId: '5',
		});
		expect(items[0]?.json).toEqual({ authenrited: true, authenticated: true });
	}
	expect(bare.received[0]?.url).toMatch(/user\/human_authentication\?user_id=5$/);
});

test('quirk 29: until_date is reserved and not offered', () => {
	expect(keysOf('kick', 'member')).not.toContain('until_date');
});

test('quirk 30: a response is parsed as JSON although it is declared as text/plain', async () => {
	const { items } = await answered(
		'{"ok":true,"result":[{"command":"help"}]}',
		'bot',
		'getCommands',
	);
	expect(items[0]?.json).toEqual({ command: 'help' });
});

test('quirk 31: the date of a message stays in milliseconds without Simplify', async () => {
	const { items } = await harness.run('message', 'send', {
		chatId: lobby,
		text: 'Hello',
		simplify: false,
	});
	expect(Number(items[0]?.json.date)).toBeGreaterThan(1_500_000_000_000);
});

test('a simplified message of plain text, and the one it replies to, have parsed content', async () => {
	const text = 'Hello';
	const parsed = {
		date: '2023-11-14T22:13:20.000Z',
		text,
		content: { type: 'text', text },
	};
	const replied = { message_id: '1', date: 1_700_000_000_000, text, edit_date: null };
	const { items } = await answered(
		{ ok: true, result: { ...replied, message_id: '2', reply_to_message: replied } },
		'message',
		'send',
		{ chatId: lobby, text },
	);
	expect(items[0]?.json).toEqual({
		message_id: '2',
		...parsed,
		reply_to_message: { message_id: '1', ...parsed },
	});
});

test('quirk 32: the host is a credential field and defaults to .cn', async () => {
	const host = new FanbookBotApi().properties.find(({ name }) => name === 'host');
	expect(host?.default).toBe('https://a1.fanbook.cn');
	await answered({ ok: true, result: [] }, 'bot', 'getCommands');
	expect(bare.received[0]?.url).toBe(`/api/bot/${demo.botToken}/getMyCommands`);
});

test('quirk 33: numbers are sent as numbers and 64-bit integers as bare digits', async () => {
	await harness.run('member', 'getManyLegacy', { ...server, limit: 3 });
	await harness.run('circlePost', 'getReactingMembers', {
		...server,
		postId: '471883502148419584',
		limit: 4,
	});
	expect(lines()[0]).toBe(`POST getGuildMembers {"guild_id":${demo.serverId},"limit":3}`);
	expect(lines()[1]).toMatch(/"post_id":"471883502148419584","size":4\}$/);
});

test('quirk 34: one operation updates channels of a server and group chats', async () => {
	const change = { updateFields: { name: 'Sunday tea' } };
	await harness.run('channel', 'update', {
		...server,
		channelId: byId(demo.helpChannelId),
		...change,
	});
	await harness.run('channel', 'update', {
		target: 'group',
		channelId: '640404040404040449',
		...change,
	});
	expect(lines()).toEqual([
		`POST channel/edit {"guild_id":"${demo.serverId}","channel_id":"${demo.helpChannelId}","user_id":"${demo.botId}","name":"Sunday tea"}`,
		`POST channel/edit {"channel_id":"640404040404040449","user_id":"${demo.botId}","name":"Sunday tea"}`,
	]);
	const updates = fanbook.resources
		.flatMap(({ operations }) => operations)
		.filter(({ endpoint }) => endpoint === 'POST channel/edit')
		.map((operation) => optionalFields(operation).collection);
	expect(updates).toContain('updateFields');
});

test('quirk 35: only Bot: Get calls getMe if the credential has Bot ID', async () => {
	await harness.run('server', 'get', server);
	expect(lines()).toEqual([`POST guild {"guild_id":"${demo.serverId}","user_id":"${demo.botId}"}`]);
	expect(new FanbookBotApi().test.request.url).toBe('/api/bot/getMyCommands');
});

test('quirk 35: without Bot ID in the credential, getMe is called once per execution', async () => {
	const items = Array.from({ length: 6 }, () => ({ json: {} }));
	const { error } = await harness.run('server', 'get', server, {
		items,
		credentials: harness.credential({ botId: '' }),
	});
	expect(error).toBeUndefined();
	expect(lines().filter((line) => line.startsWith('GET getMe'))).toHaveLength(1);
	expect(lines().filter((line) => line.startsWith('POST guild '))).toHaveLength(6);
});
