import { optionalFields, topFields } from '../../../nodes/shared/definition/naming';
import { fanvue } from '../../../nodes/Fanvue/service';
import { listSearch } from '../../../nodes/Fanvue/listSearch';
import { TestServer } from '../../support/server';
import { FanvueHarness, byId } from '../../support/fanvueHarness';

let harness: FanvueHarness;
beforeAll(async () => (harness = await FanvueHarness.start()));
afterAll(async () => await harness.close());
beforeEach(() => harness.sandbox.reset());

test('every resource locator has a list search, and every list search is used', () => {
	const used = fanvue.resources.flatMap(({ operations }) =>
		operations.flatMap((operation) =>
			[
				...(fanvue.leadingFields?.(operation) ?? []),
				...topFields(operation),
				...optionalFields(operation).fields,
			].flatMap(({ input: look }) => (look.type === 'resourceLocator' ? [look.picker.search] : [])),
		),
	);
	expect([...new Set(used)].sort()).toEqual(Object.keys(listSearch).sort());
});

test.each([
	['searchChats', 'Felix Berg (@felix)'],
	['searchSubscribers', 'Felix Berg (@felix)'],
	['searchCustomLists', 'Early supporters (64)'],
	['searchSmartLists', expect.stringMatching(/^\S.* \(\d+\)$/)],
	['searchFolders', 'Film/Raw 100%'],
	['searchMedia', expect.stringMatching(/^Mira image \d+ \(image, \d{4}-\d\d-\d\d\)$/)],
	['searchPosts', expect.stringMatching(/ \(\d{4}-\d\d-\d\d\)$/)],
	['searchTemplates', expect.stringMatching(/\(\d+\)$/)],
	['searchTrackingLinks', expect.stringMatching(/ \(\w+\)$/)],
	['searchCollections', expect.stringMatching(/\S/)],
	['searchMassMessages', expect.stringMatching(/ \((SENT|SCHEDULED|UNSENT)\)$/)],
])('%s returns names and IDs', async (method, name) => {
	const { results } = await harness.list(method);
	expect(results).toContainEqual({ name, value: expect.stringMatching(/\S/) });
	expect(harness.calls().every(({ violations }) => violations.length === 0)).toBe(true);
});

test('the creator list contains the creators of the agency', async () => {
	const { results } = await harness.list('searchCreators', {
		credentials: harness.credential('agency'),
	});
	expect(results.map(({ name }) => name).sort()).toEqual([
		'Mira Solano (@mira)',
		'Nolan Reyes (@nolan)',
		'Oriane Petit (@oriane)',
	]);
});

test('chats and lists are searched by Fanvue', async () => {
	expect((await harness.list('searchChats', { filter: 'felix' })).results).toEqual([
		{ name: 'Felix Berg (@felix)', value: harness.uuid('felix') },
	]);
	await harness.list('searchCustomLists', { filter: 'Photo' });
	expect(harness.lines()).toEqual([
		'GET /chats?size=50&search=felix',
		'GET /chats/lists/custom?size=50&search=Photo',
	]);
});

test('lists without documented pages are read without a gap', async () => {
	const server = new TestServer();
	await server.start();
	try {
		server.reply = ({ url }) => {
			const page = Number(new URL(url, server.url).searchParams.get('page') ?? 1);
			const data = Array.from({ length: 15 }, (_, n) => ({ name: `f${(page - 1) * 15 + n}` }));
			return { body: JSON.stringify({ data, pagination: { page, size: 15, hasMore: page < 4 } }) };
		};
		const credentials = harness.credential('mira', { baseUrl: server.url });
		const { results } = await harness.list('searchFolders', { credentials, filter: 'f20' });
		expect(results).toEqual([{ name: 'f20', value: 'f20' }]);
		expect(server.received.map(({ url }) => url)).toEqual([
			'/vault/folders',
			'/vault/folders?page=2',
		]);
	} finally {
		await server.close();
	}
});

test('pages are read until a match is found if Fanvue cannot search', async () => {
	const { results, paginationToken } = await harness.list('searchSubscribers', {
		filter: 'FAN115',
	});
	expect(results.map(({ name }) => name)).toEqual([expect.stringContaining('@fan115')]);
	expect(harness.lines().length).toBeGreaterThan(1);
	expect(paginationToken === undefined || paginationToken.startsWith('page:')).toBe(true);
});

test.each(['standard', 'v1'])(
	'the second page follows the first on %s routes',
	async (apiRoutes) => {
		const credentials = harness.credential('mira', { apiRoutes });
		const first = await harness.list('searchSubscribers', { credentials });
		const token = String(first.paginationToken);
		const second = await harness.list('searchSubscribers', { credentials, token });
		expect(first.results).toHaveLength(50);
		expect(second.results).toHaveLength(50);
		const values = [...first.results, ...second.results].map(({ value }) => value);
		expect(new Set(values).size).toBe(100);
		expect(harness.calls()[0]?.path).toBe(
			apiRoutes === 'v1' ? '/fanvue/v1/subscribers' : '/fanvue/subscribers',
		);
	},
);

test('acting as a creator, the lists contain the data of the creator', async () => {
	const mira = harness.uuid('mira');
	const more = {
		credentials: harness.credential('agency'),
		parameters: { actAs: 'creator', creatorUserUuid: byId(mira) },
	};
	const chats = await harness.list('searchChats', { ...more, filter: 'felix' });
	expect(chats.results.map(({ name }) => name)).toEqual(['Felix Berg (@felix)']);
	await harness.list('searchPosts', more);
	expect(harness.lines().every((line) => line.startsWith(`GET /creators/${mira}/`))).toBe(true);
	expect(harness.calls().every(({ violations }) => violations.length === 0)).toBe(true);
});

test('the error of a list has a reason and no token', async () => {
	const credentials = harness.credential('mira', {
		scopes: ['openid', 'offline_access', 'offline'],
	});
	const refused: unknown = await harness
		.list('searchPosts', { credentials })
		.catch((error: unknown) => error);
	expect(refused).toMatchObject({
		message: expect.stringContaining('Insufficient scope: read:post'),
	});
	for (const secret of harness.sandbox.fanvue.secrets()) {
		expect(JSON.stringify(refused)).not.toContain(secret);
	}
});
