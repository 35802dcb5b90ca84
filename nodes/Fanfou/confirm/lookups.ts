import { NodeFailure } from '../../shared/errors';
import type { Json, JsonObject } from '../../shared/json';
import { isJsonObject } from '../../shared/json';
import type { ItemContext } from '../../shared/definition/operation';

/**
 * The status with an ID.
 *
 * @throws Failure when Fanfou does not show it
 */
export async function findStatus(item: ItemContext, id: string): Promise<JsonObject> {
	return found(
		await item.fetch('GET statuses/show.json', { query: { id, mode: 'lite' }, writes: false }),
		'status',
	);
}

/**
 * The user with an ID.
 *
 * @throws Failure when Fanfou does not show it
 */
export async function findUser(item: ItemContext, id: string): Promise<JsonObject> {
	return found(
		await item.fetch('GET users/show.json', { query: { id, mode: 'lite' }, writes: false }),
		'user',
	);
}

function found(response: Json | undefined, what: string): JsonObject {
	if (isJsonObject(response)) return response;
	throw new NodeFailure(`Fanfou did not show the ${what}`, {
		description: 'Check the ID; what it names may have been deleted',
	});
}
