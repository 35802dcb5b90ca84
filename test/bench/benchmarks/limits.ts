import { z } from 'zod';
import { median, secondsOf } from '../benchmark';
import type { Benchmark, Chart, Measure, RunOptions } from '../benchmark';
import { runChild } from '../childTask';
import { runInHost } from '../hostProcess';
import type { LimitsRound, LimitsTask } from '../limitsRun';
import { withServer } from '../measurementServer';

const ITEMS = 1000;
const ROUNDS = 5;

/** What rateLimits.mjs allows. */
const PER_WINDOW = 200;
const WINDOW_MS = 6_000;

/** At best, the first window is used at once, and each further one when it begins. */
const BEST_MS = (ITEMS / PER_WINDOW - 1) * WINDOW_MS;

interface Kind {
	kind: string;
	name: string;
	leastRate: number;
	/** Why the rate is lower. */
	why?: string;
	/** In percent. */
	mostRejected: number;
}

const KINDS: Kind[] = [
	{ kind: 'bucket-headers', name: 'token bucket with headers', leastRate: 0.95, mostRejected: 1 },
	{
		kind: 'window-headers',
		name: 'fixed window with headers',
		leastRate: 0.95,
		mostRejected: 1,
		why: 'whole seconds in the headers, rounded up, can cost up to a second of each window of six.',
	},
	{ kind: 'bucket', name: 'token bucket, 429 only', leastRate: 0.9, mostRejected: 5 },
	{ kind: 'window', name: 'fixed window, 429 only', leastRate: 0.9, mostRejected: 5 },
	{
		kind: 'bucket-silent',
		name: 'token bucket, 429 without Retry-After',
		leastRate: 0.9,
		mostRejected: 5,
	},
	{
		kind: 'window-silent',
		name: 'fixed window, 429 without Retry-After',
		leastRate: 0.9,
		mostRejected: 5,
		why: 'the first window ends unseen: reads try again after 15 % of the time that it has been closed, writes, which run one at a time, after one, two and four seconds, and only the length of this wait says when the next ones end.',
	},
];

const limitedSchema = z.object({ timeMs: z.number(), failed: z.number() });

function isRound(message: unknown): message is LimitsRound {
	return typeof message === 'object' && message !== null && 'rejected' in message;
}

function measuresOf(
	{ name, leastRate, mostRejected, why }: Kind,
	rounds: LimitsRound[],
): Measure[] {
	const times = rounds.map(({ timeMs }) => timeMs);
	const rejected = rounds.map((round) => (round.rejected / ITEMS) * 100);
	return [
		{
			what: `${name}: rate, compared with what is allowed`,
			values: times.map((time) => BEST_MS / time),
			unit: '×',
			mark: { least: leastRate },
			why,
			detail: `${secondsOf(times)}, at best ${BEST_MS / 1000} s`,
		},
		{
			what: `${name}: rejected requests`,
			values: rejected,
			unit: '%',
			mark: { most: mostRejected },
			detail: 'each was sent again after a pause',
			why: 'when the limit is met first, up to 42 requests run already, 4 % of all, and one is rejected whenever the pace is tried out.',
		},
		{
			what: `${name}: failed or repeated items`,
			values: rounds.map(({ failed, repeated }) => failed + repeated),
			unit: 'items',
			mark: { most: 0 },
			detail: `of ${ITEMS.toLocaleString('en')}`,
		},
	];
}

/** n8n's HTTP Request node once for each way in which a user can set it up. */
async function measureOthers(url: string, method: string): Promise<Measure[]> {
	const modes = [
		{ mode: 'batching', name: 'HTTP Request with batches of 200 every 6 s' },
		{ mode: 'retry', name: 'HTTP Request with Retry On Fail' },
	];
	const kinds = KINDS.filter(({ kind }) => !kind.includes('-'));
	// They mostly wait, so all of them run at the same time.
	return await Promise.all(
		modes.flatMap(({ mode, name }) =>
			kinds.map(async ({ kind, name: limit }): Promise<Measure> => {
				const input = { url, run: `${method}-${mode}-${kind}`, kind, method, items: ITEMS, mode };
				const { timeMs, failed } = await runInHost('limits', input, limitedSchema);
				return {
					what: `${name}, ${limit}: failed items`,
					values: [failed],
					unit: 'items',
					detail: `${(timeMs / 1000).toFixed(1)} s; one round`,
				};
			}),
		),
	);
}

function chart(
	name: string,
	title: string,
	all: Array<{ kind: Kind; rounds: LimitsRound[] }>,
): Chart {
	const of = (kind: Kind, rounds: LimitsRound[]): [string, number, number, number] => {
		const rates = rounds.map(({ timeMs }) => BEST_MS / timeMs);
		const words = kind.name.replace(/(,| with) /, '$1\n');
		return [words, median(rates), Math.min(...rates), Math.max(...rates)];
	};
	return {
		file: name,
		title,
		kind: 'bar',
		x: { name: '' },
		y: { name: 'rate ÷ allowed rate' },
		limit: 0.9,
		series: [
			{
				name: 'rate compared with what is allowed',
				points: all.map(({ kind, rounds }) => of(kind, rounds)),
			},
		],
	};
}

/** Measures 1,000 items of one method against each kind of rate limit. */
function limited(name: string, method: 'GET' | 'POST', words: string): Benchmark {
	return {
		name,
		title: `${words} within a rate limit`,
		about: `1,000 ${words.toLowerCase()} with default settings from a service that allows 200 requests per 6 seconds and responds ${method === 'GET' ? 'after 50 ms' : 'at once, since writes run one at a time'}. The engine runs in n8n's execution engine; the HTTP Request node in a real n8n, with the best batches that its settings allow, and with Retry On Fail. Unless said otherwise, a 429 states in Retry-After how long to wait. It and the headers count whole seconds, rounded up, as those of the services do; with windows of only 6 seconds, that alone can cost a tenth of the rate.`,
		run: async ({ isFull, show }: RunOptions) =>
			await withServer(async ({ url }) => {
				// The runs mostly wait, so several run at the same time.
				const task: LimitsTask = {
					url,
					method,
					items: ITEMS,
					kinds: KINDS.map(({ kind }) => kind),
					rounds: ROUNDS,
					atOnce: isFull ? KINDS.length : 2 * KINDS.length,
					spreadMs: WINDOW_MS,
				};
				const rounds = await runChild('limitsRun.ts', task, isRound);
				const results = KINDS.map((kind) => ({
					kind,
					rounds: rounds.filter((round) => round.kind === kind.kind),
				}));
				const measures = results.flatMap(({ kind, rounds }) => measuresOf(kind, rounds));
				measures.forEach(show);
				// To the HTTP Request node a write is like a read.
				const others = isFull || method === 'GET' ? await measureOthers(url, method) : [];
				others.forEach(show);
				return {
					measures: [...measures, ...others],
					charts: [chart(name, `1,000 ${words.toLowerCase()} within a rate limit`, results)],
				};
			}),
	};
}

export const limits = limited('limits', 'GET', 'Reads');
export const writes = limited('writes', 'POST', 'Writes');
