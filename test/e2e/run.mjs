/**
 * `npm run test:e2e`: runs the tests of all `*.e2e.mjs` beside this file in one real n8n with the packed
 * tarball, and the sandbox, in a temporary folder.
 *
 * `npm run test:e2e -- fanbookTrigger oauth` runs only the files whose names contain one of the words.
 * Files whose names end in `recovery`, `load` or `soak` take long and run only if they are named.
 * `npm run test:reliability` runs them, except `fanbookLoad` and `soak`, which take 10 to 30 minutes each:
 * they run by their names only. `KEEP_E2E=1` keeps the temporary folder.
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
import { soakProbe } from './support/soakProbe.mjs';
import { runFiles } from './support/test.mjs';

const words = process.argv.slice(2);
const isLoadTest = words.some((word) => /load|soak|recovery/i.test(word));
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
		extra: {
			// With all log messages written, the search for secrets covers all of them. They slow n8n down.
			N8N_LOG_LEVEL: isLoadTest ? 'info' : 'debug',
			// The tests count executions, of which n8n would delete the oldest.
			EXECUTIONS_DATA_PRUNE: 'false',
			...(words.includes('soak') ? soakProbe.settings : {}),
		},
	});
	const host = Object.assign(booted, { demo: await setUpDemo(progress, booted) });
	await runFiles({
		folder: import.meta.dirname,
		ending: '.e2e.mjs',
		words,
		last: 'secrets',
		onlyIfNamed: ['recovery', 'load', 'soak'],
		missing: await findMissing(host),
		run: (_title, body) => body(host),
	});
} catch (error) {
	reportFailure('n8n and the sandbox start', error);
}
