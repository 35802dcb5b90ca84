import { z } from 'zod';
import { median, ratios } from '../benchmark';
import type { Benchmark, Measure } from '../benchmark';
import { runInHost } from '../hostProcess';

const PER_SECOND = 50;

const roundSchema = z.object({
	perSecond: z.number(),
	p50Ms: z.number(),
	p99Ms: z.number(),
	endP50Ms: z.number(),
});
const sideSchema = z.object({ bursts: z.array(roundSchema), paced: z.array(roundSchema) });
const resultSchema = z.object({ trigger: sideSchema, webhook: sideSchema });

const WHY =
	'n8n completes fewer executions per second than arrive (see the rate above). The trigger then lets 25 run at the same time, and the other events wait before they start. Those of the Webhook node all start, and wait afterwards: see the time until the end.';

type Side = z.infer<typeof sideSchema>;

export const trigger: Benchmark = {
	name: 'trigger',
	title: 'Fanbook Trigger, in a real n8n',
	about:
		"Events at once and 50 per second, sent by the gateway to the Fanbook Trigger and by HTTP to n8n's Webhook node; each starts a workflow of two nodes whose execution is stored. Alone, 5,000 events in each of three rounds, and 50 per second for a minute in all; together with the other benchmarks 200, and 50 per second for 3 seconds. The delay is the time from sending an event to the start of its execution.",
	run: async ({ isFull, show }) => {
		const burst = isFull ? 5_000 : 200;
		const seconds = isFull ? 20 : 3;
		const { trigger: ours, webhook } = await runInHost(
			'trigger',
			{ rounds: isFull ? 3 : 5, burst, perSecond: PER_SECOND, seconds },
			resultSchema,
		);
		const rates = (side: Side) => side.bursts.map(({ perSecond }) => perSecond);
		const delays = (side: Side, which: 'p50Ms' | 'p99Ms' | 'endP50Ms') =>
			side.paced.map((round) => round[which]);
		const measures: Measure[] = [
			{
				what: `Rate of ${burst.toLocaleString('en')} events at once, compared with the Webhook node`,
				values: ratios(rates(ours), rates(webhook)),
				unit: '×',
				mark: { least: 0.9 },
				detail: `${median(rates(ours)).toFixed(0)} and ${median(rates(webhook)).toFixed(0)} per second`,
			},
			...(['p50Ms', 'p99Ms'] as const).map((which): Measure => ({
				what: `Delay at 50 per second, ${which === 'p50Ms' ? 'median' : '99th percentile'}, compared with the Webhook node`,
				values: ratios(delays(ours, which), delays(webhook, which)),
				unit: '×',
				mark: { most: 1.2 },
				detail: `${median(delays(ours, which)).toFixed(0)} and ${median(delays(webhook, which)).toFixed(0)} ms`,
				why: WHY,
			})),
			{
				what: 'Time until the end of the execution at 50 per second, median, compared with the Webhook node',
				values: ratios(delays(ours, 'endP50Ms'), delays(webhook, 'endP50Ms')),
				unit: '×',
				detail: `${median(delays(ours, 'endP50Ms')).toFixed(0)} and ${median(delays(webhook, 'endP50Ms')).toFixed(0)} ms`,
			},
		];
		measures.forEach(show);
		return { measures };
	},
};
