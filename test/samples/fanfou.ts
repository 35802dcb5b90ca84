import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { plainPng } from '../../sandbox/fanfou/pictures';
import type { Sandbox } from '../../sandbox/index';
import { binaryFile } from '../support/n8n';
import type { Values } from './values';

/**
 * The sample of one operation, by the id of the contract. It serves the tests of the node and those
 * of the sandbox.
 */
export interface FanfouSample {
	/** The node's result with this sample: the items or a part of each; for long lists their number. */
	gives?: (sandbox: Sandbox) => IDataObject[] | number;
	/** Values of parameters; may change the state so that they are valid. */
	values?: (sandbox: Sandbox) => Values;
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

/** The request token of the samples. */
export const REQUEST_TOKEN = { token: 'reqtoken00112233', secret: 'reqsecret44556677' };

/** Adds the request token, which can be exchanged once. */
export function addRequestToken(sandbox: Sandbox): Values {
	const { token, secret } = REQUEST_TOKEN;
	const consumerKey = '0123456789abcdef0123456789abcdef';
	const pin = '1234567';
	sandbox.fanfou.addRequestToken({ token, secret, consumerKey, userId: 'moyu', pin });
	return { oauth_token: token, oauth_token_secret: secret, oauth_verifier: pin };
}

function saveSearch(sandbox: Sandbox): Values {
	const { sandboxState: state } = sandbox.fanfou;
	const saved = state.saveSearch('demo', '爬山') ?? state.savedSearches[0];
	return { id: String(saved?.id) };
}

const COLOR = '#acdae5';
const statusOf = (userId: string) => (sandbox: Sandbox) => ({ id: latestOf(sandbox, userId) });
const of = (userId: string) => () => ({ id: userId });
const who = (id: string) => () => [{ id }];
const rows = (count: number) => () => count;
const pair = { oauth_token: expect.any(String), oauth_token_secret: expect.any(String) };

const sample = (gives?: FanfouSample['gives'], values?: FanfouSample['values']): FanfouSample => ({
	...(gives ? { gives } : {}),
	...(values ? { values } : {}),
});

export const fanfouSamples: Readonly<Record<string, FanfouSample>> = {
	'oauth.request_token': sample(() => [
		{ ...pair, authorize_url: expect.stringContaining('/oauth/authorize?oauth_token=') },
	]),
	'oauth.authorize': sample(undefined, addRequestToken),
	'oauth.access_token': sample(() => [pair], addRequestToken),
	'oauth.xauth': sample(
		() => [pair],
		() => ({ x_auth_username: '测试用户', x_auth_password: 'p@ss word' }),
	),
	'account.verify_credentials': sample(who('demo')),
	'account.rate_limit_status': sample(() => [
		{ hourly_limit: 1500, remaining_hits: expect.any(Number) },
	]),
	'account.notification': sample(() => [
		{ mentions: expect.any(Number), direct_messages: expect.any(Number), friend_requests: 3 },
	]),
	'account.notify_num': sample(() => [{ result: 'ok' }]),
	'account.update_notify_num': sample(
		() => [{ result: 'ok', notify_num: 7 }],
		() => ({ notify_num: 7 }),
	),
	'account.update_profile': sample(
		() => [{ id: 'demo', location: '上海 & 苏州' }],
		() => ({ location: '上海 & 苏州', description: '' }),
	),
	'account.update_profile_image': sample(who('demo')),
	'account.update_profile_background_image': sample(undefined, () => ({ tile: true })),
	'account.update_profile_colors': sample(undefined, () => ({ profile_background_color: COLOR })),
	'account.update_location': sample(
		() => [{ id: 'demo', location: '大理' }],
		() => ({ location: '大理' }),
	),
	'account.find_friends': sample(undefined, () => ({
		hashes: '4:23463b99b62a72f26ed677cc556c44e8',
	})),
	'account.register': sample(),
	'statuses.update': sample(
		() => [{ id: expect.any(String), text: '你好', is_self: true }],
		() => ({ status: '你好' }),
	),
	'statuses.destroy': sample(
		(sandbox) => [{ deleted: true, id: latestOf(sandbox, 'demo') }],
		statusOf('demo'),
	),
	'statuses.show': sample((sandbox) => [statusOf('moyu')(sandbox)], statusOf('moyu')),
	'statuses.context_timeline': sample(rows(1), statusOf('moyu')),
	'statuses.home_timeline': sample(rows(3)),
	'statuses.user_timeline': sample(rows(3), of('测试用户')),
	'statuses.public_timeline': sample(rows(3)),
	'statuses.mentions': sample(rows(3)),
	'statuses.replies': sample(rows(3)),
	'statuses.friends_timeline': sample(rows(3)),
	'photos.upload': sample(
		() => [{ text: '看图', photo: expect.objectContaining({ largeurl: expect.any(String) }) }],
		() => ({ status: '看图', location: '39.9,116.4' }),
	),
	'photos.user_timeline': sample(rows(3)),
	'favorites.list': sample(rows(3)),
	'favorites.create': sample(
		(sandbox) => [{ id: latestOf(sandbox, 'moyu'), favorited: true }],
		statusOf('moyu'),
	),
	'favorites.destroy': sample(
		(sandbox) => [{ id: latestOf(sandbox, 'moyu'), favorited: false }],
		statusOf('moyu'),
	),
	'friendships.create': sample(who('newcomer'), of('newcomer')),
	'friendships.destroy': sample(who('moyu'), of('moyu')),
	'friendships.exists': sample(
		() => [{ exists: true }],
		() => ({ user_a: 'moyu', user_b: '测试用户' }),
	),
	'friendships.show': sample(
		() => [{ relationship: expect.any(Object) }],
		() => ({ source_id: 'demo', target_id: '测试用户' }),
	),
	'friendships.requests': sample(rows(3)),
	'friendships.accept': sample(who('xiaoming'), of('xiaoming')),
	'friendships.deny': sample(who('newcomer'), of('newcomer')),
	'friends.ids': sample(rows(3)),
	'followers.ids': sample(rows(3)),
	'users.show': sample(who('~Kx3-bQ9_zR2'), of('~Kx3-bQ9_zR2')),
	'statuses.friends': sample(rows(3)),
	'statuses.followers': sample(rows(3)),
	'users.friends': sample(rows(3)),
	'users.followers': sample(rows(3)),
	'users.tagged': sample(rows(3), () => ({ tag: '读书' })),
	'users.tag_list': sample(() => [{ tag: '读书' }, { tag: '咖啡' }, { tag: '编程' }]),
	'users.recommendation': sample(rows(3)),
	'users.cancel_recommendation': sample(who('newcomer'), of('newcomer')),
	'blocks.blocking': sample(who('troll')),
	'blocks.ids': sample(who('troll')),
	'blocks.exists': sample(who('troll'), of('troll')),
	'blocks.create': sample(who('xiaoming'), of('xiaoming')),
	'blocks.destroy': sample(who('troll'), of('troll')),
	'direct_messages.new': sample(
		() => [{ text: '你好 <你>', recipient_id: 'moyu' }],
		() => ({ user: 'moyu', text: '你好 <你>' }),
	),
	'direct_messages.destroy': sample(
		() => [{ deleted: true }],
		(sandbox) => ({ id: sandbox.fanfou.sendDirectMessage('moyu', 'demo', '删我').id }),
	),
	'direct_messages.inbox': sample(rows(3)),
	'direct_messages.sent': sample(rows(3)),
	'direct_messages.conversation': sample(rows(3), of('moyu')),
	'direct_messages.conversation_list': sample(rows(3)),
	'search.public_timeline': sample(rows(3), () => ({ q: '读书' })),
	'search.user_timeline': sample(rows(3), () => ({ q: '天气', id: 'demo' })),
	'search.users': sample(rows(3), () => ({ q: '饭友' })),
	'saved_searches.create': sample(
		() => [{ id: expect.any(String), query: '爬山' }],
		() => ({ query: '爬山' }),
	),
	'saved_searches.destroy': sample(() => [{ query: '爬山' }], saveSearch),
	'saved_searches.show': sample(() => [{ query: '爬山' }], saveSearch),
	'saved_searches.list': sample(rows(2)),
	'trends.list': sample(),
	'stream.user': sample(),
};

/** Valid values of parameters by their name, for requests with every optional parameter. */
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
		source_id: 'demo',
		target_id: 'moyu',
		source_login_name: 'demo',
		target_login_name: 'moyu',
		name: '新名字',
		url: 'http://example.com/me',
		email: 'new@example.com',
		profile_text_color: COLOR,
		profile_link_color: COLOR,
		profile_sidebar_fill_color: COLOR,
		profile_sidebar_border_color: COLOR,
		hashes: createHash('md5').update('demo@example.com').digest('hex'),
		in_reply_to_status_id: latestOf(sandbox, 'moyu'),
		in_reply_to_user_id: 'moyu',
		repost_status_id: latestOf(sandbox, 'moyu'),
		in_reply_to_id: sandbox.fanfou.sendDirectMessage('moyu', 'demo', '在？').id,
		oauth_callback: 'oob',
		x_auth_mode: 'client_auth',
	};
}

/** Returns a valid value of every parameter of an endpoint, as text. */
export function allFanfouValues(sandbox: Sandbox, endpoint: string): Map<string, string> {
	const values = { ...commonValues(sandbox), ...fanfouSamples[endpoint]?.values?.(sandbox) };
	return new Map(Object.entries(values).map(([name, value]) => [name, String(value)]));
}
