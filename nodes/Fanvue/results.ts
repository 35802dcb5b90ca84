import type { components } from '../../types/fanvue';
import { isJsonObject } from '../shared/json';
import type { Json, JsonObject } from '../shared/json';

/** Returns the rows of a list, which is the response itself or its `data`. */
export function unwrapData(raw: JsonObject): JsonObject | JsonObject[] {
	return Array.isArray(raw.data) ? raw.data.filter(isJsonObject) : raw;
}

type Schemas = components['schemas'];
/** The members of objects of these names. */
type MemberOf<Name> = Name extends keyof Schemas ? keyof Schemas[Name] & string : never;

/** Reduces an object of the contract to some of its members. */
export const pick =
	<Name extends keyof Schemas>(...names: Array<MemberOf<Name>>) =>
	(raw: JsonObject): JsonObject => {
		const keys: string[] = names;
		return Object.fromEntries(Object.entries(raw).filter(([key]) => keys.includes(key)));
	};

/** Converts a map from IDs to objects into rows, with the ID under `keyName`. */
export function entriesToRows(map: Json | undefined, keyName: string): JsonObject[] {
	if (!isJsonObject(map)) return [];
	return Object.entries(map).map(([key, value]) => ({
		[keyName]: key,
		...(isJsonObject(value) ? value : { value }),
	}));
}

/**
 * Converts the result of a bulk lookup into rows: each object with its ID under `keyName`, and for
 * each missing object an entry with `error` and `message`.
 */
export function lookupResults(raw: JsonObject, keyName: string): JsonObject[] {
	const missing = new Map<string, JsonObject>();
	for (const entry of Array.isArray(raw.errors) ? raw.errors : []) {
		if (!isJsonObject(entry)) continue;
		const { code, message, [keyName]: key } = entry;
		missing.set(String(key), {
			[keyName]: key ?? null,
			error: code ?? 'INTERNAL',
			message: message ?? null,
		});
	}
	const rows = entriesToRows(raw.results, keyName).map((row): JsonObject => {
		const key = String(row[keyName]);
		const wanted = missing.get(key);
		if (wanted === undefined)
			return 'value' in row && row.value === null
				? { [keyName]: key, error: 'NOT_FOUND', message: null }
				: row;
		missing.delete(key);
		return wanted;
	});
	return [...rows, ...missing.values()];
}
