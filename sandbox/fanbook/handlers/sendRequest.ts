import type { Parameters } from '../../core/parameters';
import { composeContent } from '../content';
import { createError } from '../errors';
import { CHANNEL_TYPE, type Channel, type Message } from '../model';
import type { MutationContext } from '../mutations';
import { renderMessage } from '../render';
import type { FanbookState } from '../state';

/** Returns the channel `chat_id`. Throws if the bot cannot write to it. */
export function getWritableChannel(state: FanbookState, parameters: Parameters): Channel {
	const channel = state.channel(parameters.text('chat_id'));
	state.requirePermission('SEND_MESSAGES', channel);
	if (channel.type === CHANNEL_TYPE.private) {
		const recipient = state.user(channel.participants.find((id) => id !== state.botId) ?? '');
		if (recipient.blocksBot) throw createError('blocked');
		if (recipient.closedPrivateMessages) throw createError('privateMessagesClosed');
	}
	return channel;
}

/**
 * Returns the two levels of a reply: `reply_to_message_id` is the root of a thread, and
 * `reply_to_message_id_level_2` the message in the thread that is replied to.
 */
export function readReply(
	state: FanbookState,
	parameters: Parameters,
	channel: Channel,
): { quoteL1: string | null; quoteL2: string | null } {
	const rootId = parameters.optionalText('reply_to_message_id');
	const childId = parameters.optionalText('reply_to_message_id_level_2');
	if (rootId === undefined) {
		if (childId !== undefined) throw createError('parameter', 'level 2 needs reply_to_message_id');
		return { quoteL1: null, quoteL2: null };
	}
	if (state.message(channel.id, rootId).quoteL1 !== null) {
		throw createError('parameter', 'reply_to_message_id must be a root message');
	}
	if (childId !== undefined && state.message(channel.id, childId).quoteL1 !== rootId) {
		throw createError('parameter', 'reply_to_message_id_level_2 must be a child of the root');
	}
	return { quoteL1: rootId, quoteL2: childId ?? null };
}

/** Renders a temporary message, which is neither stored nor published. */
export function sendEphemeral(
	{ state, publisher }: MutationContext,
	channel: Channel,
	parameters: Parameters,
): unknown {
	const users = parameters.texts('users');
	if (users.length === 0) throw createError('parameter', 'ephemeral needs users');
	if (!users.includes('all')) for (const id of users) state.user(id);
	const content = composeContent(parameters.text('text'), parameters.optionalText('parse_mode'));
	const draft = { channel, userId: state.botId, content };
	const message = publisher.storeMessage(draft, state.ids.next(), state.clock.now());
	const rendered = renderMessage(state, message);
	state.removeMessage(message);
	return rendered;
}

/** Throws if the bot did not write the message. */
export function requireOwnMessage(state: FanbookState, message: Message): void {
	if (message.userId !== state.botId) throw createError('noPermission', 'not your message');
}
