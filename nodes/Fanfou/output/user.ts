import type { Call } from '../../shared/call';
import type { JsonObject } from '../../shared/json';
import { decodeEntities, isoTime } from '../text';
import { isChinese } from '../words';
import { objectAt, orNull, pick, textAt } from './members';
import { cleanStatus } from './status';

const COUNTS = [
	'followers_count',
	'friends_count',
	'favourites_count',
	'statuses_count',
	'photo_count',
];

/** A User under the API's own names: no entities, time in ISO 8601, nothing about page design. */
export function cleanUser(raw: JsonObject): JsonObject {
	const status = objectAt(raw, 'status');
	return {
		...pick(raw, ['id', 'unique_id']),
		name: decodeEntities(textAt(raw, 'name')),
		location: decodeEntities(textAt(raw, 'location')),
		...pick(raw, ['gender', 'birthday']),
		description: decodeEntities(textAt(raw, 'description')),
		url: decodeEntities(textAt(raw, 'url')),
		...pick(raw, ['profile_image_url', 'profile_image_url_large', 'protected', ...COUNTS]),
		...pick(raw, ['following', 'notifications']),
		created_at: isoTime(textAt(raw, 'created_at')),
		...(status === undefined ? {} : { status: cleanStatus(status, false) }),
	};
}

/** The few members by which a user is known inside of something else. */
export function briefUser(raw: JsonObject): JsonObject {
	return {
		...pick(raw, ['id', 'unique_id']),
		name: decodeEntities(textAt(raw, 'name')),
		...pick(raw, ['profile_image_url_large', 'protected', 'following']),
	};
}

function chineseUser(raw: JsonObject): JsonObject {
	const status = objectAt(raw, 'status');
	return {
		'用户 ID': orNull(raw.id),
		用户名: orNull(raw.name),
		位置: raw.location ?? null,
		性别: raw.gender ?? null,
		生日: raw.birthday ?? null,
		描述: raw.description ?? null,
		头像: orNull(raw.profile_image_url_large),
		链接: raw.url ?? null,
		是否加锁: raw.protected ?? null,
		粉丝数: raw.followers_count ?? null,
		朋友数: raw.friends_count ?? null,
		收藏数: raw.favourites_count ?? null,
		发布数: raw.statuses_count ?? null,
		照片数: raw.photo_count ?? null,
		是否关注: raw.following ?? null,
		注册时间: orNull(raw.created_at),
		最新状态:
			status === undefined
				? null
				: {
						发布时间: orNull(status.created_at),
						'发布 ID': orNull(status.id),
						发布内容: status.text ?? null,
					},
	};
}

/** Simplifies a User; what is none (a follow request that was sent) stays as it is. */
export function simplifyUser(raw: JsonObject, call: Call): JsonObject {
	return raw.id === undefined ? raw : userRow(raw, isChinese(call));
}

/** A User in either language. */
export function userRow(raw: JsonObject, chinese: boolean): JsonObject {
	return chinese ? chineseUser(raw) : cleanUser(raw);
}
