import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/*
 * Reads the OpenAPI documents of sandbox/contract and expands their extensions, which
 * sandbox/contract/README.md explains. Unknown members are rejected: a misspelt one would
 * otherwise be ignored.
 */

export const SERVICE_NAMES = ['fanvue', 'fanfou', 'fanbook'] as const;
export type ServiceName = (typeof SERVICE_NAMES)[number];

export const HTTP_METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
export type HttpMethod = (typeof HTTP_METHODS)[number];

/** A JSON Schema (2020-12) with the members that the contracts use. */
export interface Schema {
	$ref?: string | undefined;
	type?: string | string[] | undefined;
	format?: string | undefined;
	description?: string | undefined;
	deprecated?: boolean | undefined;
	const?: unknown;
	enum?: Array<string | number | null> | undefined;
	default?: unknown;
	examples?: unknown[] | undefined;
	minimum?: number | undefined;
	maximum?: number | undefined;
	minLength?: number | undefined;
	maxLength?: number | undefined;
	minItems?: number | undefined;
	maxItems?: number | undefined;
	pattern?: string | undefined;
	items?: Schema | undefined;
	properties?: Record<string, Schema> | undefined;
	required?: string[] | undefined;
	additionalProperties?: boolean | Schema | undefined;
	anyOf?: Schema[] | undefined;
	allOf?: Schema[] | undefined;
	xml?: Record<string, string> | undefined;
	'x-minBytes'?: number | undefined;
	'x-maxBytes'?: number | undefined;
	'x-encoding'?: 'percent' | undefined;
	'x-aliases'?: string[] | undefined;
	'x-certainty'?: string | undefined;
	'x-source'?: string | undefined;
}

const certainty = { 'x-certainty': z.string().optional(), 'x-source': z.string().optional() };

const schema: z.ZodType<Schema> = z.lazy(() =>
	z
		.object({
			$ref: z.string().startsWith('#/components/schemas/'),
			type: z.union([z.string(), z.array(z.string())]),
			format: z.string(),
			description: z.string(),
			deprecated: z.boolean(),
			const: z.unknown(),
			enum: z.array(z.union([z.string(), z.number(), z.null()])),
			default: z.unknown(),
			examples: z.array(z.unknown()),
			minimum: z.number(),
			maximum: z.number(),
			minLength: z.number(),
			maxLength: z.number(),
			minItems: z.number(),
			maxItems: z.number(),
			pattern: z.string(),
			items: schema,
			properties: z.record(schema),
			required: z.array(z.string()),
			additionalProperties: z.union([z.boolean(), schema]),
			anyOf: z.array(schema),
			allOf: z.array(schema),
			xml: z.record(z.string()),
			'x-minBytes': z.number(),
			'x-maxBytes': z.number(),
			'x-encoding': z.literal('percent'),
			'x-aliases': z.array(z.string()),
			...certainty,
		})
		.partial()
		.strict(),
);

const reference = z.object({ $ref: z.string() }).strict();

const parameter = z
	.object({
		name: z.string(),
		in: z.enum(['path', 'query', 'header']),
		description: z.string().optional(),
		required: z.boolean().optional(),
		style: z.literal('form').optional(),
		explode: z.boolean().optional(),
		schema,
		'x-accepts-commas': z.literal(true).optional(),
		...certainty,
	})
	.strict();

const content = z.record(
	z
		.object({
			schema,
			encoding: z.record(z.object({ contentType: z.string() }).strict()).optional(),
		})
		.strict(),
);

const requestBody = z
	.object({ description: z.string().optional(), required: z.boolean().optional(), content })
	.strict();

const response = z
	.object({
		description: z.string(),
		content: content.optional(),
		'x-may-be-empty': z.literal(true).optional(),
		'x-also-returns': z.array(schema).optional(),
		...certainty,
	})
	.strict();

const server = z
	.object({
		url: z.string(),
		description: z.string().optional(),
		variables: z
			.record(z.object({ default: z.string(), description: z.string().optional() }).strict())
			.optional(),
		'x-host': z.string().optional(),
	})
	.strict();

const security = z.array(z.record(z.array(z.string())));
const parameters = z.array(z.union([reference, parameter]));
const responses = z.record(z.union([reference, response]));

const variant = z
	.object({
		operationId: z.string(),
		name: z.string().optional(),
		method: z.enum(HTTP_METHODS).optional(),
		path: z.string().optional(),
		'x-paging': z.string().optional(),
		parameters: parameters.optional(),
		/** Null for a variant without a body. */
		requestBody: requestBody.nullable().optional(),
		responses: responses.optional(),
		...certainty,
	})
	.strict();

const creator = z
	.object({
		operationId: z.string(),
		scopes: z.array(z.string()),
		without: z.array(z.string()).optional(),
		/** Whether the operation exists below `/v1/creators` as well. */
		v1: z.literal(true).optional(),
	})
	.strict();

const operation = z
	.object({
		operationId: z.string(),
		tags: z.array(z.string()).min(1),
		summary: z.string(),
		description: z.string().optional(),
		'x-operation': z.string(),
		...certainty,
		'x-certainty': z.string(),
		'x-paging': z.string().optional(),
		'x-permission': z.string().optional(),
		'x-not-simulated': z.literal(true).optional(),
		security: security.optional(),
		servers: z.array(server).optional(),
		parameters: parameters.optional(),
		'x-any-of': z.array(z.array(z.string())).optional(),
		requestBody: requestBody.optional(),
		responses,
		'x-creator': creator.optional(),
		'x-variants': z.array(variant).optional(),
		'x-chosen-by': z.string().optional(),
		/** Set by the expansion: the operation that this one repeats for a managed creator. */
		'x-mirrors': z.string().optional(),
	})
	.strict();

const primaryOperation = operation.extend({ 'x-alternatives': z.array(operation).optional() });

const webhook = z
	.object({
		operationId: z.string(),
		tags: z.array(z.string()).optional(),
		summary: z.string(),
		description: z.string().optional(),
		...certainty,
		requestBody,
		responses,
	})
	.strict();

const document = z
	.object({
		openapi: z.literal('3.1.0'),
		info: z.record(z.string()),
		'x-source': z.string().optional(),
		'x-json-bodies-also-as': z.array(z.string()).optional(),
		'x-common-parameters': z.array(reference).optional(),
		servers: z.array(server),
		security,
		tags: z.array(z.object({ name: z.string(), description: z.string().optional() }).strict()),
		paths: z.record(z.record(z.enum(HTTP_METHODS), primaryOperation)),
		webhooks: z.record(z.object({ post: webhook }).strict()).optional(),
		components: z
			.object({
				parameters: z.record(parameter).optional(),
				responses: z.record(response),
				schemas: z.record(schema),
				securitySchemes: z.record(z.unknown()).optional(),
			})
			.strict(),
	})
	.strict();

export type OpenApiDocument = z.infer<typeof document>;
export type OpenApiOperation = z.infer<typeof operation>;
export type OpenApiParameter = z.infer<typeof parameter>;
export type OpenApiResponse = z.infer<typeof response>;
type ContentTypes = z.infer<typeof content>;

/** An operation on one of its routes. */
export interface RoutedOperation {
	method: HttpMethod;
	path: string;
	operation: OpenApiOperation;
	/** On a further route: the id of the operation, and the name of the variant. */
	variantOf?: string;
	variant?: string;
}

/** Parses a document; throws an error that names the member which is not understood. */
export function parseOpenApi(value: unknown): OpenApiDocument {
	const result = document.safeParse(value);
	if (result.success) return result.data;
	const issues = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
	throw new TypeError(issues.join('\n'));
}

const documents = new Map<ServiceName, OpenApiDocument>();

/** Returns the document of a service, read once from `sandbox/contract/`. */
export function loadOpenApi(service: ServiceName): OpenApiDocument {
	const known = documents.get(service);
	if (known) return known;
	const file = join(__dirname, '..', 'contract', `${service}.openapi.json`);
	const parsed = parseOpenApi(JSON.parse(readFileSync(file, 'utf8')));
	documents.set(service, parsed);
	return parsed;
}

/** Returns the last segment of a `$ref`, the name of the component. */
export function componentName($ref: string): string {
	return $ref.slice($ref.lastIndexOf('/') + 1);
}

function component<T>(components: Record<string, T> | undefined, $ref: string): T {
	const found = components?.[componentName($ref)];
	if (found === undefined) throw new TypeError(`${$ref} does not exist`);
	return found;
}

/** Follows the `$ref` of a schema. */
export function resolveSchema(openApi: OpenApiDocument, value: Schema): Schema {
	if (value.$ref === undefined) return value;
	const { $ref, ...rest } = value;
	return { ...resolveSchema(openApi, component(openApi.components.schemas, $ref)), ...rest };
}

/** Returns the parameters of an operation, with references followed. */
export function parametersOf(
	openApi: OpenApiDocument,
	{ parameters: list = [] }: OpenApiOperation,
): OpenApiParameter[] {
	return list.map((item) =>
		'$ref' in item ? component(openApi.components.parameters, item.$ref) : item,
	);
}

/** Returns the response of an operation for a status such as 200 or 404. */
export function responseOf(
	openApi: OpenApiDocument,
	{ responses: all }: OpenApiOperation,
	status: number,
): OpenApiResponse | undefined {
	const found = all[status] ?? all[`${Math.floor(status / 100)}XX`];
	if (found === undefined || !('$ref' in found)) return found;
	return component(openApi.components.responses, found.$ref);
}

/** What an operation returns on success: JSON of a schema, another media type, or no body. */
interface Success {
	status: number;
	schema?: Schema;
	textType?: string;
}

/** Returns the successful response of an operation. */
export function successOf(openApi: OpenApiDocument, routed: OpenApiOperation): Success {
	const status = Number(Object.keys(routed.responses).find((key) => key.startsWith('2')) ?? 200);
	const types = responseOf(openApi, routed, status)?.content ?? {};
	const schema = types['application/json']?.schema;
	const [textType] = Object.keys(types);
	if (schema) return { status, schema };
	return textType === undefined ? { status } : { status, textType };
}

function withoutExtensions(source: OpenApiOperation): OpenApiOperation {
	const rest = { ...source };
	delete rest['x-creator'];
	delete rest['x-variants'];
	return rest;
}

/** Lists the media types of a body that may be sent in other ways than as JSON. */
function withAlternativeTypes(openApi: OpenApiDocument, types: ContentTypes): ContentTypes {
	const json = types['application/json'];
	const others = openApi['x-json-bodies-also-as'];
	if (json === undefined || others === undefined) return types;
	const nested = Object.entries(json.schema.properties ?? {}).filter(([, { type }]) =>
		[type].flat().some((name) => name === 'object' || name === 'array'),
	);
	const encoding = Object.fromEntries(
		nested.map(([name]) => [name, { contentType: 'application/json' }]),
	);
	const media = nested.length > 0 ? { schema: json.schema, encoding } : { schema: json.schema };
	return { ...types, ...Object.fromEntries(others.map((type) => [type, media])) };
}

function withAlternativeBodies(
	openApi: OpenApiDocument,
	source: OpenApiOperation,
): OpenApiOperation {
	const body = source.requestBody;
	if (body === undefined) return source;
	// Readers of a body need its members at hand, so a named schema is followed here.
	const content = Object.fromEntries(
		Object.entries(body.content).map(([type, media]) => [
			type,
			{ ...media, schema: resolveSchema(openApi, media.schema) },
		]),
	);
	const types = withAlternativeTypes(openApi, content);
	return { ...source, requestBody: { ...body, content: types } };
}

function routeVariants(base: RoutedOperation): RoutedOperation[] {
	const { operation: own } = base;
	return (own['x-variants'] ?? []).map((change) => {
		const { name, method, path, requestBody: body, ...rest } = change;
		const changed: OpenApiOperation = { ...withoutExtensions(own), ...rest };
		if (body) changed.requestBody = body;
		if (body === null) delete changed.requestBody;
		const routed: RoutedOperation = {
			method: method ?? base.method,
			path: path ?? base.path,
			operation: changed,
			variantOf: own.operationId,
		};
		if (name !== undefined) routed.variant = name;
		return routed;
	});
}

const CREATOR_PARAMETER = { $ref: '#/components/parameters/CreatorUserUuid' };

function routeCreator(openApi: OpenApiDocument, base: RoutedOperation): RoutedOperation[] {
	const { operation: own, method, path } = base;
	const twin = own['x-creator'];
	if (twin === undefined) return [];
	const all = parametersOf(openApi, own);
	const kept = (own.parameters ?? []).filter(
		(_item, index) => !twin.without?.includes(all[index]?.name ?? ''),
	);
	const operationOfCreator: OpenApiOperation = {
		...withoutExtensions(own),
		operationId: twin.operationId,
		tags: own.tags.map((tag) => `Creator ${tag}`),
		security: [{ oauth2: twin.scopes }],
		parameters: [CREATOR_PARAMETER, ...kept],
		'x-mirrors': own.operationId,
	};
	const [, prefix = '', rest = path] = /^(\/v1)(\/.*)$/.exec(path) ?? [];
	const creatorPath = `${prefix}/creators/{creatorUserUuid}${rest}`;
	const routed: RoutedOperation = { method, path: creatorPath, operation: operationOfCreator };
	if (!twin.v1) return [routed];
	const changes = own['x-variants']?.find(({ name }) => name === 'v1');
	const below: RoutedOperation = {
		method,
		path: `/v1${creatorPath}`,
		operation: {
			...operationOfCreator,
			operationId: `${twin.operationId}_v1`,
			responses: changes?.responses ?? own.responses,
		},
		variantOf: twin.operationId,
		variant: 'v1',
	};
	return [routed, below];
}

/** Lists every operation on every route, variants directly after their operation. */
export function listOperations(openApi: OpenApiDocument): RoutedOperation[] {
	const all = Object.entries(openApi.paths).flatMap(([path, item]) =>
		HTTP_METHODS.flatMap((method) => {
			const primary = item[method];
			if (primary === undefined) return [];
			const { 'x-alternatives': alternatives = [], ...own } = primary;
			return [own, ...alternatives].flatMap((source) => {
				const base: RoutedOperation = { method, path, operation: source };
				return [base, ...routeVariants(base), ...routeCreator(openApi, base)];
			});
		}),
	);
	return all.map((routed) => ({
		...routed,
		operation: withoutExtensions(withAlternativeBodies(openApi, routed.operation)),
	}));
}
