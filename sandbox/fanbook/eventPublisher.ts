import type { JsonObject } from '../core/json';
import {
	createPreview,
	findMentionedRoles,
	findMentionedUsers,
	readContent,
	readContentType,
} from './content';
import type { Gateway } from './gateway';
import { CHANNEL_TYPE, type Channel, type Message, type User } from './model';
import { renderGatewayMessage, renderMessage, renderUser } from './render';
import type { FanbookState } from './state';
import type { UpdateKind, UpdateQueue } from './updateQueue';

export interface MessageDraft {
	channel: Channel;
	userId: string;
	content: string;
	desc?: string;
	quoteL1?: string | null;
	quoteL2?: string | null;
	mentions?: string[];
	mentionRoles?: string[];
	replyMarkup?: JsonObject | null;
	unreactive?: boolean;
	nonce?: string;
	/** The wire's `msg_type`; 6 is a join message. */
	messageType?: number;
}

/** Where and by whom something happened. */
export interface ChannelEventSource {
	channel: Channel;
	user: User;
	/** The message id of the update; a new one by default. */
	id?: string;
}

/** Stores messages and publishes events to the gateway and the update queue. */
export class EventPublisher {
	constructor(
		private readonly state: FanbookState,
		private readonly gateway: Gateway,
		private readonly updates: UpdateQueue,
	) {}

	/** Stores a message without publishing it; for sample data. */
	storeMessage(draft: MessageDraft, id: string, time: number): Message {
		const content = readContent(draft.content);
		const markup = typeof content.text === 'string' ? content.text : '';
		const message: Message = {
			id,
			channelId: draft.channel.id,
			serverId: draft.channel.serverId,
			userId: draft.userId,
			content: draft.content,
			desc: draft.desc ?? createPreview(content),
			time,
			quoteL1: draft.quoteL1 ?? null,
			quoteL2: draft.quoteL2 ?? null,
			nonce: draft.nonce ?? id,
			mentions: draft.mentions ?? findMentionedUsers(markup),
			mentionRoles: draft.mentionRoles ?? findMentionedRoles(markup),
			reactions: [],
			pinned: false,
			recalledBy: null,
			replyMarkup: draft.replyMarkup ?? null,
			unreactive: draft.unreactive ?? false,
			editedAt: null,
			slots: new Map(),
			messageType: draft.messageType ?? null,
		};
		this.state.addMessage(message);
		return message;
	}

	/** Stores a message, pushes it to the gateway and queues it as an update. */
	postMessage(draft: MessageDraft): Message {
		const message = this.storeMessage(draft, this.state.ids.next(), this.state.clock.now());
		this.pushChannelEvent(draft.channel, 'push', renderGatewayMessage(this.state, message));
		const isOwn = message.userId === this.state.botId;
		if (!isOwn && this.state.canBotView(draft.channel)) this.queueMessage(message);
		return message;
	}

	/** Pushes an event of a channel if the bot can view the channel. */
	pushChannelEvent(channel: Channel, action: string, data: Record<string, unknown>): void {
		if (this.state.canBotView(channel)) this.pushEvent(action, data);
	}

	/** Pushes an event that belongs to no channel. */
	pushEvent(action: string, data: Record<string, unknown>): void {
		this.gateway.push(action, data);
	}

	/** Queues an update; kinds `other` and `circle` only if the bot receives all messages. */
	queueUpdate(kind: UpdateKind, update: Record<string, unknown>, id?: number): void {
		const needsFullMessages = kind === 'other' || kind === 'circle';
		if (!needsFullMessages || this.state.settings.fullMessages) {
			this.updates.add(kind, update, id);
		}
	}

	/** Returns the id of the next update, for events that contain it. */
	nextUpdateId(): number {
		return this.updates.nextId();
	}

	/** Queues an update in the form of a message about something that happened in a channel. */
	queueChannelEvent(
		kind: UpdateKind,
		{ channel, user, id = this.state.ids.next() }: ChannelEventSource,
		event: Record<string, unknown>,
	): void {
		if (!this.state.canBotView(channel)) return;
		const { id: chatId, serverId, type } = channel;
		const chat = { id: BigInt(chatId), guild_id: BigInt(serverId ?? 0), channel_type: type };
		this.queueUpdate(kind, {
			channel_post: {
				message_id: BigInt(id),
				date: this.state.clock.now(),
				chat: { ...chat, type: 'channel' },
				from: renderUser(user),
				...event,
			},
		});
	}

	/** Queues a changed message. */
	queueEdit(message: Message): void {
		const name = this.isPrivate(message) ? 'edited_message' : 'edited_channel_post';
		this.queueUpdate('other', { [name]: this.renderQueuedMessage(message) });
	}

	private queueMessage(message: Message): void {
		const mentionsBot = message.mentions.includes(this.state.botId);
		const name = this.isPrivate(message) ? 'message' : 'channel_post';
		const update = { [name]: this.renderQueuedMessage(message) };
		this.queueUpdate(mentionsBot ? 'mention' : 'other', update);
	}

	private isPrivate({ channelId }: Message): boolean {
		return this.state.channels.get(channelId)?.type === CHANNEL_TYPE.private;
	}

	private renderQueuedMessage(message: Message): Record<string, unknown> {
		return { ...renderMessage(this.state, message), ...this.renderQueuedContent(message) };
	}

	/** Returns the member that identifies the kind of an update: `text`, or an object. */
	private renderQueuedContent(message: Message): Record<string, unknown> {
		const content = readContent(message.content);
		switch (readContentType(message.content)) {
			case 'text':
				return { text: content.text };
			case 'image':
				return { text: undefined, photo: [content] };
			case 'voice':
				return { text: undefined, voice: content };
			case 'video':
				return { text: undefined, video: content };
			case 'richText':
				return { text: undefined, rich_text: content };
			case 'circleShareEntity':
				return { text: undefined, circle_share_entity: content.data };
			case 'topicShare':
				return { text: undefined, topic_share: content };
			default:
				return {};
		}
	}
}
