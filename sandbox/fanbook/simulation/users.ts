import { digits, writeJson, type JsonObject } from '../../core/json';
import { createTextContent } from '../content';
import { createError } from '../errors';
import type { Member, Message, Reaction, User } from '../model';
import { hasPermission } from '../permissions';
import type { EventPublisher } from '../eventPublisher';
import { renderUser } from '../render';
import type { FanbookState } from '../state';

export interface SayOptions {
	/** The message being answered: a root or a child. */
	replyTo?: string;
	replyMarkup?: JsonObject;
}

/** What the people of the servers do; each thing is stored, pushed and queued as in real life. */
export class UserSimulation {
	constructor(
		private readonly world: FanbookState,
		private readonly posting: EventPublisher,
	) {}

	/** A user known by nickname; made when there is none. */
	findOrCreate(nickname: string): User {
		const known = [...this.world.users.values()].find((user) => user.nickname === nickname);
		if (known) return known;
		const user: User = {
			id: this.world.ids.next(),
			username: String(2_000_000 + this.world.users.size),
			nickname,
			avatar: 'https://cdn.example.com/avatar/new.png',
			bot: false,
			verified: false,
			closedPrivate: false,
			blocksBot: false,
		};
		this.world.users.set(user.id, user);
		return user;
	}

	/**
	 * Someone says something: a text, or a content object with a `type`. Mentions are read from
	 * the text's markup.
	 */
	say(
		channelId: string,
		userId: string,
		what: string | JsonObject,
		options: SayOptions = {},
	): Message {
		const channel = this.world.channels.get(channelId);
		if (!channel) throw createError('noChannel', channelId);
		this.world.user(userId);
		if (channel.serverId === null) {
			if (!channel.people.includes(userId)) throw createError('noPermission', 'not in this chat');
		} else {
			const server = this.world.server(channel.serverId);
			const member = this.world.member(server, userId);
			if (member.mutedUntil > this.world.clock.now()) throw createError('noPermission', 'muted');
			if (!hasPermission(server, userId, 'SEND_MESSAGES', channel))
				throw createError('noPermission');
		}
		const answered =
			options.replyTo === undefined ? null : this.world.message(channelId, options.replyTo);
		return this.posting.postMessage({
			channel,
			userId,
			content: typeof what === 'string' ? createTextContent(what) : writeJson(what),
			quoteL1: answered && (answered.quoteL1 ?? answered.id),
			quoteL2: answered?.quoteL1 ? answered.id : null,
			replyMarkup: options.replyMarkup ?? null,
		});
	}

	/** Someone writes to the bot in private. */
	whisper(userId: string, what: string | JsonObject): Message {
		return this.say(this.world.privateChat(userId, this.world.botId).id, userId, what);
	}

	/** The sender takes a message back; it stays in the history, marked. */
	recall(messageId: string, userId: string): void {
		const message = this.world.messages.get(messageId);
		if (!message) throw createError('parameter', `message ${messageId} does not exist`);
		message.recalledBy = userId;
	}

	/** Someone joins a server; the join is announced in its system channel. */
	join(serverId: string, userId: string, inviteCode?: string): Member {
		const server = this.world.server(serverId);
		const user = this.world.user(userId);
		const known = server.members.get(userId);
		if (known) return known;
		const member: Member = {
			userId,
			nick: null,
			roles: [],
			joinedAt: this.world.clock.now(),
			mutedUntil: 0,
			credits: new Map(),
		};
		server.members.set(userId, member);
		server.joined += 1;
		const channel = this.world.channels.get(server.systemChannelId);
		if (channel && server.members.has(this.world.botId)) {
			const content = {
				user_id: userId,
				type: 'newJoin',
				message_id: this.world.ids.next(),
				...(inviteCode === undefined ? {} : { code: inviteCode }),
				index: server.joined,
			};
			this.posting.pushEvent('guildNotice', {
				method: 'userJoin',
				guild_id: serverId,
				user_id: userId,
			});
			const message = this.posting.postMessage({
				channel,
				userId,
				content: writeJson(content),
				kind: 6,
			});
			const event = { new_join_members: [renderUser(user)] };
			this.posting.queueChannelEvent('join', channel, user, event, message.id);
		}
		return member;
	}

	/** Someone leaves a server, or is removed from it. */
	leave(serverId: string, userId: string): void {
		const server = this.world.server(serverId);
		this.world.member(server, userId);
		const isHeard = server.members.has(this.world.botId);
		server.members.delete(userId);
		if (isHeard) {
			this.posting.pushEvent('guildNotice', {
				method: 'userQuit',
				guild_id: serverId,
				user_id: userId,
			});
		}
	}

	/** Someone reacts to a message with a built-in emoji (its plain name). */
	react(messageId: string, userId: string, emoji: string): void {
		const message = this.world.messages.get(messageId);
		if (!message) throw createError('parameter', `message ${messageId} does not exist`);
		this.addReaction(message, userId, encodeURIComponent(emoji), '');
	}

	/** Adds a reaction under its encoded name, or a picture, and tells everyone. */
	addReaction(message: Message, userId: string, name: string, avatar: string): void {
		const same = (item: Reaction): boolean => item.name === name && item.avatar === avatar;
		let reaction = message.reactions.find(same);
		if (!reaction) {
			reaction = { name, avatar, userIds: [] };
			message.reactions.push(reaction);
		}
		if (reaction.userIds.includes(userId)) return;
		reaction.userIds.push(userId);
		const count = reaction.userIds.length;
		const emoji = { name, avatar, count };
		const content = { type: 'reaction', action: 'add', id: message.id, emoji, text: '' };
		const channel = this.world.channels.get(message.channelId);
		if (!channel) return;
		this.posting.pushChannelEvent(channel, 'push', {
			content: writeJson(content),
			time: this.world.clock.now(),
			user_id: userId,
			channel_id: message.channelId,
			message_id: this.world.ids.next(),
			quote_l1: null,
			quote_l2: null,
			guild_id: message.serverId,
			channel_type: channel.type,
			status: 0,
			nonce: this.world.ids.next(),
			ctype: null,
			desc: '',
		});
		if (userId !== this.world.botId) {
			const event = {
				reaction: {
					reaction_to_message: { message_id: digits(message.id) },
					action: 'add',
					emoji: name,
				},
			};
			this.posting.queueChannelEvent('other', channel, this.world.user(userId), event);
		}
	}

	/** Someone clicks a button of an inline keyboard; returns the callback's id. */
	clickButton(messageId: string, userId: string, data: string): string {
		const message = this.world.messages.get(messageId);
		if (!message) throw createError('parameter', `message ${messageId} does not exist`);
		const rows = writeJson(message.replyMarkup);
		if (!rows.includes(`"callback_data":${writeJson(data)}`)) {
			throw createError('parameter', `message ${messageId} has no button ${data}`);
		}
		const user = this.world.user(userId);
		const id = this.world.ids.next();
		const { channelId } = message;
		this.world.callbacks.set(id, { id, userId, channelId, messageId, data, answer: null });
		const updateId = this.posting.nextUpdateId();
		const callback = { id, from: renderUser(user), data, inline_message_id: messageId };
		// The server numbers the event itself; the clicked message is inline_message_id.
		this.posting.pushEvent('miniPush', {
			channel_id: channelId,
			user_id: userId,
			message_id: this.world.ids.next(),
			content: writeJson({ type: 'update', update_id: updateId, callback_query: callback }),
		});
		this.posting.queueUpdate('callback', { callback_query: callback }, updateId);
		return id;
	}

	/** Someone clicks a slot of a message card. Only the update queue hears of it. */
	clickCard(messageId: string, userId: string, key: string): void {
		const message = this.world.messages.get(messageId);
		const channel = message && this.world.channels.get(message.channelId);
		if (!message || !channel) throw createError('parameter', `message ${messageId} does not exist`);
		const holders = message.slots.get(key) ?? [];
		message.slots.set(key, [...holders.filter((id) => id !== userId), userId]);
		// The members of this object are not known; these say what happened.
		const operation = { key, user_id: userId, message_id: messageId, operation: 'click' };
		const event = { interaction_message_card_operation: operation };
		this.posting.queueChannelEvent('other', channel, this.world.user(userId), event);
	}
}
