import type { INodeParameters } from 'n8n-workflow';
import { byId, demo, FanbookHarness } from '../../support/fanbookHarness';

/**
 * Values from expressions: unambiguous ones are converted, the others are rejected with the name of
 * the parameter.
 */
let harness: FanbookHarness;
beforeAll(async () => {
	harness = await FanbookHarness.start();
});
afterAll(async () => await harness.close());
beforeEach(() => harness.sandbox.reset());

const server = { guildId: byId(demo.serverId) };
const user = { userId: byId(demo.userId) };
const lobby = byId(demo.lobbyChannelId);
const message = { chatId: lobby, text: 'x' };

/** Expects a rejection before a request is sent. */
async function refused(
	resource: string,
	operation: string,
	parameters: INodeParameters,
	expected: string,
) {
	const { error } = await harness.run(resource, operation, parameters);
	expect(error?.message).toBe(expected);
	expect(harness.lines()).toEqual([]);
}

/** Returns the last request of a run. */
async function line(resource: string, operation: string, parameters: INodeParameters) {
	await harness.run(resource, operation, parameters);
	return harness.lines().at(-1);
}

describe('an ID that is sent as text', () => {
	const onCard = { channelId: lobby, key: '1' };
	const gone = { channelId: lobby, postId: '5', reason: 'r' };

	test.each<[string, string, INodeParameters, string]>([
		['message', 'addReaction', { channelId: lobby, emoji: '赞', messageId: 'it' }, 'Message ID'],
		['message', 'getThread', { channelId: lobby, quoteId: 'it' }, 'Root Message ID'],
		[
			'message',
			'getAll',
			{ channelId: lobby, filters: { messageId: 'it', behavior: 'after' } },
			'Reference Message ID',
		],
		['messageCard', 'click', { ...onCard, messageId: 'it' }, 'Message ID'],
		['serverNotification', 'recall', { ...server, chatId: '1', messageId: 'it' }, 'Message ID'],
		['serverNotification', 'recall', { ...server, chatId: 'it', messageId: '1' }, 'Chat ID'],
		['circlePost', 'getCommentReplies', { postId: '5', commentId: 'it' }, 'Comment ID'],
		['circlePost', 'delete', { ...gone, topicId: 'it' }, 'Topic ID'],
	])(
		'an invalid ID is rejected even if the API takes it as text: %s %s %j',
		async (resource, operation, parameters, label) => {
			await refused(resource, operation, parameters, `"${label}" cannot be "it"`);
		},
	);

	test('whitespace around an ID is removed', async () => {
		expect(
			await line('messageCard', 'triggerRefresh', { channelId: lobby, messageId: ' 7 ' }),
		).toBe(`POST v2/cardNotify {"channel_id":"${demo.lobbyChannelId}","message_id":"7"}`);
	});

	test.each<[string, string, INodeParameters, string]>([
		['message', 'send', { ...message, additionalFields: { users: '1, Ada' } }, 'User Names or IDs'],
		[
			'message',
			'send',
			{ ...message, additionalFields: { mentions: '={{ ["1", "Ada"] }}' } },
			'Mentioned User Names or IDs',
		],
		[
			'message',
			'send',
			{ ...message, additionalFields: { mentionRoles: '["Ada"]' } },
			'Mentioned Role Names or IDs',
		],
		['serverNotification', 'send', { ...server, users: 'Ada', text: 'x' }, 'User Names or IDs'],
	])(
		'an invalid ID in a list is rejected: %s %s %j',
		async (resource, operation, parameters, label) => {
			await refused(resource, operation, parameters, `"${label}" cannot contain "Ada"`);
		},
	);
});

describe('an option', () => {
	test.each<[string, string, INodeParameters, string, string]>([
		[
			'message',
			'getAll',
			{ channelId: lobby, filters: { behavior: '={{ "newer" }}' } },
			'"Direction" cannot be "newer"',
			'Use one of after, before',
		],
		[
			'member',
			'addOrRemoveRoles',
			{ ...server, ...user, roles: '1', roleOperation: '={{ "remove" }}' },
			'"Change" cannot be "remove"',
			'Use one of add, del',
		],
		[
			'message',
			'sendTaskNotification',
			{ channelType: '={{ 3 }}', toUserId: byId(demo.userId), content: 'c' },
			'"Channel Type" cannot be "3"',
			'Use one of 2, 1',
		],
		[
			'message',
			'send',
			{ ...message, additionalFields: { parseMode: '={{ "markdown" }}' } },
			'"Parse Mode" cannot be "markdown"',
			'Use one of Fanbook',
		],
		[
			'message',
			'send',
			{ ...message, additionalFields: { unreactive: '={{ 2 }}' } },
			'"Reactions" cannot be "2"',
			'Use one of 1, 0',
		],
	])(
		'a value that is not an option is rejected: %s %s %j',
		async (resource, operation, parameters, expected, description) => {
			const { error } = await harness.run(resource, operation, parameters);
			expect([error?.message, error?.description]).toEqual([expected, description]);
			expect(harness.lines()).toEqual([]);
		},
	);

	test('an option can be given as a number or as text', async () => {
		expect(
			await line('message', 'send', {
				...message,
				additionalFields: { unreactive: '={{ "1" }}', parseMode: '={{ "" }}' },
			}),
		).toBe(
			`POST sendMessage {"chat_id":${demo.lobbyChannelId},"text":"x","desc":"x","unreactive":1}`,
		);
		expect(
			await line('message', 'sendTaskNotification', {
				channelType: '={{ 2 }}',
				toUserId: byId(demo.userId),
				content: 'c',
				nonce: '5',
			}),
		).toBe(
			`POST sendNotication {"channel_type":"2","to_user_id":"${demo.userId}","content":"c","nonce":"5"}`,
		);
	});
});

describe('JSON', () => {
	const markup = (replyMarkup: string) => ({ ...message, additionalFields: { replyMarkup } });

	test.each(['[{"text":"a"}]', '={{ [1] }}', '={{ true }}', '"text"', '7', '[]'])(
		'a reply markup that is not an object is rejected: %s',
		async (given) => {
			await refused('message', 'send', markup(given), '"Reply Markup (JSON)" is not a JSON object');
		},
	);

	test('invalid JSON is rejected with its position', async () => {
		const { error } = await harness.run('message', 'send', markup('{"inline_keyboard":'));
		expect(error?.message).toBe('"Reply Markup (JSON)" is not valid JSON');
		expect(error?.description).toMatch(/^Check its brackets and quotes: .*position 19/);
	});

	test.each(['{}', ' { } ', '={{ {} }}', '={{ null }}', '={{ [] }}', '  ', 'null'])(
		'an empty JSON field is not sent: %j',
		async (given) => {
			expect(await line('message', 'send', markup(given))).toBe(
				`POST sendMessage {"chat_id":${demo.lobbyChannelId},"text":"x","desc":"x"}`,
			);
		},
	);

	test('JSON can be given as an object by an expression', async () => {
		expect(
			await line('message', 'send', markup('={{ {inline_keyboard: [[{text: "a", url: "b"}]]} }}')),
		).toContain('"reply_markup":{"inline_keyboard":[[{"text":"a","url":"b"}]]}');
	});

	test.each([
		['set', 'guildCredit', 'Badge (JSON)'],
		['setGameRecord', 'gameCredit', 'Game Record (JSON)'],
	])('the JSON of a badge must be an object: %s', async (operation, name, label) => {
		const parameters = { ...server, ...user, [name]: '[1]' };
		await refused('badge', operation, parameters, `"${label}" is not a JSON object`);
	});

	const overwrites = (permissionOverwrites: string) => ({
		...server,
		name: 'tea',
		additionalFields: { permissionOverwrites },
	});

	test.each(['{"id":"5"}', '={{ {id: "5"} }}', 'true'])(
		'permission overwrites must be a list: %s',
		async (given) => {
			await refused(
				'channel',
				'create',
				overwrites(given),
				'"Permission Overwrites (JSON)" is not a JSON list',
			);
		},
	);

	test.each([
		['[]', ''],
		['={{ [] }}', ''],
		['null', ''],
		['={{ [{id: "5", allows: 1024}] }}', ',"permission_overwrites":[{"id":"5","allows":1024}]'],
		['[{"deny":9007199254740993}]', ',"permission_overwrites":[{"deny":9007199254740993}]'],
	])('permission overwrites %s are sent as %j', async (given, sent) => {
		expect(await line('channel', 'create', overwrites(given))).toBe(
			`POST channel/create {"guild_id":"${demo.serverId}","name":"tea","type":0,"user_id":"${demo.botId}"${sent}}`,
		);
	});

	test('invalid JSON in permission overwrites is rejected', async () => {
		await refused(
			'channel',
			'create',
			overwrites('[{'),
			'"Permission Overwrites (JSON)" is not valid JSON',
		);
	});
});

describe('a role', () => {
	const role = { ...server, id: byId(demo.serverId) };

	test('permissions of a role can be given as one text of names', async () => {
		const permissionNames = '={{ "SEND_MESSAGES, VIEW_CHANNEL" }}';
		expect(await line('role', 'update', { ...role, permissionNames })).toBe(
			`PATCH v2/guild/role {"guild_id":"${demo.serverId}","id":"${demo.serverId}","permissions":3072}`,
		);
	});

	test('the bit set of permissions has priority over their names', async () => {
		const permissionNames = '={{ "CREATE_INSTANT_INVITE" }}';
		const permissions = '2214659648';
		expect(
			await line('role', 'update', { ...role, permissionNames, updateFields: { permissions } }),
		).toBe(
			`PATCH v2/guild/role {"guild_id":"${demo.serverId}","id":"${demo.serverId}","permissions":2214659648}`,
		);
	});

	test('a misspelt permission name is rejected, so that a role loses no permissions', async () => {
		await refused(
			'role',
			'update',
			{ ...role, permissionNames: '={{ ["SEND_MESAGES"] }}' },
			'"Permissions" cannot contain "SEND_MESAGES"',
		);
	});

	test.each([
		['#198CFE', '1674494'],
		['198cfe', '1674494'],
		['#198CFE80', '1674494'],
		['={{ 255 }}', '255'],
		['={{ "255" }}', '255'],
	])('the role color %s is sent as %s', async (color, sent) => {
		const parameters = { ...server, name: 'n', additionalFields: { color } };
		expect(await line('role', 'create', parameters)).toBe(
			`PUT guild/role {"guild_id":"${demo.serverId}","name":"n","color":${sent}}`,
		);
	});

	test.each([
		['={{ -1 }}', '-1'],
		['={{ 16777216 }}', '16777216'],
		['red', 'red'],
		['={{ 1.5 }}', '1.5'],
	])('the role color %s is rejected', async (color, shown) => {
		const parameters = { ...server, name: 'n', additionalFields: { color } };
		await refused('role', 'create', parameters, `"Color" cannot be "${shown}"`);
	});
});

test.each([
	['aBcD1234', 'aBcD1234'],
	[' https://in.fanbook.cn/aBcD1234 ', 'aBcD1234'],
	['https://in.fanbook.cn/aBcD1234/?from=chat', 'aBcD1234'],
	['in.fanbook.cn/aBcD1234#top', 'aBcD1234'],
	['={{ 12345678 }}', '12345678'],
])('the invite code is extracted from %s', async (c, code) => {
	expect(await line('invite', 'get', { c })).toBe(`POST invite/codeInfo {"c":"${code}"}`);
});

describe('a text', () => {
	test.each([
		['={{ DateTime.fromMillis(0, { zone: "utc" }) }}', '1970-01-01T00:00:00.000Z'],
		['={{ new Date(0) }}', '1970-01-01T00:00:00.000Z'],
		['={{ 7 }}', '7'],
		['={{ true }}', 'true'],
	])('the text %s is sent as %s', async (text, sent) => {
		expect(await line('message', 'send', { chatId: lobby, text })).toBe(
			`POST sendMessage {"chat_id":${demo.lobbyChannelId},"text":"${sent}","desc":"${sent}"}`,
		);
	});

	test('the text and styles of a rich text block can be given by expressions', async () => {
		const block = [
			{
				text: '={{ DateTime.fromMillis(0, { zone: "utc" }) }}',
				styles: '={{ "bold, italic" }}',
			},
			{ text: '={{ false }}' },
			{ text: '={{ null }}' },
		];
		const blocks = { block };
		expect(await line('message', 'send', { chatId: lobby, messageType: 'richText', blocks })).toBe(
			`POST sendMessage ${JSON.stringify({
				chat_id: 0,
				text: JSON.stringify({
					type: 'richText',
					document: JSON.stringify([
						{
							insert: '1970-01-01T00:00:00.000Z',
							attributes: { bold: true, italic: true },
						},
						{ insert: '\n' },
						{ insert: 'false' },
						{ insert: '\n' },
						{ insert: '\n' },
					]),
				}),
				desc: '1970-01-01T00:00:00.000Z false',
				parse_mode: 'Fanbook',
			}).replace('"chat_id":0', `"chat_id":${demo.lobbyChannelId}`)}`,
		);
	});

	test('half an emoji becomes U+FFFD in a text, its preview and the JSON inside of JSON', async () => {
		const half = '={{ "hi 😀".slice(0, 4) }}';
		expect(await line('message', 'send', { chatId: lobby, text: half })).toBe(
			`POST sendMessage {"chat_id":${demo.lobbyChannelId},"text":"hi \ufffd","desc":"hi \ufffd"}`,
		);
		const blocks = { block: [{ text: half }] };
		const rich = await line('message', 'send', { chatId: lobby, messageType: 'richText', blocks });
		expect(rich).toContain('hi \ufffd');
		expect(rich).not.toMatch(/\\ud83d|\ud83d/i);
	});

	test('half an emoji is sent as a replacement character', async () => {
		expect(
			await line('message', 'addReaction', {
				channelId: lobby,
				messageId: '1',
				emoji: '={{ "👍".slice(0, 1) }}',
			}),
		).toContain('"emoji":"%EF%BF%BD"');
	});
});

describe('fields that depend on others', () => {
	test.each<[INodeParameters, string]>([
		[{ users: '5' }, 'User Names or IDs'],
		[{ users: '5', ephemeral: '={{ null }}' }, 'User Names or IDs'],
		[{ users: 'all', ephemeral: false }, 'User Names or IDs'],
		[{ entity: 0 }, 'Visibility'],
	])('what only an ephemeral message has is rejected for others: %j', async (fields, label) => {
		await refused(
			'message',
			'send',
			{ ...message, additionalFields: fields },
			`"${label}" has no effect on a message that everyone sees`,
		);
	});

	test('the second level of a reply needs the first', async () => {
		const fields = { replyToMessageIdLevel2: '5' };
		await refused(
			'message',
			'send',
			{ ...message, additionalFields: fields },
			'"Reply to Message ID" is empty',
		);
	});

	test.each<[string, string, INodeParameters, string]>([
		[
			'channel',
			'update',
			{ target: '={{ null }}', channelId: lobby, name: 'x' },
			'"Target" is empty',
		],
	])(
		'a choice on which fields depend must have a value: %s %s %j',
		async (resource, operation, parameters, expected) => {
			await refused(resource, operation, parameters, expected);
		},
	);

	test('a button that opens a mini program needs its App ID', async () => {
		const button = { text: 'Open', onClick: 'app', appId: '' };
		const keyboard = { rows: [{ buttons: { button: [button] } }] };
		await refused(
			'message',
			'send',
			{ ...message, additionalFields: { inlineKeyboard: keyboard } },
			'"Inline Keyboard" has no App ID for the button "Open"',
		);
	});

	test('the buttons have priority over Reply Markup, in Edit Inline Keyboard, too', async () => {
		const button = { text: 'Yes', onClick: 'callback', callbackData: 'y' };
		const inlineKeyboard = { rows: [{ buttons: { button: [button] } }] };
		const replyMarkup = '{"inline_keyboard":[],"resize_keyboard":true}';
		const expected =
			'"reply_markup":{"inline_keyboard":[[{"text":"Yes","callback_data":"y"}]],"resize_keyboard":true}';
		expect(
			await line('message', 'editInlineKeyboard', {
				chatId: lobby,
				messageId: '7',
				inlineKeyboard,
				replyMarkup,
			}),
		).toContain(expected);
		expect(
			await line('message', 'send', {
				...message,
				additionalFields: { inlineKeyboard, replyMarkup },
			}),
		).toContain(expected);
	});
});

test.each<[unknown, string]>([
	['={{ ["a", "b"] }}', '"Text" must be text'],
	['={{ { a: 1 } }}', '"Text" must be text'],
	['={{ [] }}', '"Text" is empty'],
])('a text of %s is rejected without Parse Mode', async (text, expected) => {
	await refused('message', 'send', { chatId: lobby, text: String(text) }, expected);
});

test('six digits are no color', async () => {
	const create = (color: string) => ({ ...server, name: 'r', additionalFields: { color } });
	await refused(
		'role',
		'create',
		create('112233'),
		'"Color" cannot be "112233", which is a hexadecimal color and a number',
	);
	expect(await line('role', 'create', create('#112233'))).toContain('"color":1122867');
	expect(await line('role', 'create', create('={{ 112233 }}'))).toContain('"color":112233');
});

describe('a post by its address', () => {
	const at = 'https://web.fanbook.cn/channels/390438216731197440';
	const replies = (value: string) => ({
		postId: { __rl: true, mode: 'url', value },
		commentId: '7',
		limit: 1,
	});

	test.each([
		`${at}/circle/471883502148419584`,
		`${at}/413613404125659136/471883502148419584?from=share`,
	])('has the ID at its end: %s', async (address) => {
		expect(await line('circlePost', 'getCommentReplies', replies(address))).toContain(
			'"471883502148419584"',
		);
	});

	test.each([at, `${at}/413613404125659136`])(
		'is not the address of a server or a channel: %s',
		async (address) => {
			await refused(
				'circlePost',
				'getCommentReplies',
				replies(address),
				`"Post" cannot be "${address}"`,
			);
		},
	);
});
