import type { Json, JsonObject } from '../../../shared/json';
import { isJsonObject, stringifyJson } from '../../../shared/json';
import { percentDecode } from '../../../shared/http';
import { readId } from '../../ids';
import { messageContent, plainText, readContent } from './content';
import type { EventName, FanbookEvent, NormalizedEvent } from './event';
import {
	buttonClicked,
	cardClicked,
	circlePostCreated,
	emptyEvent,
	joinKey,
	memberJoined,
	messageEventNames,
	PRIVATE_CHAT,
	toAuthor,
	withMessageText,
} from './normalize';
import { asObject, asText, readNumber, readTime } from './read';

/** Maps an update of the queue to events. An update with several joins becomes one event each. */
export function mapUpdate(received: JsonObject, botId: string): FanbookEvent[] {
	const start = emptyEvent('queue', received);
	const update = withoutEmptyMembers(received, UPDATE_MEMBERS);
	if (isJsonObject(update.callback_query)) {
		const { callback_query: callback } = update;
		const event = withPlace(start, asObject(callback.message));
		return [buttonClicked(event, callback, update.update_id)];
	}
	const edited = update.edited_channel_post ?? update.edited_message;
	if (isJsonObject(edited)) {
		const event = withPlace(start, edited);
		return [mapEdit(event, { message: edited, update, botId })];
	}
	const whole = update.channel_post ?? update.message;
	if (!isJsonObject(whole)) return [unknownUpdate(start, update)];
	const post = withoutEmptyMembers(whole, POST_MEMBERS);
	const event = withPlace(start, post);

	const operation = post.interaction_message_card_operation;
	if (isJsonObject(operation)) return [cardClicked(event, operation, update.update_id)];

	const content = messageContent(post);
	if (content !== undefined) return [mapMessage(event, { content, message: post, botId })];
	if (isJsonObject(post.reaction)) return [mapReaction(event, post.reaction)];
	if (isJsonObject(post.circle_post)) return [circlePostCreated(event, post.circle_post, botId)];
	if (isJsonObject(post.circle_like)) return [mapLike(event, post.circle_like, update)];
	if (isJsonObject(post.circle_comment)) {
		return [mapComment(event, post.circle_comment, update)];
	}
	if (isJsonObject(post.topic_share)) return [mapShare('topicShared', event, post.topic_share)];
	if (isJsonObject(post.circle_share_entity)) {
		return [mapShare('circleShared', event, post.circle_share_entity)];
	}
	const joined = members(post.new_join_members ?? post.new_chat_members);
	if (joined !== undefined) return mapJoins(event, joined);
	if (isJsonObject(post.left_chat_member)) return [mapLeave(event, post.left_chat_member, update)];
	if (post.pinned_message !== undefined && post.pinned_message !== null) {
		return [mapPin(event, post.pinned_message, update)];
	}
	const online = members(post.chat_members_online);
	if (online !== undefined) return mapPresence('memberOnline', event, { members: online, update });
	const offline = members(post.chat_members_offline);
	if (offline !== undefined) {
		return mapPresence('memberOffline', event, { members: offline, update });
	}
	return [unknownUpdate(event, update, post)];
}

/** Members that say what an update is. */
const UPDATE_MEMBERS = [
	'callback_query',
	'edited_channel_post',
	'edited_message',
	'channel_post',
	'message',
];

/** Members that say what a post is. */
const POST_MEMBERS = [
	'interaction_message_card_operation',
	'text',
	'photo',
	'rich_text',
	'voice',
	'audio',
	'video',
	'video_note',
	'document',
	'reaction',
	'circle_post',
	'circle_like',
	'circle_comment',
	'topic_share',
	'circle_share_entity',
	'new_join_members',
	'new_chat_members',
	'left_chat_member',
	'pinned_message',
	'chat_members_online',
	'chat_members_offline',
];

/**
 * Removes the empty ones of some members if others have a value. Serializers write empty texts, lists and
 * objects for members that are missing.
 */
function withoutEmptyMembers(object: JsonObject, names: readonly string[]): JsonObject {
	const empty = new Set(names.filter((name) => isEmptyMember(object[name])));
	if (empty.size === names.length) return object;
	return Object.fromEntries(Object.entries(object).filter(([name]) => !empty.has(name)));
}

function isEmptyMember(value: Json | undefined): boolean {
	if (value === undefined || value === null || value === '') return true;
	return typeof value === 'object' && Object.keys(value).length === 0;
}

/** Returns the elements of a list, or a single object or ID; `undefined` if there is none. */
function members(value: Json | undefined): Json[] | undefined {
	if (Array.isArray(value)) return value.length === 0 ? undefined : value;
	return isJsonObject(value) || readId(value) !== null ? [value ?? null] : undefined;
}

/** Returns a member that is sent as an object or as an ID. */
function asMember(member: Json): JsonObject {
	return isJsonObject(member) ? member : { id: member };
}

/** Adds where, when and by whom a post was made. */
function withPlace(event: NormalizedEvent, post: JsonObject): NormalizedEvent {
	const chat = asObject(post.chat);
	const from = asObject(post.from);
	const reply = asObject(post.reply_to_message);
	return {
		...event,
		message_id: readId(post.message_id),
		guild_id: readId(chat.guild_id),
		channel_id: readId(chat.id),
		channel_type: readNumber(chat.channel_type) ?? (chat.type === 'private' ? PRIVATE_CHAT : null),
		user_id: readId(from.id),
		time: readTime(post.date),
		author: toAuthor(from),
		quote_l1: readId(reply.message_id),
	};
}

function mapMessage(
	event: NormalizedEvent,
	{ content, message, botId }: { content: JsonObject; message: JsonObject; botId: string },
): FanbookEvent {
	const id = messageKey(event);
	// Anybody can type the text of a join message, but only with their own user id.
	if (content.type === 'newJoin' && readId(content.user_id) === event.user_id) {
		return memberJoined({ ...event, content }, content, id);
	}
	const data = withText(event, { content, message, botId });
	return { names: messageEventNames(data), id, data };
}

/** Adds the text of a message; the queue has its mentions in `entities`. */
function withText(
	event: NormalizedEvent,
	{ content, message, botId }: { content: JsonObject; message: JsonObject; botId: string },
): NormalizedEvent {
	const entities = Array.isArray(message.entities) ? message.entities : [];
	const mentions = entities.map((entity) => asObject(entity).user ?? null);
	return withMessageText(event, { content, message: { ...message, mentions }, botId });
}

function messageKey({ message_id: id }: NormalizedEvent): string | undefined {
	return id === null ? undefined : `message:${id}`;
}

/** `message_id` is the message reacted to; the id of the reaction is in the details. */
function mapReaction(event: NormalizedEvent, reaction: JsonObject): FanbookEvent {
	const name = asText(reaction.emoji);
	return {
		names: [reaction.action === 'add' ? 'reactionAdded' : 'other'],
		id: messageKey(event),
		data: {
			...event,
			message_id: readId(asObject(reaction.reaction_to_message).message_id),
			details: {
				reaction_id: event.message_id,
				action: reaction.action ?? null,
				emoji: percentDecode(name),
				emoji_name: name === '' ? null : name,
				avatar: null,
				count: null,
			},
		},
	};
}

function mapLike(event: NormalizedEvent, like: JsonObject, update: JsonObject): FanbookEvent {
	return {
		names: ['circlePostLiked'],
		...updateKey(update, 'circlePostLiked'),
		data: {
			...event,
			message_id: null,
			// The API's own spelling.
			details: { post_id: readId(like.releated_id), reaction_type: like.reaction_type ?? null },
		},
	};
}

function mapShare(name: EventName, event: NormalizedEvent, details: JsonObject): FanbookEvent {
	return { names: [name], id: messageKey(event), data: { ...event, details } };
}

function mapJoins(event: NormalizedEvent, members: Json[]): FanbookEvent[] {
	const id = messageKey(event);
	return members.map((member): FanbookEvent => {
		const user = asMember(member);
		const userId = readId(user.id) ?? event.user_id;
		return {
			names: ['memberJoined'],
			id: members.length > 1 && id !== undefined ? `${id}:${userId ?? ''}` : id,
			deduplicationKey: joinKey(event.guild_id, userId),
			data: {
				...event,
				user_id: userId,
				author: toAuthor(user),
				details: { invite_code: asText(user.invite_code) || null, index: null },
			},
		};
	});
}

function mapLeave(event: NormalizedEvent, member: JsonObject, update: JsonObject): FanbookEvent {
	return {
		names: ['memberLeft'],
		...updateKey(update, 'memberLeft'),
		data: { ...event, user_id: readId(member.id) ?? event.user_id, author: toAuthor(member) },
	};
}

function mapComment(event: NormalizedEvent, comment: JsonObject, update: JsonObject): FanbookEvent {
	const content = readContent(comment.content);
	return {
		names: ['circleCommentCreated'],
		...updateKey(update, 'circleCommentCreated'),
		data: {
			...event,
			message_id: null,
			text: plainText(content),
			content,
			details: { post_id: readId(comment.post_id), comment_id: readId(comment.comment_id) },
		},
	};
}

/** `message_id` is the pinned message; an update can name several. */
function mapPin(event: NormalizedEvent, pinned: Json, update: JsonObject): FanbookEvent {
	const ids = (Array.isArray(pinned) ? pinned : [pinned])
		.map((message) => readId(isJsonObject(message) ? message.message_id : message))
		.filter((id) => id !== null);
	return {
		names: ['messagePinned'],
		...updateKey(update, 'messagePinned'),
		data: { ...event, message_id: ids[0] ?? event.message_id, details: { message_ids: ids } },
	};
}

function mapPresence(
	name: 'memberOnline' | 'memberOffline',
	event: NormalizedEvent,
	{ members, update }: { members: Json[]; update: JsonObject },
): FanbookEvent[] {
	const { id, deduplicationKey } = updateKey(update, name);
	return members.map((member) => {
		const user = asMember(member);
		const userId = readId(user.id) ?? event.user_id;
		const suffix = members.length > 1 ? `:${userId ?? ''}` : '';
		return {
			names: [name],
			id: id === undefined ? undefined : `${id}${suffix}`,
			deduplicationKey: deduplicationKey === undefined ? undefined : `${deduplicationKey}${suffix}`,
			data: { ...event, user_id: userId, author: toAuthor(user) },
		};
	});
}

/** An edit has the id of the update, not of the message, so that each edit starts the workflow. */
function mapEdit(
	event: NormalizedEvent,
	{ message, update, botId }: { message: JsonObject; update: JsonObject; botId: string },
): FanbookEvent {
	const content = messageContent(message);
	const edited = content === undefined ? event : withText(event, { content, message, botId });
	return {
		names: ['messageEdited'],
		...updateKey(update, 'messageEdited'),
		data: {
			...edited,
			details: { edit_date: readTime(message.edit_date) },
		},
	};
}

/** Members of a post or an update that are in members of their own. */
const PLACE_MEMBERS = new Set([
	'message_id',
	'from',
	'chat',
	'date',
	'reply_to_message',
	'update_id',
]);

/** An update of another kind has its own members as details. */
function unknownUpdate(
	event: NormalizedEvent,
	update: JsonObject,
	post: JsonObject = update,
): FanbookEvent {
	const details = Object.fromEntries(
		Object.entries(post).filter(([key, value]) => !PLACE_MEMBERS.has(key) && value !== null),
	);
	return { names: ['other'], ...updateKey(update, 'other'), data: { ...event, details } };
}

/**
 * Returns the identity of an update that has no message id. It names the event, since the queue of circles may
 * number its updates on its own.
 */
function updateKey(
	update: JsonObject,
	name: EventName,
): Pick<FanbookEvent, 'id' | 'deduplicationKey'> {
	const id = readId(update.update_id);
	return id === null ? { deduplicationKey: stringifyJson(update) } : { id: `update:${name}:${id}` };
}
