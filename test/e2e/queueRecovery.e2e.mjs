/**
 * The Fanbook Trigger in mode Update Queue loses at most one response of the queue when n8n is killed,
 * and starts no update twice. Fanbook forgets what was read.
 */
import assert from 'node:assert/strict';
import { until } from '../../host/lib/processes.mjs';
import { addEventRow, compare, readExecutions } from './support/count.mjs';
import { PUBLISHED_CONNECTIONS } from './support/fanbook.mjs';
import { createChain, node } from './support/host.mjs';
import { countExecutions, startAfterCrash } from './support/recovery.mjs';
import { test } from './support/test.mjs';

/** @typedef {import('../../host/lib/types.ts').DemoHost} Host */

const TEST_TIMEOUT_MS = 1_200_000;
const KILLS = 3;
const UPDATES_BEFORE_KILL = 190;
const UPDATES_WHILE_DOWN = 10;
const UPDATES = KILLS * (UPDATES_BEFORE_KILL + UPDATES_WHILE_DOWN) + 2;
/** Most updates in one response of the queue. */
const PAGE_SIZE = 100;
const TRIGGER = 'Mentions in the queue';
const CREDENTIAL = 'fanbookBotApi';

/**
 * Mentions the bot in the lobby, which puts an update into its queue.
 *
 * @param {Host} host
 * @param {number} count
 * @returns {Promise<string[]>} the IDs of the messages
 */
async function mention({ sandbox }, count) {
	const { lobbyChannelId, userId, botId } = sandbox.demo.fanbook;
	/** @type {string[]} */
	const ids = [];
	for (let number = 0; number < count; number += 1) {
		const text = `\${@!${botId}} mention ${number}`;
		const message = { channelId: lobbyChannelId, userId, text };
		const { message_id: id } = await sandbox.act('fanbook', 'say', message);
		ids.push(id);
	}
	return ids;
}

test(
	`${UPDATES} updates survive ${KILLS} kills of n8n, but for one response of the queue at each`,
	async (host) => {
		const parameters = { connectionMode: 'updateQueue', events: ['botMentioned'] };
		const credentials = { [CREDENTIAL]: host.demo.credential(CREDENTIAL) };
		const workflow = await createChain(host, 'Queue recovery', [
			node(TRIGGER, 'fanbookTrigger', parameters, { credentials }),
			node('End', 'n8n-nodes-base.noOp'),
		]);
		await host.n8n.activate(workflow);
		const sent = await mention(host, 1);
		await until(async () => (await countExecutions(host, workflow)) >= 1, {
			what: 'the first update to start the workflow',
		});
		for (let kill = 0; kill < KILLS; kill += 1) {
			sent.push(...(await mention(host, UPDATES_BEFORE_KILL)));
			await host.process.kill();
			sent.push(...(await mention(host, UPDATES_WHILE_DOWN)));
			await startAfterCrash(host, PUBLISHED_CONNECTIONS);
		}
		const last = await mention(host, 1);
		sent.push(...last);
		// The queue is read in order, so the last update means that the others have been read.
		const read = async () => await readExecutions(host, workflow, TRIGGER);
		await until(
			async () => {
				await countExecutions(host, workflow);
				return (await read()).some(({ ids }) => ids.includes(last[0] ?? ''));
			},
			{ what: 'the last update to start the workflow', timeout: TEST_TIMEOUT_MS - 60_000 },
		);
		const executions = await read();
		const { lost, repeated, foreign } = compare(sent, executions);
		process.stdout.write(
			`      sent ${sent.length}, started ${executions.length}, lost ${lost} in ${KILLS} kills, repeated ${repeated.length}\n`,
		);
		// The docs promise that at most one response of the queue is lost in a kill.
		addEventRow(`Fanbook Trigger, update queue: n8n killed ${KILLS} times`, {
			tried: UPDATES,
			lost: Math.max(lost - KILLS * PAGE_SIZE, 0),
			repeated: repeated.length,
			kills: KILLS,
			test: 'test/e2e/queueRecovery.e2e.mjs',
		});
		assert.deepEqual(repeated, []);
		assert.deepEqual(foreign, []);
		assert.ok(lost <= KILLS * PAGE_SIZE, `${lost} updates were lost`);
	},
	{ timeoutMs: TEST_TIMEOUT_MS, requires: ['webSocket'] },
);
