import type { JsonObject } from '../../shared/json';
import { decodeEntities, isoTime } from '../text';
import { isChinese } from '../commonFields';
import { objectAt, pick, renamed, textAt } from './members';
import { cleanStatus } from './status';
import type { ItemContext } from '../../shared/definition/operation';

const COUNTS = [
	'followers_count',
	'friends_count',
	'favourites_count',
	'statuses_count',
	'photo_count',
] as const;

/** Simplifies a user under the API's own names: no entities, time in ISO 8601, no page design. */
function cleanUser(raw: JsonObject): JsonObject {
	const status = objectAt(raw, 'status');
	return {
		...pick<'User'>(raw, ['id', 'unique_id']),
		name: decodeEntities(textAt(raw, 'name')),
		location: decodeEntities(textAt(raw, 'location')),
		...pick<'User'>(raw, ['gender', 'birthday']),
		description: decodeEntities(textAt(raw, 'description')),
		url: decodeEntities(textAt(raw, 'url')),
		...pick<'User'>(raw, ['profile_image_url', 'profile_image_url_large', 'protected', ...COUNTS]),
		...pick<'User'>(raw, ['following', 'notifications']),
		created_at: isoTime(textAt(raw, 'created_at')),
		...(status === undefined ? {} : { status: cleanStatus(status, false) }),
	};
}

const CHINESE = {
	'用户 ID': 'id',
	用户名: 'name',
	位置: 'location',
	性别: 'gender',
	生日: 'birthday',
	描述: 'description',
	头像: 'profile_image_url_large',
	链接: 'url',
	是否加锁: 'protected',
	粉丝数: 'followers_count',
	朋友数: 'friends_count',
	收藏数: 'favourites_count',
	发布数: 'statuses_count',
	照片数: 'photo_count',
	是否关注: 'following',
	注册时间: 'created_at',
};
const CHINESE_STATUS = { 发布时间: 'created_at', '发布 ID': 'id', 发布内容: 'text' };

function chineseUser(raw: JsonObject): JsonObject {
	const status = objectAt(raw, 'status');
	return {
		...renamed(raw, CHINESE),
		最新状态: status === undefined ? null : renamed(status, CHINESE_STATUS),
	};
}

/** Simplifies a user; anything else (a sent follow request) stays unchanged. */
export function simplifyUser(raw: JsonObject, item: ItemContext): JsonObject {
	return raw.id === undefined ? raw : userRow(raw, isChinese(item));
}

/** Simplifies a user in either language. */
export function userRow(raw: JsonObject, inChinese: boolean): JsonObject {
	return inChinese ? chineseUser(raw) : cleanUser(raw);
}
