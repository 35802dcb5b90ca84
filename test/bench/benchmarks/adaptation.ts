import { MEASURED_FROM, MODELS, WINDOW_S, simulate } from '../../support/serviceModels';
import type { Simulation } from '../../support/serviceModels';
import type { Benchmark, Chart, Measure, Series } from '../benchmark';

const SECONDS = 90;
/** What every service should see used; the tests hold each model to a value of its own. */
const LEAST_SHARE = 0.9;
/** Rejected requests, as a share of all. */
const MOST_REJECTED = 0.05;

/** Charted models that limit the rate; all others change their latency with the load. */
const isRateLimit = (name: string) => /window|bucket/.test(name) && !/without|whole/.test(name);

/** Returns what was completed as a share of what was allowed, averaged over some seconds each. */
function line(name: string, run: Simulation, width: number): Series {
	const starts = Array.from({ length: Math.floor(SECONDS / width) }, (_, n) => n * width);
	return { name, points: starts.map((start) => [start + width, run.share(start, start + width)]) };
}

function chart(file: string, title: string, series: Series[]): Chart {
	return {
		file,
		title,
		kind: 'line',
		x: { name: 'seconds' },
		y: { name: 'share of what is allowed' },
		limit: LEAST_SHARE,
		series,
	};
}

export const adaptation: Benchmark = {
	name: 'adaptation',
	title: 'Adaptation to a service',
	about:
		'Simulated: the controllers of concurrency and pace against models of services with a latency of 200 ms, for 90 seconds of simulated time. The constants of the controllers were chosen by trying them on these same models, so other services can fare worse. The share is that of the requests which a client could make that knows the service, from the third second to the end; as the end may fall before or after the burst of a window, the share is the average over ends in the last 30 seconds. A limit by windows or with a bucket lets a burst through at first, which the charts show as more than 1. A limit that is met only after many requests first rejects those that run, which are about a quarter of those that have succeeded; none of these models shows that.',
	run: async ({ show }) => {
		const measures: Measure[] = [];
		const lines: Array<{ name: string; run: Simulation }> = [];
		for (const { name, create, why } of MODELS) {
			const run = simulate(create(), SECONDS);
			const share: Measure = {
				what: name,
				values: [run.averageShare()],
				unit: '×',
				mark: { least: LEAST_SHARE },
				detail: `after ${MEASURED_FROM} s`,
				why,
			};
			const rejected: Measure = {
				what: `${name}: rejected`,
				values: [run.rejected * 100],
				unit: '%',
				mark: { most: MOST_REJECTED * 100 },
				detail: 'of all requests',
				why,
			};
			show(share);
			show(rejected);
			measures.push(share, rejected);
			lines.push({ name, run });
		}
		const limited = lines.filter(({ name }) => isRateLimit(name));
		const others = lines.filter(({ name }) => /latenc|queue|congestion|no limit/.test(name));
		return await Promise.resolve({
			measures,
			charts: [
				chart(
					'adaptation-latency',
					'Services that slow down under load',
					others.map(({ name, run }) => line(name, run, 1)),
				),
				chart(
					'adaptation-rate',
					'Services that limit the rate',
					limited.map(({ name, run }) => line(name, run, WINDOW_S)),
				),
			],
		});
	},
};
