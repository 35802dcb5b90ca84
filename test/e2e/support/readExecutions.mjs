/**
 * Prints what started the executions of a workflow, read from n8n's SQLite database, as JSON. It runs on
 * the Node.js of n8n, which has a driver for SQLite.
 *
 * node readExecutions.mjs <database> <workflow ID> <name of the trigger>
 */
import { DatabaseSync } from 'node:sqlite';
import { readExecutionData } from '../../../host/lib/rest.mjs';

const [file = '', workflowId = '', trigger = ''] = process.argv.slice(2);
const database = new DatabaseSync(file, { readOnly: true });
const rows = database
	.prepare(
		'select e.id, e.status, d.data from execution_entity e join execution_data d on d.executionId = e.id where e.workflowId = ? order by e.id',
	)
	.all(workflowId);
const executions = rows.map(({ id, status, data }) => {
	const { resultData, executionData } = readExecutionData(String(data));
	const sources = [
		resultData?.runData?.[trigger]?.[0]?.data?.main?.[0] ?? [],
		executionData?.nodeExecutionStack?.[0]?.data?.main?.[0] ?? [],
	];
	// In an execution that crashed with n8n, its recovery may have replaced the items of the trigger, which
	// the next node may still have.
	const real = sources.map((items) =>
		items.filter(({ json }) => !json.isArtificialRecoveredEventItem),
	);
	const kept = real.find((items) => items.length > 0) ?? [];
	return {
		id: String(id),
		status: String(status),
		lastNode: resultData?.lastNodeExecuted ?? '',
		isReplaced: kept.length === 0 && sources.flat().length > 0,
		// An execution that a trigger saves, to report a problem, has none.
		ids: kept.flatMap(({ json }) => json.message_id ?? json.uuid ?? json.id ?? []),
	};
});
process.stdout.write(JSON.stringify(executions));
