import type { INodeListSearchResult } from 'n8n-workflow';
import type { Json, JsonObject } from '../shared/json';
import { isJsonObject } from '../shared/json';
import { createListSearch } from '../shared/execution/listSearch';
import { objectAt, textAt } from './output/members';
import { fanfouApi } from './api';
import { truncate, decodeEntities, parseHtml } from './text';

const USERS = 100;
const STATUSES = 60;
/** Pages looked through at once for a filter that finds nothing on the first. */
const PAGES = 10;

function objects(response: Json | undefined): JsonObject[] {
	return Array.isArray(response) ? response.filter(isJsonObject) : [];
}

function matches(filter: string, ...texts: string[]): boolean {
	const wanted = filter.trim().toLowerCase();
	return texts.some((text) => text.toLowerCase().includes(wanted));
}

/** The first pages from a token on that have something to show; the editor asks for more below it only. */
async function lookOn(
	read: (token?: string) => Promise<INodeListSearchResult>,
	token?: string,
): Promise<INodeListSearchResult> {
	let found = await read(token);
	for (let pages = 1; found.results.length === 0 && pages < PAGES; pages += 1) {
		const { paginationToken: next } = found;
		if (typeof next !== 'string') break;
		found = await read(next);
	}
	return found;
}

/** Those whom the account follows, page by page; a filter looks at names and IDs. */
const searchUsers = createListSearch(
	fanfouApi,
	async (client, _context, filter, from) =>
		await lookOn(async (token) => {
			const page = Number(token ?? 1);
			const response = await client.fetch('GET statuses/friends.json', {
				query: { count: USERS, page, mode: 'lite' },
			});
			const found = objects(response);
			return {
				results: found
					.map((user) => ({ id: textAt(user, 'id'), name: decodeEntities(textAt(user, 'name')) }))
					.filter(({ id, name }) => id !== '' && matches(filter, id, name))
					.map(({ id, name }) => ({
						name: `${name} (${id})`,
						value: id,
						url: `https://fanfou.com/${encodeURIComponent(id)}`,
					})),
				paginationToken: found.length === 0 ? undefined : String(page + 1),
			};
		}, from),
);

/** The account's own statuses, newest first; a filter looks at their texts. */
const searchStatuses = createListSearch(
	fanfouApi,
	async (client, _context, filter, from) =>
		await lookOn(async (token) => {
			const response = await client.fetch('GET statuses/user_timeline.json', {
				query: { count: STATUSES, mode: 'lite', max_id: token },
			});
			const found = objects(response);
			const last = found.at(-1);
			return {
				results: found
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
		}, from),
);

export const listSearch = { searchUsers, searchStatuses };
