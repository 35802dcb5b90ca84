/**
 * `npm run test:reliability`: what faults, hostile inputs and attacks do to every operation, as one table.
 * `-- --reduced` tries a part of the operations with each fault, in a few minutes, as `.ci/run` does; the
 * fault classes and the hostile values are all of them in both forms.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../host/lib/commands.mjs';
import { describeError } from '../../host/lib/errors.mjs';
import { ROOT } from '../../host/lib/paths.mjs';
import { duration } from '../../host/lib/progress.mjs';

/**
 * @typedef {object} Row
 * @property {string} case
 * @property {number} tried
 * @property {number} survived
 * @property {number} lost
 * @property {number} repeated
 * @property {number} leaked
 * @property {string} test
 */

const NUMBERS = /** @type {const} */ (['tried', 'survived', 'lost', 'repeated', 'leaked']);

const isReduced = process.argv.includes('--reduced');
const folder = mkdtempSync(join(tmpdir(), 'reliability-'));
const rowsFile = join(folder, 'rows.jsonl');
const resultFile = join(folder, 'result.json');
const log = join(ROOT, 'test-output', 'reliability.log');
const startedAt = Date.now();

/** @returns {Row[]} */
function readRows() {
	try {
		const lines = readFileSync(rowsFile, 'utf8').trim().split('\n');
		return lines.map((line) => JSON.parse(line)).sort((a, b) => (a.case < b.case ? -1 : 1));
	} catch {
		return [];
	}
}

/** @param {Row[]} rows */
function printTable(rows) {
	const header = ['case', ...NUMBERS, 'test'];
	const lines = rows.map((row) => [
		row.case,
		...NUMBERS.map((name) => String(row[name])),
		row.test,
	]);
	const widths = header.map((name, index) =>
		Math.max(name.length, ...lines.map((line) => (line[index] ?? '').length)),
	);
	for (const line of [header, ...lines]) {
		const cells = line.map((cell, index) => cell.padEnd(widths[index] ?? 0));
		process.stdout.write(`${cells.join('  ').trimEnd()}\n`);
	}
}

const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
const args = [
	jest,
	'--config',
	'jest.reliability.config.mjs',
	'--json',
	`--outputFile=${resultFile}`,
];
const env = {
	...process.env,
	RELIABILITY: isReduced ? 'reduced' : 'full',
	RELIABILITY_ROWS: rowsFile,
};
let passed = 0;
let failed = 0;
try {
	await run(process.execPath, args, { cwd: ROOT, env, log }).catch((error) => {
		process.stdout.write(`${describeError(error)}\n`);
	});
	const result = JSON.parse(readFileSync(resultFile, 'utf8'));
	passed = result.numPassedTests;
	failed = result.numFailedTests + result.numRuntimeErrorTestSuites + result.numPendingTests;
	const rows = readRows();
	printTable(rows);
	for (const name of NUMBERS) {
		const sum = rows.reduce((total, row) => total + row[name], 0);
		process.stdout.write(`${name}: ${sum}\n`);
	}
} catch (error) {
	failed += 1;
	process.stdout.write(`${describeError(error)}\n`);
} finally {
	rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(`The run took ${duration(Date.now() - startedAt)}; its log is ${log}.\n`);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
