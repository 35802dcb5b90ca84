import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../../../sandbox';
import { startSandbox } from '../../support/sandbox';
import { FanfouTriggerHarness } from '../../support/fanfouTriggerHarness';
import { SECRETS } from '../../support/fanfouHarness';

let sandbox: Sandbox;
const polled = new FanfouTriggerHarness(() => sandbox);
const poll: FanfouTriggerHarness['poll'] = async (...watch) => await polled.poll(...watch);
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
});
afterAll(async () => await sandbox.close());
beforeEach(() => {
	sandbox.reset();
	polled.reset();
});

const texts = (rows: IDataObject[]) => rows.map(({ text }) => text);
const many = (count: number, from = 0) =>
	Array.from({ length: count }, (_, index) => `第 ${from + index + 1} 条`);

/** The eight events: parameters, how new rows are created, and the expected output. */
const EVENTS: Array<{
	event: string;
	more?: INodeParameters;
	happen: (text: string, index: number) => void;
	shows: (rows: IDataObject[]) => unknown[];
	expects: (text: string, index: number) => unknown;
}> = [
	{
		event: 'homeStatus',
		happen: (text) => sandbox.fanfou.post('moyu', text),
		shows: texts,
		expects: (text) => text,
	},
	{
		event: 'mention',
		happen: (text) => sandbox.fanfou.mention('moyu', 'demo', text),
		shows: texts,
		expects: (text) => `@演示饭友 ${text}`,
	},
	{
		event: 'reply',
		happen: (text) => {
			const { id } = sandbox.fanfou.sandboxState.statuses.filter(
				({ userId }) => userId === 'demo',
			)[0] ?? {
				id: '',
			};
			sandbox.fanfou.reply('moyu', id, text);
		},
		shows: texts,
		expects: (text) => `@演示饭友 ${text}`,
	},
	{
		event: 'userStatus',
		more: { id: { __rl: true, mode: 'url', value: 'https://fanfou.com/-wind' } },
		happen: (text) => sandbox.fanfou.post('-wind', text),
		shows: texts,
		expects: (text) => text,
	},
	{
		event: 'keyword',
		more: { q: '量子' },
		happen: (text) => sandbox.fanfou.post('xiaoming', `量子${text}`),
		shows: texts,
		expects: (text) => `量子${text}`,
	},
	{
		event: 'directMessage',
		happen: (text) => sandbox.fanfou.sendDirectMessage('moyu', 'demo', text),
		shows: texts,
		expects: (text) => text,
	},
	{
		event: 'follower',
		happen: (_text, index) => {
			const { id } = sandbox.fanfou.addUser({ id: `new${index}`, name: `新粉丝${index}` });
			sandbox.fanfou.follow(id, 'demo');
		},
		shows: (rows) => rows.map(({ id }) => id).sort(),
		expects: (_text, index) => `new${index}`,
	},
	{
		event: 'followRequest',
		happen: (_text, index) => {
			const { id } = sandbox.fanfou.addUser({ id: `asks${index}`, name: `申请${index}` });
			sandbox.fanfou.requestToFollow(id, 'demo');
		},
		shows: (rows) => rows.map(({ id }) => id).sort(),
		expects: (_text, index) => `asks${index}`,
	},
];

describe.each(EVENTS)('the event $event', ({ event, more, happen, shows, expects }) => {
	const watch = { event, ...more };

	test('new rows since the first poll start the workflow once, oldest first', async () => {
		expect(await poll(watch)).toEqual([]);
		expect(await poll(watch)).toEqual([]);
		const first = ['a', 'b', 'c'];
		first.forEach(happen);
		expect(shows(await poll(watch))).toEqual(first.map(expects));
		expect(await poll(watch)).toEqual([]);
		happen('d', 3);
		expect(shows(await poll(watch))).toEqual([expects('d', 3)]);
		expect(sandbox.requestLog.entries().flatMap(({ violations }) => violations)).toEqual([]);
	});

	test('a test run returns recent rows and does not change the stored position', async () => {
		happen('sample', 0);
		await poll(watch);
		const before = polled.disk;
		happen('sample too', 1);
		expect((await poll(watch, 'manual')).length).toBeGreaterThan(0);
		expect(polled.disk).toBe(before);
		expect(await poll(watch)).toHaveLength(1);
	});
});

describe('statuses', () => {
	const home = { event: 'homeStatus' };

	test('500 statuses in bursts, with restarts and failed polls, start the workflow once each', async () => {
		await poll(home);
		const all: unknown[] = [];
		const said: string[] = [];
		for (const burst of [1, 130, 59, 60, 61, 0, 189]) {
			for (const text of many(burst, said.length)) {
				sandbox.fanfou.post('moyu', text);
				said.push(text);
			}
			if (burst === 60) {
				// The poll fails on the second page, so nothing is emitted or stored.
				sandbox.faults.add({ kind: 'status', status: 403, skip: 1, body: { error: '禁止' } });
				await poll(home).then(
					(rows) => all.push(...texts(rows)),
					() => undefined,
				);
				sandbox.faults.clear();
			}
			all.push(...texts(await poll(home)));
		}
		expect(said).toHaveLength(500);
		expect(all).toEqual(said);
	});

	test('statuses start the workflow once if the server repeats the row of max_id', async () => {
		sandbox.fanfou.updateSettings({ maxIdInclusive: true });
		await poll(home);
		const said = many(150);
		for (const text of said) sandbox.fanfou.post('moyu', text);
		expect(texts(await poll(home))).toEqual(said);
	});

	test('a list that was empty at first is read to its end', async () => {
		sandbox.fanfou.updateSettings({ maxIdInclusive: true });
		const watch = { event: 'keyword', q: '稀有' };
		await poll(watch);
		const said = ['稀有的一', '稀有的二'];
		for (const text of said) sandbox.fanfou.post('moyu', text);
		sandbox.requestLog.clear();
		expect(texts(await poll(watch))).toEqual(said);
		expect(sandbox.requestLog.entries()).toHaveLength(2);
		expect(polled.reported).toEqual([]);
	});

	test('a row without an ID does not send the reading back to the first page', async () => {
		await poll(home);
		const { id } = sandbox.fanfou.post('moyu', '有编号');
		const created_at = new Date(sandbox.clock.now()).toUTCString();
		const body = [{ id, rawid: 1e12, created_at, text: '有编号' }, { text: '没有编号' }];
		sandbox.requestLog.clear();
		sandbox.faults.add({ kind: 'status', status: 200, body });
		await poll(home);
		const sent = sandbox.requestLog.entries().map(({ query }) => Object.fromEntries(query).max_id);
		expect(sent).toEqual([undefined, id]);
	});

	test('if there are too many new statuses, the newest start the workflow and the gap is reported', async () => {
		await poll(home);
		for (const text of many(1900)) sandbox.fanfou.post('moyu', text);
		const rows = await poll(home);
		expect(rows).toHaveLength(1800);
		expect(rows.at(-1)?.text).toBe('第 1900 条');
		expect(polled.reported).toEqual([
			'"New Status in Home Timeline" has more than 1800 new rows since the last poll, the oldest of them are missing',
		]);
		expect(await poll(home)).toEqual([]);
	});

	test('a status in review starts the workflow when it is approved', async () => {
		await poll(home);
		const { id } = sandbox.fanfou.post('moyu', '等审核', { isInReview: true });
		sandbox.fanfou.post('moyu', '后来的');
		expect(texts(await poll(home))).toEqual(['后来的']);
		sandbox.fanfou.approveStatuses(id);
		expect(texts(await poll(home))).toEqual(['等审核']);
	});

	test('following a user does not start the workflow on earlier statuses', async () => {
		const { id } = sandbox.fanfou.addUser({ id: 'old-hand', name: '老手' });
		sandbox.fanfou.post(id, '昨天', { createdAt: sandbox.clock.now() - 7_200_000 });
		sandbox.fanfou.post('moyu', '之后');
		await poll(home);
		sandbox.fanfou.follow('demo', id);
		expect(await poll(home)).toEqual([]);
	});

	test.each([
		['before', 'the trigger starts'],
		['after', 'the trigger has started'],
	])('following a user with 300 old statuses posted %s %s starts nothing', async (when) => {
		const { id } = sandbox.fanfou.addUser({ id: 'old-hand', name: '老手' });
		const lastYear = sandbox.clock.now() - 365 * 86_400_000;
		const postOld = () =>
			many(300).forEach((text, index) =>
				sandbox.fanfou.post(id, text, { createdAt: lastYear + index * 1000 }),
			);
		if (when === 'before') postOld();
		await poll(home);
		if (when === 'after') postOld();
		sandbox.fanfou.follow('demo', id);
		expect(await poll(home)).toEqual([]);
		sandbox.fanfou.post(id, '新的');
		expect(texts(await poll(home))).toEqual(['新的']);
	});

	test('following a user does not start the workflow on what the user posted two hours before, after the trigger had started', async () => {
		for (const { id } of sandbox.fanfou.sandboxState.statuses.filter(() => true)) {
			sandbox.fanfou.deleteStatus(id);
		}
		const hoursAgo = (hours: number) => ({ createdAt: sandbox.clock.now() - hours * 3_600_000 });
		sandbox.fanfou.post('moyu', '五小时前', hoursAgo(5));
		await poll(home);
		const { id } = sandbox.fanfou.addUser({ id: 'stranger', name: '陌生人' });
		sandbox.fanfou.post(id, '两小时前', hoursAgo(2));
		sandbox.fanfou.post('moyu', '刚才');
		expect(texts(await poll(home))).toEqual(['刚才']);
		sandbox.fanfou.follow('demo', id);
		expect(await poll(home)).toEqual([]);
		sandbox.fanfou.post(id, '现在');
		expect(texts(await poll(home))).toEqual(['现在']);
	});

	test('an account with an empty timeline that follows a user gets none of the old statuses', async () => {
		for (const { id } of sandbox.fanfou.sandboxState.statuses.filter(() => true)) {
			sandbox.fanfou.deleteStatus(id);
		}
		await poll(home);
		const { id } = sandbox.fanfou.addUser({ id: 'old-hand', name: '老手' });
		for (const text of many(70)) {
			sandbox.fanfou.post(id, text, { createdAt: sandbox.clock.now() - 86_400_000 });
		}
		sandbox.fanfou.follow('demo', id);
		expect(await poll(home)).toEqual([]);
	});

	test.each([-2, 2])(
		"a status approved after review starts the workflow if Fanfou's clock differs by %d h",
		async (hours) => {
			const post = (text: string, isInReview = false) =>
				sandbox.fanfou.post('moyu', text, {
					isInReview,
					createdAt: sandbox.clock.now() + hours * 3_600_000,
				});
			post('之前');
			await poll(home);
			const { id } = post('等审核', true);
			post('后来的');
			expect(texts(await poll(home))).toEqual(['后来的']);
			sandbox.fanfou.approveStatuses(id);
			expect(texts(await poll(home))).toEqual(['等审核']);
		},
	);

	test('deleting statuses does not start the workflow on older ones', async () => {
		await poll(home);
		const { id } = sandbox.fanfou.post('moyu', '删我');
		await poll(home);
		sandbox.fanfou.deleteStatus(id);
		for (const { id: older } of sandbox.fanfou.sandboxState.statuses.filter(
			({ userId }) => userId === 'moyu',
		)) {
			sandbox.fanfou.deleteStatus(older);
		}
		expect(await poll(home)).toEqual([]);
	});

	test('own statuses can be excluded', async () => {
		const watch = { ...home, options: { leaveOutOwn: true } };
		await poll(watch);
		sandbox.fanfou.post('demo', '我说');
		expect(await poll(watch)).toEqual([]);
		sandbox.fanfou.post('moyu', '你说');
		expect(texts(await poll(watch))).toEqual(['你说']);
	});

	test.each(['true', ' TRUE', 1])('switches given as %j are on', async (on) => {
		const watch = { ...home, simplify: on, options: { leaveOutOwn: on } };
		await poll(watch);
		sandbox.fanfou.post('demo', '我说');
		sandbox.fanfou.post('moyu', '你说');
		const rows = await poll(watch);
		expect(texts(rows)).toEqual(['你说']);
		expect(rows[0]).toHaveProperty('in_review');
	});

	test.each([
		[{ simplify: 'yes' }, '"Simplify" cannot be "yes"'],
		[{ options: { leaveOutOwn: 'own' } }, '"Ignore Own Statuses" cannot be "own"'],
		[{ options: { fieldNames: '中文' } }, '"Field Names" cannot be "中文"'],
	])('the settings %j are rejected', async (parameters, message) => {
		await expect(poll({ ...home, ...parameters })).rejects.toThrow(message);
	});

	test('changed parameters start a new position', async () => {
		await poll({ event: 'keyword', q: '量子' });
		sandbox.fanfou.post('moyu', '量子 相对论');
		expect(await poll({ event: 'keyword', q: '相对论' })).toEqual([]);
	});

	test('another credential starts a new position', async () => {
		await poll(home, 'trigger', 'first');
		sandbox.fanfou.post('moyu', '旧账号');
		expect(await poll(home, 'trigger', 'second')).toEqual([]);
		sandbox.fanfou.post('moyu', '新账号');
		expect(texts(await poll(home, 'trigger', 'second'))).toEqual(['新账号']);
	});

	test('a position stored without its credential is kept', async () => {
		await poll(home, 'trigger', 'first');
		expect(polled.disk).toContain('"credentialId":"first"');
		polled.disk = polled.disk.replace('"credentialId":"first",', '');
		sandbox.fanfou.post('moyu', '之后');
		expect(texts(await poll(home, 'trigger', 'second'))).toEqual(['之后']);
		expect(polled.disk).toContain('"credentialId":"second"');
	});

	test('rows are returned simplified, raw or with Chinese keys', async () => {
		const changes = ['simplified', 'raw', 'chinese'];
		const watches: INodeParameters[] = [
			home,
			{ ...home, simplify: false },
			{ ...home, options: { fieldNames: 'chinese' } },
		];
		for (const [index, watch] of watches.entries()) {
			polled.reset();
			await poll(watch);
			sandbox.requestLog.clear();
			sandbox.fanfou.post('moyu', `#话题# ${changes[index] ?? ''} <>`);
			const [row] = await poll(watch);
			expect(row).toMatchObject(
				[
					{ text: '#话题# simplified <>', topics: ['话题'] },
					{ text: '#话题# raw &lt;&gt;' },
					{ 饭否内容: '#<a href="/q/%E8%AF%9D%E9%A2%98">话题</a># chinese &lt;&gt;' },
				][index] ?? {},
			);
			const [entry] = sandbox.requestLog.entries();
			expect(Object.fromEntries(entry?.query ?? [])).toEqual({
				count: '60',
				...(watch.simplify === false ? {} : { mode: 'lite', format: 'html' }),
			});
		}
	});
});

test('if the newest 105 of 300 followers leave, the others start nothing', async () => {
	const names = Array.from({ length: 300 }, (_, index) => `fan${index}`);
	for (const id of names) {
		sandbox.fanfou.addUser({ id, name: id });
		sandbox.fanfou.follow(id, 'demo');
	}
	await poll({ event: 'follower' });
	for (const id of names.slice(-105)) sandbox.fanfou.unfollow(id, 'demo');
	expect(await poll({ event: 'follower' })).toEqual([]);
	sandbox.fanfou.follow('fan299', 'demo');
	sandbox.fanfou.addUser({ id: 'newest', name: 'newest' });
	sandbox.fanfou.follow('newest', 'demo');
	expect((await poll({ event: 'follower' })).map(({ id }) => id)).toEqual(['newest']);
});

test('more follow requests than one poll reads are not reported as new', async () => {
	for (let index = 0; index < 1900; index += 1) {
		const id = `asks${index}`;
		sandbox.fanfou.addUser({ id, name: id });
		sandbox.fanfou.requestToFollow(id, 'demo');
	}
	const watch = { event: 'followRequest' };
	await poll(watch);
	expect(await poll(watch)).toEqual([]);
	expect(polled.reported).toEqual([]);
});

test('the first poll succeeds if the public timeline cannot be read', async () => {
	sandbox.faults.add({ kind: 'status', status: 403, body: { error: '禁止' } });
	expect(await poll({ event: 'homeStatus' })).toEqual([]);
	sandbox.fanfou.post('moyu', '之后');
	expect(texts(await poll({ event: 'homeStatus' }))).toEqual(['之后']);
});

describe('failed polls', () => {
	test('the error of a poll is readable and contains no secrets', async () => {
		sandbox.fanfou.revokeTokens('demo');
		const failure: unknown = await poll({ event: 'mention' }).then(
			() => undefined,
			(error: unknown) => error,
		);
		expect(failure).toMatchObject({
			message: 'Fanfou rejected the keys or the access token: Invalid access token',
			description: expect.stringContaining('not approved'),
		});
		for (const secret of SECRETS) expect(JSON.stringify(failure)).not.toContain(secret);
	});

	test.each([
		[{ event: 'keyword', q: '  ' }, '"Keyword" is empty'],
		[{ event: 'userStatus', id: { __rl: true, mode: 'id', value: '' } }, '"User" is empty'],
		[{ event: 'everything' }, '"Event" cannot be "everything"'],
	])('a poll with %j is rejected', async (parameters, message) => {
		await expect(poll(parameters)).rejects.toThrow(message);
	});

	test('a response that is not a list fails the poll, and the next one returns the rows', async () => {
		await poll({ event: 'mention' });
		sandbox.fanfou.mention('moyu', 'demo', '在吗');
		sandbox.faults.add({ kind: 'status', status: 200, body: {} });
		await expect(poll({ event: 'mention' })).rejects.toThrow(
			'Fanfou returned an empty object instead of a list of statuses',
		);
		expect(texts(await poll({ event: 'mention' }))).toEqual(['@演示饭友 在吗']);
	});

	test('a test run reads a limited number of pages', async () => {
		for (const text of many(400)) sandbox.fanfou.post('demo', text);
		const own = { event: 'userStatus', id: 'demo', options: { leaveOutOwn: true } };
		await expect(poll(own, 'manual')).rejects.toThrow('Fanfou has no recent data');
		expect(sandbox.requestLog.entries()).toHaveLength(5);
	});

	test('a test run without rows fails with an explanation', async () => {
		await expect(poll({ event: 'keyword', q: 'nobody says this' }, 'manual')).rejects.toThrow(
			'Fanfou has no recent data for "Keyword in Public Statuses"',
		);
	});

	test('a poll does not start while another one is running', async () => {
		await poll({ event: 'homeStatus' });
		sandbox.fanfou.post('moyu', '一次');
		sandbox.faults.add({ kind: 'delay', delayMs: 200 });
		const both = await Promise.all([poll({ event: 'homeStatus' }), poll({ event: 'homeStatus' })]);
		expect(both.map(texts)).toEqual([['一次'], []]);
	});
});
