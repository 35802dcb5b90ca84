/** Workers that are killed during their work. */
import assert from 'node:assert/strict';
import { until } from '../../host/lib/processes.mjs';
import { createChain, node } from '../e2e/support/host.mjs';
import { addRow } from '../reliability/support/rows.mjs';
import { test } from './support/test.mjs';

/** @typedef {import('./support/test.mjs').QueueHost} Host */

const FILE = 'test/queue/workerKills.queue.mjs';
const TEST_TIMEOUT_MS = 600_000;
const CREDENTIAL = 'fanbookBotApi';

const WORKER_KILLS = 10;
const WRITES = 100;
const WRITES_BEFORE_KILL = 30;
const WRITE_MS = 50;

/**
 * Counts the messages of the bot in the help channel, by their text.
 *
 * @param {Host} host
 * @param {string} prefix of the texts
 * @returns {Promise<Map<string, number>>}
 */
async function sentTexts({ sandbox }, prefix) {
	const { helpChannelId: channelId } = sandbox.demo.fanbook;
	/** @type {Array<{ content: string }>} */
	const messages = await sandbox.act('fanbook', 'messages', { channelId, last: 5_000 });
	/** @type {Map<string, number>} */
	const counts = new Map();
	for (const { content } of messages) {
		const { text } = JSON.parse(content);
		if (typeof text !== 'string' || !text.startsWith(prefix)) continue;
		counts.set(text, (counts.get(text) ?? 0) + 1);
	}
	return counts;
}

test(
	'Killing a worker in the middle of 100 writes repeats none of them, and the execution ends as failed',
	async (host) => {
		const { n8n, demo, sandbox, workers } = host;
		const { helpChannelId } = sandbox.demo.fanbook;
		const credentials = { [CREDENTIAL]: demo.credential(CREDENTIAL) };
		/** @type {Array<{ prefix: string, executionId: string }>} */
		const runs = [];
		await sandbox.fault({
			kind: 'delay',
			service: 'fanbook',
			endpoint: 'message.send',
			delayMs: WRITE_MS,
			times: 2 * WORKER_KILLS * WRITES,
		});
		for (let kill = 0; kill < WORKER_KILLS; kill += 1) {
			const prefix = `kill ${kill}, write `;
			const jsCode = `return Array.from({ length: ${WRITES} }, (_, n) => ({ json: { text: '${prefix}' + n } }));`;
			const id = await createChain(host, `Writes ${kill}`, [
				node('Start', 'n8n-nodes-base.manualTrigger'),
				node('Items', 'n8n-nodes-base.code', { jsCode }, { typeVersion: 2 }),
				node(
					'Send',
					'fanbook',
					{
						resource: 'message',
						operation: 'send',
						sendTo: 'channel',
						messageType: 'text',
						chatId: { __rl: true, mode: 'id', value: helpChannelId },
						text: '={{ $json.text }}',
						options: { concurrency: 1 },
					},
					{ credentials },
				),
			]);
			const { executionId } = await n8n.run(id, 'Start');
			runs.push({ prefix, executionId });
			await until(async () => (await sentTexts(host, prefix)).size >= WRITES_BEFORE_KILL, {
				what: `${WRITES_BEFORE_KILL} writes`,
			});
			const worker = workers.find((one) => one.startedIds().includes(executionId));
			assert.ok(worker, `no worker ran execution ${executionId}`);
			await host.startAgain(worker);
		}
		let repeated = 0;
		/** @type {string[]} */
		const ends = [];
		for (const { prefix, executionId } of runs) {
			// Redis gives a job to another worker some time after the one that had it is gone.
			const status = await until(
				async () => {
					const { status } = await n8n.execution(executionId);
					return ['new', 'running'].includes(status) ? undefined : status;
				},
				{ what: `execution ${executionId} to end`, timeout: 180_000 },
			);
			const counts = await sentTexts(host, prefix);
			repeated += [...counts.values()].filter((count) => count > 1).length;
			ends.push(`${status} after ${counts.size}`);
		}
		await sandbox.admin('DELETE', 'faults');
		process.stdout.write(
			`      ${WORKER_KILLS} workers killed: ${ends.join(', ')}; ${repeated} writes repeated\n`,
		);
		addRow({
			case: `Queue mode: a worker killed in the middle of ${WRITES} writes, ${WORKER_KILLS} times`,
			tried: WORKER_KILLS,
			survived: WORKER_KILLS - Math.min(repeated, WORKER_KILLS),
			lost: 0,
			repeated,
			leaked: 0,
			kills: WORKER_KILLS,
			test: FILE,
		});
		assert.equal(repeated, 0);
		for (const end of ends) assert.match(end, /^(?:crashed|error) after/);
	},
	{ timeoutMs: TEST_TIMEOUT_MS },
);
