/** The Fanbook Trigger in a real n8n, from a message in the service to a finished execution. */
import assert from 'node:assert/strict';
import { until } from '../../host/lib/processes.mjs';
import { connections, PUBLISHED_CONNECTIONS } from './support/fanbook.mjs';
import { channelMessages } from './support/host.mjs';
import { test } from './support/test.mjs';

/** @typedef {import('../../host/lib/types.ts').DemoHost} Host */

const NAME = 'Fanbook Trigger: greet';
const TRIGGER = 'A message with hello';

/**
 * Sends a message to the lobby as a member.
 *
 * @param {Host} host
 * @param {string} text
 * @returns {Promise<{ message_id: string }>} the message as the service stores it
 */
function sendMessage({ sandbox }, text) {
	const { lobbyChannelId, userId } = sandbox.demo.fanbook;
	return sandbox.act('fanbook', 'say', { channelId: lobbyChannelId, userId, text });
}

/**
 * Waits for an execution of the trigger's workflow that a message started.
 *
 * @param {Host} host
 * @param {string} messageId
 */
function executionFor({ n8n, demo }, messageId) {
	return until(
		async () => {
			for (const { id } of await n8n.executions(demo.workflowId(NAME))) {
				const execution = await n8n.finished(id);
				const [item] = execution.items(TRIGGER);
				if (item?.json.message_id === messageId) return execution;
			}
			return undefined;
		},
		{ what: `an execution for message ${messageId}` },
	);
}

test(
	'A message starts an execution with all digits of its ID',
	async (host) => {
		const message = await sendMessage(host, 'hello from the square');
		const execution = await executionFor(host, message.message_id);
		assert.equal(execution.status, 'success', execution.failure);
		assert.equal(execution.mode, 'trigger');
		const { json } = execution.firstItem(TRIGGER);
		assert.equal(json.channel_id, host.sandbox.demo.fanbook.lobbyChannelId);
		assert.equal(json.user_id, host.sandbox.demo.fanbook.userId);
		assert.ok(BigInt(json.message_id) > BigInt(Number.MAX_SAFE_INTEGER));
	},
	{ requires: ['webSocket'] },
);

test(
	'The workflow replies to the message that started it',
	async (host) => {
		const message = await sendMessage(host, 'Hello, is anybody there?');
		await executionFor(host, message.message_id);
		const [reply] = await channelMessages(host, host.sandbox.demo.fanbook.lobbyChannelId);
		assert.equal(reply.quote_l1, message.message_id);
		assert.match(JSON.stringify(reply.content), /Hello, Bao!/);
	},
	{ requires: ['webSocket'] },
);

test(
	'A message that does not match the filter starts no execution',
	async (host) => {
		const { n8n, demo } = host;
		const before = (await n8n.executions(demo.workflowId(NAME))).length;
		await sendMessage(host, 'good morning');
		// A later message on the same connection has started its execution, so the first one was skipped.
		const matching = await sendMessage(host, 'and hello');
		await executionFor(host, matching.message_id);
		assert.equal((await n8n.executions(demo.workflowId(NAME))).length, before + 1);
	},
	{ requires: ['webSocket'] },
);

test(
	'A test run in the editor ends with the first matching message',
	async (host) => {
		const { n8n, demo } = host;
		const id = demo.workflowId(NAME);
		await connections(host, PUBLISHED_CONNECTIONS, 'only the published workflow to be connected');
		const { executionId } = await n8n.run(id, TRIGGER);
		await connections(host, PUBLISHED_CONNECTIONS + 1, 'the test run to connect');
		const message = await sendMessage(host, 'hello, test');
		const execution = await n8n.finished(executionId);
		assert.equal(execution.mode, 'manual');
		assert.equal(execution.firstItem(TRIGGER).json.message_id, message.message_id);
		await connections(host, PUBLISHED_CONNECTIONS, 'the test run to disconnect');
	},
	{ requires: ['webSocket'] },
);

test(
	'Unpublishing closes the connection, and publishing opens one again',
	async (host) => {
		const { n8n, demo } = host;
		await n8n.deactivate(demo.workflowId(NAME));
		await connections(host, 0, 'the trigger to disconnect');
		await n8n.activate(demo.workflowId(NAME));
		await connections(host, PUBLISHED_CONNECTIONS, 'the trigger to connect');
		const message = await sendMessage(host, 'hello again');
		await executionFor(host, message.message_id);
	},
	{ requires: ['webSocket'] },
);
