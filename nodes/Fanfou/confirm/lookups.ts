import type { Call } from '../../shared/call';
import { Failure } from '../../shared/failure';
import type { Json, JsonObject } from '../../shared/json';
import { isJsonObject } from '../../shared/json';

/**
 * The status with an ID.
 *
 * @throws Failure when Fanfou does not show it
 */
export async function findStatus(call: Call, id: string): Promise<JsonObject> {
	return found(
		await call.fetch('GET statuses/show.json', { query: { id, mode: 'lite' }, writes: false }),
		'status',
	);
}

/**
 * The user with an ID.
 *
 * @throws Failure when Fanfou does not show it
 */
export async function findUser(call: Call, id: string): Promise<JsonObject> {
	return found(
		await call.fetch('GET users/show.json', { query: { id, mode: 'lite' }, writes: false }),
		'user',
	);
}

function found(answer: Json | undefined, what: string): JsonObject {
	if (isJsonObject(answer)) return answer;
	throw new Failure(`Fanfou did not show the ${what}`, {
		advice: 'Check the ID; what it names may have been deleted',
	});
}
