/** The Fanbook Trigger in queue mode: the main process receives events, workers run the executions. */
import assert from 'node:assert/strict';
import { until } from '../../host/lib/processes.mjs';
import { test } from './support/test.mjs';

/** @typedef {import('./support/test.mjs').QueueHost} Host */

const NAME = 'Fanbook Trigger: greet';
const TRIGGER = 'A message with hello';

/**
 * Waits until a number of gateway connections is open.
 *
 * @param {Host} host
 * @param {number} count
 * @param {string} what is expected to happen
 */
function connections({ sandbox }, count, what) {
	return until(async () => (await sandbox.act('fanbook', 'gateway')).open === count, { what });
}

/**
 * Sends a message to the lobby as a member.
 *
 * @param {Host} host
 * @param {string} text
 * @returns {Promise<string>} the ID of the message
 */
async function sendMessage({ sandbox }, text) {
	const { lobbyChannelId, userId } = sandbox.demo.fanbook;
	const input = { channelId: lobbyChannelId, userId, text };
	return (await sandbox.act('fanbook', 'say', input)).message_id;
}

/**
 * Waits for the finished execution that a message started.
 *
 * @param {Host} host
 * @param {string} messageId
 */
function executionFor({ n8n, demo }, messageId) {
	return until(
		async () => {
			for (const { id } of await n8n.executions(demo.workflowId(NAME))) {
				const execution = await n8n.finished(id);
				if (execution.items(TRIGGER)[0]?.json.message_id === messageId) return execution;
			}
			return undefined;
		},
		{ what: `an execution for message ${messageId}` },
	);
}

test('A message to a published trigger starts an execution on a worker with its exact ID', async (host) => {
	await connections(host, 1, 'exactly one process to be connected');
	const messageId = await sendMessage(host, 'hello from the queue');
	const execution = await executionFor(host, messageId);
	assert.equal(execution.status, 'success', execution.failure);
	assert.equal(execution.mode, 'trigger');
	assert.ok(BigInt(messageId) > BigInt(Number.MAX_SAFE_INTEGER));
	const workers = host.workers.filter((worker) => worker.startedIds().includes(execution.id));
	assert.equal(workers.length, 1, `no worker ran execution ${execution.id}`);
});

test('A test run in the editor receives a message and disconnects', async (host) => {
	const { n8n, demo } = host;
	const { executionId } = await n8n.run(demo.workflowId(NAME), TRIGGER);
	await connections(host, 2, 'the test run to connect');
	const messageId = await sendMessage(host, 'hello, test');
	const execution = await n8n.finished(executionId);
	assert.equal(execution.status, 'success', execution.failure);
	assert.equal(execution.firstItem(TRIGGER).json.message_id, messageId);
	await connections(host, 1, 'the test run to disconnect');
});

test('Unpublishing closes the connection, and publishing opens one again', async (host) => {
	const { n8n, demo } = host;
	for (let round = 0; round < 2; round += 1) {
		await n8n.deactivate(demo.workflowId(NAME));
		await connections(host, 0, 'the trigger to disconnect');
		await n8n.activate(demo.workflowId(NAME));
		await connections(host, 1, 'the trigger to connect');
	}
	const messageId = await sendMessage(host, 'hello again');
	await executionFor(host, messageId);
	await n8n.deactivate(demo.workflowId(NAME));
	await connections(host, 0, 'the trigger to disconnect');
});
