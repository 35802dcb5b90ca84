import type { HttpResponse, ParsedResponse } from '../shared/http';
import { isRateLimitText, readErrorMember, readErrorText } from './apiErrors';
import type { CalledFanfouOperation } from './operation';

/** Returns the result that an error response means; `undefined` if it is an error. */
type Interpretation = (message: string, response: HttpResponse) => ParsedResponse | undefined;

/** Messages that are errors for every operation. */
const ERROR_TEXT =
	/没有(这个用户|权限|找到)|不存在|失败|不能|无法|错误|上限|no such user|user not found|fail|cannot|limit|invalid/i;

/** Messages that a follow request was not sent. */
const REFUSAL_TEXT =
	/拒|黑名单|屏蔽|拉黑|验证码|邮箱|手机|实名|参数|缺少|太多|超过|禁止|取消|\b(not|rejected|denied|declined|refused|blocked|too many)\b/i;

/** A follow request that was sent or is pending, as opposed to an API request that was wrong. */
const FOLLOW_REQUEST_TEXT =
	/(请求|申请).{0,6}(发|提交|等待)|(已|发).{0,40}(请求|申请)|(等待|需要对方).{0,40}(确认|验证|通过|同意)|follow request|request.{0,60}(sent|pending)|requested to follow/i;

/** The beginning of "request sent" up to the verb, which names the user. */
const SENT_TO_USER = /^已向.{1,60}?发[出送]/;

/** A user who is not blocked, also by name. */
const NOT_BLOCKED_TEXT =
	/(没有|未|不在).{0,40}(屏蔽|拉黑|黑名单)|\bnot\s(?:(?:been|yet|in|on|the|your)\s){0,4}(?:block|blacklist)/i;

/** The other user has blocked the account. */
const BLOCKED_BY_OTHER_TEXT = /你.{0,10}被|被(对方|该用户|这个用户)|了你/;

/** Longest message compared with the patterns. */
const MAX_LENGTH = 300;

/**
 * Following a protected account returns the error "request sent", with a status that is not documented.
 * Only its text distinguishes it from other errors. A 404 must be an error of Fanfou, not of a proxy.
 */
const requestSent: Interpretation = (message, { status, text }) => {
	const canBeResult =
		status < 500 &&
		![401, 405, 429].includes(status) &&
		(status !== 404 || readErrorMember(text) !== undefined);
	// The name of a user can contain any word.
	const checked = message.replace(SENT_TO_USER, '');
	const isError =
		ERROR_TEXT.test(checked) || REFUSAL_TEXT.test(checked) || isRateLimitText(checked);
	if (!canBeResult || isError || !FOLLOW_REQUEST_TEXT.test(message)) return undefined;
	return { data: { requested: true, message }, isReinterpreted: true };
};

/**
 * Checking a block returns an error if there is none. Its status is not documented, so the text must
 * state it. A 404 must be an error of Fanfou, not of a proxy or another site.
 */
const notBlocked: Interpretation = (message, { status, text }) => {
	const canBeResult =
		[200, 400, 403].includes(status) || (status === 404 && readErrorMember(text) !== undefined);
	const isError =
		ERROR_TEXT.test(message) || BLOCKED_BY_OTHER_TEXT.test(message) || isRateLimitText(message);
	if (!canBeResult || isError || !NOT_BLOCKED_TEXT.test(message)) return undefined;
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
