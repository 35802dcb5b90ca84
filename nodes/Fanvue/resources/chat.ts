import type { FanvueOperation, FanvueResource } from '../operation';
import {
	optionsField,
	multiOptionsField,
	booleanField,
	locatorField,
	optionsFromValues,
	textField,
	loadedListField,
} from '../../shared/definition/fields';

import { customListLocator, subscriberLocator, fanOptions } from '../locators';
import { selfOnly } from '../routes';
import { getOnlineStatuses } from './onlineStatuses';
import { chatField as fan, mediaTypeField, SMART_LISTS } from '../commonFields';

export const createChat: FanvueOperation = {
	name: 'Create',
	action: 'Create a chat',
	description: 'Open a chat with a fan for a first message',
	endpoint: 'POST /chats',
	scopes: ['write:chat'],
	v1: true,
	creator: ['write:chat', 'read:creator'],
	fields: [locatorField('userUuid', 'Fan', 'The fan to open the chat with', subscriberLocator)],
};

/** A chat has no ID; it is identified by the other user's. */
export const chat: FanvueResource = {
	name: 'Chat',
	preferred: 'Get Many',
	operations: [
		{
			name: 'Get Many',
			action: 'Get many chats',
			description: 'Get chats by filter, search and order',
			endpoint: 'GET /chats',
			scopes: ['read:chat'],
			v1: true,
			creator: ['read:creator', 'read:chat'],
			paging: 'page',
			resultPath: 'data',
			filters: [
				locatorField(
					'customListId',
					'Custom List',
					'Only chats with members of this list',
					customListLocator,
					selfOnly,
				),
				multiOptionsField(
					'smartListIds',
					'Smart Lists',
					'Only chats with members of these built-in lists',
					SMART_LISTS,
					selfOnly,
				),
				multiOptionsField(
					'filter',
					'Filter',
					'Only chats that match all of these. Most need a creator account.',
					optionsFromValues(
						'unread',
						'subscribers',
						'followers',
						'online',
						'recent_subscribers',
						'not_answered',
						'spent_more_than_50',
						'on_free_trial',
						'has_tipped',
						'spenders',
						'exclude_creators',
						'subscribed_to',
						'not_muted',
						'archived',
					),
					selfOnly,
				),
				textField('search', 'Search', 'Part of a name or handle', {
					length: { max: 100 },
					...selfOnly,
				}),
				optionsField(
					'sortBy',
					'Sort By',
					'Order of the chats',
					optionsFromValues('most_recent_messages', 'online_now', 'most_unanswered_chats'),
					{ default: 'most_recent_messages', ...selfOnly },
				),
			],
		},
		{
			name: 'Get',
			action: 'Get a chat',
			description: 'Get the chat with a person',
			endpoint: 'GET /v1/chats/:userUuid',
			scopes: ['read:chat'],
			fields: [fan()],
		},
		createChat,
		{
			name: 'Update',
			action: 'Update a chat',
			description: 'Mark a chat as read or unread, mute it, or set a nickname',
			endpoint: 'PATCH /chats/:userUuid',
			scopes: ['write:chat'],
			v1: true,
			creator: ['write:chat', 'read:creator'],
			fields: [fan()],
			updateFields: [
				booleanField('isRead', 'Is Read', 'Whether to mark the chat as read'),
				booleanField('isMuted', 'Is Muted', 'Whether to mute the chat'),
				textField('nickname', 'Nickname', 'Your own name for this person', {
					length: { max: 30 },
					sendEmpty: true,
				}),
			],
		},
		{
			name: 'Get Media',
			action: 'Get media of a chat',
			description: 'Get the media of a chat, newest first',
			endpoint: 'GET /chats/:userUuid/media',
			scopes: ['read:chat'],
			v1: true,
			creator: ['read:creator', 'read:chat'],
			paging: 'limited',
			resultPath: 'data',
			fields: [fan()],
			filters: [mediaTypeField],
		},
		{
			name: 'Get Online Statuses',
			action: 'Get online statuses',
			description: 'Get the online status of several people, and when they were last online',
			endpoint: 'POST /chats/statuses',
			scopes: ['read:chat'],
			v1: true,
			writes: false,
			fields: [
				loadedListField(
					'userUuids',
					'Fan Names or IDs',
					'Fans to check. More than 100 are split into several calls.',
					fanOptions,
				),
			],
			execute: getOnlineStatuses,
		},
		{
			name: 'Get Unread Counts',
			action: 'Get unread counts',
			description: 'Get the number of unread chats, messages and notifications',
			endpoint: 'GET /chats/unread',
			scopes: ['read:chat'],
			v1: true,
		},
		{
			name: 'Send Typing',
			action: 'Show that you are typing',
			description: 'Show or hide the typing indicator in a chat',
			endpoint: 'POST /v1/chats/:userUuid/typing',
			scopes: ['write:chat'],
			fields: [
				fan(),
				booleanField('isTyping', 'Is Typing', 'Whether to show the typing indicator', {
					default: true,
				}),
			],
		},
	],
};
