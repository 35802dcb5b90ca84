/** Finds out what an n8n lacks, so that the tests of it are skipped with the reason. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../../host/lib/commands.mjs';
import { HOST } from '../../../host/lib/paths.mjs';
import { environmentFor } from '../../../host/lib/runtime.mjs';

/** @typedef {import('../../../host/lib/types.ts').DemoHost} Host */

/** The helpers for requests that n8n gives to nodes, where it has the file. */
const HELPERS = join(
	HOST,
	'node_modules/n8n-core/dist/execution-engine/node-execution-context/utils/request-helpers/factory.js',
);

/**
 * Creates an error like that of a failed request, and tests whether n8n keeps the response in it. Without
 * the response, the credential dialog cannot show the message that a credential has for a status.
 */
const KEEPS_RESPONSE = `
const { NodeApiError } = require('n8n-workflow');
const { AxiosError } = require('axios');
const response = { status: 401, statusText: 'Unauthorized', data: '', headers: {}, config: { headers: {} } };
const error = new AxiosError('Request failed', 'ERR_BAD_REQUEST', response.config, {}, response);
process.exit(new NodeApiError({ name: 'x', type: 'x', parameters: {} }, error).cause?.response ? 0 : 1);
`;

/** The first version of the Data Table node that creates tables. */
const CREATES_TABLES = 1.1;

/**
 * @param {Host} host
 * @param {string} script
 * @returns {Promise<boolean>} whether a script exits successfully on n8n's Node.js beside n8n's packages
 */
async function succeeds({ runtime }, script) {
	try {
		await run(runtime.node, ['-e', script], { cwd: HOST, env: environmentFor(runtime) });
		return true;
	} catch {
		return false;
	}
}

/**
 * @type {Record<string, { isPresent: (host: Host) => boolean | Promise<boolean>, reason: string }>}
 */
const CAPABILITIES = {
	webSocket: {
		isPresent: (host) => succeeds(host, 'new WebSocket("ws://127.0.0.1:9").close()'),
		reason: "this n8n's Node.js has no WebSocket",
	},
	humanReview: {
		isPresent: async ({ n8n }) =>
			(await n8n.nodeTypes()).some(({ name }) => name.endsWith('HitlTool')),
		reason: 'this n8n has no human review of AI tools',
	},
	dataTables: {
		isPresent: async ({ n8n }) =>
			(await n8n.nodeTypes()).some(
				({ name, version }) =>
					name === 'n8n-nodes-base.dataTable' && [version].flat().includes(CREATES_TABLES),
			),
		reason: 'this n8n has no node that creates data tables',
	},
	egressFilter: {
		// Before the later versions of 2.39 the helper knows no policy, and allows addresses only while n8n's protection is on.
		isPresent: () =>
			existsSync(HELPERS) &&
			/getSecureEgressFilter: \(\w+\) =>/.test(readFileSync(HELPERS, 'utf8')),
		reason: 'this n8n gives nodes no access to the addresses that it allows',
	},
	credentialTestMessages: {
		isPresent: (host) => succeeds(host, KEEPS_RESPONSE),
		reason: 'this n8n replaces the message of a failed credential test',
	},
};

/**
 * @param {Host} host
 * @returns {Promise<(capability: string) => string | undefined>} a function that returns the reason why
 *   a capability is missing
 */
export async function findMissing(host) {
	/** @type {Map<string, string>} */
	const missing = new Map();
	for (const [name, { isPresent, reason }] of Object.entries(CAPABILITIES))
		if (!(await isPresent(host))) missing.set(name, reason);
	return (capability) => {
		if (!(capability in CAPABILITIES)) throw new Error(`Unknown capability "${capability}"`);
		return missing.get(capability);
	};
}
