import type { Json, JsonObject } from '../../../shared/json';
import { isJsonObject } from '../../../shared/json';
import type { ApiClient } from '../../../shared/client/apiClient';
import { readList } from '../../readList';
import type { ConnectionMonitor } from '../connectionMonitor';
import { wait } from '../wait';

export interface QueueReaderOptions {
	client: ApiClient;
	monitor: ConnectionMonitor;
	signal: AbortSignal;
	/** Whether to request circle updates as well. */
	circles: boolean;
	/** Called before each request; rejects when the queue cannot be read now. */
	prepare: () => Promise<void>;
	/** Resolves when n8n has started the workflow for all updates. */
	put: (updates: JsonObject[]) => Promise<void>;
	/** Milliseconds to hold each request open; not set for requests that return at once. */
	longPollTimeout?: number;
	/** Milliseconds between two requests. */
	interval: number;
	/** Longest delay in milliseconds while requests fail. */
	maxDelay: number;
}

/** Largest number of updates in one response. A full response is followed by the next request at once. */
const PAGE_SIZE = 100;

/**
 * Reads the update queue repeatedly until the signal is aborted. Fanbook removes updates from the
 * queue when they are read, so the next request is sent only when the workflow has been started for
 * all updates of the last response. If n8n is killed, at most that response is lost. Never rejects.
 */
export async function readQueue(options: QueueReaderOptions): Promise<void> {
	const { client, monitor, signal, circles, prepare, put, longPollTimeout } = options;
	let failures = 0;
	while (!signal.aborted) {
		let isFull = false;
		try {
			await prepare();
			const updates = await fetchUpdates(client, longPollTimeout);
			isFull = updates.length >= PAGE_SIZE;
			if (!circles) monitor.restored();
			await put(updates);
			if (circles && !signal.aborted) {
				const circleUpdates = await fetchAtOnce(client, { msg_type: 'circle' });
				monitor.restored();
				await put(circleUpdates);
			}
			failures = 0;
		} catch (error) {
			if (signal.aborted) return;
			failures += 1;
			monitor.lost(error);
		}
		if (failures === 0 && (isFull || longPollTimeout !== undefined)) continue;
		await wait(Math.min(options.interval * 2 ** failures, options.maxDelay), { signal });
	}
}

async function fetchUpdates(
	client: ApiClient,
	longPollTimeout: number | undefined,
): Promise<JsonObject[]> {
	if (longPollTimeout === undefined) return await fetchAtOnce(client, {});
	const seconds = Math.max(Math.round(longPollTimeout / 1000), 1);
	const data = await client.fetch('POST getUpdates', {
		body: { limit: PAGE_SIZE, timeout: seconds },
		writes: true,
		timeoutMs: longPollTimeout + 30_000,
	});
	return readUpdates(data);
}

async function fetchAtOnce(client: ApiClient, body: Record<string, string>): Promise<JsonObject[]> {
	// Reading changes the queue, so a request with an unknown outcome must not be repeated.
	return readUpdates(await client.fetch('POST v2/getUpdates', { body, writes: true }));
}

function readUpdates(data: Json | undefined): JsonObject[] {
	return readList(data).filter(isJsonObject);
}
