import { booleanField, textField } from '../../../shared/definition/fields';
import type { Operation } from '../../../shared/definition/operation';
import { messageFields, parseMode } from '../../compose/fields';
import { inlineKeyboard, replyMarkup } from '../../compose/keyboard';
import { simplifySent } from './simplify';
import { asInt64, chat, hiddenField, messageId, serverForLists } from '../../commonFields';

/** Longest text of editMessageText, in bytes of UTF-8; shorter than that of sendMessage. */
const MAX_EDIT_BYTES = 102_400;

const MANAGE_MESSAGES = ['MANAGE_MESSAGES (pin and edit messages)'];

const editText: Operation = {
	name: 'Edit Text',
	action: 'Edit the text of a message',
	description: 'Replace the content of a message of any type',
	endpoint: 'POST editMessageText',
	fields: [
		serverForLists,
		chat(),
		messageId('message_id', asInt64),
		...messageFields(MAX_EDIT_BYTES),
	],
	simplify: simplifySent,
	updateFields: [
		parseMode,
		booleanField(
			'disable_web_page_preview',
			'Disable Link Previews',
			'Whether to hide link previews',
		),
		replyMarkup,
		inlineKeyboard,
		booleanField(
			'selective',
			'Hide Preview',
			'Whether to hide the preview in the conversation list',
		),
		textField('desc', 'Preview', 'Text shown in the conversation list'),
	],
};

const editInlineKeyboard: Operation = {
	name: 'Edit Inline Keyboard',
	action: 'Edit the inline keyboard of a message',
	description: 'Replace the buttons below a message',
	endpoint: 'POST editMessageReplyMarkup',
	notice:
		'Fanbook noted in 2022 that this call had no effect. If it has none for you, use Edit Text with Reply Markup.',
	fields: [serverForLists, chat(), messageId('message_id', asInt64), inlineKeyboard],
	simplify: simplifySent,
	updateFields: [replyMarkup],
};

const remove: Operation = {
	name: 'Delete',
	action: 'Delete a message',
	description:
		'Delete a message. Without the Manage Messages permission, the bot can delete only its own messages, within three minutes.',
	endpoint: 'POST deleteMessage',
	emptyResult: 'deleted',
	confirmation: { consequence: 'A deleted message cannot be restored' },
	fields: [serverForLists, chat(), messageId('message_id', asInt64)],
};

const pin: Operation = {
	name: 'Pin',
	action: 'Pin a message',
	description: 'Add a message to the pinned messages of its channel',
	endpoint: 'POST pinChatMessage',
	scopes: MANAGE_MESSAGES,
	fields: [
		serverForLists,
		chat(),
		messageId('message_id', asInt64),
		// The API requires both; for a message in a channel it equals chat_id.
		hiddenField('channel_id', 'Channel', (item) => item.text('chatId'), asInt64),
	],
};

const unpin: Operation = {
	name: 'Unpin',
	action: 'Unpin a message',
	description: 'Remove a message from the pinned messages of its channel',
	// The reference shows the path of Pin here; the vendor's own client uses this one.
	endpoint: 'POST unpinChatMessage',
	scopes: MANAGE_MESSAGES,
	fields: [serverForLists, chat(), messageId('message_id', asInt64)],
};

export const operations: Operation[] = [editText, editInlineKeyboard, remove, pin, unpin];
