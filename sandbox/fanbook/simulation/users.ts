import { writeJson, type JsonObject } from '../../core/json';
import { createPreview, createTextContent, readContent } from '../content';
import { createError } from '../errors';
import type { EventPublisher } from '../eventPublisher';
import type { Member, Message, User } from '../model';
import { addMember, addReaction, addToSlot, removeMember } from '../mutations';
import { hasPermission } from '../permissions';
import { renderUser } from '../render';
import type { FanbookState } from '../state';

export interface SayOptions {
	/** The message to reply to: a root message or a reply. */
	replyTo?: string;
	replyMarkup?: JsonObject;
}

/** Simulates the members of servers. Each action is stored, pushed and queued as in the service. */
export class UserSimulation {
	constructor(
		readonly state: FanbookState,
		readonly publisher: EventPublisher,
	) {}

	/** Returns the user with a nickname; creates one if there is none. */
	findOrCreate(nickname: string): User {
		const existing = [...this.state.users.values()].find((user) => user.nickname === nickname);
		if (existing) return existing;
		const user: User = {
			id: this.state.ids.next(),
			username: String(2_000_000 + this.state.users.size),
			nickname,
			avatar: 'https://cdn.example.com/avatar/new.png',
			bot: false,
			verified: false,
			closedPrivateMessages: false,
			blocksBot: false,
		};
		this.state.users.set(user.id, user);
		return user;
	}

	/**
	 * Sends a message as a user: a text, or a content object with a `type`. Mentions are read from
	 * the markup of the text.
	 */
	say(
		channelId: string,
		userId: string,
		content: string | JsonObject,
		options: SayOptions = {},
	): Message {
		const channel = this.state.channels.get(channelId);
		if (!channel) throw createError('noChannel', channelId);
		this.state.user(userId);
		if (channel.serverId === null) {
			if (!channel.participants.includes(userId)) {
				throw createError('noPermission', 'not in this chat');
			}
		} else {
			const server = this.state.server(channel.serverId);
			const member = this.state.member(server, userId);
			if (member.mutedUntil > this.state.clock.now()) throw createError('noPermission', 'muted');
			if (!hasPermission(server, { userId, permission: 'SEND_MESSAGES', channel })) {
				throw createError('noPermission');
			}
		}
		const parent =
			options.replyTo === undefined ? null : this.state.message(channelId, options.replyTo);
		return this.publisher.postMessage({
			channel,
			userId,
			content: typeof content === 'string' ? createTextContent(content) : writeJson(content),
			quoteL1: parent && (parent.quoteL1 ?? parent.id),
			quoteL2: parent?.quoteL1 ? parent.id : null,
			replyMarkup: options.replyMarkup ?? null,
		});
	}

	/** Sends a private message to the bot. */
	whisper(userId: string, content: string | JsonObject): Message {
		return this.say(this.state.privateChat(userId, this.state.botId).id, userId, content);
	}

	/** Changes a message. Only the update queue receives this event. */
	edit(messageId: string, userId: string, content: string | JsonObject): Message {
		const message = this.findMessage(messageId);
		if (message.userId !== userId) throw createError('noPermission', 'not your message');
		message.content = typeof content === 'string' ? createTextContent(content) : writeJson(content);
		message.desc = createPreview(readContent(message.content));
		message.editedAt = this.state.clock.now();
		this.publisher.queueEdit(message);
		return message;
	}

	/**
	 * Sends a document. Only the update queue receives it: the gateway has no content type for
	 * documents, and the members of the object are unknown.
	 */
	sendDocument(channelId: string, userId: string, document: JsonObject): void {
		const channel = this.state.channels.get(channelId);
		if (!channel) throw createError('noChannel', channelId);
		const source = { channel, user: this.state.user(userId) };
		this.publisher.queueChannelEvent('other', source, { document });
	}

	/** Goes online or offline. Only the update queue receives this event. */
	setOnline(serverId: string, userId: string, isOnline: boolean): void {
		const server = this.state.server(serverId);
		const user = this.state.user(this.state.member(server, userId).userId);
		const channel = this.state.channels.get(server.systemChannelId);
		if (!channel) throw createError('noChannel', server.systemChannelId);
		const name = isOnline ? 'chat_members_online' : 'chat_members_offline';
		this.publisher.queueChannelEvent('other', { channel, user }, { [name]: [renderUser(user)] });
	}

	/** Recalls a message. It stays in the history, marked as recalled. */
	recall(messageId: string, userId: string): void {
		this.findMessage(messageId).recalledBy = userId;
	}

	join(serverId: string, userId: string, inviteCode?: string): Member {
		return addMember(this, { serverId, userId, inviteCode });
	}

	leave(serverId: string, userId: string): void {
		removeMember(this, serverId, userId);
	}

	/** Reacts to a message with a built-in emoji (its name, not encoded). */
	react(messageId: string, userId: string, emoji: string): void {
		const reaction = { name: encodeURIComponent(emoji), avatar: '' };
		addReaction(this, this.findMessage(messageId), userId, reaction);
	}

	/** Clicks a button of an inline keyboard and returns the id of the callback. */
	clickButton(messageId: string, userId: string, data: string): string {
		const message = this.findMessage(messageId);
		const rows = writeJson(message.replyMarkup);
		if (!rows.includes(`"callback_data":${writeJson(data)}`)) {
			throw createError('parameter', `message ${messageId} has no button ${data}`);
		}
		const user = this.state.user(userId);
		const id = this.state.ids.next();
		const { channelId } = message;
		this.state.callbacks.set(id, { id, userId, channelId, messageId, data, answer: null });
		const updateId = this.publisher.nextUpdateId();
		const callback = { id, from: renderUser(user), data, inline_message_id: messageId };
		// The event has a message id of its own; the clicked message is inline_message_id.
		this.publisher.pushEvent('miniPush', {
			channel_id: channelId,
			user_id: userId,
			message_id: this.state.ids.next(),
			content: writeJson({ type: 'update', update_id: updateId, callback_query: callback }),
		});
		this.publisher.queueUpdate('callback', { callback_query: callback }, updateId);
		return id;
	}

	/** Clicks a slot of a message card. Only the update queue receives this event. */
	clickCard(messageId: string, userId: string, key: string): void {
		const message = this.findMessage(messageId);
		const channel = this.state.channels.get(message.channelId);
		if (!channel) throw createError('noChannel', message.channelId);
		addToSlot(message, key, userId);
		// The members of this object are unknown; these describe the click.
		const operation = { key, user_id: userId, message_id: messageId, operation: 'click' };
		const event = { interaction_message_card_operation: operation };
		this.publisher.queueChannelEvent('other', { channel, user: this.state.user(userId) }, event);
	}

	private findMessage(id: string): Message {
		const message = this.state.messages.get(id);
		if (!message) throw createError('parameter', `message ${id} does not exist`);
		return message;
	}
}
