import type { Answer, Reading } from '../shared/answer';
import type { Operation } from '../shared/operation';
import { reasonOf } from './refusals';

/** What a refusal of one call really says, and the data to show for it. */
type Meaning = (reason: string, answer: Answer) => Reading | undefined;

/**
 * Following a protected account is answered with a refusal that says the request was sent. Which
 * status comes with it is not documented.
 */
const requestSent: Meaning = (reason, { status }) => {
	const isSent =
		status === 200 ||
		([400, 403].includes(status) &&
			/请求|申请|等待.*(确认|验证|通过)|request/i.test(reason) &&
			!/失败|不能|无法|过于|频繁|fail|cannot|limit/i.test(reason));
	return isSent ? { data: { requested: true, message: reason } } : undefined;
};

/** Whether a user is blocked is told by a refusal when it is not so; no document has its status. */
const notBlocked: Meaning = (reason, { status }) =>
	[200, 400, 403, 404].includes(status) && !/没有这个用户|no such user|user not found/i.test(reason)
		? { data: { blocked: false, message: reason } }
		: undefined;

const MEANINGS: Record<string, Meaning> = { requestSent, notBlocked };

/** The reading of a refusal that is none for this operation (its trait `refusalMeans`). */
export function isRefusalHandled(answer: Answer, operation?: Operation): Reading | undefined {
	const name = operation?.traits?.refusalMeans;
	return typeof name === 'string' ? MEANINGS[name]?.(reasonOf(answer.text), answer) : undefined;
}
