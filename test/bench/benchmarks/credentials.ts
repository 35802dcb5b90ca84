import { z } from 'zod';
import type { Benchmark, Measure } from '../benchmark';
import { runInHost } from '../hostProcess';
import { withServer } from '../measurementServer';

const ITEMS = 1000;
const ROUNDS = 3;
const SERVICES = ['Fanbook', 'Fanfou', 'Fanvue'];

/** Seconds of CPU time. */
const secondsSchema = z.object({
	all: z.number(),
	credential: z.number(),
	database: z.number(),
	request: z.number(),
});

export const credentials: Benchmark = {
	name: 'credentials',
	title: 'Reading the credential',
	about:
		"n8n reads and decrypts the credential for each request; a CPU profile of n8n shows what that costs in 1,000 reads at 0 ms. n8n's helper also takes a decrypted credential instead. The nodes do not use that, so a token that is replaced during a run takes effect with the next request.",
	run: async ({ show }) =>
		await withServer(async ({ url }) => {
			const measures: Measure[] = [];
			for (const service of SERVICES) {
				const rounds: Array<z.infer<typeof secondsSchema>> = [];
				for (let round = 0; round < ROUNDS; round += 1) {
					const input = { service, url, items: ITEMS };
					rounds.push(await runInHost('credentials', input, secondsSchema));
				}
				const perRequest = (seconds: number) => `${((seconds * 1000) / ITEMS).toFixed(2)} ms`;
				const middle = [...rounds].sort((a, b) => a.all - b.all)[Math.floor(ROUNDS / 2)];
				if (middle === undefined) continue;
				const measure: Measure = {
					what: `${service}: share of n8n's CPU time that goes into the credential`,
					values: rounds.map((one) => ((one.credential + one.database) / one.all) * 100),
					unit: '%',
					detail: `per request ${perRequest(middle.all)}: credential ${perRequest(middle.credential)}, database ${perRequest(middle.database)}, HTTP ${perRequest(middle.request)}`,
				};
				measures.push(measure);
				show(measure);
			}
			return { measures };
		}),
};
