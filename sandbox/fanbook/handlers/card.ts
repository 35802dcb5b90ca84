import type { Parameters } from '../../core/parameters';
import { readContentType } from '../content';
import { createError } from '../errors';
import type { MethodHandlers } from '../context';
import type { Message } from '../model';
import type { FanbookState } from '../state';

const CARD_TYPES = ['messageCard', 'task', 'team', 'leaderboard'];

function readCard(world: FanbookState, parameters: Parameters): Message {
	const channel = world.channel(parameters.text('channel_id'));
	const message = world.message(channel.id, parameters.text('message_id'));
	if (!CARD_TYPES.includes(readContentType(message.content)))
		throw createError('parameter', 'not a message card');
	return message;
}

/** Whose click it is: the bot's own unless told. */
function readUserId(world: FanbookState, parameters: Parameters): string {
	return world.user(parameters.optionalText('user_id') ?? world.botId).id;
}

/** Holds a slot for a user. How cards declare slots is not known, so any key is one. */
function addToSlot(message: Message, key: string, userId: string): void {
	const holders = message.slots.get(key) ?? [];
	if (!holders.includes(userId)) message.slots.set(key, [...holders, userId]);
}

export const cardHandlers: MethodHandlers = {
	'messageCard.click': (parameters, { state: world }) => {
		addToSlot(readCard(world, parameters), parameters.text('key'), readUserId(world, parameters));
		return true;
	},

	'messageCard.multiClick': (parameters, { state: world }) => {
		addToSlot(readCard(world, parameters), parameters.text('key'), readUserId(world, parameters));
		return true;
	},

	'messageCard.cancelClick': (parameters, { state: world }) => {
		const message = readCard(world, parameters);
		const key = parameters.text('key');
		const userId = readUserId(world, parameters);
		message.slots.set(
			key,
			(message.slots.get(key) ?? []).filter((id) => id !== userId),
		);
		return true;
	},

	'messageCard.autoSlot': (parameters, { state: world }) => {
		const message = readCard(world, parameters);
		const userId = readUserId(world, parameters);
		const keys = Array.from({ length: parameters.integer('max', 1) }, (_, i) => String(i + 1));
		const free = keys.find((key) => (message.slots.get(key) ?? []).length === 0);
		if (free === undefined) throw createError('parameter', 'every slot is taken');
		addToSlot(message, free, userId);
		return { key: free };
	},

	'messageCard.getUsers': (parameters, { state: world }) => {
		const message = readCard(world, parameters);
		const key = parameters.text('key');
		const userId = parameters.optionalText('user_id');
		const holders = message.slots.get(key) ?? [];
		const shown = holders.filter((id) => userId === undefined || id === userId);
		return { list: shown.map((id) => ({ key, user_id: id })) };
	},

	'card.notify': (parameters, { state: world }) => {
		readCard(world, parameters).editedAt = world.clock.now();
		return true;
	},
};
