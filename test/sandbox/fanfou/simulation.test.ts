import type { Sandbox } from '../../../sandbox/index';
import { DEMO } from '../../../sandbox/demo';
import {
	DEMO_CREDENTIALS,
	FanfouClient,
	fields,
	ids,
	readResponse,
	type ClientResponse,
} from './client';
import { useSandbox } from '../../support/sandbox';

let sandbox: Sandbox;
let client: FanfouClient;

useSandbox((started) => {
	sandbox = started;
	client = new FanfouClient(started);
});

const HOME = '/statuses/home_timeline.json';

async function act(action: string, input: unknown = {}): Promise<ClientResponse> {
	return await readResponse(
		await fetch(`${sandbox.url}/_admin/fanfou/${action}`, {
			method: 'POST',
			body: JSON.stringify(input),
		}),
	);
}

describe('admin actions', () => {
	it('let other users post, mention, reply, repost and delete', async () => {
		const posted = fields(await act('post', { user: 'moyu', text: '外面来的' }));
		expect(ids(await client.get(HOME, { count: '1' }))).toEqual([posted.id]);
		const mention = fields(await act('mention', { from: 'xiaoming', to: 'demo', text: '你好' }));
		const own = fields(await client.post('/statuses/update.json', { status: '在' }));
		const reply = fields(await act('reply', { from: 'moyu', status: own.id, text: '来了' }));
		const repost = fields(await act('repost', { from: '-wind', status: own.id, text: '看' }));
		const mentions = ids(await client.get('/statuses/mentions.json', { count: '3' }));
		expect(mentions).toEqual([repost.id, reply.id, mention.id]);
		await act('delete', { status: reply.id });
		expect(ids(await client.get('/statuses/replies.json', { count: '1' }))).not.toEqual([reply.id]);
	});

	it('change friendships, messages, moderation and blocks', async () => {
		const { graph, moderatesStatuses: isReviewing, messages } = sandbox.fanfou.sandboxState;
		await act('follow', { from: 'xiaoming', to: 'demo' });
		await act('request', { from: 'fan001', to: 'demo' });
		expect(fields(await act('accept', { owner: 'demo', from: 'secret' }))).toEqual({ ok: true });
		await act('unfollow', { from: 'moyu', to: 'demo' });
		await act('block', { from: '-wind', to: 'demo' });
		await act('protect', { user: 'moyu' });
		const { id } = fields(await act('dm', { from: 'moyu', to: 'demo', text: '嗨' }));
		await act('moderation', { on: true });
		await act('post', { user: 'moyu', text: '等审核' });
		await act('approve');
		expect(graph.followersOf('demo')).toEqual(expect.arrayContaining(['xiaoming', 'secret']));
		expect(graph.followersOf('demo')).not.toContain('moyu');
		expect(graph.requestsTo('demo')).toContain('fan001');
		expect(graph.isBlocking('-wind', 'demo')).toBe(true);
		expect(sandbox.fanfou.user('moyu').isProtected).toBe(true);
		expect(messages.forUser('demo', () => true)[0]?.id).toBe(id);
		expect([isReviewing, sandbox.fanfou.sandboxState.moderatesStatuses]).toEqual([false, true]);
		expect(sandbox.fanfou.sandboxState.statuses.filter(() => true)[0]?.isInReview).toBe(false);
	});

	it('change settings, revoke tokens and count records', async () => {
		const settings = fields(await act('settings', { maxIdInclusive: true, hourlyLimit: 5 }));
		expect(settings).toMatchObject({ maxIdInclusive: true, hourlyLimit: 5, shortPages: false });
		expect(fields(await act('revoke', { user: 'demo' }))).toEqual({ revoked: 1 });
		expect((await client.get(HOME)).json).toMatchObject({ error: 'Invalid access token' });
		expect(fields(await act('counters'))).toEqual(sandbox.fanfou.countRecords());
		const nobody = await act('post', { user: 'nobody', text: 'x' });
		expect([nobody.status, nobody.json]).toEqual([400, { message: 'no user nobody' }]);
	});

	it('return a state and views without passwords and tokens', async () => {
		const state = await (await fetch(`${sandbox.url}/_admin/state/fanfou`)).text();
		const view = `${sandbox.url}/_admin/fanfou/timeline?user=demo&timeline=public`;
		const page = await (await fetch(view)).text();
		expect(state).toContain('"id":"测试用户"');
		expect(page).toContain('#摸鱼# 摸鱼时间到');
		const { accessToken, accessTokenSecret, password, consumerSecret } = DEMO.fanfou;
		for (const secret of [accessToken, accessTokenSecret, password, consumerSecret, 'Sandbox1']) {
			expect(state).not.toContain(secret);
			expect(page).not.toContain(secret);
		}
	});
});

describe('limits and faults', () => {
	it('requests above the hourly limit are rejected until the hour is over', async () => {
		sandbox.clock.set(Date.UTC(2026, 0, 1, 10, 15, 0));
		sandbox.fanfou.updateSettings({ hourlyLimit: 3, rateLimitHeaders: true });
		const first = await client.get(HOME);
		expect(first.headers.get('x-ratelimit-remaining')).toBe('2');
		await client.get(HOME);
		await client.get(HOME);
		const rejected = await client.get(HOME);
		expect([rejected.status, rejected.headers.get('retry-after'), rejected.json]).toEqual([
			429,
			'2700',
			{ request: HOME, error: 'Rate limit exceeded' },
		]);
		expect(fields(await client.get('/account/rate_limit_status.json'))).toEqual({
			reset_time: 'Thu Jan 01 11:00:00 +0000 2026',
			remaining_hits: 0,
			hourly_limit: 3,
			reset_time_in_seconds: Date.UTC(2026, 0, 1, 11) / 1000,
		});
		sandbox.clock.advance(45 * 60_000);
		expect((await client.get(HOME)).status).toBe(200);
	});

	it('rate limit headers are sent only if the setting is on', async () => {
		const { headers } = await client.get(HOME);
		expect([headers.get('x-ratelimit-limit'), headers.get('x-ratelimit-remaining')]).toEqual([
			null,
			null,
		]);
	});

	it('a server error is an HTML page', async () => {
		sandbox.faults.add({ service: 'fanfou', kind: 'status', status: 502 });
		const result = await client.get(HOME);
		expect([result.status, result.headers.get('content-type')]).toEqual([
			502,
			'text/html; charset=utf-8',
		]);
		expect(result.text).toContain('<title>502 Injected by the sandbox</title>');
		expect((await client.get(HOME)).status).toBe(200);
	});

	it('the fault expireToken revokes the token', async () => {
		sandbox.faults.add({ service: 'fanfou', kind: 'expireToken' });
		for (let time = 0; time < 2; time += 1) {
			const { status, json } = await client.get(HOME);
			expect([status, json]).toEqual([401, { request: HOME, error: 'Invalid access token' }]);
		}
		sandbox.reset();
		expect((await client.get(HOME)).status).toBe(200);
	});

	it('the fault rateLimit responds with 429', async () => {
		sandbox.faults.add({ service: 'fanfou', kind: 'rateLimit', retryAfter: 2 });
		const result = await client.get(HOME);
		expect([result.status, result.headers.get('retry-after')]).toEqual([429, '2']);
	});

	it('unknown paths are rejected', async () => {
		for (const path of [
			'/nothing.json',
			'/statuses/home_timeline',
			'/statuses/home_timeline.xml',
		]) {
			const { status, json } = await client.get(path);
			expect([status, json]).toEqual([404, { request: path, error: 'Not Found' }]);
		}
	});

	it('form fields in the query of a POST and query parameters in a form are rejected', async () => {
		const post = await client.send({
			method: 'POST',
			path: '/statuses/update.json',
			query: { status: 'x' },
		});
		expect([post.status, post.json]).toMatchObject([
			400,
			{ error: '参数错误: status is not a query parameter of this call' },
		]);
	});
});

describe('the user stream', () => {
	async function openStream(): Promise<{
		read: (until: RegExp) => Promise<string>;
		end: () => Promise<void>;
	}> {
		const response = await client.open({
			method: 'POST',
			path: '/1/user.json',
			host: 'fanfou-stream',
		});
		if (!response.body) throw new TypeError('no stream');
		const reader = response.body.getReader();
		let text = '';
		return {
			read: async (until) => {
				while (!until.test(text)) text += Buffer.from((await reader.read()).value ?? []).toString();
				const read = text;
				text = '';
				return read;
			},
			end: async () => {
				await reader.cancel();
			},
		};
	}

	it('sends events of the user as lines, with heartbeats in between', async () => {
		const stream = await openStream();
		expect(await stream.read(/\r\n/)).toBe('\r\n');
		expect(sandbox.fanfou.countRecords().streams).toBe(1);
		sandbox.fanfou.post('moyu', '与你无关');
		const { id } = sandbox.fanfou.mention('moyu', 'demo', '与你有关');
		const line: unknown = JSON.parse(await stream.read(/\r\n/));
		expect(line).toMatchObject({
			event: 'message.create',
			source: { id: 'moyu' },
			target: null,
			object: { id, text: '@演示饭友 与你有关' },
			created_at: expect.any(String),
		});
		sandbox.clock.advance(20_000);
		expect(await stream.read(/\r\n/)).toBe('\r\n');
		await stream.end();
	});

	it('sends events for friends, favorites and messages', async () => {
		const stream = await openStream();
		await stream.read(/\r\n/);
		const events: unknown[] = [];
		const next = async (): Promise<void> => {
			const line: unknown = JSON.parse(await stream.read(/\}\r\n/));
			events.push(typeof line === 'object' && line !== null && 'event' in line && line.event);
		};
		const own = sandbox.fanfou.post('demo', '我的');
		await next();
		sandbox.fanfou.setFavorite('moyu', own.id);
		await next();
		sandbox.fanfou.setFavorite('moyu', own.id, false);
		await next();
		sandbox.fanfou.sendDirectMessage('moyu', 'demo', '嗨');
		await next();
		await client.post('/friendships/create.json', { id: 'xiaoming' });
		await next();
		await client.post('/friendships/create.json', { id: 'secret' });
		await next();
		await client.post('/friendships/destroy.json', { id: 'xiaoming' });
		await next();
		sandbox.fanfou.deleteStatus(own.id);
		await next();
		expect(events).toEqual([
			'message.create',
			'fav.create',
			'fav.delete',
			'dm.create',
			'friends.create',
			'friends.request',
			'friends.delete',
			'message.delete',
		]);
		await stream.end();
	});

	it('requires a signature for its own host', async () => {
		const wrong = await client.send({
			method: 'GET',
			path: '/1/user.json',
			host: 'fanfou-stream',
			sign: { url: 'http://api.fanfou.com/1/user.json' },
		});
		expect([wrong.status, wrong.json]).toEqual([
			401,
			{ request: '/1/user.json', error: expect.stringContaining('stream.fanfou.com') },
		]);
	});
});

it('reset restores the sample data', async () => {
	const before = sandbox.fanfou.countRecords();
	sandbox.fanfou.post('moyu', '会消失');
	sandbox.fanfou.updateSettings({ shortPages: true });
	sandbox.fanfou.revokeToken(DEMO_CREDENTIALS.token ?? '');
	sandbox.reset();
	expect(sandbox.fanfou.countRecords()).toEqual(before);
	expect(ids(await client.get(HOME))).toHaveLength(20);
});
