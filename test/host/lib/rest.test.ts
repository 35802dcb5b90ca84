import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TestServer } from '../../support/server';

/* The client of n8n's own REST API. */
const server = new TestServer();
beforeAll(async () => await server.start());
afterAll(async () => await server.close());
beforeEach(() => server.reset());

const MODULE = join(__dirname, '../../../host/lib/rest.mjs');

/** Returns what an expression of the client returns. Runs as a module, in a process of its own. */
async function evaluate(expression: string): Promise<unknown> {
	const script = `
		const { N8nRest } = await import(${JSON.stringify(MODULE)});
		const n8n = new N8nRest(${JSON.stringify(server.url)});
		console.log(JSON.stringify(await n8n.${expression}));`;
	const options = ['--input-type=module', '--eval', script];
	const { stdout } = await promisify(execFile)(process.execPath, options);
	return JSON.parse(stdout);
}

test('an execution that n8n lists as running and as finished is returned once', async () => {
	const listed = [
		{ id: '8', status: 'running' },
		{ id: '8', status: 'success' },
		{ id: '7', status: 'success' },
	];
	server.reply = () => ({ body: JSON.stringify({ data: { results: listed } }) });
	expect(await evaluate(`executions('w')`)).toEqual(listed.slice(1));
	expect(await evaluate(`executionIds('w')`)).toEqual(['8', '7']);
});
