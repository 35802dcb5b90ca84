import type { Answer } from './answer';
import { Failure, asFailure } from './failure';
import type { Broken } from './send';
import type { Session } from './session';
import { wait } from './wait';

/** Connections whose token n8n is renewing right now, in this process. */
const renewing = new Set<string>();

/**
 * One exchange. Where its answer is a reason to renew an OAuth2 token, it is repeated so that n8n
 * does that, and never for two calls at once: not every version of n8n keeps them apart, and a
 * refresh token that is used twice can end the connection.
 *
 * @param exchange sends the request; n8n renews the token and sends again on the given statuses
 */
export async function renewAlone(
	{ context, service, signal }: Session,
	renewOn: number[],
	exchange: (renewOn: number[]) => Promise<Answer | Broken>,
): Promise<Answer | Broken> {
	const isStale = (outcome: Answer | Broken) =>
		'status' in outcome && renewOn.includes(outcome.status);
	const first = await exchange([]);
	if (!isStale(first)) return first;

	const connection = context.getNode().credentials?.[service.credentialType]?.id ?? '';
	if (renewing.has(connection)) {
		while (renewing.has(connection)) await wait(20, signal);
		// By now another call has had the token renewed.
		const second = await exchange([]);
		if (!isStale(second)) return second;
		while (renewing.has(connection)) await wait(20, signal);
	}
	renewing.add(connection);
	try {
		return await exchange(renewOn);
	} catch (error) {
		throw notRenewed(service.name, error);
	} finally {
		renewing.delete(connection);
	}
}

/** What n8n could not renew stays refused; the words of the login server get a way out. */
function notRenewed(name: string, error: unknown) {
	const { final, message, advice, httpCode = 401 } = asFailure(error);
	if (final) return error;
	if (advice !== undefined) return new Failure(message, { advice, httpCode });
	return new Failure(`The connection to ${name} could not be renewed: ${message}`, {
		advice:
			'Compare Client ID and Client Secret in the credential with those of the app and connect the account again, or run it again later',
		httpCode,
	});
}
