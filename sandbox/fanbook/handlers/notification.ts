import { digits } from '../../core/json';
import { createError } from '../errors';
import type { MethodHandlers } from '../context';
import { CHANNEL_TYPE, type Notification } from '../model';
import { createNotification } from '../mutations';
import type { FanbookState } from '../state';

/** Renders a community notification as a Message. Its chat is the server itself. */
export function renderNotification(state: FanbookState, notification: Notification): unknown {
	return {
		message_id: digits(notification.id),
		date: notification.time,
		chat: {
			id: digits(notification.serverId),
			guild_id: digits(notification.serverId),
			type: 'channel',
			channel_type: CHANNEL_TYPE.notification,
		},
		from: { id: digits(state.botId), is_bot: false, first_name: '' },
		reply_to_message: null,
		text: notification.content,
	};
}

export const notificationHandlers: MethodHandlers = {
	'serverNotification.send': (parameters, { state }) => {
		const users = parameters.texts('users');
		const serverId = parameters.text('guild_id');
		return renderNotification(
			state,
			createNotification(state, { serverId, users, text: parameters.text('text') }),
		);
	},

	'serverNotification.recall': (parameters, { state }) => {
		const server = state.botServer(parameters.text('guild_id'));
		const notification = state.notifications.get(parameters.text('message_id'));
		if (notification?.serverId !== server.id || parameters.text('chat_id') !== server.id) {
			throw createError('parameter', 'the notification does not exist');
		}
		notification.recalled = true;
		return null;
	},
};
