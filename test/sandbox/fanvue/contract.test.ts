import { startSandbox, type Sandbox } from '../../../sandbox/index';
import {
	loadContract,
	type Endpoint,
	type Parameter,
	type EndpointRoute,
} from '../../../sandbox/core/contract';
import { ALL_SCOPES } from '../../../sandbox/fanvue/settings';
import { FanvueClient, record, type Answer } from './client';
import { examplesOf, idsOf, type Example } from './examples';

interface Route {
	title: string;
	endpoint: Endpoint;
	variant?: EndpointRoute;
	method: string;
	path: string;
}

const NOBODY = '00000000-0000-4000-8000-000000000000';

/** Every endpoint, once for each route family. */
const ROUTES: Route[] = loadContract('fanvue').endpoints.flatMap((endpoint) => {
	const routes: Array<EndpointRoute | undefined> = [undefined, ...(endpoint.variants ?? [])];
	return routes.map((variant) => {
		const { method, path } = variant ?? endpoint;
		const route: Route = { title: `${endpoint.id}: ${method} ${path}`, endpoint, method, path };
		if (variant) route.variant = variant;
		return route;
	});
});

let sandbox: Sandbox;
/** Ids that are not part of the sample data: upload session and webhook subscription. */
let made: Record<string, string>;

beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
});
afterAll(async () => {
	await sandbox.close();
});

function begin(): void {
	sandbox.fanvue.reset();
	sandbox.fanvue.settings.rateLimit.size = 10_000;
	made = { uploadId: 'none', etag: 'none', id: NOBODY };
}

/** Creator and agency routes use the agency account, all others use Mira's. */
function clientOf({ endpoint }: Route, scopes?: readonly string[]): FanvueClient {
	const isAgency = /^(?:\/v1)?\/(creators|agencies)/.test(endpoint.path);
	return new FanvueClient(sandbox, isAgency ? 'agency' : 'mira', scopes);
}

/** Prepares the state for an endpoint. */
async function prepare(route: Route, client: FanvueClient): Promise<void> {
	const { mira, felix, media } = idsOf(sandbox);
	const id = route.endpoint.mirrors ?? route.endpoint.id;
	const base = route.endpoint.mirrors ? `/creators/${mira}` : '';
	if (id === 'getEntitledMedia') {
		const body = { consumerId: felix, source: 'gift', sourceRef: '1' };
		await client.send('POST', `/media/${media}/grant`, { body });
	}
	if (['getUploadPartUrl', 'getUploadPartUrls', 'completeUploadSession'].includes(id)) {
		const body = { name: 'n', filename: 'n.png', mediaType: 'image' };
		const session = record((await client.send('POST', `${base}/media/uploads`, { body })).body);
		made['uploadId'] = String(session['uploadId']);
		const part = await client.get(`${base}/media/uploads/${made['uploadId']}/parts/1/url`);
		const put = await fetch(String(part.body), { method: 'PUT', body: 'bytes' });
		made['etag'] = put.headers.get('etag') ?? '';
	}
	if (id === 'deleteWebhookSubscription' || id === 'listWebhookSubscriptions') {
		const body = { url: 'https://example.com/hook', events: ['message.received'] };
		const answer = await client.send('POST', '/webhooks/subscriptions', { body });
		made['id'] = String(record(answer.body)['id']);
	}
}

function exampleOf(route: Route): Example {
	const id = route.endpoint.mirrors ?? route.endpoint.id;
	const { uploadId = '', etag = '', id: webhook = '' } = made;
	const late: Record<string, Example> = {
		getUploadPartUrl: { path: { uploadId, partNumber: '1' } },
		getUploadPartUrls: {
			path: { uploadId },
			query: { from: '1', to: '3' },
			members: 'partSize parts',
		},
		completeUploadSession: {
			path: { uploadId },
			body: { parts: [{ PartNumber: 1, ETag: etag }] },
			members: 'status',
		},
		deleteWebhookSubscription: { path: { id: webhook }, status: 204 },
	};
	const example = late[id] ?? examplesOf(sandbox)[id];
	if (!example) throw new TypeError(`${id} has no example`);
	const parameters = route.variant?.parameters ?? route.endpoint.parameters;
	const names = parameters.filter((item) => item.in === 'query').map(({ name }) => name);
	const query = Object.entries(example.query ?? {}).filter(([name]) => names.includes(name));
	const path = { ...example.path, creatorUserUuid: idsOf(sandbox).mira };
	return { ...example, query: Object.fromEntries(query), path };
}

async function call(
	route: Route,
	client: FanvueClient,
	example: Example,
	changes: Partial<Example> & { headers?: Record<string, string | undefined> } = {},
): Promise<Answer> {
	const { path, query, body } = { ...example, ...changes };
	const filled = route.path.replace(/\{(\w+)\}/g, (_whole, name: string) =>
		encodeURIComponent(path?.[name] ?? ''),
	);
	return await client.send(route.method, filled, {
		...(query ? { query } : {}),
		...(body ? { body } : {}),
		...(changes.headers ? { headers: changes.headers } : {}),
	});
}

function requiredOf({ endpoint, variant }: Route): Parameter[] {
	const parameters = variant?.parameters ?? endpoint.parameters;
	return parameters.filter(({ in: place, required }) => required && place !== 'path');
}

function idsInPath({ endpoint }: Route): string[] {
	return endpoint.parameters
		.filter((parameter) => parameter.in === 'path' && parameter.type === 'uuid')
		.map(({ name }) => name);
}

function without<Value>(
	values: Record<string, Value> | undefined,
	name: string,
): Record<string, Value> {
	return Object.fromEntries(Object.entries(values ?? {}).filter(([key]) => key !== name));
}

/** Returns the objects of a response whose members are documented. */
function subjects(answer: Answer): Array<Record<string, unknown>> {
	if (Array.isArray(answer.body)) return answer.body.map(record);
	const body = record(answer.body);
	return Array.isArray(body['data']) ? body['data'].map(record) : [body];
}

/** Members that `/v1` adds to a row, or returns instead. */
const V1_MEMBERS: Record<string, { add?: string; instead?: string }> = {
	listChats: { add: 'isCreator online lastSeenAt' },
	getEarnings: { add: 'total reversedTransactionOrderId? messageUuid?' },
	listSubscribers: { add: 'subscription firstSubscribedAt' },
	sendMassMessage: { instead: 'uuid publishedAt recipientCount' },
	createUploadSession: { add: 'partSize maxParts totalParts' },
};

function membersOf(route: Route, { members = '' }: Example): string[] {
	const v1 = route.variant ? V1_MEMBERS[route.endpoint.mirrors ?? route.endpoint.id] : undefined;
	return `${v1?.instead ?? members} ${v1?.add ?? ''}`.split(' ').filter(Boolean);
}

describe('a valid request', () => {
	beforeEach(begin);

	test.each(ROUTES)('$title', async (route) => {
		const client = clientOf(route);
		await prepare(route, client);
		const example = exampleOf(route);
		const answer = await call(route, client, example);

		// The body is on both sides so that it is visible if the status differs.
		expect([answer.status, answer.body]).toEqual([example.status ?? 200, answer.body]);
		const limit = route.path.endsWith('/chats/statuses') ? '80' : '10000';
		expect(answer.headers.get('x-ratelimit-limit')).toBe(limit);
		if (answer.status === 204) expect(answer.body).toBeUndefined();
		else if (!example.members) expect(answer.body).toMatch(/^http:/);
		else {
			const members = membersOf(route, example);
			const optional = members.filter((name) => name.endsWith('?')).map((n) => n.slice(0, -1));
			const found = subjects(answer);
			expect(found).not.toHaveLength(0);
			for (const subject of found) {
				const present = Object.keys(subject).filter((name) => !optional.includes(name));
				expect(present.sort()).toEqual(members.filter((name) => !name.endsWith('?')).sort());
			}
		}
	});

	test('every endpoint has a handler, and responds as the contract describes', async () => {
		sandbox.requestLog.clear();
		for (const route of ROUTES) {
			begin();
			const client = clientOf(route);
			await prepare(route, client);
			await call(route, client, exampleOf(route));
		}
		const { missing } = sandbox.requestLog.coverage('fanvue');
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
		const answer = await call(route, clientOf(route), exampleOf(route), { headers });

		expect(answer.status).toBe(400);
		expect(Object.keys(record(answer.body))).toEqual(['error', 'message']);
	});

	test.each(ROUTES)('without a token or one of the scopes: $title', async (route) => {
		const headers = { authorization: undefined };
		const example = exampleOf(route);
		const answer = await call(route, clientOf(route), example, { headers });

		expect([answer.status, answer.body]).toEqual([401, { error: 'Unauthorized' }]);
		for (const scope of route.endpoint.scopes ?? []) {
			const scopes = ALL_SCOPES.filter((item) => item !== scope);
			const refused = await call(route, clientOf(route, scopes), example);

			expect([refused.status, refused.body]).toEqual([
				403,
				{ error: `Insufficient scope: ${scope}` },
			]);
		}
	});

	test.each(ROUTES)('with unknown parameters: $title', async (route) => {
		const example = exampleOf(route);
		const query = { ...example.query, surprise: '1' };
		const wrongQuery = await call(route, clientOf(route), example, { query });

		expect([wrongQuery.status, wrongQuery.body]).toEqual([
			400,
			{ errors: ['surprise is not a query parameter of this call'] },
		]);
		const body = { ...example.body, surprise: 1 };
		if (route.method === 'GET') return;
		const wrongBody = await call(route, clientOf(route), example, { body });
		const takesBody = route.endpoint.contentTypes.length > 0;

		expect([wrongBody.status, wrongBody.body]).toEqual([
			400,
			{
				errors: [
					takesBody
						? 'surprise is not a body parameter of this call'
						: `${route.method} takes no body here`,
				],
			},
		]);
	});

	test.each(ROUTES.filter((route) => requiredOf(route).length > 0))(
		'without a required parameter: $title',
		async (route) => {
			const example = exampleOf(route);
			for (const { name, in: place } of requiredOf(route)) {
				const query = without(example.query, name);
				const body = without(example.body, name);
				const rest = place === 'query' ? { query } : { body };
				const answer = await call(route, clientOf(route), example, rest);

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
			const example = exampleOf(route);
			for (const name of idsInPath(route)) {
				const path = { ...example.path, [name]: 'not-an-id' };
				const answer = await call(route, clientOf(route), example, { path });

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
			const answer = await call(route, new FanvueClient(sandbox, 'felix'), exampleOf(route));

			expect([answer.status, answer.body]).toEqual([
				403,
				{ error: 'You do not manage this creator' },
			]);
		},
	);

	test.each(ROUTES.filter(({ endpoint }) => endpoint.path.startsWith('/agencies/')))(
		'for a user who is not an agency admin: $title',
		async (route) => {
			const answer = await call(route, new FanvueClient(sandbox, 'tara'), exampleOf(route));

			expect([answer.status, answer.body]).toEqual([
				403,
				{ error: 'Only an agency admin may do this' },
			]);
		},
	);
});
