/* Changes of the state that bot methods and simulated users share, with the events they cause. */
import { digits, writeJson } from '../core/json';
import { createTextContent } from './content';
import type { EventPublisher } from './eventPublisher';
import type { Member, Message, Notification, Reaction } from './model';
import { renderUser } from './render';
import type { FanbookState } from './state';

export interface MutationContext {
	state: FanbookState;
	publisher: EventPublisher;
}

/** Adds a user to a server and announces the join in its system channel. */
export function addMember(
	{ state, publisher }: MutationContext,
	{ serverId, userId, inviteCode }: { serverId: string; userId: string; inviteCode?: string },
): Member {
	const server = state.server(serverId);
	const user = state.user(userId);
	const existing = server.members.get(userId);
	if (existing) return existing;
	const member: Member = {
		userId,
		nick: null,
		roles: [],
		joinedAt: state.clock.now(),
		mutedUntil: 0,
		credits: new Map(),
	};
	server.members.set(userId, member);
	server.joined += 1;
	const channel = state.channels.get(server.systemChannelId);
	if (channel && server.members.has(state.botId)) {
		const content = {
			user_id: userId,
			type: 'newJoin',
			message_id: state.ids.next(),
			...(inviteCode === undefined ? {} : { code: inviteCode }),
			index: server.joined,
		};
		publisher.pushEvent('guildNotice', { method: 'userJoin', guild_id: serverId, user_id: userId });
		const message = publisher.postMessage({
			channel,
			userId,
			content: writeJson(content),
			messageType: 6,
		});
		const event = { new_join_members: [renderUser(user)] };
		publisher.queueChannelEvent('join', { channel, user, id: message.id }, event);
	}
	return member;
}

/** Removes a user from a server. */
export function removeMember(
	{ state, publisher }: MutationContext,
	serverId: string,
	userId: string,
): void {
	const server = state.server(serverId);
	state.member(server, userId);
	const isBotMember = server.members.has(state.botId);
	server.members.delete(userId);
	if (isBotMember) {
		publisher.pushEvent('guildNotice', { method: 'userQuit', guild_id: serverId, user_id: userId });
	}
}

/** Adds a reaction (percent-encoded name, or the address of a picture). A second one is ignored. */
export function addReaction(
	{ state, publisher }: MutationContext,
	message: Message,
	userId: string,
	{ name, avatar }: Pick<Reaction, 'name' | 'avatar'>,
): void {
	const isSame = (item: Reaction): boolean => item.name === name && item.avatar === avatar;
	let reaction = message.reactions.find(isSame);
	if (!reaction) {
		reaction = { name, avatar, userIds: [] };
		message.reactions.push(reaction);
	}
	if (reaction.userIds.includes(userId)) return;
	reaction.userIds.push(userId);
	const channel = state.channels.get(message.channelId);
	if (!channel) return;
	const emoji = { name, avatar, count: reaction.userIds.length };
	const content = { type: 'reaction', action: 'add', id: message.id, emoji, text: '' };
	publisher.pushChannelEvent(channel, 'push', {
		content: writeJson(content),
		time: state.clock.now(),
		user_id: userId,
		channel_id: message.channelId,
		message_id: state.ids.next(),
		quote_l1: null,
		quote_l2: null,
		guild_id: message.serverId,
		channel_type: channel.type,
		status: 0,
		nonce: state.ids.next(),
		ctype: null,
		desc: '',
	});
	if (userId === state.botId) return;
	const event = {
		reaction: {
			reaction_to_message: { message_id: digits(message.id) },
			action: 'add',
			emoji: name,
		},
	};
	publisher.queueChannelEvent('other', { channel, user: state.user(userId) }, event);
}

/** Adds a user to a slot of a card. How cards declare slots is unknown, so any key is a slot. */
export function addToSlot(message: Message, key: string, userId: string): void {
	const users = message.slots.get(key) ?? [];
	if (!users.includes(userId)) message.slots.set(key, [...users, userId]);
}

/** Adds a text to the community notifications of some members. */
export function createNotification(
	state: FanbookState,
	{ serverId, users, text }: { serverId: string; users: string[]; text: string },
): Notification {
	const server = state.botServer(serverId);
	for (const id of users) state.member(server, id);
	const notification: Notification = {
		id: state.ids.next(),
		serverId,
		users,
		content: createTextContent(text),
		time: state.clock.now(),
		recalled: false,
	};
	state.notifications.set(notification.id, notification);
	return notification;
}
