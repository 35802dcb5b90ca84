import { isObject, tryParseJson, writeJson, type JsonObject } from '../core/json';
import { createError } from './errors';

/** The kinds a bot may send as a JSON document. */
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

/** Ids of the users a text mentions by its markup. */
export function findMentionedUsers(text: string): string[] {
	return [...text.matchAll(USER_MENTION)].map(([, id]) => id ?? '');
}

/** Ids of the roles a text mentions; a server's id means everyone. */
export function findMentionedRoles(text: string): string[] {
	return [...text.matchAll(ROLE_MENTION)].map(([, id]) => id ?? '');
}

/** The bit mask seen in text messages: 1 mentions a user, 2 and 64 a command, 16 has a link. */
function getContentFlags(text: string): number {
	const mention = findMentionedUsers(text).length > 0 ? 1 : 0;
	return mention + (COMMAND.test(text) ? 66 : 0) + (LINK.test(text) ? 16 : 0);
}

/** The stored form of a plain text. */
export function createTextContent(text: string): string {
	return writeJson({ type: 'text', text, contentType: getContentFlags(text) });
}

/** A message's content, read; the empty object where it is no JSON object. */
export function readContent(content: string): JsonObject {
	const value = tryParseJson(content);
	return isObject(value) ? value : {};
}

/** The `type` of a content, or ''. */
export function readContentType(content: string): string {
	const { type } = readContent(content);
	return typeof type === 'string' ? type : '';
}

function requireJsonText(value: unknown, what: string): void {
	if (typeof value !== 'string' || tryParseJson(value) === undefined) {
		throw createError('notJson', `${what} must be JSON inside a text`);
	}
}

/**
 * The stored content of what a bot sends: plain text, or with parse_mode Fanbook a JSON document
 * that is kept character for character. Fails with 5103 or 5105 as the service does.
 */
export function composeContent(text: string, parseMode: string | undefined): string {
	if (parseMode === undefined) return createTextContent(text);
	const value = tryParseJson(text);
	if (!isObject(value)) throw createError('notJson');
	const { type } = value;
	if (typeof type !== 'string' || !SENDABLE_TYPES.includes(type))
		throw createError('kindNotSupported');
	if (type === 'richText') requireJsonText(value.document ?? value.v2, 'document');
	if (type === 'messageCard') requireJsonText(value.data, 'data');
	return text;
}

function isButton(value: unknown): boolean {
	if (!isObject(value) || typeof value.text !== 'string') return false;
	const purposes = ['callback_data', 'url', 'app_id', 'is_command', 'login_url', 'web_app', 'pay'];
	return [...purposes, 'switch_inline_query', 'callback_game'].some((key) => key in value);
}

/** Refuses a reply_markup that is neither an inline keyboard nor a reply keyboard. */
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

/** What a conversation list shows of a content. */
export function createPreview(content: string): string {
	const value = readContent(content);
	const shown = value.text ?? value.title ?? value.notification;
	return typeof shown === 'string' ? shown : `[${readContentType(content)}]`;
}
