import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { toNodeError } from '../errors';
import type { Service } from '../definition/operation';
import { ApiClient } from '../client/apiClient';

/**
 * A search method for a locator's list: gives it a session and turns whatever goes wrong into a
 * message without secrets.
 */
export function createListSearch(
	service: () => Service,
	find: (
		session: ApiClient,
		context: ILoadOptionsFunctions,
		filter: string,
		token?: string,
	) => Promise<INodeListSearchResult>,
) {
	return async function (
		this: ILoadOptionsFunctions,
		filter?: string,
		paginationToken?: string,
	): Promise<INodeListSearchResult> {
		const session = new ApiClient(this, service());
		try {
			return await find(session, this, filter ?? '', paginationToken);
		} catch (error) {
			throw toNodeError(this.getNode(), error, undefined, await session.secrets());
		}
	};
}
