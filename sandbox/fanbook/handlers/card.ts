import type { Parameters } from '../../core/parameters';
import { readContentType } from '../content';
import { createError } from '../errors';
import type { MethodHandlers } from '../context';
import type { Message } from '../model';
import { addToSlot } from '../mutations';
import type { FanbookState } from '../state';

const CARD_TYPES = ['messageCard', 'task', 'team', 'leaderboard'];

function readCard(state: FanbookState, parameters: Parameters): Message {
	const channel = state.channel(parameters.text('channel_id'));
	const message = state.message(channel.id, parameters.text('message_id'));
	if (!CARD_TYPES.includes(readContentType(message.content)))
		throw createError('parameter', 'not a message card');
	return message;
}

/** Returns the user who clicks: `user_id`, or the bot. */
function readUserId(state: FanbookState, parameters: Parameters): string {
	return state.user(parameters.optionalText('user_id') ?? state.botId).id;
}

export const cardHandlers: MethodHandlers = {
	'messageCard.click': (parameters, { state }) => {
		addToSlot(readCard(state, parameters), parameters.text('key'), readUserId(state, parameters));
		return true;
	},

	'messageCard.multiClick': (parameters, { state }) => {
		addToSlot(readCard(state, parameters), parameters.text('key'), readUserId(state, parameters));
		return true;
	},

	'messageCard.cancelClick': (parameters, { state }) => {
		const message = readCard(state, parameters);
		const key = parameters.text('key');
		const userId = readUserId(state, parameters);
		message.slots.set(
			key,
			(message.slots.get(key) ?? []).filter((id) => id !== userId),
		);
		return true;
	},

	'messageCard.autoSlot': (parameters, { state }) => {
		const message = readCard(state, parameters);
		const userId = readUserId(state, parameters);
		const keys = Array.from({ length: parameters.integer('max', 1) }, (_, i) => String(i + 1));
		const free = keys.find((key) => (message.slots.get(key) ?? []).length === 0);
		if (free === undefined) throw createError('parameter', 'all slots are taken');
		addToSlot(message, free, userId);
		return { key: free };
	},

	'messageCard.getUsers': (parameters, { state }) => {
		const message = readCard(state, parameters);
		const key = parameters.text('key');
		const userId = parameters.optionalText('user_id');
		const users = message.slots.get(key) ?? [];
		const matching = users.filter((id) => userId === undefined || id === userId);
		return { list: matching.map((id) => ({ key, user_id: id })) };
	},

	'card.notify': (parameters, { state }) => {
		readCard(state, parameters).editedAt = state.clock.now();
		return true;
	},
};
