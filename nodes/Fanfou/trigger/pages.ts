import type { JsonObject } from '../../shared/json';
import type { ApiClient } from '../../shared/client/apiClient';
import { rowsAt } from '../../shared/execution/paginate';
import type { ListPage } from '../../shared/polling/checkpoint';
import { readPages } from '../../shared/polling/readPages';
import { idOf } from './events';
import type { TriggerEvent } from './events';

/** Reads the list of an event page by page. */
export function pagesOf(
	client: ApiClient,
	event: TriggerEvent,
	query: Record<string, string>,
): AsyncGenerator<ListPage<JsonObject>> {
	const isNumbered = event.paging === 'page';
	return readPages<{ page?: number; max_id?: string }>({
		first: isNumbered ? { page: 1 } : {},
		fetch: async (parameters) =>
			await client.fetch(event.endpoint, {
				query: { ...query, count: event.pageSize, ...parameters },
			}),
		rowsOf: (data) => rowsAt(data),
		next: ({ rows, parameters: { page = 1 } }) => {
			if (isNumbered) return { page: page + 1 };
			const last = rows.map(idOf).findLast((id) => id !== '');
			return last === undefined ? undefined : { max_id: last };
		},
		id: idOf,
	});
}
