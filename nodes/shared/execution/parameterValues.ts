import type { Field, Locator } from '../definition/operation';
import { invalidParameter } from '../errors';
import type { NodeFailure } from '../errors';
import { percentDecode } from '../http';
import { Int64Literal, isObject, parseJson, parseJsonLossless, toJson } from '../json';
import { trimInvisible } from '../text';
import { toIsoDate } from './dates';
import { shown } from './shownValue';

/** Largest value of a signed 64-bit integer, the widest an id can be. */
const INT64_MAX = 2n ** 63n - 1n;

/** Words that mean "nothing" in a list, an ID, a number or a date, as AI models write them. */
const EMPTY_WORDS = new Set(['null', 'none', 'undefined', 'nan', 'n/a']);

/** What may stand around such words, or alone: blanks, brackets, quotes and separators. */
const AROUND_EMPTY_WORDS = /[\s\p{Cf}[\]{}()"'`“”‘’,，、;；]+/u;

/** Longer texts always hold something, or too many separators to be meant. */
const MAX_EMPTY_TEXT = 100;

/** Whether a parameter holds nothing to send: no value, nothing visible, or a list of only such values. */
export function isEmpty(value: unknown): boolean {
	if (value === undefined || value === null) return true;
	if (typeof value === 'string') return trimInvisible(value) === '';
	return Array.isArray(value) && value.every(isEmpty);
}

/** Like `isEmpty`, and true for texts such as `[]` or `null`; for values that are not free text. */
export function isEmptyValue(value: unknown): boolean {
	if (typeof value === 'string') return isEmptyText(value.trim());
	return Array.isArray(value) ? value.every(isEmptyValue) : isEmpty(value);
}

function isEmptyText(text: string): boolean {
	if (text.length > MAX_EMPTY_TEXT) return /^[\s,，、;；]*$/.test(text);
	return text
		.toLowerCase()
		.split(AROUND_EMPTY_WORDS)
		.every((word) => word === '' || EMPTY_WORDS.has(word));
}

function isFieldEmpty(field: Field, value: unknown): boolean {
	const { input, wireFormat } = field;
	if (input.type === 'options' || input.type === 'multiOptions') {
		const isChoice = input.choices.some((choice) => choice.value === value);
		return !isChoice && isEmptyValue(value);
	}
	if (wireFormat === 'json') return isEmptyJson(value);
	return wireFormat === 'text' || wireFormat === 'binary' ? isEmpty(value) : isEmptyValue(value);
}

/** In JSON, `[]` and `{}` are values, and the words for nothing are not. */
function isEmptyJson(value: unknown): boolean {
	if (typeof value !== 'string') return isEmpty(value);
	const text = value.trim().toLowerCase();
	return text === '' || EMPTY_WORDS.has(text);
}

/**
 * Converts the value of the editor or an expression to what is sent.
 *
 * @returns `undefined` when there is nothing to send
 * @throws NodeFailure naming the field when the value does not fit it
 */
export function toWireValue(field: Field, raw: unknown, timezone: string): unknown {
	const value =
		field.input.type === 'resourceLocator'
			? locatorValue(field.displayName, raw, field.input.picker)
			: raw;
	if (value === null && field.nullable === true) return null;
	if (isFieldEmpty(field, value)) return emptyValue(field, value);
	const { displayName } = field;
	switch (field.wireFormat) {
		case 'text':
			return checkLength(field, parseText(displayName, value));
		case 'id':
			return checkId(field, parseId(displayName, value));
		case 'int64':
			return parseInt64(displayName, checkId(field, parseId(displayName, value)));
		case 'stringList':
		case 'commaList':
		case 'int64List':
			return toWireList(field, parseStringList(displayName, value));
		case 'integer':
			return parseNumber(field, value);
		case 'boolean':
			return parseBoolean(displayName, value);
		case 'json':
			return parseJsonValue(displayName, value);
		case 'dateTime':
			return toIsoDate(displayName, value, timezone);
		case 'binary':
			return parseText(displayName, value);
	}
}

function toWireList(field: Field, list: string[]): unknown {
	if (list.length === 0) return emptyValue(field, '');
	const checked = checkItems(field, list);
	if (field.wireFormat === 'commaList') return checked.join(',');
	if (field.wireFormat === 'stringList') return checked;
	return checked.map((id) => parseInt64(field.displayName, id));
}

/** Returns what an empty field sends: nothing, unless an empty value clears it at the service. */
function emptyValue(field: Field, value: unknown): unknown {
	if (field.sendEmpty !== true || value === undefined || value === null) return undefined;
	return field.wireFormat === 'stringList' || field.wireFormat === 'int64List' ? [] : '';
}

/**
 * Returns the value of a resource locator; an address is reduced to the ID in it, and an ID stays.
 *
 * @throws NodeFailure for an address of something else
 */
function locatorValue(displayName: string, raw: unknown, picker: Locator): unknown {
	if (!isObject(raw) || !('mode' in raw)) return raw;
	if (raw.mode !== 'url' || typeof raw.value !== 'string' || picker.url === undefined) {
		return raw.value;
	}
	const id = new RegExp(picker.url.regex).exec(raw.value)?.[1];
	if (id !== undefined) return percentDecode(id);
	if (!raw.value.includes('/')) return raw.value;
	throw invalidParameter(
		displayName,
		`cannot be "${shown(raw.value)}"`,
		`Use an address as in ${picker.url.placeholder.replace('e.g. ', '')}, or choose By ID`,
	);
}

/** @throws NodeFailure for objects and lists */
function parseText(displayName: string, value: unknown): string {
	if (typeof value === 'string') return value;
	if (Number.isFinite(value) || typeof value === 'bigint' || typeof value === 'boolean') {
		return String(value);
	}
	const json = toJson(value);
	if (typeof json === 'string') return json;
	throw invalidParameter(displayName, 'must be text', 'Give one text, not an object or a list');
}

/**
 * Returns an identifier as text.
 *
 * @throws NodeFailure for a number that JavaScript has already rounded
 */
export function parseId(displayName: string, value: unknown): string {
	if (typeof value === 'boolean' || (typeof value === 'number' && !Number.isInteger(value))) {
		throw invalidParameter(
			displayName,
			`must be an ID, and is ${Number.isNaN(value) ? 'not a valid number' : value}`,
			'An ID is text or a whole number',
		);
	}
	if (typeof value === 'number' && !Number.isSafeInteger(value)) {
		throw invalidParameter(
			displayName,
			`is the number ${value}, which JavaScript cannot hold exactly, so its last digits are lost`,
			'Pass the ID as text, in quotes, from where it first appears',
		);
	}
	return trimInvisible(parseText(displayName, value));
}

function checkId(field: Field, id: string): string {
	const pattern = field.input.type === 'resourceLocator' ? field.input.picker.idPattern : undefined;
	if (pattern !== undefined && !new RegExp(pattern.regex).test(id)) {
		throw invalidParameter(field.displayName, `cannot be "${shown(id)}"`, pattern.message);
	}
	return id;
}

/** @throws NodeFailure for anything but a 64-bit integer that is not negative */
export function parseInt64(displayName: string, id: string): Int64Literal {
	if (!/^\d{1,19}$/.test(id) || BigInt(id) > INT64_MAX) {
		throw invalidParameter(
			displayName,
			`cannot be "${shown(id)}"`,
			'Use the long ID: digits only, at most 19',
		);
	}
	return new Int64Literal(BigInt(id).toString());
}

/** Between entries of a list in text: blanks, and commas, semicolons and bars of all scripts. */
const SEPARATORS = /[\s\p{Cf},，﹐、､;；|｜،؛]+/u;

/**
 * What an entry of a list never contains: quotes and brackets of a list that was not split, and
 * punctuation of other scripts, which may be a separator; nor is it a bullet of Markdown, an ampersand or
 * a slash alone.
 */
const LIST_SYNTAX =
	/["'`[\](){}<>＂＇［］（）｛｝＜＞]|(?![\p{ASCII}\uff00-\uff5e])\p{P}|^[-•·&+/\\]+$/u;

/**
 * Reads a list given as an array, as JSON array text, or as text with separators. Entries that hold
 * nothing are left out.
 *
 * @throws NodeFailure for entries that cannot be IDs or names of choices
 */
export function parseStringList(displayName: string, value: unknown): string[] {
	if (Array.isArray(value)) return listEntries(displayName, value);
	if (isEmptyValue(value)) return [];
	if (isObject(value)) throw notAList(displayName, 'is an object');
	if (typeof value === 'boolean') throw notAList(displayName, `is ${value}`);
	const text = parseId(displayName, value);
	if (text.startsWith('[')) {
		const parsed = parseOrThrow(displayName, text, parseJson);
		if (Array.isArray(parsed)) return listEntries(displayName, parsed);
	}
	return splitEntries(displayName, text);
}

function listEntries(displayName: string, values: readonly unknown[]): string[] {
	return values
		.filter((entry) => !isEmpty(entry))
		.flatMap((entry) => {
			if (typeof entry === 'object') throw notAList(displayName, `contains ${typeNameOf(entry)}`);
			if (typeof entry === 'boolean') throw notAList(displayName, `contains ${entry}`);
			return splitEntries(displayName, parseId(displayName, entry));
		});
}

function typeNameOf(value: object | null): string {
	return Array.isArray(value) ? 'a list' : 'an object';
}

function notAList(displayName: string, problem: string): NodeFailure {
	return invalidParameter(
		displayName,
		problem,
		'Give a list of IDs or names only, for example {{ $json.users.map(user => user.id) }}',
	);
}

function splitEntries(displayName: string, text: string): string[] {
	const entries = text.split(SEPARATORS).filter((entry) => !isEmptyValue(entry));
	const invalid = entries.find((entry) => LIST_SYNTAX.test(entry));
	if (invalid === undefined) return entries;
	throw invalidParameter(
		displayName,
		`cannot contain "${shown(invalid)}"`,
		'Separate the entries with commas, without quotes and brackets',
	);
}

function checkItems(field: Field, list: string[]): string[] {
	const { min = 0, max = Infinity } = field.items ?? {};
	if (list.length > max) {
		throw invalidParameter(
			field.displayName,
			`holds ${list.length} entries`,
			`Give at most ${max} at once`,
		);
	}
	if (list.length < min) {
		throw invalidParameter(
			field.displayName,
			`holds ${list.length} entries`,
			`Give at least ${min}`,
		);
	}
	return list;
}

function checkLength(field: Field, text: string): string {
	if (field.length === undefined) return text;
	const { max = Infinity, min = 0, unit = 'characters' } = field.length;
	const length = unit === 'bytes' ? Buffer.byteLength(text, 'utf8') : [...text].length;
	if (length > max) {
		throw invalidParameter(
			field.displayName,
			`has ${length} ${unit}`,
			`Shorten it to at most ${max} ${unit}`,
		);
	}
	if (length < min) {
		throw invalidParameter(
			field.displayName,
			`has ${length} ${unit}`,
			`Give at least ${min} ${unit}`,
		);
	}
	return text;
}

/**
 * Whole and decimal numbers as people write them; not `0x1F4`, `1e3` or `1,000`, and not `1.000`, which
 * is a thousand in half of the world.
 */
const DECIMAL = /^[+-]?\d+(\.\d+)?$/;
const GROUPED = /^[+-]?[1-9]\d{0,2}\.\d{3}$/;

function parseNumber(field: Field, value: unknown): number {
	const { min, max } = field.input.type === 'number' ? field.input : {};
	return parseInteger(field.displayName, value, { min, max });
}

/**
 * Reads a whole number, as a number or as text in digits.
 *
 * @throws NodeFailure that names the parameter when the value is another one or out of bounds
 */
export function parseInteger(
	displayName: string,
	value: unknown,
	{ min = -Infinity, max = Infinity }: { min?: number; max?: number } = {},
): number {
	const parsed = parseDecimal(value);
	if (!Number.isSafeInteger(parsed)) {
		throw invalidParameter(
			displayName,
			`cannot be "${shown(value)}"`,
			'Use a whole number, in digits only',
		);
	}
	if (parsed < min || parsed > max) {
		const bounds = [
			min === -Infinity ? undefined : `at least ${min}`,
			max === Infinity ? undefined : `at most ${max}`,
		].filter((bound) => bound !== undefined);
		throw invalidParameter(displayName, `cannot be ${parsed}`, `Use ${bounds.join(' and ')}`);
	}
	return parsed;
}

/** Returns a number, or NaN for what is not a number in digits. */
export function parseDecimal(value: unknown): number {
	// Minus zero is zero.
	if (typeof value === 'number') return value + 0;
	const text = typeof value === 'bigint' ? value.toString() : value;
	if (typeof text !== 'string') return NaN;
	const digits = trimInvisible(text);
	return DECIMAL.test(digits) && !GROUPED.test(digits) ? Number(digits) + 0 : NaN;
}

/**
 * Reads a switch.
 *
 * @throws NodeFailure that names the parameter when the value is neither true nor false
 */
export function parseBoolean(displayName: string, value: unknown): boolean {
	const text = typeof value === 'string' ? trimInvisible(value).toLowerCase() : value;
	if (text === true || text === 'true' || text === 1) return true;
	if (text === false || text === 'false' || text === 0) return false;
	throw invalidParameter(displayName, `cannot be "${shown(value)}"`, 'Use true or false');
}

/** Reads a switch that has a value of its own where it is empty. */
export function parseSwitch(displayName: string, value: unknown, fallback: boolean): boolean {
	return isEmptyValue(value) ? fallback : parseBoolean(displayName, value);
}

function parseJsonValue(displayName: string, value: unknown): unknown {
	if (typeof value === 'string') return parseOrThrow(displayName, value, parseJsonLossless);
	const json = toJson(value);
	if (json === undefined)
		throw invalidParameter(displayName, 'is not JSON', 'Give an object or a list');
	assertExactNumbers(displayName, json);
	return json;
}

/** @throws NodeFailure for a number of an expression that JavaScript has already rounded */
export function assertExactNumbers(displayName: string, value: unknown): void {
	if (Array.isArray(value)) value.forEach((one) => assertExactNumbers(displayName, one));
	else if (isObject(value)) assertExactNumbers(displayName, Object.values(value));
	else if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
		throw invalidParameter(
			displayName,
			`has the number ${String(value)}, which JavaScript cannot hold exactly, so its last digits are lost`,
			'Write it as JSON text, where long numbers keep their digits',
		);
	}
}

function parseOrThrow(displayName: string, text: string, read: (text: string) => unknown): unknown {
	try {
		return read(text);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw invalidJson(displayName, reason);
	}
}

function invalidJson(displayName: string, reason: string) {
	return invalidParameter(
		displayName,
		'is not valid JSON',
		`Check its brackets and quotes: ${reason}`,
	);
}

/**
 * Checks a parameter that decides what the node does and is not sent itself, so that the service
 * cannot reject it: an unknown choice must not become the first one.
 */
export function checkSetting({ displayName, input }: Field, value: unknown): unknown {
	if (isEmptyValue(value)) return value;
	if (input.type === 'boolean') return parseBoolean(displayName, value);
	if (input.type !== 'options' && input.type !== 'multiOptions') return value;
	const known = input.choices.map((one) => one.value);
	const advice = `Use one of ${known.join(', ')}`;
	if (input.type === 'multiOptions') {
		const unknown = parseStringList(displayName, value).find((one) => !known.includes(one));
		if (unknown === undefined) return value;
		throw invalidParameter(displayName, `cannot contain "${shown(unknown)}"`, advice);
	}
	const text = typeof value === 'string' ? trimInvisible(value) : value;
	const choice = known.find((one) => one === text);
	if (choice !== undefined) return choice;
	throw invalidParameter(displayName, `cannot be "${shown(value)}"`, advice);
}
