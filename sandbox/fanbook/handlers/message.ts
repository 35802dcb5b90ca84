import { writeJson } from '../../core/json';
import { checkMarkup, composeContent, createPreview, readContent } from '../content';
import { createError } from '../errors';
import type { MethodHandlers } from '../context';
import { CHANNEL_TYPE } from '../model';
import { addReaction, createNotification } from '../mutations';
import { hasPermission } from '../permissions';
import { getWritableChannel, readReply, requireOwnMessage, sendEphemeral } from './sendRequest';
import { renderMessage } from '../render';
import { renderNotification } from './notification';

/** How long a bot without MANAGE_MESSAGES can delete its own messages. */
const OWN_DELETE_PERIOD_MS = 3 * 60 * 1000;

export const messageHandlers: MethodHandlers = {
	'message.get': (parameters, { state }) => {
		const channel = state.channel(parameters.text('chat_id'));
		if (channel.type === CHANNEL_TYPE.private)
			throw createError('parameter', 'not for private chats');
		return renderMessage(state, state.message(channel.id, parameters.text('message_id')));
	},

	'message.send': (parameters, { state, publisher, rateLimiter }) => {
		rateLimiter.acquire();
		const channel = getWritableChannel(state, parameters);
		const text = parameters.text('text');
		const serverId = parameters.optionalText('guild_id');
		if (serverId !== undefined) {
			const users = channel.participants.filter((id) => id !== state.botId);
			return renderNotification(state, createNotification(state, { serverId, users, text }));
		}
		const isEphemeral = parameters.boolean('ephemeral') === true;
		if (isEphemeral) return sendEphemeral({ state, publisher }, channel, parameters);
		if (parameters.has('entity')) throw createError('parameter', 'entity needs ephemeral');
		if (parameters.has('users')) throw createError('parameter', 'users needs ephemeral');
		const mentions = parameters.texts('mentions');
		for (const id of mentions) state.user(id);
		const message = publisher.postMessage({
			channel,
			userId: state.botId,
			content: composeContent(text, parameters.optionalText('parse_mode')),
			desc: parameters.text('desc'),
			...readReply(state, parameters, channel),
			replyMarkup: checkMarkup(parameters.object('reply_markup')),
			unreactive: parameters.integer('unreactive', 0) === 1,
			mentions,
			mentionRoles: parameters.texts('mention_roles'),
		});
		return renderMessage(state, message);
	},

	'message.sendPhoto': (parameters, { state, publisher, rateLimiter }) => {
		rateLimiter.acquire();
		const channel = getWritableChannel(state, parameters);
		const url = parameters.object('photo')?.Url;
		if (typeof url !== 'string' || !/^https?:\/\//.test(url))
			throw createError('parameter', 'photo.Url');
		const content = writeJson({
			type: 'image',
			url,
			fileType: /\.png($|\?)/i.test(url) ? 'image/png' : 'image/jpeg',
			width: parameters.integer('width', 1600),
			height: parameters.integer('height', 900),
		});
		const message = publisher.postMessage({
			channel,
			userId: state.botId,
			content,
			desc: '[image]',
			...readReply(state, parameters, channel),
			replyMarkup: checkMarkup(parameters.object('reply_markup')),
		});
		return renderMessage(state, message);
	},

	'message.sendTaskNotification': (parameters, { state }) => {
		const userId = state.user(parameters.text('to_user_id')).id;
		const nonce = parameters.text('nonce');
		if (!state.tasks.some((task) => task.nonce === nonce)) {
			const channelType = parameters.text('channel_type');
			state.tasks.push({ nonce, channelType, userId, content: parameters.text('content') });
		}
		return true;
	},

	'message.react': (parameters, context) => {
		const { state } = context;
		const channel = state.channel(parameters.text('channel_id'));
		state.requirePermission('ADD_REACTIONS', channel);
		const message = state.message(channel.id, parameters.text('message_id'));
		if (message.unreactive)
			throw createError('noPermission', 'the message does not allow reactions');
		const userId = state.user(parameters.text('user_id')).id;
		const name = parameters.optionalText('emoji') ?? '';
		const avatar = parameters.optionalText('avatar') ?? '';
		addReaction(context, message, userId, { name, avatar });
		return true;
	},

	'message.editText': (parameters, { state }) => {
		const channel = state.channel(parameters.text('chat_id'));
		const message = state.message(channel.id, parameters.text('message_id'));
		requireOwnMessage(state, message);
		const parseMode = parameters.optionalText('parse_mode');
		message.content = composeContent(parameters.text('text'), parseMode);
		message.desc = parameters.optionalText('desc') ?? createPreview(readContent(message.content));
		const markup = checkMarkup(parameters.object('reply_markup'));
		if (markup) message.replyMarkup = markup;
		message.editedAt = state.clock.now();
		return renderMessage(state, message);
	},

	'message.editKeyboard': (parameters, { state }) => {
		const channel = state.channel(parameters.text('chat_id'));
		const message = state.message(channel.id, parameters.text('message_id'));
		requireOwnMessage(state, message);
		message.replyMarkup = checkMarkup(parameters.object('reply_markup'));
		message.editedAt = state.clock.now();
		return renderMessage(state, message);
	},

	'message.delete': (parameters, { state }) => {
		const channel = state.channel(parameters.text('chat_id'));
		const message = state.message(channel.id, parameters.text('message_id'));
		const server = channel.serverId === null ? undefined : state.server(channel.serverId);
		const manages =
			server &&
			hasPermission(server, { userId: state.botId, permission: 'MANAGE_MESSAGES', channel });
		if (!manages) {
			requireOwnMessage(state, message);
			const isOld = state.clock.now() - message.time > OWN_DELETE_PERIOD_MS;
			if (isOld) throw createError('noPermission', 'sent more than three minutes ago');
		}
		state.removeMessage(message);
		return true;
	},

	'message.pin': (parameters, { state, publisher }) => {
		const channel = state.channel(parameters.text('chat_id'));
		if (parameters.text('channel_id') !== channel.id) throw createError('parameter', 'channel_id');
		state.requirePermission('MANAGE_MESSAGES', channel);
		const message = state.message(channel.id, parameters.text('message_id'));
		message.pinned = true;
		const event = { pinned_message: renderMessage(state, message) };
		publisher.queueChannelEvent('other', { channel, user: state.user(state.botId) }, event);
		return true;
	},

	'message.unpin': (parameters, { state }) => {
		const channel = state.channel(parameters.text('chat_id'));
		state.requirePermission('MANAGE_MESSAGES', channel);
		state.message(channel.id, parameters.text('message_id')).pinned = false;
		return true;
	},
};
