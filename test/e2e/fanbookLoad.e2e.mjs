/**
 * The Fanbook Trigger under more load than n8n can work off at once: each message of the chosen channel
 * starts exactly one execution, counted by ID from n8n's database.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { publish, send, startedOnce, TEST_TIMEOUT_MS } from './support/fanbookLoad.mjs';
import { node } from './support/host.mjs';
import { test } from './support/test.mjs';

const FILE = 'test/e2e/fanbookLoad.e2e.mjs';
const BURST = 10_000;
const PER_SECOND = 100;
const SECONDS = 60;
const RUN_SECONDS = 0.3;
const TICK_MS = 100;

test(
	'Each of 100 messages a second for a minute starts exactly one execution that takes 300 ms',
	async (host) => {
		const wait = { amount: RUN_SECONDS, unit: 'seconds' };
		const workflow = await publish(host, 'Stream', {
			next: node('Wait', 'n8n-nodes-base.wait', wait, { typeVersion: 1.1 }),
		});
		/** @type {string[]} */
		const sent = [];
		const start = Date.now();
		while (sent.length < PER_SECOND * SECONDS) {
			const due = Math.floor(((Date.now() - start) * PER_SECOND) / 1000) + 1;
			const count = Math.min(due, PER_SECOND * SECONDS) - sent.length;
			if (count > 0) sent.push(...(await send(host, count)));
			await sleep(TICK_MS);
		}
		const name = 'Fanbook Trigger: 100 messages a second for a minute, 300 ms for each';
		await startedOnce(host, workflow, sent, { name, test: FILE });
		await host.n8n.deactivate(workflow);
	},
	{ timeoutMs: TEST_TIMEOUT_MS, requires: ['webSocket'] },
);

test(
	'Each of 10,000 messages that arrive at once starts exactly one execution',
	async (host) => {
		const workflow = await publish(host, 'Burst');
		const sent = await send(host, BURST);
		await startedOnce(host, workflow, sent, {
			name: 'Fanbook Trigger: 10,000 messages at once',
			test: FILE,
		});
		await host.n8n.deactivate(workflow);
	},
	{ timeoutMs: TEST_TIMEOUT_MS, requires: ['webSocket'] },
);
