import { invalidParameter } from '../../shared/errors';
import { optionsField, jsonField, textField } from '../../shared/definition/fields';
import { toJson, tryParseJson } from '../../shared/json';
import type { Field, Operation, Resource } from '../../shared/definition/operation';
import { isEmpty } from '../../shared/execution/parameterValues';
import {
	botIdField,
	asInt64,
	category,
	channel as channelField,
	member,
	server,
	serverForLists,
} from '../commonFields';

const MANAGE_CHANNELS = ['MANAGE_CHANNELS'];

/** Channel types that a bot can create. */
const types = [
	{ name: 'Category', value: 4 },
	{ name: 'Circle', value: 5 },
	{ name: 'Link', value: 7 },
	{ name: 'Live Room', value: 8 },
	{ name: 'Live Stream', value: 6 },
	{ name: 'Task (Reserved)', value: 9 },
	{ name: 'Text', value: 0 },
	{ name: 'Video', value: 2 },
	{ name: 'Voice', value: 1 },
];

const topic: Field = textField('topic', 'Topic', 'Topic of the channel');

const create: Operation = {
	name: 'Create',
	action: 'Create a channel',
	description: 'Create a channel in a server',
	endpoint: 'POST channel/create',
	scopes: MANAGE_CHANNELS,
	fields: [
		server(),
		textField('name', 'Name', 'Name of the new channel'),
		optionsField('type', 'Type', 'The kind of channel', types, {
			wireFormat: 'integer',
			default: 0,
		}),
		botIdField(),
	],
	additionalFields: [
		topic,
		category(),
		textField('link', 'Link', 'Address that a link channel opens', {
			placeholder: 'e.g. https://example.com',
		}),
		jsonField(
			'permission_overwrites',
			'Permission Overwrites (JSON)',
			'Permissions of roles and users in the channel, as a list of objects with their ID, action_type (role or user), allows and deny',
			{ default: '[]', toWire: checkOverwrites },
		),
	],
};

/** Checks that the value is a list. An empty list is not sent. */
function checkOverwrites(value: unknown): unknown {
	const json = typeof value === 'string' ? tryParseJson(value) : toJson(value);
	if (isEmpty(json)) return json === undefined ? value : undefined;
	if (Array.isArray(json)) return value;
	throw invalidParameter(
		'Permission Overwrites (JSON)',
		'is not a JSON list',
		'Enter a list that starts with [ and ends with ]',
	);
}

/** For channels of a server only. */
const ofServer = { '/target': ['channel'] };

const update: Operation = {
	name: 'Update',
	action: 'Update a channel',
	description: 'Change a channel of a server, or a group chat',
	endpoint: 'POST channel/edit',
	scalarKey: 'result',
	scopes: MANAGE_CHANNELS,
	fields: [
		optionsField(
			'target',
			'Target',
			'Kind of channel to change. Group chats are chosen by ID.',
			[
				{ name: 'Group Chat', value: 'group' },
				{ name: 'Server Channel', value: 'channel' },
			],
			{ notSent: true, default: 'channel' },
		),
		server({ required: false, show: { target: ['channel'] } }),
		channelField(),
		botIdField(),
	],
	updateFields: [
		textField('name', 'Name', 'The new name'),
		{ ...topic, show: ofServer },
		category({ show: ofServer }),
		textField('icon', 'Icon URL', 'Web address of the new picture', {
			placeholder: 'e.g. https://example.com/icon.png',
		}),
	],
};

const remove: Operation = {
	name: 'Delete',
	action: 'Delete a channel',
	description: 'Delete a channel of a server, or a group chat',
	endpoint: 'POST channel/delete',
	scopes: MANAGE_CHANNELS,
	emptyResult: 'deleted',
	confirmation: { consequence: 'A deleted channel and its messages cannot be restored' },
	fields: [server({ required: false }), channelField(), botIdField()],
};

const getMany: Operation = {
	name: 'Get Many',
	action: 'Get many channels',
	description: 'Get the channels of a server',
	endpoint: 'POST channel/list',
	writes: false,
	fields: [server()],
};

const getPrivateChat: Operation = {
	name: 'Get Private Chat',
	action: 'Get a private chat',
	description: 'Get the private chat with a user. Use its ID to send private messages.',
	endpoint: 'POST getPrivateChat',
	// It creates the chat if there is none; repeating it has no effect.
	writes: false,
	fields: [serverForLists, member(asInt64)],
};

export const channel: Resource = {
	name: 'Channel',
	preferred: 'Get Many',
	operations: [create, update, remove, getMany, getPrivateChat],
};
