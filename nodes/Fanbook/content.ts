import { booleanField } from '../shared/definition/fields';
import type { Json, JsonObject } from '../shared/json';
import { isJsonObject, tryParseJson } from '../shared/json';
import type { Field, Operation, ItemContext } from '../shared/definition/operation';

/** Fanbook puts JSON inside JSON: messages, badges and posts carry their content as text. */
export const contentOption: Field = booleanField(
	'parse_content',
	'Parse Content',
	'Whether to read content that comes as JSON text into objects, with the raw text kept beside it',
	{ default: true, notSent: true },
);

/** An operation whose results have their nested JSON read, unless the user says otherwise. */
export function withContent(operation: Operation): Operation {
	const { transformResult: shape } = operation;
	return {
		...operation,
		transformResult: (raw, call) => {
			const shaped = shape?.(raw, call) ?? raw;
			if (!wanted(call)) return shaped;
			return Array.isArray(shaped) ? shaped.map(parsedContent) : parsedContent(shaped);
		},
	};
}

function wanted(call: ItemContext): boolean {
	return call.raw('parseContent') !== false;
}

/**
 * A result with every JSON text under `text` or `content` read into `content`; the raw text then
 * stands in `text`. Ids inside are text, as everywhere.
 */
export function parsedContent(row: JsonObject): JsonObject {
	const result: JsonObject = {};
	for (const [key, value] of Object.entries(row)) result[key] = inside(value);
	if (typeof row.text === 'string') {
		const content = readMessage(row.text);
		if (content !== undefined) result.content = content;
	} else if (typeof row.content === 'string') {
		const content = readNested(row.content);
		if (content !== undefined) {
			result.content = content;
			result.text = row.content;
		}
	}
	return result;
}

function inside(value: Json): Json {
	if (Array.isArray(value)) return value.map(inside);
	return isJsonObject(value) ? parsedContent(value) : value;
}

/** A message's document, known by its type; what people type is no document, even if it is JSON. */
function readMessage(text: string): JsonObject | undefined {
	const document = text.startsWith('{') ? tryParseJson(text) : undefined;
	return isJsonObject(document) && typeof document.type === 'string' ? document : undefined;
}

function readNested(text: string): Json | undefined {
	if (!/^\s*[{[]/.test(text)) return undefined;
	const nested = tryParseJson(text);
	if (Array.isArray(nested)) return nested.every(isJsonObject) ? nested : undefined;
	return isJsonObject(nested) ? nested : undefined;
}
