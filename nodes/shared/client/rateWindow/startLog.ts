/** When the requests started that count against a rate limit. Times are in milliseconds since 1970. */
export interface StartLog {
	/** Length of a slot, in milliseconds. */
	slotMs: number;
	/** Slots of time in which requests started, the oldest first. */
	slots: readonly Slot[];
	/** When the first and the last request started. */
	first: number;
	last: number;
}

interface Slot {
	end: number;
	requests: number;
}

const SHORTEST_SLOT_MS = 20;
/** With more slots, two become one. */
const MAX_SLOTS = 64;

export const EMPTY_LOG: StartLog = {
	slotMs: SHORTEST_SLOT_MS,
	slots: [],
	first: Infinity,
	last: -Infinity,
};

/**
 * Adds the start of a request.
 *
 * @param keptMs for how long requests are kept, in milliseconds
 */
export function addStart(log: StartLog, now: number, keptMs = Infinity): StartLog {
	const { slotMs, slots } = log;
	const latest = slots.at(-1);
	// The clock was set back.
	if (latest !== undefined && now < latest.end - 2 * slotMs)
		return addStart(EMPTY_LOG, now, keptMs);
	const first = Math.min(log.first, now);
	if (latest !== undefined && now < latest.end) {
		const counted = { ...latest, requests: latest.requests + 1 };
		return { slotMs, slots: [...slots.slice(0, -1), counted], first, last: now };
	}
	const kept = slots.filter(({ end }) => end > now - keptMs);
	const end = (Math.floor(now / slotMs) + 1) * slotMs;
	return merged({ slotMs, slots: [...kept, { end, requests: 1 }], first, last: now });
}

/** Makes slots twice as long until there are few enough. */
function merged(log: StartLog): StartLog {
	if (log.slots.length <= MAX_SLOTS) return log;
	const slotMs = log.slotMs * 2;
	const byEnd = new Map<number, number>();
	for (const { end, requests } of log.slots) {
		const longer = Math.ceil(end / slotMs) * slotMs;
		byEnd.set(longer, (byEnd.get(longer) ?? 0) + requests);
	}
	const slots = Array.from(byEnd, ([end, requests]) => ({ end, requests }));
	return merged({ ...log, slotMs, slots });
}

/** Drops the requests before a time. */
export function dropBefore(log: StartLog, time: number): StartLog {
	const slots = log.slots.filter(({ end }) => end > time);
	return { ...log, slots, first: Math.max(log.first, time) };
}

/** Removes a request that does not count, as it was rejected. */
export function removeStart(log: StartLog, startedAt: number): StartLog {
	const [oldest] = log.slots;
	// Its slot may have been dropped.
	if (oldest === undefined || startedAt < oldest.end - log.slotMs) return log;
	const index = log.slots.findIndex(({ end }) => end > startedAt);
	const slots = log.slots.map((slot, at) =>
		at === index ? { ...slot, requests: Math.max(slot.requests - 1, 0) } : slot,
	);
	return { ...log, slots };
}

/** Returns how many requests started after a time, all of its slot included. */
export function countSince({ slots }: StartLog, time: number): number {
	return slots.reduce((sum, { end, requests }) => (end > time ? sum + requests : sum), 0);
}

/**
 * Returns the end of the slot in which the last but this many requests started; `undefined` if there were
 * fewer.
 */
export function lastStarts({ slots }: StartLog, requests: number): number | undefined {
	let missing = requests;
	return slots.findLast((slot) => {
		missing -= slot.requests;
		return missing <= 0;
	})?.end;
}

/**
 * Returns from when on fewer than `size` requests count.
 *
 * @param from since when requests count
 * @param spanMs for how long each counts
 */
export function roomFrom(
	{ slots }: StartLog,
	size: number,
	from: number,
	spanMs: number,
	now: number,
): number {
	const counting = slots.filter(({ end }) => end > from);
	let excess = counting.reduce((sum, { requests }) => sum + requests, 0) - size + 1;
	if (excess <= 0) return now;
	const freed = counting.find(({ requests }) => (excess -= requests) <= 0);
	return freed === undefined ? now : freed.end + spanMs;
}
