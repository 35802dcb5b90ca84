/**
 * `npm run pictures`: takes a screenshot of the first panel of every resource, of every trigger, and of
 * n8n's own nodes for Telegram, Slack and Discord, each in the light and the dark theme. The pictures are
 * saved in test-output/panels. docs/panels.md compares them.
 *
 * `npm run pictures -- Fanbook` takes only those whose names contain one of the words.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { OWNER } from '../../host/lib/boot.mjs';
import { MANIFEST, ROOT } from '../../host/lib/paths.mjs';
import { createProgress } from '../../host/lib/progress.mjs';
import { node } from '../e2e/support/host.mjs';
import { Editor } from './support/editor.mjs';
import { openSession } from './support/session.mjs';

const OUTPUT = join(ROOT, 'test-output', 'panels');
const THEMES = /** @type {const} */ (['light', 'dark']);

/** @typedef {{ name: string, type: string, parameters: object, typeVersion: number }} Panel */
/** @typedef {{ name: string, value: string }} Choice */
/**
 * @typedef {object} Description
 * @property {string} name
 * @property {string} displayName
 * @property {number | number[]} version
 * @property {Array<{
 *   name: string, default?: unknown, options?: Choice[],
 *   displayOptions?: { show?: { resource?: string[] } },
 * }>} [properties]
 */

const TO_COMPARE = ['n8n-nodes-base.telegram', 'n8n-nodes-base.slack', 'n8n-nodes-base.discord'];

/** @param {Pick<Description, 'version'>} description */
const latestVersion = ({ version }) => Math.max(...[version].flat());

/**
 * Returns the panels of a node: one for each resource, with the operation of a fresh node.
 *
 * @param {Description} description
 * @returns {Panel[]}
 */
function panelsOf({ name: type, displayName, version, properties = [] }) {
	const base = { type, typeVersion: latestVersion({ version }) };
	const resource = properties.find(({ name }) => name === 'resource');
	const isOwn = type.startsWith(`${MANIFEST.name}.`);
	if (resource?.options === undefined || !isOwn) {
		return [{ ...base, name: displayName, parameters: {} }];
	}
	// n8n adds this entry to every node with a credential.
	const options = resource.options.filter(({ name }) => name !== 'Custom API Call');
	return options.map(({ name, value }) => {
		const operation = properties.find(
			({ name: property, displayOptions }) =>
				property === 'operation' && displayOptions?.show?.resource?.includes(value),
		);
		return {
			...base,
			name: `${displayName} - ${name}`,
			parameters: { resource: value, operation: operation?.default },
		};
	});
}

const words = process.argv.slice(2);
const progress = createProgress();
const { host, context, stop } = await openSession(progress);

try {
	const { demo, n8n } = host;
	/** @type {Description[]} */
	const types = await n8n.call('GET', '/types/nodes.json');
	// A node with several versions is listed once per version.
	const latest = new Map(
		[...types].sort((a, b) => latestVersion(a) - latestVersion(b)).map((type) => [type.name, type]),
	);
	const panels = [...latest.values()]
		.filter(({ name }) => name.startsWith(`${MANIFEST.name}.`) || TO_COMPARE.includes(name))
		.filter(({ name }) => !name.endsWith('Tool'))
		.flatMap(panelsOf)
		.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
	const credentials = Object.fromEntries(
		['fanvueOAuth2Api', 'fanfouOAuth1Api', 'fanbookBotApi'].map((type) => [
			type,
			demo.credential(type),
		]),
	);
	const nodes = panels.map(({ name, type, parameters, typeVersion }, index) => {
		const service = /\.(fanvue|fanfou|fanbook)/.exec(type)?.[1];
		const own = Object.entries(credentials).filter(
			([key]) => service !== undefined && key.startsWith(service),
		);
		return node(name, type, parameters, {
			typeVersion,
			position: [(index % 8) * 200, Math.floor(index / 8) * 200],
			credentials: Object.fromEntries(own),
		});
	});
	const { id } = await n8n.createWorkflow({ name: 'Panels', nodes, connections: {} });

	const page = await context.newPage();
	// High enough for all fields of a panel.
	await page.setViewportSize({ width: 1280, height: 1100 });
	const editor = new Editor(page, async (target, name) => {
		await target.screenshot({ path: join(OUTPUT, `${name}.png`) });
	});
	await editor.signIn(OWNER);
	for (const theme of THEMES) mkdirSync(join(OUTPUT, theme), { recursive: true });
	for (const [index, one] of nodes.entries()) {
		await page.goto(`/workflow/${id}/${one.id}`);
		const panel = editor.part('ndv');
		await panel.waitFor();
		await panel.locator('[data-test-id^="parameter-"]').first().waitFor();
		await page.waitForFunction(() => [...document.images].every(({ complete }) => complete));
		for (const theme of THEMES) {
			await page.evaluate((value) => document.body.setAttribute('data-theme', value), theme);
			await page.screenshot({
				path: join(OUTPUT, theme, `${one.name}.png`),
				animations: 'disabled',
			});
		}
		progress.print(`  ${index + 1}/${nodes.length} ${one.name}`);
	}
	progress.print(`${nodes.length} panels in ${THEMES.length} themes: ${OUTPUT}`);
} finally {
	await stop();
}
