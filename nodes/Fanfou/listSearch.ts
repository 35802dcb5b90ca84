import type { INodeListSearchResult } from 'n8n-workflow';
import type { Endpoint } from '../shared/endpoint';
import { isJsonObject } from '../shared/json';
import { createListSearch } from '../shared/execution/listSearch';
import { rowsAt } from '../shared/execution/paginate';
import { objectAt, textAt } from './output/members';
import { fanfouApi } from './api';
import { truncate, decodeEntities, parseHtml } from './text';

/** Maximum number of rows of most lists, and of friends and followers. */
const ROWS_PER_PAGE = 60;
const FRIENDS_PER_PAGE = 100;
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

/** Lists the users of a call that numbers its pages; the filter applies to names and IDs. */
const usersOf = (endpoint: Endpoint, count = ROWS_PER_PAGE) =>
	createListSearch(
		fanfouApi,
		async (client, _context, filter, first) =>
			await readUntilMatch(async (token) => {
				const page = Number(token ?? 1);
				const response = await client.fetch(endpoint, { query: { count, page, mode: 'lite' } });
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

interface StatusList {
	endpoint: Endpoint;
	/** The parameter that requests the next page. */
	next: 'max_id' | 'page';
	/** Whether the account is not the author of all of them. */
	hasAuthors: boolean;
}

/** Lists statuses, newest first; the filter applies to their texts and authors. */
const statusesOf = ({ endpoint, next, hasAuthors }: StatusList) =>
	createListSearch(
		fanfouApi,
		async (client, _context, filter, first) =>
			await readUntilMatch(async (token) => {
				const response = await client.fetch(endpoint, {
					query: { count: ROWS_PER_PAGE, mode: 'lite', [next]: token },
				});
				const rows = rowsAt(response).filter(isJsonObject);
				const last = rows.at(-1);
				const nextPage =
					next === 'page' ? String(Number(token ?? 1) + 1) : textAt(last ?? {}, 'id');
				return {
					results: rows
						.map((status) => ({
							id: textAt(status, 'id'),
							text: parseHtml(textAt(status, 'text')).text,
							author: hasAuthors
								? decodeEntities(textAt(objectAt(status, 'user') ?? {}, 'name'))
								: '',
							photo: objectAt(status, 'photo') !== undefined,
						}))
						.filter(({ id, text, author }) => id !== '' && matches(filter, id, text, author))
						.map(({ id, text, author, photo }) => ({
							name: `${author === '' ? '' : `${author}: `}${truncate(text, 60, '…') || (photo ? 'Photo' : id)}`,
							value: id,
							url: `https://fanfou.com/statuses/${encodeURIComponent(id)}`,
						})),
					paginationToken: last === undefined ? undefined : nextPage,
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

/** The search methods that the locators name. */
export const listSearch = {
	/** Users whom the account follows. */
	searchUsers: usersOf('GET statuses/friends.json', FRIENDS_PER_PAGE),
	searchFollowers: usersOf('GET statuses/followers.json', FRIENDS_PER_PAGE),
	searchRequests: usersOf('GET friendships/requests.json'),
	searchBlocked: usersOf('GET blocks/blocking.json'),
	searchRecommended: usersOf('GET 2/users/recommendation.json'),
	/** The account's own statuses. */
	searchStatuses: statusesOf({
		endpoint: 'GET statuses/user_timeline.json',
		next: 'max_id',
		hasAuthors: false,
	}),
	searchHomeStatuses: statusesOf({
		endpoint: 'GET statuses/home_timeline.json',
		next: 'max_id',
		hasAuthors: true,
	}),
	searchFavorites: statusesOf({ endpoint: 'GET favorites.json', next: 'page', hasAuthors: true }),
	searchSavedSearches,
};
