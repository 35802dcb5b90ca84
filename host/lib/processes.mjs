/**
 * Long-lived child processes: started, waited for and stopped as a group. exitWithParent.mjs makes sure
 * that none of them outlives this process.
 */
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describeError } from './errors.mjs';

const EXIT_WITH_PARENT = new URL('exitWithParent.mjs', import.meta.url).href;
const RUN_PROGRAM = fileURLToPath(new URL('runProgram.mjs', import.meta.url));
const STOP_TIMEOUT_MS = 12_000;
const POLL_INTERVAL_MS = 100;
const TAIL_LINES = 25;

/**
 * Waits until `probe` returns a truthy value.
 *
 * @template T
 * @param {() => T | Promise<T>} probe an error that it throws counts as "not yet"
 * @param {{ what: string, timeout?: number, stopWhen?: () => string | undefined }} options
 *   `timeout` in milliseconds; `stopWhen` returns a reason to stop waiting
 * @returns {Promise<NonNullable<T>>}
 */
export async function until(probe, { what, timeout = 60_000, stopWhen }) {
	const deadline = Date.now() + timeout;
	/** @type {unknown} */
	let lastError;
	for (;;) {
		const reason = stopWhen?.();
		if (reason) throw new Error(reason);
		try {
			const value = await probe();
			if (value) return value;
		} catch (error) {
			lastError = error;
		}
		if (Date.now() > deadline) {
			const why = lastError === undefined ? '' : `: ${describeError(lastError)}`;
			throw new Error(`Waited ${Math.round(timeout / 1000)} s for ${what}${why}`);
		}
		await sleep(POLL_INTERVAL_MS);
	}
}

/**
 * @param {string} log
 * @returns {string} the last lines of a log file
 */
function tail(log) {
	return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
}

/**
 * @typedef {object} ProgramOptions
 * @property {string} cwd
 * @property {import('./types.ts').Environment} [env] the whole environment
 * @property {string} log file to which all output is appended
 * @property {boolean} [node] whether the program is a Node.js binary
 */

/** Creates a group of child processes that are stopped together. */
export function createProcesses() {
	/** @type {Array<{ stop: () => Promise<void> }>} */
	const children = [];

	/**
	 * Starts a program in the background.
	 *
	 * @param {string} name for messages
	 * @param {string} program
	 * @param {string[]} args
	 * @param {ProgramOptions} options
	 */
	function start(name, program, args, { cwd, env = process.env, log, node = false }) {
		mkdirSync(dirname(log), { recursive: true });
		const output = openSync(log, 'a');
		const child = spawn(
			node ? program : process.execPath,
			node
				? ['--import', EXIT_WITH_PARENT, ...args]
				: ['--import', EXIT_WITH_PARENT, RUN_PROGRAM, program, ...args],
			{
				cwd,
				env,
				// In a process group of its own: Ctrl-C reaches this process only, which then stops the
				// children in order, and what a child starts can be killed together with it.
				detached: process.platform !== 'win32',
				stdio: ['ignore', output, output, 'ipc'],
				windowsHide: true,
			},
		);
		closeSync(output);
		/** @type {string | undefined} */
		let exitReason;
		/** @type {Promise<void>} */
		const exited = new Promise((resolve) => {
			/** @param {string} reason */
			const finish = (reason) => {
				exitReason ??= reason;
				resolve();
			};
			child.once('exit', (code, signal) => finish(signal ?? `code ${code}`));
			child.once('error', (error) => finish(error.message));
		});
		// The channel only serves exitWithParent.mjs and must not keep this process alive.
		child.channel?.unref();

		const killGroup = () => {
			try {
				if (process.platform === 'win32') child.kill('SIGKILL');
				else if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
			} catch {
				// No process of the group is left.
			}
		};
		const forget = () => {
			const index = children.indexOf(handle);
			if (index !== -1) children.splice(index, 1);
		};
		const handle = {
			name,
			log,
			pid: child.pid,
			/** @returns {string | undefined} how the program ended, undefined while it runs */
			exitReason: () => exitReason,
			/** Resolves when the program has ended. */
			exited,
			/**
			 * Waits until `probe` returns a truthy value, at most as long as the program runs.
			 *
			 * @template T
			 * @param {() => T | Promise<T>} probe
			 * @param {number} [timeout] in milliseconds
			 */
			ready: (probe, timeout = 60_000) =>
				until(probe, {
					what: name,
					timeout,
					stopWhen: () =>
						exitReason && `${name} ended (${exitReason}). The end of ${log}:\n${tail(log)}`,
				}),
			/** Asks the program to end, and kills it and all that it started after a timeout. */
			async stop() {
				if (exitReason === undefined) {
					if (process.platform === 'win32' && child.connected) child.disconnect();
					else child.kill('SIGTERM');
					const timer = setTimeout(killGroup, STOP_TIMEOUT_MS);
					await exited;
					clearTimeout(timer);
				}
				killGroup();
				forget();
			},
			/** Ends the program immediately, as a crash would. */
			async kill() {
				killGroup();
				await exited;
				forget();
			},
		};
		children.push(handle);
		return handle;
	}

	/** Stops all children, the last one started first. */
	async function stopAll() {
		for (const child of [...children].reverse()) await child.stop();
	}

	return { start, stopAll };
}

/**
 * Calls `stop` once when this process is asked to end: by Ctrl-C, SIGTERM, a closed terminal, or by the
 * end of the npm that started it.
 *
 * @param {(reason: string) => unknown} stop
 */
export function onShutdown(stop) {
	let isCalled = false;
	/** @param {string} reason */
	const stopOnce = (reason) => {
		if (isCalled) return;
		isCalled = true;
		void stop(reason);
	};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stopOnce(signal));
	if (process.env.npm_lifecycle_event && process.platform !== 'win32') {
		const parent = process.ppid;
		const watch = setInterval(() => {
			if (process.ppid !== parent) stopOnce('npm has ended');
		}, 1_000);
		watch.unref();
	}
}
