import type { FanvueResource } from '../../operation';
import { fanOptions } from '../../locators';
import {
	dateTimeField,
	booleanField,
	idField,
	integerField,
	loadedListField,
} from '../../../shared/definition/fields';

import { isEmptyValue } from '../../../shared/execution/parameterValues';
import { entriesToRows } from '../../results';
import { chatField, messageUuidField } from '../../commonFields';
import { downloadMessageMedia, getMessageMedia } from './media';
import { sendMessage, sendToSeveral } from './send';

export const message: FanvueResource = {
	name: 'Message',
	preferred: 'Send',
	operations: [
		{
			name: 'Get Many',
			action: 'Get many messages',
			description: 'Get the messages of a chat, newest first',
			endpoint: 'GET /chats/:userUuid/messages',
			scopes: ['read:chat'],
			v1: true,
			creator: ['read:creator', 'read:chat'],
			onlyV1: ['sentBefore', 'receivedBefore'],
			paging: 'messages',
			resultPath: 'data',
			fields: [chatField()],
			filters: [
				// Always sent: without it the chat is marked as read on one family of routes and not on
				// the other.
				booleanField('markAsRead', 'Mark as Read', 'Whether to mark the chat as read', {
					toWire: (raw) => (isEmptyValue(raw) ? false : raw),
				}),
				dateTimeField(
					'receivedBefore',
					'Received Before',
					'Only messages received before this time. With V1 routes only.',
				),
				dateTimeField(
					'sentBefore',
					'Sent Before',
					'Only messages sent before this time. With V1 routes only.',
				),
			],
		},
		{
			name: 'Get',
			action: 'Get a message',
			description: 'Get a message with its price and time of purchase',
			endpoint: 'GET /v1/chats/:userUuid/messages/:messageUuid',
			scopes: ['read:chat'],
			fields: [chatField(), messageUuidField],
		},
		sendMessage,
		sendToSeveral,
		{
			name: 'Delete',
			action: 'Delete a message',
			description: 'Unsend one of your messages that nobody has bought',
			confirmation: { consequence: 'A deleted message cannot be restored' },
			endpoint: 'DELETE /chats/:userUuid/messages/:messageUuid',
			scopes: ['write:chat'],
			v1: true,
			emptyResult: 'deleted',
			fields: [chatField(), messageUuidField],
		},
		getMessageMedia,
		downloadMessageMedia,
		{
			name: 'Get Many Batch',
			action: 'Get the latest messages of many chats',
			description: 'Get the latest messages of up to 50 chats in one call',
			endpoint: 'POST /chats/messages/batch',
			scopes: ['read:chat'],
			writes: false,
			fields: [
				loadedListField(
					'chatUuids',
					'Fan Names or IDs',
					'Fans whose chats to read, at most 50',
					fanOptions,
					{ items: { min: 1, max: 50 } },
				),
			],
			filters: [
				integerField('limit', 'Limit', 'Max number of results to return', {
					min: 1,
					max: 50,
					default: 50,
					hint: 'Max number of messages of each chat',
				}),
				idField(
					'sinceMessageUuid',
					'Since Message',
					'UUID of a message. Only messages after it are returned.',
				),
			],
			resultPath: 'byChat',
			transformResult: (raw) => entriesToRows(raw, 'userUuid'),
		},
	],
};
