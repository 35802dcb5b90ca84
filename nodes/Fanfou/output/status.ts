import type { JsonObject } from '../../shared/json';
import { decodeEntities, isoTime, originalPhoto, plainText, parseHtml } from '../text';
import { isChinese } from '../commonFields';
import { objectAt, orNull, pick, renamed, textAt } from './members';
import { briefUser } from './briefUser';
import type { ItemContext } from '../../shared/definition/operation';

/**
 * Simplifies a status under the API's own names: plain text and time in ISO 8601.
 *
 * @param isHtml the text is HTML, so mentions, topics and links can be read from it
 */
export function cleanStatus(raw: JsonObject, isHtml: boolean): JsonObject {
	const parsed = parseHtml(textAt(raw, 'text'));
	const { text, mentions, topics, links, inReview } = parsed;
	const user = objectAt(raw, 'user');
	const repost = objectAt(raw, 'repost_status');
	return {
		...pick<'Status'>(raw, ['id', 'rawid']),
		text,
		created_at: isoTime(textAt(raw, 'created_at')),
		...(user === undefined ? {} : { user: briefUser(user) }),
		...(isHtml ? { mentions, topics, links } : {}),
		in_review: inReview,
		...pick<'Status'>(raw, ['favorited', 'is_self']),
		location: decodeEntities(textAt(raw, 'location')),
		source: plainText(textAt(raw, 'source')).trim(),
		...link(raw, 'in_reply_to', ['in_reply_to_status_id', 'in_reply_to_lastmsg_id']),
		...link(raw, 'repost', ['repost_status_id']),
		...(repost === undefined ? {} : { repost_status: cleanStatus(repost, isHtml) }),
		...photo(raw),
	};
}

/** Returns the status and user that this one replies to or reposts, without empty members. */
function link(raw: JsonObject, prefix: string, statusKeys: string[]): JsonObject {
	const status = statusKeys.map((key) => textAt(raw, key)).find((value) => value !== '');
	const user = textAt(raw, `${prefix}_user_id`);
	const name = decodeEntities(textAt(raw, `${prefix}_screen_name`));
	return {
		...(status === undefined ? {} : { [`${prefix}_status_id`]: status }),
		...(user === '' ? {} : { [`${prefix}_user_id`]: user }),
		...(name === '' ? {} : { [`${prefix}_screen_name`]: name }),
	};
}

function photo(raw: JsonObject): JsonObject {
	const found = objectAt(raw, 'photo');
	if (found === undefined) return {};
	return {
		photo: {
			...pick<'Photo'>(found, ['url', 'imageurl', 'thumburl', 'largeurl']),
			originalurl: originalPhoto(textAt(found, 'largeurl')),
		},
	};
}

function chineseHead(raw: JsonObject): JsonObject {
	return {
		...renamed(raw, { 饭否内容: 'text', '发布 ID': 'id', 发布时间: 'created_at' }),
		...renamed(objectAt(raw, 'user') ?? {}, { 发布者: 'name', '发布者 ID': 'id' }),
	};
}

function chineseRow(raw: JsonObject): JsonObject {
	const found = objectAt(raw, 'photo');
	return {
		...chineseHead(raw),
		...(found === undefined ? {} : { 图片链接: orNull(found.largeurl) }),
	};
}

function chineseDetail(raw: JsonObject): JsonObject {
	const found = objectAt(raw, 'photo');
	const reply = textAt(raw, 'in_reply_to_status_id');
	return {
		...chineseHead(raw),
		...renamed(raw, { 是否收藏: 'favorited', 是否是自己: 'is_self', 发布位置: 'location' }),
		回复信息:
			reply === ''
				? null
				: {
						'回复的状态 ID': reply,
						'回复的用户 ID': orNull(raw.in_reply_to_user_id),
						回复的用户名: orNull(raw.in_reply_to_screen_name),
					},
		图片链接: orNull(found?.largeurl),
	};
}

/** Returns whether the texts of the response are HTML. */
function hasHtml(item: ItemContext): boolean {
	return item.operation.endpoint.startsWith('GET ') || item.value('format') === 'html';
}

/** Simplifies a status whose text is HTML, in either language. */
export function statusRow(raw: JsonObject, inChinese: boolean): JsonObject {
	return inChinese ? chineseRow(raw) : cleanStatus(raw, true);
}

/** Simplifies a status of a list. */
export function simplifyStatus(raw: JsonObject, item: ItemContext): JsonObject {
	return isChinese(item) ? chineseRow(raw) : cleanStatus(raw, hasHtml(item));
}

/** Simplifies a single status. */
export function simplifyStatusDetail(raw: JsonObject, item: ItemContext): JsonObject {
	return isChinese(item) ? chineseDetail(raw) : cleanStatus(raw, hasHtml(item));
}
