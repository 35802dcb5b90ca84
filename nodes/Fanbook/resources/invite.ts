import { textField } from '../../shared/definition/fields';
import type { JsonObject } from '../../shared/json';
import type { Field, Operation, Resource } from '../../shared/definition/operation';
import { server } from '../words';

/** The code without the address in front of it, which people copy with it. */
export const inviteCode: Field = textField(
	'c',
	'Invite Code',
	'The code, with or without its web address',
	{
		placeholder: 'e.g. aBcD1234',
		toWire: (value) =>
			typeof value === 'string'
				? /([^/]*)\/*$/.exec(value.trim().replace(/[?#].*$/, ''))?.[1]
				: value,
	},
);

const USELESS = ['avatar', 'channel_on_del', 'list_id', 'post_id', 'has_invited', 'time'];

function simplified(invite: JsonObject): JsonObject {
	return Object.fromEntries(
		Object.entries(invite).filter(([key, value]) => !USELESS.includes(key) && value !== null),
	);
}

const get: Operation = {
	name: 'Get',
	action: 'Get an invite',
	description: 'Get the details of one invite code',
	endpoint: 'POST invite/codeInfo',
	writes: false,
	fields: [inviteCode],
	simplify: simplified,
};

const getMany: Operation = {
	name: 'Get Many',
	action: 'Get many invites',
	description: 'Get the invite codes of a server',
	endpoint: 'POST invite/guildList',
	writes: false,
	paging: 'invites',
	fields: [server()],
	simplify: simplified,
};

export const invite: Resource = { name: 'Invite', operations: [get, getMany] };
