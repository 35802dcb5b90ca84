/** Sets up a new n8n: one credential per service, connected to the sandbox, and the example workflows. */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeError } from './errors.mjs';
import { connectOAuth2 } from './oauthLogin.mjs';
import { EXAMPLES, MANIFEST } from './paths.mjs';

const FANVUE = 'fanvueOAuth2Api';

/** Published from the start, so that a message in the sandbox gets a reply at once. */
const PUBLISHED = '01 Fanbook Trigger: greet';
const FIRST = '00 Start here';

/**
 * @param {Pick<import('./sandbox.mjs').SandboxClient, 'demo' | 'urls'>} sandbox
 * @returns {import('./types.ts').Credential[]} one per service, with the fields of its dialog
 */
export function demoCredentials({ demo, urls }) {
	return [
		{
			name: 'Fanvue (sandbox)',
			type: FANVUE,
			data: {
				clientId: demo.fanvue.clientId,
				clientSecret: demo.fanvue.clientSecret,
				advanced: true,
				customBaseUrl: urls.fanvueApi,
				customLoginUrl: urls.fanvueLogin,
			},
		},
		{
			name: 'Fanfou (sandbox)',
			type: 'fanfouOAuth1Api',
			data: {
				consumerKey: demo.fanfou.consumerKey,
				consumerSecret: demo.fanfou.consumerSecret,
				accessToken: demo.fanfou.accessToken,
				accessTokenSecret: demo.fanfou.accessTokenSecret,
				advanced: true,
				baseUrl: urls.fanfouApi,
				loginUrl: urls.fanfouLogin,
			},
		},
		{
			name: 'Fanbook (sandbox)',
			type: 'fanbookBotApi',
			data: {
				botToken: demo.fanbook.botToken,
				botId: demo.fanbook.botId,
				serverIds: [demo.fanbook.serverId, demo.fanbook.secondServerId].join(', '),
				advanced: true,
				host: urls.fanbook,
				gatewayUrl: urls.fanbookGateway,
			},
		},
	];
}

/**
 * @param {Pick<import('./sandbox.mjs').SandboxClient, 'demo' | 'urls'>} sandbox
 * @param {string} type of a credential
 * @returns {import('./types.ts').Credential} the demo credential of that type
 */
export function demoCredential(sandbox, type) {
	const found = demoCredentials(sandbox).find((credential) => credential.type === type);
	if (!found) throw new Error(`There is no demo credential of type ${type}.`);
	return found;
}

/** @returns {Array<{ file: string, workflow: import('./types.ts').Example }>} the workflows of examples/ */
export function readExamples() {
	return readdirSync(EXAMPLES)
		.filter((name) => name.endsWith('.json'))
		.sort()
		.map((file) => ({ file, workflow: JSON.parse(readFileSync(join(EXAMPLES, file), 'utf8')) }));
}

/**
 * @param {string} name of an example, e.g. `02 Fanbook: send and read messages`
 * @returns {string} the name without its number
 */
export function titleOf(name) {
	return name.replace(/^\d+ /, '');
}

/**
 * Finds a workflow by its name, by its name without the number, or by the number.
 *
 * @template {{ name: string }} T
 * @param {T[]} workflows
 * @param {string} name
 * @returns {T | undefined}
 */
export function findByName(workflows, name) {
	return (
		workflows.find((one) => one.name === name) ??
		workflows.find((one) => titleOf(one.name) === name) ??
		workflows.find((one) => /^\d+$/.test(name) && one.name.startsWith(`${name.padStart(2, '0')} `))
	);
}

/**
 * Creates the tags that are missing. Folders would need a license of n8n.
 *
 * @param {import('./rest.mjs').N8nRest} n8n
 * @param {string[]} names
 * @returns {Promise<Map<string, string>>} their IDs by name
 */
async function ensureTags(n8n, names) {
	const ids = new Map((await n8n.tags()).map(({ id, name }) => [name, id]));
	for (const name of new Set(names))
		if (!ids.has(name)) ids.set(name, (await n8n.createTag(name)).id);
	return ids;
}

/**
 * Reads which examples were added by earlier starts, so that a deleted example is not added again.
 *
 * @param {string} file
 * @returns {{ imported: string[], sandboxUrl?: string }}
 */
function readImported(file) {
	return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { imported: [] };
}

/**
 * Creates the credentials, or changes them to the sandbox's new address.
 *
 * @param {import('./types.ts').BootedHost} host
 * @param {boolean} sandboxMoved
 * @returns {Promise<Record<string, import('./types.ts').CredentialReference>>} by credential type
 */
async function ensureCredentials({ n8n, sandbox }, sandboxMoved) {
	const present = await n8n.credentials();
	/** @type {Record<string, import('./types.ts').CredentialReference>} */
	const byType = {};
	for (const wanted of demoCredentials(sandbox)) {
		const existing = present.find(({ name, type }) => name === wanted.name && type === wanted.type);
		if (existing && sandboxMoved) await n8n.updateCredential({ id: existing.id, ...wanted });
		const { id, name } = existing ?? (await n8n.createCredential(wanted));
		byType[wanted.type] = { id, name };
		// The sandbox loses its tokens when it ends, so this is done at every start.
		if (wanted.type === FANVUE) await connectOAuth2(n8n, id);
	}
	return byType;
}

/**
 * @param {import('./rest.mjs').N8nRest} n8n
 * @returns {Promise<import('./types.ts').NodeType[]>} the node types of the package
 */
async function ownNodeTypes(n8n) {
	return (await n8n.nodeTypes()).filter(({ name }) => name.startsWith(`${MANIFEST.name}.`));
}

/**
 * Assigns to each node of the package in a workflow the credential of its service.
 *
 * @param {import('./types.ts').NewWorkflow} workflow
 * @param {import('./types.ts').NodeType[]} types
 * @param {Record<string, import('./types.ts').CredentialReference>} credentials
 * @returns {import('./types.ts').NewWorkflow}
 */
function withCredentials(workflow, types, credentials) {
	const accepted = new Map(
		types.map(({ name, credentials: list = [] }) => [name, list.map((one) => one.name)]),
	);
	const nodes = workflow.nodes.map((node) => {
		const found = (accepted.get(node.type) ?? []).flatMap((type) => {
			const credential = credentials[type];
			return credential ? [[type, credential]] : [];
		});
		return found.length === 0 ? node : { ...node, credentials: Object.fromEntries(found) };
	});
	return { ...workflow, nodes };
}

/**
 * Publishes a workflow. An n8n on a Node.js without WebSocket refuses this, and all else still works.
 *
 * @param {import('./rest.mjs').N8nRest} n8n
 * @param {string} id
 * @returns {Promise<string | undefined>} the reason if n8n refused
 */
async function publish(n8n, id) {
	try {
		await n8n.activate(id);
		return undefined;
	} catch (error) {
		return describeError(error);
	}
}

/**
 * Sets up credentials and examples. Those that are there already stay.
 *
 * @param {import('./types.ts').Progress} progress
 * @param {import('./types.ts').BootedHost} host
 * @returns {Promise<import('./types.ts').Demo>}
 */
export async function setUpDemo(progress, host) {
	const { n8n, sandbox } = host;
	const file = join(host.userFolder, 'demo.json');
	const state = readImported(file);
	const moved = state.sandboxUrl !== sandbox.url;
	const save = () => writeFileSync(file, JSON.stringify({ ...state, sandboxUrl: sandbox.url }));

	const credentials = await progress.step('Connect the credentials to the sandbox', () =>
		ensureCredentials(host, moved),
	);
	save();
	/** @type {string | undefined} */
	let publishError;
	await progress.step('Add the example workflows', async (setNote) => {
		const missing = readExamples().filter((example) => !state.imported.includes(example.file));
		// n8n's list of node types is long, so it is only requested if it is needed.
		const types = missing.length === 0 ? [] : await ownNodeTypes(n8n);
		const tags = await ensureTags(
			n8n,
			missing.flatMap(({ workflow }) => workflow.tags.map(({ name }) => name)),
		);
		// n8n lists the latest workflow first, so the first example is created last.
		for (const example of missing.reverse()) {
			const { workflow } = example;
			const tagIds = workflow.tags.flatMap(({ name }) => tags.get(name) ?? []);
			const { id } = await n8n.createWorkflow(
				withCredentials(workflow, types, credentials),
				tagIds,
			);
			if (workflow.name === PUBLISHED) publishError = await publish(n8n, id);
			state.imported.push(example.file);
			save();
		}
		setNote(missing.length === 0 ? 'present' : `${missing.length} added`);
	});
	if (publishError) progress.print(`  "${PUBLISHED}" is not published: ${publishError}`);
	const workflows = await n8n.workflows();
	const published = workflows.find(({ name }) => name === PUBLISHED);
	const first = workflows.find(({ name }) => name === FIRST);
	if (moved && published?.activeVersionId && state.imported.length > 0) {
		// It was connected to the sandbox's old address.
		await n8n.deactivate(published.id);
		await n8n.activate(published.id);
	}
	return {
		firstUrl: `${host.url}/${first === undefined ? 'home/workflows' : `workflow/${first.id}`}`,
		credential(type) {
			const credential = credentials[type];
			if (!credential) throw new Error(`n8n has no credential of type ${type}.`);
			return credential;
		},
		workflowId(name) {
			const workflow = findByName(workflows, name);
			if (!workflow) throw new Error(`n8n has no workflow "${name}".`);
			return workflow.id;
		},
	};
}
