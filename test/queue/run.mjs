/**
 * `npm run test:queue`: n8n in queue mode with the packed tarball: one main, two workers, Redis,
 * PostgreSQL, and the sandbox. Every `*.queue.mjs` beside this file exports `checks`: an object of named
 * functions that get the booted host with its `workers`.
 *
 * `npm run test:queue -- trigger` runs only the files whose names contain one of the words.
 */
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { boot, prepare } from '../../host/lib/boot.mjs';
import { createChecks, loadChecks } from '../../host/lib/checks.mjs';
import { setUpDemo } from '../../host/lib/demo.mjs';
import { createProcesses, onEnd } from '../../host/lib/processes.mjs';
import { createSteps } from '../../host/lib/steps.mjs';
import { findDatabases, startPostgres, startRedis } from './support/databases.mjs';
import { startWorker } from './support/workers.mjs';

const WORKERS = ['worker 1', 'worker 2'];

const steps = createSteps();
const checks = createChecks(steps);
const processes = createProcesses();
const folder = mkdtempSync(join(tmpdir(), 'n8n-queue-'));
const logs = join(folder, 'logs');

async function finish() {
	await processes.stopAll();
	rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
	steps.say(checks.summary());
	process.exit(checks.code());
}

onEnd((reason) => {
	checks.fail(`Stopped: ${reason}`);
	return finish();
});

try {
	findDatabases();
	const prepared = await prepare(steps);
	// PostgreSQL may run as another user, who must get through to its folder.
	chmodSync(folder, 0o711);
	mkdirSync(logs);
	const [postgres, redis] = await Promise.all([
		steps.run('Start PostgreSQL', () => startPostgres(processes, { folder, logs })),
		steps.run('Start Redis', () => startRedis(processes, { folder, logs })),
	]);
	const extra = {
		...postgres,
		...redis,
		EXECUTIONS_MODE: 'queue',
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		// Workers do not read it from the folder they share with the main.
		N8N_ENCRYPTION_KEY: 'of this run only',
	};
	const host = await boot(steps, processes, {
		...prepared,
		userFolder: join(folder, 'n8n'),
		logs,
		extra,
	});
	host.workers = await Promise.all(
		WORKERS.map((name) => steps.run(`Start ${name}`, () => startWorker(host, name, extra))),
	);
	host.demo = await setUpDemo(steps, host);
	for (const file of await loadChecks(import.meta.dirname, '.queue.mjs', process.argv.slice(2))) {
		steps.say(file.name);
		for (const [name, body] of Object.entries(file.checks))
			await checks.run(name, () => body(host), file.longest);
	}
} catch (reason) {
	checks.fail(reason);
}
await finish();
