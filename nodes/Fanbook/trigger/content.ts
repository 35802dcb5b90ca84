import type { Json, JsonObject } from '../../shared/json';
import { isJsonObject, tryParseJson } from '../../shared/json';

const USER_MENTION = /\$\{@!(\d{1,19})\}/g;
const ROLE_MENTION = /\$\{@&(\d{1,19})\}/g;
/** Mentions in front of a command do not belong to it. */
const COMMAND = /^\s*(?:\$\{@[!&]\d{1,19}\}\s*)*(?:\$\{\/([^}\s]+)\}|\/(\S+))\s*([\s\S]*)$/;

/** Members of a content that hold JSON inside a text. */
const NESTED = ['document', 'v2', 'data'];

/** A message's content, read: JSON text becomes an object, any other text `{ type: 'text', text }`. */
export function readContent(content: Json | undefined): JsonObject {
	const value = typeof content === 'string' ? tryParseJson(content) : content;
	if (!isJsonObject(value))
		return typeof content === 'string' ? { type: 'text', text: content } : {};
	const read: JsonObject = { ...value };
	for (const key of NESTED) {
		const member = value[key];
		if (typeof member === 'string') read[key] = structured(member) ?? member;
	}
	return read;
}

function structured(text: string): Json | undefined {
	const value = tryParseJson(text);
	return typeof value === 'object' && value !== null ? value : undefined;
}

export function textOf(value: Json | undefined): string {
	return typeof value === 'string' ? value : '';
}

/** What people would read of a content, as plain text. */
export function plainText(content: JsonObject): string {
	switch (content.type) {
		case 'richText':
			return [textOf(content.title), richText(content.document ?? content.v2)]
				.filter((part) => part !== '')
				.join('\n');
		case 'messageCard':
			return [textOf(content.notification), ...widgetTexts(content.data)]
				.filter((part) => part !== '')
				.join('\n');
		default:
			return textOf(content.text);
	}
}

function richText(document: Json | undefined): string {
	if (!Array.isArray(document)) return '';
	return document
		.map((node) => (isJsonObject(node) ? textOf(node.insert) : ''))
		.join('')
		.trimEnd();
}

function widgetTexts(widget: Json | undefined, depth = 0): string[] {
	if (depth > 50) return [];
	if (Array.isArray(widget)) return widget.flatMap((child) => widgetTexts(child, depth + 1));
	if (!isJsonObject(widget)) return [];
	const own =
		widget.tag === 'text' || widget.tag === 'markdown'
			? textOf(widget.data)
			: widget.tag === 'button'
				? textOf(widget.label)
				: '';
	return [own, ...widgetTexts([widget.children ?? null, widget.child ?? null], depth + 1)];
}

/** Ids of the users and roles a text (or rich text) mentions by its markup. */
export function mentionsIn(content: JsonObject): { users: string[]; roles: string[] } {
	const text = content.type === 'richText' ? JSON.stringify(content) : textOf(content.text);
	const all = (markup: RegExp) => [...text.matchAll(markup)].map(([, id = '']) => id);
	return { users: all(USER_MENTION), roles: all(ROLE_MENTION) };
}

/** The command a text begins with, as `/help me` or `${/help} me`, also behind a mention. */
export function readCommand(text: string): { command: string | null; arguments: string } {
	const [, marked, typed = null, rest = ''] = COMMAND.exec(text) ?? [];
	return { command: marked ?? typed, arguments: rest.trim() };
}
