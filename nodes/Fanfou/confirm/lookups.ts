import { NodeFailure } from '../../shared/errors';
import type { ItemContext } from '../../shared/definition/operation';
import type { Endpoint } from '../../shared/endpoint';
import type { JsonObject } from '../../shared/json';
import { isJsonObject } from '../../shared/json';
import type { CalledFanfouOperation } from '../operation';

/**
 * Returns the status with an ID.
 *
 * @throws NodeFailure if Fanfou does not return it
 */
export async function findStatus(item: ItemContext, id: string): Promise<JsonObject> {
	return await find(item, id, { endpoint: 'GET statuses/show.json', returns: 'status' });
}

/**
 * Returns the user with an ID.
 *
 * @throws NodeFailure if Fanfou does not return it
 */
export async function findUser(item: ItemContext, id: string): Promise<JsonObject> {
	return await find(item, id, { endpoint: 'GET users/show.json', returns: 'user' });
}

async function find(
	item: ItemContext,
	id: string,
	{ endpoint, returns }: { endpoint: Endpoint; returns: 'status' | 'user' },
): Promise<JsonObject> {
	const operation: CalledFanfouOperation = { name: 'Get', endpoint, returns };
	const response = await item.fetch(endpoint, { query: { id, mode: 'lite' }, operation });
	if (isJsonObject(response)) return response;
	throw new NodeFailure(`Fanfou did not return a ${returns}`);
}
