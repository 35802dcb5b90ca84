import { badParameter } from './failure';
import { Digits, isObject, readJson, readJsonToPassOn, toJson, writeJson } from './json';
import type { Field, Picker } from './operation';
import { isoDate } from './time';

/** Largest value of a signed 64-bit integer, the widest an id can be. */
const INT64_MAX = 2n ** 63n - 1n;

/** Whether a parameter holds nothing to send. */
export function isUnset(value: unknown): boolean {
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
export function wireValue(field: Field, raw: unknown, timezone: string): unknown {
	const value = field.look.as === 'locator' ? located(raw, field.look.picker) : raw;
	if (value === null && field.nullable === true) return null;
	if (isUnset(value) || isBlankId(field, value)) return blankValue(field, value);
	const { label } = field;
	switch (field.wire) {
		case 'text':
			return checkLength(field, plainText(label, value));
		case 'id':
			return checkId(field, idText(label, value));
		case 'digits':
			return digits(label, checkId(field, idText(label, value)));
		case 'list':
			return checkItems(field, textList(label, value));
		case 'commas':
			return checkItems(field, textList(label, value)).join(',');
		case 'digitsList':
			return checkItems(field, textList(label, value)).map((id) => digits(label, id));
		case 'integer':
		case 'number':
			return number(field, value);
		case 'boolean':
			return flag(label, value);
		case 'json':
			return jsonValue(label, value);
		case 'jsonText':
			return writeJson(jsonValue(label, value));
		case 'isoDate':
			return isoDate(label, value, timezone);
		case 'binary':
			return plainText(label, value);
	}
}

/** What an empty field sends: nothing, unless emptiness means something to the service. */
function blankValue(field: Field, value: unknown): unknown {
	if (field.blank !== true || value === undefined || value === null) return undefined;
	return field.wire === 'list' || field.wire === 'digitsList' ? [] : '';
}

/** An ID of blanks names nobody; sent as an empty one it would, at some services, mean the account itself. */
function isBlankId({ wire }: Field, value: unknown): boolean {
	return (wire === 'id' || wire === 'digits') && typeof value === 'string' && value.trim() === '';
}

/** The value behind a locator; an address is reduced to the ID in it. */
function located(raw: unknown, picker: Picker): unknown {
	if (!isObject(raw) || !('mode' in raw)) return raw;
	if (raw.mode !== 'url' || typeof raw.value !== 'string' || picker.url === undefined) {
		return raw.value;
	}
	const id = new RegExp(picker.url.regex).exec(raw.value)?.[1];
	return id === undefined ? raw.value : decoded(id);
}

/** An ID as it stood in an address, where it may have been percent-encoded. */
function decoded(id: string): string {
	try {
		return decodeURIComponent(id);
	} catch {
		return id;
	}
}

function plainText(label: string, value: unknown): string {
	if (typeof value === 'string') return value;
	if (Number.isFinite(value) || typeof value === 'bigint' || typeof value === 'boolean') {
		return String(value);
	}
	const json = toJson(value);
	if (typeof json === 'string') return json;
	throw badParameter(label, 'must be text', 'Give one text, not an object or a list');
}

/**
 * An identifier as text.
 *
 * @throws Failure for a number that JavaScript has already rounded
 */
export function idText(label: string, value: unknown): string {
	if (typeof value === 'number' && !Number.isSafeInteger(value)) {
		throw badParameter(
			label,
			`is the number ${value}, which JavaScript cannot hold exactly, so its last digits are lost`,
			'Pass the ID as text, in quotes, from where it first appears',
		);
	}
	return plainText(label, value).trim();
}

function checkId(field: Field, id: string): string {
	const pattern = field.look.as === 'locator' ? field.look.picker.idPattern : undefined;
	if (pattern !== undefined && !new RegExp(pattern.regex).test(id)) {
		throw badParameter(field.label, `cannot be "${id}"`, pattern.message);
	}
	return id;
}

function digits(label: string, id: string): Digits {
	if (!/^\d{1,19}$/.test(id) || BigInt(id) > INT64_MAX) {
		throw badParameter(label, `cannot be "${id}"`, 'Use the long ID: digits only, at most 19');
	}
	return new Digits(BigInt(id).toString());
}

/** A list given as array, as JSON array text, or as texts separated by commas or lines. */
export function textList(label: string, value: unknown): string[] {
	if (Array.isArray(value)) return value.map((element: unknown) => idText(label, element));
	const text = idText(label, value);
	if (text.startsWith('[')) {
		const parsed = readOr(label, text, readJson);
		if (Array.isArray(parsed)) return parsed.map((element) => idText(label, element));
	}
	return text
		.split(/[,\n]/)
		.map((part) => part.trim())
		.filter((part) => part !== '');
}

function checkItems(field: Field, list: string[]): string[] {
	const { min = 0, max = Infinity } = field.items ?? {};
	if (list.length > max) {
		throw badParameter(field.label, `holds ${list.length} entries`, `Give at most ${max} at once`);
	}
	if (list.length < min) {
		throw badParameter(field.label, `holds ${list.length} entries`, `Give at least ${min}`);
	}
	return list;
}

function checkLength(field: Field, text: string): string {
	if (field.length === undefined) return text;
	const { max = Infinity, min = 0, unit = 'characters' } = field.length;
	const length = unit === 'bytes' ? Buffer.byteLength(text, 'utf8') : [...text].length;
	if (length > max) {
		throw badParameter(
			field.label,
			`has ${length} ${unit}`,
			`Shorten it to at most ${max} ${unit}`,
		);
	}
	if (length < min) {
		throw badParameter(field.label, `has ${length} ${unit}`, `Give at least ${min} ${unit}`);
	}
	return text;
}

function number(field: Field, value: unknown): number {
	const parsed = typeof value === 'number' ? value : Number(plainText(field.label, value));
	if (!Number.isFinite(parsed) || (field.wire === 'integer' && !Number.isSafeInteger(parsed))) {
		throw badParameter(
			field.label,
			`cannot be "${String(value)}"`,
			field.wire === 'integer' ? 'Use a whole number' : 'Use a number',
		);
	}
	const { min = -Infinity, max = Infinity } =
		field.look.as === 'number' ? field.look : { min: undefined, max: undefined };
	if (parsed < min || parsed > max) {
		const bounds = [
			min === -Infinity ? undefined : `at least ${min}`,
			max === Infinity ? undefined : `at most ${max}`,
		].filter((bound) => bound !== undefined);
		throw badParameter(field.label, `cannot be ${parsed}`, `Use ${bounds.join(' and ')}`);
	}
	return parsed;
}

function flag(label: string, value: unknown): boolean {
	if (value === true || value === 'true' || value === 1) return true;
	if (value === false || value === 'false' || value === 0) return false;
	throw badParameter(label, `cannot be "${String(value)}"`, 'Use true or false');
}

function jsonValue(label: string, value: unknown): unknown {
	if (typeof value === 'string') return readOr(label, value, readJsonToPassOn);
	const json = toJson(value);
	if (json === undefined) throw badParameter(label, 'is not JSON', 'Give an object or a list');
	return json;
}

function readOr(label: string, text: string, read: (text: string) => unknown): unknown {
	try {
		return read(text);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw asBadJson(label, reason);
	}
}

function asBadJson(label: string, reason: string) {
	return badParameter(label, 'is not valid JSON', `Check its brackets and quotes: ${reason}`);
}
