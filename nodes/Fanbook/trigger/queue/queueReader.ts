import { NodeFailure, toNodeFailure } from '../../../shared/errors';
import type { Json, JsonObject } from '../../../shared/json';
import { isJsonObject, stringifyJson, tryParseJson } from '../../../shared/json';
import type { ApiClient } from '../../../shared/client/apiClient';
import { readList } from '../../readList';
import type { ConnectionMonitor } from '../connectionMonitor';
import { wait } from '../wait';

export interface QueueReaderOptions {
	client: ApiClient;
	monitor: ConnectionMonitor;
	signal: AbortSignal;
	/** Set to request circle updates as well. They do not affect the other updates if they fail. */
	circleMonitor?: ConnectionMonitor;
	/** Called before each request; rejects when the queue cannot be read now. */
	prepare: () => Promise<void>;
	/** Resolves when n8n has started the workflow for all updates. */
	put: (updates: JsonObject[]) => Promise<void>;
	/** Called when a response contains rows that are no updates. */
	invalidUpdate: () => void;
	/** Milliseconds to hold each request open; not set for requests that return at once. */
	longPollTimeout?: number;
	/** Milliseconds between two requests. */
	interval: number;
	/** Longest delay in milliseconds while requests fail. */
	maxDelay: number;
}

/** Largest number of updates in one response. */
const PAGE_SIZE = 100;

/**
 * Reads the update queue repeatedly until the signal is aborted. Fanbook removes updates from the
 * queue when they are read, so the next request is sent only when the workflow has been started for
 * all updates of the last response. If n8n is killed, at most that response is lost. Never rejects.
 *
 * A full response and one to a long poll are followed by the next request at once, but only if they
 * contain updates that the response before did not: a queue that keeps its updates must not be read in
 * a loop without pauses.
 */
export async function readQueue(options: QueueReaderOptions): Promise<void> {
	const { client, monitor, signal, prepare, put, longPollTimeout } = options;
	const readCircles = createCircleReader(options);
	let failures = 0;
	let previousIds = new Set<string>();
	while (!signal.aborted) {
		let pause = options.interval;
		try {
			await prepare();
			const begin = Date.now();
			const rows = await fetchRows(client, longPollTimeout);
			const updates = readUpdates(rows, options);
			const ids = updates.map(idOf);
			const hasNew = ids.some((id) => !previousIds.has(id));
			previousIds = new Set(ids);
			if (hasNew && (rows.length >= PAGE_SIZE || longPollTimeout !== undefined)) pause = 0;
			// Fanbook has held the request open already, unless it responded early.
			else if (longPollTimeout !== undefined)
				pause = Math.min(pause, longPollTimeout) - Math.max(Date.now() - begin, 0);
			monitor.restored();
			await put(updates);
			failures = 0;
			if (!signal.aborted) await readCircles();
		} catch (error) {
			if (signal.aborted) return;
			failures += 1;
			monitor.lost(error);
		}
		if (failures > 0) pause = delayAfter(failures, options);
		await wait(pause, { signal });
	}
}

/**
 * Returns a function that reads the circle updates once, and less and less often while that fails. It
 * never rejects.
 */
function createCircleReader(options: QueueReaderOptions): () => Promise<void> {
	const { client, signal, circleMonitor, put, maxDelay } = options;
	let failures = 0;
	let nextAt = 0;
	return async () => {
		const delay = nextAt - Date.now();
		// A time further in the future is one from before the clock was set back.
		if (circleMonitor === undefined || (delay > 0 && delay <= maxDelay)) return;
		try {
			const rows = await fetchAtOnce(client, { msg_type: 'circle' });
			circleMonitor.restored();
			failures = 0;
			await put(readUpdates(rows, options));
		} catch (error) {
			if (signal.aborted) return;
			failures += 1;
			nextAt = Date.now() + delayAfter(failures, options);
			circleMonitor.lost(circleFailure(error));
		}
	};
}

/** Leaves out status and code: only the other updates decide whether the bot token is valid. */
function circleFailure(error: unknown): NodeFailure {
	const { message, description } = toNodeFailure(error);
	const advice =
		'If Fanbook has not enabled circle updates for the bot, remove Circle Updates under Options';
	return new NodeFailure(message, {
		description: description === undefined ? advice : `${description}. ${advice}`,
	});
}

function delayAfter(
	failures: number,
	{ interval, maxDelay }: Pick<QueueReaderOptions, 'interval' | 'maxDelay'>,
): number {
	return Math.min(interval * 2 ** failures, maxDelay);
}

function idOf(update: JsonObject): string {
	return stringifyJson(update.update_id ?? update);
}

async function fetchRows(client: ApiClient, longPollTimeout: number | undefined): Promise<Json[]> {
	if (longPollTimeout === undefined) return await fetchAtOnce(client, {});
	const seconds = Math.max(Math.round(longPollTimeout / 1000), 1);
	const data = await client.fetch('POST getUpdates', {
		body: { limit: PAGE_SIZE, timeout: seconds },
		writes: true,
		timeoutMs: longPollTimeout + 30_000,
	});
	return readList(data);
}

async function fetchAtOnce(client: ApiClient, body: Record<string, string>): Promise<Json[]> {
	// Reading changes the queue, so a request with an unknown outcome must not be repeated.
	return readList(await client.fetch('POST v2/getUpdates', { body, writes: true }));
}

/** Returns the updates in a response. Each can also be JSON text. */
function readUpdates(
	rows: Json[],
	{ invalidUpdate }: Pick<QueueReaderOptions, 'invalidUpdate'>,
): JsonObject[] {
	const updates = rows
		.map((row) => (typeof row === 'string' ? tryParseJson(row) : row))
		.filter(isJsonObject);
	if (updates.length < rows.length) invalidUpdate();
	return updates;
}
