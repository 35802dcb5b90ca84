import { TestServer } from '../../support/server';
import { FanvueHarness, byId } from '../../support/fanvueHarness';

/** Values of parameters from users and expressions. */
const server = new TestServer();
const harness = FanvueHarness.forTests(server);

const UUID = '3fa85f64-5717-4562-b3fc-2c963f66afa6';

/** Returns the request of one call, or the message of its error. */
async function wire(resource: string, operation: string, parameters: object) {
	server.reset();
	server.reply = () => ({ body: '{"data":[]}' });
	const { error } = await harness.run(resource, operation, parameters, {
		credentials: harness.credential('mira', { baseUrl: server.url }),
	});
	const [request] = server.received;
	if (request === undefined) return error?.message;
	return `${request.url}${request.body === '' ? '' : ` ${request.body}`}`;
}

test.each(['', null, false, 'false', 'null', '={{ [] }}'])(
	'messages are not marked as read if Mark as Read is %j',
	async (markAsRead) => {
		expect(
			await wire('message', 'getAll', { userUuid: byId(UUID), limit: 1, filters: { markAsRead } }),
		).toBe(`/chats/${UUID}/messages?markAsRead=false&page=1&size=1`);
	},
);

test('a folder name is sent unchanged, with spaces at its ends', async () => {
	expect(await wire('vault', 'getFolder', { folderName: byId(' Sommer & mehr ') })).toBe(
		'/vault/folders/%20Sommer%20%26%20mehr%20',
	);
	expect(await wire('media', 'getAll', { limit: 1, filters: { folderName: byId(' 2026') } })).toBe(
		'/media?folderName=%202026&page=1&size=1',
	);
	expect(await wire('vault', 'getFolder', { folderName: byId('..') })).toBe(
		'"Folder" cannot be ".."',
	);
	expect(await wire('vault', 'getFolder', { folderName: byId('={{ "" }}') })).toBe(
		'"Folder" is empty',
	);
});

test('the last part of an upload is not before the first', async () => {
	const get = async (from: number, to: number | string) =>
		await wire('mediaUpload', 'getPartUrls', { uploadId: UUID, from, to });
	expect(await get(5, 2)).toBe('"To Part" cannot be below From Part (5)');
	expect(await get(2, 2)).toBe(`/v1/media/uploads/${UUID}/parts/urls?from=2&to=2`);
	expect(await get(2, '={{ "abc" }}')).toBe('"To Part" cannot be "abc"');
	const complete = { uploadId: UUID, parts: '[]' };
	expect(await wire('mediaUpload', 'complete', complete)).toBe('"Parts" is empty');
});

describe('Act As', () => {
	const pin = async (actAs: string) =>
		await wire('post', 'pin', { actAs, creatorUserUuid: byId(UUID), uuid: byId(UUID) });

	test('Act As can be given by an expression', async () => {
		expect(await pin('={{ "creator" }}')).toBe(`/creators/${UUID}/posts/${UUID}/pin`);
		expect(await pin('={{ "self" }}')).toBe(`/posts/${UUID}/pin`);
	});

	test.each([
		['chat', { filters: { filter: ['unread'] } }, 'Filter'],
		['chat', { filters: { search: 'x' } }, 'Search'],
		['customList', { search: 'x' }, 'Search'],
	])(
		'a filter that managed creators do not have is rejected if an expression chooses one: %s %j',
		async (resource, filters, name) => {
			const parameters = { limit: 1, creatorUserUuid: byId(UUID), ...filters };
			const list = async (actAs: string) =>
				await wire(resource, 'getAll', { ...parameters, actAs });
			expect(await list('={{ "creator" }}')).toBe(`"${name}" does not exist for managed creators`);
			expect(await list('={{ "self" }}')).toMatch(/[?&](?:filter|search)=/);
		},
	);

	test('filters without a value do not matter to managed creators', async () => {
		const parameters = { limit: 1, creatorUserUuid: byId(UUID), filters: { search: '' } };
		expect(await wire('chat', 'getAll', { ...parameters, actAs: '={{ "creator" }}' })).toBe(
			`/creators/${UUID}/chats?page=1&size=1`,
		);
	});

	test('an unknown value of Act As is rejected', async () => {
		expect(await pin('={{ "Creator" }}')).toBe('"Act As" cannot be "Creator"');
		expect(await pin('={{ null }}')).toBe('"Act As" is empty');
	});
});

describe('lists of a mass message', () => {
	const send = async (
		includedLists: object | string,
		additionalFields: object = {},
		options: object = {},
	) =>
		await wire('massMessage', 'send', {
			includedLists,
			text: 'Hi',
			additionalFields: { ...additionalFields },
			options,
		});

	test('lists of a mass message can be texts with commas or options', async () => {
		expect(await send({ customListUuids: `${UUID}, ${UUID}`, smartListUuids: [] })).toBe(
			`/chats/mass-messages {"includedLists":{"customListUuids":["${UUID}","${UUID}"]},"text":"Hi"}`,
		);
	});

	// n8n converts any other value of a collection into an empty collection.
	test.each([
		[{}],
		[{ customListUuids: '', smartListUuids: [] }],
		['={{ { customListUuids: ["a"] } }}'],
		['{"smartListUuids":["muted"]}'],
	])('lists of a mass message without any entry are rejected: %j', async (lists) => {
		expect(await send(lists)).toBe('"Included Lists" contains no list');
		const excludedLists = lists;
		expect(await send({ smartListUuids: ['followers'] }, { excludedLists })).toBe(
			'"Excluded Lists" contains no list',
		);
	});

	test.each([
		[
			{ customListUuids: '={{ null }}', smartListUuids: ['muted'] },
			'has no value for "Custom List Names or IDs"',
		],
		[{ customListUuids: UUID, smartListUuids: '={{ "" }}' }, 'has no value for "Smart Lists"'],
	])(
		'exclusions of which a part would be lost are rejected: %j',
		async (excludedLists, problem) => {
			expect(await send({ smartListUuids: ['followers'] }, { excludedLists })).toBe(
				`"Excluded Lists" ${problem}`,
			);
		},
	);

	test('an exclusion can have an empty list', async () => {
		const excludedLists = { customListUuids: '={{ [] }}', smartListUuids: ['creators'] };
		expect(await send({ smartListUuids: ['followers'] }, { excludedLists })).toBe(
			'/chats/mass-messages {"includedLists":{"smartListUuids":["followers"]},"text":"Hi","excludedLists":{"smartListUuids":["creators"]}}',
		);
	});

	test('lists of a mass message have the names of the routes under /v1', async () => {
		expect(
			await send(
				{ smartListUuids: ['subscribers'] },
				{ excludedLists: { smartListUuids: ['creators'], customListUuids: UUID } },
				{ apiRoutes: 'v1' },
			),
		).toBe(
			`/v1/chats/mass-messages {"includedLists":{"smartListIds":["subscribers"]},"text":"Hi","excludedLists":{"customListUuids":["${UUID}"],"smartListIds":["creators"]}}`,
		);
	});
});

test.each([
	['={{ NaN }}', '"Text" must be text'],
	['={{ new Date(NaN) }}', '"Text" must be text'],
	['={{ DateTime.fromISO("x") }}', '"Text" must be text'],
	['={{ 12 }}', `/posts/${UUID}/comments {"text":"12"}`],
	['={{ new Date(0) }}', `/posts/${UUID}/comments {"text":"1970-01-01T00:00:00.000Z"}`],
])('an invalid value is not sent as text: %s', async (text, expected) => {
	expect(await wire('postComment', 'create', { uuid: byId(UUID), text })).toBe(expected);
});

test.each([
	['[{ "PartNumber": 1, "ETag": "\\"a\\"" }]'],
	['={{ [{ PartNumber: 1, ETag: \'"a"\' }] }}'],
	['={{ { PartNumber: 1, ETag: \'"a"\' } }}'],
	['{ "PartNumber": 1, "ETag": "\\"a\\"" }'],
])('the parts of an upload are read as a list: %s', async (parts) => {
	expect(await wire('mediaUpload', 'complete', { uploadId: 'u/1', parts })).toBe(
		'/media/uploads/u%2F1 {"parts":[{"PartNumber":1,"ETag":"\\"a\\""}]}',
	);
});

test.each([
	['a text cut by its length', '={{ "hi 😀".slice(0, 4) }}', 'hi \ufffd'],
	['the second half', '={{ "😀!".slice(1) }}', '\ufffd!'],
	['halves in the wrong order', '={{ "\\ude00\\ud83d" }}', '\ufffd\ufffd'],
])('half an emoji becomes U+FFFD on the wire: %s', async (_name, text, sent) => {
	expect(await wire('postComment', 'create', { uuid: byId(UUID), text })).toBe(
		`/posts/${UUID}/comments {"text":"${sent}"}`,
	);
});

describe('a message or post without content', () => {
	const list = { includedLists: { smartListUuids: ['followers'] } };
	test.each([
		['message', 'send', { userUuid: byId(UUID) }, 'Text, Media Names or IDs, Template, GIF'],
		['message', 'sendToSeveral', { userUuids: UUID }, 'Text, Media Names or IDs, Template, GIF'],
		['massMessage', 'send', list, 'Text, Media Names or IDs'],
		['post', 'create', { audience: 'subscribers' }, 'Text, Media Names or IDs'],
	])(
		'%s: %s without content is rejected before a request is sent',
		async (resource, operation, parameters, names) => {
			for (const content of [
				{},
				{ text: '', mediaUuids: '', price: 0 },
				{ text: null, mediaUuids: '[]', price: 500 },
				{ mediaUuids: ' , ', additionalFields: {} },
			]) {
				const { error } = await harness.run(resource, operation, { ...parameters, ...content });
				expect(error).toMatchObject({
					message: '"Text" is empty',
					description: `Fill in one of ${names}`,
				});
			}
			expect(harness.calls()).toEqual([]);
		},
	);

	test.each([
		[0, undefined],
		['0', undefined],
		['', undefined],
		[300, 300],
		['999', 999],
	])('a price of %j is sent as %j', async (price, sent) => {
		const parameters = { text: 'Hello', mediaUuids: [UUID], price };
		await harness.run('post', 'create', { ...parameters, audience: 'subscribers' });
		const body: unknown = JSON.parse(harness.calls().at(-1)?.bodyText ?? '{}');
		expect(body).toEqual({
			audience: 'subscribers',
			text: 'Hello',
			mediaUuids: [UUID],
			...(sent === undefined ? {} : { price: sent }),
		});
	});

	beforeEach(() => harness.sandbox.requestLog.clear());

	test.each([1, 299, '100', -5])('a price of %j is rejected', async (price) => {
		const parameters = { text: 'Hello', audience: 'subscribers', price };
		const { error } = await harness.run('post', 'create', parameters);
		expect(error?.message).toMatch(/^"Price \(Cents\)" cannot be/);
		expect(harness.calls()).toEqual([]);
	});
});

test('deleted mass messages are asked for only if they are wanted', async () => {
	const list = async (includeDeleted?: unknown) =>
		await wire('massMessage', 'getAll', {
			limit: 1,
			...(includeDeleted === undefined ? {} : { includeDeleted }),
		});
	expect(await list()).toBe('/chats/mass-messages?page=1&size=1');
	expect(await list(true)).toBe('/chats/mass-messages?includeDeleted=true&page=1&size=1');
	expect(await list(false)).toBe('/chats/mass-messages?page=1&size=1');
});

test('an empty API Routes leaves the choice to the credential', async () => {
	const options = { apiRoutes: '={{ "" }}' };
	server.reset();
	server.reply = () => ({ body: '{"data":[]}' });
	await harness.run(
		'post',
		'getAll',
		{ limit: 1, options },
		{ credentials: harness.credential('mira', { baseUrl: server.url, apiRoutes: 'v1' }) },
	);
	expect(server.received[0]?.url).toBe('/v1/posts?size=1');
});
