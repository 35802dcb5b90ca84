/**
 * `npm run test:e2e`: one real n8n with the packed tarball, and the sandbox, in a temporary folder. Every
 * `*.e2e.mjs` beside this file exports `checks`: an object of named functions that get the booted host,
 * and may export `after`, which takes back what they did, whether they passed or not. Files run in alphabetical order, those that export `last` after all others.
 *
 * `npm run test:e2e -- trigger oauth` runs only the files whose names contain one of the words. The
 * recovery of the Fanbook Trigger (2,000 messages, n8n killed twice) takes long and runs only when named:
 * `npm run test:e2e -- recovery`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { boot, prepare } from '../../host/lib/boot.mjs';
import { createChecks, loadChecks } from '../../host/lib/checks.mjs';
import { setUpDemo } from '../../host/lib/demo.mjs';
import { createProcesses, onEnd } from '../../host/lib/processes.mjs';
import { createSteps } from '../../host/lib/steps.mjs';

const steps = createSteps();
const checks = createChecks(steps);
const processes = createProcesses();
const folder = mkdtempSync(join(tmpdir(), 'n8n-e2e-'));

async function finish() {
	await processes.stopAll();
	// What n8n left can be looked at afterwards when it is asked for.
	if (process.env.KEEP_E2E) steps.say(`Kept: ${folder}`);
	else rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
	steps.say(checks.summary());
	process.exit(checks.code());
}

onEnd((reason) => {
	checks.fail(`Stopped: ${reason}`);
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
	const words = process.argv.slice(2);
	for (const file of await loadChecks(import.meta.dirname, '.e2e.mjs', words)) {
		if (file.name === 'recovery' && words.length === 0) continue;
		steps.say(file.name);
		for (const [name, body] of Object.entries(file.checks))
			await checks.run(name, () => body(host), file.longest);
		await file.after?.(host);
	}
} catch (reason) {
	checks.fail(reason);
}
await finish();
