import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { signedAddress } from './address';
import type { SignedAddress } from './address';
import { readStored, signsInWithPassword, tokenPair } from './keys';
import type { Stored, TokenPair } from './keys';
import { authorization, readPairs, thisMoment, writePairs } from './signature';
import type { Moment, Pairs } from './signature';

const FORM = 'application/x-www-form-urlencoded';

/** Members of a sign-in's query that travel in the Authorization header instead. */
const IN_HEADER = /^x_auth_/;

/** The request token of a sign-in: its first half goes into that header, too, its secret only signs. */
const TOKEN = /^oauth_token(_secret)?$/;

/**
 * Signs a request for Fanfou (OAuth 1.0a, HMAC-SHA1). The request that comes back has an absolute
 * URL with its query in it and a form as text, so that what is sent is what was signed.
 *
 * Signing twice gives a good signature again, except for the sign-in itself, which keeps its first.
 *
 * @throws Error when the address is not Fanfou's, or there is no access token yet
 */
export function sign(
	credentials: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
	moment: Moment = thisMoment(),
): IHttpRequestOptions {
	const stored = readStored(credentials);
	const target = absolute(options);
	const address = signedAddress(target, stored);
	if (address === undefined) {
		throw new Error('This Fanfou credential signs requests to Fanfou only');
	}
	const given = headersOf(options);
	// The secret that signed a sign-in is no longer there to sign it once more.
	if (address.host === 'login' && /oauth_signature=/.test(given.authorization ?? ''))
		return options;

	const query = readPairs(address.query);
	const isSignIn = address.host === 'login';
	const sent = isSignIn ? query.filter(([name]) => !leavesQuery(name)) : query;
	const inHeader = isSignIn ? query.filter(([name]) => IN_HEADER.test(name)) : [];
	const method = (options.method ?? 'GET').toUpperCase();
	const fields = formOf(options.body, given['content-type']);
	const form = isSignIn ? fields?.filter(([name]) => !TOKEN.test(name)) : fields;
	const pair = isSignIn
		? signInPair(address, query.concat(fields ?? []), stored)
		: accountPair(stored);

	const signed: IHttpRequestOptions = {
		...options,
		url: sent.length === 0 ? address.sent : `${address.sent}?${writePairs(sent)}`,
		headers: {
			...otherHeaders(options, form !== undefined),
			...(form === undefined || form.length === 0 ? {} : { 'content-type': FORM }),
			authorization: authorization(
				{ method, address: address.signed, pairs: [...sent, ...(form ?? [])], inHeader },
				{ consumerKey: stored.consumerKey, consumerSecret: stored.consumerSecret, ...pair },
				moment,
			),
		},
	};
	delete signed.baseURL;
	delete signed.qs;
	if (form !== undefined) delete signed.body;
	if (form !== undefined && form.length > 0) signed.body = writePairs(form);
	return signed;
}

/** Says what to do about it where n8n shows a description. */
class Unready extends Error {
	constructor(
		message: string,
		readonly description: string,
	) {
		super(message);
	}
}

/** Tells n8n, by the status it looks for, to fetch a token for the account named now. */
class OtherAccount extends Error {
	readonly response = { status: 401 };
}

function accountPair(stored: Stored): TokenPair {
	const pair = tokenPair(stored);
	if (pair === undefined) {
		throw new Unready(
			'The Fanfou credential has no access token',
			'Enter Access Token and Access Token Secret in it, or Username and Password',
		);
	}
	if (signsInWithPassword(stored) && stored.sessionUsername !== stored.username) {
		throw new OtherAccount('The stored access token belongs to another username');
	}
	return pair;
}

/** The request token to sign with, where a sign-in has got that far. */
function signInPair(
	address: SignedAddress,
	parameters: Pairs,
	stored: Stored,
): TokenPair | undefined {
	const given = new Map(parameters);
	if (!address.signed.endsWith('/oauth/access_token') || given.has('x_auth_mode')) return undefined;
	const token = given.get('oauth_token');
	if (token === undefined) return tokenPair(stored);
	return { token, tokenSecret: given.get('oauth_token_secret') ?? '' };
}

function leavesQuery(name: string): boolean {
	return IN_HEADER.test(name) || TOKEN.test(name);
}

/** The whole address, with its query and without a fragment. */
function absolute({ url, baseURL = '', qs = {}, arrayFormat }: IHttpRequestOptions): string {
	const path = url.replace(/#.*$/s, '');
	const whole = /^https?:\/\//i.test(path)
		? path
		: `${baseURL.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
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

/** The fields of a form body; `undefined` for a body that is not signed. */
function formOf(body: unknown, contentType: string | undefined): Pairs | undefined {
	if (contentType !== undefined && !contentType.startsWith(FORM)) return undefined;
	if (body === undefined || body === null) return [];
	if (typeof body === 'string') return readPairs(body);
	if (body instanceof URLSearchParams) return [...body.entries()];
	return isPlain(body) ? pairsOf(body) : undefined;
}

function isPlain(body: unknown): body is Record<string, unknown> {
	const prototype: unknown = Object.getPrototypeOf(body);
	return prototype === Object.prototype || prototype === null;
}

/** Header values as text, names in lower case. */
function headersOf({ headers = {} }: IHttpRequestOptions): Record<string, string | undefined> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
	);
}

/** All headers but those this credential sets, and cookies: a session of fanfou.com breaks OAuth. */
function otherHeaders({ headers = {} }: IHttpRequestOptions, isForm: boolean): IDataObject {
	const dropped = ['authorization', 'cookie', ...(isForm ? ['content-type'] : [])];
	return Object.fromEntries(
		Object.entries(headers).filter(([name]) => !dropped.includes(name.toLowerCase())),
	);
}
