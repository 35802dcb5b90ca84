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

/** The category a channel shall stand in; it must be one of the same server. */
function readParent(
	world: FanbookState,
	serverId: string | null,
	id: string | undefined,
): string | null {
	if (id === undefined || id === '') return null;
	const parent = world.channels.get(id);
	const fits = parent?.type === CHANNEL_TYPE.category && parent.serverId === serverId;
	if (!fits) throw createError('parameter', 'parent_id is not a category of the server');
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
	'channel.getMany': (parameters, { state: world }) => {
		const server = world.botServer(parameters.text('guild_id'));
		return [...world.channels.values()]
			.filter(({ serverId }) => serverId === server.id)
			.filter((channel) => hasPermission(server, world.botId, 'VIEW_CHANNEL', channel))
			.sort(compareIds)
			.map(renderChannel);
	},

	'channel.create': (parameters, { state: world }) => {
		const server = world.botServer(parameters.text('guild_id'));
		world.requirePermission('MANAGE_CHANNELS', server);
		world.user(parameters.text('user_id'));
		const type = parameters.integer('type', 0);
		const creatable = [0, 1, 2, 4, 5, 6, 7, 8];
		if (!creatable.includes(type))
			throw createError('parameter', 'type is not a kind of server channel');
		const channel: Channel = {
			id: world.ids.next(),
			serverId: server.id,
			name: parameters.text('name'),
			type,
			topic: parameters.optionalText('topic') ?? '',
			parentId: readParent(world, server.id, parameters.optionalText('parent_id')),
			icon: '',
			link: parameters.optionalText('link') ?? '',
			ownerId: world.botId,
			overwrites: parameters.objects('permission_overwrites').map(readOverwrite),
			people: [],
		};
		world.channels.set(channel.id, channel);
		return renderChannel(channel);
	},

	'channel.update': (parameters, { state: world }) => {
		const channel = world.channel(parameters.text('channel_id'));
		world.user(parameters.text('user_id'));
		requireServer(channel, parameters.optionalText('guild_id'));
		world.requirePermission('MANAGE_CHANNELS', channel);
		channel.name = parameters.optionalText('name') ?? channel.name;
		channel.icon = parameters.optionalText('icon') ?? channel.icon;
		const hasServerParts = parameters.has('topic') || parameters.has('parent_id');
		if (channel.serverId === null && hasServerParts) {
			throw createError('parameter', 'topic and parent_id belong to server channels');
		}
		channel.topic = parameters.optionalText('topic') ?? channel.topic;
		if (parameters.has('parent_id')) {
			channel.parentId = readParent(world, channel.serverId, parameters.optionalText('parent_id'));
		}
		return channel.id;
	},

	'channel.delete': (parameters, { state: world }) => {
		const channel = world.channel(parameters.text('channel_id'));
		world.user(parameters.text('user_id'));
		requireServer(channel, parameters.optionalText('guild_id'));
		world.requirePermission('MANAGE_CHANNELS', channel);
		world.channels.delete(channel.id);
		for (const other of world.channels.values()) {
			if (other.parentId === channel.id) other.parentId = null;
		}
		return channel.id;
	},

	'channel.getPrivateChat': (parameters, { state: world }) => {
		const user = world.user(parameters.text('user_id'));
		return renderChat(world.privateChat(user.id, world.botId));
	},
};
