import type { HttpResponse, ParsedResponse } from '../shared/http';
import { isRateLimitText, readErrorMember, readErrorText } from './apiErrors';
import type { CalledFanfouOperation } from './operation';

/** Returns the result that an error response means; `undefined` if it is an error. */
type Interpretation = (message: string, response: HttpResponse) => ParsedResponse | undefined;

/** Messages that are errors for every operation. */
const ERROR_TEXT =
	/没有(这个用户|权限)|用户不存在|失败|不能|无法|错误|上限|no such user|user not found|fail|cannot|limit|invalid/i;

/** A follow request that was sent or is pending, as opposed to an API request that was wrong. */
const FOLLOW_REQUEST_TEXT =
	/(请求|申请).{0,6}(发|提交|等待)|(已|发).{0,40}(请求|申请)|(等待|需要).{0,40}(确认|验证|通过|同意)|follow request|request.{0,60}(sent|pending)|requested/i;

/** Longest message compared with the patterns. */
const MAX_LENGTH = 300;

/**
 * Following a protected account returns the error "request sent", with a status that is not documented.
 * Only its text distinguishes it from other errors.
 */
const requestSent: Interpretation = (message, { status }) => {
	const canBeResult = status < 500 && status !== 401 && status !== 429;
	const isSent = canBeResult && FOLLOW_REQUEST_TEXT.test(message);
	if (!isSent || ERROR_TEXT.test(message) || isRateLimitText(message)) return undefined;
	return { data: { requested: true, message }, isReinterpreted: true };
};

/**
 * Checking a block returns an error if there is none. Its status is not documented; the text of any
 * status but 404 must be about blocking. A 404 must be an error of Fanfou, not of a proxy or another site.
 */
const notBlocked: Interpretation = (message, { status, text }) => {
	const isResult =
		status === 404
			? readErrorMember(text) !== undefined
			: [200, 400, 403].includes(status) && /黑名单|屏蔽|拉黑|block/i.test(message);
	if (!isResult || ERROR_TEXT.test(message) || isRateLimitText(message)) return undefined;
	return { data: { blocked: false, message }, isReinterpreted: true };
};

const INTERPRETATIONS = { requestSent, notBlocked };

/** Returns the result that an error response means in this operation, if any. */
export function reinterpretError(
	response: HttpResponse,
	operation?: CalledFanfouOperation,
): ParsedResponse | undefined {
	const name = operation?.reinterpretError;
	if (name === undefined) return undefined;
	return INTERPRETATIONS[name](readErrorText(response.text).slice(0, MAX_LENGTH), response);
}
