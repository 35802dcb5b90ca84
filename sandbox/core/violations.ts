import type { ErrorObject } from 'ajv/dist/2020';
import { isLosslessNumber, isObject, type JsonValue } from './json';
import type { Schema } from './openApi';

export type Rule =
	| 'unknown'
	| 'missing'
	| 'oneOf'
	| 'type'
	| 'enum'
	| 'range'
	| 'length'
	| 'items'
	| 'pattern'
	| 'encoding'
	| 'repeated'
	| 'contentType'
	| 'body';

/** One way in which a request does not match its contract. */
export interface Violation {
	/** The parameter's name, with dots and [n] inside values; '' for the request itself. */
	parameter: string;
	rule: Rule;
	message: string;
}

/** How the value of an error was sent. */
export interface SentValue {
	/** The name of the parameter, as in the request. */
	name: string;
	place: string;
	/** Sent as text: in the path, the query, a form or a multipart body. */
	isText: boolean;
	/** A list whose items are sent one by one, so that they have no index. */
	isRepeated: boolean;
	value: JsonValue | undefined;
}

/** Returns the path of an error inside the validated value. */
export function pathOf({ instancePath }: ErrorObject): string[] {
	return instancePath
		.split('/')
		.slice(1)
		.map((segment) => segment.replace(/~1/g, '/').replace(/~0/g, '~'));
}

/** Returns the names of the alternatives if an `anyOf` only demands one of several members. */
export function requiredAlternatives({ keyword, schema }: ErrorObject): string[] | undefined {
	if (keyword !== 'anyOf' || !Array.isArray(schema)) return undefined;
	const branches: Schema[] = schema;
	const names = branches.flatMap(({ required }) => required?.[0] ?? []);
	return names.length === branches.length ? names : undefined;
}

/** Returns whether another error states the same fact better. */
export function isRedundant(error: ErrorObject, all: ErrorObject[]): boolean {
	if (/\/anyOf\/\d+\/required$/.test(error.schemaPath)) return true;
	if (error.keyword === 'type') return false;
	return all.some(
		({ keyword, instancePath }) => keyword === 'type' && instancePath === error.instancePath,
	);
}

function valueAt(value: JsonValue | undefined, path: string[]): JsonValue | undefined {
	const [first, ...rest] = path;
	if (first === undefined) return value;
	if (Array.isArray(value)) return valueAt(value[Number(first)], rest);
	return isObject(value) ? valueAt(value[first], rest) : undefined;
}

function describeInteger(at: string, value: JsonValue | undefined, isText: boolean): string {
	const written = isLosslessNumber(value) ? value.value : value;
	if (isText || isLosslessNumber(value)) {
		return `${at} must be written as bare digits, not as ${String(written)}`;
	}
	return `${at} must be a JSON number, not text`;
}

function describeType(
	at: string,
	{ types, value, isText }: { types: string[]; value: JsonValue | undefined; isText: boolean },
): string {
	const type = types.find((name) => name !== 'null');
	if (type === 'file') return `${at} must be a file part`;
	if (value === null && !at.endsWith(']')) return `${at} must not be null`;
	if (type === 'integer') return describeInteger(at, value, isText);
	if (type === 'number') return `${at} must be a number`;
	if (type === 'boolean') return `${at} must be true or false`;
	if (type === 'string') return `${at} must be a JSON string`;
	return `${at} must be a JSON ${type === 'array' ? 'array' : 'object'}`;
}

function countCharacters(data: unknown): number {
	return typeof data === 'string' ? [...data].length : 0;
}

function countItems(data: unknown): number {
	return Array.isArray(data) ? data.length : 0;
}

function describeEnum(error: ErrorObject, at: string): [Rule, string] {
	if (error.parentSchema?.['x-encoding'] === 'percent') {
		return ['encoding', `${at} must be one of the known names, percent-encoded`];
	}
	const allowed: unknown[] = error.params['allowedValues'];
	return ['enum', `${at} must be one of ${allowed.filter((value) => value !== null).join(', ')}`];
}

function describeFormat(error: ErrorObject, at: string): string {
	const format = String(error.params['format']);
	if (format === 'uuid') return `${at} must be a UUID`;
	if (format === 'date-time') return `${at} must be an ISO 8601 date and time`;
	return `${at} must match the format ${format}`;
}

function describeError(error: ErrorObject, at: string, sent: SentValue): [Rule, string] {
	const { keyword, params, data } = error;
	const limit = String(params['limit']);
	const value = valueAt(sent.value, pathOf(error).slice(1));
	switch (keyword) {
		case 'type':
			return [
				'type',
				describeType(at, { types: [params['type']].flat(), value, isText: sent.isText }),
			];
		case 'format':
			return ['type', describeFormat(error, at)];
		case 'enum':
			return describeEnum(error, at);
		case 'range':
			return [
				'range',
				`${at} must be between ${String(params['min'])} and ${String(params['max'])}, not ${String(data)}`,
			];
		case 'minLength':
			return [
				'length',
				`${at} must have at least ${limit} characters, not ${countCharacters(data)}`,
			];
		case 'maxLength':
			return ['length', `${at} may have at most ${limit} characters, not ${countCharacters(data)}`];
		case 'x-minBytes':
			return ['length', `${at} must have at least ${limit} bytes, not ${String(params['bytes'])}`];
		case 'x-maxBytes':
			return ['length', `${at} may have at most ${limit} bytes, not ${String(params['bytes'])}`];
		case 'emptyFile':
			return ['length', `${at} is an empty file`];
		case 'minItems':
			return ['items', `${at} needs at least ${limit} items, not ${countItems(data)}`];
		case 'maxItems':
			return ['items', `${at} takes at most ${limit} items, not ${countItems(data)}`];
		case 'pattern':
			return ['pattern', `${at} must match ${String(params['pattern'])}`];
		default:
			return ['type', `${at} ${error.message ?? 'is not valid'}`];
	}
}

/** Translates an error inside the value of a parameter. */
export function createViolation(error: ErrorObject, sent: SentValue): Violation {
	const inside = pathOf(error).slice(1);
	const at = inside.reduce((path, segment) => {
		if (!/^\d+$/.test(segment)) return `${path}.${segment}`;
		return sent.isRepeated ? path : `${path}[${segment}]`;
	}, sent.name);
	const { keyword, params } = error;
	if (keyword === 'additionalProperties') {
		const name = String(params['additionalProperty']);
		return { parameter: `${at}.${name}`, rule: 'unknown', message: `${at} has no member ${name}` };
	}
	if (keyword === 'required') {
		const parameter = `${at}.${String(params['missingProperty'])}`;
		return { parameter, rule: 'missing', message: `${parameter} is required` };
	}
	const [rule, message] = describeError(error, at, sent);
	return { parameter: at, rule, message };
}
