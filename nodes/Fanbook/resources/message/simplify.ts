import type { components } from '../../../../types/fanbook';
import type { JsonObject } from '../../../shared/json';
import { isJsonObject } from '../../../shared/json';
import type { ItemContext } from '../../../shared/definition/operation';
import { messageContent, readContent } from '../../trigger/events/content';

type Schemas = components['schemas'];

const LISTED_KEYS: Array<keyof Schemas['HistoryMessage'] | keyof Schemas['Message']> = [
	'message_id',
	'channel_id',
	'guild_id',
	'user_id',
	'time',
	'text',
	'content',
	'author',
	'member',
	'quote_l1',
	'quote_l2',
	'mentions',
	'mention_roles',
	'reactions',
	'pin',
	'recalled',
];

const SENT_KEYS: Array<keyof Schemas['Message'] | 'content'> = [
	'message_id',
	'from',
	'date',
	'edit_date',
	'chat',
	'text',
	'content',
	'reply_to_message',
	'reply_markup',
];

/** Members that hold milliseconds since 1970. */
const TIMES = ['time', 'date', 'edit_date'];

const MAX_TIME = 8.64e15;

/** Simplifies a message of a list. */
export function simplifyListed(message: JsonObject, item: ItemContext): JsonObject {
	return simplify(message, item, LISTED_KEYS);
}

/** Simplifies a message that was sent, edited or read by its ID. */
export function simplifySent(message: JsonObject, item: ItemContext): JsonObject {
	return simplify(message, item, SENT_KEYS);
}

/**
 * Keeps the members that most workflows use, if they have a value: times in ISO 8601, and `content`
 * as the object that the trigger returns, also for plain text.
 */
function simplify(message: JsonObject, item: ItemContext, keys: string[]): JsonObject {
	const kept: JsonObject = {};
	for (const [key, value] of Object.entries(message)) {
		if (!keys.includes(key) || value === null) continue;
		if (TIMES.includes(key)) kept[key] = toIsoTime(value);
		else if (key === 'reply_to_message' && isJsonObject(value))
			kept[key] = simplify(value, item, keys);
		else kept[key] = value;
	}
	// A response of an unknown form is returned as it is, so that nothing is lost.
	if (Object.keys(kept).length === 0) return message;
	if (item.raw('parseContent') === false || isJsonObject(kept.content)) return kept;
	const content = kept.content ?? kept.text;
	const parsed = !content ? messageContent(message) : undefined;
	if (parsed !== undefined) return { ...kept, content: parsed };
	return typeof content === 'string' ? { ...kept, content: readContent(content) } : kept;
}

/** Converts milliseconds since 1970, as number or digits, to ISO 8601; other values are kept. */
function toIsoTime<T>(value: T): T | string {
	const isTime =
		typeof value === 'number' || (typeof value === 'string' && /^\d{1,16}$/.test(value));
	const time = isTime ? Number(value) : NaN;
	return Math.abs(time) <= MAX_TIME ? new Date(time).toISOString() : value;
}
