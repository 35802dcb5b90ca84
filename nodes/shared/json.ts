import { LosslessNumber, isInteger, isSafeNumber, parse, stringify } from 'lossless-json';

/** Parsed JSON data: integers beyond 2^53 are text, everything else is as in JSON. */
export type Json = string | number | boolean | null | Json[] | JsonObject;
export interface JsonObject {
	[key: string]: Json;
}

export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Keys whose values are identifiers: `id`, `message_id`, `postUuid`, `chatIds`. */
const ID_KEY = /^ids?$|_ids?$|[a-z](Id|ID)s?$/;

/** Deeper nesting than any service sends; deeper JSON is rejected rather than read recursively. */
const MAX_DEPTH = 500;

function tooDeep(): SyntaxError {
	return new SyntaxError(`JSON is nested more than ${MAX_DEPTH} levels deep`);
}

/** Returns whether a text has more nested brackets than JSON may have here, in linear time. */
export function isNestedTooDeeply(text: string): boolean {
	return quoteLongIntegers(text) === undefined;
}

export interface ParseOptions {
	/** More keys whose values are identifiers, in a service's own spelling. */
	idKeys?: readonly string[];
}

/**
 * Parses JSON text without losing a digit. Integers that a double cannot hold become text, and so
 * does every integer under a key that names an identifier, so that an ID always has one type.
 *
 * The text is parsed by `JSON.parse`, which is fast and keeps its strings flat; only the long
 * integers are put into quotes before.
 *
 * @throws SyntaxError when the text is not JSON, or nested more than 500 levels deep
 */
export function parseJson(marked: string, { idKeys = [] }: ParseOptions = {}): Json {
	// A byte order mark is no part of JSON, but some servers send one.
	const text = marked.startsWith('\uFEFF') ? marked.slice(1) : marked;
	const walk: Walk = {
		isIdKey: rememberedTest((key) => ID_KEY.test(key) || idKeys.includes(key)),
		isInexact: false,
	};
	const quoted = quoteLongIntegers(text);
	if (quoted === undefined) throw tooDeep();
	const parsed: Json = JSON.parse(quoted);
	const normal = normalize(parsed, walk);
	return walk.isInexact ? normalize(parseExactly(text), walk) : normal;
}

/** Parses JSON in which a number such as `1e999` is beyond the range of a double: it stays text. */
function parseExactly(text: string): Json {
	const parsed: Json = JSON.parse(
		stringify(
			parse(text, undefined, {
				parseNumber: (digits) => exactNumber(digits),
				onDuplicateKey: ({ newValue }) => newValue,
			}),
		) ?? 'null',
	);
	return parsed;
}

function exactNumber(digits: string): string | number {
	const number = Number(digits);
	const isExact = Number.isFinite(number) && (!isInteger(digits) || isSafeNumber(digits));
	return isExact ? number : digits;
}

function rememberedTest(test: (key: string) => boolean): (key: string) => boolean {
	const known = new Map<string, boolean>();
	return (key) => {
		let result = known.get(key);
		if (result === undefined) known.set(key, (result = test(key)));
		return result;
	};
}

interface Walk {
	isIdKey: (key: string) => boolean;
	/** Set when a number was found that a double cannot hold. */
	isInexact: boolean;
}

/** Converts parsed data in place: IDs become text, and keys named `__proto__` are removed. */
function normalize(value: Json, walk: Walk, isId = false, depth = 1): Json {
	if (typeof value === 'number') {
		if (!Number.isFinite(value)) walk.isInexact = true;
		return isId && Number.isInteger(value) ? String(value) : value;
	}
	if (typeof value !== 'object' || value === null) return value;
	if (depth > MAX_DEPTH) throw tooDeep();
	if (Array.isArray(value)) {
		for (let index = 0; index < value.length; index += 1) {
			const element = value[index];
			if (typeof element !== 'number' && (typeof element !== 'object' || element === null))
				continue;
			const normal = normalize(element, walk, isId, depth + 1);
			if (normal !== element) value[index] = normal;
		}
		return value;
	}
	for (const key of Object.keys(value)) {
		// Assigning to it would change an object instead of adding a key.
		if (key === '__proto__') {
			Reflect.deleteProperty(value, key);
			continue;
		}
		const member = value[key];
		if (typeof member !== 'number' && (typeof member !== 'object' || member === null)) continue;
		const normal = normalize(member, walk, walk.isIdKey(key), depth + 1);
		if (normal !== member) value[key] = normal;
	}
	return value;
}

/** Tab, line feed, carriage return and space. */
const WHITESPACE = [9, 10, 13, 32];
const QUOTE = 34;
const OPENING_BRACKET = 91;
const CLOSING_BRACKET = 93;
const OPENING_BRACE = 123;
const CLOSING_BRACE = 125;
const BACKSLASH = 92;
const MINUS = 45;
const DOT = 46;
const ZERO = 48;
const NINE = 57;
const COLON = 58;
const UPPER_E = 69;
const LOWER_E = 101;
/** Integers of this many digits can be beyond 2^53, longer ones always are. */
const LONG_DIGITS = 16;

const isDigit = (code: number) => code >= ZERO && code <= NINE;

/**
 * Puts each integer that a double cannot hold into quotes, outside of strings only. This runs for every
 * response, so it reads each character once and counts brackets on the way: JSON that is nested deeply
 * takes seconds to parse.
 *
 * @returns undefined if the text is nested too deeply
 */
function quoteLongIntegers(text: string): string | undefined {
	const pieces: string[] = [];
	let copied = 0;
	let depth = 0;
	for (let at = 0; at < text.length;) {
		const code = text.charCodeAt(at);
		if (code === QUOTE) {
			at = endOfString(text, at);
		} else if (code === MINUS || isDigit(code)) {
			const end = endOfDigits(text, at + 1);
			if (end - at >= LONG_DIGITS && isLongInteger(text, at, end)) {
				pieces.push(text.slice(copied, at), text.slice(at, end));
				copied = end;
			}
			at = endOfNumber(text, end);
		} else {
			if (code === OPENING_BRACE || code === OPENING_BRACKET) {
				depth += 1;
				if (depth > MAX_DEPTH) return undefined;
			} else if (code === CLOSING_BRACE || code === CLOSING_BRACKET) {
				depth -= 1;
			}
			at += 1;
		}
	}
	if (copied === 0) return text;
	pieces.push(text.slice(copied));
	return pieces.join('"');
}

/** Returns the index after the closing quote of the string that begins at `start`. */
function endOfString(text: string, start: number): number {
	for (
		let quote = text.indexOf('"', start + 1);
		quote !== -1;
		quote = text.indexOf('"', quote + 1)
	) {
		let backslashes = 0;
		while (text.charCodeAt(quote - 1 - backslashes) === BACKSLASH) backslashes += 1;
		if (backslashes % 2 === 0) return quote + 1;
	}
	return text.length;
}

function endOfDigits(text: string, from: number): number {
	let at = from;
	while (isDigit(text.charCodeAt(at))) at += 1;
	return at;
}

/** Skips the fraction and exponent of a number. */
function endOfNumber(text: string, from: number): number {
	const first = text.charCodeAt(from);
	if (first !== DOT && first !== LOWER_E && first !== UPPER_E) return from;
	let at = from;
	while (/[\d.eE+-]/.test(text.charAt(at))) at += 1;
	return at;
}

function isBeforeColon(text: string, from: number): boolean {
	let at = from;
	while (WHITESPACE.includes(text.charCodeAt(at))) at += 1;
	return text.charCodeAt(at) === COLON;
}

function isLongInteger(text: string, start: number, end: number): boolean {
	const first = text.charCodeAt(start) === MINUS ? start + 1 : start;
	if (end - first < LONG_DIGITS || text.charCodeAt(first) === ZERO) return false;
	// A number in the place of a key must not become a valid one.
	if (end !== endOfNumber(text, end) || isBeforeColon(text, end)) return false;
	return end - first > LONG_DIGITS || !Number.isSafeInteger(Number(text.slice(start, end)));
}

/**
 * Parses JSON that is only passed on: every number keeps its digits when it is written again.
 *
 * @throws SyntaxError when the text is not JSON, or nested more than 500 levels deep
 */
export function parseJsonLossless(text: string): unknown {
	if (isNestedTooDeeply(text)) throw tooDeep();
	return parse(text, undefined, toLosslessNumber);
}

function toLosslessNumber(digits: string): LosslessNumber {
	return new LosslessNumber(digits);
}

/** Returns whether a value is an object or a list, which a number of `parseJsonLossless` is not. */
export function isStructure(value: unknown): boolean {
	return typeof value === 'object' && value !== null && !(value instanceof LosslessNumber);
}

/** Like `parseJsonLossless`, but `undefined` for text that is not JSON, and names may be repeated. */
export function tryParseJsonLossless(text: string): unknown {
	try {
		if (isNestedTooDeeply(text)) return undefined;
		return parse(text, undefined, {
			parseNumber: toLosslessNumber,
			// As in every other parser, the last one counts.
			onDuplicateKey: ({ newValue }) => newValue,
		});
	} catch {
		return undefined;
	}
}

/** Like `parseJson`, but `undefined` for text that is not JSON. */
export function tryParseJson(text: string, options?: ParseOptions): Json | undefined {
	try {
		return parseJson(text, options);
	} catch {
		return undefined;
	}
}

/** A 64-bit integer to be sent: text here, bare digits in the JSON. */
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
	if (typeof member === 'string') return wellFormed(member);
	if (!isObject(member) || Object.keys(member).every((key) => wellFormed(key) === key))
		return member;
	return Object.fromEntries(Object.entries(member).map(([key, value]) => [wellFormed(key), value]));
}

/** Replaces each half of a surrogate pair, as a text cut by length can end with, by U+FFFD. */
export function wellFormed(text: string): string {
	return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}

/**
 * Converts any value of an n8n expression to plain JSON data: dates become ISO text, and values that
 * JSON cannot hold are left out.
 *
 * @returns `undefined` also for an object that refers to itself or that fails when it is read
 */
export function toJson(value: unknown): Json | undefined {
	try {
		return toPlainData(value);
	} catch {
		return undefined;
	}
}

function toPlainData(value: unknown): Json | undefined {
	if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
	if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
	if (typeof value === 'bigint') return value.toString();
	if (Array.isArray(value)) return value.map((element) => toPlainData(element) ?? null);
	if (!isObject(value)) return undefined;
	// Dates of JavaScript and Luxon; an invalid date becomes null.
	if (typeof value.toJSON === 'function') return toPlainData(value.toJSON());
	const result: JsonObject = {};
	for (const [name, member] of Object.entries(value)) {
		const json = toPlainData(member);
		if (json !== undefined) result[name] = json;
	}
	return result;
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns the member at a dotted path (`data.items`), or `undefined`. */
export function valueAtPath(value: Json | undefined, path: string): Json | undefined {
	let current = value;
	for (const part of path.split('.')) {
		if (!isJsonObject(current) || !Object.hasOwn(current, part)) return undefined;
		current = current[part];
	}
	return current;
}
