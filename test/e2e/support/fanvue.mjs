/** The webhooks that the sandbox's Fanvue has for this n8n. */
import { until } from '../../../host/lib/processes.mjs';

/** @typedef {import('../../../host/lib/types.ts').DemoHost} Host */
/** @typedef {{ id: string, url: string, events: string[] }} Webhook */

/**
 * @param {Host} host
 * @returns {Promise<Webhook[]>} the webhooks that deliver to this n8n
 */
export async function webhooksOf({ sandbox, url }) {
	/** @type {{ webhooks: Webhook[] }} */
	const { webhooks } = await sandbox.state('fanvue');
	return webhooks.filter((webhook) => webhook.url.startsWith(url));
}

/**
 * Waits until the webhooks that deliver to this n8n are exactly one for each list of events. n8n
 * publishes and unpublishes after it has responded.
 *
 * @param {Host} host
 * @param {string[][]} lists
 */
export async function webhooksFor(host, ...lists) {
	/** @type {string[][]} */
	let found = [];
	try {
		await until(
			async () => {
				found = (await webhooksOf(host)).map(({ events }) => events);
				return JSON.stringify(found) === JSON.stringify(lists);
			},
			{ what: `webhooks for ${JSON.stringify(lists)}`, timeout: 20_000 },
		);
	} catch (error) {
		throw new Error(`Fanvue has webhooks for ${JSON.stringify(found)}`, { cause: error });
	}
	return await webhooksOf(host);
}
