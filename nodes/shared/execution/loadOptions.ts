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
 * Returns a method for n8n's `methods.loadOptions` that provides a client, sorts the choices by name
 * and reports failures without secrets.
 */
export function createLoadOptions(api: Api, load: OptionsLoader) {
	return async function (this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const client = new ApiClient(this, api);
		try {
			const options = await load(client, this);
			return options.sort((a, b) => a.name.localeCompare(b.name));
		} catch (error) {
			throw toNodeError(this.getNode(), {
				error,
				itemIndex: undefined,
				secrets: await client.secrets(),
			});
		}
	};
}
