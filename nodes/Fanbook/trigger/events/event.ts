import type { Json, JsonObject } from '../../../shared/json';

/** Events that can start a workflow, by the names used in the editor and the output. */
export const EVENT_NAMES = [
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
	'circleCommentCreated',
	'topicShared',
	'notification',
	'messageEdited',
	'messagePinned',
	'memberOnline',
	'memberOffline',
	'other',
] as const;
export type EventName = (typeof EVENT_NAMES)[number];

/** Message types that can be chosen as a filter. All other types count as `other`. */
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

/** Transport that delivered an event. */
export type Source = 'gateway' | 'queue' | 'history';

/** User who caused an event. Members that the transport does not send are `null`. */
export interface Author extends JsonObject {
	nickname: string | null;
	username: string | null;
	avatar: string | null;
	bot: boolean | null;
	/** Display name in the server. */
	nick: string | null;
	roles: string[];
}

/**
 * Output of the trigger, in one shape for all events and transports. All keys are always present;
 * those that do not apply are `null` or empty. All ids are text.
 */
export interface NormalizedEvent extends JsonObject {
	source: Source;
	/** The new message, the message reacted to, or the message with the clicked button. */
	message_id: string | null;
	guild_id: string | null;
	channel_id: string | null;
	channel_type: number | null;
	user_id: string | null;
	/** Milliseconds since 1970. */
	time: number | null;
	author: Author;
	message_type: string | null;
	/** Plain text of the message. Mentions keep Fanbook's markup. */
	text: string;
	/** Command at the start of the text, without its slash. */
	command: string | null;
	/** Text after the command. */
	arguments: string;
	/** Content as sent by Fanbook, with nested JSON texts parsed. */
	content: Json;
	mentions: string[];
	mention_roles: string[];
	mentions_bot: boolean;
	/** Root message of the thread. */
	quote_l1: string | null;
	/** Message replied to below the root. */
	quote_l2: string | null;
	/** Data specific to the event: the reaction, click, invite code or circle post. */
	details: JsonObject;
	raw: Json;
}

/** One event of Fanbook, ready to be filtered and emitted. */
export interface FanbookEvent {
	/** All names that apply, the most specific first. */
	names: EventName[];
	/** Identical for the same event on every transport. Missing where Fanbook sends no id. */
	id?: string;
	/** Identifies repeats of an event that arrive within a few seconds. */
	deduplicationKey?: string;
	data: NormalizedEvent;
}
