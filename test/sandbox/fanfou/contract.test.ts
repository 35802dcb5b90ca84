import { startSandbox, type Sandbox } from '../../support/sandbox';
import {
	loadContract,
	type Endpoint,
	type Parameter,
	type EndpointRoute,
} from '../../../sandbox/core/contract';
import { plainPng } from '../../../sandbox/fanfou/pictures';
import {
	DEMO_CREDENTIALS,
	FanfouClient,
	readResponse,
	type ClientResponse,
	type Call,
} from './client';
import {
	addRequestToken,
	allFanfouValues,
	fanfouSamples,
	REQUEST_TOKEN,
} from '../../samples/fanfou';
import { findSampleProblems } from '../../samples/values';

type Values = Record<string, string>;

let sandbox: Sandbox;
let client: FanfouClient;

beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
	client = new FanfouClient(sandbox);
});
beforeEach(() => {
	addRequestToken(sandbox);
});
afterAll(async () => {
	await sandbox.close();
});

/** Rejected requests change nothing; after a successful one the sample data is restored. */
function begin(): void {
	sandbox.reset();
	addRequestToken(sandbox);
}

interface Route {
	name: string;
	endpoint: Endpoint;
	method: string;
	path: string;
	parameters: Parameter[];
	/** Form or multipart; undefined for requests without a body. */
	body: string | undefined;
}

function routeOf(endpoint: Endpoint, variant?: EndpointRoute): Route {
	const { method, path } = variant ?? endpoint;
	return {
		name: `${endpoint.id}: ${method} ${path}`,
		endpoint,
		method,
		path,
		parameters: variant?.parameters ?? endpoint.parameters,
		body: (variant?.contentTypes ?? endpoint.contentTypes)[0],
	};
}

const ROUTES = loadContract('fanfou').endpoints.flatMap((endpoint) => [
	routeOf(endpoint),
	...(endpoint.variants ?? []).map((variant) => routeOf(endpoint, variant)),
]);

const PICTURE = plainPng(8, [1, 2, 3]);
function valuesFor(
	{ endpoint, parameters }: Route,
	keep: (parameter: Parameter) => boolean,
): Values {
	const values = allFanfouValues(sandbox, endpoint.id);
	return Object.fromEntries(
		parameters
			.filter((parameter) => keep(parameter) && parameter.type !== 'file')
			.map(({ name }) => {
				const value = values.get(name);
				if (value === undefined) {
					throw new TypeError(`${endpoint.id} has no ${name}: add it to test/samples/fanfou.ts`);
				}
				return [name, value];
			}),
	);
}

interface Changes {
	method?: string;
	/** Parameters added to the query of GET and to the body of POST. */
	extra?: Values;
	withoutFile?: boolean;
	body?: { text: string; contentType: string };
}

function callOf(route: Route, values: Values, changes: Changes): Call {
	const { endpoint, parameters } = route;
	let { path } = route;
	const query: Values = {};
	const form: Values = {};
	for (const { name, in: place } of parameters) {
		const value = values[name];
		if (value === undefined) continue;
		if (place === 'path') path = path.replace(`{${name}}`, encodeURIComponent(value));
		else if (place === 'query') query[name] = value;
		else form[name] = value;
	}
	Object.assign(route.method === 'GET' ? query : form, changes.extra);
	const call: Call = { method: changes.method ?? route.method, path, query };
	if (endpoint.host === 'login') call.host = 'fanfou-login';
	if (endpoint.host === 'stream') call.host = 'fanfou-stream';
	const { consumerKey, consumerSecret } = DEMO_CREDENTIALS;
	if (endpoint.id === 'oauth.access_token') {
		const token = { token: REQUEST_TOKEN.token, tokenSecret: REQUEST_TOKEN.secret };
		call.credentials = { consumerKey, consumerSecret, ...token };
	} else if (endpoint.host === 'login') call.credentials = { consumerKey, consumerSecret };
	if (changes.body) {
		call.body = changes.body.text;
		call.contentType = changes.body.contentType;
	} else if (route.body === 'multipart') {
		const data = new FormData();
		for (const [name, value] of Object.entries(form)) data.append(name, value);
		const file = parameters.find(({ type }) => type === 'file');
		if (file && changes.withoutFile !== true) {
			data.append(file.name, new Blob([new Uint8Array(PICTURE)]), 'picture.png');
		}
		call.body = data;
	} else if (route.method === 'POST' && Object.keys(form).length > 0) call.form = form;
	return call;
}

/** The consent page is opened in a browser, which does not sign requests. */
async function openPage(call: Call): Promise<ClientResponse> {
	const query = new URLSearchParams(call.query);
	return await readResponse(await fetch(`${sandbox.urls.fanfouLogin}${call.path}?${query}`));
}

/** The user stream never ends, so its first bytes are the response. */
async function openStream(call: Call): Promise<ClientResponse> {
	const response = await client.open(call);
	if (response.status !== 200 || response.body === null) return await readResponse(response);
	const reader = response.body.getReader();
	const { value } = await reader.read();
	await reader.cancel();
	const text = Buffer.from(value ?? []).toString('utf8');
	return { status: response.status, headers: response.headers, text, json: undefined };
}

async function run(route: Route, values: Values, changes: Changes = {}): Promise<ClientResponse> {
	const call = callOf(route, values, changes);
	if (route.endpoint.id === 'oauth.authorize' && changes.method === undefined) {
		return await openPage(call);
	}
	if (route.endpoint.id === 'stream.user') return await openStream(call);
	return await client.send(call);
}

test('there is a sample for every operation', () => {
	const { endpoints } = loadContract('fanfou');
	expect(findSampleProblems(endpoints, fanfouSamples, 'test/samples/fanfou.ts')).toEqual([]);
});

describe.each(ROUTES)('$name', (route) => {
	// Both users of a relationship are required, by id or by login name: no parameter is required itself.
	// The request token of the samples has a PIN.
	const isRequired = ({ required, name }: Parameter): boolean =>
		required || ['source_id', 'target_id', 'oauth_verifier'].includes(name);
	const isXml = route.endpoint.host === 'login';

	function expectError(result: ClientResponse, status: number, error: string): void {
		expect(result.status).toBe(status);
		if (isXml) {
			expect(result.headers.get('content-type')).toBe('application/xml; charset=utf-8');
			expect(result.text).toContain(`<error>${error}`);
		} else {
			expect(result.json).toEqual({
				request: expect.stringContaining('.json'),
				error: expect.stringContaining(error),
			});
		}
		expect(sandbox.requestLog.entries().at(-1)).toMatchObject({ status, succeeded: false });
	}

	async function expectSuccess(keep: (parameter: Parameter) => boolean): Promise<void> {
		begin();
		const result = await run(route, valuesFor(route, keep));
		const entry = sandbox.requestLog.entries().at(-1);
		if (route.endpoint.id === 'account.register') {
			// Undocumented endpoint that exists but is closed.
			expect(result).toMatchObject({ status: 403, json: { error: '注册已关闭' } });
			return;
		}
		expect(entry).toMatchObject({
			endpoint: route.endpoint.id,
			status: 200,
			succeeded: true,
			violations: [],
			responseErrors: [],
		});
		expect(result.status).toBe(200);
		expect(result.text).not.toBe('');
		if (route.endpoint.host === undefined) expect(result.json).toBeDefined();
	}

	it('accepts a request with the required parameters', async () => {
		await expectSuccess(isRequired);
	});

	it('accepts a request with all parameters', async () => {
		await expectSuccess(() => true);
	});

	it('rejects an unknown parameter', async () => {
		const result = await run(route, valuesFor(route, isRequired), { extra: { bogus: '1' } });
		expectError(result, 400, '参数错误: bogus is not a');
	});

	it('rejects another method', async () => {
		const result = await run(route, valuesFor(route, isRequired), { method: 'PUT' });
		expectError(result, 405, 'method must be');
	});

	// Without its form, an xAuth request looks like the exchange of a request token.
	if (route.method === 'POST' && route.endpoint.id !== 'oauth.xauth') {
		it('rejects a JSON body', async () => {
			const body = { text: '{"status":"x"}', contentType: 'application/json' };
			const result = await run(
				route,
				valuesFor(route, ({ in: place }) => place === 'path'),
				{ body },
			);
			expectError(result, 400, '参数错误: the body must be');
		});
	}

	const needed = route.parameters.filter(({ required, in: place }) => required && place !== 'path');
	// Only the mode distinguishes an xAuth request from the exchange of a request token.
	for (const { name, type } of needed.filter((parameter) => parameter.name !== 'x_auth_mode')) {
		it(`rejects a request without ${name}`, async () => {
			const values = valuesFor(
				route,
				(parameter) => isRequired(parameter) && parameter.name !== name,
			);
			const result = await run(route, values, { withoutFile: type === 'file' });
			expectError(result, 400, `参数错误: ${name} is required in the`);
		});
	}

	for (const { name, max, min, enum: choices } of route.parameters) {
		const wrong =
			max !== undefined ? String(max + 1) : min !== undefined ? String(min - 1) : choices && 'odd';
		if (wrong === undefined) continue;
		it(`rejects ${name} ${wrong}`, async () => {
			const values = { ...valuesFor(route, isRequired), [name]: wrong };
			expectError(await run(route, values), 400, `参数错误: ${name} must be`);
		});
	}
});
