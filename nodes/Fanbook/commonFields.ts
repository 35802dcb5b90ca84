import { invalidParameter } from '../shared/errors';
import { optionsField, idField, locatorField, textField } from '../shared/definition/fields';
import { isJsonObject, isObject, toJson, tryParseJson } from '../shared/json';
import { isEmpty, isEmptyValue } from '../shared/execution/parameterValues';
import { shown } from '../shared/execution/shownValue';
import type { ItemContext } from '../shared/definition/operation';
import type { FieldOption, Field, WireFormat } from '../shared/definition/operation';
import { botId } from './bot';
import { parseLongId } from './ids';
import {
	categoryLocator,
	channelLocator,
	circleChannelLocator,
	memberLocator,
	postLocator,
	roleLocator,
	serverLocator,
} from './locators';

/** Changes to a common field. */
type FieldChanges = Partial<Omit<Field, 'input'>>;

/** Older methods take ids as JSON integers, newer ones as text. */
export const asInt64 = { wireFormat: 'int64' } as const satisfies { wireFormat: WireFormat };

/** Server. Its key and wire format differ between methods. */
export const server = (more: FieldChanges = {}): Field => ({
	...locatorField('guild_id', 'Server', 'The server (guild) to use', serverLocator),
	...more,
});

/** Server whose channels, roles and members the lists show. Not sent. */
export const serverForLists: Field = {
	...locatorField(
		'server',
		'Server',
		'Server whose channels, members and roles the lists show. Leave empty if you enter IDs.',
		serverLocator,
	),
	notSent: true,
	required: false,
};

export const channel = (more: FieldChanges = {}): Field => ({
	...locatorField('channel_id', 'Channel', 'The channel to use', channelLocator),
	...more,
});

/** Channel of a message. Older methods also accept private chats. */
export const chat = (more: FieldChanges = {}): Field => ({
	...locatorField(
		'chat_id',
		'Channel',
		'The channel, or by ID the private chat that Channel: Get Private Chat returns',
		channelLocator,
		asInt64,
	),
	...more,
});

export const circleChannel = (more: FieldChanges = {}): Field => ({
	...locatorField(
		'channel_id',
		'Circle Channel',
		'The circle channel to use',
		circleChannelLocator,
	),
	...more,
});

export const category = (more: FieldChanges = {}): Field =>
	locatorField(
		'parent_id',
		'Category',
		'Category that contains the channel',
		categoryLocator,
		more,
	);

export const member = (more: FieldChanges = {}): Field => ({
	...locatorField('user_id', 'User', 'The user to act on', memberLocator),
	...more,
});

export const role = (key: 'role_id' | 'id', more: FieldChanges = {}): Field => ({
	...locatorField(key, 'Role', 'The role to use', roleLocator),
	...more,
});

export const post = (): Field =>
	locatorField('post_id', 'Post', 'The circle post to use', postLocator);

export const topic = (): Field =>
	longIdField('topic_id', 'Topic ID', 'The topic inside the circle', {
		placeholder: 'e.g. 471883502148419584',
	});

/** Long ID of something that cannot be listed. */
export function longIdField(
	key: string,
	displayName: string,
	description: string,
	more: FieldChanges,
): Field {
	const field = idField(key, displayName, description, more);
	return { ...field, toWire: (value) => parseLongId(field.displayName, value) };
}

/** Options field that refuses other values, which an expression can return. */
export function strictOptionsField(
	key: string,
	displayName: string,
	description: string,
	choices: FieldOption[],
	more: FieldChanges = {},
): Field {
	const known = choices.map(({ value }) => String(value));
	return optionsField(key, displayName, description, choices, {
		toWire: (value) => {
			// Fanbook has no empty value: the option for it means that nothing is sent.
			const text = shown(value).trim();
			if (known.includes(text)) return text === '' ? undefined : text;
			if (isEmptyValue(value)) return undefined;
			const allowed = known.filter((one) => one !== '').join(', ');
			throw invalidParameter(displayName, `cannot be "${text}"`, `Use one of ${allowed}`);
		},
		...more,
	});
}

/** Message, which cannot be listed. */
export const messageId = (key = 'message_id', more: FieldChanges = {}): Field =>
	longIdField(key, 'Message ID', 'The message to use', {
		placeholder: 'e.g. 495447611042430976',
		...more,
	});

/** Value that the node determines itself. It can be set in the workflow's JSON. */
export const hiddenField = (
	key: string,
	displayName: string,
	resolveDefault: (item: ItemContext) => unknown,
	more: FieldChanges = {},
): Field => ({
	key,
	displayName,
	description: '',
	input: { type: 'custom', property: { type: 'hidden' } },
	wireFormat: 'id',
	default: '',
	required: false,
	// The editor keeps a choice of the parameter with this name in another operation, where it is shown.
	toWire: (raw) => (isObject(raw) && '__rl' in raw ? undefined : raw),
	resolveDefault,
	...more,
});

/** User id of the bot, for methods that require the requesting user. */
export const botIdField = (key: 'user_id' | 'bot_id' = 'user_id'): Field =>
	hiddenField(key, 'Bot', async (item) => await botId(item.client));

export const cardId = (more: FieldChanges = {}): Field =>
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
 * Checks that JSON is an object. An empty object, the editor's default, counts as empty.
 *
 * @throws NodeFailure that names the parameter when the value is not an object
 */
export function checkJsonObject(displayName: string, value: unknown): unknown {
	const json = typeof value === 'string' ? tryParseJson(value.trim() || '{}') : toJson(value);
	if (isEmpty(value) || json === undefined || json === null) return value;
	if (!isJsonObject(json)) {
		throw invalidParameter(
			displayName,
			'is not a JSON object',
			'Enter an object that starts with { and ends with }',
		);
	}
	return Object.keys(json).length === 0 ? undefined : value;
}
