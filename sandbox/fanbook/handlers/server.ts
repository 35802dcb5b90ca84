import { createError } from '../errors';
import type { MethodHandlers } from '../context';
import { pageAfter, readPageSize } from '../paging';
import type { Invite, Server } from '../model';
import { renderEmojis, renderServer } from '../render';
import type { FanbookState } from '../state';

function renderInvite(state: FanbookState, server: Server, invite: Invite): unknown {
	const channel = state.channels.get(invite.channelId);
	return {
		code: invite.code,
		url: `https://fanbook.example/${invite.code}`,
		inviter_id: invite.inviterId,
		inviter_name: state.displayName(invite.inviterId, server.id),
		avatar: state.users.get(invite.inviterId)?.avatar ?? '',
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
	/** `user_id` is required, but apparently ignored. */
	'server.get': (parameters, { state }) =>
		renderServer(state, state.botServer(parameters.text('guild_id'))),

	'server.getEmojis': (parameters, { state }) =>
		renderEmojis(state.botServer(parameters.text('guild_id'))),

	'server.getMemberCount': (parameters, { state }) =>
		state.botServer(parameters.text('guild_id')).members.size,

	'invite.getMany': (parameters, { state }) => {
		const server = state.botServer(parameters.text('guild_id'));
		const size = readPageSize(parameters, 50, 100);
		const cursor = parameters.optionalText('list_id');
		const { page, next } = pageAfter(server.invites, { cursor, size, idOf: ({ id }) => id });
		return {
			records: page.map((invite) => renderInvite(state, server, invite)),
			size,
			list_id: page.at(-1)?.id ?? '0',
			next: next ? '1' : '0',
		};
	},

	'invite.get': (parameters, { state }) => {
		const code = parameters.text('c');
		for (const server of state.servers.values()) {
			const invite = server.invites.find((item) => item.code === code);
			if (invite) return renderInvite(state, server, invite);
		}
		throw createError('parameter', 'the invite code is not valid');
	},
};
