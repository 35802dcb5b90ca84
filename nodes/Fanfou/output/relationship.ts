import type { Json, JsonObject } from '../../shared/json';
import { isJsonObject } from '../../shared/json';

/** Members that Fanfou sends as the texts "true" and "false". */
const FLAGS = new Set(['exists', 'following', 'followed_by', 'notifications_enabled', 'blocking']);

/** Converts the flags of a relationship to booleans. A user can be named "true" as well. */
export function parseFlags(raw: JsonObject): JsonObject {
	return Object.fromEntries(
		Object.entries(raw).map(([name, value]): [string, Json] => {
			if (isJsonObject(value)) return [name, parseFlags(value)];
			return [name, FLAGS.has(name) ? parseFlag(value) : value];
		}),
	);
}

function parseFlag(value: Json): Json {
	if (value === 'true') return true;
	return value === 'false' ? false : value;
}
