import type { INodeProperties } from 'n8n-workflow';
import { fieldProperty } from '../../shared/definition/describe';
import {
	multiOptionsField,
	integerField,
	loadedListField,
	stringListField,
	locatorField,
	textField,
} from '../../shared/definition/fields';
import type { Field } from '../../shared/definition/operation';
import { channelLocator, optionsSources, serverLocator } from '../locators';
import { EVENT_OPTIONS, MESSAGE_TYPE_OPTIONS } from './events/options';

/** Fields of the trigger, as shown in the editor and read at the start. */

export const FIELDS = {
	events: multiOptionsField('events', 'Events', 'Events that start the workflow', EVENT_OPTIONS, {
		default: ['message'],
	}),
	messageTypes: multiOptionsField(
		'message_types',
		'Message Types',
		'Types of messages that start the workflow. Leave empty for all types.',
		MESSAGE_TYPE_OPTIONS,
	),
	server: locatorField(
		'guild_id',
		'Server',
		'The server (服务器) whose events start the workflow, and whose channels the list below offers. Empty means every server the bot is in. Clicks that Fanbook sends without their server start it as well.',
		serverLocator,
		{ required: false },
	),
	channel: locatorField('channel_id', 'Channel', 'The channel (频道)', channelLocator),
	contains: textField(
		'contains',
		'Text Contains',
		'Only messages that contain this text, ignoring case',
	),
	commands: stringListField(
		'commands',
		'Starts With Command',
		'Only messages that begin with one of these commands. Separate several with commas.',
		{ placeholder: 'e.g. help, sign-in' },
	),
	pattern: textField(
		'pattern',
		'Text Matches Pattern',
		'Only messages whose text matches this regular expression. Add flags as in /pattern/i.',
		{ placeholder: 'e.g. ^order \\d+' },
	),
	servers: loadedListField(
		'guild_ids',
		'Server Names or IDs',
		'Servers whose events start the workflow',
		optionsSources.servers,
	),
	users: loadedListField(
		'user_ids',
		'User Names or IDs',
		'Users whose actions start the workflow',
		optionsSources.membersOfServers,
	),
	roles: loadedListField(
		'role_ids',
		'Role Names or IDs',
		'Roles of the people whose actions start the workflow. Events that Fanbook sends without roles, such as Reaction Added or Member Left, do not start it.',
		optionsSources.rolesOfServers,
	),
	maxAge: integerField(
		'catch_up_max_age',
		'Catch Up: Max Age',
		'Hours to look back for missed messages',
		{ min: 1, default: 24 },
	),
	maxCount: integerField(
		'catch_up_max_count',
		'Catch Up: Max Messages',
		'Max number of missed messages per channel to catch up with. The newest are kept.',
		{ min: 1, default: 10000 },
	),
	pollInterval: integerField('poll_interval', 'Poll Interval', 'Seconds between two calls', {
		min: 1,
		default: 5,
	}),
	runsAtOnce: integerField(
		'runs_at_once',
		'Concurrent Executions',
		'Max number of simultaneous executions if Wait for the Workflow to Finish is on',
		{ min: 1, default: 1 },
	),
	waitingEvents: integerField(
		'waiting_events',
		'Waiting Events',
		'Max number of events that wait for an execution if Wait for the Workflow to Finish is on',
		{ min: 1, default: 1000 },
	),
} as const satisfies Record<string, Field>;

const shownIn = (...modes: string[]): Pick<INodeProperties, 'displayOptions'> => ({
	displayOptions: { show: { connectionMode: modes } },
});

/** In a collection, outer parameters are referenced with a slash. */
const shownInCollection = (...modes: string[]): Pick<INodeProperties, 'displayOptions'> => ({
	displayOptions: { show: { '/connectionMode': modes } },
});

/** All parameters of the trigger. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Connection Mode',
		name: 'connectionMode',
		type: 'options',
		default: 'gateway',
		description: 'Way in which Fanbook delivers events to n8n',
		options: [
			{
				name: 'Gateway',
				value: 'gateway',
				description: 'A live connection over which Fanbook pushes all events. Needs Node.js 22.',
			},
			{
				name: 'Update Queue',
				value: 'updateQueue',
				description:
					"Polls the bot's update queue every few seconds. Returns joins and mentions, and all messages if Fanbook enabled full messages (全量开关) for the bot.",
			},
			{
				name: 'Channel History',
				value: 'channelHistory',
				description: 'Polls the chosen channels every few seconds. Returns messages and joins.',
			},
		],
	},
	{
		displayName:
			'Reading the queue empties it. A test takes updates that a live workflow with the same bot then does not get.',
		name: 'queueNotice',
		type: 'notice',
		default: '',
		...shownIn('updateQueue'),
	},
	{ ...fieldProperty(FIELDS.events), required: true },
	{
		...fieldProperty(FIELDS.messageTypes),
		displayOptions: {
			show: { events: ['any', 'botMentioned', 'message', 'notification', 'privateMessage'] },
		},
	},
	fieldProperty(FIELDS.server),
	{
		displayName: 'Channels',
		name: 'channels',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add Channel',
		description:
			'The channels whose events start the workflow. Empty means every channel the bot can see, except with Channel History, which needs channels. Does not apply to members who join, leave, or go online or offline if you choose these events under Events. Missed messages can be caught up only for chosen channels.',
		options: [
			{
				displayName: 'Channel',
				name: 'channel',
				values: [fieldProperty(FIELDS.channel)],
			},
		],
	},
	{
		displayName: 'Catch Up Missed Messages',
		name: 'catchUp',
		type: 'boolean',
		default: true,
		description:
			'Whether to read the history of the chosen channels for messages that did not arrive: while the connection was broken, n8n was down or the workflow was unpublished',
		...shownIn('gateway'),
	},
	{
		displayName: 'When Testing',
		name: 'whenTesting',
		type: 'options',
		default: 'listen',
		description: 'Event to use for a test in the editor',
		options: [
			{
				name: 'Wait for an Event',
				value: 'listen',
				description: 'Shows the next event that matches the filters',
			},
			{
				name: 'Fetch the Last Message',
				value: 'lastMessage',
				description:
					'Shows the newest matching message of the chosen channels, so that nobody has to write one',
			},
		],
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: [
			{
				displayName: 'Ignore Bots',
				name: 'ignoreBots',
				type: 'boolean',
				default: true,
				description:
					'Whether to ignore events of other bots. On by default, even if you do not add this filter. Events of the bot itself are always ignored.',
			},
			{
				displayName: 'Only Mentions',
				name: 'onlyMentions',
				type: 'boolean',
				default: true,
				description: 'Whether to leave out messages that do not mention the bot',
			},
			fieldProperty(FIELDS.roles),
			fieldProperty(FIELDS.servers),
			fieldProperty(FIELDS.commands),
			fieldProperty(FIELDS.contains),
			fieldProperty(FIELDS.pattern),
			fieldProperty(FIELDS.users),
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{ ...fieldProperty(FIELDS.maxAge), ...shownInCollection('gateway', 'channelHistory') },
			{ ...fieldProperty(FIELDS.maxCount), ...shownInCollection('gateway', 'channelHistory') },
			{
				displayName: 'Circle Updates',
				name: 'circleUpdates',
				type: 'boolean',
				default: true,
				description: 'Whether to include updates of circles. Fanbook must enable this for the bot.',
				...shownInCollection('updateQueue'),
			},
			fieldProperty(FIELDS.runsAtOnce),
			{
				displayName: 'Long Polling',
				name: 'longPolling',
				type: 'boolean',
				default: true,
				description:
					'Whether to hold each call open until something happens. Then nothing else may read the queue of this bot.',
				...shownInCollection('updateQueue'),
			},
			{
				...fieldProperty(FIELDS.pollInterval),
				...shownInCollection('updateQueue', 'channelHistory'),
			},
			{
				displayName: 'Wait for the Workflow to Finish',
				name: 'waitForFinish',
				type: 'boolean',
				default: true,
				description:
					'Whether to hold events back while earlier ones are still being processed. Otherwise every event starts an execution at once.',
			},
			fieldProperty(FIELDS.waitingEvents),
		],
	},
];
