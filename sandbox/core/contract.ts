import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readContract } from './readContract';

export const SERVICE_NAMES = ['fanvue', 'fanfou', 'fanbook'] as const;
export type ServiceName = (typeof SERVICE_NAMES)[number];

export type ParameterType =
	'string' | 'uuid' | 'datetime' | 'int32' | 'int64' | 'boolean' | 'object' | 'file';

/**
 * How several values travel: a JSON array; the key repeated; one value with commas; or
 * `either` of the last two, where the reference does not say which.
 */
export type ListStyle = 'json' | 'repeat' | 'comma' | 'either';
export type BodyKind = 'json' | 'form' | 'multipart';
export type Place = 'path' | 'query' | 'body';

/** One parameter. Lengths count characters (code points) unless the name says bytes. */
export interface Parameter {
	name: string;
	in: Place;
	type: ParameterType;
	required: boolean;
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
	default?: string | number | boolean;
	/** `percent`: the value is percent-encoded even inside JSON. */
	encoding?: 'percent';
	/** Other spellings of the name that the service takes too. */
	aliases?: string[];
	/** The members of an object; an object without them may hold anything. */
	members?: Parameter[];
}

/** A second route to the same endpoint; what it leaves out is as in the endpoint. */
export interface Variant {
	name?: string;
	method: string;
	path: string;
	contentTypes?: BodyKind[];
	paging?: string;
	parameters?: Parameter[];
}

export interface Endpoint {
	id: string;
	resource: string;
	operation: string;
	method: string;
	/** Path below the service's base address, with `{name}` for path parameters. */
	path: string;
	/** A base address of its own: `login` or `stream`; absent for the API's. */
	host?: string;
	/** Accepted bodies, the preferred one first; empty where no body belongs. */
	contentTypes: BodyKind[];
	parameters: Parameter[];
	/** Groups of parameters of which at least one must be given. */
	oneOf?: string[][];
	/** The parameter that tells this endpoint from another on the same route. */
	chosenBy?: string;
	paging?: string;
	scopes?: string[];
	permission?: string;
	/** The endpoint this one repeats for a managed creator. */
	mirrors?: string;
	/** Whether the route was seen under `/v1`, or exists `only` there. */
	v1?: 'seen' | 'only';
	certainty: string;
	variants?: Variant[];
}

export interface Contract {
	service: ServiceName;
	endpoints: Endpoint[];
}

/** An endpoint as one request reached it. */
export interface EndpointMatch {
	endpoint: Endpoint;
	/** The variant's name, such as `v1`. */
	variant?: string;
	contentTypes: BodyKind[];
	parameters: Parameter[];
	paging?: string;
	/** Path parameters as they stand in the path, percent encoding untouched. */
	pathValues: Record<string, string>;
}

interface Route {
	pattern: RegExp;
	names: string[];
	method: string;
	endpoint: Endpoint;
	variant?: Variant;
}

function compile(endpoint: Endpoint, variant?: Variant): Route {
	const names: string[] = [];
	const source = (variant ?? endpoint).path
		.split(/(\{[^}]+\})/)
		.map((piece) => {
			if (!piece.startsWith('{')) return piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
			names.push(piece.slice(1, -1));
			return '([^/]+?)';
		})
		.join('');
	const method = (variant ?? endpoint).method;
	const route: Route = { pattern: new RegExp(`^${source}$`), names, method, endpoint };
	if (variant) route.variant = variant;
	return route;
}

const contracts = new Map<ServiceName, Contract>();
const routes = new Map<ServiceName, Route[]>();

/** Returns the contract of a service, read once from `sandbox/contract/`. */
export function loadContract(service: ServiceName): Contract {
	const known = contracts.get(service);
	if (known) return known;
	const file = join(__dirname, '..', 'contract', `${service}.json`);
	const contract = readContract(JSON.parse(readFileSync(file, 'utf8')));
	contracts.set(service, contract);
	return contract;
}

function routesOf(service: ServiceName): Route[] {
	const known = routes.get(service);
	if (known) return known;
	const compiled = loadContract(service).endpoints.flatMap((endpoint) => [
		compile(endpoint),
		...(endpoint.variants ?? []).map((variant) => compile(endpoint, variant)),
	]);
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
	method: string,
	path: string,
	has: (parameter: string) => boolean = () => false,
): EndpointMatch | undefined {
	const hits = routesOf(service).filter(
		(route) => route.method === method && route.pattern.test(path),
	);
	const chosen = hits.find(({ endpoint }) => endpoint.chosenBy && has(endpoint.chosenBy));
	const route = chosen ?? hits.find(({ endpoint }) => !endpoint.chosenBy);
	if (!route) return undefined;
	const { endpoint, variant } = route;
	const values = route.pattern.exec(path)?.slice(1) ?? [];
	const match: EndpointMatch = {
		endpoint,
		contentTypes: variant?.contentTypes ?? endpoint.contentTypes,
		parameters: variant?.parameters ?? endpoint.parameters,
		pathValues: Object.fromEntries(route.names.map((name, i) => [name, values[i] ?? ''])),
	};
	const paging = variant?.paging ?? endpoint.paging;
	if (paging !== undefined) match.paging = paging;
	if (variant?.name !== undefined) match.variant = variant.name;
	return match;
}

/** Returns the methods of a path; empty for an unknown path. */
export function methodsOf(service: ServiceName, path: string): string[] {
	const hits = routesOf(service).filter((route) => route.pattern.test(path));
	return [...new Set(hits.map((route) => route.method))];
}
