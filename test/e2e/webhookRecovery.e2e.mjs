/**
 * Deliveries to the Fanvue Trigger while n8n is killed, stopped and started. Each delivery is repeated
 * until it is accepted, and its executions are counted by ID from n8n's database.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { PUBLISHED_CONNECTIONS } from './support/fanbook.mjs';
import { startAfterCrash } from './support/recovery.mjs';
import {
	deliver,
	judgeDeliveries,
	onlyOnce,
	publishWebhook,
} from './support/webhookDeliveries.mjs';
import { test } from './support/test.mjs';

/** @typedef {import('./support/webhookDeliveries.mjs').Delivery} Delivery */

const FILE = 'test/e2e/webhookRecovery.e2e.mjs';
const TEST_TIMEOUT_MS = 900_000;
const KILLS = 3;
const PER_SECOND = 1;
const SECONDS_BEFORE_KILL = 5;
/** Shorter than those of Fanvue, so that many attempts fall into the time in which n8n is down. */
const DELAYS_MS = [5_000, 10_000, 20_000, 40_000, ...Array.from({ length: 8 }, () => 60_000)];
/** Long enough for a slow n8n, which would otherwise work for senders that no longer wait. */
const TIMEOUT_MS = 30_000;

test(
	'Deliveries while n8n is killed and started again all start an execution',
	async (host) => {
		const { id, url } = await publishWebhook(host, 'Deliveries during restarts', onlyOnce());
		/** @type {Array<Promise<Delivery>>} */
		const open = [];
		let isSending = true;
		const sending = (async () => {
			while (isSending) {
				open.push(
					deliver(url, `restart-${open.length}`, { delaysMs: DELAYS_MS, timeoutMs: TIMEOUT_MS }),
				);
				await sleep(1000 / PER_SECOND);
			}
		})();
		try {
			for (let kill = 0; kill < KILLS; kill += 1) {
				await sleep(SECONDS_BEFORE_KILL * 1000);
				await host.process.kill();
				await startAfterCrash(host, PUBLISHED_CONNECTIONS);
			}
			await sleep(SECONDS_BEFORE_KILL * 1000);
			await startAfterCrash(host, PUBLISHED_CONNECTIONS);
			await sleep(SECONDS_BEFORE_KILL * 1000);
		} finally {
			isSending = false;
			await sending;
		}
		await judgeDeliveries(host, id, await Promise.all(open), {
			name: `Fanvue Trigger: deliveries while n8n is killed ${KILLS} times and stopped once`,
			test: FILE,
			kills: KILLS,
			// Whether n8n had started an execution before it was killed is known to nobody.
			mayRepeat: (statuses) => statuses.length > 1,
		});
		await host.n8n.deactivate(id);
	},
	{ timeoutMs: TEST_TIMEOUT_MS, requires: ['webSocket'] },
);
