import type { HttpResponse, ApiError } from '../shared/http';
import { isJsonObject, tryParseJson } from '../shared/json';
import { decodeEntities, plainText } from './text';

/** The words of a refusal in whichever of its forms Fanfou sends it; empty when it says nothing. */
export function readErrorText(text: string): string {
	const data = tryParseJson(text);
	if (isJsonObject(data)) {
		return typeof data.error === 'string' ? decodeEntities(data.error).trim() : '';
	}
	const xml = /<error>([\s\S]*?)<\/error>/i.exec(text)?.[1];
	if (xml !== undefined) return decodeEntities(xml.replace(/<!\[CDATA\[|\]\]>/g, '')).trim();
	const title = /<title>([\s\S]*?)<\/title>/i.exec(text)?.[1];
	if (title !== undefined) return plainText(title).trim();
	return /^\s*</.test(text) ? '' : text.trim().slice(0, 300);
}

/** Fanfou's own words, and what they mean. */
const MEANINGS: Array<[RegExp, string]> = [
	[/没有这个用户|no such user|user not found/i, 'There is no such user'],
	[/密码错误|wrong password|invalid password/i, 'The password is wrong'],
	[
		/没有通过这个用户的验证/,
		'This account is protected and shows its statuses only to those it has accepted',
	],
	[/没有这条(消息|私信)|no such (status|message)|status not found/i, 'There is no such message'],
	[/上传照片失败/, 'Fanfou could not take the photo'],
	[/重复|duplicate/i, 'The same text was posted a moment ago'],
	[/已经(收藏|关注|添加)|already/i, 'This was done already'],
	[/黑名单|blocked/i, 'A block between the two accounts forbids this'],
	[/不是你的|not yours/i, 'This belongs to somebody else'],
];

/** How often, not how long or how large: a text that is too long (超过限制) would be so a second time. */
const SAYS_TOO_MUCH =
	/rate limit|too (many (requests|calls|posts|messages)|often)|频繁|频率|次数|调用.*(过多|限制|上限)/i;

/** Whether these words ask to come back later. */
export function isRateLimitText(reason: string): boolean {
	return SAYS_TOO_MUCH.test(reason);
}

/**
 * What a refusal means and what to do about it.
 *
 * @param isSignIn the call was part of a sign-in: its base string holds a password
 */
export function toApiError(response: HttpResponse, isSignIn: boolean): ApiError {
	const reason = readErrorText(response.text);
	const signature = /^(.*?)[\s.]*Expected basestring is\s*(.*)$/is.exec(reason);
	const said = signature?.[1] ?? reason;
	const meaning = MEANINGS.find(([words]) => words.test(said))?.[1];
	const message = meaning === undefined ? '' : `${meaning} (${said})`;

	if (response.status === 401) return signInRefusal(message, said, isSignIn ? '' : signature?.[2]);
	if (isRateLimitText(said)) {
		return { message: `Fanfou wants fewer calls: ${said}`, isRateLimited: true };
	}
	if (message !== '') return { message, description: adviceFor(response.status) };
	if (response.status >= 500) {
		return { message: withDetail(`Fanfou is out of order (status ${response.status})`, said) };
	}
	if (response.status === 429) return { message: withDetail('Fanfou wants fewer calls', said) };
	if (response.status >= 300 && response.status < 400) {
		return {
			message: `Fanfou redirected the request (status ${response.status})`,
			description: 'Check that Base URL in the credential begins with https://',
		};
	}
	return {
		message: withDetail(`Fanfou rejected the request (status ${response.status})`, said),
		description: adviceFor(response.status),
	};
}

/** A sentence, and what Fanfou said about it. */
export function withDetail(sentence: string, said: string): string {
	return said === '' ? sentence : `${sentence}: ${said}`;
}

function adviceFor(status: number): string | undefined {
	if (status === 404) return 'Check the ID; what it names may have been deleted';
	if (status === 403) return 'The account of the credential has no right to this';
	if (status === 400) return 'Check the parameters of this item';
	return undefined;
}

const CLOCK_ADVICE =
	"Set the clock of the n8n server, which differs too much from Fanfou's. If it is right, check that the app behind API Key is approved";

const KEY_ADVICE =
	'Either the app behind API Key was never approved (Fanfou has approved none since 2020), or the clock of the n8n server is wrong. The access token may also have been revoked on fanfou.com/settings/apps';

function signInRefusal(meaning: string, said: string, expected = ''): ApiError {
	if (meaning !== '') {
		return { message: meaning, description: 'Check the username and the password' };
	}
	const base = expected === '' ? '' : `. Fanfou computed its signature over ${expected.trim()}`;
	return {
		message: withDetail('Fanfou does not accept the keys', said),
		description: `${/timestamp/i.test(said) ? CLOCK_ADVICE : KEY_ADVICE}${base}`,
	};
}
