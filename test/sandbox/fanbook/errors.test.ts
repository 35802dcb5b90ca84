import type { Sandbox } from '../../../sandbox';
import { sampleUserId } from '../../../sandbox/fanbook/seed/servers';
import { call, callForCode, IDS, send } from './client';
import { useSandbox } from '../../support/sandbox';

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

const { lobbyChannelId: lobby, serverId: guild, userId: user } = IDS;
const message = (chatId: string, rest = ''): string =>
	`{"chat_id":${chatId},"text":"t","desc":"d"${rest}}`;

describe('Error responses', () => {
	it.each<[string, string, string, number]>([
		['an unknown channel', 'POST sendMessage', message('12345'), 1021],
		[
			'a channel that the bot cannot write to',
			'POST sendMessage',
			message(IDS.announcementsChannelId),
			1012,
		],
		['a channel that the bot cannot view', 'POST sendMessage', message('523904175562981395'), 1012],
		[
			'a channel of a server without the bot',
			'POST sendMessage',
			message('689120345127880709'),
			1008,
		],
		[
			'a server without the bot',
			'POST channel/list',
			`{"guild_id":"${IDS.foreignServerId}"}`,
			1008,
		],
		['an unknown server', 'POST channel/list', '{"guild_id":"5"}', 1011],
		['an unknown user', 'POST getPrivateChat', '{"user_id":5}', 1004],
		[
			'a user who is not a member',
			'POST getChatMember',
			`{"guild_id":${guild},"user_id":601299999999999999}`,
			1007,
		],
		[
			'a text that is not JSON with parse_mode',
			'POST sendMessage',
			message(lobby, ',"parse_mode":"Fanbook"'),
			5103,
		],
		[
			'an unknown content type',
			'POST sendMessage',
			`{"chat_id":${lobby},"text":"{\\"type\\":\\"poem\\"}","desc":"d","parse_mode":"Fanbook"}`,
			5105,
		],
		[
			'rich text without a document',
			'POST sendMessage',
			`{"chat_id":${lobby},"text":"{\\"type\\":\\"richText\\"}","desc":"d","parse_mode":"Fanbook"}`,
			5103,
		],
		[
			'a text over 150000 bytes',
			'POST sendMessage',
			`{"chat_id":${lobby},"text":"${'灯'.repeat(50001)}","desc":"d"}`,
			5104,
		],
		['ephemeral without users', 'POST sendMessage', message(lobby, ',"ephemeral":true'), 1001],
		['users without ephemeral', 'POST sendMessage', message(lobby, `,"users":["${user}"]`), 1001],
		[
			'a second level without a root',
			'POST sendMessage',
			message(lobby, ',"reply_to_message_id_level_2":5'),
			1001,
		],
		[
			'a keyboard without rows',
			'POST sendMessage',
			message(lobby, ',"reply_markup":{"inline_keyboard":[{"text":"a","url":"b"}]}'),
			1001,
		],
		[
			'a button without an action',
			'POST sendMessage',
			message(lobby, ',"reply_markup":{"inline_keyboard":[[{"text":"a"}]]}'),
			1001,
		],
		[
			'creating a role without the permission',
			'PUT guild/role',
			`{"guild_id":"${IDS.secondServerId}","name":"n"}`,
			1012,
		],
		[
			'removing the owner',
			'POST kickChatMember',
			`{"guild_id":${guild},"user_id":${sampleUserId(0)}}`,
			1012,
		],
		[
			'assigning a managed role',
			'POST setMemberRoles',
			`{"guild_id":${guild},"user_id":${user},"roles":[523904175562982805]}`,
			1012,
		],
		[
			'a server channel without guild_id',
			'POST channel/edit',
			`{"channel_id":"${lobby}","user_id":"${IDS.botId}","name":"n"}`,
			1001,
		],
		['an unknown invite code', 'POST invite/codeInfo', '{"c":"nope"}', 1001],
		[
			'a used-up invite code',
			'POST v2/guild/addUser',
			`{"member_id":"601299999999999999","guild_id":"${guild}","c":"LT0059"}`,
			1001,
		],
		[
			'a badge without issuer',
			'PUT v2/guild/credit',
			`{"guild_id":"${guild}","user_id":"${user}","card_id":"1234567890","guild_credit":{"slots":[]}}`,
			1001,
		],
		[
			'circle updates without the setting fullMessages',
			'POST v2/getUpdates',
			'{"msg_type":"circle"}',
			1012,
		],
		[
			'an unknown callback',
			'POST v2/answerCallback',
			`{"callback_id":"5","user_id":"${user}","channel_id":"${lobby}"}`,
			1001,
		],
	])('return a code for %s', async (_name, to, body, code) => {
		expect(await callForCode(sandbox, to, body)).toBe(code);
	});

	it('are Body contents error with HTTP 200 for a wrong JSON type', async () => {
		const answer = await call(sandbox, 'POST getMessage', `{"chat_id":"${lobby}","message_id":5}`);
		expect(answer.status).toBe(200);
		expect(answer.text).toBe('{"ok":false,"error_code":1001,"description":"Body contents error"}');
	});

	it('have the data envelope if the method has it', async () => {
		const answer = await call(sandbox, 'POST message/getList', 'channel_id=5');
		expect(answer.body).toMatchObject({ status: false, desc: 'channel does not exist: 5' });
		expect(answer.text).toContain('"code":1021');
		const good = await call(sandbox, 'POST message/getList', `channel_id=${lobby}&size=1`);
		expect(good.text).toMatch(
			/^\{"status":true,"code":1000,"message":"1000","desc":"成功","request_id":"\w+","data":\[/,
		);
	});

	it('are HTTP 400 for a bot that is not allow-listed and HTTP 200 above the rate limit', async () => {
		sandbox.fanbook.settings.sendAllowed = false;
		const unlisted = await call(sandbox, 'POST sendMessage', message(lobby));
		expect(unlisted.status).toBe(400);
		expect(unlisted.text).toContain('"error_code":10002');
		sandbox.fanbook.settings.sendAllowed = true;
		sandbox.fanbook.settings.sendsPerSecond = 2;
		sandbox.clock.set(Date.UTC(2027, 0, 1));
		const codes: number[] = [];
		for (let n = 0; n < 3; n += 1)
			codes.push(await callForCode(sandbox, 'POST sendMessage', message(lobby)));
		sandbox.clock.advance(1000);
		codes.push(await callForCode(sandbox, 'POST sendMessage', message(lobby)));
		expect(codes).toEqual([0, 0, 10002, 0]);
	});

	it('are HTTP 401 for an unknown token', async () => {
		const answer = await call(sandbox, 'GET getMe', undefined, 'wrong');
		expect(answer.status).toBe(401);
		expect(answer.text).toContain('"error_code":901');
	});

	it('reject private messages to users who closed them or blocked the bot', async () => {
		const codeFor = async (index: number): Promise<number> => {
			const chat = sandbox.fanbook.sandboxState.privateChat(sampleUserId(index), IDS.botId);
			return await callForCode(sandbox, 'POST sendMessage', message(chat.id));
		};
		expect([await codeFor(1), await codeFor(7), await codeFor(8)]).toEqual([0, 1037, 1038]);
	});

	it('let a bot without MANAGE_MESSAGES delete only its own messages, within three minutes', async () => {
		const table = '731455902817263621';
		const [kept, gone] = [await send(sandbox, 'a', table), await send(sandbox, 'b', table)];
		const remove = async (id: string): Promise<number> =>
			await callForCode(sandbox, 'POST deleteMessage', `{"chat_id":${table},"message_id":${id}}`);
		expect(await remove(gone)).toBe(0);
		sandbox.clock.advance(181_000);
		expect(await remove(kept)).toBe(1012);
		const foreign = sandbox.fanbook.say(table, user, 'mine').id;
		expect(await remove(foreign)).toBe(1012);
	});

	it('limit a profile to ten badges', async () => {
		const badge = '"guild_credit":{"authority":{"icon":"i","name":"n"},"slots":[[{"value":"v"}]]}';
		const codes: number[] = [];
		for (let n = 0; n < 11; n += 1) {
			const who = `"guild_id":"${guild}","user_id":"${sampleUserId(50)}","card_id":"badge-${1000 + n}"`;
			codes.push(await callForCode(sandbox, 'PUT v2/guild/credit', `{${who},${badge}}`));
		}
		expect(codes).toEqual([...Array(10).fill(0), 2010]);
	});
});
