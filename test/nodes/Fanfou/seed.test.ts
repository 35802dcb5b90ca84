import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeParameters } from 'n8n-workflow';
import { Fanfou } from '../../../nodes/Fanfou/Fanfou.node';
import { fanfou } from '../../../nodes/Fanfou/service';
import type { Sandbox } from '../../../sandbox';
import { latestOf, photoItem } from '../../samples/fanfou';
import { FanfouHarness } from '../../support/fanfouHarness';
import { useSandbox } from '../../support/sandbox';

/** The eleven tools of the Fanfou MCP server, as operations of the node with Chinese field names. */
let sandbox: Sandbox;
useSandbox((started) => {
	sandbox = started;
});

const harness = new FanfouHarness(() => sandbox);
const chinese = { options: { fieldNames: 'chinese' } };
const writes = () => sandbox.requestLog.entries().filter(({ method }) => method !== 'GET');

async function one(
	resource: string,
	operation: string,
	parameters: INodeParameters,
	more: Parameters<typeof harness.run>[3] = {},
) {
	const { items, error } = await harness.run(
		resource,
		operation,
		{ ...chinese, ...parameters },
		more,
	);
	expect(error).toBeUndefined();
	expect(items).toHaveLength(1);
	return items[0]?.json ?? {};
}

const ROW = ['饭否内容', '发布 ID', '发布时间', '发布者', '发布者 ID'];
const TIME = /^\w{3} \w{3} \d\d \d\d:\d\d:\d\d \+0000 \d{4}$/;

describe('reading', () => {
	test.each([
		['timeline', 'getHome', {}],
		['timeline', 'getUser', { id: 'demo' }],
		['timeline', 'getPublic', {}],
		['search', 'searchStatuses', { q: '读书' }],
		['search', 'searchUserStatuses', { q: '天气', id: 'demo' }],
	])(
		'%s %s returns rows with the keys of the MCP server',
		async (resource, operation, parameters) => {
			const { items } = await harness.run(resource, operation, {
				...chinese,
				...parameters,
				limit: 5,
			});
			expect(items.length).toBeGreaterThan(0);
			for (const { json } of items) {
				const names = Object.keys(json);
				expect(names.slice(0, 5)).toEqual(ROW);
				expect(names.slice(5)).toEqual('图片链接' in json ? ['图片链接'] : []);
				expect(json.发布时间).toMatch(TIME);
			}
		},
	);

	test('the text stays HTML with the review mark', async () => {
		sandbox.fanfou.post('demo', '#摸鱼# <好>', { isInReview: true });
		const { items } = await harness.run('timeline', 'getUser', { ...chinese, limit: 1 });
		expect(items[0]?.json.饭否内容).toBe(
			'#<a href="/q/%E6%91%B8%E9%B1%BC">摸鱼</a># &lt;好&gt;【审核中】',
		);
	});

	test('get_user_info returns the keys of the MCP server', async () => {
		expect(await one('user', 'get', {})).toEqual({
			'用户 ID': 'demo',
			用户名: '演示饭友',
			位置: '北京 海淀',
			性别: '男',
			生日: '1990-05-12',
			描述: '沙盒里的演示账号 &lt;demo&gt; &amp; 朋友们',
			头像: expect.stringContaining('/fanfou-photo/'),
			链接: 'http://example.com/demo',
			是否加锁: false,
			粉丝数: 130,
			朋友数: 110,
			收藏数: expect.any(Number),
			发布数: expect.any(Number),
			照片数: expect.any(Number),
			是否关注: false,
			注册时间: expect.stringMatching(TIME),
			最新状态: {
				发布时间: expect.stringMatching(TIME),
				'发布 ID': latestOf(sandbox, 'demo'),
				发布内容: '这条还在等审核【审核中】',
			},
		});
	});

	test('get_status_info returns the keys of the MCP server', async () => {
		const { id: answered } = sandbox.fanfou.post('moyu', '问');
		const { id } = sandbox.fanfou.reply('demo', answered, '答');
		expect(await one('status', 'get', { id })).toEqual({
			饭否内容: '@<a href="http://fanfou.com/moyu" class="former">摸鱼达人</a> 答',
			'发布 ID': id,
			发布时间: expect.stringMatching(TIME),
			发布者: '演示饭友',
			'发布者 ID': 'demo',
			是否收藏: false,
			是否是自己: true,
			发布位置: '北京 海淀',
			回复信息: { '回复的状态 ID': answered, '回复的用户 ID': 'moyu', 回复的用户名: '摸鱼达人' },
			图片链接: null,
		});
		const alone = await one('status', 'get', { id: answered });
		expect(alone.回复信息).toBeNull();
	});
});

const RULES = {
	确认提示: expect.any(String),
	'🚫 绝对禁止': expect.any(String),
};

describe('previews with Confirm off', () => {
	const off = { confirm: false };
	afterEach(() => expect(writes()).toEqual([]));

	test('publish_status returns a preview and posts nothing', async () => {
		expect(await one('status', 'create', { ...off, status: '一条新的 😀' })).toEqual({
			需要确认: true,
			内容预览: '一条新的 😀',
			字数统计: '6/140',
			操作类型: '发布饭否',
			'⚠️ 重要提示': expect.stringContaining('审核'),
			...RULES,
		});
		expect(sandbox.requestLog.entries()).toEqual([]);
	});

	test('publish_photo returns a preview with a hint about the URL', async () => {
		const preview = await one('photo', 'upload', {
			...off,
			photoFrom: 'url',
			photoUrl: 'https://example.com/photo?id=1',
			status: '看',
		});
		expect(preview).toEqual({
			需要确认: true,
			内容预览: '看',
			字数统计: '1/140',
			图片链接: 'https://example.com/photo?id=1',
			'URL 提示': expect.stringContaining('扩展名'),
			操作类型: '发布带图片的饭否',
			'⚠️ 重要提示': expect.any(String),
			...RULES,
		});
		expect(sandbox.requestLog.entries()).toEqual([]);
		const local = await one('photo', 'upload', off, { items: [photoItem()] });
		expect(local.图片链接).toBe('photo.png');
	});

	test('delete_status returns a preview for own statuses only', async () => {
		const { id } = sandbox.fanfou.post('demo', `${'长'.repeat(60)} <b>`);
		expect(await one('status', 'delete', { ...off, id })).toEqual({
			需要确认: true,
			内容预览: `${'长'.repeat(50)}...`,
			发布时间: expect.stringMatching(TIME),
			'发布 ID': id,
			操作类型: '删除饭否',
			'⚠️ 重要警告': expect.stringContaining('无法恢复'),
			...RULES,
		});
		const { error } = await harness.run('status', 'delete', {
			...off,
			id: latestOf(sandbox, 'moyu'),
		});
		expect(error?.message).toBe('"Status" was posted by another user');
	});

	test('manage_favorite returns a preview that states if nothing would change', async () => {
		const { id } = sandbox.fanfou.post('moyu', '收藏我');
		const preview = await one('favorite', 'create', { ...off, id });
		expect(preview).toEqual({
			需要确认: true,
			内容预览: '收藏我',
			发布时间: expect.stringMatching(TIME),
			'发布 ID': id,
			发布者: '摸鱼达人',
			当前收藏状态: false,
			操作类型: '收藏',
			'⚠️ 重要提示': '尚未执行任何操作',
			...RULES,
		});
		const idle = await one('favorite', 'delete', { ...off, id });
		expect(idle).toMatchObject({ 操作类型: '取消收藏', '⚠️ 重要提示': '该消息尚未收藏，无需取消' });
		sandbox.fanfou.setFavorite('demo', id);
		const again = await one('favorite', 'create', { ...off, id });
		expect(again).toMatchObject({
			当前收藏状态: true,
			'⚠️ 重要提示': '该消息已经收藏，无需重复操作',
		});
	});

	test('manage_friendship returns a preview that states if a follow request would be sent', async () => {
		const preview = await one('friendship', 'follow', { ...off, id: 'secret' });
		expect(preview).toEqual({
			需要确认: true,
			用户预览: {
				用户名: '上锁的人',
				'用户 ID': 'secret',
				是否受保护: true,
				粉丝数: 0,
				发布数: 1,
				个人描述: '不加陌生人',
			},
			当前关注状态: false,
			特殊情况: expect.stringContaining('关注申请'),
			操作类型: '关注',
			'⚠️ 重要提示': '尚未执行任何操作',
			...RULES,
		});
		const idle = await one('friendship', 'follow', { ...off, id: 'moyu' });
		expect(idle).toMatchObject({
			当前关注状态: true,
			'⚠️ 重要提示': '已经关注该用户，无需重复操作',
		});
		expect(idle).not.toHaveProperty('特殊情况');
	});

	test('an empty or invalid value of Confirm counts as off', async () => {
		for (const confirm of ['={{ null }}', '={{ "" }}', '={{ "no" }}', '={{ "false" }}']) {
			const { items } = await harness.run('status', 'create', { status: '好', confirm });
			expect(items[0]?.json).toMatchObject({ needs_confirmation: true });
		}
	});

	test('the preview of an invalid text fails like posting it', async () => {
		const { error } = await harness.run('status', 'create', { ...off, status: 'x'.repeat(141) });
		expect(error?.message).toBe('"Text" has 141 characters');
	});

	test('the English preview has English keys', async () => {
		const { items } = await harness.run('friendship', 'follow', { ...off, id: 'secret' });
		expect(items[0]?.json).toEqual({
			needs_confirmation: true,
			action: 'Follow a user',
			would_change: true,
			user: {
				id: 'secret',
				name: '上锁的人',
				description: '不加陌生人',
				protected: true,
				followers_count: 0,
				statuses_count: 1,
			},
			following: false,
			becomes_request: true,
			notice:
				'Nothing has been changed yet. The account is protected, so this sends a follow request',
			how_to_confirm: 'Let the user see this preview, then run it again with Confirm switched on',
			ai_rule: 'Only the human may confirm; an AI agent must never confirm by itself',
		});
	});

	test('the previews of replies and reposts show the final text', async () => {
		const { id } = sandbox.fanfou.post('moyu', '原文');
		const reply = await one('status', 'reply', { ...off, inReplyToStatusId: id, status: '好' });
		const repost = await one('status', 'repost', { ...off, repostStatusId: id, comment: '看' });
		expect([reply.内容预览, repost.内容预览]).toEqual(['@摸鱼达人 好', '看 转@摸鱼达人 原文']);
	});
});

describe('results with Confirm on', () => {
	test('publish_status and publish_photo post and return the keys of the MCP server', async () => {
		const published = {
			'发布 ID': expect.any(String),
			发布时间: expect.stringMatching(TIME),
			发布结果: '发布成功',
			重要提示: expect.stringContaining('审核'),
		};
		expect(await one('status', 'create', { status: '发布' })).toEqual(published);
		expect(sandbox.fanfou.status(latestOf(sandbox, 'demo')).text).toBe('发布');
		expect(await one('photo', 'upload', {}, { items: [photoItem()] })).toEqual(published);
		expect(sandbox.fanfou.status(latestOf(sandbox, 'demo')).photo).toBeDefined();
	});

	test('delete_status deletes and returns the keys of the MCP server', async () => {
		const id = latestOf(sandbox, 'demo');
		expect(await one('status', 'delete', { id })).toEqual({
			'删除 ID': id,
			删除结果: '删除成功',
			重要提示: expect.any(String),
		});
		expect(latestOf(sandbox, 'demo')).not.toBe(id);
	});

	test('manage_favorite adds and removes a favorite and returns the keys of the MCP server', async () => {
		const id = latestOf(sandbox, 'moyu');
		expect(await one('favorite', 'create', { id })).toEqual({
			是否收藏: true,
			操作结果: '收藏成功',
			操作类型: '收藏',
		});
		expect(await one('favorite', 'delete', { id })).toEqual({
			是否收藏: false,
			操作结果: '取消收藏成功',
			操作类型: '取消收藏',
		});
	});

	test('manage_friendship returns a sent follow request as success', async () => {
		expect(await one('friendship', 'follow', { id: 'newcomer' })).toEqual({
			是否关注: true,
			操作结果: '关注成功',
			操作类型: '关注',
			用户信息: { 用户名: '新来的', '用户 ID': 'newcomer', 是否受保护: false },
		});
		expect(await one('friendship', 'unfollow', { id: 'newcomer' })).toMatchObject({
			是否关注: false,
			操作类型: '取消关注',
		});
		expect(await one('friendship', 'follow', { id: 'secret' })).toEqual({
			是否关注: false,
			操作结果: '已向上锁的人发出关注请求，请等待对方确认',
			操作类型: '关注申请',
			用户信息: { 用户名: null, '用户 ID': 'secret', 是否受保护: true },
			特殊情况: expect.stringContaining('对方确认'),
		});
	});

	test('Raw returns the response unchanged, regardless of Field Names', async () => {
		const raw = await one('status', 'create', { status: 'a < b', simplify: false });
		expect(raw).toMatchObject({ text: 'a &lt; b', created_at: expect.stringMatching(TIME) });
	});
});

describe('the node as a tool of an AI agent', () => {
	/** Returns the node as n8n converts it into a tool. */
	function tool(): Fanfou {
		const node = new Fanfou();
		const { description } = node;
		node.description = {
			...description,
			name: `${description.name}Tool`,
			inputs: [],
			outputs: [NodeConnectionTypes.AiTool],
		};
		return node;
	}
	const asTool = { node: tool(), typeName: 'test.fanfouTool' };

	test('Confirm is off by default as a tool', async () => {
		const { items } = await harness.run('status', 'create', { status: '好' }, asTool);
		expect(items[0]?.json).toMatchObject({ needs_confirmation: true, characters: '1/140' });
		expect(writes()).toEqual([]);
		const confirmed = await harness.run(
			'status',
			'create',
			{ status: '好', confirm: true },
			asTool,
		);
		expect(confirmed.items[0]?.json).toMatchObject({ text: '好', is_self: true });
		expect(writes()).toHaveLength(1);
	});

	test('Confirm is on by default in a workflow', async () => {
		const { items } = await harness.run('status', 'create', { status: '好' });
		expect(items[0]?.json).toMatchObject({ text: '好', is_self: true });
	});

	test("every operation with Confirm has the switch twice, and the tool's switch forbids agents to use it", () => {
		const { properties } = new Fanfou().description;
		const switches = properties.filter(({ name }) => name === 'confirm');
		const forAgents = switches.filter(({ displayOptions }) => displayOptions?.show?.['@tool']);
		const marked = fanfou.resources.flatMap(({ operations }) =>
			operations.filter(({ confirmation }) => confirmation !== undefined),
		);
		expect(forAgents).toHaveLength(marked.length);
		expect(switches).toHaveLength(2 * marked.length);
		for (const property of switches) {
			const isForAgents = forAgents.includes(property);
			expect(property.default).toBe(!isForAgents);
			if (isForAgents) expect(property.description).toContain('Only a person may confirm');
			else expect(property.displayOptions?.hide).toEqual({ '@tool': [true] });
		}
	});
});
