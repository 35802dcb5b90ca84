import type { FanvueOperation } from '../../operation';
import {
	booleanField,
	idField,
	jsonField,
	stringListField,
	locatorField,
} from '../../../shared/definition/fields';
import type { Field } from '../../../shared/definition/operation';
import { templateLocator } from '../../locators';
import { attachedMediaField, chatField, priceField, textField } from '../../commonFields';
import { sendToEach } from './sendToSeveral';

const content: Field[] = [
	textField('What to write'),
	attachedMediaField(),
	priceField('What unlocking the media costs'),
	locatorField('templateUuid', 'Template', 'Saved message to send', templateLocator),
	idField(
		'mediaPreviewUuid',
		'Media Preview',
		'UUID of the free preview shown before unlocking. With V1 routes only.',
	),
	jsonField('gif', 'GIF', 'The GIF to send as an object. With V1 routes only.'),
];

const traits = {
	v1: true,
	creator: ['write:chat', 'read:creator'],
	onlyV1: ['mediaPreviewUuid', 'gif'],
	opensChat: true,
};

export const sendMessage: FanvueOperation = {
	name: 'Send',
	action: 'Send a message',
	description: 'Send text, media or a paid message to one person',
	endpoint: 'POST /chats/:userUuid/message',
	scopes: ['write:chat'],
	...traits,
	fields: [chatField('The person to write to')],
	additionalFields: content,
};

export const sendToSeveral: FanvueOperation = {
	name: 'Send to Several',
	action: 'Send a message to several people',
	description: 'Send the same message to each of several people, with a result for each',
	endpoint: 'POST /chats/:userUuid/message',
	scopes: ['write:chat'],
	...traits,
	joins: true,
	fields: [
		stringListField('userUuids', 'Fans', 'UUIDs of the people to write to, separated by commas', {
			notSent: true,
			placeholder: 'e.g. 3fa85f64-5717-4562-b3fc-2c963f66afa6',
		}),
	],
	additionalFields: [
		...content,
		booleanField(
			'openChat',
			'Open Chat',
			'Whether to open the chat with a person who has none yet, and then send',
			{ notSent: true, default: true },
		),
	],
	execute: sendToEach,
};
