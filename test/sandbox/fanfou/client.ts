import { createHmac } from 'node:crypto';
import OAuth from 'oauth-1.0a';
import { DEMO } from '../../../sandbox/demo';
import type { Sandbox } from '../../../sandbox/index';
import { findDifferences } from './responseContract';

export interface ClientResponse {
	status: number;
	headers: Headers;
	text: string;
	/** The parsed body, or undefined if it is empty or not JSON. */
	json: unknown;
}

export interface Credentials {
	consumerKey: string;
	consumerSecret: string;
	token?: string;
	tokenSecret?: string;
}

export interface Call {
	method: string;
	/** Path below the host, encoded as it is sent. */
	path: string;
	host?: 'fanfou' | 'fanfou-login' | 'fanfou-stream';
	query?: Record<string, string>;
	form?: Record<string, string>;
	/** Body that is sent unchanged and unsigned. */
	body?: BodyInit;
	contentType?: string;
	/** Overrides of the signed values: another URL, timestamp or nonce. */
	sign?: { url?: string; timestamp?: number; nonce?: string; data?: Record<string, string> };
	/** Additional signed parameters of the header (x_auth_*). */
	headerToo?: Record<string, string>;
	/** Where the oauth_* parameters are sent. */
	placement?: 'header' | 'query' | 'body';
	credentials?: Credentials;
}

export const DEMO_CREDENTIALS: Credentials = {
	consumerKey: DEMO.fanfou.consumerKey,
	consumerSecret: DEMO.fanfou.consumerSecret,
	token: DEMO.fanfou.accessToken,
	tokenSecret: DEMO.fanfou.accessTokenSecret,
};

const HOSTS = {
	fanfou: 'api.fanfou.com',
	'fanfou-login': 'fanfou.com',
	'fanfou-stream': 'stream.fanfou.com',
};

function parse(text: string): unknown {
	try {
		const value: unknown = JSON.parse(text);
		return value;
	} catch {
		return undefined;
	}
}

/** Reads a whole response. */
export async function readResponse(response: Response): Promise<ClientResponse> {
	const text = await response.text();
	return { status: response.status, headers: response.headers, text, json: parse(text) };
}

function headerOf(oauth: OAuth, values: Record<string, unknown>): string {
	const items = Object.entries(values).map(
		([name, value]) => `${oauth.percentEncode(name)}="${oauth.percentEncode(String(value))}"`,
	);
	return `OAuth ${items.join(', ')}`;
}

/** A client that signs with the oauth-1.0a library instead of the sandbox's own code. */
export class FanfouClient {
	constructor(
		private readonly sandbox: Sandbox,
		private readonly credentials: Credentials = DEMO_CREDENTIALS,
	) {}

	async get(path: string, query: Record<string, string> = {}): Promise<ClientResponse> {
		return await this.send({ method: 'GET', path, query });
	}

	async post(path: string, form: Record<string, string> = {}): Promise<ClientResponse> {
		return await this.send({ method: 'POST', path, form });
	}

	/** Sends a multipart POST request, whose fields are not signed. */
	async upload(
		path: string,
		{ field, bytes, texts = {} }: { field: string; bytes: Buffer; texts?: Record<string, string> },
	): Promise<ClientResponse> {
		const body = new FormData();
		for (const [name, value] of Object.entries(texts)) body.append(name, value);
		body.append(field, new Blob([new Uint8Array(bytes)], { type: 'image/png' }), 'picture.png');
		return await this.send({ method: 'POST', path, body });
	}

	/** Sends a request without reading the response. */
	async open(call: Call): Promise<Response> {
		const { method, path, host = 'fanfou', query = {}, form, placement = 'header' } = call;
		const oauth = this.oauthOf(call);
		const encode = (values: Record<string, unknown>): string =>
			Object.entries(values)
				.map(
					([name, value]) => `${oauth.percentEncode(name)}=${oauth.percentEncode(String(value))}`,
				)
				.join('&');
		const search = Object.keys(query).length > 0 ? `?${encode(query)}` : '';
		const url = call.sign?.url ?? `http://${HOSTS[host]}${path}`;
		const credentials = call.credentials ?? this.credentials;
		const signed = oauth.authorize(
			{ url: url + search, method, data: { ...form, ...call.headerToo, ...call.sign?.data } },
			credentials.token === undefined
				? undefined
				: { key: credentials.token, secret: credentials.tokenSecret ?? '' },
		);
		const headers: Record<string, string> = {};
		let address = `${this.sandbox.url}/${host}${path}${search}`;
		let text = form && encode(form);
		const values = Object.fromEntries(
			Object.entries(signed).filter(
				([name]) => name.startsWith('oauth_') && !(name in query) && !(form && name in form),
			),
		);
		if (placement === 'header')
			headers.authorization = headerOf(oauth, { ...values, ...call.headerToo });
		else if (placement === 'query') address += `${search ? '&' : '?'}${encode(values)}`;
		else text = encode({ ...form, ...values });
		if (text !== undefined && text !== '') {
			headers['content-type'] = 'application/x-www-form-urlencoded';
		}
		if (call.contentType !== undefined) headers['content-type'] = call.contentType;
		const body = call.body ?? text;
		return await fetch(address, {
			method,
			headers,
			redirect: 'manual',
			...(body !== undefined && body !== '' && { body }),
		});
	}

	/** Sends a request. Fails the test if the response differs from the contract. */
	async send(call: Call): Promise<ClientResponse> {
		const response = await readResponse(await this.open(call));
		const { method, path } = call;
		const { status, text, headers } = response;
		const contentType = headers.get('content-type') ?? '';
		const sent = { method, path, status, text, contentType };
		expect({ ...sent, differences: findDifferences(sent) }).toEqual({ ...sent, differences: [] });
		return response;
	}

	private oauthOf({ sign, credentials = this.credentials }: Call): OAuth {
		const oauth = new OAuth({
			consumer: { key: credentials.consumerKey, secret: credentials.consumerSecret },
			signature_method: 'HMAC-SHA1',
			hash_function: (base, key) => createHmac('sha1', key).update(base).digest('base64'),
		});
		const timestamp = sign?.timestamp ?? this.sandbox.clock.seconds();
		oauth.getTimeStamp = () => timestamp;
		if (sign?.nonce !== undefined) {
			const { nonce } = sign;
			oauth.getNonce = () => nonce;
		}
		return oauth;
	}
}

export type Fields = Record<string, unknown>;

function isFields(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns the object of a successful response. Throws a TypeError for anything else. */
export function fields(response: ClientResponse): Fields {
	if (response.status !== 200 || !isFields(response.json)) throw new TypeError(response.text);
	return response.json;
}

/** Returns the objects of a successful list. Throws a TypeError for anything else. */
export function items(response: ClientResponse): Fields[] {
	if (response.status !== 200 || !Array.isArray(response.json)) throw new TypeError(response.text);
	const list: unknown[] = response.json;
	if (!list.every(isFields)) throw new TypeError(response.text);
	return list;
}

/** Returns the ids of a successful list. */
export function ids(response: ClientResponse): unknown[] {
	return items(response).map(({ id }) => id);
}
