import { allFields } from '../../../nodes/shared/definition/naming';
import { fanfou } from '../../../nodes/Fanfou/service';
import { camelCase, parameterName, defaultPlace } from '../../../nodes/shared/definition/naming';
import type { FanfouOperation } from '../../../nodes/Fanfou/operation';
import { responseShapes } from '../../../nodes/Fanfou/responseShapes';
import { shapeOf, type ResponseShape } from '../../../nodes/shared/client/responseShape';
import type { Field, Operation } from '../../../nodes/shared/definition/operation';
import { loadOpenApi } from '../../../sandbox/core/openApi';
import { loadContract } from '../../../sandbox/core/contract';
import type { Endpoint } from '../../../sandbox/core/contract';

/** Calls of the contract that the node does not offer, with the reason. */
const LEFT_OUT: Record<string, string> = {
	'Auth: Authorize': 'a page for a browser; Get Request Token returns its address',
	'Account: Register': 'was never documented publicly',
	'Streaming: User Stream': 'does not end, and has been silent since 2018',
};

/** Operations in addition to those of the contract. */
const ADDED = ['API Request: Send', 'Status: Reply', 'Status: Repost'];

/** Parameters that Return All and Limit cover. */
const PAGED = ['count', 'page'];

/** Parameters whose name in the editor is not derived from the API's, with the reason. */
const RENAMED: Record<string, [name: string, reason: string]> = {
	'account.update_profile_image image': ['binaryPropertyName', "n8n's name for a file of the item"],
	'account.update_profile_background_image image': ['binaryPropertyName', 'as above'],
	'photos.upload photo': ['binaryPropertyName', 'as above'],
};

/** Values that are always sent, with the reason. */
const FIXED: Record<string, string> = { 'oauth.xauth x_auth_mode': 'has one value' };

/** In addition to the contract: the request token that signs the call. */
const SIGNING: Record<string, string[]> = {
	'oauth.access_token': ['oauth_token', 'oauth_token_secret'],
};

const contract = loadContract('fanfou');
const document = loadOpenApi('fanfou');
const operations = new Map<string, FanfouOperation>(
	fanfou.resources.flatMap((resource) =>
		resource.operations.map((operation) => [`${resource.name}: ${operation.name}`, operation]),
	),
);
const nameOf = ({ resource, operation }: Endpoint) => `${resource}: ${operation}`;
const documented = contract.endpoints.filter(
	(endpoint) => LEFT_OUT[nameOf(endpoint)] === undefined,
);
const offered = documented.filter((endpoint) => operations.has(nameOf(endpoint)));

function operationOf(endpoint: Endpoint): FanfouOperation {
	const operation = operations.get(nameOf(endpoint));
	if (operation === undefined) throw new Error(`No ${nameOf(endpoint)}`);
	return operation;
}

function fieldsOf(operation: Operation): Field[] {
	return allFields(operation).filter((field) => field.notSent !== true);
}

/** A type of response; single objects with an `id` are named. */
type ResponseType =
	| 'a status'
	| 'a user'
	| 'a direct message'
	| 'a saved search'
	| 'an object'
	| 'a value'
	| 'a list'
	| 'unknown';

/** Schemas of single objects with an `id`. */
const OBJECTS: Record<string, ResponseType> = {
	Status: 'a status',
	User: 'a user',
	DirectMessage: 'a direct message',
	SavedSearch: 'a saved search',
};

/** Returns the type of response that the node accepts. */
function typeOfShape(shape: ResponseShape | undefined): ResponseType {
	if (shape === undefined) return 'unknown';
	const { name, types = ['object'], listAt } = shape;
	if (listAt !== undefined) return 'a list';
	if (types.includes('list')) return types.includes('object') ? 'unknown' : 'a list';
	const named = Object.values(OBJECTS).find((type) => type === name);
	return types.includes('object') ? (named ?? 'an object') : 'a value';
}

/** Returns the type of response that the contract describes. */
function responseTypeOf({ routed }: Endpoint, resultPath?: string): ResponseType {
	const { content } = resolve(routed.operation.responses?.['200']);
	const [media] = Object.values(isRecord(content) ? content : {});
	let schema = isRecord(media) ? media.schema : undefined;
	if (isRecord(schema) && Array.isArray(schema.anyOf)) [schema] = schema.anyOf;
	const name = isRecord(schema) ? String(schema.$ref).split('/').at(-1) : undefined;
	if (name !== undefined && OBJECTS[name] !== undefined) return OBJECTS[name];
	const { type, properties } = resolve(schema);
	if (resultPath !== undefined && isRecord(properties)) {
		return resolve(properties[resultPath]).type === 'array' ? 'a list' : 'unknown';
	}
	if (type === 'array') return 'a list';
	if (type === 'object') return 'an object';
	return type === 'boolean' ? 'a value' : 'unknown';
}

/** Returns what a reference of the contract points to. */
function resolve(value: unknown): Record<string, unknown> {
	if (!isRecord(value)) return {};
	if (typeof value.$ref !== 'string') return value;
	const [, , kind = '', name = ''] = value.$ref.split('/');
	const components: unknown = document.components;
	const group = isRecord(components) ? components[kind] : undefined;
	return resolve(isRecord(group) ? group[name] : undefined);
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const TYPES: Partial<Record<Field['wireFormat'], string>> = {
	text: 'string',
	id: 'string',
	int64: 'int64',
	integer: 'int32',
	boolean: 'boolean',
	binary: 'file',
};

test('every operation of the contract has an entry in the tables', () => {
	const missing = documented
		.filter((endpoint) => !operations.has(nameOf(endpoint)))
		.map(
			({ id, method, path, resource, operation }) =>
				`${id} has no entry: add "${operation}" with the endpoint ${method} ${path.slice(1)} to "${resource}" in nodes/Fanfou/resources`,
		);
	expect(missing).toEqual([]);
	const left = Object.keys(LEFT_OUT).filter(
		(name) => !contract.endpoints.some((endpoint) => nameOf(endpoint) === name),
	);
	expect(left).toEqual([]);
});

test('every other operation composes a text', () => {
	const known = documented.map(nameOf);
	expect([...operations.keys()].filter((name) => !known.includes(name))).toEqual(ADDED);
});

describe.each(offered)('$id', (endpoint) => {
	const operation = operationOf(endpoint);
	const fields = fieldsOf(operation);
	const expected = endpoint.parameters.filter(
		({ name }) =>
			FIXED[`${endpoint.id} ${name}`] === undefined &&
			!(operation.paging !== undefined && PAGED.includes(name)),
	);

	test('the operation has the method, path and host of the contract', () => {
		const path = endpoint.path.slice(1).replace(/\{(\w+)\}/g, ':$1');
		expect(operation.endpoint).toBe(`${endpoint.method} ${path}`);
		expect(operation.host).toBe(endpoint.host);
	});

	test('the node accepts the response that the contract describes, and no other type', () => {
		const shape = shapeOf(responseShapes, operation.endpoint);
		// The tokens of a sign-in are no JSON, and are read by themselves.
		if (operation.canRefreshToken === false) expect(shape).toBeUndefined();
		else expect(typeOfShape(shape)).toBe(responseTypeOf(endpoint, operation.resultPath));
		if (operation.resultPath !== undefined) expect(shape?.listAt).toEqual([operation.resultPath]);
	});

	test('the operation has exactly the parameters of the contract', () => {
		expect(fields.map(({ key }) => key).sort()).toEqual(
			[...expected.map(({ name }) => name), ...(SIGNING[endpoint.id] ?? [])].sort(),
		);
		for (const { name } of endpoint.parameters) {
			if (FIXED[`${endpoint.id} ${name}`] !== undefined) {
				expect(operation.constants?.[name]).toBeDefined();
			}
		}
	});

	test('names, places, types, values and required parameters are those of the contract', () => {
		const differences: string[] = [];
		for (const { name, type, required, in: place, enum: values } of expected) {
			const field = fields.find(({ key }) => key === name);
			if (field === undefined) continue;
			const [parameter] = RENAMED[`${endpoint.id} ${name}`] ?? [camelCase(name)];
			if (parameterName(field) !== parameter) differences.push(`${name}: ${parameterName(field)}`);
			const placed = field.in ?? defaultPlace(operation, field);
			if ((placed === 'multipart' ? 'body' : placed) !== place) {
				differences.push(`${name}: in ${placed}`);
			}
			if (TYPES[field.wireFormat] !== type) differences.push(`${name}: ${field.wireFormat}`);
			const mustBeFilled = operation.fields?.includes(field) === true && field.required !== false;
			if (mustBeFilled !== required) {
				differences.push(`${name}: ${mustBeFilled ? 'must be filled' : 'may be missing'}`);
			}
			const choices =
				field.input.type === 'options' ? field.input.choices.map(({ value }) => value) : [];
			if (values !== undefined && String([...choices].sort()) !== String([...values].sort())) {
				differences.push(`${name}: offers ${String(choices)}`);
			}
		}
		expect(differences).toEqual([]);
	});

	test('limits and body types are those of the contract', () => {
		for (const { name, maxLength } of expected) {
			const field = fields.find(({ key }) => key === name);
			expect(field?.length?.max).toBe(maxLength);
		}
		const groups = (endpoint.oneOf ?? []).map((group) => [...group].sort());
		expect((operation.oneOf ?? []).map((group) => [...group].sort())).toEqual(groups);
		const isMultipart = fields.some(({ wireFormat: wire }) => wire === 'binary');
		expect(endpoint.contentTypes).toEqual(
			endpoint.method === 'GET' ? [] : [isMultipart ? 'multipart' : 'form'],
		);
		expect(operation.paging !== undefined).toBe(
			endpoint.parameters.some(({ name }) => name === 'count'),
		);
	});

	test('pages are as large as the contract allows', () => {
		const count = endpoint.parameters.find(({ name }) => name === 'count');
		if (count === undefined || operation.paging === undefined) return;
		// If no maximum is documented, that of the other lists is used.
		expect(fanfou.paging[operation.paging]?.size).toBe(count.max ?? 60);
	});
});
