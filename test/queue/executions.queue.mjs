/** Executions of the package's nodes on workers. */
import assert from 'node:assert/strict';
import { test } from './support/test.mjs';

/** @typedef {import('./support/test.mjs').QueueHost} Host */

const FANBOOK = 'Fanbook: send and read messages';
const EXECUTIONS = 20;

/**
 * @param {Host} host
 * @param {string} id of an execution
 * @returns {string[]} the names of the workers that started it
 */
function workersOf({ workers }, id) {
	return workers.filter((worker) => worker.startedIds().includes(id)).map(({ name }) => name);
}

/**
 * Runs a workflow and asserts that it succeeds on one worker.
 *
 * @param {Host} host
 * @param {string} name
 */
async function runOnWorker(host, name) {
	const execution = await host.n8n.runToEnd(host.demo.workflowId(name), 'Start');
	assert.equal(execution.status, 'success', execution.failure);
	assert.equal(workersOf(host, execution.id).length, 1, `no worker ran execution ${execution.id}`);
	return execution;
}

test('A worker sends and reads Fanbook messages with all digits of their IDs', async (host) => {
	const execution = await runOnWorker(host, FANBOOK);
	const sent = execution.firstItem('Send a message');
	const read = execution.items('Read the channel').map(({ json }) => json.message_id);
	assert.match(sent.json.message_id, /^\d{18,19}$/);
	assert.ok(read.includes(sent.json.message_id), `${sent.json.message_id} is not in the channel`);
});

test('A worker signs Fanfou requests', async (host) => {
	await runOnWorker(host, 'Fanfou: post and read the home timeline');
});

test('A worker uploads a file to Fanvue', async (host) => {
	await runOnWorker(host, 'Fanvue: publish a post with a picture');
});

test('Two workers share many concurrent executions, and all succeed', async (host) => {
	const { n8n, demo, sandbox, workers } = host;
	const before = workers.map((worker) => worker.startedIds().length);
	// Long enough that one worker cannot finish its five before the other one takes some.
	await sandbox.fault({
		kind: 'delay',
		service: 'fanbook',
		delayMs: 300,
		times: 3 * EXECUTIONS,
	});
	const started = await Promise.all(
		Array.from({ length: EXECUTIONS }, () => n8n.run(demo.workflowId(FANBOOK), 'Start')),
	);
	const ids = started.map(({ executionId }) => executionId);
	const executions = await Promise.all(ids.map((id) => n8n.finished(id)));
	assert.deepEqual(
		executions.filter(({ status }) => status !== 'success').map(({ failure }) => failure),
		[],
	);
	for (const id of ids) assert.equal(workersOf(host, id).length, 1, `execution ${id}`);
	const shares = workers.map((worker, index) => worker.startedIds().length - (before[index] ?? 0));
	assert.equal(
		shares.reduce((sum, share) => sum + share, 0),
		EXECUTIONS,
	);
	assert.ok(Math.min(...shares) >= 3, `the workers started ${shares.join(' and ')}`);
	const sent = executions.map((execution) => execution.firstItem('Send a message').json);
	assert.equal(new Set(sent.map((message) => message.message_id)).size, EXECUTIONS);
});
