/** Runs one workflow of a running n8n by its name, without the editor. */
import { MANIFEST } from './paths.mjs';
import { until } from './processes.mjs';

const RUN_TIMEOUT_MS = 180_000;
const MANUAL_TRIGGER = 'n8n-nodes-base.manualTrigger';
/** When started manually, it returns a sample of the existing statuses. */
const FANFOU_TRIGGER = `${MANIFEST.name}.fanfouTrigger`;
const FANBOOK_TRIGGER = `${MANIFEST.name}.fanbookTrigger`;

/** @typedef {Pick<import('./types.ts').BootedHost, 'n8n'> & { sandbox: import('./sandbox.mjs').SandboxClient }} Host */

/**
 * Sends a message in the sandbox as one of its members, and waits for the execution that it starts.
 *
 * @param {Host} host
 * @param {import('./types.ts').Workflow} workflow
 */
async function runByMessage({ n8n, sandbox }, workflow) {
	if (!workflow.active && !workflow.activeVersionId) {
		throw new Error(`"${workflow.name}" is not published. Publish it first.`);
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
	return await n8n.finished(started.id, RUN_TIMEOUT_MS);
}

/**
 * @param {Host} host
 * @param {import('./types.ts').Workflow} workflow
 * @returns {Promise<import('./rest.mjs').Execution>} the finished execution
 */
async function runWorkflow(host, workflow) {
	const { nodes } = workflow;
	const manual =
		nodes.find(({ type }) => type === MANUAL_TRIGGER) ??
		nodes.find(({ type }) => type === FANFOU_TRIGGER);
	if (manual) return await host.n8n.runToEnd(workflow.id, manual.name, RUN_TIMEOUT_MS);
	if (nodes.some(({ type }) => type === FANBOOK_TRIGGER)) return await runByMessage(host, workflow);
	throw new Error(
		`"${workflow.name}" cannot be started manually. Publish it and cause the event that starts it.`,
	);
}

/**
 * Runs a workflow and prints the output of its last node as JSON. A workflow that a Fanbook message
 * starts gets one from the sandbox.
 *
 * @param {Host} host
 * @param {string} name of the workflow
 * @returns {Promise<number>} the exit code: 0 if it succeeded, 1 otherwise
 */
export async function runByName(host, name) {
	const workflows = await host.n8n.workflows();
	const found = workflows.find((workflow) => workflow.name === name);
	if (!found) {
		console.error(`There is no workflow "${name}". These workflows exist:`);
		for (const workflow of workflows) console.error(`  ${workflow.name}`);
		return 1;
	}
	const execution = await runWorkflow(host, await host.n8n.workflow(found.id));
	if (execution.status !== 'success') {
		console.error(execution.failure ?? `The execution ended with status "${execution.status}".`);
		return 1;
	}
	const output = execution.items().map(({ json }) => json);
	console.log(JSON.stringify(output, null, 2));
	return 0;
}
