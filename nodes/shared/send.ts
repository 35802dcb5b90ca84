import type { IHttpRequestOptions } from 'n8n-workflow';
import type { Answer, Refusal } from './answer';
import { Failure } from './failure';
import { isObject } from './json';
import type { Json } from './json';
import type { WireRequest } from './request';
import type { Session } from './session';
import { cancelled } from './wait';

/** The connection gave no answer. `sent` is false when nothing can have reached the service. */
export interface Broken {
	broken: string;
	sent: boolean;
}

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;

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
export async function send(session: Session, request: WireRequest): Promise<Json | undefined> {
	const { service, patience } = session;
	const bucket = service.bucket?.(request) ?? '';
	const renewOn = request.operation?.renews === false ? [] : await session.renewOn();
	let waited = 0;
	let renewed = false;
	for (let attempt = 1; ; attempt += 1) {
		await session.enter(bucket);
		let outcome: Answer | Broken;
		try {
			const once = async (statuses: number[]) => await exchange(session, request, statuses);
			outcome = await (service.renewal?.(session, renewOn, once) ?? once(renewOn));
		} finally {
			session.leave(bucket);
		}
		const last = attempt >= patience.tries;

		if ('broken' in outcome) {
			if (last || (request.writes && outcome.sent)) throw noAnswer(session, request, outcome);
			waited += await session.rest(backoff(attempt), waited);
			continue;
		}

		const limits = service.limits?.(outcome.headers);
		session.pace(bucket, limits);
		const remark = service.remark?.(outcome);
		if (remark !== undefined) session.remarks.add(remark);
		const reading = service.read(outcome, request);
		if (reading.refusal === undefined) return reading.data;

		const { refusal } = reading;
		// A 401 is no outcome yet where n8n could renew the token but not send a one-way body again.
		if (outcome.status === 401 && !renewed && renewOn.includes(401) && isOneWay(request)) {
			renewed = true;
			continue;
		}
		if (outcome.status === 429 || refusal.tooMany === true) {
			const untilReset = limits === undefined ? 0 : limits.resetAt - Date.now();
			const pause =
				retryAfter(outcome.headers) ?? (untilReset > 0 ? untilReset : backoff(attempt + 1));
			if (last || waited + pause > patience.longestWait) {
				throw tooMany(session, outcome, refusal, attempt, pause);
			}
			session.pauseUntil(bucket, Date.now() + pause);
			waited += pause;
			continue;
		}
		if (outcome.status >= 500 && !request.writes && !last) {
			waited += await session.rest(retryAfter(outcome.headers) ?? backoff(attempt), waited);
			continue;
		}
		throw refused(request, outcome, refusal);
	}
}

/** Doubles from half a second to half a minute, give or take a half. */
export function backoff(attempt: number): number {
	const pause = Math.min(FIRST_PAUSE * 2 ** (attempt - 1), LONGEST_PAUSE);
	return pause * (0.5 + Math.random());
}

/** Milliseconds until the time a `Retry-After` header names, as seconds or as a date. */
export function retryAfter(headers: Answer['headers']): number | undefined {
	const value = headers['retry-after']?.trim();
	if (value === undefined || value === '') return undefined;
	if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
	const date = Date.parse(value);
	return Number.isNaN(date) ? undefined : Math.max(date - Date.now(), 0);
}

function isOneWay(request: WireRequest): boolean {
	return request.body !== undefined && typeof request.body() !== 'string';
}

async function exchange(
	session: Session,
	request: WireRequest,
	renewOn: number[],
): Promise<Answer | Broken> {
	const { context, service } = session;
	const options: IHttpRequestOptions = {
		method: request.method,
		url: request.url,
		headers: { ...request.headers },
		body: request.body?.(),
		encoding: 'text',
		returnFullResponse: true,
		ignoreHttpStatusErrors: renewOn.length === 0 ? true : { ignore: true, except: renewOn },
		timeout: request.timeout ?? session.patience.timeout,
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
		return readResponse(response);
	} catch (error) {
		return readThrown(session, error);
	}
}

export function readResponse(response: unknown): Answer {
	if (!isObject(response)) return { status: 0, headers: {}, text: String(response ?? '') };
	const { statusCode, status, headers, body, data } = response;
	return {
		status: Number(statusCode ?? status ?? 0),
		headers: readHeaders(headers),
		text: textOf(body ?? data),
	};
}

export function readHeaders(headers: unknown): Record<string, string> {
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
export function readThrown(session: Session, error: unknown): Answer | Broken {
	const chain = causes(error);
	// What is thrown with a status that says all went well is no answer: its body broke off.
	for (const cause of chain) {
		if (isObject(cause.response) && Number(cause.response.status) >= 300) {
			return readResponse(cause.response);
		}
	}
	for (const cause of chain) {
		const status = Number(cause.httpCode);
		if (status >= 300 && status < 600) return { status, headers: {}, text: '' };
	}
	const text = chain
		.map((cause) => `${String(cause.code ?? '')} ${String(cause.message ?? '')}`)
		.join(' ');
	if (session.signal?.aborted || /\bERR_CANCELED\b/.test(text)) return stop();
	const code = /\btimeout of\b/.test(text) ? 'ETIMEDOUT' : NETWORK.exec(text)?.[0];
	if (code === undefined) return local(error);
	return { broken: WORDS[code] ?? WORDS.ECONNRESET, sent: !NOTHING_SENT.has(code) };
}

const WORDS: Record<string, string> & { ECONNRESET: string } = {
	ECONNREFUSED: 'refused the connection',
	ENOTFOUND: 'has an address that cannot be found',
	EAI_AGAIN: 'has an address that cannot be looked up right now',
	EHOSTUNREACH: 'cannot be reached',
	ENETUNREACH: 'cannot be reached',
	ETIMEDOUT: 'did not answer in time',
	ESOCKETTIMEDOUT: 'did not answer in time',
	ECONNRESET: 'closed the connection before it had answered',
};
const NETWORK =
	/\b(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|ECONNABORTED|ESOCKETTIMEDOUT|ECONNRESET|EPIPE|EPROTO|ERR_NETWORK|ERR_BAD_RESPONSE|HPE_\w+|socket hang up|aborted|closed unexpectedly)\b/;
const NOTHING_SENT = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
]);

function stop(): never {
	throw cancelled();
}

/** Not the network: a credential that cannot sign, a policy that forbids the address. */
function local(error: unknown): never {
	throw new Failure(error instanceof Error ? error.message : String(error), {
		advice:
			isObject(error) && typeof error.description === 'string' ? error.description : undefined,
	});
}

function causes(error: unknown): Array<Record<string, unknown>> {
	const chain: Array<Record<string, unknown>> = [];
	let current: unknown = error;
	while (isObject(current) && chain.length < 6) {
		chain.push(current);
		if (Array.isArray(current.messages)) chain.push({ message: current.messages.join(' ') });
		current = current.cause;
	}
	return chain;
}

const PERHAPS_DONE =
	'It may have been carried out all the same. Check before you run this item again';

function noAnswer(session: Session, request: WireRequest, outcome: Broken): Failure {
	const advice = !outcome.sent
		? 'Nothing was sent. Check the address in the credential and the network, then run it again'
		: request.writes
			? PERHAPS_DONE
			: 'Run it again later, or raise Timeout and Tries under Options';
	return new Failure(`${session.service.name} ${outcome.broken}`, {
		advice,
		unclear: outcome.sent && request.writes,
	});
}

function tooMany(
	session: Session,
	answer: Answer,
	refusal: Refusal,
	attempt: number,
	pause: number,
): Failure {
	const { tries, longestWait } = session.patience;
	const seconds = Math.ceil(pause / 1000);
	const advice =
		attempt >= tries
			? `Gave up after ${attempt} tries. Lower Items in Parallel or raise Tries under Options`
			: `Asked to wait ${seconds} s, longer than Longest Wait (${Math.round(longestWait / 1000)} s) under Options allows`;
	return new Failure(refusal.message, {
		advice: refusal.advice === undefined ? advice : `${refusal.advice}. ${advice}`,
		httpCode: answer.status,
		code: refusal.code,
	});
}

function refused(request: WireRequest, answer: Answer, refusal: Refusal): Failure {
	const unclear = request.writes && (answer.status >= 500 || refusal.unclear === true);
	const advice = [refusal.advice, unclear ? PERHAPS_DONE : undefined]
		.filter((sentence) => sentence !== undefined)
		.join('. ');
	return new Failure(refusal.message, {
		advice: advice === '' ? undefined : advice,
		httpCode: answer.status,
		code: refusal.code,
		unclear,
	});
}
