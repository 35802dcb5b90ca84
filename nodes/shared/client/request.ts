import { randomUUID } from 'node:crypto';
import { parseEndpoint } from '../endpoint';
import type { Endpoint } from '../endpoint';
import { NodeFailure } from '../errors';
import type { ApiRequest, FilePart, RequestParts } from '../http';
import { Int64Literal, isObject, stringifyJson, wellFormed } from '../json';
import type { Api } from './api';

/**
 * RFC 3986: everything but letters, digits and `-._~` is encoded. Half an emoji, as a text cut by
 * length can end with, becomes the replacement character.
 */
export function percentEncode(text: string): string {
	return encodeURIComponent(wellFormed(text)).replace(
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
 * Builds the complete request.
 *
 * @param baseUrl the host's address without a slash at its end
 * @throws NodeFailure when a path parameter is missing
 */
export function buildRequest(
	api: Api,
	{ baseUrl, endpoint, parts }: { baseUrl: string; endpoint: Endpoint; parts: RequestParts },
): ApiRequest {
	const { method, path } = parseEndpoint(endpoint);
	const { operation } = parts;
	const { responseFormat = 'json' } = parts;
	const filledPath = parts.encodedPath ?? fillPath(parts.pathTemplate ?? path, parts.path ?? {});
	const query = encodeForm(parts.query ?? {});
	const headers: Record<string, string> = {
		accept: responseFormat === 'json' ? 'application/json' : '*/*',
		...api.headers,
		...parts.headers,
	};
	const request: ApiRequest = {
		endpoint,
		method,
		url: `${baseUrl}/${filledPath}${query === '' ? '' : `?${query}`}`,
		headers,
		operation,
		writes: parts.writes ?? operation?.writes ?? method !== 'GET',
		timeoutMs: parts.timeoutMs,
		responseFormat: parts.responseFormat,
		signal: parts.signal,
	};
	if (method === 'GET') return request;
	const { fileBody, jsonBody } = parts;
	if (fileBody !== undefined) {
		headers['content-type'] = fileBody.mimeType;
		request.body = () => fileBody.data;
		return request;
	}
	if (jsonBody !== undefined) {
		const json = stringifyJson(jsonBody);
		headers['content-type'] = 'application/json';
		request.body = () => json;
		return request;
	}
	if (parts.body === undefined && parts.files === undefined) return request;

	const encoding = parts.encoding ?? operation?.encoding ?? api.encoding;
	if (encoding === 'multipart' || parts.files !== undefined) {
		const { body, contentType } = multipart(parts.body ?? {}, parts.files ?? {});
		headers['content-type'] = contentType;
		request.body = () => body;
		return request;
	}
	const text = encoding === 'json' ? stringifyJson(parts.body) : encodeForm(parts.body ?? {});
	headers['content-type'] =
		encoding === 'json' ? 'application/json' : 'application/x-www-form-urlencoded';
	request.body = () => text;
	return request;
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

/**
 * Writes a multipart body. Texts keep their line breaks, which `FormData` would replace.
 *
 * @returns the bytes, and the content type with the boundary between the parts
 */
function multipart(
	values: Record<string, unknown>,
	files: Record<string, FilePart>,
): { body: Buffer; contentType: string } {
	const boundary = `----n8n${randomUUID()}`;
	const chunks: Buffer[] = [];
	const addPart = (headers: string[], content: Buffer) => {
		chunks.push(Buffer.from(`--${boundary}\r\n${headers.join('\r\n')}\r\n\r\n`), content);
		chunks.push(Buffer.from('\r\n'));
	};
	for (const [key, value] of Object.entries(values)) {
		if (value === undefined || value === null) continue;
		const text = wellFormed(wireText(value));
		addPart([`Content-Disposition: form-data; name="${quoted(key)}"`], Buffer.from(text));
	}
	for (const [key, { data, fileName, mimeType }] of Object.entries(files)) {
		const name = `name="${quoted(key)}"; filename="${quoted(fileName)}"`;
		addPart([`Content-Disposition: form-data; ${name}`, `Content-Type: ${mimeType}`], data);
	}
	chunks.push(Buffer.from(`--${boundary}--\r\n`));
	return { body: Buffer.concat(chunks), contentType: `multipart/form-data; boundary=${boundary}` };
}

/** Escapes a name in a multipart header as browsers do, and other control characters likewise. */
function quoted(name: string): string {
	return wellFormed(name).replace(/["\p{Cc}]/gu, (character) => encodeURIComponent(character));
}
