import {
	loadContract,
	type BodyKind,
	type Endpoint,
	type ListStyle,
	type Parameter,
	type ParameterType,
	type Place,
	type ServiceName,
} from '../core/contract';
import { exampleReply } from '../core/examples';
import { writeJson } from '../core/json';
import { loadOpenApi } from '../core/openApi';

export interface OperationSummary {
	id: string;
	resource: string;
	name: string;
	summary: string;
	method: string;
	path: string;
	/** Whether it repeats another operation for a creator of an agency. */
	isForCreators: boolean;
	/** Whether the sandbox does not offer it. */
	isDescribedOnly: boolean;
}

export interface ParameterInfo {
	name: string;
	in: Place;
	type: ParameterType;
	list: ListStyle | null;
	required: boolean;
	description: string;
	options: string[];
	limits: string;
	defaultValue: string | null;
}

export interface OperationDetails extends OperationSummary {
	description: string;
	contentType: BodyKind | null;
	scopes: string[];
	permission: string | null;
	certainty: string;
	parameters: ParameterInfo[];
	/** A successful response, created from its schema. */
	example: { status: number; body: string };
}

function summarize(service: ServiceName, endpoint: Endpoint): OperationSummary {
	const { id, resource, operation, method, path, mirrors, isSimulated } = endpoint;
	const { summary } = endpoint.routed.operation;
	return {
		id,
		resource,
		name: operation,
		summary,
		method,
		path: `/${service}${endpoint.host === undefined ? '' : `-${endpoint.host}`}${path}`,
		isForCreators: mirrors !== undefined,
		isDescribedOnly: !isSimulated,
	};
}

function describeLimits(parameter: Parameter): string {
	const { min, max, minLength, maxLength, maxBytes, minItems, maxItems, pattern } = parameter;
	const range = (unit: string, from?: number, to?: number): string => {
		if (from === undefined && to === undefined) return '';
		if (from === undefined) return `at most ${to ?? ''}${unit}`;
		return to === undefined ? `at least ${from}${unit}` : `${from} to ${to}${unit}`;
	};
	return [
		range('', min, max),
		range(' characters', minLength, maxLength),
		range(' bytes', undefined, maxBytes),
		range(' items', minItems, maxItems),
		pattern === undefined ? '' : `pattern ${pattern}`,
	]
		.filter((text) => text !== '')
		.join(', ');
}

function describeParameter(parameter: Parameter): ParameterInfo {
	const { name, type, list, required, schema } = parameter;
	return {
		name,
		in: parameter.in,
		type,
		list: list ?? null,
		required,
		description: schema.description ?? '',
		options: (parameter.enum ?? []).map(String),
		limits: describeLimits(parameter),
		defaultValue: parameter.default === undefined ? null : writeJson(parameter.default),
	};
}

/** Returns every operation of a contract, in its order. */
export function listOperations(service: ServiceName): OperationSummary[] {
	const { endpoints, notSimulated } = loadContract(service);
	return [...endpoints, ...notSimulated].map((endpoint) => summarize(service, endpoint));
}

/** Returns an endpoint that the sandbox implements. Throws a TypeError if there is none. */
export function requireEndpoint(service: ServiceName, id: string): Endpoint {
	const { endpoints, notSimulated } = loadContract(service);
	const endpoint = [...endpoints, ...notSimulated].find((item) => item.id === id);
	if (!endpoint) throw new TypeError(`There is no operation ${id}`);
	return endpoint;
}

export function describeOperation(service: ServiceName, id: string): OperationDetails {
	const endpoint = requireEndpoint(service, id);
	const { operation } = endpoint.routed;
	const example = exampleReply(loadOpenApi(service), operation);
	return {
		...summarize(service, endpoint),
		description: operation.description ?? '',
		contentType: endpoint.contentTypes[0] ?? null,
		scopes: endpoint.scopes ?? [],
		permission: endpoint.permission ?? null,
		certainty: endpoint.certainty,
		parameters: endpoint.parameters.map(describeParameter),
		example: {
			status: example.status ?? 200,
			body: example.json === undefined ? (example.text ?? '') : writeJson(example.json),
		},
	};
}
