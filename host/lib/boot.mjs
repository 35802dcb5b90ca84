/** Everything together: what is missing is installed, the nodes are packed, sandbox and n8n run. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { installHost, installTools } from './install.mjs';
import { startN8n } from './n8n.mjs';
import { installIntoUserFolder, packPackage } from './pack.mjs';
import { freePort, LOOPBACK } from './ports.mjs';
import { N8nRest } from './rest.mjs';
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
 * @param {ReturnType<import('./steps.mjs').createSteps>} steps
 * @returns {Promise<{ runtime: { node: string, version: string }, tarball: string }>}
 */
export async function prepare(steps) {
	// Side by side: fetching n8n takes minutes in which the build can be done.
	const host = installHost(steps);
	const tools = installTools(steps).then(() => packPackage(steps));
	const [runtime, tarball] = await Promise.all([host, tools]);
	return { runtime, tarball };
}

/**
 * Starts the sandbox and an n8n that has the nodes installed, and signs in.
 *
 * @param {ReturnType<import('./steps.mjs').createSteps>} steps
 * @param {ReturnType<import('./processes.mjs').createProcesses>} processes
 * @param {object} options
 * @param {{ node: string }} options.runtime
 * @param {string} options.tarball
 * @param {string} options.userFolder n8n's user folder; a new one gets a new owner
 * @param {string} options.logs folder for `n8n.log` and `sandbox.log`
 * @param {{ n8n?: number, sandbox?: number }} [options.ports] wanted ones; any free ones when left out
 * @param {Record<string, string>} [options.extra] more n8n settings, by environment names
 */
export async function boot(steps, processes, options) {
	const { runtime, tarball, userFolder, logs, ports = {}, extra } = options;
	mkdirSync(userFolder, { recursive: true });
	await steps.run('Install the nodes into n8n', () => installIntoUserFolder(tarball, userFolder));
	const sandboxPort = await freePort(ports.sandbox ?? 0);
	const port = await freePort(ports.n8n ?? 0, [sandboxPort]);
	const brokerPort = await freePort(0, [sandboxPort, port]);

	const sandbox = await steps.run('Start the sandbox', async (say) => {
		const started = await startSandbox(processes, {
			port: sandboxPort,
			log: join(logs, 'sandbox.log'),
		});
		say(started.url);
		return started;
	});
	const settings = { runtime, userFolder, port, brokerPort, extra, log: join(logs, 'n8n.log') };
	const url = `http://${LOOPBACK}:${port}`;
	const start = (more) =>
		steps.run('Start n8n', async (say) => {
			const child = await startN8n(processes, { ...settings, extra: { ...extra, ...more } });
			say(url);
			return child;
		});
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
		/** A driver that is signed in as the owner. */
		n8n: new N8nRest(url),
		/** Starts n8n again, with the same data. `change` runs while it is down, `more` are settings. */
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
