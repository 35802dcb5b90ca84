import { digits } from './json';
import { resolveSchema, successOf, type OpenApiDocument, type Schema } from './openApi';
import type { OpenApiOperation } from './openApi';
import type { Reply } from './service';

const FORMATS: Record<string, string> = {
	uuid: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
	'date-time': '2026-01-15T12:00:00.000Z',
	uri: 'https://example.com/file.jpg',
	email: 'name@example.com',
};

function mergeAll(parts: Schema[]): Schema {
	return parts.reduce<Schema>(
		(whole, part) => ({
			...whole,
			...part,
			properties: { ...whole.properties, ...part.properties },
			required: [...(whole.required ?? []), ...(part.required ?? [])],
		}),
		{},
	);
}

/**
 * Creates example values from schemas. Every optional member is present, except inside an object
 * that contains itself.
 */
class ExampleFactory {
	/** Names of the components that are being created. */
	private readonly open: string[] = [];

	constructor(private readonly openApi: OpenApiDocument) {}

	create(schema: Schema): unknown {
		const { $ref } = schema;
		if ($ref === undefined) return this.createInline(schema);
		this.open.push($ref);
		const value = this.createInline(resolveSchema(this.openApi, schema));
		this.open.pop();
		return value;
	}

	private createInline(schema: Schema): unknown {
		const { examples, enum: values, anyOf, allOf } = schema;
		if (schema.const !== undefined) return schema.const;
		if (examples && examples.length > 0) return examples[0];
		if (values) return values[0];
		if (anyOf) return this.create(this.choose(anyOf));
		if (allOf) return this.createInline(mergeAll(allOf.map((part) => this.whole(part))));
		const types = [schema.type ?? []].flat();
		const type = types.find((name) => name !== 'null') ?? 'null';
		if (type === 'object') return this.createObject(schema);
		if (type === 'array') return this.isOpen(schema.items) ? [] : [this.create(schema.items ?? {})];
		if (type === 'integer') return schema.format === 'int64' ? digits('1152921504606846979') : 1;
		if (type === 'number') return 1.5;
		if (type === 'boolean') return true;
		return type === 'string' ? (FORMATS[schema.format ?? ''] ?? 'text') : null;
	}

	private whole(schema: Schema): Schema {
		const whole = resolveSchema(this.openApi, schema);
		return whole.allOf ? mergeAll(whole.allOf.map((part) => this.whole(part))) : whole;
	}

	private choose(branches: Schema[]): Schema {
		return branches.find(({ type }) => type !== 'null') ?? {};
	}

	private isOpen(schema: Schema | undefined): boolean {
		if (schema === undefined) return false;
		const inner = schema.anyOf ? this.choose(schema.anyOf) : schema;
		return inner.$ref !== undefined && this.open.includes(inner.$ref);
	}

	private createObject({ properties = {}, additionalProperties }: Schema): unknown {
		const members = Object.entries(properties)
			.filter(([, member]) => !this.isOpen(member))
			.map(([name, member]) => [name, this.create(member)] as const);
		if (typeof additionalProperties === 'object') {
			members.push(['key', this.create(additionalProperties)]);
		}
		return Object.fromEntries(members);
	}
}

/** Creates the successful response of an operation from its schema. */
export function exampleReply(openApi: OpenApiDocument, operation: OpenApiOperation): Reply {
	const { status, schema, textType } = successOf(openApi, operation);
	if (schema) return { status, json: new ExampleFactory(openApi).create(schema) };
	if (textType === 'text/plain') {
		return { status, text: FORMATS['uri'] ?? '', contentType: textType };
	}
	if (textType !== undefined) {
		return { status, text: 'oauth_token=text&oauth_token_secret=text', contentType: textType };
	}
	return { status };
}
