import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import type { Api } from '../client/api';
import { ApiClient } from '../client/apiClient';
import { NodeFailure, toNodeError } from '../errors';

/** Loads the choices of a list of IDs. */
export type OptionsLoader = (
	client: ApiClient,
	context: ILoadOptionsFunctions,
) => Promise<INodePropertyOptions[]>;

/**
 * Something has to be set before a list has choices. The message says what, and the description how.
 * n8n shows an error of such a list as "Error fetching options" and its reason only in a tooltip, so
 * the list holds the message as its only entry, which counts as nothing when it is chosen.
 */
export class ListNotReadyError extends NodeFailure {}

/** Returns what has to be set as the only entry of the list; throws other errors. */
export function entryOrThrow(error: unknown): INodePropertyOptions[] {
	if (!(error instanceof ListNotReadyError)) throw error;
	return [{ name: error.message, value: '', description: error.description }];
}

/**
 * Returns a method for n8n's `methods.loadOptions` that provides a client and reports failures
 * without secrets. The choices keep the order of the service.
 */
export function createLoadOptions(api: Api, load: OptionsLoader) {
	return async function (this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const client = new ApiClient(this, api);
		try {
			return await load(client, this).catch(entryOrThrow);
		} catch (error) {
			throw toNodeError(this.getNode(), {
				error,
				itemIndex: undefined,
				secrets: await client.secrets(),
			});
		}
	};
}
