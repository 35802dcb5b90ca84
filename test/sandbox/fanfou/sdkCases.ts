import type { Fanfou } from '../../../sandbox/fanfou/index';

/** Data that calls can use. */
export interface State {
	fanfou: Fanfou;
	/** Returns the id of a user's latest status. */
	latestOf: (userId: string) => string;
	/** Path of a picture file. */
	photo: string;
}

/** One call of the SDK. */
export interface Case {
	method: string;
	/** Some parameters depend on the data of the sandbox. */
	parameters: (state: State) => unknown;
	endpoint: string;
	expected: unknown;
}

const user = (id: string): unknown => expect.objectContaining({ id });
const some = expect.arrayContaining([expect.objectContaining({ id: expect.any(String) })]);

/** All other calls of the SDK, with their results. */
export const CASES: Case[] = [
	...(
		[
			['getHomeTimeline', 'statuses.home_timeline'],
			['getPublicTimeline', 'statuses.public_timeline'],
			['getMentions', 'statuses.mentions'],
			['getReplies', 'statuses.replies'],
		] as const
	).map(([method, endpoint]): Case => ({
		method,
		parameters: () => ({ count: 5, mode: 'lite', format: 'html' }),
		endpoint,
		expected: some,
	})),
	{
		method: 'getUserTimeline',
		parameters: () => ({ id: '测试用户', count: 5 }),
		endpoint: 'statuses.user_timeline',
		expected: some,
	},
	{
		method: 'getUserPhotos',
		parameters: () => ({ id: 'demo', count: 5 }),
		endpoint: 'photos.user_timeline',
		expected: some,
	},
	{
		method: 'getContextTimeline',
		parameters: ({ latestOf }) => ({ id: latestOf('moyu') }),
		endpoint: 'statuses.context_timeline',
		expected: some,
	},
	{
		method: 'getStatus',
		parameters: ({ latestOf }) => ({ id: latestOf('-wind') }),
		endpoint: 'statuses.show',
		expected: expect.objectContaining({ isSelf: false }),
	},
	{
		method: 'dropStatus',
		parameters: ({ latestOf }) => ({ id: latestOf('demo') }),
		endpoint: 'statuses.destroy',
		expected: expect.objectContaining({ isSelf: true }),
	},
	{
		method: 'createFavorite',
		parameters: ({ latestOf }) => ({ id: latestOf('-wind') }),
		endpoint: 'favorites.create',
		expected: expect.objectContaining({ favorited: true }),
	},
	{
		method: 'dropFavorite',
		parameters: ({ latestOf }) => ({ id: latestOf('-wind') }),
		endpoint: 'favorites.destroy',
		expected: expect.objectContaining({ favorited: false }),
	},
	{
		// Without an id, the SDK requests /favorites/.json, which does not exist.
		method: 'getFavorites',
		parameters: () => ({ id: 'demo', count: 3 }),
		endpoint: 'favorites.list',
		expected: some,
	},
	{
		method: 'createFriendship',
		parameters: () => ({ id: 'xiaoming' }),
		endpoint: 'friendships.create',
		expected: expect.objectContaining({ id: 'xiaoming', following: true }),
	},
	{
		method: 'dropFriendship',
		parameters: () => ({ id: '~Kx3-bQ9_zR2' }),
		endpoint: 'friendships.destroy',
		expected: expect.objectContaining({ following: false }),
	},
	{
		// The SDK compares the response with the text 'true'; the documented response is a boolean.
		method: 'checkFriendship',
		parameters: () => ({ userA: 'demo', userB: 'moyu' }),
		endpoint: 'friendships.exists',
		expected: false,
	},
	{
		method: 'checkFriendshipDetail',
		parameters: () => ({ sourceLoginName: 'demo', targetLoginName: 'moyu' }),
		endpoint: 'friendships.show',
		expected: {
			relationship: {
				source: expect.objectContaining({ id: 'demo', following: true, followedBy: true }),
				target: expect.objectContaining({ id: 'moyu', following: true, followedBy: true }),
			},
		},
	},
	{
		method: 'checkFriendshipRequests',
		parameters: () => ({ count: 10 }),
		endpoint: 'friendships.requests',
		expected: [user('newcomer'), user('secret'), user('xiaoming')],
	},
	{
		method: 'acceptFriendship',
		parameters: () => ({ id: 'xiaoming' }),
		endpoint: 'friendships.accept',
		expected: user('xiaoming'),
	},
	{
		method: 'denyFriendship',
		parameters: () => ({ id: 'newcomer' }),
		endpoint: 'friendships.deny',
		expected: user('newcomer'),
	},
	{
		method: 'getFollowingIds',
		parameters: () => ({ count: 2 }),
		endpoint: 'friends.ids',
		expected: ['neighbor', '测试用户'],
	},
	{ method: 'getFollowings', parameters: () => ({}), endpoint: 'statuses.friends', expected: some },
	{
		method: 'getFollowers',
		parameters: () => ({ count: 100, page: 2 }),
		endpoint: 'statuses.followers',
		expected: some,
	},
	{
		method: 'getRecentUsers',
		parameters: () => ({ count: 3 }),
		endpoint: 'users.friends',
		expected: some,
	},
	{
		method: 'getRecentFollowers',
		parameters: () => ({ count: 3 }),
		endpoint: 'users.followers',
		expected: some,
	},
	{
		method: 'getUser',
		parameters: () => ({ id: '-wind' }),
		endpoint: 'users.show',
		expected: user('-wind'),
	},
	{
		method: 'getTaggedUsers',
		parameters: () => ({ tag: '读书' }),
		endpoint: 'users.tagged',
		expected: some,
	},
	{
		method: 'getUserTags',
		parameters: () => ({ id: 'moyu' }),
		endpoint: 'users.tag_list',
		expected: ['摸鱼', '咖啡'],
	},
	{
		method: 'getRecommendedUsers',
		parameters: () => ({ count: 3 }),
		endpoint: 'users.recommendation',
		expected: some,
	},
	{
		method: 'dismissRecommendedUser',
		parameters: () => ({ id: 'xiaoming' }),
		endpoint: 'users.cancel_recommendation',
		expected: user('xiaoming'),
	},
	{
		method: 'getBlockedIds',
		parameters: () => ({}),
		endpoint: 'blocks.ids',
		expected: ['troll'],
	},
	{
		method: 'getBlockedUsers',
		parameters: () => ({}),
		endpoint: 'blocks.blocking',
		expected: [user('troll')],
	},
	{
		method: 'checkBlockExists',
		parameters: () => ({ id: 'troll' }),
		endpoint: 'blocks.exists',
		expected: user('troll'),
	},
	{
		method: 'createBlockedUser',
		parameters: () => ({ id: 'xiaoming' }),
		endpoint: 'blocks.create',
		expected: user('xiaoming'),
	},
	{
		method: 'dropBlockedUser',
		parameters: () => ({ id: 'troll' }),
		endpoint: 'blocks.destroy',
		expected: user('troll'),
	},
	{
		method: 'createDirectMessage',
		parameters: () => ({ user: 'moyu', text: '你好 & 再见' }),
		endpoint: 'direct_messages.new',
		expected: expect.objectContaining({ text: '你好 &amp; 再见', recipientId: 'moyu' }),
	},
	{
		method: 'dropDirectMessage',
		parameters: ({ fanfou }) => ({ id: fanfou.sendDirectMessage('moyu', 'demo', '删我').id }),
		endpoint: 'direct_messages.destroy',
		expected: expect.objectContaining({ text: '删我' }),
	},
	{ method: 'getInbox', parameters: () => ({}), endpoint: 'direct_messages.inbox', expected: some },
	{ method: 'getSent', parameters: () => ({}), endpoint: 'direct_messages.sent', expected: some },
	{
		method: 'getConversation',
		parameters: () => ({ id: '测试用户' }),
		endpoint: 'direct_messages.conversation',
		expected: some,
	},
	{
		method: 'getConversations',
		parameters: () => ({}),
		endpoint: 'direct_messages.conversation_list',
		expected: expect.arrayContaining([expect.objectContaining({ otherid: 'moyu', msgNum: 4 })]),
	},
	{
		method: 'searchPublicTimeline',
		parameters: () => ({ q: '摸鱼 时间' }),
		endpoint: 'search.public_timeline',
		expected: [expect.objectContaining({ text: '#<b>摸鱼</b># <b>摸鱼</b><b>时间</b>到' })],
	},
	{
		method: 'searchUserTimeline',
		parameters: () => ({ id: 'demo', q: '晚安' }),
		endpoint: 'search.user_timeline',
		expected: expect.any(Array),
	},
	{
		method: 'searchUsers',
		parameters: () => ({ q: '饭友00', count: 5 }),
		endpoint: 'search.users',
		expected: { totalNumber: 9, users: some },
	},
	{
		method: 'createSavedSearch',
		parameters: () => ({ query: '新的' }),
		endpoint: 'saved_searches.create',
		expected: expect.objectContaining({ id: expect.any(Number), query: '新的' }),
	},
	{
		method: 'getSavedSearch',
		parameters: () => ({ id: 7001 }),
		endpoint: 'saved_searches.show',
		expected: expect.objectContaining({ id: 7001, query: '摸鱼' }),
	},
	{
		method: 'dropSavedSearch',
		parameters: () => ({ id: 7001 }),
		endpoint: 'saved_searches.destroy',
		expected: expect.objectContaining({ id: 7001 }),
	},
	{
		method: 'getSavedSearches',
		parameters: () => ({}),
		endpoint: 'saved_searches.list',
		expected: expect.arrayContaining([expect.objectContaining({ id: 7001 })]),
	},
	{
		method: 'getTrends',
		parameters: () => ({}),
		endpoint: 'trends.list',
		expected: { asOf: expect.any(String), trends: expect.any(Array) },
	},
	{
		method: 'verifyCredentials',
		parameters: () => ({ mode: 'lite' }),
		endpoint: 'account.verify_credentials',
		expected: user('demo'),
	},
	{
		method: 'getRateLimitStatus',
		parameters: () => ({}),
		endpoint: 'account.rate_limit_status',
		expected: expect.objectContaining({ hourlyLimit: 1500, remainingHits: 1500 }),
	},
	{
		method: 'getNotification',
		parameters: () => ({}),
		endpoint: 'account.notification',
		expected: expect.objectContaining({ friendRequests: 3 }),
	},
	{
		method: 'updateNotifyNumber',
		parameters: () => ({ notifyNum: 4 }),
		endpoint: 'account.update_notify_num',
		expected: { result: 'ok', notifyNum: 4 },
	},
	{
		method: 'updateProfile',
		parameters: () => ({ location: '沙盒 & 海边' }),
		endpoint: 'account.update_profile',
		expected: expect.objectContaining({ location: '沙盒 &amp; 海边' }),
	},
	{
		method: 'updateProfileImage',
		parameters: ({ photo }) => ({ image: { $file: photo } }),
		endpoint: 'account.update_profile_image',
		expected: user('demo'),
	},
];
