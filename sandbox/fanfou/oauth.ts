import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Pair, SandboxRequest } from '../core/request';

/**
 * OAuth 1.0a as Fanfou reads it. The base string always names http:// and Fanfou's own hosts,
 * whatever address the request really went to: https is only the transport.
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
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/**
 * The pairs of an `Authorization: OAuth …` header without `realm`; undefined for any other
 * header. Items may be separated by a bare comma.
 */
export function readAuthorization(header: string | undefined): Pair[] | undefined {
	if (header === undefined || !/^OAuth\s/i.test(header)) return undefined;
	const items = header.replace(/^OAuth\s+/i, '').matchAll(/([^\s=,"]+)="([^"]*)"/g);
	return [...items]
		.map(([, name = '', value = '']): Pair => [decode(name), decode(value)])
		.filter(([name]) => name !== 'realm');
}

/** The address a client has to sign: http, Fanfou's host, the path below the sandbox's prefix. */
export function signedUrl(request: Pick<SandboxRequest, 'mount' | 'path'>): string {
	return `http://${HOSTS[request.mount] ?? 'fanfou.com'}${request.path}`;
}

/** The signature base string of RFC 5849 from decoded pairs; `oauth_signature` is left out. */
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

/** HMAC-SHA1 in Base64. The key is `consumerSecret&tokenSecret`, both percent-encoded. */
export function sign(base: string, consumerSecret: string, tokenSecret = ''): string {
	const key = `${encode(consumerSecret)}&${encode(tokenSecret)}`;
	return createHmac('sha1', key).update(base).digest('base64');
}

/** Compares two signatures without telling by time where they differ. */
export function isSameSignature(one: string, other: string): boolean {
	const [a, b] = [Buffer.from(one), Buffer.from(other)];
	return a.length === b.length && timingSafeEqual(a, b);
}

/** Everything a request says in OAuth terms. */
export interface SignedParameters {
	/** The `oauth_*` values wherever they stood: header, query or form body. */
	oauth: Map<string, string>;
	/** All pairs that belong into the base string. */
	pairs: Pair[];
}

/**
 * Collects what is signed: the header's pairs, the query, and a form body. Multipart fields are
 * never signed. Undefined when the request carries no `oauth_*` value at all.
 */
export function readSignedParameters(request: SandboxRequest): SignedParameters | undefined {
	const header = readAuthorization(request.headers.authorization) ?? [];
	const pairs = [...header, ...request.query, ...(request.form ?? [])];
	const oauth = new Map(pairs.filter(([name]) => name.startsWith('oauth_')));
	return oauth.has('oauth_consumer_key') || oauth.has('oauth_signature')
		? { oauth, pairs }
		: undefined;
}
