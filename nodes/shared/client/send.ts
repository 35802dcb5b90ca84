import type { IHttpRequestOptions } from 'n8n-workflow';
import { NodeFailure } from '../errors';
import { ignoreStatusErrors } from '../host';
import type { ApiError, ApiRequest, HttpResponse, NetworkError } from '../http';
import type { Json } from '../json';
import { cancelledFailure } from '../sleep';
import { addressName, type Api, type N8nContext } from './api';
import type { Sample } from './concurrency';
import { isOfAnotherUrl, parseThrown, refreshOutcome, toHttpResponse } from './networkErrors';
import type { RateLimiter, Retry } from './rateLimiter';
import { readResponse } from './readResponse';
import { backoffMs, retryAfterMs, sleepBeforeRetry } from './retryPolicy';
import type { RetryPolicy } from './retryPolicy';

/** What sending needs of the client. */
export interface SendContext {
	readonly context: N8nContext;
	readonly api: Api;
	readonly retryPolicy: RetryPolicy;
	readonly rateLimiter: RateLimiter;
	readonly hints: Set<string>;
	readonly signal?: AbortSignal;
	/** Called for each finished request. */
	onSample?: (sample: Sample) => void;
	refreshStatuses: () => Promise<number[]>;
	/** Removes the credential's own secrets from a response that repeats them. */
	withoutSecrets: (sent: SentRequest) => Promise<SentRequest>;
}

/** A request that the service carried out. */
export interface SentRequest {
	response: HttpResponse;
	data: Json | undefined;
}

/**
 * Sends a request and retries until a final response arrives.
 *
 * When the service limits the rate, all requests of the client's bucket pause together. Server
 * errors and broken connections are retried only for reads: a write with an unknown outcome is
 * never sent twice.
 *
 * @returns the final response, and its data
 * @throws NodeFailure when the service rejects the request, or no response arrives
 */
export async function send(client: SendContext, request: ApiRequest): Promise<SentRequest> {
	const { api, retryPolicy, rateLimiter } = client;
	const bucket = api.rateLimitBucket?.(request) ?? '';
	const refreshOn =
		request.operation?.canRefreshToken === false ? [] : await client.refreshStatuses();
	const signal = anySignal(client.signal, request.signal);
	let waitedMs = 0;
	let retry: Retry | undefined;
	for (let attempt = 1; ; attempt += 1) {
		if (signal?.aborted) throw cancelledFailure();
		const from = Date.now();
		const started = await rateLimiter.acquire(bucket, { signal, retry });
		if (retry !== undefined) waitedMs += Math.max(started.startedAt - from, 0);
		retry = undefined;
		try {
			const once = async (statuses: number[]) => await sendOnce(client, request, statuses, signal);
			const outcome = await (api.sendWithRefresh?.(client, refreshOn, once) ?? once(refreshOn));
			const isLast = attempt >= retryPolicy.maxAttempts;
			const report = (result: Sample['outcome']) =>
				client.onSample?.({ latencyMs: Date.now() - started.startedAt, outcome: result });

			if ('networkError' in outcome) {
				report('failed');
				if (isLast || (request.writes && outcome.wasSent)) {
					throw networkFailure(client, request, outcome);
				}
				rateLimiter.release(bucket, started);
				waitedMs += await sleepBeforeRetry({ retryPolicy, signal }, backoffMs(attempt), waitedMs);
				continue;
			}

			const rateLimit = api.readRateLimit?.(outcome.headers);
			rateLimiter.update(bucket, started.number, rateLimit);
			const hint = api.readHint?.(outcome);
			if (hint !== undefined) client.hints.add(hint);
			const parsed = readResponse(api, request, outcome);
			const isRateLimited = parsed.error?.isRateLimited ?? outcome.status === 429;
			if (!isRateLimited && outcome.status < 500) rateLimiter.countPassed(bucket, started);
			if (parsed.error === undefined) {
				report('success');
				rateLimiter.release(bucket, started);
				const sent = { response: outcome, data: parsed.data };
				// The result of a sign-in is a token.
				return request.operation?.canRefreshToken === false
					? sent
					: await client.withoutSecrets(sent);
			}

			const { error } = parsed;
			if (isRateLimited) {
				report('rateLimited');
				const untilReset = rateLimit === undefined ? 0 : rateLimit.resetAt - Date.now();
				const statedMs = retryAfterMs(outcome.headers) ?? (untilReset > 0 ? untilReset : undefined);
				// The first time, nothing is known, and longer waits make the tries last.
				const longer = statedMs !== undefined || rateLimiter.isRateKnown(bucket) ? 0 : 1;
				const ownMs = backoffMs(attempt + longer, { jitter: RATE_LIMIT_JITTER });
				const pauseMs = statedMs ?? ownMs;
				if (isLast || waitedMs + pauseMs > retryPolicy.maxWaitMs) {
					rateLimiter.countRejected(bucket, started);
					const isStated = statedMs !== undefined;
					const { status } = outcome;
					throw rateLimitFailure(client, { status, error, attempt, pauseMs, isStated });
				}
				const pause = { statedMs, backoffMs: ownMs, attempt };
				retry = rateLimiter.pauseAfterRejection(bucket, started, pause);
				continue;
			}
			if (outcome.status >= 500) report('failed');
			if (outcome.status >= 500 && !request.writes && !isLast) {
				rateLimiter.release(bucket, started);
				const statedMs = retryAfterMs(outcome.headers) ?? 0;
				if (waitedMs + statedMs > retryPolicy.maxWaitMs) {
					throw apiFailure(request, outcome, error);
				}
				const pauseMs = Math.max(statedMs, backoffMs(attempt));
				waitedMs += await sleepBeforeRetry({ retryPolicy, signal }, pauseMs, waitedMs);
				continue;
			}
			throw apiFailure(request, outcome, error);
		} finally {
			rateLimiter.release(bucket, started);
		}
	}
}

/** With more, the tries could be used up too soon. */
const RATE_LIMIT_JITTER = 0.25;

async function sendOnce(
	client: SendContext,
	request: ApiRequest,
	refreshOn: number[],
	signal: AbortSignal | undefined,
): Promise<HttpResponse | NetworkError> {
	const { context, api } = client;
	const options: IHttpRequestOptions = {
		method: request.method,
		url: request.url,
		headers: { ...request.headers },
		body: request.body?.(),
		encoding: request.responseFormat === 'file' ? 'arraybuffer' : 'text',
		returnFullResponse: true,
		ignoreHttpStatusErrors: ignoreStatusErrors(refreshOn),
		timeout: request.timeoutMs ?? client.retryPolicy.timeoutMs,
		abortSignal: signal,
		// A redirect could carry the credential to another host.
		disableFollowRedirect: true,
		sendCredentialsOnCrossOriginRedirect: false,
	};
	try {
		const response: unknown = await context.helpers.httpRequestWithAuthentication.call(
			context,
			api.credentialType,
			options,
			api.oauth2 === true ? { oauth2: { tokenType: 'Bearer' } } : undefined,
		);
		return toHttpResponse(response);
	} catch (error) {
		const outcome = parseThrown({ signal }, error);
		const isRefresh = refreshOn.length > 0 && isOfAnotherUrl(error, request.url);
		return isRefresh ? refreshOutcome(outcome) : outcome;
	}
}

function anySignal(
	first: AbortSignal | undefined,
	second: AbortSignal | undefined,
): AbortSignal | undefined {
	return first === undefined || second === undefined
		? (first ?? second)
		: AbortSignal.any([first, second]);
}

const MAY_HAVE_BEEN_CARRIED_OUT =
	'It may have been carried out all the same. Check before you run this item again';

function networkFailure(
	{ api }: SendContext,
	request: ApiRequest,
	{ networkError, wasSent, advice }: NetworkError,
): NodeFailure {
	const description = !wasSent
		? (advice ??
			`Nothing was sent. Check ${addressName(request.operation?.host)} in the credential and the network, then run it again`)
		: request.writes
			? MAY_HAVE_BEEN_CARRIED_OUT
			: 'Run it again later, or raise Timeout and Max Tries under Options';
	return new NodeFailure(`${api.name} ${networkError}`, {
		description,
		outcomeUnknown: wasSent && request.writes,
	});
}

function rateLimitFailure(
	{ api, retryPolicy }: SendContext,
	{
		status,
		error,
		attempt,
		pauseMs,
		isStated,
	}: { status: number; error: ApiError; attempt: number; pauseMs: number; isStated: boolean },
): NodeFailure {
	const { maxAttempts, maxWaitMs } = retryPolicy;
	const seconds = Math.ceil(pauseMs / 1000);
	const tries = attempt === 1 ? '1 try' : `${attempt} tries`;
	const limit =
		attempt >= maxAttempts
			? `Failed after ${tries}. Lower Concurrency or raise Max Tries under Options`
			: `${isStated ? `${api.name} asked to wait` : 'The next try would be in'} ${seconds} s, which exceeds Max Wait (${Math.round(maxWaitMs / 1000)} s) under Options`;
	return new NodeFailure(error.message, {
		description: error.description === undefined ? limit : `${error.description}. ${limit}`,
		httpCode: status,
		code: error.code,
	});
}

function apiFailure(request: ApiRequest, response: HttpResponse, error: ApiError): NodeFailure {
	const outcomeUnknown =
		request.writes && (response.status >= 500 || error.outcomeUnknown === true);
	const description = [error.description, outcomeUnknown ? MAY_HAVE_BEEN_CARRIED_OUT : undefined]
		.filter((sentence) => sentence !== undefined)
		.join('. ');
	return new NodeFailure(error.message, {
		description: description === '' ? undefined : description,
		httpCode: response.status,
		code: error.code,
		outcomeUnknown,
	});
}
