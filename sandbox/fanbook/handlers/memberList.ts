import { createError } from '../errors';
import type { MethodHandlers } from '../context';
import { CHANNEL_TYPE, type Member, type Role, type Server } from '../model';
import { hasPermission } from '../permissions';
import type { FanbookState } from '../state';

type Row = { Group: Record<string, unknown> } | { User: Record<string, unknown> };

/** The most rows returned for a range; clients never ask for more. */
const MAX_ROWS = 100;

function userRow(state: FanbookState, server: Server, member: Member): Row {
	const user = state.user(member.userId);
	const roles = server.roles
		.filter(({ id }) => member.roles.includes(id))
		.map(({ id, name }) => ({ id, name }));
	return {
		User: {
			user_id: user.id,
			nickname: member.nick ?? user.nickname,
			username: user.username,
			avatar: user.avatar,
			...(roles.length > 0 ? { roles } : {}),
		},
	};
}

/** Groups members by their highest hoisted role, highest role first. */
function groupMembers(server: Server, members: Member[]): Array<[Role, Member[]]> {
	const hoisted = server.roles
		.filter((role) => role.hoist || role.id === server.id)
		.sort((a, b) => b.position - a.position);
	const groups = new Map<Role, Member[]>(hoisted.map((role) => [role, []]));
	for (const member of members) {
		const role = hoisted.find(({ id }) => id === server.id || member.roles.includes(id));
		if (role) groups.get(role)?.push(member);
	}
	return [...groups].filter(([, list]) => list.length > 0);
}

export const memberListHandlers: MethodHandlers = {
	'member.getMany': (parameters, { state }) => {
		const server = state.botServer(parameters.text('guild_id'));
		const channelId = parameters.text('channel_id');
		state.user(parameters.text('user_id'));
		const channel = channelId === '0' ? undefined : state.channel(channelId);
		const members = [...server.members.values()].filter(
			({ userId }) =>
				!channel || hasPermission(server, { userId, permission: 'VIEW_CHANNEL', channel }),
		);
		const groups = groupMembers(server, members);
		const rows = groups.flatMap(([{ id, name }, list]): Row[] => [
			{ Group: { id, name, count: list.length } },
			...list.map((member) => userRow(state, server, member)),
		]);
		const ops = parameters.objects('ranges').map((range) => {
			const start = Number(range.start);
			const end = Math.min(Number(range.end), start + MAX_ROWS - 1);
			if (end < start) throw createError('parameter', 'a range ends before it starts');
			return { range: [start, end], op: 'SYNC', items: rows.slice(start, end + 1) };
		});
		const publicChannels = [...state.channels.values()].filter(
			({ serverId, type, overwrites }) =>
				serverId === server.id && type !== CHANNEL_TYPE.category && overwrites.length === 0,
		);
		return {
			ops,
			online_count: 0,
			member_count: members.length,
			guild_count: server.members.size,
			item_count: rows.length,
			guild_id: server.id,
			channel_id: channelId,
			channel_pub_ids: publicChannels.map(({ id }) => id),
			groups: groups.map(([{ id, name }, list]) => ({ id, name, count: list.length })),
		};
	},
};
