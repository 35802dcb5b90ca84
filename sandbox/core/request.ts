import { createHash } from 'node:crypto';
import type { ServiceName } from './contract';
import { tryParseJson, type JsonValue } from './json';
import { readMultipart, type RawPart } from './multipart';

export type Pair = [name: string, value: string];

/** One part of a multipart body. A file part has a file name. */
export interface Part extends RawPart {
	sha256: string;
}

/** A received request, parsed once and never changed. */
export interface SandboxRequest {
	service: ServiceName;
	/** The path prefix, such as `/fanfou-login`. */
	mount: string;
	method: string;
	/** Path below the prefix, still percent-encoded, without the query. */
	path: string;
	/** Path and query exactly as received, with the prefix. */
	rawUrl: string;
	query: Pair[];
	/** Header names in lower case; repeated headers joined by comma. */
	headers: Record<string, string>;
	body: Buffer;
	bodyText: string;
	/** Media type in lower case without parameters, or ''. */
	mediaType: string;
	/** The parsed body when the media type is JSON and the text is well formed. */
	json?: JsonValue;
	/** The pairs of a form-urlencoded body. */
	form?: Pair[];
	/** The parts of a well-formed multipart body. */
	parts?: Part[];
}

export interface RawRequest {
	service: ServiceName;
	mount: string;
	method: string;
	url: string;
	headers: Record<string, string | string[] | undefined>;
	body: Buffer;
	/** The body is a file: it is neither parsed nor logged. */
	binary?: boolean;
}

/** Returns the pairs of a form-urlencoded text (a query or a body) in order. */
export function readPairs(text: string): Pair[] {
	return [...new URLSearchParams(text)];
}

function readParts(body: Buffer, contentType: string): Part[] | undefined {
	return readMultipart(body, contentType)?.map((part) => ({
		...part,
		sha256: createHash('sha256').update(part.bytes).digest('hex'),
	}));
}

/** Parses a raw request: splits path and query and parses the body by its media type. */
export function readRequest(raw: RawRequest): SandboxRequest {
	const cut = raw.url.indexOf('?');
	const fullPath = cut < 0 ? raw.url : raw.url.slice(0, cut);
	const headers: Record<string, string> = {};
	for (const [name, value] of Object.entries(raw.headers)) {
		if (value !== undefined) headers[name.toLowerCase()] = [value].flat().join(', ');
	}
	const contentType = headers['content-type'] ?? '';
	const request: SandboxRequest = {
		service: raw.service,
		mount: raw.mount,
		method: raw.method.toUpperCase(),
		path: fullPath.slice(raw.mount.length) || '/',
		rawUrl: raw.url,
		query: cut < 0 ? [] : readPairs(raw.url.slice(cut + 1)),
		headers,
		body: raw.body,
		bodyText: raw.binary ? '' : raw.body.toString('utf8'),
		mediaType: (contentType.split(';')[0] ?? '').trim().toLowerCase(),
	};
	if (raw.body.length === 0 || raw.binary) return request;
	if (request.mediaType === 'application/json') {
		const json = tryParseJson(request.bodyText);
		if (json !== undefined) request.json = json;
	} else if (request.mediaType === 'application/x-www-form-urlencoded') {
		request.form = readPairs(request.bodyText);
	} else if (request.mediaType === 'multipart/form-data') {
		const parts = readParts(raw.body, contentType);
		if (parts !== undefined) request.parts = parts;
	}
	return request;
}
