import { ratios, secondsOf, spreadOf } from '../benchmark';
import type { Benchmark, Measure, RunOptions } from '../benchmark';
import { runChild } from '../childTask';
import { LIST_KINDS } from '../lists';
import type { ListKind } from '../lists';
import type { ListTimes, ListsTask } from '../listsRun';
import { withServer } from '../measurementServer';

const ROUNDS = 5;
const SIZE = { rowBytes: 500, latencyMs: 50 };

/** Kinds at the same time, each in a process of its own; more would wait for the processor. */
const AT_ONCE = 2;

const WHY_ONE_BY_ONE =
	'the next request needs the last row of the page before, so the time for its rows, 0.1 ms each, is added to that of the request.';
const WHY_AHEAD =
	'the first page is requested alone, then two at a time, then three, so 0.36 × is the least for 50 pages and 0.35 × for 100. The rest is the time for the rows of three pages that arrive together.';

/** A list whose pages are requested ahead is read faster, so it can be longer. */
function rowsOf({ isAhead }: ListKind, isFull: boolean): number {
	if (isFull) return 10_000;
	return isAhead ? 5_000 : 2_500;
}

function isTimes(message: unknown): message is ListTimes {
	return typeof message === 'object' && message !== null && 'ours' in message;
}

async function measure(
	kind: ListKind,
	url: string,
	{ isFull, show }: RunOptions,
): Promise<Measure> {
	const rows = rowsOf(kind, isFull);
	const task: ListsTask = { ...SIZE, url, kind: kind.name, rows, rounds: ROUNDS };
	const [times] = await runChild('listsRun.ts', task, isTimes);
	if (times === undefined) throw new Error(`${kind.name} was not measured`);
	const { ours, other } = times;
	const found: Measure = {
		what: `${kind.name}, pages by ${kind.paging}`,
		values: ratios(ours, other),
		unit: '×',
		mark: { most: kind.isAhead ? 0.4 : 1.1 },
		why: kind.isAhead ? WHY_AHEAD : WHY_ONE_BY_ONE,
		detail: `${rows.toLocaleString('en')} rows: node ${secondsOf(ours)}, bare client ${secondsOf(other)}`,
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
