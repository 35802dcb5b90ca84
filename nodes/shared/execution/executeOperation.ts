import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { ApiClient } from '../client/apiClient';
import { adaptConcurrency, startOperation } from '../client/concurrency';
import { RequestSlots } from '../client/requestSlots';
import { DEFAULT_RETRY_POLICY } from '../client/retryPolicy';
import type { RetryPolicy } from '../client/retryPolicy';
import { shapeOf } from '../client/responseShape';
import { isWrite, optionValue } from '../definition/naming';
import type { ItemContext, Operation, Service } from '../definition/operation';
import { NodeFailure, invalidParameter, toNodeError, toNodeFailure } from '../errors';
import { addHints, errorItem } from '../host';
import type { Json, JsonObject } from '../json';
import { isObject } from '../json';
import { NO_SECRETS, redact } from '../secrets';
import { cancelledFailure } from '../sleep';
import { isConfirmed, previewOf } from './confirmation';
import { OperationItem, extractResults, membersOf, toObjectRow } from './itemContext';
import { isEmptyValue, parseDecimal } from './parameterValues';
import { shown } from './shownValue';

/** Used if the service states no limit of its own. */
const DEFAULT_MAX_CONCURRENCY = 10;

/**
 * Runs the selected operation for every input item: reads as fast as the service allows, writes one
 * at a time by default. Output keeps the input order, and every output item is linked to its input item.
 *
 * After the first failure no further item is started, unless the node continues on failures: then
 * an item with the error takes the place of the failed one.
 */
export async function executeOperation(
	this: IExecuteFunctions,
	service: Service,
): Promise<INodeExecutionData[][]> {
	const items = this.getInputData();
	const operation = selectedOperation(this, service);
	const { concurrency, retryPolicy } = withNodeError(this, () =>
		readCommonOptions(this, operation),
	);
	const client = new ApiClient(this, service.api, retryPolicy);
	const results: INodeExecutionData[][] = [];
	const failures = new Map<number, unknown>();

	const slots = new RequestSlots(concurrencyLimit(client, operation, concurrency));
	client.slots = slots;
	const running = new Set<Promise<void>>();
	const run = async (index: number) => {
		if (client.signal?.aborted) {
			failures.set(index, cancelledFailure());
			return;
		}
		try {
			results[index] = await runItem(new OperationItem(this, service, operation, index, client));
		} catch (error) {
			if (this.continueOnFail() && !toNodeFailure(error).stopsExecution) {
				const nodeError = toNodeError(this.getNode(), {
					error,
					itemIndex: index,
					secrets: await client.secrets(),
				});
				results[index] = [errorItem(nodeError, index)];
			} else {
				failures.set(index, error);
			}
		}
	};
	for (let next = 0; ;) {
		while (next < items.length && failures.size === 0) {
			// A page requested ahead can take the last slot, but no item waits for it.
			if (!slots.isFree && running.size > 0) break;
			slots.acquire();
			const item: Promise<void> = run(next).finally(() => {
				running.delete(item);
				slots.release();
			});
			running.add(item);
			next += 1;
		}
		if (running.size === 0) break;
		await Promise.race(running);
	}
	const waitedSeconds = Math.round(client.rateLimiter.waitedMs / 1000);
	if (waitedSeconds > 0) client.hints.add(rateLimitHint(service.api.name, waitedSeconds));
	if (client.hints.size > 0) {
		const secrets = await client.secrets();
		addHints(this, new Set([...client.hints].map((hint) => redact(hint, secrets))));
	}

	if (failures.size > 0) {
		const first = Math.min(...failures.keys());
		throw toNodeError(this.getNode(), {
			error: failures.get(first),
			itemIndex: first,
			secrets: await client.secrets(),
		});
	}
	return [results.flat()];
}

function rateLimitHint(name: string, seconds: number): string {
	return `This node waited ${seconds} s, because ${name} limits how many requests it accepts. To limit the wait, set Max Wait under Options.`;
}

function selectedOperation(context: IExecuteFunctions, service: Service): Operation {
	const resource: unknown = context.getNodeParameter('resource', 0, '');
	const value: unknown = context.getNodeParameter('operation', 0, '');
	const operation = service.resources
		.find((candidate) => optionValue(candidate) === resource)
		?.operations.find((candidate) => optionValue(candidate) === value);
	if (operation !== undefined) return operation;
	const message = `${service.api.name} has no operation "${shown(value)}" for "${shown(resource)}"`;
	return withNodeError(context, () => {
		throw new NodeFailure(message, {
			description: 'Choose a resource and an operation from the lists',
		});
	});
}

/** Runs what concerns no item, and converts what it throws into the error that n8n shows. */
function withNodeError<T>(context: IExecuteFunctions, run: () => T): T {
	try {
		return run();
	} catch (error) {
		throw toNodeError(context.getNode(), { error, itemIndex: undefined, secrets: NO_SECRETS });
	}
}

/** Returns the current number of items to process at the same time: fixed, or adapted to the service. */
function concurrencyLimit(
	client: ApiClient,
	operation: Operation,
	fixed: number | undefined,
): () => number {
	if (fixed !== undefined) return () => fixed;
	const { maxConcurrency = DEFAULT_MAX_CONCURRENCY } = client.api;
	const max = Math.min(maxConcurrency, operation.maxConcurrency ?? maxConcurrency);
	const { concurrency } = client.limits;
	const start = startOperation(concurrency.get(operation), concurrency.values(), Date.now());
	const current = () => concurrency.get(operation) ?? start;
	concurrency.set(operation, start);
	client.onSample = (sample) => {
		const counted = { ...sample, running: client.slots.used };
		concurrency.set(operation, adaptConcurrency(current(), counted, { now: Date.now(), max }));
	};
	return () => Math.floor(Math.min(current().limit, max));
}

/** Display names of the options that every operation has. */
const COMMON_OPTIONS: Record<string, string> = {
	concurrency: 'Concurrency',
	maxTries: 'Max Tries',
	maxWait: 'Max Wait',
	timeout: 'Timeout',
};

/** @throws NodeFailure for options that are not numbers */
function readCommonOptions(
	context: IExecuteFunctions,
	operation: Operation,
): { concurrency: number | undefined; retryPolicy: RetryPolicy } {
	const options = membersOf('options', context.getNodeParameter('options', 0, {}));
	const within = (name: string, fallback: number, [min, max]: [number, number]) => {
		const value = options[name];
		if (isEmptyValue(value)) return fallback;
		const number = parseDecimal(value);
		if (!Number.isNaN(number)) return Math.min(Math.max(number, min), max);
		throw invalidParameter(
			COMMON_OPTIONS[name] ?? name,
			`cannot be "${shown(value)}"`,
			'Use a number, in digits only',
		);
	};
	const { maxAttempts, timeoutMs, maxWaitMs } = DEFAULT_RETRY_POLICY;
	return {
		concurrency: isEmptyValue(options.concurrency)
			? writesForAnyItem(context, operation)
				? 1
				: undefined
			: Math.floor(within('concurrency', 1, [1, 100])),
		retryPolicy: {
			maxAttempts: Math.floor(within('maxTries', maxAttempts, [1, 20])),
			timeoutMs: within('timeout', timeoutMs, [1, 3_600_000]),
			maxWaitMs: within('maxWait', maxWaitMs / 1000, [0, 86_400]) * 1000,
		},
	};
}

/** Whether any item changes something at the service: then items run one at a time. */
function writesForAnyItem(context: IExecuteFunctions, operation: Operation): boolean {
	const { writesForItem } = operation;
	if (writesForItem === undefined) return isWrite(operation);
	return context.getInputData().some((_item, index) => writesForItem(context, index));
}

async function runItem(item: ItemContext): Promise<INodeExecutionData[]> {
	const { operation } = item;
	if (!isConfirmed(item)) return [item.outputItem(await previewOf(item))];
	const isWriting = operation.writesForItem?.(item.context, item.itemIndex) ?? isWrite(operation);
	// API Request accepts more than the editor offers, and checks it itself.
	const checksItself = operation.anyEndpoint === true || operation.usesFirstItemOnly === true;
	if (isWriting && !checksItself) item.checkSettings();
	if (operation.execute !== undefined) {
		return toItems(item, await operation.execute(item));
	}
	if (operation.paging !== undefined) return await fetchOutputItems(item);
	const shape = shapeOf(item.service.api.responseShapes, operation.endpoint);
	return toOutputItems(item, extractResults(await item.request(), operation, shape));
}

/**
 * Fetches the rows of a paged operation as output items. Each page is converted before the next one
 * is requested, so that what is not part of the items does not stay in memory.
 */
export async function fetchOutputItems(item: ItemContext): Promise<INodeExecutionData[]> {
	const items = await item.fetchPages((rows) => convertRows(item, rows));
	const { operation } = item;
	return items.length === 0 && isWrite(operation)
		? [item.outputItem(emptyResult(operation))]
		: items;
}

/** Converts the rows of a response into output items, as the operation and Simplify define. */
export function toOutputItems(item: ItemContext, rows: Json[]): INodeExecutionData[] {
	const { operation } = item;
	const isEmpty =
		operation.emptyResult === undefined ? rows.every((row) => row === null) : !rows.some(isObject);
	if (!isEmpty || !isWrite(operation)) return convertRows(item, rows);
	// A bare `true` states what the empty result does.
	const values = rows.filter((row) => row !== null && row !== true && row !== '');
	const result = emptyResult(operation);
	const [first, ...others] = values;
	if (first === undefined || operation.emptyResult === 'deleted') return [item.outputItem(result)];
	return [item.outputItem({ ...result, result: others.length === 0 ? first : values })];
}

function convertRows(item: ItemContext, rows: Json[]): INodeExecutionData[] {
	const { operation } = item;
	const simplify =
		operation.simplify !== undefined && item.isEnabled('simplify', true)
			? operation.simplify
			: undefined;
	return rows
		.filter((row) => row !== null)
		.flatMap((row) => {
			const object = toObjectRow(row, operation);
			const transformed = operation.transformResult?.(object, item) ?? object;
			const results = Array.isArray(transformed) ? transformed : [transformed];
			return results.map((json) => item.outputItem(simplify?.(json, item) ?? json));
		});
}

function emptyResult(operation: Operation): JsonObject {
	return operation.emptyResult === 'deleted' ? { deleted: true } : { success: true };
}

function toItems(
	item: ItemContext,
	result: INodeExecutionData[] | JsonObject[] | JsonObject,
): INodeExecutionData[] {
	const list = Array.isArray(result) ? result : [result];
	return list.map((entry) =>
		isItem(entry) ? { ...entry, pairedItem: { item: item.itemIndex } } : item.outputItem(entry),
	);
}

/** Whether an entry is a finished item, which plain rows are not. */
function isItem(entry: INodeExecutionData | JsonObject): entry is INodeExecutionData {
	return isObject(entry.pairedItem) && isObject(entry.json);
}
