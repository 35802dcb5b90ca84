/*
 * What the tables expect of a response must be what the contract describes. Each failure names the
 * operation and the file to edit.
 */
import { responseShapes } from '../../nodes/Fanbook/responseShapes';
import { fanbook } from '../../nodes/Fanbook/service';
import type { FanvueOperation } from '../../nodes/Fanvue/operation';
import { unwrapData } from '../../nodes/Fanvue/results';
import { fanvue } from '../../nodes/Fanvue/service';
import { findMismatch, shapeOf } from '../../nodes/shared/client/responseShape';
import { isWrite } from '../../nodes/shared/definition/naming';
import type { Operation, Service } from '../../nodes/shared/definition/operation';
import { loadContract, type Endpoint } from '../../sandbox/core/contract';
import {
	loadOpenApi,
	resolveSchema,
	responseOf,
	successOf,
	type Schema,
	type ServiceName,
} from '../../sandbox/core/openApi';

/** Pairs of the operations that are one request and what the contract describes. */
function describedOperations(
	name: ServiceName,
	service: Service,
): Array<{ title: string; operation: Operation; endpoint: Endpoint }> {
	const { endpoints } = loadContract(name);
	return service.resources.flatMap((resource) =>
		resource.operations.flatMap((operation) => {
			const endpoint = endpoints.find(
				(item) => item.resource === resource.name && item.operation === operation.name,
			);
			const title = `${resource.name}: ${operation.name}`;
			return endpoint && !operation.execute ? [{ title, operation, endpoint }] : [];
		}),
	);
}

/** Returns the types of a schema, with references followed. */
function typesOf(name: ServiceName, schema: Schema): string[] {
	const { type, anyOf, allOf } = resolveSchema(loadOpenApi(name), schema);
	if (type !== undefined) return [type].flat();
	if (anyOf) return anyOf.flatMap((branch) => typesOf(name, branch));
	return allOf ? ['object'] : [];
}

function memberOf(name: ServiceName, schema: Schema, member: string): Schema | undefined {
	const { properties, allOf } = resolveSchema(loadOpenApi(name), schema);
	return (
		properties?.[member] ??
		allOf?.map((part) => memberOf(name, part, member)).find((found) => found !== undefined)
	);
}

/** Returns whether a Fanvue operation returns a list, an object, a bare value or nothing. */
function kindOf({ routed }: Endpoint): string {
	const { schema, textType } = successOf(loadOpenApi('fanvue'), routed.operation);
	if (schema === undefined) return textType === undefined ? 'nothing' : 'value';
	const types = typesOf('fanvue', schema);
	if (types.includes('array')) return 'list';
	const rows = memberOf('fanvue', schema, 'data');
	if (rows && typesOf('fanvue', rows).includes('array')) return 'list';
	return types.some((type) => !['object', 'null'].includes(type)) ? 'value' : 'object';
}

function expectedKindOf(operation: FanvueOperation, kind: string): string {
	const { emptyResult, paging, resultPath, scalarKey, transformResult } = operation;
	if (emptyResult !== undefined) return 'nothing';
	if (paging !== undefined || resultPath === 'data' || transformResult === unwrapData)
		return 'list';
	if (scalarKey !== undefined) return 'value';
	// A write without a response is a success without a word in the table.
	return isWrite(operation) && kind === 'nothing' ? kind : 'object';
}

test('the Fanvue tables expect the responses of the contract', () => {
	const different = describedOperations('fanvue', fanvue)
		.map(({ title, operation, endpoint }) => {
			const kind = kindOf(endpoint);
			return { title, kind, expected: expectedKindOf(operation, kind) };
		})
		.filter(({ kind, expected }) => expected !== kind)
		.map(
			({ title, kind, expected }) =>
				`${title} expects ${expected}, the contract describes ${kind}: change emptyResult, paging, resultPath, transformResult or scalarKey in nodes/Fanvue/resources`,
		);
	expect(different).toEqual([]);
});

/** Reads that may lack their result, with the reason. */
const MAY_LACK: Readonly<Record<string, string>> = {
	'Message Card: Get Users': 'what it returns for a card without users is not documented',
};

/** Whether a Fanbook operation always returns one object or value. */
function hasSingleResult({ routed }: Endpoint): boolean {
	const response = responseOf(loadOpenApi('fanbook'), routed.operation, 200);
	const schema = response?.content?.['application/json']?.schema ?? {};
	const result = memberOf('fanbook', schema, 'result') ?? memberOf('fanbook', schema, 'data');
	const types = result ? typesOf('fanbook', result) : [];
	return types.length > 0 && !types.includes('null') && !types.includes('array');
}

test('Fanbook: a read without its result is an error, if the contract describes one result', () => {
	const different = describedOperations('fanbook', fanbook)
		.filter(
			({ title, operation }) =>
				operation.paging === undefined && !isWrite(operation) && MAY_LACK[title] === undefined,
		)
		.filter(({ operation, endpoint }) => {
			const shape = shapeOf(responseShapes, operation.endpoint);
			const isError = shape !== undefined && findMismatch(null, shape) !== undefined;
			return isError !== hasSingleResult(endpoint);
		})
		.map(
			({ title, operation }) =>
				`${title}: nodes/Fanbook/responseShapes.ts and the contract differ on ${operation.endpoint}`,
		);
	expect(different).toEqual([]);
});
