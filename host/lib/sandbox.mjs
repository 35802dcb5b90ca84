/** Starts the sandbox as a process of its own and drives its admin routes. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './paths.mjs';
import { LOOPBACK } from './ports.mjs';

const READY_MS = 60_000;

/** @returns {Promise<object>} the sandbox's well-known accounts and secrets */
async function demoValues() {
	// TypeScript, so it is read through the same loader that runs the sandbox.
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
export function sandboxUrls(origin) {
	return {
		fanvueApi: `${origin}/fanvue`,
		fanvueLogin: `${origin}/fanvue-login`,
		fanfouApi: `${origin}/fanfou`,
		fanfouLogin: `${origin}/fanfou-login`,
		fanbook: `${origin}/fanbook`,
		fanbookGateway: `${origin.replace('http', 'ws')}/fanbook/websocket`,
	};
}

/** The sandbox seen from outside: its addresses, its secrets, its admin routes. */
export class SandboxDriver {
	constructor(origin, demo) {
		this.url = origin;
		this.urls = sandboxUrls(origin);
		this.demo = demo;
	}

	/**
	 * @param {string} method
	 * @param {string} path below `/_admin/`
	 * @param {object} [body]
	 * @returns {Promise<any>} ids past 2^53 arrive as text
	 */
	async admin(method, path, body) {
		const response = await fetch(`${this.url}/_admin/${path}`, {
			method,
			headers: { 'content-type': 'application/json' },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const text = await response.text();
		if (!response.ok)
			throw new Error(`Sandbox: ${method} ${path} answered ${response.status}: ${text}`);
		return JSON.parse(
			text.replace(/("(?:[^"\\]|\\.)*")|-?\b\d{16,}\b/g, (all, quoted) => quoted ?? `"${all}"`),
		);
	}

	/** @param {{ service?: string, endpoint?: string, path?: string, after?: number }} [filter] */
	requests(filter = {}) {
		return this.admin('GET', `requests?${new URLSearchParams(filter)}`);
	}

	/** Arms something that shall go wrong, e.g. `{ kind: 'rateLimit', service: 'fanfou' }`. */
	fault(fault) {
		return this.admin('POST', 'faults', fault);
	}

	/** The faults that have not struck yet. */
	faults() {
		return this.admin('GET', 'faults');
	}

	/** Calls an action of a service, e.g. `act('fanbook', 'push', {…})`. */
	act(service, action, input = {}) {
		return this.admin('POST', `${service}/${action}`, input);
	}

	/** @returns {Promise<any>} what a service holds */
	state(service) {
		return this.admin('GET', `state/${service}`);
	}
}

/** Connects to a sandbox that runs already. */
export async function sandboxAt(origin) {
	return new SandboxDriver(origin, await demoValues());
}

/**
 * Starts a sandbox and waits until it answers.
 *
 * @param {ReturnType<import('./processes.mjs').createProcesses>} processes
 * @param {{ port: number, log: string }} options
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
		sandboxAt(origin),
		child.ready(async () => (await fetch(origin)).ok, READY_MS),
	]);
	return Object.assign(sandbox, { process: child });
}
