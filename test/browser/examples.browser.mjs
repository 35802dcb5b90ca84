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

/** The nodes of an example, notes aside. */
const nodesOf = (name) => workflowsByName.get(name).nodes.filter(({ type }) => type !== NOTE);

const namesOf = (name) => nodesOf(name).map((node) => node.name);

/** Expects no warning on any node of the package in the open workflow. */
async function assertNothingLeft({ editor }, name) {
	for (const node of nodesOf(name).filter(({ type }) => type.startsWith(`${MANIFEST.name}.`))) {
		const issues = editor.nodeNamed(node.name).getByTestId('node-issues');
		assert.equal(await issues.count(), 0, `"${node.name}" of "${name}" needs something to be set`);
	}
}

/** Opens an example, runs it, and waits until every node has its green mark. */
export async function runExample(context, name) {
	const { editor, demo } = context;
	const names = namesOf(name);
	await editor.openWorkflow(demo.workflows[name], names);
	await assertNothingLeft(context, name);
	await editor.part('execute-workflow-button').click();
	for (const node of names)
		await editor.nodeNamed(node).getByTestId('canvas-node-status-success').waitFor();
	await editor.dismiss('Workflow executed successfully');
}

export const checks = {
	async 'Every example opens with nothing left to set'(context) {
		const { editor } = context;
		await editor.openOverview();
		for (const name of workflowsByName.keys())
			await editor.visit(name, namesOf(name), async () => {
				await assertNothingLeft(context, name);
				await editor.picture(name);
			});
	},

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
