import { plainText, readContent } from '../../../nodes/Fanbook/trigger/events/content';
import { mapFrame, mapHistoryMessage } from '../../../nodes/Fanbook/trigger/events/frameMapper';
import { mapUpdate } from '../../../nodes/Fanbook/trigger/events/updateMapper';
import type { Json, JsonObject } from '../../../nodes/shared/json';

/** Events with missing members or in unusual formats. */
const BOT = '512345678901234561';

const frame = (action: string, data: JsonObject) => mapFrame({ action, data }, BOT)[0];
const update = (post: JsonObject, more: JsonObject = { update_id: '1' }) =>
	mapUpdate({ ...more, channel_post: post }, BOT);
/** Returns a queue update for a message in a channel of a server. */
const channelPost = (more: JsonObject) => ({
	message_id: '11',
	chat: { id: '44', guild_id: '22' },
	from: { id: '33', first_name: 'Ada' },
	...more,
});

describe('a join', () => {
	test('a join without a user is attributed to its author', () => {
		const data = { message_id: '11', guild_id: '22', user_id: '33', content: '{"type":"newJoin"}' };
		expect(frame('push', data)).toMatchObject({
			deduplicationKey: 'join:22:33',
			data: { user_id: '33', details: { invite_code: null, index: null } },
		});
	});

	test('a join without user and server is one event', () => {
		expect(frame('guildNotice', { method: 'userJoin' })).toMatchObject({
			names: ['memberJoined'],
			deduplicationKey: 'join::',
		});
	});

	test('a join in the queue may contain members without names or IDs', () => {
		const [joined] = update(channelPost({ new_chat_members: [{ nickname: 7 }] }));
		expect(joined).toMatchObject({
			id: 'message:11',
			data: { user_id: '33', author: { nickname: '7', bot: null } },
		});
		const both = update({ new_join_members: [{}, {}] });
		expect(both).toMatchObject([
			{ id: undefined, data: { user_id: null } },
			{ id: undefined, data: { user_id: null } },
		]);
		const nobody = update({ message_id: '11', new_join_members: [{}, { id: '5' }] });
		expect(nobody.map(({ id }) => id)).toEqual(['message:11:', 'message:11:5']);
	});
});

describe('a click', () => {
	const click = (callback: JsonObject, more: JsonObject = {}) =>
		frame('miniPush', {
			message_id: '7',
			user_id: '8',
			content: { callback_query: callback, ...more },
		});

	test('a click without a callback ID is identified by its update ID', () => {
		expect(click({}, { update_id: '5' })?.id).toBe('click:5');
		expect(click({})?.id).toBeUndefined();
	});

	test('a click uses the most specific message ID it contains', () => {
		const inline = { inline_message_id: '1', message: { message_id: '2' } };
		expect(click(inline)?.data.message_id).toBe('1');
		expect(click({ message: { message_id: '2' } })?.data.message_id).toBe('2');
		expect(click({})?.data).toMatchObject({
			message_id: '7',
			user_id: '8',
			details: { callback_id: null, data: null, inline_message_id: null },
		});
	});

	test('a card click has the same event from the gateway and from the queue', () => {
		const operation = { key: '1' };
		const live = frame('miniPush', {
			channel_id: '6',
			message_id: '7',
			user_id: '8',
			content: { interaction_message_card_operation: operation },
		});
		expect(live).toMatchObject({
			names: ['cardClicked'],
			id: undefined,
			deduplicationKey: expect.stringContaining('"interaction_message_card_operation":{"key":"1"}'),
			data: { channel_id: '6', message_id: '7', user_id: '8', details: operation },
		});
		const [queued] = update(
			channelPost({
				interaction_message_card_operation: { message_id: '1', channel_id: '2', user_id: '3' },
			}),
		);
		expect(queued).toMatchObject({
			id: 'update:1',
			data: { message_id: '1', channel_id: '2', user_id: '3', author: { nickname: 'Ada' } },
		});
	});

	test('a click in the queue may contain the callback only', () => {
		expect(mapUpdate({ callback_query: { id: '9', from: { id: '3' } } }, BOT)).toMatchObject([
			{ names: ['buttonClicked'], id: 'click:9', data: { user_id: '3', message_id: null } },
		]);
	});
});

describe('a reaction', () => {
	test.each<[JsonObject, JsonObject]>([
		[{}, { action: null, emoji: '', emoji_name: null, avatar: null, count: null }],
		[
			{ action: 'add', emoji: { name: '%E8%B5%9E', count: 2 } },
			{ action: 'add', emoji: '赞', emoji_name: '%E8%B5%9E', count: 2 },
		],
		[{ emoji: { name: '100%' } }, { emoji: '100%', emoji_name: '100%' }],
	])('a gateway reaction is read: %j', (content, details) => {
		const data = { message_id: '11', content: { type: 'reaction', id: '5', ...content } };
		expect(frame('push', data)?.data).toMatchObject({ message_id: '5', details });
	});

	test.each<[JsonObject, string, JsonObject]>([
		[{ action: 'add', emoji: '%2B1' }, 'reactionAdded', { emoji: '+1', emoji_name: '%2B1' }],
		[{ action: 'del', emoji: '%2B1' }, 'other', { action: 'del' }],
		[{}, 'other', { action: null, emoji: '', emoji_name: null }],
	])('a queue reaction is read: %j', (reaction, event, details) => {
		expect(update(channelPost({ reaction }))[0]).toMatchObject({
			names: [event],
			id: 'message:11',
			data: { details: { reaction_id: '11', ...details } },
		});
	});
});

describe('a circle', () => {
	const post = { post_id: '5', title: 'Tea', content: '[{"insert":"at noon\\n"}]' };

	test('a circle post in a list is read', () => {
		expect(frame('circleEnter', { method: 'post_add', records: [post] })).toMatchObject({
			names: ['circlePostCreated'],
			id: 'post:5',
			data: { text: 'Tea\nat noon', content: [{ insert: 'at noon\n' }] },
		});
	});

	test('a circle event of another kind becomes the event "other"', () => {
		const data = { method: 'post_edit', records: post };
		expect(frame('circleEnter', data)).toMatchObject({
			names: ['other'],
			deduplicationKey: expect.stringContaining('post_edit'),
			data: { details: post },
		});
	});

	test('a circle like without details has null values', () => {
		expect(update(channelPost({ circle_like: {} }), {})).toMatchObject([
			{
				names: ['circlePostLiked'],
				deduplicationKey: expect.stringContaining('circle_like'),
				data: { message_id: null, details: { post_id: null, reaction_type: null } },
			},
		]);
	});
});

describe('an update', () => {
	test('an update without a message becomes the event "other"', () => {
		expect(mapUpdate({ update_id: '5', poll: {} }, BOT)).toMatchObject([
			{ names: ['other'], id: 'update:other:5', data: { raw: { poll: {} } } },
		]);
		expect(mapUpdate({ edited_message: channelPost({}) }, BOT)).toMatchObject([
			{ names: ['messageEdited'], deduplicationKey: expect.stringContaining('edited_message') },
		]);
	});

	test.each<[JsonObject, number | null, string[]]>([
		[{ id: '44', type: 'private' }, 3, ['privateMessage', 'message']],
		[{ id: '44', type: 'channel', guild_id: '22' }, null, ['message']],
		[{ id: '44', type: 'channel', channel_type: 0, guild_id: '22' }, 0, ['message']],
	])('an update in the chat %j has the channel type %j', (chat, kind, events) => {
		const [message] = update({ message_id: '11', chat, text: 'hi' });
		expect(message).toMatchObject({ names: events, data: { channel_type: kind } });
	});

	test('mentions are read from the entities of an update', () => {
		const entities: Json[] = [{ type: 'mention', user: { id: '33' } }, { type: 'bold' }, 'odd'];
		const [message] = update(channelPost({ text: `\${@!${BOT}} hi`, entities }));
		expect(message).toMatchObject({
			names: ['botMentioned', 'message'],
			data: { mentions: ['33', BOT], mentions_bot: true },
		});
	});

	test.each(['{"order": 5}', '{}', '{"type":5}', '{"text":"hi"}', '[1]', ' {"type":null} '])(
		'JSON that somebody typed stays text: %s',
		(text) => {
			expect(update(channelPost({ text }))[0]?.data).toMatchObject({
				message_type: 'text',
				text,
				content: { type: 'text', text },
			});
		},
	);

	test('an update without a message ID has no event ID', () => {
		expect(update({ text: 'hi' })[0]).toMatchObject({ id: undefined, data: { text: 'hi' } });
	});

	test('a departure without a named member is attributed to its author', () => {
		expect(update(channelPost({ left_chat_member: {} }))[0]).toMatchObject({
			names: ['memberLeft'],
			data: { user_id: '33' },
		});
	});
});

test.each<[Json, string]>([
	[{ type: 'richText', document: [{ insert: 'a' }, 'odd', { insert: { _type: 'image' } }] }, 'a'],
	[{ type: 'richText', document: 'no list' }, ''],
	[{ type: 'richText', document: '[]', v2: '[{"insert":"b"}]' }, 'b'],
	[{ type: 'richText', document: '[{"insert":"a"}]', v2: '[{"insert":"b"}]' }, 'a'],
	[{ type: 'text', text: 12345 }, '12345'],
	[{ type: 'messageCard', data: { tag: 'button', label: 'Go' } }, 'Go'],
	[{ type: 'messageCard', notification: 'News', data: 'no widgets' }, 'News'],
	[7, ''],
])('the text of %j is extracted', (content, text) => {
	expect(plainText(readContent(content))).toBe(text);
});

test('a card is read to a limited depth, without a stack overflow', () => {
	const nested = (depth: number): JsonObject =>
		depth === 0 ? { tag: 'text', data: 'deep' } : { tag: 'column', child: nested(depth - 1) };
	expect(plainText({ type: 'messageCard', data: nested(20) })).toBe('deep');
	expect(plainText({ type: 'messageCard', data: nested(5_000) })).toBe('');
});

test('mentions and roles can be objects or bare IDs', () => {
	const data: JsonObject = {
		message_id: '11',
		guild_id: '22',
		content: 'hi',
		mentions: [{ id: '1' }, { user_id: '2' }, 3, null],
		member: { nick: 5, roles: ['6', { id: '7' }] },
	};
	expect(mapHistoryMessage(data, BOT)[0]?.data).toMatchObject({
		mentions: ['1', '2', '3'],
		author: { nick: '5', roles: ['6', '7'] },
	});
});

test.each<JsonObject>([{ recalled: 1 }, { deleted: 1 }, { deleted: true }])(
	'a deleted message in the history is not an event: %j',
	(gone) => {
		expect(mapHistoryMessage({ message_id: '11', content: 'hi', ...gone }, BOT)).toEqual([]);
	},
);
