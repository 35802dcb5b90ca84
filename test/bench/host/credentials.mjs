/** What n8n spends on the credential of a request: a CPU profile of n8n while a node reads. */
import { readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../../host/lib/processes.mjs';
import { node } from '../../e2e/support/host.mjs';
import { createRun, credentialFor, READS } from './reads.mjs';

/** @typedef {import('../../../host/lib/types.ts').DemoHost} Host */
/** @typedef {import('node:inspector').Profiler.Profile} Profile */

const SIGNAL = 'SIGUSR2';
/** The profile begins and ends a moment after the signal. */
const SIGNAL_MS = 500;
const MICROSECONDS = 1_000_000;

/**
 * Where time is spent, by functions and files of the innermost frame that one of them names.
 *
 * @type {Array<{ name: 'credential' | 'database' | 'request', functions: RegExp, files: RegExp }>}
 */
const PARTS = [
	{
		name: 'credential',
		functions:
			/^(_?getCredentials|getDecrypted|getCredentialsEntity|preAuthentication|authenticate)$/,
		files: /credentials-helper|credentials\.js|[/\\]cipher/,
	},
	{ name: 'database', functions: /^$/, files: /typeorm|sqlite/ },
	{
		name: 'request',
		functions: /^$/,
		files: /axios|follow-redirects|^node:(_http|http|net|stream)/,
	},
];

/**
 * @param {Profile} profile
 * @returns {Record<'all' | 'credential' | 'database' | 'request', number>} seconds of CPU time
 */
function sumUp({ nodes, samples = [], timeDeltas = [] }) {
	const byId = new Map(nodes.map((one) => [one.id, one]));
	/** @type {Map<number, number>} */
	const parents = new Map();
	for (const { id, children = [] } of nodes) for (const child of children) parents.set(child, id);
	/** @param {number} sample */
	const partOf = (sample) => {
		for (let id = byId.get(sample)?.id; id !== undefined; id = parents.get(id)) {
			const { functionName = '', url = '' } = byId.get(id)?.callFrame ?? {};
			const part = PARTS.find(
				({ functions, files }) => functions.test(functionName || ' ') || files.test(url),
			);
			if (part) return part.name;
		}
		return undefined;
	};
	const seconds = { all: 0, credential: 0, database: 0, request: 0 };
	for (const [index, sample] of samples.entries()) {
		if (byId.get(sample)?.callFrame.functionName === '(idle)') continue;
		const time = (timeDeltas[index] ?? 0) / MICROSECONDS;
		const part = partOf(sample);
		seconds.all += time;
		if (part !== undefined) seconds[part] += time;
	}
	return seconds;
}

/**
 * @param {Host} host
 * @param {{ service: string, url: string, items: number, profile: string }} input `profile` is the file
 *   that n8n writes
 */
export async function profileCredentials(host, { service, url, items, profile }) {
	const read = READS[service];
	if (!read) throw new Error(`There is no read of ${service}`);
	const credentials = await credentialFor(host, read, `${url}/0`);
	const run = await createRun(
		host,
		`Profile of ${service}`,
		items,
		node(service, service.toLowerCase(), read.parameters, { credentials }),
	);
	// The first run loads and compiles everything.
	await run();
	const { pid } = host.process;
	if (pid === undefined) throw new Error('n8n is not running');
	rmSync(profile, { force: true });
	process.kill(pid, SIGNAL);
	await sleep(SIGNAL_MS);
	const { failure, items: output } = await run();
	process.kill(pid, SIGNAL);
	if (failure || output.length !== items) throw new Error(failure ?? `${output.length} items`);
	const text = await until(() => readFileSync(profile, 'utf8'), { what: 'the profile of n8n' });
	return sumUp(JSON.parse(text));
}
