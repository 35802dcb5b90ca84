import type { ApiClient } from '../../shared/client/apiClient';
import type { JsonObject } from '../../shared/json';
import { isJsonObject, isObject } from '../../shared/json';
import { rawIdOf, timeOf } from './events';

/** Start of a trigger: statuses up to here never start a workflow. */
export interface Start {
	/** The number of the newest status of Fanfou. */
	rawId: number | null;
	/** Milliseconds since 1970 by Fanfou's clock. */
	time: number;
}

const HOUR_MS = 3_600_000;
/** The public timeline shows Fanfou's time only if its newest status is not older than this. */
const MAX_CLOCK_DIFFERENCE_MS = 24 * HOUR_MS;
/** Tolerance if Fanfou's time is unknown. */
const CLOCK_TOLERANCE_MS = 3 * HOUR_MS;
/** A status can appear this long after it was posted, because Fanfou reviews some first. */
const MAX_REVIEW_MS = HOUR_MS;

/**
 * Determines the start from the newest public status. The clocks of Fanfou and of this computer can
 * differ, so this computer's time is used only if there is no recent public status.
 */
export async function findStart(client: ApiClient): Promise<Start> {
	const now = Date.now();
	const newest = await newestPublicStatus(client);
	const time = newest === undefined ? null : timeOf(newest);
	const isPlausible = time !== null && Math.abs(now - time) < MAX_CLOCK_DIFFERENCE_MS;
	return {
		rawId: newest === undefined ? null : rawIdOf(newest),
		time: isPlausible ? time : now - CLOCK_TOLERANCE_MS,
	};
}

async function newestPublicStatus(client: ApiClient): Promise<JsonObject | undefined> {
	try {
		const response = await client.fetch('GET statuses/public_timeline.json', {
			query: { count: 1, mode: 'lite' },
		});
		return Array.isArray(response) ? response.find(isJsonObject) : undefined;
	} catch {
		// The list of the event is read next, and its error is reported.
		client.checkCancelled();
		return undefined;
	}
}

/** Returns whether a status was posted before the trigger started. */
export function isBeforeStart(status: JsonObject, { rawId, time }: Start): boolean {
	const number = rawIdOf(status);
	const created = timeOf(status);
	return (
		(rawId !== null && number !== null && number <= rawId) || (created !== null && created < time)
	);
}

/** Reads a start from static data. */
export function parseStart(stored: unknown): Start | undefined {
	if (!isObject(stored) || typeof stored.time !== 'number') return undefined;
	return { rawId: typeof stored.rawId === 'number' ? stored.rawId : null, time: stored.time };
}

/** Returns a test for statuses posted shortly before the newest status of the pages read so far. */
export function recentFilter(): {
	add: (rows: JsonObject[]) => void;
	isRecent: (row: JsonObject) => boolean;
} {
	let newest = { rawId: -Infinity, time: -Infinity };
	return {
		add: (rows) => {
			const latest = Date.now() + MAX_CLOCK_DIFFERENCE_MS;
			for (const row of rows) {
				const time = timeOf(row) ?? Infinity;
				const rawId = rawIdOf(row) ?? -Infinity;
				if (time <= latest && rawId > newest.rawId) newest = { rawId, time };
			}
		},
		isRecent: (row) => (timeOf(row) ?? -Infinity) >= newest.time - MAX_REVIEW_MS,
	};
}
