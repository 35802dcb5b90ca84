import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { ItemContext, extractResults, toObjectRow } from './itemContext';
import { NodeFailure, toNodeFailure, errorItem, toNodeError } from '../errors';
import type { Json, JsonObject } from '../json';
import { isObject } from '../json';
import { optionValue } from '../definition/naming';
import type { Operation, Service } from '../definition/operation';
import type { RetryPolicy } from '../client/apiClient';
import { DEFAULT_RETRY_POLICY, ApiClient } from '../client/apiClient';
import { cancelledFailure } from '../sleep';

const DEFAULT_CONCURRENCY = { read: 5, write: 1 };

/**
 * Runs the chosen operation for every input item: reads in parallel lanes, writes one by one,
 * output in input order, every output item linked to its input item.
 *
 * The first item that fails stops the start of further ones, unless the user chose to continue;
 * then it is replaced by an item that tells why, and the others are not touched.
 */
export async function executeOperation(
	this: IExecuteFunctions,
	service: Service,
): Promise<INodeExecutionData[][]> {
	const items = this.getInputData();
	const operation = selectedOperation(this, service);
	const { lanes, patience } = readCommonOptions(this, operation);
	const session = new ApiClient(this, service, patience);
	const results: INodeExecutionData[][] = [];
	const failures = new Map<number, unknown>();

	let next = 0;
	const lane = async () => {
		while (next < items.length && failures.size === 0) {
			const index = next;
			next += 1;
			if (session.signal?.aborted) {
				failures.set(index, cancelledFailure());
				return;
			}
			try {
				results[index] = await runItem(new ItemContext(this, service, operation, index, session));
			} catch (error) {
				if (this.continueOnFail() && !toNodeFailure(error).stopsExecution) {
					const shown = toNodeError(this.getNode(), error, index, await session.secrets());
					results[index] = [errorItem(shown, index)];
				} else {
					failures.set(index, error);
				}
			}
		}
	};
	await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane));
	showHints(this, session);

	if (failures.size > 0) {
		const first = Math.min(...failures.keys());
		throw toNodeError(this.getNode(), failures.get(first), first, await session.secrets());
	}
	return [results.flat()];
}

/** Shows what answers told beside their data; older versions of n8n have no place for that. */
function showHints(context: IExecuteFunctions, session: ApiClient): void {
	if (session.hints.size === 0 || typeof context.addExecutionHints !== 'function') return;
	context.addExecutionHints(
		...[...session.hints].map((message) => ({ message, location: 'outputPane' as const })),
	);
}

function selectedOperation(context: IExecuteFunctions, service: Service): Operation {
	const resource: unknown = context.getNodeParameter('resource', 0, '');
	const value: unknown = context.getNodeParameter('operation', 0, '');
	const operation = service.resources
		.find((candidate) => optionValue(candidate) === resource)
		?.operations.find((candidate) => optionValue(candidate) === value);
	if (operation === undefined) {
		throw toNodeError(
			context.getNode(),
			new NodeFailure(
				`${service.name} has no operation "${String(value)}" for "${String(resource)}"`,
				{
					description: 'Choose a resource and an operation from the lists',
				},
			),
			undefined,
			[],
		);
	}
	return operation;
}

/** Whether an operation changes something at the service. */
export function isWrite(operation: Operation): boolean {
	return operation.writes ?? !operation.endpoint.startsWith('GET ');
}

function readCommonOptions(
	context: IExecuteFunctions,
	operation: Operation,
): { lanes: number; patience: RetryPolicy } {
	const given: unknown = context.getNodeParameter('options', 0, {});
	const options = isObject(given) ? given : {};
	const number = (name: string, fallback: number, least: number, most: number) => {
		const value = options[name] === undefined ? fallback : Number(options[name]);
		return Number.isFinite(value) ? Math.min(Math.max(value, least), most) : fallback;
	};
	return {
		lanes: Math.floor(
			number(
				'concurrency',
				isWrite(operation) ? DEFAULT_CONCURRENCY.write : DEFAULT_CONCURRENCY.read,
				1,
				50,
			),
		),
		patience: {
			maxAttempts: Math.floor(number('maxTries', DEFAULT_RETRY_POLICY.maxAttempts, 1, 20)),
			timeoutMs: number('timeout', DEFAULT_RETRY_POLICY.timeoutMs, 1, 3_600_000),
			maxWaitMs: number('maxWait', DEFAULT_RETRY_POLICY.maxWaitMs / 1000, 0, 86_400) * 1000,
		},
	};
}

async function runItem(call: ItemContext): Promise<INodeExecutionData[]> {
	const { operation } = call;
	if (operation.execute !== undefined) {
		return toItems(call, await operation.execute(call));
	}
	const rows =
		operation.paging === undefined
			? extractResults(await call.request(), operation)
			: await call.fetchRows();
	return toOutputItems(call, rows);
}

/** Turns the rows of an answer into output items as the operation and the user want them. */
export function toOutputItems(call: ItemContext, results: Json[]): INodeExecutionData[] {
	const { operation } = call;
	const rows = results.filter((row) => row !== null);
	const saysNothing =
		operation.emptyResult === undefined ? rows.length === 0 : !rows.some(isObject);
	if (saysNothing && isWrite(operation)) return [call.outputItem(emptyResult(operation))];
	const simplify =
		operation.simplify !== undefined && call.isEnabled('simplify', true)
			? operation.simplify
			: undefined;
	return rows
		.flatMap((row) => {
			const shaped =
				operation.transformResult?.(toObjectRow(row, operation), call) ??
				toObjectRow(row, operation);
			return Array.isArray(shaped) ? shaped : [shaped];
		})
		.map((json) => call.outputItem(simplify?.(json, call) ?? json));
}

function emptyResult(operation: Operation): JsonObject {
	return operation.emptyResult === 'deleted' ? { deleted: true } : { success: true };
}

function toItems(
	call: ItemContext,
	result: INodeExecutionData[] | JsonObject[] | JsonObject,
): INodeExecutionData[] {
	const list = Array.isArray(result) ? result : [result];
	return list.map((entry) =>
		isItem(entry) ? { ...entry, pairedItem: { item: call.itemIndex } } : call.outputItem(entry),
	);
}

/** A finished item has its link already; plain rows have not. */
function isItem(entry: INodeExecutionData | JsonObject): entry is INodeExecutionData {
	return isObject(entry.pairedItem) && isObject(entry.json);
}
