import { createHmac, randomBytes } from 'node:crypto';
import OAuth from 'oauth-1.0a';
import { encode } from '../../nodes/shared/request';

/** Names and values of a query or form, decoded, in the order they are sent. */
export type Pairs = Array<[name: string, value: string]>;

export interface Keys {
	consumerKey: string;
	consumerSecret: string;
	token?: string;
	tokenSecret?: string;
}

/** What makes every signature another one. */
export interface Moment {
	nonce: string;
	/** Seconds since 1970. */
	timestamp: number;
}

/** What is signed: `address` is the URL that stands in the base string, without its query. */
export interface Signable {
	method: string;
	address: string;
	/** The query, and the fields of a form; the fields of a multipart body are not signed. */
	pairs: Pairs;
	/** Further members of the Authorization header, such as `x_auth_username`. */
	inHeader?: Pairs;
}

export function thisMoment(): Moment {
	return { nonce: randomBytes(16).toString('hex'), timestamp: Math.floor(Date.now() / 1000) };
}

/** Reads `a=1&b=2`; a plus is a space, as in every form. */
export function readPairs(text: string): Pairs {
	return text
		.split('&')
		.filter((part) => part !== '')
		.map((part) => {
			const split = part.indexOf('=');
			const name = split < 0 ? part : part.slice(0, split);
			return [decode(name), split < 0 ? '' : decode(part.slice(split + 1))];
		});
}

function decode(text: string): string {
	const spaced = text.replace(/\+/g, ' ');
	try {
		return decodeURIComponent(spaced);
	} catch {
		// A percent sign that encodes nothing stands for itself.
		return spaced;
	}
}

export function writePairs(pairs: Pairs): string {
	return pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
}

/** The text that is signed, with the protocol's own parameters among the others. */
export function baseString(request: Signable, keys: Keys, moment: Moment): string {
	return signer(keys).getBaseString(toSign(request), protocolParameters(keys, moment));
}

/** The `Authorization` header of a request, HMAC-SHA1, its members in alphabetical order. */
export function authorization(request: Signable, keys: Keys, moment: Moment): string {
	const parameters = protocolParameters(keys, moment);
	// The library adds what else is signed to the object it is given.
	const signature = signer(keys).getSignature(toSign(request), keys.tokenSecret, { ...parameters });
	const members: Pairs = [
		...Object.entries(parameters).map(([name, value]): [string, string] => [name, String(value)]),
		...(request.inHeader ?? []),
		['oauth_signature', signature],
	];
	return `OAuth ${members
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([name, value]) => `${encode(name)}="${encode(value)}"`)
		.join(', ')}`;
}

function signer(keys: Keys): OAuth {
	return new OAuth({
		consumer: { key: keys.consumerKey, secret: keys.consumerSecret },
		signature_method: 'HMAC-SHA1',
		hash_function: (text, key) => createHmac('sha1', key).update(text).digest('base64'),
	});
}

function protocolParameters(keys: Keys, moment: Moment): OAuth.Data {
	return {
		oauth_consumer_key: keys.consumerKey,
		oauth_nonce: moment.nonce,
		oauth_signature_method: 'HMAC-SHA1',
		oauth_timestamp: moment.timestamp,
		oauth_version: '1.0',
		...(keys.token === undefined ? {} : { oauth_token: keys.token }),
	};
}

function toSign(request: Signable): OAuth.RequestOptions {
	const data: Record<string, string | string[]> = {};
	for (const [name, value] of [...request.pairs, ...(request.inHeader ?? [])]) {
		const known = data[name];
		if (known === undefined) data[name] = value;
		else data[name] = Array.isArray(known) ? [...known, value] : [known, value];
	}
	return { method: request.method, url: request.address, data };
}
