import { cpus, loadavg, totalmem } from 'node:os';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One measured ratio, taken in one run so that the machine's speed cancels out. */
export interface Row {
	name: string;
	ratio: number;
	/** Target: at least this. */
	least?: number;
	/** Target: at most this. */
	most?: number;
	detail: string;
}

/** Measured rows under a heading. */
export interface Section {
	title: string;
	about: string;
	rows: Row[];
}

/** Whether a row reaches its target; `undefined` if it has none. */
export function isMet({ ratio, least, most }: Row): boolean | undefined {
	if (least === undefined && most === undefined) return undefined;
	return ratio >= (least ?? -Infinity) && ratio <= (most ?? Infinity);
}

function aimOf({ least, most }: Row): string {
	if (least !== undefined) return `≥ ${least.toFixed(2)}`;
	return most === undefined ? 'none' : `≤ ${most.toFixed(2)}`;
}

function metOf(row: Row): string {
	const met = isMet(row);
	if (met === undefined) return '';
	return met ? 'yes' : '**no**';
}

/** Shows a row on the terminal as soon as it is measured. */
export function show(row: Row): void {
	const mark = { true: '✓', false: '✗', undefined: ' ' }[String(isMet(row))] ?? ' ';
	console.log(`${mark} ${row.name}: ${row.ratio.toFixed(2)} (aim ${aimOf(row)}; ${row.detail})`);
}

function tableOf({ title, about, rows }: Section): string[] {
	return [
		`## ${title}`,
		'',
		about,
		'',
		'| what | ratio | aim | met | detail |',
		'| --- | --- | --- | --- | --- |',
		...rows.map(
			(row) =>
				`| ${row.name} | ${row.ratio.toFixed(2)} | ${aimOf(row)} | ${metOf(row)} | ${row.detail} |`,
		),
		'',
	];
}

/** Writes docs/benchmarks.md, even if targets are missed. */
export function writeReport(sections: Section[], loadBefore: number): void {
	const processor = cpus()[0]?.model.trim() ?? 'unknown processor';
	const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
	const load = `${loadBefore.toFixed(1)} at the start, ${(loadavg()[0] ?? 0).toFixed(1)} at the end`;
	writeFileSync(
		join(__dirname, '../../docs/benchmarks.md'),
		[
			'# Benchmarks',
			'',
			'Measured and written by `npm run bench`. Each number is a ratio of two times taken in one run. The service is a small HTTP server in a process of its own that answers after the given time.',
			'',
			`Last run on ${new Date().toISOString().slice(0, 10)}: Node ${process.version}, ${cpus().length} × ${processor}, ${memory}, ${process.platform}. Load average of the machine: ${load}.`,
			'',
			...sections.flatMap(tableOf),
		].join('\n'),
	);
}

export const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;

export const median = (values: number[]): number =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
