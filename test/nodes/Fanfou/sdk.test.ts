import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sandbox } from '../../../sandbox';
import { startSandbox } from '../../support/sandbox';
import { DEMO } from '../../../sandbox/demo';
import { plainPng } from '../../../sandbox/fanfou/pictures';
import { binaryFile } from '../../support/n8n';
import { CASES, PHOTO_FILE, comparable } from './sdkCalls';
import { FanfouSdk } from '../../support/fanfouSdk';
import { FanfouHarness } from '../../support/fanfouHarness';

/*
 * fanfou-sdk is the client that most Fanfou programs use, and it shares no code with the node. Both
 * send the same requests here. The sandbox accepts a request only if its signature matches its
 * content, so both signatures cover the same parameters.
 */

const PHOTO = plainPng(16, [200, 100, 50]);

let sandbox: Sandbox;
let sdk: FanfouSdk;
let folder: string;

beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
	folder = mkdtempSync(join(tmpdir(), 'fanfou-node-'));
	writeFileSync(join(folder, 'photo.png'), PHOTO);
	sdk = FanfouSdk.forSandbox(sandbox);
});
afterAll(async () => {
	await sdk.close();
	rmSync(folder, { recursive: true });
	await sandbox.close();
});

const harness = new FanfouHarness(() => sandbox);

/** A picture among the parameters is the one in the folder. */
async function call(method: string, parameters?: object): Promise<void> {
	const $file = join(folder, 'photo.png');
	const values = Object.entries(parameters ?? {}).map(([name, value]) => [
		name,
		value === PHOTO_FILE ? { $file } : value,
	]);
	await sdk.call(method, ...(parameters === undefined ? [] : [Object.fromEntries(values)]));
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
	const { error } = await harness.run(resource, operation, set, { items });
	const ours = sandbox.requestLog.entries().map(comparable);

	expect(error).toBeUndefined();
	expect(ours).toEqual(theirs.map((sent) => sample.differs?.turn(sent) ?? sent));
	expect(ours.map(({ status }) => status)).toEqual([200]);
});

test('a password login is posted unsigned by the SDK and signed in the header by the node', async () => {
	sandbox.reset();
	await call('xauth');
	await harness.run('auth', 'getAccessTokenWithPassword', {
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
	await harness.run('auth', 'getRequestToken');
	const [theirs, ours] = sandbox.requestLog.entries().map(comparable);
	expect(ours).toEqual(theirs);
	expect(ours).toMatchObject({ method: 'GET', status: 200 });
});
