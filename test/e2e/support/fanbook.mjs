/** What several checks need to know of Fanbook's gateway. */
import { until } from '../../../host/lib/processes.mjs';

/** The example that is published from the start holds a connection; others come and go. */
export const ALWAYS = 1;

/**
 * Waits until exactly so many triggers listen. n8n answers before it has started or ended a
 * trigger, so how many there are at one moment says nothing.
 */
export function listening({ sandbox }, count, what) {
	return until(async () => (await sandbox.act('fanbook', 'gateway')).open === count, { what });
}
