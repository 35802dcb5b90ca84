import { isLosslessNumber, LosslessNumber, parse, stringify } from 'lossless-json';

/** A parsed JSON value. Numbers keep every digit of the text. */
export type JsonValue = string | boolean | null | LosslessNumber | JsonValue[] | JsonObject;
export interface JsonObject {
	[key: string]: JsonValue;
}

export { LosslessNumber, isLosslessNumber };

/** Returns whether a value is a JSON object (not null, an array or a number). */
export function isObject(value: unknown): value is JsonObject {
	return (
		typeof value === 'object' &&
		value !== null &&
		!Array.isArray(value) &&
		!isLosslessNumber(value) &&
		!Buffer.isBuffer(value)
	);
}

function isJsonValue(value: unknown): value is JsonValue {
	if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
	if (isLosslessNumber(value)) return true;
	if (Array.isArray(value)) return value.every(isJsonValue);
	return isObject(value) && Object.values(value).every(isJsonValue);
}

/**
 * Parses JSON text without rounding numbers. Throws SyntaxError on malformed text and on a
 * key that occurs twice with different values.
 */
export function parseJson(text: string): JsonValue {
	const value: unknown = parse(text);
	if (!isJsonValue(value)) throw new SyntaxError('not a JSON value');
	return value;
}

/** Parses JSON text; returns undefined for malformed text. */
export function tryParseJson(text: string): JsonValue | undefined {
	try {
		return parseJson(text);
	} catch {
		return undefined;
	}
}

/** Serializes to JSON; bigint and LosslessNumber become bare digits. */
export function writeJson(value: unknown): string {
	return stringify(value) ?? 'null';
}

/** Returns a number of any length that is serialized as bare digits. */
export function digits(text: string): LosslessNumber {
	return new LosslessNumber(text);
}
