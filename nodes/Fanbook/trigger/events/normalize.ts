import type { Json, JsonObject } from '../../../shared/json';
import { stringifyJson, tryParseJson } from '../../../shared/json';
import { readId } from '../../ids';
import { findMentions, parseCommand, plainText, readContent } from './content';
import type { Author, EventName, FanbookEvent, NormalizedEvent, Source } from './event';
import { readFlag } from '../../readFlag';
import { asObject, asText, readIds, readTime, textOrNull, unique } from './read';

/** Builders for the events that are the same on all transports. */

/** `channel_type` of private chats. */
export const PRIVATE_CHAT = 3;
/** `channel_type` of a server's community notifications. */
const COMMUNITY_NOTIFICATIONS = 24;

/** Returns an event without any data. */
export function emptyEvent(source: Source, raw: Json): NormalizedEvent {
	return {
		source,
		message_id: null,
		guild_id: null,
		channel_id: null,
		channel_type: null,
		user_id: null,
		time: null,
		author: { nickname: null, username: null, avatar: null, bot: null, nick: null, roles: [] },
		message_type: null,
		text: '',
		command: null,
		arguments: '',
		content: null,
		mentions: [],
		mention_roles: [],
		mentions_bot: false,
		quote_l1: null,
		quote_l2: null,
		details: {},
		raw,
	};
}

/** Adds the text, command and mentions of a message. */
export function withMessageText(
	event: NormalizedEvent,
	{ content, message, botId }: { content: JsonObject; message: JsonObject; botId: string },
): NormalizedEvent {
	const text = plainText(content);
	const marked = findMentions(content);
	const mentions = unique([...readIds(parseList(message.mentions)), ...marked.users]);
	return {
		...event,
		message_type: asText(content.type) || 'text',
		text,
		...parseCommand(text),
		content,
		mentions,
		mention_roles: unique([...readIds(parseList(message.mention_roles)), ...marked.roles]),
		mentions_bot: mentions.includes(botId),
	};
}

/** Returns the event names that apply to a message, the most specific first. */
export function messageEventNames(event: NormalizedEvent): EventName[] {
	const names: EventName[] = [];
	if (event.channel_type === COMMUNITY_NOTIFICATIONS) names.push('notification');
	if (event.mentions_bot) names.push('botMentioned');
	if (isPrivate(event)) names.push('privateMessage');
	return [...names, 'message'];
}

function isPrivate({ channel_type, guild_id, source }: NormalizedEvent): boolean {
	return channel_type === null
		? source !== 'gateway' && guild_id === null
		: channel_type === PRIVATE_CHAT;
}

/** Builds a join from the message that announces it. */
export function memberJoined(
	event: NormalizedEvent,
	content: JsonObject,
	id: string | undefined,
): FanbookEvent {
	const user = readId(content.user_id) ?? event.user_id;
	return {
		names: ['memberJoined'],
		id,
		deduplicationKey: joinKey(event.guild_id, user),
		data: {
			...event,
			user_id: user,
			details: {
				invite_code: textOrNull(content.code),
				// In the history this number is called `order`.
				index: content.index ?? content.order ?? null,
			},
		},
	};
}

/** Returns the deduplication key of a join, which Fanbook sends as a message and as a notice. */
export function joinKey(guild: string | null, user: string | null): string {
	return `join:${guild ?? ''}:${user ?? ''}`;
}

/** Builds a click on a button of an inline keyboard. */
export function buttonClicked(
	event: NormalizedEvent,
	callback: JsonObject,
	updateId: Json | undefined,
): FanbookEvent {
	const from = asObject(callback.from);
	const message = asObject(callback.message);
	const id = readId(callback.id) ?? readId(updateId);
	return {
		names: ['buttonClicked'],
		id: id === null ? undefined : `click:${id}`,
		data: {
			...event,
			message_id:
				readId(callback.inline_message_id) ?? readId(message.message_id) ?? event.message_id,
			user_id: readId(from.id) ?? event.user_id,
			author: toAuthor(from),
			details: {
				callback_id: readId(callback.id),
				data: textOrNull(callback.data),
				inline_message_id: readId(callback.inline_message_id),
			},
		},
	};
}

/** Builds a click on a slot of a message card. The members of `operation` are not documented. */
export function cardClicked(
	event: NormalizedEvent,
	operation: JsonObject,
	updateId: Json | undefined,
): FanbookEvent {
	const id = readId(updateId);
	return {
		names: ['cardClicked'],
		id: id === null ? undefined : `update:${id}`,
		deduplicationKey: stringifyJson(event.raw),
		data: {
			...event,
			message_id: readId(operation.message_id) ?? event.message_id,
			channel_id: readId(operation.channel_id) ?? event.channel_id,
			user_id: readId(operation.user_id) ?? event.user_id,
			details: operation,
		},
	};
}

/** Builds a new circle post. Its body is in `content_v2`; `content` may be a placeholder. */
export function circlePostCreated(
	event: NormalizedEvent,
	post: JsonObject,
	botId: string,
): FanbookEvent {
	const id = readId(post.post_id);
	const content = readContent({
		type: 'richText',
		document: [post.content_v2, post.content].find(isBody) ?? '',
	});
	// A body can be plain text.
	const document =
		typeof content.document === 'string'
			? [{ insert: content.document }]
			: (content.document ?? null);
	const marked = findMentions(content);
	const mentions = unique([...readIds(parseList(post.mentions)), ...marked.users]);
	return {
		names: ['circlePostCreated'],
		id: id === null ? undefined : `post:${id}`,
		deduplicationKey: stringifyJson(event.raw),
		data: {
			...event,
			guild_id: event.guild_id ?? readId(post.guild_id),
			channel_id: readId(post.channel_id) ?? event.channel_id,
			text: plainText({ ...content, document, title: post.title ?? '' }),
			time: event.time ?? readTime(post.created_at),
			content: content.document ?? null,
			mentions,
			mention_roles: marked.roles,
			mentions_bot: mentions.includes(botId),
			details: post,
		},
	};
}

/** Returns whether a body is there: an empty text or list stands for a missing one. */
function isBody(value: Json | undefined): boolean {
	const list = parseList(value);
	return Array.isArray(list)
		? list.length > 0
		: value !== undefined && value !== null && value !== '';
}

/** Reads a list that is sent as such or as JSON text. */
function parseList(value: Json | undefined): Json | undefined {
	return typeof value === 'string' ? tryParseJson(value) : value;
}

/** Reads a user object of the Bot API. */
export function toAuthor(user: JsonObject): Author {
	return {
		nickname: textOrNull(user.first_name) ?? textOrNull(user.nickname),
		username: textOrNull(user.username),
		avatar: textOrNull(user.avatar),
		bot: readFlag(user.is_bot),
		nick: null,
		roles: readIds(user.role_ids),
	};
}
