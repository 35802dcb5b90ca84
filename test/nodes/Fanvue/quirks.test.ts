import { TestServer } from '../../support/server';
import { FanvueHarness, byId } from '../../support/fanvueHarness';

/** One test for each peculiarity of this API. */
const server = new TestServer();
const harness = FanvueHarness.forTests(server);
beforeEach(() => harness.sandbox.reset());

const bodies = () => harness.calls().map(({ bodyText }) => bodyText);
const felix = () => harness.uuid('felix');
const PICTURE = '3fa85f64-5717-4562-b3fc-2c963f66afa6';

/** A server with responses set by the test, in place of the API. */
const testServerCredential = () => harness.credential('mira', { baseUrl: server.url });

test('every request has the API version in a header', async () => {
	await harness.run('user', 'getMe');
	expect(harness.calls()[0]?.headers['x-fanvue-api-version']).toBe('2025-06-26');
});

describe('messages', () => {
	test("a message is sent to /message of a chat, which is identified by the user's UUID", async () => {
		const { items, error } = await harness.run('message', 'send', {
			userUuid: byId(felix()),
			text: 'Hi, "you" 🌊',
		});
		expect(error).toBeUndefined();
		expect(harness.lines()).toEqual([`POST /chats/${felix()}/message`]);
		expect(bodies()).toEqual(['{"text":"Hi, \\"you\\" 🌊"}']);
		expect(items).toEqual([{ json: { messageUuid: expect.any(String) }, pairedItem: { item: 0 } }]);
	});

	test('media are sent as mediaUuids and the text as text', async () => {
		server.reply = () => ({ status: 201, body: `{"messageUuid":"${PICTURE}"}` });
		await harness.run(
			'message',
			'send',
			{
				userUuid: byId(felix()),
				text: 'Look',
				mediaUuids: [PICTURE],
				price: 999,
				additionalFields: { templateUuid: '' },
			},
			{ credentials: testServerCredential() },
		);
		expect(server.received[0]?.body).toBe(
			`{"text":"Look","mediaUuids":["${PICTURE}"],"price":999}`,
		);
	});

	test.each([
		['standard', 'page=1&size=2&markAsRead=false'],
		['v1', 'limit=2&markAsRead=false'],
	])(
		'reading messages on %s routes states that nothing is marked as read',
		async (apiRoutes, query) => {
			const before = (await harness.run('chat', 'getUnreadCounts')).items[0]?.json;
			harness.sandbox.requestLog.clear();
			await harness.run('message', 'getAll', {
				userUuid: byId(felix()),
				limit: 2,
				options: { apiRoutes },
			});
			expect(harness.lines()[0]?.split('?')[1]?.split('&').sort()).toEqual(query.split('&').sort());
			expect((await harness.run('chat', 'getUnreadCounts')).items[0]?.json).toEqual(before);
			await harness.run('message', 'getAll', {
				userUuid: byId(felix()),
				limit: 1,
				filters: { markAsRead: true },
				options: { apiRoutes },
			});
			expect(harness.lines().at(-1)).toContain('markAsRead=true');
		},
	);

	test('the error for a message without a chat recommends Chat: Create', async () => {
		const { error } = await harness.run('message', 'send', {
			userUuid: byId(harness.uuid('fan180')),
			text: 'Hi',
		});
		expect(error).toMatchObject({
			message: 'Fanvue rejected the request: There is no chat with this user yet',
			description: expect.stringContaining('Chat: Create'),
			httpCode: '400',
		});
	});

	test('parameters of V1 routes are rejected on other routes before a request is sent', async () => {
		const send = async (apiRoutes: string) =>
			await harness.run('message', 'send', {
				userUuid: byId(felix()),
				text: 'Hi',
				additionalFields: { gif: '{ "id": "wave" }' },
				options: { apiRoutes },
			});
		expect((await send('standard')).error).toMatchObject({
			message: '"GIF" exists with V1 routes only',
			description: expect.stringContaining('Choose V1 for API Routes'),
		});
		expect(harness.calls()).toEqual([]);
		expect((await send('v1')).error).toBeUndefined();
		expect(harness.lines()).toEqual([`POST /v1/chats/${felix()}/message`]);
	});
});

describe('mass messages', () => {
	const lists = { customListUuids: `${PICTURE}`, smartListUuids: ['subscribers'] };

	test('a mass message has the list names of each route family', async () => {
		const send = async (apiRoutes: string) =>
			await harness.run(
				'massMessage',
				'send',
				{ includedLists: lists, text: 'All', options: { apiRoutes } },
				{ credentials: testServerCredential() },
			);
		await send('standard');
		await send('v1');
		expect(server.received.map(({ url, body }) => [url, body])).toEqual([
			[
				'/chats/mass-messages',
				`{"includedLists":{"customListUuids":["${PICTURE}"],"smartListUuids":["subscribers"]},"text":"All"}`,
			],
			[
				'/v1/chats/mass-messages',
				`{"includedLists":{"customListUuids":["${PICTURE}"],"smartListIds":["subscribers"]},"text":"All"}`,
			],
		]);
	});

	test('a mass message without a list is rejected', async () => {
		const { error } = await harness.run('massMessage', 'send', {
			includedLists: { customListUuids: '' },
			text: 'All',
		});
		expect(error?.message).toBe('"Included Lists" contains no list');
		expect(harness.calls()).toEqual([]);
	});

	test('Send to Several sends one message per user and returns one result for each', async () => {
		const people = ['felix', 'fan001', 'ghost', 'fan180'].map((handle) => harness.uuid(handle));
		const { items, error } = await harness.run('message', 'sendToSeveral', {
			userUuids: [...people, people[0]].join(', '),
			text: 'Hello',
			additionalFields: { openChat: true },
		});
		expect(error).toBeUndefined();
		expect(items.map(({ json: { userUuid, status } }) => [userUuid, status])).toEqual([
			[people[0], 'sent'],
			[people[1], 'sent'],
			[people[2], 'refused'],
			[people[3], 'sent'],
		]);
		expect(items[2]?.json).toMatchObject({
			reason: 'Fanvue rejected the request: This user cannot be contacted',
			httpCode: '400',
		});
		expect(items.every(({ pairedItem }) => JSON.stringify(pairedItem) === '{"item":0}')).toBe(true);
		expect(harness.lines().slice(-3)).toEqual([
			`POST /chats/${people[3] ?? ''}/message`,
			'POST /chats',
			`POST /chats/${people[3] ?? ''}/message`,
		]);
	});

	test('Send to Several stops at an error of the account and lists who received nothing', async () => {
		const people = ['felix', 'fan001', 'fan002'].map((handle) => harness.uuid(handle));
		server.reply = (_request, count) =>
			count === 1
				? { status: 201, body: `{"messageUuid":"${PICTURE}"}` }
				: { status: 403, body: '{"error":"Forbidden"}' };
		const { items } = await harness.run(
			'message',
			'sendToSeveral',
			{ userUuids: people, text: 'Hello' },
			{ credentials: testServerCredential() },
		);
		expect(items.map(({ json: { status } }) => status)).toEqual(['sent', 'notSent', 'notSent']);
		expect(server.received).toHaveLength(2);
		server.reset();
		server.reply = () => ({ status: 403, body: '{"error":"Forbidden"}' });
		const { error } = await harness.run(
			'message',
			'sendToSeveral',
			{ userUuids: people, text: 'Hello' },
			{ credentials: testServerCredential() },
		);
		expect(error?.httpCode).toBe('403');
	});

	test('Send to Several marks messages with an unknown outcome', async () => {
		server.reply = (_request, count) =>
			count === 1 ? { cut: true } : { status: 201, body: `{"messageUuid":"${PICTURE}"}` };
		const { items } = await harness.run(
			'message',
			'sendToSeveral',
			{ userUuids: [felix(), harness.uuid('fan001')], text: 'Hello' },
			{ credentials: testServerCredential() },
		);
		expect(items.map(({ json: { status } }) => status)).toEqual(['unclear', 'sent']);
		expect(server.received).toHaveLength(2);
	});
});

describe('lists of values', () => {
	test('filters and smart lists are sent as repeated keys', async () => {
		await harness.run('chat', 'getAll', {
			limit: 1,
			filters: { filter: ['unread', 'online'], smartListIds: ['subscribers', 'muted'] },
		});
		expect(harness.calls()[0]?.query.filter(([key]) => /filter|smart/.test(key))).toEqual([
			['smartListIds', 'subscribers'],
			['smartListIds', 'muted'],
			['filter', 'unread'],
			['filter', 'online'],
		]);
	});

	test('variants, sources, creators, media and fans are sent as one text with commas', async () => {
		const fans = [felix(), harness.uuid('fan001')];
		await harness.run('media', 'getAll', {
			limit: 1,
			filters: { variants: ['main', 'blurred'], status: ['ready'] },
		});
		await harness.run('insight', 'getEarnings', { limit: 1, filters: { source: ['tip', 'post'] } });
		await harness.run('insight', 'getFansBulk', { fanUuids: fans });
		const values = harness
			.calls()
			.flatMap(({ query }) => query.map(([key, value]) => `${key}=${value}`));
		expect(values).toEqual(
			expect.arrayContaining([
				'variants=main,blurred',
				'source=tip,post',
				`fanUuids=${fans.join()}`,
			]),
		);
	});

	test('list members are added in batches, and the counts are summed', async () => {
		const list = [...harness.sandbox.fanvue.sandboxState.customLists.values()][2]?.uuid ?? '';
		const fans = Array.from({ length: 130 }, (_, index) =>
			harness.uuid(`fan${String(index + 1).padStart(3, '0')}`),
		);
		const { items } = await harness.run('customList', 'addMembers', {
			uuid: byId(list),
			userUuids: fans,
		});
		expect(items).toEqual([{ json: { added: 130, skipped: 0 }, pairedItem: { item: 0 } }]);
		expect(harness.calls()).toHaveLength(2);
	});
});

describe('posts', () => {
	test('a post is created, listed and deleted', async () => {
		const made = await harness.run('post', 'create', {
			audience: 'subscribers',
			text: 'Hello 🌊',
			price: '',
			additionalFields: { publishAt: '' },
		});
		expect(bodies()).toEqual(['{"audience":"subscribers","text":"Hello 🌊"}']);
		const uuid = String(made.items[0]?.json.uuid);
		const listed = await harness.run('post', 'getAll', { returnAll: true });
		expect(listed.items.map(({ json }) => json.uuid)).toContain(uuid);
		const deleted = await harness.run('post', 'delete', { uuid: byId(uuid) });
		expect(deleted.items).toEqual([{ json: { deleted: true }, pairedItem: { item: 0 } }]);
	});

	const update = async (updateFields: object) => {
		server.reply = () => ({ body: `{"uuid":"${PICTURE}"}` });
		const { error } = await harness.run(
			'post',
			'update',
			{ uuid: byId(PICTURE), updateFields },
			{ credentials: testServerCredential() },
		);
		expect(error).toBeUndefined();
		return server.received.at(-1)?.body;
	};

	test.each(['Price', '={{ ["price", "bogus"] }}', 'price; Text'])(
		'a part to remove that does not exist in %s is rejected',
		async (remove) => {
			server.reset();
			const { error } = await harness.run(
				'post',
				'update',
				{ uuid: byId(PICTURE), updateFields: { remove, audience: 'subscribers' } },
				{ credentials: testServerCredential() },
			);
			expect(error?.message).toMatch(/^"Remove" cannot contain "(?:Price|bogus|Text)"$/);
			expect(server.received).toEqual([]);
		},
	);

	test('a member is cleared by null from an option or an expression', async () => {
		expect(await update({ remove: ['price', 'expiresAt', 'text'] })).toBe(
			'{"text":null,"price":null,"expiresAt":null}',
		);
		expect(await update({ price: '={{ null }}', text: 'New' })).toBe('{"text":"New","price":null}');
		expect(await update({ publishNow: true })).toBe('{"publishAt":null}');
		expect(await update({ publishNow: false, text: 'New' })).toBe('{"text":"New"}');
	});

	test.each([
		[
			{ publishNow: true, publishAt: '2099-01-01' },
			'"Publish At" has a value, and Publish Now removes it',
		],
		[{ remove: ['text'], text: 'New' }, '"Text" has a value, and Remove removes it'],
		[{ remove: ['price'], price: 500 }, '"Price (Cents)" has a value, and Remove removes it'],
	])('a new value and its removal contradict each other: %j', async (updateFields, expected) => {
		server.reset();
		const { error } = await harness.run(
			'post',
			'update',
			{ uuid: byId(PICTURE), updateFields },
			{ credentials: testServerCredential() },
		);
		expect(error?.message).toBe(expected);
		expect(server.received).toEqual([]);
	});

	test('an empty field does not contradict its removal', async () => {
		const mediaPreviewUuid = { __rl: true, mode: 'list', value: '' };
		expect(
			await update({
				remove: ['mediaPreviewUuid', 'price', 'publishAt'],
				mediaPreviewUuid,
				price: 0,
				publishAt: '',
			}),
		).toBe('{"price":null,"mediaPreviewUuid":null,"publishAt":null}');
	});

	test('a scheduled post is published immediately', async () => {
		const made = await harness.run('post', 'create', {
			audience: 'subscribers',
			text: 'Later',
			additionalFields: { publishAt: '2099-01-01T12:00:00' },
		});
		const uuid = String(made.items[0]?.json.uuid);
		expect(made.items[0]?.json.publishedAt).toBeNull();
		const { items } = await harness.run('post', 'update', {
			uuid: byId(uuid),
			updateFields: { publishNow: true },
		});
		expect(items[0]?.json).toMatchObject({ uuid, publishedAt: expect.any(String) });
	});

	test('prices are cents, at least 300, and an empty price means free', async () => {
		const create = async (price: unknown) =>
			await harness.run('post', 'create', {
				audience: 'subscribers',
				text: 'x',
				price,
			});
		expect((await create(299)).error).toMatchObject({
			message: '"Price (Cents)" cannot be 299',
			description: 'Use at least 300, or 0 for free',
		});
		expect((await create(9.99)).error?.message).toBe('"Price (Cents)" cannot be "9.99"');
		expect(harness.calls()).toEqual([]);
		expect((await create('={{ null }}')).error).toBeUndefined();
		expect(bodies()).toEqual(['{"audience":"subscribers","text":"x"}']);
	});
});

describe('responses', () => {
	test.each([
		['bare text', 'text/plain', 'https://storage.example/p?X-Amz-Signature=1'],
		['quoted text', 'application/json', '"https://storage.example/p?X-Amz-Signature=1"'],
		['an object', 'application/json', '{"url":"https://storage.example/p?X-Amz-Signature=1"}'],
	])('the URL of a part is read from %s', async (_what, type, body) => {
		server.reply = () => ({ headers: { 'content-type': type }, body });
		const { items } = await harness.run(
			'mediaUpload',
			'getPartUrl',
			{ uploadId: 'u-1', partNumber: 1 },
			{ credentials: testServerCredential() },
		);
		expect(items.map(({ json }) => json)).toEqual([
			{ url: 'https://storage.example/p?X-Amz-Signature=1' },
		]);
	});

	test('an empty response becomes a result that states success', async () => {
		const chat = await harness.run('chat', 'update', {
			userUuid: byId(felix()),
			updateFields: { isRead: true, nickname: '' },
		});
		expect(chat.items.map(({ json }) => json)).toEqual([{ success: true }]);
		expect(bodies()).toEqual(['{"isRead":true,"nickname":""}']);
	});

	test('bulk lookups return one item each, with an error for what is missing', async () => {
		const { items } = await harness.run('insight', 'getFansBulk', {
			fanUuids: [felix(), PICTURE],
		});
		expect(items.map(({ json }) => json)).toEqual([
			expect.objectContaining({ fanUuid: felix(), status: 'subscriber' }),
			expect.objectContaining({ fanUuid: PICTURE, error: 'NOT_FOUND' }),
		]);
		const batch = await harness.run('message', 'getManyBatch', {
			chatUuids: [felix(), PICTURE],
			filters: { limit: 1 },
		});
		expect(batch.items.map(({ json }) => json)).toEqual([
			expect.objectContaining({ userUuid: felix(), hasMore: true }),
			{ userUuid: PICTURE, error: 'not_found' },
		]);
	});

	test.each([
		['user', 'getMe', {}, ['handle', 'email', 'fanCounts'], ['bannerUrl', 'contentCounts']],
		['post', 'getAll', {}, ['text', 'price', 'tips', 'mediaUuids'], ['isPinned', 'collections']],
		['massMessage', 'getAll', {}, ['status', 'recipientCount'], ['viewCount', 'mediaUuids']],
	])(
		'%s: a simplified result has the members that most workflows use',
		async (resource, operation, more, kept, left) => {
			const simple = await harness.run(resource, operation, { limit: 1, ...more });
			const whole = await harness.run(resource, operation, { limit: 1, simplify: false, ...more });
			const keys = Object.keys(simple.items[0]?.json ?? {});
			expect(keys).toEqual(expect.arrayContaining(['uuid', ...kept]));
			expect(keys.filter((key) => left.includes(key))).toEqual([]);
			expect(keys.length).toBeLessThanOrEqual(10);
			expect(Object.keys(whole.items[0]?.json ?? {})).toEqual(
				expect.arrayContaining([...keys, ...left]),
			);
		},
	);

	test('a null in a bulk lookup is returned as missing', async () => {
		server.reply = () => ({
			body: `{"results":{"a":null,"b":{"uuid":"b"}},"errors":[{"code":"INTERNAL","mediaUuid":"c"}]}`,
		});
		const { items } = await harness.run(
			'media',
			'getBulk',
			{ mediaUuids: 'a,b,c' },
			{ credentials: testServerCredential() },
		);
		expect(items.map(({ json }) => json)).toEqual([
			{ mediaUuid: 'a', error: 'NOT_FOUND', message: null },
			{ mediaUuid: 'b', uuid: 'b' },
			{ mediaUuid: 'c', error: 'INTERNAL', message: null },
		]);
	});

	test("media of a chat keep the API's spelling created_at", async () => {
		const { items } = await harness.run('chat', 'getMedia', { userUuid: byId(felix()), limit: 1 });
		expect(items[0]?.json).toHaveProperty('created_at');
	});

	test('the subscriber trend is a series, and Get Subscribers returns users', async () => {
		const trend = await harness.run('insight', 'getSubscriberTrend', { limit: 1 });
		const people = await harness.run('fan', 'getSubscribers', { limit: 1 });
		expect(trend.items[0]?.json).toHaveProperty('newSubscribersCount');
		expect(people.items[0]?.json).toHaveProperty('handle');
		expect(harness.lines()).toEqual([
			'GET /insights/subscribers?size=1',
			'GET /subscribers?page=1&size=1',
		]);
	});
});

describe('lists with several pages', () => {
	const miras = <Row extends { creatorUuid: string }>(rows: Iterable<Row>) =>
		[...rows].filter(({ creatorUuid }) => creatorUuid === harness.uuid('mira'));
	const world = () => harness.sandbox.fanvue.sandboxState;
	const posts = () => miras(world().posts).filter(({ isDeleted }) => !isDeleted).length;
	const messages = () => world().requireConversation(harness.uuid('mira'), felix()).messages.length;

	test.each([
		['page numbers', 'standard', 'post', 'getAll', posts],
		['a cursor', 'v1', 'post', 'getAll', posts],
		['page numbers, messages', 'standard', 'message', 'getAll', messages],
		['dates', 'v1', 'message', 'getAll', messages],
		[
			'a cursor with limit',
			'standard',
			'trackingLink',
			'getAll',
			() => miras(world().trackingLinks).length,
		],
		[
			'pages without a word about them',
			'standard',
			'vault',
			'getFolders',
			() => miras(world().folders).length,
		],
	])('%s: all pages are read once', async (what, apiRoutes, resource, operation, count) => {
		const { items, error } = await harness.run(resource, operation, {
			...(resource === 'message' ? { userUuid: byId(felix()) } : {}),
			returnAll: true,
			options: { apiRoutes },
		});
		expect(error).toBeUndefined();
		const keys = items.map(({ json }) => json.uuid ?? json.name);
		expect(keys).toHaveLength(count());
		expect(new Set(keys).size).toBe(keys.length);
		const needed = Math.max(1, Math.ceil(keys.length / 50));
		// Pages with numbers are requested ahead.
		const most = what.startsWith('page numbers') ? needed + 2 : needed;
		expect(harness.calls().length).toBeGreaterThanOrEqual(needed);
		expect(harness.calls().length).toBeLessThanOrEqual(most);
		expect(harness.calls().every(({ violations }) => violations.length === 0)).toBe(true);
	});

	test('further pages are requested even if the reference documents no paging parameters', async () => {
		server.reply = ({ url }) => ({
			body: JSON.stringify({
				data: [{ name: url }],
				pagination: { page: 1, size: 1, hasMore: !url.includes('page=3') },
			}),
		});
		const { items } = await harness.run(
			'vault',
			'getFolders',
			{ returnAll: true },
			{ credentials: testServerCredential() },
		);
		expect(items.map(({ json }) => json.name)).toEqual([
			'/vault/folders',
			'/vault/folders?page=2',
			'/vault/folders?page=3',
		]);
	});

	test('no more pages are requested than needed', async () => {
		await harness.run('fan', 'getSubscribers', { limit: 60 });
		expect(harness.lines()).toEqual([
			'GET /subscribers?page=1&size=50',
			'GET /subscribers?page=2&size=50',
		]);
	});
});

describe('managed creators', () => {
	test('an operation for a managed creator sends only the parameters of the creator route', async () => {
		const mira = harness.uuid('mira');
		const credentials = harness.credential('agency');
		const { items, error } = await harness.run(
			'chat',
			'getAll',
			{
				actAs: 'creator',
				creatorUserUuid: byId(mira),
				limit: 2,
				filters: { search: 'felix', sortBy: 'online_now', filter: ['unread'] },
			},
			{ credentials },
		);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(2);
		expect(harness.lines()).toEqual([`GET /creators/${mira}/chats?page=1&size=2`]);
	});

	test('the account of a creator has a separate route', async () => {
		const mira = harness.uuid('mira');
		await harness.run(
			'user',
			'getAccount',
			{ actAs: 'creator', creatorUserUuid: byId(mira) },
			{ credentials: harness.credential('agency') },
		);
		expect(harness.lines()).toEqual([`GET /creators/${mira}/account`]);
	});

	test('acting as a creator requires a creator', async () => {
		const { error } = await harness.run(
			'post',
			'pin',
			{ actAs: 'creator', creatorUserUuid: byId('={{ "" }}'), uuid: byId(PICTURE) },
			{ credentials: harness.credential('agency') },
		);
		expect(error?.message).toBe('"Creator" is empty');
		expect(harness.calls()).toEqual([]);
	});

	test('folders with special characters in their names are found', async () => {
		const name = 'Film/Raw 100%';
		const { items } = await harness.run('vault', 'getFolder', { folderName: byId(name) });
		expect(items[0]?.json).toMatchObject({ name });
		expect(harness.calls()[0]?.path).toBe('/fanvue/vault/folders/Film%2FRaw%20100%25');
	});

	test('a team member can be assigned to some creators or to none', async () => {
		const credentials = harness.credential('agency');
		const member = { userId: harness.uuid('tara') };
		await harness.run(
			'agency',
			'updateTeamMember',
			{ ...member, creatorUuids: '' },
			{ credentials },
		);
		await harness.run(
			'agency',
			'updateTeamMember',
			{ ...member, creatorUuids: '={{ null }}', updateFields: { nickname: '' } },
			{ credentials },
		);
		expect(bodies()).toEqual(['{"creatorUuids":[]}', '{"creatorUuids":null,"nickname":null}']);
	});
});
