/** Rate limits of the service for measurements: 200 requests per 6 seconds, for each run of its own. */

const SIZE = 200;
const WINDOW_MS = 6_000;

/**
 * @typedef {object} Run
 * @property {number} left tokens, or requests left in the window
 * @property {number} since when `left` was computed, or when the window began
 * @property {number} accepted
 * @property {number} rejected
 * @property {Set<string>} items that were accepted
 */

/** @type {Map<string, Run>} */
const runs = new Map();

/** @param {string} name */
function runOf(name) {
	let run = runs.get(name);
	if (run === undefined) {
		run = { left: SIZE, since: Date.now(), accepted: 0, rejected: 0, items: new Set() };
		runs.set(name, run);
	}
	return run;
}

/**
 * Refills a run up to now.
 *
 * @param {Run} run
 * @param {boolean} isWindow
 */
function refill(run, isWindow) {
	const now = Date.now();
	if (!isWindow) {
		run.left = Math.min(SIZE, run.left + ((now - run.since) * SIZE) / WINDOW_MS);
		run.since = now;
		return;
	}
	const windows = Math.floor((now - run.since) / WINDOW_MS);
	if (windows === 0) return;
	run.since += windows * WINDOW_MS;
	run.left = SIZE;
}

/**
 * Accepts or rejects a request.
 *
 * @param {{ run: string, kind: string, item: string }} request `kind` is `bucket` or `window`, followed
 *   by `-headers` if responses report the limit, by `-silent` if a rejection does not say how long to wait
 */
export function limitRate({ run: name, kind, item }) {
	const run = runOf(name);
	const isWindow = kind.startsWith('window');
	refill(run, isWindow);
	const now = Date.now();
	const isAccepted = run.left >= 1;
	if (isAccepted) {
		run.left -= 1;
		run.accepted += 1;
		run.items.add(item);
	} else {
		run.rejected += 1;
	}
	const resetAt = isWindow ? run.since + WINDOW_MS : now + ((SIZE - run.left) * WINDOW_MS) / SIZE;
	const waitMs = isWindow ? resetAt - now : ((1 - run.left) * WINDOW_MS) / SIZE;
	return {
		status: isAccepted ? 200 : 429,
		headers: {
			...(kind.endsWith('-headers')
				? {
						'x-ratelimit-limit': String(SIZE),
						'x-ratelimit-remaining': String(Math.floor(run.left)),
						'x-ratelimit-reset': String(Math.ceil(resetAt / 1000)),
					}
				: {}),
			...(isAccepted || kind.endsWith('-silent')
				? {}
				: { 'retry-after': String(Math.ceil(waitMs / 1000)) }),
		},
		body: isAccepted ? `{"ok":true,"item":"${item}"}` : '{"error":"Slow down"}',
	};
}

/** @param {string} name of a run */
export function countsOf(name) {
	const { accepted, rejected, items } = runOf(name);
	return { accepted, rejected, repeated: accepted - items.size };
}
