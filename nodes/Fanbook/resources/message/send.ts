import { invalidParameter, type NodeFailure } from '../../../shared/errors';
import {
	booleanField,
	integerField,
	loadedListField,
	longTextField,
	textField,
} from '../../../shared/definition/fields';
import { isObject, tryParseJsonLossless } from '../../../shared/json';
import { parameterName } from '../../../shared/definition/naming';
import type { Field, Operation, ItemContext } from '../../../shared/definition/operation';
import { isEmptyValue } from '../../../shared/execution/parameterValues';
import { composeMessage } from '../../compose/compose';
import { messageFields, parseMode } from '../../compose/fields';
import { inlineKeyboard, replyMarkup } from '../../compose/keyboard';
import { mentionField, readMentions, mergeIds } from '../../compose/mentions';
import { snowflake } from '../../snowflake';
import { optionsSources } from '../../locators';
import { parseLongIds } from '../../ids';
import {
	asInt64,
	hiddenField,
	member,
	messageId,
	server,
	serverForLists,
	strictOptionsField,
} from '../../commonFields';
import { MAX_MESSAGE_BYTES, recipient } from './recipient';
import { simplifySent } from './simplify';

const USERS = 'User Names or IDs';
const MENTIONED_USERS = 'Mentioned User Names or IDs';
const MENTIONED_ROLES = 'Mentioned Role Names or IDs';

const replyTo = messageId('reply_to_message_id', {
	displayName: 'Reply to Message ID',
	description:
		'Message to reply to. For a reply inside a thread: the first message of the thread (quote_l1).',
	wireFormat: 'int64',
});

const yesNo = (
	key: string,
	displayName: string,
	description: string,
	[yes, no]: [string, string],
) =>
	strictOptionsField(
		key,
		displayName,
		description,
		[
			{ name: yes, value: 1 },
			{ name: no, value: 0 },
		],
		{ wireFormat: 'integer' },
	);

/**
 * Reads Users, without which nobody would see an ephemeral message. A message that is not ephemeral would
 * be shown to everyone in spite of them.
 */
function toRecipients(value: unknown, item: ItemContext): string[] {
	const ids = parseLongIds(USERS, value, 'all');
	const isEphemeral = item.boolean('ephemeral');
	if (ids.length > 0 && !isEphemeral) throw withoutEphemeral(USERS);
	if (ids.length > 0 || !isEphemeral) return ids;
	throw invalidParameter(
		USERS,
		'is empty',
		'Choose the users who see the ephemeral message, or Everyone Online (all)',
	);
}

function withoutEphemeral(displayName: string): NodeFailure {
	return invalidParameter(
		displayName,
		'has no effect on a message that everyone sees',
		`Turn on Ephemeral, or remove "${displayName}"`,
	);
}

const visibility = yesNo(
	'entity',
	'Visibility',
	'Visibility of the ephemeral message. Requires Ephemeral.',
	['Visible', 'Hidden'],
);

/** Sends Visibility with ephemeral messages only. */
function toVisibility(value: unknown, item: ItemContext): unknown {
	const chosen = visibility.toWire?.(value, item);
	if (chosen === undefined || item.boolean('ephemeral')) return chosen;
	throw withoutEphemeral('Visibility');
}

const answered = messageId('reply_to_message_id_level_2', {
	displayName: 'Reply to Message ID (Level 2)',
	description: 'Only for a reply inside a thread: the message of the thread that is answered',
	wireFormat: 'int64',
});

/** Reads the answered message of a thread, which Fanbook finds with the first message of the thread only. */
function toAnswered(value: unknown, item: ItemContext): unknown {
	const id = answered.toWire?.(value, item);
	if (isEmptyValue(id) || item.text(parameterName(replyTo)) !== '') return id;
	throw invalidParameter(
		replyTo.displayName,
		'is empty',
		'For a reply inside a thread, fill in the first message of the thread, too',
	);
}

const sendOptions: Field[] = [
	textField(
		'desc',
		'Preview',
		'Text shown in the conversation list. Defaults to the start of the message.',
		{ resolveDefault: (item) => composeMessage(item).preview },
	),
	parseMode,
	booleanField(
		'ephemeral',
		'Ephemeral',
		'Whether to send a temporary message, which is not stored and disappears when the app is closed. Requires Users.',
	),
	loadedListField(
		'users',
		USERS,
		'Users who see the ephemeral message, or Everyone Online (all)',
		optionsSources.membersOrEveryone,
		{ toWire: toRecipients },
	),
	booleanField(
		'selective',
		'Selective',
		'Whether to show the message only to the sender and the mentioned users',
	),
	replyTo,
	{ ...answered, toWire: toAnswered },
	replyMarkup,
	inlineKeyboard,
	yesNo('unreactive', 'Reactions', 'Whether users can react to the message', [
		'Forbidden',
		'Allowed',
	]),
	mentionField,
	loadedListField(
		'mentions',
		MENTIONED_USERS,
		'Users to notify. Mention also adds them to the text.',
		optionsSources.members,
		{ toWire: (ids, item) => mergeIds(MENTIONED_USERS, ids, readMentions(item).users) },
	),
	loadedListField(
		'mention_roles',
		MENTIONED_ROLES,
		'Roles to notify. Mention also adds them to the text.',
		optionsSources.roles,
		{ toWire: (ids, item) => mergeIds(MENTIONED_ROLES, ids, readMentions(item).roles) },
	),
	{ ...visibility, toWire: toVisibility },
	server({
		...asInt64,
		displayName: 'Community Notifications of Server',
		description: 'Server in whose community notifications the user gets the message instead',
	}),
];

const send: Operation = {
	name: 'Send',
	action: 'Send a message',
	description: 'Send a text, a rich text, a message card or a voice message',
	endpoint: 'POST sendMessage',
	scopes: ['SEND_MESSAGES'],
	fields: [...recipient, ...messageFields(MAX_MESSAGE_BYTES)],
	additionalFields: sendOptions,
	simplify: simplifySent,
};

const sendPhoto: Operation = {
	name: 'Send Photo',
	action: 'Send a photo',
	description: 'Send a picture from a public web address',
	endpoint: 'POST sendPhoto',
	scopes: ['SEND_MESSAGES'],
	notice:
		'Fanbook downloads the picture from its URL. The API has no upload, so files of an item cannot be sent.',
	fields: [
		...recipient,
		{
			...textField('photo', 'Photo URL', 'Public web address of the picture'),
			wireFormat: 'json',
			placeholder: 'e.g. https://example.com/picture.jpg',
			toWire: toPhoto,
		},
	],
	simplify: simplifySent,
	additionalFields: [
		integerField('width', 'Width', 'Width in pixels. Entering it makes the call faster.', {
			min: 1,
		}),
		integerField('height', 'Height', 'Height in pixels. Entering it makes the call faster.', {
			min: 1,
		}),
		replyTo,
		replyMarkup,
		inlineKeyboard,
	],
};

/** Converts an address to `{"Url": …}`, with the capital letter that the API requires. */
function toPhoto(value: unknown, item: ItemContext): unknown {
	const photo =
		typeof value === 'string' && value.trim().startsWith('{') ? tryParseJsonLossless(value) : value;
	const url = isObject(photo) ? photo.Url : photo;
	const address = typeof url === 'string' ? url.trim() : '';
	// JSON is parsed again with all its digits.
	if (/^https?:\/\/\S+$/.test(address)) return isObject(photo) ? value : { Url: address };
	const binary = item.context.getInputData()[item.itemIndex]?.binary ?? {};
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

const sendTaskNotification: Operation = {
	name: 'Send Task Notification',
	action: 'Send a task notification',
	description: 'Notify one user of a finished or unfinished task',
	// The API's own spelling.
	endpoint: 'POST sendNotication',
	fields: [
		strictOptionsField(
			'channel_type',
			'Channel Type',
			'Task channel that shows the notification',
			[
				{ name: 'Finished Tasks', value: '2' },
				{ name: 'Unfinished Tasks', value: '1' },
			],
			{ default: '1' },
		),
		serverForLists,
		member({ key: 'to_user_id', displayName: 'User', description: 'User to notify' }),
		longTextField('content', 'Content', 'The text of the task'),
		hiddenField('nonce', 'Nonce', () => snowflake()),
	],
};

export const operations: Operation[] = [send, sendPhoto, sendTaskNotification];
