import { startSandbox, type Sandbox } from '../../support/sandbox';
import { loadContract, type Endpoint } from '../../../sandbox/core/contract';
import { writeJson } from '../../../sandbox/core/json';
import { fanbookSamples, stock } from '../../samples/fanbook';
import { findSampleProblems, requestOf, type Values } from '../../samples/values';
import { call, IDS } from './client';

const { endpoints } = loadContract('fanbook');

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
});
afterAll(async () => {
	await sandbox.close();
});

/** Small pages; the references give the size as a number or as text. */
const PAGE: Values = { size: 5, ranges: [{ start: 0, end: 9 }] };

function bodyOf({ route, values }: { route: Endpoint; values: Values }): string {
	const { body } = requestOf(route, values);
	const { size } = PAGE;
	const isText = route.parameters.some(({ name, type }) => name === 'size' && type === 'string');
	const written = isText ? { ...body, size: String(size) } : body;
	if (route.contentTypes[0] === 'json') return writeJson(written);
	const pairs = Object.entries(written).map(([name, value]) => [name, String(value)]);
	return new URLSearchParams(pairs).toString();
}

/** Calls every method with its sample. */
async function callAllMethods(): Promise<void> {
	const samples = fanbookSamples(await stock(sandbox));
	for (const [id, { values }] of Object.entries(samples)) {
		const route = endpoints.find((endpoint) => endpoint.id === id);
		if (route === undefined) continue;
		const { path, query } = requestOf(route, values);
		const search = new URLSearchParams(
			Object.entries(query).map(([name, value]) => [name, String(value)]),
		).toString();
		const to = `${route.method} ${path.slice(1)}${search === '' ? '' : `?${search}`}`;
		const body = bodyOf({ route, values: { ...PAGE, ...values } });
		const answer = await call(sandbox, to, ...(route.method === 'GET' ? [] : [body]));
		if (answer.status !== 200 || (answer.body.ok ?? answer.body.status) !== true) {
			throw new Error(`${id}: ${answer.text}`);
		}
	}
}

describe('Bot methods', () => {
	it('all have a handler and respond as text/plain in the shape of the contract', async () => {
		sandbox.reset();
		const samples = fanbookSamples(await stock(sandbox));
		expect(findSampleProblems(endpoints, samples, 'test/samples/fanbook.ts')).toEqual([]);
		sandbox.reset();
		await callAllMethods();
		const missing = sandbox.requestLog
			.coverage('fanbook')
			.missing.map(
				(id) => `${id} has no handler: add '${id}' to a file of sandbox/fanbook/handlers`,
			);
		expect(missing).toEqual([]);
		expect(sandbox.requestLog.entries().filter(({ crash }) => crash)).toEqual([]);
		const different = sandbox.requestLog
			.entries()
			.filter(({ responseErrors }) => responseErrors.length > 0)
			.map(({ endpoint, responseErrors }) => ({ endpoint, responseErrors }));
		expect(different).toEqual([]);
		const { contentType } = await call(sandbox, 'GET getMyCommands');
		expect(contentType).toBe('text/plain; charset=utf-8');
	});

	it('accept numbers of 64 bits inside of a badge', async () => {
		sandbox.reset();
		const who = `"guild_id":"${IDS.serverId}","user_id":"${IDS.userId}","card_id":"badge-0002"`;
		const record = `{${who},"game_credit":{"level":9007199254740993}}`;
		const { body } = await call(sandbox, 'PUT v2/guild/credit', record);
		expect(body).toMatchObject({ ok: true });
	});

	it('see the same sample data after a reset', async () => {
		sandbox.reset();
		const before = await call(sandbox, 'POST channel/list', `{"guild_id":"${IDS.serverId}"}`);
		await callAllMethods();
		sandbox.reset();
		const after = await call(sandbox, 'POST channel/list', `{"guild_id":"${IDS.serverId}"}`);
		expect(after.text).toBe(before.text);
		expect(sandbox.fanbook.sandboxState.history(IDS.lobbyChannelId)).toHaveLength(230);
	});
});
