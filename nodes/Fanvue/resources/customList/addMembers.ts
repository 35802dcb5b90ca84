import { isJsonObject } from '../../../shared/json';
import type { JsonObject } from '../../../shared/json';
import { parseStringList } from '../../../shared/execution/parameterValues';
import { splitIntoBatches } from '../batches';
import type { ItemContext } from '../../../shared/definition/operation';

/** Fanvue documents no maximum per request; this number is safe. */
const BATCH = 100;

/**
 * Adds users to a list in batches.
 *
 * @returns the number of added and skipped users over all batches; the response itself if there is
 * only one batch
 */
export async function addMembers(item: ItemContext): Promise<JsonObject> {
	const parts = await item.requestParts();
	const people = parseStringList('Fan Names or IDs', item.value('userUuids'));
	const total = { added: 0, skipped: 0 };
	for (const userUuids of splitIntoBatches(people, BATCH)) {
		const answer = await item.client.fetch(item.operation.endpoint, {
			...parts,
			body: { userUuids },
		});
		if (!isJsonObject(answer)) continue;
		if (people.length <= BATCH) return answer;
		total.added += Number(answer.added ?? 0);
		total.skipped += Number(answer.skipped ?? 0);
	}
	return total;
}
