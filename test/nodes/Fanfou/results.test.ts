import type { Sandbox } from '../../../sandbox';
import { latestOf } from '../../samples/fanfou';
import { FanfouHarness } from '../../support/fanfouHarness';
import { useSandbox } from '../../support/sandbox';

let sandbox: Sandbox;
useSandbox((started) => {
	sandbox = started;
});

const harness = new FanfouHarness(() => sandbox);
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/;

const bodies = () => sandbox.requestLog.entries().map(({ bodyText }) => bodyText);
const paths = () => sandbox.requestLog.entries().map(({ path }) => path.replace('/fanfou', ''));

describe('texts', () => {
	test.each([
		['blank', '   ', '"Text" is empty'],
		['too long', '😀'.repeat(141), '"Text" has 141 characters'],
	])('a %s text is rejected before a request is sent', async (_name, status, message) => {
		const { error } = await harness.run('status', 'create', { status });
		expect(error?.message).toBe(message);
		expect(paths()).toEqual([]);
	});

	test.each([
		['directMessage', 'send', 'text', { user: 'moyu' }],
		['photo', 'upload', 'status', { photoFrom: 'url', photoUrl: 'https://example.com/a.png' }],
	])('%s %s rejects a text of 141 characters before a request', async (...given) => {
		const [resource, operation, name, parameters] = given;
		const { error } = await harness.run(resource, operation, {
			...parameters,
			[name]: '饭'.repeat(141),
		});
		expect([error?.message, error?.description]).toEqual([
			'"Text" has 141 characters',
			'Shorten it to at most 140 characters',
		]);
		expect(paths()).toEqual([]);
	});

	test('a text of 140 emoji is accepted, since characters are counted as code points', async () => {
		const { items } = await harness.run('status', 'create', { status: '😀'.repeat(140) });
		expect(items[0]?.json.text).toBe('😀'.repeat(140));
	});

	test('a reply begins with the mention and names the status and its author', async () => {
		const id = latestOf(sandbox, '-wind');
		const { items } = await harness.run('status', 'reply', { inReplyToStatusId: id, status: '好' });
		const text = encodeURIComponent('@风过无痕 好');
		expect(bodies()).toEqual([
			'',
			`in_reply_to_status_id=${id}&status=${text}&in_reply_to_user_id=-wind`,
		]);
		expect(items[0]?.json).toMatchObject({
			text: '@风过无痕 好',
			in_reply_to_status_id: id,
			in_reply_to_user_id: '-wind',
			in_reply_to_screen_name: '风过无痕',
		});
	});

	test('the error for a reply that is too long with its mention states how many characters are left', async () => {
		const { error } = await harness.run('status', 'reply', {
			inReplyToStatusId: latestOf(sandbox, '-wind'),
			status: 'x'.repeat(140),
		});
		expect(error?.message).toBe('"Text" has 146 characters with the mention of @风过无痕');
		expect(error?.description).toBe('Shorten it to at most 134 characters');
		expect(paths()).toEqual(['/statuses/show.json']);
	});

	test('a repost quotes author and text without HTML entities and review mark', async () => {
		const { id } = sandbox.fanfou.post('moyu', 'if (a < b && c) "好"');
		const { items } = await harness.run('status', 'repost', { repostStatusId: id, comment: '看' });
		expect(items[0]?.json).toMatchObject({
			text: '看 转@摸鱼达人 if (a < b && c) "好"',
			repost_status_id: id,
			repost_user_id: 'moyu',
		});
	});

	test.each([150, 136])(
		'a repost whose comment of %d characters leaves no space for the author is not posted',
		async (length) => {
			const repostStatusId = latestOf(sandbox, '-wind');
			const comment = '评'.repeat(length);
			const { error } = await harness.run('status', 'repost', { repostStatusId, comment });
			expect([error?.message, error?.description]).toEqual([
				`"Comment" has ${length + 7} characters with the mention of @风过无痕`,
				'Shorten it to at most 133 characters',
			]);
			expect(paths()).toEqual(['/statuses/show.json']);
		},
	);

	test.each([
		'http://example.com/a/very/long/address?of=a&page=1',
		'@演示饭友',
		'#一个很长的话题#',
	])('a repost of a text that ends in %s posts this completely or not at all', async (end) => {
		const before = '字'.repeat(134 - end.length);
		const { id } = sandbox.fanfou.post('moyu', `${before} ${end}`);
		const { error } = await harness.run('status', 'repost', { repostStatusId: id });
		expect(error).toBeUndefined();
		const text = encodeURIComponent(`转@摸鱼达人 ${before}`);
		expect(bodies().at(-1)).toBe(`repost_status_id=${id}&status=${text}`);
	});

	test('search results are returned without bold tags and HTML entities', async () => {
		sandbox.fanfou.post('moyu', '量子 <读书> & #量子# http://example.com/?q=1&r=2');
		const { items } = await harness.run('search', 'searchStatuses', { q: '量子', limit: 1 });
		expect(items[0]?.json).toMatchObject({
			text: '量子 <读书> & #量子# http://example.com/?q=1&r=2',
			topics: ['量子'],
			links: ['http://example.com/?q=1&r=2'],
		});
	});

	test('a status in review has a flag', async () => {
		const { items } = await harness.run('timeline', 'getUser', { limit: 1 });
		expect(items[0]?.json).toMatchObject({ text: '这条还在等审核', in_review: true });
	});

	test('mentions contain the user ID', async () => {
		sandbox.fanfou.mention('moyu', 'demo', '在吗');
		const { items } = await harness.run('timeline', 'getMentions', { limit: 1 });
		expect(items[0]?.json).toMatchObject({
			text: '@演示饭友 在吗',
			mentions: [{ id: 'demo', name: '演示饭友' }],
		});
	});
});

describe('simplified results', () => {
	test('a simplified status has all members it can have', async () => {
		const { id: answered } = sandbox.fanfou.post('moyu', '问 <b>');
		const { id } = sandbox.fanfou.reply('demo', answered, '答 #话题#');
		const { items } = await harness.run('status', 'get', { id });
		expect(items[0]?.json).toEqual({
			id,
			rawid: expect.stringMatching(/^\d+$/),
			text: '@摸鱼达人 答 #话题#',
			created_at: expect.stringMatching(ISO),
			user: {
				id: 'demo',
				unique_id: expect.stringMatching(/^~/),
				name: '演示饭友',
				profile_image_url_large: expect.any(String),
				protected: false,
				following: false,
			},
			mentions: [{ id: 'moyu', name: '摸鱼达人' }],
			topics: ['话题'],
			links: [],
			in_review: false,
			favorited: false,
			is_self: true,
			location: '北京 海淀',
			source: '网页',
			in_reply_to_status_id: answered,
			in_reply_to_user_id: 'moyu',
			in_reply_to_screen_name: '摸鱼达人',
		});
	});

	test('a simplified repost contains the original status, and a photo its original URL', async () => {
		const { id: original } = sandbox.fanfou.post('moyu', '原 & 文');
		const { id } = sandbox.fanfou.repost('demo', original, '看');
		const { items } = await harness.run('status', 'get', { id });
		expect(items[0]?.json).toMatchObject({
			repost_status_id: original,
			repost_status: { id: original, text: '原 & 文', created_at: expect.stringMatching(ISO) },
		});
		const photos = await harness.run('photo', 'getAll', { limit: 1 });
		const { photo } = photos.items[0]?.json ?? {};
		expect(photo).toEqual({
			url: expect.any(String),
			imageurl: expect.stringContaining('@'),
			thumburl: expect.stringContaining('@'),
			largeurl: expect.any(String),
			originalurl: expect.not.stringContaining('@'),
		});
	});

	test('a user is simplified', async () => {
		const { items } = await harness.run('user', 'get', { id: 'secret' });
		expect(items[0]?.json).toEqual({
			id: 'secret',
			unique_id: expect.stringMatching(/^~/),
			name: '上锁的人',
			location: '',
			gender: '',
			birthday: '0000-00-00',
			description: '不加陌生人',
			url: '',
			profile_image_url: expect.any(String),
			profile_image_url_large: expect.any(String),
			protected: true,
			followers_count: 0,
			friends_count: 0,
			favourites_count: 0,
			statuses_count: 1,
			photo_count: 0,
			following: false,
			notifications: false,
			created_at: expect.stringMatching(ISO),
		});
	});

	test('a direct message and a conversation are simplified', async () => {
		const { id } = sandbox.fanfou.sendDirectMessage('moyu', 'demo', '<在> & 吗');
		const { items } = await harness.run('directMessage', 'getManyReceived', { limit: 1 });
		expect(items[0]?.json).toEqual({
			id,
			text: '<在> & 吗',
			created_at: expect.stringMatching(ISO),
			sender_id: 'moyu',
			recipient_id: 'demo',
			sender: expect.objectContaining({ id: 'moyu', name: '摸鱼达人' }),
			recipient: expect.objectContaining({ id: 'demo' }),
		});
		const conversations = await harness.run('directMessage', 'getManyConversations', { limit: 1 });
		expect(conversations.items[0]?.json).toMatchObject({
			otherid: 'moyu',
			msg_num: 5,
			dm: { id, text: '<在> & 吗' },
		});
	});
});
