/**
 * `npm start`: runs a real n8n with these nodes, and the sandbox beside it. Installs what is missing the
 * first time. `--run "<workflow>"` runs one example instead, prints its output and exits.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { boot, OWNER, prepare } from './lib/boot.mjs';
import { setUpDemo } from './lib/demo.mjs';
import { adviceFor, adviceForNode, describeError } from './lib/errors.mjs';
import { claimInstance, forgetInstance, recordInstance, runningInstance } from './lib/instance.mjs';
import { HELP, readOptions } from './lib/options.mjs';
import { LOGS, MANIFEST, STATE } from './lib/paths.mjs';
import { createProcesses, onShutdown } from './lib/processes.mjs';
import { createProgress, duration } from './lib/progress.mjs';
import { runByName } from './lib/runExample.mjs';
import { connectToSandbox } from './lib/sandbox.mjs';

const processes = createProcesses();
let isClaimed = false;

/**
 * Stops everything and exits.
 *
 * @param {number} code
 */
async function exit(code) {
	await processes.stopAll();
	if (isClaimed) forgetInstance();
	process.exit(code);
}

/**
 * @param {import('./lib/types.ts').DemoHost} host
 * @param {number} tookMs
 * @returns {string} what a new user needs to know first
 */
function welcome(host, tookMs) {
	return `
  n8n       ${host.url}
  sign in   ${OWNER.email} / ${OWNER.password}
  console   ${host.sandbox.url}  (open this in your browser)

  Start here: open ${host.demo.firstUrl}
  in your browser, sign in, and click "Execute workflow".

  Ready after ${duration(tookMs)}. Ctrl-C stops everything; npm run reset deletes all data.
`;
}

/** @param {ReturnType<typeof readOptions>} options */
async function start({ ports, run }) {
	// With --run, standard output is only for the output of the workflow.
	const progress = createProgress({ out: run ? process.stderr : process.stdout });
	const running = await runningInstance();
	if (running && !run) {
		throw new Error(
			`n8n is already running at ${running.n8nUrl}. Stop it with Ctrl-C before you start another one.`,
		);
	}
	if (running && run) {
		const { N8nRest } = await import('./lib/rest.mjs');
		const n8n = new N8nRest(running.n8nUrl);
		await n8n.signIn(OWNER);
		const sandbox = await connectToSandbox(running.sandboxUrl);
		return await exit(await runByName({ n8n, sandbox, userFolder: join(STATE, 'n8n') }, run));
	}
	claimInstance();
	isClaimed = true;
	rmSync(LOGS, { recursive: true, force: true });
	const prepared = await prepare(progress);
	const booted = await boot(progress, processes, {
		...prepared,
		ports,
		userFolder: join(STATE, 'n8n'),
		logs: LOGS,
	});
	const host = Object.assign(booted, { demo: await setUpDemo(progress, booted) });
	if (run) return await exit(await runByName(host, run));
	recordInstance({ port: host.port, n8nUrl: host.url, sandboxUrl: host.sandbox.url });
	progress.print(welcome(host, progress.elapsedMs()));
	const ended = await Promise.race([
		host.process.exited.then(() => host.process),
		host.sandbox.process.exited.then(() => host.sandbox.process),
	]);
	throw new Error(`${ended.name} ended unexpectedly (${ended.exitReason()}). See ${ended.log}.`);
}

let isStopping = false;
onShutdown(async (reason) => {
	isStopping = true;
	process.stderr.write(`\nStopping (${reason}) …\n`);
	await exit(0);
});

try {
	const options = readOptions(process.argv.slice(2), process.env);
	const tooOld = adviceForNode(process.versions.node, MANIFEST.engines.node);
	if (options.help) console.log(HELP);
	else if (tooOld) throw new Error(tooOld);
	else await start(options);
} catch (error) {
	// During a shutdown every pending wait fails, which is not worth a message.
	if (!isStopping) {
		const advice = adviceFor(error);
		console.error(`\n${describeError(error)}${advice ? `\n\n${advice}` : ''}`);
		await exit(1);
	}
}
