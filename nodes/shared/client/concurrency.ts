/** One finished request. */
export interface Sample {
	/** Time from sending the request to its response, in milliseconds. */
	latencyMs: number;
	outcome: 'success' | 'rateLimited' | 'failed';
}

/** A sample, and how many items and pages were in progress when it was taken, its own included. */
export interface CountedSample extends Sample {
	running: number;
}

/** How many requests may run at the same time, and what that is based on. */
export interface Concurrency {
	/** A fraction, so that small changes add up. */
	limit: number;
	/** The limit grows with each response, as in TCP, until a first sign of load. */
	isSlowStart: boolean;
	/** How many requests succeeded. */
	succeeded: number;
	/** No growth beyond the cautious limit, since the service has rejected requests, or failed beyond it. */
	isCautious: boolean;
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
	isCautious: false,
	roundStart: 0,
	latencies: [],
	holdUntil: 0,
};

const MIN_LIMIT = 1;
/** More than this run at once only while the service rejects none, and no request fails. */
const CAUTIOUS_LIMIT = 50;
/** Fewer run at once until this many have succeeded: a rate limit that is met rejects all that run. */
const FIRST = { limit: 42, succeeded: 250 };
/** Beyond the cautious limit, this many run at most, as a share of those that have succeeded. */
const SHARE_OF_SUCCEEDED = 0.25;
/** The limit grows only if at least this share of it is used, since otherwise it says nothing. */
const USED_SHARE = 0.5;
/** Limit of an operation, at most, when other operations of the execution have found theirs. */
const NEXT_OPERATION_LIMIT = 10;
/** Smallest number of responses in a round. */
const MIN_ROUND = { slowStart: 4, later: 8 };
/** Number of responses in a longer round, as a share of the limit. */
const ROUND_SHARE = { slowStart: 0.25, later: 1 };
const HOLD_MS = 2000;
/** Growth beyond the cautious limit, after the slow start, with each round that shows no load. */
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
 * quickly, and shrinks after failed requests and when the latency rises. Rate limits end the quick
 * growth, and that beyond the cautious limit; `pace.ts` handles the rest. Pure, without clock and I/O.
 *
 * @param now milliseconds since 1970
 * @param max the service's own limit
 */
export function adaptConcurrency(
	state: Concurrency,
	sample: CountedSample,
	{ now, max }: { now: number; max: number },
): Concurrency {
	const isBeyondCaution = state.limit > CAUTIOUS_LIMIT;
	if (sample.outcome === 'rateLimited') {
		const cautious = { ...state, isSlowStart: false, isCautious: true };
		return isBeyondCaution
			? { ...cautious, limit: CAUTIOUS_LIMIT, roundStart: now, latencies: [] }
			: cautious;
	}
	if (sample.outcome === 'failed') {
		if (now < state.holdUntil) return state;
		const limit = isBeyondCaution ? CAUTIOUS_LIMIT : Math.max(state.limit / 2, MIN_LIMIT);
		return {
			...state,
			limit,
			isSlowStart: false,
			isCautious: state.isCautious || isBeyondCaution,
			roundStart: now,
			latencies: [],
			holdUntil: now + HOLD_MS,
		};
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
		const reductionDidNotHelp =
			!isBeyondCaution && loadedMs !== undefined && latencyMs > loadedMs * HELPFUL_SHARE;
		if (reductionDidNotHelp || limit < MIN_LIMIT + 1) {
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
	if (state.isSlowStart || now < state.holdUntil || !isUsed(state, sample)) return next;
	const higher = limit + (isBeyondCaution ? limit * GROWTH_SHARE : 1);
	return { ...next, limit: Math.max(Math.min(higher, highest), limit) };
}

/**
 * Returns how many requests may run at once. When a rate limit is met, it rejects those that run, which
 * are about a quarter of those that have succeeded.
 */
function highestLimit({ succeeded, isCautious }: Concurrency): number {
	if (isCautious) return CAUTIOUS_LIMIT;
	return succeeded < FIRST.succeeded ? FIRST.limit : succeeded * SHARE_OF_SUCCEEDED;
}

/** In the slow start each response that shows no load lets one more request run. */
function grow(
	state: Concurrency,
	sample: CountedSample,
	{ now, max, highest }: { now: number; max: number; highest: number },
): Concurrency {
	const { latencyMs } = sample;
	if (!state.isSlowStart || now < state.holdUntil || !isUsed(state, sample)) return state;
	if (isLoaded(latencyMs, state.baselineMs ?? latencyMs, phaseOf(state))) return state;
	const limit = Math.max(Math.min(state.limit + 1, highest), state.limit);
	return { ...state, limit, isSlowStart: limit < max };
}

function isUsed({ limit }: Concurrency, { running }: CountedSample): boolean {
	return running >= limit * USED_SHARE;
}

/** From the cautious limit on, less load ends the slow start. */
function phaseOf({ isSlowStart, limit }: Concurrency): keyof typeof LOAD_RATIO {
	return isSlowStart && limit < CAUTIOUS_LIMIT ? 'slowStart' : 'later';
}

function isLoaded(latencyMs: number, baselineMs: number, phase: keyof typeof LOAD_RATIO): boolean {
	return latencyMs > baselineMs * LOAD_RATIO[phase] && latencyMs - baselineMs > NOISE_MS;
}

/**
 * Returns the state in which a node starts an operation. Latencies differ between operations, so one that
 * has not run yet starts with few requests, from which it learns the latency without load.
 *
 * @param own the state in which the same operation ended before
 * @param others those of all operations so far
 */
export function startOperation(
	own: Concurrency | undefined,
	others: Iterable<Concurrency>,
	now: number,
): Concurrency {
	const known = [...others];
	const isCautious = known.some((other) => other.isCautious);
	if (own !== undefined) {
		const limit = isCautious ? Math.min(own.limit, CAUTIOUS_LIMIT) : own.limit;
		return { ...own, limit, isCautious, loadedMs: undefined, roundStart: now, latencies: [] };
	}
	return {
		...INITIAL_CONCURRENCY,
		limit:
			known.length === 0
				? INITIAL_CONCURRENCY.limit
				: Math.min(...known.map(({ limit }) => limit), NEXT_OPERATION_LIMIT),
		isCautious,
		roundStart: now,
	};
}

function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
