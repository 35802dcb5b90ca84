/** Starts n8n: its environment, and the check whether it is ready. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { HOST } from './paths.mjs';
import { LOOPBACK } from './ports.mjs';
import { environmentFor } from './runtime.mjs';

const START_TIMEOUT_MS = 240_000;
const N8N = join(HOST, 'node_modules', 'n8n');
export const N8N_BIN = join(N8N, 'bin', 'n8n');

/**
 * @param {string} userFolder
 * @returns {string} the folder that workflows may read and write
 */
function filesFolder(userFolder) {
	return join(userFolder, 'files');
}

/**
 * Optional modules of n8n that connect to its servers. With `instance-ai`, n8n also opens its assistant
 * after the sign-in in place of the workflows. An n8n without such a module rejects its name.
 */
function disabledModules() {
	return ['instance-ai', 'mcp-registry'].filter((name) =>
		existsSync(join(N8N, 'dist', 'modules', name)),
	);
}

/**
 * @typedef {object} N8nOptions
 * @property {import('./types.ts').Runtime} runtime
 * @property {string} userFolder holds database, settings and installed nodes
 * @property {number} port
 * @property {number} brokerPort where n8n's own task runner connects
 * @property {import('./types.ts').Environment} [extra] more settings, by n8n's environment names
 */

/**
 * Returns the environment of an n8n that connects to nothing outside this machine.
 *
 * @param {N8nOptions} options
 * @returns {import('./types.ts').Environment}
 */
export function n8nEnvironment({ runtime, userFolder, port, brokerPort, extra = {} }) {
	return {
		...environmentFor(runtime),
		...runtime.settings,
		N8N_USER_FOLDER: userFolder,
		N8N_PROTOCOL: 'http',
		N8N_HOST: LOOPBACK,
		N8N_LISTEN_ADDRESS: LOOPBACK,
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_RUNNERS_BROKER_LISTEN_ADDRESS: LOOPBACK,
		// Browsers do not return a secure cookie over plain HTTP.
		N8N_SECURE_COOKIE: 'false',
		// n8n's default is New York.
		GENERIC_TIMEZONE: Intl.DateTimeFormat().resolvedOptions().timeZone,
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		// The lists of verified packages and of MCP servers are on a server of n8n.
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_DISABLED_MODULES: disabledModules().join(','),
		N8N_COMMUNITY_PACKAGES_ALLOW_TOOL_USAGE: 'true',
		// Before version 2, n8n keeps files in memory unless told otherwise. Queue mode has its own default.
		...(extra.EXECUTIONS_MODE === 'queue' ? {} : { N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem' }),
		// n8n's default is a folder in the home directory.
		N8N_RESTRICT_FILE_ACCESS_TO: filesFolder(userFolder),
		...extra,
	};
}

/**
 * @param {number} port
 * @returns {Promise<boolean>} whether n8n's REST API responds; its readiness endpoint can be early
 */
export async function isReady(port) {
	const response = await fetch(`http://${LOOPBACK}:${port}/rest/settings`);
	return response.ok && Boolean((await response.json()).data);
}

/**
 * Starts n8n and waits until it can be used.
 *
 * @param {import('./types.ts').Processes} processes
 * @param {N8nOptions & { log: string }} options
 */
export async function startN8n(processes, { log, ...options }) {
	mkdirSync(filesFolder(options.userFolder), { recursive: true });
	const child = processes.start('n8n', options.runtime.node, [N8N_BIN, 'start'], {
		cwd: options.userFolder,
		env: n8nEnvironment(options),
		log,
		node: true,
	});
	await child.ready(() => isReady(options.port), START_TIMEOUT_MS);
	return child;
}
