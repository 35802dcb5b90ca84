import type { Encoding, Endpoint, Method } from './endpoint';
import type { Json } from './json';

/** An HTTP response: `text` is the body as sent, header names are in lower case. */
export interface HttpResponse {
	status: number;
	headers: Record<string, string>;
	text: string;
	/** The body as sent, if the request asked for a file. */
	bytes?: Buffer;
}

/** No response arrived. `wasSent` is false when nothing can have reached the service. */
export interface NetworkError {
	/** Cause, as the end of a sentence that starts with the service's name. */
	networkError: string;
	wasSent: boolean;
	/** What to do next, if that is not to check the network and the address of the service. */
	advice?: string;
}

/** Why a service rejected a request. */
export interface ApiError {
	/** What happened, in the service's words, without secrets. */
	message: string;
	/** What to do next. */
	description?: string;
	/** The service's own error code. */
	code?: string;
	/** The service limits the rate; the request was not carried out. By default only with status 429. */
	isRateLimited?: boolean;
	/** The response cannot be understood, so the outcome is unknown. */
	outcomeUnknown?: boolean;
}

/** Content of a response: its data, the error that the service reports, or neither. */
export type ParsedResponse =
	| {
			data: Json | undefined;
			/** The data were made from an error that is a result, so they have a form of their own. */
			isReinterpreted?: true;
			error?: undefined;
			unexpected?: undefined;
	  }
	| { error: ApiError; unexpected?: undefined }
	| {
			/** What the response is instead, as part of a sentence. */
			unexpected: string;
			error?: undefined;
	  };

export interface RateLimit {
	/** Calls left in the current window. */
	remaining: number;
	/** When all calls are allowed again, in milliseconds since 1970. */
	resetAt: number;
	/** Calls that are allowed at most, if the service states it. */
	limit?: number;
}

/** Members of an operation that its requests need. */
export interface CalledOperation {
	name: string;
	endpoint: Endpoint;
	/** Which of the service's hosts; the first by default. */
	host?: string;
	encoding?: Encoding;
	writes?: boolean;
	/** False for a call that is itself the sign-in. */
	canRefreshToken?: boolean;
	/** Scopes or permissions the call needs. */
	scopes?: string[];
	/** Set when the response is one page of a list. */
	paging?: string;
	/** Dotted path of the result in the response. */
	resultPath?: string;
	/** Set when the result is a bare text, number or boolean. */
	scalarKey?: string;
}

/** How a response is read: parsed as the service sends it, or returned as it is. */
export type ResponseFormat = 'json' | 'text' | 'file';

/** A file for a multipart body. */
export interface FilePart {
	data: Buffer;
	fileName: string;
	mimeType: string;
}

/** Parameters of a request by place. Values are ready for the wire. */
export interface RequestParts {
	path?: Record<string, unknown>;
	query?: Record<string, unknown>;
	body?: Record<string, unknown>;
	files?: Record<string, FilePart>;
	encoding?: Encoding;
	/** Which of the service's hosts. */
	host?: string;
	/** Replaces the endpoint's path, before its parameters are filled in. */
	pathTemplate?: string;
	/** Replaces the endpoint's path with one that is complete and percent-encoded. */
	encodedPath?: string;
	/** Headers added to (and overriding) those of the service, with names in lower case. */
	headers?: Record<string, string>;
	/** A JSON body that need not be an object; replaces `body`. */
	jsonBody?: unknown;
	/** A file that is the whole body; replaces `body` and `files`. */
	fileBody?: FilePart;
	/** How to read the response; by default as the operation defines. */
	responseFormat?: ResponseFormat;
	/** The operation that sends the request. */
	operation?: CalledOperation;
	/** Overrides whether the request changes something at the service. */
	writes?: boolean;
	/** Overrides the client's timeout, in milliseconds. */
	timeoutMs?: number;
	/** Aborts the request once its response is not needed any more. */
	signal?: AbortSignal;
}

/** One complete request; sending it twice sends the same bytes. */
export interface ApiRequest {
	endpoint: Endpoint;
	method: Method;
	url: string;
	headers: Record<string, string>;
	body?: () => string | Buffer;
	operation?: CalledOperation;
	writes: boolean;
	timeoutMs?: number;
	/** Set when the user, and not an operation, defines the request. */
	responseFormat?: ResponseFormat;
	signal?: AbortSignal;
}

/** Returns the headers with lower-case names and text values; empty ones are left out. */
export function lowerCaseHeaders(headers: unknown): Record<string, string> {
	if (typeof headers !== 'object' || headers === null) return {};
	return Object.fromEntries(
		Object.entries(headers)
			.filter(([, value]) => value !== undefined && value !== null)
			.map(([name, value]) => [name.toLowerCase(), String(value)]),
	);
}

/**
 * Returns how the body of a response is still compressed. n8n decompresses what it knows, and removes the
 * header then. Other values, such as "utf-8" or "aws-chunked", do not name a compression.
 */
export function remainingEncoding(headers: Record<string, string>): string | undefined {
	const encoding = (headers['content-encoding'] ?? '').slice(0, 40).toLowerCase();
	return /\b(?:gzip|compress|deflate|br|zstd|dcb|dcz)\b/.test(encoding) ? encoding : undefined;
}

/** Decodes percent-encoding; text that is not valid percent-encoding is returned unchanged. */
export function percentDecode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
