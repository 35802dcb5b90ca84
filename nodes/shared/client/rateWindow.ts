/**
 * A rate limit that allows a number of requests as quickly as they come, and none after them until its
 * reset. Times are in milliseconds since 1970.
 */
export interface RateWindow {
	/** When the last window opened in which requests passed. */
	openedAt: number;
	/** When this one opens, or is tried again. */
	opensAt: number;
	/** Whether a request has passed that was sent since then. */
	hasPassed: boolean;
	/** When the first request after the last passed one was rejected. */
	closedAt: number;
	/** Time from then until the last rejected request was sent. */
	closedMs: number;
	/** Time from one reset to the next; unknown until the window has been closed once. */
	lengthMs?: number;
	/** Requests that a window allows; unknown until those of the first one are counted. */
	size?: number;
	/** What the window before this one allowed. */
	usual: number;
	/** Requests started since `opensAt`. */
	started: number;
	/** When the last of them started. */
	lastStart: number;
	/** Whether a request has passed, or the service stated when it opens. */
	isOpen: boolean;
}

/** A limit that allows requests one by one asks for a second at most, as whole seconds are rounded up. */
const MIN_CLOSED_MS = 1500;
/** After a pause that is a smaller share of the time between two resets, requests start evenly. */
const MIN_CLOSED_SHARE = 0.3;
/** A window allows at least this share of what the one before did. */
const SAME_SIZE = 0.8;
/** When a window opens, 4 requests may start at once, and twice as many after each 100 ms. */
const RAMP = { requests: 4, doublesInMs: 100 };
/** Once a window is used up, one more request is tried after this time, and then another. */
const PROBE_MS = 500;
/** Once a window has allowed more than its size, this many more may start, and then twice as many as were more. */
const FIRST_GROWTH = 4;
/** If the service does not state the reset, requests are tried again after this share of the length. */
const EXPECTED_SHARE = 0.9;

/** Times in milliseconds. */
export interface Rejection {
	/** When the rejected request was sent; only the first of several that ran at the same time counts. */
	startedAt: number;
	now: number;
	/** How long requests pause now. */
	pauseMs: number;
	/** Whether the service asked for this pause. */
	isStated: boolean;
}

function isLong(closedMs: number, lengthMs: number): boolean {
	return closedMs >= Math.max(MIN_CLOSED_MS, lengthMs * MIN_CLOSED_SHARE);
}

/**
 * Returns the window that a rejection shows, or may show; `undefined` if it shows none.
 *
 * @param countedSince when the count of passed requests began
 */
export function closeWindow(
	window: RateWindow | undefined,
	{ startedAt, now, pauseMs, isStated }: Rejection,
	countedSince: number,
): RateWindow | undefined {
	const opensAt = now + pauseMs;
	if (window === undefined) {
		const lengthMs = opensAt - countedSince;
		if (isStated && !isLong(pauseMs, lengthMs)) return undefined;
		return {
			openedAt: countedSince,
			opensAt,
			hasPassed: false,
			closedAt: now,
			closedMs: 0,
			lengthMs: isStated ? lengthMs : undefined,
			usual: 0,
			started: 0,
			lastStart: -Infinity,
			isOpen: isStated,
		};
	}
	const { hasPassed } = window;
	// A rejection can come sooner than the responses to requests that pass.
	const wasOpen = hasPassed || window.started > 2 * RAMP.requests;
	if (wasOpen && window.started < (window.size ?? 0) * SAME_SIZE) return undefined;
	const openedAt = hasPassed ? window.opensAt : window.openedAt;
	const expected = openedAt + (window.lengthMs ?? 0) * EXPECTED_SHARE;
	return {
		...window,
		openedAt,
		opensAt: hasPassed && !isStated ? Math.max(expected, opensAt) : opensAt,
		hasPassed: false,
		closedAt: hasPassed ? now : window.closedAt,
		closedMs: hasPassed ? 0 : startedAt - window.closedAt,
		lengthMs: isStated ? opensAt - openedAt : window.lengthMs,
		started: 0,
		lastStart: startedAt,
		isOpen: isStated,
	};
}

/**
 * Counts the start of a request.
 *
 * @param passed requests that passed in the window before, if this is the first start in this one
 * @returns the window, `undefined` if it allowed fewer requests than the one before
 */
export function startIn(window: RateWindow, passed: number, now: number): RateWindow | undefined {
	const { opensAt, lengthMs = Infinity, size, isOpen } = window;
	const next = { ...window, started: window.started + 1, lastStart: now };
	if (window.started > 0) {
		// No request was sent for a while, so the next window opened unnoticed.
		return isOpen && now >= opensAt + lengthMs
			? { ...next, openedAt: now, opensAt: now, hasPassed: false, started: 1 }
			: next;
	}
	if (size !== undefined && passed < size * SAME_SIZE) return undefined;
	// Nobody stated when it opens, so it counts from the first try.
	return { ...next, opensAt: isOpen ? opensAt : now, size: passed, usual: passed };
}

/**
 * Counts a request that the window allowed.
 *
 * @param passed requests that have passed since `opensAt`
 * @returns the window, `undefined` if requests were rejected for so short a time that there is none
 */
export function passIn(window: RateWindow, passed: number): RateWindow | undefined {
	const { size = Infinity, usual, isOpen, openedAt, opensAt, closedMs, started } = window;
	// The request was started before it closed.
	if (started === 0) return window;
	if (isOpen) {
		const growth = Math.max(2 * (passed - usual), FIRST_GROWTH);
		return { ...window, hasPassed: true, size: passed > size ? passed + growth : window.size };
	}
	const lengthMs = opensAt - openedAt;
	if (window.lengthMs === undefined && !isLong(closedMs, lengthMs)) return undefined;
	return { ...window, hasPassed: true, isOpen: true, lengthMs };
}

/** Returns when the next request may start, apart from the pause after a rejection. */
export function nextStartIn(window: RateWindow, now: number): number {
	const { opensAt, lengthMs = Infinity, size = Infinity, started, lastStart, isOpen } = window;
	if (started === 0) return now;
	if (!isOpen || started >= size) {
		return isOpen && now >= opensAt + lengthMs ? now : lastStart + PROBE_MS;
	}
	if (started < RAMP.requests) return opensAt;
	return opensAt + RAMP.doublesInMs * Math.log2(1 + started / RAMP.requests);
}
