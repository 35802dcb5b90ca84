import type { Json, JsonObject } from '../shared/json';
import { isStructure, stringifyJson, tryParseJson } from '../shared/json';

/** Members of a message document that hold JSON text, by its type. */
const NESTED_MEMBERS = new Map([
	['richText', ['document', 'v2']],
	['messageCard', ['data']],
]);
const NESTED_KEYS = [...NESTED_MEMBERS.values()].flat();

/** Parses the members of a message document that hold JSON text. Other text is kept. */
export function parseNestedMembers(document: JsonObject): JsonObject {
	const result: JsonObject = { ...document };
	for (const key of NESTED_KEYS) {
		const member = document[key];
		if (typeof member === 'string') result[key] = parseStructure(member) ?? member;
	}
	return result;
}

/** Writes the members that hold JSON text; `undefined` if none is an object or a list. */
export function stringifyNestedMembers(
	document: Record<string, unknown>,
): Record<string, unknown> | undefined {
	const keys = NESTED_MEMBERS.get(String(document.type)) ?? [];
	const nested = keys.filter((key) => isStructure(document[key]));
	if (nested.length === 0) return undefined;
	const texts = nested.map((key) => [key, stringifyJson(document[key])]);
	return { ...document, ...Object.fromEntries(texts) };
}

function parseStructure(text: string): Json | undefined {
	const value = tryParseJson(text);
	return typeof value === 'object' && value !== null ? value : undefined;
}
