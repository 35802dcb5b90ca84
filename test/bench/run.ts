import { fork } from 'node:child_process';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { engineRows, writesRow } from './engine';
import type { Row } from './report';
import { show, writeReport } from './report';

/**
 * `npm run bench`: measures the nodes in a real n8n, then the engine alone, and writes
 * docs/benchmarks.md. With `-- --quick` the four minutes of writes are left out and nothing is written.
 */
const isQuick = process.argv.includes('--quick');

function isRow(message: unknown): message is Row {
	return typeof message === 'object' && message !== null && 'ratio' in message;
}

/** Measures the rows that need a real n8n, in a separate program. */
async function hostRows(): Promise<Row[]> {
	const rows: Row[] = [];
	const child = fork(join(__dirname, 'host.mjs'), { execArgv: [] });
	child.on('message', (message) => {
		if (!isRow(message)) return;
		rows.push(message);
		show(message);
	});
	const code = await new Promise((resolve) => child.once('exit', resolve));
	if (code !== 0) throw new Error(`The measurement in a real n8n ended with code ${String(code)}`);
	return rows;
}

async function measure(): Promise<void> {
	const loadBefore = loadavg()[0] ?? 0;
	const inN8n = await hostRows();
	const alone: Row[] = [];
	for await (const row of engineRows()) {
		alone.push(row);
		show(row);
	}
	if (isQuick) return;
	const writes = await writesRow();
	show(writes);
	writeReport(
		[
			{
				title: 'In a real n8n',
				about:
					'1,000 items from a Code node, with a stored credential that n8n reads and decrypts for every request; the time of the node as the execution reports it, median of three rounds in turns. The HTTP Request node has its default settings, with which it starts all requests at once; our nodes keep to ten at a time.',
				rows: inN8n,
			},
			{
				title: 'The engine alone',
				about:
					"Inside n8n's execution engine (n8n-core) in one process, with a credential that is in memory.",
				rows: [...alone, writes],
			},
		],
		loadBefore,
	);
}

void measure();
