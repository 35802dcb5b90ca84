import {
	listOperations,
	loadOpenApi,
	parametersOf,
	resolveSchema,
	type OpenApiDocument,
	type OpenApiParameter,
	type RoutedOperation,
	type Schema,
	type ServiceName,
} from './openApi';

export { SERVICE_NAMES, type ServiceName } from './openApi';

export type ParameterType =
	'string' | 'uuid' | 'datetime' | 'int32' | 'int64' | 'boolean' | 'object' | 'file';

/**
 * How several values are sent: a JSON array; the key repeated; one value with commas; or
 * `either` of the last two, where the references do not state which.
 */
export type ListStyle = 'json' | 'repeat' | 'comma' | 'either';
export type BodyKind = 'json' | 'form' | 'multipart';
export type Place = 'path' | 'query' | 'body';

/** One parameter in short form. Lengths count characters (code points) unless named bytes. */
export interface Parameter {
	name: string;
	in: Place;
	type: ParameterType;
	required: boolean;
	schema: Schema;
	list?: ListStyle;
	nullable?: boolean;
	enum?: Array<string | number>;
	min?: number;
	max?: number;
	minLength?: number;
	maxLength?: number;
	minBytes?: number;
	maxBytes?: number;
	minItems?: number;
	maxItems?: number;
	pattern?: string;
	default?: unknown;
	/** `percent`: the value is percent-encoded even in JSON. */
	encoding?: 'percent';
	/** Other accepted spellings of the name. */
	aliases?: string[];
	/** The members of an object; an object without them may hold anything. */
	members?: Parameter[];
}

/** An operation on one of its routes. */
export interface EndpointRoute {
	/** The name of a further route, such as `v1`. */
	name?: string;
	method: string;
	/** Path below the service's base address, with `{name}` for path parameters. */
	path: string;
	contentTypes: BodyKind[];
	parameters: Parameter[];
	paging?: string;
	routed: RoutedOperation;
}

export interface Endpoint extends EndpointRoute {
	id: string;
	resource: string;
	operation: string;
	/** A host of its own: `login` or `stream`; absent for the API's host. */
	host?: string;
	/** Groups of parameters of which at least one is required. */
	oneOf?: string[][];
	/** The parameter that selects this endpoint among those of one route. */
	chosenBy?: string;
	scopes?: string[];
	permission?: string;
	/** The endpoint that this one repeats for a managed creator. */
	mirrors?: string;
	/** Whether the operation exists below `/v1` as well, or `only` there. */
	v1?: 'seen' | 'only';
	certainty: string;
	/** Whether the sandbox has a handler for it. */
	isSimulated: boolean;
	variants?: EndpointRoute[];
}

export interface Contract {
	service: ServiceName;
	/** The endpoints that the sandbox implements. */
	endpoints: Endpoint[];
	/** Endpoints that are described only. */
	notSimulated: Endpoint[];
}

/** An endpoint as matched by a request. */
export interface EndpointMatch {
	endpoint: Endpoint;
	route: EndpointRoute;
	/** The variant's name, such as `v1`. */
	variant?: string;
	contentTypes: BodyKind[];
	parameters: Parameter[];
	paging?: string;
	/** Path parameters as they are in the path, still percent-encoded. */
	pathValues: Record<string, string>;
}

const BODY_KINDS: Record<string, BodyKind> = {
	'application/json': 'json',
	'application/x-www-form-urlencoded': 'form',
	'multipart/form-data': 'multipart',
};
const FORMATS: Record<string, ParameterType> = {
	uuid: 'uuid',
	'date-time': 'datetime',
	int32: 'int32',
	int64: 'int64',
	binary: 'file',
};

function typesOf({ type }: Schema): string[] {
	return type === undefined ? [] : [type].flat();
}

function typeOf(schema: Schema): ParameterType {
	const byFormat = FORMATS[schema.format ?? ''];
	if (byFormat) return byFormat;
	const [type] = typesOf(schema).filter((name) => name !== 'null');
	if (type === 'integer') return 'int32';
	if (type === 'boolean' || type === 'object') return type;
	if (type === 'string' || type === undefined) return 'string';
	throw new TypeError(`A parameter cannot have the type ${type}`);
}

/** Copies the limits of a schema under their short names. */
function addLimits(parameter: Parameter, item: Schema): void {
	const values = item.enum?.flatMap((value) => (value === null ? [] : [value]));
	if (item['x-encoding']) parameter.encoding = item['x-encoding'];
	if (values) {
		const decode = (value: string | number): string => decodeURIComponent(String(value));
		parameter.enum = item['x-encoding'] ? values.map(decode) : values;
	}
	if (item.minimum !== undefined) parameter.min = item.minimum;
	if (item.maximum !== undefined) parameter.max = item.maximum;
	if (item.minLength !== undefined) parameter.minLength = item.minLength;
	if (item.maxLength !== undefined) parameter.maxLength = item.maxLength;
	if (item['x-minBytes'] !== undefined) parameter.minBytes = item['x-minBytes'];
	if (item['x-maxBytes'] !== undefined) parameter.maxBytes = item['x-maxBytes'];
	if (item.pattern !== undefined) parameter.pattern = item.pattern;
}

function describe(
	openApi: OpenApiDocument,
	schema: Schema,
	base: { name: string; in: Place; required: boolean; list?: ListStyle },
): Parameter {
	const whole = resolveSchema(openApi, schema);
	const isList = typesOf(whole).includes('array');
	const item = isList ? resolveSchema(openApi, whole.items ?? {}) : whole;
	const { list = 'json', ...rest } = base;
	const parameter: Parameter = { ...rest, type: typeOf(item), schema: whole };
	if (isList) parameter.list = list;
	if (typesOf(whole).includes('null')) parameter.nullable = true;
	if (whole.minItems !== undefined) parameter.minItems = whole.minItems;
	if (whole.maxItems !== undefined) parameter.maxItems = whole.maxItems;
	if (whole.default !== undefined) parameter.default = whole.default;
	if (whole['x-aliases']) parameter.aliases = whole['x-aliases'];
	addLimits(parameter, item);
	if (item.properties) parameter.members = describeMembers(openApi, item, rest.in);
	return parameter;
}

function describeMembers(openApi: OpenApiDocument, schema: Schema, place: Place): Parameter[] {
	return Object.entries(schema.properties ?? {}).map(([name, member]) =>
		describe(openApi, member, {
			name,
			in: place,
			required: schema.required?.includes(name) ?? false,
		}),
	);
}

function listStyle(parameter: OpenApiParameter): ListStyle {
	if (parameter.explode === false) return 'comma';
	return parameter['x-accepts-commas'] ? 'either' : 'repeat';
}

function createRoute(openApi: OpenApiDocument, routed: RoutedOperation): EndpointRoute {
	const { method, path, operation, variant } = routed;
	const types = Object.entries(operation.requestBody?.content ?? {});
	const contentTypes = types.flatMap(([type]) => BODY_KINDS[type] ?? []);
	const parameters = parametersOf(openApi, operation).map((parameter) =>
		describe(openApi, parameter.schema, {
			name: parameter.name,
			in: parameter.in === 'path' ? 'path' : 'query',
			required: parameter.required ?? false,
			list: listStyle(parameter),
		}),
	);
	const body = resolveSchema(openApi, types[0]?.[1].schema ?? {});
	parameters.push(...describeMembers(openApi, body, 'body'));
	const route: EndpointRoute = {
		method: method.toUpperCase(),
		path,
		contentTypes,
		parameters,
		routed,
	};
	if (variant !== undefined) route.name = variant;
	if (operation['x-paging'] !== undefined) route.paging = operation['x-paging'];
	return route;
}

/** Returns the groups of parameters of which one is required, in the query and in the body. */
function requiredGroups(operation: RoutedOperation['operation']): string[][] {
	const inQuery = operation['x-any-of'] ?? [];
	const bodies = Object.values(operation.requestBody?.content ?? {});
	const choices = bodies[0]?.schema.anyOf?.map(({ required = [] }) => required[0] ?? '') ?? [];
	return choices.length > 0 ? [...inQuery, choices] : inQuery;
}

function createEndpoint(openApi: OpenApiDocument, routed: RoutedOperation): Endpoint {
	const { operation, path } = routed;
	const endpoint: Endpoint = {
		...createRoute(openApi, routed),
		id: operation.operationId,
		resource: operation.tags[0] ?? '',
		operation: operation['x-operation'],
		certainty: operation['x-certainty'],
		isSimulated: operation['x-not-simulated'] === undefined,
	};
	const host = operation.servers?.[0]?.['x-host'];
	if (host !== undefined) endpoint.host = host;
	const groups = requiredGroups(operation);
	if (groups.length > 0) endpoint.oneOf = groups;
	const { 'x-chosen-by': chosenBy, 'x-permission': permission, 'x-mirrors': mirrors } = operation;
	if (chosenBy !== undefined) endpoint.chosenBy = chosenBy;
	if (permission !== undefined) endpoint.permission = permission;
	if (mirrors !== undefined) endpoint.mirrors = mirrors;
	const scopes = operation.security?.flatMap((entry) => entry['oauth2'] ?? []);
	if (scopes) endpoint.scopes = scopes;
	if (path.startsWith('/v1/')) endpoint.v1 = 'only';
	return endpoint;
}

function createContract(service: ServiceName): Contract {
	const openApi = loadOpenApi(service);
	const byId = new Map<string, Endpoint>();
	for (const routed of listOperations(openApi)) {
		const endpoint = routed.variantOf === undefined ? undefined : byId.get(routed.variantOf);
		if (endpoint === undefined) {
			const created = createEndpoint(openApi, routed);
			if (byId.has(created.id)) throw new TypeError(`${created.id} is described twice`);
			byId.set(created.id, created);
			continue;
		}
		endpoint.variants = [...(endpoint.variants ?? []), createRoute(openApi, routed)];
		if (routed.variant === 'v1') endpoint.v1 = 'seen';
	}
	const all = [...byId.values()];
	return {
		service,
		endpoints: all.filter(({ isSimulated }) => isSimulated),
		notSimulated: all.filter(({ isSimulated }) => !isSimulated),
	};
}

interface Route {
	pattern: RegExp;
	names: string[];
	endpoint: Endpoint;
	route: EndpointRoute;
}

function compile(endpoint: Endpoint, route: EndpointRoute): Route {
	const names: string[] = [];
	const source = route.path
		.split(/(\{[^}]+\})/)
		.map((piece) => {
			if (!piece.startsWith('{')) return piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
			names.push(piece.slice(1, -1));
			return '([^/]+?)';
		})
		.join('');
	return { pattern: new RegExp(`^${source}$`), names, endpoint, route };
}

const contracts = new Map<ServiceName, Contract>();
const routes = new Map<ServiceName, Route[]>();

/** Returns the contract of a service. */
export function loadContract(service: ServiceName): Contract {
	const known = contracts.get(service);
	if (known) return known;
	const contract = createContract(service);
	contracts.set(service, contract);
	return contract;
}

function routesOf(service: ServiceName): Route[] {
	const known = routes.get(service);
	if (known) return known;
	const compiled = loadContract(service).endpoints.flatMap((endpoint) =>
		[endpoint, ...(endpoint.variants ?? [])].map((route) => compile(endpoint, route)),
	);
	// A literal segment takes precedence over a parameter (/chats/unread).
	compiled.sort((a, b) => a.names.length - b.names.length);
	routes.set(service, compiled);
	return compiled;
}

/**
 * Finds the endpoint of a method and path (below the service's base address, without query).
 * Where two endpoints share a route, `has` returns whether the request has a parameter.
 */
export function findEndpoint(
	service: ServiceName,
	{
		method,
		path,
		has = () => false,
	}: { method: string; path: string; has?: (parameter: string) => boolean },
): EndpointMatch | undefined {
	const hits = routesOf(service).filter(
		({ route, pattern }) => route.method === method && pattern.test(path),
	);
	const chosen = hits.find(({ endpoint }) => endpoint.chosenBy && has(endpoint.chosenBy));
	const hit = chosen ?? hits.find(({ endpoint }) => !endpoint.chosenBy);
	if (!hit) return undefined;
	const { endpoint, route, names, pattern } = hit;
	const values = pattern.exec(path)?.slice(1) ?? [];
	const match: EndpointMatch = {
		endpoint,
		route,
		contentTypes: route.contentTypes,
		parameters: route.parameters,
		pathValues: Object.fromEntries(names.map((name, i) => [name, values[i] ?? ''])),
	};
	if (route.paging !== undefined) match.paging = route.paging;
	if (route.name !== undefined) match.variant = route.name;
	return match;
}

/** Returns the methods of a path; empty for an unknown path. */
export function methodsOf(service: ServiceName, path: string): string[] {
	const hits = routesOf(service).filter(({ pattern }) => pattern.test(path));
	return [...new Set(hits.map(({ route }) => route.method))];
}
