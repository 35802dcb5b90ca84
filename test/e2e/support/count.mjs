/** Counts by ID, from n8n's database, which events started executions. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../../host/lib/commands.mjs';
import { addRow } from '../../reliability/support/rows.mjs';

/** @typedef {import('../../../host/lib/types.ts').DemoHost} Host */

/**
 * @typedef {object} StartedExecution
 * @property {string} id
 * @property {string} status
 * @property {string} lastNode the node that ran last
 * @property {boolean} isReplaced whether n8n's recovery after a crash replaced its items
 * @property {string[]} ids of the items with which it started
 */

const SCRIPT = fileURLToPath(new URL('readExecutions.mjs', import.meta.url));

/**
 * @param {Host} host
 * @param {string} workflow its ID
 * @param {string} trigger the name of its trigger
 * @returns {Promise<StartedExecution[]>} all executions of the workflow, the oldest first
 */
export async function readExecutions({ runtime, userFolder }, workflow, trigger) {
	const database = join(userFolder, '.n8n', 'database.sqlite');
	const args = ['--no-warnings', SCRIPT, database, workflow, trigger];
	return JSON.parse(await run(runtime.node, args, { cwd: userFolder }));
}

/**
 * Compares what was sent with what started executions.
 *
 * @param {readonly string[]} sent IDs of events
 * @param {readonly StartedExecution[]} executions
 */
export function compare(sent, executions) {
	/** @type {Map<string, number>} */
	const counts = new Map();
	for (const id of executions.flatMap(({ ids }) => ids)) counts.set(id, (counts.get(id) ?? 0) + 1);
	// Each execution whose items were replaced accounts for one event.
	const replaced = executions.filter(({ isReplaced }) => isReplaced).length;
	const missing = sent.filter((id) => !counts.has(id));
	const known = new Set(sent);
	return {
		lost: Math.max(missing.length - replaced, 0),
		missing,
		repeated: sent.filter((id) => (counts.get(id) ?? 0) > 1),
		foreign: [...counts.keys()].filter((id) => !known.has(id)),
	};
}

/**
 * Adds the row of a test about events.
 *
 * @param {string} name what was done
 * @param {{ tried: number, lost: number, repeated: number, kills?: number, test: string }} counts
 */
export function addEventRow(name, { tried, lost, repeated, kills = 0, test }) {
	const survived = tried - lost - repeated;
	addRow({ case: name, tried, survived, lost, repeated, leaked: 0, kills, test });
}
