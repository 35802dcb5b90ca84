import { isLosslessNumber, LosslessNumber, parse, stringify } from 'lossless-json';

/** JSON as it stood in the text: a number keeps every digit it was written with. */
export type JsonValue = string | boolean | null | LosslessNumber | JsonValue[] | JsonObject;
export interface JsonObject {
	[key: string]: JsonValue;
}

export { LosslessNumber, isLosslessNumber };

/** Whether a value is a JSON object: not null, no list, no number. */
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
 * Reads JSON text without rounding a number. Throws SyntaxError on malformed text
 * and on a key that is given twice with different values.
 */
export function parseJson(text: string): JsonValue {
	const value: unknown = parse(text);
	if (!isJsonValue(value)) throw new SyntaxError('not a JSON value');
	return value;
}

/** Reads JSON text, or returns undefined when the text is no JSON. */
export function tryParseJson(text: string): JsonValue | undefined {
	try {
		return parseJson(text);
	} catch {
		return undefined;
	}
}

/** Writes JSON text; bigint and LosslessNumber become bare digits. */
export function writeJson(value: unknown): string {
	return stringify(value) ?? 'null';
}

/** Marks digits that must stand in the JSON text as a bare number, whatever their length. */
export function digits(text: string): LosslessNumber {
	return new LosslessNumber(text);
}
