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

/** Members under other names (new name first), null where the answer does not have them. */
export function renamed(object: JsonObject, names: Record<string, string>): JsonObject {
	return Object.fromEntries(
		Object.entries(names).map(([name, key]): [string, Json] => [name, object[key] ?? null]),
	);
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
