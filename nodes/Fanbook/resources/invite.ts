import { textField } from '../../shared/definition/fields';
import type { JsonObject } from '../../shared/json';
import { trimEnd } from '../../shared/text';
import type { Field, Operation, Resource } from '../../shared/definition/operation';
import { server } from '../commonFields';

/** Invite code. The web address that people copy with it is removed. */
export const inviteCode: Field = textField(
	'c',
	'Invite Code',
	'The code, with or without its web address',
	{
		placeholder: 'e.g. aBcD1234',
		toWire: (value) => (typeof value === 'string' ? lastPathSegment(value) : value),
	},
);

function lastPathSegment(address: string): string {
	const [path = ''] = address.trim().split(/[?#]/, 1);
	return trimEnd(path, '/').split('/').at(-1) ?? '';
}

const OMITTED = ['avatar', 'channel_on_del', 'list_id', 'post_id', 'has_invited', 'time'];

function simplify(invite: JsonObject): JsonObject {
	return Object.fromEntries(
		Object.entries(invite).filter(([key, value]) => !OMITTED.includes(key) && value !== null),
	);
}

const get: Operation = {
	name: 'Get',
	action: 'Get an invite',
	description: 'Get the details of one invite code',
	endpoint: 'POST invite/codeInfo',
	writes: false,
	fields: [inviteCode],
	simplify,
};

const getMany: Operation = {
	name: 'Get Many',
	action: 'Get many invites',
	description: 'Get the invite codes of a server',
	endpoint: 'POST invite/guildList',
	writes: false,
	paging: 'invites',
	fields: [server()],
	simplify,
};

export const invite: Resource = {
	name: 'Invite',
	preferred: 'Get Many',
	operations: [get, getMany],
};
