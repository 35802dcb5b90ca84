/**
 * `npm test`: installs what is missing, then lint, types, build, scan, the tests in jest, and the checks
 * in a real n8n. Goes on after a step that is not passed. The last line is `N passed, N failed`: the sum
 * of jest's tests, the end-to-end checks, and one for each other step.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { CommandFailed, npm, run } from '../host/lib/commands.mjs';
import { installHost, installTools } from '../host/lib/install.mjs';
import { ROOT } from '../host/lib/paths.mjs';
import { onEnd } from '../host/lib/processes.mjs';
import { createSteps, duration } from '../host/lib/steps.mjs';

const OUTPUT = join(ROOT, 'test-output');
const SUMMARY = /^(\d+) passed, (\d+) failed$/;

const steps = createSteps();
let passed = 0;
let failed = 0;
/** What is said once more at the end, where it is seen. */
const remarks = [];

/** One step that counts as one. @returns {Promise<boolean>} whether it passed */
async function step(name, body) {
	try {
		await steps.run(name, body);
		passed += 1;
		return true;
	} catch (reason) {
		failed += 1;
		remarks.push(`✗ ${name}`);
		const text = reason instanceof CommandFailed ? reason.message : (reason?.stack ?? reason);
		steps.say(String(text).replace(/^/gm, '      '));
		return false;
	}
}

/** An npm script of the package, as one step; its whole output goes to a file. */
function script(name, label) {
	const log = join(OUTPUT, `${name.replace(':', '-')}.log`);
	return step(label, () => npm(['run', '--silent', name], { cwd: ROOT, log }));
}

/** @returns {string | undefined} a line on coverage, when it was measured */
function coverage() {
	const file = join(ROOT, 'coverage', 'coverage-summary.json');
	if (!existsSync(file)) return undefined;
	const { total } = JSON.parse(readFileSync(file, 'utf8'));
	const part = (name) => `${name} ${total[name].pct} %`;
	return `Coverage of nodes/ and credentials/: ${['lines', 'branches', 'functions'].map(part).join(', ')}`;
}

/** Runs jest and counts its tests; a test file that cannot be loaded counts as one that failed. */
async function unitTests() {
	const result = join(OUTPUT, 'jest.json');
	const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
	rmSync(join(ROOT, 'coverage'), { recursive: true, force: true });
	await steps
		.run('Unit, engine and contract tests', async (say) => {
			const done = run(
				process.execPath,
				[jest, '--coverage', '--maxWorkers=100%', '--json', `--outputFile=${result}`],
				{
					cwd: ROOT,
					log: join(OUTPUT, 'jest.log'),
				},
			);
			const ended = await done.then(
				() => 0,
				(reason) => reason,
			);
			if (!existsSync(result)) throw ended;
			const report = JSON.parse(readFileSync(result, 'utf8'));
			const bad = report.numFailedTests + report.numRuntimeErrorTestSuites + report.numPendingTests;
			passed += report.numPassedTests;
			failed += bad;
			say(`${report.numPassedTests} passed, ${bad} failed`);
			if (bad === 0 && ended === 0 && report.numPassedTests > 0) return;
			if (bad === 0) failed += 1;
			throw new Error(describe(report) || 'jest ended without a passed test.');
		})
		.catch((reason) => {
			if (!existsSync(result)) failed += 1;
			remarks.push('✗ Unit, engine and contract tests');
			steps.say(String(reason?.message ?? reason).replace(/^/gm, '      '));
		});
	remarks.push(coverage());
}

/** @returns {string} the tests of jest's report that did not pass, with the first lines of why */
function describe(report) {
	const lines = [];
	for (const file of report.testResults) {
		const name = relative(ROOT, file.name);
		const bad = file.assertionResults.filter(({ status }) => status !== 'passed');
		if (bad.length === 0 && file.status === 'failed') lines.push(`${name}\n${file.message}`);
		for (const test of bad) {
			const why = (test.failureMessages[0] ?? test.status).split('\n').slice(0, 12).join('\n  ');
			lines.push(`${name} › ${test.fullName}\n  ${why}`);
		}
	}
	return lines.join('\n');
}

/** Runs the end-to-end checks, which print their own steps, and takes over their count. */
async function endToEnd() {
	steps.say('End to end in a real n8n:');
	let counted;
	await run(process.execPath, [join(ROOT, 'test', 'e2e', 'run.mjs')], {
		cwd: ROOT,
		log: join(OUTPUT, 'e2e.log'),
		onLine: (line) => {
			const found = SUMMARY.exec(line);
			if (found) counted = found;
			else steps.say(`    ${line}`);
		},
	}).catch(() => undefined);
	const [good, bad] = counted ? [Number(counted[1]), Number(counted[2])] : [0, 1];
	passed += good;
	failed += bad;
	if (bad > 0) remarks.push('✗ End to end in a real n8n');
	steps.say(`    ${good} of ${good + bad} passed`);
}

function finish() {
	steps.say('');
	for (const remark of remarks.filter(Boolean)) steps.say(remark);
	steps.say(`All of it took ${duration(steps.elapsed())}.`);
	steps.say(`${passed} passed, ${failed} failed`);
	process.exit(failed === 0 ? 0 : 1);
}

onEnd((reason) => {
	failed += 1;
	remarks.push(`Stopped: ${reason}`);
	finish();
});

rmSync(OUTPUT, { recursive: true, force: true });
mkdirSync(OUTPUT, { recursive: true });
// The real n8n is fetched while everything else runs.
const host = step('The real n8n stands', () => installHost(steps));
if (await step('The tools stand', () => installTools(steps))) {
	// Two of these at a time, since each keeps one core busy; jest takes all there are.
	const lint = script('lint', 'Lint and format');
	await script('typecheck', 'Types');
	await script('build', 'Build');
	await script('scan', "n8n's verification scan on source and tarball");
	await lint;
	await unitTests();
	if (await host) await endToEnd();
	else remarks.push('The checks in a real n8n could not run.');
}
await host;
writeFileSync(join(OUTPUT, 'summary.json'), JSON.stringify({ passed, failed }));
finish();
