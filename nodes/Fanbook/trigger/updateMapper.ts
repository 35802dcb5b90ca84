import type { Json, JsonObject } from '../../shared/json';
import { isJsonObject, stringifyJson } from '../../shared/json';
import { decodedEmoji } from '../emoji';
import { readId } from '../ids';
import { readContent, textOf } from './content';
import type { EventName, Happening, Tidy } from './happening';
import { objectOf } from './reading';
import {
	blank,
	cardClick,
	circlePost,
	join,
	joinEcho,
	messageEvents,
	person,
	PRIVATE,
	withCallback,
	withText,
} from './tidy';

/** What an update of the queue tells. An update about several joins becomes one happening each. */
export function fromUpdate(update: JsonObject, botId: string): Happening[] {
	const start = blank('queue', update);
	if (isJsonObject(update.callback_query)) {
		const { callback_query: callback } = update;
		return [withCallback(place(start, objectOf(callback.message)), callback, update.update_id)];
	}
	const post = update.channel_post ?? update.message;
	if (!isJsonObject(post)) return [unknown(start, update)];
	const tidy = place(start, post);

	const operation = post.interaction_message_card_operation;
	if (isJsonObject(operation)) return [cardClick(tidy, operation, update.update_id)];

	const content = messageContent(post);
	if (content !== undefined) return [message(tidy, content, post, botId)];
	if (isJsonObject(post.reaction)) return [reaction(tidy, post.reaction)];
	if (isJsonObject(post.circle_post)) return [circlePost(tidy, post.circle_post)];
	if (isJsonObject(post.circle_like)) return [like(tidy, post.circle_like, update)];
	if (isJsonObject(post.topic_share)) return [shared('topicShared', tidy, post.topic_share)];
	if (isJsonObject(post.circle_share_entity)) {
		return [shared('circleShared', tidy, post.circle_share_entity)];
	}
	const joined = post.new_join_members ?? post.new_chat_members;
	if (Array.isArray(joined)) return joins(tidy, joined);
	if (isJsonObject(post.left_chat_member)) return [left(tidy, post.left_chat_member, update)];
	return [unknown(tidy, update)];
}

function place(tidy: Tidy, post: JsonObject): Tidy {
	const chat = objectOf(post.chat);
	const from = objectOf(post.from);
	const reply = objectOf(post.reply_to_message);
	return {
		...tidy,
		message_id: readId(post.message_id),
		guild_id: readId(chat.guild_id),
		channel_id: readId(chat.id),
		channel_type:
			typeof chat.channel_type === 'number'
				? chat.channel_type
				: chat.type === 'private'
					? PRIVATE
					: null,
		user_id: readId(from.id),
		time: typeof post.date === 'number' ? post.date : null,
		author: person(from),
		quote_l1: readId(reply.message_id),
	};
}

/** What a message says, under whichever member the queue puts it. */
function messageContent(post: JsonObject): JsonObject | undefined {
	if (typeof post.text === 'string') return readContent(post.text);
	const named: Array<[string, Json | undefined]> = [
		['image', Array.isArray(post.photo) ? post.photo[0] : post.photo],
		['richText', post.rich_text],
		['voice', post.voice ?? post.audio],
		['video', post.video ?? post.video_note],
	];
	for (const [type, content] of named) {
		if (isJsonObject(content)) return readContent({ ...content, type });
	}
	return undefined;
}

function message(tidy: Tidy, content: JsonObject, post: JsonObject, botId: string): Happening {
	const id = messageId(tidy);
	// Anybody can type such a text, but nobody can announce somebody else.
	if (content.type === 'newJoin' && readId(content.user_id) === tidy.user_id) {
		return join({ ...tidy, content }, content, id);
	}
	const entities = Array.isArray(post.entities) ? post.entities : [];
	const users = entities.map((entity) => objectOf(entity).user ?? null);
	const read = withText(tidy, content, { ...post, mentions: users }, botId);
	return { events: messageEvents(read), id, tidy: read };
}

function messageId({ message_id: id }: Tidy): string | undefined {
	return id === null ? undefined : `message:${id}`;
}

/** `message_id` becomes the message reacted to. */
function reaction(tidy: Tidy, data: JsonObject): Happening {
	const name = textOf(data.emoji);
	return {
		events: [data.action === 'add' ? 'reactionAdded' : 'other'],
		id: messageId(tidy),
		tidy: {
			...tidy,
			message_id: readId(objectOf(data.reaction_to_message).message_id),
			details: {
				reaction_id: tidy.message_id,
				action: data.action ?? null,
				emoji: decodedEmoji(name),
				emoji_name: name === '' ? null : name,
				avatar: null,
				count: null,
			},
		},
	};
}

function like(tidy: Tidy, data: JsonObject, update: JsonObject): Happening {
	return {
		events: ['circlePostLiked'],
		...identity(update),
		tidy: {
			...tidy,
			message_id: null,
			// The API's own spelling.
			details: { post_id: readId(data.releated_id), reaction_type: data.reaction_type ?? null },
		},
	};
}

function shared(event: EventName, tidy: Tidy, details: JsonObject): Happening {
	return { events: [event], id: messageId(tidy), tidy: { ...tidy, details } };
}

function joins(tidy: Tidy, members: Json[]): Happening[] {
	const id = messageId(tidy);
	return members.map((member) => {
		const user = objectOf(member);
		const userId = readId(user.id) ?? tidy.user_id;
		return {
			events: ['memberJoined'],
			id: members.length > 1 && id !== undefined ? `${id}:${userId ?? ''}` : id,
			echo: joinEcho(tidy.guild_id, userId),
			tidy: {
				...tidy,
				user_id: userId,
				author: person(user),
				details: { invite_code: textOf(user.invite_code) || null, index: null },
			},
		};
	});
}

function left(tidy: Tidy, member: JsonObject, update: JsonObject): Happening {
	return {
		events: ['memberLeft'],
		...identity(update),
		tidy: { ...tidy, user_id: readId(member.id) ?? tidy.user_id, author: person(member) },
	};
}

function unknown(tidy: Tidy, update: JsonObject): Happening {
	return { events: ['other'], ...identity(update), tidy };
}

function identity(update: JsonObject): Pick<Happening, 'id' | 'echo'> {
	const id = readId(update.update_id);
	return id === null ? { echo: stringifyJson(update) } : { id: `update:${id}` };
}
