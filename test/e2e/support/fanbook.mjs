/** What several end-to-end tests need to know about Fanbook's gateway. */
import { until } from '../../../host/lib/processes.mjs';

/** The example that is published from the start keeps one connection open. */
export const PUBLISHED_CONNECTIONS = 1;

/**
 * Waits until exactly this number of gateway connections is open. n8n responds before it has started or
 * stopped a trigger, so a single look at their number proves nothing.
 *
 * @param {import('../../../host/lib/types.ts').DemoHost} host
 * @param {number} count
 * @param {string} what is expected to happen
 */
export function connections({ sandbox }, count, what) {
	return until(async () => (await sandbox.act('fanbook', 'gateway')).open === count, { what });
}

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';

/**
 * Opens the link of a button as a browser does. Programs of other kinds have no effect.
 *
 * @param {string} link
 * @param {Record<string, string>} [headers]
 */
export function openLink(link, headers = {}) {
	const accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
	return fetch(link, { headers: { 'user-agent': BROWSER, accept, ...headers } });
}
