/**
 * Provides the native part of n8n's SQLite driver. Dependencies are installed without their scripts, so
 * it is put in place here: a prebuilt binary from npm if there is one for this machine, else built from
 * source.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isAvailable, npm, run } from './commands.mjs';
import { HOST } from './paths.mjs';
import { environmentFor } from './runtime.mjs';

const DRIVER = join(HOST, 'node_modules', 'sqlite3');
const BINARY = join(DRIVER, 'build', 'Release', 'node_sqlite3.node');

// A fork of the same driver that ships its binaries inside the npm package. They fit the original's
// JavaScript (the check below opens a database and reads from it), so n8n keeps its own driver.
const PREBUILDS = join(HOST, 'node_modules', '@appthreat', 'sqlite3', 'prebuilds');

const CHECK = `
const { Database } = require('sqlite3').verbose();
const db = new Database(':memory:');
db.serialize(() => {
	db.run('create table t (a text)');
	db.run('insert into t values (?)', ['works'], function (error) {
		if (error || this.lastID !== 1) process.exit(1);
	});
	db.all('select a from t', (error, rows) => {
		process.exitCode = !error && rows[0].a === 'works' ? 0 : 1;
		db.close();
	});
});`;

/**
 * @param {{ node: string }} runtime
 * @returns {Promise<boolean>} whether the driver can open a database with that Node.js
 */
function isUsable({ node }) {
	return run(node, ['-e', CHECK], { cwd: HOST, env: environmentFor({ node }) }).then(
		() => true,
		() => false,
	);
}

/** @returns {boolean} whether this system uses the C library musl instead of glibc */
function usesMusl() {
	if (process.platform !== 'linux') return false;
	// Only a dynamic loader of that name can run programs that were built for musl.
	return readFileSync('/proc/self/maps', 'utf8').includes('ld-musl');
}

/** @returns {string[]} the prebuilt binaries for this system, the one for its C library first */
function prebuiltBinaries() {
	const folder = join(PREBUILDS, `${process.platform}-${process.arch}`);
	if (!existsSync(folder)) return [];
	const musl = usesMusl();
	return readdirSync(folder)
		.filter((name) => name.endsWith('.node'))
		.sort((a, b) => Number(b.includes('musl') === musl) - Number(a.includes('musl') === musl))
		.map((name) => join(folder, name));
}

/**
 * Makes sure that n8n can open its SQLite database.
 *
 * @param {{ node: string }} runtime the Node.js of n8n
 * @param {{ log: string, setNote: (note: string) => void }} options
 * @throws if there is neither a binary nor a compiler, with what to install
 */
export async function ensureSqlite(runtime, { log, setNote }) {
	if (existsSync(BINARY) && (await isUsable(runtime))) return setNote('present');
	for (const binary of prebuiltBinaries()) {
		rmSync(BINARY, { force: true });
		mkdirSync(dirname(BINARY), { recursive: true });
		copyFileSync(binary, BINARY);
		if (await isUsable(runtime)) return setNote('prebuilt');
	}
	rmSync(BINARY, { force: true });
	setNote('building from source');
	const tools = process.platform === 'win32' ? [] : ['python3', 'make', 'g++'];
	const found = await Promise.all(tools.map((tool) => isAvailable(tool)));
	const missing = tools.filter((_, index) => !found[index]);
	if (missing.length > 0) {
		throw new Error(
			`There is no prebuilt SQLite for ${process.platform} ${process.arch}. Install ${missing.join(', ')} so that it can be built, then start again.`,
		);
	}
	// Debian's library avoids compiling SQLite itself: 20 seconds instead of two minutes.
	const system = existsSync('/usr/include/sqlite3.h') ? { npm_config_sqlite: '/usr' } : {};
	await npm(['rebuild', 'sqlite3', '--ignore-scripts=false'], {
		cwd: HOST,
		env: { ...process.env, ...system, npm_config_build_from_source: 'true' },
		log,
	});
	if (!(await isUsable(runtime))) {
		throw new Error(`SQLite was built, but n8n cannot open a database with it. See ${log}.`);
	}
	setNote('built from source');
}
