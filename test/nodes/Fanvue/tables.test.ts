import { fanvue } from '../../../nodes/Fanvue/service';
import type { FanvueOperation } from '../../../nodes/Fanvue/operation';
import { describeService } from '../../../nodes/shared/definition/describe';
import {
	camelCase,
	parameterName,
	optionValue,
	optionalFields,
	topFields,
	defaultPlace,
} from '../../../nodes/shared/definition/naming';
import type { Field, Operation } from '../../../nodes/shared/definition/operation';
import { loadContract } from '../../../sandbox/core/contract';
import type { Endpoint, Parameter } from '../../../sandbox/core/contract';

const { endpoints } = loadContract('fanvue');
const byId = new Map(endpoints.map((endpoint) => [endpoint.id, endpoint]));

/** Parameters that Return All and Limit cover. */
const PAGING = ['page', 'size', 'cursor'];

/** Intended differences between the tables and the reference. */
const MEANT: Record<string, string> = {
	'sendMessage price min': '0 means free and is not sent',
	'sendMassMessage price min': '0 means free and is not sent',
	'createPost price min': '0 means free and is not sent',
	'createUploadSession sizeBytes min': '0 means that it is not sent',
	'getBatchStatuses userUuids items': 'the node splits longer lists',
	'updateTeamMember creatorUuids required': 'empty means none and is sent as an empty list',
};

function tableName({ resource, operation }: Endpoint): [string, string] {
	return [camelCase(resource), operation === 'Get Many' ? 'getAll' : camelCase(operation)];
}

function find(resource: string, operation: string): Operation | undefined {
	return fanvue.resources
		.find((candidate) => optionValue(candidate) === resource)
		?.operations.find((candidate) => optionValue(candidate) === operation);
}

/** Returns the operation of an endpoint: its own, or that of its creator variant. */
function entryOf(endpoint: Endpoint): Operation {
	const own = endpoint.mirrors === undefined ? endpoint : byId.get(endpoint.mirrors);
	const [resource, operation] = tableName(own ?? endpoint);
	const found = find(resource, operation);
	if (found === undefined) throw new Error(`No entry ${resource}: ${operation}`);
	return found;
}

/** Fanvue's own settings of an operation. */
const traitsOf = ({
	v1 = false,
	creator,
	creatorV1 = false,
	creatorPath,
	onlyV1 = [],
}: FanvueOperation) => ({
	v1,
	creator,
	creatorV1,
	creatorPath,
	onlyV1: [...onlyV1],
});

/** Returns the fields that are API parameters, with their collection. */
function fieldsOf(operation: Operation): Array<{ field: Field; isTop: boolean }> {
	return [
		...topFields(operation).map((field) => ({ field, isTop: true })),
		...optionalFields(operation).fields.map((field) => ({ field, isTop: false })),
	].filter(({ field }) => field.notSent !== true);
}

/** Returns the wire type that a parameter of the contract requires. */
function wiresOf({ type, list, enum: values }: Parameter): string[] {
	if (list === 'comma') return ['commaList'];
	if (list !== undefined && type !== 'object') return ['stringList'];
	if (values?.every((value) => ['true', 'false'].includes(String(value))) === true) {
		return ['boolean'];
	}
	const wires: Record<Parameter['type'], string[]> = {
		uuid: ['id'],
		string: ['text', 'id'],
		datetime: ['dateTime'],
		int32: ['integer'],
		int64: ['int64'],
		boolean: ['boolean'],
		object: ['json'],
		file: ['binary'],
	};
	return wires[type];
}

function choicesOf({ input: look }: Field): string[] {
	if (look.type === 'options' || look.type === 'multiOptions') {
		return look.choices.map(({ value }) => String(value)).sort();
	}
	return [];
}

function pagingNames(operation: Operation, endpoint: Endpoint): string[] {
	return operation.paging === undefined || endpoint.paging === undefined
		? []
		: [...PAGING, ...(operation.paging === 'limited' ? ['limit'] : [])];
}

const isInTables = (endpoint: Endpoint): boolean => find(...tableName(endpoint)) !== undefined;
const documented = endpoints.filter(({ mirrors }) => mirrors === undefined);
const own = documented.filter(isInTables);
const twins = endpoints.filter(({ mirrors }) => own.some(({ id }) => id === mirrors));

test('every operation of the contract has an entry in the tables', () => {
	const missing = documented
		.filter((endpoint) => !isInTables(endpoint))
		.map(
			({ id, method, path, resource, operation }) =>
				`${id} has no entry: add "${operation}" with the endpoint ${method} ${path.slice(1)} to "${resource}" in nodes/Fanvue/resources`,
		);
	expect(missing).toEqual([]);
});

test('every operation for managed creators has its scopes in the tables', () => {
	const missing = twins
		.filter((endpoint) => traitsOf(entryOf(endpoint)).creator === undefined)
		.map(
			({ id, mirrors, scopes = [] }) =>
				`${id} is not offered: add creator: [${scopes.join(', ')}] to the entry of ${mirrors} in nodes/Fanvue/resources`,
		);
	expect(missing).toEqual([]);
});

describe.each(own.map((endpoint) => [endpoint.id, endpoint] as const))('%s', (_id, endpoint) => {
	const operation = entryOf(endpoint);
	const paging = pagingNames(operation, endpoint);
	const parameters = endpoint.parameters.filter(({ name }) => !paging.includes(name));

	test('the operation has the route and scopes of the contract', () => {
		expect(operation.endpoint.replace(/:(\w+)/g, '{$1}')).toBe(
			`${endpoint.method} ${endpoint.path}`,
		);
		expect(operation.scopes).toEqual(endpoint.scopes);
		expect(traitsOf(operation).v1).toBe(endpoint.v1 === 'seen');
	});

	test('the operation has the parameters of the contract with their places and types', () => {
		const told = fieldsOf(operation)
			.filter(({ field }) => !traitsOf(operation).onlyV1.includes(field.key))
			.map(({ field, isTop }) => ({
				name: field.key,
				in: field.in ?? defaultPlace(operation, field),
				required: isTop && field.required !== false,
				wire: field.wireFormat,
			}));
		const expected = parameters.map((parameter) => {
			const field = told.find(({ name }) => name === parameter.name);
			const wires = wiresOf(parameter);
			return {
				name: parameter.name,
				in: parameter.in,
				required:
					parameter.required && MEANT[`${endpoint.id} ${parameter.name} required`] === undefined,
				wire: wires.find((wire) => wire === field?.wire) ?? wires[0],
			};
		});
		const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
		expect(told.sort(byName)).toEqual(expected.sort(byName));
	});

	test('each parameter is named as in the API', () => {
		for (const { field } of fieldsOf(operation)) {
			expect(parameterName(field)).toBe(camelCase(field.key));
		}
	});

	test('minimums and maximums are those of the contract', () => {
		for (const parameter of parameters) {
			const field = fieldsOf(operation).find(({ field: { key } }) => key === parameter.name)?.field;
			if (field === undefined) continue;
			const { min, max } =
				field.input.type === 'number' ? field.input : { min: undefined, max: undefined };
			const what = `${endpoint.id} ${parameter.name}`;
			if (parameter.in !== 'path') expect([what, max]).toEqual([what, parameter.max]);
			if (parameter.min !== undefined && MEANT[`${what} min`] === undefined) {
				expect([what, min]).toEqual([what, parameter.min]);
			}
			expect([what, field.length?.max]).toEqual([
				what,
				parameter.in === 'path' ? undefined : parameter.maxLength,
			]);
			if (parameter.minLength !== undefined && parameter.in !== 'path') {
				expect([what, field.length?.min]).toEqual([what, parameter.minLength]);
			}
			if (parameter.maxItems !== undefined && MEANT[`${what} items`] === undefined) {
				expect([what, field.items?.max]).toEqual([what, parameter.maxItems]);
			}
			if (parameter.nullable === true && endpoint.method !== 'POST') {
				expect([what, field.nullable]).toEqual([what, true]);
			}
			if (parameter.enum !== undefined && choicesOf(field).length > 0) {
				const known = new Set(choicesOf(field));
				const missing = parameter.enum.map(String).filter((value) => !known.has(value));
				expect([what, missing]).toEqual([what, []]);
			}
		}
	});

	test('the operation has exactly the additional parameters of /v1', () => {
		const variant = endpoint.variants?.find(({ name }) => name === 'v1');
		const added = (variant?.parameters ?? [])
			.map(({ name }) => name)
			.filter((name) => !endpoint.parameters.some((parameter) => parameter.name === name))
			.filter((name) => !['cursor', 'limit'].includes(name));
		expect(traitsOf(operation).onlyV1.sort()).toEqual(added.sort());
	});
});

describe.each(twins.map((endpoint) => [endpoint.id, endpoint] as const))('%s', (_id, endpoint) => {
	const operation = entryOf(endpoint);

	test('the creator route is the same operation with Act As and its own scopes', () => {
		const { creator = [], creatorPath, creatorV1 } = traitsOf(operation);
		expect(creatorV1).toBe(endpoint.v1 !== undefined);
		expect([...creator].sort()).toEqual([...(endpoint.scopes ?? [])].sort());
		const [, prefix = '', rest = ''] = /^\S+ \/(v1\/)?(.*)$/.exec(operation.endpoint) ?? [];
		const path = (creatorPath ?? rest).replace(/:(\w+)/g, '{$1}');
		expect(`/${prefix}creators/{creatorUserUuid}/${path}`).toBe(endpoint.path);
		expect(operation.endpoint.split(' ')[0]).toBe(endpoint.method);
	});

	test('only the parameters of the creator route are shown', () => {
		const paging = pagingNames(operation, endpoint);
		const { onlyV1 } = traitsOf(operation);
		const shown = fieldsOf(operation)
			.filter(({ field }) => {
				const hide = field.hide?.['/actAs'] ?? field.hide?.actAs;
				return hide?.includes('creator') !== true;
			})
			.map(({ field }) => field.key)
			.filter((key) => !onlyV1.includes(key));
		const known = endpoint.parameters
			.map(({ name }) => name)
			.filter((name) => name !== 'creatorUserUuid' && !paging.includes(name));
		expect(shown.sort()).toEqual(known.sort());
	});
});

test('Act As is offered only if the API has a creator route', () => {
	const mirrored = new Set(twins.map(({ mirrors }) => mirrors));
	const withActAs = own
		.filter((endpoint) => (fanvue.leadingFields?.(entryOf(endpoint)) ?? []).length > 0)
		.map(({ id }) => id);
	// The account of a creator has a separate path and a separate resource.
	expect(withActAs.filter((id) => !mirrored.has(id))).toEqual(['getAccount']);
	expect([...mirrored].filter((id) => id === undefined || !withActAs.includes(id))).toEqual([]);
});

test('every operation is in the contract or combines several', () => {
	const known = new Set(own.map((endpoint) => tableName(endpoint).join(': ')));
	const extra = fanvue.resources.flatMap((resource) =>
		resource.operations
			.filter((operation) => !known.has(`${optionValue(resource)}: ${optionValue(operation)}`))
			.map((operation) => `${optionValue(resource)}: ${optionValue(operation)}`),
	);
	expect(extra.sort()).toEqual([
		'apiRequest: send',
		'automationContext: get',
		'media: download',
		'media: upload',
		'media: uploadFromUrl',
		'message: downloadMedia',
		'message: sendToSeveral',
	]);
});

test('API Routes is offered only for operations that exist in both families', () => {
	const options = describeService(fanvue).find(({ name }) => name === 'options')?.options ?? [];
	const forCreators: string[] = [];
	const offered = options.flatMap((option) => {
		if (option.name !== 'apiRoutes' || !('displayOptions' in option)) return [];
		const show = option.displayOptions?.show ?? {};
		const names = (show['/operation'] ?? []).map(
			(operation) => `${String(show['/resource']?.[0])}: ${String(operation)}`,
		);
		if (option.displayOptions?.hide === undefined) forCreators.push(...names);
		return names;
	});
	const known = own
		.filter(({ v1 }) => v1 === 'seen')
		.map((endpoint) => tableName(endpoint).join(': '));
	const joined = [
		'automationContext: get',
		'media: download',
		'media: upload',
		'media: uploadFromUrl',
		'message: downloadMedia',
		'message: sendToSeveral',
	];
	expect(forCreators.sort()).toEqual([
		'insight: getEarningsSummary',
		'media: upload',
		'media: uploadFromUrl',
		'mediaUpload: complete',
		'mediaUpload: createSession',
		'post: create',
	]);
	expect(offered.sort()).toEqual([...known, ...joined].sort());
});

test('optional parameters are in the collection in which n8n users expect them', () => {
	const collections = Object.fromEntries(
		own.map((endpoint) => [endpoint.id, optionalFields(entryOf(endpoint)).collection]),
	);
	expect(collections).toMatchObject({
		listChats: 'filters',
		sendMessage: 'additionalFields',
		createPost: 'additionalFields',
		updatePost: 'updateFields',
		updateTeamMember: 'updateFields',
		getUserMediaByUuid: 'additionalFields',
	});
});
