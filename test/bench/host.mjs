/**
 * The measurements that need a real n8n: the nodes of the package and n8n's own HTTP Request node, both
 * with the same stored credential, which n8n reads and decrypts for every request. run.ts starts this
 * script and receives each row as a message; all other output is printed on the terminal.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { boot, prepare } from '../../host/lib/boot.mjs';
import { demoCredential, setUpDemo } from '../../host/lib/demo.mjs';
import { describeError } from '../../host/lib/errors.mjs';
import { connectOAuth2 } from '../../host/lib/oauthLogin.mjs';
import { createProcesses, onShutdown } from '../../host/lib/processes.mjs';
import { createProgress } from '../../host/lib/progress.mjs';
import { createChain, node } from '../e2e/support/host.mjs';

/** @typedef {import('../../host/lib/types.ts').DemoHost} Host */

const ITEMS = 1000;
const CONCURRENCY = 10;
const ROUNDS = 3;
const RUN_TIMEOUT_MS = 300_000;

/**
 * @typedef {object} Read one read of a service
 * @property {string} service
 * @property {string} credential
 * @property {string} address field of the credential that holds the service's address
 * @property {object} parameters
 * @property {string} path
 */

/** @type {Read[]} */
const READS = [
	{
		service: 'Fanbook',
		credential: 'fanbookBotApi',
		address: 'host',
		parameters: { resource: 'bot', operation: 'get' },
		path: '/api/bot/getMe',
	},
	{
		service: 'Fanfou',
		credential: 'fanfouOAuth1Api',
		address: 'baseUrl',
		parameters: { resource: 'account', operation: 'getCurrentUser' },
		path: '/account/verify_credentials.json',
	},
	{
		service: 'Fanvue',
		credential: 'fanvueOAuth2Api',
		address: 'baseUrl',
		parameters: { resource: 'user', operation: 'getMe' },
		path: '/users/me',
	},
];

/**
 * Targets by latency, compared with the theoretical limit and with the HTTP Request node.
 *
 * @type {Array<{ latency: number, ofLimit: number, ofHttp?: number }>}
 */
const LATENCIES = [
	{ latency: 20, ofLimit: 0.6, ofHttp: 1.5 },
	{ latency: 200, ofLimit: 0.9 },
];

const progress = createProgress();
const processes = createProcesses();
const folder = mkdtempSync(join(tmpdir(), 'n8n-bench-'));
/** @type {import('node:child_process').ChildProcess | undefined} */
let server;

/** @param {number} code */
async function finish(code) {
	await processes.stopAll();
	if (server?.connected) server.disconnect();
	rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
	process.exit(code);
}

/** @param {number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
/** @param {number} milliseconds */
const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(2)} s`;

/**
 * Creates a credential for a server that responds after `latency` milliseconds.
 *
 * @param {Host} host
 * @param {Read} read
 * @param {string} origin
 * @param {number} latency
 */
async function credentialFor({ n8n, sandbox }, read, origin, latency) {
	const demo = demoCredential(sandbox, read.credential);
	const data = { ...demo.data, [read.address]: `${origin}/${latency}` };
	const made = await n8n.createCredential({ ...demo, data });
	if (read.credential === 'fanvueOAuth2Api') await connectOAuth2(n8n, made.id);
	return { [read.credential]: { id: made.id, name: made.name } };
}

/**
 * Creates a workflow that passes 1,000 items to one node.
 *
 * @param {Host} host
 * @param {string} name
 * @param {import('../../host/lib/types.ts').WorkflowNode} measured
 * @returns {Promise<() => Promise<number>>} a function that runs it and returns the time of that node in
 *   milliseconds
 */
async function timer(host, name, measured) {
	const id = await createChain(host, name, [
		node('Start', 'n8n-nodes-base.manualTrigger'),
		node(
			'Items',
			'n8n-nodes-base.code',
			{ jsCode: `return Array.from({ length: ${ITEMS} }, (_, n) => ({ json: { n } }));` },
			{ typeVersion: 2 },
		),
		measured,
	]);
	return async () => {
		const execution = await host.n8n.runToEnd(id, 'Start', RUN_TIMEOUT_MS);
		const count = execution.items(measured.name).length;
		const [run] = execution.data.resultData.runData[measured.name] ?? [];
		if (execution.status !== 'success' || count !== ITEMS || !run)
			throw new Error(`${name}: ${execution.failure ?? `${count} items`}`);
		return run.executionTime;
	};
}

/**
 * Runs both nodes alternately, so that other load on the machine affects both.
 *
 * @param {Host} host
 * @param {Read} read
 * @param {string} origin
 * @param {number} latency
 */
async function compare(host, read, origin, latency) {
	const credentials = await credentialFor(host, read, origin, latency);
	const ours = await timer(
		host,
		`${read.service} at ${latency} ms`,
		node(
			'Ours',
			read.service.toLowerCase(),
			{ ...read.parameters, options: { concurrency: CONCURRENCY } },
			{ credentials },
		),
	);
	const http = await timer(
		host,
		`HTTP Request to ${read.service} at ${latency} ms`,
		node(
			'HTTP Request',
			'n8n-nodes-base.httpRequest',
			{
				url: `${origin}/${latency}${read.path}`,
				authentication: 'predefinedCredentialType',
				nodeCredentialType: read.credential,
				options: {},
			},
			{ typeVersion: 4.2, credentials },
		),
	);
	/** @type {{ ours: number[], http: number[] }} */
	const times = { ours: [], http: [] };
	for (let round = 0; round < ROUNDS; round += 1) {
		times.ours.push(await ours());
		times.http.push(await http());
	}
	return { ours: median(times.ours), http: median(times.http) };
}

/**
 * Measures the two rows of one service at one latency.
 *
 * @param {Host} host
 * @param {Read} read
 * @param {string} origin
 * @param {{ latency: number, ofLimit: number, ofHttp?: number }} options
 */
async function measure(host, read, origin, { latency, ofLimit, ofHttp }) {
	const what = `${read.service}: ${ITEMS} reads at ${latency} ms with concurrency ${CONCURRENCY}`;
	const { ours, http } = await progress.step(what, () => compare(host, read, origin, latency));
	const limit = (ITEMS / CONCURRENCY) * latency;
	process.send?.({
		name: `${what}, compared with the limit`,
		ratio: limit / ours,
		least: ofLimit,
		detail: `${seconds(ours)}, limit ${seconds(limit)}`,
	});
	process.send?.({
		name: `… compared with n8n's HTTP Request node with the same credential`,
		ratio: http / ours,
		least: ofHttp,
		detail: `HTTP Request ${seconds(http)}`,
	});
}

onShutdown(() => finish(1));
process.once('disconnect', () => {
	void finish(1);
});

try {
	server = fork(join(import.meta.dirname, 'server.mjs'));
	const [port] = await once(server, 'message');
	const prepared = await prepare(progress);
	const booted = await boot(progress, processes, {
		...prepared,
		userFolder: join(folder, 'n8n'),
		logs: join(folder, 'logs'),
	});
	const host = Object.assign(booted, { demo: await setUpDemo(progress, booted) });
	for (const latency of LATENCIES)
		for (const read of READS) await measure(host, read, `http://127.0.0.1:${port}`, latency);
	process.removeAllListeners('disconnect');
	await finish(0);
} catch (error) {
	progress.print(describeError(error));
	await finish(1);
}
