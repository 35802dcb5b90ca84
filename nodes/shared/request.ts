import { Failure } from './failure';
import { Digits, isObject, writeJson } from './json';
import type { Encoding, Endpoint, Method, Operation } from './operation';
import type { Session } from './session';

/** A file on its way into a multipart body. */
export interface FilePart {
	data: Buffer;
	fileName: string;
	mimeType: string;
}

/** What a request carries, by place. Values are ready for the wire. */
export interface Parts {
	path?: Record<string, unknown>;
	query?: Record<string, unknown>;
	body?: Record<string, unknown>;
	files?: Record<string, FilePart>;
	encoding?: Encoding;
	/** Which of the service's hosts. */
	host?: string;
	/** Replaces the endpoint's path (before its parameters are filled in). */
	route?: string;
	/** The operation on whose behalf this is sent. */
	operation?: Operation;
	/** Overrides what the method says about changing something. */
	writes?: boolean;
	/** Milliseconds; overrides the session's. */
	timeout?: number;
}

/** One request, complete; sending it twice sends the same bytes. */
export interface WireRequest {
	endpoint: Endpoint;
	method: Method;
	url: string;
	headers: Record<string, string>;
	/** Made anew for each attempt, since a multipart body can be sent only once. */
	body?: () => string | FormData;
	operation?: Operation;
	writes: boolean;
	timeout?: number;
}

/**
 * RFC 3986: everything but letters, digits and `-._~` is encoded. Half an emoji, as a text cut by
 * length can end with, becomes the replacement character.
 */
export function encode(text: string): string {
	return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD')).replace(
		/[!'()*]/g,
		(character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
	);
}

/** `a=1&b=2`, with a key once per element for arrays. `undefined` and `null` are left out. */
export function encodePairs(values: Record<string, unknown>): string {
	return Object.entries(values)
		.flatMap(([key, value]) =>
			(Array.isArray(value) ? value : [value])
				.filter((element) => element !== undefined && element !== null)
				.map((element) => `${encode(key)}=${encode(wireText(element))}`),
		)
		.join('&');
}

function wireText(value: unknown): string {
	return isObject(value) && !(value instanceof Digits) ? writeJson(value) : String(value);
}

/**
 * Puts parts together to the bytes that go out.
 *
 * @throws Failure when a path parameter is missing
 */
export async function buildRequest(
	session: Session,
	endpoint: Endpoint,
	parts: Parts,
): Promise<WireRequest> {
	const { method, path } = splitEndpoint(endpoint);
	const { service } = session;
	const base = await session.host(parts.host ?? parts.operation?.host);
	const filled = fillPath(parts.route ?? path, parts.path ?? {});
	const query = encodePairs(parts.query ?? {});
	const headers: Record<string, string> = { accept: 'application/json', ...service.headers };
	const encoding = parts.encoding ?? parts.operation?.encoding ?? service.encoding;

	const request: WireRequest = {
		endpoint,
		method,
		url: `${base}/${filled}${query === '' ? '' : `?${query}`}`,
		headers,
		operation: parts.operation,
		writes: parts.writes ?? parts.operation?.writes ?? method !== 'GET',
		timeout: parts.timeout,
	};
	if (method === 'GET' || (parts.body === undefined && parts.files === undefined)) return request;

	if (encoding === 'multipart' || parts.files !== undefined) {
		request.body = () => multipart(parts.body ?? {}, parts.files ?? {});
		return request;
	}
	const text = encoding === 'json' ? writeJson(parts.body) : encodePairs(parts.body ?? {});
	headers['content-type'] =
		encoding === 'json' ? 'application/json' : 'application/x-www-form-urlencoded';
	request.body = () => text;
	return request;
}

export function splitEndpoint(endpoint: Endpoint): { method: Method; path: string } {
	const [method, path] = endpoint.split(' ', 2);
	if (path === undefined || !isMethod(method)) throw new Failure(`Unknown endpoint ${endpoint}`);
	return { method, path: path.replace(/^\/+/, '') };
}

function isMethod(text: string | undefined): text is Method {
	return text !== undefined && ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(text);
}

/** Names of the parameters in a path such as `chats/:userUuid/message`. */
export function pathNames(path: string): string[] {
	return [...path.matchAll(/:([A-Za-z_]\w*)/g)].map((match) => match[1] ?? '');
}

function fillPath(path: string, values: Record<string, unknown>): string {
	return path.replace(/^\/+/, '').replace(/:([A-Za-z_]\w*)/g, (_whole, name: string) => {
		const value = values[name];
		const text = value === undefined || value === null ? '' : wireText(value);
		// A dot segment would be folded into another path before it is sent.
		if (text === '' || text === '.' || text === '..') {
			throw new Failure(`"${name}" is needed for this call`, { advice: `Fill in "${name}"` });
		}
		return encode(text);
	});
}

function multipart(values: Record<string, unknown>, files: Record<string, FilePart>): FormData {
	const form = new FormData();
	for (const [key, value] of Object.entries(values)) {
		if (value !== undefined && value !== null) form.append(key, wireText(value));
	}
	for (const [key, file] of Object.entries(files)) {
		const bytes = new Uint8Array(file.data);
		form.append(key, new Blob([bytes], { type: file.mimeType }), file.fileName);
	}
	return form;
}
