import type { INodeProperties } from 'n8n-workflow';
import { invalidParameter } from '../../shared/errors';
import type { Field, ItemContext } from '../../shared/definition/operation';
import { parseLongIds } from '../ids';
import { EntryReader, entriesOf } from './entries';
import { locatorProperty, readLocatorId } from './locatorEntry';
import { channelLocator, memberLocator, roleLocator } from '../locators';

/** Mentions of a message: the markup for its text, and the ids to notify. */
export interface Mentions {
	markup: string[];
	users: string[];
	roles: string[];
}

const values: INodeProperties[] = [
	{
		displayName: 'Mention',
		name: 'type',
		type: 'options',
		default: 'user',
		description: 'Kind of mention',
		options: [
			{ name: 'Channel', value: 'channel' },
			{ name: 'Everyone', value: 'everyone', description: 'Requires Server above' },
			{ name: 'Role', value: 'role' },
			{ name: 'User', value: 'user' },
		],
	},
	locatorProperty('channelId', 'Channel', 'The channel to link to', {
		locator: channelLocator,
		show: { type: ['channel'] },
	}),
	locatorProperty('roleId', 'Role', 'The role to mention', {
		locator: roleLocator,
		show: { type: ['role'] },
	}),
	locatorProperty('userId', 'User', 'The user to mention', {
		locator: memberLocator,
		show: { type: ['user'] },
	}),
];

const read = new EntryReader(values);

/** List of mentions, which are added to the text and to both id lists. */
export const mentionField: Field = {
	key: 'mention',
	displayName: 'Mention',
	description: 'Users, roles, everyone or channels to name at the beginning of the text',
	input: {
		type: 'custom',
		property: {
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: 'Add Mention',
			options: [{ displayName: 'Mention', name: 'who', values }],
		},
	},
	wireFormat: 'json',
	notSent: true,
};

/** Returns all entries of Mention. */
export function readMentions(item: ItemContext): Mentions {
	const mentions: Mentions = { markup: [], users: [], roles: [] };
	for (const entry of entriesOf(item.raw('mention'), 'who')) add(mentions, entry, item);
	return mentions;
}

function add(mentions: Mentions, entry: Record<string, unknown>, item: ItemContext): void {
	const type = read.choice(entry, 'type');
	if (type === 'channel') {
		mentions.markup.push(
			`\${#${readLocatorId('Mention: Channel', entry.channelId, channelLocator)}}`,
		);
	} else if (type === 'role') {
		const id = readLocatorId('Mention: Role', entry.roleId, roleLocator);
		mentions.markup.push(`\${@&${id}}`);
		mentions.roles.push(id);
	} else if (type === 'everyone') {
		// The ID of a server is also the ID of the role of all its members.
		const id = item.text('server');
		if (id === '') {
			throw invalidParameter(
				'Mention',
				'contains Everyone, but no server is selected',
				'Select the server',
			);
		}
		mentions.markup.push(`\${@&${id}}`);
		mentions.roles.push(id);
	} else {
		const id = readLocatorId('Mention: User', entry.userId, memberLocator);
		mentions.markup.push(`\${@!${id}}`);
		mentions.users.push(id);
	}
}

/** Merges a list of ids with the ids of Mention. */
export function mergeIds(displayName: string, ids: unknown, mentioned: string[]): string[] {
	return [...new Set([...parseLongIds(displayName, ids), ...mentioned])];
}
