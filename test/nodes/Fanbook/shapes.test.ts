import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { TestServer } from '../../support/server';
import { byId, demo, FanbookHarness } from '../../support/fanbookHarness';

/** Response formats and paging that the reference does not define. */
const bare = new TestServer();
const harness = FanbookHarness.forTests(bare);

const DEEP = '={{ $json.deep }}';
const FEWER_LEVELS = 'Give an object or a list with fewer levels';

const server = { guildId: '1' };
const all = { returnAll: true };

/** Runs against a server that sends these responses in turn and repeats the last one. */
async function answered(
	answers: object[],
	resource: string,
	operation: string,
	parameters: INodeParameters,
) {
	bare.reply = (_request, count) => ({
		body: JSON.stringify(answers[count - 1] ?? answers.at(-1)),
	});
	const { items, error } = await harness.run(resource, operation, parameters, {
		credentials: harness.credential({ host: bare.url }),
	});
	expect(error).toBeUndefined();
	return items.map(({ json }) => json);
}

const ok = (result: unknown) => ({ ok: true, result });
/** Returns the body of each request. */
const bodies = () => bare.received.map(({ body }) => body);

describe('a response without data', () => {
	const done = { status: true, code: 1000, message: '1000', desc: '成功', data: null };

	test('an empty response to a write becomes a result that states success, in both envelopes', async () => {
		const gone = { ...server, chatId: '2', messageId: '3' };
		expect(await answered([done], 'serverNotification', 'recall', gone)).toEqual([
			{ success: true },
		]);
		expect(await answered([done], 'message', 'delete', gone)).toEqual([{ deleted: true }]);
	});

	test.each([
		['message', 'getAll', { channelId: '2' }],
		['channel', 'getAll', server],
		['invite', 'getAll', server],
		['member', 'getAll', server],
		['circlePost', 'getReactions', { postId: '5' }],
		['circlePost', 'getReactingMembers', { ...server, postId: '5' }],
		['badge', 'get', { ...server, userId: '3' }],
	])('an empty response is an empty list: %s %s', async (resource, operation, parameters) => {
		for (const answer of [done, ok(null), ok([])]) {
			expect(await answered([answer], resource, operation, parameters)).toEqual([]);
		}
	});
});

test.each<[object, object]>([
	[{ photo: [{ url: 'x' }] }, { type: 'image', url: 'x' }],
	[
		{ text: '', video: { url: 'x' } },
		{ type: 'video', url: 'x' },
	],
	[
		{ rich_text: { title: 't', document: '[{"insert":"hi"}]' } },
		{ type: 'richText', title: 't', document: [{ insert: 'hi' }] },
	],
	[
		{ content: { type: 'richText', document: '[{"insert":"hi"}]' } },
		{ type: 'richText', document: [{ insert: 'hi' }] },
	],
])('a simplified message keeps its content: %j', async (member, content) => {
	const message = { message_id: '3', ...member };
	const one = { ...server, chatId: '2', messageId: '3' };
	expect(await answered([ok(message)], 'message', 'get', one)).toMatchObject([{ content }]);
	const many = { channelId: '2', limit: 5 };
	expect(await answered([ok([message])], 'message', 'getAll', many)).toMatchObject([{ content }]);
});

test.each<[object, string, string]>([
	[{ text: DEEP }, '"Text" is nested too deeply', FEWER_LEVELS],
	[{ additionalFields: { desc: DEEP } }, '"Additional Fields" is nested too deeply', FEWER_LEVELS],
	[
		{ options: { timeout: DEEP } },
		'A value is nested too deeply',
		`Check the expressions of this item. ${FEWER_LEVELS}`,
	],
])(
	'an object with thousands of levels is rejected with a message: %j',
	async (fields, message, description) => {
		let deep: IDataObject = {};
		for (let level = 0; level < 5000; level += 1) deep = { a: deep };
		const parameters = { chatId: byId('5'), text: 'Hello', ...fields };
		const { error } = await harness.run('message', 'send', parameters, {
			items: [{ json: { deep } }],
		});
		expect(error).toMatchObject({ message, description });
	},
);

describe('a list in a member', () => {
	const rows = [{ id: '5' }, { id: '6' }];

	test.each<[string, string, INodeParameters]>([
		['channel', 'getAll', server],
		['bot', 'getCommands', {}],
		['server', 'getEmojis', server],
		['circlePost', 'getCircleInfo', { ...server, channelId: '2' }],
		['invite', 'getAll', server],
	])('the rows are one item each: %s %s', async (resource, operation, parameters) => {
		for (const data of [
			{ list: rows },
			{ records: rows, total: 2 },
			{ items: rows },
			{ records: null, list: rows },
			{ records: '', data: rows },
		]) {
			for (const answer of [ok(data), { status: true, code: 1000, data }]) {
				const found = await answered([answer], resource, operation, parameters);
				expect(found).toMatchObject(rows);
				expect(found).toHaveLength(2);
			}
		}
		expect(await answered([ok({ records: null })], resource, operation, parameters)).toEqual([]);
	});
});

describe('the users of a card', () => {
	const list = [
		{ key: '1', user_id: '5' },
		{ key: '1', user_id: '6' },
	];

	test.each<[string, object]>([
		['result.list', ok({ list })],
		['data.list', { status: true, code: 1000, data: { list } }],
		['list', { ok: true, list }],
		['result', ok(list)],
	])('the users of a card are one item each, with the list at %s', async (_where, answer) => {
		const card = { channelId: '2', messageId: '3', key: '1' };
		expect(await answered([answer], 'messageCard', 'getUsers', card)).toEqual(list);
	});

	test.each<[string, object]>([
		['nobody', ok({ list: [] })],
		['null', ok({ list: null })],
	])('a card without users returns no item: %s', async (_what, answer) => {
		const card = { channelId: '2', messageId: '3', key: '1' };
		expect(await answered([answer], 'messageCard', 'getUsers', card)).toEqual([]);
	});
});

test('servers of a user can be numbers, text or objects', async () => {
	const result = [7, '523904175562981377', { guild_id: '8', name: 'Tea' }, { name: 'None' }];
	const body = JSON.stringify(ok(result)).replace('7,', '523904175562981999,');
	bare.reply = () => ({ body });
	const { items } = await harness.run(
		'member',
		'filterServers',
		{ userId: '3', guilds: '1' },
		{ credentials: harness.credential({ host: bare.url }) },
	);
	expect(items.map(({ json }) => json)).toEqual([
		{ guild_id: '523904175562981999' },
		{ guild_id: '523904175562981377' },
		{ guild_id: '8', name: 'Tea' },
		{ name: 'None' },
	]);
});

describe('a list with several pages', () => {
	const post = { postId: '5', ...all };
	const reactions = (...ids: string[]) => ids.map((reaction_id) => ({ reaction_id }));

	test.each<[string, unknown, unknown]>([
		['true', true, false],
		['1', 1, 0],
		['"1"', '1', '0'],
		['"true"', 'true', 'false'],
	])('another page is requested if next is %s', async (_what, more, end) => {
		const found = await answered(
			[
				ok({ records: reactions('1', '2'), list_id: '2', next: more }),
				ok({ records: reactions('3'), list_id: '3', next: end }),
			],
			'circlePost',
			'getReactions',
			post,
		);
		expect(found).toEqual(reactions('1', '2', '3'));
		expect(bodies()).toEqual([
			'{"post_id":"5","size":20}',
			'{"post_id":"5","size":20,"list_id":"2"}',
		]);
	});

	test('a list without a cursor continues after its last record', async () => {
		const comments = (...ids: string[]) => ids.map((comment_id) => ({ comment: { comment_id } }));
		const comment = await answered(
			[
				ok({ records: comments('11', '12'), next: true }),
				ok({ records: comments('13'), next: false }),
			],
			'circlePost',
			'getComments',
			{ ...post, channelId: '2' },
		);
		expect(comment).toEqual(comments('11', '12', '13'));
		expect(bodies()[1]).toBe('{"channel_id":"2","post_id":"5","size":"20","list_id":"12"}');
		bare.reset();
		const reaction = await answered(
			[ok({ records: reactions('1'), next: true }), ok({ records: reactions('2'), next: false })],
			'circlePost',
			'getReactions',
			post,
		);
		expect(reaction).toEqual(reactions('1', '2'));
		expect(bodies()[1]).toBe('{"post_id":"5","size":20,"list_id":"1"}');
	});

	test('a list ends at a page without new records even if next is true', async () => {
		const page = ok({ records: reactions('1', '2'), list_id: '2', next: true });
		expect(await answered([page], 'circlePost', 'getReactions', post)).toEqual(reactions('1', '2'));
		expect(bare.received).toHaveLength(2);
	});

	test('a list ends if there is no cursor at all', async () => {
		const posts = [{ post: { post_id: '1' } }];
		const page = ok({ records: posts, list_id: '', next: true });
		const parameters = { ...server, channelId: '2', ...all };
		expect(await answered([page], 'circlePost', 'getAll', parameters)).toEqual(posts);
		expect(bare.received).toHaveLength(1);
	});

	test('a bare list has no second page', async () => {
		const posts = [{ post: { post_id: '1' } }, { post: { post_id: '2' } }];
		const parameters = { ...server, channelId: '2', ...all };
		expect(await answered([ok(posts)], 'circlePost', 'getAll', parameters)).toEqual(posts);
		expect(bodies()).toEqual(['{"guild_id":"1","channel_id":"2","size":"20"}']);
	});
});

describe('members who reacted or commented', () => {
	const parameters = { ...server, postId: '5', ...all };
	const member = (id: string, more: object = {}) => ({ user: { id }, ...more });
	const cursors = () => bodies().map((body) => /"list_id":"(\d+)"/.exec(body)?.[1]);

	test('members with several comments are returned for each, and such pages do not end the list', async () => {
		const pages = [
			[member('7', { comment_id: '11' }), member('7', { comment_id: '12' })],
			[member('7', { comment_id: '13' })],
			[member('8', { comment_id: '14' })],
			[],
		];
		const found = await answered(
			pages.map((page) => ok(page)),
			'circlePost',
			'getCommentingMembers',
			parameters,
		);
		expect(found).toEqual(pages.flat());
		expect(cursors()).toEqual([undefined, '12', '13', '14']);
	});

	test('members are paged by the cursor of the response if there is one', async () => {
		const found = await answered(
			[
				ok({ records: [member('7')], list_id: '90', next: '1' }),
				ok({ records: [member('8')], list_id: '91', next: '0' }),
			],
			'circlePost',
			'getReactingMembers',
			parameters,
		);
		expect(found).toEqual([member('7'), member('8')]);
		expect(cursors()).toEqual([undefined, '90']);
	});

	test('members are paged by the last user if there is no cursor', async () => {
		const found = await answered(
			[ok([member('7')]), ok([member('8')]), ok([member('8')])],
			'circlePost',
			'getReactingMembers',
			parameters,
		);
		expect(found).toEqual([member('7'), member('8')]);
		expect(cursors()).toEqual([undefined, '7', '8']);
	});

	test.each([
		['nobody has an ID', [{}], 1],
		['the cursor stays', [member('7', { reaction_id: '1' }), member('8', { list_id: '1' })], 2],
	])('the member list ends when %s', async (_when, rows, calls) => {
		const pages = rows.map((row) => ok([row]));
		expect(await answered(pages, 'circlePost', 'getReactingMembers', parameters)).toEqual(rows);
		expect(bare.received).toHaveLength(calls);
	});
});

describe('messages newer than a reference', () => {
	const newer = (filters: object) => ({
		channelId: '2',
		...all,
		simplify: false,
		filters: { behavior: 'after', ...filters },
	});
	const rows = (from: number, to: number) =>
		Array.from({ length: from - to + 1 }, (_, index) => ({ message_id: String(from - index) }));
	const history = (data: unknown) => ({ status: true, code: 1000, data });

	test('without a reference the newest messages of the channel are returned', async () => {
		const found = await answered(
			[history(rows(250, 151)), history(rows(150, 101))],
			'message',
			'getAll',
			newer({}),
		);
		expect(found).toEqual(rows(250, 101));
		expect(bodies()).toEqual([
			'channel_id=2&behavior=after&size=100',
			'channel_id=2&behavior=before&size=100&message_id=151',
		]);
	});

	test.each([
		['next to the reference', (left: number[], size: number) => left.slice(-size)],
		['newest', (left: number[], size: number) => left.slice(0, size)],
	])(
		'no message is left out between two pages if Fanbook returns those %s',
		async (_which, choose) => {
			const ids = Array.from({ length: 350 }, (_, index) => 450 - index);
			bare.reply = ({ body }) => {
				const form = new URLSearchParams(body);
				const at = Number(form.get('message_id'));
				const size = Number(form.get('size'));
				const found =
					form.get('behavior') === 'after'
						? choose(
								ids.filter((id) => id > at),
								size,
							)
						: ids.filter((id) => id < at).slice(0, size);
				return { body: JSON.stringify(history(found.map((id) => ({ message_id: String(id) })))) };
			};
			const { items } = await harness.run(
				'message',
				'getAll',
				{ ...newer({ messageId: '100' }), returnAll: false, limit: 150 },
				{ credentials: harness.credential({ host: bare.url }) },
			);
			const found = items.map(({ json }) => Number(json.message_id));
			expect(found).toHaveLength(150);
			expect((found[0] ?? 0) - (found[149] ?? 0)).toBe(149);
		},
	);

	test('newer messages end at a repeated page', async () => {
		const found = await answered(
			[history(rows(250, 151))],
			'message',
			'getAll',
			newer({ messageId: '100' }),
		);
		expect(found).toEqual(rows(250, 151));
		expect(bodies()).toEqual([
			'channel_id=2&message_id=100&behavior=after&size=100',
			'channel_id=2&message_id=151&behavior=before&size=100',
			'channel_id=2&message_id=250&behavior=after&size=100',
		]);
	});

	test('newer messages exclude the reference and older messages', async () => {
		const found = await answered(
			[history([...rows(102, 99), { no_id: true }])],
			'message',
			'getAll',
			newer({ messageId: '100' }),
		);
		expect(found).toEqual(rows(102, 101));
	});

	test('newer messages stop at Limit and request no further pages', async () => {
		const parameters = { ...newer({ messageId: '100' }), returnAll: false, limit: 120 };
		const found = await answered(
			[history(rows(400, 301)), history(rows(300, 201)), history([])],
			'message',
			'getAll',
			parameters,
		);
		expect(found).toEqual(rows(400, 281));
		expect(bare.received).toHaveLength(2);
	});
});

describe('members by ranges of rows', () => {
	const user = (user_id: string) => ({ User: { user_id } });

	test('a member has a group only if one was named, and an empty list without roles', async () => {
		const ops = [{ items: [user('7'), { User: 'odd' }, { Group: { id: '1' } }, user('8')] }];
		const found = await answered([ok({ ops, item_count: 4 })], 'member', 'getAll', {
			...server,
			...all,
		});
		expect(found).toEqual([
			{ user_id: '7', roles: [] },
			{ user_id: '8', roles: [], group: { id: '1', name: '' } },
		]);
	});

	test('the member list ends at an empty range, regardless of the count', async () => {
		const found = await answered(
			[
				ok({ ops: [{ items: [user('7')] }, {}], item_count: 1000 }),
				ok({ ops: null, item_count: 1000 }),
			],
			'member',
			'getAll',
			{ ...server, ...all, options: { concurrency: 1 } },
		);
		expect(found).toEqual([{ user_id: '7', roles: [] }]);
		expect(bare.received).toHaveLength(2);
	});

	test('the member list ends after one page if there is no count', async () => {
		const found = await answered([ok({ ops: [{ items: [user('7')] }] })], 'member', 'getAll', {
			...server,
			...all,
		});
		expect(found).toEqual([{ user_id: '7', roles: [] }]);
		expect(bare.received).toHaveLength(1);
	});
});

test('a message to a user without a private chat ID is rejected', async () => {
	bare.reply = () => ({ body: JSON.stringify(ok([])) });
	const { error } = await harness.run(
		'message',
		'send',
		{ sendTo: 'user', userId: byId(demo.userId), text: 'x' },
		{ credentials: harness.credential({ host: bare.url }) },
	);
	expect([error?.message, error?.description]).toEqual([
		'"User" has no private chat with the bot',
		'Check the user ID',
	]);
	expect(bare.received).toHaveLength(1);
});
