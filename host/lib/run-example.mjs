/** Runs one workflow of a running n8n by its name, without the editor. */
import { MANIFEST } from './paths.mjs';
import { until } from './processes.mjs';

const RUN_MS = 180_000;
const MANUAL = 'n8n-nodes-base.manualTrigger';
/** Takes a sample of what is there when it is started by hand. */
const FANFOU_TRIGGER = `${MANIFEST.name}.fanfouTrigger`;
const FANBOOK_TRIGGER = `${MANIFEST.name}.fanbookTrigger`;

/** Says hello in the sandbox, as one of its people, and waits for the execution this starts. */
async function runByMessage({ n8n, sandbox }, workflow) {
	if (!workflow.activeVersionId) {
		throw new Error(
			`"${workflow.name}" is not published, so that nothing starts it. Publish it first.`,
		);
	}
	const [last] = await n8n.executions(workflow.id, 1);
	const { lobbyChannelId, userId } = sandbox.demo.fanbook;
	await sandbox.act('fanbook', 'say', { channelId: lobbyChannelId, userId, text: 'hello' });
	const started = await until(
		async () => {
			const [latest] = await n8n.executions(workflow.id, 1);
			return latest && latest.id !== last?.id ? latest : undefined;
		},
		{ what: 'the message to start the workflow' },
	);
	return await n8n.finished(started.id, RUN_MS);
}

/** @returns {Promise<import('./rest.mjs').Execution>} the finished execution of a workflow */
async function runWorkflow(host, workflow) {
	const { nodes } = workflow;
	const manual =
		nodes.find(({ type }) => type === MANUAL) ?? nodes.find(({ type }) => type === FANFOU_TRIGGER);
	if (manual) return await host.n8n.runToEnd(workflow.id, manual.name, RUN_MS);
	if (nodes.some(({ type }) => type === FANBOOK_TRIGGER)) return await runByMessage(host, workflow);
	throw new Error(
		`"${workflow.name}" starts from an event and not by hand: publish it and cause the event.`,
	);
}

/**
 * Prints the output of the workflow's last node as JSON. A workflow that starts from a Fanbook message
 * gets one from the sandbox.
 *
 * @param {{ n8n: import('./rest.mjs').N8nRest, sandbox: import('./sandbox.mjs').SandboxDriver }} host
 * @param {string} name of the workflow
 * @returns {Promise<number>} the exit code: 0 when it ran to its end, 1 otherwise
 */
export async function runByName(host, name) {
	const workflows = await host.n8n.workflows();
	const found = workflows.find((workflow) => workflow.name === name);
	if (!found) {
		console.error(`There is no workflow "${name}". These are there:`);
		for (const workflow of workflows) console.error(`  ${workflow.name}`);
		return 1;
	}
	const execution = await runWorkflow(host, await host.n8n.workflow(found.id));
	if (execution.status !== 'success') {
		console.error(execution.failure ?? `The execution ended as "${execution.status}".`);
		return 1;
	}
	const output = execution.items().map(({ json }) => json);
	console.log(JSON.stringify(output, null, 2));
	return 0;
}
