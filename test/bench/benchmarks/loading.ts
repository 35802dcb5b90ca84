import { z } from 'zod';
import { secondsOf, spreadOf } from '../benchmark';
import type { Benchmark, Measure } from '../benchmark';
import { runInHost } from '../hostProcess';
import manifest from '../../../package.json';

const ROUNDS = 5;

const loadingSchema = z.object({
	nodes: z.array(z.object({ name: z.string(), isOwn: z.boolean(), timesMs: z.array(z.number()) })),
	/** Bytes. */
	tarballs: z.record(z.string(), z.number()),
});
const startSchema = z.object({ with: z.array(z.number()), without: z.array(z.number()) });

export const loading: Benchmark = {
	name: 'loading',
	title: 'Loading',
	about:
		"Each node in a process of its own, on n8n's Node.js: its file is loaded and its class instantiated after `n8n-workflow` was loaded. n8n's own nodes load libraries that the whole of n8n shares. n8n starts with and without the package at the same time, each with a database of its own.",
	run: async ({ isFull, show }) => {
		const { nodes, tarballs } = await runInHost(
			'loading',
			{ rounds: isFull ? 11 : ROUNDS },
			loadingSchema,
		);
		const loads = nodes.map(({ name, isOwn, timesMs }): Measure => ({
			what: `Load ${name}`,
			values: timesMs,
			unit: 'ms',
			...(isOwn ? { mark: { most: 60 } } : {}),
			detail: '',
		}));
		loads.forEach(show);
		const start = await runInHost('start', { rounds: isFull ? ROUNDS : 3 }, startSchema);
		const without = spreadOf(start.without);
		const noise = (without.max - without.min) / without.median;
		const starts: Measure = {
			what: 'Start of n8n with the package, compared with one without it',
			values: start.with.map((time, round) => time / (start.without[round] ?? NaN)),
			unit: '×',
			// Within the range of the starts without the package, but at least 3 %.
			mark: { most: 1 + Math.max(noise, 0.03) },
			detail: `with ${secondsOf(start.with)}, without ${secondsOf(start.without)}`,
		};
		show(starts);
		const sizes = Object.entries(tarballs).map(([name, bytes]): Measure => ({
			what: `Tarball of ${name}`,
			values: [bytes / 1000],
			unit: 'kB',
			...(name === manifest.name ? { mark: { most: 400 } } : {}),
			detail: '',
		}));
		sizes.forEach(show);
		return {
			measures: [...loads, starts, ...sizes],
			charts: [
				{
					file: 'loading',
					title: 'Time to load a node',
					kind: 'bar',
					x: { name: '' },
					y: { name: 'ms', isLogarithmic: true },
					limit: 60,
					series: [
						{
							name: 'milliseconds',
							points: loads.map(({ what, values }) => {
								const { median, min, max } = spreadOf(values);
								return [what.replace('Load ', '').replace(': ', ':\n'), median, min, max];
							}),
						},
					],
				},
			],
		};
	},
};
