import { fanvue } from '../../../nodes/Fanvue/service';
import { camelCase, optionValue, optionalFields } from '../../../nodes/shared/definition/naming';
import type { Operation } from '../../../nodes/shared/definition/operation';
import type { Endpoint } from '../../../sandbox/core/contract';
import type { CredentialData } from '../../support/credentials';
import type { RunResult } from '../../support/n8n';
import { offeredEndpoints } from './offeredEndpoints';
import { samplesFor } from './samples';
import { FanvueHarness } from '../../support/fanvueHarness';

const endpoints = offeredEndpoints();
const byId = new Map(endpoints.map((endpoint) => [endpoint.id, endpoint]));

let harness: FanvueHarness;
let isChanged = true;
beforeAll(async () => {
	harness = await FanvueHarness.open();
	harness.sandbox.fanvue.baseline.rateLimit.size = 10_000;
});
afterAll(async () => await harness.close());
beforeEach(() => {
	// Creating the sample data takes longer than most calls.
	if (isChanged) harness.sandbox.reset();
	else harness.sandbox.requestLog.clear();
	isChanged = false;
});

const served = new Set<string>();

function entryOf({ resource, operation }: Endpoint): { resource: string; operation: Operation } {
	const name = camelCase(resource);
	const value = operation === 'Get Many' ? 'getAll' : camelCase(operation);
	const found = fanvue.resources
		.find((candidate) => optionValue(candidate) === name)
		?.operations.find((candidate) => optionValue(candidate) === value);
	if (found === undefined) throw new Error(`No entry ${name}: ${value}`);
	return { resource: name, operation: found };
}

async function makeWebhook(credentials: CredentialData): Promise<unknown> {
	const { items } = await harness.run(
		'webhook',
		'create',
		{ url: 'https://example.com/hook', events: ['creator.message.received'] },
		{ credentials },
	);
	return items[0]?.json.id;
}

/** Creates what some calls require. */
const FIRST: Record<string, (credentials: CredentialData) => Promise<Record<string, unknown>>> = {
	deleteWebhookSubscription: async (credentials) => ({ id: await makeWebhook(credentials) }),
	listWebhookSubscriptions: async (credentials) => {
		await makeWebhook(credentials);
		return {};
	},
	getEntitledMedia: async (credentials) => {
		const { top } = samplesFor(harness.sandbox.fanvue.sandboxState).grantMedia ?? {};
		await harness.run('media', 'grantAccess', top, { credentials });
		return {};
	},
	getUploadPartUrl: async (credentials) => ({ ...(await session(credentials)), partNumber: 2 }),
	completeUploadSession: async (credentials) => {
		const started = await session(credentials);
		const { items } = await harness.run(
			'mediaUpload',
			'getPartUrl',
			{ ...started, partNumber: 1 },
			{ credentials },
		);
		const put = await fetch(String(items[0]?.json.url), { method: 'PUT', body: 'waves' });
		return {
			...started,
			parts: JSON.stringify([{ PartNumber: 1, ETag: put.headers.get('etag') }]),
		};
	},
};

let acting: Record<string, unknown> = {};

async function session(credentials: CredentialData): Promise<Record<string, unknown>> {
	const { items } = await harness.run(
		'mediaUpload',
		'createSession',
		{ ...acting, name: 'Waves', filename: 'waves.mp4', mediaType: 'video' },
		{ credentials },
	);
	return { ...acting, uploadId: items[0]?.json.uploadId };
}

async function execute(endpoint: Endpoint, isFull: boolean): Promise<RunResult> {
	const own = byId.get(endpoint.mirrors ?? endpoint.id) ?? endpoint;
	const { resource, operation } = entryOf(own);
	const isTwin = endpoint.mirrors !== undefined;
	const isAgency = isTwin || /^\/(agencies|creators)/.test(endpoint.path);
	const credentials = harness.credential(isAgency ? 'agency' : 'mira');
	acting = isTwin ? { actAs: 'creator', creatorUserUuid: locator(harness.uuid('mira')) } : {};
	const {
		top = {},
		least = {},
		more = {},
	} = samplesFor(harness.sandbox.fanvue.sandboxState)[own.id] ?? {};
	const before = (await FIRST[own.id]?.(credentials)) ?? {};
	const shown = Object.fromEntries(
		Object.entries(more).filter(
			([name]) =>
				!isTwin ||
				optionalFields(operation).fields.find(({ key }) => key === name)?.hide?.['/actAs'] ===
					undefined,
		),
	);
	const located = Object.fromEntries(
		Object.entries(top).map(([name, value]) => [
			name,
			operation.fields?.find(({ key }) => key === name)?.input.type === 'resourceLocator'
				? locator(value)
				: value,
		]),
	);
	harness.sandbox.requestLog.clear();
	return await harness.run(
		resource,
		optionValue(operation),
		{
			...acting,
			...located,
			...before,
			simplify: false,
			limit: 3,
			[optionalFields(operation).collection]: isFull ? shown : least,
		},
		{ credentials },
	);
}

const locator = (value: unknown) => ({ __rl: true, mode: 'id', value: String(value) });

/** Requests the same rows with a plain client. */
async function plainRows(endpoint: Endpoint): Promise<unknown[]> {
	const entry = harness.calls().find((call) => call.endpoint === endpoint.id);
	if (entry === undefined) throw new Error(`${endpoint.id} was not called`);
	const query = new URLSearchParams(
		entry.query.map(([key, value]): [string, string] => [key, value]),
	);
	const isAgency = /\/(agencies|creators)/.test(entry.path);
	const token = harness.sandbox.fanvue.issueToken({ account: isAgency ? 'agency' : 'mira' });
	const response = await fetch(`${harness.sandbox.url}${entry.path}?${query.toString()}`, {
		headers: {
			authorization: `Bearer ${token.access_token}`,
			'x-fanvue-api-version': '2025-06-26',
		},
	});
	const body: unknown = JSON.parse(await response.text());
	if (Array.isArray(body)) return body;
	const hasRows = typeof body === 'object' && body !== null && 'data' in body;
	return hasRows && Array.isArray(body.data) ? body.data : [body];
}

const hasShape = (endpoint: Endpoint) =>
	entryOf(byId.get(endpoint.mirrors ?? endpoint.id) ?? endpoint).operation.transformResult !==
	undefined;

/** Removes what differs between calls: signed URLs, relative times, changes by reading. */
const DIFFERS = /"(url|lastPayoutAt|currentPeriodEnd|isRead)":("[^"]*"|true|false)/g;
const stable = (value: unknown): unknown =>
	JSON.parse(JSON.stringify(value).replace(DIFFERS, '"$1":""'));

describe.each(endpoints.map((endpoint) => [endpoint.id, endpoint] as const))(
	'%s',
	(id, endpoint) => {
		const ownId = endpoint.mirrors ?? id;
		const { fields } = optionalFields(entryOf(byId.get(ownId) ?? endpoint).operation);
		const ways = fields.length > 0 ? ['what it needs', 'everything'] : ['what it needs'];
		test.each(ways)('with %s', async (way) => {
			isChanged = endpoint.method !== 'GET' || FIRST[ownId] !== undefined;
			const { error, items, outputs } = await execute(endpoint, way === 'everything');
			const calls = harness.calls();
			expect(error).toBeUndefined();
			expect(calls.map(({ violations, status }) => ({ violations, ok: status < 300 }))).toEqual([
				{ violations: [], ok: true },
			]);
			expect(calls[0]?.endpoint).toBe(id);
			expect(outputs).toHaveLength(1);
			expect(items.every(({ pairedItem }) => JSON.stringify(pairedItem) === '{"item":0}')).toBe(
				true,
			);
			if (endpoint.method === 'GET' && !hasShape(endpoint) && !endpoint.path.endsWith('/url')) {
				expect(stable(items.map(({ json }) => json))).toEqual(stable(await plainRows(endpoint)));
			} else {
				expect(items.length).toBeGreaterThan(0);
			}
			served.add(id);
		});
	},
);

test('all 149 endpoints were executed', () => {
	expect(endpoints.map(({ id }) => id).filter((id) => !served.has(id))).toEqual([]);
	expect(served.size).toBe(149);
});

test('every route known under /v1 is called there when the credential says so', async () => {
	const wrong: string[] = [];
	for (const endpoint of endpoints.filter(({ v1 }) => v1 === 'seen')) {
		harness.sandbox.reset();
		const credentials = harness.credential('mira', { apiRoutes: 'v1' });
		acting = {};
		const { resource, operation } = entryOf(endpoint);
		const before = (await FIRST[endpoint.id]?.(credentials)) ?? {};
		const { top = {}, more = {} } =
			samplesFor(harness.sandbox.fanvue.sandboxState)[endpoint.id] ?? {};
		harness.sandbox.requestLog.clear();
		const { error } = await harness.run(
			resource,
			optionValue(operation),
			{ ...top, ...before, limit: 3, [optionalFields(operation).collection]: more },
			{ credentials },
		);
		const [call, ...others] = harness.calls();
		const isRight =
			error === undefined &&
			others.length === 0 &&
			call?.variant === 'v1' &&
			call.violations.length === 0 &&
			call.status < 300;
		if (!isRight) wrong.push(`${endpoint.id}: ${error?.message ?? JSON.stringify(call)}`);
	}
	expect(wrong).toEqual([]);
});

test('routes known under one family only stay where they are', async () => {
	const credentials = harness.credential('mira', { apiRoutes: 'v1' });
	await harness.run('chat', 'getUnreadCounts', {}, { credentials });
	await harness.run(
		'chat',
		'get',
		{ userUuid: harness.uuid('felix') },
		{ credentials: harness.credential() },
	);
	const agency = harness.credential('agency', { apiRoutes: 'v1' });
	await harness.run(
		'post',
		'getAll',
		{ actAs: 'creator', creatorUserUuid: locator(harness.uuid('mira')), limit: 1 },
		{ credentials: agency },
	);
	expect(harness.lines()).toEqual([
		'GET /chats/unread',
		`GET /v1/chats/${harness.uuid('felix')}`,
		`GET /creators/${harness.uuid('mira')}/posts?page=1&size=1`,
	]);
});
