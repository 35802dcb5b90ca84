import type { Json, JsonObject } from '../../shared/json';
import { isJsonObject } from '../../shared/json';

/** The flags of a relationship come as the texts "true" and "false". */
export function parseFlags(raw: JsonObject): JsonObject {
	return Object.fromEntries(
		Object.entries(raw).map(([name, value]): [string, Json] => [name, flagged(value)]),
	);
}

function flagged(value: Json): Json {
	if (value === 'true') return true;
	if (value === 'false') return false;
	return isJsonObject(value) ? parseFlags(value) : value;
}
