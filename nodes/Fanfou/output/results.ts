import type { JsonObject } from '../../shared/json';
import { chinesePublished, publishedNotice } from '../confirm/publish';
import { isChinese } from '../commonFields';
import { renamed } from './members';
import { simplifyStatus } from './status';
import { simplifyUser } from './user';
import type { ItemContext } from '../../shared/definition/operation';

/** Simplifies a new status, in Chinese under the field names of the Fanfou MCP server. */
export function simplifyPublished(raw: JsonObject, item: ItemContext): JsonObject {
	return isChinese(item)
		? chinesePublished(raw)
		: { ...simplifyStatus(raw, item), ...publishedNotice };
}

export function simplifyDeleted(raw: JsonObject, item: ItemContext): JsonObject {
	if (!isChinese(item)) return { deleted: true, ...simplifyStatus(raw, item) };
	return {
		'删除 ID': raw.id ?? item.text('id'),
		删除结果: '删除成功',
		重要提示: '删除操作不可恢复，内容已从时间线中移除',
	};
}

export function simplifyFavorite(isOn: boolean) {
	return (raw: JsonObject, item: ItemContext): JsonObject => {
		if (!isChinese(item)) return simplifyStatus(raw, item);
		const action = isOn ? '收藏' : '取消收藏';
		return {
			是否收藏: raw.favorited ?? isOn,
			操作结果: `${action}成功`,
			操作类型: action,
		};
	};
}

export function simplifyFriendship(isOn: boolean) {
	return (raw: JsonObject, item: ItemContext): JsonObject => {
		if (!isChinese(item)) return simplifyUser(raw, item);
		const action = isOn ? '关注' : '取消关注';
		if (raw.requested === true) {
			return {
				是否关注: false,
				...renamed(raw, { 操作结果: 'message' }),
				操作类型: '关注申请',
				用户信息: { 用户名: null, '用户 ID': item.text('id'), 是否受保护: true },
				特殊情况: '该账号受保护，已发送关注申请，需要对方确认后才能生效',
			};
		}
		return {
			是否关注: raw.following ?? isOn,
			操作结果: `${action}成功`,
			操作类型: action,
			用户信息: renamed(raw, { 用户名: 'name', '用户 ID': 'id', 是否受保护: 'protected' }),
		};
	};
}
