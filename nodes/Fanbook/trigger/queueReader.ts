import type { JsonObject } from '../../shared/json';
import { isJsonObject } from '../../shared/json';
import type { ApiClient } from '../../shared/client/apiClient';
import type { Outage } from './outage';
import { pause } from './pause';

/** How the update queue is read; times in milliseconds. */
export interface QueueTimes {
	/** Hold each call open this long; `undefined` to ask and go. */
	hold?: number;
	/** From one call to the next. */
	every: number;
	/** Longest pause while the service does not answer. */
	longestPause: number;
}

/** The most one call gives; a full answer is followed by the next call at once. */
const PAGE = 100;

/**
 * Reads the queue of updates, again and again, until the signal says stop. Reading takes the
 * updates out of the queue, so an answer that is lost on its way is lost for good. Never rejects.
 */
export async function readQueue(
	session: ApiClient,
	times: QueueTimes,
	circles: boolean,
	ready: () => Promise<void>,
	put: (update: JsonObject) => Promise<void>,
	outage: Outage,
	signal: AbortSignal,
): Promise<void> {
	let failures = 0;
	while (!signal.aborted) {
		let isFull = false;
		try {
			await ready();
			const updates = await once(session, times.hold);
			isFull = updates.length >= PAGE;
			for (const update of updates) await put(update);
			if (circles) {
				for (const update of await ask(session, { msg_type: 'circle' })) await put(update);
			}
			failures = 0;
			outage.up();
		} catch (error) {
			if (signal.aborted) return;
			failures += 1;
			outage.down(error);
		}
		if (failures === 0 && (isFull || times.hold !== undefined)) continue;
		await pause(Math.min(times.every * 2 ** failures, times.longestPause), signal);
	}
}

/** One call of the queue. */
async function once(session: ApiClient, hold: number | undefined): Promise<JsonObject[]> {
	if (hold === undefined) return await ask(session, {});
	const seconds = Math.max(Math.round(hold / 1000), 1);
	const data = await session.fetch('POST getUpdates', {
		body: { limit: PAGE, timeout: seconds },
		writes: true,
		timeoutMs: hold + 30_000,
	});
	return readUpdates(data);
}

async function ask(session: ApiClient, body: Record<string, string>): Promise<JsonObject[]> {
	// Reading changes the queue: a call with an unknown outcome is not made again blindly.
	return readUpdates(await session.fetch('POST v2/getUpdates', { body, writes: true }));
}

function readUpdates(data: unknown): JsonObject[] {
	return Array.isArray(data) ? data.filter(isJsonObject) : [];
}
