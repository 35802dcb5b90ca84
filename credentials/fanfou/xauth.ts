import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestHelper } from 'n8n-workflow';
import { isObject } from '../../nodes/shared/json';
import { readStored, signsInWithPassword } from './keys';
import type { Stored } from './keys';
import { readPairs, writePairs } from './signature';
import { sign } from './sign';

/** Sign-ins on their way: requests that start together ask for one token, not for one each. */
const underway = new Map<string, Promise<IDataObject>>();

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
	const { loginUrl, consumerKey, consumerSecret, username, password } = stored;
	const key = JSON.stringify([loginUrl, consumerKey, consumerSecret, username, password]);
	let token = underway.get(key);
	if (token === undefined) {
		token = fetchToken(helpers, credentials, stored).finally(() => underway.delete(key));
		underway.set(key, token);
	}
	return await token;
}

async function fetchToken(
	helpers: IHttpRequestHelper['helpers'],
	credentials: ICredentialDataDecryptedObject,
	stored: Stored,
): Promise<IDataObject> {
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
	// The base string in a refusal about the signature holds the password.
	const shown = reasonOf(text).replace(/[\s.]*expected basestring[\s\S]*/i, '');
	const words = shown.split(password).join('***');
	return new Error(
		`Fanfou did not sign in with Username and Password (${words === '' ? `status ${String(status)}` : words})`,
	);
}

/** What a refusal says as JSON, as XML or in plain words; a page in HTML says nothing. */
function reasonOf(text: string): string {
	const xml = /<error>([\s\S]*?)<\/error>/.exec(text)?.[1];
	if (xml !== undefined) return xml.replace(/<!\[CDATA\[|\]\]>/g, '').trim();
	try {
		const answer: unknown = JSON.parse(text);
		return isObject(answer) ? String(answer.error ?? '') : '';
	} catch {
		return /^\s*</.test(text) ? '' : text.trim().slice(0, 200);
	}
}
