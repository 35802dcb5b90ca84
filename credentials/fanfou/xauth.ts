import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestHelper } from 'n8n-workflow';
import { isObject } from '../../nodes/shared/json';
import { readStored, signsInWithPassword } from './keys';
import { readPairs, writePairs } from './signature';
import { sign } from './sign';

/**
 * Fetches the access token of an account by its name and password (xAuth), which travel in the
 * signed Authorization header and never in a URL.
 *
 * @returns what n8n stores in the credential; nothing when no password is needed or given
 * @throws Error with Fanfou's reason when it refuses
 */
export async function signIn(
	helpers: IHttpRequestHelper['helpers'],
	credentials: ICredentialDataDecryptedObject,
): Promise<IDataObject> {
	const stored = readStored(credentials);
	if (!signsInWithPassword(stored)) return {};
	const query = writePairs([
		['x_auth_mode', 'client_auth'],
		['x_auth_username', stored.username],
		['x_auth_password', stored.password],
	]);
	const response: unknown = await helpers.httpRequest(
		sign(credentials, {
			method: 'GET',
			url: `${stored.loginUrl.replace(/\/+$/, '')}/oauth/access_token?${query}`,
			encoding: 'text',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			timeout: 30_000,
		}),
	);
	const { body, statusCode } = isObject(response) ? response : {};
	const text = typeof body === 'string' ? body : '';
	const answer = new Map(readPairs(text.trim()));
	const sessionToken = answer.get('oauth_token') ?? '';
	const sessionTokenSecret = answer.get('oauth_token_secret') ?? '';
	if (sessionToken === '' || sessionTokenSecret === '')
		throw refusal(statusCode, text, stored.password);
	return { sessionToken, sessionTokenSecret, sessionUsername: stored.username };
}

function refusal(status: unknown, text: string, password: string): Error {
	const reason =
		/<error>([^<]*)<\/error>/.exec(text)?.[1] ??
		/"error"\s*:\s*"([^"]*)"/.exec(text)?.[1] ??
		(/^\s*</.test(text) ? '' : text.trim().slice(0, 200));
	// The base string in a refusal about the signature holds the password.
	const shown = /basestring/i.test(reason)
		? reason.replace(/\s*expected basestring.*/i, '')
		: reason;
	const words = shown.split(password).join('***');
	return new Error(
		`Fanfou did not sign in with Username and Password (${words === '' ? `status ${String(status)}` : words})`,
	);
}
