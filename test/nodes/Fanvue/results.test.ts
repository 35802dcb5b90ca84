import type { INodeParameters } from 'n8n-workflow';
import { TestServer } from '../../support/server';
import { FanvueHarness, byId } from '../../support/fanvueHarness';

/** Responses with fewer or other members than documented. */
const server = new TestServer();
const harness = FanvueHarness.forTests(server);

const UUID = '3fa85f64-5717-4562-b3fc-2c963f66afa6';
const credentials = () => harness.credential('mira', { baseUrl: server.url });
const run = async (resource: string, operation: string, parameters: object = {}) =>
	await harness.run(resource, operation, parameters, { credentials: credentials() });
const answering = (...bodies: unknown[]) => {
	server.reply = (_request, count) => ({
		body: JSON.stringify(bodies[Math.min(count, bodies.length) - 1]),
	});
};
const rows = async (...given: Parameters<typeof run>) =>
	(await run(...given)).items.map(({ json }) => json);

describe('bulk lookups', () => {
	test.each([
		['nothing at all', {}, []],
		[
			'no results',
			{ results: null, errors: [{ code: 'INTERNAL', fanUuid: 'a', message: 'x' }] },
			[{ fanUuid: 'a', error: 'INTERNAL', message: 'x' }],
		],
		[
			'errors without words',
			{ results: { a: null }, errors: [null, {}] },
			[
				{ fanUuid: 'a', error: 'NOT_FOUND', message: null },
				{ fanUuid: null, error: 'INTERNAL', message: null },
			],
		],
		[
			'an error for what is in the results',
			{
				results: { a: null, b: { status: 'follower' } },
				errors: [{ code: 'NOT_FOUND', fanUuid: 'a' }],
			},
			[
				{ fanUuid: 'a', error: 'NOT_FOUND', message: null },
				{ fanUuid: 'b', status: 'follower' },
			],
		],
	])('bulk results are returned with errors: %s', async (_what, body, expected) => {
		answering(body);
		expect(await rows('insight', 'getFansBulk', { fanUuids: 'a,b' })).toEqual(expected);
	});

	test('batch results can contain an error, a bare value, or no map', async () => {
		answering({ a: { error: 'forbidden' }, b: 7 });
		expect(await rows('insight', 'getFansBatch', { fanUuids: ['a', 'b'] })).toEqual([
			{ fanUuid: 'a', error: 'forbidden' },
			{ fanUuid: 'b', value: 7 },
		]);
		answering({ byChat: null });
		expect(await rows('message', 'getManyBatch', { chatUuids: ['a'] })).toEqual([]);
	});
});

describe('media of a message', () => {
	const download = async (results: object, errors: object[] = []) => {
		answering({ results, errors });
		return await run('message', 'downloadMedia', {
			userUuid: byId(UUID),
			messageUuid: UUID,
			mediaUuid: byId(UUID.toUpperCase()),
		});
	};

	test('a failure of Fanvue is not reported as missing media', async () => {
		const errors = [{ mediaUuid: UUID, code: 'INTERNAL', message: 'Try later' }];
		expect((await download({ [UUID]: null }, errors)).error).toMatchObject({
			message: 'Fanvue could not return this media: Try later',
			description: 'Run this item again later',
		});
		expect((await download({ [UUID]: null })).error?.message).toContain('no such media');
	});

	test('media are found whatever the case of their UUID', async () => {
		const { error } = await download({ [UUID]: { mediaType: 'image', status: 'processing' } });
		expect(error?.message).toBe('The media is not ready yet: its state is processing');
	});
});

test('a fan on two pages of top spenders is returned once', async () => {
	const fan = (uuid: string) => ({ user: { uuid }, gross: 100 });
	const page = (uuids: string[], hasMore: boolean) => ({
		data: uuids.map(fan),
		pagination: { page: 1, size: 2, hasMore },
	});
	answering(page(['a', 'b'], true), page(['b', 'c'], false));
	const found = await rows('insight', 'getTopSpenders', { returnAll: true });
	expect(found.map(({ user }) => user)).toEqual([{ uuid: 'a' }, { uuid: 'b' }, { uuid: 'c' }]);
});

test.each([
	['{}', false],
	['{"gif":1}', true],
])('GIF %s is content of a message: %s', async (gif, isContent) => {
	answering({ messageUuid: UUID });
	const { error } = await harness.run(
		'message',
		'send',
		{ userUuid: byId(UUID), text: '', additionalFields: { gif } },
		{ credentials: harness.credential('mira', { baseUrl: server.url, apiRoutes: 'v1' }) },
	);
	expect(error === undefined).toBe(isContent);
	expect(server.received.map(({ body }) => body)).toEqual(isContent ? [`{"gif":${gif}}`] : []);
});

describe('adding members to a list', () => {
	const people = Array.from({ length: 250 }, (_, n) => `user-${n}`);
	const add = async () =>
		await run('customList', 'addMembers', { uuid: byId(UUID), userUuids: people });

	test('members are added in batches of a hundred, and the counts are summed', async () => {
		server.reply = (_request, count) =>
			[{ body: '{"added":90,"skipped":10}' }, { body: '{"added":100}' }, { body: '{"skipped":0}' }][
				count - 1
			] ?? {};
		const { items } = await add();
		expect(items).toEqual([{ json: { added: 190, skipped: 10 }, pairedItem: { item: 0 } }]);
		expect(server.received.map(({ body }) => body)).toEqual(
			[people.slice(0, 100), people.slice(100, 200), people.slice(200)].map((userUuids) =>
				JSON.stringify({ userUuids }),
			),
		);
	});

	test('the result of a single batch is returned unchanged', async () => {
		answering({ added: 1, skipped: 0, note: 'x' });
		expect(await rows('customList', 'addMembers', { uuid: byId(UUID), userUuids: ['a'] })).toEqual([
			{ added: 1, skipped: 0, note: 'x' },
		]);
	});

	test('adding members ends at the first rejected batch', async () => {
		server.reply = (_request, count) =>
			count === 1
				? { body: '{"skipped":100}' }
				: { status: 404, body: '{"message":"List not found"}' };
		expect((await add()).error?.message).toBe('List not found');
		expect(server.received).toHaveLength(2);
	});

	test.each([' , ', '={{ null }}'])('a user list of %j is rejected as empty', async (userUuids) => {
		const { error } = await run('message', 'sendToSeveral', {
			userUuids,
			text: 'Hello',
		});
		expect(error?.message).toBe('"Fan Names or IDs" is empty');
		expect(server.received).toEqual([]);
	});
});

describe('Send to Several', () => {
	test('an error without text has a description, and no further message is sent', async () => {
		server.reply = (_request, count) =>
			count === 1 ? { status: 201, body: '{"messageUuid":"m"}' } : { status: 410 };
		expect(
			await rows('message', 'sendToSeveral', {
				userUuids: ['a', 'b', 'a', 'c'],
				text: 'Hello',
				additionalFields: { openChat: false },
			}),
		).toEqual([
			{ userUuid: 'a', status: 'sent', messageUuid: 'm' },
			...['b', 'c'].map((userUuid) => ({
				userUuid,
				status: 'notSent',
				reason: 'Fanvue ended version 2025-06-26 of its API',
				description: 'Update this node package to a version that supports a newer one',
				httpCode: '410',
			})),
		]);
		expect(server.received).toHaveLength(2);
	});

	test.each(['', '{}', '[]', '"ok"', '{"message":"Being maintained"}'])(
		'a message is not reported as sent if the response is %j',
		async (body) => {
			server.reply = () => ({ body });
			expect(
				await rows('message', 'sendToSeveral', {
					userUuids: ['a'],
					text: 'Hello',
					additionalFields: { openChat: false },
				}),
			).toMatchObject([{ userUuid: 'a', status: 'unclear' }]);
		},
	);

	test('Send to Several ends when the execution is cancelled', async () => {
		let cancel: () => void = () => undefined;
		server.reply = (_request, count) => {
			if (count < 2) return { body: '{"messageUuid":"m"}' };
			cancel();
			return { after: new Promise<void>(() => undefined) };
		};
		const { error } = await harness.run(
			'message',
			'sendToSeveral',
			{ userUuids: ['a', 'b', 'c'], text: 'Hello' },
			{ credentials: credentials(), onStart: (stop) => (cancel = stop) },
		);
		expect(error?.message).toBe('The execution was cancelled');
		expect(server.received).toHaveLength(2);
	});
});

test('Get Automation Context accepts missing users, amounts and sources', async () => {
	server.reply = ({ url }) => {
		if (url.includes('top-spenders'))
			return { body: '{"data":[{"gross":5},{"user":null,"net":4}]}' };
		if (url.includes('summary')) return { body: '{"totals":{}}' };
		return { body: '{"data":[]}' };
	};
	const [context] = await rows('automationContext', 'get');
	const nobody = { uuid: null, name: null, handle: null, messages: null };
	expect(context).toEqual({
		media: [],
		subscribers: [],
		topSpenders: [
			{ ...nobody, totalSpent: 5, net: null },
			{ ...nobody, totalSpent: null, net: 4 },
		],
		earnings: {
			period: 'start/now',
			total: null,
			net: null,
			thisMonth: null,
			breakdown: [],
			trend: null,
		},
	});
	server.reply = ({ url }) => ({
		body: url.includes('summary')
			? '{"period":{"endDate":"2026-02-01"},"breakdownBySource":{"tips":{"gross":5},"posts":{"gross":2,"net":1},"odd":7}}'
			: '{"data":[]}',
	});
	const [later] = await rows('automationContext', 'get');
	expect(later?.earnings).toMatchObject({ period: 'start/2026-02-01', total: 7, net: 1 });
});

test.each([
	[
		{ sunset: 'Fri, 01 Jan 2027 00:00:00 GMT' },
		' It stops working on Fri, 01 Jan 2027 00:00:00 GMT.',
	],
	[{ 'x-fanvue-api-next-version': '2026-12-01' }, ' Its successor is 2026-12-01.'],
	[{ deprecation: '@1790000000' }, ''],
])('the hint about a deprecated version contains what is known: %j', async (headers, words) => {
	server.reply = () => ({ headers, body: '{"uuid":"u"}' });
	const { hints } = await run('user', 'getMe');
	expect(hints).toEqual([
		`Fanvue is about to end version 2025-06-26 of its API.${words} Update this node package before then.`,
	]);
});

test.each([
	['user', 'getMe', {}],
	['fan', 'getFollowers', { returnAll: true }],
	['chat', 'getOnlineStatuses', { userUuids: [UUID] }],
])('%s: %s fails if the response is empty', async (resource, operation, parameters) => {
	server.reply = () => ({ body: ' ' });
	expect((await run(resource, operation, parameters)).error).toMatchObject({
		message: expect.stringMatching(/^Fanvue returned an empty response instead of (?:a|the) /),
		description: expect.stringMatching(/^Run it again later\. /),
	});
	expect(server.received).toHaveLength(1);
});

test('a response of another server mentions Base URL in the credential', async () => {
	server.reply = () => ({ status: 302, headers: { location: 'https://other.example/' } });
	const { error } = await run('user', 'getMe');
	expect(error).toMatchObject({
		message: 'Fanvue returned status 302',
		description: 'Check Base URL in the credential',
	});
	expect(server.received).toHaveLength(1);
	const { error: none } = await harness.run(
		'user',
		'getMe',
		{},
		{
			credentials: harness.credential('mira', { baseUrl: '' }),
		},
	);
	expect(none?.message).toBe('"Base URL" is empty');
});

describe('list searches', () => {
	const list = async (method: string, parameters?: INodeParameters) =>
		await harness.list(method, { credentials: credentials(), parameters });

	test.each([
		[
			'searchCreators',
			[
				{ uuid: 'a' },
				{ uuid: 'b', displayName: 'Bo' },
				{ uuid: 'c', handle: 'cy' },
				{ handle: 'x' },
				null,
			],
			['a', 'Bo', '(@cy)'],
		],
		[
			'searchChats',
			[{ user: null }, { user: { uuid: 'a', nickname: 'Al', handle: 'al' } }],
			['Al (@al)'],
		],
		[
			'searchPosts',
			[
				{ uuid: 'a', text: `${'long '.repeat(20)}`, createdAt: '2026-01-02T03:04:05Z' },
				{ uuid: 'b', text: 'One\nTwo' },
				{},
			],
			[`${'long '.repeat(12).slice(0, 59)}… (2026-01-02)`, 'One ()'],
		],
		[
			'searchMedia',
			[
				{ uuid: 'a', status: 'created' },
				{ uuid: 'b', caption: 'Sea', mediaType: 'image' },
			],
			['a (created)', 'Sea (image)'],
		],
		[
			'searchTemplates',
			[{ uuid: 'a', folderName: 'Hello' }, { uuid: 'b' }],
			['Hello', 'Template without text'],
		],
		['searchCustomLists', [{ uuid: 'a', name: 'VIP' }], ['VIP (0)']],
		['searchSmartLists', [{ uuid: 'muted', name: 'Muted' }], ['Muted (0)']],
		['searchCollections', [{ uuid: 'a' }], ['a']],
	])('%s accepts incomplete rows', async (method, data, names) => {
		answering({ data });
		expect((await list(method)).results.map(({ name }) => name)).toEqual(names);
	});

	test.each([
		['by ID', { __rl: true, mode: 'id', value: UUID }, `/creators/${UUID}/chats?size=50`],
		['as text', UUID, `/creators/${UUID}/chats?size=50`],
		['not yet', '', '/chats?size=50'],
	])(
		'a list search for a creator chosen %s uses the right route',
		async (_how, creatorUserUuid, url) => {
			answering({ data: [] });
			await list('searchChats', { actAs: 'creator', creatorUserUuid });
			expect(server.received.map((request) => request.url)).toEqual([url]);
		},
	);
});
