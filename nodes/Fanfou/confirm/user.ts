import { decodeEntities, truncate } from '../text';
import { pick, renamed, textAt } from '../output/members';
import type { Preview } from './confirmation';
import { findUser } from './lookups';
import type { ItemContext } from '../../shared/definition/operation';

const MAX_DESCRIPTION_LENGTH = 100;

/** Returns the preview of following or unfollowing a user. */
export function previewFriendship(follows: boolean) {
	return async (item: ItemContext): Promise<Preview> => {
		const id = item.text('id');
		await item.requestParts();
		const user = await findUser(item, id);
		const following = user.following === true;
		const changes = following !== follows;
		const isRequest = follows && changes && user.protected === true;
		const name = decodeEntities(textAt(user, 'name'));
		const description = truncate(
			decodeEntities(textAt(user, 'description')),
			MAX_DESCRIPTION_LENGTH,
			'...',
		);
		return {
			action: follows ? 'Follow a user' : 'Unfollow a user',
			chineseAction: follows ? '关注' : '取消关注',
			english: {
				would_change: changes,
				user: {
					...pick<'User'>(user, ['id']),
					name,
					description,
					...pick<'User'>(user, ['protected', 'followers_count', 'statuses_count']),
				},
				following,
				becomes_request: isRequest,
			},
			chinese: {
				用户预览: {
					...renamed(
						{ id, ...user },
						{
							用户名: 'name',
							'用户 ID': 'id',
							是否受保护: 'protected',
							粉丝数: 'followers_count',
							发布数: 'statuses_count',
						},
					),
					个人描述: description,
				},
				当前关注状态: following,
				...(isRequest
					? { 特殊情况: '该账号受保护，关注会变成关注申请，需要对方确认后才能生效' }
					: {}),
			},
			notice: noticeOf(changes, following, isRequest),
			chineseNotice: changes
				? '尚未执行任何操作'
				: following
					? '已经关注该用户，无需重复操作'
					: '尚未关注该用户，无需取消',
		};
	};
}

function noticeOf(changes: boolean, following: boolean, isRequest: boolean): string {
	if (!changes) {
		return `Nothing would change: you ${following ? 'already follow' : 'do not follow'} this user`;
	}
	return isRequest
		? 'Nothing has been changed yet. The account is protected, so this sends a follow request'
		: 'Nothing has been changed yet';
}
