/** The main process is killed while deliveries arrive through the proxy that docs/scaling.md describes. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { addEventRow } from '../e2e/support/count.mjs';
import { connections, PUBLISHED_CONNECTIONS } from '../e2e/support/fanbook.mjs';
import { node } from '../e2e/support/host.mjs';
import { startAfterCrash } from '../e2e/support/recovery.mjs';
import { deliver, publishWebhook, tally } from '../e2e/support/webhookDeliveries.mjs';
import { countStarts } from './support/deliveries.mjs';
import { startHaproxy } from './support/haproxy.mjs';
import { test } from './support/test.mjs';

const FILE = 'test/queue/proxyKills.queue.mjs';
const TEST_TIMEOUT_MS = 300_000;
const TIMEOUT_MS = 60_000;
const DELAYS_MS = Array.from({ length: 40 }, () => 3_000);
const INTERVAL_MS = 500;
/** Time during which deliveries arrive before n8n is killed, and after it has started again. */
const CALM_MS = 5_000;

test(
	'The proxy forwards deliveries only to a main process that has started',
	async (host) => {
		// An example is still being published when the first test begins, and triggers of earlier tests may
		// still be connected.
		await connections(host, PUBLISHED_CONNECTIONS, 'only one example to be connected');
		const { id, url } = await publishWebhook(host, 'Deliveries through a restart', [
			node('End', 'n8n-nodes-base.noOp'),
		]);
		const proxied = url.replace(host.url, await startHaproxy(host));
		/** @type {Array<Promise<import('../e2e/support/webhookDeliveries.mjs').Delivery>>} */
		const open = [];
		const stopping = new AbortController();
		const sending = (async () => {
			while (!stopping.signal.aborted) {
				const options = { delaysMs: DELAYS_MS, timeoutMs: TIMEOUT_MS };
				open.push(deliver(proxied, `delivery-${open.length}`, options));
				await sleep(INTERVAL_MS);
			}
		})();
		try {
			await sleep(CALM_MS);
			await host.process.kill();
			await startAfterCrash(host, PUBLISHED_CONNECTIONS);
			await sleep(CALM_MS);
		} finally {
			stopping.abort();
			await sending;
		}
		const deliveries = await Promise.all(open);
		const ids = deliveries.map((delivery) => delivery.id);
		const { statuses, lost, repeated } = await countStarts(host, id, ids);
		// Whether n8n had started an execution before it was killed is known to nobody.
		const unexpected = repeated.filter((repeatedId) =>
			deliveries.some((one) => one.id === repeatedId && one.statuses.length === 1),
		);
		process.stdout.write(
			`      ${ids.length} deliveries, responses ${tally(deliveries.flatMap((one) => one.statuses))}, executions ${statuses.length} (${tally(statuses)}), lost ${lost.length}, started twice ${repeated.length}\n`,
		);
		addEventRow('Queue mode: Fanvue Trigger behind the proxy, main process killed', {
			tried: ids.length,
			lost: lost.length,
			repeated: unexpected.length,
			kills: 1,
			test: FILE,
		});
		assert.deepEqual(
			deliveries.filter((delivery) => delivery.statuses.at(-1) !== '200'),
			[],
		);
		assert.deepEqual(lost, []);
		assert.deepEqual(unexpected, []);
		await host.n8n.deactivate(id);
	},
	{ timeoutMs: TEST_TIMEOUT_MS },
);
