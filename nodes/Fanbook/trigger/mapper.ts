import type { JsonObject } from '../../shared/json';
import { isJsonObject, tryParseJson, stringifyJson } from '../../shared/json';
import { decodedEmoji } from '../emoji';
import { readId } from '../ids';
import { readContent, textOf } from './content';
import type { Author, Happening, Source, Tidy } from './happening';
import { idsOf, objectOf, orNull } from './reading';
import {
	blank,
	cardClick,
	circlePost,
	join,
	joinEcho,
	messageEvents,
	withCallback,
	withText,
} from './tidy';

/**
 * Frames of the gateway and rows of a channel's history as happenings. Pure: what comes in is
 * not changed, and what cannot be read becomes nothing.
 */

/** What a frame of the gateway tells; nothing for the protocol's own frames. */
export function fromFrame(frame: JsonObject, botId: string): Happening[] {
	const { action, data } = frame;
	if (!isJsonObject(data)) return [];
	switch (action) {
		case 'push':
			return [fromMessage(data, 'gateway', botId)];
		case 'miniPush':
			return [fromMiniPush(data)];
		case 'circle':
			return [fromCircle(data)];
		case 'circleEnter':
			return [fromCirclePost(data)];
		case 'guildNotice':
			return [fromNotice(data)];
		case 'connect':
			return [];
		default:
			return [fromAnything(frame, data)];
	}
}

/** What a row of `message/getList` tells; nothing for a message its author has taken back. */
export function fromHistory(row: JsonObject, botId: string): Happening[] {
	if (row.recalled === 1 || row.deleted === 1 || row.deleted === true) return [];
	return [fromMessage(row, 'history', botId)];
}

/** The members that say where and when. */
function place(data: JsonObject) {
	return {
		message_id: readId(data.message_id),
		guild_id: readId(data.guild_id),
		channel_id: readId(data.channel_id),
		channel_type: typeof data.channel_type === 'number' ? data.channel_type : null,
		user_id: readId(data.user_id),
		time: typeof data.time === 'number' ? data.time : null,
		quote_l1: readId(data.quote_l1),
		quote_l2: readId(data.quote_l2),
	};
}

function fromMessage(data: JsonObject, source: Source, botId: string): Happening {
	const content = readContent(data.content);
	const tidy: Tidy = { ...blank(source, data), ...place(data), author: author(data), content };
	const id = tidy.message_id === null ? undefined : `message:${tidy.message_id}`;
	switch (content.type) {
		case 'reaction':
			return reaction(tidy, content, id);
		case 'newJoin':
			return join(tidy, content, id);
		case 'circleShareEntity':
			return { events: ['circleShared'], id, tidy: { ...tidy, details: objectOf(content.data) } };
		case 'topicShare':
			return { events: ['topicShared'], id, tidy: { ...tidy, details: topic(content) } };
		default: {
			const read = withText(tidy, content, data, botId);
			return { events: messageEvents(read), id, tidy: read };
		}
	}
}

function author({ author: data, member }: JsonObject): Author {
	const person = objectOf(data);
	const role = objectOf(member);
	return {
		nickname: orNull(person.nickname),
		username: orNull(person.username),
		avatar: orNull(person.avatar),
		bot: typeof person.bot === 'boolean' ? person.bot : null,
		nick: orNull(role.nick),
		roles: idsOf(role.roles),
	};
}

/** `message_id` becomes the message reacted to; the reaction's own is in the details. */
function reaction(tidy: Tidy, content: JsonObject, id: string | undefined): Happening {
	const emoji = objectOf(content.emoji);
	return {
		events: [content.action === 'add' ? 'reactionAdded' : 'other'],
		id,
		tidy: {
			...tidy,
			message_id: readId(content.id),
			text: textOf(content.text),
			details: {
				reaction_id: tidy.message_id,
				action: content.action ?? null,
				emoji: decodedEmoji(textOf(emoji.name)),
				emoji_name: emoji.name ?? null,
				avatar: emoji.avatar ?? null,
				count: emoji.count ?? null,
			},
		},
	};
}

function topic(content: JsonObject): JsonObject {
	return {
		message_id: readId(content.messageId),
		channel_id: readId(content.channelId),
		user_id: readId(content.userId),
	};
}

/** Clicks come inside a JSON text; the clicked message is the one the callback names. */
function fromMiniPush(data: JsonObject): Happening {
	const content = typeof data.content === 'string' ? tryParseJson(data.content) : data.content;
	const update = objectOf(content);
	const tidy: Tidy = { ...blank('gateway', data), ...place(data), content: content ?? null };
	if (isJsonObject(update.callback_query)) {
		return withCallback(tidy, update.callback_query, update.update_id);
	}
	const operation = update.interaction_message_card_operation;
	if (isJsonObject(operation)) return cardClick(tidy, operation, update.update_id);
	return { events: ['other'], echo: stringifyJson(data), tidy };
}

function fromCircle(data: JsonObject): Happening {
	const isLike = data.method === 'reaction' && data.circle_type === 'post_like';
	return {
		events: [isLike ? 'circlePostLiked' : 'other'],
		echo: stringifyJson(data),
		tidy: {
			...blank('gateway', data),
			...place(data),
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

function fromCirclePost(data: JsonObject): Happening {
	const post = objectOf(Array.isArray(data.records) ? data.records[0] : data.records);
	const tidy = { ...blank('gateway', data), ...place({ ...post, ...data }) };
	if (data.method === 'post_add') return circlePost(tidy, post);
	return { events: ['other'], echo: stringifyJson(data), tidy: { ...tidy, details: post } };
}

function fromNotice(data: JsonObject): Happening {
	const tidy: Tidy = { ...blank('gateway', data), ...place(data) };
	switch (data.method) {
		case 'userJoin':
			return { events: ['memberJoined'], echo: joinEcho(tidy.guild_id, tidy.user_id), tidy };
		case 'userQuit':
			return { events: ['memberLeft'], echo: stringifyJson(data), tidy };
		default:
			return {
				events: ['notification'],
				echo: stringifyJson(data),
				tidy: { ...tidy, details: data },
			};
	}
}

function fromAnything(frame: JsonObject, data: JsonObject): Happening {
	const tidy: Tidy = { ...blank('gateway', frame), ...place(data), content: data };
	return { events: ['other'], echo: stringifyJson(frame), tidy };
}
