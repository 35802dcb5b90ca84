import fc from 'fast-check';
import { EVENT_NAMES } from '../../nodes/Fanbook/trigger/events/event';
import type { FanbookEvent } from '../../nodes/Fanbook/trigger/events/event';
import { mapFrame, mapHistoryMessage } from '../../nodes/Fanbook/trigger/events/frameMapper';
import { emptyEvent } from '../../nodes/Fanbook/trigger/events/normalize';
import { mapUpdate } from '../../nodes/Fanbook/trigger/events/updateMapper';
import { parseHtml } from '../../nodes/Fanfou/text';
import { deduplicationKey, normalizeEvent } from '../../nodes/Fanvue/trigger/events/normalizeEvent';
import type { Json, JsonObject } from '../../nodes/shared/json';
import { isJsonObject, parseJson } from '../../nodes/shared/json';

/** The mappers of the triggers accept whatever a service may send, in any place. */

const BOT = '512345678901234561';
const ID = '1152921504606846979';

/** Values with IDs, JSON in JSON and wrong types. */
const leaf = fc.oneof(
	fc.jsonValue({ maxDepth: 1 }),
	fc.constantFrom(ID, BOT, `{"type":"text","text":"hi \${@!${BOT}}"}`, '{"type":', '[]', '{}'),
);

/** Objects with some of these members, each of any value or an object of the same kind. */
function objectsOf(names: readonly string[]): fc.Arbitrary<JsonObject> {
	const { object } = fc.letrec<{ object: object; value: unknown }>((tie) => ({
		object: fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 8 }),
		value: fc.oneof({ maxDepth: 3 }, leaf, tie('object'), fc.array(tie('value'), { maxLength: 3 })),
	}));
	return object.map((value) => {
		const read: Json = parseJson(JSON.stringify(value));
		return isJsonObject(read) ? read : {};
	});
}

const FANBOOK_MEMBERS = [
	'message_id',
	'guild_id',
	'channel_id',
	'channel_type',
	'user_id',
	'content',
	'type',
	'text',
	'mentions',
	'mention_roles',
	'author',
	'member',
	'nick',
	'roles',
	'method',
	'data',
	'code',
	'index',
	'id',
	'from',
	'chat',
	'date',
	'message',
	'callback_query',
	'update_id',
	'channel_post',
	'edited_message',
	'photo',
	'rich_text',
	'records',
	'post_id',
	'title',
	'content_v2',
	'document',
	'emoji',
	'reactions',
	'quote_l1',
	'quote_l2',
	'time',
	'circle_comment',
	'pinned_message',
	'operation',
];
const ACTIONS = ['push', 'miniPush', 'circle', 'circleEnter', 'guildNotice', 'connect', 'other'];

const KEYS = Object.keys(emptyEvent('gateway', null)).sort();
const ID_KEYS = [
	'message_id',
	'guild_id',
	'channel_id',
	'user_id',
	'quote_l1',
	'quote_l2',
] as const;

function expectWellFormed(events: FanbookEvent[]): void {
	for (const { names, data, id } of events) {
		expect(names.length).toBeGreaterThan(0);
		for (const name of names) expect(EVENT_NAMES).toContain(name);
		expect(Object.keys(data).sort()).toEqual(KEYS);
		for (const key of ID_KEYS)
			expect(data[key] === null || typeof data[key] === 'string').toBe(true);
		expect(typeof data.text).toBe('string');
		expect(data.mentions.every((one) => typeof one === 'string')).toBe(true);
		expect(id === undefined || id.length > 0).toBe(true);
		// n8n stores the output as JSON, so nothing may get lost there.
		expect(JSON.parse(JSON.stringify(data))).toStrictEqual(data);
	}
}

const fanbookObject = objectsOf(FANBOOK_MEMBERS);

test('any gateway frame of Fanbook becomes events with all members', () => {
	fc.assert(
		fc.property(fc.constantFrom(...ACTIONS), fanbookObject, (action, data) =>
			expectWellFormed(mapFrame({ action, data }, BOT)),
		),
		{ numRuns: 500 },
	);
});

test('any message in the history of Fanbook becomes events with all members', () => {
	fc.assert(
		fc.property(fanbookObject, (message) => expectWellFormed(mapHistoryMessage(message, BOT))),
		{ numRuns: 500 },
	);
});

test('any update in the queue of Fanbook becomes events with all members', () => {
	fc.assert(
		fc.property(fanbookObject, (update) => expectWellFormed(mapUpdate(update, BOT))),
		{ numRuns: 500 },
	);
});

const FANVUE_MEMBERS = [
	'id',
	'eventId',
	'type',
	'timestamp',
	'data',
	'fan',
	'creator',
	'follower',
	'purchaser',
	'subscriber',
	'sender',
	'uuid',
	'handle',
	'display_name',
	'message',
	'text',
	'payment',
	'subscription',
	'refund',
	'dispute',
	'payout',
	'checkout_link',
	'metadata',
	'tracking',
	'link_url',
	'actor',
	'price',
	'context',
	'messageUuid',
	'counterpartUuid',
	'readMessagesCount',
	'recipientUuid',
	'reaction',
	'emoji',
];

test('any payload of Fanvue becomes one event, the same one each time', () => {
	fc.assert(
		fc.property(objectsOf(FANVUE_MEMBERS), (payload) => {
			const event = normalizeEvent(payload, 'fingerprint');
			expect(typeof event.event).toBe('string');
			expect(event.id).not.toBe('');
			expect(typeof event.timestamp).toBe('string');
			expect(event.raw).toEqual(payload);
			expect(JSON.parse(JSON.stringify(event))).toStrictEqual(event);
			expect(deduplicationKey(normalizeEvent(payload, 'fingerprint'))).toBe(
				deduplicationKey(event),
			);
		}),
		{ numRuns: 500 },
	);
});

test('any text of Fanfou, once escaped, is read as it was', () => {
	const escape = (text: string) =>
		text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
	const characters = fc.oneof(fc.string({ unit: 'binary' }), fc.string());
	fc.assert(
		fc.property(characters, characters, (text, name) => {
			const mention = `@<a href="https://fanfou.com/u" class="former">${escape(name)}</a>`;
			const { text: read, mentions } = parseHtml(`${escape(text)}|${mention}|`);
			expect(read).toBe(`${text}|@${name}|`);
			expect(mentions).toEqual([{ id: 'u', name }]);
		}),
	);
});

test('any HTML of Fanfou is read without an error', () => {
	const piece = fc.oneof(
		fc.string({ unit: 'binary', maxLength: 5 }),
		fc.constantFrom(
			'<a',
			'<a href="',
			'">',
			'</a>',
			'<br>',
			'<',
			'>',
			'&',
			'&#',
			'&#x',
			';',
			'class="former"',
			'/q/%zz',
		),
	);
	fc.assert(
		fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
			const { text, mentions, topics, links } = parseHtml(pieces.join(''));
			expect(typeof text).toBe('string');
			for (const value of [...topics, ...links, ...mentions.map(({ id }) => id)])
				expect(typeof value).toBe('string');
		}),
		{ numRuns: 500 },
	);
});
