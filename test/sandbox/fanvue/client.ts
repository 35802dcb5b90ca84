import type { Sandbox } from '../../../sandbox/index';
import { requireDescribed } from '../core/described';

export interface ClientResponse {
	status: number;
	headers: Headers;
	/** The parsed JSON body, or the text if it is not JSON. Undefined if it is empty. */
	body: unknown;
}

export interface Sending {
	query?: Record<string, string | string[]>;
	body?: unknown;
	headers?: Record<string, string | undefined>;
}

export const VERSION = '2025-06-26';

/**
 * A minimal client of the sandbox's Fanvue for one account. It throws if a response differs from the
 * contract.
 */
export class FanvueClient {
	token: string;

	constructor(
		private readonly sandbox: Sandbox,
		account = 'mira',
		scopes?: readonly string[],
	) {
		this.token = sandbox.fanvue.issueToken({
			account,
			...(scopes ? { scopes } : {}),
		}).access_token;
	}

	async send(method: string, path: string, sending: Sending = {}): Promise<ClientResponse> {
		const url = new URL(`${this.sandbox.urls.fanvueApi}${path}`);
		for (const [name, value] of Object.entries(sending.query ?? {})) {
			for (const item of [value].flat()) url.searchParams.append(name, item);
		}
		const headers = new Headers();
		const own = {
			authorization: `Bearer ${this.token}`,
			'x-fanvue-api-version': VERSION,
			...(sending.body === undefined ? {} : { 'content-type': 'application/json' }),
			...sending.headers,
		};
		for (const [name, value] of Object.entries(own))
			if (value !== undefined) headers.set(name, value);
		const body = sending.body === undefined ? {} : { body: JSON.stringify(sending.body) };
		const response = await fetch(url, { method, headers, ...body });
		const text = await response.text();
		const { status } = response;
		requireDescribed('fanvue', {
			method,
			path: url.pathname.slice('/fanvue'.length),
			status,
			text,
			isError: status >= 400,
		});
		return { status: response.status, headers: response.headers, body: read(text) };
	}

	async get(path: string, query: Sending['query'] = {}): Promise<ClientResponse> {
		return await this.send('GET', path, { query });
	}
}

function read(text: string): unknown {
	if (text === '') return undefined;
	try {
		const value: unknown = JSON.parse(text);
		return value;
	} catch {
		return text;
	}
}

/** Returns the value as an object. Throws if it is not one. */
export function record(value: unknown): Record<string, unknown> {
	if (typeof value !== 'object' || value === null) throw new TypeError('no object');
	return { ...value };
}

/** Returns the rows of a list response. */
export function rows(answer: ClientResponse): Array<Record<string, unknown>> {
	const { data } = record(answer.body);
	if (!Array.isArray(data)) throw new TypeError('no rows');
	return data.map(record);
}
