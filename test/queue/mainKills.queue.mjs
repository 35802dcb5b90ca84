/** The main process is killed while a trigger receives messages. */
import assert from 'node:assert/strict';
import { until } from '../../host/lib/processes.mjs';
import { addEventRow } from '../e2e/support/count.mjs';
import { connections, PUBLISHED_CONNECTIONS } from '../e2e/support/fanbook.mjs';
import { createChain, node } from '../e2e/support/host.mjs';
import { startAfterCrash } from '../e2e/support/recovery.mjs';
import { test } from './support/test.mjs';

/** @typedef {import('./support/test.mjs').QueueHost} Host */

const FILE = 'test/queue/mainKills.queue.mjs';
const TEST_TIMEOUT_MS = 300_000;
const CREDENTIAL = 'fanbookBotApi';
const MAIN_KILLS = 2;
const MESSAGES = 30;

/**
 * @param {Host} host
 * @param {string} workflow its ID
 * @returns {Promise<Array<{ id: string, status: string, message: string }>>} its executions, with the
 *   message that started each: its ID ends the key by which n8n recognizes a repeated start
 */
async function readExecutions(host, workflow) {
	const rows = await host.query(
		`select id, status, "deduplicationKey" from execution_entity where "workflowId" = '${workflow}' order by id`,
	);
	return rows.map(([id = '', status = '', key = '']) => ({
		id,
		status,
		message: key.replace(/^.*:/, ''),
	}));
}

test(
	'Each message starts exactly one execution while the main process is killed twice',
	async (host) => {
		const { n8n, demo, sandbox } = host;
		const { helpChannelId: channelId, userId } = sandbox.demo.fanbook;
		const channels = { channel: [{ channelId: { __rl: true, mode: 'id', value: channelId } }] };
		// An example is still being published when the first test begins, and triggers of earlier tests may
		// still be connected.
		await connections(host, PUBLISHED_CONNECTIONS, 'only one example to be connected');
		const id = await createChain(host, 'Main killed', [
			node(
				'Messages',
				'fanbookTrigger',
				{ events: ['message'], channels },
				{ credentials: { [CREDENTIAL]: demo.credential(CREDENTIAL) } },
			),
			node('End', 'n8n-nodes-base.noOp'),
		]);
		await n8n.activate(id);
		await connections(host, PUBLISHED_CONNECTIONS + 1, 'the trigger to connect');
		/** @type {string[]} */
		const sent = [];
		const send = async () => {
			const message = { channelId, userId, text: 'message', count: MESSAGES };
			sent.push(...(await sandbox.act('fanbook', 'sayMany', message)).messageIds);
		};
		for (let kill = 0; kill < MAIN_KILLS; kill += 1) {
			const started = (await readExecutions(host, id)).length;
			await send();
			await until(async () => (await readExecutions(host, id)).length > started, {
				what: 'the first messages to start executions',
			});
			await host.process.kill();
			await send();
			await startAfterCrash(host, PUBLISHED_CONNECTIONS + 1);
		}
		await send();
		const executions = await until(
			async () => {
				const rows = await readExecutions(host, id);
				const isOver = rows.every(({ status }) => !['new', 'running'].includes(status));
				return rows.length >= sent.length && isOver ? rows : undefined;
			},
			{ what: 'all executions', timeout: 180_000 },
		).catch(async () => await readExecutions(host, id));

		const messages = new Set(executions.map(({ message }) => message));
		const lost = sent.filter((message) => !messages.has(message));
		const known = new Set(executions.map((execution) => execution.id));
		// An execution that n8n replaced after a kill may have been started by a worker all the same.
		const replaced = host.workers
			.flatMap((worker) => worker.startedIds())
			.filter(
				(execution) => Number(execution) >= Number(executions[0]?.id) && !known.has(execution),
			);
		const states = [...new Set(executions.map(({ status }) => status))].join(', ');
		process.stdout.write(
			`      main process killed ${MAIN_KILLS} times: sent ${sent.length}, executions ${executions.length} (${states}), lost ${lost.length}, started twice ${replaced.length}\n`,
		);
		addEventRow(`Queue mode: Fanbook Trigger, main process killed ${MAIN_KILLS} times`, {
			tried: sent.length,
			lost: lost.length,
			repeated: replaced.length,
			kills: MAIN_KILLS,
			test: FILE,
		});
		assert.deepEqual(lost, []);
		assert.equal(executions.length, sent.length);
		assert.deepEqual(replaced, []);
		await n8n.deactivate(id);
	},
	{ timeoutMs: TEST_TIMEOUT_MS },
);
