/**
 * Runs the parts of the measurements that need a real n8n: the nodes of the package and n8n's own nodes,
 * both with the same stored credential, which n8n reads and decrypts for every request. hostProcess.ts
 * starts this program and names the parts; all other output is printed on the terminal.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { boot, prepare } from '../../host/lib/boot.mjs';
import { setUpDemo } from '../../host/lib/demo.mjs';
import { describeError } from '../../host/lib/errors.mjs';
import { createProcesses, onShutdown } from '../../host/lib/processes.mjs';
import { createProgress } from '../../host/lib/progress.mjs';
import { profileCredentials } from './host/credentials.mjs';
import { measureLoading, measureStart } from './host/loading.mjs';
import { runLimited } from './host/limits.mjs';
import { measureReads } from './host/reads.mjs';
import { measureTrigger } from './host/trigger.mjs';

/** @typedef {import('../../host/lib/types.ts').DemoHost} Host */
/** @typedef {import('../../host/lib/types.ts').Json} Json */

const progress = createProgress();
const processes = createProcesses();
const folder = mkdtempSync(join(tmpdir(), 'n8n-bench-'));
/** Written by n8n; see host/profiler.mjs. */
const profile = join(folder, 'n8n.cpuprofile');
const PROFILER = new URL('host/profiler.mjs', import.meta.url).href;

/** @type {ReturnType<typeof prepare> | undefined} */
let prepared;
const prepareOnce = () => (prepared ??= prepare(progress));

/** @type {Promise<Host> | undefined} */
let started;
async function startOnce() {
	started ??= (async () => {
		const booted = await boot(progress, processes, {
			...(await prepareOnce()),
			userFolder: join(folder, 'n8n'),
			logs: join(folder, 'logs'),
			// As in a production n8n that does not log each execution.
			extra: {
				N8N_LOG_LEVEL: 'warn',
				NODE_OPTIONS: `--import ${PROFILER}`,
				BENCH_PROFILE: profile,
			},
		});
		return Object.assign(booted, { demo: await setUpDemo(progress, booted) });
	})();
	return await started;
}

/** @type {Record<string, (input: Json) => Promise<unknown>>} */
const PARTS = {
	credentials: async (input) => await profileCredentials(await startOnce(), { ...input, profile }),
	reads: async (input) => await measureReads(await startOnce(), input),
	limits: async (input) => await runLimited(await startOnce(), input),
	trigger: async (input) => await measureTrigger(await startOnce(), input),
	loading: async (input) => await measureLoading(await prepareOnce(), { ...input, folder }),
	start: async (input) => await measureStart(await prepareOnce(), { ...input, folder, processes }),
};

/** @param {number} code */
async function finish(code) {
	await processes.stopAll();
	rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
	process.exit(code);
}

/** @param {{ id: number, part: string, input: Json }} request */
async function answer({ id, part, input }) {
	try {
		const run = PARTS[part];
		if (!run) throw new Error(`There is no part "${part}"`);
		process.send?.({ id, result: await run(input) });
	} catch (error) {
		process.send?.({ id, error: describeError(error) });
	}
}

onShutdown(() => finish(1));
process.on('message', (request) => {
	void answer(/** @type {{ id: number, part: string, input: Json }} */ (request));
});
process.once('disconnect', () => {
	void finish(0);
});
