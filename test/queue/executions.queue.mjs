/** Executions of our nodes on workers. */
import assert from 'node:assert/strict';

const FANBOOK = 'Fanbook: send and read messages';
const SIDE_BY_SIDE = 20;

/** @returns {string[]} the names of the workers that began an execution */
function ranOn({ workers }, id) {
	return workers.filter((worker) => worker.begun().includes(id)).map(({ name }) => name);
}

/** Runs a workflow to its end and expects that one worker did it. */
async function runOnWorker(host, name) {
	const execution = await host.n8n.runToEnd(host.demo.workflows[name], 'Start');
	assert.equal(execution.status, 'success', execution.failure);
	assert.equal(ranOn(host, execution.id).length, 1, `execution ${execution.id} was on no worker`);
	return execution;
}

export const checks = {
	async 'Fanbook: messages are sent and read on a worker, with all digits'(host) {
		const execution = await runOnWorker(host, FANBOOK);
		const [sent] = execution.items('Send a message');
		const read = execution.items('Read the channel').map(({ json }) => json.message_id);
		assert.match(sent.json.message_id, /^\d{18,19}$/);
		assert.ok(read.includes(sent.json.message_id), `${sent.json.message_id} was not read back`);
	},

	async 'Fanfou: a request is signed on a worker'(host) {
		await runOnWorker(host, 'Fanfou: post and read the home timeline');
	},

	async 'Fanvue: a file is uploaded on a worker'(host) {
		await runOnWorker(host, 'Fanvue: publish a post with a picture');
	},

	async 'Many executions side by side are shared by both workers, and all succeed'(host) {
		const { n8n, demo, sandbox, workers } = host;
		const before = workers.map((worker) => worker.begun().length);
		// Long enough that one worker cannot have done its five before the other looks.
		await sandbox.fault({
			kind: 'delay',
			service: 'fanbook',
			delayMs: 300,
			times: 3 * SIDE_BY_SIDE,
		});
		const started = await Promise.all(
			Array.from({ length: SIDE_BY_SIDE }, () => n8n.run(demo.workflows[FANBOOK], 'Start')),
		);
		const ids = started.map(({ executionId }) => executionId);
		const executions = await Promise.all(ids.map((id) => n8n.finished(id)));
		assert.deepEqual(
			executions.filter(({ status }) => status !== 'success').map(({ failure }) => failure),
			[],
		);
		for (const id of ids) assert.equal(ranOn(host, id).length, 1, `execution ${id}`);
		const shares = workers.map((worker, index) => worker.begun().length - before[index]);
		assert.equal(shares[0] + shares[1], SIDE_BY_SIDE);
		assert.ok(Math.min(...shares) >= 3, `the workers began ${shares.join(' and ')}`);
		const sent = executions.map((execution) => execution.items('Send a message')[0].json);
		assert.equal(new Set(sent.map((message) => message.message_id)).size, SIDE_BY_SIDE);
	},
};
