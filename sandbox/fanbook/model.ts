import type { JsonObject } from '../core/json';

/** The `type` numbers of channels. */
export const CHANNEL_TYPE = {
	text: 0,
	voice: 1,
	video: 2,
	private: 3,
	category: 4,
	circle: 5,
	live: 6,
	link: 7,
	liveRoom: 8,
	task: 9,
	group: 10,
	notification: 24,
} as const;

export interface User {
	id: string;
	/** The short number that Fanbook displays. */
	username: string;
	nickname: string;
	avatar: string;
	bot: boolean;
	/** Whether the user passed the real-name check. */
	verified: boolean;
	/** Whether the user accepts no private messages. */
	closedPrivateMessages: boolean;
	blocksBot: boolean;
}

/** A badge or game record on a member's profile; `content` is JSON text. */
export interface Credit {
	cardId: string;
	botId: string;
	content: string;
	title: string | null;
	version: number;
	index: number;
	kind: 'badge' | 'game';
}

export interface Member {
	userId: string;
	nick: string | null;
	/** Role ids, without the role that all members have. */
	roles: string[];
	joinedAt: number;
	/** Milliseconds since 1970; 0 if not muted. */
	mutedUntil: number;
	credits: Map<string, Credit>;
}

export interface Role {
	id: string;
	name: string;
	position: number;
	permissions: bigint;
	color: number;
	mentionable: boolean;
	hoist: boolean;
	/** The bot that a managed role belongs to. */
	botId: string | null;
}

export interface Overwrite {
	id: string;
	kind: 'role' | 'user';
	allow: bigint;
	deny: bigint;
}

export interface Channel {
	id: string;
	/** Null for private chats and group chats. */
	serverId: string | null;
	name: string;
	type: number;
	topic: string;
	parentId: string | null;
	icon: string;
	link: string;
	ownerId: string | null;
	overwrites: Overwrite[];
	/** The user ids of a private or group chat. */
	participants: string[];
}

export interface Invite {
	code: string;
	id: string;
	inviterId: string;
	channelId: string;
	/** Seconds left; -1 if it does not expire. */
	expiresIn: number;
	/** Uses left; -1 if unlimited. */
	usesLeft: number;
	used: number;
}

interface Emoji {
	name: string;
	avatar: string;
	position: number;
}

interface Topic {
	id: string;
	channelId: string;
	name: string;
}

export interface Server {
	id: string;
	name: string;
	icon: string;
	description: string;
	ownerId: string;
	/** The channel in which joins are announced. */
	systemChannelId: string;
	members: Map<string, Member>;
	roles: Role[];
	emojis: Emoji[];
	invites: Invite[];
	topics: Topic[];
	/** The number of joins so far. */
	joined: number;
}

export interface Reaction {
	/** The percent-encoded name, or '' for a custom picture. */
	name: string;
	avatar: string;
	userIds: string[];
}

export interface Message {
	id: string;
	channelId: string;
	serverId: string | null;
	userId: string;
	/** JSON text with a `type` member. */
	content: string;
	desc: string;
	time: number;
	quoteL1: string | null;
	quoteL2: string | null;
	nonce: string;
	mentions: string[];
	mentionRoles: string[];
	reactions: Reaction[];
	pinned: boolean;
	/** The user who recalled it. */
	recalledBy: string | null;
	replyMarkup: JsonObject | null;
	unreactive: boolean;
	editedAt: number | null;
	/** The user ids in each slot of a card. */
	slots: Map<string, string[]>;
	/** The wire's `msg_type`; 6 is a join message. */
	messageType: number | null;
}

export interface Comment {
	id: string;
	userId: string;
	content: string;
	/** The comment that it replies to. */
	quoteL1: string | null;
	createdAt: number;
}

export interface Like {
	id: string;
	userId: string;
}

export interface Post {
	id: string;
	serverId: string;
	channelId: string;
	topicId: string;
	userId: string;
	title: string;
	/** Rich text as JSON. */
	content: string;
	hasVideo: boolean;
	/** The ids of the mentioned users. */
	mentions: string[];
	createdAt: number;
	updatedAt: number;
	likes: Like[];
	comments: Comment[];
}

/** A message in the community notifications of some users. */
export interface Notification {
	id: string;
	serverId: string;
	users: string[];
	content: string;
	time: number;
	recalled: boolean;
}

export interface TaskNotification {
	nonce: string;
	channelType: string;
	userId: string;
	content: string;
}

/** A click on a keyboard button. */
export interface Callback {
	id: string;
	userId: string;
	channelId: string;
	messageId: string;
	data: string;
	/** The bot's answer; null before it. */
	answer: string | null;
}
