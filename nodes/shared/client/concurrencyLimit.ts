/** How many requests a service carries out at the same time, as far as its responses show. */
export interface ConcurrencyLimit {
	/** The most requests that ran when one was let through, that one included. */
	most: number;
	/** How many passed while others ran; starts over when a rejection contradicts a limit. */
	passed: number;
	/** How many of them must pass before a limit is assumed. */
	needed: number;
	/** Unknown until one was rejected while more ran than ever before. */
	limit?: Limit;
}

interface Limit {
	/** How many were carried out at once, or may be. */
	running: number;
	/** The number of the last request that had started when this was found out. */
	since: number;
	/** How many may start, which is more during a trial. */
	ceiling: number;
	/** How many more are tried next. */
	step: number;
	/** When they are tried, in milliseconds since 1970. */
	trialAt: number;
}

/** A request that has started. */
interface Started {
	/** How many requests had started then, itself included. */
	number: number;
	/** How many ran then, itself included. */
	running: number;
}

const MIN_PASSED = 10;

export const NO_LIMIT: ConcurrencyLimit = { most: 0, passed: 0, needed: MIN_PASSED };

/** One more request than the limit is tried after this time without a rejection. */
const FIRST_TRIAL_MS = 5000;
/** If that many are let through, twice as many more are tried after this time. */
const NEXT_TRIAL_MS = 1000;

/** Counts a request that was let through. */
export function passWithinLimit(state: ConcurrencyLimit, { running }: Started): ConcurrencyLimit {
	const { limit } = state;
	return {
		...state,
		most: Math.max(state.most, running),
		passed: state.passed + (running > 1 ? 1 : 0),
		limit: limit && { ...limit, running: Math.max(limit.running, running) },
	};
}

/**
 * Counts a rejected request. If more ran than ever before, the service may limit how many run
 * at once; if fewer ran, it counts something else.
 *
 * @param last the number of the last request that has started
 */
export function rejectWithinLimit(
	state: ConcurrencyLimit,
	{ number, running }: Started,
	{ now, last }: { now: number; last: number },
): ConcurrencyLimit {
	const { limit, most, passed, needed } = state;
	const trial = { step: 1, trialAt: now + FIRST_TRIAL_MS };
	if (limit === undefined) {
		if (running < most) return { ...NO_LIMIT, needed: needed * 2 };
		if (running === most || passed < needed) return state;
		const fewer = Math.max(running - 1, 1);
		return { ...state, limit: { ...trial, running: fewer, since: last, ceiling: fewer } };
	}
	const isBefore = number <= limit.since;
	if (running > limit.running && !isBefore) {
		return { ...state, limit: { ...limit, ...trial, ceiling: limit.running } };
	}
	// A response on its way back counts as running here, but no longer at the service, or the reverse.
	if (!isBefore && (running < limit.running || passed < needed)) {
		return { ...NO_LIMIT, needed: needed * 2 };
	}
	// Of several that ran at the same time, the first one to start is the most reliable.
	const fewer = Math.max(Math.min(limit.running, running - 1), 1);
	return {
		...state,
		most: fewer,
		passed: isBefore ? passed : 0,
		limit: { ...limit, ...trial, running: fewer, ceiling: fewer },
	};
}

/** Returns the state in which one more request starts, `undefined` if too many run already. */
export function startWithinLimit(
	state: ConcurrencyLimit,
	running: number,
	now: number,
): ConcurrencyLimit | undefined {
	const { limit } = state;
	if (limit === undefined || running < limit.ceiling) return state;
	if (now < limit.trialAt) return undefined;
	return {
		...state,
		limit: {
			...limit,
			ceiling: limit.running + limit.step,
			step: limit.step * 2,
			trialAt: now + NEXT_TRIAL_MS,
		},
	};
}
