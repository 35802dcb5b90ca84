import { NodeFailure, toNodeFailure } from '../errors';
import type { HttpResponse, NetworkError } from '../http';
import { sleep } from '../sleep';
import type { RefreshContext, SendOnce } from './api';

/** Credentials whose token n8n is refreshing right now, in this process. */
const refreshing = new Set<string>();

/** Milliseconds between two checks of a request that waits for another one's refresh. */
const POLL_INTERVAL_MS = 20;

/**
 * Sends one request. If the response requires a token refresh, sends it again so that n8n refreshes
 * the token, one request at a time: not every n8n version prevents parallel refreshes, and using a
 * refresh token twice can end the connection.
 */
export async function refreshExclusively(
	{ context, api, signal }: RefreshContext,
	refreshOn: number[],
	sendOnce: SendOnce,
): Promise<HttpResponse | NetworkError> {
	const isStale = (outcome: HttpResponse | NetworkError) =>
		'status' in outcome && refreshOn.includes(outcome.status);
	const first = await sendOnce([]);
	if (!isStale(first)) return first;

	const credential = context.getNode().credentials?.[api.credentialType]?.id ?? '';
	const waitForOthers = async () => {
		while (refreshing.has(credential)) await sleep(POLL_INTERVAL_MS, { signal });
	};
	if (refreshing.has(credential)) {
		await waitForOthers();
		// Another call has refreshed the token in the meantime.
		const second = await sendOnce([]);
		if (!isStale(second)) return second;
		await waitForOthers();
	}
	refreshing.add(credential);
	try {
		return await sendOnce(refreshOn);
	} catch (error) {
		throw refreshFailure(api.name, error);
	} finally {
		refreshing.delete(credential);
	}
}

/** Adds a solution to the error of the login server. */
function refreshFailure(name: string, error: unknown) {
	const { stopsExecution, message, description, httpCode = 401 } = toNodeFailure(error);
	if (stopsExecution) return error;
	if (description !== undefined) return new NodeFailure(message, { description, httpCode });
	// Newer n8n versions show this message themselves; older ones show the login server's response.
	if (/\binvalid_grant\b|\brefresh token is invalid\b/i.test(message)) {
		return new NodeFailure(`The connection to ${name} has expired or was revoked`, {
			description: 'Open the credential and reconnect it',
			httpCode,
		});
	}
	return new NodeFailure(`The connection to ${name} could not be renewed: ${message}`, {
		description:
			'Compare Client ID and Client Secret in the credential with those of the app and connect the account again, or run it again later',
		httpCode,
	});
}
