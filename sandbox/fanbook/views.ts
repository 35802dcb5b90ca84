import type { JsonObject } from '../core/json';
import { isObject, tryParseJson } from '../core/json';
import { Parameters } from '../core/parameters';
import type { Action } from '../core/service';
import { readContent, readContentType } from './content';
import type { ConnectionView, Gateway, GatewayCounts } from './gateway';
import { CHANNEL_TYPE, type Channel, type Message, type Server, type User } from './model';
import { hasPermission } from './permissions';
import type { FanbookState } from './state';
import type { UpdateQueue } from './updateQueue';

export interface PersonView {
	id: string;
	name: string;
	username: string;
	isBot: boolean;
}

export interface PeopleView {
	people: PersonView[];
	total: number;
	botId: string;
}

export interface ChannelSummary {
	id: string;
	name: string;
	kind: 'text' | 'circle' | 'voice' | 'link' | 'private' | 'group' | 'other';
	isVisible: boolean;
}

export interface ServerView {
	id: string;
	name: string;
	memberCount: number;
	isMember: boolean;
	isBotMember: boolean;
	channels: ChannelSummary[];
}

/** The servers and chats of a person. */
export interface HomeView {
	person: PersonView;
	bot: PersonView;
	servers: ServerView[];
	chats: ChannelSummary[];
}

export interface ButtonView {
	text: string;
	/** Sent to the bot when the button is pressed. */
	data?: string;
	/** Opened when the button is pressed. */
	url?: string;
}

export interface MessageView {
	id: string;
	author: PersonView;
	/** Milliseconds since 1970. */
	time: number;
	type: string;
	/** The content; members that hold JSON text are parsed. */
	content: JsonObject;
	/** The message that it replies to. */
	replyTo: { id: string; author: string; text: string } | null;
	reactions: Array<{ name: string; picture: string; count: number; isMine: boolean }>;
	keyboard: ButtonView[][];
	/** Names by the ids in the markup. */
	names: Record<string, string>;
	slots: Array<{ key: string; count: number; isMine: boolean }>;
	/** The answer of the bot to the person's latest press of a button. */
	callbackAnswer: string | null;
	isPinned: boolean;
	isEdited: boolean;
	isRecalled: boolean;
	isMine: boolean;
	mentionsMe: boolean;
}

export interface ChannelView {
	id: string;
	name: string;
	topic: string;
	kind: ChannelSummary['kind'];
	link: string;
	/** Why the person cannot write here. */
	writeProblem: string | null;
	botCanView: boolean;
	messages: MessageView[];
	hasEarlier: boolean;
}

export interface PostView {
	id: string;
	title: string;
	text: string;
	author: PersonView;
	time: number;
	likes: number;
	isLiked: boolean;
	comments: Array<{ id: string; author: PersonView; text: string; time: number }>;
	commentCount: number;
}

export interface CircleView {
	id: string;
	name: string;
	posts: PostView[];
}

export interface GatewayView {
	connections: ConnectionView[];
	counts: GatewayCounts;
	queue: Array<Record<string, unknown>>;
	queueSize: number;
	waitingPolls: number;
}

const PEOPLE_LIMIT = 40;
const PAGE = 40;
const POSTS = 20;
const COMMENTS = 5;
const QUEUE_ENTRIES = 50;
/** Members of a content that hold JSON text. */
const NESTED_MEMBERS = ['document', 'v2', 'data'];

function viewPerson(user: User, name = user.nickname): PersonView {
	return { id: user.id, name, username: user.username, isBot: user.bot };
}

function kindOf({ type }: Channel): ChannelSummary['kind'] {
	switch (type) {
		case CHANNEL_TYPE.text:
			return 'text';
		case CHANNEL_TYPE.circle:
			return 'circle';
		case CHANNEL_TYPE.voice:
			return 'voice';
		case CHANNEL_TYPE.link:
			return 'link';
		case CHANNEL_TYPE.private:
			return 'private';
		case CHANNEL_TYPE.group:
			return 'group';
		default:
			return 'other';
	}
}

function parseNested(content: JsonObject): JsonObject {
	const parsed = { ...content };
	for (const name of NESTED_MEMBERS) {
		const member = content[name];
		if (typeof member === 'string') parsed[name] = tryParseJson(member) ?? member;
	}
	return parsed;
}

function viewButton(value: unknown): ButtonView[] {
	if (!isObject(value) || typeof value.text !== 'string') return [];
	const button: ButtonView = { text: value.text };
	if (typeof value.callback_data === 'string') button.data = value.callback_data;
	if (typeof value.url === 'string') button.url = value.url;
	return [button];
}

function viewKeyboard(markup: JsonObject | null): ButtonView[][] {
	const rows = markup?.inline_keyboard;
	if (!Array.isArray(rows)) return [];
	return rows.map((row) => (Array.isArray(row) ? row.flatMap(viewButton) : []));
}

/** Creates what the console shows of Fanbook, as one person sees it. */
class FanbookViews {
	constructor(private readonly state: FanbookState) {}

	people(search: string): PeopleView {
		const all = [...this.state.users.values()];
		const words = search.trim().toLowerCase();
		const hits = all.filter(
			({ id, nickname, username }) =>
				words === '' || `${nickname} ${username} ${id}`.toLowerCase().includes(words),
		);
		const people = hits
			.filter(({ bot }) => !bot)
			.slice(0, PEOPLE_LIMIT)
			.map((user) => viewPerson(user));
		return { people, total: hits.length, botId: this.state.botId };
	}

	home(userId: string): HomeView {
		const { state } = this;
		const chats = [...state.channels.values()].filter(
			({ serverId, participants }) => serverId === null && participants.includes(userId),
		);
		return {
			person: viewPerson(state.user(userId)),
			bot: viewPerson(state.user(state.botId)),
			servers: [...state.servers.values()].map((server) => this.server(server, userId)),
			chats: chats.map((channel) => ({
				...this.summary(channel, true),
				name: this.nameOf(channel, userId),
			})),
		};
	}

	channel(channelId: string, userId: string, count: number): ChannelView {
		const { state } = this;
		const channel = this.requireChannel(channelId);
		const history = this.canView(channel, userId) ? state.history(channelId) : [];
		const shown = history.slice(-count);
		return {
			id: channel.id,
			name: this.nameOf(channel, userId),
			topic: channel.topic,
			kind: kindOf(channel),
			link: channel.link,
			writeProblem: this.writeProblem(channel, userId),
			botCanView: state.canBotView(channel),
			messages: shown.map((message) => this.message(message, userId)),
			hasEarlier: history.length > shown.length,
		};
	}

	circle(channelId: string, userId: string): CircleView {
		const { state } = this;
		const channel = this.requireChannel(channelId);
		const posts = [...state.posts.values()]
			.filter((post) => post.channelId === channelId)
			.sort((a, b) => b.createdAt - a.createdAt)
			.slice(0, POSTS);
		return {
			id: channel.id,
			name: channel.name,
			posts: posts.map((post) => ({
				id: post.id,
				title: post.title,
				text: this.plainText(post.content),
				author: this.author(post.userId, post.serverId),
				time: post.createdAt,
				likes: post.likes.length,
				isLiked: post.likes.some((like) => like.userId === userId),
				comments: post.comments.slice(-COMMENTS).map((comment) => ({
					id: comment.id,
					author: this.author(comment.userId, post.serverId),
					text: this.plainText(comment.content),
					time: comment.createdAt,
				})),
				commentCount: post.comments.length,
			})),
		};
	}

	private server(server: Server, userId: string): ServerView {
		const channels = [...this.state.channels.values()].filter(
			({ serverId, type }) => serverId === server.id && type !== CHANNEL_TYPE.category,
		);
		const isMember = server.members.has(userId);
		return {
			id: server.id,
			name: server.name,
			memberCount: server.members.size,
			isMember,
			isBotMember: server.members.has(this.state.botId),
			channels: channels.map((channel) =>
				this.summary(channel, isMember && this.canView(channel, userId)),
			),
		};
	}

	private summary(channel: Channel, isVisible: boolean): ChannelSummary {
		return { id: channel.id, name: channel.name, kind: kindOf(channel), isVisible };
	}

	private requireChannel(id: string): Channel {
		const channel = this.state.channels.get(id);
		if (!channel) throw new TypeError(`There is no channel ${id}`);
		return channel;
	}

	/** Returns the name of a channel; a private chat is named after the other user. */
	private nameOf(channel: Channel, userId: string): string {
		if (channel.type !== CHANNEL_TYPE.private) return channel.name;
		const other = channel.participants.find((id) => id !== userId) ?? userId;
		return this.state.displayName(other, null);
	}

	private canView(channel: Channel, userId: string): boolean {
		if (channel.serverId === null) return channel.participants.includes(userId);
		const server = this.state.server(channel.serverId);
		return hasPermission(server, { userId, permission: 'VIEW_CHANNEL', channel });
	}

	private writeProblem(channel: Channel, userId: string): string | null {
		if (channel.serverId === null) {
			return channel.participants.includes(userId) ? null : 'You are not in this chat.';
		}
		const server = this.state.server(channel.serverId);
		const member = server.members.get(userId);
		if (!member) return `Join ${server.name} to write here.`;
		if (member.mutedUntil > this.state.clock.now()) return 'You are muted in this server.';
		const mayWrite = hasPermission(server, { userId, permission: 'SEND_MESSAGES', channel });
		return mayWrite ? null : 'You have no permission to write here.';
	}

	private author(userId: string, serverId: string | null): PersonView {
		const user = this.state.user(userId);
		return viewPerson(user, this.state.displayName(userId, serverId));
	}

	private plainText(content: string): string {
		const value = tryParseJson(content);
		if (Array.isArray(value)) {
			const pieces = value.map((part) => (isObject(part) ? part.insert : ''));
			return pieces
				.map((piece) => (typeof piece === 'string' ? piece : ''))
				.join('')
				.trim();
		}
		const text = isObject(value) ? value.text : undefined;
		return typeof text === 'string' ? text : content;
	}

	private message(message: Message, userId: string): MessageView {
		const { state } = this;
		const content = parseNested(readContent(message.content));
		const original = state.messages.get(message.quoteL2 ?? message.quoteL1 ?? '');
		const answers = [...state.callbacks.values()].filter(
			(callback) => callback.messageId === message.id && callback.userId === userId,
		);
		return {
			id: message.id,
			author: this.author(message.userId, message.serverId),
			time: message.time,
			type: readContentType(message.content),
			content,
			replyTo: original
				? {
						id: original.id,
						author: state.displayName(original.userId, original.serverId),
						text: original.desc,
					}
				: null,
			reactions: message.reactions.map(({ name, avatar, userIds }) => ({
				name: decodeURIComponent(name),
				picture: avatar,
				count: userIds.length,
				isMine: userIds.includes(userId),
			})),
			keyboard: viewKeyboard(message.replyMarkup),
			names: this.namesIn(message),
			slots: [...message.slots].map(([key, userIds]) => ({
				key,
				count: userIds.length,
				isMine: userIds.includes(userId),
			})),
			callbackAnswer: answers.at(-1)?.answer ?? null,
			isPinned: message.pinned,
			isEdited: message.editedAt !== null,
			isRecalled: message.recalledBy !== null,
			isMine: message.userId === userId,
			mentionsMe: message.mentions.includes(userId),
		};
	}

	/** Returns the names of the users and roles that a message shows. */
	private namesIn(message: Message): Record<string, string> {
		const { state } = this;
		const ids = [...message.content.matchAll(/\d{15,19}/g)].map(([id]) => id);
		const roles = message.serverId === null ? [] : state.server(message.serverId).roles;
		const entries = [...message.mentions, ...ids].flatMap((id) => {
			const name =
				state.displayName(id, message.serverId) || roles.find((role) => role.id === id)?.name;
			return name ? [[id, name] as const] : [];
		});
		return Object.fromEntries(entries);
	}
}

/** Creates the views of GET /_admin/fanbook/{name}. */
export function createViews({
	state,
	gateway,
	updates,
}: {
	state: FanbookState;
	gateway: Gateway;
	updates: UpdateQueue;
}): Record<string, Action> {
	const views = new FanbookViews(state);
	const view =
		(run: (query: Parameters) => unknown): Action =>
		(input) =>
			run(new Parameters(new Map(Object.entries(input))));
	return {
		/** ?search= */
		people: view((query) => views.people(query.optionalText('search') ?? '')),
		/** ?userId= */
		home: view((query) => views.home(query.text('userId'))),
		/** ?channelId=&userId=&count= */
		channel: view((query) =>
			views.channel(query.text('channelId'), query.text('userId'), query.integer('count', PAGE)),
		),
		/** ?channelId=&userId= */
		circle: view((query) => views.circle(query.text('channelId'), query.text('userId'))),
		connections: view((): GatewayView => {
			const queue = updates.peek().slice(-QUEUE_ENTRIES).reverse();
			return {
				connections: gateway.list(),
				counts: gateway.counts,
				queue,
				queueSize: updates.size,
				waitingPolls: updates.waitingCount,
			};
		}),
	};
}
