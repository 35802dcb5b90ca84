import { digits, writeJson } from '../../core/json';
import { checkMarkup, composeContent, createPreview } from '../content';
import { createError } from '../errors';
import type { MethodHandlers } from '../context';
import { CHANNEL_TYPE } from '../model';
import { hasPermission } from '../permissions';
import {
	requireOwnMessage,
	createNotification,
	readReply,
	sendEphemeral,
	getWritableChannel,
} from '../sending';
import { renderMessage } from '../render';
import { renderNotification } from './notification';

/** A bot without message management may take its own messages back for this long. */
const OWN_DELETE_PERIOD_MS = 3 * 60 * 1000;

export const messageHandlers: MethodHandlers = {
	'message.get': (parameters, { state: world }) => {
		const channel = world.channel(parameters.text('chat_id'));
		if (channel.type === CHANNEL_TYPE.private)
			throw createError('parameter', 'not for private chats');
		return renderMessage(world, world.message(channel.id, parameters.text('message_id')));
	},

	'message.send': (parameters, { state: world, publisher: posting, rateLimiter: sendLimit }) => {
		sendLimit.acquire();
		const channel = getWritableChannel(world, parameters);
		const text = parameters.text('text');
		const serverId = parameters.optionalText('guild_id');
		if (serverId !== undefined) {
			const users = channel.people.filter((id) => id !== world.botId);
			return renderNotification(world, createNotification(world, serverId, users, text));
		}
		const isEphemeral = parameters.boolean('ephemeral') === true;
		if (isEphemeral) return sendEphemeral(world, posting, channel, parameters);
		if (parameters.has('entity')) throw createError('parameter', 'entity needs ephemeral');
		if (parameters.has('users')) throw createError('parameter', 'users needs ephemeral');
		const mentions = parameters.texts('mentions');
		for (const id of mentions) world.user(id);
		const message = posting.postMessage({
			channel,
			userId: world.botId,
			content: composeContent(text, parameters.optionalText('parse_mode')),
			desc: parameters.text('desc'),
			...readReply(world, parameters, channel),
			replyMarkup: checkMarkup(parameters.object('reply_markup')),
			unreactive: parameters.integer('unreactive', 0) === 1,
			mentions,
			mentionRoles: parameters.texts('mention_roles'),
		});
		return renderMessage(world, message);
	},

	'message.sendPhoto': (
		parameters,
		{ state: world, publisher: posting, rateLimiter: sendLimit },
	) => {
		sendLimit.acquire();
		const channel = getWritableChannel(world, parameters);
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
		const message = posting.postMessage({
			channel,
			userId: world.botId,
			content,
			desc: '[image]',
			...readReply(world, parameters, channel),
			replyMarkup: checkMarkup(parameters.object('reply_markup')),
		});
		return renderMessage(world, message);
	},

	'message.sendTaskNotification': (parameters, { state: world }) => {
		const userId = world.user(parameters.text('to_user_id')).id;
		const nonce = parameters.text('nonce');
		if (!world.tasks.some((task) => task.nonce === nonce)) {
			const channelType = parameters.text('channel_type');
			world.tasks.push({ nonce, channelType, userId, content: parameters.text('content') });
		}
		return true;
	},

	'message.react': (parameters, { state: world, people }) => {
		const channel = world.channel(parameters.text('channel_id'));
		world.requirePermission('ADD_REACTIONS', channel);
		const message = world.message(channel.id, parameters.text('message_id'));
		if (message.unreactive) throw createError('noPermission', 'the message takes no reactions');
		const userId = world.user(parameters.text('user_id')).id;
		const name = parameters.optionalText('emoji') ?? '';
		people.addReaction(message, userId, name, parameters.optionalText('avatar') ?? '');
		return true;
	},

	'message.editText': (parameters, { state: world }) => {
		const channel = world.channel(parameters.text('chat_id'));
		const message = world.message(channel.id, parameters.text('message_id'));
		requireOwnMessage(world, message);
		const parseMode = parameters.optionalText('parse_mode');
		message.content = composeContent(parameters.text('text'), parseMode);
		message.desc = parameters.optionalText('desc') ?? createPreview(message.content);
		const markup = checkMarkup(parameters.object('reply_markup'));
		if (markup) message.replyMarkup = markup;
		message.editedAt = world.clock.now();
		return renderMessage(world, message);
	},

	'message.editKeyboard': (parameters, { state: world }) => {
		const channel = world.channel(parameters.text('chat_id'));
		const message = world.message(channel.id, parameters.text('message_id'));
		requireOwnMessage(world, message);
		message.replyMarkup = checkMarkup(parameters.object('reply_markup'));
		message.editedAt = world.clock.now();
		return renderMessage(world, message);
	},

	'message.delete': (parameters, { state: world }) => {
		const channel = world.channel(parameters.text('chat_id'));
		const message = world.message(channel.id, parameters.text('message_id'));
		const server = channel.serverId === null ? undefined : world.server(channel.serverId);
		const manages = server && hasPermission(server, world.botId, 'MANAGE_MESSAGES', channel);
		if (!manages) {
			requireOwnMessage(world, message);
			const isOld = world.clock.now() - message.time > OWN_DELETE_PERIOD_MS;
			if (isOld) throw createError('noPermission', 'sent more than three minutes ago');
		}
		world.removeMessage(message);
		return true;
	},

	'message.pin': (parameters, { state: world, publisher: posting }) => {
		const channel = world.channel(parameters.text('chat_id'));
		if (parameters.text('channel_id') !== channel.id) throw createError('parameter', 'channel_id');
		world.requirePermission('MANAGE_MESSAGES', channel);
		const message = world.message(channel.id, parameters.text('message_id'));
		message.pinned = true;
		const event = { pinned_message: { message_id: digits(message.id) } };
		posting.queueChannelEvent('other', channel, world.user(world.botId), event);
		return true;
	},

	'message.unpin': (parameters, { state: world }) => {
		const channel = world.channel(parameters.text('chat_id'));
		world.requirePermission('MANAGE_MESSAGES', channel);
		world.message(channel.id, parameters.text('message_id')).pinned = false;
		return true;
	},
};
