import type { JsonObject } from '../../core/json';
import { Parameters } from '../../core/parameters';
import { createError } from '../errors';
import type { MethodHandlers } from '../context';
import { CHANNEL_TYPE, type Channel, type Overwrite } from '../model';
import { hasPermission } from '../permissions';
import { renderChannel, renderChat } from '../render';
import { compareIds } from '../ids';
import type { FanbookState } from '../state';

function requireServer(channel: Channel, serverId: string | undefined): void {
	if (channel.serverId === null) return;
	if (serverId === undefined)
		throw createError('parameter', 'guild_id is required for a server channel');
	if (serverId !== channel.serverId)
		throw createError('parameter', 'guild_id is not the server of the channel');
}

/** Returns the id of the category of a channel, which must be one of the same server. */
function readParent(
	state: FanbookState,
	serverId: string | null,
	id: string | undefined,
): string | null {
	if (id === undefined || id === '') return null;
	const parent = state.channels.get(id);
	const isCategory = parent?.type === CHANNEL_TYPE.category && parent.serverId === serverId;
	if (!isCategory) throw createError('parameter', 'parent_id is not a category of the server');
	return id;
}

function readOverwrite(input: JsonObject): Overwrite {
	const values = new Parameters(new Map(Object.entries(input)));
	const kind = values.optionalText('action_type');
	const id = values.optionalText('id');
	if (id === undefined || (kind !== 'role' && kind !== 'user')) {
		throw createError('parameter', 'permission_overwrites needs id and action_type');
	}
	const bits = (name: string): bigint => BigInt(values.optionalText(name) ?? '0');
	return { id, kind, allow: bits('allows'), deny: bits('deny') };
}

export const channelHandlers: MethodHandlers = {
	'channel.getMany': (parameters, { state }) => {
		const server = state.botServer(parameters.text('guild_id'));
		return [...state.channels.values()]
			.filter(({ serverId }) => serverId === server.id)
			.filter((channel) =>
				hasPermission(server, { userId: state.botId, permission: 'VIEW_CHANNEL', channel }),
			)
			.sort(compareIds)
			.map(renderChannel);
	},

	'channel.create': (parameters, { state }) => {
		const server = state.botServer(parameters.text('guild_id'));
		state.requirePermission('MANAGE_CHANNELS', server);
		state.user(parameters.text('user_id'));
		const type = parameters.integer('type', 0);
		const creatableTypes = [0, 1, 2, 4, 5, 6, 7, 8];
		if (!creatableTypes.includes(type))
			throw createError('parameter', 'type is not a type of server channel');
		const channel: Channel = {
			id: state.ids.next(),
			serverId: server.id,
			name: parameters.text('name'),
			type,
			topic: parameters.optionalText('topic') ?? '',
			parentId: readParent(state, server.id, parameters.optionalText('parent_id')),
			icon: '',
			link: parameters.optionalText('link') ?? '',
			ownerId: state.botId,
			overwrites: parameters.objects('permission_overwrites').map(readOverwrite),
			participants: [],
		};
		state.channels.set(channel.id, channel);
		return renderChannel(channel);
	},

	'channel.update': (parameters, { state }) => {
		const channel = state.channel(parameters.text('channel_id'));
		state.user(parameters.text('user_id'));
		requireServer(channel, parameters.optionalText('guild_id'));
		state.requirePermission('MANAGE_CHANNELS', channel);
		channel.name = parameters.optionalText('name') ?? channel.name;
		channel.icon = parameters.optionalText('icon') ?? channel.icon;
		const hasServerParts = parameters.has('topic') || parameters.has('parent_id');
		if (channel.serverId === null && hasServerParts) {
			throw createError('parameter', 'topic and parent_id belong to server channels');
		}
		channel.topic = parameters.optionalText('topic') ?? channel.topic;
		if (parameters.has('parent_id')) {
			channel.parentId = readParent(state, channel.serverId, parameters.optionalText('parent_id'));
		}
		return channel.id;
	},

	'channel.delete': (parameters, { state }) => {
		const channel = state.channel(parameters.text('channel_id'));
		state.user(parameters.text('user_id'));
		requireServer(channel, parameters.optionalText('guild_id'));
		state.requirePermission('MANAGE_CHANNELS', channel);
		state.channels.delete(channel.id);
		for (const other of state.channels.values()) {
			if (other.parentId === channel.id) other.parentId = null;
		}
		return channel.id;
	},

	'channel.getPrivateChat': (parameters, { state }) => {
		const user = state.user(parameters.text('user_id'));
		return renderChat(state.privateChat(user.id, state.botId));
	},
};
