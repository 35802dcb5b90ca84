import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { nodeError } from './failure';
import type { Service } from './operation';
import { Session } from './session';

/**
 * A search method for a locator's list: gives it a session and turns whatever goes wrong into a
 * message without secrets.
 */
export function lookup(
	service: () => Service,
	find: (
		session: Session,
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
		const session = new Session(this, service());
		try {
			return await find(session, this, filter ?? '', paginationToken);
		} catch (error) {
			throw nodeError(this.getNode(), error, undefined, await session.secrets());
		}
	};
}
