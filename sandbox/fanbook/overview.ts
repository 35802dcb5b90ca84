import type { Section } from '../core/service';
import { DEMO } from '../demo';
import type { Gateway } from './gateway';
import { renderChannel, renderHistoryMessage } from './render';
import type { UpdateQueue } from './updateQueue';
import type { FanbookState } from './state';

const LAST = 15;

/** Rows of the state page: servers, and what was said last by anyone anywhere. */
export function buildOverview(world: FanbookState, gateway: Gateway): Section[] {
	const latest = [...world.messages.values()]
		.sort((a, b) => a.time - b.time)
		.slice(-LAST)
		.reverse();
	return [
		{
			title: 'Servers',
			rows: [...world.servers.values()].map((server) => ({
				server: server.name,
				id: server.id,
				members: server.members.size,
				roles: server.roles.length,
				bot: server.members.has(world.botId) ? 'inside' : 'not inside',
			})),
		},
		{
			title: `Latest messages (${gateway.open} gateway connections)`,
			rows: latest.map((message) => ({
				time: new Date(message.time).toISOString(),
				channel: world.channels.get(message.channelId)?.name ?? message.channelId,
				from: world.displayName(message.userId, message.serverId),
				text: message.desc,
				id: message.id,
			})),
		},
	];
}

/** The state for those outside: ids as texts. */
export function describeState(
	world: FanbookState,
	gateway: Gateway,
	updates: UpdateQueue,
): unknown {
	return {
		botId: world.botId,
		settings: world.settings,
		gateway: { open: gateway.open, ...gateway.counts },
		queued: updates.size,
		servers: [...world.servers.values()].map((server) => ({
			id: server.id,
			name: server.name,
			members: [...server.members.keys()],
			roles: server.roles.map(({ id, name }) => ({ id, name })),
		})),
		channels: [...world.channels.values()].map((channel) => ({
			...renderChannel(channel),
			messages: world.history(channel.id).length,
		})),
		lobby: world
			.history(DEMO.fanbook.lobbyChannelId)
			.slice(-LAST)
			.map((message) => renderHistoryMessage(world, message)),
		notifications: [...world.notifications.values()],
		tasks: world.tasks,
		callbacks: [...world.callbacks.values()],
	};
}
