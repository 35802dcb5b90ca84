import { isObject, tryParseJson, writeJson, type JsonObject } from '../core/json';
import { createError } from './errors';

/** The content types that a bot can send as JSON. */
const SENDABLE_TYPES = [
	'richText',
	'messageCard',
	'voice',
	'image',
	'video',
	'task',
	'team',
	'leaderboard',
];

const USER_MENTION = /\$\{@!(\d{1,19})\}/g;
const ROLE_MENTION = /\$\{@&(\d{1,19})\}/g;
const COMMAND = /\$\{\/[^}]+\}/;
const LINK = /https?:\/\//;

/** Returns the ids of the users that are mentioned in the markup of a text. */
export function findMentionedUsers(text: string): string[] {
	return [...text.matchAll(USER_MENTION)].map(([, id]) => id ?? '');
}

/** Returns the ids of the mentioned roles. The id of the server is the role of all members. */
export function findMentionedRoles(text: string): string[] {
	return [...text.matchAll(ROLE_MENTION)].map(([, id]) => id ?? '');
}

/** Returns the `contentType` of a text, a bit mask: 1 user mention, 2 and 64 command, 16 link. */
function getContentFlags(text: string): number {
	const mention = findMentionedUsers(text).length > 0 ? 1 : 0;
	return mention + (COMMAND.test(text) ? 66 : 0) + (LINK.test(text) ? 16 : 0);
}

/** Returns the stored form of a plain text. */
export function createTextContent(text: string): string {
	return writeJson({ type: 'text', text, contentType: getContentFlags(text) });
}

/** Parses the content of a message; returns {} if it is not a JSON object. */
export function readContent(content: string): JsonObject {
	const value = tryParseJson(content);
	return isObject(value) ? value : {};
}

function typeOf({ type }: JsonObject): string {
	return typeof type === 'string' ? type : '';
}

/** Returns the `type` of a content, or ''. */
export function readContentType(content: string): string {
	return typeOf(readContent(content));
}

function requireJsonText(value: unknown, what: string): void {
	if (typeof value !== 'string' || tryParseJson(value) === undefined) {
		throw createError('notJson', `${what} must be JSON inside a text`);
	}
}

/**
 * Returns the content to store for a text that the bot sends. With a parse_mode the text is JSON
 * and stored unchanged; errors are 5103 and 5105 as in the service.
 */
export function composeContent(text: string, parseMode: string | undefined): string {
	if (parseMode === undefined) return createTextContent(text);
	const value = tryParseJson(text);
	if (!isObject(value)) throw createError('notJson');
	const { type } = value;
	if (typeof type !== 'string' || !SENDABLE_TYPES.includes(type))
		throw createError('typeNotSupported');
	if (type === 'richText') requireJsonText(value.document ?? value.v2, 'document');
	if (type === 'messageCard') requireJsonText(value.data, 'data');
	return text;
}

function isButton(value: unknown): boolean {
	if (!isObject(value) || typeof value.text !== 'string') return false;
	const purposes = ['callback_data', 'url', 'app_id', 'is_command', 'login_url', 'web_app', 'pay'];
	return [...purposes, 'switch_inline_query', 'callback_game'].some((key) => key in value);
}

/** Throws if a reply_markup is neither an inline keyboard nor a reply keyboard. */
export function checkMarkup(markup: JsonObject | undefined): JsonObject | null {
	if (markup === undefined) return null;
	const rows = markup.inline_keyboard;
	if (rows !== undefined) {
		const fits =
			Array.isArray(rows) && rows.every((row) => Array.isArray(row) && row.every(isButton));
		if (!fits)
			throw createError('parameter', 'inline_keyboard must be rows of buttons with a purpose');
	} else if (!('keyboard' in markup || 'remove_keyboard' in markup)) {
		throw createError('parameter', 'reply_markup must hold inline_keyboard');
	}
	return markup;
}

/** Returns the text of a parsed content for the conversation list. */
export function createPreview(content: JsonObject): string {
	const shown = content.text ?? content.title ?? content.notification;
	return typeof shown === 'string' ? shown : `[${typeOf(content)}]`;
}
