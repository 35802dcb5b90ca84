import type { components } from '../../../types/fanfou';
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

type Schemas = components['schemas'];
/** The members of objects of these names. */
type MemberOf<Name> = Name extends keyof Schemas ? keyof Schemas[Name] & string : never;

/** Returns only these members of an object of the contract, in this order. */
export function pick<Name extends keyof Schemas>(
	object: JsonObject,
	names: Array<MemberOf<Name>>,
): JsonObject {
	const picked: JsonObject = {};
	for (const name of names) {
		const value = object[name];
		if (value !== undefined) picked[name] = value;
	}
	return picked;
}
