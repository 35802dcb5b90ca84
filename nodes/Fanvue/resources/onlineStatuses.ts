import type { ItemContext } from '../../shared/definition/operation';
import { parseStringList } from '../../shared/execution/parameterValues';
import type { JsonObject } from '../../shared/json';
import { entriesToRows } from '../results';
import { splitIntoBatches } from './batches';

/** Users that Fanvue accepts in one call. */
const BATCH_SIZE = 100;

/** Returns one row per user, with as many calls as their number needs. */
export async function getOnlineStatuses(item: ItemContext): Promise<JsonObject[]> {
	const parts = await item.requestParts();
	const users = [...new Set(parseStringList('Fan Names or IDs', parts.body?.userUuids))];
	const rows: JsonObject[] = [];
	for (const userUuids of splitIntoBatches(users, BATCH_SIZE)) {
		const statuses = await item.client.fetch(item.operation.endpoint, {
			...parts,
			body: { userUuids },
		});
		rows.push(...entriesToRows(statuses, 'userUuid'));
	}
	return rows;
}
