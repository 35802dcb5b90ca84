import { parseContent } from '../../../nodes/Fanbook/content';
import { isJsonObject, parseJson } from '../../../nodes/shared/json';
import { inTurns, ratios, spreadOf } from '../benchmark';
import type { Benchmark, Measure } from '../benchmark';
import { listPage } from '../listPages.mjs';
import { collectGarbage, usedHeap } from '../memory';

const BYTES = 5_000_000;
const ROW_BYTES = 500;
const ROUNDS = 15;

/** A document, and how each side reads it. */
interface Document {
	what: string;
	text: string;
	ours: (text: string) => unknown;
	other: (text: string) => unknown;
	mostTime: number;
	/** Why the mark of the time can be missed. */
	why?: string;
}

function page(path: string, rowBytes = ROW_BYTES): string {
	const rows = BYTES / rowBytes;
	const query = new URLSearchParams({ size: String(rows), page: '1' });
	const body = path.endsWith('getList') ? `size=${rows}` : '';
	return listPage({ path, query, body, rows, rowBytes }) ?? '';
}

/** Reads messages and the JSON in their texts, as the nodes do. */
function readMessages(text: string): unknown {
	const data = parseJson(text);
	const rows = isJsonObject(data) && Array.isArray(data.result) ? data.result : [];
	return rows.map((row) => (isJsonObject(row) ? parseContent(row) : row));
}

/** The same with `JSON.parse`, which rounds long IDs. */
function parseMessages(text: string): unknown {
	const data: { result: Array<{ content: string }> } = JSON.parse(text);
	return data.result.map((row) => ({
		...row,
		text: row.content,
		content: JSON.parse(row.content),
	}));
}

const DOCUMENTS: Document[] = [
	{
		what: 'without long IDs',
		text: page('subscribers'),
		ours: (text) => parseJson(text),
		other: (text) => JSON.parse(text),
		mostTime: 2,
		why: 'each character is read once before, for long integers and deep nesting, which takes about as long as JSON.parse needs for rows that are mostly text.',
	},
	{
		what: 'with 64-bit IDs',
		text: page('message/getList'),
		ours: (text) => parseJson(text),
		other: (text) => JSON.parse(text),
		mostTime: 5,
	},
	{
		what: 'with 64-bit IDs and JSON in texts, parsed as well',
		text: page('message/getList'),
		ours: readMessages,
		other: parseMessages,
		mostTime: 5,
	},
];

function timed(read: (text: string) => unknown, text: string): number {
	collectGarbage();
	const start = performance.now();
	read(text);
	return performance.now() - start;
}

/** Returns the memory that the result of reading keeps, in multiples of the text. */
function kept(read: (text: string) => unknown, text: string): number {
	const before = usedHeap();
	const result = read(text);
	const after = usedHeap();
	if (result === undefined) throw new Error('Nothing was read');
	return (after - before) / Buffer.byteLength(text);
}

const milliseconds = (values: number[]) => `${spreadOf(values).median.toFixed(1)} ms`;

export const json: Benchmark = {
	name: 'json',
	title: 'JSON',
	about:
		'5 MB of rows of 0.5 kB, read by the nodes and by `JSON.parse`: time, and the memory that the result keeps.',
	run: async ({ show }) => {
		const measures: Measure[] = [];
		const add = (measure: Measure) => {
			measures.push(measure);
			show(measure);
		};
		for (const { what, text, ours: read, other: parse, mostTime, why } of DOCUMENTS) {
			for (let warmUp = 0; warmUp < 3; warmUp += 1)
				[read, parse].forEach((each) => timed(each, text));
			const { ours, other } = await inTurns(
				ROUNDS,
				() => timed(read, text),
				() => timed(parse, text),
			);
			add({
				what: `Time ${what}`,
				values: ratios(ours, other),
				unit: '×',
				mark: { most: mostTime },
				why,
				detail: `nodes ${milliseconds(ours)}, JSON.parse ${milliseconds(other)}`,
			});
			const memory = await inTurns(
				5,
				() => kept(read, text),
				() => kept(parse, text),
			);
			add({
				what: `Memory kept ${what}, compared with the text`,
				values: memory.ours,
				unit: '×',
				mark: { most: 2 },
				detail: `JSON.parse ${spreadOf(memory.other).median.toFixed(2)} ×`,
			});
		}
		return {
			measures,
			charts: [
				{
					file: 'json',
					title: '5 MB of JSON, compared with JSON.parse',
					kind: 'bar',
					x: { name: '' },
					y: { name: 'multiple' },
					series: ['Time', 'Memory kept'].map((name) => ({
						name,
						points: measures
							.filter(({ what }) => what.startsWith(name))
							.map(({ values }, index) => {
								const { median, min, max } = spreadOf(values);
								return [DOCUMENTS[index]?.what ?? '', median, min, max];
							}),
					})),
				},
			],
		};
	},
};
