/** The example workflows, opened and run as a newcomer does. */
import assert from 'node:assert/strict';
import { readExamples } from '../../host/lib/demo.mjs';
import { MANIFEST } from '../../host/lib/paths.mjs';

const NOTE = 'n8n-nodes-base.stickyNote';

/** One of each service that is started by hand and needs nothing but its service. */
const TO_RUN = [
	'Fanbook: send and read messages',
	'Fanfou: post and read the home timeline',
	'Fanvue: publish a post with a picture',
];

const workflowsByName = new Map(readExamples().map(({ workflow }) => [workflow.name, workflow]));

/**
 * Opens an example as it was imported, and expects no warning on any node of the package.
 *
 * @returns the names of its nodes, notes aside
 */
async function open({ editor, demo }, name) {
	const nodes = workflowsByName.get(name).nodes.filter(({ type }) => type !== NOTE);
	const names = nodes.map((node) => node.name);
	await editor.openWorkflow(demo.workflows[name], names);
	for (const node of nodes.filter(({ type }) => type.startsWith(`${MANIFEST.name}.`))) {
		const issues = editor.nodeNamed(node.name).getByTestId('node-issues');
		assert.equal(await issues.count(), 0, `"${node.name}" needs something to be set`);
	}
	return names;
}

/** Opens an example, runs it, and waits until every node has its green mark. */
export async function runExample(context, name) {
	const { editor } = context;
	const names = await open(context, name);
	await editor.part('execute-workflow-button').click();
	for (const node of names)
		await editor.nodeNamed(node).getByTestId('canvas-node-status-success').waitFor();
	await editor.dismiss('Workflow executed successfully');
}

export const checks = {
	...Object.fromEntries(
		[...workflowsByName.keys()]
			.filter((name) => !TO_RUN.includes(name))
			.map((name) => [
				`"${name}" opens with nothing left to set`,
				async (context) => {
					await open(context, name);
					await context.editor.picture(name);
				},
			]),
	),
	...Object.fromEntries(
		TO_RUN.map((name) => [
			`"${name}" runs to its end`,
			async (context) => {
				await runExample(context, name);
				await context.editor.picture(`${name}, run`);
			},
		]),
	),
};
