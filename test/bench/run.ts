import '../support/environment';
import type { Benchmark } from './benchmark';
import { adaptation } from './benchmarks/adaptation';
import { credentials } from './benchmarks/credentials';
import { engine } from './benchmarks/engine';
import { files } from './benchmarks/files';
import { growth } from './benchmarks/growth';
import { json } from './benchmarks/json';
import { limits, writes } from './benchmarks/limits';
import { lists } from './benchmarks/lists';
import { loading } from './benchmarks/loading';
import { reads } from './benchmarks/reads';
import { trigger } from './benchmarks/trigger';
import { stopHost } from './hostProcess';
import { show, store, writePage } from './report';

/**
 * In the order of docs/benchmarks.md: the growth of time and memory first. Those of one group run at the
 * same time: they mostly wait, each in a process of its own.
 */
const GROUPS: Benchmark[][] = [
	[growth],
	[reads],
	[limits, writes],
	[adaptation],
	[lists],
	[json],
	[files],
	[trigger],
	[engine],
	[credentials],
	[loading],
];
const BENCHMARKS = GROUPS.flat();

const QUICK = '--quick';

/**
 * `npm run bench` measures everything in ten minutes; `npm run bench -- json lists` runs single parts
 * at their full size, and with `--quick` at the size that they have together. Each result is stored at
 * once in docs/benchmarks.json, from which docs/benchmarks.md is written.
 */
async function main(): Promise<void> {
	const words = process.argv.slice(2);
	const names = words.filter((word) => word !== QUICK);
	const unknown = names.filter((name) => !BENCHMARKS.some((benchmark) => benchmark.name === name));
	if (unknown.length > 0) {
		const known = BENCHMARKS.map(({ name }) => name).join(', ');
		throw new Error(`There is no benchmark "${unknown.join('", "')}". Use one of ${known}`);
	}
	const isFull = names.length > 0 && !words.includes(QUICK);
	const isChosen = ({ name }: Benchmark) => names.length === 0 || names.includes(name);
	const failures: string[] = [];
	const measure = async ({ name, title, run }: Benchmark) => {
		const start = Date.now();
		console.log(`\n${title}`);
		try {
			store(name, await run({ isFull, show }), isFull);
		} catch (error) {
			failures.push(name);
			console.error(error);
		}
		console.log(`  ${name} took ${Math.round((Date.now() - start) / 1000)} s`);
		writePage(BENCHMARKS);
	};
	try {
		for (const group of GROUPS) {
			const chosen = group.filter(isChosen);
			if (isFull) for (const benchmark of chosen) await measure(benchmark);
			else await Promise.all(chosen.map(measure));
		}
	} finally {
		await stopHost();
	}
	console.log(
		`\n${BENCHMARKS.filter(isChosen).length - failures.length} passed, ${failures.length} failed`,
	);
	process.exitCode = failures.length === 0 ? 0 : 1;
}

void main();
