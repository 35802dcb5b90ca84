/** `npm run dev`: as `npm start`; and after each change of the sources builds again and restarts n8n. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { boot, OWNER, prepare } from './lib/boot.mjs';
import { setUpDemo } from './lib/demo.mjs';
import {
	claimInstance,
	forgetInstance,
	rememberInstance,
	runningInstance,
} from './lib/instance.mjs';
import { readOptions } from './lib/options.mjs';
import { installIntoUserFolder, packPackage, sourcesStamp } from './lib/pack.mjs';
import { LOGS, STATE } from './lib/paths.mjs';
import { createProcesses, onEnd } from './lib/processes.mjs';
import { createSteps } from './lib/steps.mjs';

const LOOK_MS = 500;

const steps = createSteps();
const processes = createProcesses();
let claimed = false;

async function end(code) {
	await processes.stopAll();
	if (claimed) forgetInstance();
	process.exit(code);
}

/**
 * Calls `changed` after each change of the sources, one call at a time. It looks again and again instead
 * of waiting for the system's notices: these are lost when an editor saves by replacing the file.
 */
async function watchSources(changed) {
	let known = sourcesStamp();
	for (;;) {
		await pause(LOOK_MS);
		const seen = stampOr(known);
		if (seen === known) continue;
		// Editors write a file in several steps: wait until all is quiet.
		await pause(LOOK_MS);
		if (stampOr('') !== seen) continue;
		known = seen;
		await changed();
	}
}

/** The stamp of the sources, or another value while a file is just being replaced. */
function stampOr(otherwise) {
	try {
		return sourcesStamp();
	} catch {
		return otherwise;
	}
}

onEnd(() => end(0));

try {
	const running = await runningInstance();
	if (running) throw new Error(`n8n runs already at ${running.n8nUrl}. Stop it with Ctrl-C first.`);
	const { ports } = readOptions(process.argv.slice(2), process.env);
	claimInstance();
	claimed = true;
	rmSync(LOGS, { recursive: true, force: true });
	const prepared = await prepare(steps);
	const host = await boot(steps, processes, {
		...prepared,
		ports,
		userFolder: join(STATE, 'n8n'),
		logs: LOGS,
	});
	await setUpDemo(steps, host);
	rememberInstance({ port: host.port, n8nUrl: host.url, sandboxUrl: host.sandbox.url });
	steps.say(`\n  ${host.url}  ${OWNER.email} / ${OWNER.password}\n  Watching the sources.\n`);
	let installed = prepared.tarball;
	await watchSources(async () => {
		try {
			const tarball = await packPackage(steps);
			if (tarball === installed) return;
			await host.restart(() => installIntoUserFolder(tarball, host.userFolder));
			installed = tarball;
			steps.say('  Reload the editor to see the change.\n');
		} catch (reason) {
			// A typing slip must not end the session: the next change builds again.
			steps.say(reason.message);
		}
	});
} catch (reason) {
	console.error(`\n${reason.message}`);
	await end(1);
}
