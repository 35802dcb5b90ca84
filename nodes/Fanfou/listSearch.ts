import type { INodeListSearchResult } from 'n8n-workflow';
import { isJsonObject } from '../shared/json';
import { createListSearch } from '../shared/execution/listSearch';
import { rowsAt } from '../shared/execution/paginate';
import { objectAt, textAt } from './output/members';
import { fanfouApi } from './api';
import { truncate, decodeEntities, parseHtml } from './text';

const USERS_PER_PAGE = 100;
const STATUSES_PER_PAGE = 60;
/** Maximum number of pages that one request of the editor reads to find a match. */
const MAX_PAGES = 10;

function matches(filter: string, ...texts: string[]): boolean {
	const searched = filter.trim().toLowerCase();
	return texts.some((text) => text.toLowerCase().includes(searched));
}

/**
 * Reads pages until one has results, because the editor requests more only at the end of a list.
 */
async function readUntilMatch(
	readPage: (token?: string) => Promise<INodeListSearchResult>,
	token?: string,
): Promise<INodeListSearchResult> {
	let page = await readPage(token);
	for (let count = 1; page.results.length === 0 && count < MAX_PAGES; count += 1) {
		const { paginationToken: next } = page;
		if (typeof next !== 'string') break;
		page = await readPage(next);
	}
	return page;
}

/** Lists the users whom the account follows; the filter applies to names and IDs. */
const searchUsers = createListSearch(
	fanfouApi,
	async (client, _context, filter, first) =>
		await readUntilMatch(async (token) => {
			const page = Number(token ?? 1);
			const response = await client.fetch('GET statuses/friends.json', {
				query: { count: USERS_PER_PAGE, page, mode: 'lite' },
			});
			const rows = rowsAt(response).filter(isJsonObject);
			return {
				results: rows
					.map((user) => ({ id: textAt(user, 'id'), name: decodeEntities(textAt(user, 'name')) }))
					.filter(({ id, name }) => id !== '' && matches(filter, id, name))
					.map(({ id, name }) => ({
						name: `${name} (${id})`,
						value: id,
						url: `https://fanfou.com/${encodeURIComponent(id)}`,
					})),
				paginationToken: rows.length === 0 ? undefined : String(page + 1),
			};
		}, first),
);

/** Lists the account's own statuses, newest first; the filter applies to their texts. */
const searchStatuses = createListSearch(
	fanfouApi,
	async (client, _context, filter, first) =>
		await readUntilMatch(async (token) => {
			const response = await client.fetch('GET statuses/user_timeline.json', {
				query: { count: STATUSES_PER_PAGE, mode: 'lite', max_id: token },
			});
			const rows = rowsAt(response).filter(isJsonObject);
			const last = rows.at(-1);
			return {
				results: rows
					.map((status) => ({
						id: textAt(status, 'id'),
						text: parseHtml(textAt(status, 'text')).text,
						photo: objectAt(status, 'photo') !== undefined,
					}))
					.filter(({ id, text }) => id !== '' && matches(filter, id, text))
					.map(({ id, text, photo }) => ({
						name: truncate(text, 60, '…') || (photo ? 'Photo' : id),
						value: id,
						url: `https://fanfou.com/statuses/${encodeURIComponent(id)}`,
					})),
				paginationToken: last === undefined ? undefined : textAt(last, 'id'),
			};
		}, first),
);

/** Lists the account's saved searches, of which there are ten at most. */
const searchSavedSearches = createListSearch(fanfouApi, async (client, _context, filter) => {
	const rows = rowsAt(await client.fetch('GET saved_searches/list.json')).filter(isJsonObject);
	return {
		results: rows
			.map((search) => ({ value: textAt(search, 'id'), name: textAt(search, 'query') }))
			.filter(({ name, value }) => value !== '' && matches(filter, name, value)),
	};
});

export const listSearch = { searchUsers, searchStatuses, searchSavedSearches };
