import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { lowerCaseHeaders } from '../../nodes/shared/http';
import { trimTrailingSlashes } from '../shared/baseUrl';
import { CredentialError } from '../shared/credentialError';
import { signedAddress } from './address';
import type { SignedAddress } from './address';
import { readFanfouCredential, usesPasswordLogin, tokenPair } from './fanfouCredential';
import type { FanfouCredential, TokenPair } from './fanfouCredential';
import { authorization, readPairs, createNonce, writePairs } from './signature';
import type { SignatureNonce, Pairs } from './signature';

const FORM_CONTENT_TYPE = 'application/x-www-form-urlencoded';

/** Login parameters that are sent in the Authorization header instead of the query. */
const XAUTH_PARAMETER = /^x_auth_/;

/** The request token: the token is sent in that header too, its secret is only used to sign. */
const TOKEN_PARAMETER = /^oauth_token(_secret)?$/;

/**
 * Signs a request to Fanfou (OAuth 1.0a, HMAC-SHA1). Returns options with an absolute URL that
 * includes the query, and the form as text, so that exactly the signed bytes are sent.
 *
 * Signing a signed request replaces its signature. Login requests keep their first one.
 *
 * @throws Error if the address is not one of Fanfou's, or if there is no access token yet
 */
export function signRequest(
	credentials: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
	nonce: SignatureNonce = createNonce(),
): IHttpRequestOptions {
	const credential = readFanfouCredential(credentials);
	const target = absoluteUrl(options, credential.baseUrl);
	const address = signedAddress(target, credential);
	if (address === undefined) {
		throw new CredentialError(
			'This URL is not below Base URL or Login URL of the Fanfou credential',
			'Use a URL that begins with one of them',
		);
	}
	const headers: Record<string, string | undefined> = lowerCaseHeaders(options.headers);
	// A signed login request no longer contains the secret needed to sign it again.
	if (address.host === 'login' && /oauth_signature=/.test(headers.authorization ?? ''))
		return options;

	const query = readPairs(address.query);
	const isLogin = address.host === 'login';
	const sent = isLogin ? query.filter(([name]) => !isMovedToHeader(name)) : query;
	const inHeader = isLogin ? query.filter(([name]) => XAUTH_PARAMETER.test(name)) : [];
	const method = (options.method ?? 'GET').toUpperCase();
	const fields = formOf(options.body, headers['content-type']);
	const form = isLogin ? fields?.filter(([name]) => !TOKEN_PARAMETER.test(name)) : fields;
	const pair = isLogin
		? loginToken(address, query.concat(fields ?? []), credential)
		: accountToken(credential);

	const signed: IHttpRequestOptions = {
		...options,
		url: sent.length === 0 ? address.requestUrl : `${address.requestUrl}?${writePairs(sent)}`,
		headers: {
			...keptHeaders(options, form !== undefined),
			...(form === undefined || form.length === 0 ? {} : { 'content-type': FORM_CONTENT_TYPE }),
			authorization: authorization(
				{ method, address: address.signedUrl, pairs: [...sent, ...(form ?? [])], inHeader },
				{ consumerKey: credential.consumerKey, consumerSecret: credential.consumerSecret, ...pair },
				nonce,
			),
		},
	};
	delete signed.baseURL;
	delete signed.qs;
	if (form !== undefined) delete signed.body;
	if (form !== undefined && form.length > 0) signed.body = writePairs(form);
	return signed;
}

/** No token is available for signing the request. */
class MissingTokenError extends CredentialError {}

/** The stored token belongs to another account. Status 401 makes n8n request a new token. */
class StaleTokenError extends Error {
	readonly response = { status: 401 };
}

function accountToken(credential: FanfouCredential): TokenPair {
	const pair = tokenPair(credential);
	if (pair === undefined) {
		throw new MissingTokenError(
			'The Fanfou credential has no access token',
			'Enter Access Token and Access Token Secret ("Auth: Get Request Token" and "Auth: Get Access Token" return them), or Username and Password, in the credential',
		);
	}
	if (usesPasswordLogin(credential) && credential.sessionUsername !== credential.username) {
		throw new StaleTokenError('The stored access token belongs to another username');
	}
	return pair;
}

/** Returns the token to sign a login request with; the first step of a login has none. */
function loginToken(
	address: SignedAddress,
	parameters: Pairs,
	credential: FanfouCredential,
): TokenPair | undefined {
	const values = new Map(parameters);
	if (!address.signedUrl.endsWith('/oauth/access_token') || values.has('x_auth_mode'))
		return undefined;
	const token = values.get('oauth_token') ?? '';
	const tokenSecret = values.get('oauth_token_secret') ?? '';
	if (token !== '' && tokenSecret !== '') return { token, tokenSecret };
	const pair = token === '' && tokenSecret === '' ? tokenPair(credential) : undefined;
	if (pair !== undefined) return pair;
	const missing = token === '' ? 'Request Token' : 'Request Token Secret';
	throw new MissingTokenError(
		`"${missing}" is empty`,
		'Fill in Request Token and Request Token Secret, as "Auth: Get Request Token" returns them',
	);
}

function isMovedToHeader(name: string): boolean {
	return XAUTH_PARAMETER.test(name) || TOKEN_PARAMETER.test(name);
}

/** Returns the absolute URL with its query, without a fragment. */
function absoluteUrl(
	{ url, baseURL = '', qs = {}, arrayFormat }: IHttpRequestOptions,
	defaultBaseUrl: string,
): string {
	const path = url.replace(/#.*$/s, '');
	const whole = /^https?:\/\//i.test(path)
		? path
		: `${trimTrailingSlashes(baseURL.trim()) || defaultBaseUrl}/${path.replace(/^\/+/, '')}`;
	const pairs = pairsOf(qs, arrayFormat === 'comma');
	if (pairs.length === 0) return whole;
	return `${whole}${whole.includes('?') ? '&' : '?'}${writePairs(pairs)}`;
}

function pairsOf(values: object, joined = false): Pairs {
	return Object.entries(values).flatMap(([name, value]: [string, unknown]): Pairs => {
		const list = Array.isArray(value) && !joined ? value : [value];
		return list
			.filter((element) => element !== undefined && element !== null)
			.map((element): [string, string] => [
				name,
				typeof element === 'object' && !Array.isArray(element)
					? JSON.stringify(element)
					: String(element),
			]);
	});
}

/** Returns the fields of a form body, or `undefined` for a body that is not signed. */
function formOf(body: unknown, contentType: string | undefined): Pairs | undefined {
	if (contentType?.toLowerCase().startsWith(FORM_CONTENT_TYPE) === false) return undefined;
	if (body === undefined || body === null) return [];
	if (typeof body === 'string') return readPairs(body);
	if (body instanceof URLSearchParams) return [...body.entries()];
	return isPlainObject(body) ? pairsOf(body) : undefined;
}

function isPlainObject(body: unknown): body is Record<string, unknown> {
	const prototype: unknown = Object.getPrototypeOf(body);
	return prototype === Object.prototype || prototype === null;
}

/** Removes the headers this credential sets, and cookies: a fanfou.com session breaks OAuth. */
function keptHeaders({ headers = {} }: IHttpRequestOptions, isForm: boolean): IDataObject {
	const dropped = ['authorization', 'cookie', ...(isForm ? ['content-type'] : [])];
	return Object.fromEntries(
		Object.entries(headers).filter(([name]) => !dropped.includes(name.toLowerCase())),
	);
}
