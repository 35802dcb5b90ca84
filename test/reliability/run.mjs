/**
 * `npm run test:reliability`: what faults, hostile inputs, kills and bursts of events do, as one table whose
 * rows name their tests. The full form also runs the long tests in a real n8n and all tests of queue mode.
 *
 * `-- --reduced` tries a part of the operations with each fault, in a few minutes, as `.ci/run` does; the
 * fault classes and the hostile values are all of them in both forms.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare } from '../../host/lib/boot.mjs';
import { run } from '../../host/lib/commands.mjs';
import { describeError } from '../../host/lib/errors.mjs';
import { ROOT } from '../../host/lib/paths.mjs';
import { createProgress, duration } from '../../host/lib/progress.mjs';

/** @typedef {import('./support/rows.mjs').Row} Row */

const NUMBERS = /** @type {const} */ (['tried', 'survived', 'lost', 'repeated', 'leaked']);

/**
 * The end-to-end tests that run in the full form only. `fanbookLoad` and `soak` take too long for this
 * command: `npm run test:e2e -- soak`.
 */
const LONG_TESTS = ['queueRecovery', 'webhookRecovery', 'gatewayLoad', 'pollingLoad'];
/** The longest of them, which runs in an n8n of its own. */
const LONGEST_TEST = 'recovery';
/** All tests of queue mode. */
const QUEUE_TESTS = ['executions', 'files', 'Kills', 'tokens', 'trigger', 'webhooks'];
/** Failure messages are shown up to this length; the logs have all of them. */
const MAX_MESSAGE_LENGTH = 2_000;

const isReduced = process.argv.includes('--reduced');
const folder = mkdtempSync(join(tmpdir(), 'reliability-'));
const rowsFile = join(folder, 'rows.jsonl');
const logs = join(ROOT, 'test-output');
const env = {
	...process.env,
	RELIABILITY: isReduced ? 'reduced' : 'full',
	RELIABILITY_ROWS: rowsFile,
};
const startedAt = Date.now();
const progress = createProgress();
let passed = 0;
let failed = 0;
/**
 * What failed, for the end of the output.
 *
 * @type {string[]}
 */
const failures = [];

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
	for (const name of NUMBERS) {
		const sum = rows.reduce((total, row) => total + row[name], 0);
		process.stdout.write(`${name}: ${sum}\n`);
	}
	const kills = rows.reduce((total, row) => total + (row.kills ?? 0), 0);
	if (kills > 0) process.stdout.write(`processes killed: ${kills}\n`);
}

/** Runs the tests of faults and hostile values in jest. */
async function runJest() {
	const resultFile = join(folder, 'result.json');
	const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
	const args = ['--config', 'jest.reliability.config.mjs', '--json', `--outputFile=${resultFile}`];
	const log = join(logs, 'reliability.log');
	await run(process.execPath, [jest, ...args], { cwd: ROOT, env, log }).catch(() => undefined);
	const result = JSON.parse(readFileSync(resultFile, 'utf8'));
	passed += result.numPassedTests;
	failed += result.numFailedTests + result.numRuntimeErrorTestSuites + result.numPendingTests;
	for (const file of result.testResults) {
		if (file.assertionResults.length === 0) failures.push(file.message);
		for (const { status, fullName, failureMessages } of file.assertionResults)
			if (status === 'failed') failures.push(`✗ ${fullName}\n${failureMessages.join('\n')}`);
	}
}

/**
 * Runs test files in a real n8n.
 *
 * @param {string} runner
 * @param {string[]} words that the names of the test files contain
 */
async function runInN8n(runner, words) {
	const log = join(logs, `reliability-${words[0] ?? 'queue'}.log`);
	rmSync(log, { force: true });
	const args = ['--test-reporter=./test/support/reporter.mjs', runner, ...words];
	/** @type {string[]} */
	const lines = [];
	const onLine = (/** @type {string} */ line) => {
		lines.push(line);
	};
	await run(process.execPath, args, { cwd: ROOT, env, log, onLine }).catch(() => undefined);
	const output = lines.join('\n');
	const [, good, bad] = /(\d+) passed, (\d+) failed\s*$/.exec(output) ?? [];
	passed += Number(good ?? 0);
	failed += Number(bad ?? 1);
	if (bad !== '0') failures.push(output.slice(-MAX_MESSAGE_LENGTH));
}

/**
 * @param {string} name
 * @param {() => Promise<void>} body
 */
async function step(name, body) {
	try {
		await progress.step(name, body);
	} catch (error) {
		failed += 1;
		failures.push(describeError(error));
	}
}

async function runFaults() {
	await step('Faults and hostile values', runJest);
	if (!isReduced)
		await step('Crashes during messages', () => runInN8n('test/e2e/run.mjs', [LONGEST_TEST]));
}

async function runLongTests() {
	await step('Kills and bursts', () => runInN8n('test/e2e/run.mjs', LONG_TESTS));
	await step('Queue mode', () => runInN8n('test/queue/run.mjs', QUEUE_TESTS));
}

try {
	// Before they start, since two of them at once would write the same build.
	if (!isReduced) await prepare(progress);
	// Two at a time, because each of them uses about one core.
	await Promise.all([runFaults(), isReduced ? undefined : runLongTests()]);
	printTable(readRows());
} finally {
	rmSync(folder, { recursive: true, force: true });
}
for (const text of failures) process.stdout.write(`\n${text.slice(0, MAX_MESSAGE_LENGTH)}\n`);
process.stdout.write(
	`The run took ${duration(Date.now() - startedAt)}; its logs are in ${logs}.\n`,
);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
