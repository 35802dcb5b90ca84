/** `npm run dev`: as `npm start`; and after each change of the sources builds again and restarts n8n. */
import { existsSync, watch } from 'node:fs';
import { join } from 'node:path';
import { boot, OWNER, prepare } from './lib/boot.mjs';
import { setUpDemo } from './lib/demo.mjs';
import {
	claimInstance,
	forgetInstance,
	rememberInstance,
	runningInstance,
} from './lib/instance.mjs';
import { readOptions } from './lib/options.mjs';
import { installIntoUserFolder, packPackage } from './lib/pack.mjs';
import { ROOT, STATE } from './lib/paths.mjs';
import { createProcesses, onEnd } from './lib/processes.mjs';
import { createSteps } from './lib/steps.mjs';

/** Editors write a file in several steps. */
const QUIET_MS = 300;
const WATCHED = ['nodes', 'credentials', 'icons'];

const steps = createSteps();
const processes = createProcesses();
let claimed = false;

async function end(code) {
	await processes.stopAll();
	if (claimed) forgetInstance();
	process.exit(code);
}

/** Calls `changed` after each change below the watched folders, one call at a time, none forgotten. */
function watchSources(changed) {
	let timer;
	let busy = false;
	let again = false;
	const call = async () => {
		if (busy) {
			again = true;
			return;
		}
		busy = true;
		do {
			again = false;
			await changed();
		} while (again);
		busy = false;
	};
	for (const folder of WATCHED.map((name) => join(ROOT, name)).filter(existsSync)) {
		watch(folder, { recursive: true }, () => {
			clearTimeout(timer);
			timer = setTimeout(call, QUIET_MS);
		});
	}
}

onEnd(() => end(0));

try {
	const running = await runningInstance();
	if (running) throw new Error(`n8n runs already at ${running.n8nUrl}. Stop it with Ctrl-C first.`);
	const { ports } = readOptions(process.argv.slice(2), process.env);
	claimInstance();
	claimed = true;
	const prepared = await prepare(steps);
	const host = await boot(steps, processes, {
		...prepared,
		ports,
		userFolder: join(STATE, 'n8n'),
		logs: join(STATE, 'logs'),
	});
	await setUpDemo(steps, host);
	rememberInstance({ port: host.port, n8nUrl: host.url, sandboxUrl: host.sandbox.url });
	steps.say(
		`\n  ${host.url}  ${OWNER.email} / ${OWNER.password}\n  Watching ${WATCHED.join(', ')}.\n`,
	);
	let installed = prepared.tarball;
	watchSources(async () => {
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
