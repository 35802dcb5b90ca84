import type { Sandbox } from '../../../sandbox/index';
import {
	loadContract,
	type Endpoint,
	type Parameter,
	type EndpointRoute,
} from '../../../sandbox/core/contract';
import { ALL_SCOPES } from '../../../sandbox/fanvue/settings';
import { successOf, loadOpenApi } from '../../../sandbox/core/openApi';
import { fanvueSamples, prepareFanvueSample } from '../../samples/fanvue';
import { findSampleProblems, requestOf, type Values } from '../../samples/values';
import { FanvueClient, record, type ClientResponse } from './client';
import { useSandbox } from '../../support/sandbox';

interface Route {
	title: string;
	endpoint: Endpoint;
	isVariant: boolean;
	/** The endpoint itself, or its variant. */
	route: EndpointRoute;
}

/** Every endpoint, once for each route family. */
const ROUTES: Route[] = loadContract('fanvue').endpoints.flatMap((endpoint) =>
	[endpoint, ...(endpoint.variants ?? [])].map((route) => ({
		title: `${endpoint.id}: ${route.method} ${route.path}`,
		endpoint,
		isVariant: route !== endpoint,
		route,
	})),
);

/** Optional members of the contract that the sandbox always sends. */
const ALWAYS_SENT: Readonly<Record<string, string>> = {
	getCurrentUser: 'likesCount fanCounts contentCounts',
	getSpending: 'postUuid',
	getUserMedia: 'createdAt caption description name mediaType recommendedPrice tags variants',
	getUserMediaByUuid:
		'createdAt caption description name mediaType recommendedPrice tags purchasedByFan',
	getEntitledMedia: 'createdAt caption description name mediaType recommendedPrice tags',
	listCreators: 'role',
	createWebhookSubscription: 'url events createdAt',
	getFanRetentionSummary: 'subscribersCount renewedSubscribersCount lostSubscribersCount',
	getAppStoreListing: 'uuid name pricingPlans',
};
/** Optional members that the sandbox sends below `/v1` only. */
const SENT_BELOW_V1: Readonly<Record<string, string>> = {
	listChats: 'isCreator online lastSeenAt',
	getChat: 'isCreator online lastSeenAt',
	getEarnings: 'total',
	createUploadSession: 'partSize maxParts totalParts',
};

let sandbox: Sandbox;

useSandbox(
	(started) => {
		sandbox = started;
	},
	{ keepsState: true },
);

function begin(): void {
	sandbox.fanvue.reset();
	sandbox.fanvue.settings.rateLimit.size = 10_000;
}

/** Creator and agency routes use the agency account, all others use Mira's. */
function clientOf({ endpoint }: Route, scopes?: readonly string[]): FanvueClient {
	const isAgency = /^(?:\/v1)?\/(creators|agencies)/.test(endpoint.path);
	return new FanvueClient(sandbox, isAgency ? 'agency' : 'mira', scopes);
}

const ownId = ({ endpoint }: Route): string => endpoint.mirrors ?? endpoint.id;
const creatorOf = (): Values => ({
	creatorUserUuid: sandbox.fanvue.sandboxState.userByHandle('mira').uuid,
});

/** Small pages, so that lists have a second one. */
const PAGE: Values = { page: 1, size: 2 };

/** Returns the sample of a route, without what has to be prepared. */
function sampleOf(route: Route): Values {
	return { ...PAGE, ...fanvueSamples(sandbox)[ownId(route)], ...creatorOf() };
}

/** Returns the sample of a route after the requests that it needs. */
async function prepare(route: Route, client: FanvueClient): Promise<Values> {
	const creator = creatorOf();
	const base = route.endpoint.mirrors ? `/creators/${String(creator.creatorUserUuid)}` : '';
	const values = await prepareFanvueSample(sandbox, ownId(route), client, base);
	return { ...PAGE, ...values, ...creator };
}

interface Changes {
	headers?: Record<string, string | undefined>;
	query?: Record<string, string>;
	body?: Values;
}

async function call(
	{ route }: Route,
	client: FanvueClient,
	values: Values,
	{ headers, ...added }: Changes = {},
): Promise<ClientResponse> {
	const { path, query, body } = requestOf(route, values);
	const hasBody = route.contentTypes.length > 0 || added.body !== undefined;
	return await client.send(route.method, path, {
		query: { ...query, ...added.query },
		...(hasBody ? { body: { ...body, ...added.body } } : {}),
		...(headers ? { headers } : {}),
	});
}

function requiredOf({ route }: Route): Parameter[] {
	return route.parameters.filter(({ in: place, required }) => required && place !== 'path');
}

function idsInPath({ route }: Route): string[] {
	return route.parameters
		.filter((parameter) => parameter.in === 'path' && parameter.type === 'uuid')
		.map(({ name }) => name);
}

/** Returns the values that are necessary, for lists without a filter. */
function leastOf({ route }: Route, values: Values): Values {
	const kept = route.parameters.filter(({ name, required }) => required || name in PAGE);
	return Object.fromEntries(kept.map(({ name }) => [name, values[name]]));
}

/** Returns the objects of a response whose members are documented. */
function subjects(answer: ClientResponse): Array<Record<string, unknown>> {
	if (Array.isArray(answer.body)) return answer.body.map(record);
	const body = record(answer.body);
	return Array.isArray(body['data']) ? body['data'].map(record) : [body];
}

/** Members that every row of a route has, although the contract does not require them. */
function extraMembers(route: Route): string[] {
	const id = ownId(route);
	const names = [ALWAYS_SENT[id], route.isVariant ? SENT_BELOW_V1[id] : undefined];
	return names.flatMap((text) => text?.split(' ') ?? []);
}

test('there is a sample for every operation', () => {
	const samples = fanvueSamples(sandbox);
	const { endpoints } = loadContract('fanvue');
	expect(findSampleProblems(endpoints, samples, 'test/samples/fanvue.ts')).toEqual([]);
});

describe('a valid request', () => {
	beforeEach(begin);

	// The client compares each response with the contract.
	test.each(ROUTES)('$title', async (route) => {
		const client = clientOf(route);
		const values = await prepare(route, client);
		const { status, schema } = successOf(loadOpenApi('fanvue'), route.route.routed.operation);
		const full = await call(route, client, values);

		// The body is on both sides so that it is visible if the status differs.
		expect([full.status, full.body]).toEqual([status, full.body]);
		const limit = route.route.path.endsWith('/chats/statuses') ? '80' : '10000';
		expect(full.headers.get('x-ratelimit-limit')).toBe(limit);
		if (status === 204) expect(full.body).toBeUndefined();
		if (status === 204 || route.route.path.endsWith('/url')) return;
		expect(schema).toBeDefined();
		// Filters can leave nothing.
		const isFiltered = subjects(full).length === 0;
		const answer = isFiltered ? await call(route, client, leastOf(route, values)) : full;
		const found = subjects(answer);
		expect([answer.status, found.length > 0]).toEqual([status, true]);
		for (const subject of found) {
			expect(Object.keys(subject)).toEqual(expect.arrayContaining(extraMembers(route)));
		}
	});

	test('every endpoint has a handler, and responds as the contract describes', async () => {
		sandbox.requestLog.clear();
		for (const route of ROUTES) {
			begin();
			const client = clientOf(route);
			await call(route, client, await prepare(route, client));
		}
		const missing = sandbox.requestLog
			.coverage('fanvue')
			.missing.map(
				(id) => `${id} has no handler: add "${id}" to a file of sandbox/fanvue/handlers`,
			);
		const different = sandbox.requestLog
			.entries()
			.filter(({ responseErrors }) => responseErrors.length > 0)
			.map(({ endpoint, variant, responseErrors }) => ({ endpoint, variant, responseErrors }));

		expect(missing).toEqual([]);
		expect(different).toEqual([]);
	});
});

describe('an invalid request is rejected', () => {
	// None of these requests changes the state.
	beforeAll(begin);

	test.each(ROUTES)('without a version: $title', async (route) => {
		const headers = { 'x-fanvue-api-version': undefined };
		const answer = await call(route, clientOf(route), sampleOf(route), { headers });

		expect(answer.status).toBe(400);
		expect(Object.keys(record(answer.body))).toEqual(['error', 'message']);
	});

	test.each(ROUTES)('without a token or one of the scopes: $title', async (route) => {
		const headers = { authorization: undefined };
		const sample = sampleOf(route);
		const answer = await call(route, clientOf(route), sample, { headers });

		expect([answer.status, answer.body]).toEqual([401, { error: 'Unauthorized' }]);
		for (const scope of route.endpoint.scopes ?? []) {
			const scopes = ALL_SCOPES.filter((item) => item !== scope);
			const refused = await call(route, clientOf(route, scopes), sample);

			expect([refused.status, refused.body]).toEqual([
				403,
				{ error: `Insufficient scope: ${scope}` },
			]);
		}
	});

	test.each(ROUTES)('with unknown parameters: $title', async (route) => {
		const sample = sampleOf(route);
		const query = { surprise: '1' };
		const wrongQuery = await call(route, clientOf(route), sample, { query });

		expect([wrongQuery.status, wrongQuery.body]).toEqual([
			400,
			{ errors: ['surprise is not a query parameter of this call'] },
		]);
		const body = { surprise: 1 };
		if (route.route.method === 'GET') return;
		const wrongBody = await call(route, clientOf(route), sample, { body });
		const takesBody = route.endpoint.contentTypes.length > 0;

		expect([wrongBody.status, wrongBody.body]).toEqual([
			400,
			{
				errors: [
					takesBody
						? 'surprise is not a body parameter of this call'
						: `${route.route.method} takes no body here`,
				],
			},
		]);
	});

	test.each(ROUTES.filter((route) => requiredOf(route).length > 0))(
		'without a required parameter: $title',
		async (route) => {
			const sample = sampleOf(route);
			for (const { name, in: place } of requiredOf(route)) {
				const rest = { ...sample, [name]: undefined };
				const answer = await call(route, clientOf(route), rest);

				expect([answer.status, answer.body]).toEqual([
					400,
					{ errors: [`${name} is required in the ${place}`] },
				]);
			}
		},
	);

	test.each(ROUTES.filter((route) => idsInPath(route).length > 0))(
		'with a malformed id in the path: $title',
		async (route) => {
			const sample = sampleOf(route);
			for (const name of idsInPath(route)) {
				const values = { ...sample, [name]: 'not-an-id' };
				const answer = await call(route, clientOf(route), values);

				expect([answer.status, answer.body]).toEqual([
					400,
					{ message: `Validation failed: ${name} must be a UUID` },
				]);
			}
		},
	);

	test.each(ROUTES.filter(({ endpoint }) => endpoint.path.startsWith('/creators/')))(
		'for a creator who is not managed: $title',
		async (route) => {
			const answer = await call(route, new FanvueClient(sandbox, 'felix'), sampleOf(route));

			expect([answer.status, answer.body]).toEqual([
				403,
				{ error: 'You do not manage this creator' },
			]);
		},
	);

	test.each(ROUTES.filter(({ endpoint }) => endpoint.path.startsWith('/agencies/')))(
		'for a user who is not an agency admin: $title',
		async (route) => {
			const answer = await call(route, new FanvueClient(sandbox, 'tara'), sampleOf(route));

			expect([answer.status, answer.body]).toEqual([
				403,
				{ error: 'Only an agency admin may do this' },
			]);
		},
	);
});
