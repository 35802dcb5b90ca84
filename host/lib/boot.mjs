/** Installs what is missing, packs the nodes, and starts the sandbox and n8n. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { installHost, installTools } from './install.mjs';
import { startN8n } from './n8n.mjs';
import { installIntoUserFolder, packPackage } from './pack.mjs';
import { freePort, LOOPBACK } from './ports.mjs';
import { startSandbox } from './sandbox.mjs';

/** The owner of every n8n that these scripts set up. */
export const OWNER = {
	email: 'demo@example.com',
	password: 'Demo1234',
	firstName: 'Demo',
	lastName: 'Owner',
};

/**
 * Installs what is missing and packs the node package.
 *
 * @param {import('./types.ts').Progress} progress
 * @returns {Promise<{ runtime: import('./types.ts').Runtime, tarball: string }>}
 */
export async function prepare(progress) {
	// At the same time, because downloading n8n takes minutes in which the build can run.
	const host = installHost(progress);
	const tools = installTools(progress).then(() => packPackage(progress));
	const [runtime, tarball] = await Promise.all([host, tools]);
	return { runtime, tarball };
}

/**
 * @typedef {object} BootOptions
 * @property {import('./types.ts').Runtime} runtime
 * @property {string} tarball
 * @property {string} userFolder n8n's user folder; a new one gets a new owner
 * @property {string} logs folder for `n8n.log` and `sandbox.log`
 * @property {{ n8n?: number, sandbox?: number }} [ports] any free ones if left out
 * @property {import('./types.ts').Environment} [extra] more n8n settings, by environment names
 */

/**
 * Starts the sandbox and an n8n in which the nodes are installed, and signs in.
 *
 * @param {import('./types.ts').Progress} progress
 * @param {import('./types.ts').Processes} processes
 * @param {BootOptions} options
 */
export async function boot(progress, processes, options) {
	const { runtime, tarball, userFolder, logs, ports = {}, extra } = options;
	mkdirSync(userFolder, { recursive: true });
	await progress.step('Install the nodes into n8n', () =>
		installIntoUserFolder(tarball, userFolder),
	);
	const sandboxPort = await freePort(ports.sandbox ?? 0);
	const port = await freePort(ports.n8n ?? 0, [sandboxPort]);
	const brokerPort = await freePort(0, [sandboxPort, port]);

	/** @type {Awaited<ReturnType<typeof startSandbox>>} */
	const sandbox = await progress.step('Start the sandbox', async (setNote) => {
		const started = await startSandbox(processes, {
			port: sandboxPort,
			log: join(logs, 'sandbox.log'),
		});
		setNote(started.url);
		return started;
	});
	const settings = { runtime, userFolder, port, brokerPort, log: join(logs, 'n8n.log') };
	const url = `http://${LOOPBACK}:${port}`;
	/** @param {import('./types.ts').Environment} [more] */
	const start = (more) =>
		progress.step('Start n8n', async (setNote) => {
			const child = await startN8n(processes, { ...settings, extra: { ...extra, ...more } });
			setNote(url);
			return child;
		});
	// Only now, because a dependency of this module is installed by `prepare`.
	const { N8nRest } = await import('./rest.mjs');
	const host = {
		url,
		port,
		sandbox,
		runtime,
		userFolder,
		logs,
		processes,
		/** The n8n process; another one after `restart`. */
		process: await start(),
		/** A client that is signed in as the owner. */
		n8n: new N8nRest(url),
		/**
		 * Restarts n8n with the same data.
		 *
		 * @param {() => unknown} [change] runs while n8n is stopped
		 * @param {import('./types.ts').Environment} [more] settings for this start
		 */
		async restart(change, more) {
			await host.process.stop();
			await change?.();
			host.process = await start(more);
			await host.n8n.signIn(OWNER);
		},
	};
	await host.n8n.signIn(OWNER);
	return host;
}
