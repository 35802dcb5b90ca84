/** What the sandbox Fanvue knows of the webhooks of this n8n. */
import { until } from '../../../host/lib/processes.mjs';

/** @returns {Promise<{ id: string, url: string, events: string[] }[]>} the webhooks that lead to this n8n */
export async function subscriptions({ sandbox, url }) {
	const { webhooks } = await sandbox.state('fanvue');
	return webhooks.filter((webhook) => webhook.url.startsWith(url));
}

/**
 * Waits until the webhooks that lead to this n8n are one for each list of events, and no more. n8n
 * publishes and unpublishes after it has answered.
 *
 * @param {string[][]} lists
 */
export async function subscribed(host, ...lists) {
	let found;
	await until(
		async () => {
			found = (await subscriptions(host)).map(({ events }) => events);
			return JSON.stringify(found) === JSON.stringify(lists);
		},
		{ what: `webhooks for ${JSON.stringify(lists)}`, timeout: 20_000 },
	).catch((reason) => {
		throw new Error(`${reason.message}; there are ${JSON.stringify(found)}`);
	});
	return await subscriptions(host);
}
