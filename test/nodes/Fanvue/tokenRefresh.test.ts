import { setTimeout as sleep } from 'node:timers/promises';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { Fanvue } from '../../../nodes/Fanvue/Fanvue.node';
import { fanvue } from '../../../nodes/Fanvue/service';
import { executeOperation } from '../../../nodes/shared/execution/executeOperation';
import { DEMO } from '../../../sandbox/demo';
import { TestServer } from '../../support/server';
import { FanvueHarness } from '../../support/fanvueHarness';

let harness: FanvueHarness;
const server = new TestServer();
beforeAll(async () => (harness = await FanvueHarness.start()));
afterAll(async () => await harness.close());
beforeEach(() => harness.sandbox.reset());

const many = (count: number) => Array.from({ length: count }, (_, n) => ({ json: { n } }));

/**
 * An older n8n, in which each rejected request refreshes the token itself. It does not see the rejection if
 * errors of all statuses are ignored.
 */
function olderHost(stored: ICredentialDataDecryptedObject): Fanvue {
	const tokens = (): IDataObject => ({ ...Object(stored.oauthTokenData) });
	class OnOlderHost extends Fanvue {
		override async execute(this: IExecuteFunctions) {
			const { helpers } = this;
			const signed = async (options: IHttpRequestOptions): Promise<unknown> =>
				await helpers.httpRequest({
					...options,
					// Before n8n-workflow 2.9, an object with exceptions counts as true.
					ignoreHttpStatusErrors: Boolean(options.ignoreHttpStatusErrors),
					headers: {
						...options.headers,
						authorization: `Bearer ${String(tokens().access_token)}`,
					},
				});
			const renew = async () => {
				const answer: unknown = await helpers.httpRequest({
					method: 'POST',
					url: `${harness.sandbox.urls.fanvueLogin}/oauth2/token`,
					body: new URLSearchParams({
						grant_type: 'refresh_token',
						refresh_token: String(tokens().refresh_token),
					}),
					auth: { username: DEMO.fanvue.clientId, password: DEMO.fanvue.clientSecret },
				});
				stored.oauthTokenData = { ...tokens(), ...Object(answer) };
			};
			helpers.httpRequestWithAuthentication = async (_type, options) => {
				try {
					return await signed(options);
				} catch {
					await renew();
					return await signed(options);
				}
			};
			return await executeOperation.call(this, fanvue);
		}
	}
	return new OnOlderHost();
}

test('parallel calls refresh the token once, even on an n8n that does not ensure this', async () => {
	const credentials = harness.credential();
	const stored = credentials.fanvueOAuth2Api ?? {};
	harness.sandbox.fanvue.expireTokens();
	const { items, error } = await harness.run(
		'user',
		'getMe',
		{},
		{ node: olderHost(stored), credentials, items: many(12) },
	);
	expect(error).toBeUndefined();
	expect(items).toHaveLength(12);
	expect(harness.sandbox.fanvue.tokenCounts).toMatchObject({ refreshes: 1, reuses: 0 });
});

test('two parallel executions share one token refresh', async () => {
	const credentials = harness.credential();
	const node = olderHost(credentials.fanvueOAuth2Api ?? {});
	harness.sandbox.fanvue.expireTokens();
	const runs = await Promise.all(
		[1, 2].map(
			async () => await harness.run('user', 'getMe', {}, { node, credentials, items: many(5) }),
		),
	);
	expect(runs.map(({ items }) => items.length)).toEqual([5, 5]);
	expect(harness.sandbox.fanvue.tokenCounts).toMatchObject({ refreshes: 1, reuses: 0 });
});

test('a valid token is not refreshed', async () => {
	await harness.run('user', 'getMe', {}, { items: many(3) });
	expect(harness.calls().map(({ status }) => status)).toEqual([200, 200, 200]);
	expect(harness.sandbox.fanvue.tokenCounts.refreshes).toBe(0);
});

test('a new token that is rejected asks to connect again', async () => {
	await server.start();
	server.reply = () => ({ status: 401, body: '{"error":"Unauthorized"}' });
	const credentials = harness.credential('mira', { baseUrl: server.url });
	const { error } = await harness.run('user', 'getMe', {}, { credentials });
	await server.close();
	expect(error).toMatchObject({
		message: 'Fanvue no longer accepts the connection of this account: Unauthorized',
		description: 'Open the credential of this node and connect the account again',
		httpCode: '401',
	});
	const [first, second, third] = server.received.map(({ headers }) => headers.authorization);
	expect(server.received).toHaveLength(3);
	expect(first === second && second !== third).toBe(true);
});

describe('a token that cannot be refreshed', () => {
	const changed = (change: Record<string, string>) => {
		const credentials = harness.credential();
		Object.assign(credentials.fanvueOAuth2Api ?? {}, change);
		harness.sandbox.fanvue.expireTokens();
		return credentials;
	};

	test.each([['clientId'], ['clientSecret']])(
		'the error for a wrong %s names the fields to compare',
		async (key) => {
			const credentials = changed({ [key]: 'wrong-one' });
			const { error, saved } = await harness.run('user', 'getMe', {}, { credentials });
			expect(error).toMatchObject({
				message: expect.stringMatching(
					/^The connection to Fanvue could not be renewed: Client authentication failed/,
				),
				description:
					'Compare Client ID and Client Secret in the credential with those of the app and connect the account again, or run it again later',
				httpCode: '401',
			});
			expect(saved).not.toContain('wrong-one');
		},
	);

	test('Send to Several stops at the first user if the token cannot be refreshed', async () => {
		const { error } = await harness.run(
			'message',
			'sendToSeveral',
			{
				userUuids: ['felix', 'tara', 'fan001'].map((handle) => harness.uuid(handle)),
				text: 'Hello',
			},
			{ credentials: changed({ clientSecret: 'wrong-one' }) },
		);
		expect(error?.message).toMatch(/could not be renewed/);
		expect(harness.sandbox.fanvue.tokenCounts.refused).toBe(1);
	});

	test("the error of a revoked connection is n8n's own", async () => {
		const credentials = harness.credential();
		harness.sandbox.fanvue.revoke('mira');
		const { error } = await harness.run('user', 'getMe', {}, { credentials });
		expect(error).toMatchObject({
			message: 'The credential "fanvueOAuth2Api" needs to be reconnected.',
			description: expect.stringMatching(/reconnect it to continue/),
			httpCode: '401',
		});
	});

	test('with failures ignored, each item has the error of the token refresh', async () => {
		const credentials = harness.credential();
		harness.sandbox.fanvue.revoke('mira');
		const { items } = await harness.run(
			'user',
			'getMe',
			{},
			{ credentials, items: many(7), settings: { onError: 'continueRegularOutput' } },
		);
		expect(items.map(({ json }) => json.error)).toEqual(
			Array(7).fill('The credential "fanvueOAuth2Api" needs to be reconnected.'),
		);
	});

	test('cancelling the execution ends a token refresh', async () => {
		harness.sandbox.faults.add({
			kind: 'status',
			status: 503,
			path: '/oauth2/token',
			times: 'always',
		});
		let cancel: () => void = () => undefined;
		const running = harness.run(
			'user',
			'getMe',
			{},
			{ credentials: changed({}), items: many(5), onStart: (stop) => (cancel = stop) },
		);
		while (harness.calls('/oauth2/token').length === 0) await sleep(1);
		cancel();
		expect((await running).error?.message).toBe('The execution was cancelled');
	});

	test('an unavailable login server is retried for reads', async () => {
		harness.sandbox.faults.add({ kind: 'status', status: 503, path: '/oauth2/token' });
		const credentials = changed({});
		const { error, items } = await harness.run('user', 'getMe', {}, { credentials });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
	});

	test.each([
		['status', 'responded with status 503'],
		['cut', 'closed the connection before responding'],
	] as const)(
		'a write whose token the login server does not refresh was not carried out: %s',
		async (kind, problem) => {
			harness.sandbox.faults.add({ kind, status: 503, path: '/oauth2/token', times: 'always' });
			const { error } = await harness.run(
				'post',
				'create',
				{ text: 'Hello', audience: 'subscribers', options: { maxTries: 2 } },
				{ credentials: changed({}) },
			);
			expect(error?.message).toBe(
				`Fanvue could not renew the connection: its login server ${problem}`,
			);
			expect(error?.description).toMatch(/^The call was not carried out.*Login URL/);
			expect(harness.calls('/oauth2/token').length).toBeGreaterThan(1);
		},
	);
});
