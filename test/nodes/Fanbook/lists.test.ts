import { byId, demo, FanbookHarness } from '../../support/fanbookHarness';

let harness: FanbookHarness;
beforeAll(async () => {
	harness = await FanbookHarness.start();
});
afterAll(async () => await harness.close());
beforeEach(() => harness.sandbox.reset());

const server = { guildId: byId(demo.serverId) };
const lobby = { channelId: byId(demo.lobbyChannelId) };
const all = { returnAll: true };
const state = () => harness.sandbox.fanbook.sandboxState;

/** Ids of the lobby's messages, the newest first. */
const history = () =>
	state()
		.history(demo.lobbyChannelId)
		.map(({ id }) => id)
		.reverse();

async function ids(resource: string, operation: string, parameters: object, key: string) {
	const { items, error } = await harness.run(resource, operation, { ...parameters });
	expect(error).toBeUndefined();
	return items.map(({ json }) =>
		String(key.split('.').reduce<unknown>((at, part) => Object(at)[part], json)),
	);
}

describe('the history of a channel', () => {
	test('the history of a channel is read to its beginning', async () => {
		expect(await ids('message', 'getAll', { ...lobby, ...all }, 'message_id')).toEqual(history());
		expect(harness.lines()).toEqual([
			`POST message/getList channel_id=${demo.lobbyChannelId}&size=100`,
			`POST message/getList channel_id=${demo.lobbyChannelId}&size=100&message_id=${history()[99]}&behavior=before`,
			`POST message/getList channel_id=${demo.lobbyChannelId}&size=100&message_id=${history()[199]}&behavior=before`,
		]);
	});

	test('with Limit the history requests no more messages than needed', async () => {
		const found = await ids('message', 'getAll', { ...lobby, limit: 7 }, 'message_id');
		expect(found).toEqual(history().slice(0, 7));
		expect(harness.lines()).toEqual([
			`POST message/getList channel_id=${demo.lobbyChannelId}&size=7`,
		]);
	});

	test('the history can be read from a reference message on', async () => {
		const filters = { messageId: history()[10] ?? '' };
		const found = await ids('message', 'getAll', { ...lobby, limit: 3, filters }, 'message_id');
		expect(found).toEqual(history().slice(11, 14));
	});

	test.each(['next', 'newest'] as const)(
		'no message newer than a reference is missing if a page holds the %s messages',
		async (afterPage) => {
			harness.sandbox.fanbook.settings.afterPage = afterPage;
			const filters = { messageId: history()[215] ?? '', behavior: 'after' };
			const found = await ids('message', 'getAll', { ...lobby, ...all, filters }, 'message_id');
			expect(found).toEqual(history().slice(0, 215));
		},
	);

	test.each(['next', 'newest'] as const)(
		'exactly one page of newer messages is returned completely if a page holds the %s messages',
		async (afterPage) => {
			harness.sandbox.fanbook.settings.afterPage = afterPage;
			const filters = { messageId: history()[100] ?? '', behavior: 'after' };
			const found = await ids('message', 'getAll', { ...lobby, ...all, filters }, 'message_id');
			expect(found).toEqual(history().slice(0, 100));
		},
	);

	test('newer messages up to Limit take one request', async () => {
		const filters = { messageId: history()[50] ?? '', behavior: 'after' };
		await ids('message', 'getAll', { ...lobby, limit: 20, filters }, 'message_id');
		expect(harness.lines()).toEqual([
			`POST message/getList channel_id=${demo.lobbyChannelId}&message_id=${filters.messageId}&behavior=after&size=20`,
		]);
	});

	test('messages are returned simplified or complete', async () => {
		const one = { ...lobby, limit: 1 };
		const simple = (await harness.run('message', 'getAll', one)).items[0]?.json ?? {};
		const complete = (await harness.run('message', 'getAll', { ...one, simplify: false })).items[0]
			?.json;
		expect(simple).toMatchObject({ message_id: history()[0], content: { type: 'text' } });
		expect(Object.keys(simple).length).toBeLessThanOrEqual(16);
		const time = Number(complete?.time);
		expect(simple.time).toBe(new Date(time).toISOString());
		expect(complete).toMatchObject({ ...simple, time, nonce: expect.any(String) });
	});

	test('a sent message is simplified: its date in ISO 8601, its content as the trigger returns it', async () => {
		const sent = { chatId: demo.lobbyChannelId, text: 'Hello' };
		const raw = (await harness.run('message', 'send', { ...sent, simplify: false })).items[0]?.json;
		const { items } = await harness.run('message', 'send', sent);
		const { date, message_id } = items[0]?.json ?? {};
		expect(date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
		expect(items[0]?.json).toEqual({
			message_id,
			from: raw?.from,
			date,
			chat: raw?.chat,
			text: '{"type":"text","text":"Hello","contentType":0}',
			content: { type: 'text', text: 'Hello', contentType: 0 },
		});
		expect(raw).toMatchObject({ date: expect.any(Number), entities: [] });
	});

	test('simplified content is not parsed while Parse Content is off', async () => {
		const { items } = await harness.run('message', 'send', {
			chatId: demo.lobbyChannelId,
			text: 'Hello',
			options: { parseContent: false },
		});
		expect(items[0]?.json).not.toHaveProperty('content');
	});
});

test('a thread is paged by its last message', async () => {
	const root = state()
		.history(demo.lobbyChannelId)
		.find(({ quoteL1 }) => quoteL1 !== null)?.quoteL1;
	const answers = state()
		.history(demo.lobbyChannelId)
		.filter(({ quoteL1 }) => quoteL1 === root)
		.map(({ id }) => id)
		.reverse();
	const found = await ids(
		'message',
		'getThread',
		{ ...lobby, quoteId: root ?? '', ...all },
		'message_id',
	);
	expect(found).toEqual(answers);
	expect(harness.lines()).toEqual([
		`POST v2/quotes {"channel_id":"${demo.lobbyChannelId}","quote_id":"${root}"}`,
		`POST v2/quotes {"channel_id":"${demo.lobbyChannelId}","quote_id":"${root}","message_id":"${answers.at(-1)}"}`,
	]);
});

describe('members', () => {
	const members = () => [...state().server(demo.serverId).members.keys()].sort();

	test.each([
		['getAll', 'user_id', 3],
		['getManyLegacy', 'user.id', 4],
	])('%s returns each member once', async (operation, key, calls) => {
		const found = await ids('member', operation, { ...server, ...all }, key);
		expect([...found].sort()).toEqual(members());
		expect(harness.calls()).toHaveLength(calls);
	});

	test('Limit ends the member list early', async () => {
		expect(await ids('member', 'getAll', { ...server, limit: 120 }, 'user_id')).toHaveLength(120);
		expect(harness.calls()).toHaveLength(2);
	});

	test('a private channel lists its own members only', async () => {
		const channelId = byId('523904175562981395');
		const role = state()
			.server(demo.serverId)
			.roles.find(({ name }) => name === 'Lantern Bot');
		if (role !== undefined) role.permissions |= 8n;
		const found = await ids('member', 'getAll', { ...server, channelId, ...all }, 'user_id');
		expect(found.length).toBeGreaterThan(0);
		expect(found.length).toBeLessThan(20);
	});

	test('the members of a role are paged by the last user, 500 per request', async () => {
		const roleId = byId(demo.serverId);
		const found = await ids('member', 'getManyByRole', { ...server, roleId, ...all }, 'user.id');
		expect([...found].sort()).toEqual(members());
		expect(harness.lines()).toEqual([
			`POST getRoleMembers {"guild_id":${demo.serverId},"role_id":${demo.serverId},"size":500}`,
		]);
	});
});

test('roles are paged until a page has no new roles', async () => {
	const roles = state()
		.server(demo.serverId)
		.roles.map(({ id }) => id);
	expect(await ids('role', 'getAll', { ...server, ...all }, 'id')).toEqual(roles);
	expect(harness.calls()).toHaveLength(3);
});

test('invites are paged by the list_id of each response', async () => {
	expect(await ids('invite', 'getAll', { ...server, ...all }, 'code')).toHaveLength(60);
	expect(harness.lines().map((line) => /"list_id":"(\d+)"/.exec(line)?.[1])).toEqual([
		'0',
		expect.stringMatching(/^\d{18}$/),
	]);
});

describe('circles', () => {
	const channel = { channelId: byId(demo.circleChannelId) };
	const busy = () => {
		const posts = [...state().posts.values()];
		const post = posts.find(({ comments }) => comments.length > 20);
		if (post === undefined) throw new Error('The sample data has a post with many comments');
		return post;
	};

	test('the posts of a circle are all returned', async () => {
		const found = await ids(
			'circlePost',
			'getAll',
			{ ...server, ...channel, ...all },
			'post.post_id',
		);
		expect([...found].sort()).toEqual([...state().posts.keys()].sort());
	});

	test('reactions, comments and replies of a post are all returned', async () => {
		const post = { postId: busy().id, ...all };
		const roots = busy().comments.filter(({ quoteL1 }) => quoteL1 === null);
		expect(await ids('circlePost', 'getReactions', post, 'reaction_id')).toHaveLength(130);
		expect(
			await ids('circlePost', 'getComments', { ...post, ...channel }, 'comment.comment_id'),
		).toHaveLength(roots.length);
		const replies = { ...post, commentId: roots[0]?.id ?? '' };
		expect(
			await ids('circlePost', 'getCommentReplies', replies, 'comment.comment_id'),
		).toHaveLength(25);
	});

	test('comments newer than a comment are returned', async () => {
		const roots = busy().comments.filter(({ quoteL1 }) => quoteL1 === null);
		const start = roots[60]?.id ?? '';
		const filters = { listId: start, sinceId: start };
		const parameters = { postId: busy().id, ...channel, limit: 10, filters };
		const found = await ids('circlePost', 'getComments', parameters, 'comment.comment_id');
		expect(found).toEqual(
			roots
				.slice(61)
				.map(({ id }) => id)
				.reverse(),
		);
	});

	test('reacting and commenting members are paged, although the reference documents no cursor', async () => {
		const post = { ...server, postId: busy().id, ...all };
		expect(await ids('circlePost', 'getReactingMembers', post, 'user.id')).toHaveLength(130);
		const commenting = await ids('circlePost', 'getCommentingMembers', post, 'user.id');
		expect(new Set(commenting).size).toBe(commenting.length);
	});

	test('the content of a post is parsed and also returned as text', async () => {
		const { items } = await harness.run('circlePost', 'get', { postId: busy().id });
		expect(items[0]?.json).toMatchObject({
			post: {
				content: [{ insert: expect.any(String) }],
				text: expect.stringMatching(/^\[\{"insert"/),
			},
		});
	});
});

describe('updates', () => {
	const fill = (count: number) => {
		for (let index = 0; index < count; index += 1) {
			harness.sandbox.fanbook.say(demo.lobbyChannelId, demo.userId, `\${@!${demo.botId}} ${index}`);
		}
	};

	test('updates are returned even beyond Limit, since reading removes them from the queue', async () => {
		fill(12);
		const { items } = await harness.run('update', 'getAll', { limit: 5 });
		expect(items).toHaveLength(12);
		expect(items[0]?.json).toMatchObject({
			update_id: expect.any(String),
			channel_post: { chat: { id: demo.lobbyChannelId }, text: `\${@!${demo.botId}} 0` },
		});
		expect((await harness.run('update', 'getAll', { limit: 5 })).items).toEqual([]);
	});

	test('Return All empties the update queue', async () => {
		fill(230);
		expect((await harness.run('update', 'getAll', all)).items).toHaveLength(230);
		expect(harness.lines()).toEqual(Array.from({ length: 4 }, () => 'POST v2/getUpdates {}'));
	});

	test.each(['getAll', 'getManyLongPoll'])(
		'%s does not wait until Limit is reached',
		async (operation) => {
			fill(2);
			expect((await harness.run('update', operation, { limit: 5 })).items).toHaveLength(2);
			expect(harness.calls()).toHaveLength(1);
		},
	);

	test('a long poll requests at most Limit updates', async () => {
		fill(12);
		const { items } = await harness.run('update', 'getManyLongPoll', { limit: 5 });
		expect(items).toHaveLength(5);
		expect(harness.lines()).toEqual(['POST getUpdates {"limit":5}']);
	});
});

test('the content of badges is parsed', async () => {
	const { items } = await harness.run('badge', 'get', { ...server, userId: byId(demo.userId) });
	expect(items[0]?.json).toMatchObject({
		credits: {
			'sample-badge-0001': {
				bot_id: demo.botId,
				content: { authority: { name: 'Lantern Town' }, slots: [[{ value: '7 days' }]] },
				text: expect.stringMatching(/^\{"authority"/),
			},
		},
	});
});

describe('badges', () => {
	const who = { ...server, userId: byId(demo.userId) };

	test('a badge is built from fields, and its generated card ID is returned and stable', async () => {
		const badge = {
			...who,
			authorityName: 'n8n',
			authorityIcon: 'https://example.com/i.png',
			titleImage: 'https://example.com/t.png',
			slots: {
				rows: [
					{ slots: { slot: [{ label: 'Days', value: '7' }, { value: '★' }] } },
					{ slots: { slot: [{ img: 'https://example.com/s.png', value: 'Gold' }] } },
				],
			},
		};
		const { items, error } = await harness.run('badge', 'set', badge);
		expect(error).toBeUndefined();
		const id = String(items[0]?.json.card_id);
		expect(id).toMatch(/^n8n-[0-9a-f]{24}$/);
		expect(items[0]?.json).toEqual({ success: true, card_id: id });
		expect(harness.lines()).toEqual([
			`PUT v2/guild/credit {"guild_id":"${demo.serverId}","user_id":"${demo.userId}","card_id":"${id}","guild_credit":{"authority":{"icon":"https://example.com/i.png","name":"n8n"},"title":{"img":"https://example.com/t.png"},"slots":[[{"value":"7","label":"Days"},{"value":"★"}],[{"value":"Gold","img":"https://example.com/s.png"}]]}}`,
		]);
	});

	test('each user of one run gets a separate badge card ID', async () => {
		const { items } = await harness.run(
			'badge',
			'set',
			{ ...server, userId: '={{ $json.user }}', authorityName: 'n8n' },
			{ items: [{ json: { user: demo.userId } }, { json: { user: '601200000000001025' } }] },
		);
		const ids = items.map(({ json }) => json.card_id);
		expect(new Set(ids).size).toBe(2);
	});

	test.each([
		[
			{ slots: { rows: [{ slots: { slot: [{ label: 'x' }] } }] } },
			'"Slots" has a slot without value',
		],
		[
			{ slots: { rows: [{ slots: { slot: [{ label: 'x', img: 'y', value: 'z' }] } }] } },
			'"Slots" has both a label and a picture for "z"',
		],
		[{}, '"Issuer" is empty'],
		[{ cardId: 'short', authorityName: 'n' }, '"Card ID" has 5 bytes'],
	])('the badge %j is rejected', async (more, message) => {
		const { error } = await harness.run('badge', 'set', { ...who, ...more });
		expect(error?.message).toBe(message);
		expect(harness.calls()).toEqual([]);
	});

	test('a game record is built from names and values', async () => {
		const { items } = await harness.run('badge', 'setGameRecord', {
			...who,
			recordFields: { field: [{ name: 'rank', value: 'Gold' }] },
		});
		expect(items[0]?.json.card_id).toMatch(/^n8n-/);
		expect(harness.lines()[0]).toContain('"game_credit":{"rank":"Gold"}}');
	});
});

describe('simple results', () => {
	test('each server of a user is one item with its ID as text', async () => {
		const { items } = await harness.run('member', 'filterServers', {
			userId: byId('601200000000020481'),
			guilds: `${demo.serverId}, ${demo.secondServerId}, ${demo.foreignServerId}`,
		});
		expect(items.map(({ json }) => json)).toEqual([{ guild_id: demo.serverId }]);
	});

	test('a member count is returned as a named number', async () => {
		const { items } = await harness.run('server', 'getMemberCount', server);
		expect(items[0]?.json).toEqual({ member_count: 250 });
	});

	test('the gateway token of the bot is returned only on request', async () => {
		const hidden = await harness.run('bot', 'get');
		expect(hidden.items[0]?.json).toMatchObject({ id: demo.botId, is_bot: true });
		expect(hidden.saved).not.toContain('user_token":"');
		const shown = await harness.run('bot', 'get', { includeUserToken: true });
		expect(shown.items[0]?.json.user_token).toEqual(expect.any(String));
	});

	test('concurrent reads keep the order of their items and are linked to them', async () => {
		const items = history()
			.slice(0, 12)
			.map((id) => ({ json: { id } }));
		const parameters = { chatId: lobby.channelId, messageId: '={{ $json.id }}' };
		const { items: found } = await harness.run('message', 'get', parameters, { items });
		expect(found.map(({ json, pairedItem }) => [json.message_id, pairedItem])).toEqual(
			items.map(({ json }, item) => [json.id, { item }]),
		);
	});
});
