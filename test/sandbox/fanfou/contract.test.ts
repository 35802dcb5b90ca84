import { startSandbox, type Sandbox } from '../../../sandbox/index';
import {
	loadContract,
	type Endpoint,
	type Parameter,
	type Variant,
} from '../../../sandbox/core/contract';
import { plainPng } from '../../../sandbox/fanfou/pictures';
import { DEMO_CREDENTIALS, FanfouClient, readAnswer, type Answer, type Call } from './client';
import { valuesOf, type Values } from './values';

let sandbox: Sandbox;
let client: FanfouClient;

beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
	client = new FanfouClient(sandbox);
});
beforeEach(allowRequest);
afterAll(async () => {
	await sandbox.close();
});

/** Refusals change nothing; what succeeds begins with the sample data. */
function begin(): void {
	sandbox.reset();
	allowRequest();
}

/** A request token is good for one exchange. */
function allowRequest(): void {
	sandbox.fanfou.addRequestToken({
		token: 'allowed',
		secret: 'request-secret',
		consumerKey: DEMO_CREDENTIALS.consumerKey,
		userId: 'demo',
	});
}

interface Route {
	name: string;
	endpoint: Endpoint;
	method: string;
	path: string;
	parameters: Parameter[];
	/** Form or multipart; undefined where no body belongs. */
	body: string | undefined;
}

function routeOf(endpoint: Endpoint, variant?: Variant): Route {
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
	const values = valuesOf(sandbox, endpoint.id);
	return Object.fromEntries(
		parameters
			.filter((parameter) => keep(parameter) && parameter.type !== 'file')
			.map(({ name }) => {
				const value = values.get(name);
				if (value === undefined) throw new TypeError(`no value for ${name}`);
				return [name, value];
			}),
	);
}

interface Changes {
	method?: string;
	/** Added to the query of GET and to the body of POST. */
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
		const token = { token: 'allowed', tokenSecret: 'request-secret' };
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

/** The consent page is opened by a browser, which signs nothing. */
async function openPage(call: Call): Promise<Answer> {
	const query = new URLSearchParams(call.query);
	return await readAnswer(await fetch(`${sandbox.urls.fanfouLogin}${call.path}?${query}`));
}

/** The user stream never ends: its first bytes are its answer. */
async function openStream(call: Call): Promise<Answer> {
	const response = await client.open(call);
	if (response.status !== 200 || response.body === null) return await readAnswer(response);
	const reader = response.body.getReader();
	const { value } = await reader.read();
	await reader.cancel();
	const text = Buffer.from(value ?? []).toString('utf8');
	return { status: response.status, headers: response.headers, text, json: undefined };
}

async function run(route: Route, values: Values, changes: Changes = {}): Promise<Answer> {
	const call = callOf(route, values, changes);
	if (route.endpoint.id === 'oauth.authorize' && changes.method === undefined) {
		return await openPage(call);
	}
	if (route.endpoint.id === 'stream.user') return await openStream(call);
	return await client.send(call);
}

describe.each(ROUTES)('$name', (route) => {
	// Both users of a relationship are wanted, by id or by login name: no single one is required.
	const isRequired = ({ required, name }: Parameter): boolean =>
		required || ['source_id', 'target_id'].includes(name);
	const isXml = route.endpoint.host === 'login';

	function expectRefusal(answer: Answer, status: number, error: string): void {
		expect(answer.status).toBe(status);
		if (isXml) {
			expect(answer.headers.get('content-type')).toBe('application/xml; charset=utf-8');
			expect(answer.text).toContain(`<error>${error}`);
		} else {
			expect(answer.json).toEqual({
				request: expect.stringContaining('.json'),
				error: expect.stringContaining(error),
			});
		}
		expect(sandbox.requestLog.entries().at(-1)).toMatchObject({ status, succeeded: false });
	}

	async function expectSuccess(keep: (parameter: Parameter) => boolean): Promise<void> {
		begin();
		const answer = await run(route, valuesFor(route, keep));
		const entry = sandbox.requestLog.entries().at(-1);
		if (route.endpoint.id === 'account.register') {
			// Never documented: it is there, and closed.
			expect(answer).toMatchObject({ status: 403, json: { error: '注册已关闭' } });
			return;
		}
		expect(entry).toMatchObject({
			endpoint: route.endpoint.id,
			status: 200,
			succeeded: true,
			violations: [],
		});
		expect(answer.status).toBe(200);
		expect(answer.text).not.toBe('');
		if (route.endpoint.host === undefined) expect(answer.json).toBeDefined();
	}

	it('answers a request with what it needs', async () => {
		await expectSuccess(isRequired);
	});

	it('answers a request with everything it knows', async () => {
		await expectSuccess(() => true);
	});

	it('refuses a parameter it does not know', async () => {
		const answer = await run(route, valuesFor(route, isRequired), { extra: { bogus: '1' } });
		expectRefusal(answer, 400, '参数错误: bogus is not a');
	});

	it('refuses another method', async () => {
		const answer = await run(route, valuesFor(route, isRequired), { method: 'PUT' });
		expectRefusal(answer, 405, 'method must be');
	});

	// Without its form an xAuth call looks like the exchange of a request token.
	if (route.method === 'POST' && route.endpoint.id !== 'oauth.xauth') {
		it('refuses a JSON body', async () => {
			const body = { text: '{"status":"x"}', contentType: 'application/json' };
			const answer = await run(
				route,
				valuesFor(route, ({ in: place }) => place === 'path'),
				{ body },
			);
			expectRefusal(answer, 400, '参数错误: the body must be');
		});
	}

	const needed = route.parameters.filter(({ required, in: place }) => required && place !== 'path');
	// The mode tells an xAuth call from the exchange of a request token: without it, it is one.
	for (const { name, type } of needed.filter((parameter) => parameter.name !== 'x_auth_mode')) {
		it(`refuses to go without ${name}`, async () => {
			const values = valuesFor(
				route,
				(parameter) => isRequired(parameter) && parameter.name !== name,
			);
			const answer = await run(route, values, { withoutFile: type === 'file' });
			expectRefusal(answer, 400, `参数错误: ${name} is required in the`);
		});
	}

	for (const { name, max, min, enum: choices } of route.parameters) {
		const wrong =
			max !== undefined ? String(max + 1) : min !== undefined ? String(min - 1) : choices && 'odd';
		if (wrong === undefined) continue;
		it(`refuses ${name} ${wrong}`, async () => {
			const values = { ...valuesFor(route, isRequired), [name]: wrong };
			expectRefusal(await run(route, values), 400, `参数错误: ${name} must be`);
		});
	}
});
