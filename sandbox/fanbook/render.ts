/* The objects of the bot API. Ids are numbers in some of them and strings in others. */
import { digits } from '../core/json';
import { readContent } from './content';
import {
	CHANNEL_TYPE,
	type Channel,
	type Member,
	type Message,
	type Role,
	type Server,
	type User,
} from './model';
import { compareIds } from './ids';
import type { FanbookState } from './state';

type Rendered = Record<string, unknown>;

/** Renders a User; ids are numbers. */
export function renderUser(user: User, serverName?: string | null): Rendered {
	return {
		id: digits(user.id),
		is_bot: user.bot,
		first_name: serverName ?? user.nickname,
		username: user.username,
		avatar: user.avatar,
	};
}

/** Renders a Chat; ids are numbers, and 0 is the server id of a chat outside servers. */
export function renderChat(channel: Channel): Rendered {
	const isPrivate = channel.type === CHANNEL_TYPE.private;
	return {
		id: digits(channel.id),
		guild_id: digits(channel.serverId ?? '0'),
		type: isPrivate ? 'private' : channel.serverId === null ? 'group' : 'channel',
		channel_type: channel.type,
		...(channel.name === '' ? {} : { title: channel.name }),
	};
}

/** Renders a Message of the bot API; ids are numbers, and `text` is the content as JSON text. */
export function renderMessage(state: FanbookState, message: Message, withReply = true): Rendered {
	const reply = state.messages.get(message.quoteL2 ?? message.quoteL1 ?? '');
	return {
		message_id: digits(message.id),
		date: message.time,
		chat: renderChat(getChannel(state, message)),
		from: renderUser(
			state.user(message.userId),
			state.displayName(message.userId, message.serverId),
		),
		reply_to_message: reply && withReply ? renderMessage(state, reply, false) : null,
		text: message.content,
		entities: [],
		...(message.replyMarkup === null ? {} : { reply_markup: message.replyMarkup }),
		...(message.editedAt === null ? {} : { edit_date: message.editedAt }),
	};
}

function getChannel(state: FanbookState, message: Message): Channel {
	const channel = state.channels.get(message.channelId);
	if (!channel) throw new TypeError(`message ${message.id} has no channel`);
	return channel;
}

function renderAuthor(user: User): Rendered {
	return {
		nickname: user.nickname,
		username: user.username,
		avatar: user.avatar,
		avatar_nft: null,
		bot: user.bot,
	};
}

function renderMessageMember(state: FanbookState, message: Message): Rendered | undefined {
	if (message.serverId === null) return undefined;
	const member = state.servers.get(message.serverId)?.members.get(message.userId);
	return { nick: member?.nick ?? null, roles: member?.roles ?? [], guild_card: null };
}

function renderMentions(state: FanbookState, message: Message): Rendered[] {
	return message.mentions.map((id) => ({
		user_id: id,
		nickname: state.displayName(id, message.serverId),
	}));
}

/** Renders a message of message/getList; ids are strings. A join has `order` instead of `index`. */
export function renderHistoryMessage(state: FanbookState, message: Message): Rendered {
	const { index, ...content } = readContent(message.content);
	const isJoin = content.type === 'newJoin';
	return {
		channel_id: message.channelId,
		message_id: message.id,
		content: isJoin ? JSON.stringify({ ...content, order: Number(index) }) : message.content,
		user_id: message.userId,
		quote_l1: message.quoteL1,
		quote_l2: message.quoteL2,
		guild_id: message.serverId ?? '0',
		reactions: message.reactions.map(({ name, avatar, userIds }) => ({
			name,
			avatar,
			count: userIds.length,
			me: userIds.includes(state.botId),
		})),
		recall: message.recalledBy,
		pin: message.pinned ? '1' : '0',
		nonce: message.nonce,
		mentions: message.mentions.length > 0 ? renderMentions(state, message) : null,
		mention_roles: message.mentionRoles.length > 0 ? message.mentionRoles : null,
		mention_everyone: null,
		reply_markup: message.replyMarkup,
		message_card: null,
		deleted_user: null,
		deleted: null,
		extra_data: null,
		time: message.time,
		recalled: message.recalledBy === null ? 0 : 1,
		author: renderAuthor(state.user(message.userId)),
		member: renderMessageMember(state, message) ?? { nick: null, roles: [], guild_card: null },
	};
}

/** Renders a message of the gateway; ids are strings, private chats have no `member`. */
export function renderGatewayMessage(state: FanbookState, message: Message): Rendered {
	const { contentType } = readContent(message.content);
	const member = renderMessageMember(state, message);
	return {
		content: message.content,
		time: message.time,
		user_id: message.userId,
		channel_id: message.channelId,
		message_id: message.id,
		quote_l1: message.quoteL1,
		quote_l2: message.quoteL2,
		guild_id: message.serverId,
		channel_type: getChannel(state, message).type,
		status: 0,
		nonce: message.nonce,
		ctype: contentType ?? null,
		...(message.mentions.length > 0 ? { mentions: renderMentions(state, message) } : {}),
		...(member ? { member } : {}),
		author: renderAuthor(state.user(message.userId)),
		desc: message.desc,
		...(message.messageType === null ? {} : { msg_type: message.messageType }),
	};
}

/** Renders a GuildRole; ids are numbers. */
export function renderRole(server: Server, role: Role): Rendered {
	const isEveryone = role.id === server.id;
	const holders = [...server.members.values()].filter(({ roles }) => roles.includes(role.id));
	return {
		id: digits(role.id),
		name: role.name,
		position: role.position,
		permissions: role.permissions,
		color: role.color,
		mentionable: role.mentionable,
		hoist: role.hoist,
		member_count: isEveryone ? server.members.size : holders.length,
		managed: role.botId !== null,
		...(role.botId === null ? {} : { tag: { bot_id: role.botId } }),
	};
}

/** Renders a ChatMember; ids are numbers. */
export function renderChatMember(state: FanbookState, server: Server, member: Member): Rendered {
	const isOwner = server.ownerId === member.userId;
	return {
		user: renderUser(state.user(member.userId), member.nick),
		status: isOwner ? 'creator' : 'member',
		roles: server.roles
			.filter(({ id }) => member.roles.includes(id))
			.map((role) => renderRole(server, role)),
	};
}

/** Renders a channel of channel/list; ids are strings, permission bits are numbers. */
export function renderChannel(channel: Channel): Rendered {
	return {
		channel_id: channel.id,
		guild_id: channel.serverId ?? '0',
		name: channel.name,
		type: channel.type,
		user_limit: channel.type === CHANNEL_TYPE.voice ? 10 : -1,
		topic: channel.topic,
		icon: channel.icon,
		parent_id: channel.parentId ?? '',
		permission_overwrites: channel.overwrites.map(({ id, kind, allow, deny }) => ({
			id,
			action_type: kind,
			allows: allow,
			deny,
		})),
		...(channel.link === '' ? {} : { link: channel.link }),
		...(channel.ownerId === null ? {} : { owner_id: channel.ownerId }),
	};
}

/** Renders a Guild; ids are strings. */
export function renderServer(state: FanbookState, server: Server): Rendered {
	const channels = [...state.channels.values()].filter(({ serverId }) => serverId === server.id);
	const bot = server.members.get(state.botId);
	return {
		guild_id: server.id,
		name: server.name,
		icon: server.icon,
		banner: '',
		description: server.description,
		owner_id: server.ownerId,
		system_channel_id: server.systemChannelId,
		userRoles: bot?.roles ?? [],
		channels: channels.sort(compareIds).map(renderChannel),
		roles: server.roles.map(({ id, name, permissions, hoist, color, position }) => ({
			id,
			name,
			permissions,
			hoist,
			color,
			position,
		})),
		emojis: renderEmojis(server),
		user_pending: false,
		memberNum: server.members.size,
	};
}

export function renderEmojis(server: Server): Rendered[] {
	return server.emojis.map(({ name, avatar, position }) => ({
		name,
		avatar,
		w: 128,
		h: 128,
		position,
		user: server.ownerId,
	}));
}
