import { isObject, parseJson, type JsonValue } from '../../../sandbox/core/json';
import {
	listOperations,
	loadOpenApi,
	resolveSchema,
	responseOf,
	type RoutedOperation,
	type Schema,
	type ServiceName,
} from '../../../sandbox/core/openApi';
import { findErrors, toInstance } from '../../../sandbox/core/schemaValidator';

/*
 * Compares responses with the contract more strictly than the sandbox itself does: members that the
 * contract does not describe are differences, although it permits services to add some.
 */

interface MatchableOperation extends RoutedOperation {
	pattern: RegExp;
}

const operations = new Map<ServiceName, MatchableOperation[]>();

function operationsOf(service: ServiceName): MatchableOperation[] {
	const known = operations.get(service);
	if (known) return known;
	const listed = listOperations(loadOpenApi(service)).map((routed) => {
		const pattern = routed.path.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+');
		return { ...routed, pattern: new RegExp(`^${pattern}$`) };
	});
	operations.set(service, listed);
	return listed;
}

/** Returns a schema with its reference followed and the parts of `allOf` joined. */
function wholeSchema(service: ServiceName, schema: Schema): Schema {
	const { allOf, ...own } = resolveSchema(loadOpenApi(service), schema);
	if (!allOf) return own;
	return [...allOf.map((part) => wholeSchema(service, part)), own].reduce((whole, part) => ({
		...whole,
		...part,
		properties: { ...whole.properties, ...part.properties },
	}));
}

function isValid(service: ServiceName, schema: Schema, value: JsonValue): boolean {
	return findErrors(service, schema, toInstance(value)).length === 0;
}

function findUnknownMembers(
	service: ServiceName,
	schema: Schema,
	value: JsonValue,
	path: string,
): string[] {
	const { anyOf, items, properties, additionalProperties } = wholeSchema(service, schema);
	if (anyOf) {
		const found = anyOf
			.filter((branch) => isValid(service, branch, value))
			.map((branch) => findUnknownMembers(service, branch, value, path));
		return found.sort((a, b) => a.length - b.length)[0] ?? [];
	}
	if (Array.isArray(value)) {
		if (!items) return [];
		return value.flatMap((item, index) =>
			findUnknownMembers(service, items, item, `${path}[${index}]`),
		);
	}
	if (!isObject(value)) return [];
	const others = typeof additionalProperties === 'object' ? additionalProperties : undefined;
	if (!properties && !others) return [];
	return Object.entries(value).flatMap(([key, item]) => {
		const member = properties?.[key] ?? others;
		const place = `${path}.${key}`;
		return member
			? findUnknownMembers(service, member, item, place)
			: [`${place} is not described`];
	});
}

/** Returns the differences between a value and a schema; members that it lacks are differences. */
export function findDifferences(service: ServiceName, schema: Schema, value: JsonValue): string[] {
	const errors = findErrors(service, schema, toInstance(value)).map(
		({ instancePath, message }) => `${instancePath} ${message ?? ''}`,
	);
	return [...errors, ...findUnknownMembers(service, schema, value, '')];
}

/** A response as a client received it. */
export interface ReceivedResponse {
	method: string;
	/** The path below the service's base address, without the query. */
	path: string;
	status: number;
	text: string;
	/** An error, possibly with a status of success. */
	isError: boolean;
}

/** Lists the operations of a request: several if a parameter selects one of them. */
function matchingOperations(
	service: ServiceName,
	{ method, path }: ReceivedResponse,
): RoutedOperation[] {
	const matches = operationsOf(service).filter(
		(routed) => routed.method === method.toLowerCase() && routed.pattern.test(path),
	);
	const literal = matches.filter((routed) => routed.path === path);
	return literal.length > 0 ? literal : matches;
}

/** Throws if a response of the sandbox differs from the contract. Server errors may differ. */
export function requireDescribed(service: ServiceName, received: ReceivedResponse): void {
	const { method, path, status, text, isError } = received;
	if (status >= 500) return;
	const routes = matchingOperations(service, received);
	const differences = routes.map(({ operation }) => {
		const described = isError && status < 400 ? 400 : status;
		const response = responseOf(loadOpenApi(service), operation, described);
		if (response === undefined) return [`status ${status} is not described`];
		const schema = response.content?.['application/json']?.schema;
		if (schema === undefined || text === '') return [];
		return findDifferences(service, schema, parseJson(text));
	});
	if (routes.length === 0 || differences.some((found) => found.length === 0)) return;
	throw new Error(`${method} ${path} differs from the contract:\n${differences[0]?.join('\n')}`);
}
