/**
 * `npm run test:e2e`: runs the tests of all `*.e2e.mjs` beside this file in one real n8n with the packed
 * tarball, and the sandbox, in a temporary folder.
 *
 * `npm run test:e2e -- fanbookTrigger oauth` runs only the files whose names contain one of the words.
 * The recovery of the Fanbook Trigger (2,000 messages, n8n killed twice) takes long and runs only if it
 * is named: `npm run test:e2e -- recovery`. `KEEP_E2E=1` keeps the temporary folder.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { boot, prepare } from '../../host/lib/boot.mjs';
import { setUpDemo } from '../../host/lib/demo.mjs';
import { createProcesses, onShutdown } from '../../host/lib/processes.mjs';
import { createProgress } from '../../host/lib/progress.mjs';
import { exitInterrupted, reportFailure } from '../support/hostSuites.mjs';
import { findMissing } from './support/capabilities.mjs';
import { runFiles } from './support/test.mjs';

const progress = createProgress();
const processes = createProcesses();
const folder = mkdtempSync(join(tmpdir(), 'n8n-e2e-'));

async function stop() {
	await processes.stopAll();
	if (process.env.KEEP_E2E) progress.print(`Kept: ${folder}`);
	else rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

onShutdown(async (reason) => {
	await stop();
	exitInterrupted(reason);
});
after(stop);

try {
	const prepared = await prepare(progress);
	const booted = await boot(progress, processes, {
		...prepared,
		userFolder: join(folder, 'n8n'),
		logs: join(folder, 'logs'),
		// With all log messages written, the search for secrets covers all of them.
		extra: { N8N_LOG_LEVEL: 'debug' },
	});
	const host = Object.assign(booted, { demo: await setUpDemo(progress, booted) });
	await runFiles({
		folder: import.meta.dirname,
		ending: '.e2e.mjs',
		words: process.argv.slice(2),
		last: 'secrets',
		onlyIfNamed: 'recovery',
		missing: await findMissing(host),
		run: (_title, body) => body(host),
	});
} catch (error) {
	reportFailure('n8n and the sandbox start', error);
}
