import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Interface } from 'node:readline';
import type { Sandbox } from '../../../sandbox';
import { startSandbox } from '../../support/sandbox';
import { DEMO } from '../../../sandbox/demo';
import { plainPng } from '../../../sandbox/fanfou/pictures';
import { binaryFile } from '../../support/n8n';
import { CASES, PHOTO_FILE, comparable } from './sdk.calls';
import { fanfouRunner } from '../../support/fanfouHarness';

/*
 * fanfou-sdk is the client that most Fanfou programs use, and it shares no code with the node. Both
 * send the same requests here. The sandbox accepts a request only if its signature matches its
 * content, so both signatures cover the same parameters.
 */

const PHOTO = plainPng(16, [200, 100, 50]);

let sandbox: Sandbox;
let sdk: ChildProcessWithoutNullStreams;
let lines: Interface;
let answers: AsyncIterator<string>;
let folder: string;

beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
	folder = mkdtempSync(join(tmpdir(), 'fanfou-node-'));
	writeFileSync(join(folder, 'photo.png'), PHOTO);
	const host = `127.0.0.1:${sandbox.port}`;
	const options = {
		consumerKey: DEMO.fanfou.consumerKey,
		consumerSecret: DEMO.fanfou.consumerSecret,
		username: DEMO.fanfou.userName,
		password: DEMO.fanfou.password,
		apiDomain: `${host}/fanfou`,
		oauthDomain: `${host}/fanfou-login`,
		rewrites: [
			[`${host}/fanfou-login`, 'fanfou.com'],
			[`${host}/fanfou`, 'api.fanfou.com'],
		],
	};
	const script = join(__dirname, '..', '..', 'sandbox', 'fanfou', 'sdkWorker.mjs');
	sdk = spawn(process.execPath, [script, JSON.stringify(options)]);
	lines = createInterface({ input: sdk.stdout });
	answers = lines[Symbol.asyncIterator]();
});
afterAll(async () => {
	sdk.stdin.end();
	lines.close();
	await new Promise((resolve) => sdk.once('close', resolve));
	rmSync(folder, { recursive: true });
	await sandbox.close();
});

const run = fanfouRunner(() => sandbox);

async function call(method: string, ...parameters: unknown[]): Promise<void> {
	const $file = join(folder, 'photo.png');
	const line = JSON.stringify([method, ...parameters], (_key, value: unknown) =>
		value === PHOTO_FILE ? { $file } : value,
	);
	sdk.stdin.write(`${line}\n`);
	const { done } = await answers.next();
	if (done === true) throw new Error('fanfou-sdk has ended');
}

test.each(CASES)('$sdk.0 and $node.0.$node.1 send the same request', async (sample) => {
	const [method, options] = sample.sdk;
	const [resource, operation, parameters] = sample.node;

	sandbox.reset();
	await call('xauth');
	const given = options?.(sandbox);
	sandbox.requestLog.clear();
	await call(method, given);
	const theirs = sandbox.requestLog.entries().map(comparable);

	sandbox.reset();
	const set = parameters?.(sandbox) ?? {};
	sandbox.requestLog.clear();
	const data = binaryFile(PHOTO, 'photo.png', 'image/png');
	const items = sample.file === true ? [{ json: {}, binary: { data } }] : [{ json: {} }];
	const { error } = await run(resource, operation, set, { items });
	const ours = sandbox.requestLog.entries().map(comparable);

	expect(error).toBeUndefined();
	expect(ours).toEqual(theirs.map((sent) => sample.differs?.turn(sent) ?? sent));
	expect(ours.map(({ status }) => status)).toEqual([200]);
});

test('a password login is posted unsigned by the SDK and signed in the header by the node', async () => {
	sandbox.reset();
	await call('xauth');
	await run('auth', 'getAccessTokenWithPassword', {
		xAuthUsername: DEMO.fanfou.userName,
		xAuthPassword: DEMO.fanfou.password,
	});
	const entries = sandbox.requestLog.entries({ endpoint: 'oauth.xauth' });
	expect(entries.map((entry) => [entry.method, entry.query.length, entry.status])).toEqual([
		['POST', 0, 200],
		['GET', 0, 200],
	]);
	expect(entries[1]?.bodyText).toBe('');
});

test('SDK and node request tokens in the same way', async () => {
	sandbox.reset();
	await call('getRequestToken');
	await run('auth', 'getRequestToken');
	const [theirs, ours] = sandbox.requestLog.entries().map(comparable);
	expect(ours).toEqual(theirs);
	expect(ours).toMatchObject({ method: 'GET', status: 200 });
});
