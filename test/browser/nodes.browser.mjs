/** Every node is found by search, can be added, and shows its icon. */
import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { MANIFEST } from '../../host/lib/paths.mjs';

const ALIASES = { 饭否: 'Fanfou', 机器人: 'Fanbook', 创作者平台: 'Fanvue' };

/** What n8n knows about a node of the package, by the name of its file. */
async function describe({ n8n }, file) {
	const name = basename(file).split('.')[0];
	const type = `${MANIFEST.name}.${name.charAt(0).toLowerCase()}${name.slice(1)}`;
	const found = (await n8n.nodeTypes()).find((one) => one.name === type);
	assert.ok(found, `n8n does not know ${type}`);
	return found;
}

/** Expects a picture from the package, drawn. */
async function assertIcon(image) {
	await image.waitFor();
	assert.match(await image.getAttribute('src'), new RegExp(`/icons/${MANIFEST.name}/.*\\.svg$`));
	const width = await image.evaluate((element) =>
		element.decode().then(() => element.naturalWidth),
	);
	assert.ok(width > 0, 'the icon is empty');
}

/** Looks for a node by its name, adds it with the first of its actions or triggers, and sees its icon. */
async function findAndAdd(context, file) {
	const { editor } = context;
	const { name: type, displayName, group } = await describe(context, file);
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

export const checks = {
	...Object.fromEntries(
		MANIFEST.n8n.nodes.map((file) => [
			`${basename(file, '.node.js')} is found by its name, added, and shows its icon`,
			(context) => findAndAdd(context, file),
		]),
	),

	async 'The services are found by what their users call them, in Chinese too'({ editor }) {
		await editor.openManualWorkflow();
		for (const [alias, name] of Object.entries(ALIASES)) {
			await editor.search(alias);
			await editor.entry(name).waitFor();
			await editor.picture(`${name}, found by ${alias}`);
		}
	},

	async 'In the dark theme the icons are the dark ones'({ editor, demo }) {
		await editor.page.emulateMedia({ colorScheme: 'dark' });
		const id = demo.workflows['Fanbook: send and read messages'];
		await editor.openWorkflow(id, ['Send a message']);
		const icon = editor.nodeNamed('Send a message').locator('img');
		await assertIcon(icon);
		assert.match(await icon.getAttribute('src'), /\.dark\.svg$/);
		await editor.picture('a workflow in the dark');
	},
};
