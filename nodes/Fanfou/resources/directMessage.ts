import type { FanfouResource } from '../operation';
import { idField, longTextField } from '../../shared/definition/fields';
import type { Field } from '../../shared/definition/operation';
import { cleanConversation, cleanMessage } from '../output/message';
import { maxId, mode, messageText, sinceId, user } from '../commonFields';

const window: Field[] = [sinceId, maxId, mode];

export const directMessages: FanfouResource = {
	name: 'Direct Message',
	preferred: 'Send',
	operations: [
		{
			name: 'Send',
			action: 'Send a direct message',
			description: 'Send a text of at most 140 characters to one user',
			endpoint: 'POST direct_messages/new.json',
			fields: [
				user('User', 'The user to send the message to', 'user'),
				longTextField('text', 'Text', 'Text of the message, up to 140 characters', messageText),
			],
			additionalFields: [
				idField('in_reply_to_id', 'Reply to Message ID', 'ID of the message to reply to'),
				mode,
			],
			simplify: cleanMessage,
		},
		{
			name: 'Delete',
			action: 'Delete a direct message',
			description: 'Permanently delete a direct message',
			endpoint: 'POST direct_messages/destroy.json',
			emptyResult: 'deleted',
			confirmation: { consequence: 'A deleted message cannot be restored' },
			fields: [idField('id', 'Message ID', 'The message to delete')],
			simplify: (raw) => ({ deleted: true, ...cleanMessage(raw) }),
		},
		{
			name: 'Get Many Received',
			action: 'Get many received direct messages',
			description: 'Get the direct messages that the account received, newest first',
			endpoint: 'GET direct_messages/inbox.json',
			paging: 'timeline',
			filters: window,
			simplify: cleanMessage,
		},
		{
			name: 'Get Many Sent',
			action: 'Get many sent direct messages',
			description: 'Get the direct messages that the account sent, newest first',
			endpoint: 'GET direct_messages/sent.json',
			paging: 'timeline',
			filters: window,
			simplify: cleanMessage,
		},
		{
			name: 'Get Conversation',
			action: 'Get a conversation',
			description: 'Get the direct messages with one user, newest first',
			endpoint: 'GET direct_messages/conversation.json',
			paging: 'timeline',
			fields: [user('User', 'The other user of the conversation')],
			filters: window,
			simplify: cleanMessage,
		},
		{
			name: 'Get Many Conversations',
			action: 'Get many conversations',
			description: 'Get the conversations of the account, each with its last message',
			endpoint: 'GET direct_messages/conversation_list.json',
			paging: 'conversations',
			filters: [mode],
			simplify: cleanConversation,
		},
	],
};
