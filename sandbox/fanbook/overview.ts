import type { Section } from '../core/service';
import { DEMO } from '../demo';
import type { Gateway } from './gateway';
import { renderChannel, renderHistoryMessage } from './render';
import type { UpdateQueue } from './updateQueue';
import type { FanbookState } from './state';

const LATEST_COUNT = 15;

/** Returns the rows of the console page: servers and the latest messages. */
export function buildOverview(state: FanbookState, gateway: Gateway): Section[] {
	const latest = [...state.messages.values()]
		.sort((a, b) => a.time - b.time)
		.slice(-LATEST_COUNT)
		.reverse();
	return [
		{
			title: 'Servers',
			rows: [...state.servers.values()].map((server) => ({
				server: server.name,
				id: server.id,
				members: server.members.size,
				roles: server.roles.length,
				bot: server.members.has(state.botId) ? 'inside' : 'not inside',
			})),
		},
		{
			title: `Latest messages (${gateway.open} gateway connections)`,
			rows: latest.map((message) => ({
				time: new Date(message.time).toISOString(),
				channel: state.channels.get(message.channelId)?.name ?? message.channelId,
				from: state.displayName(message.userId, message.serverId),
				text: message.desc,
				id: message.id,
			})),
		},
	];
}

/** Returns the state for the admin routes; ids are strings. */
export function describeState(
	state: FanbookState,
	gateway: Gateway,
	updates: UpdateQueue,
): unknown {
	return {
		botId: state.botId,
		settings: state.settings,
		gateway: { open: gateway.open, ...gateway.counts },
		queued: updates.size,
		servers: [...state.servers.values()].map((server) => ({
			id: server.id,
			name: server.name,
			members: [...server.members.keys()],
			roles: server.roles.map(({ id, name }) => ({ id, name })),
		})),
		channels: [...state.channels.values()].map((channel) => ({
			...renderChannel(channel),
			messages: state.history(channel.id).length,
		})),
		lobby: state
			.history(DEMO.fanbook.lobbyChannelId)
			.slice(-LATEST_COUNT)
			.map((message) => renderHistoryMessage(state, message)),
		notifications: [...state.notifications.values()],
		tasks: state.tasks,
		callbacks: [...state.callbacks.values()],
	};
}
