import type { INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../../../sandbox';
import type { LoggedRequest } from '../../../sandbox/core/requestLog';
import { latestOf } from '../../samples/fanfou';

/** Placeholder for the photo, whose path only the test knows. */
export const PHOTO_FILE = { $photo: true };

const pair = (name: string, value: string): [string, string] => [name, value];

/** A request, independent of its encoding. */
export function comparable(entry: LoggedRequest) {
	const form = entry.parts === undefined ? new URLSearchParams(entry.bodyText) : [];
	return {
		method: entry.method,
		path: entry.path,
		query: [...entry.query].sort(),
		form: [...form].sort(),
		parts: (entry.parts ?? []).map(({ name, text, sha256 }) => [name, text ?? sha256]).sort(),
		status: entry.status,
	};
}

export interface Case {
	sdk: [method: string, options?: (sandbox: Sandbox) => object];
	node: [resource: string, operation: string, parameters?: (sandbox: Sandbox) => INodeParameters];
	file?: boolean;
	/** Converts the SDK's request into the node's, with the reason. */
	differs?: {
		because: string;
		turn: (sent: ReturnType<typeof comparable>) => ReturnType<typeof comparable>;
	};
}

const raw = { simplify: false };
const one = (options: object, parameters: INodeParameters = {}) =>
	[() => options, () => ({ ...raw, ...parameters })] as const;

/** A call with the same values on both sides. */
function same(
	method: string,
	resource: string,
	operation: string,
	options: object = {},
	parameters: INodeParameters = {},
): Case {
	const [given, set] = one(options, parameters);
	return { sdk: [method, given], node: [resource, operation, set] };
}

/** A call about a status or message of the sandbox. */
function about(
	method: string,
	resource: string,
	operation: string,
	id: (sandbox: Sandbox) => string,
): Case {
	const options = (at: Sandbox) => ({ id: id(at) });
	return { sdk: [method, options], node: [resource, operation, (at) => ({ ...raw, id: id(at) })] };
}

const moyu = (at: Sandbox) => latestOf(at, 'moyu');
const page = { count: 3, page: 1 };
const limit = { limit: 3 };
const moved = (from: string, to: string, because: string): Case['differs'] => ({
	because,
	turn: (sent) => ({ ...sent, path: sent.path.replace(from, to) }),
});

/** Every method of the SDK with the corresponding operation of the node. */
export const CASES: Case[] = [
	...(
		[
			['getHomeTimeline', 'timeline', 'getHome'],
			['getPublicTimeline', 'timeline', 'getPublic'],
			['getMentions', 'timeline', 'getMentions'],
			['getReplies', 'timeline', 'getReplies'],
			['getUserPhotos', 'photo', 'getAll'],
			['getInbox', 'directMessage', 'getManyReceived'],
			['getSent', 'directMessage', 'getManySent'],
		] as const
	).map(([method, resource, operation]) => same(method, resource, operation, { count: 3 }, limit)),
	...(
		[
			['getFollowings', 'user', 'getManyFriends'],
			['getFollowers', 'user', 'getManyFollowers'],
			['getRecentUsers', 'user', 'getManyRecentlyActiveFriends'],
			['getRecentFollowers', 'user', 'getManyRecentlyActiveFollowers'],
			['getFollowingIds', 'friendship', 'getManyFriendIds'],
			['checkFriendshipRequests', 'friendship', 'getManyRequests'],
			['getConversations', 'directMessage', 'getManyConversations'],
		] as const
	).map(([method, resource, operation]) => same(method, resource, operation, page, limit)),
	same(
		'getUserTimeline',
		'timeline',
		'getUser',
		{ id: '测试用户', count: 3 },
		{
			...limit,
			id: '测试用户',
		},
	),
	same(
		'getConversation',
		'directMessage',
		'getConversation',
		{ id: 'moyu', count: 3 },
		{
			...limit,
			id: 'moyu',
		},
	),
	same(
		'searchPublicTimeline',
		'search',
		'searchStatuses',
		{ q: "读书 (a+b)*'!", count: 3 },
		{
			...limit,
			q: "读书 (a+b)*'!",
		},
	),
	same(
		'searchUserTimeline',
		'search',
		'searchUserStatuses',
		{ q: '天气', id: 'demo', count: 3 },
		{
			...limit,
			q: '天气',
			id: 'demo',
		},
	),
	same('searchUsers', 'search', 'searchUsers', { q: '饭友', ...page }, { ...limit, q: '饭友' }),
	{
		...same('getFollowerIds', 'friendship', 'getManyFollowerIds', page, limit),
		differs: {
			because: 'the SDK spells the path /follower/ids, which is not there',
			turn: (sent) => ({
				...sent,
				path: sent.path.replace('/follower/', '/followers/'),
				status: 200,
			}),
		},
	},
	{
		...same(
			'getFavorites',
			'favorite',
			'getAll',
			{ id: 'demo', ...page },
			{ ...limit, id: 'demo' },
		),
		differs: {
			because: 'the SDK puts the user into the path, the node into the query, as for other lists',
			turn: (sent) => ({
				...sent,
				path: sent.path.replace('/favorites/demo.json', '/favorites.json'),
				query: [...sent.query, pair('id', 'demo')].sort(),
			}),
		},
	},
	{
		...same(
			'getTaggedUsers',
			'user',
			'getManyByTag',
			{ tag: '读书', ...page },
			{ ...limit, tag: '读书' },
		),
		differs: {
			because: 'the SDK reads by POST, every other client by GET',
			turn: (sent) => ({ ...sent, method: 'GET', query: sent.form, form: [] }),
		},
	},
	{
		...same('getRecommendedUsers', 'user', 'getRecommendations', page, limit),
		differs: moved('/users/', '/2/users/', 'clients disagree on the /2'),
	},
	{
		...same(
			'dismissRecommendedUser',
			'user',
			'dismissRecommendation',
			{ id: 'newcomer' },
			{ id: 'newcomer' },
		),
		differs: moved('/users/', '/2/users/', 'clients disagree on the /2'),
	},
	same('getUser', 'user', 'get', { id: '~Kx3-bQ9_zR2' }, { id: '~Kx3-bQ9_zR2' }),
	same('getUserTags', 'user', 'getTags', { id: 'moyu' }, { id: 'moyu' }),
	same('getTrends', 'trend', 'getAll'),
	same('getNotification', 'account', 'getNotificationCounts'),
	same('getRateLimitStatus', 'account', 'getRateLimitStatus'),
	same('verifyCredentials', 'account', 'getCurrentUser'),
	same('updateNotifyNumber', 'account', 'updateAppBadgeCount', { notifyNum: 3 }, { notifyNum: 3 }),
	same(
		'updateProfile',
		'account',
		'updateProfile',
		{ location: '上海 & 苏州', url: '' },
		{
			updateFields: { location: '上海 & 苏州', url: '' },
		},
	),
	about('getStatus', 'status', 'get', moyu),
	about('getContextTimeline', 'status', 'getContext', moyu),
	about('dropStatus', 'status', 'delete', (at) => latestOf(at, 'demo')),
	about('createFavorite', 'favorite', 'create', moyu),
	about('dropFavorite', 'favorite', 'delete', moyu),
	about(
		'dropDirectMessage',
		'directMessage',
		'delete',
		(at) => at.fanfou.sendDirectMessage('moyu', 'demo', '删').id,
	),
	same(
		'createStatus',
		'status',
		'create',
		{ status: "早上好！(测试) 100% + a&b=c ~*' 😀" },
		{
			status: "早上好！(测试) 100% + a&b=c ~*' 😀",
		},
	),
	same(
		'createDirectMessage',
		'directMessage',
		'send',
		{ user: 'moyu', text: '你好 & 再见' },
		{
			user: 'moyu',
			text: '你好 & 再见',
		},
	),
	...(
		[
			['createFriendship', 'friendship', 'follow', 'newcomer'],
			['dropFriendship', 'friendship', 'unfollow', 'moyu'],
			['acceptFriendship', 'friendship', 'acceptRequest', 'xiaoming'],
			['denyFriendship', 'friendship', 'denyRequest', 'xiaoming'],
			['createBlockedUser', 'block', 'create', 'xiaoming'],
			['dropBlockedUser', 'block', 'delete', 'troll'],
			['checkBlockExists', 'block', 'check', 'troll'],
		] as const
	).map(([method, resource, operation, id]) => same(method, resource, operation, { id }, { id })),
	same('getBlockedUsers', 'block', 'getAll', { count: 1, page: 1 }, { limit: 1 }),
	same('getBlockedIds', 'block', 'getManyIds'),
	same(
		'checkFriendship',
		'friendship',
		'check',
		{ userA: 'moyu', userB: '测试用户' },
		{ userA: 'moyu', userB: '测试用户' },
	),
	same(
		'checkFriendshipDetail',
		'friendship',
		'getRelationship',
		{ sourceId: 'demo', targetId: 'moyu' },
		{ sourceId: 'demo', targetId: 'moyu' },
	),
	same('createSavedSearch', 'savedSearch', 'create', { query: 'a|b' }, { query: 'a|b' }),
	same('getSavedSearches', 'savedSearch', 'getAll'),
	...(['getSavedSearch', 'dropSavedSearch'] as const).map((method) =>
		about(method, 'savedSearch', method === 'getSavedSearch' ? 'get' : 'delete', (at) =>
			String(at.fanfou.sandboxState.saveSearch('demo', 'x')?.id),
		),
	),
	...(
		[
			['uploadPhoto', 'photo', 'upload', 'photo'],
			['updateProfileImage', 'account', 'updateProfileImage', 'image'],
		] as const
	).map(([method, resource, operation, part]): Case => ({
		sdk: [method, () => ({ [part]: PHOTO_FILE })],
		node: [resource, operation, () => raw],
		file: true,
	})),
];
