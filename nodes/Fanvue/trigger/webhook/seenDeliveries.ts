import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

/** Number of deliveries to remember, so that repeated ones start nothing. */
const MAX_REMEMBERED = 500;

/**
 * Keys of deliveries by the URL of the node, in this process. n8n keeps static data across
 * restarts, but not between simultaneous deliveries. n8n 2.41 does not even keep it between
 * consecutive ones, because it overlooks the change when the workflow starts.
 */
const recentKeys = new Map<string, string[]>();

const recentKeysAt = (url: string) => recentKeys.get(url) ?? [];

/** Remembers a delivery. Returns whether it is the first one with this key. */
export function rememberDelivery(
	context: IWebhookFunctions,
	stored: IDataObject,
	key: string,
): boolean {
	const url = String(context.getNodeWebhookUrl('default'));
	const persisted = Array.isArray(stored.seen) ? stored.seen.map(String) : [];
	const seen = [...new Set([...persisted, ...recentKeysAt(url)])];
	const isKnown = seen.includes(key);
	if (!isKnown) seen.push(key);
	const latest = seen.slice(-MAX_REMEMBERED);
	recentKeys.set(url, latest);
	stored.seen = latest;
	if (!isKnown) forgetUnlessStarted(context, url, key);
	return !isKnown;
}

/** Forgets a delivery that n8n could not start, so that the retry of Fanvue starts it. */
function forgetUnlessStarted(context: IWebhookFunctions, url: string, key: string): void {
	const response = context.getResponseObject();
	response.once('finish', () => {
		if (response.statusCode < 400) return;
		recentKeys.set(
			url,
			recentKeysAt(url).filter((other) => other !== key),
		);
	});
}
