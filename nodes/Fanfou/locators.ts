import type { INodeListSearchResult } from 'n8n-workflow';
import type { Json, JsonObject } from '../shared/json';
import { isJsonObject } from '../shared/json';
import { lookup } from '../shared/lookup';
import { objectAt, textAt } from './output/members';
import { speech } from './service';
import { cut, decodeEntities, readHtml } from './text';

const USERS = 100;
const STATUSES = 60;

function objects(answer: Json | undefined): JsonObject[] {
	return Array.isArray(answer) ? answer.filter(isJsonObject) : [];
}

function matches(filter: string, ...texts: string[]): boolean {
	const wanted = filter.trim().toLowerCase();
	return texts.some((text) => text.toLowerCase().includes(wanted));
}

/** Those whom the account follows, page by page; a filter looks at names and IDs. */
const searchUsers = lookup(
	() => speech,
	async (session, _context, filter, token): Promise<INodeListSearchResult> => {
		const page = Number(token ?? 1);
		const answer = await session.fetch('GET statuses/friends.json', {
			query: { count: USERS, page, mode: 'lite' },
		});
		const found = objects(answer);
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
	},
);

/** The account's own statuses, newest first; a filter looks at their texts. */
const searchStatuses = lookup(
	() => speech,
	async (session, _context, filter, token): Promise<INodeListSearchResult> => {
		const answer = await session.fetch('GET statuses/user_timeline.json', {
			query: { count: STATUSES, mode: 'lite', max_id: token },
		});
		// The status of max_id may come again.
		const found = objects(answer).filter((status) => textAt(status, 'id') !== token);
		const last = found.at(-1);
		return {
			results: found
				.map((status) => ({
					id: textAt(status, 'id'),
					text: readHtml(textAt(status, 'text')).text,
					photo: objectAt(status, 'photo') !== undefined,
				}))
				.filter(({ id, text }) => id !== '' && matches(filter, id, text))
				.map(({ id, text, photo }) => ({
					name: cut(text, 60, '…') || (photo ? 'Photo' : id),
					value: id,
					url: `https://fanfou.com/statuses/${encodeURIComponent(id)}`,
				})),
			paginationToken: last === undefined ? undefined : textAt(last, 'id'),
		};
	},
);

export const listSearch = { searchUsers, searchStatuses };
