import type { INodeProperties } from 'n8n-workflow';
import { invalidParameter } from '../../shared/errors';
import type { Field, ItemContext } from '../../shared/definition/operation';
import { longIds } from '../ids';
import { entriesOf } from './entries';
import { locatorProperty, pickedId } from './picked';
import { channelPicker, memberPicker, rolePicker } from '../pickers';

/** Who is mentioned: the markup to put into the text, and the ids that make phones ring. */
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
		description: 'What is mentioned',
		options: [
			{ name: 'Channel', value: 'channel' },
			{ name: 'Everyone', value: 'everyone', description: 'Needs the server on top' },
			{ name: 'Role', value: 'role' },
			{ name: 'User', value: 'user' },
		],
	},
	locatorProperty('Channel', 'channelId', 'The channel to link to', channelPicker, {
		type: ['channel'],
	}),
	locatorProperty('Role', 'roleId', 'The role to mention', rolePicker, { type: ['role'] }),
	locatorProperty('User', 'userId', 'The user to mention', memberPicker, { type: ['user'] }),
];

/** The picker: what it picks goes into the text and into both id lists. */
export const mentionPicker: Field = {
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

/** Everything picked under Mention. */
export function mentionsOf(call: ItemContext): Mentions {
	const mentions: Mentions = { markup: [], users: [], roles: [] };
	for (const entry of entriesOf(call.raw('mention'), 'who')) add(mentions, entry, call);
	return mentions;
}

function add(mentions: Mentions, entry: Record<string, unknown>, call: ItemContext): void {
	if (entry.type === 'channel') {
		mentions.markup.push(`\${#${pickedId('Mention: Channel', entry.channelId, channelPicker)}}`);
	} else if (entry.type === 'role') {
		const id = pickedId('Mention: Role', entry.roleId, rolePicker);
		mentions.markup.push(`\${@&${id}}`);
		mentions.roles.push(id);
	} else if (entry.type === 'everyone') {
		// A server's ID doubles as the ID of the role that all its members have.
		const id = call.text('server');
		if (id === '') {
			throw invalidParameter(
				'Mention',
				'wants everyone, but no server is chosen',
				'Choose the server',
			);
		}
		mentions.markup.push(`\${@&${id}}`);
		mentions.roles.push(id);
	} else {
		const id = pickedId('Mention: User', entry.userId, memberPicker);
		mentions.markup.push(`\${@!${id}}`);
		mentions.users.push(id);
	}
}

/** Adds what was picked to the ids given as a list. */
export function together(label: string, given: unknown, picked: string[]): string[] {
	return [...new Set([...longIds(label, given), ...picked])];
}
