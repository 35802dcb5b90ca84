/** The Fanbook Trigger in a real n8n, from a message in the service to a finished execution. */
import assert from 'node:assert/strict';
import { until } from '../../host/lib/processes.mjs';
import { ALWAYS, listening } from './support/fanbook.mjs';

const NAME = 'Fanbook Trigger: greet';

/** Lets a person write into the lobby. @returns the message as the service keeps it */
function say({ sandbox }, text) {
	const { lobbyChannelId, userId } = sandbox.demo.fanbook;
	return sandbox.act('fanbook', 'say', { channelId: lobbyChannelId, userId, text });
}

/** Waits for an execution of the trigger's workflow that began with this message. */
function startedBy({ n8n, demo }, messageId) {
	return until(
		async () => {
			for (const { id } of await n8n.executions(demo.workflows[NAME])) {
				const execution = await n8n.finished(id);
				const [item] = execution.items('A message with hello');
				if (item?.json.message_id === messageId) return execution;
			}
			return undefined;
		},
		{ what: `an execution for message ${messageId}` },
	);
}

export const checks = {
	async 'A message starts an execution whose message id is exact to the last digit'(host) {
		const message = await say(host, 'hello from the square');
		const execution = await startedBy(host, message.message_id);
		assert.equal(execution.status, 'success', execution.failure);
		assert.equal(execution.mode, 'trigger');
		const [{ json }] = execution.items('A message with hello');
		assert.equal(json.channel_id, host.sandbox.demo.fanbook.lobbyChannelId);
		assert.equal(json.user_id, host.sandbox.demo.fanbook.userId);
		assert.ok(BigInt(json.message_id) > BigInt(Number.MAX_SAFE_INTEGER));
	},

	async 'The answer arrives in the channel as a reply to that message'(host) {
		const message = await say(host, 'Hello, is anybody there?');
		await startedBy(host, message.message_id);
		const { lobbyChannelId } = host.sandbox.demo.fanbook;
		const [reply] = await host.sandbox.act('fanbook', 'messages', {
			channelId: lobbyChannelId,
			last: 1,
		});
		assert.equal(reply.quote_l1, message.message_id);
		assert.match(JSON.stringify(reply.content), /Hello, Bao!/);
	},

	async 'A message that does not fit starts nothing'(host) {
		const { n8n, demo } = host;
		const before = (await n8n.executions(demo.workflows[NAME])).length;
		await say(host, 'good morning');
		// What fits comes later on the same connection: once it is there, the other was passed over.
		const fitting = await say(host, 'and hello');
		await startedBy(host, fitting.message_id);
		assert.equal((await n8n.executions(demo.workflows[NAME])).length, before + 1);
	},

	async 'A test run in the editor ends with the first message that fits'(host) {
		const { n8n, demo } = host;
		const id = demo.workflows[NAME];
		await listening(host, ALWAYS, 'only the published workflow to listen');
		const { executionId } = await n8n.run(id, 'A message with hello');
		await listening(host, ALWAYS + 1, 'the test to listen');
		const message = await say(host, 'hello, test');
		const execution = await n8n.finished(executionId);
		assert.equal(execution.mode, 'manual');
		assert.equal(execution.items('A message with hello')[0].json.message_id, message.message_id);
		await listening(host, ALWAYS, 'the test to hang up');
	},

	async 'Unpublishing closes the connection, publishing opens one again'(host) {
		const { n8n, demo } = host;
		await n8n.deactivate(demo.workflows[NAME]);
		await listening(host, 0, 'the trigger to hang up');
		await n8n.activate(demo.workflows[NAME]);
		await listening(host, ALWAYS, 'the trigger to listen again');
		const message = await say(host, 'hello again');
		await startedBy(host, message.message_id);
	},
};
