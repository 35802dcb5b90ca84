/** What a measurement has to reach. */
export interface Mark {
	least?: number;
	most?: number;
}

/** One measured quantity: a value per round, mostly the ratio of two times of that round. */
export interface Measure {
	/** What was measured, as a line of a table. */
	what: string;
	values: number[];
	/** `×` for ratios. */
	unit: '×' | '%' | 'ms' | 's' | 'kB' | 'MiB' | 'requests' | 'items';
	mark?: Mark;
	detail: string;
	/** Why the mark is missed, shown if it is. */
	why?: string;
}

/** One line of a chart; each point is x, y and, if there were several rounds, the lowest and highest y. */
export interface Series {
	name: string;
	/** Number of its color; by default that of its position. */
	color?: number;
	isDashed?: boolean;
	points: Array<[x: number | string, y: number, min?: number, max?: number]>;
}

export interface Chart {
	/** Name of the file, without its extension. */
	file: string;
	title: string;
	kind: 'line' | 'bar';
	x: { name: string; isLogarithmic?: boolean };
	y: { name: string; isLogarithmic?: boolean };
	/** A horizontal line for the mark. */
	limit?: number;
	series: Series[];
}

export interface Findings {
	measures: Measure[];
	charts?: Chart[];
}

export interface RunOptions {
	/**
	 * Whether the benchmark runs alone and can take minutes. Together, all of them take less than ten
	 * minutes, so each is smaller.
	 */
	isFull: boolean;
	/** Shows a measure as soon as it is known. */
	show: (measure: Measure) => void;
}

/** One row of the table in docs/benchmarks.md. */
export interface Benchmark {
	/** The word after `npm run bench --`. */
	name: string;
	title: string;
	/** How it is measured and what it is compared with. */
	about: string;
	run: (options: RunOptions) => Promise<Findings>;
}

export interface Spread {
	median: number;
	min: number;
	max: number;
}

export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

export function spreadOf(values: number[]): Spread {
	return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

/** Returns whether a measure reaches its mark; `undefined` if it has none. */
export function isReached({ values, mark }: Measure): boolean | undefined {
	if (mark === undefined) return undefined;
	const value = median(values);
	return value >= (mark.least ?? -Infinity) && value <= (mark.most ?? Infinity);
}

/**
 * Runs two tasks in turns, so that other load on the machine affects both.
 *
 * @returns the results of each round
 */
export async function inTurns(
	rounds: number,
	ours: () => number | Promise<number>,
	other: () => number | Promise<number>,
): Promise<{ ours: number[]; other: number[] }> {
	const results: { ours: number[]; other: number[] } = { ours: [], other: [] };
	for (let round = 0; round < rounds; round += 1) {
		// The second of two runs finds warm caches, so each is second in turn.
		const order = round % 2 === 0 ? (['ours', 'other'] as const) : (['other', 'ours'] as const);
		for (const which of order) results[which].push(await (which === 'ours' ? ours() : other()));
	}
	return results;
}

/** Divides the results of each round. */
export function ratios(these: number[], those: number[]): number[] {
	return these.map((value, round) => value / (those[round] ?? NaN));
}

/** Returns the median with the lowest and the highest value: `2.31 s (2.20 to 2.44)`. */
export function secondsOf(milliseconds: number[]): string {
	const { median: middle, min, max } = spreadOf(milliseconds);
	const plain = (value: number) => (value / 1000).toFixed(2);
	return `${plain(middle)} s (${plain(min)} to ${plain(max)})`;
}
