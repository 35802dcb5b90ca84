import { createHmac, timingSafeEqual } from 'node:crypto';
import { percentDecode } from '../core/percentDecode';
import type { Pair, SandboxRequest } from '../core/request';

/**
 * OAuth 1.0a as implemented by Fanfou. Base strings always use http:// and Fanfou's own hosts,
 * even if the request was sent over https or to another address.
 */

const HOSTS: Record<string, string> = {
	'/fanfou': 'api.fanfou.com',
	'/fanfou-login': 'fanfou.com',
	'/fanfou-stream': 'stream.fanfou.com',
};

/** Percent-encodes all but `A-Za-z0-9-._~` (RFC 3986). */
export function encode(text: string): string {
	return encodeURIComponent(text).replace(
		/[!'()*]/g,
		(character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
	);
}

function decode(text: string): string {
	return percentDecode(text) ?? text;
}

/**
 * Returns the parameters of an `Authorization: OAuth …` header without `realm`, or undefined for
 * any other header. Parameters may be separated by a comma without a space.
 */
export function readAuthorization(header: string | undefined): Pair[] | undefined {
	if (header === undefined || !/^OAuth\s/i.test(header)) return undefined;
	const items = header.replace(/^OAuth\s+/i, '').matchAll(/([^\s=,"]+)="([^"]*)"/g);
	return [...items]
		.map(([, name = '', value = '']): Pair => [decode(name), decode(value)])
		.filter(([name]) => name !== 'realm');
}

/** Returns the URL a client has to sign: http, Fanfou's host, and the path below the mount. */
export function signedUrl(request: Pick<SandboxRequest, 'mount' | 'path'>): string {
	return `http://${HOSTS[request.mount] ?? 'fanfou.com'}${request.path}`;
}

/** Returns the signature base string (RFC 5849) of decoded pairs, without `oauth_signature`. */
export function baseString(method: string, url: string, pairs: Pair[]): string {
	const sorted = pairs
		.filter(([name]) => name !== 'oauth_signature')
		.map(([name, value]): Pair => [encode(name), encode(value)])
		.sort(([nameA, valueA], [nameB, valueB]) => {
			if (nameA !== nameB) return nameA < nameB ? -1 : 1;
			return valueA === valueB ? 0 : valueA < valueB ? -1 : 1;
		});
	const parameters = sorted.map(([name, value]) => `${name}=${value}`).join('&');
	return [method.toUpperCase(), url, parameters].map(encode).join('&');
}

/** Returns the HMAC-SHA1 signature in Base64. The key is `consumerSecret&tokenSecret`, both percent-encoded. */
export function sign(base: string, consumerSecret: string, tokenSecret = ''): string {
	const key = `${encode(consumerSecret)}&${encode(tokenSecret)}`;
	return createHmac('sha1', key).update(base).digest('base64');
}

/** Compares two signatures in constant time. */
export function isSameSignature(one: string, other: string): boolean {
	const [a, b] = [Buffer.from(one), Buffer.from(other)];
	return a.length === b.length && timingSafeEqual(a, b);
}

/** The OAuth parameters of a request, and everything its signature covers. */
export interface SignedParameters {
	/** The `oauth_*` parameters of the header, the query and the form body. */
	oauth: Map<string, string>;
	/** All pairs of the base string. */
	pairs: Pair[];
}

/**
 * Collects the signed pairs: header, query and form body. Multipart fields are never signed.
 * Returns undefined if the request has no `oauth_*` parameters.
 */
export function readSignedParameters(request: SandboxRequest): SignedParameters | undefined {
	const header = readAuthorization(request.headers.authorization) ?? [];
	const pairs = [...header, ...request.query, ...(request.form ?? [])];
	const oauth = new Map(pairs.filter(([name]) => name.startsWith('oauth_')));
	return oauth.has('oauth_consumer_key') || oauth.has('oauth_signature')
		? { oauth, pairs }
		: undefined;
}
