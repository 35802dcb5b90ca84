import type { Sandbox } from '../../../sandbox/index';
import { MAX_PICTURE_BYTES, plainPng } from '../../../sandbox/fanfou/pictures';
import { FanfouClient, fields, ids, items } from './client';
import { useSandbox } from '../../support/sandbox';

let sandbox: Sandbox;
let client: FanfouClient;

useSandbox((started) => {
	sandbox = started;
	client = new FanfouClient(started);
});

const UPDATE = '/statuses/update.json';
const SHOW = '/statuses/show.json';
const HOME = '/statuses/home_timeline.json';

describe('a status', () => {
	it('has every documented member, dates in UTC', async () => {
		sandbox.clock.set(Date.UTC(2026, 1, 3, 4, 5, 6));
		const status = fields(await client.post(UPDATE, { status: '你好', location: '31.2,121.4' }));
		expect(status).toEqual({
			created_at: 'Tue Feb 03 04:05:06 +0000 2026',
			id: expect.stringMatching(/^[\w-]{11}$/),
			rawid: expect.any(Number),
			text: '你好',
			source: '<a href="http://example.com/sandbox" target="_blank">沙盒应用</a>',
			truncated: false,
			in_reply_to_status_id: '',
			in_reply_to_user_id: '',
			in_reply_to_screen_name: '',
			favorited: false,
			is_self: true,
			location: '31.2,121.4',
			user: expect.objectContaining({
				id: 'demo',
				name: '演示饭友',
				screen_name: '演示饭友',
				unique_id: expect.stringMatching(/^~[\w-]{11}$/),
				description: '沙盒里的演示账号 &lt;demo&gt; &amp; 朋友们',
				birthday: '1990-05-12',
				created_at: 'Sat May 12 08:00:00 +0000 2012',
				utc_offset: 28800,
				protected: false,
				followers_count: 130,
				friends_count: 110,
			}),
		});
		expect(fields(await client.get(SHOW, { id: String(status.id) }))).toEqual(status);
	});

	it('is always escaped, and has anchors with format=html except in the response of update', async () => {
		const text = '@摸鱼达人 看 <b> & "c" #读 书# http://example.com/?a=1&b=2 @没有这人';
		const posted = fields(await client.post(UPDATE, { status: text, format: 'html' }));
		const plain =
			'@摸鱼达人 看 &lt;b&gt; &amp; &quot;c&quot; #读 书# http://example.com/?a=1&amp;b=2 @没有这人';
		expect(posted.text).toBe(plain);
		const id = String(posted.id);
		expect(fields(await client.get(SHOW, { id })).text).toBe(plain);
		expect(fields(await client.get(SHOW, { id, format: 'html' })).text).toBe(
			'@<a href="http://fanfou.com/moyu" class="former">摸鱼达人</a> 看 &lt;b&gt; &amp; &quot;c&quot; ' +
				'#<a href="/q/%E8%AF%BB%20%E4%B9%A6">读 书</a># ' +
				'<a href="http://example.com/?a=1&amp;b=2" title="http://example.com/?a=1&amp;b=2" rel="nofollow" target="_blank">http://example.com/?a=1&amp;b=2</a> ' +
				'@没有这人',
		);
	});

	it('omits only the design fields with mode=lite', async () => {
		const keysOf = async (mode: string): Promise<string[]> => {
			const [status] = items(await client.get(HOME, { mode, count: '1' }));
			return Object.keys(status?.user ?? {});
		};
		const [full, lite] = [await keysOf('default'), await keysOf('lite')];
		expect(full.filter((key) => !lite.includes(key))).toEqual([
			'profile_background_color',
			'profile_text_color',
			'profile_link_color',
			'profile_sidebar_fill_color',
			'profile_sidebar_border_color',
			'profile_background_image_url',
			'profile_background_tile',
		]);
		expect(lite).toContain('profile_image_url_large');
	});

	it('inside a user has in_reply_to_lastmsg_id instead of in_reply_to_status_id', async () => {
		const { status } = fields(await client.get('/users/show.json', { id: 'moyu' }));
		expect(status).toMatchObject({ in_reply_to_lastmsg_id: '', is_self: false });
		expect(status).not.toHaveProperty('in_reply_to_status_id');
		expect(fields(await client.get('/users/show.json', { id: 'secret' }))).not.toHaveProperty(
			'status',
		);
	});
});

describe('posting', () => {
	it('accepts at most 140 characters, counted as code points', async () => {
		expect((await client.post(UPDATE, { status: '😀'.repeat(140) })).status).toBe(200);
		const long = await client.post(UPDATE, { status: '字'.repeat(141) });
		expect([long.status, long.json]).toEqual([
			400,
			{ request: UPDATE, error: '参数错误: status may have at most 140 characters, not 141' },
		]);
		const blank = await client.post(UPDATE, { status: ' \n' });
		expect([blank.status, blank.json]).toMatchObject([400, { error: '消息内容不能为空' }]);
	});

	it('rejects the same text twice in a row if the setting is on', async () => {
		const post = async (): Promise<number> =>
			(await client.post(UPDATE, { status: '重复' })).status;
		expect([await post(), await post()]).toEqual([200, 200]);
		sandbox.fanfou.updateSettings({ rejectDuplicates: true });
		expect(await post()).toBe(400);
	});

	it('links a reply only if it starts with the author’s name', async () => {
		const original = sandbox.fanfou.post('moyu', '原文');
		const reply = { in_reply_to_status_id: original.id, in_reply_to_user_id: 'moyu' };
		const linked = fields(await client.post(UPDATE, { status: '@摸鱼达人 好', ...reply }));
		expect(linked).toMatchObject({
			in_reply_to_status_id: original.id,
			in_reply_to_user_id: 'moyu',
			in_reply_to_screen_name: '摸鱼达人',
		});
		const bare = fields(await client.post(UPDATE, { status: '好', ...reply }));
		expect(bare).toMatchObject({ in_reply_to_status_id: '', in_reply_to_user_id: '' });
		sandbox.fanfou.updateSettings({ replyNeedsMention: false });
		expect(fields(await client.post(UPDATE, { status: '好', ...reply }))).toMatchObject(reply);
	});

	it('nests the reposted status until it is deleted', async () => {
		const original = sandbox.fanfou.post('moyu', '原文 & 引文');
		const status = '好！转@摸鱼达人 原文 & 引文';
		const repost = fields(await client.post(UPDATE, { status, repost_status_id: original.id }));
		expect(repost).toMatchObject({
			repost_status_id: original.id,
			repost_user_id: 'moyu',
			repost_screen_name: '摸鱼达人',
			repost_status: { id: original.id, text: '原文 &amp; 引文', user: { id: 'moyu' } },
		});
		sandbox.fanfou.deleteStatus(original.id);
		const later = fields(await client.get(SHOW, { id: String(repost.id) }));
		expect(later.repost_status_id).toBe(original.id);
		expect(later).not.toHaveProperty('repost_status');
	});

	it('lists a conversation oldest first', async () => {
		const { fanfou } = sandbox;
		const root = fanfou.post('moyu', '开头');
		const one = fanfou.reply('demo', root.id, '一');
		fanfou.post('moyu', '不相干');
		const two = fanfou.reply('moyu', one.id, '二');
		const repost = fanfou.repost('-wind', two.id, '看');
		for (const { id } of [root, one, two, repost]) {
			const talk = ids(await client.get('/statuses/context_timeline.json', { id }));
			expect(talk).toEqual([root.id, one.id, two.id, repost.id]);
		}
	});

	it('deletes own statuses only, by parameter or path', async () => {
		const own = sandbox.fanfou.post('demo', '要删的').id;
		expect(fields(await client.post('/statuses/destroy.json', { id: own })).text).toBe('要删的');
		const gone = await client.get(SHOW, { id: own });
		expect([gone.status, gone.json]).toEqual([
			404,
			{ request: `${SHOW}?id=${own}`, error: '没有这条消息' },
		]);
		const second = sandbox.fanfou.post('demo', '也要删').id;
		expect((await client.post(`/statuses/destroy/${second}.json`)).status).toBe(200);
		const other = sandbox.fanfou.post('moyu', '别人的').id;
		expect((await client.post('/statuses/destroy.json', { id: other })).status).toBe(403);
		expect(sandbox.fanfou.status(other).text).toBe('别人的');
	});
});

describe('moderation', () => {
	it('shows a status in review only to its author, with a mark', async () => {
		sandbox.fanfou.setModeration(true);
		const posted = fields(await client.post(UPDATE, { status: '等一等' }));
		expect(posted.text).toBe('等一等【审核中】');
		const theirs = sandbox.fanfou.post('moyu', '我也等').id;
		const home = ids(await client.get(HOME));
		expect(home).toContain(posted.id);
		expect(home).not.toContain(theirs);
		expect((await client.get(SHOW, { id: theirs })).status).toBe(404);
		sandbox.fanfou.approveStatuses(theirs);
		expect(ids(await client.get(HOME))).toContain(theirs);
		sandbox.fanfou.setModeration(false);
		sandbox.fanfou.approveStatuses();
		expect(fields(await client.get(SHOW, { id: String(posted.id) })).text).toBe('等一等');
	});
});

describe('favorites', () => {
	it('can be added and removed, and change the status and the count', async () => {
		const { id } = sandbox.fanfou.post('-wind', '收藏我');
		const count = async (): Promise<unknown> =>
			fields(await client.get('/account/verify_credentials.json')).favourites_count;
		const before = Number(await count());
		expect(fields(await client.post(`/favorites/create/${id}.json`)).favorited).toBe(true);
		expect(await count()).toBe(before + 1);
		expect(ids(await client.get('/favorites.json', { count: '1' }))).toEqual([id]);
		expect(ids(await client.get('/favorites/demo.json', { count: '1' }))).toEqual([id]);
		expect(fields(await client.get(SHOW, { id })).favorited).toBe(true);
		expect(fields(await client.post(`/favorites/destroy/${id}.json`)).favorited).toBe(false);
		expect(await count()).toBe(before);
		expect((await client.post('/favorites/create/nothing.json')).status).toBe(404);
	});

	it('fill more than one page', async () => {
		const one = ids(await client.get('/favorites.json', { mode: 'lite' }));
		const two = ids(await client.get('/favorites.json', { mode: 'lite', page: '2' }));
		expect([one.length, two.length]).toEqual([20, 4]);
	});
});

describe('photos', () => {
	const UPLOAD = '/photos/upload.json';

	it.each([
		['png', 'image/png', plainPng(12, [9, 8, 7])],
		[
			'jpg',
			'image/jpeg',
			Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(200)]),
		],
		['gif', 'image/gif', Buffer.concat([Buffer.from('GIF89a'), Buffer.alloc(200)])],
		['bmp', 'image/bmp', Buffer.concat([Buffer.from('BM'), Buffer.alloc(200)])],
		['webp', 'image/webp', Buffer.concat([Buffer.from('RIFF1234WEBPVP8 '), Buffer.alloc(200)])],
	])('stores and serves %s', async (extension, type, bytes) => {
		const status = fields(
			await client.upload(UPLOAD, { field: 'photo', bytes, texts: { status: '看图' } }),
		);
		const { photo } = sandbox.fanfou.status(String(status.id));
		const address = `${sandbox.url}/fanfou-photo/n0/${photo}`;
		expect(photo).toMatch(new RegExp(`^[0-9a-f]{16}\\.${extension}$`));
		expect(status).toMatchObject({ text: '看图', photo: { largeurl: address } });
		const styled = Object.values(status.photo ?? {}).filter((url) => String(url).includes('@'));
		expect(styled).toHaveLength(2);
		for (const url of [address, ...styled.map(String)]) {
			const response = await fetch(url);
			expect(response.headers.get('content-type')).toBe(type);
			expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
		}
		const head = await fetch(address, { method: 'HEAD' });
		expect(head.headers.get('content-length')).toBe(String(bytes.length));
		const [newest] = items(await client.get('/photos/user_timeline.json', { count: '1' }));
		expect(newest?.id).toBe(status.id);
	});

	it('gives a photo without text the default text', async () => {
		const status = fields(
			await client.upload(UPLOAD, { field: 'photo', bytes: plainPng(8, [0, 0, 0]) }),
		);
		expect(status.text).toBe('上传了新照片');
	});

	it('rejects files that are not pictures or too large, and text instead of a file', async () => {
		const before = sandbox.fanfou.countRecords().statuses;
		const huge = Buffer.concat([Buffer.from('GIF89a'), Buffer.alloc(MAX_PICTURE_BYTES)]);
		for (const bytes of [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), huge]) {
			const result = await client.upload(UPLOAD, { field: 'photo', bytes });
			expect([result.status, result.json]).toEqual([
				400,
				{ request: UPLOAD, error: '上传照片失败' },
			]);
		}
		const exact = Buffer.concat([Buffer.from('GIF89a'), Buffer.alloc(MAX_PICTURE_BYTES - 6)]);
		expect((await client.upload(UPLOAD, { field: 'photo', bytes: exact })).status).toBe(200);
		const body = new FormData();
		body.append('photo', 'text');
		const text = await client.send({ method: 'POST', path: UPLOAD, body });
		expect([text.status, text.json]).toMatchObject([
			400,
			{ error: '参数错误: photo must be a file part' },
		]);
		expect(sandbox.fanfou.countRecords().statuses).toBe(before + 1);
	});

	it('changes the profile picture', async () => {
		const bytes = plainPng(10, [4, 5, 6]);
		const user = fields(
			await client.upload('/account/update_profile_image.json', { field: 'image', bytes }),
		);
		const served = await fetch(String(user.profile_image_url_large));
		expect(Buffer.from(await served.arrayBuffer()).equals(bytes)).toBe(true);
	});

	it('rejects unknown pictures and other methods', async () => {
		expect((await fetch(`${sandbox.url}/fanfou-photo/n0/none.png`)).status).toBe(404);
		const post = await fetch(`${sandbox.url}/fanfou-photo/n0/stock.png`, { method: 'POST' });
		expect(post.status).toBe(405);
	});
});
