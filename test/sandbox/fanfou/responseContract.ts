import Ajv2020, { type AnySchemaObject, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import {
	listOperations,
	loadOpenApi,
	responseOf,
	type RoutedOperation,
} from '../../../sandbox/core/openApi';

/** A response of the sandbox, with the request it belongs to. */
export interface SentResponse {
	method: string;
	/** Path below the mount, without the query. */
	path: string;
	status: number;
	contentType: string;
	text: string;
}

const openApi = loadOpenApi('fanfou');
const operations = listOperations(openApi);
const ajv = createAjv();
const validators = new Map<string, ValidateFunction>();

/** Rejects unknown members everywhere, although the contract permits services to add some. */
function withoutUnknownMembers(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutUnknownMembers);
	if (typeof value !== 'object' || value === null) return value;
	const copy = Object.fromEntries(
		Object.entries(value).map(([key, item]) => [key, withoutUnknownMembers(item)]),
	);
	return 'properties' in copy ? { additionalProperties: false, ...copy } : copy;
}

function createAjv(): Ajv2020 {
	const validator = new Ajv2020({ allErrors: true, allowUnionTypes: true });
	addFormats(validator);
	validator.addFormat('int32', true);
	validator.addFormat('int64', true);
	validator.addVocabulary(['xml', 'x-certainty', 'x-source', 'components']);
	const { schemas } = openApi.components;
	validator.addSchema({
		$id: 'contract',
		components: { schemas: JSON.parse(JSON.stringify(withoutUnknownMembers(schemas))) },
	});
	return validator;
}

function isRoute({ method, path }: RoutedOperation, sent: SentResponse): boolean {
	const pattern = path.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+');
	return method === sent.method.toLowerCase() && new RegExp(`^${pattern}$`).test(sent.path);
}

/** Operations of the request: several if a parameter selects one of them. */
function operationsOf(sent: SentResponse): RoutedOperation[] {
	const matches = operations.filter((routed) => isRoute(routed, sent));
	const literal = matches.filter(({ path }) => path === sent.path);
	return literal.length > 0 ? literal : matches;
}

function validatorOf(schema: unknown): ValidateFunction {
	const text = JSON.stringify(withoutUnknownMembers(schema)).replaceAll(
		'"#/components/',
		'"contract#/components/',
	);
	const known = validators.get(text);
	if (known) return known;
	const parsed: AnySchemaObject = JSON.parse(text);
	const created = ajv.compile(parsed);
	validators.set(text, created);
	return created;
}

/** Lists the errors of a value by the schema of that name, unknown members included. */
export function findSchemaErrors(name: string, value: unknown): string[] {
	return errorsOf(validatorOf({ $ref: `#/components/schemas/${name}` }), value);
}

function errorsOf(validate: ValidateFunction, value: unknown): string[] {
	if (validate(value)) return [];
	return (validate.errors ?? []).map(
		({ instancePath, message, params }) =>
			`${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
	);
}

/**
 * Lists the differences between a response and the contract, unknown members included. Responses
 * to requests that the contract does not know, and error pages in HTML or XML, are not checked.
 */
export function findDifferences(sent: SentResponse): string[] {
	const differences = operationsOf(sent).map(({ operation }) => {
		const response = responseOf(openApi, operation, sent.status);
		if (response === undefined) return sent.status >= 500 ? [] : [`status ${sent.status}`];
		const schema = response.content?.['application/json']?.schema;
		if (sent.text === '' && response['x-may-be-empty']) return [];
		if (!sent.contentType.startsWith('application/json')) {
			return schema === undefined || sent.status >= 400 ? [] : [`content type ${sent.contentType}`];
		}
		if (schema === undefined) return ['a JSON body is not described'];
		return errorsOf(validatorOf(schema), JSON.parse(sent.text));
	});
	return differences.find((list) => list.length === 0) ?? differences[0] ?? [];
}
