import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from './clock';
import { inspect } from './check';
import { findEndpoint, methodsOf, type Match } from './contract';
import type { Fault, Faults } from './faults';
import type { Journal, Outcome } from './journal';
import { isObject, writeJson } from './json';
import type { SandboxRequest } from './request';
import { Refusal, type Mount, type Reply, type ServiceDefinition } from './service';

/** A finished answer; `cut` drops the connection instead. */
export interface Answer {
	status: number;
	headers: Record<string, string | string[]>;
	body: Buffer | NodeJS.ReadableStream;
	cut: boolean;
}

export interface Tools {
	clock: Clock;
	faults: Faults;
	journal: Journal;
}

interface Handled {
	reply: Reply;
	match?: Match;
	outcome: Pick<Outcome, 'violations' | 'crash'>;
	/** Headers that depend on the account. */
	headers: Record<string, string>;
}

const CUT: Answer = { status: 0, headers: {}, body: Buffer.alloc(0), cut: true };

function names(request: SandboxRequest): (name: string) => boolean {
	return (name) =>
		request.query.some(([key]) => key === name) ||
		(request.form?.some(([key]) => key === name) ?? false) ||
		(request.parts?.some((part) => part.name === name) ?? false) ||
		(isObject(request.json) && name in request.json);
}

function locate(request: SandboxRequest, mount: Mount): Match | undefined {
	const match = findEndpoint(request.service, request.method, request.path, names(request));
	return match?.endpoint.host === mount.host ? match : undefined;
}

/** Makes the function that answers a service's requests, whatever its accounts look like. */
export function createPipeline<Account>(
	definition: ServiceDefinition<Account>,
	tools: Tools,
): (request: SandboxRequest, mount: Mount) => Promise<Answer> {
	const { replies, handlers } = definition;

	async function handleCall(
		request: SandboxRequest,
		mount: Mount,
		match?: Match,
	): Promise<Handled> {
		const handled: Handled = { reply: {}, outcome: { violations: [] }, headers: {} };
		if (match) handled.match = match;
		const extra = await mount.handle?.(request);
		if (extra) return { ...handled, reply: extra };
		const account = await definition.authenticate(request, match);
		if (account instanceof Refusal) return { ...handled, reply: account.reply };
		if (!match) {
			const methods = methodsOf(request.service, request.path);
			handled.headers = definition.headers?.(request, account) ?? {};
			return { ...handled, reply: replies.unknownRoute(request, methods) };
		}
		const refusal = definition.admit?.(request, match, account);
		handled.headers = definition.headers?.(request, account) ?? {};
		if (refusal) return { ...handled, reply: refusal.reply };
		const { violations, parameters } = inspect(match, request, definition.ignores);
		if (violations.length > 0) {
			handled.outcome.violations = violations;
			return { ...handled, reply: replies.violations(violations, request, match) };
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
		match?: Match,
	): Promise<Handled> {
		try {
			return await handleCall(request, mount, match);
		} catch (thrown) {
			const handled: Handled = { reply: {}, outcome: { violations: [] }, headers: {} };
			if (match) handled.match = match;
			if (thrown instanceof Refusal) return { ...handled, reply: thrown.reply };
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
		const plain = replies.failure(status, 'the sandbox was told to refuse this', request);
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

	function write(handled: Handled): Answer {
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
			cut: false,
		};
	}

	return async (received, mount) => {
		const startedAt = tools.clock.now();
		const started = performance.now();
		const request = definition.prepare?.(received) ?? received;
		const match = locate(request, mount);
		const struck = tools.faults.strike(received, match?.endpoint.id);
		const fault = struck.find(({ kind }) => kind !== 'delay');
		for (const { kind, delayMs } of struck) {
			if (kind === 'delay') await delay(delayMs ?? 1000, undefined, { ref: false });
		}
		const carriesOut = !fault || fault.kind === 'malformed' || fault.afterHandling === true;
		let handled: Handled = { reply: {}, outcome: { violations: [] }, headers: {} };
		if (match) handled.match = match;
		if (carriesOut) handled = await handleSafely(request, mount, match);
		const instead = fault && faultReply(fault, request);
		if (instead) handled = { ...handled, reply: { ...instead, failed: true } };
		let answer = fault?.kind === 'cut' ? CUT : write(handled);
		if (fault?.kind === 'malformed' && Buffer.isBuffer(answer.body)) {
			const half = Math.floor(answer.body.length / 2);
			answer = { ...answer, body: answer.body.subarray(0, half) };
		}
		const outcome: Outcome = {
			...handled.outcome,
			status: answer.status,
			succeeded: !fault && answer.status >= 200 && answer.status < 400 && !handled.reply.failed,
			ms: Math.round(performance.now() - started),
		};
		if (match) outcome.endpoint = match.endpoint.id;
		if (match?.variant !== undefined) outcome.variant = match.variant;
		if (fault) outcome.fault = fault.kind;
		tools.journal.add(received, startedAt, outcome);
		return answer;
	};
}
