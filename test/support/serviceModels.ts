import {
	NO_LIMIT,
	passWithinLimit,
	rejectWithinLimit,
	startWithinLimit,
} from '../../nodes/shared/client/concurrencyLimit';
import { probeDelayMs, addRejection } from '../../nodes/shared/client/rejectionStreak';
import type { RejectionStreak } from '../../nodes/shared/client/rejectionStreak';
import { INITIAL_CONCURRENCY, adaptConcurrency } from '../../nodes/shared/client/concurrency';
import type { Concurrency, CountedSample } from '../../nodes/shared/client/concurrency';
import {
	allowedPerSecond,
	countPassed,
	countStarted,
	earliestStart,
	initialPace,
	slowDown,
	uncountStart,
	withoutRejections,
} from '../../nodes/shared/client/pace';

/** How a simulated service answers one request. */
export interface ModelResponse {
	latencyMs: number;
	isRejected?: boolean;
	/** What the rejection asks the client to wait; unknown if it says nothing. */
	retryMs?: number;
}

/** A simulated service. Times in milliseconds. */
export interface ServiceModel {
	/** Answers a request at a time, with the number of running requests, itself included. */
	respond: (now: number, running: number) => ModelResponse;
	/** Most requests per second at a time, for a client that knows the service. */
	allowed: (now: number) => number;
}

export const MAX_CONCURRENCY = 200;
/** Requests that a service with outages carries out at once. */
const WORKERS = 50;
/** Latency without load. */
export const LATENCY_MS = 200;
/** Wait of a request after a rejection that does not say how long, as in send.ts, without jitter. */
const backoffMs = (attempt: number, isRateKnown: boolean) =>
	500 * 2 ** (isRateKnown ? attempt - 1 : attempt);
/** How often a request that waits for a window looks whether it may start, as in rateLimiter.ts. */
const RECHECK_MS = 50;
/** Latency of a rejection. */
const REJECTION_MS = 20;

/** From when on the share of a service is measured, in seconds. */
export const MEASURED_FROM = 3;
/** Length of the models' windows, in seconds. */
export const WINDOW_S = 6;
/**
 * The share is averaged over ends in so many last seconds of a run. What a window allows passes within a
 * second or two, so a single end cuts off up to 7 % of all requests in 90 s.
 */
const ENDS_S = 30;

/** Numbers between 0 and 1 that are the same in each run. */
export function createRandom(seed = 1): () => number {
	let state = seed;
	return () => {
		state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
		return state / 2_147_483_648;
	};
}

export function unlimited(latencyMs: number): ServiceModel {
	return { respond: () => ({ latencyMs }), allowed: () => (MAX_CONCURRENCY * 1000) / latencyMs };
}

/**
 * A queue with latencies between half and twice the usual one, and now and then five times as long.
 */
export function noisy(workers = MAX_CONCURRENCY): ServiceModel {
	const random = createRandom();
	const factor = () => (random() < 0.02 ? 5 : 2 ** (2 * random() - 1));
	/** Mean of the factors. */
	const MEAN = 0.98 * 1.08 + 0.02 * 5;
	return {
		respond: (_now, running) => ({
			latencyMs: LATENCY_MS * factor() * Math.max(1, running / workers),
		}),
		allowed: () => (workers * 1000) / (LATENCY_MS * MEAN),
	};
}

/** A wait as `Retry-After` states it, in whole seconds, or exactly. */
const stated = (waitMs: number, isWhole: boolean) =>
	isWhole ? Math.ceil(waitMs / 1000) * 1000 : waitMs;

const perSecond = (size: number, windowMs: number) => (size * 1000) / windowMs;

export function fixedWindow(
	size: number,
	windowMs: number,
	{ saysWhen = true, isWhole = false, latencyMs = LATENCY_MS } = {},
): ServiceModel {
	let window = -1;
	let used = 0;
	return {
		allowed: () => perSecond(size, windowMs),
		respond: (now) => {
			const current = Math.floor(now / windowMs);
			if (current !== window) [window, used] = [current, 0];
			used += 1;
			if (used <= size) return { latencyMs };
			const retryMs = saysWhen ? stated((current + 1) * windowMs - now, isWhole) : undefined;
			return { latencyMs: REJECTION_MS, isRejected: true, retryMs };
		},
	};
}

export function slidingWindow(
	size: number,
	windowMs: number,
	{ saysWhen = true, isWhole = false, latencyMs = LATENCY_MS } = {},
): ServiceModel {
	const accepted: number[] = [];
	return {
		allowed: () => perSecond(size, windowMs),
		respond: (now) => {
			while (accepted[0] !== undefined && accepted[0] <= now - windowMs) accepted.shift();
			if (accepted.length < size) {
				accepted.push(now);
				return { latencyMs };
			}
			const retryMs = saysWhen ? stated((accepted[0] ?? now) + windowMs - now, isWhole) : undefined;
			return { latencyMs: REJECTION_MS, isRejected: true, retryMs };
		},
	};
}

/** A bucket whose rate can change over time. */
export function tokenBucket(
	rate: (now: number) => number,
	burst: number,
	{ saysWhen = true, isWhole = false, latencyMs = LATENCY_MS } = {},
): ServiceModel {
	let tokens = burst;
	let last = 0;
	return {
		allowed: rate,
		respond: (now) => {
			tokens = Math.min(burst, tokens + ((now - last) * rate(now)) / 1000);
			last = now;
			if (tokens < 1) {
				const retryMs = saysWhen ? stated(((1 - tokens) * 1000) / rate(now), isWhole) : undefined;
				return { latencyMs: REJECTION_MS, isRejected: true, retryMs };
			}
			tokens -= 1;
			return { latencyMs };
		},
	};
}

/** Number of requests processed at once; further ones wait in its queue. */
export function queueing(workers: number): ServiceModel {
	return {
		allowed: () => (workers * 1000) / LATENCY_MS,
		respond: (_now, running) => ({ latencyMs: LATENCY_MS * Math.max(1, running / workers) }),
	};
}

/** Beyond a number of running requests, the latency rises with the square, so that throughput falls. */
export function congested(knee: number): ServiceModel {
	return {
		allowed: () => (knee * 1000) / LATENCY_MS,
		respond: (_now, running) => ({ latencyMs: LATENCY_MS * Math.max(1, running / knee) ** 2 }),
	};
}

/** Rejects requests beyond a number of running ones. */
export function concurrencyLimited(most: number): ServiceModel {
	return {
		allowed: () => (most * 1000) / LATENCY_MS,
		respond: (_now, running) =>
			running > most ? { latencyMs: REJECTION_MS, isRejected: true } : { latencyMs: LATENCY_MS },
	};
}

/** Rejects everything for a while, again and again. */
export function flapping(upMs: number, downMs: number, saysWhen = false): ServiceModel {
	const isUp = (now: number) => now % (upMs + downMs) < upMs;
	return {
		allowed: (now) => (isUp(now) ? (WORKERS * 1000) / LATENCY_MS : 0),
		respond: (now, running) => {
			if (isUp(now)) return { latencyMs: LATENCY_MS * Math.max(1, running / WORKERS) };
			const retryMs = saysWhen ? upMs + downMs - (now % (upMs + downMs)) : undefined;
			return { latencyMs: REJECTION_MS, isRejected: true, retryMs };
		},
	};
}

export interface Point {
	/** Seconds since the start. */
	second: number;
	limit: number;
	running: number;
	completed: number;
	rejected: number;
	allowed: number;
}

/** What a simulated run did. */
export interface Simulation {
	/** One entry for each second. */
	points: Point[];
	/** Completed requests as a share of the allowed ones, from one second to another. */
	share: (from: number, to: number) => number;
	/** That share from `MEASURED_FROM` to the end, averaged over ends in the last `ENDS_S` seconds. */
	averageShare: () => number;
	/** Rejected requests as a share of all that were sent. */
	rejected: number;
	/** The most attempts that one request needed. */
	mostAttempts: number;
}

/** A simulated request, once it has been sent. */
interface Sent extends ModelResponse {
	/** Its number among all. */
	number: number;
	start: number;
	end: number;
	/** From 1. */
	attempt: number;
	/** Requests that ran when it started, itself included. */
	running: number;
}

/** One that was rejected and is sent again. */
interface Rejected {
	attempt: number;
	notBefore: number;
	/** The wait ends when a request passes that has a higher number than this. */
	after: number;
}

/** Runs the controllers against a model for a number of seconds of simulated time. */
export function simulate(
	model: ServiceModel,
	seconds: number,
	{
		fixed,
		initial = INITIAL_CONCURRENCY,
		seed = 7,
	}: { fixed?: number; initial?: Concurrency; seed?: number } = {},
): Simulation {
	const random = createRandom(seed);
	const randomized = (waitMs: number, jitter = 0.5) =>
		waitMs * (1 - jitter + 2 * jitter * random());
	let state = initial;
	let pace = initialPace(0);
	let concurrencyLimit = NO_LIMIT;
	let streak: RejectionStreak | undefined;
	let hasReopened = false;
	let pausedUntil = 0;
	let recheckAt = 0;
	let last = 0;
	let lastPassed = 0;
	let mostAttempts = 0;
	const points: Point[] = [];
	const running: Sent[] = [];
	const again: Rejected[] = [];

	const isReady = (now: number) => (request: Rejected) =>
		now >= request.notBefore || lastPassed > request.after;
	/** Starts one request; returns whether one may start. */
	const start = (now: number): boolean => {
		if (now < pausedUntil || now < recheckAt) return false;
		const earliest = earliestStart(pace, now);
		if (now < earliest) {
			if (pace.window !== undefined) recheckAt = Math.min(earliest, now + RECHECK_MS);
			return false;
		}
		const ready = again.findIndex(isReady(now));
		const limit = fixed ?? Math.floor(state.limit);
		// A rejected request keeps its place while it waits.
		if (ready < 0 && running.length + again.length >= limit) return false;
		const next = startWithinLimit(concurrencyLimit, running.length, now);
		if (next === undefined) return false;
		concurrencyLimit = next;
		const [rejected] = ready < 0 ? [] : again.splice(ready, 1);
		const attempt = (rejected?.attempt ?? 0) + 1;
		last += 1;
		const count = running.length + 1;
		const response = model.respond(now, count);
		const end = now + response.latencyMs;
		running.push({ ...response, number: last, start: now, end, attempt, running: count });
		mostAttempts = Math.max(mostAttempts, attempt);
		pace = countStarted(pace, now);
		return true;
	};
	const pass = (request: Sent, now: number) => {
		if (streak !== undefined && request.number > streak.last) {
			streak = undefined;
			hasReopened = true;
		}
		lastPassed = Math.max(lastPassed, request.number);
		concurrencyLimit = passWithinLimit(concurrencyLimit, request);
		pace = countPassed(pace, { startedAt: request.start, now });
	};
	const pause = (request: Sent, now: number, retryMs?: number) => {
		const { start: startedAt, number, attempt } = request;
		if (retryMs !== undefined) {
			const ownMs = attempt > 1 ? randomized(backoffMs(attempt, true), 0.25) : 0;
			again.push({ attempt, notBefore: now + ownMs, after: Infinity });
			pace = slowDown(pace, { startedAt, now, pauseMs: retryMs, isStated: true });
			pausedUntil = Math.max(pausedUntil, now + retryMs);
			return;
		}
		const { limit: before } = concurrencyLimit;
		concurrencyLimit = rejectWithinLimit(concurrencyLimit, request, { now, last });
		if (request.running > (concurrencyLimit.limit?.running ?? Infinity)) {
			pace = uncountStart(pace, startedAt);
			if (before === undefined && pace.isRough && pace.window?.length === undefined) {
				pace = withoutRejections(pace, now);
				pausedUntil = now;
			}
			const ownMs = before === undefined ? 0 : randomized(backoffMs(attempt, true), 0.25);
			again.push({ attempt, notBefore: now + ownMs, after: last });
			return;
		}
		streak = addRejection(streak, { number, last, now });
		const isRateKnown = hasReopened && pace.allowedPerSecond !== undefined;
		const ownMs = randomized(backoffMs(attempt, isRateKnown), 0.25);
		again.push({ attempt, notBefore: now + ownMs, after: last });
		const perSecond = allowedPerSecond(pace, now);
		const pauseMs =
			perSecond === undefined || attempt > 3
				? ownMs
				: Math.min(ownMs, randomized(probeDelayMs(streak, perSecond)));
		pace = slowDown(pace, { startedAt, now, pauseMs, isStated: false });
		pausedUntil = Math.max(pausedUntil, now + pauseMs);
	};

	for (let now = 0; now < seconds * 1000; now += 1) {
		if (now % 1000 === 0) {
			points.push({
				second: now / 1000,
				limit: state.limit,
				running: running.length,
				completed: 0,
				rejected: 0,
				allowed: 0,
			});
		}
		const point = points.at(-1);
		if (point === undefined) throw new Error('There is no first second');
		point.allowed += model.allowed(now) / 1000;
		while (start(now));
		for (const request of running.filter(({ end }) => end <= now + 1)) {
			running.splice(running.indexOf(request), 1);
			const end = now + 1;
			const latencyMs = request.end - request.start;
			const outcome = request.isRejected === true ? 'rateLimited' : 'success';
			const used = running.length + again.length + 1;
			const sample: CountedSample = { latencyMs, outcome, running: used };
			state = adaptConcurrency(state, sample, { now: end, max: MAX_CONCURRENCY });
			if (request.isRejected === true) {
				point.rejected += 1;
				pause(request, end, request.retryMs);
			} else {
				point.completed += 1;
				pass(request, end);
			}
			while (start(end));
		}
	}
	const sum = (pick: (point: Point) => number, from = 0, to = seconds) =>
		points.slice(from, to).reduce((total, point) => total + pick(point), 0);
	const completed = ({ completed }: Point) => completed;
	const share = (from: number, to: number) =>
		sum(completed, from, to) / sum(({ allowed }) => allowed, from, to);
	const ends = Array.from({ length: ENDS_S }, (_, index) => seconds - index);
	return {
		points,
		share,
		averageShare: () =>
			ends.map((end) => share(MEASURED_FROM, end)).reduce((a, b) => a + b) / ends.length,
		rejected: sum(({ rejected }) => rejected) / (sum(completed) + sum(({ rejected }) => rejected)),
		mostAttempts,
	};
}

/**
 * Services of every kind, with the share of what they allow below which the test fails. The shares are a
 * little below what the controllers reached when their constants were chosen with these models, so they
 * notice a loss.
 */
export const MODELS: ReadonlyArray<{
	name: string;
	create: () => ServiceModel;
	share: number;
	/** Rejected requests, as a share of all, at which the test fails; 0.05 by default. */
	mostRejected?: number;
	/** Attempts that one request needs at most; 5 by default, as Max Tries. */
	mostAttempts?: number;
	/** Why less is reached than is wanted. */
	why?: string;
}> = [
	{ name: 'no limit', create: () => unlimited(LATENCY_MS), share: 0.95 },
	{ name: 'noisy latencies', create: () => noisy(), share: 0.95 },
	{ name: 'a queue', create: () => queueing(10), share: 0.95 },
	{ name: 'a queue with noisy latencies', create: () => noisy(10), share: 0.95 },
	{ name: 'congestion', create: () => congested(20), share: 0.9 },
	{ name: 'a fixed window', create: () => fixedWindow(200, WINDOW_S * 1000), share: 0.97 },
	{
		name: 'a fixed window, in whole seconds',
		create: () => fixedWindow(200, WINDOW_S * 1000, { isWhole: true }),
		share: 0.97,
	},
	{
		name: 'a fixed window without Retry-After',
		create: () => fixedWindow(200, WINDOW_S * 1000, { saysWhen: false }),
		share: 0.96,
	},
	{ name: 'a sliding window', create: () => slidingWindow(200, WINDOW_S * 1000), share: 0.97 },
	{
		name: 'a sliding window, in whole seconds',
		create: () => slidingWindow(200, WINDOW_S * 1000, { isWhole: true }),
		share: 0.94,
	},
	{
		name: 'a sliding window without Retry-After',
		create: () => slidingWindow(200, WINDOW_S * 1000, { saysWhen: false }),
		share: 0.92,
	},
	{ name: 'a token bucket', create: () => tokenBucket(() => 33, 200), share: 0.95 },
	{
		name: 'a token bucket, in whole seconds',
		create: () => tokenBucket(() => 33, 200, { isWhole: true }),
		share: 0.95,
	},
	{
		name: 'a token bucket without Retry-After',
		create: () => tokenBucket(() => 33, 200, { saysWhen: false }),
		share: 0.95,
	},
	{
		name: 'a slow token bucket',
		create: () => tokenBucket(() => 2, 10),
		share: 0.95,
		mostRejected: 0.16,
		mostAttempts: 6,
		why: 'the pace is tried out every few seconds; with two requests per second, one rejection every few seconds is a large part of them.',
	},
	{
		name: 'a bucket that slows down',
		create: () => tokenBucket((now) => (now < 20_000 ? 100 : 20), 50),
		share: 0.95,
	},
	{
		name: 'a bucket that speeds up',
		create: () => tokenBucket((now) => (now < 20_000 ? 20 : 100), 20),
		share: 0.9,
	},
	{
		name: 'a limit of requests at once',
		create: () => concurrencyLimited(10),
		share: 0.98,
	},
	{ name: 'outages', create: () => flapping(9000, 1000, true), share: 0.9 },
	{
		name: 'outages without Retry-After',
		create: () => flapping(9000, 1000),
		share: 0.9,
	},
];
