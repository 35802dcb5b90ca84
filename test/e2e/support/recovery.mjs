/** What the tests that kill n8n have in common. */
import { setTimeout as sleep } from 'node:timers/promises';
import { OWNER } from '../../../host/lib/boot.mjs';
import { until } from '../../../host/lib/processes.mjs';
import { RestError } from '../../../host/lib/rest.mjs';

/** @typedef {import('../../../host/lib/types.ts').DemoHost} Host */

const MAX_STARTS = 8;

/**
 * @param {Host} host
 * @returns {Promise<number>}
 */
export async function openConnections({ sandbox }) {
	return (await sandbox.act('fanbook', 'gateway')).open;
}

/**
 * Restarts n8n, and signs in again if its database is busy with what the crash has left.
 *
 * @param {Host} host
 */
async function restartBusy(host) {
	try {
		await host.restart();
	} catch (error) {
		if (!(error instanceof RestError && error.status === 503)) throw error;
		await until(() => host.n8n.signIn(OWNER), { what: 'the database', timeout: 120_000 });
	}
}

/**
 * Starts n8n until it keeps running, as a supervisor does: after a crash n8n 2.41 processes what was
 * running, and exits at executions that had no start time yet.
 *
 * @param {Host} host
 * @param {number} connections to the gateway that the published workflows keep open
 */
export async function startAfterCrash(host, connections) {
	for (let attempt = 1; ; attempt += 1) {
		try {
			await restartBusy(host);
			// Before it starts the triggers, n8n runs the executions that were created and not started.
			await until(
				async () => host.process.exitReason() ?? (await openConnections(host)) >= connections,
				{ what: 'the triggers to connect', timeout: 600_000 },
			);
			if (!host.process.exitReason()) return;
		} catch (error) {
			if (!host.process.exitReason()) throw error;
		}
		if (attempt === MAX_STARTS) throw new Error(`n8n ended ${attempt} times while it started`);
	}
}

/**
 * Counts the executions. It waits first and reads one row only, because n8n is busy.
 *
 * @param {Host} host
 * @param {string} workflow its ID
 * @returns {Promise<number>}
 */
export async function countExecutions({ n8n }, workflow) {
	await sleep(1_000);
	const filter = encodeURIComponent(JSON.stringify({ workflowId: workflow }));
	const { count } = await n8n.call('GET', `/rest/executions?filter=${filter}&limit=1`);
	return count;
}
