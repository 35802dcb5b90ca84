/** Runs one workflow of a running n8n by its name, without the editor. */

const RUN_MS = 180_000;
const MANUAL = 'n8n-nodes-base.manualTrigger';

/**
 * Prints the output of the workflow's last node as JSON.
 *
 * @param {{ n8n: import('./rest.mjs').N8nRest }} host
 * @param {string} name of the workflow
 * @returns {Promise<number>} the exit code: 0 when it ran to its end, 1 otherwise
 */
export async function runByName({ n8n }, name) {
	const workflows = await n8n.workflows();
	const found = workflows.find((workflow) => workflow.name === name);
	if (!found) {
		console.error(`There is no workflow "${name}". These are there:`);
		for (const workflow of workflows) console.error(`  ${workflow.name}`);
		return 1;
	}
	const { nodes } = await n8n.workflow(found.id);
	const trigger = nodes.find(({ type }) => type === MANUAL);
	if (!trigger) {
		console.error(
			`"${name}" starts from an event and not by hand: publish it and cause the event.`,
		);
		return 1;
	}
	const execution = await n8n.runToEnd(found.id, trigger.name, RUN_MS);
	if (execution.status !== 'success') {
		console.error(execution.failure ?? `The execution ended as "${execution.status}".`);
		return 1;
	}
	console.log(
		JSON.stringify(
			execution.items().map(({ json }) => json),
			null,
			2,
		),
	);
	return 0;
}
