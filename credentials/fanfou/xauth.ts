import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestHelper } from 'n8n-workflow';
import { isObject } from '../../nodes/shared/json';
import { lowerCaseHeaders } from '../../nodes/shared/http';
import { collectSecrets, redact } from '../../nodes/shared/secrets';
import { CredentialError } from '../shared/credentialError';
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
 * @throws LoginServerError if the login server fails
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
	const url = `${credential.loginUrl}/oauth/access_token`;
	const response: unknown = await helpers.httpRequest(
		signRequest(credentials, {
			method: 'GET',
			url: `${url}?${query}`,
			encoding: 'text',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			timeout: 30_000,
		}),
	);
	const { body, statusCode, headers } = isObject(response) ? response : {};
	const text = typeof body === 'string' ? body : '';
	const values = new Map(readPairs(text.trim()));
	const sessionToken = values.get('oauth_token') ?? '';
	const sessionTokenSecret = values.get('oauth_token_secret') ?? '';
	if (sessionToken === '' || sessionTokenSecret === '')
		throw loginError(
			{ url, status: Number(statusCode), headers: lowerCaseHeaders(headers), text },
			credential,
		);
	return { sessionToken, sessionTokenSecret, sessionUsername: credential.username };
}

const MAX_SHOWN_LENGTH = 200;

interface LoginResponse {
	url: string;
	status: number;
	headers: Record<string, string>;
	text: string;
}

/** The login server failed. Has the form of a failed request, so that nodes try it again. */
class LoginServerError extends Error {
	readonly config: { url: string };
	readonly response: { status: number; headers: Record<string, string>; data: string };

	constructor({ url, status, headers }: LoginResponse) {
		super(`The login server of Fanfou failed (status ${status})`);
		this.config = { url };
		// The body may repeat the password.
		this.response = { status, headers, data: '' };
	}
}

/** A text about the password. Sending the same password again can lock the account. */
const PASSWORD_TEXT = /密码|password/i;

/** Statuses with which Fanfou rejects a login, also without a text. */
const REJECTION_STATUSES = [400, 401, 403];

function loginError(response: LoginResponse, credential: FanfouCredential): Error {
	const { status, text } = response;
	const reason = reasonOf(text, credential);
	const isServerError = (status >= 500 || status === 429) && !PASSWORD_TEXT.test(reason);
	if (isServerError) return new LoginServerError(response);
	const isRedirect = status >= 300 && status < 400;
	if (!isRedirect && (reason !== '' || REJECTION_STATUSES.includes(status))) {
		return new Error(
			`Fanfou rejected Username and Password (${reason === '' ? `status ${status}` : reason})`,
		);
	}
	return new CredentialError(
		`The login server of Fanfou returned no token (status ${status})`,
		'Check Login URL in the credential. If it is right, run it again later',
	);
}

/** Returns the text of an error without secrets, short enough to be shown. */
function reasonOf(text: string, credential: FanfouCredential): string {
	const { password } = credential;
	const message = redact(readErrorMessage(text), {
		// Even a short password is masked.
		values: [...collectSecrets(credential), ...nonBlank([password, password.trim()])],
		parameters: ['x_auth_password'],
	});
	const shown = withoutParameters(message).slice(0, MAX_SHOWN_LENGTH);
	// The lookbehind keeps the search linear.
	return shown.replace(/(?<![\s.])[\s.]+$/, '').trim();
}

function nonBlank(values: string[]): string[] {
	return values.filter((value) => value.trim() !== '');
}

/** Returns the message of an error in JSON, XML or plain text; '' for an HTML page. */
function readErrorMessage(text: string): string {
	const start = text.indexOf('<error>');
	const end = start < 0 ? -1 : text.indexOf('</error>', start);
	if (end >= 0) {
		const content = text.slice(start + '<error>'.length, end);
		return content.replaceAll('<![CDATA[', '').replaceAll(']]>', '').trim();
	}
	try {
		const body: unknown = JSON.parse(text);
		return isObject(body) ? String(body.error ?? '').trim() : '';
	} catch {
		const message = text.trim();
		return message.startsWith('<') ? '' : message;
	}
}

/** An OAuth parameter with its value, as headers, forms, base strings and JSON contain it. */
const OAUTH_PARAMETER = /(?:oauth|x_auth)_\w{1,40}(?:=|%(?:25){0,4}(?:3D|22)|\\{0,4}"\s{0,4}:)/i;

/** Removes quoted requests. An error about the signature quotes the base string with the password. */
function withoutParameters(message: string): string {
	const baseString = message.toLowerCase().indexOf('expected basestring');
	const ends = [baseString, message.search(OAUTH_PARAMETER)].filter((position) => position >= 0);
	return message.slice(0, Math.min(message.length, ...ends));
}
