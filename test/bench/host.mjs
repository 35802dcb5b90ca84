/**
 * The rows that need a real n8n: our nodes beside n8n's own HTTP Request node, both with the same stored
 * credential, which n8n reads and decrypts for every request. Started by run.ts, which gets each row as a
 * message; what else is said goes to the terminal.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { boot, prepare } from '../../host/lib/boot.mjs';
import { connectOAuth2 } from '../../host/lib/consent.mjs';
import { demoCredentials } from '../../host/lib/demo.mjs';
import { MANIFEST } from '../../host/lib/paths.mjs';
import { createProcesses, onEnd } from '../../host/lib/processes.mjs';
import { createSteps } from '../../host/lib/steps.mjs';

const ITEMS = 1000;
const LANES = 10;
const ROUNDS = 3;
const RUN_MS = 300_000;

/** One read of each service; `address` names the credential's field for where the service is. */
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

/** The aims by latency: beside the lanes' own limit, and beside the HTTP Request node. */
const LATENCIES = [
	{ latency: 20, ofLimit: 0.6, ofHttp: 1.5 },
	{ latency: 200, ofLimit: 0.9 },
];

const steps = createSteps();
const processes = createProcesses();
const folder = mkdtempSync(join(tmpdir(), 'n8n-bench-'));
let server;

async function finish(code) {
	await processes.stopAll();
	if (server?.connected) server.disconnect();
	rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
	process.exit(code);
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(2)} s`;

/** A stored credential that points to the server that answers after `latency` milliseconds. */
async function credentialFor({ n8n, sandbox }, read, origin, latency) {
	const demo = demoCredentials(sandbox).find(({ type }) => type === read.credential);
	const data = { ...demo.data, [read.address]: `${origin}/${latency}` };
	const made = await n8n.createCredential({ ...demo, data });
	if (read.credential === 'fanvueOAuth2Api') await connectOAuth2(n8n, made.id);
	return { [read.credential]: { id: made.id, name: made.name } };
}

function node(name, type, typeVersion, parameters, more = {}) {
	return { id: name, name, type, typeVersion, position: [0, 0], parameters, ...more };
}

/** A workflow that gives 1,000 items to one node. @returns a function that runs and times that node */
async function timer({ n8n }, name, measured) {
	const made = await n8n.createWorkflow({
		name,
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
			node('Items', 'n8n-nodes-base.code', 2, {
				jsCode: `return Array.from({ length: ${ITEMS} }, (_, n) => ({ json: { n } }));`,
			}),
			measured,
		],
		connections: {
			Start: { main: [[{ node: 'Items', type: 'main', index: 0 }]] },
			Items: { main: [[{ node: measured.name, type: 'main', index: 0 }]] },
		},
	});
	return async () => {
		const execution = await n8n.runToEnd(made.id, 'Start', RUN_MS);
		const count = execution.items(measured.name).length;
		if (execution.status !== 'success' || count !== ITEMS)
			throw new Error(`${name}: ${execution.failure ?? `${count} items`}`);
		return execution.data.resultData.runData[measured.name][0].executionTime;
	};
}

/** Runs both nodes in turns, so that what else the machine does meets both. */
async function compare(host, read, origin, latency) {
	const credentials = await credentialFor(host, read, origin, latency);
	const ours = await timer(
		host,
		`${read.service} at ${latency} ms`,
		node(
			'Ours',
			`${MANIFEST.name}.${read.service.toLowerCase()}`,
			1,
			{
				...read.parameters,
				options: { concurrency: LANES },
			},
			{ credentials },
		),
	);
	const http = await timer(
		host,
		`HTTP Request to ${read.service} at ${latency} ms`,
		node(
			'Theirs',
			'n8n-nodes-base.httpRequest',
			4.2,
			{
				url: `${origin}/${latency}${read.path}`,
				authentication: 'predefinedCredentialType',
				nodeCredentialType: read.credential,
				options: {},
			},
			{ credentials },
		),
	);
	const times = { ours: [], http: [] };
	for (let round = 0; round < ROUNDS; round += 1) {
		times.ours.push(await ours());
		times.http.push(await http());
	}
	return { ours: median(times.ours), http: median(times.http) };
}

/** The two rows of one service at one latency. */
async function measure(host, read, origin, { latency, ofLimit, ofHttp }) {
	const what = `${read.service}: ${ITEMS} reads at ${latency} ms in ${LANES} lanes`;
	const { ours, http } = await steps.run(what, () => compare(host, read, origin, latency));
	const limit = (ITEMS / LANES) * latency;
	process.send({
		name: `${what}, beside the limit of the lanes`,
		ratio: limit / ours,
		least: ofLimit,
		detail: `${seconds(ours)}, limit ${seconds(limit)}`,
	});
	process.send({
		name: `… beside n8n's HTTP Request node with the same credential`,
		ratio: http / ours,
		least: ofHttp,
		detail: `HTTP Request ${seconds(http)}`,
	});
}

onEnd(() => finish(1));
process.once('disconnect', () => finish(1));

try {
	server = fork(join(import.meta.dirname, 'server.mjs'));
	const port = await new Promise((resolve) => server.once('message', resolve));
	const prepared = await prepare(steps);
	const host = await boot(steps, processes, {
		...prepared,
		userFolder: join(folder, 'n8n'),
		logs: join(folder, 'logs'),
	});
	for (const latency of LATENCIES)
		for (const read of READS) await measure(host, read, `http://127.0.0.1:${port}`, latency);
	process.removeAllListeners('disconnect');
	await finish(0);
} catch (reason) {
	steps.say(String(reason?.stack ?? reason));
	await finish(1);
}
