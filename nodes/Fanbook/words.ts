import { invalidParameter } from '../shared/errors';
import { optionsField, idField, locatorField, textField } from '../shared/definition/fields';
import { isJsonObject, toJson, tryParseJson } from '../shared/json';
import { isEmpty } from '../shared/execution/parameterValues';
import type { FieldOption, Field, WireFormat, ItemContext } from '../shared/definition/operation';
import { botId } from './bot';
import { longId } from './ids';
import {
	categoryPicker,
	channelPicker,
	circleChannelPicker,
	memberPicker,
	postPicker,
	rolePicker,
	serverPicker,
} from './pickers';

/** What differs from the usual. */
type More = Partial<Omit<Field, 'input'>>;

/** Old methods take ids as bare digits, newer ones as text. */
export const asDigits = { wireFormat: 'int64' } as const satisfies { wireFormat: WireFormat };

/** A server; its key and wire type differ from method to method. */
export const server = (more: More = {}): Field => ({
	...locatorField('guild_id', 'Server', 'Server (guild) it is about', serverPicker),
	...more,
});

/** Only narrows the lists of channels, roles and members; methods that want no server get none. */
export const serverForLists: Field = {
	...locatorField(
		'server',
		'Server',
		'Whose channels, members and roles the lists offer. With IDs it can stay empty.',
		serverPicker,
	),
	notSent: true,
	required: false,
};

export const channel = (more: More = {}): Field => ({
	...locatorField('channel_id', 'Channel', 'Channel it is about', channelPicker),
	...more,
});

/** Where a message goes or is: old methods also take private chats. */
export const chat = (more: More = {}): Field => ({
	...locatorField(
		'chat_id',
		'Channel',
		'The channel, or by ID the private chat that Channel: Get Private Chat returns',
		channelPicker,
		asDigits,
	),
	...more,
});

export const circleChannel = (more: More = {}): Field => ({
	...locatorField(
		'channel_id',
		'Circle Channel',
		'Channel of the circle it is about',
		circleChannelPicker,
	),
	...more,
});

export const category = (about = 'The category the channel stands in'): Field =>
	locatorField('parent_id', 'Category', about, categoryPicker);

export const member = (more: More = {}): Field => ({
	...locatorField('user_id', 'User', 'User it is about', memberPicker),
	...more,
});

export const role = (key: 'role_id' | 'id', more: More = {}): Field => ({
	...locatorField(key, 'Role', 'Role it is about', rolePicker),
	...more,
});

export const post = (): Field =>
	locatorField('post_id', 'Post', 'Post of the circle it is about', postPicker);

export const topic = (): Field =>
	plainId('topic_id', 'Topic ID', 'The topic inside the circle', {
		placeholder: 'e.g. 471883502148419584',
	});

/** A long ID for which there is no list to pick it from. */
export function plainId(key: string, label: string, about: string, more: More): Field {
	const field = idField(key, label, about, more);
	return { ...field, toWire: (value) => longId(field.displayName, value) };
}

/** A choice of which Fanbook knows no other, whatever an expression gives. */
export function strictChoice(
	key: string,
	label: string,
	about: string,
	choices: FieldOption[],
	more: More = {},
): Field {
	const known = choices.map(({ value }) => String(value));
	return optionsField(key, label, about, choices, {
		toWire: (value) => {
			if (isEmpty(value) || known.includes(String(value))) return value;
			const shown = known.filter((one) => one !== '').join(', ');
			throw invalidParameter(label, `cannot be "${String(value)}"`, `Use one of ${shown}`);
		},
		...more,
	});
}

/** A message; there is no list to pick it from. */
export const messageId = (key = 'message_id', more: More = {}): Field =>
	plainId(key, 'Message ID', 'Message it is about', {
		placeholder: 'e.g. 495447611042430976',
		...more,
	});

/** A value the node finds by itself; it can still be set in the workflow's JSON. */
export const found = (
	key: string,
	label: string,
	otherwise: (call: ItemContext) => unknown,
	more: More = {},
): Field => ({
	key,
	displayName: label,
	description: '',
	input: { type: 'custom', property: { type: 'hidden' } },
	wireFormat: 'id',
	default: '',
	required: false,
	resolveDefault: otherwise,
	...more,
});

/** Where a method wants to know who asks: the bot itself. */
export const asBot = (key: 'user_id' | 'bot_id' = 'user_id'): Field =>
	found(key, 'Bot', async (call) => await botId(call.client));

export const cardId = (more: More = {}): Field =>
	textField(
		'card_id',
		'Card ID',
		'Name of the badge, chosen freely; the same one replaces or deletes it',
		{
			length: { min: 10, unit: 'bytes' },
			placeholder: 'e.g. daily-sign-in',
			...more,
		},
	);

/**
 * An object as JSON, or nothing for what the editor shows in a field nobody has filled.
 *
 * @throws Failure naming the parameter when it is JSON of another kind
 */
export function jsonObject(label: string, value: unknown): unknown {
	const json = typeof value === 'string' ? tryParseJson(value.trim() || '{}') : toJson(value);
	if (isEmpty(value) || json === undefined || json === null) return value;
	if (!isJsonObject(json)) {
		throw invalidParameter(label, 'is no JSON object', 'It begins with { and ends with }');
	}
	return Object.keys(json).length === 0 ? undefined : value;
}
