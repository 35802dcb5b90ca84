import type { components } from '../../../types/fanbook';
import type { JsonObject } from '../../shared/json';
import type { Operation, Resource } from '../../shared/definition/operation';
import { botIdField, asInt64, server as serverField } from '../commonFields';

const SIMPLIFIED_MEMBERS = new Set<string>([
	'guild_id',
	'name',
	'description',
	'owner_id',
	'icon',
	'banner',
	'memberNum',
	'system_channel_id',
	'notification_channel_id',
	'permissions',
] satisfies Array<keyof components['schemas']['Guild']>);

const get: Operation = {
	name: 'Get',
	action: 'Get a server',
	description: 'Get a server. Turn off Simplify to include its channels, roles and emojis.',
	endpoint: 'POST guild',
	writes: false,
	fields: [serverField(), botIdField()],
	simplify: (guild: JsonObject) =>
		Object.fromEntries(Object.entries(guild).filter(([key]) => SIMPLIFIED_MEMBERS.has(key))),
};

const getEmojis: Operation = {
	name: 'Get Emojis',
	action: 'Get the emojis of a server',
	description: 'Get the custom emojis of a server',
	endpoint: 'GET guild/emoji',
	fields: [serverField()],
};

const getMemberCount: Operation = {
	name: 'Get Member Count',
	action: 'Get the member count of a server',
	description: 'Get how many members a server has',
	endpoint: 'POST getGuildMembersCount',
	writes: false,
	scalarKey: 'member_count',
	fields: [serverField(asInt64)],
};

export const server: Resource = {
	name: 'Server',
	preferred: 'Get',
	operations: [get, getEmojis, getMemberCount],
};
