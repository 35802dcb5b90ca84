import { digits } from '../../core/json';
import { fail } from '../failure';
import type { Methods } from '../method';
import { CHANNEL_TYPE, type Notification } from '../model';
import { notify } from '../sending';
import type { World } from '../world';

/** A community notification as a Message: its chat is the server itself. */
export function notificationShape(world: World, notification: Notification): unknown {
	return {
		message_id: digits(notification.id),
		date: notification.time,
		chat: {
			id: digits(notification.serverId),
			guild_id: digits(notification.serverId),
			type: 'channel',
			channel_type: CHANNEL_TYPE.notification,
		},
		from: { id: digits(world.botId), is_bot: false, first_name: '' },
		reply_to_message: null,
		text: notification.content,
	};
}

export const notificationMethods: Methods = {
	'serverNotification.send': (parameters, { world }) => {
		const users = parameters.texts('users');
		const serverId = parameters.text('guild_id');
		return notificationShape(world, notify(world, serverId, users, parameters.text('text')));
	},

	'serverNotification.recall': (parameters, { world }) => {
		const server = world.ownServer(parameters.text('guild_id'));
		const notification = world.notifications.get(parameters.text('message_id'));
		if (notification?.serverId !== server.id || parameters.text('chat_id') !== server.id) {
			throw fail('parameter', 'no such notification');
		}
		notification.recalled = true;
		return null;
	},
};
