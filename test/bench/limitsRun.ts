import '../support/environment';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { serveTask } from './childTask';
import { BenchNode, run } from './engineNode';

/**
 * Processes items against the rate limits of the measurement server, in a process of its own. Reports each
 * round over its IPC channel.
 */

export interface LimitsTask {
	url: string;
	method: 'GET' | 'POST';
	items: number;
	kinds: string[];
	rounds: number;
	/** Runs at the same time. */
	atOnce: number;
	/** The time over which the starts of these runs are spread. */
	spreadMs: number;
}

export interface LimitsRound {
	kind: string;
	timeMs: number;
	failed: number;
	rejected: number;
	repeated: number;
}

const countsSchema = z.object({
	accepted: z.number(),
	rejected: z.number(),
	repeated: z.number(),
});

/** Processes all items once; the items that fail are counted. */
async function runOnce(
	{ url, method, items }: LimitsTask,
	{ kind, round }: { kind: string; round: number },
): Promise<LimitsRound> {
	const name = `${method}-${kind}-${round}`;
	const start = performance.now();
	let hasFailed = false;
	try {
		await run({
			node: new BenchNode(),
			parameters: {
				resource: 'book',
				operation: method === 'GET' ? 'limitedRead' : 'limitedWrite',
				run: name,
				kind,
				item: '={{ $json.n }}',
			},
			count: items,
			url,
		});
	} catch {
		hasFailed = true;
	}
	const timeMs = performance.now() - start;
	const response = await fetch(`${url}/limit/${name}`);
	const { accepted, rejected, repeated } = countsSchema.parse(await response.json());
	return {
		kind,
		timeMs,
		failed: hasFailed ? items - (accepted - repeated) : 0,
		rejected,
		repeated,
	};
}

async function measure(task: LimitsTask): Promise<void> {
	const { kinds, rounds, atOnce, spreadMs } = task;
	// The kinds take turns.
	const runs = Array.from({ length: rounds }, (_, round) =>
		kinds.map((kind) => ({ kind, round })),
	).flat();
	for (let at = 0; at < runs.length; at += atOnce) {
		await Promise.all(
			runs.slice(at, at + atOnce).map(async (one, index) => {
				// Each run sends most requests when its window begins.
				await pause((index * spreadMs) / atOnce);
				process.send?.(await runOnce(task, one));
			}),
		);
	}
}

serveTask(measure);
