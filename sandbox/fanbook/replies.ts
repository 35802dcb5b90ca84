import { randomBytes } from 'node:crypto';
import type { EndpointMatch } from '../core/contract';
import { isObject } from '../core/json';
import type { SandboxRequest } from '../core/request';
import type { Reply } from '../core/service';
import type { Violation } from '../core/violations';
import { createError, ERROR_CODES, type FanbookError } from './errors';

/**
 * The methods that return `{status, code, data}` instead of `{ok, result}`: message/getList as
 * documented, the others because their documentation mentions `data` and `status`.
 */
const DATA_ENVELOPE_METHODS = new Set([
	'message.getMany',
	'member.getVerification',
	'messageCard.getUsers',
]);

function hasDataEnvelope(match: EndpointMatch | undefined): boolean {
	return match !== undefined && DATA_ENVELOPE_METHODS.has(match.endpoint.id);
}

/** Documented as application/json, but the service sends text/plain. */
export const TEXT_TYPE = 'text/plain; charset=utf-8';

/** Returns a successful response body with a result that is JSON text already. */
export function wrapResultText(match: EndpointMatch, result: string): string {
	return hasDataEnvelope(match)
		? `{"status":true,"code":1000,"data":${result}}`
		: `{"ok":true,"result":${result}}`;
}

export function successReply(match: EndpointMatch, result: unknown): Reply {
	if (!hasDataEnvelope(match)) return { json: { ok: true, result: result ?? null } };
	const request_id = randomBytes(7).toString('hex');
	const head = { status: true, code: 1000, message: '1000', desc: '成功', request_id };
	return { json: { ...head, data: result ?? null } };
}

/** Returns an error response in the envelope of the method. */
export function errorReply(
	match: EndpointMatch | undefined,
	code: number,
	description: string,
	status = 200,
): Reply {
	const json = hasDataEnvelope(match)
		? { status: false, code, message: String(code), desc: description }
		: { ok: false, error_code: code, description };
	return { status, failed: true, json };
}

/** Adds the address of the request, which contains the bot token, to the text of an error. */
export function quoteRequest(reply: Reply, { method, rawUrl }: SandboxRequest): Reply {
	if (reply.failed !== true || !isObject(reply.json)) return reply;
	const name = 'desc' in reply.json ? 'desc' : 'description';
	const text = `${String(reply.json[name])} (${method} ${rawUrl})`;
	return { ...reply, json: { ...reply.json, [name]: text } };
}

export function toErrorReply(match: EndpointMatch | undefined, error: FanbookError): Reply {
	return errorReply(match, error.code, error.message, error.status);
}

/** Returns the response to an invalid request. The service has one code for nearly all of them. */
export function violationReply(match: EndpointMatch, violations: Violation[]): Reply {
	const [first] = violations;
	const isTooLong = violations.some(
		({ rule, parameter, message }) =>
			rule === 'length' && parameter === 'text' && message.includes('at most'),
	);
	if (isTooLong) return toErrorReply(match, createError('tooLong'));
	const hasWrongType = violations.some(({ rule }) => rule === 'type' || rule === 'body');
	const description = hasWrongType ? 'Body contents error' : (first?.message ?? '');
	return errorReply(match, ERROR_CODES.parameter, description);
}
