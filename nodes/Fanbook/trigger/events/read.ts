import type { Json, JsonObject } from '../../../shared/json';
import { isJsonObject } from '../../../shared/json';
import { parseServiceTime } from '../../../shared/serviceTime';
import { readId } from '../../ids';

/** Readers for members of events. They never throw. */

/** The value if it is an object, else an empty object. */
export function asObject(value: Json | undefined): JsonObject {
	return isJsonObject(value) ? value : {};
}

/** The value if it is text, else an empty text. */
export function asText(value: Json | undefined): string {
	return typeof value === 'string' ? value : '';
}

/** A text or number as text; `null` for anything else and for an empty text. */
export function textOrNull(value: Json | undefined): string | null {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value !== '' ? value : null;
}

/** A number, also if it is sent as text; `null` for anything else. */
export function readNumber(value: Json | undefined): number | null {
	if (typeof value === 'number') return value;
	return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : null;
}

/** A time in milliseconds since 1970, whether it is sent in milliseconds, seconds or as text. */
export function readTime(value: Json | undefined): number | null {
	return parseServiceTime(value) ?? readNumber(value);
}

/** Ids in a list of ids, or of objects with a `user_id` or an `id`. */
export function readIds(value: Json | undefined): string[] {
	if (!Array.isArray(value)) return [];
	return value
		.map((entry) => readId(isJsonObject(entry) ? (entry.user_id ?? entry.id) : entry))
		.filter((id) => id !== null);
}

export function unique(list: string[]): string[] {
	return [...new Set(list)];
}
