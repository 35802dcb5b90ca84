import type { Call } from '../../shared/call';
import { Failure } from '../../shared/failure';
import type { JsonObject } from '../../shared/json';

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

function found(answer: unknown, what: string): JsonObject {
	if (isObjectAnswer(answer)) return answer;
	throw new Failure(`Fanfou did not show the ${what}`, {
		advice: 'Check the ID; what it names may have been deleted',
	});
}

function isObjectAnswer(answer: unknown): answer is JsonObject {
	return typeof answer === 'object' && answer !== null && !Array.isArray(answer);
}
