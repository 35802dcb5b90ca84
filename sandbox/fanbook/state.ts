import type { Clock } from '../core/clock';
import { createError } from './errors';
import type {
	Callback,
	Channel,
	Member,
	Message,
	Notification,
	Post,
	Role,
	Server,
	TaskNotification,
	User,
} from './model';
import { CHANNEL_TYPE } from './model';
import { hasPermission, type PermissionName } from './permissions';
import { DEFAULT_SETTINGS, type FanbookSettings } from './settings';
import { isNewer, SnowflakeGenerator } from './ids';

/** The stored data of the sandbox. Look-ups throw Fanbook's errors. */
export class FanbookState {
	settings: FanbookSettings = { ...DEFAULT_SETTINGS };
	botId = '';
	readonly users = new Map<string, User>();
	readonly servers = new Map<string, Server>();
	readonly channels = new Map<string, Channel>();
	readonly messages = new Map<string, Message>();
	readonly posts = new Map<string, Post>();
	readonly notifications = new Map<string, Notification>();
	readonly tasks: TaskNotification[] = [];
	readonly callbacks = new Map<string, Callback>();
	readonly ids: SnowflakeGenerator;
	private readonly histories = new Map<string, Message[]>();

	constructor(readonly clock: Clock) {
		this.ids = new SnowflakeGenerator(clock);
	}

	clear(): void {
		this.settings = { ...DEFAULT_SETTINGS };
		const maps = [this.users, this.servers, this.channels, this.messages, this.posts];
		for (const map of [...maps, this.notifications, this.callbacks, this.histories]) map.clear();
		this.tasks.length = 0;
	}

	user(id: string): User {
		const user = this.users.get(id);
		if (!user) throw createError('noUser', id);
		return user;
	}

	/** Returns a server, even if the bot is not in it. */
	server(id: string): Server {
		const server = this.servers.get(id);
		if (!server) throw createError('noServer', id);
		return server;
	}

	/** Returns a server that the bot is in. */
	botServer(id: string): Server {
		const server = this.server(id);
		if (!server.members.has(this.botId)) throw createError('botNotInServer');
		return server;
	}

	member(server: Server, userId: string): Member {
		const member = server.members.get(userId);
		if (!member) throw createError('notMember', userId);
		return member;
	}

	role(server: Server, id: string): Role {
		const role = server.roles.find((item) => item.id === id);
		if (!role) throw createError('parameter', `role ${id} does not exist`);
		return role;
	}

	/** Returns a channel that the bot can view: in its servers, or a chat that it is part of. */
	channel(id: string): Channel {
		const channel = this.channels.get(id);
		if (!channel) throw createError('noChannel', id);
		if (channel.serverId !== null) this.botServer(channel.serverId);
		else if (!channel.participants.includes(this.botId)) throw createError('noChannel', id);
		this.requirePermission('VIEW_CHANNEL', channel);
		return channel;
	}

	/** Throws unless the bot has the permission. Chats outside servers have no permissions. */
	requirePermission(permission: PermissionName, where: Channel | Server): void {
		const channel = 'participants' in where ? where : undefined;
		const serverId = 'participants' in where ? where.serverId : where.id;
		if (serverId === null) return;
		if (!hasPermission(this.botServer(serverId), { userId: this.botId, permission, channel })) {
			throw createError('noPermission', permission);
		}
	}

	/** Returns whether the bot receives the events of a channel. */
	canBotView(channel: Channel): boolean {
		if (channel.serverId === null) return channel.participants.includes(this.botId);
		return hasPermission(this.server(channel.serverId), {
			userId: this.botId,
			permission: 'VIEW_CHANNEL',
			channel,
		});
	}

	message(channelId: string, id: string): Message {
		const message = this.messages.get(id);
		if (message?.channelId !== channelId)
			throw createError('parameter', `message ${id} does not exist`);
		return message;
	}

	post(id: string): Post {
		const post = this.posts.get(id);
		if (!post) throw createError('parameter', `post ${id} does not exist`);
		this.botServer(post.serverId);
		return post;
	}

	/** Returns the messages of a channel, oldest first. */
	history(channelId: string): readonly Message[] {
		return this.histories.get(channelId) ?? [];
	}

	addMessage(message: Message): void {
		const list = this.histories.get(message.channelId) ?? [];
		// Sample messages are added in any order; later messages always have the highest id.
		const last = list.at(-1);
		const isLast = last === undefined || isNewer(message.id, last.id);
		list.push(message);
		if (!isLast) list.sort((a, b) => (isNewer(a.id, b.id) ? 1 : -1));
		this.histories.set(message.channelId, list);
		this.messages.set(message.id, message);
	}

	removeMessage(message: Message): void {
		const list = this.histories.get(message.channelId) ?? [];
		this.histories.set(
			message.channelId,
			list.filter(({ id }) => id !== message.id),
		);
		this.messages.delete(message.id);
	}

	/** Returns the private chat of two users; creates it if there is none. */
	privateChat(userId: string, otherId: string): Channel {
		for (const channel of this.channels.values()) {
			const isPrivate = channel.type === CHANNEL_TYPE.private;
			if (isPrivate && [userId, otherId].every((id) => channel.participants.includes(id)))
				return channel;
		}
		const channel: Channel = {
			id: this.ids.next(),
			serverId: null,
			name: '',
			type: CHANNEL_TYPE.private,
			topic: '',
			parentId: null,
			icon: '',
			link: '',
			ownerId: null,
			overwrites: [],
			participants: [userId, otherId],
		};
		this.channels.set(channel.id, channel);
		return channel;
	}

	/** Returns the name that a user has in a server. */
	displayName(userId: string, serverId: string | null): string {
		const server = serverId === null ? undefined : this.servers.get(serverId);
		return server?.members.get(userId)?.nick ?? this.users.get(userId)?.nickname ?? '';
	}
}
