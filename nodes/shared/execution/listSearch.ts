import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { Api } from '../client/api';
import { ApiClient } from '../client/apiClient';
import { toNodeError } from '../errors';

/** Searches one kind of object for the list of a resource locator. */
export type Search = (
	client: ApiClient,
	context: ILoadOptionsFunctions,
	filter: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/** Returns a list search method that provides a client and reports failures without secrets. */
export function createListSearch(api: Api, search: Search) {
	return async function (
		this: ILoadOptionsFunctions,
		filter?: string,
		paginationToken?: string,
	): Promise<INodeListSearchResult> {
		const client = new ApiClient(this, api);
		try {
			return await search(client, this, filter ?? '', paginationToken);
		} catch (error) {
			throw toNodeError(this.getNode(), {
				error,
				itemIndex: undefined,
				secrets: await client.secrets(),
			});
		}
	};
}
