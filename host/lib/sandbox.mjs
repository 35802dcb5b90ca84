/** Starts the sandbox as a process of its own, and calls its admin routes. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fetchWithRetry } from './fetchWithRetry.mjs';
import { ROOT } from './paths.mjs';
import { LOOPBACK } from './ports.mjs';

const START_TIMEOUT_MS = 60_000;

/** @typedef {typeof import('../../sandbox/demo.ts').DEMO} DemoValues */

/** @returns {Promise<DemoValues>} the sandbox's public accounts and secrets */
async function demoValues() {
	// It is TypeScript, so it is loaded in the same way as the sandbox itself.
	const { tsImport } = await import('tsx/esm/api');
	const { DEMO } = await tsImport(
		pathToFileURL(join(ROOT, 'sandbox', 'demo.ts')).href,
		import.meta.url,
	);
	return DEMO;
}

/**
 * @param {string} origin of a sandbox
 * @returns the addresses of the three services on it
 */
function sandboxUrls(origin) {
	return {
		fanvueApi: `${origin}/fanvue`,
		fanvueLogin: `${origin}/fanvue-login`,
		fanfouApi: `${origin}/fanfou`,
		fanfouLogin: `${origin}/fanfou-login`,
		fanbook: `${origin}/fanbook`,
		fanbookGateway: `${origin.replace('http', 'ws')}/fanbook/websocket`,
	};
}

/** A client of a running sandbox: its addresses, its secrets, its admin routes. */
export class SandboxClient {
	/**
	 * @param {string} origin
	 * @param {DemoValues} demo
	 */
	constructor(origin, demo) {
		this.url = origin;
		this.urls = sandboxUrls(origin);
		this.demo = demo;
	}

	/**
	 * @param {string} method
	 * @param {string} path below `/_admin/`
	 * @param {object} [body]
	 * @returns {Promise<import('./types.ts').Json>} IDs above 2^53 are strings
	 */
	async admin(method, path, body) {
		const response = await fetchWithRetry(`${this.url}/_admin/${path}`, {
			method,
			headers: { 'content-type': 'application/json' },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const text = await response.text();
		if (!response.ok)
			throw new Error(
				`The sandbox responded to ${method} ${path} with ${response.status}: ${text}`,
			);
		return JSON.parse(
			text.replace(
				/("(?:[^"\\]|\\.)*")|-?\b\d{16,}\b/g,
				(/** @type {string} */ all, /** @type {string | undefined} */ quoted) =>
					quoted ?? `"${all}"`,
			),
		);
	}

	/**
	 * Returns the requests that the services of the sandbox received.
	 *
	 * @param {{ service?: string, endpoint?: string, path?: string, after?: number }} [filter]
	 * @returns {Promise<import('./types.ts').LoggedRequest[]>}
	 */
	requests(filter = {}) {
		const query = new URLSearchParams();
		for (const [name, value] of Object.entries(filter)) query.set(name, String(value));
		return this.admin('GET', `requests?${query}`);
	}

	/** @returns {Promise<number>} the number of the latest request, 0 if there was none */
	async lastRequestNumber() {
		return (await this.requests()).at(-1)?.number ?? 0;
	}

	/**
	 * Makes a later request fail, e.g. with `{ kind: 'rateLimit', service: 'fanfou' }`.
	 *
	 * @param {import('./types.ts').Fault} fault
	 */
	fault(fault) {
		return this.admin('POST', 'faults', fault);
	}

	/** @returns {Promise<import('./types.ts').Fault[]>} the faults that no request has met yet */
	faults() {
		return this.admin('GET', 'faults');
	}

	/**
	 * Calls an action of a service, e.g. `act('fanbook', 'push', {…})`.
	 *
	 * @param {'fanvue' | 'fanfou' | 'fanbook'} service
	 * @param {string} action
	 * @param {object} [input]
	 */
	act(service, action, input = {}) {
		return this.admin('POST', `${service}/${action}`, input);
	}

	/** @param {'fanvue' | 'fanfou' | 'fanbook'} service */
	state(service) {
		return this.admin('GET', `state/${service}`);
	}
}

/**
 * Connects to a sandbox that is already running.
 *
 * @param {string} origin
 */
export async function connectToSandbox(origin) {
	return new SandboxClient(origin, await demoValues());
}

/**
 * Starts a sandbox and waits until it responds.
 *
 * @param {import('./types.ts').Processes} processes
 * @param {{ port: number, log: string }} options
 * @returns {Promise<SandboxClient & { process: import('./types.ts').ChildProgram }>}
 */
export async function startSandbox(processes, { port, log }) {
	const origin = `http://${LOOPBACK}:${port}`;
	const child = processes.start(
		'the sandbox',
		process.execPath,
		['--import', 'tsx', join(ROOT, 'sandbox', 'main.ts'), '--port', String(port)],
		{ cwd: ROOT, log, node: true },
	);
	const [sandbox] = await Promise.all([
		connectToSandbox(origin),
		child.ready(async () => (await fetch(origin)).ok, START_TIMEOUT_MS),
	]);
	return Object.assign(sandbox, { process: child });
}
