import { median } from '../benchmark';
import type { Benchmark, Chart, Measure, Series } from '../benchmark';
import { runChild } from '../childTask';
import type { GrowthPoint } from '../growthRun';
import { LIST_KINDS } from '../lists';
import { withServer } from '../measurementServer';

const COUNTS = [1, 10, 100, 1_000, 10_000, 50_000];
const ROW_BYTES = [500, 5_000];

/** Time per row of the largest list, compared with the one before it: 1 is linear. */
const LINEAR = 1.25;
const MOST_MEMORY = 4;

/** Processes at the same time. */
const PROCESSES = 2;

/** What the requests themselves take: items without the node. */
const PLAIN_LOOP = 'plain loop';
const WHY: Record<string, string> = {
	items:
		"n8n's own requests leave that behind until the garbage is collected: see the plain loop over n8n's helper. The node keeps 0.9 kB per item of 0.5 kB.",
	'Fanfou timeline':
		'Simplify turns each status into twelve members, three lists and a user, which are kept in 1.3 kB for a row of 0.5 kB. Without Simplify the peak is 41 MiB.',
};

interface Line {
	kind: string;
	rowBytes: number;
	/** By number of rows, the rounds. */
	points: Map<number, GrowthPoint[]>;
}

function isPoint(message: unknown): message is GrowthPoint {
	return typeof message === 'object' && message !== null && 'peakBytes' in message;
}

/** Runs tasks, a few at a time, in their order. */
async function runAll(tasks: Array<() => Promise<void>>): Promise<void> {
	const queue = [...tasks];
	const work = async () => {
		for (let task = queue.shift(); task !== undefined; task = queue.shift()) await task();
	};
	await Promise.all(Array.from({ length: PROCESSES }, work));
}

const kilobytes = (bytes: number) => `${bytes / 1000} kB`;
const values = (points: GrowthPoint[] | undefined, read: (point: GrowthPoint) => number) =>
	(points ?? []).map(read);

function linearity({ kind, rowBytes, points }: Line): Measure {
	const [before = 0, last = 0] = [...points.keys()].sort((a, b) => a - b).slice(-2);
	const perRow = (rows: number) => values(points.get(rows), ({ timeMs }) => timeMs / rows);
	const base = median(perRow(before));
	return {
		what: `${kind}, ${kilobytes(rowBytes)}: time per row of ${last.toLocaleString('en')}, compared with ${before.toLocaleString('en')}`,
		values: perRow(last).map((time) => time / base),
		unit: '×',
		mark: { most: LINEAR },
		detail: `${median(perRow(last)).toFixed(3)} ms per row`,
	};
}

function memory({ kind, rowBytes, points }: Line): Measure {
	const last = Math.max(...points.keys());
	const peaks = values(points.get(last), ({ peakBytes }) => peakBytes);
	return {
		what: `${kind}, ${kilobytes(rowBytes)}: peak memory of ${last.toLocaleString('en')}, compared with the bytes received`,
		values: peaks.map((peak) => peak / (last * rowBytes)),
		unit: '×',
		...(kind === PLAIN_LOOP ? {} : { mark: { most: MOST_MEMORY }, why: WHY[kind] }),
		detail: `${Math.round(median(peaks) / 2 ** 20)} MiB for ${Math.round((last * rowBytes) / 1e6)} MB`,
	};
}

function chart(lines: Line[], of: 'time' | 'memory'): Chart {
	const read = ({ timeMs, peakBytes }: GrowthPoint) =>
		of === 'time' ? timeMs / 1000 : peakBytes / 2 ** 20;
	return {
		file: `growth-${of}`,
		title:
			of === 'time'
				? 'Time of Return All by number of rows'
				: 'Peak memory of Return All by number of rows',
		kind: 'line',
		x: { name: 'rows', isLogarithmic: true },
		y: { name: of === 'time' ? 'seconds' : 'MiB', isLogarithmic: true },
		series: lines.map(({ kind, rowBytes, points }): Series => ({
			name: `${kind}, ${kilobytes(rowBytes)}`,
			color: [...new Set(lines.map((line) => line.kind))].indexOf(kind),
			isDashed: rowBytes === ROW_BYTES[0],
			points: [...points]
				.sort(([a], [b]) => a - b)
				.flatMap(([rows, rounds]): Series['points'] => {
					const y = median(rounds.map(read));
					// A logarithmic axis has no zero.
					return y > 0.001 ? [[rows, y]] : [];
				}),
		})),
	};
}

export const growth: Benchmark = {
	name: 'growth',
	title: 'Growth of time and memory',
	about:
		"1 to 50,000 rows with Return All, and items of which each is one read (the plain loop reads them with n8n's helper alone, one at a time), from a service without latency, in n8n's execution engine with the default heap of Node.js. Peak memory is that of the whole process, less what it had before the first run. Two processes run at a time.",
	run: async ({ isFull, show }) =>
		await withServer(async ({ url }) => {
			const lines: Line[] = [];
			const tasks: Array<() => Promise<void>> = [];
			const kinds = [...LIST_KINDS.map(({ name }) => name), 'items', PLAIN_LOOP];
			for (const kind of kinds) {
				for (const rowBytes of ROW_BYTES) {
					const line: Line = { kind, rowBytes, points: new Map() };
					lines.push(line);
					// 50,000 requests take more than a minute.
					const isItems = ['items', PLAIN_LOOP].includes(kind);
					const most = isItems && !isFull ? 10_000 : Infinity;
					const counts = kind === PLAIN_LOOP ? [10_000] : COUNTS.filter((count) => count <= most);
					for (let round = 0; round < (isFull ? 5 : 1); round += 1) {
						tasks.push(async () => {
							const task = { url, kind, rowBytes, counts };
							for (const point of await runChild('growthRun.ts', task, isPoint))
								line.points.set(point.rows, [...(line.points.get(point.rows) ?? []), point]);
						});
					}
				}
			}
			await runAll(tasks);
			const measures = lines.flatMap((line) =>
				line.kind === PLAIN_LOOP ? [memory(line)] : [linearity(line), memory(line)],
			);
			measures.forEach(show);
			const charted = lines.filter(({ kind }) => kind !== PLAIN_LOOP);
			return { measures, charts: [chart(charted, 'time'), chart(charted, 'memory')] };
		}),
};
