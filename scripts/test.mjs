/**
 * `npm test`: installs what is missing, then runs lint, types, build, scan, the tests in jest, and the
 * end-to-end tests in a real n8n. Continues after a step that fails. The last line is `N passed, N
 * failed`: the sum of jest's tests, the end-to-end tests, and one for each other step.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { npm, run } from '../host/lib/commands.mjs';
import { describeError } from '../host/lib/errors.mjs';
import { installHost, installTools } from '../host/lib/install.mjs';
import { ROOT } from '../host/lib/paths.mjs';
import { onShutdown } from '../host/lib/processes.mjs';
import { createProgress, duration } from '../host/lib/progress.mjs';

/**
 * @typedef {object} JestReport what is used of jest's JSON report
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numRuntimeErrorTestSuites
 * @property {Array<{
 *   name: string,
 *   status: string,
 *   message: string,
 *   assertionResults: Array<{ status: string, fullName: string, failureMessages: string[] }>,
 * }>} testResults
 */

const OUTPUT = join(ROOT, 'test-output');
const SUMMARY = /^(\d+) passed, (\d+) failed$/;
const FAILURE_LINES = 12;

const progress = createProgress();
let passed = 0;
let failed = 0;
/**
 * Repeated at the end, where they are seen.
 *
 * @type {string[]}
 */
const summary = [];

/** @param {string} line */
function isFailureLine(line) {
	return /^\s*✗ /.test(line);
}

/** @param {unknown} error */
function printError(error) {
	progress.print(describeError(error).replace(/^/gm, '      '));
}

/**
 * Runs a step that counts as one.
 *
 * @param {string} name
 * @param {() => unknown} body
 * @returns {Promise<boolean>} whether it passed
 */
async function step(name, body) {
	try {
		await progress.step(name, body);
		passed += 1;
		return true;
	} catch (error) {
		failed += 1;
		summary.push(`✗ ${name}`);
		printError(error);
		return false;
	}
}

/**
 * Runs an npm script of the package as one step, with its output in a file.
 *
 * @param {string} name
 * @param {string} title
 */
function script(name, title) {
	const log = join(OUTPUT, `${name.replace(':', '-')}.log`);
	return step(title, () => npm(['run', '--silent', name], { cwd: ROOT, log }));
}

/** Runs jest and counts its tests. A test file that cannot be loaded counts as a failed test. */
async function unitTests() {
	const title = 'Unit, engine and contract tests';
	const result = join(OUTPUT, 'jest.json');
	const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
	const args = [jest, '--maxWorkers=100%', '--json', `--outputFile=${result}`];
	try {
		await progress.step(title, async (setNote) => {
			/** @type {unknown} */
			let jestError;
			await run(process.execPath, args, { cwd: ROOT, log: join(OUTPUT, 'jest.log') }).catch(
				(error) => {
					jestError = error;
				},
			);
			if (!existsSync(result)) {
				failed += 1;
				throw jestError;
			}
			/** @type {JestReport} */
			const report = JSON.parse(readFileSync(result, 'utf8'));
			const bad = report.numFailedTests + report.numRuntimeErrorTestSuites + report.numPendingTests;
			passed += report.numPassedTests;
			failed += bad;
			setNote(`${report.numPassedTests} passed, ${bad} failed`);
			if (bad === 0 && jestError === undefined && report.numPassedTests > 0) return;
			if (bad === 0) failed += 1;
			throw new Error(describeFailures(report) || 'jest ended without a passed test.');
		});
	} catch (error) {
		const names = describeError(error).split('\n').filter(isFailureLine);
		summary.push(`✗ ${title}`, ...names);
		printError(error);
	}
}

/**
 * @param {JestReport} report
 * @returns {string} the tests that did not pass, with the first lines of the reason
 */
function describeFailures(report) {
	/** @type {string[]} */
	const lines = [];
	for (const file of report.testResults) {
		const name = relative(ROOT, file.name);
		const bad = file.assertionResults.filter(({ status }) => status !== 'passed');
		if (bad.length === 0 && file.status === 'failed') lines.push(`✗ ${name}\n${file.message}`);
		for (const test of bad) {
			const [message = test.status] = test.failureMessages;
			const why = message.split('\n').slice(0, FAILURE_LINES).join('\n  ');
			lines.push(`✗ ${name} › ${test.fullName}\n  ${why}`);
		}
	}
	return lines.join('\n');
}

/** Runs the end-to-end tests, which print their own steps, and adds their counts. */
async function endToEndTests() {
	progress.print('End to end in a real n8n:');
	let counts = { passed: 0, failed: 1 };
	/** @type {string[]} */
	const names = [];
	await npm(['run', '--silent', 'test:e2e'], {
		cwd: ROOT,
		log: join(OUTPUT, 'e2e.log'),
		onLine: (line) => {
			const found = SUMMARY.exec(line);
			if (isFailureLine(line)) names.push(line);
			if (found) counts = { passed: Number(found[1]), failed: Number(found[2]) };
			else progress.print(`    ${line}`);
		},
	}).catch(() => undefined);
	passed += counts.passed;
	failed += counts.failed;
	if (counts.failed > 0) summary.push('✗ End to end in a real n8n', ...names);
	progress.print(`    ${counts.passed} of ${counts.passed + counts.failed} passed`);
}

function finish() {
	progress.print('');
	for (const line of summary) progress.print(line);
	progress.print(`The whole run took ${duration(progress.elapsedMs())}.`);
	progress.print(`${passed} passed, ${failed} failed`);
	process.exit(failed === 0 ? 0 : 1);
}

onShutdown((reason) => {
	failed += 1;
	summary.push(`Interrupted: ${reason}`);
	finish();
});

rmSync(OUTPUT, { recursive: true, force: true });
mkdirSync(OUTPUT, { recursive: true });
// n8n is downloaded while everything else runs.
const host = step('n8n is installed', () => installHost(progress));
if (await step('The development tools are installed', () => installTools(progress))) {
	// Two of these at a time, since each uses one core; jest uses all of them.
	const lint = script('lint', 'Lint and format');
	await script('typecheck', 'Types');
	await script('build', 'Build');
	await script('scan', "n8n's verification scan of source and tarball");
	await lint;
	await unitTests();
	if (await host) await endToEndTests();
	else summary.push('The end-to-end tests could not run without n8n.');
}
await host;
writeFileSync(join(OUTPUT, 'summary.json'), JSON.stringify({ passed, failed }));
finish();
