/** Installs what is missing: the development tools of the package, and the n8n of the host folder. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from './commands.mjs';
import { HOST, LOGS, ROOT } from './paths.mjs';
import { findRuntime } from './runtime.mjs';
import { ensureSqlite } from './sqlite.mjs';

const LOG = join(LOGS, 'install.log');

/**
 * @typedef {object} LockedPackage an entry of a lock file
 * @property {string} version
 * @property {string} [integrity]
 * @property {boolean} [link]
 * @property {boolean} [optional]
 * @property {boolean} [devOptional]
 * @property {boolean} [peer]
 * @property {boolean} [extraneous]
 * @property {string[]} [os]
 * @property {string[]} [cpu]
 * @property {Record<string, string>} [optionalDependencies]
 */

/**
 * @param {string} file
 * @returns {Record<string, LockedPackage>} the packages of a lock file, by path
 */
function readLock(file) {
	return JSON.parse(readFileSync(file, 'utf8')).packages;
}

/** @param {LockedPackage} entry */
function isForThisSystem({ os, cpu }) {
	return (!os || os.includes(process.platform)) && (!cpu || cpu.includes(process.arch));
}

/**
 * Compares the lock file with npm's own record of what it installed. Dates are no help here, because
 * every checkout changes them.
 *
 * @param {string} folder one with a package.json and a package-lock.json
 * @returns {boolean} whether its node_modules holds exactly what the lock file names
 */
export function isInstalled(folder) {
	const record = join(folder, 'node_modules', '.package-lock.json');
	if (!existsSync(record)) return false;
	const locked = readLock(join(folder, 'package-lock.json'));
	const present = readLock(record);
	const direct = Object.keys(locked['']?.optionalDependencies ?? {}).map(
		(name) => `node_modules/${name}`,
	);
	return Object.entries(locked).every(([path, entry]) => {
		if (path === '' || entry.link) return true;
		const found = present[path];
		if (!found) {
			// npm leaves out packages for other systems, and the dependencies of these.
			const isOptional = entry.optional ?? entry.devOptional ?? entry.peer ?? entry.extraneous;
			return isOptional === true && !(direct.includes(path) && isForThisSystem(entry));
		}
		return found.version === entry.version && found.integrity === entry.integrity;
	});
}

/**
 * Runs `npm ci` in a folder, unless everything is installed already.
 *
 * @param {string} folder
 * @param {(note: string) => void} setNote
 */
async function install(folder, setNote) {
	if (isInstalled(folder)) return setNote('present');
	let packages = 0;
	await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=http'], {
		cwd: folder,
		log: LOG,
		onLine: (line) => {
			if (/^npm http (fetch|cache)/.test(line)) setNote(`${(packages += 1)} packages requested`);
		},
	});
	setNote('installed');
}

/**
 * Installs the development tools of the package: build, tests, sandbox.
 *
 * @param {import('./types.ts').Progress} progress
 */
export function installTools(progress) {
	return progress.step('Install the development tools', (setNote) => install(ROOT, setNote));
}

/**
 * Installs n8n: its packages, its Node.js, its SQLite.
 *
 * @param {import('./types.ts').Progress} progress
 * @returns {Promise<import('./types.ts').Runtime>} the Node.js that n8n runs on
 */
export async function installHost(progress) {
	await progress.step('Install n8n (takes some minutes the first time)', (setNote) =>
		install(HOST, setNote),
	);
	const runtime = await progress.step('Find the Node.js for n8n', async (setNote) => {
		const found = await findRuntime();
		setNote(found.version);
		return found;
	});
	await progress.step('Prepare SQLite for n8n', (setNote) =>
		ensureSqlite(runtime, { log: LOG, setNote }),
	);
	return runtime;
}
