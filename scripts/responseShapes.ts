/*
 * Derives from the contract what the nodes accept as the response of each call. Everything that the
 * contract leaves open is accepted; see `ResponseShape`.
 */
import {
	NOTICE_MEMBERS,
	shapeKey,
	type ResponseShape,
	type ShapeType,
} from '../nodes/shared/client/responseShape';
import {
	componentName,
	listOperations,
	resolveSchema,
	responseOf,
	successOf,
	type OpenApiDocument,
	type OpenApiOperation,
	type Schema,
	type ServiceName,
} from '../sandbox/core/openApi';

/** Enough to recognize an object without repeating the contract. */
const MAX_MEMBERS = 4;

const TEXT: readonly ShapeType[] = ['text', 'address', 'number'];
const TYPES: Readonly<Record<string, readonly ShapeType[]>> = {
	object: ['object'],
	array: ['list'],
	string: TEXT,
	number: ['number'],
	integer: ['number'],
	boolean: ['true', 'false'],
	null: ['null'],
};

/** Some services send a body where none is described. */
const NOTHING: readonly ShapeType[] = ['none', 'null', 'object'];
/** A result that the contract does not describe; false means that nothing was done. */
const ANYTHING: readonly ShapeType[] = ['none', 'object', 'list', ...TEXT, 'true', 'null'];

/** What Fanbook sends for a call that was carried out. */
const CONFIRMATION: readonly ShapeType[] = ['true', 'object', 'null'];

/**
 * Members under which a service puts a list although the contract describes the list itself, or the other
 * way around; the nodes read both.
 */
const LIST_MEMBERS: Readonly<Record<ServiceName, readonly string[]>> = {
	fanvue: ['data'],
	fanfou: [],
	fanbook: ['records', 'list', 'items', 'data'],
};

/** The nouns of the panels for schemas that the contract names otherwise. */
const NOUNS: Readonly<Record<string, string>> = {
	ChatMember: 'member',
	CirclePostCommentRecord: 'comment',
	CircleInfo: 'circle',
	CurrentUser: 'user',
	FanUser: 'fan',
	Guild: 'server',
	GuildCreditRecord: 'badge',
	GuildEmoji: 'emoji',
	GuildInviteCodeRecord: 'invite',
	GuildRole: 'role',
	HistoryMessage: 'message',
	TrackingLinkUser: 'user',
};

/** A schema with its alternatives merged. */
interface Merged {
	types: Set<ShapeType>;
	properties: Record<string, Schema>;
	/** Members that each alternative has. */
	required: string[];
	items?: Schema | undefined;
	values?: Schema | undefined;
	isInferred: boolean;
}

/** Merges the alternatives of a schema; `undefined` for a schema that allows anything. */
function merge(openApi: OpenApiDocument, schema: Schema): Merged | undefined {
	const resolved = resolveSchema(openApi, schema);
	const { properties = {}, required = [], additionalProperties, anyOf = [], allOf = [] } = resolved;
	const types = [resolved.type ?? (Object.keys(properties).length > 0 ? 'object' : [])].flat();
	const merged: Merged = {
		types: new Set(types.flatMap((type) => TYPES[type] ?? [])),
		properties,
		required,
		items: resolved.items,
		values: typeof additionalProperties === 'object' ? additionalProperties : undefined,
		isInferred: resolved['x-certainty'] === 'inferred',
	};
	if (resolved.const === true) merged.types.add('true');
	const alternatives = anyOf.map((part) => merge(openApi, part));
	if (alternatives.includes(undefined)) return undefined;
	const objects = alternatives.filter((alternative) => alternative?.types.has('object'));
	const inAll = (name: string) => objects.every((object) => object?.required.includes(name));
	for (const part of [...allOf.map((one) => merge(openApi, one)), ...alternatives]) {
		for (const type of part?.types ?? []) merged.types.add(type);
		merged.properties = { ...merged.properties, ...part?.properties };
		const isAlternative = alternatives.includes(part);
		const always = (part?.required ?? []).filter((name) => !isAlternative || inAll(name));
		merged.required = [...new Set([...merged.required, ...always])];
		merged.items ??= part?.items;
		merged.values ??= part?.values;
		merged.isInferred ||= part?.isInferred === true;
	}
	return merged.types.size === 0 ? undefined : merged;
}

function nounOf(name: string): string {
	if (NOUNS[name] !== undefined) return NOUNS[name];
	return name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}

/** Names that stand for several things, or for what cannot be counted. */
const UNCOUNTABLE = /(?:insights|counts|urls|trends|media|earnings|spending)$/;

function withArticle(noun: string): string {
	if (UNCOUNTABLE.test(noun)) return noun;
	return `${/^(?:[aeio]|up)/.test(noun) ? 'an' : 'a'} ${noun}`;
}

function plural(noun: string): string {
	if (UNCOUNTABLE.test(noun)) return noun;
	if (/(?:s|ch)$/.test(noun)) return `${noun}es`;
	return /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}

/** Names the result of an operation whose schema has no name of its own. */
function resultOf({ tags, 'x-operation': name }: OpenApiOperation): string {
	return `the result of "${tags[0] ?? ''}: ${name}"`;
}

/** What is known of the shapes of one operation. */
interface Source {
	service: ServiceName;
	openApi: OpenApiDocument;
	operation: OpenApiOperation;
}

function rowTypes({ openApi, service }: Source, items: Schema): ShapeType[] | undefined {
	const types = merge(openApi, items)?.types;
	if (types === undefined) return undefined;
	// The rows of a list of Fanbook can be IDs or objects.
	return [...(service === 'fanbook' ? types.add('object') : types)];
}

function listShape(source: Source, items: Schema, names: readonly string[]): ResponseShape {
	const noun = items.$ref === undefined ? undefined : nounOf(componentName(items.$ref));
	const listAt = [...new Set([...names, ...LIST_MEMBERS[source.service]])];
	return {
		name: noun === undefined ? resultOf(source.operation) : `a list of ${plural(noun)}`,
		types: listAt.length === 0 ? ['list'] : ['list', 'object'],
		rows: rowTypes(source, items),
		...(listAt.length === 0 ? {} : { listAt }),
	};
}

/** Returns the reference of a schema, or of the only one of its alternatives that is named. */
function namedObject(schema: Schema): string | undefined {
	if (schema.$ref !== undefined) return schema.$ref;
	const named = (schema.anyOf ?? [])
		.flatMap(({ $ref }) => $ref ?? [])
		.filter(($ref) => componentName($ref) !== 'Error');
	return named.length === 1 ? named[0] : undefined;
}

/** Returns the member that identifies an object: `id`, `uuid`, or `message_id` of a message. */
function idOf({ $ref }: Schema, { required, isInferred }: Merged): string | undefined {
	if (isInferred) return undefined;
	const ownId = $ref === undefined ? '' : `${componentName($ref).toLowerCase()}_id`;
	return (
		required.find((member) => ['id', 'uuid', ownId].includes(member)) ??
		required.find((member) => /^[a-z]+Uuid$/.test(member))
	);
}

function shapeOfSchema(source: Source, schema: Schema): ResponseShape | undefined {
	const { openApi, service } = source;
	const merged = merge(openApi, schema);
	if (merged === undefined) return undefined;
	const { types, required, properties, items, values } = merged;
	if (items !== undefined) return listShape(source, items, []);
	const $ref = namedObject(schema);
	const name =
		$ref === undefined ? resultOf(source.operation) : withArticle(nounOf(componentName($ref)));
	const shape: ResponseShape = { name, types: [...types] };
	if (values !== undefined) return { ...shape, values: rowTypes(source, values) };
	const id = idOf(schema, merged);
	if (id !== undefined) return { ...shape, id };
	// Without an ID, an object is a page or a result with lists.
	const lists = required.flatMap((member) => {
		const list = merge(openApi, properties[member] ?? {});
		return list?.items === undefined ? [] : [{ member, items: list.items }];
	});
	const hasObject = required.some(
		(member) => merge(openApi, properties[member] ?? {})?.types.has('object') === true,
	);
	const page =
		lists.find(({ member }) => LIST_MEMBERS[service].includes(member)) ??
		(lists.length === 1 && !hasObject ? lists[0] : undefined);
	if (page !== undefined) {
		const list = listShape(source, page.items, [page.member]);
		return LIST_MEMBERS[service].length > 0 ? list : { ...list, types: ['object'] };
	}
	const known = required.length > 0 ? required : Object.keys(properties);
	// A member such as `message` does not tell a result from the report of a problem.
	const distinctive = known.filter(
		(member) => !NOTICE_MEMBERS.has(member) || lists.some((list) => list.member === member),
	);
	const members = (distinctive.length > 0 ? distinctive : known).slice(0, MAX_MEMBERS);
	if (members.length > 0) shape.members = members;
	if (lists.length > 0) {
		shape.lists = Object.fromEntries(
			lists.map((list) => [list.member, rowTypes(source, list.items) ?? []]),
		);
	}
	return shape;
}

/** Fanbook puts the data below `result` or `data`, and sends null for an empty list. */
function shapeOfFanbook(source: Source, schema: Schema): ResponseShape | undefined {
	const { properties = {} } = resolveSchema(source.openApi, schema);
	const shape = shapeOfSchema(source, properties.result ?? properties.data ?? {});
	if (shape === undefined) return undefined;
	const { types = [] } = shape;
	if (shape.rows !== undefined) return { ...shape, types: [...types, 'null'] };
	// A boolean or a text states that the call was carried out.
	const isDone =
		types.every((type) => type !== 'object') && !types.every((type) => type === 'number');
	return isDone
		? {
				name: 'a confirmation',
				types: [...CONFIRMATION, ...types.filter((type) => TEXT.includes(type))],
			}
		: shape;
}

function shapeOfOperation(source: Source): ResponseShape | undefined {
	const { openApi, operation } = source;
	const { status } = successOf(openApi, operation);
	const response = responseOf(openApi, operation, status);
	const shape = describedShape(source);
	if (shape === undefined) return undefined;
	const others = (response?.['x-also-returns'] ?? []).map((schema) => merge(openApi, schema));
	const types = others.flatMap((other) => [...(other?.types ?? [])]);
	if (response?.['x-may-be-empty'] === true) types.push('none');
	if (types.length === 0) return shape;
	const members = others.flatMap((other) => other?.required ?? []);
	const rows = others.flatMap((other) => (other?.items && rowTypes(source, other.items)) ?? []);
	return {
		...(members.length === 0 ? {} : { members }),
		...(rows.length === 0 ? {} : { rows }),
		...shape,
		types: [...(shape.types ?? []), ...types],
	};
}

/** Returns the shape of the response that the contract describes in the first place. */
function describedShape(source: Source): ResponseShape | undefined {
	const { service, openApi, operation } = source;
	const { schema, textType } = successOf(openApi, operation);
	if (textType === 'text/plain') return { name: 'an address', types: ['address'] };
	if (textType !== undefined) return undefined;
	if (schema === undefined) return { name: 'an empty response', types: NOTHING };
	const shape = (service === 'fanbook' ? shapeOfFanbook : shapeOfSchema)(source, schema);
	return shape ?? { name: resultOf(operation), types: ANYTHING };
}

/** Returns the shape that fits the responses of both routes of one call. */
function union(a: ResponseShape, b: ResponseShape): ResponseShape {
	if (JSON.stringify(a) === JSON.stringify(b)) return a;
	const both = <T>(one: readonly T[] | undefined, other: readonly T[] | undefined) =>
		one && other && [...new Set([...one, ...other])];
	const membersOf = ({ id, members }: ResponseShape) => (id === undefined ? members : [id]);
	const shape: ResponseShape = { name: a.name, types: both(a.types, b.types) };
	if (a.id === b.id) shape.id = a.id;
	else shape.members = both(membersOf(a), membersOf(b));
	shape.rows = both(a.rows, b.rows);
	shape.listAt = both(a.listAt, b.listAt);
	shape.values = both(a.values, b.values);
	return shape;
}

/** Leaves out what is the default. */
function compact(shape: ResponseShape): ResponseShape {
	const { name, types = [], ...rest } = shape;
	const isObject = types.length === 1 && types[0] === 'object';
	return isObject ? { name, ...rest } : { name, types, ...rest };
}

/** Returns the shape of each call by its key; routes below `/v1` belong to the same call. */
export function responseShapes(
	service: ServiceName,
	openApi: OpenApiDocument,
): Record<string, ResponseShape> {
	const shapes = new Map<string, ResponseShape>();
	for (const { method, path, operation } of listOperations(openApi)) {
		if (operation['x-mirrors'] !== undefined) continue;
		const shape = shapeOfOperation({ service, openApi, operation });
		if (shape === undefined) continue;
		const key = shapeKey(`${method.toUpperCase()} ${path}`);
		const known = shapes.get(key);
		shapes.set(key, known === undefined ? shape : union(known, shape));
	}
	return Object.fromEntries([...shapes].map(([key, shape]) => [key, compact(shape)]));
}
