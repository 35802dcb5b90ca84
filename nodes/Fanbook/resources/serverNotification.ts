import { stringListField, longTextField } from '../../shared/definition/fields';
import type { Operation, Resource } from '../../shared/definition/operation';
import { parseLongIds } from '../ids';
import { messageId, longIdField, server } from '../commonFields';

const send: Operation = {
	name: 'Send',
	action: 'Send a server notification',
	description: 'Put a message into the community notifications of users',
	endpoint: 'POST guild/notification/send',
	fields: [
		server(),
		stringListField('users', 'User IDs', 'Who gets it, separated by commas', {
			placeholder: 'e.g. 315058256093417472, 389320179948986368',
			toWire: (value) => parseLongIds('User IDs', value),
		}),
		longTextField('text', 'Text', 'What it says'),
	],
};

const recall: Operation = {
	name: 'Recall',
	action: 'Recall a server notification',
	description: 'Take back a community notification',
	endpoint: 'POST guild/notification/recall',
	fields: [
		server(),
		longIdField('chat_id', 'Chat ID', 'What Send returned as ID of the chat', {
			placeholder: 'e.g. 390438216731197440',
		}),
		messageId('message_id', { description: 'What Send returned as message ID' }),
	],
};

export const serverNotification: Resource = {
	name: 'Server Notification',
	preferred: 'Send',
	operations: [send, recall],
};
