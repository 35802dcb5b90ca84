import type { FanfouResource } from '../operation';
import { idField, longTextField } from '../../shared/definition/fields';
import type { Field } from '../../shared/definition/operation';
import { cleanConversation, cleanMessage } from '../output/message';
import { maxId, mode, messageText, sinceId, user } from '../commonFields';

const window: Field[] = [sinceId, maxId, mode];

export const directMessages: FanfouResource = {
	name: 'Direct Message',
	operations: [
		{
			name: 'Send',
			action: 'Send a direct message',
			description: 'Send a text of at most 140 characters to one user',
			endpoint: 'POST direct_messages/new.json',
			returns: 'message',
			fields: [
				user('User', 'Who gets it', 'user'),
				longTextField('text', 'Text', 'What it says', messageText),
			],
			additionalFields: [
				idField('in_reply_to_id', 'Reply To Message ID', 'The message that is answered'),
				mode,
			],
			simplify: cleanMessage,
		},
		{
			name: 'Delete',
			action: 'Delete a direct message',
			description: 'Delete a direct message for good',
			endpoint: 'POST direct_messages/destroy.json',
			returns: 'message',
			emptyResult: 'deleted',
			fields: [idField('id', 'Message ID', 'The message to delete')],
			simplify: (raw) => ({ deleted: true, ...cleanMessage(raw) }),
		},
		{
			name: 'Get Many Received',
			action: 'Get many received direct messages',
			description: 'Direct messages to the account, newest first',
			endpoint: 'GET direct_messages/inbox.json',
			returns: 'list',
			paging: 'timeline',
			filters: window,
			simplify: cleanMessage,
		},
		{
			name: 'Get Many Sent',
			action: 'Get many sent direct messages',
			description: 'Direct messages of the account, newest first',
			endpoint: 'GET direct_messages/sent.json',
			returns: 'list',
			paging: 'timeline',
			filters: window,
			simplify: cleanMessage,
		},
		{
			name: 'Get Conversation',
			action: 'Get a conversation',
			description: 'Direct messages with one user, newest first',
			endpoint: 'GET direct_messages/conversation.json',
			returns: 'list',
			paging: 'timeline',
			fields: [user('User', 'With whom')],
			filters: window,
			simplify: cleanMessage,
		},
		{
			name: 'Get Many Conversations',
			action: 'Get many conversations',
			description: 'With whom the account talks, and the last message of each',
			endpoint: 'GET direct_messages/conversation_list.json',
			returns: 'list',
			paging: 'conversations',
			filters: [mode],
			simplify: cleanConversation,
		},
	],
};
