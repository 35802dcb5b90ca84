/** What the tests of the Fanbook Trigger under load have in common. */
import assert from 'node:assert/strict';
import { until } from '../../../host/lib/processes.mjs';
import { addEventRow, compare, readExecutions } from './count.mjs';
import { connections } from './fanbook.mjs';
import { createChain, node } from './host.mjs';
import { countExecutions } from './recovery.mjs';

/** @typedef {import('../../../host/lib/types.ts').DemoHost} Host */

export const CREDENTIAL = 'fanbookBotApi';
/** A machine that is busy with other things takes several times as long as an idle one. */
export const TEST_TIMEOUT_MS = 2_400_000;
/** The trigger looks for missed messages once a minute. */
const QUIET_MS = 150_000;
const TRIGGER = 'Messages';

/**
 * Publishes a workflow that starts with the messages in the help channel.
 *
 * @param {Host} host
 * @param {string} name
 * @param {{ credential?: { id: string, name: string }, next?: import('../../../host/lib/types.ts').WorkflowNode }} [options]
 */
export async function publish(host, name, options = {}) {
	const { credential = host.demo.credential(CREDENTIAL), next } = options;
	const { helpChannelId: value } = host.sandbox.demo.fanbook;
	const channels = { channel: [{ channelId: { __rl: true, mode: 'id', value } }] };
	const before = (await host.sandbox.act('fanbook', 'gateway')).open;
	const workflow = await createChain(host, name, [
		node(
			TRIGGER,
			'fanbookTrigger',
			{ events: ['message'], channels },
			{ credentials: { [CREDENTIAL]: credential } },
		),
		next ?? node('End', 'n8n-nodes-base.noOp'),
	]);
	await host.n8n.activate(workflow);
	await connections(host, before + 1, `the trigger of ${name} to connect`);
	return workflow;
}

/**
 * Sends messages to the help channel, all at once.
 *
 * @param {Host} host
 * @param {number} count
 * @param {string} [text]
 * @returns {Promise<string[]>} their IDs
 */
export async function send({ sandbox }, count, text = 'message') {
	const { helpChannelId: channelId, userId } = sandbox.demo.fanbook;
	const message = { channelId, userId, text, count };
	return (await sandbox.act('fanbook', 'sayMany', message)).messageIds;
}

/**
 * Waits until messages have started executions, and asserts that each has started exactly one.
 *
 * @param {Host} host
 * @param {string} workflow
 * @param {string[]} sent
 * @param {{ name: string, test: string }} row
 */
export async function startedOnce(host, workflow, sent, { name, test }) {
	const from = Date.now();
	let count = -1;
	let grownAt = Date.now();
	await until(
		async () => {
			const now = await countExecutions(host, workflow);
			if (now !== count) grownAt = Date.now();
			count = now;
			return count >= sent.length || Date.now() - grownAt > QUIET_MS;
		},
		{ what: `${sent.length} executions`, timeout: TEST_TIMEOUT_MS },
	);
	// The last one may still run, and a repeated one may still start.
	await until(
		async () =>
			(await readExecutions(host, workflow, TRIGGER)).every(({ status }) => status !== 'running'),
		{ what: 'the executions to end' },
	);
	const executions = await readExecutions(host, workflow, TRIGGER);
	const { lost, repeated, foreign } = compare(sent, executions);
	const failed = executions.filter(({ status, ids }) => ids.length > 0 && status !== 'success');
	const seconds = Math.round((Date.now() - from) / 1000);
	process.stdout.write(
		`      ${name}: sent ${sent.length}, started ${executions.length}, lost ${lost}, repeated ${repeated.length}, failed ${failed.length}, all started ${seconds} s after the last was sent\n`,
	);
	addEventRow(name, { tried: sent.length, lost, repeated: repeated.length, test });
	assert.equal(lost, 0);
	assert.deepEqual(repeated, []);
	assert.deepEqual(foreign, []);
	assert.deepEqual(failed, []);
}
