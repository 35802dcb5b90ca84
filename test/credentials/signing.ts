import { createHmac } from 'node:crypto';
import type { IHttpRequestOptions } from 'n8n-workflow';
import { KEYS } from './vectors';

/** Returns the decoded parameters of an `Authorization: OAuth …` header. */
export function members(options: IHttpRequestOptions): Record<string, string> {
	const header = String(options.headers?.authorization);
	expect(header.startsWith('OAuth ')).toBe(true);
	return Object.fromEntries(
		header
			.slice('OAuth '.length)
			.split(', ')
			.map((member) => {
				const [, name = '', value = ''] = /^([^=]+)="([^"]*)"$/.exec(member) ?? [];
				return [decodeURIComponent(name), decodeURIComponent(value)];
			}),
	);
}

export const strict = (text: string) =>
	encodeURIComponent(text).replace(
		/[!'()*]/g,
		(c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
	);

/** Computes the signature independently, directly from RFC 5849. */
export function signatureOf({
	method,
	address,
	parameters,
	key,
}: {
	method: string;
	address: string;
	parameters: Record<string, string>;
	key: string;
}): string {
	const text = Object.entries(parameters)
		.map(([name, value]) => `${strict(name)}=${strict(value)}`)
		.sort()
		.join('&');
	return createHmac('sha1', key)
		.update([method, address, text].map(strict).join('&'))
		.digest('base64');
}

/** Signing key of requests with the access token. */
export const KEY = `${KEYS.consumerSecret}&${KEYS.accessTokenSecret}`;
