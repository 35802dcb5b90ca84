import { fail } from '../failure';
import { pageAfter, sizeOf, type Methods } from '../method';
import type { Invite, Server } from '../model';
import { emojiShapes, serverShape } from '../shapes';
import type { World } from '../world';

function inviteShape(world: World, server: Server, invite: Invite): unknown {
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

export const serverMethods: Methods = {
	/** `user_id` is asked for and, as far as seen, never looked at. */
	'server.get': (parameters, { world }) =>
		serverShape(world, world.ownServer(parameters.text('guild_id'))),

	'server.getEmojis': (parameters, { world }) =>
		emojiShapes(world.ownServer(parameters.text('guild_id'))),

	'server.getMemberCount': (parameters, { world }) =>
		world.ownServer(parameters.text('guild_id')).members.size,

	'invite.getMany': (parameters, { world }) => {
		const server = world.ownServer(parameters.text('guild_id'));
		const size = sizeOf(parameters, 50, 100);
		const cursor = parameters.optionalText('list_id');
		const { page, next } = pageAfter(server.invites, cursor, size, ({ id }) => id);
		return {
			records: page.map((invite) => inviteShape(world, server, invite)),
			size,
			list_id: page.at(-1)?.id ?? '0',
			next: next ? '1' : '0',
		};
	},

	'invite.get': (parameters, { world }) => {
		const code = parameters.text('c');
		for (const server of world.servers.values()) {
			const invite = server.invites.find((item) => item.code === code);
			if (invite) return inviteShape(world, server, invite);
		}
		throw fail('parameter', 'the invite code is not valid');
	},
};
