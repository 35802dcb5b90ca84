import { NodeFailure, toNodeFailure, invalidParameter } from '../../../shared/errors';
import { isJsonObject } from '../../../shared/json';
import type { Json, JsonObject } from '../../../shared/json';
import { parseStringList } from '../../../shared/execution/parameterValues';
import { INVALID_VALUES, UNREACHABLE_FAN } from '../../parseResponse';
import { createChat } from '../chat';
import type { ItemContext } from '../../../shared/definition/operation';
import type { RequestParts } from '../../../shared/http';

/** Statuses that concern the account or the rate limit: further sends would fail as well. */
const ACCOUNT_STATUSES = ['401', '403', '410', '429'];

/**
 * Sends one message to each of several users, one after the other and as fast as the rate limit
 * allows. A user who cannot be contacted does not stop the others.
 *
 * @returns one result per user with `status`: `sent`, `refused`, `unclear` (it may have arrived) or
 * `notSent` (never tried); run the operation again for the users with `notSent`
 */
export async function sendToEach(item: ItemContext): Promise<JsonObject[]> {
	const people = [...new Set(parseStringList('Fan Names or IDs', item.value('userUuids') ?? ''))];
	if (people.length === 0)
		throw invalidParameter('Fan Names or IDs', 'is empty', 'Choose at least one fan');
	const opensChat = item.boolean('openChat');
	const parts = await item.requestParts();
	const results: JsonObject[] = [];
	let stopped: NodeFailure | undefined;
	for (const userUuid of people) {
		if (stopped !== undefined) {
			results.push({ userUuid, status: 'notSent', ...reasonOf(stopped) });
			continue;
		}
		const outcome = await sendTo(item, { parts, userUuid, opensChat });
		if (!(outcome instanceof NodeFailure)) {
			results.push({ userUuid, status: 'sent', ...(isJsonObject(outcome) ? outcome : {}) });
			continue;
		}
		if (outcome.stopsExecution) throw outcome;
		if (ACCOUNT_STATUSES.includes(outcome.httpCode ?? '')) {
			if (results.every(({ status }) => status === 'refused')) throw outcome;
			stopped = outcome;
		}
		const status = outcome.outcomeUnknown
			? 'unclear'
			: stopped === undefined
				? 'refused'
				: 'notSent';
		results.push({ userUuid, status, ...reasonOf(outcome) });
	}
	return results;
}

function reasonOf({ message, description, httpCode }: NodeFailure): JsonObject {
	return {
		reason: message,
		...(description === undefined ? {} : { description }),
		...(httpCode === undefined ? {} : { httpCode }),
	};
}

/** Sends to one fan; creates the chat first if it is missing. */
async function sendTo(
	item: ItemContext,
	{ parts, userUuid, opensChat }: { parts: RequestParts; userUuid: string; opensChat: boolean },
): Promise<Json | undefined | NodeFailure> {
	const attempt = async () =>
		await item.client
			.fetch(item.operation.endpoint, { ...parts, path: { userUuid } })
			.catch((error: unknown) => toNodeFailure(error));
	const first = await attempt();
	const mayLackChat =
		first instanceof NodeFailure &&
		['400', '404'].includes(first.httpCode ?? '') &&
		first.code !== UNREACHABLE_FAN &&
		first.code !== INVALID_VALUES;
	if (!mayLackChat || !opensChat) return first;
	const opened = await item
		.fetch(createChat.endpoint, { operation: createChat, body: { userUuid } })
		.catch((error: unknown) => toNodeFailure(error));
	if (!(opened instanceof NodeFailure)) return await attempt();
	// The message itself was refused, whatever became of the chat.
	return opened.outcomeUnknown ? first : opened;
}
