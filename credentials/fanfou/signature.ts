import { createHmac, randomBytes } from 'node:crypto';
import OAuth from 'oauth-1.0a';
import { percentEncode } from '../../nodes/shared/client/request';
import { percentDecode } from '../../nodes/shared/http';
import { wellFormed } from '../../nodes/shared/json';

/** Decoded names and values of a query or form, in the order they are sent. */
export type Pairs = Array<[name: string, value: string]>;

export interface SigningKeys {
	consumerKey: string;
	consumerSecret: string;
	token?: string;
	tokenSecret?: string;
}

/** Values that make every signature unique. */
export interface SignatureNonce {
	nonce: string;
	/** Seconds since 1970. */
	timestamp: number;
}

/** A request to sign. `address` is the URL used in the base string, without its query. */
export interface SignableRequest {
	method: string;
	address: string;
	/** Query and form fields. Fields of a multipart body are not signed. */
	pairs: Pairs;
	/** Additional parameters of the Authorization header, such as `x_auth_username`. */
	inHeader?: Pairs;
}

export function createNonce(): SignatureNonce {
	return { nonce: randomBytes(16).toString('hex'), timestamp: Math.floor(Date.now() / 1000) };
}

/** Parses `a=1&b=2`. A plus sign is a space, as in every form. */
export function readPairs(text: string): Pairs {
	return text
		.split('&')
		.filter((part) => part !== '')
		.map((part) => {
			const split = part.indexOf('=');
			const name = split < 0 ? part : part.slice(0, split);
			const value = split < 0 ? '' : part.slice(split + 1);
			return [decodeFormText(name), decodeFormText(value)];
		});
}

function decodeFormText(text: string): string {
	return percentDecode(text.replace(/\+/g, ' '));
}

export function writePairs(pairs: Pairs): string {
	return pairs.map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`).join('&');
}

/** Returns the signature base string, which includes the `oauth_*` parameters. */
export function signatureBaseString(
	request: SignableRequest,
	keys: SigningKeys,
	nonce: SignatureNonce,
): string {
	return signer(keys).getBaseString(toSign(request), oauthParameters(keys, nonce));
}

/** Returns the `Authorization` header (HMAC-SHA1), with parameters in alphabetical order. */
export function authorization(
	request: SignableRequest,
	keys: SigningKeys,
	nonce: SignatureNonce,
): string {
	const parameters = oauthParameters(keys, nonce);
	// The library adds the other signed parameters to the object it receives, so pass a copy.
	const signature = signer(keys).getSignature(toSign(request), keys.tokenSecret, { ...parameters });
	const members: Pairs = [
		...Object.entries(parameters).map(([name, value]): [string, string] => [name, String(value)]),
		...(request.inHeader ?? []),
		['oauth_signature', signature],
	];
	return `OAuth ${members
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([name, value]) => `${percentEncode(name)}="${percentEncode(value)}"`)
		.join(', ')}`;
}

function signer(keys: SigningKeys): OAuth {
	return new OAuth({
		consumer: { key: keys.consumerKey, secret: keys.consumerSecret },
		signature_method: 'HMAC-SHA1',
		hash_function: (text, key) => createHmac('sha1', key).update(text).digest('base64'),
	});
}

function oauthParameters(keys: SigningKeys, nonce: SignatureNonce): OAuth.Data {
	return {
		oauth_consumer_key: keys.consumerKey,
		oauth_nonce: nonce.nonce,
		oauth_signature_method: 'HMAC-SHA1',
		oauth_timestamp: nonce.timestamp,
		oauth_version: '1.0',
		...(keys.token === undefined ? {} : { oauth_token: keys.token }),
	};
}

function toSign(request: SignableRequest): OAuth.RequestOptions {
	// A Map, because a parameter may be named like a member of every object, such as `constructor`.
	const data = new Map<string, string[]>();
	// Lone surrogates are replaced as in the bytes that are sent.
	for (const [name, value] of [...request.pairs, ...(request.inHeader ?? [])])
		data.set(wellFormed(name), [...(data.get(wellFormed(name)) ?? []), wellFormed(value)]);
	return { method: request.method, url: request.address, data: Object.fromEntries(data) };
}
