import type { FanvueOperation } from '../../operation';
import {
	booleanField,
	jsonField,
	locatorField,
	loadedListField,
} from '../../../shared/definition/fields';
import { isObject, tryParseJson } from '../../../shared/json';
import type { Field } from '../../../shared/definition/operation';
import { templateLocator, fanOptions } from '../../locators';
import {
	attachedMediaField,
	chatField,
	mediaPreviewField,
	newPriceField,
	textField,
} from '../../commonFields';
import { sendToEach } from './sendToSeveral';

const NEEDED = 'Fill in Text, Media, Template or GIF';

/** At least one of these is needed: Fanvue would otherwise reject the message or send an empty one. */
const oneOf = [['text', 'mediaUuids', 'templateUuid', 'gif']];

const content: Field[] = [
	textField('Text of the message', { required: false, hint: NEEDED }),
	attachedMediaField({ required: false }),
	newPriceField('Price for unlocking the media'),
];

const furtherContent: Field[] = [
	locatorField('templateUuid', 'Template', 'The saved message to send', templateLocator),
	mediaPreviewField('Media to show for free before unlocking. With V1 routes only.'),
	jsonField('gif', 'GIF', 'The GIF to send as an object. With V1 routes only.', {
		toWire: (raw) => {
			const gif = typeof raw === 'string' ? tryParseJson(raw) : raw;
			// The editor's default.
			return isObject(gif) && Object.keys(gif).length === 0 ? undefined : raw;
		},
	}),
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
	description: 'Send text, media or a paid message to one fan',
	endpoint: 'POST /chats/:userUuid/message',
	scopes: ['write:chat'],
	...traits,
	fields: [chatField('The fan to write to'), ...content],
	additionalFields: furtherContent,
	oneOf,
};

export const sendToSeveral: FanvueOperation = {
	name: 'Send to Several',
	action: 'Send a message to several people',
	description: 'Send the same message to each of several fans, with a result for each',
	confirmation: { consequence: 'Each of the fans receives the message' },
	endpoint: 'POST /chats/:userUuid/message',
	scopes: ['write:chat'],
	...traits,
	joins: true,
	fields: [
		loadedListField('userUuids', 'Fan Names or IDs', 'Fans to write to', fanOptions, {
			notSent: true,
		}),
		...content,
	],
	oneOf,
	additionalFields: [
		...furtherContent,
		booleanField('openChat', 'Open Chat', 'Whether to create the chat first for fans without one', {
			notSent: true,
			default: true,
		}),
	],
	execute: sendToEach,
};
