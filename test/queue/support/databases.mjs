/** Starts PostgreSQL and Redis for one run, with ports and folders of their own. */
import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';
import { run } from '../../../host/lib/commands.mjs';
import { freePort, LOOPBACK } from '../../../host/lib/ports.mjs';

const DEBIAN_POSTGRES = '/usr/lib/postgresql';

/** The database that every new cluster has; n8n creates its tables in it. */
const DATABASE = 'postgres';
const OWNER = 'n8n';

/** @returns {string[]} folders that may contain programs; PostgreSQL's are not on PATH on Debian */
function folders() {
	const versions = existsSync(DEBIAN_POSTGRES) ? readdirSync(DEBIAN_POSTGRES) : [];
	const newestFirst = versions.sort((a, b) => Number(b) - Number(a));
	return [
		...newestFirst.map((version) => join(DEBIAN_POSTGRES, version, 'bin')),
		...(process.env.PATH ?? '').split(delimiter),
		'/usr/sbin',
	];
}

/**
 * @param {string} program
 * @returns {string} its path
 * @throws if it is not installed, with what to install
 */
export function find(program) {
	const folder = folders().find((one) => existsSync(join(one, program)));
	if (folder) return join(folder, program);
	throw new Error(
		`The queue tests need PostgreSQL, Redis and HAProxy, and "${program}" is missing. Install them ("apt-get install postgresql redis-server haproxy" on Debian).`,
	);
}

/**
 * Returns the IDs of a user and a group without privileges, because PostgreSQL does not run as root.
 *
 * @returns {Promise<{ uid: number, gid: number } | undefined>} undefined if this process is not root
 */
async function unprivilegedUser() {
	if (process.getuid?.() !== 0) return undefined;
	for (const user of ['postgres', 'nobody']) {
		try {
			const uid = Number(await run('id', ['-u', user], { cwd: '/' }));
			const gid = Number(await run('id', ['-g', user], { cwd: '/' }));
			return { uid, gid };
		} catch {
			// There is no such user.
		}
	}
	throw new Error('There is no user "postgres" or "nobody" that PostgreSQL could run as.');
}

/**
 * Returns the command that runs a program as another user.
 *
 * @param {{ uid: number, gid: number } | undefined} user
 * @param {string} program
 * @param {string[]} args
 * @returns {[string, string[]]} the program to start and its arguments
 */
function runAs(user, program, args) {
	if (!user) return [program, args];
	return [
		find('setpriv'),
		[`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups', '--', program, ...args],
	];
}

/** Checks that everything is installed, before anything is started. */
export function findPrograms() {
	for (const program of ['redis-server', 'initdb', 'postgres', 'pg_isready', 'psql', 'haproxy'])
		find(program);
}

/**
 * @param {import('../../../host/lib/types.ts').Processes} processes
 * @param {{ folder: string, logs: string }} options other users must be able to enter `folder`
 * @returns {Promise<Record<string, string>>} the settings with which n8n connects to it
 */
export async function startPostgres(processes, { folder, logs }) {
	const user = await unprivilegedUser();
	const data = join(folder, 'postgres');
	mkdirSync(data, { mode: 0o700 });
	if (user) chownSync(data, user.uid, user.gid);
	const port = String(await freePort(0));
	await run(
		...runAs(user, find('initdb'), [
			`--pgdata=${data}`,
			`--username=${OWNER}`,
			'--auth=trust',
			'--encoding=UTF8',
			'--no-locale',
			'--no-sync',
		]),
		{ cwd: data },
	);
	const settings = {
		listen_addresses: LOOPBACK,
		port,
		// It is used over loopback only, and its data is deleted after the run.
		unix_socket_directories: '',
		fsync: 'off',
	};
	const server = processes.start(
		'PostgreSQL',
		...runAs(user, find('postgres'), [
			'-D',
			data,
			...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
		]),
		{ cwd: data, log: join(logs, 'postgres.log') },
	);
	const address = ['-h', LOOPBACK, '-p', port, '-d', DATABASE, '-U', OWNER];
	await server.ready(() => run(find('pg_isready'), address, { cwd: '/' }));
	return {
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: LOOPBACK,
		DB_POSTGRESDB_PORT: port,
		DB_POSTGRESDB_DATABASE: DATABASE,
		DB_POSTGRESDB_USER: OWNER,
		DB_POSTGRESDB_PASSWORD: 'not checked',
	};
}

/**
 * Reads n8n's database directly. Its list of executions skips rows while executions start in another order
 * than they were created.
 *
 * @param {Record<string, string>} settings with which n8n connects to PostgreSQL
 * @param {string} query
 * @returns {Promise<string[][]>} the rows, with each value as text
 */
export async function queryDatabase(settings, query) {
	const address = ['-h', LOOPBACK, '-p', settings.DB_POSTGRESDB_PORT ?? '', '-d', DATABASE];
	const text = await run(
		find('psql'),
		[...address, '-U', OWNER, '--no-psqlrc', '--tuples-only', '--no-align', '-c', query],
		{ cwd: '/' },
	);
	return text.split('\n').flatMap((line) => (line === '' ? [] : [line.split('|')]));
}

/**
 * @param {number} port
 * @returns {Promise<boolean>} whether Redis responds
 */
function ping(port) {
	return new Promise((resolve, reject) => {
		const socket = connect(port, LOOPBACK, () => socket.write('PING\r\n'));
		socket.once('data', (response) => {
			socket.destroy();
			resolve(response.toString().startsWith('+PONG'));
		});
		socket.once('error', reject);
	});
}

/**
 * @param {import('../../../host/lib/types.ts').Processes} processes
 * @param {{ folder: string, logs: string }} options
 * @returns {Promise<Record<string, string>>} the settings with which n8n connects to it
 */
export async function startRedis(processes, { folder, logs }) {
	const port = await freePort(0);
	const server = processes.start(
		'Redis',
		find('redis-server'),
		['--port', String(port), '--bind', LOOPBACK, '--save', '', '--appendonly', 'no'],
		{ cwd: folder, log: join(logs, 'redis.log') },
	);
	await server.ready(() => ping(port));
	return { QUEUE_BULL_REDIS_HOST: LOOPBACK, QUEUE_BULL_REDIS_PORT: String(port) };
}
