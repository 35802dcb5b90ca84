import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import type { Api } from '../client/api';
import { ApiClient } from '../client/apiClient';
import { toNodeError } from '../errors';

/** Loads the choices of a list of IDs. */
export type OptionsLoader = (
	client: ApiClient,
	context: ILoadOptionsFunctions,
) => Promise<INodePropertyOptions[]>;

/**
 * Returns a method for n8n's `methods.loadOptions` that provides a client and reports failures
 * without secrets. The choices keep the order of the service.
 */
export function createLoadOptions(api: Api, load: OptionsLoader) {
	return async function (this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const client = new ApiClient(this, api);
		try {
			return await load(client, this);
		} catch (error) {
			throw toNodeError(this.getNode(), {
				error,
				itemIndex: undefined,
				secrets: await client.secrets(),
			});
		}
	};
}
