/**
 * Prints the executions of a workflow from n8n's database, with the time at which their event was sent. It
 * runs on n8n's own Node.js, which has SQLite.
 */
import { createRequire } from 'node:module';

/**
 * @typedef {object} Database the part of `node:sqlite` that is used, which the types of Node.js 20 do not have
 * @property {(sql: string) => { all: (...values: string[]) => Array<Record<string, unknown>> }} prepare
 */

/** @type {{ DatabaseSync: new (file: string, options: { readOnly: boolean }) => Database }} */
const { DatabaseSync } = createRequire(import.meta.url)('node:sqlite');

const [file = '', workflowId = '', name = ''] = process.argv.slice(2);
const database = new DatabaseSync(file, { readOnly: true });
const rows = database
	.prepare(
		`SELECT e.startedAt AS startedAt, e.stoppedAt AS stoppedAt, d.data AS data
		FROM execution_entity e JOIN execution_data d ON d.executionId = e.id
		WHERE e.workflowId = ? AND e.status = 'success' AND e.stoppedAt IS NOT NULL`,
	)
	.all(workflowId);
const pattern = new RegExp(`${name} (\\d+) sent (\\d+)`);
/** @param {unknown} text such as `2026-11-29 01:02:03.456`, in UTC */
const time = (text) => Date.parse(`${String(text).replace(' ', 'T')}Z`);
/** @type {Map<string, { sentAt: number, startedAt: number, stoppedAt: number }>} */
const found = new Map();
for (const { startedAt, stoppedAt, data } of rows) {
	const match = pattern.exec(String(data));
	if (!match) continue;
	found.set(match[1] ?? '', {
		sentAt: Number(match[2]),
		startedAt: time(startedAt),
		stoppedAt: time(stoppedAt),
	});
}
process.stdout.write(JSON.stringify([...found.values()]));
