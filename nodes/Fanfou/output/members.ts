import type { Json, JsonObject } from '../../shared/json';
import { isJsonObject } from '../../shared/json';

/** Returns a member as text, empty if it is missing. */
export function textAt(object: JsonObject, name: string): string {
	const value = object[name];
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

export function objectAt(object: JsonObject, name: string): JsonObject | undefined {
	const value = object[name];
	return isJsonObject(value) ? value : undefined;
}

/** Returns the value, or null if it is missing or empty. */
export function orNull(value: Json | undefined): Json {
	return value === undefined || value === '' ? null : value;
}

/** Returns members under other names (new name first), null if missing. */
export function renamed(object: JsonObject, names: Record<string, string>): JsonObject {
	return Object.fromEntries(
		Object.entries(names).map(([name, key]): [string, Json] => [name, object[key] ?? null]),
	);
}

/** Returns only the members of these names, in this order. */
export function pick(object: JsonObject, names: string[]): JsonObject {
	const picked: JsonObject = {};
	for (const name of names) {
		const value = object[name];
		if (value !== undefined) picked[name] = value;
	}
	return picked;
}
