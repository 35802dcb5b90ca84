import { z } from 'zod';
import { ratios, secondsOf, spreadOf } from '../benchmark';
import type { Benchmark, Measure } from '../benchmark';
import { runInHost } from '../hostProcess';
import { withServer } from '../measurementServer';

const ROUNDS = 5;

interface Case {
	service: string;
	latency: number;
	items: number;
	most: number;
	why?: string;
	/** Whether it is measured only when this benchmark runs alone. */
	isLong?: boolean;
}

const SLOW_START =
	'HTTP Request starts all of them at once and needs one response time. The node begins with 4 at a time and doubles that with each response time, so that it does not overrun a service: 4, 8, 16, 32 and 40 requests take five response times.';
const CAP =
	'HTTP Request starts all of them at once. The node has 42 at a time after one second, and later never more than a quarter of those that have succeeded, so that a rate limit rejects few when it is met: that takes about sixteen response times.';
const POLITE = 'the node never has more than 10 requests at a time.';

const CASES: Case[] = [
	{ service: 'Fanbook', latency: 200, items: 100, most: 1, why: SLOW_START },
	{ service: 'Fanbook', latency: 200, items: 1000, most: 1.1, why: CAP },
	{ service: 'Fanbook', latency: 20, items: 100, most: 0.67, why: SLOW_START },
	{ service: 'Fanbook', latency: 20, items: 1000, most: 0.67 },
	{ service: 'Fanvue', latency: 200, items: 100, most: 1, why: SLOW_START },
	{ service: 'Fanvue', latency: 200, items: 1000, most: 1.1, why: CAP, isLong: true },
	{ service: 'Fanvue', latency: 20, items: 100, most: 0.67, why: SLOW_START, isLong: true },
	{ service: 'Fanvue', latency: 20, items: 1000, most: 0.67, isLong: true },
	{ service: 'Fanfou', latency: 200, items: 100, most: 1, why: POLITE, isLong: true },
	{ service: 'Fanfou', latency: 200, items: 1000, most: 1.1, why: POLITE, isLong: true },
	{ service: 'Fanfou', latency: 20, items: 100, most: 0.67, why: POLITE, isLong: true },
	{ service: 'Fanfou', latency: 20, items: 1000, most: 0.67, why: POLITE, isLong: true },
];

const timesSchema = z.object({ ours: z.array(z.number()), http: z.array(z.number()) });

export const reads: Benchmark = {
	name: 'reads',
	title: 'Reads without a rate limit, in a real n8n',
	about:
		"Items from a Code node, each of them one read, with default settings and a stored credential; the time of the node as n8n reports it. n8n's HTTP Request node starts all requests at once. Fanfou is a small community service, so its node never has more than 10 requests at a time.",
	run: async ({ isFull, show }) =>
		await withServer(async ({ url }) => {
			const measures: Measure[] = [];
			for (const { service, latency, items, most, why, isLong } of CASES) {
				if (isLong === true && !isFull) continue;
				const times = await runInHost(
					'reads',
					{ service, latency, items, url, rounds: ROUNDS },
					timesSchema,
				);
				const what = `${service}, ${items.toLocaleString('en')} at ${latency} ms`;
				const measure: Measure = {
					what,
					values: ratios(times.ours, times.http),
					unit: '×',
					mark: { most },
					why,
					detail: `node ${secondsOf(times.ours)}, HTTP Request ${secondsOf(times.http)}`,
				};
				measures.push(measure);
				show(measure);
			}
			return {
				measures,
				charts: [
					{
						file: 'reads',
						title: 'Reads without a rate limit, beside the HTTP Request node',
						kind: 'bar',
						x: { name: '' },
						y: { name: 'time of the node ÷ time of HTTP Request' },
						limit: 1,
						series: [
							{
								name: 'time compared with HTTP Request',
								points: measures.map(({ what, values }) => {
									const { median, min, max } = spreadOf(values);
									return [what.replace(', ', '\n'), median, min, max];
								}),
							},
						],
					},
				],
			};
		}),
};
