import { inTurns, ratios, secondsOf } from '../benchmark';
import type { Benchmark, Measure } from '../benchmark';
import { BenchNode, PlainLoop, run } from '../engineNode';
import { withServer } from '../measurementServer';

const ITEMS = 1000;
const ROUNDS = 7;

export const engine: Benchmark = {
	name: 'engine',
	title: 'The engine alone',
	about:
		"1,000 reads one at a time at 0 ms inside n8n's execution engine, with a credential that is in memory, compared with a plain loop over the same helper of n8n and the same JSON parser.",
	run: async ({ show }) =>
		await withServer(async ({ url }) => {
			const ours = async () =>
				await run({
					node: new BenchNode(),
					parameters: { resource: 'book', operation: 'read', options: { concurrency: 1 } },
					count: ITEMS,
					url,
				});
			const plain = async () =>
				await run({ node: new PlainLoop(), parameters: {}, count: ITEMS, url });
			// The first runs load and compile everything and are not counted.
			await ours();
			await plain();
			const times = await inTurns(ROUNDS, ours, plain);
			const measure: Measure = {
				what: 'Time per item',
				values: ratios(times.ours, times.other),
				unit: '×',
				mark: { most: 1.1 },
				detail: `engine ${secondsOf(times.ours)}, plain loop ${secondsOf(times.other)}`,
			};
			show(measure);
			return { measures: [measure] };
		}),
};
