/** What a new n8n gets: a credential per service that points to the sandbox, and the example workflows. */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectOAuth2 } from './consent.mjs';
import { EXAMPLES, MANIFEST } from './paths.mjs';

const FANVUE = 'fanvueOAuth2Api';

/** The trigger's example listens from the start, so that a message in the sandbox is answered at once. */
const PUBLISHED = 'Fanbook Trigger: greet';
const FIRST = 'Fanvue: publish a post with a picture';

/**
 * @param {import('./sandbox.mjs').SandboxDriver} sandbox
 * @returns {{ name: string, type: string, data: Record<string, string> }[]} fields as the dialogs name them
 */
export function demoCredentials({ demo, urls }) {
	return [
		{
			name: 'Fanvue (sandbox)',
			type: FANVUE,
			data: {
				clientId: demo.fanvue.clientId,
				clientSecret: demo.fanvue.clientSecret,
				baseUrl: urls.fanvueApi,
				loginUrl: urls.fanvueLogin,
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
				host: urls.fanbook,
				gatewayUrl: urls.fanbookGateway,
			},
		},
	];
}

/** @returns {{ file: string, workflow: object }[]} the importable workflows of examples/ */
export function readExamples() {
	return readdirSync(EXAMPLES)
		.filter((name) => name.endsWith('.json'))
		.sort()
		.map((file) => ({ file, workflow: JSON.parse(readFileSync(join(EXAMPLES, file), 'utf8')) }));
}

/** What was made in earlier starts: a deleted example does not come back. */
function readNotes(file) {
	return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { imported: [] };
}

/**
 * Creates the credentials, or points them to where the sandbox is now.
 *
 * @returns {Promise<Record<string, { id: string, name: string }>>} by credential type
 */
async function ensureCredentials({ n8n, sandbox }, sandboxMoved) {
	const present = await n8n.credentials();
	const byType = {};
	for (const wanted of demoCredentials(sandbox)) {
		const same = ({ name, type }) => name === wanted.name && type === wanted.type;
		const kept = present.find(same);
		if (kept && sandboxMoved) await n8n.updateCredential({ id: kept.id, ...wanted });
		const { id, name } = kept ?? (await n8n.createCredential(wanted));
		byType[wanted.type] = { id, name };
	}
	// The sandbox forgets its tokens when it ends, so this is done at every start.
	await connectOAuth2(n8n, byType[FANVUE].id);
	return byType;
}

/** The package's node types as n8n lists them. It is a long list, so it is only asked for when needed. */
async function ownNodeTypes(n8n) {
	return (await n8n.nodeTypes()).filter(({ name }) => name.startsWith(`${MANIFEST.name}.`));
}

/** Gives each of our nodes in a workflow the credential of its service. */
function withCredentials(workflow, types, credentials) {
	const wantedBy = new Map(
		types.map(({ name, credentials: wanted = [] }) => [name, wanted.map((one) => one.name)]),
	);
	const nodes = workflow.nodes.map((node) => {
		const found = (wantedBy.get(node.type) ?? []).filter((type) => credentials[type]);
		if (found.length === 0) return node;
		return {
			...node,
			credentials: Object.fromEntries(found.map((type) => [type, credentials[type]])),
		};
	});
	return { ...workflow, nodes };
}

/**
 * Sets up credentials and examples; what is there already stays.
 *
 * @param {ReturnType<import('./steps.mjs').createSteps>} steps
 * @param {Awaited<ReturnType<import('./boot.mjs').boot>>} host
 * @returns {Promise<{ first: string, credentials: Record<string, { id: string, name: string }>, workflows: Record<string, string> }>}
 *   credentials by type, ids of workflows by name
 */
export async function setUpDemo(steps, host) {
	const { n8n, sandbox } = host;
	const notesFile = join(host.userFolder, 'demo.json');
	const notes = readNotes(notesFile);
	const moved = notes.sandboxUrl !== sandbox.url;
	const save = () =>
		writeFileSync(notesFile, JSON.stringify({ ...notes, sandboxUrl: sandbox.url }));

	const credentials = await steps.run('Connect the credentials to the sandbox', () =>
		ensureCredentials(host, moved),
	);
	save();
	await steps.run('Add the example workflows', async (say) => {
		const missing = readExamples().filter(({ file }) => !notes.imported.includes(file));
		const types = missing.length === 0 ? [] : await ownNodeTypes(n8n);
		for (const { file, workflow } of missing) {
			const { id } = await n8n.createWorkflow(withCredentials(workflow, types, credentials));
			if (workflow.name === PUBLISHED) await n8n.activate(id);
			notes.imported.push(file);
			save();
		}
		say(missing.length === 0 ? 'there' : `${missing.length} added`);
	});
	const workflows = await n8n.workflows();
	const published = workflows.find(({ name }) => name === PUBLISHED);
	if (moved && published?.activeVersionId && notes.imported.length > 0) {
		// It listened where the sandbox was before.
		await n8n.deactivate(published.id);
		await n8n.activate(published.id);
	}
	return {
		first: FIRST,
		credentials,
		workflows: Object.fromEntries(workflows.map(({ id, name }) => [name, id])),
	};
}
