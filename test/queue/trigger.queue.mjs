/** The Fanbook Trigger where the main listens and workers do the work. */
import assert from 'node:assert/strict';
import { until } from '../../host/lib/processes.mjs';

const NAME = 'Fanbook Trigger: greet';
const TRIGGER = 'A message with hello';

/** How many gateway connections are open. */
async function open({ sandbox }) {
	return (await sandbox.act('fanbook', 'gateway')).open;
}

/** Lets a person write into the lobby. @returns the message's id as the service keeps it */
async function say({ sandbox }, text) {
	const { lobbyChannelId, userId } = sandbox.demo.fanbook;
	const input = { channelId: lobbyChannelId, userId, text };
	return (await sandbox.act('fanbook', 'say', input)).message_id;
}

/** Waits for the finished execution that a message started. */
function startedBy({ n8n, demo }, messageId) {
	return until(
		async () => {
			for (const { id } of await n8n.executions(demo.workflows[NAME])) {
				const execution = await n8n.finished(id);
				if (execution.items(TRIGGER)[0]?.json.message_id === messageId) return execution;
			}
			return undefined;
		},
		{ what: `an execution for message ${messageId}` },
	);
}

export const checks = {
	async 'A message to the published trigger is worked off on a worker, its id exact'(host) {
		assert.equal(await open(host), 1, 'one process listens, and no more');
		const messageId = await say(host, 'hello from the queue');
		const execution = await startedBy(host, messageId);
		assert.equal(execution.status, 'success', execution.failure);
		assert.equal(execution.mode, 'trigger');
		assert.ok(BigInt(messageId) > BigInt(Number.MAX_SAFE_INTEGER));
		const on = host.workers.filter((worker) => worker.begun().includes(execution.id));
		assert.equal(on.length, 1, `execution ${execution.id} was on no worker`);
	},

	async 'A test in the editor receives a message and hangs up'(host) {
		const { n8n, demo } = host;
		const { executionId } = await n8n.run(demo.workflows[NAME], TRIGGER);
		await until(async () => (await open(host)) === 2, { what: 'the test to listen' });
		const messageId = await say(host, 'hello, test');
		const execution = await n8n.finished(executionId);
		assert.equal(execution.status, 'success', execution.failure);
		assert.equal(execution.items(TRIGGER)[0].json.message_id, messageId);
		await until(async () => (await open(host)) === 1, { what: 'the test to hang up' });
	},

	async 'Unpublishing leaves no connection behind, publishing makes one again'(host) {
		const { n8n, demo } = host;
		for (let round = 0; round < 2; round += 1) {
			await n8n.deactivate(demo.workflows[NAME]);
			await until(async () => (await open(host)) === 0, { what: 'the trigger to hang up' });
			await n8n.activate(demo.workflows[NAME]);
			await until(async () => (await open(host)) === 1, { what: 'the trigger to listen' });
		}
		const messageId = await say(host, 'hello again');
		await startedBy(host, messageId);
		await n8n.deactivate(demo.workflows[NAME]);
		await until(async () => (await open(host)) === 0, { what: 'the trigger to hang up' });
	},
};
