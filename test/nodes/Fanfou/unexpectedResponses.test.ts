import type { INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../../../sandbox';
import { FanfouHarness } from '../../support/fanfouHarness';
import { useSandbox } from '../../support/sandbox';

/** Responses with missing members or invalid rows. */
let sandbox: Sandbox;
useSandbox((started) => {
	sandbox = started;
});

const harness = new FanfouHarness(() => sandbox);
const chinese = { options: { fieldNames: 'chinese' } };
const off = { confirm: false };
const sent = () => sandbox.requestLog.entries().map(({ method, path }) => `${method} ${path}`);

/**
 * Returns the items or the error message of an operation whose first request gets the given
 * response.
 */
async function given(
	body: unknown,
	resource: string,
	operation: string,
	parameters: INodeParameters = {},
) {
	sandbox.faults.add({ kind: 'status', status: 200, body });
	const { items, error } = await harness.run(resource, operation, parameters);
	return error === undefined ? items.map(({ json }) => json) : error.message;
}

describe('missing members in English results', () => {
	test('a direct message without its users is simplified with empty values', async () => {
		const answered = { id: 'm1', text: '在&lt;吗&gt;', created_at: '', sender: { id: 'moyu' } };
		const message = { id: 'm2', text: '在', created_at: 'some day', in_reply_to: answered };
		expect(await given([message], 'directMessage', 'getManySent', { limit: 1 })).toEqual([
			{
				id: 'm2',
				text: '在',
				created_at: 'some day',
				in_reply_to: {
					id: 'm1',
					text: '在<吗>',
					created_at: '',
					sender: { id: 'moyu', name: '' },
				},
			},
		]);
	});

	test('a conversation without its last message is returned', async () => {
		const row = { otherid: 'moyu', msg_num: 2, new_conv: true };
		const limit = { limit: 1 };
		expect(await given([row], 'directMessage', 'getManyConversations', limit)).toEqual([row]);
	});

	test('a user with only an ID is simplified with empty values', async () => {
		expect(await given({ id: 'moyu' }, 'user', 'get')).toEqual([
			{ id: 'moyu', name: '', location: '', description: '', url: '', created_at: '' },
		]);
	});

	test('a reply without author and with an incomplete photo is simplified with empty values', async () => {
		const status = { id: 's', text: '看', in_reply_to_lastmsg_id: 'r', photo: { url: 'u' } };
		expect(await given(status, 'status', 'get', { id: 's' })).toEqual([
			{
				id: 's',
				text: '看',
				created_at: '',
				mentions: [],
				topics: [],
				links: [],
				in_review: false,
				location: '',
				source: '',
				in_reply_to_status_id: 'r',
				photo: { url: 'u', originalurl: '' },
			},
		]);
	});
});

test.each([
	['status', 'delete', 'id'],
	['status', 'create', 'status'],
	['favorite', 'create', 'id'],
	['friendship', 'unfollow', 'id'],
	['block', 'create', 'id'],
	['status', 'get', 'id'],
])('%s %s does not take an object whose ID is no ID for a result', async (resource, name, key) => {
	for (const id of [null, '', false, {}, []]) {
		const error = await given({ id, text: 'x' }, resource, name, { confirm: true, [key]: 'x' });
		expect([id, error]).toEqual([
			id,
			expect.stringMatching(
				/^Fanfou returned an object (without "id"|whose "id" is (false|a list|another object)) instead of /,
			),
		]);
	}
});

describe('missing members in Chinese results', () => {
	test('missing members of a user are null in Chinese results', async () => {
		expect(await given({ id: 'moyu', status: {} }, 'user', 'get', chinese)).toEqual([
			{
				'用户 ID': 'moyu',
				用户名: null,
				位置: null,
				性别: null,
				生日: null,
				描述: null,
				头像: null,
				链接: null,
				是否加锁: null,
				粉丝数: null,
				朋友数: null,
				收藏数: null,
				发布数: null,
				照片数: null,
				是否关注: null,
				注册时间: null,
				最新状态: { 发布时间: null, '发布 ID': null, 发布内容: null },
			},
		]);
		expect(await given({ id: 'moyu' }, 'user', 'get', chinese)).toMatchObject([{ 最新状态: null }]);
	});

	const head = { 饭否内容: null, '发布 ID': 's', 发布时间: null, 发布者: null, '发布者 ID': null };

	test('missing members of a status are null in Chinese results', async () => {
		const rows = [{ id: 's', photo: {} }];
		expect(await given(rows, 'timeline', 'getHome', { ...chinese, limit: 1 })).toEqual([
			{ ...head, 图片链接: null },
		]);
		const reply = { id: 's', in_reply_to_status_id: 'r', photo: { largeurl: 'http://p/l.jpg' } };
		expect(await given(reply, 'status', 'get', { ...chinese, id: 's' })).toEqual([
			{
				...head,
				是否收藏: null,
				是否是自己: null,
				发布位置: null,
				回复信息: { '回复的状态 ID': 'r', '回复的用户 ID': null, 回复的用户名: null },
				图片链接: 'http://p/l.jpg',
			},
		]);
	});

	test('missing members in results of writes are null in Chinese results', async () => {
		const id = { ...chinese, id: 'x' };
		const deleted = await given({ id: 'x', text: '删' }, 'status', 'delete', id);
		expect(deleted).toMatchObject([{ '删除 ID': 'x', 删除结果: '删除成功' }]);
		const favorite = { 操作结果: '取消收藏成功', 操作类型: '取消收藏', 是否收藏: false };
		expect(await given({ id: 'x' }, 'favorite', 'delete', id)).toEqual([favorite]);
		expect(await given({ id: 'x', name: '谁' }, 'friendship', 'unfollow', id)).toEqual([
			{
				是否关注: false,
				操作结果: '取消关注成功',
				操作类型: '取消关注',
				用户信息: { 用户名: '谁', '用户 ID': 'x', 是否受保护: null },
			},
		]);
		expect(
			await given({ id: 's' }, 'status', 'create', { ...chinese, status: '发' }),
		).toMatchObject([{ '发布 ID': 's', 发布时间: null, 发布结果: '发布成功' }]);
	});

	test('missing members are null or empty in Chinese previews', async () => {
		const id = { ...chinese, ...off, id: 'x' };
		expect(await given({ id: 'x' }, 'friendship', 'unfollow', id)).toMatchObject([
			{
				用户预览: {
					用户名: null,
					'用户 ID': 'x',
					是否受保护: null,
					粉丝数: null,
					发布数: null,
					个人描述: '',
				},
				当前关注状态: false,
				'⚠️ 重要提示': '尚未关注该用户，无需取消',
			},
		]);
		expect(await given({ id: 'x' }, 'favorite', 'create', id)).toMatchObject([
			{ 内容预览: '', 发布时间: null, 发布者: '', 当前收藏状态: false },
		]);
		expect(await given({ id: 'x' }, 'status', 'delete', id)).toMatchObject([
			{ 内容预览: '', 发布时间: null, '发布 ID': 'x' },
		]);
	});
});

describe('previews in English', () => {
	const user = { id: 'u', name: 'A &amp; B', protected: false };
	const unchanged = 'Nothing has been changed yet';
	test.each([
		['follow', true, 'Nothing would change: you already follow this user'],
		['follow', false, unchanged],
		['unfollow', true, unchanged],
		['unfollow', false, 'Nothing would change: you do not follow this user'],
	])(
		'the preview of %s states whether it would change anything if "following" is %s',
		async (operation, following, notice) => {
			const [preview] = await given({ ...user, following }, 'friendship', operation, {
				...off,
				id: 'u',
			});
			expect(preview).toMatchObject({
				user: { id: 'u', name: 'A & B', description: '', protected: false },
				would_change: notice === unchanged,
				following,
				becomes_request: false,
				notice,
			});
		},
	);

	test.each([
		['create', true, 'Nothing would change: the status is already a favorite'],
		['create', false, unchanged],
		['delete', true, unchanged],
		['delete', false, 'Nothing would change: the status is not a favorite'],
	])(
		'the preview of %s for a favorite states whether it would change anything if "favorited" is %s',
		async (operation, favorited, notice) => {
			const status = { id: 's', text: 'x', user, favorited };
			const [preview] = await given(status, 'favorite', operation, { ...off, id: 's' });
			expect(preview).toMatchObject({
				author: 'A & B',
				would_change: notice === unchanged,
				favorited,
				notice,
			});
		},
	);
});

describe('responses without an object', () => {
	test.each([
		['status', 'delete', 'status'],
		['friendship', 'follow', 'user'],
	])('%s %s fails if the object to preview is missing', async (resource, operation, what) => {
		for (const body of [[], 'null', '']) {
			const shown = await given(body, resource, operation, { ...off, id: 'x' });
			expect(shown).toMatch(new RegExp(`^Fanfou returned .+ instead of a ${what}$`));
		}
	});

	test('a reply to a status without an author is not posted', async () => {
		const parameters = { inReplyToStatusId: 's', status: '好' };
		const answer = await given({ id: 's', text: '问' }, 'status', 'reply', parameters);
		expect(answer).toBe('Fanfou did not return the author of the status');
		expect(sent()).toEqual(['GET /fanfou/statuses/show.json']);
	});

	test('an author without an ID is mentioned by name only', async () => {
		const { id } = sandbox.fanfou.post('moyu', '问');
		const parameters = { inReplyToStatusId: id, status: '好' };
		await given({ id, user: { name: '摸鱼 &amp; 达人' } }, 'status', 'reply', parameters);
		const body = sandbox.requestLog.entries().at(-1)?.bodyText;
		const text = encodeURIComponent('@摸鱼 & 达人 好');
		expect(body).toBe(`in_reply_to_status_id=${id}&status=${text}`);
	});

	const check = 'the result of "Friendship: Check"';
	const ids = 'the result of "Friendship: Get Many Friend IDs"';
	const trends = 'the result of "Trend: Get Many"';
	const OTHER_FORMS: Array<[string, string, INodeParameters, string[], string]> = [
		['status', 'create', { status: '好' }, ['5', 'true', '"ok"', '{}', '', '[]'], 'a status'],
		['status', 'get', { id: 's' }, ['', 'null', '{}', '{"id":""}'], 'a status'],
		['user', 'get', {}, ['', 'null', '{}', '[]'], 'a user'],
		['friendship', 'check', { userA: 'a', userB: 'b' }, ['half a page'], check],
		['friendship', 'check', { userA: 'a', userB: 'b' }, ['{}', '[]', 'null'], check],
		[
			'timeline',
			'getHome',
			{ limit: 2 },
			['5', '{"id":"a"}', '{}', '', 'null'],
			'a list of statuses',
		],
		['friendship', 'getManyFriendIds', { limit: 2 }, ['5', '{}', ''], ids],
		[
			'search',
			'searchUsers',
			{ q: 'a', limit: 2 },
			['5', '[]', '{"users":{}}', ''],
			'a list of users',
		],
		['trend', 'getAll', {}, ['', '{}', '[]'], trends],
		['account', 'getRateLimitStatus', {}, ['', '5', '[]'], 'a rate limit'],
		['savedSearch', 'get', { id: '5' }, ['', '{}'], 'a saved search'],
	];
	test.each(OTHER_FORMS)(
		'%s %s fails for a response of another type',
		async (resource, operation, parameters, bodies, expected) => {
			for (const body of bodies) {
				const result = await given(body, resource, operation, parameters);
				expect(result).toMatch(new RegExp(`^Fanfou returned .+ instead of ${expected}$`));
			}
		},
	);

	const MESSAGE_ONLY: Array<[string, string, INodeParameters, string]> = [
		['status', 'delete', { id: 's' }, 'a status'],
		['status', 'create', { status: '好' }, 'a status'],
		['favorite', 'create', { id: 's' }, 'a status'],
		['friendship', 'follow', { id: 'u' }, 'a user'],
		['directMessage', 'send', { user: 'u', text: '好' }, 'a direct message'],
		['directMessage', 'delete', { id: 'm' }, 'a direct message'],
		['savedSearch', 'create', { query: 'a' }, 'a saved search'],
		['account', 'getNotificationCounts', {}, 'notification counts'],
		['timeline', 'getHome', { limit: 2 }, 'a list of statuses'],
	];
	test.each(MESSAGE_ONLY)(
		'%s %s with status 200 and only a message fails as possibly carried out',
		async (resource, operation, parameters, expected) => {
			const body = { message: 'login required' };
			sandbox.faults.add({ kind: 'status', status: 200, body });
			const { items, error } = await harness.run(resource, operation, parameters);
			expect(items).toEqual([]);
			expect(error?.message).toBe(
				`Fanfou returned the message "login required" instead of ${expected}`,
			);
			const isWrite = !operation.startsWith('get');
			expect(error?.description?.includes('may have been carried out')).toBe(isWrite);
		},
	);

	test('a bare value is a result if the operation returns one', async () => {
		const both = { userA: 'a', userB: 'b' };
		expect(await given('false', 'friendship', 'check', both)).toEqual([{ exists: false }]);
	});

	test('rows without an ID are returned unchanged', async () => {
		const rows = [{ id: null }, { id: true }];
		const raw = { simplify: false, limit: 2 };
		expect(await given(rows, 'block', 'getAll', raw)).toEqual(rows);
	});
});
