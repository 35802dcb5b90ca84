import { isObject, parseJson, type JsonObject, type JsonValue } from '../../../sandbox/core/json';
import {
	listOperations,
	loadOpenApi,
	resolveSchema,
	responseOf,
	type Schema,
} from '../../../sandbox/core/openApi';
import { findErrors, toInstance } from '../../../sandbox/core/schemaValidator';

const openApi = loadOpenApi('fanbook');

function findUnknownMembers(schema: Schema, value: JsonValue, path: string): string[] {
	const resolved = resolveSchema(openApi, schema);
	if (resolved.anyOf) {
		const matching = resolved.anyOf.filter((branch) => isValid(branch, value));
		const found = matching.map((branch) => findUnknownMembers(branch, value, path));
		return found.sort((a, b) => a.length - b.length)[0] ?? [];
	}
	if (Array.isArray(value)) {
		const { items } = resolved;
		if (!items) return [];
		return value.flatMap((item, index) => findUnknownMembers(items, item, `${path}[${index}]`));
	}
	if (!isObject(value)) return [];
	const { properties, additionalProperties } = resolved;
	if (!properties && typeof additionalProperties !== 'object') return [];
	return Object.entries(value).flatMap(([key, item]) => {
		const member =
			properties?.[key] ??
			(typeof additionalProperties === 'object' ? additionalProperties : undefined);
		const place = `${path}.${key}`;
		return member ? findUnknownMembers(member, item, place) : [`${place} is not described`];
	});
}

function isValid(schema: Schema, value: JsonValue): boolean {
	return findErrors('fanbook', schema, toInstance(value)).length === 0;
}

/** Returns the differences between a value and a schema; members that it lacks are differences. */
function findDifferences(schema: Schema, value: JsonValue): string[] {
	const errors = findErrors('fanbook', schema, toInstance(value)).map(
		({ instancePath, message }) => `${instancePath} ${message ?? ''}`,
	);
	return [...errors, ...findUnknownMembers(schema, value, '')];
}

/** Returns a schema of the contract by its name. */
export function namedSchema(name: string): Schema {
	return { $ref: `#/components/schemas/${name}` };
}

/** Throws if a response of the sandbox differs from the contract. Server errors may differ. */
export function requireDocumented(
	method: string,
	path: string,
	{ status, body }: { status: number; body: JsonObject },
): void {
	if (status >= 500) return;
	const isError = (body.ok ?? body.status) !== true;
	const schemas = listOperations(openApi)
		.filter((routed) => routed.method === method.toLowerCase() && routed.path === `/${path}`)
		.flatMap(({ operation }) => {
			const response = responseOf(openApi, operation, isError && status < 400 ? 400 : status);
			return response?.content?.['application/json']?.schema ?? [];
		});
	if (schemas.length === 0) throw new Error(`${method} ${path}: status ${status} is not described`);
	const differences = schemas.map((schema) => findDifferences(schema, body));
	if (differences.some((found) => found.length === 0)) return;
	throw new Error(`${method} ${path} differs from the contract:\n${differences[0]?.join('\n')}`);
}

const CONTENT_SCHEMAS: Record<string, string> = {
	text: 'TextContent',
	richText: 'RichTextContent',
	image: 'ImageContent',
	video: 'VideoContent',
	voice: 'VoiceContent',
	messageCard: 'MessageCardContent',
	reaction: 'ReactionContent',
	newJoin: 'JoinContent',
	circleShareEntity: 'CircleShareContent',
	topicShare: 'TopicShareContent',
	update: 'ClickContent',
};

/** Returns the name of the schema of a message content. */
export function contentSchemaOf(content: JsonValue): string | undefined {
	return isObject(content) ? CONTENT_SCHEMAS[String(content.type)] : undefined;
}

function findContentDifferences(data: JsonValue | undefined): string[] {
	if (!isObject(data) || typeof data.content !== 'string') return [];
	const content = parseJson(data.content);
	const name = contentSchemaOf(content);
	return name === undefined ? [] : findDifferences(namedSchema(name), content);
}

/** Returns the differences between a frame of the gateway and the contract. */
export function findFrameDifferences(frame: JsonObject): string[] {
	const webhook = openApi.webhooks?.[String(frame.action)]?.post;
	const schema = webhook?.requestBody.content['application/json']?.schema;
	if (!schema) return [`action ${String(frame.action)} is not described`];
	return [...findDifferences(schema, frame), ...findContentDifferences(frame.data)];
}
