/** PostgreSQL and Redis for one run: their own ports and folders, nothing kept. */
import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';
import { run } from '../../../host/lib/commands.mjs';
import { freePort, LOOPBACK } from '../../../host/lib/ports.mjs';

const DEBIAN_POSTGRES = '/usr/lib/postgresql';

/** The database every new cluster has; n8n makes its tables in it. */
const DATABASE = 'postgres';
const OWNER = 'n8n';

/** @returns {string[]} where programs may lie; Debian keeps PostgreSQL's outside of PATH */
function folders() {
	const versions = existsSync(DEBIAN_POSTGRES) ? readdirSync(DEBIAN_POSTGRES) : [];
	const newestFirst = versions.sort((a, b) => Number(b) - Number(a));
	return [
		...newestFirst.map((version) => join(DEBIAN_POSTGRES, version, 'bin')),
		...(process.env.PATH ?? '').split(delimiter),
	];
}

/** @returns {string} the path of a program @throws with what to install */
function find(program) {
	const folder = folders().find((one) => existsSync(join(one, program)));
	if (folder) return join(folder, program);
	throw new Error(
		`The queue tests need PostgreSQL and Redis, and "${program}" is not there: install them ("apt-get install postgresql redis-server" on Debian).`,
	);
}

/** PostgreSQL refuses to run as root, so it then gets a user without rights. */
async function unprivileged() {
	if (process.getuid?.() !== 0) return undefined;
	for (const user of ['postgres', 'nobody']) {
		const ids = await run('id', ['-u', user], { cwd: '/' }).then(
			async (uid) => [Number(uid), Number(await run('id', ['-g', user], { cwd: '/' }))],
			() => undefined,
		);
		if (ids) return ids;
	}
	throw new Error('There is no user "postgres" or "nobody" that PostgreSQL could run as.');
}

/** @returns {[string, string[]]} a program and its arguments, to be run as the given user and group */
function as(ids, program, args) {
	if (!ids) return [program, args];
	const [uid, gid] = ids;
	return [
		find('setpriv'),
		[`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--', program, ...args],
	];
}

/** Checks that all is there, before anything is started. */
export function findDatabases() {
	for (const program of ['redis-server', 'initdb', 'postgres', 'pg_isready']) find(program);
}

/**
 * @param {ReturnType<import('../../../host/lib/processes.mjs').createProcesses>} processes
 * @param {{ folder: string, logs: string }} options `folder` must be reachable by other users
 * @returns {Promise<Record<string, string>>} the settings by which n8n finds it
 */
export async function startPostgres(processes, { folder, logs }) {
	const ids = await unprivileged();
	const data = join(folder, 'postgres');
	mkdirSync(data, { mode: 0o700 });
	if (ids) chownSync(data, ...ids);
	const port = String(await freePort(0));
	await run(
		...as(ids, find('initdb'), [
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
		// Reached over loopback only, and nothing has to survive a power cut.
		unix_socket_directories: '',
		fsync: 'off',
	};
	const server = processes.start(
		'PostgreSQL',
		...as(ids, find('postgres'), [
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

/** @returns {Promise<boolean>} whether Redis answers */
function ping(port) {
	return new Promise((resolve, reject) => {
		const socket = connect(port, LOOPBACK, () => socket.write('PING\r\n'));
		socket.once('data', (answer) => {
			socket.destroy();
			resolve(answer.toString().startsWith('+PONG'));
		});
		socket.once('error', reject);
	});
}

/**
 * @param {ReturnType<import('../../../host/lib/processes.mjs').createProcesses>} processes
 * @param {{ folder: string, logs: string }} options
 * @returns {Promise<Record<string, string>>} the settings by which n8n finds it
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
