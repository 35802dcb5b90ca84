import { digits } from '../../core/json';
import { createError } from '../errors';
import type { MethodHandlers } from '../context';
import { renderUser } from '../render';

const COMMANDS = [
	{ command: 'help', description: 'What this bot can do', visible_level: 0, clickable: true },
	{ command: 'sign', description: 'Sign in for today', visible_level: 0, clickable: true },
	{ command: 'report', description: 'Report to the moderators', visible_level: 2, hide: true },
];

const MAX_WAIT_SECONDS = 120;

export const botHandlers: MethodHandlers = {
	'bot.get': (_parameters, { state, gateway }) => {
		const bot = state.user(state.botId);
		const owner = [...state.servers.values()].find(({ members }) => members.has(bot.id))?.ownerId;
		return {
			...renderUser(bot),
			last_name: owner ?? '',
			user_token: gateway.issueToken(),
			owner_id: digits(owner ?? '0'),
			can_join_groups: false,
			can_read_all_group_messages: state.settings.fullMessages,
			supports_inline_queries: false,
		};
	},

	'bot.getCommands': () => COMMANDS,

	'bot.setServerNickname': (parameters, { state }) => {
		const server = state.botServer(parameters.text('guild_Id'));
		if (parameters.text('bot_id') !== state.botId)
			throw createError('noPermission', 'not this bot');
		state.member(server, state.botId).nick = parameters.text('nickname');
		return true;
	},

	'update.longPoll': async (parameters, { state, updates }) => {
		const onlyCircle = parameters.has('msg_type');
		if (onlyCircle && !state.settings.fullMessages)
			throw createError('noPermission', 'circle updates');
		const offset = parameters.integer('offset', 0);
		if (offset !== 0) updates.keepLast(Math.abs(offset));
		const limit = parameters.integer('limit', 100);
		const seconds = Math.min(parameters.integer('timeout', 60), MAX_WAIT_SECONDS);
		return await updates.wait(limit === 0 ? 10 : limit, onlyCircle, seconds * 1000);
	},

	'update.getMany': (parameters, { state, updates }) => {
		const onlyCircle = parameters.has('msg_type');
		if (onlyCircle && !state.settings.fullMessages)
			throw createError('noPermission', 'circle updates');
		return updates.take(100, onlyCircle);
	},

	'callback.answer': (parameters, { state }) => {
		const callback = state.callbacks.get(parameters.text('callback_id'));
		const isMatch =
			callback?.userId === parameters.text('user_id') &&
			callback.channelId === parameters.text('channel_id');
		if (!callback || !isMatch) throw createError('parameter', 'the callback does not exist');
		callback.answer = parameters.optionalText('text') ?? '';
		return true;
	},
};
