import { loadedListField, longTextField } from '../../shared/definition/fields';
import type { Operation, Resource } from '../../shared/definition/operation';
import { parseLongIds } from '../ids';
import { optionsSources } from '../locators';
import { messageId, longIdField, server } from '../commonFields';

const USERS = 'User Names or IDs';

const send: Operation = {
	name: 'Send',
	action: 'Send a server notification',
	description: 'Put a message into the community notifications of users',
	endpoint: 'POST guild/notification/send',
	fields: [
		server(),
		loadedListField('users', USERS, 'Users to send the notification to', optionsSources.members, {
			toWire: (value) => parseLongIds(USERS, value),
		}),
		longTextField('text', 'Text', 'Text of the notification'),
	],
	confirmation: { consequence: 'Every selected user receives the notification' },
};

const recall: Operation = {
	name: 'Recall',
	action: 'Recall a server notification',
	description: 'Recall a community notification',
	endpoint: 'POST guild/notification/recall',
	confirmation: { consequence: 'A recalled notification cannot be restored' },
	fields: [
		server(),
		longIdField('chat_id', 'Chat ID', 'Chat ID that Send returned', {
			placeholder: 'e.g. 390438216731197440',
		}),
		messageId('message_id', { description: 'Message ID that Send returned' }),
	],
};

export const serverNotification: Resource = {
	name: 'Server Notification',
	preferred: 'Send',
	operations: [send, recall],
};
