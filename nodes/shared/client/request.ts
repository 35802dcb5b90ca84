import { NodeFailure } from '../errors';
import { Int64Literal, isObject, stringifyJson } from '../json';
import type { Encoding, Endpoint, Method, Operation } from '../definition/operation';
import type { ApiClient } from './apiClient';

/** A file on its way into a multipart body. */
export interface FilePart {
	data: Buffer;
	fileName: string;
	mimeType: string;
}

/** What a request carries, by place. Values are ready for the wire. */
export interface RequestParts {
	path?: Record<string, unknown>;
	query?: Record<string, unknown>;
	body?: Record<string, unknown>;
	files?: Record<string, FilePart>;
	encoding?: Encoding;
	/** Which of the service's hosts. */
	host?: string;
	/** Replaces the endpoint's path (before its parameters are filled in). */
	pathTemplate?: string;
	/** The operation on whose behalf this is sent. */
	operation?: Operation;
	/** Overrides what the method says about changing something. */
	writes?: boolean;
	/** Milliseconds; overrides the session's. */
	timeoutMs?: number;
}

/** One request, complete; sending it twice sends the same bytes. */
export interface ApiRequest {
	endpoint: Endpoint;
	method: Method;
	url: string;
	headers: Record<string, string>;
	/** Made anew for each attempt, since a multipart body can be sent only once. */
	body?: () => string | FormData;
	operation?: Operation;
	writes: boolean;
	timeoutMs?: number;
}

/**
 * RFC 3986: everything but letters, digits and `-._~` is encoded. Half an emoji, as a text cut by
 * length can end with, becomes the replacement character.
 */
export function percentEncode(text: string): string {
	return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD')).replace(
		/[!'()*]/g,
		(character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
	);
}

/** `a=1&b=2`, with a key once per element for arrays. `undefined` and `null` are left out. */
export function encodeForm(values: Record<string, unknown>): string {
	return Object.entries(values)
		.flatMap(([key, value]) =>
			(Array.isArray(value) ? value : [value])
				.filter((element) => element !== undefined && element !== null)
				.map((element) => `${percentEncode(key)}=${percentEncode(wireText(element))}`),
		)
		.join('&');
}

function wireText(value: unknown): string {
	return isObject(value) && !(value instanceof Int64Literal) ? stringifyJson(value) : String(value);
}

/**
 * Puts parts together to the bytes that go out.
 *
 * @throws Failure when a path parameter is missing
 */
export async function buildRequest(
	session: ApiClient,
	endpoint: Endpoint,
	parts: RequestParts,
): Promise<ApiRequest> {
	const { method, path } = parseEndpoint(endpoint);
	const { service } = session;
	const base = await session.host(parts.host ?? parts.operation?.host);
	const filled = fillPath(parts.pathTemplate ?? path, parts.path ?? {});
	const query = encodeForm(parts.query ?? {});
	const headers: Record<string, string> = { accept: 'application/json', ...service.headers };
	const encoding = parts.encoding ?? parts.operation?.encoding ?? service.encoding;

	const request: ApiRequest = {
		endpoint,
		method,
		url: `${base}/${filled}${query === '' ? '' : `?${query}`}`,
		headers,
		operation: parts.operation,
		writes: parts.writes ?? parts.operation?.writes ?? method !== 'GET',
		timeoutMs: parts.timeoutMs,
	};
	if (method === 'GET' || (parts.body === undefined && parts.files === undefined)) return request;

	if (encoding === 'multipart' || parts.files !== undefined) {
		request.body = () => multipart(parts.body ?? {}, parts.files ?? {});
		return request;
	}
	const text = encoding === 'json' ? stringifyJson(parts.body) : encodeForm(parts.body ?? {});
	headers['content-type'] =
		encoding === 'json' ? 'application/json' : 'application/x-www-form-urlencoded';
	request.body = () => text;
	return request;
}

export function parseEndpoint(endpoint: Endpoint): { method: Method; path: string } {
	const [method, path] = endpoint.split(' ', 2);
	if (path === undefined || !isMethod(method))
		throw new NodeFailure(`Unknown endpoint ${endpoint}`);
	return { method, path: path.replace(/^\/+/, '') };
}

function isMethod(text: string | undefined): text is Method {
	return text !== undefined && ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(text);
}

/** Names of the parameters in a path such as `chats/:userUuid/message`. */
export function pathParameterNames(path: string): string[] {
	return [...path.matchAll(/:([A-Za-z_]\w*)/g)].map((match) => match[1] ?? '');
}

function fillPath(path: string, values: Record<string, unknown>): string {
	return path.replace(/^\/+/, '').replace(/:([A-Za-z_]\w*)/g, (_whole, name: string) => {
		const value = values[name];
		const text = value === undefined || value === null ? '' : wireText(value);
		// A dot segment would be folded into another path before it is sent.
		if (text === '' || text === '.' || text === '..') {
			throw new NodeFailure(`"${name}" is needed for this call`, {
				description: `Fill in "${name}"`,
			});
		}
		return percentEncode(text);
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
