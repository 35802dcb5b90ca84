/** Opens and runs the example workflows in the editor. */
import assert from 'node:assert/strict';
import { findByName, readExamples } from '../../../host/lib/demo.mjs';
import { MANIFEST } from '../../../host/lib/paths.mjs';

const NOTE = 'n8n-nodes-base.stickyNote';

const workflows = readExamples().map(({ workflow }) => workflow);

/** The names of all example workflows. */
export const exampleNames = workflows.map(({ name }) => name);

/**
 * @param {string} name of an example
 * @returns {import('../../../host/lib/types.ts').WorkflowNode[]} its nodes without notes
 */
function nodesOf(name) {
	const workflow = findByName(workflows, name);
	assert.ok(workflow, `There is no example "${name}"`);
	return workflow.nodes.filter(({ type }) => type !== NOTE);
}

/**
 * @param {string} name of an example
 * @returns {string[]} the names of its nodes without notes
 */
export function nodeNamesOf(name) {
	return nodesOf(name).map((node) => node.name);
}

/**
 * Asserts that no node of the package in the open workflow shows a warning.
 *
 * @param {import('./test.mjs').BrowserHost} host
 * @param {string} name of the workflow
 */
export async function assertNoWarnings({ editor }, name) {
	for (const node of nodesOf(name).filter(({ type }) => type.startsWith(`${MANIFEST.name}.`))) {
		const issues = editor.nodeNamed(node.name).getByTestId('node-issues');
		assert.equal(await issues.count(), 0, `"${node.name}" of "${name}" shows a warning`);
	}
}

/**
 * Opens an example, runs it, and waits until every node is marked as successful.
 *
 * @param {import('./test.mjs').BrowserHost} host
 * @param {string} name
 */
export async function runExample(host, name) {
	const { editor, demo } = host;
	const names = nodeNamesOf(name);
	await editor.openWorkflow(demo.workflowId(name), names);
	await assertNoWarnings(host, name);
	await editor.part('execute-workflow-button').click();
	for (const node of names)
		await editor.nodeNamed(node).getByTestId('canvas-node-status-success').waitFor();
	await editor.dismiss('Workflow executed successfully');
}
