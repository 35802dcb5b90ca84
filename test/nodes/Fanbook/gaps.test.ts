import type { INodeParameters } from 'n8n-workflow';
import { fanbookApi } from '../../../nodes/Fanbook/api';
import { mapHistoryMessage } from '../../../nodes/Fanbook/trigger/events/frameMapper';
import type { Reply } from '../../support/server';
import { TestServer } from '../../support/server';
import { byId, FanbookHarness } from '../../support/fanbookHarness';

/** Responses of Fanbook with missing or unexpected members. */
const bare = new TestServer();
const harness = FanbookHarness.forTests(bare);

const ok = (result: unknown): Reply => ({ body: JSON.stringify({ ok: true, result }) });

/** Runs against a server that sends these responses in turn and repeats the last one. */
async function run(
	answers: Reply[],
	resource: string,
	operation: string,
	parameters: INodeParameters,
	credential: Record<string, string> = {},
) {
	bare.reply = (_request, count) => answers[count - 1] ?? answers.at(-1) ?? {};
	return await harness.run(resource, operation, parameters, {
		credentials: harness.credential({ host: bare.url, ...credential }),
	});
}

const bodies = () => bare.received.map(({ body }) => body);

describe('the ID of the bot', () => {
	const nickname = { guildId: '1', nickname: 'Lamp' };

	test.each([{}, { id: null }, { id: '' }, { id: true }, { id: [7] }, []])(
		'the operation fails if Fanbook returns something other than the bot: %j',
		async (me) => {
			const { error } = await run([ok(me)], 'bot', 'setServerNickname', nickname, { botId: ' ' });
			expect(error?.message).toMatch(/^Fanbook returned .+ instead of a user$/);
			expect(bare.received).toHaveLength(1);
		},
	);

	test('the ID of the bot is requested if the credential has none', async () => {
		await run([ok({ id: 7 }), ok(true)], 'bot', 'setServerNickname', nickname, { botId: '' });
		expect(bodies()).toEqual([
			'',
			'{"guild_Id":"1","nickname":"Lamp","bot_id":"7","guild_id":"1"}',
		]);
	});
});

describe('an update queue that breaks off', () => {
	const update = (id: number) => ({ update_id: id, message: {} });

	test.each([
		['getAll', { returnAll: true }],
		['getManyLongPoll', { returnAll: true }],
	])('%s returns the updates that were read before, and says so', async (operation, parameters) => {
		const { items, error, hints } = await run(
			[ok([update(1), update(2)]), { status: 500, body: '{}' }],
			'update',
			operation,
			parameters,
		);
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.update_id)).toEqual(['1', '2']);
		expect(hints).toEqual([
			expect.stringMatching(
				/^The update queue was not read to its end: .+ before: 2 of its updates/,
			),
		]);
	});

	test('fails if nothing was read', async () => {
		const { items, error } = await run([{ status: 500, body: '{}' }], 'update', 'getAll', {
			returnAll: true,
		});
		expect(items).toEqual([]);
		expect(error?.message).toContain('Fanbook');
	});
});

test('the ID of the bot is requested again for the next item if that failed', async () => {
	bare.reply = ({ url }, count) =>
		!url.endsWith('/getMe') ? ok(true) : count === 1 ? { status: 400, body: '{}' } : ok({ id: 7 });
	const { items } = await harness.run(
		'bot',
		'setServerNickname',
		{ guildId: '1', nickname: 'Lamp' },
		{
			credentials: harness.credential({ host: bare.url, botId: '' }),
			items: [{ json: {} }, { json: {} }],
			settings: { onError: 'continueRegularOutput' },
		},
	);
	expect(items[0]?.json).toHaveProperty('error');
	expect(items[1]?.json).not.toHaveProperty('error');
});

describe('renaming a role', () => {
	const rename = { guildId: '1', id: byId('6'), updateFields: { name: 'Tea' } };
	const update = async (...pages: unknown[]) =>
		await run([...pages.map(ok), ok(null)], 'role', 'update', rename);

	test('renaming a role that does not exist sends no update', async () => {
		const { error } = await update([{ id: 4 }, { id: 5 }], [{ id: 5 }]);
		expect([error?.message, error?.description]).toEqual([
			'"Role" does not exist in the server',
			'Choose it from the list',
		]);
		expect(bodies()).toEqual(['{"guild_id":1}', '{"guild_id":1,"last_id":5}']);
	});

	test('renaming a role in a server without roles sends no update', async () => {
		const { error } = await update(null);
		expect(error?.message).toBe('"Role" does not exist in the server');
	});

	test('renaming a role asks for permissions if Fanbook does not return them', async () => {
		const { error } = await update([{ id: 6, name: 'T' }]);
		expect([error?.message, error?.description]).toEqual([
			'"Permissions" of the role were not returned by Fanbook',
			'Choose them in "Permissions"',
		]);
	});

	test.each([
		[1024, '1024'],
		['137438953472', '137438953472'],
		[0, '0'],
	])('renaming a role keeps its permissions %j', async (permissions, sent) => {
		const { items } = await update([{ id: 6, permissions }]);
		expect(items.map(({ json }) => json)).toEqual([{ success: true }]);
		expect(bodies().at(-1)).toBe(`{"guild_id":"1","id":"6","permissions":${sent},"name":"Tea"}`);
	});
});

describe('badges', () => {
	const badge = { userId: '3', guildCredit: '{"authority":{"icon":"i","name":"n"},"slots":[]}' };

	test("a badge result contains Fanbook's response and the card ID", async () => {
		const parameters = { ...badge, guildId: '1', cardId: 'daily-sign-in' };
		const { items } = await run([ok({ v: 2 })], 'badge', 'set', parameters);
		expect(items.map(({ json }) => json)).toEqual([{ v: 2, card_id: 'daily-sign-in' }]);
	});

	test('each group chat gets its own badge card ID', async () => {
		bare.reply = () => ok(true);
		const places = [{ guild: '1' }, { chat: '2' }, { chat: '4' }, { chat: '2' }];
		const { items } = await harness.run(
			'badge',
			'set',
			{ ...badge, guildId: '={{ $json.guild }}', chatId: '={{ $json.chat }}' },
			{
				items: places.map((json) => ({ json })),
				credentials: harness.credential({ host: bare.url }),
			},
		);
		const ids = items.map(({ json }) => json.card_id);
		expect(new Set(ids).size).toBe(3);
		expect(ids[3]).toBe(ids[1]);
		expect(bodies()[1]).toContain(`"chat_id":2,"user_id":"3","card_id":"${String(ids[1])}"`);
	});

	test.each([
		[[], 'is empty'],
		[[{ name: '', value: '' }], 'is empty'],
		[[{ name: '', value: 'Gold' }], 'has the value "Gold" without a name'],
		[
			[
				{ name: 'Rank', value: 'Gold' },
				{ name: 'Rank', value: 'Silver' },
			],
			'has the name "Rank" twice',
		],
	])('a game record with the fields %j is rejected', async (field, message) => {
		const parameters = { guildId: '1', userId: '3', recordFields: { field } };
		const { error } = await run([ok(true)], 'badge', 'setGameRecord', parameters);
		expect(error?.message).toBe(`"Record Fields" ${message}`);
		expect(bare.received).toEqual([]);
	});
});

test('a choice of a parameter that another operation shows is not sent where it is hidden', async () => {
	const pinned = { chatId: byId('7'), messageId: '8', channelId: byId('9') };
	const { error } = await run([ok(true)], 'message', 'pin', pinned);
	expect(error).toBeUndefined();
	expect(bodies()).toEqual(['{"chat_id":7,"message_id":8,"channel_id":7}']);
});

test.each([
	[3, 3],
	['slot-a', 'slot-a'],
	[
		['a', 'b'],
		['a', 'b'],
	],
	[true, undefined],
	[null, undefined],
])('the bare result %j of a write is returned', async (sent, result) => {
	const parameters = { guildId: '7', nickname: 'Lamp' };
	const { items } = await run([ok(sent)], 'bot', 'setServerNickname', parameters);
	expect(items.map(({ json }) => json)).toEqual([
		{ success: true, ...(result === undefined ? {} : { result }) },
	]);
});

test('a page of members that is shorter than asked for is not the last one', async () => {
	const members = (...ids: string[]) => ok(ids.map((id) => ({ user: { id } })));
	const { items } = await run(
		[members('1', '2'), members('3'), members()],
		'member',
		'getManyLegacy',
		{ guildId: '5', returnAll: true },
	);
	expect(items).toHaveLength(3);
	expect(bodies()).toEqual([
		'{"guild_id":5,"limit":100}',
		'{"guild_id":5,"limit":100,"after":2}',
		'{"guild_id":5,"limit":100,"after":3}',
	]);
});

test('numbers of a photo given as JSON keep their digits', async () => {
	const photo = '{"Url":"https://example.com/a.png","Width":500,"id":12345678901234567890}';
	await run([ok({ message_id: '1' })], 'message', 'sendPhoto', { chatId: byId('7'), photo });
	expect(bodies()[0]).toContain(`"photo":${photo}`);
});

test('a service that ignores the ranges of members is noticed', async () => {
	const items = Array.from({ length: 100 }, (_, index) => ({ User: { user_id: String(index) } }));
	const page = {
		body: JSON.stringify({
			status: true,
			code: 1000,
			data: { ops: [{ items }], item_count: 100_000 },
		}),
	};
	const { error } = await run([page], 'member', 'getAll', { guildId: '5', returnAll: true });
	expect(error?.message).toMatch(/^Fanbook sent the same page again/);
	// Pages requested ahead are aborted.
	expect(bare.received.length).toBeLessThan(10);
});

test('a row whose ID is not a number ends the list with an error', async () => {
	const { error } = await run([ok([{ id: 'abc', name: 'x' }])], 'role', 'getAll', {
		guildId: '5',
		returnAll: true,
	});
	expect(error?.message).toBe('Fanbook returned the ID "abc", which is not a number');
});

test.each(['={{ "yes" }}', '={{ 2 }}'])(
	'Simplify %s is rejected before the message is sent',
	async (simplify) => {
		const { error } = await run([ok({})], 'message', 'send', {
			chatId: byId('7'),
			text: 'x',
			simplify,
		});
		expect(error?.message).toMatch(/^"Simplify" cannot be /);
		expect(bare.received).toEqual([]);
	},
);

test('Parse Content is checked before the update queue is read', async () => {
	const { error } = await run([ok([])], 'update', 'getAll', {
		options: { parseContent: 'maybe' },
	});
	expect(error?.message).toBe('"Parse Content" cannot be "maybe"');
	expect(bare.received).toEqual([]);
});

test('updates without IDs that are repeated end the queue', async () => {
	const { items } = await run([ok([{ message: { text: 'a' } }])], 'update', 'getAll', {
		returnAll: true,
	});
	expect(items).toHaveLength(1);
	expect(bare.received).toHaveLength(2);
});

test.each([
	['00012', undefined, '{"user_id":12}'],
	['9999999999999999999', '"User" cannot be "9999999999999999999"', undefined],
])('the user %s of a private message is a 64-bit number', async (userId, message, first) => {
	const parameters = { sendTo: 'user', userId: byId(userId), text: 'x' };
	const { error } = await run(
		[ok({ id: '77' }), ok({ message_id: '1' })],
		'message',
		'send',
		parameters,
	);
	expect(error?.message).toBe(message);
	expect(bodies()[0]).toBe(first);
});

test('a Bot ID that is not a number is rejected', async () => {
	const { error } = await run([ok({})], 'server', 'get', { guildId: '5' }, { botId: 'my bot' });
	expect(error?.message).toBe('"Bot ID" cannot be "my bot"');
	expect(bare.received).toEqual([]);
});

test('a group chat has no topic and no category', async () => {
	const updateFields = { name: 'New', topic: 'Old', parentId: byId('4') };
	await run([ok(true)], 'channel', 'update', {
		target: 'group',
		channelId: byId('7'),
		updateFields,
	});
	expect(bodies()).toEqual([
		`{"channel_id":"7","user_id":"${harness.credential().fanbookBotApi?.botId}","name":"New"}`,
	]);
});

describe('updates', () => {
	test('updates without an ID are all returned as new', async () => {
		const { items } = await run(
			[ok([{ message: {} }, { update_id: 1 }]), ok([{ update_id: 1 }])],
			'update',
			'getAll',
			{ returnAll: true },
		);
		expect(items.map(({ json }) => json)).toEqual([{ message: {} }, { update_id: '1' }]);
		expect(bare.received).toHaveLength(2);
	});

	test.each([{ odd: true }, {}, 'odd', 7, true])(
		'updates that are not a list fail the operation: %j',
		async (result) => {
			const { error } = await run([ok(result)], 'update', 'getAll', {});
			expect(error?.message).toMatch(/^Fanbook returned .+ instead of a list of updates$/);
		},
	);
});

describe('JSON content', () => {
	const credits = (content: string) => ok([{ credits: { a: { content } } }]);
	const get = async (reply: Reply) =>
		(await run([reply], 'badge', 'get', { guildId: '1', userId: '3' })).items[0]?.json;

	test.each(['plain words', '{"a":', '[1, 2]', '[{"a":1}, 2]', '7'])(
		'content that is not a JSON document stays unchanged: %s',
		async (content) => {
			expect(await get(credits(content))).toEqual({ credits: { a: { content } } });
		},
	);

	test.each([
		['{"id": 9007199254740993}', { id: '9007199254740993' }],
		[' [{"insert":"a"}]', [{ insert: 'a' }]],
	])(
		'content that is a JSON document is parsed and also returned as text: %s',
		async (content, read) => {
			expect(await get(credits(content))).toEqual({
				credits: { a: { content: read, text: content } },
			});
		},
	);

	test('a message typed by a user stays text, even if it looks like JSON', async () => {
		const typed = (text: string) => ok({ message_id: 1, text, content: 'x' });
		const message = async (text: string) =>
			(await run([typed(text)], 'message', 'get', { chatId: '2', messageId: '1', simplify: false }))
				.items[0]?.json;
		for (const text of ['hi', '{"no":"type"}', '{"type":5}', '{broken']) {
			expect(await message(text)).toEqual({ message_id: '1', text, content: 'x' });
		}
	});
});

describe('an error', () => {
	const refused = (body: object, status = 200): Reply => ({ status, body: JSON.stringify(body) });

	test('an error code without a text has no description', async () => {
		const { error } = await run(
			[refused({ ok: false, error_code: 1003 })],
			'bot',
			'getCommands',
			{},
		);
		expect(error?.message).toBe('Fanbook could not create the user (code 1003)');
		expect(error?.description ?? null).toBeNull();
	});

	test.each<[object, string]>([
		[{ ok: false }, 'Fanbook returned HTTP status 200'],
		[{ ok: false, error_code: 4711 }, 'Fanbook returned HTTP status 200 (code 4711)'],
		[
			{ ok: false, error_code: 4711, description: ' odd ' },
			'Fanbook returned an error: odd (code 4711)',
		],
		[{ status: false, message: '1', desc: 'odd' }, 'Fanbook returned an error: odd'],
		[{ msg: 'odd', code: 5 }, 'Fanbook returned an error: odd (code 5)'],
		[{ ok: false, error_code: { a: 1 }, description: 5 }, 'Fanbook returned HTTP status 200'],
	])('an unknown error is reported as Fanbook returned it: %j', async (body, expected) => {
		const { error } = await run([refused(body)], 'bot', 'getCommands', {});
		expect(error?.message).toBe(expected);
	});

	test('a permission error without a permission name has a general description', async () => {
		const { error } = await run(
			[refused({ ok: false, error_code: 1012 })],
			'bot',
			'getCommands',
			{},
		);
		expect(error?.description).toBe(
			"Give the bot's role the required permission in the server settings",
		);
	});

	test.each([
		[500, 'Fanbook returned a server error. Try again later'],
		[418, undefined],
	])('status %d without JSON has the description %s', async (status, description) => {
		const { error } = await run([{ status, body: 'x' }], 'bot', 'getCommands', {
			options: { maxTries: 1 },
		});
		expect(error?.message).toBe(`Fanbook returned HTTP status ${status}`);
		expect(error?.description ?? undefined).toBe(description);
	});
});

describe('lists', () => {
	const credentials = (more: object = {}) => harness.credential({ host: bare.url, ...more });
	const list = async (
		method: string,
		answer: Reply,
		parameters: INodeParameters = { guildId: byId('1') },
		more: { filter?: string; credential?: Record<string, string> } = {},
	) => {
		bare.reply = () => answer;
		const options = { filter: more.filter, credentials: credentials(more.credential) };
		const { results } = await harness.list(method, parameters, options);
		return results.map(({ name, value }) => [name, value]);
	};

	test('list entries without names show their IDs', async () => {
		const serverIds = { credential: { serverIds: '1' } };
		expect(await list('searchServers', ok({ guild_id: '1' }), {}, serverIds)).toEqual([['1', '1']]);
		expect(await list('searchChannels', ok([{ channel_id: '2', type: 0 }]))).toEqual([['2', '2']]);
		const records = [{ post: { post_id: '5' } }, { post: { post_id: '6', content: 'Tea' } }];
		const circle = { guildId: byId('1'), channelId: byId('2') };
		expect(await list('searchPosts', ok({ records }), circle)).toEqual([
			['5 ()', '5'],
			['Tea ()', '6'],
		]);
	});

	test('a member without a number is listed by nickname only', async () => {
		const rows = ok([{ user: { id: 7, first_name: 'Ada' } }]);
		const server = { guildId: byId('1') };
		expect(await list('searchMembers', rows, server, { filter: 'a' })).toEqual([['Ada', '7']]);
	});

	test('a list for a server given by an expression cannot be loaded', async () => {
		const server = { guildId: byId('={{ $json.id }}') };
		await expect(list('searchRoles', ok([]), server)).rejects.toMatchObject({
			message: 'Choose the server first',
		});
		expect(bare.received).toEqual([]);
	});

	test('a list rejected for missing permissions states what to do', async () => {
		const refusal = { body: '{"ok":false,"error_code":1012}' };
		await expect(list('searchRoles', refusal)).rejects.toMatchObject({
			message: 'The bot has no permission for this (code 1012)',
			description: "Give the bot's role the required permission in the server settings",
		});
	});
});

test('a credential without a host is rejected, and whitespace and slashes around a host are removed', () => {
	expect(() => fanbookApi.hosts({})).toThrow('"Base URL" is empty');
	expect(fanbookApi.hosts({ host: ' http://127.0.0.1:1// ' })).toEqual({
		api: 'http://127.0.0.1:1/api/bot',
	});
});

test('invites without a code or with a numeric code are all returned', async () => {
	const records = [{ code: 12345678 }, { remark: 'a' }, { remark: 'b' }];
	const { items } = await run([ok({ records, next: '0' })], 'invite', 'getAll', { guildId: '1' });
	expect(items.map(({ json }) => json)).toEqual(records);
});

describe('a response', () => {
	const thread = { channelId: byId('1'), quoteId: '2' };

	test.each([
		['message', 'getThread', thread],
		['message', 'getAll', { channelId: byId('1') }],
		['role', 'getAll', { guildId: '1' }],
		['member', 'getManyByRole', { guildId: '1', roleId: byId('2') }],
		['invite', 'getAll', { guildId: '1' }],
		['circlePost', 'getReactions', { postId: '1' }],
	])('a list inside an object is accepted by %s %s', async (resource, operation, parameters) => {
		const row = { message_id: 1, id: 1, code: '1', reaction_id: '1', user: { id: 1 } };
		const { items, error } = await run(
			[ok({ list: [row] }), ok([])],
			resource,
			operation,
			parameters,
		);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
	});

	test.each([
		['message', 'getThread', thread],
		['message', 'getAll', { channelId: byId('1') }],
		['role', 'getAll', { guildId: '1' }],
		['invite', 'getAll', { guildId: '1' }],
		['circlePost', 'getComments', { channelId: byId('1'), postId: '1' }],
		['update', 'getManyLongPoll', {}],
	])('a response without a list fails %s %s', async (resource, operation, parameters) => {
		for (const result of [{}, { status: 'maintenance' }, 'x']) {
			const { items, error } = await run([ok(result)], resource, operation, parameters);
			expect(items).toEqual([]);
			expect(error?.message).toMatch(
				/^Fanbook returned .+ instead of (?:a list of|the result of) /,
			);
		}
	});

	test.each([
		['message', 'get', { chatId: byId('1'), messageId: '2' }],
		['server', 'get', { guildId: '1' }],
		['circlePost', 'get', { postId: '1' }],
		['invite', 'get', { c: 'aBcD' }],
		['member', 'get', { guildId: '1', userId: byId('2') }],
		['member', 'checkMembership', { guildId: '1' }],
		['server', 'getMemberCount', { guildId: '1' }],
	])('a null result fails %s %s', async (resource, operation, parameters) => {
		const { error } = await run([ok(null)], resource, operation, parameters);
		expect(error?.message).toMatch(/^Fanbook returned null instead of (?:an?|the) /);
		expect(error?.description).toMatch(/^Check the IDs, and whether the object was deleted\. /);
	});

	test.each(['[', '{"a":'])('a response with 3,000 nested levels is rejected: %s', async (open) => {
		const close = open === '[' ? ']' : '}';
		const body = `{"ok":true,"result":${open.repeat(3_000)}1${close.repeat(3_000)}}`;
		const { error } = await run([{ body }], 'message', 'get', {
			chatId: byId('1'),
			messageId: '2',
		});
		expect(error?.message).toBe(
			'Fanbook returned JSON that is nested too deeply instead of a message',
		);
	});

	test('the rich text of a listed message has its nodes as a list, as in the trigger', async () => {
		const content = JSON.stringify({
			type: 'richText',
			document: '[{"insert":"hi\\n"}]',
			v2: '[{"insert":"hi\\n"}]',
		});
		const row = { message_id: 1, content };
		const { items } = await run([ok([row])], 'message', 'getAll', {
			channelId: byId('1'),
			simplify: false,
		});
		const nodes = [{ insert: 'hi\n' }];
		expect(items[0]?.json).toMatchObject({
			text: content,
			content: { type: 'richText', document: nodes, v2: nodes },
		});
		const [event] = mapHistoryMessage({ message_id: '1', content }, '9');
		expect(event?.data.content).toEqual(items[0]?.json.content);
	});
});
