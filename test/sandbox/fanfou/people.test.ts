import type { Sandbox } from '../../../sandbox/index';
import { FanfouClient, fields, ids, items, type ClientResponse } from './client';
import { useSandbox } from '../../support/sandbox';

let sandbox: Sandbox;
let client: FanfouClient;

useSandbox((started) => {
	sandbox = started;
	client = new FanfouClient(started);
});

function error({ status, json }: ClientResponse): unknown {
	return typeof json === 'object' && json !== null && 'error' in json
		? [status, json.error]
		: [status, json];
}

describe('follow requests and friendships', () => {
	it('following and unfollowing change the home timeline', async () => {
		const follow = await client.post('/friendships/create.json', { id: 'xiaoming' });
		expect(fields(follow)).toMatchObject({ id: 'xiaoming', following: true });
		const { id } = sandbox.fanfou.post('xiaoming', '新朋友');
		const home = (): Promise<ClientResponse> =>
			client.get('/statuses/home_timeline.json', { count: '1' });
		expect(ids(await home())).toEqual([id]);
		const unfollow = await client.post('/friendships/destroy.json', { id: 'xiaoming' });
		expect(fields(unfollow)).toMatchObject({ following: false });
		expect(ids(await home())).not.toEqual([id]);
	});

	it('following a protected user sends a request, with a response that looks like an error', async () => {
		const asked = await client.post('/friendships/create.json', { id: 'secret' });
		expect([asked.status, asked.json]).toEqual([
			200,
			{
				request: '/friendships/create.json',
				error: '已向上锁的人发出关注请求，请等待对方确认',
			},
		]);
		expect(sandbox.requestLog.entries().at(-1)?.succeeded).toBe(true);
		const card = fields(await client.get('/users/show.json', { id: 'secret' }));
		expect(card).toMatchObject({ following: false, notifications: true });
		expect(sandbox.fanfou.acceptFollowRequest('secret', 'demo')).toBe(true);
		expect(sandbox.fanfou.acceptFollowRequest('secret', 'demo')).toBe(false);
		const friend = fields(await client.get('/users/show.json', { id: 'secret' }));
		expect(friend).toMatchObject({ following: true, notifications: false });
		sandbox.fanfou.unfollow('demo', 'secret');
		sandbox.fanfou.updateSettings({ followRequestStatus: 403 });
		expect((await client.post('/friendships/create.json', { id: 'secret' })).status).toBe(403);
	});

	it('follow requests can be listed, accepted and denied', async () => {
		sandbox.fanfou.requestToFollow('fan001', 'demo');
		const path = '/friendships/requests.json';
		const before = ids(await client.get(path));
		expect(before).toEqual(['fan001', 'newcomer', 'secret', 'xiaoming']);
		await client.post('/friendships/accept.json', { id: 'xiaoming' });
		await client.post('/friendships/deny.json', { id: 'newcomer' });
		expect(ids(await client.get(path))).toEqual(['fan001', 'secret']);
		const { graph } = sandbox.fanfou.sandboxState;
		expect(graph.follows('xiaoming', 'demo')).toBe(true);
		expect(graph.follows('newcomer', 'demo')).toBe(false);
		for (const verb of ['accept', 'deny']) {
			const again = await client.post(`/friendships/${verb}.json`, { id: 'newcomer' });
			expect(error(again)).toEqual([404, '没有这个关注请求']);
		}
	});

	it('exists returns a boolean, and show returns flags as text', async () => {
		const exists = async (user_a: string, user_b: string): Promise<string> =>
			(await client.get('/friendships/exists.json', { user_a, user_b })).text;
		expect(await exists('demo', 'moyu')).toBe('true');
		expect(await exists('demo', 'xiaoming')).toBe('false');
		const shown = await client.get('/friendships/show.json', {
			source_login_name: 'demo',
			target_login_name: 'troll',
		});
		expect(shown.json).toEqual({
			relationship: {
				source: {
					id: 'demo',
					screen_name: '演示饭友',
					following: 'false',
					followed_by: 'false',
					notifications_enabled: 'false',
					blocking: 'true',
				},
				target: {
					id: 'troll',
					screen_name: '捣蛋鬼',
					following: 'false',
					followed_by: 'false',
				},
			},
		});
		const half = await client.get('/friendships/show.json', { source_id: 'demo' });
		expect(half.status).toBe(400);
	});

	it('following oneself, unknown users and users who block is rejected', async () => {
		const follow = async (id: string): Promise<unknown> =>
			error(await client.post('/friendships/create.json', { id }));
		expect(await follow('demo')).toEqual([403, '不能关注自己']);
		expect(await follow('nobody')).toEqual([404, '没有这个用户']);
		sandbox.fanfou.block('xiaoming', 'demo');
		expect(await follow('xiaoming')).toEqual([403, '你已被对方加入黑名单']);
	});
});

describe('blocking', () => {
	it('ends the friendship in both directions and hides statuses', async () => {
		await client.post('/blocks/create.json', { id: 'moyu' });
		const { graph } = sandbox.fanfou.sandboxState;
		expect([graph.follows('demo', 'moyu'), graph.follows('moyu', 'demo')]).toEqual([false, false]);
		expect((await client.get('/blocks/ids.json')).json).toEqual(['moyu', 'troll']);
		expect(ids(await client.get('/blocks/blocking.json'))).toEqual(['moyu', 'troll']);
		const spoken = items(await client.get('/statuses/public_timeline.json', { count: '60' }));
		expect(spoken.map(({ user }) => user)).not.toContainEqual(
			expect.objectContaining({ id: 'moyu' }),
		);
		await client.post('/blocks/destroy.json', { id: 'moyu' });
		expect((await client.get('/blocks/ids.json')).json).toEqual(['troll']);
	});

	it('can be checked with exists, which fails for users who are not blocked', async () => {
		const exists = (id: string): Promise<ClientResponse> =>
			client.get('/blocks/exists.json', { id });
		expect(fields(await exists('troll'))).toMatchObject({ id: 'troll' });
		expect(error(await exists('moyu'))).toEqual([404, '没有将这个用户加入黑名单']);
		sandbox.fanfou.updateSettings({ notBlockedStatus: 200 });
		expect((await exists('moyu')).status).toBe(200);
		expect(error(await client.post('/blocks/create.json', { id: 'demo' }))).toEqual([
			403,
			'不能将自己加入黑名单',
		]);
	});
});

describe('direct messages', () => {
	it('form conversations, newest first', async () => {
		const sent = fields(
			await client.post('/direct_messages/new.json', { user: 'xiaoming', text: '<在>?' }),
		);
		expect(sent).toMatchObject({
			id: expect.stringMatching(/^[\w-]{11}$/),
			text: '&lt;在&gt;?',
			sender_id: 'demo',
			sender_screen_name: '演示饭友',
			recipient_id: 'xiaoming',
			recipient_screen_name: '小明',
			sender: { id: 'demo' },
			recipient: { id: 'xiaoming' },
		});
		expect(sent).not.toHaveProperty('in_reply_to');
		const reply = sandbox.fanfou.sendDirectMessage('xiaoming', 'demo', '在');
		const response = fields(
			await client.post('/direct_messages/new.json', {
				user: 'xiaoming',
				text: '好',
				in_reply_to_id: reply.id,
			}),
		);
		expect(response.in_reply_to).toMatchObject({ id: reply.id, text: '在' });
		const talk = await client.get('/direct_messages/conversation.json', { id: 'xiaoming' });
		expect(ids(talk)).toEqual([response.id, reply.id, sent.id]);
		const since = await client.get('/direct_messages/conversation.json', {
			id: 'xiaoming',
			since_id: String(sent.id),
			max_id: String(response.id),
		});
		expect(ids(since)).toEqual([reply.id]);
		const [first] = items(await client.get('/direct_messages/conversation_list.json'));
		expect(first).toEqual({
			dm: expect.objectContaining({ id: response.id }),
			otherid: 'xiaoming',
			msg_num: 3,
			new_conv: true,
		});
	});

	it('are counted as unread until they are read', async () => {
		const counts = async (): Promise<unknown> =>
			(await client.get('/account/notification.json')).json;
		await client.get('/direct_messages/inbox.json');
		await client.get('/statuses/mentions.json');
		expect(await counts()).toEqual({ mentions: 0, direct_messages: 0, friend_requests: 3 });
		sandbox.fanfou.sendDirectMessage('moyu', 'demo', '新私信');
		sandbox.fanfou.mention('moyu', 'demo', '新提醒');
		expect(await counts()).toEqual({ mentions: 1, direct_messages: 1, friend_requests: 3 });
		const [inbox] = items(await client.get('/direct_messages/inbox.json', { count: '1' }));
		expect(inbox).toMatchObject({ text: '新私信', sender_id: 'moyu' });
		expect(await counts()).toEqual({ mentions: 1, direct_messages: 0, friend_requests: 3 });
	});

	it('are deleted for one user only', async () => {
		const { id } = sandbox.fanfou.sendDirectMessage('moyu', 'demo', '删我');
		const destroy = (): Promise<ClientResponse> =>
			client.post('/direct_messages/destroy.json', { id });
		expect(fields(await destroy())).toMatchObject({ id });
		expect(error(await destroy())).toEqual([404, '没有这条私信']);
		expect(ids(await client.get('/direct_messages/inbox.json'))).not.toContain(id);
		expect(sandbox.fanfou.sandboxState.messages.forUser('moyu', () => true)[0]?.id).toBe(id);
		const foreign = sandbox.fanfou.sendDirectMessage('moyu', 'xiaoming', '与你无关');
		const rejected = await client.post('/direct_messages/destroy.json', { id: foreign.id });
		expect(error(rejected)).toEqual([403, '这条私信不是你的']);
	});

	it('to unknown or blocking users, without text or too long, are rejected', async () => {
		const send = async (user: string, text: string): Promise<unknown> =>
			error(await client.post('/direct_messages/new.json', { user, text }));
		expect(await send('nobody', 'x')).toEqual([404, '没有这个用户']);
		expect(await send('moyu', ' ')).toEqual([400, '私信内容不能为空']);
		expect(await send('moyu', 'x'.repeat(141))).toEqual([
			400,
			'参数错误: text may have at most 140 characters, not 141',
		]);
		sandbox.fanfou.block('moyu', 'demo');
		expect(await send('moyu', 'x')).toEqual([403, '你已被对方加入黑名单']);
	});
});

describe('users and the account', () => {
	it('users/friends and users/followers list recently active users first', async () => {
		sandbox.fanfou.post('fan007', '冒个泡');
		for (const path of ['/users/friends.json', '/users/followers.json']) {
			expect(ids(await client.get(path, { count: '1' }))).toEqual(['fan007']);
		}
	});

	it('users who are not followed are recommended until dismissed', async () => {
		for (const prefix of ['/2', '']) {
			const path = `${prefix}/users/recommendation.json`;
			const [first] = ids(await client.get(path));
			await client.post(`${prefix}/users/cancel_recommendation.json`, { id: String(first) });
			const [second] = ids(await client.get(path));
			expect(second).not.toBe(first);
			expect(sandbox.fanfou.sandboxState.graph.follows('demo', String(second))).toBe(false);
		}
	});

	it('the profile can be changed, but not to a name that is in use', async () => {
		const path = '/account/update_profile.json';
		const changed = fields(
			await client.post(path, {
				name: '新名字',
				url: 'http://example.com/new',
				description: 'a<b',
			}),
		);
		expect(changed).toMatchObject({
			name: '新名字',
			screen_name: '新名字',
			url: 'http://example.com/new',
			description: 'a&lt;b',
			location: '北京 海淀',
		});
		sandbox.fanfou.mention('moyu', 'demo', '改名啦');
		expect(items(await client.get('/statuses/mentions.json'))[0]?.text).toBe('@新名字 改名啦');
		expect(error(await client.post(path, { name: '摸鱼达人' }))).toEqual([
			400,
			'这个昵称已经有人用了',
		]);
		expect(error(await client.post(path, { name: ' ' }))).toEqual([400, '昵称不能为空']);
	});

	it('the badge number is stored per application and returned as number or text', async () => {
		const update = (): Promise<ClientResponse> =>
			client.post('/account/update_notify_num.json', { notify_num: '7' });
		expect((await update()).json).toEqual({ result: 'ok', notify_num: 7 });
		expect((await client.get('/account/notify_num.json')).json).toEqual({
			result: 'ok',
			notify_num: 7,
		});
		sandbox.fanfou.updateSettings({ textNotifyNum: true });
		expect((await update()).json).toEqual({ result: 'ok', notify_num: '7' });
	});

	it('colors and background can be changed', async () => {
		const colored = fields(
			await client.post('/account/update_profile_colors.json', { profile_text_color: '#123456' }),
		);
		expect(colored).toMatchObject({
			profile_text_color: '#123456',
			profile_link_color: '#0066CC',
		});
		const moved = fields(await client.post('/account/update_location.json', { location: '拉萨' }));
		expect(moved.location).toBe('拉萨');
	});
});
