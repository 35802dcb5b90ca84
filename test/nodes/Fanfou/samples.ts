import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../../../sandbox';
import { plainPng } from '../../../sandbox/fanfou/pictures';
import { binaryFile } from '../../support/n8n';

/** Parameters of one operation, and the state it requires. */
export interface Sample {
	resource: string;
	operation: string;
	/** The contract's endpoint id. */
	endpoint: string;
	parameters?: (sandbox: Sandbox) => INodeParameters;
	/** The expected items, or a part of each; for long lists only their number. */
	gives?: (sandbox: Sandbox) => IDataObject[] | number;
	/** Requires a file in `data`. */
	file?: boolean;
}

export function photoItem() {
	const data = binaryFile(plainPng(12, [10, 20, 30]), 'photo.png', 'image/png');
	return { json: {}, binary: { data } };
}

/** Returns the newest status of a user. */
export function latestOf(sandbox: Sandbox, userId: string): string {
	const status = sandbox.fanfou.sandboxState.statuses.filter((row) => row.userId === userId)[0];
	if (status === undefined) throw new Error(`${userId} has said nothing`);
	return status.id;
}

const three = (): INodeParameters => ({ limit: 3 });
const statusOf = (userId: string) => (sandbox: Sandbox) => ({ id: latestOf(sandbox, userId) });
const of = (userId: string) => (): INodeParameters => ({ id: userId });
const who = (id: string) => () => [{ id }];
const rows = (count: number) => () => count;

function sample(
	resource: string,
	operation: string,
	endpoint: string,
	gives?: Sample['gives'],
	parameters?: Sample['parameters'],
	file?: boolean,
): Sample {
	return { resource, operation, endpoint, gives, parameters, file };
}

const savedSearch = (sandbox: Sandbox) => {
	const saved = sandbox.fanfou.sandboxState.saveSearch('demo', '爬山');
	if (saved === undefined) throw new Error('There are ten already');
	return { id: String(saved.id) };
};

function requested(sandbox: Sandbox): INodeParameters {
	sandbox.fanfou.addRequestToken({
		token: 'reqtoken00112233',
		secret: 'reqsecret44556677',
		consumerKey: '0123456789abcdef0123456789abcdef',
		userId: 'moyu',
		pin: '1234567',
	});
	return {
		oauthToken: 'reqtoken00112233',
		oauthTokenSecret: 'reqsecret44556677',
		additionalFields: { oauthVerifier: '1234567' },
	};
}

const pair = { oauth_token: expect.any(String), oauth_token_secret: expect.any(String) };

export const SAMPLES: Sample[] = [
	sample('auth', 'getRequestToken', 'oauth.request_token', () => [
		{ ...pair, authorize_url: expect.stringContaining('/oauth/authorize?oauth_token=') },
	]),
	sample('auth', 'getAccessToken', 'oauth.access_token', () => [pair], requested),
	sample(
		'auth',
		'getAccessTokenWithPassword',
		'oauth.xauth',
		() => [pair],
		() => ({ xAuthUsername: '测试用户', xAuthPassword: 'p@ss word' }),
	),
	sample('account', 'getCurrentUser', 'account.verify_credentials', who('demo')),
	sample('account', 'getRateLimitStatus', 'account.rate_limit_status', () => [
		{ hourly_limit: 1500, remaining_hits: expect.any(Number) },
	]),
	sample('account', 'getNotificationCounts', 'account.notification', () => [
		{ mentions: expect.any(Number), direct_messages: expect.any(Number), friend_requests: 3 },
	]),
	sample('account', 'getAppBadgeCount', 'account.notify_num', () => [{ result: 'ok' }]),
	sample(
		'account',
		'updateAppBadgeCount',
		'account.update_notify_num',
		() => [{ result: 'ok', notify_num: 7 }],
		() => ({ notifyNum: 7 }),
	),
	sample(
		'account',
		'updateProfile',
		'account.update_profile',
		() => [{ id: 'demo', location: '上海 & 苏州' }],
		() => ({ updateFields: { location: '上海 & 苏州', description: '' } }),
	),
	sample(
		'account',
		'updateProfileImage',
		'account.update_profile_image',
		who('demo'),
		undefined,
		true,
	),
	sample(
		'account',
		'updateProfileBackgroundImage',
		'account.update_profile_background_image',
		undefined,
		() => ({ updateFields: { tile: true } }),
		true,
	),
	sample('account', 'updateProfileColors', 'account.update_profile_colors', undefined, () => ({
		updateFields: { profileBackgroundColor: '#acdae5' },
	})),
	sample(
		'account',
		'updateLocation',
		'account.update_location',
		() => [{ id: 'demo', location: '大理' }],
		() => ({ location: '大理' }),
	),
	sample('account', 'findFriends', 'account.find_friends', undefined, () => ({
		hashes: '4:23463b99b62a72f26ed677cc556c44e8',
	})),
	sample(
		'status',
		'create',
		'statuses.update',
		() => [{ id: expect.any(String), text: '你好', is_self: true }],
		() => ({ status: '你好' }),
	),
	sample(
		'status',
		'delete',
		'statuses.destroy',
		(sandbox) => [{ deleted: true, id: latestOf(sandbox, 'demo') }],
		statusOf('demo'),
	),
	sample(
		'status',
		'get',
		'statuses.show',
		(sandbox) => [statusOf('moyu')(sandbox)],
		(sandbox) => ({
			id: {
				__rl: true,
				mode: 'url',
				value: `https://fanfou.com/statuses/${latestOf(sandbox, 'moyu')}`,
			},
		}),
	),
	sample('status', 'getContext', 'statuses.context_timeline', rows(1), statusOf('moyu')),
	sample('timeline', 'getHome', 'statuses.home_timeline', rows(3), three),
	sample('timeline', 'getUser', 'statuses.user_timeline', rows(3), () => ({
		limit: 3,
		filters: { id: '测试用户' },
	})),
	sample('timeline', 'getPublic', 'statuses.public_timeline', rows(3), three),
	sample('timeline', 'getMentions', 'statuses.mentions', rows(3), three),
	sample('timeline', 'getReplies', 'statuses.replies', rows(3), three),
	sample('timeline', 'getFriends', 'statuses.friends_timeline', rows(3), three),
	sample(
		'photo',
		'upload',
		'photos.upload',
		() => [{ text: '看图', photo: expect.objectContaining({ largeurl: expect.any(String) }) }],
		() => ({ additionalFields: { status: '看图', location: '39.9,116.4' } }),
		true,
	),
	sample('photo', 'getAll', 'photos.user_timeline', rows(3), three),
	sample('favorite', 'getAll', 'favorites.list', rows(3), three),
	sample(
		'favorite',
		'create',
		'favorites.create',
		(sandbox) => [{ id: latestOf(sandbox, 'moyu'), favorited: true }],
		statusOf('moyu'),
	),
	sample(
		'favorite',
		'delete',
		'favorites.destroy',
		(sandbox) => [{ id: latestOf(sandbox, 'moyu'), favorited: false }],
		statusOf('moyu'),
	),
	sample('friendship', 'follow', 'friendships.create', who('newcomer'), of('newcomer')),
	sample('friendship', 'unfollow', 'friendships.destroy', who('moyu'), of('moyu')),
	sample(
		'friendship',
		'check',
		'friendships.exists',
		() => [{ exists: true }],
		() => ({ userA: 'moyu', userB: '测试用户' }),
	),
	sample(
		'friendship',
		'getRelationship',
		'friendships.show',
		() => [{ relationship: expect.any(Object) }],
		() => ({ additionalFields: { sourceId: 'demo', targetLoginName: '测试用户' } }),
	),
	sample('friendship', 'getManyRequests', 'friendships.requests', rows(3)),
	sample('friendship', 'acceptRequest', 'friendships.accept', who('xiaoming'), of('xiaoming')),
	sample('friendship', 'denyRequest', 'friendships.deny', who('newcomer'), of('newcomer')),
	sample('friendship', 'getManyFriendIds', 'friends.ids', rows(3), three),
	sample('friendship', 'getManyFollowerIds', 'followers.ids', rows(3), three),
	sample('user', 'get', 'users.show', who('~Kx3-bQ9_zR2'), () => ({
		additionalFields: { id: '~Kx3-bQ9_zR2' },
	})),
	sample('user', 'getManyFriends', 'statuses.friends', rows(3), three),
	sample('user', 'getManyFollowers', 'statuses.followers', rows(3), three),
	sample('user', 'getManyRecentlyActiveFriends', 'users.friends', rows(3), three),
	sample('user', 'getManyRecentlyActiveFollowers', 'users.followers', rows(3), three),
	sample('user', 'getManyByTag', 'users.tagged', rows(3), () => ({ tag: '读书', limit: 3 })),
	sample('user', 'getTags', 'users.tag_list', () => [
		{ tag: '读书' },
		{ tag: '咖啡' },
		{ tag: '编程' },
	]),
	sample('user', 'getRecommendations', 'users.recommendation', rows(2), () => ({ limit: 2 })),
	sample(
		'user',
		'dismissRecommendation',
		'users.cancel_recommendation',
		who('newcomer'),
		of('newcomer'),
	),
	sample('block', 'getAll', 'blocks.blocking', who('troll')),
	sample('block', 'getManyIds', 'blocks.ids', who('troll')),
	sample('block', 'check', 'blocks.exists', who('troll'), of('troll')),
	sample('block', 'create', 'blocks.create', who('xiaoming'), of('xiaoming')),
	sample('block', 'delete', 'blocks.destroy', who('troll'), of('troll')),
	sample(
		'directMessage',
		'send',
		'direct_messages.new',
		() => [{ text: '你好 <你>', recipient_id: 'moyu' }],
		() => ({ user: 'moyu', text: '你好 <你>' }),
	),
	sample(
		'directMessage',
		'delete',
		'direct_messages.destroy',
		() => [{ deleted: true }],
		(sandbox) => ({
			id: sandbox.fanfou.sendDirectMessage('moyu', 'demo', '删我').id,
		}),
	),
	sample('directMessage', 'getManyReceived', 'direct_messages.inbox', rows(3), three),
	sample('directMessage', 'getManySent', 'direct_messages.sent', rows(3), three),
	sample('directMessage', 'getConversation', 'direct_messages.conversation', rows(3), () => ({
		id: 'moyu',
		limit: 3,
	})),
	sample('directMessage', 'getManyConversations', 'direct_messages.conversation_list', rows(3)),
	sample('search', 'searchStatuses', 'search.public_timeline', rows(3), () => ({
		q: '读书',
		limit: 3,
	})),
	sample('search', 'searchUserStatuses', 'search.user_timeline', rows(1), () => ({
		q: '天气',
		limit: 1,
		filters: { id: 'demo' },
	})),
	sample('search', 'searchUsers', 'search.users', rows(3), () => ({ q: '饭友', limit: 3 })),
	sample(
		'savedSearch',
		'create',
		'saved_searches.create',
		() => [{ id: expect.any(String), query: '爬山' }],
		() => ({ query: '爬山' }),
	),
	sample('savedSearch', 'delete', 'saved_searches.destroy', () => [{ query: '爬山' }], savedSearch),
	sample('savedSearch', 'get', 'saved_searches.show', () => [{ query: '爬山' }], savedSearch),
	sample('savedSearch', 'getAll', 'saved_searches.list', rows(2)),
	sample('trend', 'getAll', 'trends.list'),
];
