import { booleanField, textField } from '../../../shared/definition/fields';
import type { Operation } from '../../../shared/definition/operation';
import { messageFields, parseMode } from '../../compose/fields';
import { inlineKeyboard, replyMarkup } from '../../compose/keyboard';
import { asDigits, chat, found, messageId, serverForLists } from '../../words';

/** The most that editMessageText takes, in bytes of UTF-8: less than sendMessage. */
const LONGEST_EDIT = 102_400;

const MANAGE_MESSAGES = ['MANAGE_MESSAGES (pin and edit messages)'];

export const editText: Operation = {
	name: 'Edit Text',
	action: 'Edit the text of a message',
	description: 'Replace the content of a message, whatever its type',
	endpoint: 'POST editMessageText',
	fields: [
		serverForLists,
		chat(),
		messageId('message_id', asDigits),
		...messageFields(LONGEST_EDIT),
	],
	updateFields: [
		parseMode,
		booleanField(
			'disable_web_page_preview',
			'Disable Link Previews',
			'Whether links are shown without a preview of their page',
		),
		replyMarkup,
		inlineKeyboard,
		booleanField(
			'selective',
			'Hide Preview',
			'Whether the preview in the conversation list is hidden',
		),
		textField('desc', 'Preview', 'What the conversation list shows from now on'),
	],
};

export const editInlineKeyboard: Operation = {
	name: 'Edit Inline Keyboard',
	action: 'Edit the inline keyboard of a message',
	description: 'Replace the buttons below a message',
	endpoint: 'POST editMessageReplyMarkup',
	notice:
		'The vendor noted in 2022 that this call had no effect. If it has none for you, use Edit Text with Reply Markup',
	fields: [serverForLists, chat(), messageId('message_id', asDigits), inlineKeyboard],
	updateFields: [replyMarkup],
};

export const remove: Operation = {
	name: 'Delete',
	action: 'Delete a message',
	description:
		'Delete a message. Without the right to manage messages only own ones, for three minutes.',
	endpoint: 'POST deleteMessage',
	emptyResult: 'deleted',
	fields: [serverForLists, chat(), messageId('message_id', asDigits)],
};

export const pin: Operation = {
	name: 'Pin',
	action: 'Pin a message',
	description: 'Add a message to the pinned ones of its channel',
	endpoint: 'POST pinChatMessage',
	scopes: MANAGE_MESSAGES,
	fields: [
		serverForLists,
		chat(),
		messageId('message_id', asDigits),
		// For a message in a channel the same value as chat_id; the API wants both.
		found('channel_id', 'Channel', (call) => call.text('chatId'), asDigits),
	],
};

export const unpin: Operation = {
	name: 'Unpin',
	action: 'Unpin a message',
	description: 'Take a message off the pinned ones of its channel',
	// The page prints the path of Pin here; the vendor's own client calls this one.
	endpoint: 'POST unpinChatMessage',
	scopes: MANAGE_MESSAGES,
	fields: [serverForLists, chat(), messageId('message_id', asDigits)],
};
