import type { Parameters } from '../../core/parameters';
import { kindOf } from '../content';
import { fail } from '../failure';
import type { Methods } from '../method';
import type { Message } from '../model';
import type { World } from '../world';

const CARDS = ['messageCard', 'task', 'team', 'leaderboard'];

function cardOf(world: World, parameters: Parameters): Message {
	const channel = world.channel(parameters.text('channel_id'));
	const message = world.message(channel.id, parameters.text('message_id'));
	if (!CARDS.includes(kindOf(message.content))) throw fail('parameter', 'not a message card');
	return message;
}

/** Whose click it is: the bot's own unless told. */
function clickerOf(world: World, parameters: Parameters): string {
	return world.user(parameters.optionalText('user_id') ?? world.botId).id;
}

/** Holds a slot for a user. How cards declare slots is not known, so any key is one. */
function hold(message: Message, key: string, userId: string): void {
	const holders = message.slots.get(key) ?? [];
	if (!holders.includes(userId)) message.slots.set(key, [...holders, userId]);
}

export const cardMethods: Methods = {
	'messageCard.click': (parameters, { world }) => {
		hold(cardOf(world, parameters), parameters.text('key'), clickerOf(world, parameters));
		return true;
	},

	'messageCard.multiClick': (parameters, { world }) => {
		hold(cardOf(world, parameters), parameters.text('key'), clickerOf(world, parameters));
		return true;
	},

	'messageCard.cancelClick': (parameters, { world }) => {
		const message = cardOf(world, parameters);
		const key = parameters.text('key');
		const userId = clickerOf(world, parameters);
		message.slots.set(
			key,
			(message.slots.get(key) ?? []).filter((id) => id !== userId),
		);
		return true;
	},

	'messageCard.autoSlot': (parameters, { world }) => {
		const message = cardOf(world, parameters);
		const userId = clickerOf(world, parameters);
		const keys = Array.from({ length: parameters.integer('max', 1) }, (_, i) => String(i + 1));
		const free = keys.find((key) => (message.slots.get(key) ?? []).length === 0);
		if (free === undefined) throw fail('parameter', 'every slot is taken');
		hold(message, free, userId);
		return { key: free };
	},

	'messageCard.getUsers': (parameters, { world }) => {
		const message = cardOf(world, parameters);
		const key = parameters.text('key');
		const userId = parameters.optionalText('user_id');
		const holders = message.slots.get(key) ?? [];
		const shown = holders.filter((id) => userId === undefined || id === userId);
		return { list: shown.map((id) => ({ key, user_id: id })) };
	},

	'card.notify': (parameters, { world }) => {
		cardOf(world, parameters).editedAt = world.clock.now();
		return true;
	},
};
