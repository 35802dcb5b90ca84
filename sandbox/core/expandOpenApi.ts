import {
	listOperations,
	parametersOf,
	type OpenApiDocument,
	type OpenApiOperation,
	type RoutedOperation,
	type Schema,
} from './openApi';

type RequestBody = NonNullable<OpenApiOperation['requestBody']>;

function mapValues<T, U>(source: Record<string, T>, change: (value: T) => U): Record<string, U> {
	return Object.fromEntries(Object.entries(source).map(([key, value]) => [key, change(value)]));
}

function withAliasMembers(properties: Record<string, Schema>): Record<string, Schema> {
	return Object.fromEntries(
		Object.entries(properties).flatMap(([name, member]) => {
			const { 'x-aliases': aliases = [], ...plain } = spellOutAliases(member);
			const copies = aliases.map((alias): [string, Schema] => [
				alias,
				{ ...plain, description: `Another spelling of ${name}`, deprecated: true },
			]);
			return [[name, plain], ...copies];
		}),
	);
}

/** Lists the aliases of members as members; a required member may be given in either spelling. */
function spellOutAliases(schema: Schema): Schema {
	const { properties, items } = schema;
	const result: Schema = { ...schema };
	if (items) result.items = spellOutAliases(items);
	if (!properties) return result;
	result.properties = withAliasMembers(properties);
	const required = schema.required ?? [];
	const aliased = required.filter((name) => properties[name]?.['x-aliases']);
	if (aliased.length === 0) return result;
	result.required = required.filter((name) => !aliased.includes(name));
	const groups = aliased.map((name) => ({
		anyOf: [name, ...(properties[name]?.['x-aliases'] ?? [])].map((key) => ({ required: [key] })),
	}));
	result.allOf = [...(schema.allOf ?? []), ...groups];
	return result;
}

function spellOutBody(body: RequestBody): RequestBody {
	const content = mapValues(body.content, (media) => ({
		...media,
		schema: spellOutAliases(media.schema),
	}));
	return { ...body, content };
}

/** Joins the operations of one route, which OpenAPI allows only as one operation. */
function mergeAlternatives(
	openApi: OpenApiDocument,
	first: OpenApiOperation,
	second: OpenApiOperation,
): OpenApiOperation {
	const merged: OpenApiOperation = {
		...first,
		description: `With other parameters: ${second.summary} (${second.operationId})`,
	};
	const known = parametersOf(openApi, first);
	const added = parametersOf(openApi, second).filter(
		(parameter) => !known.some(({ name }) => name === parameter.name),
	);
	if (added.length > 0) {
		const optional = added.map((parameter) => ({ ...parameter, required: false }));
		merged.parameters = [...(first.parameters ?? []), ...optional];
	}
	if (first.requestBody && second.requestBody) {
		const others = second.requestBody.content;
		const content = Object.entries(first.requestBody.content).map(([type, media]) => {
			const other = others[type]?.schema;
			const schema = other === undefined ? media.schema : { anyOf: [media.schema, other] };
			return [type, { ...media, schema }] as const;
		});
		merged.requestBody = { ...first.requestBody, content: Object.fromEntries(content) };
	}
	return merged;
}

function publishedOperation(
	openApi: OpenApiDocument,
	{ operation, variantOf }: RoutedOperation,
): OpenApiOperation {
	const published: OpenApiOperation = { ...operation };
	delete published['x-chosen-by'];
	const common = openApi['x-common-parameters'] ?? [];
	if (common.length > 0) published.parameters = [...common, ...(operation.parameters ?? [])];
	if (operation.requestBody) published.requestBody = spellOutBody(operation.requestBody);
	if (variantOf !== undefined) published.summary = `${operation.summary} (another route)`;
	return published;
}

/** Returns a plain OpenAPI document, with every shorthand extension expanded. */
export function expandOpenApi(openApi: OpenApiDocument): OpenApiDocument {
	const paths: OpenApiDocument['paths'] = {};
	for (const routed of listOperations(openApi)) {
		const { method, path, operation } = routed;
		const item = (paths[path] ??= {});
		const first = item[method];
		if (first && operation['x-chosen-by'] === undefined) {
			throw new TypeError(`${method} ${path} is described twice`);
		}
		const published = publishedOperation(openApi, routed);
		item[method] = first ? mergeAlternatives(openApi, first, published) : published;
	}
	const used = Object.values(paths).flatMap((item) =>
		Object.values(item).flatMap(({ tags }) => tags),
	);
	const known = openApi.tags.map(({ name }) => name);
	const added = [...new Set(used)].filter((name) => !known.includes(name));
	const tags = [...openApi.tags, ...added.map((name) => ({ name }))];
	const expanded: OpenApiDocument = { ...openApi, tags, paths };
	delete expanded['x-json-bodies-also-as'];
	delete expanded['x-common-parameters'];
	return expanded;
}
