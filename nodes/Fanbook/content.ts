import { booleanField } from '../shared/definition/fields';
import type { Json, JsonObject } from '../shared/json';
import { isJsonObject, tryParseJson } from '../shared/json';
import type { Field, Operation } from '../shared/definition/operation';
import { parseNestedMembers } from './messageDocument';

/** Messages, badges and posts contain their content as JSON text. */
export const contentOption: Field = booleanField(
	'parse_content',
	'Parse Content',
	'Whether to parse content that Fanbook sends as JSON text. The raw text is kept.',
	{ default: true, notSent: true },
);

/** Adds to an operation that nested JSON in its results is parsed, unless Parse Content is off. */
export function withParsedContent(operation: Operation): Operation {
	const { transformResult } = operation;
	return {
		...operation,
		transformResult: (raw, item) => {
			const result = transformResult?.(raw, item) ?? raw;
			if (item.raw('parseContent') === false) return result;
			return Array.isArray(result) ? result.map(parseContent) : parseContent(result);
		},
	};
}

/**
 * Parses JSON in `text` or `content` into `content`, at all levels. The raw text is kept in `text`.
 * Ids in the parsed content are text.
 */
export function parseContent(row: JsonObject): JsonObject {
	const result: JsonObject = {};
	for (const [key, value] of Object.entries(row)) {
		const isDocument = key === 'content' && isJsonObject(value) && typeof value.type === 'string';
		result[key] = isDocument ? parseNestedMembers(value) : parseMember(value);
	}
	if (typeof row.text === 'string') {
		const content = parseMessage(row.text);
		if (content !== undefined) result.content = shareText(content, row.text);
	} else if (typeof row.content === 'string') {
		const content = parseNested(row.content);
		if (content !== undefined) {
			result.content = shareText(content, row.content);
			result.text = row.content;
		}
	}
	return result;
}

/** Shorter texts are not worth a search. */
const MIN_SHARED_LENGTH = 200;

/**
 * Replaces long texts of a parsed document by parts of its raw text, in place. JavaScript keeps such a
 * part as a reference, so the text is in memory once although both are in the result.
 */
function shareText<T extends Json>(value: T, raw: string): T {
	if (typeof value !== 'object' || value === null) return value;
	for (const [key, member] of Object.entries(value)) {
		if (typeof member !== 'string') shareText(member, raw);
		else if (member.length >= MIN_SHARED_LENGTH) {
			const start = raw.indexOf(member);
			if (start !== -1) Reflect.set(value, key, raw.slice(start, start + member.length));
		}
	}
	return value;
}

function parseMember(value: Json): Json {
	if (Array.isArray(value)) return value.map(parseMember);
	return isJsonObject(value) ? parseContent(value) : value;
}

/** Parses a message document, which has a type. Other JSON is text that somebody typed. */
function parseMessage(text: string): JsonObject | undefined {
	const document = text.startsWith('{') ? tryParseJson(text) : undefined;
	if (!isJsonObject(document) || typeof document.type !== 'string') return undefined;
	return parseNestedMembers(document);
}

function parseNested(text: string): Json | undefined {
	if (!/^\s*[{[]/.test(text)) return undefined;
	const nested = tryParseJson(text);
	if (Array.isArray(nested)) return nested.every(isJsonObject) ? nested : undefined;
	return isJsonObject(nested) ? parseNestedMembers(nested) : undefined;
}
