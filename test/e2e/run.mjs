/**
 * `npm run test:e2e`: one real n8n with the packed tarball, and the sandbox, in a temporary folder. Every
 * `*.e2e.mjs` beside this file exports `checks`: an object of named functions that get the booted host.
 * Files run in alphabetical order, those that export `last` after all others.
 *
 * `npm run test:e2e -- trigger oauth` runs only the files whose names contain one of the words.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { boot, prepare } from '../../host/lib/boot.mjs';
import { setUpDemo } from '../../host/lib/demo.mjs';
import { createProcesses, onEnd } from '../../host/lib/processes.mjs';
import { createSteps } from '../../host/lib/steps.mjs';

const HERE = import.meta.dirname;
const CHECK_MS = 120_000;

const words = process.argv.slice(2);
const steps = createSteps();
const processes = createProcesses();
const folder = mkdtempSync(join(tmpdir(), 'n8n-e2e-'));
let passed = 0;
let failed = 0;

async function finish() {
	await processes.stopAll();
	if (process.env.KEEP_E2E) steps.say(`Kept: ${folder}`);
	else rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
	steps.say(`${passed} passed, ${failed} failed`);
	process.exit(failed === 0 && passed > 0 ? 0 : 1);
}

/** Runs one check within its time. */
async function check(name, body, host) {
	let timer;
	const late = new Promise((_, reject) => {
		timer = setTimeout(() => reject(new Error(`not done after ${CHECK_MS / 1000} s`)), CHECK_MS);
	});
	try {
		await steps.run(name, () => Promise.race([body(host), late]));
		passed += 1;
	} catch (reason) {
		failed += 1;
		steps.say(String(reason?.stack ?? reason).replace(/^/gm, '      '));
	} finally {
		clearTimeout(timer);
	}
}

onEnd((reason) => {
	failed += 1;
	steps.say(`Stopped: ${reason}`);
	return finish();
});

try {
	const prepared = await prepare(steps);
	const host = await boot(steps, processes, {
		...prepared,
		userFolder: join(folder, 'n8n'),
		logs: join(folder, 'logs'),
		// Everything n8n can say is written, so that the search for secrets sees all of it.
		extra: { N8N_LOG_LEVEL: 'debug' },
	});
	host.demo = await setUpDemo(steps, host);
	const names = readdirSync(HERE)
		.filter((name) => name.endsWith('.e2e.mjs'))
		.sort();
	const files = [];
	for (const name of names) files.push({ name, ...(await import(`./${name}`)) });
	const chosen = files.filter(
		({ name }) => words.length === 0 || words.some((word) => name.includes(word)),
	);
	for (const file of [
		...chosen.filter(({ last }) => !last),
		...chosen.filter(({ last }) => last),
	]) {
		steps.say(file.name.replace('.e2e.mjs', ''));
		for (const [name, body] of Object.entries(file.checks)) await check(name, body, host);
	}
} catch (reason) {
	failed += 1;
	steps.say(String(reason?.stack ?? reason));
}
await finish();
