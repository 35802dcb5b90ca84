import { mkdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { isReached, spreadOf } from './benchmark';
import type { Benchmark, Findings, Mark, Measure } from './benchmark';
import { drawChart } from './charts';
import manifest from '../../host/package.json';

const DOCS = join(__dirname, '../../docs');
const DATA = join(DOCS, 'benchmarks.json');
const PAGE = join(DOCS, 'benchmarks.md');
const PICTURES = join(DOCS, 'images/benchmarks');

const markSchema = z.object({ least: z.number().optional(), most: z.number().optional() });
const measureSchema = z.object({
	what: z.string(),
	values: z.array(z.number()),
	unit: z.enum(['×', '%', 'ms', 's', 'kB', 'MiB', 'requests', 'items']),
	mark: markSchema.optional(),
	detail: z.string(),
	why: z.string().optional(),
});
const resultSchema = z.object({
	machine: z.string(),
	measuredAt: z.string(),
	/** Whether it ran alone, with its full number of rounds and items. */
	isFull: z.boolean(),
	load: z.number(),
	measures: z.array(measureSchema),
	charts: z.array(z.object({ file: z.string(), title: z.string() })),
});
const storedSchema = z.object({ results: z.record(z.string(), resultSchema) });

type Stored = z.infer<typeof storedSchema>;
type Result = z.infer<typeof resultSchema>;

function readStored(): Stored['results'] {
	return existsSync(DATA) ? storedSchema.parse(JSON.parse(readFileSync(DATA, 'utf8'))).results : {};
}

function machine(): string {
	const processor = cpus()[0]?.model.trim() ?? 'unknown processor';
	const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
	return `Node.js ${process.version}, n8n ${manifest.dependencies.n8n}, ${cpus().length} × ${processor}, ${memory}, ${process.platform}`;
}

/** Stores the findings of one benchmark, and draws its charts. */
export function store(name: string, { measures, charts = [] }: Findings, isFull: boolean): void {
	mkdirSync(PICTURES, { recursive: true });
	for (const chart of charts) writeFileSync(join(PICTURES, `${chart.file}.svg`), drawChart(chart));
	const result: Result = {
		machine: machine(),
		measuredAt: new Date().toISOString().slice(0, 16).replace('T', ' '),
		isFull,
		load: Number((loadavg()[0] ?? 0).toFixed(1)),
		measures: measures.map((measure) => ({ ...measure, values: measure.values.map(rounded) })),
		charts: charts.map(({ file, title }) => ({ file, title })),
	};
	const stored: Stored = { results: { ...readStored(), [name]: result } };
	writeFileSync(DATA, `${JSON.stringify(stored, undefined, '\t')}\n`);
}

const rounded = (value: number): number => Number(value.toPrecision(4));

/** Writes a number as people read it: three digits, no exponent. */
function plain(value: number): string {
	if (Math.abs(value) >= 100) return String(Math.round(value));
	return String(Number(value.toPrecision(3)));
}

export function describeMark(mark: Mark | undefined, unit: string): string {
	if (mark === undefined) return '';
	const suffix = unit === '' ? '' : ` ${unit}`;
	if (mark.least !== undefined) return `≥ ${plain(mark.least)}${suffix}`;
	return mark.most === undefined ? '' : `≤ ${plain(mark.most)}${suffix}`;
}

export function describeValues({ values, unit }: Measure): string {
	const { median, min, max } = spreadOf(values);
	const range = values.length > 1 ? ` (${plain(min)} to ${plain(max)})` : '';
	return `${plain(median)} ${unit}${range}`;
}

function reachedText(measure: Measure): string {
	const reached = isReached(measure);
	if (reached === undefined) return '';
	return reached ? 'yes' : '**no**';
}

/** Shows a measure on the terminal. */
export function show(measure: Measure): void {
	const sign = { true: '✓', false: '✗', undefined: ' ' }[String(isReached(measure))] ?? ' ';
	const mark = describeMark(measure.mark, measure.unit);
	const notes = [mark === '' ? '' : `mark ${mark}`, measure.detail].filter(Boolean).join('; ');
	console.log(`${sign} ${measure.what}: ${describeValues(measure)}${notes ? ` [${notes}]` : ''}`);
}

/** Explains the missed marks, each reason once. */
function reasons(measures: Measure[]): string[] {
	const missed = measures.filter((measure) => isReached(measure) === false);
	const texts = new Set(missed.flatMap(({ why }) => why ?? []));
	const lines = [...texts].map((text) => {
		const names = missed.filter(({ why }) => why === text).map(({ what }) => what);
		return `- ${names.join('; ')}: ${text}`;
	});
	return lines.length === 0 ? [] : ['Why marks are missed:', '', ...lines, ''];
}

function section({ name, title, about }: Benchmark, result: Result): string[] {
	const { measures, charts, machine: where, measuredAt, isFull, load } = result;
	const size = isFull ? 'alone, at its full size' : 'together with the others';
	return [
		`## ${title}`,
		'',
		...charts.flatMap((chart) => [`![${chart.title}](images/benchmarks/${chart.file}.svg)`, '']),
		about,
		'',
		'| what | result | mark | reached | detail |',
		'| --- | --- | --- | --- | --- |',
		...measures.map(
			(measure) =>
				`| ${measure.what} | ${describeValues(measure)} | ${describeMark(measure.mark, measure.unit)} | ${reachedText(measure)} | ${measure.detail} |`,
		),
		'',
		...reasons(measures),
		`\`npm run bench -- ${name}\`; measured ${measuredAt} UTC ${size}, on ${where}; load average ${load}.`,
		'',
	];
}

/** Writes docs/benchmarks.md from all stored results, even if marks are missed. */
export function writePage(benchmarks: Benchmark[]): void {
	const results = readStored();
	const known = benchmarks.flatMap((benchmark) => {
		const result = results[benchmark.name];
		return result === undefined ? [] : [{ benchmark, result }];
	});
	const all = known.flatMap(({ result }) => result.measures);
	const marked = all.filter((measure) => isReached(measure) !== undefined);
	const reached = marked.filter((measure) => isReached(measure) === true);
	writeFileSync(
		PAGE,
		[
			'# Benchmarks',
			'',
			'[中文](zh/benchmarks.md)',
			'',
			'Measured and written by `npm run bench`, which takes ten minutes; `npm run bench -- NAME` runs one part at its full size. Most numbers are ratios of two times of one run, so that they depend little on the machine. Each is the median of its rounds, with the lowest and the highest in parentheses; the two sides of a comparison take turns.',
			'',
			`${reached.length} of ${marked.length} marks are reached.`,
			'',
			...known.flatMap(({ benchmark, result }) => section(benchmark, result)),
		].join('\n'),
	);
}
