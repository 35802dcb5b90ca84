/** Starts workers of n8n's queue mode, and reads which executions each of them ran. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { N8N_BIN, n8nEnvironment } from '../../../host/lib/n8n.mjs';
import { freePort, LOOPBACK } from '../../../host/lib/ports.mjs';

const START_TIMEOUT_MS = 240_000;

/** Executions that one worker runs at the same time. */
const CONCURRENCY = 5;

/**
 * Starts a worker for a running main process and waits until it is ready.
 *
 * @param {import('../../../host/lib/types.ts').BootedHost} host
 * @param {string} name
 * @param {import('../../../host/lib/types.ts').Environment} extra the settings of the main process
 */
export async function startWorker({ runtime, userFolder, processes, logs }, name, extra) {
	const brokerPort = await freePort(0);
	const port = await freePort(0, [brokerPort]);
	const log = join(logs, `${name}.log`);
	const env = n8nEnvironment({
		runtime,
		userFolder,
		port,
		brokerPort,
		extra: {
			...extra,
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(port),
			N8N_WORKER_SERVER_ADDRESS: LOOPBACK,
		},
	});
	const child = processes.start(
		name,
		runtime.node,
		[N8N_BIN, 'worker', `--concurrency=${CONCURRENCY}`],
		{ cwd: userFolder, env, log, node: true },
	);
	const health = `http://${LOOPBACK}:${port}/healthz/readiness`;
	await child.ready(async () => (await fetch(health)).ok, START_TIMEOUT_MS);
	return {
		name,
		process: child,
		/** @returns {string[]} the IDs of the executions that it has started, in that order */
		startedIds: () => {
			const lines = readFileSync(log, 'utf8').matchAll(/Worker started execution (\d+)/g);
			return [...lines].map(([, id = '']) => id);
		},
	};
}
