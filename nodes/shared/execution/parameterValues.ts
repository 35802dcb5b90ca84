import { invalidParameter } from '../errors';
import { Int64Literal, isObject, parseJson, parseJsonLossless, toJson } from '../json';
import type { Field, Locator } from '../definition/operation';
import { toIsoDate } from './dates';

/** Largest value of a signed 64-bit integer, the widest an id can be. */
const INT64_MAX = 2n ** 63n - 1n;

/** Whether a parameter holds nothing to send. */
export function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || value === '' || isEmptyList(value);
}

function isEmptyList(value: unknown): boolean {
	return Array.isArray(value) && value.length === 0;
}

/**
 * Turns what the editor or an expression gave into what goes on the wire.
 *
 * @returns `undefined` when there is nothing to send
 * @throws Failure naming the field when the value does not fit it
 */
export function toWireValue(field: Field, raw: unknown, timezone: string): unknown {
	const value =
		field.input.type === 'resourceLocator' ? locatorValue(raw, field.input.picker) : raw;
	if (value === null && field.nullable === true) return null;
	if (isEmpty(value) || isBlankId(field, value)) return emptyValue(field, value);
	const { displayName: displayName } = field;
	switch (field.wireFormat) {
		case 'text':
			return checkLength(field, parseText(displayName, value));
		case 'id':
			return checkId(field, parseId(displayName, value));
		case 'int64':
			return parseInt64(displayName, checkId(field, parseId(displayName, value)));
		case 'stringList':
			return checkItems(field, parseStringList(displayName, value));
		case 'commaList':
			return checkItems(field, parseStringList(displayName, value)).join(',');
		case 'int64List':
			return checkItems(field, parseStringList(displayName, value)).map((id) =>
				parseInt64(displayName, id),
			);
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

/** What an empty field sends: nothing, unless emptiness means something to the service. */
function emptyValue(field: Field, value: unknown): unknown {
	if (field.sendEmpty !== true || value === undefined || value === null) return undefined;
	return field.wireFormat === 'stringList' || field.wireFormat === 'int64List' ? [] : '';
}

/** An ID of blanks names nobody; sent as an empty one it would, at some services, mean the account itself. */
function isBlankId({ wireFormat: wire }: Field, value: unknown): boolean {
	return (wire === 'id' || wire === 'int64') && typeof value === 'string' && value.trim() === '';
}

/** The value behind a locator; an address is reduced to the ID in it. */
function locatorValue(raw: unknown, picker: Locator): unknown {
	if (!isObject(raw) || !('mode' in raw)) return raw;
	if (raw.mode !== 'url' || typeof raw.value !== 'string' || picker.url === undefined) {
		return raw.value;
	}
	const id = new RegExp(picker.url.regex).exec(raw.value)?.[1];
	return id === undefined ? raw.value : percentDecode(id);
}

/** An ID as it stood in an address, where it may have been percent-encoded. */
function percentDecode(id: string): string {
	try {
		return decodeURIComponent(id);
	} catch {
		return id;
	}
}

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
 * An identifier as text.
 *
 * @throws Failure for a number that JavaScript has already rounded
 */
export function parseId(displayName: string, value: unknown): string {
	if (typeof value === 'number' && !Number.isSafeInteger(value)) {
		throw invalidParameter(
			displayName,
			`is the number ${value}, which JavaScript cannot hold exactly, so its last digits are lost`,
			'Pass the ID as text, in quotes, from where it first appears',
		);
	}
	return parseText(displayName, value).trim();
}

function checkId(field: Field, id: string): string {
	const pattern = field.input.type === 'resourceLocator' ? field.input.picker.idPattern : undefined;
	if (pattern !== undefined && !new RegExp(pattern.regex).test(id)) {
		throw invalidParameter(field.displayName, `cannot be "${id}"`, pattern.message);
	}
	return id;
}

function parseInt64(displayName: string, id: string): Int64Literal {
	if (!/^\d{1,19}$/.test(id) || BigInt(id) > INT64_MAX) {
		throw invalidParameter(
			displayName,
			`cannot be "${id}"`,
			'Use the long ID: digits only, at most 19',
		);
	}
	return new Int64Literal(BigInt(id).toString());
}

/** A list given as array, as JSON array text, or as texts separated by commas or lines. */
export function parseStringList(displayName: string, value: unknown): string[] {
	if (Array.isArray(value)) return value.map((element: unknown) => parseId(displayName, element));
	const text = parseId(displayName, value);
	if (text.startsWith('[')) {
		const parsed = parseOrThrow(displayName, text, parseJson);
		if (Array.isArray(parsed)) return parsed.map((element) => parseId(displayName, element));
	}
	return text
		.split(/[,\n]/)
		.map((part) => part.trim())
		.filter((part) => part !== '');
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

function parseNumber(field: Field, value: unknown): number {
	const parsed = typeof value === 'number' ? value : Number(parseText(field.displayName, value));
	if (
		!Number.isFinite(parsed) ||
		(field.wireFormat === 'integer' && !Number.isSafeInteger(parsed))
	) {
		throw invalidParameter(
			field.displayName,
			`cannot be "${String(value)}"`,
			field.wireFormat === 'integer' ? 'Use a whole number' : 'Use a number',
		);
	}
	const { min = -Infinity, max = Infinity } =
		field.input.type === 'number' ? field.input : { min: undefined, max: undefined };
	if (parsed < min || parsed > max) {
		const bounds = [
			min === -Infinity ? undefined : `at least ${min}`,
			max === Infinity ? undefined : `at most ${max}`,
		].filter((bound) => bound !== undefined);
		throw invalidParameter(field.displayName, `cannot be ${parsed}`, `Use ${bounds.join(' and ')}`);
	}
	return parsed;
}

function parseBoolean(displayName: string, value: unknown): boolean {
	if (value === true || value === 'true' || value === 1) return true;
	if (value === false || value === 'false' || value === 0) return false;
	throw invalidParameter(displayName, `cannot be "${String(value)}"`, 'Use true or false');
}

function parseJsonValue(displayName: string, value: unknown): unknown {
	if (typeof value === 'string') return parseOrThrow(displayName, value, parseJsonLossless);
	const json = toJson(value);
	if (json === undefined)
		throw invalidParameter(displayName, 'is not JSON', 'Give an object or a list');
	return json;
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
