import { createHmac } from 'node:crypto';
import OAuth from 'oauth-1.0a';
import { DEMO } from '../../../sandbox/demo';
import type { Sandbox } from '../../../sandbox/index';

export interface Answer {
	status: number;
	headers: Headers;
	text: string;
	/** The parsed body; undefined when it is empty or no JSON. */
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
	/** Path below the host, encoded as it goes over the wire. */
	path: string;
	host?: 'fanfou' | 'fanfou-login' | 'fanfou-stream';
	query?: Record<string, string>;
	form?: Record<string, string>;
	/** Sent as it is and never signed. */
	body?: BodyInit;
	contentType?: string;
	/** Changes what is signed before it is signed: another address, time or nonce. */
	sign?: { url?: string; timestamp?: number; nonce?: string; data?: Record<string, string> };
	/** More signed values of the header (x_auth_*). */
	headerToo?: Record<string, string>;
	/** Where the oauth_* values travel. */
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

/** Reads the answer of a fetch whole. */
export async function readAnswer(response: Response): Promise<Answer> {
	const text = await response.text();
	return { status: response.status, headers: response.headers, text, json: parse(text) };
}

function headerOf(oauth: OAuth, values: Record<string, unknown>): string {
	const items = Object.entries(values).map(
		([name, value]) => `${oauth.percentEncode(name)}="${oauth.percentEncode(String(value))}"`,
	);
	return `OAuth ${items.join(', ')}`;
}

/** A client that signs with the oauth-1.0a library, so not with the sandbox's own code. */
export class FanfouClient {
	constructor(
		private readonly sandbox: Sandbox,
		private readonly credentials: Credentials = DEMO_CREDENTIALS,
	) {}

	async get(path: string, query: Record<string, string> = {}): Promise<Answer> {
		return await this.send({ method: 'GET', path, query });
	}

	async post(path: string, form: Record<string, string> = {}): Promise<Answer> {
		return await this.send({ method: 'POST', path, form });
	}

	/** A multipart POST; its fields are not signed. */
	async upload(
		path: string,
		field: string,
		bytes: Buffer,
		texts: Record<string, string> = {},
	): Promise<Answer> {
		const body = new FormData();
		for (const [name, value] of Object.entries(texts)) body.append(name, value);
		body.append(field, new Blob([new Uint8Array(bytes)], { type: 'image/png' }), 'picture.png');
		return await this.send({ method: 'POST', path, body });
	}

	/** Opens the request without reading its answer. */
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

	async send(call: Call): Promise<Answer> {
		return await readAnswer(await this.open(call));
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

/** The object of a successful answer; throws TypeError for anything else. */
export function fields(answer: Answer): Fields {
	if (answer.status !== 200 || !isFields(answer.json)) throw new TypeError(answer.text);
	return answer.json;
}

/** The objects of a successful list; throws TypeError for anything else. */
export function items(answer: Answer): Fields[] {
	if (answer.status !== 200 || !Array.isArray(answer.json)) throw new TypeError(answer.text);
	const list: unknown[] = answer.json;
	if (!list.every(isFields)) throw new TypeError(answer.text);
	return list;
}

/** The ids of a successful list. */
export function ids(answer: Answer): unknown[] {
	return items(answer).map(({ id }) => id);
}
