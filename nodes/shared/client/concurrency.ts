/** One finished request. */
export interface Sample {
	/** Time from sending the request to its response, in milliseconds. */
	latencyMs: number;
	outcome: 'success' | 'rateLimited' | 'failed';
}

/** How many requests may run at the same time, and what that is based on. */
export interface Concurrency {
	/** A fraction, so that slow growth adds up. */
	limit: number;
	/** The limit doubles with each round of responses, as in TCP, until a first sign of load. */
	isSlowStart: boolean;
	/** Latency without load; it follows rising latencies slowly. */
	baselineMs?: number;
	/** Current latency, smoothed. */
	latencyMs?: number;
	/** No growth and no further reduction before this time, in milliseconds since 1970. */
	holdUntil: number;
}

export const INITIAL_CONCURRENCY: Concurrency = { limit: 4, isSlowStart: true, holdUntil: 0 };

const MIN_LIMIT = 1;
/** After a rate limit, requests run at a pace at which the next one costs few rejections. */
const LIMIT_AFTER_REJECTION = 6;
const HOLD_MS = 2000;
const SMOOTHING = 0.2;
const BASELINE_DRIFT = 0.0005;
/** Latency counts as load from this multiple of the baseline on, if the difference is more than noise. */
const LOAD_RATIO = 1.5;
const NOISE_MS = 20;
/** Per round of responses. */
const DECREASE_UNDER_LOAD = 2;
const GROWTH = 0.5;

/**
 * Adapts the concurrency to the pace of a service: it grows while responses come quickly, and
 * shrinks after a rate limit, a failed request or rising latency. Pure, without clock and I/O.
 *
 * @param now milliseconds since 1970
 * @param max the service's own limit
 */
export function adaptConcurrency(
	state: Concurrency,
	sample: Sample,
	{ now, max }: { now: number; max: number },
): Concurrency {
	if (sample.outcome !== 'success') {
		if (now < state.holdUntil) return state;
		const reduced = Math.max(state.limit / 2, MIN_LIMIT);
		return {
			...state,
			limit: sample.outcome === 'rateLimited' ? Math.min(reduced, LIMIT_AFTER_REJECTION) : reduced,
			isSlowStart: false,
			holdUntil: now + HOLD_MS,
		};
	}
	const { baselineMs = sample.latencyMs, latencyMs = sample.latencyMs } = state;
	const measured = {
		baselineMs:
			sample.latencyMs < baselineMs
				? sample.latencyMs
				: baselineMs + (sample.latencyMs - baselineMs) * BASELINE_DRIFT,
		latencyMs: latencyMs + (sample.latencyMs - latencyMs) * SMOOTHING,
	};
	// Slow start ends with the first slow response, since it would double the load before the average rises.
	const current = state.isSlowStart ? sample.latencyMs : measured.latencyMs;
	const isLoaded =
		current > measured.baselineMs * LOAD_RATIO && current - measured.baselineMs > NOISE_MS;
	if (isLoaded) {
		const limit = Math.max(state.limit - DECREASE_UNDER_LOAD / state.limit, MIN_LIMIT);
		return { ...state, ...measured, limit, isSlowStart: false };
	}
	if (now < state.holdUntil) return { ...state, ...measured };
	const growth = state.isSlowStart ? 1 : GROWTH / state.limit;
	return { ...state, ...measured, limit: Math.min(state.limit + growth, max) };
}
