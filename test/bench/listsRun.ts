import '../support/environment';
import { serveTask } from './childTask';
import { inTurns } from './benchmark';
import { LIST_KINDS, readBare, readWithNode } from './lists';
import type { ListSize } from './lists';

/**
 * Reads one list with the node and with Node.js alone, in turns, in a process of its own. Reports the times
 * over its IPC channel.
 */

export interface ListsTask extends ListSize {
	url: string;
	kind: string;
	rounds: number;
}

/** Times in milliseconds, by round. */
export interface ListTimes {
	ours: number[];
	other: number[];
}

async function measure({ url, kind: name, rounds, ...size }: ListsTask): Promise<void> {
	const kind = LIST_KINDS.find((one) => one.name === name);
	if (kind === undefined) throw new Error(`There is no list "${name}"`);
	await readWithNode(kind, url, { ...size, rows: 100, latencyMs: 0 });
	const times: ListTimes = await inTurns(
		rounds,
		async () => await readWithNode(kind, url, size),
		async () => await readBare(kind, url, size),
	);
	process.send?.(times);
}

serveTask(measure);
