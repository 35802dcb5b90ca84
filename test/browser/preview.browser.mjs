/** The editor offers the fields of an operation's output before its first run. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../host/lib/paths.mjs';
import { test } from './support/test.mjs';

/** Node, action, and the operation's file below `__schema__`. */
const OPERATIONS = /** @type {const} */ ([
	['Fanvue', 'Get many posts', 'post/getAll'],
	['Fanfou', 'Get the home timeline', 'timeline/getHome'],
	['Fanbook', 'Get many messages', 'message/getAll'],
]);

/**
 * @param {string} node
 * @param {string} operation
 * @returns {string[]} the names of the members in the operation's output schema
 */
function schemaMembers(node, operation) {
	const file = join(ROOT, 'nodes', node, '__schema__', 'v1.0.0', `${operation}.json`);
	/** @type {{ properties: Record<string, unknown> }} */
	const schema = JSON.parse(readFileSync(file, 'utf8'));
	return Object.keys(schema.properties);
}

for (const [node, action, operation] of OPERATIONS) {
	test(`${node} offers the fields of "${action}" to the next node before the first run`, async ({
		editor,
	}) => {
		await editor.openManualWorkflow();
		await editor.add(node, node, action);
		await editor.closePanel();
		// n8n shows the preview in the input of the next node, if that is none of its core nodes.
		await editor.part('node-creator-plus-button').click();
		await editor.add(node, node, action);
		const items = editor.part('ndv-input-panel').getByTestId('run-data-schema-item');
		await editor.part('schema-preview-warning').waitFor();
		await editor.picture(`${node}, fields before the first run`);
		const shown = await items.allInnerTexts();
		for (const member of schemaMembers(node, operation).slice(0, 5)) {
			assert.ok(
				shown.some((text) => text.includes(member)),
				`${member} is missing in ${shown.join(', ')}`,
			);
		}
	});
}
