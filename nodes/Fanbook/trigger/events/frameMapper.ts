import type { Json, JsonObject } from '../../../shared/json';
import { isJsonObject, stringifyJson, tryParseJson } from '../../../shared/json';
import { percentDecode } from '../../../shared/http';
import { readId } from '../../ids';
import { readContent } from './content';
import type { Author, FanbookEvent, NormalizedEvent, Source } from './event';
import {
	buttonClicked,
	cardClicked,
	circlePostCreated,
	emptyEvent,
	joinKey,
	memberJoined,
	messageEventNames,
	withMessageText,
} from './normalize';
import { readFlag } from '../../readFlag';
import { asObject, asText, readIds, readNumber, readTime, textOrNull } from './read';

/**
 * Maps gateway frames and messages of a channel's history to events. The functions are pure and
 * never throw; unreadable input results in no event.
 */

/** Maps a gateway frame. Frames of the protocol itself result in no event. */
export function mapFrame(frame: JsonObject, botId: string): FanbookEvent[] {
	const { action } = frame;
	const data = readData(frame);
	if (Array.isArray(data) && data.some(isJsonObject)) {
		return data.flatMap((each) => mapFrame({ ...frame, data: each }, botId));
	}
	if (!isJsonObject(data)) {
		const isProtocol = action === 'connect' || data === undefined || data === null;
		return isProtocol ? [] : [mapUnknownFrame(frame, data)];
	}
	switch (action) {
		case 'push':
			return [mapMessage(data, 'gateway', botId)];
		case 'miniPush':
			return [mapMiniPush(data)];
		case 'circle':
			return [mapCircle(data)];
		case 'circleEnter':
			return mapCirclePosts(data, botId);
		case 'guildNotice':
			return [mapNotice(data)];
		case 'connect':
			return [];
		default:
			return [mapUnknownFrame(frame, data)];
	}
}

/** Returns the data of a frame, which can also be JSON text. */
function readData({ data }: JsonObject): Json | undefined {
	const parsed = typeof data === 'string' ? tryParseJson(data) : undefined;
	return typeof parsed === 'object' ? parsed : data;
}

/** Maps a message of `message/getList`. Recalled and deleted messages result in no event. */
export function mapHistoryMessage(message: JsonObject, botId: string): FanbookEvent[] {
	if (readFlag(message.recalled) === true || readFlag(message.deleted) === true) return [];
	return [mapMessage(message, 'history', botId)];
}

/** Reads where and when an event happened. */
function readPlace(data: JsonObject) {
	return {
		message_id: readId(data.message_id),
		guild_id: readId(data.guild_id),
		channel_id: readId(data.channel_id),
		channel_type: readNumber(data.channel_type),
		user_id: readId(data.user_id),
		time: readTime(data.time ?? data.created_at),
		quote_l1: readId(data.quote_l1),
		quote_l2: readId(data.quote_l2),
	};
}

function mapMessage(message: JsonObject, source: Source, botId: string): FanbookEvent {
	const content = readContent(message.content);
	const event: NormalizedEvent = {
		...emptyEvent(source, message),
		...readPlace(message),
		author: readAuthor(message),
		content,
	};
	const id = event.message_id === null ? undefined : `message:${event.message_id}`;
	switch (content.type) {
		case 'reaction':
			return mapReaction(event, content, id);
		case 'newJoin':
			return memberJoined(event, content, id);
		case 'circleShareEntity':
			return { names: ['circleShared'], id, data: { ...event, details: asObject(content.data) } };
		case 'topicShare':
			return { names: ['topicShared'], id, data: { ...event, details: readTopic(content) } };
		default: {
			const data = withMessageText(event, { content, message, botId });
			return { names: messageEventNames(data), id, data };
		}
	}
}

function readAuthor({ author, member }: JsonObject): Author {
	const user = asObject(author);
	const membership = asObject(member);
	return {
		nickname: textOrNull(user.nickname),
		username: textOrNull(user.username),
		avatar: textOrNull(user.avatar),
		bot: readFlag(user.bot),
		nick: textOrNull(membership.nick),
		roles: readIds(membership.roles),
	};
}

/** `message_id` is the message reacted to; the id of the reaction is in the details. */
function mapReaction(
	event: NormalizedEvent,
	content: JsonObject,
	id: string | undefined,
): FanbookEvent {
	const emoji = asObject(content.emoji);
	return {
		names: [content.action === 'add' ? 'reactionAdded' : 'other'],
		id,
		data: {
			...event,
			message_id: readId(content.id),
			text: asText(content.text),
			details: {
				reaction_id: event.message_id,
				action: content.action ?? null,
				emoji: percentDecode(asText(emoji.name)),
				emoji_name: emoji.name ?? null,
				avatar: emoji.avatar ?? null,
				count: emoji.count ?? null,
			},
		},
	};
}

function readTopic(content: JsonObject): JsonObject {
	return {
		message_id: readId(content.messageId),
		channel_id: readId(content.channelId),
		user_id: readId(content.userId),
	};
}

/** Clicks arrive as JSON text in `content`; the clicked message is the one named by the callback. */
function mapMiniPush(data: JsonObject): FanbookEvent {
	const content = typeof data.content === 'string' ? tryParseJson(data.content) : data.content;
	const update = asObject(content);
	const event: NormalizedEvent = {
		...emptyEvent('gateway', data),
		...readPlace(data),
		content: content ?? null,
	};
	if (isJsonObject(update.callback_query)) {
		return buttonClicked(event, update.callback_query, update.update_id);
	}
	const operation = update.interaction_message_card_operation;
	if (isJsonObject(operation)) return cardClicked(event, operation, update.update_id);
	return { names: ['other'], deduplicationKey: stringifyJson(data), data: event };
}

function mapCircle(data: JsonObject): FanbookEvent {
	const isLike = data.method === 'reaction' && data.circle_type === 'post_like';
	return {
		names: [isLike ? 'circlePostLiked' : 'other'],
		deduplicationKey: stringifyJson(data),
		data: {
			...emptyEvent('gateway', data),
			...readPlace(data),
			details: {
				post_id: readId(data.post_id),
				topic_id: readId(data.topic_id),
				comment_id: readId(data.comment_id),
				send_id: readId(data.send_id),
				receive_id: readId(data.receive_id),
			},
		},
	};
}

/** A frame with several posts becomes one event each. */
function mapCirclePosts(data: JsonObject, botId: string): FanbookEvent[] {
	const records = typeof data.records === 'string' ? tryParseJson(data.records) : data.records;
	const posts = Array.isArray(records) && records.length > 0 ? records : [records];
	return posts.map((post) => mapCirclePost({ ...data, records: post ?? null }, botId));
}

function mapCirclePost(data: JsonObject, botId: string): FanbookEvent {
	const post = asObject(data.records);
	const event = { ...emptyEvent('gateway', data), ...readPlace({ ...post, ...data }) };
	if (data.method === 'post_add') return circlePostCreated(event, post, botId);
	return {
		names: ['other'],
		deduplicationKey: stringifyJson(data),
		data: { ...event, details: post },
	};
}

function mapNotice(data: JsonObject): FanbookEvent {
	const event: NormalizedEvent = { ...emptyEvent('gateway', data), ...readPlace(data) };
	switch (data.method) {
		case 'userJoin':
			return {
				names: ['memberJoined'],
				deduplicationKey: joinKey(event.guild_id, event.user_id),
				data: event,
			};
		case 'userQuit':
			return { names: ['memberLeft'], deduplicationKey: stringifyJson(data), data: event };
		default:
			return {
				names: ['notification'],
				deduplicationKey: stringifyJson(data),
				data: { ...event, details: data },
			};
	}
}

function mapUnknownFrame(frame: JsonObject, data: Json): FanbookEvent {
	const event: NormalizedEvent = {
		...emptyEvent('gateway', frame),
		...readPlace(asObject(data)),
		content: data,
	};
	return { names: ['other'], deduplicationKey: stringifyJson(frame), data: event };
}
