/**
 * Long-lived child processes: started together, waited for, stopped together. Each is on a leash
 * (leash.mjs), so that none outlives this process, however it ends.
 */
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const LEASH = new URL('leash.mjs', import.meta.url).href;
const LEASHED = fileURLToPath(new URL('leashed.mjs', import.meta.url));
const STOP_MS = 12_000;
const POLL_MS = 100;
const TAIL_LINES = 25;

/**
 * Waits until `probe` gives something truthy.
 *
 * @template T
 * @param {() => T | Promise<T>} probe what it throws counts as "not yet"
 * @param {{ what: string, timeout?: number, stopWhen?: () => string | undefined }} options
 *   `timeout` in milliseconds; `stopWhen` ends the wait early with a reason
 * @returns {Promise<T>}
 */
export async function until(probe, { what, timeout = 60_000, stopWhen }) {
	const end = Date.now() + timeout;
	let last;
	for (;;) {
		const reason = stopWhen?.();
		if (reason) throw new Error(reason);
		try {
			const value = await probe();
			if (value) return value;
		} catch (thrown) {
			last = thrown;
		}
		if (Date.now() > end) {
			const why = last instanceof Error ? `: ${last.message}` : '';
			throw new Error(`Waited ${Math.round(timeout / 1000)} s for ${what}${why}`);
		}
		await pause(POLL_MS);
	}
}

/** @returns {string} the last lines of a log file */
function tail(log) {
	return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
}

/** A group of child processes that live and die together. */
export function createProcesses() {
	const children = [];

	/**
	 * Starts a program in the background.
	 *
	 * @param {string} name for messages
	 * @param {string} program a Node.js binary when `node` is set, any program otherwise
	 * @param {string[]} args
	 * @param {{ cwd: string, env?: Record<string, string | undefined>, log: string, node?: boolean }} options
	 *   `env` is the whole environment; all output goes to the end of the file `log`
	 */
	function start(name, program, args, { cwd, env = process.env, log, node = false }) {
		mkdirSync(dirname(log), { recursive: true });
		const output = openSync(log, 'a');
		// A group of its own: Ctrl-C in the terminal reaches this process only, which then stops the
		// children in order, and what a child starts itself can be ended with it.
		const child = spawn(
			node ? program : process.execPath,
			node ? ['--import', LEASH, ...args] : ['--import', LEASH, LEASHED, program, ...args],
			{
				cwd,
				env,
				detached: process.platform !== 'win32',
				stdio: ['ignore', output, output, 'ipc'],
				windowsHide: true,
			},
		);
		closeSync(output);
		let ended;
		const gone = new Promise((resolve) => {
			const end = (why) => {
				ended ??= why;
				resolve();
			};
			child.once('exit', (code, signal) => end(signal ?? `code ${code}`));
			child.once('error', (reason) => end(reason.message));
		});
		// The channel serves the leash only and must not keep this process alive.
		child.channel?.unref();

		const killGroup = () => {
			try {
				if (process.platform === 'win32') child.kill('SIGKILL');
				else process.kill(-child.pid, 'SIGKILL');
			} catch {
				// Nothing of the group is left.
			}
		};
		const handle = {
			name,
			log,
			pid: child.pid,
			/** @returns {string | undefined} how it ended, undefined while it runs */
			ended: () => ended,
			/** Resolves when it has ended. */
			gone,
			/** Waits until `probe` gives something truthy; ends early when the process does. */
			ready: (probe, timeout = 60_000) =>
				until(probe, {
					what: name,
					timeout,
					stopWhen: () => ended && `${name} ended (${ended}). The end of ${log}:\n${tail(log)}`,
				}),
			/** Asks it to end, and ends it and all it started after a while. */
			async stop() {
				if (!ended) {
					if (process.platform === 'win32' && child.connected) child.disconnect();
					else child.kill('SIGTERM');
					const late = setTimeout(killGroup, STOP_MS);
					await gone;
					clearTimeout(late);
				}
				killGroup();
				const index = children.indexOf(handle);
				if (index !== -1) children.splice(index, 1);
			},
			/** Ends it at once, as a crash would. */
			async kill() {
				killGroup();
				await gone;
				const index = children.indexOf(handle);
				if (index !== -1) children.splice(index, 1);
			},
		};
		children.push(handle);
		return handle;
	}

	/** Stops all children, the last started first. */
	async function stopAll() {
		for (const child of [...children].reverse()) await child.stop();
	}

	return { start, stopAll };
}

/**
 * Calls `stop` once when this process is told to end: Ctrl-C, SIGTERM, a closed terminal, or (when npm
 * started it) npm being killed.
 *
 * @param {(reason: string) => void | Promise<void>} stop
 */
export function onEnd(stop) {
	let called = false;
	const once = (reason) => {
		if (called) return;
		called = true;
		void stop(reason);
	};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => once(signal));
	if (process.env.npm_lifecycle_event && process.platform !== 'win32') {
		const parent = process.ppid;
		const watch = setInterval(() => {
			if (process.ppid !== parent) once('npm is gone');
		}, 1_000);
		watch.unref();
	}
}
