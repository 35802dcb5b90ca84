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

/** The source of a list's options. */
interface ListSource {
	endpoint: Endpoint;
	/** The call also exists under `/v1`. */
	hasV1Route?: boolean;
	/** The call also exists for managed creators. */
	hasCreatorRoute?: boolean;
	/** The query parameter for a search by the service; calls for managed creators have none. */
	searchKey?: string;
	/** The documentation names no paging parameters, so the first request has none. */
	hasNoPaging?: boolean;
	sizeKey?: 'size' | 'limit';
	toOption: (row: JsonObject) => INodeListSearchItems | undefined;
}

const MAX_PAGES = 10;

function createSearch(source: ListSource) {
	return createListSearch(fanvueApi, async (client, context, filter, token) => {
		const creator = source.hasCreatorRoute === true ? selectedCreator(context) : undefined;
		const prefix = await routePrefix(client, source, creator);
		const isFilteredByService =
			filter !== '' && source.searchKey !== undefined && creator === undefined;
		const searchText = isFilteredByService ? '' : filter.toLowerCase();
		const results: INodeListSearchItems[] = [];
		let page: string | undefined = token;
		// If the service cannot search, pages are read until an option matches.
		for (let count = 0; count < MAX_PAGES; count += 1) {
			const data = await client.fetch(source.endpoint, {
				// If the response has no list, the editor shows the reason instead of an empty list.
				operation: { name: 'Get Many', endpoint: source.endpoint, paging: 'page' },
				pathTemplate: `${prefix}${source.endpoint.slice(5)}`,
				query: {
					...(source.hasNoPaging === true && page === undefined
						? {}
						: { ...pageQuery(page), [source.sizeKey ?? 'size']: 50 }),
					...(isFilteredByService && source.searchKey !== undefined
						? { [source.searchKey]: filter }
						: {}),
				},
			});
			for (const row of rowsAt(data, 'data')) {
				const option = isJsonObject(row) ? source.toOption(row) : undefined;
				if (option !== undefined && option.name.toLowerCase().includes(searchText))
					results.push(option);
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

async function routePrefix(client: ApiClient, source: ListSource, creator: string | undefined) {
	if (creator !== undefined) return `creators/${encodeURIComponent(creator)}/`;
	return source.hasV1Route === true && (await client.credentialSettings()).apiRoutes === 'v1'
		? 'v1/'
		: '';
}

/** Returns the query of a page. A token is a page number or a cursor. */
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

/** Returns the first line of a text, cut to the width of a list. */
function firstLine(value: Json | undefined, fallback: string): string {
	const line = text(value)
		.trim()
		.replace(/\n[^]*/, '');
	if (line === '') return fallback;
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

/** The search methods that the locators name. */
export const listSearch = {
	searchCreators: createSearch({ endpoint: 'GET /creators', toOption: userOption }),
	searchChats: createSearch({
		endpoint: 'GET /chats',
		hasV1Route: true,
		hasCreatorRoute: true,
		searchKey: 'search',
		toOption: (row) => (isJsonObject(row.user) ? userOption(row.user) : undefined),
	}),
	searchSubscribers: createSearch({
		endpoint: 'GET /subscribers',
		hasV1Route: true,
		hasCreatorRoute: true,
		toOption: userOption,
	}),
	searchPosts: createSearch({
		endpoint: 'GET /posts',
		hasV1Route: true,
		hasCreatorRoute: true,
		toOption: optionWithTitle(
			(row) => `${firstLine(row.text, 'Post without text')} (${day(row.createdAt)})`,
		),
	}),
	searchMedia: createSearch({
		endpoint: 'GET /media',
		hasV1Route: true,
		hasCreatorRoute: true,
		toOption: optionWithTitle((row) => {
			const kind = text(row.mediaType) || text(row.status);
			return `${firstLine(row.name ?? row.caption ?? null, text(row.uuid))} (${kind})`;
		}),
	}),
	searchFolders: createSearch({
		endpoint: 'GET /vault/folders',
		hasCreatorRoute: true,
		hasNoPaging: true,
		toOption: optionWithTitle((row) => text(row.name), 'name'),
	}),
	searchCustomLists: createSearch({
		endpoint: 'GET /chats/lists/custom',
		hasV1Route: true,
		hasCreatorRoute: true,
		searchKey: 'search',
		toOption: optionWithTitle((row) => `${text(row.name)} (${Number(row.membersCount ?? 0)})`),
	}),
	searchSmartLists: createSearch({
		endpoint: 'GET /chats/lists/smart',
		hasV1Route: true,
		hasCreatorRoute: true,
		hasNoPaging: true,
		toOption: optionWithTitle((row) => `${text(row.name)} (${Number(row.count ?? 0)})`),
	}),
	searchTemplates: createSearch({
		endpoint: 'GET /chats/templates',
		hasV1Route: true,
		toOption: optionWithTitle((row) =>
			firstLine(row.text, text(row.folderName) || 'Template without text'),
		),
	}),
	searchTrackingLinks: createSearch({
		endpoint: 'GET /tracking-links',
		hasV1Route: true,
		hasCreatorRoute: true,
		sizeKey: 'limit',
		toOption: optionWithTitle((row) => `${text(row.name)} (${text(row.externalSocialPlatform)})`),
	}),
	searchCollections: createSearch({
		endpoint: 'GET /collections',
		hasV1Route: true,
		hasNoPaging: true,
		toOption: optionWithTitle((row) => text(row.label)),
	}),
	searchMassMessages: createSearch({
		endpoint: 'GET /chats/mass-messages',
		hasCreatorRoute: true,
		toOption: optionWithTitle(
			(row) => `${firstLine(row.text, 'Message without text')} (${text(row.status)})`,
		),
	}),
};
