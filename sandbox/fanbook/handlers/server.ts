import { createError } from '../errors';
import { pageAfter, readPageSize, type MethodHandlers } from '../context';
import type { Invite, Server } from '../model';
import { renderEmojis, renderServer } from '../render';
import type { FanbookState } from '../state';

function renderInvite(world: FanbookState, server: Server, invite: Invite): unknown {
	const channel = world.channels.get(invite.channelId);
	return {
		code: invite.code,
		url: `https://fanbook.example/${invite.code}`,
		inviter_id: invite.inviterId,
		inviter_name: world.displayName(invite.inviterId, server.id),
		avatar: world.users.get(invite.inviterId)?.avatar ?? '',
		channel_id: invite.channelId,
		channel_name: channel?.name ?? '',
		channel_type: channel?.type ?? null,
		channel_on_del: channel ? 0 : 1,
		expire_time: String(invite.expiresIn),
		time: String(invite.expiresIn),
		number: String(invite.usesLeft < 0 ? -1 : invite.usesLeft + invite.used),
		number_less: String(invite.usesLeft),
		has_invited: String(invite.used),
		list_id: invite.id,
		remark: '',
	};
}

export const serverHandlers: MethodHandlers = {
	/** `user_id` is asked for and, as far as seen, never looked at. */
	'server.get': (parameters, { state: world }) =>
		renderServer(world, world.botServer(parameters.text('guild_id'))),

	'server.getEmojis': (parameters, { state: world }) =>
		renderEmojis(world.botServer(parameters.text('guild_id'))),

	'server.getMemberCount': (parameters, { state: world }) =>
		world.botServer(parameters.text('guild_id')).members.size,

	'invite.getMany': (parameters, { state: world }) => {
		const server = world.botServer(parameters.text('guild_id'));
		const size = readPageSize(parameters, 50, 100);
		const cursor = parameters.optionalText('list_id');
		const { page, next } = pageAfter(server.invites, cursor, size, ({ id }) => id);
		return {
			records: page.map((invite) => renderInvite(world, server, invite)),
			size,
			list_id: page.at(-1)?.id ?? '0',
			next: next ? '1' : '0',
		};
	},

	'invite.get': (parameters, { state: world }) => {
		const code = parameters.text('c');
		for (const server of world.servers.values()) {
			const invite = server.invites.find((item) => item.code === code);
			if (invite) return renderInvite(world, server, invite);
		}
		throw createError('parameter', 'the invite code is not valid');
	},
};
