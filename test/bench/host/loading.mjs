/** How long nodes take to load, and how much longer n8n takes to start with the package. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { npm } from '../../../host/lib/commands.mjs';
import { environmentFor } from '../../../host/lib/runtime.mjs';
import { installIntoUserFolder, unpack } from '../../../host/lib/pack.mjs';
import { HOST, MANIFEST } from '../../../host/lib/paths.mjs';
import { freePort } from '../../../host/lib/ports.mjs';
import { startN8n } from '../../../host/lib/n8n.mjs';

/** @typedef {import('../../../host/lib/types.ts').Runtime} Runtime */

const run = promisify(execFile);
const LOAD_NODE = join(import.meta.dirname, 'loadNode.mjs');

/** A package of another service, to compare with. */
const OTHER = { name: '@mendable/n8n-nodes-firecrawl', version: '2.1.2' };

/**
 * @typedef {object} NodeFile
 * @property {string} name as the table shows it
 * @property {string} file
 * @property {boolean} isOwn
 */

/**
 * @param {string} folder of a package
 * @param {string} prefix
 * @param {boolean} isOwn
 * @returns {NodeFile[]} the nodes that its package.json lists
 */
function nodesOf(folder, prefix, isOwn) {
	/** @type {{ n8n: { nodes: string[] } }} */
	const { n8n } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	return n8n.nodes.map((path) => ({
		name: `${prefix}${/([^/]+)\.node\.js$/.exec(path)?.[1] ?? path}`,
		file: join(folder, path),
		isOwn,
	}));
}

/**
 * Installs the other package. Without access to the registry there is nothing to compare with.
 *
 * @param {string} folder
 * @returns {Promise<{ nodes: NodeFile[], tarballs: Record<string, number> }>} `tarballs` in bytes
 */
async function installOther(folder) {
	const { name, version } = OTHER;
	mkdirSync(folder, { recursive: true });
	try {
		const options = { cwd: folder, log: join(folder, 'npm.log') };
		await npm(['pack', `${name}@${version}`, '--pack-destination', folder], options);
		const file = readdirSync(folder).find((each) => each.endsWith('.tgz')) ?? '';
		unpack(join(folder, file), join(folder, 'package'));
		return {
			nodes: nodesOf(join(folder, 'package'), `${name}: `, false),
			tarballs: { [`${name} ${version}`]: statSync(join(folder, file)).size },
		};
	} catch {
		return { nodes: [], tarballs: {} };
	}
}

/** n8n's own nodes to compare with. */
function builtInNodes() {
	const folder = join(HOST, 'node_modules', 'n8n-nodes-base', 'dist', 'nodes');
	return ['Telegram', 'Discord'].flatMap((name) => {
		const file = join(folder, name, `${name}.node.js`);
		return existsSync(file) ? [{ name: `n8n: ${name}`, file, isOwn: false }] : [];
	});
}

/**
 * Loads each node in a process of its own, in turns.
 *
 * @param {{ runtime: Runtime, tarball: string }} prepared
 * @param {{ rounds: number, folder: string }} options
 * @returns {Promise<{ nodes: Array<{ name: string, isOwn: boolean, timesMs: number[] }>, tarballs: Record<string, number> }>}
 */
export async function measureLoading({ runtime, tarball }, { rounds, folder }) {
	const userFolder = join(folder, 'loading');
	installIntoUserFolder(tarball, userFolder);
	const own = join(userFolder, '.n8n', 'nodes', 'node_modules', MANIFEST.name);
	const other = await installOther(join(folder, 'other'));
	const nodes = [...nodesOf(own, '', true), ...builtInNodes(), ...other.nodes];
	/** @type {Map<string, number[]>} */
	const times = new Map(nodes.map(({ name }) => [name, []]));
	for (let round = 0; round < rounds; round += 1) {
		for (const { name, file } of nodes) {
			const { stdout } = await run(runtime.node, [LOAD_NODE, file], {
				// Community nodes get n8n's own n8n-workflow.
				env: { ...environmentFor(runtime), NODE_PATH: join(HOST, 'node_modules') },
			});
			times.get(name)?.push(Number(stdout));
		}
	}
	return {
		nodes: nodes.map(({ name, isOwn }) => ({ name, isOwn, timesMs: times.get(name) ?? [] })),
		tarballs: { [MANIFEST.name]: statSync(tarball).size, ...other.tarballs },
	};
}

/**
 * Starts n8n with and without the package, both at the same time, so that other load affects both.
 *
 * @param {{ runtime: Runtime, tarball: string }} prepared
 * @param {{ rounds: number, folder: string, processes: import('../../../host/lib/types.ts').Processes }} options
 */
export async function measureStart({ runtime, tarball }, { rounds, folder, processes }) {
	/** @param {'with' | 'without'} name */
	const start = async (name) => {
		const userFolder = join(folder, `start-${name}`);
		mkdirSync(userFolder, { recursive: true });
		const port = await freePort(0);
		const began = performance.now();
		const child = await startN8n(processes, {
			runtime,
			userFolder,
			port,
			brokerPort: await freePort(0, [port]),
			log: join(folder, `start-${name}.log`),
		});
		const time = performance.now() - began;
		await child.stop();
		return time;
	};
	installIntoUserFolder(tarball, join(folder, 'start-with'));
	/** @type {Record<'with' | 'without', number[]>} */
	const times = { with: [], without: [] };
	// The first start of each creates the database.
	await Promise.all([start('with'), start('without')]);
	for (let round = 0; round < rounds; round += 1) {
		const [withPackage, without] = await Promise.all([start('with'), start('without')]);
		times.with.push(withPackage);
		times.without.push(without);
	}
	return times;
}
