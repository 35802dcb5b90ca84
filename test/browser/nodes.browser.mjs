/** Every node can be found by search and added, and shows its icon. */
import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { MANIFEST } from '../../host/lib/paths.mjs';
import { test } from './support/test.mjs';

/** @typedef {import('./support/test.mjs').BrowserHost} Host */

const ALIASES = { 饭否: 'Fanfou', 机器人: 'Fanbook', 创作者平台: 'Fanvue' };

/**
 * @param {Host} host
 * @param {string} file of a node in the package
 * @returns {Promise<import('../../host/lib/types.ts').NodeType>} n8n's description of that node
 */
async function nodeTypeOf({ n8n }, file) {
	const [name = ''] = basename(file).split('.');
	const type = `${MANIFEST.name}.${name.charAt(0).toLowerCase()}${name.slice(1)}`;
	const found = (await n8n.nodeTypes()).find((one) => one.name === type);
	assert.ok(found, `n8n has no node type ${type}`);
	return found;
}

/**
 * Asserts that an image is an icon of the package, and that it is drawn.
 *
 * @param {import('playwright-core').Locator} image
 */
async function assertIcon(image) {
	await image.waitFor();
	const source = (await image.getAttribute('src')) ?? '';
	assert.match(source, new RegExp(`/icons/${MANIFEST.name}/.*\\.svg$`));
	const width = await image.evaluate((element) => {
		if (!(element instanceof HTMLImageElement)) return 0;
		return element.decode().then(() => element.naturalWidth);
	});
	assert.ok(width > 0, 'the icon is empty');
}

/**
 * Searches for a node by its name, adds it with the first of its actions or triggers, and checks its icon.
 *
 * @param {Host} host
 * @param {string} file of the node in the package
 */
async function findAndAdd(host, file) {
	const { editor } = host;
	const { name: type, displayName, group } = await nodeTypeOf(host, file);
	const isTrigger = group.includes('trigger');
	if (isTrigger) await editor.openNewWorkflow();
	else await editor.openManualWorkflow();
	await editor.search(displayName);
	// n8n shows a service once, whether it has a node, a trigger or both.
	await editor.openEntry(displayName.replace(' Trigger', ''));
	await editor.part('node-creator-category-item').first().waitFor();
	await editor.picture(`${displayName}, found`);
	await editor.part('node-creator-item-name').first().click();
	await editor.part('ndv').waitFor();
	await editor.part('node-credentials-select').waitFor();
	await editor.picture(`${displayName}, added`);
	await editor.closePanel();
	await assertIcon(editor.node(type).locator('img'));
}

for (const file of MANIFEST.n8n.nodes) {
	test(`${basename(file, '.node.js')} can be found by its name and added, and shows its icon`, (host) =>
		findAndAdd(host, file));
}

test('The services can be found by their aliases, also in Chinese', async ({ editor }) => {
	await editor.openManualWorkflow();
	for (const [alias, name] of Object.entries(ALIASES)) {
		await editor.search(alias);
		await editor.entry(name).waitFor();
		await editor.picture(`${name}, found by ${alias}`);
	}
});

test('The dark theme shows the dark icons', async ({ editor, demo }) => {
	await editor.page.emulateMedia({ colorScheme: 'dark' });
	const id = demo.workflowId('Fanbook: send and read messages');
	await editor.openWorkflow(id, ['Send a message']);
	const icon = editor.nodeNamed('Send a message').locator('img');
	await assertIcon(icon);
	assert.match((await icon.getAttribute('src')) ?? '', /\.dark\.svg$/);
	await editor.picture('a workflow in the dark theme');
});
