import type { ItemContext } from '../../shared/definition/operation';
import type { Endpoint } from '../../shared/endpoint';
import type { CalledOperation } from '../../shared/http';
import type { JsonObject } from '../../shared/json';
import { isJsonObject } from '../../shared/json';

/**
 * Returns the status with an ID.
 *
 * @throws NodeFailure if Fanfou does not return it
 */
export async function findStatus(
	item: ItemContext,
	id: string,
	more: { format?: 'html' } = {},
): Promise<JsonObject> {
	return await find(item, { id, ...more }, 'GET statuses/show.json');
}

/**
 * Returns the user with an ID.
 *
 * @throws NodeFailure if Fanfou does not return it
 */
export async function findUser(item: ItemContext, id: string): Promise<JsonObject> {
	return await find(item, { id }, 'GET users/show.json');
}

async function find(
	item: ItemContext,
	query: Record<string, string>,
	endpoint: Endpoint,
): Promise<JsonObject> {
	const operation: CalledOperation = { name: 'Get', endpoint };
	const response = await item.fetch(endpoint, { query: { ...query, mode: 'lite' }, operation });
	return isJsonObject(response) ? response : {};
}
