/** `npm run dev`: like `npm start`, and rebuilds and restarts n8n after each change of the sources. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { boot, OWNER, prepare } from './lib/boot.mjs';
import { setUpDemo } from './lib/demo.mjs';
import { describeError } from './lib/errors.mjs';
import { claimInstance, forgetInstance, recordInstance, runningInstance } from './lib/instance.mjs';
import { readOptions } from './lib/options.mjs';
import { installIntoUserFolder, packPackage, sourcesStamp } from './lib/pack.mjs';
import { LOGS, STATE } from './lib/paths.mjs';
import { createProcesses, onShutdown } from './lib/processes.mjs';
import { createProgress } from './lib/progress.mjs';

const POLL_INTERVAL_MS = 500;

const progress = createProgress();
const processes = createProcesses();
let isClaimed = false;

/** @param {number} code */
async function exit(code) {
	await processes.stopAll();
	if (isClaimed) forgetInstance();
	process.exit(code);
}

/**
 * Calls `onChange` after each change of the sources, one call at a time. Polls the files instead of
 * using the system's notifications, which are lost when an editor saves by replacing the file.
 *
 * @param {() => Promise<void>} onChange
 */
async function watchSources(onChange) {
	let known = sourcesStamp();
	for (;;) {
		await sleep(POLL_INTERVAL_MS);
		const stamp = stampOr(known);
		if (stamp === known) continue;
		// Editors write a file in several steps, so wait until it stays the same.
		await sleep(POLL_INTERVAL_MS);
		if (stampOr('') !== stamp) continue;
		known = stamp;
		await onChange();
	}
}

/**
 * @param {string} fallback returned while a file is being replaced
 * @returns {string}
 */
function stampOr(fallback) {
	try {
		return sourcesStamp();
	} catch {
		return fallback;
	}
}

onShutdown(() => exit(0));

try {
	const running = await runningInstance();
	if (running)
		throw new Error(`n8n is already running at ${running.n8nUrl}. Stop it with Ctrl-C first.`);
	const { ports } = readOptions(process.argv.slice(2), process.env);
	claimInstance();
	isClaimed = true;
	rmSync(LOGS, { recursive: true, force: true });
	const prepared = await prepare(progress);
	const host = await boot(progress, processes, {
		...prepared,
		ports,
		userFolder: join(STATE, 'n8n'),
		logs: LOGS,
	});
	await setUpDemo(progress, host);
	recordInstance({ port: host.port, n8nUrl: host.url, sandboxUrl: host.sandbox.url });
	progress.print(
		`\n  ${host.url}  ${OWNER.email} / ${OWNER.password}\n  Watching the sources for changes.\n`,
	);
	let installed = prepared.tarball;
	await watchSources(async () => {
		try {
			const tarball = await packPackage(progress);
			if (tarball === installed) return;
			await host.restart(() => installIntoUserFolder(tarball, host.userFolder));
			installed = tarball;
			progress.print('  Reload the editor to see the change.\n');
		} catch (error) {
			// A syntax error must not end the session: the next change starts another build.
			progress.print(describeError(error));
		}
	});
} catch (error) {
	console.error(`\n${describeError(error)}`);
	await exit(1);
}
