import type { Json, JsonObject } from '../../shared/json';
import { isJsonObject } from '../../shared/json';

/** A member as text; empty where there is none. */
export function textAt(object: JsonObject, name: string): string {
	const value = object[name];
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

export function objectAt(object: JsonObject, name: string): JsonObject | undefined {
	const value = object[name];
	return isJsonObject(value) ? value : undefined;
}

/** The value, or null where the answer does not have it. */
export function orNull(value: Json | undefined): Json {
	return value === undefined || value === '' ? null : value;
}

/** Only the members of these names, in this order. */
export function pick(object: JsonObject, names: string[]): JsonObject {
	const picked: JsonObject = {};
	for (const name of names) {
		const value = object[name];
		if (value !== undefined) picked[name] = value;
	}
	return picked;
}
