import type { Parameters } from '../../core/parameters';
import { createError } from '../errors';
import { pageAfter, readPageSize, type MethodHandlers } from '../context';
import type { Member, Server } from '../model';
import { hasPermission } from '../permissions';
import { renderChatMember } from '../render';
import { isNewer } from '../ids';
import type { FanbookState } from '../state';

const MAX_SEARCH_RESULTS = 50;
const MIN_MUTE_SECONDS = 60;
const MAX_MUTE_SECONDS = 2_592_000;

/** The server of `guild_id`, or the one that `chat_id` is a channel of. */
export function readServer(world: FanbookState, parameters: Parameters): Server {
	const serverId =
		parameters.optionalText('guild_id') ?? world.channel(parameters.text('chat_id')).serverId;
	if (serverId === null) throw createError('parameter', 'the chat belongs to no server');
	return world.botServer(serverId);
}

function sortMembers(server: Server): Member[] {
	return [...server.members.values()].sort((a, b) => (isNewer(a.userId, b.userId) ? 1 : -1));
}

function checkRoles(world: FanbookState, server: Server, ids: string[]): void {
	for (const id of ids) {
		if (world.role(server, id).botId !== null)
			throw createError('noPermission', `role ${id} is managed`);
	}
}

export const memberHandlers: MethodHandlers = {
	'member.get': (parameters, { state: world }) => {
		const server = readServer(world, parameters);
		return renderChatMember(world, server, world.member(server, parameters.text('user_id')));
	},

	'member.getManyByRole': (parameters, { state: world }) => {
		const server = world.botServer(parameters.text('guild_id'));
		const role = world.role(server, parameters.text('role_id'));
		const all = role.id === server.id;
		const holders = sortMembers(server).filter(({ roles }) => all || roles.includes(role.id));
		const cursor = parameters.optionalText('last_id');
		const { page } = pageAfter(
			holders,
			cursor,
			readPageSize(parameters, 100, 500),
			(m) => m.userId,
		);
		return page.map((member) => renderChatMember(world, server, member));
	},

	'member.getManyLegacy': (parameters, { state: world }) => {
		const server = world.botServer(parameters.text('guild_id'));
		const limit = parameters.integer('limit', 100);
		const cursor = parameters.optionalText('after');
		const { page } = pageAfter(sortMembers(server), cursor, limit, (m) => m.userId);
		return page.map((member) => renderChatMember(world, server, member));
	},

	'member.searchByNickname': (parameters, { state: world }) => {
		const server = world.botServer(parameters.text('guild_id'));
		const query = parameters.text('query').toLowerCase();
		return sortMembers(server)
			.filter(({ userId }) => world.displayName(userId, server.id).toLowerCase().includes(query))
			.slice(0, MAX_SEARCH_RESULTS)
			.map((member) => renderChatMember(world, server, member));
	},

	'member.searchByShortId': (parameters, { state: world }) => {
		const server = world.botServer(parameters.text('guild_id'));
		const names = parameters.texts('username');
		return sortMembers(server)
			.filter(({ userId }) => names.includes(world.user(userId).username))
			.map((member) => renderChatMember(world, server, member));
	},

	'member.setRoles': (parameters, { state: world }) => {
		const server = world.botServer(parameters.text('guild_id'));
		world.requirePermission('MANAGE_ROLES', server);
		const member = world.member(server, parameters.text('user_id'));
		const roles = parameters.texts('roles');
		checkRoles(world, server, roles);
		member.roles = roles;
		return true;
	},

	'member.changeRoles': (parameters, { state: world }) => {
		const server = world.botServer(parameters.text('guild_id'));
		world.requirePermission('MANAGE_ROLES', server);
		const member = world.member(server, parameters.text('user_id'));
		const roles = parameters.texts('roles');
		checkRoles(world, server, roles);
		const others = member.roles.filter((id) => !roles.includes(id));
		member.roles = parameters.text('operation') === 'add' ? [...others, ...roles] : others;
		return true;
	},

	'member.checkMembership': (parameters, { state: world }) => {
		const server = world.server(parameters.text('guild_id'));
		const userId = parameters.optionalText('member_id') ?? world.botId;
		return { exists: server.members.has(userId) };
	},

	'member.mute': (parameters, { state: world }) => {
		const server = world.botServer(parameters.text('target_guild_id'));
		world.requirePermission('MUTE_MEMBERS', server);
		const member = world.member(server, parameters.text('target_uid'));
		const seconds = parameters.integer('duration_in_second', MIN_MUTE_SECONDS);
		const clamped = Math.min(Math.max(seconds, MIN_MUTE_SECONDS), MAX_MUTE_SECONDS);
		member.mutedUntil = world.clock.now() + clamped * 1000;
		return true;
	},

	'member.kick': (parameters, { state: world, people }) => {
		const server = readServer(world, parameters);
		const isAllowed =
			hasPermission(server, world.botId, 'KICK_MEMBERS') ||
			hasPermission(server, world.botId, 'MANAGE_GUILD');
		const { userId } = world.member(server, parameters.text('user_id'));
		if (!isAllowed || userId === server.ownerId) throw createError('noPermission');
		people.leave(server.id, userId);
		return true;
	},

	'member.getVerification': (parameters, { state: world }) => ({
		// Spelt so by the service.
		authenrited: world.user(parameters.text('user_id')).verified,
	}),

	'member.filterServers': (parameters, { state: world }) => {
		const { id } = world.user(parameters.text('user_id'));
		return parameters
			.texts('guilds')
			.filter((serverId) => world.servers.get(serverId)?.members.has(id))
			.map((serverId) => BigInt(serverId));
	},

	'member.addToServer': (parameters, { state: world, people }) => {
		const server = world.botServer(parameters.text('guild_id'));
		const userId = world.user(parameters.text('member_id')).id;
		const code = parameters.text('c');
		const invite = server.invites.find((item) => item.code === code);
		if (!invite || invite.usesLeft === 0)
			throw createError('parameter', 'the invite code is not valid');
		if (!server.members.has(userId)) {
			people.join(server.id, userId, code);
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
