import type { HttpResponse, ParsedResponse } from '../shared/http';
import type { CalledFanfouOperation } from './operation';
import { readErrorText, isRateLimitText } from './apiErrors';

/** What a refusal of one call really says, and the data to show for it. */
type Meaning = (reason: string, response: HttpResponse) => ParsedResponse | undefined;

/** Words of a refusal that is one, whatever the call. */
const REFUSES =
	/没有(这个用户|权限)|用户不存在|失败|不能|无法|错误|上限|no such user|user not found|fail|cannot|limit|invalid/i;

/** A request (to follow) that was sent or waits, not one (to the API) that was wrong. */
const ASKED =
	/(请求|申请).{0,6}(发|提交|等待)|(已|发).*(请求|申请)|(等待|需要).*(确认|验证|通过|同意)|follow request|request.*(sent|pending)|requested/i;

/**
 * Following a protected account is answered with a refusal that says the request was sent. Which
 * status comes with it is not documented; with 200 its words may be any.
 */
const requestSent: Meaning = (reason, { status }) => {
	const mayTell = status < 500 && status !== 401 && status !== 429;
	const isSent = status === 200 || (mayTell && ASKED.test(reason));
	if (!isSent || REFUSES.test(reason) || isRateLimitText(reason)) return undefined;
	return { data: { requested: true, message: reason } };
};

/**
 * Whether a user is blocked is told by a refusal when it is not so; no document has its status. Any
 * other than 404 must say what it is about.
 */
const notBlocked: Meaning = (reason, { status, text }) => {
	const isSo =
		status === 404
			? !/<html/i.test(text)
			: [200, 400, 403].includes(status) && /黑名单|屏蔽|拉黑|block/i.test(reason);
	if (!isSo || REFUSES.test(reason) || isRateLimitText(reason)) return undefined;
	return { data: { blocked: false, message: reason } };
};

const MEANINGS: Record<string, Meaning> = { requestSent, notBlocked };

/** The reading of a refusal that is none for this operation (its trait `refusalMeans`). */
export function reinterpretError(
	response: HttpResponse,
	operation?: CalledFanfouOperation,
): ParsedResponse | undefined {
	const name = operation?.reinterpretError;
	return typeof name === 'string'
		? MEANINGS[name]?.(readErrorText(response.text), response)
		: undefined;
}
