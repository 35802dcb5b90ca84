/** Reads of our nodes and of n8n's HTTP Request node, in turns. */
import { demoCredential } from '../../../host/lib/demo.mjs';
import { connectOAuth2 } from '../../../host/lib/oauthLogin.mjs';
import { createChain, node } from '../../e2e/support/host.mjs';

/** @typedef {import('../../../host/lib/types.ts').DemoHost} Host */
/** @typedef {import('../../../host/lib/types.ts').WorkflowNode} WorkflowNode */

const RUN_TIMEOUT_MS = 300_000;

/**
 * @typedef {object} Read one read of a service
 * @property {string} credential
 * @property {string} address field of the credential that holds the service's address
 * @property {object} parameters
 * @property {string} path
 */

/** @type {Record<string, Read>} */
export const READS = {
	Fanbook: {
		credential: 'fanbookBotApi',
		address: 'host',
		parameters: { resource: 'bot', operation: 'get' },
		path: '/api/bot/getMe',
	},
	Fanfou: {
		credential: 'fanfouOAuth1Api',
		address: 'baseUrl',
		parameters: { resource: 'account', operation: 'getCurrentUser' },
		path: '/account/verify_credentials.json',
	},
	Fanvue: {
		credential: 'fanvueOAuth2Api',
		address: 'customBaseUrl',
		parameters: { resource: 'user', operation: 'getMe' },
		path: '/users/me',
	},
};

/**
 * Creates a credential of a service at another address.
 *
 * @param {Host} host
 * @param {Read} read
 * @param {string} url
 */
export async function credentialFor({ n8n, sandbox }, read, url) {
	const demo = demoCredential(sandbox, read.credential);
	const data = { ...demo.data, [read.address]: url };
	const made = await n8n.createCredential({ ...demo, data });
	if (read.credential === 'fanvueOAuth2Api') await connectOAuth2(n8n, made.id);
	return { [read.credential]: { id: made.id, name: made.name } };
}

/**
 * Creates a workflow that passes items to one node.
 *
 * @param {Host} host
 * @param {string} name
 * @param {number} items
 * @param {WorkflowNode} measured
 * @returns a function that runs it and returns the time of that node in milliseconds, and its items
 */
export async function createRun(host, name, items, measured) {
	const id = await createChain(host, name, [
		node('Start', 'n8n-nodes-base.manualTrigger'),
		node(
			'Items',
			'n8n-nodes-base.code',
			{ jsCode: `return Array.from({ length: ${items} }, (_, n) => ({ json: { n } }));` },
			{ typeVersion: 2 },
		),
		measured,
	]);
	return async () => {
		const execution = await host.n8n.runToEnd(id, 'Start', RUN_TIMEOUT_MS);
		const [run] = execution.data.resultData.runData[measured.name]?.slice(-1) ?? [];
		return {
			timeMs: run?.executionTime ?? NaN,
			items: execution.items(measured.name),
			failure: execution.failure,
		};
	};
}

/**
 * Measures both nodes with the same credential, in turns.
 *
 * @param {Host} host
 * @param {{ service: string, url: string, latency: number, items: number, rounds: number }} input
 */
export async function measureReads(host, { service, url, latency, items, rounds }) {
	const read = READS[service];
	if (!read) throw new Error(`There is no read of ${service}`);
	const credentials = await credentialFor(host, read, `${url}/${latency}`);
	const name = `${service} at ${latency} ms, ${items} items`;
	const ours = await createRun(
		host,
		name,
		items,
		node('Ours', service.toLowerCase(), read.parameters, { credentials }),
	);
	const http = await createRun(
		host,
		`HTTP Request: ${name}`,
		items,
		node(
			'HTTP Request',
			'n8n-nodes-base.httpRequest',
			{
				url: `${url}/${latency}${read.path}`,
				authentication: 'predefinedCredentialType',
				nodeCredentialType: read.credential,
				options: {},
			},
			{ typeVersion: 4.2, credentials },
		),
	);
	/** @param {typeof ours} run */
	const timed = async (run) => {
		const { timeMs, items: output, failure } = await run();
		if (failure || output.length !== items)
			throw new Error(`${name}: ${failure ?? `${output.length} items`}`);
		return timeMs;
	};
	/** @type {{ ours: number[], http: number[] }} */
	const times = { ours: [], http: [] };
	for (let round = 0; round < rounds; round += 1) {
		times.ours.push(await timed(ours));
		times.http.push(await timed(http));
	}
	return times;
}
