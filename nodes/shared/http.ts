import type { Json } from './json';

/** What came back over HTTP: `text` is the body as sent, header names are in lower case. */
export interface HttpResponse {
	status: number;
	headers: Record<string, string>;
	text: string;
}

/** Why a service did not do what it was asked. */
export interface ApiError {
	/** What happened, in the service's words, without secrets. */
	message: string;
	/** What to do next. */
	description?: string;
	/** The service's own code, if it has one. */
	code?: string;
	/** Asks to wait and come back; the call was not carried out. */
	isRateLimited?: boolean;
	/** The answer came but cannot be understood, so nobody knows what was done. */
	outcomeUnknown?: boolean;
}

/** An answer read by its service: either its data or its refusal. */
export type ParsedResponse =
	{ data: Json | undefined; refusal?: undefined } | { refusal: ApiError };

export interface RateLimit {
	/** Calls left in the current window. */
	remaining: number;
	/** When the window ends, in milliseconds since 1970. */
	resetAt: number;
}
