/** n8n's HTTP Request node against a service with a rate limit. */
import { node } from '../../e2e/support/host.mjs';
import { createRun } from './reads.mjs';

/** @typedef {import('../../../host/lib/types.ts').DemoHost} Host */

/** A batch of what a window allows, and a pause of its length: the best that the node's settings can do. */
const BATCHING = { batch: { batchSize: 200, batchInterval: 6_000 } };

/** As n8n sets it up, with the longest wait that it offers. */
const RETRIES = { retryOnFail: true, maxTries: 3, waitBetweenTries: 5_000 };

/**
 * Runs the HTTP Request node once.
 *
 * @param {Host} host
 * @param {{ url: string, run: string, kind: string, method: string, items: number, mode: 'batching' | 'retry' }} input
 */
export async function runLimited(host, { url, run, kind, method, items, mode }) {
	const isBatching = mode === 'batching';
	const start = await createRun(
		host,
		`HTTP Request, ${mode}, ${kind}, ${method}`,
		items,
		node(
			'HTTP Request',
			'n8n-nodes-base.httpRequest',
			{
				method,
				url: `=${url}/limit/${run}/${kind}/{{ $json.n }}`,
				options: isBatching ? { batching: BATCHING } : {},
			},
			{
				typeVersion: 4.2,
				// Otherwise the first rejected item would end the node.
				...(isBatching ? { onError: 'continueRegularOutput' } : RETRIES),
			},
		),
	);
	const { timeMs, items: output } = await start();
	const succeeded = output.filter(({ json }) => json.ok === true).length;
	return { timeMs, failed: items - succeeded };
}
