import { allFields, topFields } from '../../../nodes/shared/definition/naming';
import { fanbook } from '../../../nodes/Fanbook/service';
import { camelCase, parameterName, defaultPlace } from '../../../nodes/shared/definition/naming';
import type { Field, Operation } from '../../../nodes/shared/definition/operation';
import { loadContract } from '../../../sandbox/core/contract';
import type { Endpoint, Parameter } from '../../../sandbox/core/contract';

/** Parameters that Return All and Limit cover, by paging kind. */
const PAGED: Record<string, string[]> = {
	history: ['size'],
	thread: ['message_id'],
	roleMembers: ['size', 'last_id'],
	roles: ['last_id'],
	members: ['ranges'],
	membersAfter: ['after', 'limit'],
	invites: ['size', 'list_id'],
	posts: ['size', 'list_id'],
	reactions: ['size', 'list_id'],
	comments: ['size', 'list_id'],
	circleMembers: ['size', 'list_id'],
	benefits: ['size', 'last_id'],
	updates: ['limit'],
};

/** Parameters that are not offered, with the reason. */
const LEFT_OUT: Record<string, string> = {
	'update.longPoll offset': 'counts from the tail and drops what is before it: not to be sent',
	'message.editText inline_message_id': 'a leftover of Telegram',
	'message.editKeyboard inline_message_id': 'a leftover of Telegram',
	'member.kick until_date': 'reserved, does nothing',
};

/** Parameters whose name in the editor is not derived from the API's, with the reason. */
const RENAMED: Record<string, [name: string, reason: string]> = {
	'member.changeRoles operation': ['roleOperation', 'n8n has a parameter of that name'],
};

/** Parameters that are sent in addition to the contract, with the reason. */
const ADDED: Record<string, string> = {
	'bot.setServerNickname guild_id': 'the page spells it guild_Id, a working client guild_id',
};

const contract = loadContract('fanbook');

const operations = new Map<string, Operation>(
	fanbook.resources.flatMap((resource) =>
		resource.operations.map((operation) => [`${resource.name}: ${operation.name}`, operation]),
	),
);

const nameOf = ({ resource, operation }: Endpoint): string => `${resource}: ${operation}`;
const offered = contract.endpoints.filter((endpoint) => operations.has(nameOf(endpoint)));

function operationOf(endpoint: { resource: string; operation: string }): Operation {
	const operation = operations.get(`${endpoint.resource}: ${endpoint.operation}`);
	if (operation === undefined) throw new Error(`No ${endpoint.resource}: ${endpoint.operation}`);
	return operation;
}

/** Fields by the API's name; one parameter can have several fields. */
function fieldsOf(operation: Operation): Map<string, Field[]> {
	const fields = new Map<string, Field[]>();
	for (const field of allFields(operation)) {
		if (field.notSent === true) continue;
		const key = field.key.split('.')[0] ?? '';
		fields.set(key, [...(fields.get(key) ?? []), field]);
	}
	return fields;
}

const TYPES: Record<Field['wireFormat'], string> = {
	text: 'string',
	id: 'string',
	int64: 'int64',
	stringList: 'string list',
	int64List: 'int64 list',
	commaList: 'string',
	integer: 'int32',
	boolean: 'boolean',
	json: 'object',
	dateTime: 'string',
	binary: 'file',
};

function typeOf(parameter: Parameter): string {
	// A list of objects is entered as JSON, like an object.
	const isList = parameter.list !== undefined && parameter.type !== 'object';
	return isList ? `${parameter.type} list` : parameter.type;
}

test('every operation of the contract has an entry in the tables', () => {
	const missing = contract.endpoints
		.filter((endpoint) => !operations.has(nameOf(endpoint)))
		.map(
			({ id, method, path, resource, operation }) =>
				`${id} has no entry: add "${operation}" with the endpoint ${method} ${path.slice(1)} to "${resource}" in nodes/Fanbook/resources`,
		);
	expect(missing).toEqual([]);
});

test('every other operation combines several requests', () => {
	const known = contract.endpoints.map(nameOf);
	expect([...operations.keys()].filter((name) => !known.includes(name)).sort()).toEqual([
		'API Request: Send',
		'Message: Send and Wait for Response',
	]);
});

describe.each(offered)('$id', (endpoint) => {
	const operation = operationOf(endpoint);
	const fields = fieldsOf(operation);
	const expected = endpoint.parameters.filter(
		({ name }) =>
			!(PAGED[operation.paging ?? ''] ?? []).includes(name) ||
			// A cursor that can also be chosen as the start.
			fields.has(name),
	);

	test('the operation has the method and path of the contract', () => {
		expect(operation.endpoint).toBe(`${endpoint.method} ${endpoint.path.slice(1)}`);
		expect(operation.encoding ?? 'json').toBe(
			endpoint.contentTypes.length === 1 ? endpoint.contentTypes[0] : 'json',
		);
	});

	test('the operation has exactly the parameters of the contract', () => {
		const wanted = expected
			.map(({ name }) => name)
			.filter((name) => LEFT_OUT[`${endpoint.id} ${name}`] === undefined);
		const added = Object.keys(ADDED)
			.filter((key) => key.startsWith(`${endpoint.id} `))
			.map((key) => key.slice(endpoint.id.length + 1));
		expect([...fields.keys()].sort()).toEqual([...wanted, ...added].sort());
	});

	test('names, places, types and required parameters are those of the contract', () => {
		const differences: string[] = [];
		for (const parameter of expected) {
			const { name } = parameter;
			const candidates = fields.get(name) ?? [];
			if (candidates.length === 0) continue;
			const [expectedName] = RENAMED[`${endpoint.id} ${name}`] ?? [camelCase(name)];
			if (!candidates.some((field) => parameterName(field) === expectedName)) {
				differences.push(`${name}: no parameter ${expectedName}`);
			}
			for (const field of candidates) {
				const place = field.in ?? defaultPlace(operation, field);
				if (place !== parameter.in) differences.push(`${name}: in ${place}`);
				if (TYPES[field.wireFormat] !== typeOf(parameter))
					differences.push(`${name}: ${field.wireFormat}`);
			}
			const onTop = candidates.filter((field) =>
				topFields(operation).some(({ key }) => key === field.key),
			);
			const always = candidates.some(
				(field) =>
					field.resolveDefault !== undefined || (onTop.includes(field) && field.required !== false),
			);
			if (parameter.required && !always) differences.push(`${name}: may be missing`);
			const mustBeFilled = onTop.some(
				(field) => field.required !== false && field.show === undefined,
			);
			if (!parameter.required && mustBeFilled) differences.push(`${name}: must be filled`);
		}
		expect(differences).toEqual([]);
	});

	test('one of several parameters is required where the contract requires it', () => {
		const groups = (endpoint.oneOf ?? []).map((group) => [...group].sort());
		expect((operation.oneOf ?? []).map((group) => [...group].sort())).toEqual(groups);
	});

	test('minimums and maximums are those of the contract', () => {
		for (const { name, minBytes, maxBytes, min, max } of expected) {
			for (const field of fields.get(name) ?? []) {
				if (minBytes !== undefined || maxBytes !== undefined) {
					expect(field.length).toEqual({ min: minBytes, max: maxBytes, unit: 'bytes' });
				}
				if (field.input.type !== 'number' || max === undefined) continue;
				expect([field.input.min, field.input.max]).toEqual([min, max]);
			}
		}
	});
});
