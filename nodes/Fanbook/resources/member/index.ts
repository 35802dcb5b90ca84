import {
	loadedListField,
	integerField,
	stringListField,
	textField,
} from '../../../shared/definition/fields';
import type { JsonObject } from '../../../shared/json';
import type { Field, Operation, Resource } from '../../../shared/definition/operation';
import {
	botIdField,
	asInt64,
	channel,
	chat,
	hiddenField,
	member as memberField,
	role,
	server,
	serverForLists,
	strictOptionsField,
} from '../../commonFields';
import { optionsSources } from '../../locators';
import { readFlag } from '../../readFlag';
import { inviteCode } from '../invite';
import { fetchMembers } from './getMany';

const read = { writes: false } as const;
const MANAGE_ROLES = ['MANAGE_ROLES'];

const roles = (description: string): Field =>
	loadedListField('roles', 'Role Names or IDs', description, optionsSources.roles, {
		wireFormat: 'int64List',
	});

const SERVER_OR_CHANNEL = 'Fill in Server or Channel';

/** Older methods take a server or a channel. */
const serverOrChannel = [
	server({ ...asInt64, required: false, hint: SERVER_OR_CHANNEL }),
	chat({ required: false, description: 'Channel of the server to use', hint: SERVER_OR_CHANNEL }),
];
const oneOf = [['guild_id', 'chat_id']];

const get: Operation = {
	...read,
	name: 'Get',
	action: 'Get a member',
	description: 'Get one member of a server or channel, with its roles',
	endpoint: 'POST getChatMember',
	oneOf,
	fields: [...serverOrChannel, memberField(asInt64)],
};

const getMany: Operation = {
	...read,
	name: 'Get Many',
	action: 'Get many members',
	description: 'Get the members of a server or channel, each with its roles',
	endpoint: 'POST v2/guild/members',
	paging: 'members',
	fields: [
		server(),
		channel({
			description: 'Private channel to get the members of. Leave empty for the whole server.',
			required: false,
			resolveDefault: () => '0',
		}),
		botIdField(),
		// It only marks the request in Fanbook's logs.
		hiddenField('transaction', 'Transaction', () => undefined, { wireFormat: 'text' }),
	],
	execute: fetchMembers,
};

const getManyByRole: Operation = {
	...read,
	name: 'Get Many by Role',
	action: 'Get many members by role',
	description: 'Get the members who hold a role',
	endpoint: 'POST getRoleMembers',
	paging: 'roleMembers',
	fields: [server(asInt64), role('role_id', asInt64)],
};

const getManyLegacy: Operation = {
	...read,
	name: 'Get Many (Legacy)',
	action: 'Get many members with the legacy call',
	description: 'Get the members of a server by a call that only the Java SDK documents',
	endpoint: 'POST getGuildMembers',
	paging: 'membersAfter',
	fields: [server(asInt64)],
};

const searchByNickname: Operation = {
	...read,
	name: 'Search by Nickname',
	action: 'Search members by nickname',
	description: 'Search the members of a server by nickname, at most 50 of them',
	endpoint: 'POST searchGuildMember',
	fields: [server(asInt64), textField('query', 'Nickname', 'Part of the nickname to search for')],
};

const searchByShortId: Operation = {
	...read,
	name: 'Search by Short ID',
	action: 'Search members by short ID',
	description: 'Search the members of a server by the short Fanbook number that people see',
	endpoint: 'POST searchGuildMemberByName',
	fields: [
		server(asInt64),
		stringListField('username', 'Short IDs', 'Fanbook numbers, separated by commas', {
			placeholder: 'e.g. 1421563, 10346643',
		}),
	],
};

const setRoles: Operation = {
	name: 'Set Roles',
	action: 'Set the roles of a member',
	description: 'Replace all roles of a member with the given ones',
	endpoint: 'POST setMemberRoles',
	scopes: MANAGE_ROLES,
	fields: [server(asInt64), memberField(asInt64), roles('All roles of the member from now on')],
	confirmation: { consequence: 'The member loses all other roles' },
};

const changeRoles: Operation = {
	name: 'Add or Remove Roles',
	action: 'Add roles to a member or remove them',
	description: 'Add roles to a member or remove them, and keep the others',
	endpoint: 'POST v2/setMemberRoles',
	scopes: MANAGE_ROLES,
	fields: [
		server(asInt64),
		memberField(asInt64),
		roles('Roles to add or remove'),
		// n8n uses the name "operation" itself.
		strictOptionsField(
			'operation',
			'Change',
			'Way in which to change the roles',
			[
				{ name: 'Add', value: 'add' },
				{ name: 'Remove', value: 'del' },
			],
			{ name: 'roleOperation' },
		),
	],
	confirmation: {},
};

const checkMembership: Operation = {
	...read,
	name: 'Check Membership',
	action: 'Check the membership of a user',
	description: 'Check whether a user is in a server',
	endpoint: 'POST guild/existsMember',
	fields: [
		server(),
		memberField({
			key: 'member_id',
			description: 'User to check. Defaults to the bot.',
			required: false,
		}),
	],
};

const mute: Operation = {
	name: 'Mute',
	action: 'Mute a member',
	description: 'Prevent a member from speaking for a while',
	endpoint: 'POST forbidUserSpeaking',
	scopes: ['MUTE_MEMBERS'],
	fields: [
		server({ key: 'target_guild_id' }),
		memberField({ key: 'target_uid' }),
		integerField(
			'duration_in_second',
			'Seconds',
			'Duration in seconds, from 60 to 2592000 (30 days)',
			{ min: 1, max: 2_147_483_647, default: 600 },
		),
	],
	confirmation: { consequence: 'The member cannot speak until the time is over' },
};

const kick: Operation = {
	name: 'Kick',
	action: 'Kick a member',
	description: 'Remove a member from a server',
	endpoint: 'POST kickChatMember',
	scopes: ['KICK_MEMBERS (manage server)'],
	confirmation: { consequence: 'The member has to be invited again to return' },
	oneOf,
	fields: [...serverOrChannel, memberField(asInt64)],
};

const getVerification: Operation = {
	name: 'Get Real-Name Verification',
	action: 'Get the real name verification of a user',
	description: 'Check whether a user has verified their identity',
	endpoint: 'GET user/human_authentication',
	fields: [serverForLists, memberField()],
	// Fanbook's misspelled key is kept.
	transformResult: (raw) => ({ ...raw, authenticated: readFlag(raw.authenrited) }),
};

const filterServers: Operation = {
	...read,
	name: 'Filter Servers',
	action: 'Filter servers by a user',
	description: 'Find which of the given servers a user belongs to',
	endpoint: 'POST v2/checkUserGuilds',
	scalarKey: 'guild_id',
	fields: [
		serverForLists,
		memberField(asInt64),
		loadedListField('guilds', 'Server Names or IDs', 'Servers to check', optionsSources.servers, {
			wireFormat: 'int64List',
		}),
	],
	transformResult: ({ guild_id: id, ...rest }): JsonObject =>
		id === undefined ? rest : { guild_id: String(id), ...rest },
};

const addToServer: Operation = {
	name: 'Add to Server',
	action: 'Add a user to a server',
	description:
		'Bring a user into a server by an invite code. Fanbook has to approve the bot for it.',
	endpoint: 'POST v2/guild/addUser',
	confirmation: { consequence: 'The user joins the server without being asked' },
	fields: [server(), memberField({ key: 'member_id' }), inviteCode],
};

export const member: Resource = {
	name: 'Member',
	preferred: 'Get Many',
	operations: [
		get,
		getMany,
		getManyByRole,
		getManyLegacy,
		searchByNickname,
		searchByShortId,
		setRoles,
		changeRoles,
		checkMembership,
		mute,
		kick,
		getVerification,
		filterServers,
		addToServer,
	],
};
