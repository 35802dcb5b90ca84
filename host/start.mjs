/**
 * `npm start`: a real n8n with these nodes, and the sandbox beside it, ready to use. Installs what is
 * missing the first time. `--run "<workflow>"` runs one example instead, prints its output and ends.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { boot, OWNER, prepare } from './lib/boot.mjs';
import { setUpDemo } from './lib/demo.mjs';
import {
	claimInstance,
	forgetInstance,
	rememberInstance,
	runningInstance,
} from './lib/instance.mjs';
import { HELP, readOptions } from './lib/options.mjs';
import { LOGS, STATE } from './lib/paths.mjs';
import { createProcesses, onEnd } from './lib/processes.mjs';
import { N8nRest } from './lib/rest.mjs';
import { runByName } from './lib/run-example.mjs';
import { sandboxAt } from './lib/sandbox.mjs';
import { createSteps, duration } from './lib/steps.mjs';

const processes = createProcesses();
let claimed = false;

/** Stops all that runs and ends. */
async function end(code) {
	await processes.stopAll();
	if (claimed) forgetInstance();
	process.exit(code);
}

/** What a newcomer needs to know next. */
function welcome(host, took) {
	return `
  n8n       ${host.url}
  sign in   ${OWNER.email} / ${OWNER.password}
  sandbox   ${host.sandbox.url}  (Fanvue, Fanfou and Fanbook on this machine)

  Try first: open the workflow "${host.demo.first}", click "Execute workflow" and look at each node's output.
  Then let someone say hello in the sandbox and see "Fanbook Trigger: greet" answer (tab "Executions"):
      npm start -- --run "Fanbook Trigger: greet"

  Ready after ${duration(took)}. Ctrl-C stops everything; npm run reset forgets everything.
`;
}

async function start({ ports, run }) {
	// With --run, standard output is for the workflow's output alone.
	const steps = createSteps({ out: run ? process.stderr : process.stdout });
	const running = await runningInstance();
	if (running && !run) {
		throw new Error(
			`n8n runs already at ${running.n8nUrl}. Stop it with Ctrl-C before starting another.`,
		);
	}
	if (running) {
		const n8n = new N8nRest(running.n8nUrl);
		await n8n.signIn(OWNER);
		return end(await runByName({ n8n, sandbox: await sandboxAt(running.sandboxUrl) }, run));
	}
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
	host.demo = await setUpDemo(steps, host);
	if (run) return end(await runByName(host, run));
	rememberInstance({ port: host.port, n8nUrl: host.url, sandboxUrl: host.sandbox.url });
	steps.say(welcome(host, steps.elapsed()));
	const ended = await Promise.race([
		host.process.gone.then(() => host.process),
		host.sandbox.process.gone.then(() => host.sandbox.process),
	]);
	throw new Error(`${ended.name} ended by itself (${ended.ended()}); ${ended.log} tells more.`);
}

let ending = false;
onEnd(async (reason) => {
	ending = true;
	process.stderr.write(`\nStopping (${reason}) …\n`);
	await end(0);
});

try {
	const options = readOptions(process.argv.slice(2), process.env);
	if (options.help) console.log(HELP);
	else await start(options);
} catch (reason) {
	// While everything is being stopped, what was waited for ends early; that is no news.
	if (!ending) {
		console.error(`\n${reason.message}`);
		await end(1);
	}
}
