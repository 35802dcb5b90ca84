import type { Json, JsonObject } from '../../shared/json';
import { stringifyJson } from '../../shared/json';
import { readId } from '../ids';
import { mentionsIn, plainText, readCommand, readContent, textOf } from './content';
import type { Author, EventName, Happening, Source, Tidy } from './happening';
import { idsOf, objectOf, orNull, unique } from './reading';

/** What all transports share: the events that look the same once they are unpacked. */

/** Channel kinds of private chats and of a server's notifications. */
export const PRIVATE = 3;
const NOTIFICATIONS = 24;

/** A shape in which nothing applies yet. */
export function blank(source: Source, raw: Json): Tidy {
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

/** Adds what a message says and whom it names. */
export function withText(tidy: Tidy, content: JsonObject, data: JsonObject, botId: string): Tidy {
	const text = plainText(content);
	const marked = mentionsIn(content);
	const mentions = unique([...idsOf(data.mentions), ...marked.users]);
	return {
		...tidy,
		message_type: textOf(content.type) || 'text',
		text,
		...readCommand(text),
		content,
		mentions,
		mention_roles: unique([...idsOf(data.mention_roles), ...marked.roles]),
		mentions_bot: mentions.includes(botId),
	};
}

/** The names that fit a message, the most particular first. */
export function messageEvents(tidy: Tidy): EventName[] {
	const events: EventName[] = [];
	if (tidy.channel_type === NOTIFICATIONS) events.push('notification');
	if (tidy.mentions_bot) events.push('botMentioned');
	if (isPrivate(tidy)) events.push('privateMessage');
	return [...events, 'message'];
}

function isPrivate({ channel_type, guild_id, source }: Tidy): boolean {
	return channel_type === null
		? source !== 'gateway' && guild_id === null
		: channel_type === PRIVATE;
}

export function join(tidy: Tidy, content: JsonObject, id: string | undefined): Happening {
	const user = readId(content.user_id) ?? tidy.user_id;
	return {
		events: ['memberJoined'],
		id,
		echo: joinEcho(tidy.guild_id, user),
		tidy: {
			...tidy,
			user_id: user,
			details: {
				invite_code: orNull(content.code),
				// The history calls the same number `order`.
				index: content.index ?? content.order ?? null,
			},
		},
	};
}

/** A join is told twice, as a message and as a notice. */
export function joinEcho(guild: string | null, user: string | null): string {
	return `join:${guild ?? ''}:${user ?? ''}`;
}

/** A button of an inline keyboard was clicked. */
export function withCallback(
	tidy: Tidy,
	callback: JsonObject,
	updateId: Json | undefined,
): Happening {
	const from = objectOf(callback.from);
	const message = objectOf(callback.message);
	const id = readId(callback.id) ?? readId(updateId);
	return {
		events: ['buttonClicked'],
		id: id === null ? undefined : `click:${id}`,
		tidy: {
			...tidy,
			message_id:
				readId(callback.inline_message_id) ?? readId(message.message_id) ?? tidy.message_id,
			user_id: readId(from.id) ?? tidy.user_id,
			author: person(from),
			details: {
				callback_id: readId(callback.id),
				data: orNull(callback.data),
				inline_message_id: readId(callback.inline_message_id),
			},
		},
	};
}

/** A slot of a message card was clicked. Fanbook does not document what it tells about it. */
export function cardClick(
	tidy: Tidy,
	operation: JsonObject,
	updateId: Json | undefined,
): Happening {
	const id = readId(updateId);
	return {
		events: ['cardClicked'],
		id: id === null ? undefined : `update:${id}`,
		echo: stringifyJson(tidy.raw),
		tidy: {
			...tidy,
			message_id: readId(operation.message_id) ?? tidy.message_id,
			channel_id: readId(operation.channel_id) ?? tidy.channel_id,
			user_id: readId(operation.user_id) ?? tidy.user_id,
			details: operation,
		},
	};
}

/** A post in a circle; its real body is `content_v2`, `content` may be a stand-in. */
export function circlePost(tidy: Tidy, post: JsonObject): Happening {
	const id = readId(post.post_id);
	const content = readContent({
		type: 'richText',
		document: post.content_v2 ?? post.content ?? '',
	});
	return {
		events: ['circlePostCreated'],
		id: id === null ? undefined : `post:${id}`,
		echo: stringifyJson(tidy.raw),
		tidy: {
			...tidy,
			guild_id: tidy.guild_id ?? readId(post.guild_id),
			channel_id: readId(post.channel_id) ?? tidy.channel_id,
			text: plainText({ ...content, title: post.title ?? '' }),
			content: content.document ?? null,
			details: post,
		},
	};
}

/** An author as the bot methods describe one. */
export function person(user: JsonObject): Author {
	return {
		nickname: orNull(user.first_name) ?? orNull(user.nickname),
		username: orNull(user.username),
		avatar: orNull(user.avatar),
		bot: typeof user.is_bot === 'boolean' ? user.is_bot : null,
		nick: null,
		roles: idsOf(user.role_ids),
	};
}
