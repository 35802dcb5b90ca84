/** How many requests a service carries out at the same time, as far as its responses show. */
export interface AtOnce {
	/** The most requests that ran when one was let through, that one included. */
	most: number;
	/** The most that may run; any number until one was rejected while more ran than ever before. */
	limit: number;
	/** When that was found out, or one more was last tried, in milliseconds since 1970. */
	triedAt: number;
}

export const ANY_NUMBER: AtOnce = { most: 0, limit: Infinity, triedAt: -Infinity };

/** One more request than the limit is tried after this time, and another one if it is let through. */
const TRY_MS = 10_000;

/** Takes note of a request that was let through while so many ran, itself included. */
export function passAtOnce(state: AtOnce, running: number): AtOnce {
	return running > state.most ? { ...state, most: running } : state;
}

/**
 * Takes note of a rejected request. It shows a limit only if more ran than ever before; otherwise the
 * service counts something else.
 *
 * @param running the requests that ran when it started, itself included
 */
export function rejectAtOnce(state: AtOnce, running: number, now: number): AtOnce {
	if (state.most === 0 || running <= state.most) return { ...state, limit: Infinity };
	return { ...state, limit: Math.min(state.limit, running - 1), triedAt: now };
}

/** Returns the state in which one more request starts, `undefined` if too many run already. */
export function startAtOnce(state: AtOnce, running: number, now: number): AtOnce | undefined {
	if (running < state.limit) return state;
	if (now < state.triedAt + TRY_MS) return undefined;
	return { ...state, limit: state.limit + 1, triedAt: now };
}
