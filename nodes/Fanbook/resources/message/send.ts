import { invalidParameter } from '../../../shared/errors';
import {
	booleanField,
	int64Field,
	integerField,
	stringListField,
	longTextField,
	textField,
} from '../../../shared/definition/fields';
import { isObject, tryParseJson } from '../../../shared/json';
import type { Field, Operation, ItemContext } from '../../../shared/definition/operation';
import { composed } from '../../compose/compose';
import { messageFields, parseMode } from '../../compose/fields';
import { inlineKeyboard, replyMarkup } from '../../compose/keyboard';
import { mentionPicker, mentionsOf, together } from '../../compose/mentions';
import { snowflake } from '../../snowflake';
import { longIds } from '../../ids';
import { found, member, messageId, strictChoice } from '../../words';
import { LONGEST_MESSAGE, recipient } from './recipient';

const replyTo = messageId('reply_to_message_id', {
	displayName: 'Reply To Message ID',
	description:
		'Message to reply to. For a reply inside a thread: the first message of the thread (quote_l1).',
	wireFormat: 'int64',
});

const yesNo = (key: string, label: string, about: string, [yes, no]: [string, string]) =>
	strictChoice(
		key,
		label,
		about,
		[
			{ name: yes, value: 1 },
			{ name: no, value: 0 },
		],
		{ wireFormat: 'integer' },
	);

const sendOptions: Field[] = [
	parseMode,
	booleanField(
		'ephemeral',
		'Ephemeral',
		'Whether the message is temporary: not stored, and gone when the app is closed. Needs Users.',
	),
	stringListField(
		'users',
		'Users',
		'IDs of the users who see the ephemeral message, or the word all for everyone online',
		{ placeholder: 'e.g. all', toWire: (value) => longIds('Users', value, 'all') },
	),
	booleanField(
		'selective',
		'Selective',
		'Whether only the sender and the users mentioned in it see the message',
	),
	replyTo,
	messageId('reply_to_message_id_level_2', {
		displayName: 'Reply To Message ID (Level 2)',
		description: 'Only for a reply inside a thread: the message of the thread that is answered',
		wireFormat: 'int64',
	}),
	replyMarkup,
	inlineKeyboard,
	yesNo('unreactive', 'Reactions', 'Whether users may react to the message', [
		'Forbidden',
		'Allowed',
	]),
	mentionPicker,
	stringListField(
		'mentions',
		'Mentioned User IDs',
		'Users to notify. Mention above also puts them into the text.',
		{
			toWire: (given, call) => together('Mentioned User IDs', given, mentionsOf(call).users),
		},
	),
	stringListField(
		'mention_roles',
		'Mentioned Role IDs',
		'Roles to notify. Mention above also puts them into the text.',
		{ toWire: (given, call) => together('Mentioned Role IDs', given, mentionsOf(call).roles) },
	),
	yesNo('entity', 'Visibility', 'Only with Ephemeral', ['Visible', 'Hidden']),
	int64Field(
		'guild_id',
		'Community Notifications of Server ID',
		"Puts the message into the user's community notifications of this server instead",
		{ placeholder: 'e.g. 390438216731197440' },
	),
];

export const send: Operation = {
	name: 'Send',
	action: 'Send a message',
	description: 'Send a text, a rich text, a message card or a voice message',
	endpoint: 'POST sendMessage',
	scopes: ['SEND_MESSAGES'],
	fields: [
		...recipient,
		...messageFields(LONGEST_MESSAGE),
		textField(
			'desc',
			'Preview',
			'What the conversation list shows. Left empty it is made from the message.',
			{
				required: false,
				resolveDefault: (call) => composed(call).preview,
			},
		),
	],
	additionalFields: sendOptions,
};

export const sendPhoto: Operation = {
	name: 'Send Photo',
	action: 'Send a photo',
	description: 'Send a picture that stands on a public web address',
	endpoint: 'POST sendPhoto',
	scopes: ['SEND_MESSAGES'],
	notice:
		'Fanbook fetches the picture by its address. Its API has no call to upload a file, so binary data cannot be sent',
	fields: [
		...recipient,
		{
			...textField('photo', 'Photo URL', 'Public web address of the picture'),
			wireFormat: 'json',
			placeholder: 'e.g. https://example.com/picture.jpg',
			toWire: photoOf,
		},
	],
	additionalFields: [
		integerField('width', 'Width', 'Width in pixels. Known, the call is faster.', { min: 1 }),
		integerField('height', 'Height', 'Height in pixels. Known, the call is faster.', { min: 1 }),
		replyTo,
		replyMarkup,
		inlineKeyboard,
	],
};

/** `{"Url": …}` with its capital letter, as the API wants it. */
function photoOf(value: unknown, call: ItemContext): unknown {
	const photo =
		typeof value === 'string' && value.trim().startsWith('{') ? tryParseJson(value) : value;
	const url = isObject(photo) ? photo.Url : photo;
	const address = typeof url === 'string' ? url.trim() : '';
	if (/^https?:\/\/\S+$/.test(address)) return isObject(photo) ? photo : { Url: address };
	const binary = call.context.getInputData()[call.itemIndex]?.binary ?? {};
	if (
		address.startsWith('data:') ||
		address in binary ||
		(address === '' && Object.keys(binary).length > 0)
	) {
		throw invalidParameter(
			'Photo URL',
			'cannot be a file of the item, because Fanbook has no call to upload one',
			'Put the file on a public web address first and give that address',
		);
	}
	if (address === '') return undefined;
	throw invalidParameter(
		'Photo URL',
		`cannot be "${address}"`,
		'Use a public web address with http:// or https:// at the front',
	);
}

export const sendTaskNotification: Operation = {
	name: 'Send Task Notification',
	action: 'Send a task notification',
	description: 'Tell one user about a task, finished or not',
	// The vendor's own spelling.
	endpoint: 'POST sendNotication',
	fields: [
		strictChoice(
			'channel_type',
			'Channel Type',
			'In which of the task channels it appears',
			[
				{ name: 'Finished Tasks', value: '2' },
				{ name: 'Unfinished Tasks', value: '1' },
			],
			{ default: '1' },
		),
		member({ key: 'to_user_id', displayName: 'User', description: 'Who is notified' }),
		longTextField('content', 'Content', 'The text of the task'),
		found('nonce', 'Nonce', () => snowflake()),
	],
};
