import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { sleep } from '../../../shared/sleep';

/** Number of started deliveries to remember in this process, for each URL. */
const MAX_REMEMBERED = 10_000;
/** Number of them to store, so that they are known after a restart. They are written each time. */
const MAX_STORED = 500;

/** How long a repeat waits for the first one. Fanvue probably waits 5 s for a response. */
const MAX_WAIT_MS = 4000;
const POLL_INTERVAL_MS = 50;

type Response = ReturnType<IWebhookFunctions['getResponseObject']>;

interface Deliveries {
	/** Responses that n8n sends when it has started the workflow or failed to, by the key. */
	starting: Map<string, Response>;
	/** Keys of the deliveries that started the workflow, oldest first. */
	started: Set<string>;
}

/**
 * Deliveries by the URL of the node, in this process. n8n keeps static data across restarts, but
 * not between simultaneous deliveries. n8n 2.41 does not even keep it between consecutive ones,
 * because it overlooks the change when the workflow starts.
 */
const deliveriesByUrl = new Map<string, Deliveries>();

/**
 * Remembers a delivery. Returns `new` if it has to start the workflow, and `started` if the same one
 * has done so. If n8n is still starting the same one, it waits for the outcome, and returns
 * `starting` if that takes too long.
 */
export async function rememberDelivery(
	context: IWebhookFunctions,
	stored: IDataObject,
	key: string,
): Promise<'new' | 'starting' | 'started'> {
	const deliveries = deliveriesAt(String(context.getNodeWebhookUrl('default')));
	const deadline = Date.now() + MAX_WAIT_MS;
	// Looks at one response only, because thousands of repeats may wait at the same time.
	const isOpen = () => deliveries.starting.get(key)?.writableEnded === false;
	for (;;) {
		const state = register(context, deliveries, { stored, key });
		if (state !== 'starting' || Date.now() >= deadline) return state;
		do await sleep(POLL_INTERVAL_MS);
		while (isOpen() && Date.now() < deadline);
	}
}

/** Adds a delivery to those that are starting, unless the same one is known. */
function register(
	context: IWebhookFunctions,
	deliveries: Deliveries,
	{ stored, key }: { stored: IDataObject; key: string },
): 'new' | 'starting' | 'started' {
	settle(deliveries);
	const { starting, started } = deliveries;
	const persisted = Array.isArray(stored.seen) ? stored.seen.map(String) : [];
	stored.seen = [...new Set([...persisted, ...[...started].slice(-MAX_STORED)])].slice(-MAX_STORED);
	if (started.has(key) || persisted.includes(key)) return 'started';
	if (starting.has(key)) return 'starting';
	const response = context.getResponseObject();
	starting.set(key, response);
	response.once('finish', () => settle(deliveries));
	return 'new';
}

function deliveriesAt(url: string): Deliveries {
	const known = deliveriesByUrl.get(url);
	if (known !== undefined) return known;
	const deliveries: Deliveries = { starting: new Map(), started: new Set() };
	deliveriesByUrl.set(url, deliveries);
	return deliveries;
}

/**
 * Notes which deliveries have started the workflow, and forgets those that could not, so that the
 * retry of Fanvue starts it. A response whose sender has closed the connection never finishes, but
 * it has a status and is ended.
 */
function settle({ starting, started }: Deliveries): void {
	for (const [key, response] of starting) {
		if (!response.writableEnded) continue;
		starting.delete(key);
		if (response.statusCode < 400) started.add(key);
	}
	for (const oldest of started) {
		if (started.size <= MAX_REMEMBERED) break;
		started.delete(oldest);
	}
}
