import type { INodeParameters } from 'n8n-workflow';
import {
	allFields,
	optionalFields,
	parameterName,
	topFields,
} from '../../nodes/shared/definition/naming';
import type { Field, Operation } from '../../nodes/shared/definition/operation';
import type { Endpoint, EndpointRoute, Parameter } from '../../sandbox/core/contract';
import { digits } from '../../sandbox/core/json';

/**
 * Values of an operation's parameters, by the API's own names and in the form of the contract:
 * lists as arrays, ids and 64-bit integers as text, objects as objects.
 */
export type Values = Record<string, unknown>;

/** A request as the contract describes it, made from sample values. */
export interface SampleRequest {
	/** The path with its parameters. */
	path: string;
	query: Record<string, string | string[]>;
	body: Values;
}

/** Returns a value as the contract's type is written in JSON; 64-bit integers become bare digits. */
function bodyValue(parameter: Parameter, value: unknown): unknown {
	if (Array.isArray(value)) return value.map((item) => bodyValue(parameter, item));
	if (parameter.encoding === 'percent') return encodeURIComponent(String(value));
	return parameter.type === 'int64' ? digits(String(value)) : value;
}

function queryValue({ list }: Parameter, value: unknown): string | string[] {
	if (!Array.isArray(value)) return String(value);
	return list === 'comma' ? value.map(String).join(',') : value.map(String);
}

/** Returns the request of a route; values that the route does not know are left out. */
export function requestOf(route: EndpointRoute, values: Values): SampleRequest {
	const request: SampleRequest = { path: route.path, query: {}, body: {} };
	for (const parameter of route.parameters) {
		const { name, in: place } = parameter;
		const value = values[name];
		if (value === undefined) continue;
		if (place === 'path') {
			request.path = request.path.replace(`{${name}}`, encodeURIComponent(String(value)));
		} else if (place === 'query') request.query[name] = queryValue(parameter, value);
		else request.body[name] = bodyValue(parameter, value);
	}
	return request;
}

/** Returns the value at a dotted path such as `photo.Url`. */
function valueAt(values: Values, key: string): unknown {
	return key
		.split('.')
		.reduce<unknown>(
			(value, part) =>
				typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined,
			values,
		);
}

/** Returns a value as the editor holds it. */
function editorValue({ input, wireFormat }: Field, value: unknown): unknown {
	if (input.type === 'resourceLocator') return { __rl: true, mode: 'id', value: String(value) };
	if (input.type === 'stringList' && Array.isArray(value)) return value.join(', ');
	const isJson = wireFormat === 'json' && input.type === 'json';
	return isJson && typeof value === 'object' ? JSON.stringify(value) : value;
}

const rootOf = ({ key }: Field): string => key.split('.')[0] ?? '';

/** Whether the editor fills in a field; of several for one parameter it is the plain one. */
function isFilledIn(field: Field, all: Field[]): boolean {
	if (field.wireFormat === 'binary' || field.notSent === true) return false;
	if (field.input.type !== 'custom') {
		const same = all.filter(({ input, key }) => input.type !== 'custom' && key === field.key);
		return (same.find(({ name }) => name === undefined) ?? same[0]) === field;
	}
	const isHidden = field.input.property.type === 'hidden';
	return (
		!isHidden &&
		!all.some((other) => other.input.type !== 'custom' && rootOf(other) === rootOf(field))
	);
}

function editorValues(fields: Field[], operation: Operation, values: Values): INodeParameters {
	const all = allFields(operation);
	const found = fields.flatMap((field) => {
		const value = valueAt(values, field.key);
		if (value === undefined || !isFilledIn(field, all)) return [];
		return [[parameterName(field), editorValue(field, value)]];
	});
	return Object.fromEntries(found);
}

/** Returns the node parameters of an operation, with or without its optional ones. */
export function nodeParameters(
	operation: Operation,
	values: Values,
	{ isFull = true, isShown = () => true }: NodeParameterOptions = {},
): INodeParameters {
	const { collection, fields } = optionalFields(operation);
	// An update without a change is refused, also one whose only optional field is on top.
	const isUpdate = operation.updateFields !== undefined;
	const isGiven = (field: Field) =>
		isFull || isUpdate || operation.fields?.some(({ key }) => key === field.key) === true;
	const onTop = topFields(operation).filter((field) => isShown(field) && isGiven(field));
	const top = editorValues(onTop, operation, values);
	const optional = Object.entries(editorValues(fields.filter(isShown), operation, values));
	const least = isUpdate ? 1 : 0;
	const chosen = isFull ? optional : optional.slice(0, least);
	return chosen.length === 0 ? top : { ...top, [collection]: Object.fromEntries(chosen) };
}

export interface NodeParameterOptions {
	/** Whether to fill in optional parameters. */
	isFull?: boolean;
	/** Whether a field is offered in the case at hand. */
	isShown?: (field: Field) => boolean;
}

/** Lists what is wrong with the samples of a service: one sentence for each missing or odd sample. */
export function findSampleProblems(
	endpoints: readonly Endpoint[],
	samples: Readonly<Record<string, unknown>>,
	file: string,
): string[] {
	const known = endpoints.filter(({ mirrors }) => mirrors === undefined);
	const missing = known
		.filter(({ id }) => samples[id] === undefined)
		.map(({ id, parameters }) => {
			const names = parameters.map(({ name }) => name).join(', ');
			const what = names === '' ? '' : ` with values for ${names}`;
			return `${id} has no sample: add '${id}'${what} to ${file}`;
		});
	const odd = Object.keys(samples)
		.filter((id) => !known.some((endpoint) => endpoint.id === id))
		.map((id) => `${id} is not in the contract: remove it from ${file}`);
	return [...missing, ...odd];
}
