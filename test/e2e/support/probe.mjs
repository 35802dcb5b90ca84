/**
 * Loaded into n8n's main process: writes every 15 seconds what it holds after garbage collection, as a line
 * of JSON, to the file that `SOAK_PROBE` names.
 */
import { appendFileSync } from 'node:fs';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const INTERVAL_MS = 15_000;

const file = process.env.SOAK_PROBE;
if (file && process.argv.includes('start')) {
	setFlagsFromString('--expose-gc');
	const collectGarbage = runInNewContext('gc');
	let warnings = 0;
	process.on('warning', ({ name }) => {
		if (name === 'MaxListenersExceededWarning') warnings += 1;
	});
	const write = () => {
		collectGarbage();
		const { heapUsed, external, rss } = process.memoryUsage();
		const resources = process.getActiveResourcesInfo();
		const count = (/** @type {RegExp} */ name) => resources.filter((one) => name.test(one)).length;
		const sample = {
			heapMb: heapUsed / 1e6,
			externalMb: external / 1e6,
			rssMb: rss / 1e6,
			contexts: getHeapStatistics().number_of_native_contexts,
			sockets: count(/^(?:TCP|TLS)/),
			timers: count(/^Timeout$/),
			listeners: process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
			warnings,
		};
		appendFileSync(file, `${JSON.stringify(sample)}\n`);
	};
	setInterval(write, INTERVAL_MS).unref();
}
