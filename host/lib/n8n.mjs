/** Starts n8n: its environment, and when it is ready. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { HOST } from './paths.mjs';
import { LOOPBACK } from './ports.mjs';
import { environmentFor } from './runtime.mjs';

const READY_MS = 240_000;
export const N8N_BIN = join(HOST, 'node_modules', 'n8n', 'bin', 'n8n');

/** @returns {string} the folder that workflows may read and write; `files` for them, as n8n runs beside it */
function filesFolder(userFolder) {
	return join(userFolder, 'files');
}

/**
 * The environment of an n8n that talks to nobody but this machine.
 *
 * @param {object} options
 * @param {{ node: string }} options.runtime
 * @param {string} options.userFolder holds database, settings and installed nodes
 * @param {number} options.port
 * @param {number} options.brokerPort where n8n's own task runner connects
 * @param {Record<string, string>} [options.extra] more settings, by n8n's environment names
 */
export function n8nEnvironment({ runtime, userFolder, port, brokerPort, extra = {} }) {
	return {
		...environmentFor(runtime),
		N8N_USER_FOLDER: userFolder,
		N8N_PROTOCOL: 'http',
		N8N_HOST: LOOPBACK,
		N8N_LISTEN_ADDRESS: LOOPBACK,
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_RUNNERS_BROKER_LISTEN_ADDRESS: LOOPBACK,
		// Served over plain http on loopback; a secure cookie would never be sent back.
		N8N_SECURE_COOKIE: 'false',
		// Otherwise n8n takes New York.
		GENERIC_TIMEZONE: Intl.DateTimeFormat().resolvedOptions().timeZone,
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		// The lists of verified packages and of MCP servers live on a server of n8n's.
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_DISABLED_MODULES: 'mcp-registry',
		N8N_COMMUNITY_PACKAGES_ALLOW_TOOL_USAGE: 'true',
		// Otherwise a folder in the home directory.
		N8N_RESTRICT_FILE_ACCESS_TO: filesFolder(userFolder),
		...extra,
	};
}

/**
 * @param {number} port
 * @returns {Promise<boolean>} whether n8n's REST API answers; its readiness endpoint can be early
 */
export async function answers(port) {
	const response = await fetch(`http://${LOOPBACK}:${port}/rest/settings`);
	return response.ok && Boolean((await response.json()).data);
}

/**
 * Starts n8n and waits until it can be used.
 *
 * @param {ReturnType<import('./processes.mjs').createProcesses>} processes
 * @param {Parameters<typeof n8nEnvironment>[0] & { log: string }} options
 */
export async function startN8n(processes, { log, ...options }) {
	mkdirSync(filesFolder(options.userFolder), { recursive: true });
	const child = processes.start('n8n', options.runtime.node, [N8N_BIN, 'start'], {
		cwd: options.userFolder,
		env: n8nEnvironment(options),
		log,
		node: true,
	});
	await child.ready(() => answers(options.port), READY_MS);
	return child;
}
