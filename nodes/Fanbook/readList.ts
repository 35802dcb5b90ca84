import type { Json } from '../shared/json';
import { isJsonObject } from '../shared/json';

/** Keys under which Fanbook's methods put a list. */
const LIST_KEYS = ['records', 'list', 'items', 'data'];

/**
 * Returns the list in a response: the data itself, or a member of it. Fanbook sends null for an empty
 * list.
 */
export function findList(data: Json | undefined): Json[] | undefined {
	if (data === undefined || data === null) return [];
	if (Array.isArray(data)) return data;
	if (isJsonObject(data)) {
		const members = LIST_KEYS.map((key) => data[key]);
		const list = members.find((member) => Array.isArray(member));
		if (list !== undefined) return list;
		if (members.includes(null)) return [];
	}
	return undefined;
}

/** Returns the list in the response of a call that returns one; the client rejects other responses. */
export function readList(data: Json | undefined): Json[] {
	return findList(data) ?? [];
}
