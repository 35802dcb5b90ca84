import type { Sandbox } from '../../../sandbox';
import { latestOf } from '../../samples/fanfou';
import { FanfouHarness, SECRETS } from '../../support/fanfouHarness';
import { useSandbox } from '../../support/sandbox';

let sandbox: Sandbox;
useSandbox((started) => {
	sandbox = started;
});

const harness = new FanfouHarness(() => sandbox);

describe('unusual responses', () => {
	test.each([200, 403])(
		'a sent follow request counts as success with status %d',
		async (status) => {
			sandbox.fanfou.updateSettings({ followRequestStatus: status });
			const { items, error } = await harness.run('friendship', 'follow', { id: 'secret' });
			expect(error).toBeUndefined();
			expect(items[0]?.json).toEqual({
				requested: true,
				message: '已向上锁的人发出关注请求，请等待对方确认',
			});
			expect(sandbox.fanfou.sandboxState.graph.requestsTo('secret')).toEqual(['demo']);
		},
	);

	test.each([
		[404, '关注请求已发送，等待对方确认'],
		[409, '需要对方验证，请求发送成功'],
		[400, 'You have already requested to follow this user'],
		[403, 'A follow request is pending'],
		[403, '已向拒绝手机的Not发出关注请求，请等待对方确认'],
		[400, '该用户需要对方同意，已提交申请'],
	])('a follow request is recognized by its text with status %d: %s', async (status, error) => {
		sandbox.faults.add({ kind: 'status', status, body: { request: '/x', error } });
		const { items } = await harness.run('friendship', 'follow', { id: 'secret' });
		expect(items[0]?.json).toEqual({ requested: true, message: error });
	});

	test.each([
		[200, 'maintenance'],
		[400, 'Bad request'],
		[400, '请求参数不完整'],
		[403, '非法请求'],
		[401, '关注请求已发送'],
		[405, '关注请求已发送'],
		[403, '该用户已将你加入黑名单，请求已被拒绝'],
		[403, '你已被该用户屏蔽，申请被拒'],
		[403, '你需要先通过邮箱验证才能进行此操作'],
		[403, '已向上锁的人发出的关注请求被拒绝'],
		[400, '需要输入验证码'],
		[400, '缺少参数 id，需要通过 id 指定用户'],
		[403, '你已发过太多关注请求，请明天再试'],
		[403, 'Your request could not be sent'],
		[403, 'Your follow request was rejected'],
		[404, 'The requested resource does not exist'],
	])('other errors do not count as a follow request: %d %s', async (status, reason) => {
		sandbox.faults.add({ kind: 'status', status, body: { request: '/x', error: reason } });
		const { items, error } = await harness.run('friendship', 'follow', { id: 'secret' });
		expect([items, error?.httpCode]).toEqual([[], String(status)]);
	});

	test('other errors of following are reported', async () => {
		const { error } = await harness.run('friendship', 'follow', { id: 'demo' });
		expect(error?.message).toBe('Fanfou rejected the request (status 403): 不能关注自己');
		const unknown = await harness.run('friendship', 'follow', { id: 'nobody' });
		expect(unknown.error?.message).toBe('User not found (没有这个用户)');
	});

	test('a 404 that is no error of Fanfou does not count as a follow request', async () => {
		const body = 'Your request was sent to a page that was removed';
		sandbox.faults.add({ kind: 'status', status: 404, body });
		const { items, error } = await harness.run('friendship', 'follow', { id: 'secret' });
		expect([items, error?.httpCode]).toEqual([[], '404']);
	});

	test.each([404, 403, 400, 200])('"not blocked" is a result with status %d', async (status) => {
		sandbox.fanfou.updateSettings({ notBlockedStatus: status });
		const { items } = await harness.run('block', 'check', { id: 'moyu' });
		expect(items[0]?.json).toEqual({ blocked: false, message: '没有将这个用户加入黑名单' });
	});

	test.each([
		'没有屏蔽该用户',
		'该用户未被你屏蔽',
		'这个用户不在你的黑名单中',
		'You have not blocked this user',
		'The user is not in your block list',
	])('%s counts as "not blocked"', async (error) => {
		sandbox.faults.add({ kind: 'status', status: 403, body: { request: '/x', error } });
		const { items } = await harness.run('block', 'check', { id: 'moyu' });
		expect(items[0]?.json).toEqual({ blocked: false, message: error });
	});

	test.each([
		[403, '你没有通过这个用户的验证'],
		[403, '访问过于频繁'],
		[400, '参数错误'],
		[200, '没有权限'],
		[404, '没有找到该用户'],
		[404, '没有找到该用户的屏蔽记录'],
		[404, 'Not Found'],
		[404, '页面不存在'],
		[404, 'API has been removed'],
		[403, '你已被对方拉黑'],
		[403, '该用户屏蔽了你'],
		[403, '你没有被该用户屏蔽'],
		[400, 'Request blocked by firewall'],
		[400, 'Not allowed, blocked by firewall'],
	])('other errors do not count as "not blocked": %d %s', async (status, error) => {
		sandbox.faults.add({ kind: 'status', status, body: { request: '/x', error } });
		const { items, ...more } = await harness.run('block', 'check', {
			id: 'moyu',
			options: { maxTries: 1 },
		});
		expect(items).toEqual([]);
		expect(more.error?.message).toContain(error);
	});

	test('an HTML page does not count as "not blocked"', async () => {
		const body = '<html><title>404 Not Found</title></html>';
		sandbox.faults.add({ kind: 'status', status: 404, body });
		const { error } = await harness.run('block', 'check', { id: 'moyu' });
		expect(error?.message).toBe('Fanfou rejected the request (status 404): 404 Not Found');
	});

	test.each(['没有权限', '操作过于频繁', '对方已将你加入黑名单，不能关注'])(
		'%s with status 200 is an error and does not count as a follow request',
		async (reason) => {
			sandbox.faults.add({ kind: 'status', status: 200, body: { request: '/x', error: reason } });
			const parameters = { id: 'secret', options: { maxTries: 1 } };
			const { error } = await harness.run('friendship', 'follow', parameters);
			expect(error?.message).toContain(reason);
			expect(sandbox.requestLog.entries()).toHaveLength(1);
		},
	);

	test('a text that Fanfou rejects as too long is not sent again', async () => {
		const body = { request: '/x', error: '内容超过140字限制' };
		sandbox.faults.add({ kind: 'status', status: 400, body, times: 'always' });
		const { error } = await harness.run('status', 'create', { status: '长' });
		expect(error?.message).toBe('Fanfou rejected the request (status 400): 内容超过140字限制');
		expect(sandbox.requestLog.entries()).toHaveLength(1);
	});

	test('a blocked user is returned, and an unknown user is an error', async () => {
		const { items } = await harness.run('block', 'check', { id: 'troll' });
		expect(items[0]?.json).toMatchObject({ blocked: true, id: 'troll', name: '捣蛋鬼' });
		const { error } = await harness.run('block', 'check', { id: 'nobody' });
		expect(error?.message).toBe('User not found (没有这个用户)');
	});

	test('bare true and false become items', async () => {
		const follows = await harness.run('friendship', 'check', { userA: 'moyu', userB: '测试用户' });
		const not = await harness.run('friendship', 'check', { userA: '测试用户', userB: 'moyu' });
		expect([...follows.items, ...not.items].map(({ json }) => json)).toEqual([
			{ exists: true },
			{ exists: false },
		]);
	});

	test.each(['true', 'false'])('"%s" as text becomes a boolean', async (text) => {
		sandbox.faults.add({ kind: 'status', status: 200, body: JSON.stringify(text) });
		const { items } = await harness.run('friendship', 'check', { userA: 'moyu', userB: 'demo' });
		expect(items[0]?.json).toEqual({ exists: text === 'true' });
	});

	test('IDs that are sent as numbers become text', async () => {
		sandbox.faults.add({ kind: 'status', status: 200, body: [12, '13', 14] });
		const list = await harness.run('friendship', 'getManyFriendIds', { limit: 3 });
		expect(list.items.map(({ json }) => json)).toEqual([{ id: '12' }, { id: '13' }, { id: '14' }]);
		const body = [{ otherid: 12, msg_num: 2, dm: { id: 5 } }];
		sandbox.faults.add({ kind: 'status', status: 200, body });
		const parameters = { limit: 1, simplify: false };
		const conversations = await harness.run('directMessage', 'getManyConversations', parameters);
		expect(conversations.items[0]?.json).toEqual({ otherid: '12', msg_num: 2, dm: { id: '5' } });
	});

	const EITHER = 'Fill in either Source and Target, or Source Login Name and Target Login Name';
	test.each([
		[{}, 'Source" is empty'],
		[{ sourceId: 'demo' }, 'Target" is empty'],
		[{ targetId: 'demo' }, 'Source" is empty'],
		[{ additionalFields: { sourceLoginName: 'demo' } }, 'Target Login Name" is empty'],
		[{ sourceId: 'demo', additionalFields: { targetLoginName: 'moyu' } }, 'Target" is empty'],
		[
			{ sourceId: 'demo', targetId: 'moyu', additionalFields: { sourceLoginName: 'demo' } },
			'Target Login Name" is empty',
		],
	])('a relationship of %j is refused', async (parameters, message) => {
		const { error } = await harness.run('friendship', 'getRelationship', parameters);
		expect([error?.message, error?.description]).toEqual([`"${message}`, EITHER]);
		expect(sandbox.requestLog.entries()).toEqual([]);
	});

	test('a relationship can be read by both login names', async () => {
		const additionalFields = { sourceLoginName: 'demo', targetLoginName: 'moyu' };
		const { items } = await harness.run('friendship', 'getRelationship', { additionalFields });
		expect(items[0]?.json).toMatchObject({
			relationship: { source: { id: 'demo' }, target: { id: 'moyu' } },
		});
	});

	test('relationship flags in text become booleans unless Simplify is off', async () => {
		const parameters = { sourceId: 'demo', targetId: 'moyu' };
		const clean = await harness.run('friendship', 'getRelationship', parameters);
		const raw = await harness.run('friendship', 'getRelationship', {
			...parameters,
			simplify: false,
		});
		expect(clean.items[0]?.json).toMatchObject({ relationship: { source: { following: true } } });
		expect(raw.items[0]?.json).toMatchObject({ relationship: { source: { following: 'true' } } });
	});

	test('the empty response to the eleventh saved search is an error', async () => {
		const words = ['一', '二', '三', '四', '五', '六', '七', '八'];
		for (const word of words) sandbox.fanfou.sandboxState.saveSearch('demo', word);
		const { error } = await harness.run('savedSearch', 'create', { query: '十一' });
		expect(error?.message).toBe(
			'Fanfou did not save the search; it keeps at most ten, delete one first',
		);
	});

	test('an error with status 200 is an error', async () => {
		sandbox.faults.add({
			kind: 'status',
			status: 200,
			body: { request: '/x', error: '没有这条消息' },
		});
		const { error } = await harness.run('status', 'get', { id: 'x' });
		expect(error?.message).toBe('Status or message not found (没有这条消息)');
	});

	test.each([
		[{ error: 5 }, '5'],
		[{ error: ['x'] }, '["x"]'],
		[{ error: { text: 'bad' } }, '{"text":"bad"}'],
		[[{ request: '/x', error: 'bad' }], 'bad'],
	])('the response %j to a write without a documented result is an error', async (body, text) => {
		sandbox.faults.add({ kind: 'status', status: 200, body });
		const { error } = await harness.run('account', 'updateProfileColors', {
			updateFields: { profileTextColor: '#000000' },
		});
		expect(error?.message).toBe(`Fanfou rejected the request (status 200): ${text}`);
	});

	test.each([null, false, 0])('"error": %j is not an error', async (error) => {
		sandbox.faults.add({ kind: 'status', status: 200, body: { error, done: 1 } });
		const { items } = await harness.run('account', 'updateProfileColors', {
			updateFields: { profileTextColor: '#000000' },
		});
		expect(items[0]?.json).toEqual({ error, done: 1 });
	});

	test('an error in XML is read', async () => {
		sandbox.fanfou.updateSettings({ xmlErrors: true });
		sandbox.fanfou.revokeTokens('demo');
		const { error } = await harness.run('account', 'getCurrentUser');
		expect(error?.message).toBe(
			'Fanfou rejected the keys or the access token: Invalid access token',
		);
		expect(error?.description).toMatch(/not approved.*clock/);
	});

	test('an error in XML with status 200 is an error', async () => {
		const body = '<hash><request>/x</request><error>没有这条消息</error></hash>';
		sandbox.faults.add({ kind: 'status', status: 200, body });
		const { error } = await harness.run('status', 'get', { id: 'x' });
		expect(error?.message).toBe('Status or message not found (没有这条消息)');
	});

	test('an HTML page is reported as a server error', async () => {
		sandbox.faults.add({ kind: 'status', status: 503, times: 'always' });
		const { error } = await harness.run('trend', 'getAll', { options: { maxTries: 2 } });
		expect(error?.message).toMatch(/^Fanfou returned a server error \(status 503\)/);
		expect(sandbox.requestLog.entries()).toHaveLength(2);
	});

	test('a post with a truncated response is reported as possibly carried out', async () => {
		sandbox.faults.add({ kind: 'malformed', afterHandling: true });
		const { error } = await harness.run('status', 'create', { status: '一半' });
		expect(error?.message).toBe('Fanfou returned text that is not JSON instead of a status');
		expect(error?.description).toContain('may have been carried out all the same');
		expect(sandbox.requestLog.entries()).toHaveLength(1);
	});

	test('an empty list of trends returns no items', async () => {
		sandbox.faults.add({ kind: 'status', status: 200, body: { as_of: 'now', trends: [] } });
		const { items, error } = await harness.run('trend', 'getAll');
		expect(error).toBeUndefined();
		expect(items).toEqual([]);
	});
});

describe('rate limits and repeated writes', () => {
	test('after a rate limit the post is sent once more and created once', async () => {
		sandbox.faults.add({ kind: 'rateLimit', retryAfter: 1 });
		const started = Date.now();
		const { items } = await harness.run('status', 'create', { status: '慢慢来' });
		expect(Date.now() - started).toBeGreaterThanOrEqual(1000);
		expect(items[0]?.json.text).toBe('慢慢来');
		expect(sandbox.requestLog.entries().map(({ status }) => status)).toEqual([429, 200]);
	});

	test('a post with an unknown outcome is not repeated', async () => {
		sandbox.faults.add({ kind: 'cut', afterHandling: true });
		const { error } = await harness.run('status', 'create', { status: '一次' });
		expect(error?.description).toContain('may have been carried out all the same');
		expect(sandbox.requestLog.entries()).toHaveLength(1);
		expect(sandbox.fanfou.status(latestOf(sandbox, 'demo')).text).toBe('一次');
	});

	test('the error for posting the same text twice is explained', async () => {
		sandbox.fanfou.updateSettings({ rejectDuplicates: true });
		await harness.run('status', 'create', { status: '再来' });
		const { error } = await harness.run('status', 'create', { status: '再来' });
		expect(error?.message).toBe('The same text was posted a moment ago (不能发送重复的消息)');
	});

	test('no execution contains a secret, even if a signature is rejected', async () => {
		const { error, saved } = await harness.run(
			'account',
			'getCurrentUser',
			{},
			{
				credential: {
					consumerKey: '0123456789abcdef0123456789abcdef',
					consumerSecret: 'not-the-right-secret',
					accessToken: '1000000-00112233445566778899aabbccddeeff',
					accessTokenSecret: 'ffeeddccbbaa99887766554433221100',
				},
			},
		);
		expect(error?.description).toContain(
			'GET&http%3A%2F%2Fapi.fanfou.com%2Faccount%2Fverify_credentials.json&mode%3Dlite',
		);
		for (const secret of [...SECRETS, 'not-the-right-secret']) expect(saved).not.toContain(secret);
		expect(saved).not.toMatch(/oauth_signature(=|%3D|")/);
	});
});
