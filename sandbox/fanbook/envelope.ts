import { randomBytes } from 'node:crypto';
import type { EndpointMatch } from '../core/contract';
import type { Reply } from '../core/service';
import type { Violation } from '../core/valueChecks';
import type { FanbookFailure } from './failure';
import { CODES, fail } from './failure';

/**
 * The methods that answer `{status, code, data}` instead of `{ok, result}`: message/getList as
 * documented; the other two because their documentation speaks of `data` and `status`.
 */
const REST = new Set(['message.getMany', 'member.getVerification', 'messageCard.getUsers']);

function isRest(match: EndpointMatch | undefined): boolean {
	return match !== undefined && REST.has(match.endpoint.id);
}

export function success(match: EndpointMatch, result: unknown): Reply {
	if (!isRest(match)) return { json: { ok: true, result: result ?? null } };
	const request_id = randomBytes(7).toString('hex');
	const head = { status: true, code: 1000, message: '1000', desc: '成功', request_id };
	return { json: { ...head, data: result ?? null } };
}

/** A refusal in the method's own envelope. */
export function refusal(
	match: EndpointMatch | undefined,
	code: number,
	description: string,
	status = 200,
): Reply {
	const json = isRest(match)
		? { status: false, code, message: String(code), desc: description }
		: { ok: false, error_code: code, description };
	return { status, failed: true, json };
}

export function failureReply(match: EndpointMatch | undefined, failure: FanbookFailure): Reply {
	return refusal(match, failure.code, failure.message, failure.status);
}

/** What the service says to a request that does not fit: one code, and little else. */
export function violationReply(match: EndpointMatch, violations: Violation[]): Reply {
	const [first] = violations;
	const isTooLong = violations.some(
		({ rule, parameter, message }) =>
			rule === 'length' && parameter === 'text' && message.includes('at most'),
	);
	if (isTooLong) return failureReply(match, fail('tooLong'));
	const wrongType = violations.some(({ rule }) => rule === 'type' || rule === 'body');
	const description = wrongType ? 'Body contents error' : (first?.message ?? '');
	return refusal(match, CODES.parameter, description);
}
