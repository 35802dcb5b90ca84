/** Installs what is missing: the package's own tools, and the real n8n in host/. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from './commands.mjs';
import { HOST, LOGS, ROOT } from './paths.mjs';
import { findRuntime } from './runtime.mjs';
import { ensureSqlite } from './sqlite.mjs';

const LOG = join(LOGS, 'install.log');

/**
 * @param {string} folder one with a package.json and a package-lock.json
 * @returns {boolean} whether its node_modules holds just what the lock file names. npm leaves its own
 *   record of what it installed in node_modules; dates would say "changed" after every checkout.
 */
export function isInstalled(folder) {
	const record = join(folder, 'node_modules', '.package-lock.json');
	if (!existsSync(record)) return false;
	const read = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
	const wanted = read(join(folder, 'package-lock.json'));
	const present = read(record);
	const direct = Object.keys(wanted[''].optionalDependencies ?? {}).map(
		(name) => `node_modules/${name}`,
	);
	const forThisSystem = ({ os, cpu }) =>
		(!os || os.includes(process.platform)) && (!cpu || cpu.includes(process.arch));
	return Object.entries(wanted).every(([path, entry]) => {
		if (path === '' || entry.link) return true;
		const found = present[path];
		if (!found) {
			// npm leaves out parts for other systems, and what only these would need.
			const optional = entry.optional ?? entry.devOptional ?? entry.peer ?? entry.extraneous;
			return Boolean(optional) && !(direct.includes(path) && forThisSystem(entry));
		}
		return found.version === entry.version && found.integrity === entry.integrity;
	});
}

/** `npm ci` in a folder, unless all is there. */
async function install(folder, say) {
	if (isInstalled(folder)) return say('there');
	let packages = 0;
	await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=http'], {
		cwd: folder,
		log: LOG,
		onLine: (line) => {
			if (/^npm http (fetch|cache)/.test(line)) say(`${(packages += 1)} packages seen`);
		},
	});
	say('installed');
}

/**
 * The package's own tools: the build, the tests, the sandbox.
 *
 * @param {ReturnType<import('./steps.mjs').createSteps>} steps
 */
export function installTools(steps) {
	return steps.run("Install the package's tools", (say) => install(ROOT, say));
}

/**
 * The real n8n: its packages, its Node.js, its SQLite.
 *
 * @param {ReturnType<import('./steps.mjs').createSteps>} steps
 * @returns {Promise<{ node: string, version: string }>} the Node.js that n8n runs on
 */
export async function installHost(steps) {
	await steps.run('Install n8n (the first time takes some minutes)', (say) => install(HOST, say));
	const runtime = await steps.run('Find the Node.js for n8n', async (say) => {
		const found = await findRuntime();
		say(found.version);
		return found;
	});
	await steps.run('Prepare SQLite for n8n', (say) => ensureSqlite(runtime, { log: LOG, say }));
	return runtime;
}
