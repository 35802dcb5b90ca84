import type { Sandbox } from '../../../sandbox';
import { startSandbox } from '../../support/sandbox';
import { Fanfou } from '../../../nodes/Fanfou/Fanfou.node';
import { optionValue } from '../../../nodes/shared/definition/naming';
import { fanfou } from '../../../nodes/Fanfou/service';
import { loadContract } from '../../../sandbox/core/contract';
import { fanfouSamples, latestOf, photoItem } from '../../samples/fanfou';
import { nodeParameters } from '../../samples/values';
import { FanfouHarness, SECRETS } from '../../support/fanfouHarness';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
});
afterAll(async () => await sandbox.close());

const harness = new FanfouHarness(() => sandbox);
/** Endpoints that were requested successfully by any test of this file. */
const served = new Set<string>();

/** The operations of the tables with their resource, by the names of the contract. */
const operations = new Map(
	fanfou.resources.flatMap((resource) =>
		resource.operations.map((operation) => [
			`${resource.name}: ${operation.name}`,
			{ resource: optionValue(resource), operation },
		]),
	),
);
// contract.test.ts lists those that are missing in the tables.
const samples = loadContract('fanfou').endpoints.flatMap((endpoint) => {
	const found = operations.get(`${endpoint.resource}: ${endpoint.operation}`);
	const hasFile = endpoint.parameters.some(({ type }) => type === 'file');
	return found ? [{ ...found, endpoint: endpoint.id, hasFile, name: found.operation.name }] : [];
});

describe.each(samples)('$resource: $name', ({ resource, operation, endpoint, hasFile }) => {
	const isSignIn = resource === 'auth';
	const sample = fanfouSamples[endpoint];

	beforeEach(() => sandbox.reset());
	afterEach(() => sandbox.requestLog.coverage('fanfou').served.forEach((id) => served.add(id)));

	async function go(more: object) {
		const values = sample?.values?.(sandbox) ?? {};
		const parameters = { limit: 3, ...nodeParameters(operation, values), ...more };
		const gives = sample?.gives?.(sandbox);
		sandbox.requestLog.clear();
		const result = await harness.run(
			resource,
			optionValue(operation),
			parameters,
			hasFile ? { items: [photoItem()] } : {},
		);
		return { ...result, gives, entries: sandbox.requestLog.entries() };
	}

	test('the operation sends one request that matches the contract and returns the expected items', async () => {
		const { items, error, entries, gives, saved } = await go({});
		expect(error).toBeUndefined();
		expect(entries.flatMap(({ violations }) => violations)).toEqual([]);
		expect([...new Set(entries.map((entry) => entry.endpoint))]).toEqual([endpoint]);
		expect(entries.every(({ succeeded, variant }) => succeeded && variant === undefined)).toBe(
			true,
		);
		if (typeof gives === 'number') expect(items).toHaveLength(gives);
		else if (gives !== undefined) {
			expect(items.map(({ json }) => json)).toEqual(
				gives.map((json) => expect.objectContaining(json)),
			);
		}
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(items.map(() => ({ item: 0 })));
		for (const secret of SECRETS) expect(saved).not.toContain(secret);
		if (!isSignIn) expect(saved).not.toMatch(/oauth_signature/);
	});

	test('without Simplify the operation returns the rows unchanged', async () => {
		const { items, error, entries } = await go({ simplify: false });
		expect(error).toBeUndefined();
		expect(entries.flatMap(({ violations }) => violations)).toEqual([]);
		if (isSignIn) return;
		const names = entries.flatMap(({ query }) => query.map(([name]) => name));
		expect(names).not.toContain('mode');
		expect(names).not.toContain('format');
		for (const { json } of items) {
			expect(json).not.toHaveProperty('in_review');
			const { created_at: time } = json;
			if (typeof time === 'string') {
				expect(time).toMatch(/^\w{3} \w{3} \d\d \d\d:\d\d:\d\d \+0000 \d{4}$/);
			}
		}
	});
});

test('every operation of the contract was requested, except those without an entry', () => {
	const missing = sandbox.requestLog.coverage('fanfou').missing.filter((id) => !served.has(id));
	expect(missing.sort()).toEqual(['account.register', 'oauth.authorize', 'stream.user']);
});

describe('many items', () => {
	beforeEach(() => sandbox.reset());

	test('each item has its own parameters, result and link', async () => {
		const users = ['moyu', '测试用户', '~Kx3-bQ9_zR2', '-wind', 'demo'];
		const { items } = await harness.run(
			'user',
			'get',
			{ id: '={{ $json.who }}' },
			{ items: users.map((who) => ({ json: { who } })) },
		);
		expect(items.map(({ json }) => json.id)).toEqual(users);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(users.map((_, item) => ({ item })));
	});

	test('one failing item does not affect the others', async () => {
		const { items } = await harness.run(
			'status',
			'get',
			{ id: '={{ $json.id }}' },
			{
				items: [
					{ json: { id: latestOf(sandbox, 'moyu') } },
					{ json: { id: 'nothing' } },
					{ json: { id: latestOf(sandbox, 'demo') } },
				],
				settings: { onError: 'continueRegularOutput' },
			},
		);
		expect(items.map(({ json, pairedItem }) => [json.id ?? json.error, pairedItem])).toEqual([
			[latestOf(sandbox, 'moyu'), { item: 0 }],
			['Status or message not found (没有这条消息)', { item: 1 }],
			[latestOf(sandbox, 'demo'), { item: 2 }],
		]);
	});

	test('posts are created one at a time in the order of the items', async () => {
		const texts = ['一', '二', '三', '四'];
		await harness.run(
			'status',
			'create',
			{ status: '={{ $json.text }}' },
			{ items: texts.map((text) => ({ json: { text } })) },
		);
		const posted = sandbox.fanfou.sandboxState.statuses.filter(({ userId }) => userId === 'demo');
		expect(posted.slice(0, 4).map(({ text }) => text)).toEqual([...texts].reverse());
	});
});

describe('the node description', () => {
	const { description } = new Fanfou();

	test('the node is a tool for AI agents, and its tokens are marked as sensitive', () => {
		expect(description.usableAsTool).toBe(true);
		expect(description.sensitiveOutputFields).toContain('oauth_token_secret');
	});

	test('every resource locator with a list has its search method', () => {
		const searches =
			JSON.stringify(description.properties).match(/"searchListMethod":"\w+"/g) ?? [];
		const wanted = new Set(searches.map((found) => found.slice(20, -1)));
		expect([...wanted].sort()).toEqual(Object.keys(new Fanfou().methods.listSearch).sort());
	});
});
