import type { ILoadOptionsFunctions } from 'n8n-workflow';
import type { ApiClient } from '../../shared/client/apiClient';
import type { Endpoint } from '../../shared/endpoint';
import { NodeFailure } from '../../shared/errors';
import { rowsAt } from '../../shared/execution/paginate';
import type { Json, JsonObject } from '../../shared/json';
import { isJsonObject, isObject, valueAtPath } from '../../shared/json';

/** One option of a list: a name to read and the ID that is sent. */
export interface ListOption {
	name: string;
	value: string;
}

/** The source of a list's options. */
export interface ListSource {
	endpoint: Endpoint;
	/** The call also exists under `/v1`. */
	hasV1Route?: boolean;
	/** The call also exists for managed creators. */
	hasCreatorRoute?: boolean;
	/** The query parameter for a search by the service; calls for managed creators have none. */
	searchKey?: string;
	/** The service can search under `/v1` only. */
	searchesUnderV1Only?: boolean;
	/** The documentation names no paging parameters, so the first request has none. */
	hasNoPaging?: boolean;
	sizeKey?: 'size' | 'limit';
	/** The parameter of the node that names the parent in the path, and its display name. */
	parent?: { key: string; displayName: string };
	/** Sent with each request. */
	query?: Record<string, string>;
	toOption: (row: JsonObject) => ListOption | undefined;
}

/** One page of options. */
export interface OptionsPage {
	options: ListOption[];
	/** Token of the next page; without it this is the last. */
	next?: string;
	/** Whether the service has applied the filter. */
	isFiltered: boolean;
}

/** Reads one page of a list, for the account or the managed creator that the node acts as. */
export async function readOptions(
	{ client, context }: { client: ApiClient; context: ILoadOptionsFunctions },
	source: ListSource,
	{ filter = '', token }: { filter?: string; token?: string } = {},
): Promise<OptionsPage> {
	const creator = source.hasCreatorRoute === true ? chosenId(context, 'actAs') : undefined;
	const isV1 =
		creator === undefined &&
		source.hasV1Route === true &&
		(await client.credentialSettings()).apiRoutes === 'v1';
	const canSearch =
		source.searchKey !== undefined &&
		creator === undefined &&
		(isV1 || source.searchesUnderV1Only !== true);
	const isFiltered = filter !== '' && canSearch;
	const prefix =
		creator === undefined ? (isV1 ? 'v1/' : '') : `creators/${encodeURIComponent(creator)}/`;
	const data = await client.fetch(source.endpoint, {
		// If the response has no list, the editor shows the reason instead of an empty list.
		operation: { name: 'Get Many', endpoint: source.endpoint, paging: 'page' },
		pathTemplate: `${prefix}${source.endpoint.slice(5)}`,
		path: parentOf(context, source),
		query: {
			...source.query,
			...(source.hasNoPaging === true
				? token === undefined
					? {}
					: pageQuery(token)
				: { ...pageQuery(token), [source.sizeKey ?? 'size']: 50 }),
			...(isFiltered && source.searchKey !== undefined ? { [source.searchKey]: filter } : {}),
		},
	});
	const options = rowsAt(data, 'data').flatMap(
		(row) => (isJsonObject(row) ? source.toOption(row) : undefined) ?? [],
	);
	return { options, next: nextPage(data, token), isFiltered };
}

/** Returns the ID that is chosen in the editor; of the managed creator only while Act As names one. */
function chosenId(context: ILoadOptionsFunctions, key: string): string | undefined {
	if (key === 'actAs') {
		const isForCreator = context.getCurrentNodeParameter('actAs') === 'creator';
		return isForCreator ? chosenId(context, 'creatorUserUuid') : undefined;
	}
	const chosen: unknown = context.getCurrentNodeParameter(key);
	const id: unknown = isObject(chosen) ? chosen.value : chosen;
	return typeof id === 'string' && id !== '' ? id : undefined;
}

/** @throws NodeFailure while the object whose parts are listed is not chosen */
function parentOf(
	context: ILoadOptionsFunctions,
	{ parent }: ListSource,
): Record<string, string> | undefined {
	if (parent === undefined) return undefined;
	const id = chosenId(context, parent.key);
	if (id !== undefined) return { [parent.key]: id };
	throw new NodeFailure(`"${parent.displayName}" is empty`, {
		description: `Choose "${parent.displayName}" first: the list shows what belongs to it`,
	});
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
