import { randomBytes } from 'node:crypto';
import type { EndpointMatch } from '../core/contract';
import type { Reply } from '../core/service';
import type { Violation } from '../core/violations';
import type { FanbookError } from './errors';
import { ERROR_CODES, createError } from './errors';

/**
 * The methods that answer `{status, code, data}` instead of `{ok, result}`: message/getList as
 * documented; the other two because their documentation speaks of `data` and `status`.
 */
const DATA_ENVELOPE_METHODS = new Set([
	'message.getMany',
	'member.getVerification',
	'messageCard.getUsers',
]);

function hasDataEnvelope(match: EndpointMatch | undefined): boolean {
	return match !== undefined && DATA_ENVELOPE_METHODS.has(match.endpoint.id);
}

export function successReply(match: EndpointMatch, result: unknown): Reply {
	if (!hasDataEnvelope(match)) return { json: { ok: true, result: result ?? null } };
	const request_id = randomBytes(7).toString('hex');
	const head = { status: true, code: 1000, message: '1000', desc: '成功', request_id };
	return { json: { ...head, data: result ?? null } };
}

/** A refusal in the method's own envelope. */
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

export function toErrorReply(match: EndpointMatch | undefined, failure: FanbookError): Reply {
	return errorReply(match, failure.code, failure.message, failure.status);
}

/** What the service says to a request that does not fit: one code, and little else. */
export function violationReply(match: EndpointMatch, violations: Violation[]): Reply {
	const [first] = violations;
	const isTooLong = violations.some(
		({ rule, parameter, message }) =>
			rule === 'length' && parameter === 'text' && message.includes('at most'),
	);
	if (isTooLong) return toErrorReply(match, createError('tooLong'));
	const wrongType = violations.some(({ rule }) => rule === 'type' || rule === 'body');
	const description = wrongType ? 'Body contents error' : (first?.message ?? '');
	return errorReply(match, ERROR_CODES.parameter, description);
}
