import type { Parameters } from '../../core/parameters';
import { createError } from '../errors';
import type { MethodHandlers } from '../context';
import { pageAfter, readPageSize } from '../paging';
import type { Member, Server } from '../model';
import { addMember, removeMember } from '../mutations';
import { hasPermission } from '../permissions';
import { renderChatMember } from '../render';
import { isNewer } from '../ids';
import type { FanbookState } from '../state';

const MAX_SEARCH_RESULTS = 50;
const MIN_MUTE_SECONDS = 60;
const MAX_MUTE_SECONDS = 2_592_000;

/** Returns the server of `guild_id`, or else the server of the channel `chat_id`. */
export function readServer(state: FanbookState, parameters: Parameters): Server {
	const serverId =
		parameters.optionalText('guild_id') ?? state.channel(parameters.text('chat_id')).serverId;
	if (serverId === null) throw createError('parameter', 'the chat belongs to no server');
	return state.botServer(serverId);
}

function sortMembers(server: Server): Member[] {
	return [...server.members.values()].sort((a, b) => (isNewer(a.userId, b.userId) ? 1 : -1));
}

function checkRoles(state: FanbookState, server: Server, ids: string[]): void {
	for (const id of ids) {
		if (state.role(server, id).botId !== null)
			throw createError('noPermission', `role ${id} is managed`);
	}
}

export const memberHandlers: MethodHandlers = {
	'member.get': (parameters, { state }) => {
		const server = readServer(state, parameters);
		return renderChatMember(state, server, state.member(server, parameters.text('user_id')));
	},

	'member.getManyByRole': (parameters, { state }) => {
		const server = state.botServer(parameters.text('guild_id'));
		const role = state.role(server, parameters.text('role_id'));
		const isEveryone = role.id === server.id;
		const holders = sortMembers(server).filter(
			({ roles }) => isEveryone || roles.includes(role.id),
		);
		const cursor = parameters.optionalText('last_id');
		const { page } = pageAfter(holders, {
			cursor,
			size: readPageSize(parameters, 100, 500),
			idOf: (m) => m.userId,
		});
		return page.map((member) => renderChatMember(state, server, member));
	},

	'member.getManyLegacy': (parameters, { state }) => {
		const server = state.botServer(parameters.text('guild_id'));
		const limit = parameters.integer('limit', 100);
		const cursor = parameters.optionalText('after');
		const { page } = pageAfter(sortMembers(server), { cursor, size: limit, idOf: (m) => m.userId });
		return page.map((member) => renderChatMember(state, server, member));
	},

	'member.searchByNickname': (parameters, { state }) => {
		const server = state.botServer(parameters.text('guild_id'));
		const query = parameters.text('query').toLowerCase();
		return sortMembers(server)
			.filter(({ userId }) => state.displayName(userId, server.id).toLowerCase().includes(query))
			.slice(0, MAX_SEARCH_RESULTS)
			.map((member) => renderChatMember(state, server, member));
	},

	'member.searchByShortId': (parameters, { state }) => {
		const server = state.botServer(parameters.text('guild_id'));
		const names = parameters.texts('username');
		return sortMembers(server)
			.filter(({ userId }) => names.includes(state.user(userId).username))
			.map((member) => renderChatMember(state, server, member));
	},

	'member.setRoles': (parameters, { state }) => {
		const server = state.botServer(parameters.text('guild_id'));
		state.requirePermission('MANAGE_ROLES', server);
		const member = state.member(server, parameters.text('user_id'));
		const roles = parameters.texts('roles');
		checkRoles(state, server, roles);
		member.roles = roles;
		return true;
	},

	'member.changeRoles': (parameters, { state }) => {
		const server = state.botServer(parameters.text('guild_id'));
		state.requirePermission('MANAGE_ROLES', server);
		const member = state.member(server, parameters.text('user_id'));
		const roles = parameters.texts('roles');
		checkRoles(state, server, roles);
		const others = member.roles.filter((id) => !roles.includes(id));
		member.roles = parameters.text('operation') === 'add' ? [...others, ...roles] : others;
		return true;
	},

	'member.checkMembership': (parameters, { state }) => {
		const server = state.server(parameters.text('guild_id'));
		const userId = parameters.optionalText('member_id') ?? state.botId;
		return { exists: server.members.has(userId) };
	},

	'member.mute': (parameters, { state }) => {
		const server = state.botServer(parameters.text('target_guild_id'));
		state.requirePermission('MUTE_MEMBERS', server);
		const member = state.member(server, parameters.text('target_uid'));
		const seconds = parameters.integer('duration_in_second', MIN_MUTE_SECONDS);
		const clamped = Math.min(Math.max(seconds, MIN_MUTE_SECONDS), MAX_MUTE_SECONDS);
		member.mutedUntil = state.clock.now() + clamped * 1000;
		return true;
	},

	'member.kick': (parameters, context) => {
		const { state } = context;
		const server = readServer(state, parameters);
		const isAllowed =
			hasPermission(server, { userId: state.botId, permission: 'KICK_MEMBERS' }) ||
			hasPermission(server, { userId: state.botId, permission: 'MANAGE_GUILD' });
		const { userId } = state.member(server, parameters.text('user_id'));
		if (!isAllowed || userId === server.ownerId) throw createError('noPermission');
		removeMember(context, server.id, userId);
		return true;
	},

	'member.getVerification': (parameters, { state }) => ({
		// The service's spelling.
		authenrited: state.user(parameters.text('user_id')).verified,
	}),

	'member.filterServers': (parameters, { state }) => {
		const { id } = state.user(parameters.text('user_id'));
		return parameters
			.texts('guilds')
			.filter((serverId) => state.servers.get(serverId)?.members.has(id))
			.map((serverId) => BigInt(serverId));
	},

	'member.addToServer': (parameters, context) => {
		const { state } = context;
		const server = state.botServer(parameters.text('guild_id'));
		const userId = state.user(parameters.text('member_id')).id;
		const code = parameters.text('c');
		const invite = server.invites.find((item) => item.code === code);
		if (!invite || invite.usesLeft === 0)
			throw createError('parameter', 'the invite code is not valid');
		if (!server.members.has(userId)) {
			addMember(context, { serverId: server.id, userId, inviteCode: code });
			invite.used += 1;
			if (invite.usesLeft > 0) invite.usesLeft -= 1;
		}
		return {
			code,
			guild_note_channel_id: server.systemChannelId,
			inviter: invite.inviterId,
			order: server.joined,
		};
	},
};
