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
