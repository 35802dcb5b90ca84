/** What n8n offers once the package is installed. */
import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { MANIFEST } from '../../host/lib/paths.mjs';

const TYPE = (file) => {
	const name = basename(file).split('.')[0];
	return name.charAt(0).toLowerCase() + name.slice(1);
};

/** The package's own node types as the editor gets them, by short name. */
async function ownTypes({ n8n }) {
	const prefix = `${MANIFEST.name}.`;
	const own = (await n8n.nodeTypes()).filter(({ name }) => name.startsWith(prefix));
	return new Map(own.map((type) => [type.name.slice(prefix.length), type]));
}

export const checks = {
	async 'Every node of the package is in the list of nodes'(host) {
		const types = await ownTypes(host);
		const wanted = MANIFEST.n8n.nodes.map(TYPE);
		assert.deepEqual(
			[...types.keys()].filter((name) => !name.endsWith('Tool')).sort(),
			wanted.sort(),
		);
	},

	async 'Every node that is no trigger is offered to AI agents as a tool'(host) {
		const types = await ownTypes(host);
		const wanted = MANIFEST.n8n.nodes.map(TYPE).filter((name) => !name.endsWith('Trigger'));
		// A node that can wait for a human's answer is offered once more, for reviewing tool calls.
		const tools = [...types.keys()].filter(
			(name) => name.endsWith('Tool') && !name.endsWith('HitlTool'),
		);
		assert.deepEqual(tools.sort(), wanted.map((name) => `${name}Tool`).sort());
	},

	async 'Every credential type of the package is in the list of credential types'({ n8n }) {
		const offered = (await n8n.credentialTypes()).map(({ name }) => name);
		const wanted = MANIFEST.n8n.credentials.map(TYPE);
		assert.deepEqual(
			wanted.filter((name) => !offered.includes(name)),
			[],
		);
	},

	async 'Every node has a category to be found under, and pictures that n8n serves'(host) {
		for (const [name, type] of await ownTypes(host)) {
			if (name.endsWith('Tool')) continue;
			assert.ok(type.codex?.categories?.length > 0, `${name} has no category`);
			for (const theme of ['light', 'dark']) {
				const response = await fetch(`${host.url}/${type.iconUrl[theme]}`, {
					headers: host.n8n.headers(),
				});
				assert.equal(response.status, 200, `${name}: ${type.iconUrl[theme]}`);
				assert.match(await response.text(), /<svg/);
			}
		}
	},
};
