import type { JsonObject } from '../core/json';
import {
	readContentType,
	findMentionedRoles,
	findMentionedUsers,
	createPreview,
	readContent,
} from './content';
import type { Gateway } from './gateway';
import { CHANNEL_TYPE, type Channel, type Message, type User } from './model';
import { renderGatewayMessage, renderMessage, renderUser } from './render';
import type { UpdateKind, UpdateQueue } from './updateQueue';
import type { FanbookState } from './state';

/** A message that is about to be posted. */
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
	/** 6 marks a join message. */
	kind?: number;
}

/** Puts messages and events into the world and tells those who listen. */
export class EventPublisher {
	constructor(
		private readonly world: FanbookState,
		private readonly gateway: Gateway,
		private readonly updates: UpdateQueue,
	) {}

	/** Makes a message of a draft without telling anyone; for sample data. */
	storeMessage(draft: MessageDraft, id: string, time: number): Message {
		const text = readContent(draft.content).text;
		const written = typeof text === 'string' ? text : '';
		const message: Message = {
			id,
			channelId: draft.channel.id,
			serverId: draft.channel.serverId,
			userId: draft.userId,
			content: draft.content,
			desc: draft.desc ?? createPreview(draft.content),
			time,
			quoteL1: draft.quoteL1 ?? null,
			quoteL2: draft.quoteL2 ?? null,
			nonce: draft.nonce ?? id,
			mentions: draft.mentions ?? findMentionedUsers(written),
			mentionRoles: draft.mentionRoles ?? findMentionedRoles(written),
			reactions: [],
			pinned: false,
			recalledBy: null,
			replyMarkup: draft.replyMarkup ?? null,
			unreactive: draft.unreactive ?? false,
			editedAt: null,
			slots: new Map(),
			kind: draft.kind ?? null,
		};
		this.world.addMessage(message);
		return message;
	}

	/** Posts a message: it is stored, pushed to the gateway and queued where it belongs. */
	postMessage(draft: MessageDraft): Message {
		const message = this.storeMessage(draft, this.world.ids.next(), this.world.clock.now());
		this.pushChannelEvent(draft.channel, 'push', renderGatewayMessage(this.world, message));
		const isForeign = message.userId !== this.world.botId;
		if (isForeign && this.world.canBotView(draft.channel)) this.queueMessage(message);
		return message;
	}

	/** Pushes an event of a channel, if the bot is there to hear it. */
	pushChannelEvent(channel: Channel, action: string, data: Record<string, unknown>): void {
		if (this.world.canBotView(channel)) this.pushEvent(action, data);
	}

	/** Pushes an event that belongs to no channel. */
	pushEvent(action: string, data: Record<string, unknown>): void {
		this.gateway.push(action, data);
	}

	/** Queues an update; `other` and `circle` ones only with the full-message switch on. */
	queueUpdate(kind: UpdateKind, update: Record<string, unknown>, id?: number): void {
		const needsSwitch = kind === 'other' || kind === 'circle';
		if (!needsSwitch || this.world.settings.fullMessages) this.updates.add(kind, update, id);
	}

	/** The number of an update that is told elsewhere before it is queued. */
	nextUpdateId(): number {
		return this.updates.nextId();
	}

	/** A message-like update about something that happened in a channel. */
	queueChannelEvent(
		kind: UpdateKind,
		channel: Channel,
		user: User,
		event: Record<string, unknown>,
		id = this.world.ids.next(),
	): void {
		if (!this.world.canBotView(channel)) return;
		const { id: chatId, serverId, type } = channel;
		const chat = { id: BigInt(chatId), guild_id: BigInt(serverId ?? 0), channel_type: type };
		const place = { chat: { ...chat, type: 'channel' }, from: renderUser(user) };
		const date = this.world.clock.now();
		this.queueUpdate(kind, { channel_post: { message_id: BigInt(id), date, ...place, ...event } });
	}

	private queueMessage(message: Message): void {
		const shape = renderMessage(this.world, message);
		const mentionsBot = message.mentions.includes(this.world.botId);
		const kind: UpdateKind = mentionsBot ? 'mention' : 'other';
		const isPrivate = this.world.channels.get(message.channelId)?.type === CHANNEL_TYPE.private;
		const post = { ...shape, ...this.queuedContent(message) };
		this.queueUpdate(kind, isPrivate ? { message: post } : { channel_post: post });
	}

	/** The member that tells an update's kind: bare text, or an object named after the kind. */
	private queuedContent(message: Message): Record<string, unknown> {
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
			default:
				return {};
		}
	}
}
