import { loadContract, type ServiceName } from './contract';
import type { Pair, SandboxRequest } from './request';
import {
	redactAddresses,
	redactBody,
	redactHeaders,
	redactPairs,
	redactPath,
	redactResponse,
} from './secrets';
import type { Violation } from './violations';

/** One part of a multipart body, without its bytes. */
export interface PartSummary {
	name: string;
	filename?: string;
	contentType: string;
	size: number;
	sha256: string;
	/** The value of a text part. */
	text?: string;
}

/** One handled request; every secret is redacted. */
export interface LoggedRequest {
	number: number;
	/** Time of arrival in milliseconds of sandbox time. */
	at: number;
	service: ServiceName;
	/** The endpoint id of the contract, or null if no endpoint matched. */
	endpoint: string | null;
	variant?: string;
	method: string;
	/** Path with the service's prefix, without the query. */
	path: string;
	query: Pair[];
	headers: Record<string, string>;
	/** The body's text as received; for multipart see `parts`. */
	bodyText: string;
	parts?: PartSummary[];
	/** The response without secrets; kept for the latest 500 requests. */
	response?: ResponseSummary;
	/** The response status; 0 when the connection was closed without a response. */
	status: number;
	/** Whether the service carried out the request. */
	succeeded: boolean;
	/** The kind of the injected fault. */
	fault?: string;
	violations: Violation[];
	/** What in the response differs from the contract. */
	responseErrors: string[];
	/** Duration in milliseconds. */
	ms: number;
	/** The stack of an unexpected error in a handler. */
	crash?: string;
}

/** A response as the log shows it. */
export interface ResponseSummary {
	headers: Record<string, string>;
	/** The start of a text; undefined for files and streams. */
	bodyText?: string;
	/** The size of the body in bytes; undefined for streams. */
	size?: number;
	/** Whether `bodyText` is only the start. */
	isTruncated: boolean;
}

/** A response as it was sent. */
export interface SentResponse {
	headers: Record<string, string | string[]>;
	body: Buffer | NodeJS.ReadableStream;
}

export interface RequestLogFilter {
	service?: ServiceName;
	endpoint?: string;
	method?: string;
	/** A substring of the path. */
	path?: string;
	/** Only entries with a higher number. */
	after?: number;
}

export interface Coverage {
	served: string[];
	missing: string[];
}

export interface Outcome {
	endpoint?: string;
	variant?: string;
	status: number;
	succeeded: boolean;
	fault?: string;
	violations: Violation[];
	responseErrors: string[];
	ms: number;
	crash?: string;
	response?: SentResponse;
}

const MAX_ENTRIES = 20_000;
const MAX_RESPONSES = 500;
const MAX_RESPONSE_CHARACTERS = 16_384;

function summarizeResponse({ headers, body }: SentResponse): ResponseSummary {
	const texts = Object.entries(headers).map(([name, value]): [string, string] => [
		name.toLowerCase(),
		redactAddresses([value].flat().join(', ')),
	]);
	const summary: ResponseSummary = {
		headers: redactHeaders(Object.fromEntries(texts)),
		isTruncated: false,
	};
	if (!Buffer.isBuffer(body)) return summary;
	summary.size = body.length;
	const type = new Map(texts).get('content-type') ?? '';
	if (!/json|xml|text\/plain|urlencoded/.test(type)) return summary;
	const whole = redactResponse(body.toString('utf8'));
	summary.isTruncated = whole.length > MAX_RESPONSE_CHARACTERS;
	summary.bodyText = whole.slice(0, MAX_RESPONSE_CHARACTERS);
	return summary;
}

/** The handled requests in order, limited to the last 20,000. */
export class RequestLog {
	private list: LoggedRequest[] = [];
	private count = 0;

	private readonly listeners = new Set<(entry: LoggedRequest) => void>();

	/** `listener` is called for every new entry. */
	constructor(listener?: (entry: LoggedRequest) => void) {
		if (listener) this.listeners.add(listener);
	}

	/** Calls a function for every new entry. The returned function ends this. */
	subscribe(listener: (entry: LoggedRequest) => void): () => void {
		this.listeners.add(listener);
		return () => {
			this.listeners.delete(listener);
		};
	}

	add(request: SandboxRequest, at: number, outcome: Outcome): LoggedRequest {
		const { endpoint, response, ...rest } = outcome;
		const entry: LoggedRequest = {
			number: ++this.count,
			at,
			service: request.service,
			endpoint: endpoint ?? null,
			method: request.method,
			path: redactPath(request.mount + request.path),
			query: redactPairs(request.query),
			headers: redactHeaders(request.headers),
			bodyText: request.parts ? '' : redactBody(request.bodyText, request.mediaType),
			...rest,
		};
		if (request.parts) {
			entry.parts = request.parts.map(({ name, filename, contentType, bytes, sha256 }) => {
				const summary: PartSummary = { name, contentType, size: bytes.length, sha256 };
				if (filename === undefined) summary.text = bytes.toString('utf8');
				else summary.filename = filename;
				return summary;
			});
		}
		if (response) entry.response = summarizeResponse(response);
		this.list.push(entry);
		if (this.list.length > MAX_ENTRIES) this.list.shift();
		delete this.list.at(-1 - MAX_RESPONSES)?.response;
		for (const listener of this.listeners) listener(entry);
		return entry;
	}

	entries(filter: RequestLogFilter = {}): LoggedRequest[] {
		const { service, endpoint, method, path, after } = filter;
		return this.list.filter(
			(entry) =>
				(service === undefined || entry.service === service) &&
				(endpoint === undefined || entry.endpoint === endpoint) &&
				(method === undefined || entry.method === method) &&
				(path === undefined || entry.path.includes(path)) &&
				(after === undefined || entry.number > after),
		);
	}

	clear(): void {
		this.list = [];
	}

	/** Returns the endpoints that succeeded since the last clear, and the others. */
	coverage(service: ServiceName): Coverage {
		const succeeded = new Set(
			this.entries({ service })
				.filter((entry) => entry.succeeded)
				.map((entry) => entry.endpoint),
		);
		const ids = loadContract(service).endpoints.map((endpoint) => endpoint.id);
		return {
			served: ids.filter((id) => succeeded.has(id)),
			missing: ids.filter((id) => !succeeded.has(id)),
		};
	}
}
