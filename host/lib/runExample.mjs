/** Runs one workflow of a running n8n by its name, without the editor. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { findByName, readExamples } from './demo.mjs';
import { MANIFEST } from './paths.mjs';
import { until } from './processes.mjs';

const RUN_TIMEOUT_MS = 180_000;
const MANUAL_TRIGGER = 'n8n-nodes-base.manualTrigger';
/** When started manually, it returns a sample of the existing statuses. */
const FANFOU_TRIGGER = `${MANIFEST.name}.fanfouTrigger`;
const MCP_TRIGGER = '@n8n/n8n-nodes-langchain.mcpTrigger';
/** The links of buttons have no effect for programs of other kinds. */
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';

/** @typedef {Pick<import('./types.ts').BootedHost, 'n8n'> & { sandbox: import('./sandbox.mjs').SandboxClient }} Host */
/** @typedef {import('./types.ts').Workflow} Workflow */
/** @typedef {import('./types.ts').ExampleRun} ExampleRun */

/** @param {string} text */
function report(text) {
	process.stderr.write(`  ${text}\n`);
}

/**
 * Publishes a workflow while `use` runs. A trigger that the example has disabled is enabled for it.
 *
 * @template T
 * @param {Host['n8n']} n8n
 * @param {Workflow} workflow
 * @param {() => Promise<T>} use
 * @returns {Promise<T>}
 */
async function whilePublished(n8n, workflow, use) {
	if (workflow.active || workflow.activeVersionId) return await use();
	const { id, nodes, connections } = workflow;
	/** @param {import('./types.ts').WorkflowNode} node */
	const isOwnTrigger = ({ type }) => type.startsWith(MANIFEST.name) && type.endsWith('Trigger');
	const hasDisabled = nodes.some((node) => node.disabled && isOwnTrigger(node));
	if (hasDisabled) {
		const enabled = nodes.map((node) => (isOwnTrigger(node) ? { ...node, disabled: false } : node));
		const { versionId } = workflow;
		await n8n.updateWorkflow({ id, nodes: enabled, connections, versionId });
	}
	report(`Publishing "${workflow.name}" for this run`);
	try {
		await n8n.activate(id);
		return await use();
	} finally {
		await n8n.deactivate(id);
		if (hasDisabled) {
			const { versionId } = await n8n.workflow(id);
			await n8n.updateWorkflow({ id, nodes, connections, versionId });
		}
	}
}

/**
 * Waits until a published trigger listens: its webhook is registered, or its connection is open.
 *
 * @param {Host} host
 * @param {Workflow} workflow
 * @param {number} openBefore gateway connections before it was published
 */
async function triggerListens({ n8n, sandbox }, workflow, openBefore) {
	const isPublishedAlready = workflow.active || workflow.activeVersionId;
	if (workflow.nodes.some(({ type }) => type === `${MANIFEST.name}.fanvueTrigger`)) {
		await until(
			async () => {
				const { webhooks } = await sandbox.state('fanvue');
				return webhooks.some((/** @type {{ url: string }} */ { url }) => url.startsWith(n8n.base));
			},
			{ what: 'the webhook to be registered' },
		);
	} else {
		const wanted = isPublishedAlready ? Math.max(openBefore, 1) : openBefore + 1;
		await until(async () => (await sandbox.act('fanbook', 'gateway')).open >= wanted, {
			what: 'the trigger to connect',
		});
	}
}

/**
 * Causes the event that starts a workflow, and waits for the execution that it starts.
 *
 * @param {Host} host
 * @param {Workflow} workflow
 * @param {ExampleRun} run
 * @returns {Promise<string>} the ID of the execution
 */
async function startByEvent({ n8n, sandbox }, workflow, { waitsFor, service, action, input }) {
	if (!service || !action) throw new Error(`The example does not state what starts it.`);
	const [last] = await n8n.executions(workflow.id, 1);
	report(`Waiting for ${waitsFor}, which the sandbox now causes`);
	await sandbox.act(service, action, input);
	const started = await until(
		async () => {
			const [latest] = await n8n.executions(workflow.id, 1);
			return latest && latest.id !== last?.id ? latest : undefined;
		},
		{ what: `${waitsFor} to start the workflow` },
	);
	return started.id;
}

/**
 * Presses a button of a message that a waiting execution has sent.
 *
 * @param {Host} host
 * @param {string} executionId
 * @param {{ channelId: string, label: string }} button
 */
async function approve({ n8n, sandbox }, executionId, { channelId, label }) {
	await until(async () => (await n8n.execution(executionId)).status === 'waiting', {
		what: `the question with the button "${label}"`,
	});
	report(`Waiting for a person to press "${label}" in Fanbook, which this run now does`);
	const [message] = await sandbox.act('fanbook', 'messages', { channelId, last: 1 });
	const text = JSON.stringify(message).replaceAll('\\', '');
	const link = /"(?:href|url)":"(http[^"]+)"/.exec(text)?.[1];
	if (!link) throw new Error(`The latest message has no button "${label}".`);
	const response = await fetch(link, { headers: { 'user-agent': BROWSER } });
	if (!response.ok) throw new Error(`The button "${label}" responded with ${response.status}.`);
}

/**
 * Lists the tools of an MCP server and calls one of them.
 *
 * @param {Host} host
 * @param {Workflow} workflow
 * @param {string} tool
 * @returns {Promise<unknown>} what the tool returned
 */
async function callMcpTool({ n8n }, workflow, tool) {
	const { Client } = await import('@modelcontextprotocol/sdk/client/index.js');
	const { StreamableHTTPClientTransport } =
		await import('@modelcontextprotocol/sdk/client/streamableHttp.js');
	const trigger = workflow.nodes.find(({ type }) => type === MCP_TRIGGER);
	const url = new URL(`/mcp/${trigger?.parameters.path}`, n8n.base);
	/** @type {InstanceType<typeof Client> | undefined} */
	let client;
	await until(
		async () => {
			client = new Client({ name: 'npm start', version: '1.0.0' });
			await client.connect(new StreamableHTTPClientTransport(url));
			return true;
		},
		{ what: `the MCP server at ${url.href}` },
	);
	if (!client) throw new Error(`There is no MCP server at ${url.href}.`);
	const { tools } = await client.listTools();
	report(`${tools.length} tools at ${url.href}; calling ${tool}`);
	const { content } = await client.callTool({ name: tool, arguments: {} });
	await client.close();
	return content;
}

/** Where n8n stores files, in its own folder; the second one in older versions. */
const FILE_FOLDERS = ['storage', 'binaryData'];

/**
 * @param {import('./types.ts').BinaryFile} file
 * @param {string | undefined} n8nFolder n8n's own folder
 * @returns {{ fileName: string, size: string, path?: string }} what identifies a file
 */
function describeFile({ fileName, fileSize, id, data }, n8nFolder) {
	for (const folder of id && n8nFolder ? FILE_FOLDERS : []) {
		const path = join(n8nFolder ?? '', folder, (id ?? '').replace(/^[^:]+:/, ''));
		const stored = statSync(path, { throwIfNoEntry: false });
		if (stored) return { fileName, size: `${stored.size} bytes`, path };
	}
	return { fileName, size: fileSize ?? `${Buffer.byteLength(data, 'base64')} bytes` };
}

/**
 * Describes items for the terminal: their JSON, and name, size and path of their files.
 *
 * @param {import('./types.ts').Item[]} items
 * @param {string} [n8nFolder] n8n's own folder
 * @returns {unknown[]}
 */
export function describeItems(items, n8nFolder) {
	return items.map(({ json, binary }) => {
		if (!binary) return json;
		const files = Object.entries(binary).map(([field, file]) => ({
			field,
			...describeFile(file, n8nFolder),
		}));
		return { ...json, files };
	});
}

/**
 * Runs a workflow as its example describes: manually, or by an event that the sandbox causes.
 *
 * @param {Host} host
 * @param {Workflow} workflow
 * @param {ExampleRun} [run]
 * @returns {Promise<import('./rest.mjs').Execution>} the finished execution
 */
async function runWorkflow(host, workflow, run = {}) {
	const { n8n, sandbox } = host;
	const { nodes } = workflow;
	/** @param {string} id */
	const finish = async (id) => {
		if (run.approve) await approve(host, id, run.approve);
		return await n8n.finished(id, RUN_TIMEOUT_MS);
	};
	if (run.action) {
		const { open } = await sandbox.act('fanbook', 'gateway');
		return await whilePublished(n8n, workflow, async () => {
			await triggerListens(host, workflow, open);
			return await finish(await startByEvent(host, workflow, run));
		});
	}
	const manual =
		nodes.find(({ type }) => type === MANUAL_TRIGGER) ??
		nodes.find(({ type }) => type === FANFOU_TRIGGER);
	if (!manual) {
		throw new Error(
			`"${workflow.name}" cannot be started manually. Publish it and cause the event that starts it.`,
		);
	}
	const { executionId } = await n8n.run(workflow.id, manual.name);
	return await finish(executionId);
}

/**
 * Runs a workflow and returns its output.
 *
 * @param {Host & { userFolder?: string }} host
 * @param {string} name of the workflow, with or without its number, or the number
 * @returns {Promise<{ output: unknown } | { failure: string }>}
 */
export async function runForOutput(host, name) {
	const { n8n } = host;
	const workflows = await n8n.workflows();
	const found = findByName(workflows, name);
	if (!found) {
		const list = workflows.map((workflow) => `  ${workflow.name}`).sort();
		return { failure: [`There is no workflow "${name}". These exist:`, ...list].join('\n') };
	}
	const workflow = await n8n.workflow(found.id);
	const examples = readExamples().map((one) => one.workflow);
	const run = examples.find((one) => one.name === workflow.name)?.meta.run;
	if (run?.mcp) {
		const { mcp } = run;
		const output = await whilePublished(n8n, workflow, () => callMcpTool(host, workflow, mcp));
		return { output };
	}
	const execution = await runWorkflow(host, workflow, run);
	if (execution.status !== 'success') {
		const failure = execution.failure ?? `The execution ended with status "${execution.status}".`;
		return { failure };
	}
	const n8nFolder = host.userFolder && join(host.userFolder, '.n8n');
	return { output: describeItems(execution.lastItems(), n8nFolder) };
}

/**
 * Runs a workflow and prints the output of its last node as JSON. An event that starts it is caused in the
 * sandbox; what the run waits for is printed to standard error.
 *
 * @param {Host & { userFolder?: string }} host
 * @param {string} name
 * @returns {Promise<number>} the exit code: 0 if it succeeded, 1 otherwise
 */
export async function runByName(host, name) {
	const result = await runForOutput(host, name);
	if ('failure' in result) {
		console.error(result.failure);
		return 1;
	}
	console.log(JSON.stringify(result.output, null, 2));
	return 0;
}
