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

describe('search', () => {
	it('wraps matches in <b>, also inside anchors', async () => {
		const { id } = sandbox.fanfou.post('xiaoming', '#OAuth 签名# 的 oauth & <oauth>');
		const search = async (query: Record<string, string>): Promise<unknown> =>
			items(await client.get('/search/public_timeline.json', { count: '1', ...query }))[0];
		expect(await search({ q: 'oauth' })).toMatchObject({
			id,
			text: '#<b>OAuth</b> 签名# 的 <b>oauth</b> &amp; &lt;<b>oauth</b>&gt;',
		});
		expect(await search({ q: 'oauth 签名', format: 'html' })).toMatchObject({
			text: '#<a href="/q/OAuth%20%E7%AD%BE%E5%90%8D"><b>OAuth</b> <b>签名</b></a># 的 <b>oauth</b> &amp; &lt;<b>oauth</b>&gt;',
		});
		expect(await search({ q: 'oauth 没有' })).toBeUndefined();
	});

	it('does not find statuses of protected users or in review, and pages by max_id', async () => {
		sandbox.fanfou.post('secret', '找不到的词');
		sandbox.fanfou.post('moyu', '找不到的词', { isInReview: true });
		const all = (query: Record<string, string>): Promise<ClientResponse> =>
			client.get('/search/public_timeline.json', query);
		expect(ids(await all({ q: '找不到的词' }))).toEqual([]);
		const posted = ['1', '2', '3']
			.map((n) => sandbox.fanfou.post('moyu', `找得到${n}`).id)
			.toReversed();
		expect(ids(await all({ q: '找得到', count: '2' }))).toEqual(posted.slice(0, 2));
		expect(ids(await all({ q: '找得到', max_id: posted[1] ?? '' }))).toEqual(posted.slice(2));
		expect(ids(await all({ q: '找得到', since_id: posted[1] ?? '' }))).toEqual(posted.slice(0, 1));
		expect((await all({ q: '找得到', page: '2' })).status).toBe(400);
		expect(error(await all({ q: ' ' }))).toEqual([400, '搜索关键词不能为空']);
	});

	it('stores ten searches; the response to the eleventh is empty', async () => {
		const create = (query: string): Promise<ClientResponse> =>
			client.post('/saved_searches/create.json', { query });
		for (let index = 3; index <= 10; index += 1) {
			expect(fields(await create(`搜 ${index}`))).toEqual({
				id: expect.any(Number),
				query: `搜 ${index}`,
				name: `搜 ${index}`,
				created_at: expect.stringMatching(/ \+0000 \d{4}$/),
			});
		}
		const eleventh = await create('搜 11');
		expect([eleventh.status, eleventh.text]).toEqual([200, '']);
		const list = items(await client.get('/saved_searches/list.json'));
		expect(list).toHaveLength(10);
		const id = String(list[0]?.id);
		expect(fields(await client.get('/saved_searches/show.json', { id }))).toEqual(list[0]);
		await client.post('/saved_searches/destroy.json', { id });
		expect((await client.get('/saved_searches/show.json', { id })).status).toBe(404);
		expect(fields(await create('搜 11'))).toMatchObject({ query: '搜 11' });
	});

	it('lists trends by number of uses', async () => {
		for (let index = 0; index < 60; index += 1) sandbox.fanfou.post('xiaoming', '#最热# 来了');
		const { as_of, trends } = fields(await client.get('/trends/list.json'));
		expect(as_of).toMatch(/^\w{3} \w{3} \d\d /);
		expect(trends).toEqual([
			{ name: '最热', query: '#最热#', url: 'http://fanfou.com/q/%E6%9C%80%E7%83%AD' },
			...Array.from({ length: 4 }, () => expect.objectContaining({ name: expect.any(String) })),
		]);
	});
});
