import type { Json, JsonObject } from '../../../shared/json';
import { isJsonObject } from '../../../shared/json';
import { parseServiceTime } from '../../../shared/serviceTime';

/**
 * One event of Fanvue, in the same shape for both generations of payloads. Members without a value
 * are absent; `raw` is the payload as received.
 */
export interface FanvueEvent extends JsonObject {
	event: string;
	/** ID of the delivery, or a fingerprint of its content if it has no ID. */
	id: string;
	generation: number;
	/** ISO 8601, or the text of the payload if it is not a date. Empty if the payload has no time. */
	timestamp: string;
	raw: JsonObject;
}

/** Returns a user of a payload, or `undefined` when it has no UUID. */
export function personOf(value: Json | undefined): JsonObject | undefined {
	if (!isJsonObject(value) || textOf(value.uuid) === '') return undefined;
	return withoutUndefined({
		uuid: value.uuid,
		handle: value.handle,
		displayName: value.displayName ?? value.display_name,
		avatarUrl: value.avatarUrl ?? value.avatar_url,
		email: value.email,
	});
}

export function textOf(value: Json | undefined): string {
	return typeof value === 'string' ? value : '';
}

/** Returns ISO 8601 for a time; other values as text. */
export function toIsoTime(value: Json | undefined): string {
	const time = parseServiceTime(value);
	if (time !== undefined) return new Date(time).toISOString();
	return typeof value === 'number' ? String(value) : textOf(value);
}

/** Removes members whose value is `undefined`. */
export function withoutUndefined<T extends Record<string, Json | undefined>>(
	members: T,
): { [K in keyof T]: Exclude<T[K], undefined> };
export function withoutUndefined(members: Record<string, Json | undefined>): JsonObject {
	const result: JsonObject = {};
	for (const [key, value] of Object.entries(members)) {
		if (value !== undefined) result[key] = value;
	}
	return result;
}
