import type { JsonObject } from '../core/json';

/** Channel kinds under Fanbook's numbers. */
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
	/** The short Fanbook number people see. */
	username: string;
	nickname: string;
	avatar: string;
	bot: boolean;
	/** Passed the real-name check. */
	verified: boolean;
	/** Takes no private messages. */
	closedPrivate: boolean;
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
	/** Role ids without the all-members role. */
	roles: string[];
	joinedAt: number;
	/** Milliseconds since 1970; 0 when not muted. */
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
	/** The bot a managed role belongs to. */
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
	/** The people of a private or group chat. */
	people: string[];
}

export interface Invite {
	code: string;
	id: string;
	inviterId: string;
	channelId: string;
	/** Seconds left; -1 never ends. */
	expiresIn: number;
	/** Uses left; -1 without limit. */
	usesLeft: number;
	used: number;
}

export interface Emoji {
	name: string;
	avatar: string;
	position: number;
}

export interface Topic {
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
	/** Where joins are announced. */
	systemChannelId: string;
	members: Map<string, Member>;
	roles: Role[];
	emojis: Emoji[];
	invites: Invite[];
	topics: Topic[];
	/** How many people ever joined. */
	joined: number;
}

export interface Reaction {
	/** Percent-encoded name, or '' for a custom picture. */
	name: string;
	avatar: string;
	userIds: string[];
}

export interface Message {
	id: string;
	channelId: string;
	serverId: string | null;
	userId: string;
	/** JSON text with a type member. */
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
	/** The user who took it back. */
	recalledBy: string | null;
	replyMarkup: JsonObject | null;
	unreactive: boolean;
	editedAt: number | null;
	/** Who holds which slot of a card. */
	slots: Map<string, string[]>;
	/** 6 marks a join message. */
	kind: number | null;
}

export interface Comment {
	id: string;
	userId: string;
	content: string;
	/** The comment it answers. */
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
	createdAt: number;
	updatedAt: number;
	likes: Like[];
	comments: Comment[];
}

/** A message in someone's community notifications. */
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

/** A click on a keyboard button, until the bot answers it. */
export interface Callback {
	id: string;
	userId: string;
	channelId: string;
	messageId: string;
	data: string;
	/** What the bot answered; null while it has not. */
	answer: string | null;
}
