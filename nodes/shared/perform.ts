import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { Call, resultsOf, rowObject } from './call';
import { Failure, asFailure, failedItem, nodeError } from './failure';
import type { Json, JsonObject } from './json';
import { isObject } from './json';
import { valueOf } from './names';
import type { Operation, Service } from './operation';
import type { Patience } from './session';
import { PATIENCE, Session } from './session';
import { cancelled } from './wait';

const LANES = { read: 5, write: 1 };

/**
 * Runs the chosen operation for every input item: reads in parallel lanes, writes one by one,
 * output in input order, every output item linked to its input item.
 *
 * The first item that fails stops the start of further ones, unless the user chose to continue;
 * then it is replaced by an item that tells why, and the others are not touched.
 */
export async function perform(
	this: IExecuteFunctions,
	service: Service,
): Promise<INodeExecutionData[][]> {
	const items = this.getInputData();
	const operation = chosenOperation(this, service);
	const { lanes, patience } = callOptions(this, operation);
	const session = new Session(this, service, patience);
	const results: INodeExecutionData[][] = [];
	const failures = new Map<number, unknown>();

	let next = 0;
	const lane = async () => {
		while (next < items.length && failures.size === 0) {
			const index = next;
			next += 1;
			if (session.signal?.aborted) {
				failures.set(index, cancelled());
				return;
			}
			try {
				results[index] = await runItem(new Call(this, service, operation, index, session));
			} catch (error) {
				if (this.continueOnFail() && !asFailure(error).final) {
					const shown = nodeError(this.getNode(), error, index, await session.secrets());
					results[index] = [failedItem(shown, index)];
				} else {
					failures.set(index, error);
				}
			}
		}
	};
	await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane));
	hint(this, session);

	if (failures.size > 0) {
		const first = Math.min(...failures.keys());
		throw nodeError(this.getNode(), failures.get(first), first, await session.secrets());
	}
	return [results.flat()];
}

/** Shows what answers told beside their data; older versions of n8n have no place for that. */
function hint(context: IExecuteFunctions, session: Session): void {
	if (session.remarks.size === 0 || typeof context.addExecutionHints !== 'function') return;
	context.addExecutionHints(
		...[...session.remarks].map((message) => ({ message, location: 'outputPane' as const })),
	);
}

function chosenOperation(context: IExecuteFunctions, service: Service): Operation {
	const resource: unknown = context.getNodeParameter('resource', 0, '');
	const value: unknown = context.getNodeParameter('operation', 0, '');
	const operation = service.resources
		.find((candidate) => valueOf(candidate) === resource)
		?.operations.find((candidate) => valueOf(candidate) === value);
	if (operation === undefined) {
		throw nodeError(
			context.getNode(),
			new Failure(`${service.name} has no operation "${String(value)}" for "${String(resource)}"`, {
				advice: 'Choose a resource and an operation from the lists',
			}),
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

function callOptions(
	context: IExecuteFunctions,
	operation: Operation,
): { lanes: number; patience: Patience } {
	const given: unknown = context.getNodeParameter('options', 0, {});
	const options = isObject(given) ? given : {};
	const number = (name: string, fallback: number, least: number, most: number) => {
		const value = options[name] === undefined ? fallback : Number(options[name]);
		return Number.isFinite(value) ? Math.min(Math.max(value, least), most) : fallback;
	};
	return {
		lanes: Math.floor(
			number('itemsInParallel', isWrite(operation) ? LANES.write : LANES.read, 1, 50),
		),
		patience: {
			tries: Math.floor(number('tries', PATIENCE.tries, 1, 20)),
			timeout: number('timeout', PATIENCE.timeout, 1, 3_600_000),
			longestWait: number('longestWait', PATIENCE.longestWait / 1000, 0, 86_400) * 1000,
		},
	};
}

async function runItem(call: Call): Promise<INodeExecutionData[]> {
	const { operation } = call;
	if (operation.perform !== undefined) {
		return asItems(call, await operation.perform(call));
	}
	const rows =
		operation.paging === undefined ? resultsOf(await call.request(), operation) : await call.rows();
	return present(call, rows);
}

/** Turns the rows of an answer into output items as the operation and the user want them. */
export function present(call: Call, results: Json[]): INodeExecutionData[] {
	const { operation } = call;
	const rows = results.filter((row) => row !== null);
	const saysNothing = operation.receipt === undefined ? rows.length === 0 : !rows.some(isObject);
	if (saysNothing && isWrite(operation)) return [call.item(receipt(operation))];
	const simplify =
		operation.simplify !== undefined && call.isOn('simplify', true)
			? operation.simplify
			: undefined;
	return rows
		.flatMap((row) => {
			const shaped =
				operation.shape?.(rowObject(row, operation), call) ?? rowObject(row, operation);
			return Array.isArray(shaped) ? shaped : [shaped];
		})
		.map((json) => call.item(simplify?.(json, call) ?? json));
}

function receipt(operation: Operation): JsonObject {
	return operation.receipt === 'deleted' ? { deleted: true } : { success: true };
}

function asItems(
	call: Call,
	result: INodeExecutionData[] | JsonObject[] | JsonObject,
): INodeExecutionData[] {
	const list = Array.isArray(result) ? result : [result];
	return list.map((entry) =>
		isItem(entry) ? { ...entry, pairedItem: { item: call.itemIndex } } : call.item(entry),
	);
}

/** A finished item has its link already; plain rows have not. */
function isItem(entry: INodeExecutionData | JsonObject): entry is INodeExecutionData {
	return isObject(entry.pairedItem) && isObject(entry.json);
}
