import { addressName } from '../shared/client/api';
import type { HttpResponse, ApiError } from '../shared/http';
import type { Json } from '../shared/json';
import { isJsonObject, stringifyJson, tryParseJson } from '../shared/json';
import { maskSecrets } from '../shared/maskSecrets';
import { decodeEntities, plainText, textBetween } from './text';

/** Longest response that is searched for an error message, in characters. */
const MAX_RESPONSE_LENGTH = 100_000;
/** Longest error message; the base string of a signature with a status is about 5,000 characters. */
const MAX_ERROR_LENGTH = 10_000;
/** Longest message compared with patterns, and shown. */
const MAX_SHOWN_LENGTH = 300;

/**
 * Returns the member `error` of a response, as text; `undefined` if it reports none. An error can also be
 * the only row of a list.
 */
export function errorMember(data: Json | undefined): string | undefined {
	const row = Array.isArray(data) && data.length === 1 ? data[0] : undefined;
	const body = isJsonObject(row) && row.request !== undefined ? row : data;
	if (!isJsonObject(body)) return undefined;
	const { error } = body;
	if (typeof error === 'string') return error;
	return error === undefined || !error ? undefined : stringifyJson(error);
}

/** Returns the error message of a response in JSON or XML, Fanfou's own forms; `undefined` if it has none. */
export function readErrorMember(response: string): string | undefined {
	const text = response.slice(0, MAX_RESPONSE_LENGTH);
	const data = tryParseJson(text);
	const error = errorMember(data);
	if (error !== undefined) return decodeEntities(error.slice(0, MAX_ERROR_LENGTH)).trim();
	if (isJsonObject(data)) return undefined;
	const xml = textBetween(text, '<error>', '</error>')?.slice(0, MAX_ERROR_LENGTH);
	return xml === undefined
		? undefined
		: decodeEntities(xml.replaceAll('<![CDATA[', '').replaceAll(']]>', '')).trim();
}

/** Returns the error message of a response in JSON, XML, HTML or plain text; '' if it has none. */
export function readErrorText(response: string): string {
	const message = readErrorMember(response);
	if (message !== undefined) return message;
	const text = response.slice(0, MAX_RESPONSE_LENGTH);
	if (isJsonObject(tryParseJson(text))) return '';
	const title = textBetween(text, '<title>', '</title>')?.slice(0, MAX_SHOWN_LENGTH);
	if (title !== undefined) return plainText(title).trim();
	const trimmed = text.trim();
	return trimmed.startsWith('<') ? '' : trimmed.slice(0, MAX_SHOWN_LENGTH);
}

const WRONG_PASSWORD: [RegExp, string] = [
	/密码错误|wrong password|invalid password/i,
	'The password is wrong',
];

/** Fanfou's messages, and what they mean. */
const MEANINGS: Array<[RegExp, string]> = [
	[/没有这个用户|no such user|user not found/i, 'User not found'],
	WRONG_PASSWORD,
	[
		/没有通过这个用户的验证/,
		'This account is protected: only accepted followers can see its statuses',
	],
	[/没有这条(消息|私信)|no such (status|message)|status not found/i, 'Status or message not found'],
	[/上传照片失败/, 'Fanfou rejected the photo'],
	[/重复|duplicate/i, 'The same text was posted a moment ago'],
	[/已经(收藏|关注|添加)|already/i, 'This has already been done'],
	[/黑名单|blocked/i, 'One of the two accounts has blocked the other'],
	[/不是你的|not yours/i, 'This belongs to another user'],
];

/** Only frequency counts: a text that is too long (超过限制) would fail again. */
const RATE_LIMIT_TEXT =
	/rate limit|too (many (requests|calls|posts|messages)|often)|频繁|频率|次数|调用[^，。]{0,40}(过多|限制|上限)/i;

/** Returns whether an error message reports a rate limit. */
export function isRateLimitText(message: string): boolean {
	return RATE_LIMIT_TEXT.test(message.slice(0, MAX_SHOWN_LENGTH));
}

/** Returns the end of a message without blanks and dots. Works backwards, so it is linear. */
function withoutTrailingDots(text: string): string {
	let end = text.length;
	while (end > 0 && /[\s.]/.test(text.charAt(end - 1))) end -= 1;
	return text.slice(0, end);
}

const BASE_STRING_LABEL = 'expected basestring is';

/** Splits Fanfou's message from the base string that it expected for the signature. */
function splitBaseString(message: string): { detail: string; baseString: string } {
	const start = message.toLowerCase().indexOf(BASE_STRING_LABEL);
	const detail = start === -1 ? message : withoutTrailingDots(message.slice(0, start));
	return {
		detail: detail.slice(0, MAX_SHOWN_LENGTH),
		baseString: start === -1 ? '' : message.slice(start + BASE_STRING_LABEL.length).trim(),
	};
}

const CHECK_PASSWORD = 'Check the username and the password';

/** Fanfou found the time of a request too far from its own, or a request repeated. */
const TIME_REJECTED = /timestamp|时间戳|nonce/i;

/**
 * Returns what an error response means and what to do about it.
 *
 * @param isLogin the request was part of a login, whose base string contains a password
 * @param secrets texts of the request that the response may repeat and that are not shown
 */
export function toApiError(
	response: HttpResponse,
	isLogin: boolean,
	secrets: readonly string[] = [],
): ApiError {
	const { status } = response;
	const text = maskSecrets(readErrorText(response.text), secrets);
	const { detail, baseString } = splitBaseString(text);
	const meaning = MEANINGS.find(([pattern]) => pattern.test(detail))?.[1];
	const message = meaning === undefined ? '' : `${meaning} (${detail})`;

	if (status < 500 && TIME_REJECTED.test(detail)) {
		return {
			message: withDetail('Fanfou rejected the time of the request', detail),
			description:
				'Set the clock of the n8n server: it differs from the clock of Fanfou. If it is right, the app behind API Key may not be approved (Fanfou has approved none since 2020)',
		};
	}
	// Sending a wrong password again can lock the account.
	if (isLogin && status < 500 && WRONG_PASSWORD[0].test(detail)) {
		return { message, description: CHECK_PASSWORD, isRateLimited: false };
	}
	if (status === 401) return unauthorizedError(message, detail, isLogin ? '' : baseString);
	if (isRateLimitText(detail)) {
		return { message: withDetail('Fanfou rate limit reached', detail), isRateLimited: true };
	}
	if (message !== '') return { message, description: adviceFor(status) };
	if (status >= 500) {
		return { message: withDetail(`Fanfou returned a server error (status ${status})`, detail) };
	}
	if (status === 429) return { message: withDetail('Fanfou rate limit reached', detail) };
	if (status >= 300 && status < 400) {
		return {
			message: `Fanfou redirected the request (status ${status})`,
			description: `Check that ${addressName(isLogin ? 'login' : undefined)} in the credential begins with https://`,
		};
	}
	return {
		message: withDetail(`Fanfou rejected the request (status ${status})`, detail),
		description: adviceFor(status),
	};
}

/** Returns a message, followed by Fanfou's own if there is one. */
export function withDetail(message: string, detail: string): string {
	return detail === '' ? message : `${message}: ${detail}`;
}

function adviceFor(status: number): string | undefined {
	if (status >= 500) return 'Run it again later';
	if (status === 404) return 'Check the ID. The object may have been deleted';
	if (status === 403) return 'The account of the credential has no permission for this';
	if (status === 400) return 'Check the parameters of this item';
	return undefined;
}

function unauthorizedError(meaning: string, detail: string, baseString: string): ApiError {
	if (meaning !== '') {
		return { message: meaning, description: CHECK_PASSWORD };
	}
	const expected = baseString === '' ? '' : `. Fanfou computed its signature from ${baseString}`;
	return {
		message: withDetail('Fanfou rejected the keys or the access token', detail),
		description: `Usually the app behind API Key is not approved (Fanfou has approved none since 2020), or the clock of the n8n server is wrong. The access token may also have been revoked on fanfou.com/settings/apps${expected}`,
	};
}
