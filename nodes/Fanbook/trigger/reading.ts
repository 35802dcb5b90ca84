import type { Json, JsonObject } from '../../shared/json';
import { isJsonObject } from '../../shared/json';
import { readId } from '../ids';

/** Small readers for what comes from outside, whatever it may be. */

export function objectOf(value: Json | undefined): JsonObject {
	return isJsonObject(value) ? value : {};
}

export function orNull(value: Json | undefined): string | null {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value !== '' ? value : null;
}

/** Ids of a list that holds ids or objects with one. */
export function idsOf(value: Json | undefined): string[] {
	if (!Array.isArray(value)) return [];
	return value
		.map((entry) => readId(isJsonObject(entry) ? (entry.user_id ?? entry.id) : entry))
		.filter((id) => id !== null);
}

export function unique(list: string[]): string[] {
	return [...new Set(list)];
}
