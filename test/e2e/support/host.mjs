/** What several end-to-end tests do with a running n8n and its sandbox. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { MANIFEST } from '../../../host/lib/paths.mjs';
import { until } from '../../../host/lib/processes.mjs';

/** @typedef {import('../../../host/lib/types.ts').DemoHost} Host */
/** @typedef {import('../../../host/lib/types.ts').WorkflowNode} WorkflowNode */

/** n8n requires one minute between polls, but accepts any number of schedules. */
export const EVERY_FIVE_SECONDS = Array.from({ length: 12 }, (_, index) => ({
	mode: 'custom',
	cronExpression: `${index * 5} * * * * *`,
}));

/**
 * Describes a node of a workflow.
 *
 * @param {string} name
 * @param {string} type with its package, or only the name of a node of this package
 * @param {object} [parameters]
 * @param {Partial<WorkflowNode>} [more]
 * @returns {WorkflowNode}
 */
export function node(name, type, parameters = {}, more = {}) {
	return {
		id: randomUUID(),
		name,
		type: type.includes('.') ? type : `${MANIFEST.name}.${type}`,
		typeVersion: 1,
		position: [0, 0],
		parameters,
		...more,
	};
}

/**
 * Creates a workflow of nodes that follow one another.
 *
 * @param {Host} host
 * @param {string} name
 * @param {WorkflowNode[]} nodes
 * @returns {Promise<string>} its ID
 */
export async function createChain({ n8n }, name, nodes) {
	const connections = Object.fromEntries(
		nodes.slice(0, -1).map((one, index) => {
			const next = nodes[index + 1]?.name;
			return [one.name, { main: [[{ node: next, type: 'main', index: 0 }]] }];
		}),
	);
	const { id } = await n8n.createWorkflow({ name, nodes, connections });
	return id;
}

/**
 * Runs an example workflow manually and asserts that it succeeds.
 *
 * @param {Host} host
 * @param {string} name
 * @param {string} [trigger] the node to start from
 */
export async function runExample({ n8n, demo }, name, trigger = 'Start') {
	const execution = await n8n.runToEnd(demo.workflowId(name), trigger);
	assert.equal(execution.status, 'success', execution.failure);
	return execution;
}

/**
 * Enables the nodes of the package that an example has disabled, as a user does before publishing.
 *
 * @param {Pick<Host, 'n8n'>} host
 * @param {string} id of a workflow
 */
export async function enableTriggers({ n8n }, id) {
	const { nodes, connections, versionId } = await n8n.workflow(id);
	const enabled = nodes.map((one) =>
		one.type === `${MANIFEST.name}.fanvueTrigger` ? { ...one, disabled: false } : one,
	);
	await n8n.updateWorkflow({ id, nodes: enabled, connections, versionId });
}

/**
 * Waits until an execution waits for a person's response.
 *
 * @param {Host} host
 * @param {string} executionId
 */
export async function waitsForResponse({ n8n }, executionId) {
	await until(
		async () => {
			const { status } = await n8n.execution(executionId);
			assert.ok(['running', 'new', 'waiting'].includes(status), status);
			return status === 'waiting';
		},
		{ what: 'the execution to wait for a response' },
	);
}

/**
 * @param {Host} host
 * @param {'fanvue' | 'fanfou' | 'fanbook'} service
 * @param {number} after number of a request
 * @returns {Promise<string[]>} how later requests to a service violated its contract
 */
export async function contractViolations({ sandbox }, service, after) {
	const requests = await sandbox.requests({ service, after });
	assert.ok(requests.length > 0, `${service} received no request`);
	return requests.flatMap((request) =>
		request.violations.map(({ message }) => `${request.path}: ${message}`),
	);
}

/**
 * @param {Host} host
 * @param {string} channelId
 * @param {number} [count]
 * @returns {Promise<import('../../../host/lib/types.ts').Json[]>} the latest messages of a Fanbook
 *   channel, newest first, with their content parsed
 */
export async function channelMessages({ sandbox }, channelId, count = 1) {
	/** @type {import('../../../host/lib/types.ts').Json[]} */
	const messages = await sandbox.act('fanbook', 'messages', { channelId, last: count });
	return messages.map((message) => ({
		...message,
		content: typeof message.content === 'string' ? JSON.parse(message.content) : message.content,
	}));
}

/**
 * Reads a file in an item, wherever n8n stores it.
 *
 * @param {Host} host
 * @param {import('../../../host/lib/types.ts').BinaryFile | undefined} file
 * @returns {Promise<string>} its text
 */
export async function readBinaryText({ n8n }, file) {
	assert.ok(file, 'the item has no such file');
	if (!file.id) return Buffer.from(file.data, 'base64').toString('utf8');
	const path = `/rest/binary-data?id=${encodeURIComponent(file.id)}&action=download`;
	const response = await fetch(n8n.base + path, { headers: n8n.headers() });
	assert.equal(response.status, 200);
	return await response.text();
}
