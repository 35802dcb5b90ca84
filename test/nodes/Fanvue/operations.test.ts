import { fanvue } from '../../../nodes/Fanvue/service';
import { camelCase, optionValue } from '../../../nodes/shared/definition/naming';
import type { Field, Operation } from '../../../nodes/shared/definition/operation';
import { loadContract, type Endpoint } from '../../../sandbox/core/contract';
import type { RunResult } from '../../support/n8n';
import { byId as locator, FanvueHarness } from '../../support/fanvueHarness';
import { FanvueClient } from '../../sandbox/fanvue/client';
import { prepareFanvueSample } from '../../samples/fanvue';
import { nodeParameters } from '../../samples/values';

const { endpoints } = loadContract('fanvue');
const byId = new Map(endpoints.map((endpoint) => [endpoint.id, endpoint]));

let harness: FanvueHarness;
let isChanged = true;
beforeAll(async () => {
	harness = await FanvueHarness.start();
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

/** Whether a field is offered with Act As. */
const isForCreators = ({ hide }: Field): boolean =>
	hide?.['/actAs'] === undefined && hide?.actAs === undefined;

const hasOptionalFields = ({ additionalFields, updateFields, filters }: Operation): boolean =>
	(additionalFields ?? updateFields ?? filters ?? []).length > 0;

/** Runs the sample of an endpoint, after the requests that it needs. */
async function execute(
	endpoint: Endpoint,
	isFull: boolean,
	{ apiRoutes }: { apiRoutes?: string } = {},
): Promise<RunResult> {
	const own = byId.get(endpoint.mirrors ?? endpoint.id) ?? endpoint;
	const { resource, operation } = entryOf(own);
	const isTwin = endpoint.mirrors !== undefined;
	const isAgency = isTwin || /^\/(agencies|creators)/.test(endpoint.path);
	const name = isAgency ? 'agency' : 'mira';
	const mira = harness.uuid('mira');
	harness.sandbox.requestLog.clear();
	const values = await prepareFanvueSample(
		harness.sandbox,
		own.id,
		new FanvueClient(harness.sandbox, name),
		isTwin ? `/creators/${mira}` : '',
	);
	if (harness.sandbox.requestLog.entries().length > 0) isChanged = true;
	harness.sandbox.requestLog.clear();
	const parameters = {
		...(isTwin ? { actAs: 'creator', creatorUserUuid: locator(mira) } : {}),
		...nodeParameters(operation, values, isTwin ? { isFull, isShown: isForCreators } : { isFull }),
		simplify: false,
		limit: 3,
	};
	const credentials = harness.credential(name, apiRoutes === undefined ? {} : { apiRoutes });
	return await harness.run(resource, optionValue(operation), parameters, { credentials });
}

/** The rows that the same address gives to a plain client. */
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
	if (hasRows && Array.isArray(body.data)) return body.data;
	const hasParts = typeof body === 'object' && body !== null && 'parts' in body;
	return hasParts && Array.isArray(body.parts) ? body.parts : [body];
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
		const { operation } = entryOf(byId.get(ownId) ?? endpoint);
		const ways = hasOptionalFields(operation) ? ['what it needs', 'everything'] : ['what it needs'];
		test.each(ways)('the operation succeeds with %s', async (way) => {
			isChanged = endpoint.method !== 'GET';
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

test('every operation of the contract was executed', () => {
	expect(endpoints.map(({ id }) => id).filter((id) => !served.has(id))).toEqual([]);
});

test('every route that exists under /v1 is requested there if the credential says so', async () => {
	const wrong: string[] = [];
	for (const endpoint of endpoints.filter(({ v1 }) => v1 === 'seen')) {
		harness.sandbox.reset();
		const { error } = await execute(endpoint, true, { apiRoutes: 'v1' });
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

test('routes of one family only are unaffected', async () => {
	const credentials = harness.credential('mira', { apiRoutes: 'v1' });
	await harness.run('insight', 'getEarningsPercentile', {}, { credentials });
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
		'GET /insights/earnings/percentile',
		`GET /v1/chats/${harness.uuid('felix')}`,
		`GET /creators/${harness.uuid('mira')}/posts?page=1&size=1`,
	]);
});
