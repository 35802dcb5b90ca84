import type { IHttpRequestOptions } from 'n8n-workflow';
import type { HttpResponse, ApiError } from '../http';
import { NodeFailure } from '../errors';
import { isObject } from '../json';
import type { Json } from '../json';
import type { ApiRequest } from './request';
import type { ApiClient } from './apiClient';
import { cancelledFailure } from '../sleep';

/** The connection gave no answer. `sent` is false when nothing can have reached the service. */
export interface NetworkError {
	networkError: string;
	wasSent: boolean;
}

const FIRST_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 30_000;

/**
 * Sends a request until it is answered for good.
 *
 * A service that is being asked too much is given the time it wants, with all lanes of the session
 * pausing together. Server faults and broken connections are tried again only for reads: a write
 * whose outcome is unknown is never sent twice.
 *
 * @returns the data of the answer
 * @throws Failure when the service refuses, or its answer did not come
 */
export async function send(session: ApiClient, request: ApiRequest): Promise<Json | undefined> {
	const { service, retryPolicy: patience } = session;
	const bucket = service.rateLimitBucket?.(request) ?? '';
	const renewOn =
		request.operation?.canRefreshToken === false ? [] : await session.refreshStatuses();
	let waited = 0;
	let renewed = false;
	for (let attempt = 1; ; attempt += 1) {
		await session.acquire(bucket);
		let outcome: HttpResponse | NetworkError;
		try {
			const once = async (statuses: number[]) => await sendOnce(session, request, statuses);
			outcome = await (service.sendWithRefresh?.(session, renewOn, once) ?? once(renewOn));
		} finally {
			session.release(bucket);
		}
		const last = attempt >= patience.maxAttempts;

		if ('networkError' in outcome) {
			if (last || (request.writes && outcome.wasSent))
				throw networkFailure(session, request, outcome);
			waited += await session.sleepBeforeRetry(backoffMs(attempt), waited);
			continue;
		}

		const limits = service.readRateLimit?.(outcome.headers);
		session.throttle(bucket, limits);
		const remark = service.readHint?.(outcome);
		if (remark !== undefined) session.hints.add(remark);
		const reading = service.parseResponse(outcome, request);
		if (reading.refusal === undefined) return reading.data;

		const { refusal } = reading;
		// A 401 is no outcome yet where n8n could renew the token but not send a one-way body again.
		if (outcome.status === 401 && !renewed && renewOn.includes(401) && hasSingleUseBody(request)) {
			renewed = true;
			continue;
		}
		if (outcome.status === 429 || refusal.isRateLimited === true) {
			const untilReset = limits === undefined ? 0 : limits.resetAt - Date.now();
			const pause =
				retryAfterMs(outcome.headers) ?? (untilReset > 0 ? untilReset : backoffMs(attempt + 1));
			if (last || waited + pause > patience.maxWaitMs) {
				throw rateLimitFailure(session, outcome, refusal, attempt, pause);
			}
			session.pauseUntil(bucket, Date.now() + pause);
			waited += pause;
			continue;
		}
		if (outcome.status >= 500 && !request.writes && !last) {
			waited += await session.sleepBeforeRetry(
				retryAfterMs(outcome.headers) ?? backoffMs(attempt),
				waited,
			);
			continue;
		}
		throw apiFailure(request, outcome, refusal);
	}
}

/** Doubles from half a second to half a minute, give or take a half. */
export function backoffMs(attempt: number): number {
	const pause = Math.min(FIRST_BACKOFF_MS * 2 ** (attempt - 1), MAX_BACKOFF_MS);
	return pause * (0.5 + Math.random());
}

/** Milliseconds until the time a `Retry-After` header names, as seconds or as a date. */
export function retryAfterMs(headers: HttpResponse['headers']): number | undefined {
	const value = headers['retry-after']?.trim();
	if (value === undefined || value === '') return undefined;
	if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
	const date = Date.parse(value);
	return Number.isNaN(date) ? undefined : Math.max(date - Date.now(), 0);
}

function hasSingleUseBody(request: ApiRequest): boolean {
	return request.body !== undefined && typeof request.body() !== 'string';
}

async function sendOnce(
	session: ApiClient,
	request: ApiRequest,
	renewOn: number[],
): Promise<HttpResponse | NetworkError> {
	const { context, service } = session;
	const options: IHttpRequestOptions = {
		method: request.method,
		url: request.url,
		headers: { ...request.headers },
		body: request.body?.(),
		encoding: 'text',
		returnFullResponse: true,
		ignoreHttpStatusErrors: renewOn.length === 0 ? true : { ignore: true, except: renewOn },
		timeout: request.timeoutMs ?? session.retryPolicy.timeoutMs,
		abortSignal: session.signal,
		// A redirect could carry the credential to another host.
		disableFollowRedirect: true,
		sendCredentialsOnCrossOriginRedirect: false,
	};
	try {
		const response: unknown = await context.helpers.httpRequestWithAuthentication.call(
			context,
			service.credentialType,
			options,
			service.oauth2 === true ? { oauth2: { tokenType: 'Bearer' } } : undefined,
		);
		return toHttpResponse(response);
	} catch (error) {
		return parseThrown(session, error);
	}
}

export function toHttpResponse(response: unknown): HttpResponse {
	if (!isObject(response)) return { status: 0, headers: {}, text: String(response ?? '') };
	const { statusCode, status, headers, body, data } = response;
	return {
		status: Number(statusCode ?? status ?? 0),
		headers: lowerCaseHeaders(headers),
		text: textOf(body ?? data),
	};
}

export function lowerCaseHeaders(headers: unknown): Record<string, string> {
	if (!isObject(headers)) return {};
	return Object.fromEntries(
		Object.entries(headers)
			.filter(([, value]) => value !== undefined && value !== null)
			.map(([name, value]) => [name.toLowerCase(), String(value)]),
	);
}

function textOf(body: unknown): string {
	if (typeof body === 'string') return body;
	if (body === undefined || body === null) return '';
	if (Buffer.isBuffer(body)) return body.toString('utf8');
	return JSON.stringify(body) ?? '';
}

/** Reads what n8n threw: an answer with a status it keeps for itself, or a broken connection. */
export function parseThrown(session: ApiClient, error: unknown): HttpResponse | NetworkError {
	const chain = causeChain(error);
	// What is thrown with a status that says all went well is no answer: its body broke off.
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
		.map((cause) => `${String(cause.code ?? '')} ${String(cause.message ?? '')}`)
		.join(' ');
	if (session.signal?.aborted || /\bERR_CANCELED\b/.test(text)) return throwCancelled();
	const code = /\btimeout of\b/.test(text) ? 'ETIMEDOUT' : NETWORK_ERROR_CODES.exec(text)?.[0];
	if (code === undefined) return localFailure(error);
	return {
		networkError: NETWORK_ERROR_TEXTS[code] ?? NETWORK_ERROR_TEXTS.ECONNRESET,
		wasSent: !CODES_BEFORE_SENDING.has(code),
	};
}

const NETWORK_ERROR_TEXTS: Record<string, string> & { ECONNRESET: string } = {
	ECONNREFUSED: 'refused the connection',
	ENOTFOUND: 'has an address that cannot be found',
	EAI_AGAIN: 'has an address that cannot be looked up right now',
	EHOSTUNREACH: 'cannot be reached',
	ENETUNREACH: 'cannot be reached',
	ETIMEDOUT: 'did not answer in time',
	ESOCKETTIMEDOUT: 'did not answer in time',
	ECONNRESET: 'closed the connection before it had answered',
};
const NETWORK_ERROR_CODES =
	/\b(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|ECONNABORTED|ESOCKETTIMEDOUT|ECONNRESET|EPIPE|EPROTO|ERR_NETWORK|ERR_BAD_RESPONSE|HPE_\w+|socket hang up|aborted|closed unexpectedly)\b/;
const CODES_BEFORE_SENDING = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
]);

function throwCancelled(): never {
	throw cancelledFailure();
}

/** Not the network: a credential that cannot sign, a policy that forbids the address. */
function localFailure(error: unknown): never {
	throw new NodeFailure(error instanceof Error ? error.message : String(error), {
		description:
			isObject(error) && typeof error.description === 'string' ? error.description : undefined,
	});
}

function causeChain(error: unknown): Array<Record<string, unknown>> {
	const chain: Array<Record<string, unknown>> = [];
	let current: unknown = error;
	while (isObject(current) && chain.length < 6) {
		chain.push(current);
		if (Array.isArray(current.messages)) chain.push({ message: current.messages.join(' ') });
		current = current.cause;
	}
	return chain;
}

const MAY_HAVE_BEEN_CARRIED_OUT =
	'It may have been carried out all the same. Check before you run this item again';

function networkFailure(
	session: ApiClient,
	request: ApiRequest,
	outcome: NetworkError,
): NodeFailure {
	const description = !outcome.wasSent
		? 'Nothing was sent. Check the address in the credential and the network, then run it again'
		: request.writes
			? MAY_HAVE_BEEN_CARRIED_OUT
			: 'Run it again later, or raise Timeout and Max Tries under Options';
	return new NodeFailure(`${session.service.name} ${outcome.networkError}`, {
		description,
		outcomeUnknown: outcome.wasSent && request.writes,
	});
}

function rateLimitFailure(
	session: ApiClient,
	answer: HttpResponse,
	refusal: ApiError,
	attempt: number,
	pause: number,
): NodeFailure {
	const { maxAttempts, maxWaitMs } = session.retryPolicy;
	const seconds = Math.ceil(pause / 1000);
	const description =
		attempt >= maxAttempts
			? `Gave up after ${attempt} tries. Lower Concurrency or raise Max Tries under Options`
			: `Asked to wait ${seconds} s, longer than Max Wait (${Math.round(maxWaitMs / 1000)} s) under Options allows`;
	return new NodeFailure(refusal.message, {
		description:
			refusal.description === undefined ? description : `${refusal.description}. ${description}`,
		httpCode: answer.status,
		code: refusal.code,
	});
}

function apiFailure(request: ApiRequest, answer: HttpResponse, refusal: ApiError): NodeFailure {
	const outcomeUnknown =
		request.writes && (answer.status >= 500 || refusal.outcomeUnknown === true);
	const description = [refusal.description, outcomeUnknown ? MAY_HAVE_BEEN_CARRIED_OUT : undefined]
		.filter((sentence) => sentence !== undefined)
		.join('. ');
	return new NodeFailure(refusal.message, {
		description: description === '' ? undefined : description,
		httpCode: answer.status,
		code: refusal.code,
		outcomeUnknown,
	});
}
