import { createHash } from 'node:crypto';
import type { Sandbox } from '../../../sandbox/index';

const COLOR = '#112233';
export type Values = Record<string, string>;

function latestOf({ fanfou }: Sandbox, userId: string): string {
	return fanfou.sandboxState.statuses.filter((status) => status.userId === userId)[0]?.id ?? '';
}

/** Valid values of every parameter by its name. */
function commonValues(sandbox: Sandbox): Values {
	return {
		mode: 'lite',
		format: 'html',
		count: '3',
		page: '1',
		since_id: sandbox.fanfou.sandboxState.statuses.filter(() => true).at(-1)?.id ?? '',
		max_id: latestOf(sandbox, 'demo'),
		id: 'moyu',
		status: '一条新消息',
		location: '北京',
		source: '测试',
		q: '摸鱼',
		tag: '读书',
		text: '你好',
		user: 'moyu',
		user_a: 'demo',
		user_b: 'moyu',
		source_id: 'demo',
		target_id: 'moyu',
		source_login_name: 'demo',
		target_login_name: 'moyu',
		query: '新搜索',
		notify_num: '3',
		name: '新名字',
		url: 'http://example.com/me',
		description: '新介绍',
		email: 'new@example.com',
		tile: 'true',
		profile_background_color: COLOR,
		profile_text_color: COLOR,
		profile_link_color: COLOR,
		profile_sidebar_fill_color: COLOR,
		profile_sidebar_border_color: COLOR,
		hashes: createHash('md5').update('demo@example.com').digest('hex'),
		in_reply_to_status_id: latestOf(sandbox, 'moyu'),
		in_reply_to_user_id: 'moyu',
		repost_status_id: latestOf(sandbox, 'moyu'),
		in_reply_to_id: sandbox.fanfou.sendDirectMessage('moyu', 'demo', '在？').id,
		oauth_token: 'allowed',
		oauth_callback: 'oob',
		oauth_verifier: '1',
		x_auth_mode: 'client_auth',
		x_auth_username: 'demo',
		x_auth_password: 'Demo1234',
	};
}

/** Valid ids of endpoints whose `id` is not a user's. */
function idFor(sandbox: Sandbox, endpoint: string): string | undefined {
	switch (endpoint) {
		case 'statuses.destroy':
			return latestOf(sandbox, 'demo');
		case 'statuses.show':
		case 'statuses.context_timeline':
		case 'favorites.create':
		case 'favorites.destroy':
			return latestOf(sandbox, '-wind');
		case 'friendships.accept':
		case 'friendships.deny':
		case 'users.cancel_recommendation':
			return 'xiaoming';
		case 'blocks.exists':
		case 'blocks.destroy':
			return 'troll';
		case 'direct_messages.destroy':
			return sandbox.fanfou.sendDirectMessage('moyu', 'demo', '要删的').id;
		case 'saved_searches.show':
		case 'saved_searches.destroy':
			return String(sandbox.fanfou.sandboxState.savedSearches[0]?.id);
		default:
			return undefined;
	}
}

/** Returns a valid value of every parameter of an endpoint. */
export function valuesOf(sandbox: Sandbox, endpoint: string): Map<string, string> {
	const id = idFor(sandbox, endpoint) ?? 'moyu';
	return new Map(Object.entries({ ...commonValues(sandbox), id }));
}
