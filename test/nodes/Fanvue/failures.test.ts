import type { RunOptions } from '../../support/n8n';
import { TestServer } from '../../support/server';
import { FanvueHarness, byId } from '../../support/fanvueHarness';

const server = new TestServer();
const harness = FanvueHarness.forTests(server);
beforeEach(() => harness.sandbox.reset());

const SYSTEM = ['openid', 'offline_access', 'offline'];
const PICTURE = '3fa85f64-5717-4562-b3fc-2c963f66afa6';
const many = (count: number) => Array.from({ length: count }, (_, n) => ({ json: { n } }));

describe('lists without pages', () => {
	test.each([
		['webhook', 'getAll'],
		['smartList', 'getAll'],
		['agency', 'getTeamMembers'],
	])('%s: %s fails if the response has no list', async (resource, operation) => {
		server.reply = () => ({ status: 200, body: '{"count":2}' });
		const credentials = harness.credential('mira', { baseUrl: server.url });
		const { error } = await harness.run(resource, operation, {}, { credentials });
		expect(error?.message).toMatch(
			/^Fanvue returned an object without "data" instead of a list of /,
		);
	});
});

describe('errors of the API', () => {
	test.each([
		[
			400,
			'{"errors":["text is too long","price must be an integer"]}',
			'Fanvue rejected the request: text is too long; price must be an integer',
		],
		[
			400,
			'{"errors":[{"message":"text is too long"},{"code":7}]}',
			'Fanvue rejected the request: text is too long; {"code":7}',
		],
		[410, '{"error":"Gone"}', 'Fanvue ended version 2025-06-26 of its API: Gone'],
		[
			400,
			'{"error":"Bad Request","message":"Unsupported version"}',
			'Fanvue rejected the request: Unsupported version',
		],
		[
			400,
			'{"errors":[],"message":"","error":"Bad Request"}',
			'Fanvue rejected the request: Bad Request',
		],
		[400, '{"errors":"nothing to read"}', 'Fanvue rejected the request'],
		[403, '{"error":"Forbidden"}', 'Fanvue denied the request: Forbidden'],
		[422, '{"message":"Odd"}', 'Fanvue returned status 422: Odd'],
		[404, '{"message":"Post not found"}', 'Post not found'],
		[409, '{"message":"Name already taken"}', 'Fanvue reported a conflict: Name already taken'],
		[502, '<html>Bad Gateway</html>', 'Fanvue returned status 502'],
		[503, '{"message":"Upstream is resting"}', 'Fanvue returned status 503: Upstream is resting'],
	])('status %d with %s has a message and a description', async (status, body, message) => {
		server.reply = () => ({ status, body });
		const { error } = await harness.run(
			'post',
			'delete',
			{ uuid: byId(PICTURE) },
			{ credentials: harness.credential('mira', { baseUrl: server.url }) },
		);
		expect(error).toMatchObject({ message, httpCode: String(status) });
		expect(error?.description).toEqual(expect.stringMatching(/\S/));
		expect(server.received).toHaveLength(1);
	});

	test.each([
		['post', 'getAll', {}, '{"message":"Service is being maintained"}'],
		['post', 'getAll', {}, '{"data":null}'],
		['post', 'getAll', {}, '{"data":{"0":{}}}'],
		['post', 'getAll', {}, '{}'],
		['insight', 'getEarnings', {}, '{"error":"maintenance"}'],
		['vault', 'getFolders', {}, '"later"'],
		['agency', 'getChatterLeaderboard', {}, '{"items":[]}'],
		['user', 'getMe', {}, 'null'],
		['user', 'getMe', {}, 'true'],
		['user', 'getMe', {}, '{"errors":[{"message":"later"}]}'],
		['post', 'delete', { uuid: byId(PICTURE) }, '{"error":"maintenance"}'],
		['chat', 'create', { userUuid: byId(PICTURE) }, '{"error":"maintenance","message":"later"}'],
		['post', 'pin', { uuid: byId(PICTURE) }, '{"message":"later","statusCode":503}'],
		['post', 'delete', { uuid: byId(PICTURE) }, '{"success":false,"message":"maintenance"}'],
		['post', 'delete', { uuid: byId(PICTURE) }, '{"success":false}'],
		['customList', 'delete', { uuid: byId(PICTURE) }, '{"ok":false,"error":"maintenance"}'],
		[
			'trackingLink',
			'delete',
			{ uuid: byId(PICTURE) },
			'{"type":"about:blank","title":"Unavailable","status":503,"detail":"maintenance"}',
		],
		['webhook', 'delete', { id: 'sub-1' }, '{"detail":"maintenance"}'],
		['post', 'delete', { uuid: byId(PICTURE) }, '{"error":true,"reason":"maintenance"}'],
		['post', 'delete', { uuid: byId(PICTURE) }, '{"error":"busy","error_description":"later"}'],
		['post', 'delete', { uuid: byId(PICTURE) }, '{"error":{"code":503,"message":"later"}}'],
	])(
		'%s: %s fails if a successful response is not its result (%j %s)',
		async (resource, operation, parameters, body) => {
			server.reply = () => ({ body });
			const { error, items } = await harness.run(resource, operation, parameters, {
				credentials: harness.credential('mira', { baseUrl: server.url }),
			});
			expect(error?.message).toMatch(/^Fanvue returned .+ instead of (?:an?|the) /);
			expect(items).toEqual([]);
			const isWrite = server.received[0]?.method !== 'GET';
			expect(String(error?.description).includes('may have been carried out')).toBe(isWrite);
		},
	);

	test.each([
		[403, '<!DOCTYPE html><title>Blocked</title>', /proxy or firewall/],
		[401, '<html>Sign in</html>', /proxy or firewall/],
		[404, ' <h1>Not here</h1>', /proxy or firewall/],
		[
			400,
			'{"error":"UnsupportedVersionError","message":"Unsupported API version"}',
			/^Update this/,
		],
		[400, '{"message":"API version 2025-06-26 is no longer available"}', /^Update this/],
		[400, '{"errors":[{"message":"Invalid API version"}]}', /^Update this/],
		[406, '{"message":"Unsupported API version"}', /^Update this/],
		[400, '{"message":"Version 2025-06-26 does not exist"}', /^Update this/],
		[400, '{"message":"X-Fanvue-API-Version is not supported"}', /^Update this/],
		[422, '{"code":"unsupported_api_version","message":"Rejected"}', /^Update this/],
		[422, '{"message":"Invalid user UUID"}', /deleted their account or blocked/],
		[400, '{"message":"Invalid user UUID"}', /deleted their account or blocked/],
		[400, '{"error":"Invalid userUuid"}', /deleted their account or blocked/],
		[400, '{"message":"User UUID is invalid"}', /deleted their account or blocked/],
		[403, 'error code: 1020', /proxy or firewall/],
		[403, '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', /proxy or firewall/],
	])('status %d with %s is explained by its actual cause', async (status, body, description) => {
		server.reply = () => ({ status, body });
		const { error } = await harness.run(
			'message',
			'send',
			{ userUuid: byId(PICTURE), text: 'Hello' },
			{ credentials: harness.credential('mira', { baseUrl: server.url }) },
		);
		expect(error?.description).toMatch(description);
		expect(error?.description).not.toMatch(/scope|Chat: Create/);
	});

	test.each([
		'{"message":"Unsupported conversion of the picture"}',
		'{"message":"Conversion to this currency is not supported"}',
		'{"message":"Invalid subversion of the API key"}',
	])(
		'a rejection that is not about the version of the API does not advise an update: %s',
		async (body) => {
			server.reply = () => ({ status: 400, body });
			const { error } = await harness.run(
				'post',
				'create',
				{ audience: 'subscribers', text: 'Hello' },
				{ credentials: harness.credential('mira', { baseUrl: server.url }) },
			);
			expect(error?.description).toBe('Check the values of this item');
		},
	);

	test('no chat is opened with a fan who can no longer be contacted', async () => {
		server.reply = () => ({ status: 400, body: '{"message":"Invalid user UUID"}' });
		const { items } = await harness.run(
			'message',
			'sendToSeveral',
			{ userUuids: PICTURE, text: 'Hello', additionalFields: { openChat: true } },
			{ credentials: harness.credential('mira', { baseUrl: server.url }) },
		);
		expect(items[0]?.json).toMatchObject({ status: 'refused' });
		expect(server.received).toHaveLength(1);
	});

	const sendToSeveral = async (userUuids: string[], openChat: unknown = true) =>
		await harness.run(
			'message',
			'sendToSeveral',
			{ userUuids, text: 'Hello', additionalFields: { openChat } },
			{ credentials: harness.credential('mira', { baseUrl: server.url }) },
		);
	const FANS = [1, 2, 3].map((n) => `3fa85f64-5717-4562-b3fc-2c963f66afa${n}`);

	test('a message whose values are not valid opens no chat and is not sent twice', async () => {
		server.reply = () => ({ status: 400, body: '{"errors":["mediaUuids[0] is not valid"]}' });
		const { items } = await sendToSeveral(FANS.slice(0, 2));
		expect(items.map(({ json: { status } }) => status)).toEqual(['refused', 'refused']);
		expect(items[0]?.json).toMatchObject({ description: 'Check the values of this item' });
		expect(server.received.map(({ url }) => url)).toEqual([
			`/chats/${FANS[0]}/message`,
			`/chats/${FANS[1]}/message`,
		]);
	});

	test('Open Chat is checked before the first message is sent', async () => {
		server.reply = () => ({ status: 404, body: '{"message":"No conversation"}' });
		const { error } = await sendToSeveral(FANS, 'maybe');
		expect(error?.message).toContain('"Open Chat" cannot be "maybe"');
		expect(server.received).toEqual([]);
	});

	test.each([
		[400, 'User is not contactable', ['refused', 'refused', 'refused'], 6],
		[403, 'Forbidden', undefined, 2],
	])(
		'a chat that cannot be opened (%d) is the reason of the result',
		async (status, message, statuses, requests) => {
			server.reply = ({ url }) =>
				url === '/chats'
					? { status, body: JSON.stringify({ message }) }
					: { status: 404, body: '{"message":"No conversation with this user"}' };
			const { items, error } = await sendToSeveral(FANS);
			if (statuses === undefined) expect(error?.message).toContain(message);
			else {
				expect(items.map((item) => item.json.status)).toEqual(statuses);
				expect(items[0]?.json.reason).toBe(`Fanvue rejected the request: ${message}`);
			}
			expect(server.received).toHaveLength(requests);
		},
	);

	test.each(['{"error":{"code":"FORBIDDEN","detail":"no"}}', '{"errors":[{"detail":"no"}]}'])(
		'%s with status 200 is not taken for a deleted post',
		async (body) => {
			server.reply = () => ({ body });
			const { error } = await harness.run(
				'post',
				'delete',
				{ uuid: byId(PICTURE), confirm: true },
				{ credentials: harness.credential('mira', { baseUrl: server.url }) },
			);
			expect(error?.message).toMatch(/^Fanvue returned /);
			expect(error?.description).toMatch(/may have been carried out/);
		},
	);

	test('a first message that needs a chat names Chat: Create', async () => {
		server.reply = () => ({ status: 404, body: '{"message":"No conversation with this user"}' });
		const { error } = await harness.run(
			'message',
			'send',
			{ userUuid: byId(PICTURE), text: 'Hello' },
			{ credentials: harness.credential('mira', { baseUrl: server.url }) },
		);
		expect(error).toMatchObject({
			message: 'No conversation with this user',
			description: expect.stringContaining('create the chat first with Chat: Create'),
		});
	});

	test.each([
		['standard', 'This operation needs the scope read:creator'],
		['v1', 'This operation needs the scope read:self'],
	])('a missing scope of webhooks is that of the %s routes', async (apiRoutes, description) => {
		server.reply = () => ({ status: 403, body: '{"error":"Forbidden"}' });
		const { error } = await harness.run(
			'webhook',
			'getAll',
			{},
			{ credentials: harness.credential('mira', { baseUrl: server.url, apiRoutes }) },
		);
		expect(error?.description).toContain(description);
	});

	test('a write with an unknown outcome is reported as possibly carried out and not repeated', async () => {
		server.reply = () => ({ status: 503, body: '{"message":"Upstream is resting"}' });
		const { error } = await harness.run(
			'post',
			'create',
			{ audience: 'subscribers', text: 'Hello' },
			{ credentials: harness.credential('mira', { baseUrl: server.url }) },
		);
		expect(error?.description).toContain('may have been carried out all the same');
		expect(server.received).toHaveLength(1);
	});

	test('a response that is not JSON mentions Base URL in the credential', async () => {
		server.reply = () => ({ headers: { 'content-type': 'text/html' }, body: '<html>Hello</html>' });
		const { error } = await harness.run(
			'user',
			'getMe',
			{},
			{ credentials: harness.credential('mira', { baseUrl: server.url }) },
		);
		expect(error).toMatchObject({
			message: 'Fanvue returned a web page instead of a user',
			description: expect.stringContaining('check Base URL in the credential'),
		});
	});

	test('a missing scope is named with the place to select it', async () => {
		const { error } = await harness.run(
			'insight',
			'getTopSpenders',
			{},
			{ credentials: harness.credential('mira', { scopes: [...SYSTEM, 'read:fan'] }) },
		);
		expect(error).toMatchObject({
			message: 'Fanvue denied the request: Insufficient scope: read:insights',
			description:
				'This operation needs the scopes read:insights and read:fan: select what is missing for the app in the developer area of Fanvue, add it to Scopes in the credential and connect the account again',
			httpCode: '403',
		});
	});

	test('acting as a creator, the error names the scopes of the creator route', async () => {
		const { error } = await harness.run(
			'post',
			'pin',
			{ actAs: 'creator', creatorUserUuid: byId(harness.uuid('mira')), uuid: byId(PICTURE) },
			{ credentials: harness.credential('agency', { scopes: SYSTEM }) },
		);
		expect(error?.description).toContain('write:post and write:creator');
	});

	test('errors of agency operations mention that an agency admin is required', async () => {
		const { error } = await harness.run('agency', 'getTeamMembers');
		expect(error?.description).toMatch(/admin of the agency$/);
	});

	test('the error for a retired API version states what to do', async () => {
		harness.sandbox.fanvue.settings.version.retired = { '2025-06-26': '2027-01-01' };
		const { error } = await harness.run('user', 'getMe');
		expect(error).toMatchObject({
			message:
				'Fanvue ended version 2025-06-26 of its API: API version 2025-06-26 has been retired',
			description: 'Update this node package to a version that supports 2027-01-01',
			httpCode: '410',
		});
	});

	test('a deprecated API version shows one hint and returns the result', async () => {
		harness.sandbox.fanvue.settings.version.deprecation = {
			since: '@1790000000',
			sunset: 'Fri, 01 Jan 2027 00:00:00 GMT',
			next: '2026-12-01',
		};
		const { hints, items } = await harness.run('user', 'getMe', {}, { items: many(3) });
		expect(items).toHaveLength(3);
		expect(hints).toEqual([
			'Fanvue is about to end version 2025-06-26 of its API. It stops working on Fri, 01 Jan 2027 00:00:00 GMT. Its successor is 2026-12-01. Update this node package before then.',
		]);
	});

	test('one rejected item does not affect the others', async () => {
		const posts = harness.sandbox.fanvue.sandboxState.posts.slice(0, 2).map(({ uuid }) => uuid);
		const { items } = await harness.run(
			'post',
			'get',
			{ uuid: byId('={{ $json.uuid }}') },
			{
				items: [posts[0], PICTURE, posts[1]].map((uuid) => ({ json: { uuid } })),
				settings: { onError: 'continueRegularOutput' },
			},
		);
		expect(items.map(({ json, pairedItem }) => [json.uuid ?? json.error, pairedItem])).toEqual([
			[posts[0], { item: 0 }],
			['Post not found', { item: 1 }],
			[posts[1], { item: 2 }],
		]);
	});
});

describe('the rate limit', () => {
	test('requests pause before the rate limit is exceeded', async () => {
		harness.sandbox.fanvue.settings.rateLimit = { size: 10, refillMs: 2000 };
		const { items, error } = await harness.run('user', 'getMe', {}, { items: many(25) });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(25);
		expect(harness.calls().filter(({ status }) => status === 429)).toEqual([]);
	});

	test('after a 429 a write is sent again', async () => {
		harness.sandbox.faults.add({ kind: 'rateLimit', endpoint: 'createPost', retryAfter: 1 });
		const { items, error } = await harness.run('post', 'create', {
			audience: 'subscribers',
			text: 'x',
		});
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		expect(harness.calls().map(({ status }) => status)).toEqual([429, 201]);
	});

	test('after a 429 with a reset time in the past the request waits before it is repeated', async () => {
		server.reply = (_request, count) =>
			count === 1
				? {
						status: 429,
						headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1700000000' },
						body: '{"error":"Too Many Requests"}',
					}
				: {};
		await harness.run(
			'user',
			'getMe',
			{},
			{ credentials: harness.credential('mira', { baseUrl: server.url }) },
		);
		const [first, second] = server.received.map(({ at }) => at);
		expect((second ?? 0) - (first ?? 0)).toBeGreaterThan(400);
	});

	test('each managed creator has a separate rate limit', async () => {
		harness.sandbox.fanvue.settings.rateLimit = { size: 3, refillMs: 2500 };
		const handles = ['mira', 'mira', 'mira', 'mira', 'nolan', 'nolan', 'nolan'];
		const { error } = await harness.run(
			'notification',
			'getAll',
			{ actAs: 'creator', creatorUserUuid: byId('={{ $json.creator }}'), limit: 1 },
			{
				credentials: harness.credential('agency'),
				items: handles.map((handle) => ({ json: { creator: harness.uuid(handle) } })),
			},
		);
		expect(error).toBeUndefined();
		const times = (handle: string) =>
			harness.calls(harness.uuid(handle)).map(({ at, status }) => ({ at, status }));
		expect(times('mira').filter(({ status }) => status === 200)).toHaveLength(4);
		expect(times('nolan')).toHaveLength(3);
		const last = Math.max(...times('mira').map(({ at }) => at));
		expect(last - Math.max(...times('nolan').map(({ at }) => at))).toBeGreaterThan(500);
	});
});

describe('the connection of the account', () => {
	test('an unconnected account is reported before a request is sent', async () => {
		const credentials = harness.credential();
		delete credentials.fanvueOAuth2Api?.oauthTokenData;
		const { error } = await harness.run('user', 'getMe', {}, { credentials });
		expect(error).toMatchObject({
			message: 'The Fanvue account is not connected yet',
			description: 'Open the credential of this node and connect it',
		});
		expect(harness.calls()).toEqual([]);
	});

	test('fifty requests with an expired token refresh it once', async () => {
		const credentials = harness.credential();
		harness.sandbox.fanvue.expireTokens();
		const {
			items,
			error,
			credentials: store,
		} = await harness.run(
			'user',
			'getMe',
			{ options: { concurrency: 50 } },
			{ items: many(50), credentials },
		);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(50);
		expect(harness.sandbox.fanvue.tokenCounts).toMatchObject({ refreshes: 1 });
		expect(store.saves).toBe(1);
	});

	test('the error of a revoked connection asks to connect again', async () => {
		const credentials = harness.credential();
		harness.sandbox.fanvue.revoke('mira');
		const { error } = await harness.run('user', 'getMe', {}, { credentials });
		expect(error?.message).toMatch(/needs to be reconnected/);
		expect(error?.description).toMatch(/reconnect/);
	});
});

describe('secrets', () => {
	const runs: Array<[string, string, string, object, Partial<RunOptions>]> = [
		['a result', 'user', 'getAccount', {}, {}],
		['a refusal', 'post', 'get', { uuid: byId(PICTURE) }, {}],
		[
			'a refusal passed on',
			'post',
			'get',
			{ uuid: byId(PICTURE) },
			{ settings: { onError: 'continueErrorOutput' } },
		],
	];

	test.each(runs)(
		'no execution contains a secret with %s',
		async (_what, resource, operation, parameters, more) => {
			const credentials = harness.credential();
			const { saved } = await harness.run(resource, operation, parameters, {
				credentials,
				...more,
			});
			for (const secret of [...harness.sandbox.fanvue.secrets(), 'demo-fanvue-secret']) {
				expect(saved).not.toContain(secret);
			}
		},
	);

	test('an error that quotes the token is shown without it', async () => {
		const credentials = harness.credential('mira', { baseUrl: server.url });
		server.reply = ({ headers }) => ({
			status: 400,
			body: JSON.stringify({ message: `Bad header ${headers.authorization ?? ''}` }),
		});
		const { error, saved } = await harness.run('user', 'getMe', {}, { credentials });
		expect(error?.message).toMatch(/^Fanvue rejected the request: Bad header Bearer \*\*\*/);
		for (const secret of harness.sandbox.fanvue.secrets()) expect(saved).not.toContain(secret);
	});
});
