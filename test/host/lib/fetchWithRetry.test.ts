import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TestServer } from '../../support/server';

/* Requests to n8n and the sandbox on a busy machine. */
const server = new TestServer();
beforeAll(async () => await server.start());
afterAll(async () => await server.close());
beforeEach(() => server.reset());

const MODULE = join(__dirname, '../../../host/lib/fetchWithRetry.mjs');

/**
 * Sends a request and returns the response as text, or the message of the error. Runs in a process of its
 * own, since errors of `fetch` are of another class within jest.
 */
async function request(method: string): Promise<string> {
	const script = `
		const { fetchWithRetry } = await import(${JSON.stringify(MODULE)});
		try {
			const response = await fetchWithRetry(${JSON.stringify(server.url)}, { method: '${method}' });
			console.log(response.status, response.headers.getSetCookie().join(), await response.text());
		} catch (error) {
			console.log(error.message);
		}`;
	const options = ['--input-type=module', '--eval', script];
	const { stdout } = await promisify(execFile)(process.execPath, options);
	return stdout.trim();
}

test.each(['GET', 'POST'])('a %s is repeated if the connection is closed', async (method) => {
	server.reply = (_request, count) =>
		count < 3 ? { cut: true } : { headers: { 'set-cookie': 'a=1' }, body: 'done' };
	expect(await request(method)).toBe('200 a=1 done');
	expect(server.received).toHaveLength(3);
});

test('a GET is repeated if the response breaks off', async () => {
	const headers = { 'content-length': '100' };
	server.reply = (_request, count) =>
		count < 2 ? { headers, body: 'half', breaksOff: true } : { body: 'done' };
	expect(await request('GET')).toBe('200  done');
	expect(server.received).toHaveLength(2);
});

test('a POST whose response breaks off is not repeated, and the reason is shown', async () => {
	server.reply = () => ({ headers: { 'content-length': '100' }, body: 'half', breaksOff: true });
	expect(await request('POST')).toMatch(/^POST http:\S+ failed: terminated: /);
	expect(server.received).toHaveLength(1);
});

test('a response without a body is returned', async () => {
	server.reply = () => ({ status: 204 });
	expect(await request('GET')).toBe('204');
});
