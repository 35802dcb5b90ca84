import { NodeFailure } from '../errors';
import { lowerCaseHeaders } from '../http';
import type { HttpResponse, NetworkError } from '../http';
import { isObject } from '../json';
import { cancelledFailure } from '../sleep';

const NETWORK_ERROR_TEXTS: Record<string, string> & { ECONNRESET: string } = {
	ECONNREFUSED: 'refused the connection',
	ENOTFOUND: 'has an address that cannot be found',
	EAI_AGAIN: 'has an address that cannot be looked up right now',
	EHOSTUNREACH: 'cannot be reached',
	ENETUNREACH: 'cannot be reached',
	ETIMEDOUT: 'did not respond in time',
	ESOCKETTIMEDOUT: 'did not respond in time',
	ECONNRESET: 'closed the connection before responding',
};
const DECOMPRESSION_FAILED = 'sent a response that cannot be decompressed';
const NETWORK_ERROR_CODES =
	/\b(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|ECONNABORTED|ESOCKETTIMEDOUT|ECONNRESET|EPIPE|EPROTO|ERR_NETWORK|ERR_BAD_RESPONSE|HPE_\w+|socket hang up|aborted|closed unexpectedly)\b/;
/** Codes of zlib, Brotli and Zstandard in Node.js. */
const DECOMPRESSION_CODES =
	/\b(?:Z_(?:DATA|BUF|STREAM|NEED_DICT|MEM)(?:_ERROR)?|ERR_(?:BROTLI|_ERROR_|ZLIB)\w{0,60}|ZSTD_error_\w{1,60})\b/;
const CODES_BEFORE_SENDING = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
]);
const MAX_CAUSES = 6;
/** Longest text of one error that is searched for a network error code. */
const MAX_TEXT = 2000;

/** Reads the response object of n8n's request helper. */
export function toHttpResponse(response: unknown): HttpResponse {
	if (!isObject(response)) return { status: 0, headers: {}, text: String(response ?? '') };
	const { statusCode, status, headers } = response;
	const body = response.body ?? response.data;
	return {
		status: Number(statusCode ?? status ?? 0),
		headers: lowerCaseHeaders(headers),
		text: bodyText(body),
		...(Buffer.isBuffer(body) ? { bytes: body } : {}),
	};
}

function bodyText(body: unknown): string {
	if (typeof body === 'string') return body;
	if (body === undefined || body === null) return '';
	if (Buffer.isBuffer(body)) return body.toString('utf8');
	return JSON.stringify(body) ?? '';
}

/**
 * Reads an error of n8n's request helper: a response with a status that n8n does not return, or a
 * broken connection.
 *
 * @throws NodeFailure when cancelled, and for errors that are not network errors, such as a
 * credential that cannot sign or an address that n8n's policy forbids
 */
export function parseThrown(
	{ signal }: { signal?: AbortSignal },
	error: unknown,
): HttpResponse | NetworkError {
	const chain = causeChain(error);
	// An error with a success status means that the body broke off, so it is not a response.
	for (const cause of chain) {
		if (isObject(cause.response) && Number(cause.response.status) >= 300) {
			return toHttpResponse(cause.response);
		}
	}
	for (const cause of chain) {
		const status = Number(cause.httpCode);
		if (status >= 300 && status < 600) return { status, headers: {}, text: '' };
	}
	const text = chain
		.map(({ code, message }) => `${String(code ?? '')} ${String(message ?? '').slice(0, MAX_TEXT)}`)
		.join(' ');
	if (signal?.aborted || /\bERR_CANCELED\b/.test(text)) throw cancelledFailure();
	if (DECOMPRESSION_CODES.test(text)) return { networkError: DECOMPRESSION_FAILED, wasSent: true };
	const code = /\btimeout of\b/.test(text) ? 'ETIMEDOUT' : NETWORK_ERROR_CODES.exec(text)?.[0];
	if (code === undefined) throw localFailure(error);
	return {
		networkError: NETWORK_ERROR_TEXTS[code] ?? NETWORK_ERROR_TEXTS.ECONNRESET,
		wasSent: !CODES_BEFORE_SENDING.has(code),
	};
}

/** Whether an error names a failed request and it is not the one to this URL. */
export function isOfAnotherUrl(error: unknown, url: string): boolean {
	const urls = causeChain(error).map(({ config }) => (isObject(config) ? config.url : undefined));
	const failed = urls.find((each) => typeof each === 'string' && URL.canParse(each));
	return typeof failed === 'string' && pathOf(failed) !== pathOf(url);
}

function pathOf(url: string): string {
	const { origin, pathname } = new URL(url);
	return `${origin}${pathname}`;
}

/**
 * Returns the outcome of a call whose token could not be refreshed since the login server is not available.
 * The call itself was rejected before, so it can be repeated.
 */
export function refreshOutcome(outcome: HttpResponse | NetworkError): HttpResponse | NetworkError {
	if ('status' in outcome && outcome.status < 500) return outcome;
	const problem =
		'status' in outcome ? `responded with status ${outcome.status}` : outcome.networkError;
	const networkError = `could not renew the connection: its login server ${problem}`;
	const advice =
		'The call was not carried out. Run it again later; if that does not help, check Login URL in the credential';
	return { networkError, wasSent: false, advice };
}

function localFailure(error: unknown): NodeFailure {
	return new NodeFailure(error instanceof Error ? error.message : String(error), {
		description:
			isObject(error) && typeof error.description === 'string' ? error.description : undefined,
	});
}

function causeChain(error: unknown): Array<Record<string, unknown>> {
	const chain: Array<Record<string, unknown>> = [];
	let current: unknown = error;
	while (isObject(current) && chain.length < MAX_CAUSES) {
		chain.push(current);
		if (Array.isArray(current.messages)) chain.push({ message: current.messages.join(' ') });
		current = current.cause;
	}
	return chain;
}
