/**
 * `npm run test:queue`: runs the tests of all `*.queue.mjs` beside this file in an n8n in queue mode with
 * the packed tarball: one main process, two workers, Redis, PostgreSQL, and the sandbox.
 *
 * `npm run test:queue -- trigger` runs only the files whose names contain one of the words. Files whose names
 * end in `kills` take long and run only if they are named; `npm run test:reliability` runs them.
 */
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { boot, prepare } from '../../host/lib/boot.mjs';
import { setUpDemo } from '../../host/lib/demo.mjs';
import { createProcesses, onShutdown } from '../../host/lib/processes.mjs';
import { createProgress } from '../../host/lib/progress.mjs';
import { exitInterrupted, reportFailure } from '../support/hostSuites.mjs';
import { findPrograms, queryDatabase, startPostgres, startRedis } from './support/databases.mjs';
import { runFiles } from './support/test.mjs';
import { startWorker } from './support/workers.mjs';

const WORKERS = ['worker 1', 'worker 2'];

const progress = createProgress();
const processes = createProcesses();
const folder = mkdtempSync(join(tmpdir(), 'n8n-queue-'));
const logs = join(folder, 'logs');

async function stop() {
	await processes.stopAll();
	rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

onShutdown(async (reason) => {
	await stop();
	exitInterrupted(reason);
});
after(stop);

try {
	findPrograms();
	const prepared = await prepare(progress);
	// PostgreSQL may run as another user, who must be able to enter this folder.
	chmodSync(folder, 0o711);
	mkdirSync(logs);
	const [postgres, redis] = await Promise.all([
		progress.step('Start PostgreSQL', () => startPostgres(processes, { folder, logs })),
		progress.step('Start Redis', () => startRedis(processes, { folder, logs })),
	]);
	const extra = {
		...postgres,
		...redis,
		// More than n8n's two, which a burst of webhooks waits for in vain.
		DB_POSTGRESDB_POOL_SIZE: '20',
		EXECUTIONS_MODE: 'queue',
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		// Workers do not read it from the folder that they share with the main process.
		N8N_ENCRYPTION_KEY: 'of this run only',
	};
	const booted = await boot(progress, processes, {
		...prepared,
		userFolder: join(folder, 'n8n'),
		logs,
		extra,
	});
	const workers = await Promise.all(
		WORKERS.map((name) => progress.step(`Start ${name}`, () => startWorker(booted, name, extra))),
	);
	const host = Object.assign(booted, {
		workers,
		demo: await setUpDemo(progress, booted),
		/** @param {string} query */
		query: (query) => queryDatabase(postgres, query),
		/** @param {import('./support/test.mjs').Worker} worker */
		async startAgain(worker) {
			await worker.process.kill();
			workers[workers.indexOf(worker)] = await startWorker(booted, worker.name, extra);
		},
	});
	await runFiles({
		folder: import.meta.dirname,
		ending: '.queue.mjs',
		words: process.argv.slice(2),
		onlyIfNamed: ['kills'],
		run: (_title, body) => body(host),
	});
} catch (error) {
	reportFailure('n8n, its workers and the databases start', error);
}
