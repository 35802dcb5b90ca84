import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from './clock';
import { validateRequest } from './requestValidator';
import { findEndpoint, methodsOf, type EndpointMatch } from './contract';
import type { Fault, Faults } from './faults';
import type { RequestLog, Outcome } from './requestLog';
import { isObject, writeJson } from './json';
import type { PlantedEndpoints } from './plantedEndpoints';
import type { SandboxRequest } from './request';
import { findResponseErrors } from './responseValidator';
import { exampleReply } from './examples';
import { loadOpenApi } from './openApi';
import { ApiError, type Mount, type Reply, type ServiceDefinition } from './service';

/** A finished response, or a connection closed without one. */
export interface HttpResponse {
	status: number;
	headers: Record<string, string | string[]>;
	body: Buffer | NodeJS.ReadableStream;
	isConnectionDropped: boolean;
}

export interface PipelineTools {
	clock: Clock;
	faults: Faults;
	requestLog: RequestLog;
	/** Responds to valid requests with examples from the contract instead of the state. */
	examples: { enabled: boolean };
	planted: PlantedEndpoints;
}

interface HandledRequest {
	reply: Reply;
	match?: EndpointMatch;
	outcome: Pick<Outcome, 'violations' | 'crash'>;
	/** Headers that depend on the account (rate limits). */
	headers: Record<string, string>;
}

const DROPPED_CONNECTION: HttpResponse = {
	status: 0,
	headers: {},
	body: Buffer.alloc(0),
	isConnectionDropped: true,
};

function parameterLookup(request: SandboxRequest): (name: string) => boolean {
	return (name) =>
		request.query.some(([key]) => key === name) ||
		(request.form?.some(([key]) => key === name) ?? false) ||
		(request.parts?.some((part) => part.name === name) ?? false) ||
		(isObject(request.json) && name in request.json);
}

function findMountedEndpoint(request: SandboxRequest, mount: Mount): EndpointMatch | undefined {
	const match = findEndpoint(request.service, {
		method: request.method,
		path: request.path,
		has: parameterLookup(request),
	});
	return match?.endpoint.host === mount.host ? match : undefined;
}

/** Returns the function that handles the requests of a service. */
export function createPipeline<Account>(
	definition: ServiceDefinition<Account>,
	tools: PipelineTools,
): (request: SandboxRequest, mount: Mount) => Promise<HttpResponse> {
	const { replies, handlers } = definition;

	async function handle(
		request: SandboxRequest,
		mount: Mount,
		match?: EndpointMatch,
	): Promise<HandledRequest> {
		const handled: HandledRequest = { reply: {}, outcome: { violations: [] }, headers: {} };
		if (match) handled.match = match;
		const extra = await mount.handle?.(request);
		if (extra) return { ...handled, reply: extra };
		const account = await definition.authenticate(request, match);
		if (account instanceof ApiError) return { ...handled, reply: account.reply };
		if (!match) {
			const methods = methodsOf(request.service, request.path);
			handled.headers = definition.headers?.(request, account) ?? {};
			const planted = tools.planted.find(request);
			if (planted) return { ...handled, reply: planted.reply(request) };
			return { ...handled, reply: replies.unknownRoute(request, methods) };
		}
		const denied = definition.authorize?.(request, match, account);
		handled.headers = definition.headers?.(request, account) ?? {};
		if (denied) return { ...handled, reply: denied.reply };
		const { violations, parameters } = validateRequest(
			match,
			request,
			definition.isProtocolParameter,
		);
		if (violations.length > 0) {
			handled.outcome.violations = violations;
			return { ...handled, reply: replies.violations(violations, request, match) };
		}
		if (tools.examples.enabled) {
			const openApi = loadOpenApi(request.service);
			return { ...handled, reply: exampleReply(openApi, match.route.routed.operation) };
		}
		const handler = handlers[match.endpoint.id];
		if (!handler) {
			const reply = replies.failure(501, `${match.endpoint.id} has no handler`, request);
			return { ...handled, reply };
		}
		return { ...handled, reply: await handler({ request, match, account, parameters }) };
	}

	async function handleSafely(
		request: SandboxRequest,
		mount: Mount,
		match?: EndpointMatch,
	): Promise<HandledRequest> {
		try {
			return await handle(request, mount, match);
		} catch (thrown) {
			const handled: HandledRequest = { reply: {}, outcome: { violations: [] }, headers: {} };
			if (match) handled.match = match;
			if (thrown instanceof ApiError) return { ...handled, reply: thrown.reply };
			handled.outcome.crash =
				thrown instanceof Error ? (thrown.stack ?? thrown.message) : 'unknown';
			return { ...handled, reply: replies.failure(500, 'Internal Server Error', request) };
		}
	}

	function faultReply(fault: Fault, request: SandboxRequest): Reply | undefined {
		if (fault.kind === 'rateLimit') return replies.rateLimited(fault.retryAfter ?? 1, request);
		if (fault.kind === 'expireToken') return replies.expiredToken(request);
		if (fault.kind !== 'status') return undefined;
		const status = fault.status ?? 500;
		const plain = replies.failure(status, 'Injected by the sandbox', request);
		const reply: Reply =
			fault.body === undefined
				? plain
				: typeof fault.body === 'string'
					? { text: fault.body }
					: { json: fault.body };
		const retry: Record<string, string> =
			fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
		return { ...reply, status, headers: { ...reply.headers, ...retry, ...fault.headers } };
	}

	function writeResponse(handled: HandledRequest): HttpResponse {
		const { reply, headers } = handled;
		const jsonType = definition.jsonContentType ?? 'application/json; charset=utf-8';
		const type =
			reply.contentType ??
			(reply.json !== undefined
				? jsonType
				: reply.text !== undefined
					? 'text/plain; charset=utf-8'
					: undefined);
		const body =
			reply.stream ??
			reply.bytes ??
			Buffer.from(reply.json !== undefined ? writeJson(reply.json) : (reply.text ?? ''), 'utf8');
		return {
			status: reply.status ?? 200,
			headers: { ...headers, ...(type ? { 'content-type': type } : {}), ...reply.headers },
			body,
			isConnectionDropped: false,
		};
	}

	return async (received, mount) => {
		const startedAt = tools.clock.now();
		const started = performance.now();
		const request = definition.prepare?.(received) ?? received;
		const match = findMountedEndpoint(request, mount);
		const matchedFaults = tools.faults.takeMatching(received, match?.endpoint.id);
		const fault = matchedFaults.find(({ kind }) => kind !== 'delay');
		for (const { kind, delayMs } of matchedFaults) {
			if (kind === 'delay') await delay(delayMs ?? 1000, undefined, { ref: false });
		}
		const runsHandler = !fault || fault.kind === 'malformed' || fault.afterHandling === true;
		let handled: HandledRequest = { reply: {}, outcome: { violations: [] }, headers: {} };
		if (match) handled.match = match;
		if (runsHandler) handled = await handleSafely(request, mount, match);
		const replacement = fault && faultReply(fault, request);
		if (replacement) handled = { ...handled, reply: { ...replacement, failed: true } };
		let response = fault?.kind === 'cut' ? DROPPED_CONNECTION : writeResponse(handled);
		if (fault?.kind === 'malformed' && Buffer.isBuffer(response.body)) {
			const half = Math.floor(response.body.length / 2);
			response = { ...response, body: response.body.subarray(0, half) };
		}
		const outcome: Outcome = {
			...handled.outcome,
			responseErrors: [],
			status: response.status,
			succeeded: !fault && response.status >= 200 && response.status < 400 && !handled.reply.failed,
			ms: Math.round(performance.now() - started),
		};
		// A crash is not part of the contract.
		if (match && !fault && handled.outcome.crash === undefined) {
			outcome.responseErrors = findResponseErrors(request.service, match.route, {
				status: response.status,
				isError: !outcome.succeeded,
				reply: handled.reply,
			});
		}
		if (match) outcome.endpoint = match.endpoint.id;
		if (match?.variant !== undefined) outcome.variant = match.variant;
		if (fault) outcome.fault = fault.kind;
		if (!response.isConnectionDropped) outcome.response = response;
		tools.requestLog.add(received, startedAt, outcome);
		return response;
	};
}
