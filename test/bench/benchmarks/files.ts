import { secondsOf } from '../benchmark';
import type { Benchmark, Measure } from '../benchmark';
import { runChild } from '../childTask';
import type { FilesRound } from '../filesRun';
import { withServer } from '../measurementServer';

const MEBIBYTE = 2 ** 20;
const ROUNDS = 5;

function isRound(message: unknown): message is FilesRound {
	return typeof message === 'object' && message !== null && 'direction' in message;
}

export const files: Benchmark = {
	name: 'files',
	title: 'Large files',
	about:
		"A file of 1 GiB (256 MiB when all benchmarks run together) sent and received by the Fanvue node, with n8n's filesystem store for binary data, compared with Node.js alone, which sends and receives it with one request. Memory is that of the whole process.",
	run: async ({ isFull, show }) =>
		await withServer(async ({ url }) => {
			const bytes = (isFull ? 1024 : 256) * MEBIBYTE;
			const rounds = await runChild('filesRun.ts', { url, bytes, rounds: ROUNDS }, isRound);
			const measures = (['upload', 'download'] as const).flatMap((direction): Measure[] => {
				const these = rounds.filter((round) => round.direction === direction);
				const ours = these.map(({ oursMs }) => oursMs);
				const bare = these.map(({ bareMs }) => bareMs);
				return [
					{
						what: `Throughput of the ${direction}, compared with Node.js alone`,
						values: these.map(({ oursMs, bareMs }) => bareMs / oursMs),
						unit: '×',
						mark: { least: 0.8 },
						detail: `${bytes / MEBIBYTE} MiB: node ${secondsOf(ours)}, Node.js ${secondsOf(bare)}`,
					},
					{
						what: `Growth of memory during the ${direction}`,
						values: these.map(({ growthBytes }) => growthBytes / MEBIBYTE),
						unit: 'MiB',
						mark: { most: 64 },
						detail: '',
					},
				];
			});
			measures.forEach(show);
			return { measures };
		}),
};
