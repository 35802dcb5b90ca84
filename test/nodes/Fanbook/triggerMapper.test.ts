import {
	plainText,
	parseCommand,
	readContent,
} from '../../../nodes/Fanbook/trigger/events/content';
import { compareIds, readId } from '../../../nodes/Fanbook/ids';
import { mapFrame, mapHistoryMessage } from '../../../nodes/Fanbook/trigger/events/frameMapper';
import { mapUpdate } from '../../../nodes/Fanbook/trigger/events/updateMapper';
import type { Json, JsonObject } from '../../../nodes/shared/json';
import { isJsonObject, parseJson } from '../../../nodes/shared/json';

const BOT = '512345678901234561';

/** Parses JSON text as received, including IDs that are numbers. */
function wire(text: string): JsonObject {
	const value: Json = parseJson(text);
	if (!isJsonObject(value)) throw new Error('An object was expected');
	return value;
}

test('a click keeps every digit, although Fanbook sends bare numbers inside a text', () => {
	const frame = wire(
		String.raw`{"action":"miniPush","data":{"channel_id":"523904175562981391","user_id":"512345678901234561","message_id":"7","content":"{\"type\":\"update\",\"update_id\":9007199254740993,\"callback_query\":{\"id\":\"1152921504606846979\",\"from\":{\"id\":1152921504606846977,\"first_name\":\"Bao\",\"is_bot\":false},\"data\":\"yes\",\"inline_message_id\":\"1152921504606846975\"}}"},"ack":-1,"seq":null}`,
	);
	expect(mapFrame(frame, BOT)).toMatchObject([
		{
			names: ['buttonClicked'],
			id: 'click:1152921504606846979',
			data: {
				message_id: '1152921504606846975',
				user_id: '1152921504606846977',
				author: { nickname: 'Bao', bot: false },
				details: { callback_id: '1152921504606846979', data: 'yes' },
			},
		},
	]);
});

test('a join in the history has its number under "order" and is the same event as on the gateway', () => {
	const join = (number: string) => ({
		message_id: '11',
		guild_id: '22',
		user_id: '33',
		content: `{"user_id":"33","type":"newJoin","message_id":"44","code":"c0de",${number}}`,
	});
	const [live] = mapFrame({ action: 'push', data: join('"index":5') }, BOT);
	const [later] = mapHistoryMessage(join('"order":5'), BOT);
	expect(live?.id).toBe('message:11');
	expect(later?.id).toBe(live?.id);
	expect(later?.data.details).toEqual({ invite_code: 'c0de', index: 5 });
	expect(live?.data.details).toEqual(later?.data.details);
});

test('both reports of a join have the same deduplication key', () => {
	const data = { method: 'userJoin', guild_id: '22', user_id: '33' };
	const [notice] = mapFrame({ action: 'guildNotice', data }, BOT);
	expect(notice).toMatchObject({ names: ['memberJoined'], deduplicationKey: 'join:22:33' });
	expect(notice?.id).toBeUndefined();
});

test('one update about several joins becomes one event each', () => {
	const update = wire(
		'{"update_id":1,"channel_post":{"message_id":11,"date":5,"chat":{"id":44,"guild_id":22},"new_join_members":[{"id":1152921504606846979,"first_name":"Ada","invite_code":"c0de"},{"id":34,"first_name":"Bob"}]}}',
	);
	expect(mapUpdate(update, BOT)).toMatchObject([
		{
			names: ['memberJoined'],
			id: 'message:11:1152921504606846979',
			data: { user_id: '1152921504606846979', details: { invite_code: 'c0de' } },
		},
		{ id: 'message:11:34', data: { user_id: '34', author: { nickname: 'Bob' } } },
	]);
});

test('a typed text that looks like the join of another user is a message', () => {
	const joinTextOf = (user: number) =>
		mapUpdate(
			{
				update_id: '1',
				channel_post: {
					message_id: '11',
					chat: { id: '44', guild_id: '22' },
					from: { id: '33' },
					text: `{"type":"newJoin","user_id":"${user}"}`,
				},
			},
			BOT,
		);
	expect(joinTextOf(33)[0]?.names).toEqual(['memberJoined']);
	expect(joinTextOf(99)[0]?.names).toEqual(['message']);
});

test('a circle post, a share and a departure in the queue become events', () => {
	const post = (member: JsonObject) =>
		mapUpdate(
			{ update_id: '1', channel_post: { message_id: '11', chat: { id: '44' }, ...member } },
			BOT,
		)[0];
	expect(post({ circle_share_entity: { post: { post_id: '5' } } })).toMatchObject({
		names: ['circleShared'],
		data: { details: { post: { post_id: '5' } } },
	});
	expect(post({ topic_share: { messageId: '5' } })?.names).toEqual(['topicShared']);
	expect(post({ left_chat_member: { id: '33' } })).toMatchObject({
		names: ['memberLeft'],
		id: 'update:memberLeft:1',
		data: { user_id: '33' },
	});
	expect(post({ poll: { id: '5' } })).toMatchObject({
		names: ['other'],
		id: 'update:other:1',
	});
});

test('a community notification is a message of its own type', () => {
	const data = {
		message_id: '11',
		channel_type: 24,
		content: '{"type":"text","text":"Hello all"}',
	};
	expect(mapFrame({ action: 'push', data }, BOT)).toMatchObject([
		{ names: ['notification', 'message'], data: { text: 'Hello all' } },
	]);
});

test('removing a reaction is not the event of adding one', () => {
	const content = '{"type":"reaction","action":"del","id":"5","emoji":{"name":"%E8%B5%9E"}}';
	const data = { message_id: '11', content };
	expect(mapFrame({ action: 'push', data }, BOT)[0]?.names).toEqual(['other']);
});

test.each<[string, JsonObject]>([
	['no data', { action: 'push' }],
	['the answer to the connection', { action: 'connect', data: { client_id: 'x' } }],
])('%s is not an event', (_name, frame) => {
	expect(mapFrame(frame, BOT)).toEqual([]);
});

test.each<[string, JsonObject]>([
	['an empty message', { action: 'push', data: {} }],
	['content that is no JSON', { action: 'push', data: { content: '{' } }],
	['content that is a number', { action: 'push', data: { content: 5 } }],
	['a click without a text', { action: 'miniPush', data: {} }],
	['a circle event of another kind', { action: 'circle', data: { method: 'x' } }],
	['a circle post without records', { action: 'circleEnter', data: { method: 'post_add' } }],
	['a notice without a method', { action: 'guildNotice', data: {} }],
	['no action', { data: { a: 1 } }],
])('%s becomes an event without an error', (_name, frame) => {
	const [happening] = mapFrame(frame, BOT);
	expect(happening?.data).toMatchObject({ message_id: null, author: { roles: [] }, mentions: [] });
});

test('the text of a message is extracted', () => {
	expect(plainText(readContent('just words'))).toBe('just words');
	expect(plainText(readContent('{"type":"text","text":"words"}'))).toBe('words');
	const v2 = '{"type":"richText","title":"","v2":"[{\\"insert\\":\\"line\\\\n\\"}]"}';
	expect(plainText(readContent(v2))).toBe('line');
	expect(plainText(readContent('{"type":"image","url":"x"}'))).toBe('');
});

test.each([
	['/help', 'help', ''],
	['/sign-in  now ', 'sign-in', 'now'],
	['${/help} me', 'help', 'me'],
	['${@!5} ${@&6} ${/help}me', 'help', 'me'],
	['help', null, ''],
	['say /help', null, ''],
	['/', null, ''],
])('the command in %j is recognized', (text, command, rest) => {
	expect(parseCommand(text)).toEqual({ command, arguments: rest });
});

test('IDs are compared digit by digit', () => {
	const ids = ['1152921504606846979', '9', '10', '1152921504606846978', '0'];
	expect([...ids].sort(compareIds)).toEqual([
		'0',
		'9',
		'10',
		'1152921504606846978',
		'1152921504606846979',
	]);
	expect([readId('0'), readId(''), readId(null), readId(undefined), readId(7)]).toEqual([
		null,
		null,
		null,
		null,
		'7',
	]);
});

test.each([
	['/help me', 'help', 'me'],
	['／help me', 'help', 'me'],
	['、help', 'help', ''],
	['/ｈｅｌｐ　me', 'help', 'me'],
	['／ｈｅｌｐ', 'help', ''],
	['/签到', '签到', ''],
	['${@!5} ／help', 'help', ''],
	['⁄help', 'help', ''],
	['∕help me', 'help', 'me'],
	['\u200b/help', 'help', ''],
	['${@!5}\u200b /help', 'help', ''],
	['\ufeff　/HELP\nme', 'HELP', 'me'],
])('the text %j is a command, regardless of full-width characters', (text, command, rest) => {
	expect(parseCommand(text)).toEqual({ command, arguments: rest });
});

test.each([
	1_668_058_000_000,
	'1668058000000',
	1_668_058_000,
	'1668058000',
	'2022-11-10T05:26:40Z',
])('the time %p is read on every transport', (time) => {
	const place = { message_id: '1', channel_type: '3', content: 'x' };
	const post = { message_id: '1', date: time, chat: { id: '3', channel_type: '3' }, text: 'x' };
	const events = [
		...mapFrame({ action: 'push', data: { ...place, time } }, BOT),
		...mapHistoryMessage({ ...place, time }, BOT),
		...mapUpdate({ update_id: '5', channel_post: post }, BOT),
		...mapFrame({ action: 'circle', data: { method: 'x', created_at: time } }, BOT),
	];
	expect(events.map(({ data }) => data.time)).toEqual(Array(4).fill(1_668_058_000_000));
	expect(events.slice(0, 3).map(({ names }) => names[0])).toEqual(Array(3).fill('privateMessage'));
});

test('mentions can be JSON text on the gateway', () => {
	const data = {
		message_id: '1',
		content: 'x',
		mentions: `["33","${BOT}"]`,
		mention_roles: '["4"]',
	};
	expect(mapFrame({ action: 'push', data }, BOT)[0]?.data).toMatchObject({
		mentions: ['33', BOT],
		mention_roles: ['4'],
		mentions_bot: true,
	});
});

test.each<[JsonObject, JsonObject]>([
	[{ channel_post: { message_id: '7', date: 1, poll: { id: '9' } } }, { poll: { id: '9' } }],
	[
		{ channel_post: { message_id: '7', sticker: { url: 'u' }, location: null } },
		{ sticker: { url: 'u' } },
	],
	[{ inline_query: { id: '8', query: 'x' } }, { inline_query: { id: '8', query: 'x' } }],
])('an update of another kind has its own members as details: %j', (update, details) => {
	expect(mapUpdate({ update_id: '5', ...update }, BOT)).toMatchObject([
		{ names: ['other'], id: 'update:other:5', data: { details } },
	]);
});

test('a new circle post has its time and mentions', () => {
	const post = (more: JsonObject) =>
		mapFrame(
			{
				action: 'circleEnter',
				data: { method: 'post_add', records: { post_id: '1', ...more } },
			},
			BOT,
		)[0]?.data;
	expect(post({ created_at: 1_700_000_000_000, mentions: `["33","${BOT}"]` })).toMatchObject({
		time: 1_700_000_000_000,
		mentions: ['33', BOT],
		mentions_bot: true,
	});
	expect(
		post({
			created_at: '1700000000000',
			mentions: [{ user_id: '34' }],
			content_v2: `[{"insert":"\${@!${BOT}} and \${@&44}\\n"}]`,
		}),
	).toMatchObject({
		time: 1_700_000_000_000,
		mentions: ['34', BOT],
		mention_roles: ['44'],
		mentions_bot: true,
	});
	expect(post({ mentions: 'odd', created_at: 'odd' })).toMatchObject({ time: null, mentions: [] });
});

test.each<JsonObject>([
	{ content: `hi \${@!${BOT}}` },
	{ content_v2: '', content: `[{"insert":"hi \${@!${BOT}}\\n"}]` },
	{ content_v2: '[]', content: [{ insert: `hi \${@!${BOT}}\n` }] },
	{ content_v2: [], content: `hi \${@!${BOT}}` },
	{ content_v2: null, content: `hi \${@!${BOT}}` },
	{ content_v2: [{ insert: `hi \${@!${BOT}}\n` }], content: 'placeholder' },
])('a new circle post has the text and the mentions of its body: %j', (body) => {
	const data = { method: 'post_add', records: { post_id: '1', ...body } };
	const update = { update_id: '5', channel_post: { circle_post: { post_id: '1', ...body } } };
	for (const event of [
		...mapFrame({ action: 'circleEnter', data }, BOT),
		...mapUpdate(update, BOT),
	])
		expect(event).toMatchObject({
			names: ['circlePostCreated'],
			data: { text: `hi \${@!${BOT}}`, mentions: [BOT], mentions_bot: true },
		});
});

test.each<[JsonObject, object[]]>([
	[
		{ circle_comment: { post_id: '1', comment_id: '2', content: 'Nice' } },
		[
			{
				names: ['circleCommentCreated'],
				id: 'update:circleCommentCreated:5',
				data: { message_id: null, text: 'Nice', details: { post_id: '1', comment_id: '2' } },
			},
		],
	],
	[
		{ pinned_message: { message_id: '7' } },
		[{ names: ['messagePinned'], data: { message_id: '7', details: { message_ids: ['7'] } } }],
	],
	[
		{ pinned_message: [{ message_id: '7' }, { message_id: '8' }] },
		[{ names: ['messagePinned'], data: { details: { message_ids: ['7', '8'] } } }],
	],
	[
		{ chat_members_online: [{ id: '33', first_name: 'Ada' }, { id: '34' }] },
		[
			{
				names: ['memberOnline'],
				id: 'update:memberOnline:5:33',
				data: { user_id: '33', author: { nickname: 'Ada' } },
			},
			{ names: ['memberOnline'], id: 'update:memberOnline:5:34', data: { user_id: '34' } },
		],
	],
	[
		{ chat_members_offline: [{ id: '33' }] },
		[{ names: ['memberOffline'], id: 'update:memberOffline:5', data: { user_id: '33' } }],
	],
	[
		{ pinned_message: [7, '8'] },
		[{ names: ['messagePinned'], data: { message_id: '7', details: { message_ids: ['7', '8'] } } }],
	],
	[{ pinned_message: '7' }, [{ data: { message_id: '7', details: { message_ids: ['7'] } } }]],
	[
		{ chat_members_online: [33, '34'] },
		[
			{ names: ['memberOnline'], id: 'update:memberOnline:5:33', data: { user_id: '33' } },
			{ names: ['memberOnline'], id: 'update:memberOnline:5:34', data: { user_id: '34' } },
		],
	],
	[
		{ chat_members_offline: '33' },
		[{ names: ['memberOffline'], id: 'update:memberOffline:5', data: { user_id: '33' } }],
	],
	[
		{ new_chat_members: ['33', 34] },
		[
			{ names: ['memberJoined'], id: 'message:11:33', data: { user_id: '33' } },
			{ names: ['memberJoined'], id: 'message:11:34', data: { user_id: '34' } },
		],
	],
	[
		{ document: { file_id: 'f', file_name: 'a.pdf' } },
		[
			{
				names: ['message'],
				id: 'message:11',
				data: { message_type: 'document', content: { file_name: 'a.pdf' } },
			},
		],
	],
])('a queue update with %j becomes a named event with its IDs', (member, events) => {
	const post = {
		message_id: '11',
		chat: { id: '22', guild_id: '1' },
		from: { id: '3' },
		...member,
	};
	expect(mapUpdate({ update_id: '5', channel_post: post }, BOT)).toMatchObject(events);
});

test.each(['edited_channel_post', 'edited_message'])('an %s is an edit of its message', (key) => {
	const post = {
		message_id: '11',
		chat: { id: '22' },
		from: { id: '3' },
		text: 'new',
		edit_date: 9,
	};
	expect(mapUpdate({ update_id: '5', [key]: post }, BOT)).toMatchObject([
		{
			names: ['messageEdited'],
			id: 'update:messageEdited:5',
			data: {
				message_id: '11',
				channel_id: '22',
				user_id: '3',
				text: 'new',
				details: { edit_date: 9 },
			},
		},
	]);
});

describe('a service that writes values in another way', () => {
	const message = {
		guild_id: '1',
		channel_id: '22',
		user_id: '3',
		message_id: '11',
		content: '{"type":"text","text":"hi"}',
	};
	const started = { names: ['message'], id: 'message:11', data: { text: 'hi' } };

	test.each<[Json, object[]]>([
		[JSON.stringify(message), [started]],
		[
			[message, { ...message, message_id: '12' }],
			[started, { ...started, id: 'message:12' }],
		],
		[[null, message], [started]],
		[{ ...message, content: { type: 'text', text: 'hi' } }, [started]],
		[null, []],
		['', [{ names: ['other'], data: { content: '' } }]],
		[['odd'], [{ names: ['other'], data: { content: ['odd'] } }]],
		[7, [{ names: ['other'], data: { content: 7 } }]],
	])('a pushed frame with the data %j loses no event', (data, events) => {
		const found = mapFrame({ action: 'push', data }, BOT);
		expect(found).toMatchObject(events);
		expect(found).toHaveLength(events.length);
	});

	test('frames of the protocol start nothing, whatever they hold', () => {
		for (const data of [undefined, null, 'text', [], {}]) {
			const frame: JsonObject = data === undefined ? {} : { data };
			expect(mapFrame({ action: 'connect', ...frame }, BOT)).toEqual([]);
		}
		expect(mapFrame({ action: 'ack' }, BOT)).toEqual([]);
	});

	test.each<Json>([
		[
			{ post_id: '1', title: 'a' },
			{ post_id: '2', title: 'b' },
		],
		JSON.stringify([
			{ post_id: '1', title: 'a' },
			{ post_id: '2', title: 'b' },
		]),
	])('each of several circle posts in a frame starts the workflow: %j', (records) => {
		expect(
			mapFrame({ action: 'circleEnter', data: { method: 'post_add', records } }, BOT),
		).toMatchObject([
			{ names: ['circlePostCreated'], id: 'post:1', data: { text: 'a' } },
			{ names: ['circlePostCreated'], id: 'post:2', data: { text: 'b' } },
		]);
	});

	test.each([1, '1', true, 'true', 'True'])('the truth value %j is read', (yes) => {
		for (const key of ['recalled', 'deleted']) {
			expect(mapHistoryMessage({ ...message, [key]: yes }, BOT)).toEqual([]);
		}
		expect(
			mapFrame({ action: 'push', data: { ...message, author: { bot: yes } } }, BOT),
		).toMatchObject([{ data: { author: { bot: true } } }]);
		const post = { message_id: '11', from: { id: '3', is_bot: yes }, text: 'hi' };
		expect(mapUpdate({ update_id: '5', channel_post: post }, BOT)).toMatchObject([
			{ data: { author: { bot: true } } },
		]);
	});

	test.each([0, '0', false, 'false', null])('the truth value %j is not true', (no) => {
		const listed = { ...message, recalled: no, deleted: no, author: { bot: no } };
		expect(mapHistoryMessage(listed, BOT)).toMatchObject([started]);
		expect(mapHistoryMessage(listed, BOT)[0]?.data.author.bot).not.toBe(true);
	});

	test.each<[JsonObject, string]>([
		[{ text: '', photo: [{ url: 'x' }] }, 'message'],
		[{ photo: [], reaction: { action: 'add', emoji: 'x' } }, 'reactionAdded'],
		[{ voice: {}, video: {}, circle_post: {}, left_chat_member: { id: '4' } }, 'memberLeft'],
		[{ new_join_members: [], left_chat_member: { id: '4' } }, 'memberLeft'],
		[{ new_join_members: [], new_chat_members: [{ id: '4' }] }, 'memberJoined'],
		[{ new_join_members: { id: '4' } }, 'memberJoined'],
		[{ chat_members_online: [], chat_members_offline: [{ id: '4' }] }, 'memberOffline'],
		[{ pinned_message: {}, circle_like: { releated_id: '4' } }, 'circlePostLiked'],
		[{ text: '', circle_comment: { post_id: '4' } }, 'circleCommentCreated'],
		[{ rich_text: '{"document":"[]"}' }, 'message'],
		[{ text: { type: 'text', text: 'hi' } }, 'message'],
		[{ text: '' }, 'message'],
		[{ new_join_members: [], chat_members_online: [] }, 'other'],
	])('empty members of an update do not hide its event: %j', (member, name) => {
		const chat = { id: '22', guild_id: '1' };
		const post = { message_id: '11', chat, from: { id: '3' }, ...member };
		expect(mapUpdate({ update_id: '5', channel_post: post }, BOT)).toMatchObject([
			{ names: [name], data: { raw: { channel_post: member } } },
		]);
		const empty = { callback_query: {}, edited_channel_post: {}, channel_post: {} };
		expect(mapUpdate({ update_id: '5', ...empty, message: post }, BOT)).toMatchObject([
			{ names: [name] },
		]);
	});

	test('events of two kinds with the same update id are two events', () => {
		const posts: JsonObject[] = [
			{ left_chat_member: { id: '4' } },
			{ circle_like: { releated_id: '4' } },
		];
		const keys = posts.map((post) => mapUpdate({ update_id: '5', channel_post: post }, BOT)[0]?.id);
		expect(new Set(keys).size).toBe(2);
	});
});
