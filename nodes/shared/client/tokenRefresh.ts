import type { HttpResponse } from '../http';
import { NodeFailure, toNodeFailure } from '../errors';
import type { NetworkError } from './send';
import type { ApiClient } from './apiClient';
import { sleepFor } from '../sleep';

/** Connections whose token n8n is renewing right now, in this process. */
const refreshing = new Set<string>();

/**
 * One exchange. Where its answer is a reason to renew an OAuth2 token, it is repeated so that n8n
 * does that, and never for two calls at once: not every version of n8n keeps them apart, and a
 * refresh token that is used twice can end the connection.
 *
 * @param exchange sends the request; n8n renews the token and sends again on the given statuses
 */
export async function refreshExclusively(
	{ context, service, signal }: ApiClient,
	renewOn: number[],
	exchange: (renewOn: number[]) => Promise<HttpResponse | NetworkError>,
): Promise<HttpResponse | NetworkError> {
	const isStale = (outcome: HttpResponse | NetworkError) =>
		'status' in outcome && renewOn.includes(outcome.status);
	const first = await exchange([]);
	if (!isStale(first)) return first;

	const connection = context.getNode().credentials?.[service.credentialType]?.id ?? '';
	if (refreshing.has(connection)) {
		while (refreshing.has(connection)) await sleepFor(20, signal);
		// By now another call has had the token renewed.
		const second = await exchange([]);
		if (!isStale(second)) return second;
		while (refreshing.has(connection)) await sleepFor(20, signal);
	}
	refreshing.add(connection);
	try {
		return await exchange(renewOn);
	} catch (error) {
		throw refreshFailure(service.name, error);
	} finally {
		refreshing.delete(connection);
	}
}

/** What n8n could not renew stays refused; the words of the login server get a way out. */
function refreshFailure(name: string, error: unknown) {
	const { stopsExecution: final, message, description, httpCode = 401 } = toNodeFailure(error);
	if (final) return error;
	if (description !== undefined) return new NodeFailure(message, { description, httpCode });
	return new NodeFailure(`The connection to ${name} could not be renewed: ${message}`, {
		description:
			'Compare Client ID and Client Secret in the credential with those of the app and connect the account again, or run it again later',
		httpCode,
	});
}
