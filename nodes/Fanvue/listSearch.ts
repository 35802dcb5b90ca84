import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { isJsonObject, isObject, valueAtPath } from '../shared/json';
import type { Json, JsonObject } from '../shared/json';
import { createListSearch } from '../shared/execution/listSearch';
import { rowsAt } from '../shared/execution/paginate';
import type { ApiClient } from '../shared/client/apiClient';
import { fanvueApi } from './api';
import type { Endpoint } from '../shared/endpoint';

/** How one kind of thing is looked up for a list. */
interface ListSource {
	endpoint: Endpoint;
	/** The call was seen under `/v1`, too. */
	v1?: boolean;
	/** Managed creators have such a list, too. */
	creator?: boolean;
	/** The query parameter by which the service itself searches; managed creators' lists have none. */
	searchKey?: string;
	/** Undeclared lists take no parameters on their first page. */
	bare?: boolean;
	sizeKey?: 'size' | 'limit';
	entry: (row: JsonObject) => INodeListSearchItems | undefined;
}

const MAX_PAGES = 10;

function createSearch(shelf: ListSource) {
	return createListSearch(fanvueApi, async (client, context, filter, token) => {
		const creator = shelf.creator === true ? selectedCreator(context) : undefined;
		const family = await routePrefix(client, shelf, creator);
		const asksService = filter !== '' && shelf.searchKey !== undefined && creator === undefined;
		const wanted = asksService ? '' : filter.toLowerCase();
		const results: INodeListSearchItems[] = [];
		let page: string | undefined = token;
		// Where the service cannot search, some pages are read until something fits.
		for (let count = 0; count < MAX_PAGES; count += 1) {
			const data = await client.fetch(shelf.endpoint, {
				pathTemplate: `${family}${shelf.endpoint.slice(5)}`,
				query: {
					...(shelf.bare === true && page === undefined
						? {}
						: { ...pageQuery(page), [shelf.sizeKey ?? 'size']: 50 }),
					...(asksService && shelf.searchKey !== undefined ? { [shelf.searchKey]: filter } : {}),
				},
			});
			for (const row of rowsAt(data, 'data')) {
				const entry = isJsonObject(row) ? shelf.entry(row) : undefined;
				if (entry !== undefined && entry.name.toLowerCase().includes(wanted)) results.push(entry);
			}
			page = nextPage(data, page);
			if (page === undefined || results.length > 0) break;
		}
		return { results, paginationToken: page } satisfies INodeListSearchResult;
	});
}

function selectedCreator(context: ILoadOptionsFunctions): string | undefined {
	if (context.getCurrentNodeParameter('actAs') !== 'creator') return undefined;
	const chosen: unknown = context.getCurrentNodeParameter('creatorUserUuid');
	const uuid: unknown = isObject(chosen) ? chosen.value : chosen;
	return typeof uuid === 'string' && uuid !== '' ? uuid : undefined;
}

async function routePrefix(client: ApiClient, shelf: ListSource, creator: string | undefined) {
	if (creator !== undefined) return `creators/${encodeURIComponent(creator)}/`;
	return shelf.v1 === true && (await client.credentialSettings()).apiRoutes === 'v1' ? 'v1/' : '';
}

/** A token is a page number or a cursor. */
function pageQuery(token: string | undefined): Record<string, string> {
	if (token === undefined) return {};
	return token.startsWith('page:') ? { page: token.slice(5) } : { cursor: token.slice(7) };
}

function nextPage(data: Json | undefined, token: string | undefined): string | undefined {
	const cursor = valueAtPath(data, 'nextCursor');
	if (typeof cursor === 'string' && cursor !== '') return `cursor:${cursor}`;
	if (valueAtPath(data, 'pagination.hasMore') !== true) return undefined;
	return `page:${Number(token?.slice(5) ?? 1) + 1}`;
}

const text = (value: Json | undefined) => (typeof value === 'string' ? value : '');

/** The first line of a text, short enough for a list. */
function firstLine(value: Json | undefined, otherwise: string): string {
	const line = text(value)
		.trim()
		.replace(/\n[^]*/, '');
	if (line === '') return otherwise;
	return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

function userOption(row: JsonObject): INodeListSearchItems | undefined {
	const uuid = text(row.uuid);
	if (uuid === '') return undefined;
	const shown = text(row.nickname) || text(row.displayName);
	const handle = text(row.handle);
	return { name: handle === '' ? shown || uuid : `${shown} (@${handle})`.trim(), value: uuid };
}

const optionWithTitle =
	(title: (row: JsonObject) => string, key = 'uuid') =>
	(row: JsonObject): INodeListSearchItems | undefined => {
		const value = text(row[key]);
		return value === '' ? undefined : { name: title(row) || value, value };
	};

const day = (value: Json | undefined) => text(value).slice(0, 10);

/** The lists behind the pickers, by the names these use. */
export const listSearch = {
	searchCreators: createSearch({ endpoint: 'GET /creators', entry: userOption }),
	searchChats: createSearch({
		endpoint: 'GET /chats',
		v1: true,
		creator: true,
		searchKey: 'search',
		entry: (row) => (isJsonObject(row.user) ? userOption(row.user) : undefined),
	}),
	searchSubscribers: createSearch({
		endpoint: 'GET /subscribers',
		v1: true,
		creator: true,
		entry: userOption,
	}),
	searchPosts: createSearch({
		endpoint: 'GET /posts',
		v1: true,
		creator: true,
		entry: optionWithTitle(
			(row) => `${firstLine(row.text, 'Post without text')} (${day(row.createdAt)})`,
		),
	}),
	searchMedia: createSearch({
		endpoint: 'GET /media',
		v1: true,
		creator: true,
		entry: optionWithTitle((row) => {
			const kind = text(row.mediaType) || text(row.status);
			return `${firstLine(row.name ?? row.caption ?? null, text(row.uuid))} (${kind})`;
		}),
	}),
	searchFolders: createSearch({
		endpoint: 'GET /vault/folders',
		creator: true,
		bare: true,
		entry: optionWithTitle((row) => text(row.name), 'name'),
	}),
	searchCustomLists: createSearch({
		endpoint: 'GET /chats/lists/custom',
		creator: true,
		searchKey: 'search',
		entry: optionWithTitle((row) => `${text(row.name)} (${Number(row.membersCount ?? 0)})`),
	}),
	searchSmartLists: createSearch({
		endpoint: 'GET /chats/lists/smart',
		creator: true,
		bare: true,
		entry: optionWithTitle((row) => `${text(row.name)} (${Number(row.count ?? 0)})`),
	}),
	searchTemplates: createSearch({
		endpoint: 'GET /chats/templates',
		entry: optionWithTitle((row) =>
			firstLine(row.text, text(row.folderName) || 'Template without text'),
		),
	}),
	searchTrackingLinks: createSearch({
		endpoint: 'GET /tracking-links',
		creator: true,
		sizeKey: 'limit',
		entry: optionWithTitle((row) => `${text(row.name)} (${text(row.externalSocialPlatform)})`),
	}),
	searchCollections: createSearch({
		endpoint: 'GET /collections',
		bare: true,
		entry: optionWithTitle((row) => text(row.label)),
	}),
	searchMassMessages: createSearch({
		endpoint: 'GET /chats/mass-messages',
		creator: true,
		entry: optionWithTitle(
			(row) => `${firstLine(row.text, 'Message without text')} (${text(row.status)})`,
		),
	}),
};
