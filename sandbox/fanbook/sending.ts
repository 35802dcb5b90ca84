import type { Parameters } from '../core/parameters';
import { composeContent, createTextContent } from './content';
import { FanbookError, createError } from './errors';
import { CHANNEL_TYPE, type Channel, type Message, type Notification } from './model';
import type { EventPublisher } from './eventPublisher';
import { renderMessage } from './render';
import type { FanbookState } from './state';

/** Counts sends per second of sandbox time. */
export class SendRateLimiter {
	private second = 0;
	private count = 0;

	constructor(private readonly world: FanbookState) {}

	/** Refuses a bot that is not on the allow-list, or too fast. */
	acquire(): void {
		const { sendAllowed, sendsPerSecond } = this.world.settings;
		if (!sendAllowed) throw new FanbookError('sendLimit', 'bot is not allow-listed', 400);
		const second = this.world.clock.seconds();
		if (second !== this.second) this.count = 0;
		this.second = second;
		this.count += 1;
		if (sendsPerSecond > 0 && this.count > sendsPerSecond) throw createError('sendLimit');
	}
}

/** The channel of `chat_id`, where the bot may write; in private chats the peer must want it. */
export function getWritableChannel(world: FanbookState, parameters: Parameters): Channel {
	const channel = world.channel(parameters.text('chat_id'));
	world.requirePermission('SEND_MESSAGES', channel);
	if (channel.type === CHANNEL_TYPE.private) {
		const peer = world.user(channel.people.find((id) => id !== world.botId) ?? '');
		if (peer.blocksBot) throw createError('blocked');
		if (peer.closedPrivate) throw createError('privateClosed');
	}
	return channel;
}

/**
 * The two levels of an answer: `reply_to_message_id` names the root of a thread, and
 * `reply_to_message_id_level_2` the child that is answered.
 */
export function readReply(
	world: FanbookState,
	parameters: Parameters,
	channel: Channel,
): { quoteL1: string | null; quoteL2: string | null } {
	const rootId = parameters.optionalText('reply_to_message_id');
	const childId = parameters.optionalText('reply_to_message_id_level_2');
	if (rootId === undefined) {
		if (childId !== undefined) throw createError('parameter', 'level 2 needs reply_to_message_id');
		return { quoteL1: null, quoteL2: null };
	}
	if (world.message(channel.id, rootId).quoteL1 !== null) {
		throw createError('parameter', 'reply_to_message_id must be a root message');
	}
	if (childId !== undefined && world.message(channel.id, childId).quoteL1 !== rootId) {
		throw createError('parameter', 'reply_to_message_id_level_2 must be a child of the root');
	}
	return { quoteL1: rootId, quoteL2: childId ?? null };
}

/** A message only some people see for a moment: answered as usual, kept and pushed nowhere. */
export function sendEphemeral(
	world: FanbookState,
	posting: EventPublisher,
	channel: Channel,
	parameters: Parameters,
): unknown {
	const users = parameters.texts('users');
	if (users.length === 0) throw createError('parameter', 'ephemeral needs users');
	if (!users.includes('all')) for (const id of users) world.user(id);
	const content = composeContent(parameters.text('text'), parameters.optionalText('parse_mode'));
	const draft = { channel, userId: world.botId, content };
	const message = posting.storeMessage(draft, world.ids.next(), world.clock.now());
	const shape = renderMessage(world, message);
	world.removeMessage(message);
	return shape;
}

/** Puts a text into the community notifications of some users. */
export function createNotification(
	world: FanbookState,
	serverId: string,
	users: string[],
	text: string,
): Notification {
	const server = world.botServer(serverId);
	for (const id of users) world.member(server, id);
	const notification: Notification = {
		id: world.ids.next(),
		serverId,
		users,
		content: createTextContent(text),
		time: world.clock.now(),
		recalled: false,
	};
	world.notifications.set(notification.id, notification);
	return notification;
}

/** Only who wrote a message may change it. */
export function requireOwnMessage(world: FanbookState, message: Message): void {
	if (message.userId !== world.botId) throw createError('noPermission', 'not your message');
}
