import type { Json, JsonObject } from '../shared/json';
import { tryParseJson } from '../shared/json';

/** Members of a message document that hold JSON text. */
const NESTED_KEYS = ['document', 'v2', 'data'];

/** Parses the members of a message document that hold JSON text. Other text is kept. */
export function parseNestedMembers(document: JsonObject): JsonObject {
	const result: JsonObject = { ...document };
	for (const key of NESTED_KEYS) {
		const member = document[key];
		if (typeof member === 'string') result[key] = parseStructure(member) ?? member;
	}
	return result;
}

function parseStructure(text: string): Json | undefined {
	const value = tryParseJson(text);
	return typeof value === 'object' && value !== null ? value : undefined;
}
