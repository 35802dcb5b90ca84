/** Records the n8n that `npm start` runs, so that a second start uses it instead of starting another one. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from './errors.mjs';
import { isReady } from './n8n.mjs';
import { STATE } from './paths.mjs';

const FILE = join(STATE, 'instance.json');
// A first start installs n8n, which takes minutes.
const START_TIMEOUT_MS = 20 * 60_000;

/**
 * @typedef {object} Instance
 * @property {number} port
 * @property {string} n8nUrl
 * @property {string} sandboxUrl
 */

/**
 * @typedef {Partial<Instance> & { pid: number, since: number }} InstanceRecord `pid` of the script that
 *   started the instance; the addresses are there once it is ready
 */

/**
 * @param {number} pid
 * @returns {boolean} whether a process with that ID exists
 */
function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return codeOf(error) === 'EPERM';
	}
}

/** @returns {InstanceRecord | undefined} the record, if the process that wrote it is alive */
function readRecord() {
	if (!existsSync(FILE)) return undefined;
	/** @type {InstanceRecord} */
	const record = JSON.parse(readFileSync(FILE, 'utf8'));
	return isAlive(record.pid) ? record : undefined;
}

/** @returns {Promise<Instance | undefined>} the running instance, if there is one */
export async function runningInstance() {
	const { port, n8nUrl, sandboxUrl } = readRecord() ?? {};
	if (!port || !n8nUrl || !sandboxUrl) return undefined;
	// The system reuses process IDs, so the instance must also respond as n8n does.
	return (await isReady(port).catch(() => false)) ? { port, n8nUrl, sandboxUrl } : undefined;
}

/**
 * Reserves the state folder for this process.
 *
 * @throws if another process is starting with it
 */
export function claimInstance() {
	const other = readRecord();
	if (other && !other.port && Date.now() - other.since < START_TIMEOUT_MS) {
		throw new Error(
			`Another npm start is still starting (process ${other.pid}). Wait until it is ready, or stop it.`,
		);
	}
	writeRecord({});
}

/** @param {Partial<Instance>} instance */
function writeRecord(instance) {
	mkdirSync(STATE, { recursive: true });
	writeFileSync(FILE, JSON.stringify({ pid: process.pid, since: Date.now(), ...instance }));
}

/** @param {Instance} instance the one that this process runs */
export function recordInstance(instance) {
	writeRecord(instance);
}

/** Deletes the record after the instance was stopped. */
export function forgetInstance() {
	rmSync(FILE, { force: true });
}
