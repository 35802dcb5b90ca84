/** Builds and packs the node package, and installs the tarball into an n8n as a community install does. */
import { createHash } from 'node:crypto';
import {
	existsSync,
	mkdirSync,
	readFileSync,
	readdirSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { npm } from './commands.mjs';
import { LOGS, MANIFEST, ROOT, STATE } from './paths.mjs';
import { readTarball } from './tarball.mjs';

/** What the tarball is made from. A change in any of these requires a new build. */
const SOURCES = [
	'nodes',
	'credentials',
	'icons',
	'package.json',
	'package-lock.json',
	'gulpfile.js',
	'tsconfig.json',
	'README.md',
	'README.zh-CN.md',
	'LICENSE',
];

const PACKED = join(STATE, 'pack');
const LOG = join(LOGS, 'build.log');

/**
 * @param {string} path of a folder or a file
 * @returns {string[]} the files below a folder, the file itself, or none if the path does not exist
 */
function filesBelow(path) {
	if (!existsSync(path)) return [];
	if (!statSync(path).isDirectory()) return [path];
	return readdirSync(path)
		.sort()
		.flatMap((name) => filesBelow(join(path, name)));
}

/** @returns {string} a hash of the names and contents of all sources */
function fingerprint() {
	const hash = createHash('sha256');
	for (const file of SOURCES.flatMap((source) => filesBelow(join(ROOT, source)))) {
		hash
			.update(`${file.slice(ROOT.length)}\0`)
			.update(readFileSync(file))
			.update('\0');
	}
	return hash.digest('hex').slice(0, 16);
}

/** @returns {string} names, sizes and dates of all sources, which differ after each change */
export function sourcesStamp() {
	/** @param {string} file */
	const describe = (file) => {
		const { size, mtimeMs } = statSync(file);
		return `${file}:${size}:${mtimeMs}`;
	};
	return SOURCES.flatMap((source) => filesBelow(join(ROOT, source)))
		.map(describe)
		.join('\n');
}

/**
 * Builds and packs the package, unless the same sources were packed before.
 *
 * @param {import('./types.ts').Progress} progress
 * @returns {Promise<string>} path of the tarball
 */
export function packPackage(progress) {
	return progress.step('Build and pack the nodes', async (setNote) => {
		const folder = join(PACKED, fingerprint());
		const find = () =>
			existsSync(folder) ? readdirSync(folder).find((name) => name.endsWith('.tgz')) : undefined;
		const existing = find();
		if (existing) {
			setNote('unchanged');
			return join(folder, existing);
		}
		rmSync(PACKED, { recursive: true, force: true });
		await npm(['run', 'build'], { cwd: ROOT, log: LOG });
		mkdirSync(folder, { recursive: true });
		await npm(['pack', '--pack-destination', folder], { cwd: ROOT, log: LOG });
		const made = find();
		if (!made) throw new Error(`npm pack created no tarball. See ${LOG}.`);
		setNote(`${Math.ceil(statSync(join(folder, made)).size / 1000)} kB`);
		return join(folder, made);
	});
}

/**
 * Unpacks a tarball into a folder.
 *
 * @param {string} tarball
 * @param {string} folder created if it does not exist
 */
export function unpack(tarball, folder) {
	for (const { path, content } of readTarball(tarball)) {
		const target = resolve(folder, path);
		if (!target.startsWith(resolve(folder) + sep))
			throw new Error(`The path ${path} is outside of the package.`);
		mkdirSync(dirname(target), { recursive: true });
		writeFileSync(target, content);
	}
}

/**
 * Installs a tarball into an n8n user folder, as n8n's own installer of community nodes does: the files
 * below `nodes/node_modules`, a package.json without development parts, and an entry in the list of
 * installed packages. n8n would then run `npm install` for the package's dependencies; this package must
 * have none.
 *
 * @param {string} tarball
 * @param {string} userFolder n8n's N8N_USER_FOLDER
 */
export function installIntoUserFolder(tarball, userFolder) {
	const nodes = join(userFolder, '.n8n', 'nodes');
	const folder = join(nodes, 'node_modules', MANIFEST.name);
	rmSync(folder, { recursive: true, force: true });
	unpack(tarball, folder);
	/** @type {typeof MANIFEST & Record<string, unknown>} */
	const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	if (Object.keys(manifest.dependencies ?? {}).length > 0) {
		throw new Error('The package has runtime dependencies, which some n8n cannot install.');
	}
	for (const part of ['devDependencies', 'peerDependencies', 'optionalDependencies'])
		Reflect.deleteProperty(manifest, part);
	writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
	const list = {
		name: 'installed-nodes',
		private: true,
		dependencies: { [manifest.name]: manifest.version },
	};
	writeFileSync(join(nodes, 'package.json'), JSON.stringify(list, null, 2));
}
