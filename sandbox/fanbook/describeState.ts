import { DEMO } from '../demo';
import type { Gateway } from './gateway';
import { renderChannel, renderHistoryMessage } from './render';
import type { UpdateQueue } from './updateQueue';
import type { FanbookState } from './state';

const LATEST_COUNT = 15;

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
