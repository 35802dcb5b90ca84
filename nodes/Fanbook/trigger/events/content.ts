import type { Json, JsonObject } from '../../../shared/json';
import { isJsonObject, tryParseJson } from '../../../shared/json';
import { parseNestedMembers } from '../../messageDocument';
import { asText, textOrNull } from './read';

const USER_MENTION = /\$\{@!(\d{1,19})\}/g;
const ROLE_MENTION = /\$\{@&(\d{1,19})\}/g;
/** A command may follow mentions, which are not part of it. */
const COMMAND =
	/^[\s\p{Cf}]*(?:\$\{@[!&]\d{1,19}\}[\s\p{Cf}]*)*(?:\$\{\/([^}\s]+)\}|[/／、⁄∕](\S+))\s*([\s\S]*)$/u;

/** Parses the content of a message. Text that is not JSON becomes `{ type: 'text', text }`. */
export function readContent(content: Json | undefined): JsonObject {
	const value = typeof content === 'string' ? tryParseJson(content) : content;
	if (!isJsonObject(value))
		return typeof content === 'string' ? { type: 'text', text: content } : {};
	return parseNestedMembers(value);
}

/** Returns the content of a message of the Bot API, which has one member per message type. */
export function messageContent(post: JsonObject): JsonObject | undefined {
	if (typeof post.text === 'string' && post.text !== '') {
		const content = readContent(post.text);
		// Somebody may have typed JSON, while a content names its type.
		return typeof content.type === 'string' ? content : { type: 'text', text: post.text };
	}
	const contents: Array<[type: string, content: Json | undefined]> = [
		['image', Array.isArray(post.photo) ? post.photo[0] : post.photo],
		['richText', readStructure(post.rich_text)],
		['voice', post.voice ?? post.audio],
		['video', post.video ?? post.video_note],
		['document', post.document],
		['text', post.text],
	];
	for (const [type, content] of contents) {
		if (isJsonObject(content)) return readContent({ ...content, type });
	}
	return post.text === '' ? readContent('') : undefined;
}

/** Returns an object that is sent as such or as JSON text. */
function readStructure(value: Json | undefined): Json | undefined {
	return typeof value === 'string' ? tryParseJson(value) : value;
}

/** Returns the text of a content that people see, without formatting. */
export function plainText(content: JsonObject): string {
	switch (content.type) {
		case 'richText':
			return [asText(content.title), richText(content.document) || richText(content.v2)]
				.filter((part) => part !== '')
				.join('\n');
		case 'messageCard':
			return [asText(content.notification), ...widgetTexts(content.data)]
				.filter((part) => part !== '')
				.join('\n');
		default:
			return textOrNull(content.text) ?? '';
	}
}

function richText(document: Json | undefined): string {
	if (!Array.isArray(document)) return '';
	return document
		.map((node) => (isJsonObject(node) ? asText(node.insert) : ''))
		.join('')
		.trimEnd();
}

function widgetTexts(widget: Json | undefined, depth = 0): string[] {
	if (depth > 50) return [];
	if (Array.isArray(widget)) return widget.flatMap((child) => widgetTexts(child, depth + 1));
	if (!isJsonObject(widget)) return [];
	const own =
		widget.tag === 'text' || widget.tag === 'markdown'
			? asText(widget.data)
			: widget.tag === 'button'
				? asText(widget.label)
				: '';
	return [own, ...widgetTexts([widget.children ?? null, widget.child ?? null], depth + 1)];
}

/** Returns the ids of users and roles mentioned by markup in a text or rich text. */
export function findMentions(content: JsonObject): { users: string[]; roles: string[] } {
	const text = content.type === 'richText' ? JSON.stringify(content) : asText(content.text);
	const idsBy = (markup: RegExp) => [...text.matchAll(markup)].map(([, id = '']) => id);
	return { users: idsBy(USER_MENTION), roles: idsBy(ROLE_MENTION) };
}

/**
 * Parses the command at the start of a text: `/help me` or `${/help} me`, after any mentions. Chinese
 * input methods type `／` or `、` for the slash, and full-width letters; copied text can begin with invisible
 * characters.
 */
export function parseCommand(text: string): { command: string | null; arguments: string } {
	const [, marked, typed = null, rest = ''] = COMMAND.exec(text) ?? [];
	const command = marked ?? typed;
	return { command: command === null ? null : normalizeCommand(command), arguments: rest.trim() };
}

/** Returns a command without its slash, with full-width characters as the usual ones. */
export function normalizeCommand(command: string): string {
	return command.normalize('NFKC').replace(/^[/、⁄∕]/, '');
}
