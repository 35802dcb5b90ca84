/** What n8n offers once the package is installed. */
import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { MANIFEST } from '../../host/lib/paths.mjs';
import { test } from './support/test.mjs';

/**
 * @param {string} file of a node or credential in the package
 * @returns {string} the name of its type
 */
function typeName(file) {
	const [name = ''] = basename(file).split('.');
	return name.charAt(0).toLowerCase() + name.slice(1);
}

const NODES = MANIFEST.n8n.nodes.map(typeName).sort();

/**
 * @param {import('../../host/lib/types.ts').DemoHost} host
 * @returns the node types of the package as the editor gets them, by short name
 */
async function ownTypes({ n8n }) {
	const prefix = `${MANIFEST.name}.`;
	const own = (await n8n.nodeTypes()).filter(({ name }) => name.startsWith(prefix));
	return new Map(own.map((type) => [type.name.slice(prefix.length), type]));
}

test('n8n lists every node of the package', async (host) => {
	const types = await ownTypes(host);
	assert.deepEqual([...types.keys()].filter((name) => !name.endsWith('Tool')).sort(), NODES);
});

test('n8n offers every node that is not a trigger as a tool for AI agents', async (host) => {
	const types = await ownTypes(host);
	// A node that can wait for a person's response is offered once more, to review tool calls.
	const tools = [...types.keys()].filter(
		(name) => name.endsWith('Tool') && !name.endsWith('HitlTool'),
	);
	assert.deepEqual(
		tools.sort(),
		NODES.filter((name) => !name.endsWith('Trigger')).map((name) => `${name}Tool`),
	);
});

test('n8n lists every credential type of the package', async ({ n8n }) => {
	const listed = (await n8n.credentialTypes()).map(({ name }) => name);
	const missing = MANIFEST.n8n.credentials.map(typeName).filter((name) => !listed.includes(name));
	assert.deepEqual(missing, []);
});

test('Every node has a category, and n8n serves its icons', async (host) => {
	for (const [name, type] of await ownTypes(host)) {
		if (name.endsWith('Tool')) continue;
		assert.ok((type.codex?.categories ?? []).length > 0, `${name} has no category`);
		for (const theme of ['light', 'dark']) {
			const response = await fetch(`${host.url}/${type.iconUrl[theme]}`, {
				headers: host.n8n.headers(),
			});
			assert.equal(response.status, 200, `${name}: ${type.iconUrl[theme]}`);
			assert.match(await response.text(), /<svg/);
		}
	}
});
