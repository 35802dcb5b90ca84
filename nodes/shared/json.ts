import { LosslessNumber, isInteger, isSafeNumber, parse, stringify } from 'lossless-json';

/** JSON data after reading: integers beyond 2^53 are text, everything else is what JSON says. */
export type Json = string | number | boolean | null | Json[] | JsonObject;
export interface JsonObject {
	[key: string]: Json;
}

export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Keys whose values are identifiers: `id`, `message_id`, `postUuid`, `chatIds`, `rawid`. */
const ID_KEY = /^(raw)?ids?$|_ids?$|[a-z](Id|ID)s?$/;

/**
 * Reads JSON text without losing a digit. Integers that a double cannot hold become text, and so
 * does every number under a key that names an identifier, so that an id has one type everywhere.
 *
 * @throws SyntaxError when the text is not JSON
 */
export function parseJson(text: string): Json {
	const value = parse(text, undefined, {
		parseNumber: (digits) => new LosslessNumber(digits),
		// As in JSON.parse, the last one counts.
		onDuplicateKey: ({ newValue }) => newValue,
	});
	return normalize(value, '');
}

/**
 * Reads JSON that is only passed on: every number keeps its very digits when it is written again.
 *
 * @throws SyntaxError when the text is not JSON
 */
export function parseJsonLossless(text: string): unknown {
	return parse(text, undefined, (digits) => new LosslessNumber(digits));
}

/** Like `readJson`, but `undefined` for text that is not JSON. */
export function tryParseJson(text: string): Json | undefined {
	try {
		return parseJson(text);
	} catch {
		return undefined;
	}
}

function normalize(value: unknown, key: string): Json {
	if (value instanceof LosslessNumber) {
		const digits = value.toString();
		if (isInteger(digits)) {
			return isSafeNumber(digits) && !ID_KEY.test(key) ? Number(digits) : digits;
		}
		const number = Number(digits);
		return Number.isFinite(number) ? number : digits;
	}
	if (Array.isArray(value)) return value.map((element) => normalize(element, key));
	if (isObject(value)) {
		const result: JsonObject = {};
		for (const [name, member] of Object.entries(value)) {
			// Assigning to `__proto__` would change the object instead of adding a key.
			if (name === '__proto__') continue;
			result[name] = normalize(member, name);
		}
		return result;
	}
	if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
	return null;
}

/** A 64-bit integer on its way out: text here, bare digits in the JSON. */
export class Int64Literal {
	constructor(readonly text: string) {}

	toString(): string {
		return this.text;
	}
}

/**
 * Writes JSON text; `Int64Literal`s become bare digits, `undefined` members are left out, and half a
 * surrogate pair becomes U+FFFD, since it is not valid in UTF-8.
 */
export function stringifyJson(value: unknown): string {
	return stringify(value, (_key, member: unknown) => toJsonMember(member)) ?? 'null';
}

function toJsonMember(member: unknown): unknown {
	if (member instanceof Int64Literal) return new LosslessNumber(member.text);
	return typeof member === 'string' ? wellFormed(member) : member;
}

/** Replaces each half of a surrogate pair, as a text cut by length can end with, by U+FFFD. */
export function wellFormed(text: string): string {
	return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}

/**
 * Reads any value that came through an n8n expression as plain JSON data: dates become ISO text,
 * what JSON has no word for is dropped.
 */
export function toJson(value: unknown): Json | undefined {
	if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
	if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
	if (typeof value === 'bigint') return value.toString();
	if (Array.isArray(value)) return value.map((element) => toJson(element) ?? null);
	if (!isObject(value)) return undefined;
	// Dates of JavaScript and Luxon; an invalid date becomes null.
	if (typeof value.toJSON === 'function') return toJson(value.toJSON());
	const result: JsonObject = {};
	for (const [name, member] of Object.entries(value)) {
		const json = toJson(member);
		if (json !== undefined) result[name] = json;
	}
	return result;
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The member at a dotted path (`data.items`), or `undefined`. */
export function valueAtPath(value: Json | undefined, path: string): Json | undefined {
	let current = value;
	for (const part of path.split('.')) {
		if (!isJsonObject(current)) return undefined;
		current = current[part];
	}
	return current;
}
