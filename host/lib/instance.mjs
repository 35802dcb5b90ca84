/** Remembers the n8n that `npm start` runs, so that a second start finds it instead of disturbing it. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answers } from './n8n.mjs';
import { STATE } from './paths.mjs';

const FILE = join(STATE, 'instance.json');
// A first start installs n8n, which takes minutes.
const START_MS = 20 * 60_000;

/**
 * @typedef {{ pid: number, port: number, n8nUrl: string, sandboxUrl: string }} Instance `pid` of the
 *   script that started it
 */

/** @returns {boolean} whether a process of that id exists */
function alive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (reason) {
		return reason.code === 'EPERM';
	}
}

/** @returns {(Partial<Instance> & { pid: number, since: number }) | undefined} what the file says, if its writer lives */
function recorded() {
	if (!existsSync(FILE)) return undefined;
	const instance = JSON.parse(readFileSync(FILE, 'utf8'));
	return alive(instance.pid) ? instance : undefined;
}

/** @returns {Promise<Instance | undefined>} the one that is running, undefined when there is none */
export async function runningInstance() {
	const instance = recorded();
	if (!instance?.port) return undefined;
	// Ids of processes are used again: it must also answer as n8n does.
	return (await answers(instance.port).catch(() => false)) ? instance : undefined;
}

/**
 * Takes the state folder for this process.
 *
 * @throws when another process is just starting on it
 */
export function claimInstance() {
	const other = recorded();
	if (other && !other.port && Date.now() - other.since < START_MS) {
		throw new Error(
			`Another npm start is under way (process ${other.pid}). Wait for it, or end it first.`,
		);
	}
	write({});
}

function write(instance) {
	mkdirSync(STATE, { recursive: true });
	writeFileSync(FILE, JSON.stringify({ pid: process.pid, since: Date.now(), ...instance }));
}

/** @param {Omit<Instance, 'pid'>} instance the one that this process runs */
export function rememberInstance(instance) {
	write(instance);
}

/** Called when it has been stopped. */
export function forgetInstance() {
	rmSync(FILE, { force: true });
}
