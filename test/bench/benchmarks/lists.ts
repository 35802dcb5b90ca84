import { inTurns, ratios, secondsOf, spreadOf } from '../benchmark';
import type { Benchmark, Measure, RunOptions } from '../benchmark';
import { LIST_KINDS, readBare, readWithNode } from '../lists';
import type { ListKind } from '../lists';
import { withServer } from '../measurementServer';

const ROUNDS = 5;
const SIZE = { rowBytes: 500, latencyMs: 50 };

/** Kinds at the same time; more would wait for the processor instead of the service. */
const AT_ONCE = 2;

/** A list whose pages are requested ahead is read faster, so it can be longer. */
function rowsOf({ isAhead }: ListKind, isFull: boolean): number {
	if (isFull) return 10_000;
	return isAhead ? 5_000 : 2_500;
}

async function measure(
	kind: ListKind,
	url: string,
	{ isFull, show }: RunOptions,
): Promise<Measure> {
	const size = { ...SIZE, rows: rowsOf(kind, isFull) };
	await readWithNode(kind, url, { ...size, rows: 100, latencyMs: 0 });
	const { ours, other } = await inTurns(
		ROUNDS,
		async () => await readWithNode(kind, url, size),
		async () => await readBare(kind, url, size),
	);
	const found: Measure = {
		what: `${kind.name}, pages by ${kind.paging}`,
		values: ratios(ours, other),
		unit: '×',
		mark: { most: kind.isAhead ? 0.4 : 1.1 },
		detail: `${size.rows.toLocaleString('en')} rows: node ${secondsOf(ours)}, bare client ${secondsOf(other)}`,
	};
	show(found);
	return found;
}

export const lists: Benchmark = {
	name: 'lists',
	title: 'Return All',
	about:
		"Rows of 0.5 kB with Return All in n8n's execution engine, from a service that responds after 50 ms, compared with `fetch` and `JSON.parse` page after page: 10,000 rows, or fewer when all benchmarks run together.",
	run: async (options) =>
		await withServer(async ({ url }) => {
			const measures: Measure[] = [];
			for (let at = 0; at < LIST_KINDS.length; at += AT_ONCE) {
				const kinds = LIST_KINDS.slice(at, at + AT_ONCE);
				measures.push(
					...(await Promise.all(kinds.map(async (kind) => await measure(kind, url, options)))),
				);
			}
			return {
				measures,
				charts: [
					{
						file: 'lists',
						title: 'Return All at 50 ms, compared with a client that reads page after page',
						kind: 'bar',
						x: { name: '' },
						y: { name: 'time of the node ÷ time of the bare client' },
						limit: 1,
						series: [
							{
								name: 'Return All',
								points: measures.map(({ what, values }) => {
									const { median, min, max } = spreadOf(values);
									return [what.replace(', pages by ', '\n'), median, min, max];
								}),
							},
						],
					},
				],
			};
		}),
};
