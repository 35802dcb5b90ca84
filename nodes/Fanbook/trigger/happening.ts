import type { Json, JsonObject } from '../../shared/json';

/** What can start a workflow, under the names the editor and the output use. */
export const EVENTS = [
	'message',
	'botMentioned',
	'privateMessage',
	'buttonClicked',
	'cardClicked',
	'reactionAdded',
	'memberJoined',
	'memberLeft',
	'circlePostCreated',
	'circlePostLiked',
	'circleShared',
	'topicShared',
	'notification',
	'other',
] as const;
export type EventName = (typeof EVENTS)[number];

/** Kinds of messages a workflow can ask for; everything else counts as `other`. */
export const MESSAGE_TYPES = [
	'text',
	'richText',
	'image',
	'video',
	'voice',
	'messageCard',
	'other',
] as const;
export type MessageType = (typeof MESSAGE_TYPES)[number];

/** How it came. */
export type Source = 'gateway' | 'queue' | 'history';

/** Who caused it. A part the transport does not tell is `null`. */
export interface Author extends JsonObject {
	nickname: string | null;
	username: string | null;
	avatar: string | null;
	bot: boolean | null;
	/** The name shown in the server. */
	nick: string | null;
	roles: string[];
}

/**
 * The one shape a workflow gets, whatever the event and however it came. Every key is always
 * there; what does not apply is `null` or empty. All ids are text.
 */
export interface Tidy extends JsonObject {
	source: Source;
	/** The message it is about: the new one, the one reacted to, the one with the button. */
	message_id: string | null;
	guild_id: string | null;
	channel_id: string | null;
	channel_type: number | null;
	user_id: string | null;
	/** Milliseconds since 1970. */
	time: number | null;
	author: Author;
	message_type: string | null;
	/** What people read, as plain text with Fanbook's markup for mentions. */
	text: string;
	/** The command a text begins with, without its slash, and what follows it. */
	command: string | null;
	arguments: string;
	/** The content as Fanbook sent it, with JSON inside texts read. */
	content: Json;
	mentions: string[];
	mention_roles: string[];
	mentions_bot: boolean;
	/** Root of the thread, and the message replied to below the root. */
	quote_l1: string | null;
	quote_l2: string | null;
	/** What only this event has: the reaction, the click, the invite code, the circle post. */
	details: JsonObject;
	raw: Json;
}

/** One thing that happened, ready to be filtered and emitted. */
export interface Happening {
	/** All names that fit, the most particular first. */
	events: EventName[];
	/** The same for the same event on every transport; absent where Fanbook gives none. */
	id?: string;
	/** Tells repeats of an event apart from the next one only for a moment. */
	echo?: string;
	tidy: Tidy;
}
