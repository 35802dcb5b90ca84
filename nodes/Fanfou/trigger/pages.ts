import type { JsonObject } from '../../shared/json';
import { isJsonObject } from '../../shared/json';
import type { ApiClient } from '../../shared/client/apiClient';
import type { Event } from './events';

/**
 * The list of an event page by page, newest first. Ends with an empty page, or with one that brings
 * only rows that were there before.
 */
export async function* pagesOf(
	session: ApiClient,
	event: Event,
	query: Record<string, string>,
): AsyncGenerator<JsonObject[]> {
	const known = new Set<string>();
	let onwards: Record<string, unknown> = event.onwards === 'page' ? { page: 1 } : {};
	for (;;) {
		const answer = await session.fetch(event.endpoint, {
			query: { ...query, count: event.size, ...onwards },
		});
		const rows = Array.isArray(answer) ? answer.filter(isJsonObject) : [];
		// Rows move on to the next page while it is read, and some servers give the same page again.
		const fresh = rows.filter((row) => !known.has(event.rows.id(row)));
		for (const row of fresh) known.add(event.rows.id(row));
		yield fresh;
		const last = rows.at(-1);
		if (last === undefined || fresh.length === 0) return;
		onwards =
			event.onwards === 'page'
				? { page: Number(onwards.page) + 1 }
				: { max_id: event.rows.id(last) };
	}
}
