import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestHelper } from 'n8n-workflow';
import { isObject } from '../../nodes/shared/json';
import { readFanfouCredential, usesPasswordLogin } from './fanfouCredential';
import type { FanfouCredential } from './fanfouCredential';
import { readPairs, writePairs } from './signature';
import { signRequest } from './sign';

/** Pending logins: requests that start at the same time share one token request. */
const pendingLogins = new Map<string, Promise<IDataObject>>();

/**
 * Requests the access token of an account with its username and password (xAuth), which are sent in
 * the signed Authorization header and never in a URL.
 *
 * @returns the fields that n8n stores in the credential; empty if no password is needed or given
 * @throws Error with Fanfou's reason if it rejects the login
 */
export async function fetchSessionToken(
	helpers: IHttpRequestHelper['helpers'],
	credentials: ICredentialDataDecryptedObject,
): Promise<IDataObject> {
	const credential = readFanfouCredential(credentials);
	if (!usesPasswordLogin(credential)) return {};
	const { loginUrl, consumerKey, consumerSecret, username, password } = credential;
	const key = JSON.stringify([loginUrl, consumerKey, consumerSecret, username, password]);
	let token = pendingLogins.get(key);
	if (token === undefined) {
		token = requestSessionToken(helpers, credentials, credential).finally(() =>
			pendingLogins.delete(key),
		);
		pendingLogins.set(key, token);
	}
	return await token;
}

async function requestSessionToken(
	helpers: IHttpRequestHelper['helpers'],
	credentials: ICredentialDataDecryptedObject,
	credential: FanfouCredential,
): Promise<IDataObject> {
	const query = writePairs([
		['x_auth_mode', 'client_auth'],
		['x_auth_username', credential.username],
		['x_auth_password', credential.password],
	]);
	const response: unknown = await helpers.httpRequest(
		signRequest(credentials, {
			method: 'GET',
			url: `${credential.loginUrl.replace(/\/+$/, '')}/oauth/access_token?${query}`,
			encoding: 'text',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			timeout: 30_000,
		}),
	);
	const { body, statusCode } = isObject(response) ? response : {};
	const text = typeof body === 'string' ? body : '';
	const values = new Map(readPairs(text.trim()));
	const sessionToken = values.get('oauth_token') ?? '';
	const sessionTokenSecret = values.get('oauth_token_secret') ?? '';
	if (sessionToken === '' || sessionTokenSecret === '')
		throw loginError(statusCode, text, credential.password);
	return { sessionToken, sessionTokenSecret, sessionUsername: credential.username };
}

function loginError(status: unknown, text: string, password: string): Error {
	// An error about the signature quotes the base string, which contains the password.
	const shown = readErrorMessage(text).replace(/[\s.]*expected basestring[\s\S]*/i, '');
	const reason = shown.split(password).join('***');
	return new Error(
		`Fanfou rejected Username and Password (${reason === '' ? `status ${String(status)}` : reason})`,
	);
}

/** Returns the message of an error in JSON, XML or plain text; '' for an HTML page. */
function readErrorMessage(text: string): string {
	const xml = /<error>([\s\S]*?)<\/error>/.exec(text)?.[1];
	if (xml !== undefined) return xml.replace(/<!\[CDATA\[|\]\]>/g, '').trim();
	try {
		const body: unknown = JSON.parse(text);
		return isObject(body) ? String(body.error ?? '') : '';
	} catch {
		return /^\s*</.test(text) ? '' : text.trim().slice(0, 200);
	}
}
