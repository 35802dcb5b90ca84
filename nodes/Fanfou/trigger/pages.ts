import type { JsonObject } from '../../shared/json';
import { isJsonObject } from '../../shared/json';
import { NodeFailure } from '../../shared/errors';
import type { ApiClient } from '../../shared/client/apiClient';
import type { ListPage } from '../../shared/polling/checkpoint';
import { idOf } from './events';
import type { TriggerEvent } from './events';

/**
 * Reads the list of an event page by page, newest rows first. Ends with an empty page, or with one
 * that has only rows of earlier pages.
 */
export async function* pagesOf(
	client: ApiClient,
	event: TriggerEvent,
	query: Record<string, string>,
): AsyncGenerator<ListPage<JsonObject>> {
	const known = new Set<string>();
	let next: Record<string, unknown> = event.paging === 'page' ? { page: 1 } : {};
	for (;;) {
		const response = await client.fetch(event.endpoint, {
			query: { ...query, count: event.pageSize, ...next },
		});
		if (!Array.isArray(response)) {
			throw new NodeFailure(`Fanfou did not return a list for "${event.name}"`, {
				description: 'The next poll tries again. Nothing is lost',
			});
		}
		const rows = response.filter(isJsonObject);
		// Rows move to the next page while it is read, and some servers return the same page again.
		const newRows = rows.filter((row) => !known.has(idOf(row)));
		for (const row of newRows) known.add(idOf(row));
		yield { rows: newRows };
		const last = rows.at(-1);
		if (last === undefined || newRows.length === 0) return;
		next = event.paging === 'page' ? { page: Number(next.page) + 1 } : { max_id: idOf(last) };
	}
}
