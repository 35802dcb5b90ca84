import type {
	BodyKind,
	Contract,
	Endpoint,
	ListStyle,
	Parameter,
	ParameterType,
	Place,
	ServiceName,
	Variant,
} from './contract';

type Fields = Record<string, unknown>;

function fields(value: unknown, what: string): Fields {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw new TypeError(`${what}: an object is wanted`);
	}
	return { ...value };
}

function list<T>(value: unknown, what: string, read: (item: unknown, what: string) => T): T[] {
	if (!Array.isArray(value)) throw new TypeError(`${what}: a list is wanted`);
	return value.map((item, index) => read(item, `${what}[${index}]`));
}

function text(value: unknown, what: string): string {
	if (typeof value !== 'string') throw new TypeError(`${what}: text is wanted`);
	return value;
}

function count(value: unknown, what: string): number {
	if (typeof value !== 'number') throw new TypeError(`${what}: a number is wanted`);
	return value;
}

function flag(value: unknown, what: string): boolean {
	if (typeof value !== 'boolean') throw new TypeError(`${what}: true or false is wanted`);
	return value;
}

function scalar(value: unknown, what: string): string | number {
	return typeof value === 'number' ? value : text(value, what);
}

function oneOf<T extends string>(...allowed: T[]): (value: unknown, what: string) => T {
	return (value, what) => {
		const found = allowed.find((item) => item === value);
		if (found === undefined) throw new TypeError(`${what}: one of ${allowed.join(', ')} is wanted`);
		return found;
	};
}

const readPlace = oneOf<Place>('path', 'query', 'body');
const readListStyle = oneOf<ListStyle>('json', 'repeat', 'comma', 'either');
const readBodyKind = oneOf<BodyKind>('json', 'form', 'multipart');
const readService = oneOf<ServiceName>('fanvue', 'fanfou', 'fanbook');
const readV1 = oneOf<'seen' | 'only'>('seen', 'only');
const readType = oneOf<ParameterType>(
	'string',
	'uuid',
	'datetime',
	'int32',
	'int64',
	'boolean',
	'object',
	'file',
);

function refuseUnknown(source: Fields, known: string[], what: string): void {
	const stranger = Object.keys(source).find((key) => !known.includes(key));
	if (stranger !== undefined) throw new TypeError(`${what}: ${stranger} is not known`);
}

const SIZES = [
	'min',
	'max',
	'minLength',
	'maxLength',
	'minBytes',
	'maxBytes',
	'minItems',
	'maxItems',
] as const;

function readParameter(value: unknown, what: string): Parameter {
	const source = fields(value, what);
	const known = ['name', 'in', 'type', 'required', 'list', 'nullable', 'enum', 'pattern'];
	const more = ['default', 'encoding', 'aliases', 'members', ...SIZES];
	refuseUnknown(source, [...known, ...more], what);
	const parameter: Parameter = {
		name: text(source.name, what),
		in: readPlace(source.in, what),
		type: readType(source.type, what),
		required: flag(source.required, what),
	};
	for (const size of SIZES) {
		if (source[size] !== undefined) parameter[size] = count(source[size], `${what}.${size}`);
	}
	if (source.list !== undefined) parameter.list = readListStyle(source.list, what);
	if (source.nullable !== undefined) parameter.nullable = flag(source.nullable, what);
	if (source.enum !== undefined) parameter.enum = list(source.enum, what, scalar);
	if (source.pattern !== undefined) parameter.pattern = text(source.pattern, what);
	if (source.encoding !== undefined) parameter.encoding = oneOf('percent')(source.encoding, what);
	if (source.aliases !== undefined) parameter.aliases = list(source.aliases, what, text);
	if (source.members !== undefined) parameter.members = list(source.members, what, readParameter);
	if (source.default !== undefined) {
		parameter.default =
			typeof source.default === 'boolean' ? source.default : scalar(source.default, what);
	}
	return parameter;
}

function readVariant(value: unknown, what: string): Variant {
	const source = fields(value, what);
	refuseUnknown(source, ['name', 'method', 'path', 'contentTypes', 'paging', 'parameters'], what);
	const variant: Variant = { method: text(source.method, what), path: text(source.path, what) };
	if (source.name !== undefined) variant.name = text(source.name, what);
	if (source.paging !== undefined) variant.paging = text(source.paging, what);
	if (source.contentTypes !== undefined) {
		variant.contentTypes = list(source.contentTypes, what, readBodyKind);
	}
	if (source.parameters !== undefined) {
		variant.parameters = list(source.parameters, what, readParameter);
	}
	return variant;
}

const ENDPOINT_KEYS = [
	'id',
	'resource',
	'operation',
	'method',
	'path',
	'contentTypes',
	'parameters',
	'certainty',
	'host',
	'oneOf',
	'chosenBy',
	'paging',
	'scopes',
	'permission',
	'mirrors',
	'v1',
	'variants',
];

function readEndpoint(value: unknown, what: string): Endpoint {
	const source = fields(value, what);
	refuseUnknown(source, ENDPOINT_KEYS, what);
	const endpoint: Endpoint = {
		id: text(source.id, what),
		resource: text(source.resource, what),
		operation: text(source.operation, what),
		method: text(source.method, what),
		path: text(source.path, what),
		contentTypes: list(source.contentTypes, what, readBodyKind),
		parameters: list(source.parameters, `${what}.parameters`, readParameter),
		certainty: text(source.certainty, what),
	};
	for (const key of ['host', 'chosenBy', 'paging', 'permission', 'mirrors'] as const) {
		if (source[key] !== undefined) endpoint[key] = text(source[key], `${what}.${key}`);
	}
	if (source.scopes !== undefined) endpoint.scopes = list(source.scopes, what, text);
	if (source.v1 !== undefined) endpoint.v1 = readV1(source.v1, what);
	if (source.variants !== undefined) endpoint.variants = list(source.variants, what, readVariant);
	if (source.oneOf !== undefined) {
		endpoint.oneOf = list(source.oneOf, what, (group) => list(group, what, text));
	}
	return endpoint;
}

/** Reads a contract file's JSON; throws TypeError naming the place that does not fit. */
export function readContract(value: unknown): Contract {
	const source = fields(value, 'contract');
	const service = readService(source.service, 'contract.service');
	return { service, endpoints: list(source.endpoints, service, readEndpoint) };
}
