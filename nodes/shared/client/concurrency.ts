/** One finished request. */
export interface Sample {
	/** Time from sending the request to its response, in milliseconds. */
	latencyMs: number;
	outcome: 'success' | 'rateLimited' | 'failed';
}

/** How many requests may run at the same time, and what that is based on. */
export interface Concurrency {
	/** A fraction, so that small changes add up. */
	limit: number;
	/** The limit grows with each response, as in TCP, until a first sign of load. */
	isSlowStart: boolean;
	/** How many requests succeeded. */
	succeeded: number;
	/** Whether a rate limit rejected any. */
	isRateLimited: boolean;
	/** Latency without load, in milliseconds. */
	baselineMs?: number;
	/** When the current round began, in milliseconds since 1970: earlier requests ran under another limit. */
	roundStart: number;
	/** Latency of the last round if it reduced the limit after the slow start, in milliseconds. */
	loadedMs?: number;
	/** Latencies of the current round. */
	latencies: readonly number[];
	/** No growth and no further reduction after a failure before this time, in milliseconds since 1970. */
	holdUntil: number;
}

export const INITIAL_CONCURRENCY: Concurrency = {
	limit: 4,
	isSlowStart: true,
	succeeded: 0,
	isRateLimited: false,
	roundStart: 0,
	latencies: [],
	holdUntil: 0,
};

const MIN_LIMIT = 1;
/**
 * More than this run at once only while no rate limit rejects any, and only a share of those that have
 * succeeded, so that at most that share is rejected when a rate limit is met.
 */
const CAUTIOUS_LIMIT = 50;
const SHARE_OF_SUCCEEDED = 0.25;
/** Smallest number of responses in a round. */
const MIN_ROUND = { slowStart: 4, later: 8 };
/** Number of responses in a longer round, as a share of the limit. */
const ROUND_SHARE = { slowStart: 0.25, later: 1 };
const HOLD_MS = 2000;
/** Growth after the slow start with each round that shows no load, as a share of the limit. */
const GROWTH_SHARE = 1 / 16;
/** The baseline follows lower latencies sooner than higher ones. */
const BASELINE_FALL = 0.1;
const BASELINE_RISE = 0.01;
/** Latency counts as load from this multiple of the baseline on, if the difference is more than noise. */
const LOAD_RATIO = { slowStart: 1.5, later: 1.2 };
const NOISE_MS = 10;
/** A reduction helped if the latency falls below this share. */
const HELPFUL_SHARE = 0.95;
/** Latency that a reduction aims at, as a multiple of the baseline. */
const TARGET_RATIO = 1.1;
/** Share of the limit that remains at least. */
const LARGEST_REDUCTION = { slowStart: 0.25, later: 0.5 };
/** So that the whole part of the limit becomes smaller. */
const MIN_STEP = 0.01;

/**
 * Adapts the concurrency to the speed of a service, round by round: it grows while responses come
 * quickly, and shrinks after failed requests and when the latency rises. Rate limits end the first
 * quick growth only, since `pace.ts` handles them. Pure, without clock and I/O.
 *
 * @param now milliseconds since 1970
 * @param max the service's own limit
 */
export function adaptConcurrency(
	state: Concurrency,
	sample: Sample,
	{ now, max }: { now: number; max: number },
): Concurrency {
	if (sample.outcome === 'rateLimited') {
		const limit = Math.min(state.limit, CAUTIOUS_LIMIT);
		return { ...state, limit, isSlowStart: false, isRateLimited: true };
	}
	if (sample.outcome === 'failed') {
		if (now < state.holdUntil) return state;
		const limit = Math.max(state.limit / 2, MIN_LIMIT);
		const holdUntil = now + HOLD_MS;
		return { ...state, limit, isSlowStart: false, roundStart: now, latencies: [], holdUntil };
	}
	const highest = Math.min(max, highestLimit(state));
	const current = {
		...grow(state, sample, { now, max, highest }),
		succeeded: state.succeeded + 1,
	};
	if (now - sample.latencyMs < state.roundStart) return current;
	const phase = phaseOf(state);
	const latencies = [...state.latencies, sample.latencyMs];
	const roundSize = Math.floor(current.limit * ROUND_SHARE[phase]);
	if (latencies.length < Math.max(roundSize, MIN_ROUND[phase])) {
		return { ...current, latencies };
	}
	const latencyMs = median(latencies);
	const { limit, baselineMs: before = latencyMs, loadedMs } = current;
	const baselineMs =
		before + (latencyMs - before) * (latencyMs < before ? BASELINE_FALL : BASELINE_RISE);
	const next = { ...current, baselineMs, loadedMs: undefined, roundStart: now, latencies: [] };
	if (isLoaded(latencyMs, baselineMs, phase)) {
		const isHopeless = loadedMs !== undefined && latencyMs > loadedMs * HELPFUL_SHARE;
		if (isHopeless || limit < MIN_LIMIT + 1) {
			// Fewer requests do not help, so the latency has another cause than these requests.
			return { ...next, baselineMs: latencyMs, isSlowStart: true };
		}
		const reduction = Math.max((baselineMs * TARGET_RATIO) / latencyMs, LARGEST_REDUCTION[phase]);
		// Less than one request fewer would change nothing.
		const lower = Math.min(limit * reduction, Math.floor(limit) - MIN_STEP);
		return {
			...next,
			limit: Math.max(lower, MIN_LIMIT),
			isSlowStart: false,
			// In the slow start the limit was lower when a round began than when it ended.
			loadedMs: state.isSlowStart ? undefined : latencyMs,
		};
	}
	if (state.isSlowStart || now < state.holdUntil) return next;
	const higher = limit + Math.max(limit * GROWTH_SHARE, 1);
	return { ...next, limit: Math.max(Math.min(higher, highest), limit) };
}

/** Returns how many requests the service has shown to be able to take, or may be expected to. */
function highestLimit({ succeeded, isRateLimited }: Concurrency): number {
	return isRateLimited ? CAUTIOUS_LIMIT : Math.max(succeeded * SHARE_OF_SUCCEEDED, CAUTIOUS_LIMIT);
}

/** In the slow start each response that shows no load lets one more request run. */
function grow(
	state: Concurrency,
	{ latencyMs }: Sample,
	{ now, max, highest }: { now: number; max: number; highest: number },
): Concurrency {
	if (!state.isSlowStart || now < state.holdUntil) return state;
	if (isLoaded(latencyMs, state.baselineMs ?? latencyMs, phaseOf(state))) return state;
	const limit = Math.max(Math.min(state.limit + 1, highest), state.limit);
	return { ...state, limit, isSlowStart: limit < max };
}

/** Beyond the cautious limit, the slow start ends at the first small sign of load. */
function phaseOf({ isSlowStart, limit }: Concurrency): keyof typeof LOAD_RATIO {
	return isSlowStart && limit < CAUTIOUS_LIMIT ? 'slowStart' : 'later';
}

function isLoaded(latencyMs: number, baselineMs: number, phase: keyof typeof LOAD_RATIO): boolean {
	return latencyMs > baselineMs * LOAD_RATIO[phase] && latencyMs - baselineMs > NOISE_MS;
}

/** Forgets the latencies, which differ between operations, and keeps the limit. */
export function forNextOperation(
	{ limit, isSlowStart, succeeded, isRateLimited }: Concurrency,
	now: number,
): Concurrency {
	return {
		...INITIAL_CONCURRENCY,
		limit,
		isSlowStart,
		succeeded,
		isRateLimited,
		roundStart: now,
	};
}

function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
