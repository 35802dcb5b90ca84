import '../support/environment';
import { Fanbook } from '../../nodes/Fanbook/Fanbook.node.ts';
import { FanbookBotApi } from '../../credentials/FanbookBotApi.credentials';
import { runNode } from '../support/n8n';
import { serveTask } from './childTask';
import { PlainLoop, run as runLoop } from './engineNode';
import { LIST_KINDS, readWithNode } from './lists';
import { collectGarbage } from './memory';

/**
 * Runs one kind of list, or items, with growing numbers of rows, in a process of its own with the default
 * heap of Node.js. Reports the time and the highest memory of each run over its IPC channel.
 */

/** What to run. `kind` is the name of a list, `items`, or `plain loop` for items without the node. */
export interface GrowthTask {
	url: string;
	kind: string;
	rowBytes: number;
	counts: number[];
}

/** Result of one number of rows. */
export interface GrowthPoint {
	rows: number;
	timeMs: number;
	/** The highest memory of the process, less what it had before its first run. */
	peakBytes: number;
}

const SAMPLE_MS = 5;

/** One read per item. */
async function readItems(url: string, rowBytes: number, count: number): Promise<number> {
	const start = performance.now();
	const { items, error } = await runNode({
		node: new Fanbook(),
		parameters: { resource: 'bot', operation: 'get' },
		items: Array.from({ length: count }, (_, n) => ({ json: { n } })),
		credentials: {
			fanbookBotApi: { botToken: 'bot-token-0123456789', host: `${url}/0/bytes/${rowBytes}` },
		},
		credentialTypes: { fanbookBotApi: new FanbookBotApi() },
	});
	if (error !== undefined || items.length !== count)
		throw new Error(`items: ${error?.message ?? `${items.length} of ${count}`}`);
	return performance.now() - start;
}

async function run({ url, kind, rowBytes }: GrowthTask, rows: number): Promise<number> {
	if (kind === 'items') return await readItems(url, rowBytes, rows);
	if (kind === 'plain loop') {
		const base = `${url}/0/bytes/${rowBytes}`;
		return await runLoop({ node: new PlainLoop(), parameters: {}, count: rows, url: base });
	}
	const list = LIST_KINDS.find(({ name }) => name === kind);
	if (list === undefined) throw new Error(`There is no list "${kind}"`);
	return await readWithNode(list, url, { rows, rowBytes, latencyMs: 0 });
}

async function measure(task: GrowthTask): Promise<void> {
	await run({ ...task, rowBytes: 500 }, 200);
	collectGarbage();
	const before = process.memoryUsage.rss();
	for (const rows of task.counts) {
		let peak = process.memoryUsage.rss();
		const sampler = setInterval(() => {
			peak = Math.max(peak, process.memoryUsage.rss());
		}, SAMPLE_MS);
		const timeMs = await run(task, rows);
		clearInterval(sampler);
		peak = Math.max(peak, process.memoryUsage.rss());
		const point: GrowthPoint = { rows, timeMs, peakBytes: Math.max(peak - before, 0) };
		process.send?.(point);
	}
}

serveTask(measure);
