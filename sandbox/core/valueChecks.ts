import type { Parameter } from './contract';
import { isLosslessNumber, isObject, tryParseJson, type JsonValue } from './json';

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

/** One way in which a request does not fit its contract. */
export interface Violation {
	/** The parameter's name, with dots and [n] inside values; '' for the request itself. */
	parameter: string;
	rule: Rule;
	message: string;
}

export type Report = (parameter: string, rule: Rule, message: string) => void;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DATETIME = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;
const LIMITS: Record<'int32' | 'int64', [bigint, bigint]> = {
	int32: [-(2n ** 31n), 2n ** 31n - 1n],
	int64: [-(2n ** 63n), 2n ** 63n - 1n],
};

function checkText(parameter: Parameter, value: string, at: string, report: Report): void {
	const { minLength, maxLength, minBytes, maxBytes } = parameter;
	const characters = [...value].length;
	const bytes = Buffer.byteLength(value, 'utf8');
	if (minLength !== undefined && characters < minLength) {
		report(at, 'length', `${at} must have at least ${minLength} characters, not ${characters}`);
	}
	if (maxLength !== undefined && characters > maxLength) {
		report(at, 'length', `${at} may have at most ${maxLength} characters, not ${characters}`);
	}
	if (minBytes !== undefined && bytes < minBytes) {
		report(at, 'length', `${at} must have at least ${minBytes} bytes, not ${bytes}`);
	}
	if (maxBytes !== undefined && bytes > maxBytes) {
		report(at, 'length', `${at} may have at most ${maxBytes} bytes, not ${bytes}`);
	}
	if (parameter.pattern !== undefined && !new RegExp(parameter.pattern, 'u').test(value)) {
		report(at, 'pattern', `${at} must match ${parameter.pattern}`);
	}
	if (parameter.type === 'uuid' && !UUID.test(value)) {
		report(at, 'type', `${at} must be a UUID`);
	}
	if (parameter.type === 'datetime' && !(DATETIME.test(value) && Date.parse(value) > 0)) {
		report(at, 'type', `${at} must be an ISO 8601 date and time`);
	}
	if (!parameter.enum) return;
	if (parameter.encoding === 'percent') {
		const names = parameter.enum.map((name) => encodeURIComponent(name));
		if (!names.includes(value)) {
			report(at, 'encoding', `${at} must be one of the known names, percent-encoded`);
		}
	} else if (!parameter.enum.includes(value)) {
		report(at, 'enum', `${at} must be one of ${parameter.enum.join(', ')}`);
	}
}

function checkInteger(
	parameter: Parameter,
	type: 'int32' | 'int64',
	written: string,
	at: string,
	report: Report,
): void {
	if (!/^-?(0|[1-9]\d*)$/.test(written)) {
		report(at, 'type', `${at} must be written as bare digits, not as ${written}`);
		return;
	}
	const value = BigInt(written);
	const [lowest, highest] = LIMITS[type];
	const min = parameter.min === undefined ? lowest : BigInt(parameter.min);
	const max = parameter.max === undefined ? highest : BigInt(parameter.max);
	if (value < min || value > max) {
		report(at, 'range', `${at} must be between ${min} and ${max}, not ${value}`);
	}
	if (parameter.enum && !parameter.enum.includes(Number(value))) {
		report(at, 'enum', `${at} must be one of ${parameter.enum.join(', ')}`);
	}
}

function checkMembers(parameter: Parameter, value: JsonValue, at: string, report: Report): void {
	if (!isObject(value)) {
		report(at, 'type', `${at} must be a JSON object`);
		return;
	}
	if (!parameter.members) return;
	const known = new Map(
		parameter.members.flatMap((member) =>
			[member.name, ...(member.aliases ?? [])].map((name) => [name, member] as const),
		),
	);
	for (const [name, item] of Object.entries(value)) {
		const member = known.get(name);
		if (!member) report(`${at}.${name}`, 'unknown', `${at} has no member ${name}`);
		else checkJson(member, item, `${at}.${name}`, report);
	}
	for (const member of parameter.members) {
		if (member.required && ![member.name, ...(member.aliases ?? [])].some((n) => n in value)) {
			report(`${at}.${member.name}`, 'missing', `${at}.${member.name} is required`);
		}
	}
}

function checkJsonItem(parameter: Parameter, value: JsonValue, at: string, report: Report): void {
	switch (parameter.type) {
		case 'int32':
		case 'int64':
			if (!isLosslessNumber(value)) report(at, 'type', `${at} must be a JSON number, not text`);
			else checkInteger(parameter, parameter.type, value.value, at, report);
			return;
		case 'boolean':
			if (typeof value !== 'boolean') report(at, 'type', `${at} must be true or false`);
			return;
		case 'object':
			checkMembers(parameter, value, at, report);
			return;
		case 'file':
			report(at, 'type', `${at} must be a file part`);
			return;
		default:
			if (typeof value !== 'string') report(at, 'type', `${at} must be a JSON string`);
			else checkText(parameter, value, at, report);
	}
}

/** Checks the number of items of a list. */
export function checkItems(parameter: Parameter, count: number, at: string, report: Report): void {
	if (parameter.minItems !== undefined && count < parameter.minItems) {
		report(at, 'items', `${at} needs at least ${parameter.minItems} items, not ${count}`);
	}
	if (parameter.maxItems !== undefined && count > parameter.maxItems) {
		report(at, 'items', `${at} takes at most ${parameter.maxItems} items, not ${count}`);
	}
}

/** Checks a value that stands in a JSON body. */
export function checkJson(
	parameter: Parameter,
	value: JsonValue,
	at: string,
	report: Report,
): void {
	if (value === null) {
		if (!parameter.nullable) report(at, 'type', `${at} must not be null`);
	} else if (!parameter.list) {
		checkJsonItem(parameter, value, at, report);
	} else if (!Array.isArray(value)) {
		report(at, 'type', `${at} must be a JSON array`);
	} else {
		checkItems(parameter, value.length, at, report);
		value.forEach((item, index) => {
			checkJsonItem(parameter, item, `${at}[${index}]`, report);
		});
	}
}

/**
 * Checks a value that travels as text (path, query, form, multipart) and returns it as JSON
 * would hold it: integers stay text, booleans and nested JSON are read.
 */
export function readText(
	parameter: Parameter,
	written: string,
	at: string,
	report: Report,
): JsonValue {
	if (parameter.list === 'json' || parameter.type === 'object') {
		const value = tryParseJson(written);
		if (value === undefined) report(at, 'type', `${at} must be JSON text`);
		else checkJson(parameter, value, at, report);
		return value ?? null;
	}
	switch (parameter.type) {
		case 'int32':
		case 'int64':
			checkInteger(parameter, parameter.type, written, at, report);
			return written;
		case 'boolean':
			if (!['true', 'false'].includes(written)) report(at, 'type', `${at} must be true or false`);
			return written === 'true';
		case 'file':
			report(at, 'type', `${at} must be a file part`);
			return null;
		default:
			checkText(parameter, written, at, report);
			return written;
	}
}
