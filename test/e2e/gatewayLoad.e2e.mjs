/**
 * The Fanbook Trigger with a gateway that misbehaves: each message of the chosen channel starts exactly one
 * execution, counted by ID from n8n's database.
 */
import assert from 'node:assert/strict';
import { demoCredential } from '../../host/lib/demo.mjs';
import { until } from '../../host/lib/processes.mjs';
import { LOOPBACK } from '../../host/lib/ports.mjs';
import { PUBLISHED_CONNECTIONS, connections } from './support/fanbook.mjs';
import { CREDENTIAL, publish, send, startedOnce, TEST_TIMEOUT_MS } from './support/fanbookLoad.mjs';
import { startTcpProxy } from './support/tcpProxy.mjs';
import { test } from './support/test.mjs';

const FILE = 'test/e2e/gatewayLoad.e2e.mjs';
const LONG_TEXT = 'x'.repeat(1_000_000);
/** The trigger notices within 45 s that heartbeats are not answered, and connects again 3 s later. */
const NOTICE_TIMEOUT_MS = 90_000;

test(
	'Malformed, repeated, reordered and 1 MB frames neither stop the trigger nor start anything twice',
	async (host) => {
		const { sandbox } = host;
		const workflow = await publish(host, 'Frames');
		const sent = await send(host, 10);
		await sandbox.act('fanbook', 'gateway', { malform: 20 });
		sent.push(...(await send(host, 20)));
		await sandbox.act('fanbook', 'gateway', { duplicate: 20 });
		sent.push(...(await send(host, 20)));
		await sandbox.act('fanbook', 'gateway', { reorder: 20 });
		sent.push(...(await send(host, 20)));
		for (const frame of [LONG_TEXT, `{"action":"push","data":"${LONG_TEXT}"}`, '[]', '{}', 'null'])
			await sandbox.act('fanbook', 'gateway', { frame });
		sent.push(...(await send(host, 5, LONG_TEXT)), ...(await send(host, 1)));
		const name = 'Fanbook Trigger: malformed, repeated, reordered and 1 MB frames';
		await startedOnce(host, workflow, sent, { name, test: FILE });
		await host.n8n.deactivate(workflow);
	},
	{ timeoutMs: TEST_TIMEOUT_MS, requires: ['webSocket'] },
);

test(
	'Messages during a frozen and a half-open connection start exactly one execution each',
	async (host) => {
		const { sandbox, n8n } = host;
		const proxy = await startTcpProxy(Number(new URL(sandbox.url).port));
		try {
			const { data } = demoCredential(sandbox, CREDENTIAL);
			const gatewayUrl = `ws://${LOOPBACK}:${proxy.port}/fanbook/websocket`;
			const credential = await n8n.createCredential({
				name: 'Fanbook behind a proxy',
				type: CREDENTIAL,
				data: { ...data, gatewayUrl },
			});
			const frozen = await publish(host, 'Frozen connection');
			/** @type {Array<{ id: number }>} */
			const list = await sandbox.act('fanbook', 'connection', { id: 0 });
			const halfOpen = await publish(host, 'Half-open connection', { credential });
			const sent = await send(host, 5);
			await sandbox.act('fanbook', 'connection', { id: list.at(-1)?.id, frozen: true });
			assert.equal(proxy.freeze(), 1);
			const opened = (await sandbox.act('fanbook', 'gateway')).connected;
			sent.push(...(await send(host, 20)));
			await until(async () => (await sandbox.act('fanbook', 'gateway')).connected >= opened + 2, {
				what: 'both triggers to connect again',
				timeout: NOTICE_TIMEOUT_MS,
			});
			sent.push(...(await send(host, 5)));
			await startedOnce(host, frozen, sent, {
				name: 'Fanbook Trigger: a frozen connection',
				test: FILE,
			});
			await startedOnce(host, halfOpen, sent, {
				name: 'Fanbook Trigger: a half-open connection',
				test: FILE,
			});
			await n8n.deactivate(frozen);
			await n8n.deactivate(halfOpen);
			await connections(host, PUBLISHED_CONNECTIONS, 'the triggers to disconnect');
		} finally {
			await proxy.close();
		}
	},
	{ timeoutMs: TEST_TIMEOUT_MS, requires: ['webSocket'] },
);
