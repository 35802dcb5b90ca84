/** More deliveries at once than n8n can process, with the proxy in front of it that docs/scaling.md describes. */
import assert from 'node:assert/strict';
import { addEventRow } from '../e2e/support/count.mjs';
import { node } from '../e2e/support/host.mjs';
import { deliver, publishWebhook, tally } from '../e2e/support/webhookDeliveries.mjs';
import { isReduced } from '../reliability/support/rows.mjs';
import { countStarts } from './support/deliveries.mjs';
import { startHaproxy } from './support/haproxy.mjs';
import { test } from './support/test.mjs';

const FILE = 'test/queue/webhooks.queue.mjs';
const TEST_TIMEOUT_MS = 900_000;
const DELIVERIES = isReduced ? 50 : 2_000;
/** Longer than a delivery waits in the proxy, which then responds with 503. */
const TIMEOUT_MS = 60_000;
/** A sender that does not give up. */
const DELAYS_MS = Array.from({ length: 100 }, () => 5_000);

test(
	'Deliveries that arrive at once through the proxy start exactly one execution each',
	async (host) => {
		const { id, url } = await publishWebhook(host, 'Deliveries at once', [
			node('End', 'n8n-nodes-base.noOp'),
		]);
		const proxied = url.replace(host.url, await startHaproxy(host));
		const begin = Date.now();
		const deliveries = await Promise.all(
			Array.from({ length: DELIVERIES }, (_value, index) =>
				deliver(proxied, `delivery-${index}`, { delaysMs: DELAYS_MS, timeoutMs: TIMEOUT_MS }),
			),
		);
		const seconds = (Date.now() - begin) / 1000;
		const ids = deliveries.map((delivery) => delivery.id);
		const { statuses, lost, repeated } = await countStarts(host, id, ids);
		process.stdout.write(
			[
				`      ${DELIVERIES} deliveries at once, accepted after ${seconds.toFixed(0)} s`,
				`responses ${tally(deliveries.flatMap((delivery) => delivery.statuses))}`,
				`executions ${statuses.length} (${tally(statuses)})`,
				`lost ${lost.length}, started twice ${repeated.length}\n`,
			].join('\n        '),
		);
		addEventRow(`Queue mode: Fanvue Trigger, ${DELIVERIES} deliveries at once`, {
			tried: DELIVERIES,
			lost: lost.length,
			repeated: repeated.length,
			test: FILE,
		});
		assert.deepEqual(
			deliveries.filter((delivery) => delivery.statuses.at(-1) !== '200'),
			[],
		);
		assert.deepEqual(lost, []);
		assert.deepEqual(repeated, []);
		assert.equal(statuses.length, DELIVERIES);
		await host.n8n.deactivate(id);
	},
	{ timeoutMs: TEST_TIMEOUT_MS },
);
