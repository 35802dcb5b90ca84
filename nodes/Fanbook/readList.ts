import { NodeFailure } from '../shared/errors';
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
		for (const key of LIST_KEYS) {
			const list = data[key];
			if (Array.isArray(list)) return list;
			if (list === null) return [];
		}
	}
	return undefined;
}

/**
 * Returns the list in a response, as `findList` finds it.
 *
 * @throws NodeFailure when there is no list
 */
export function readList(data: Json | undefined): Json[] {
	const list = findList(data);
	if (list !== undefined) return list;
	throw new NodeFailure('Fanbook returned something other than a list', {
		description: 'Check the host in the credential. The response may be from a proxy',
	});
}
