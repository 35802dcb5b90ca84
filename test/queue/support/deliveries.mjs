/** Which deliveries to the Fanvue Trigger started executions, read from n8n's database. */
import { until } from '../../../host/lib/processes.mjs';

/** @typedef {import('./test.mjs').QueueHost} Host */

/**
 * Waits for the executions of a workflow to end.
 *
 * @param {Host} host
 * @param {string} workflow its ID
 * @param {readonly string[]} ids of the deliveries, each `delivery-` and a number
 * @returns {Promise<{ statuses: string[], lost: string[], repeated: string[] }>} the status of each execution,
 *   and the deliveries that started none, or more than one
 */
export async function countStarts(host, workflow, ids) {
	const executions = await until(
		async () => {
			const rows = await host.query(
				`select e.status, substring(d.data from 'delivery-[0-9]+') from execution_entity e join execution_data d on d."executionId" = e.id where e."workflowId" = '${workflow}'`,
			);
			return rows.every(([status = '']) => !['new', 'running'].includes(status)) ? rows : undefined;
		},
		{ what: 'the executions to end', timeout: 300_000 },
	);
	/** @type {Map<string, number>} */
	const starts = new Map(ids.map((id) => [id, 0]));
	for (const [, id = ''] of executions) starts.set(id, (starts.get(id) ?? 0) + 1);
	return {
		statuses: executions.map(([status = '']) => status),
		lost: [...starts].filter(([, count]) => count === 0).map(([id]) => id),
		repeated: [...starts].filter(([, count]) => count > 1).map(([id]) => id),
	};
}
