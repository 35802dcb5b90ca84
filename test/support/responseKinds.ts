import type { Endpoint } from '../../sandbox/core/contract';
import {
	loadOpenApi,
	resolveSchema,
	responseOf,
	successOf,
	type Schema,
	type ServiceName,
} from '../../sandbox/core/openApi';

/**
 * What an operation returns by the contract:
 * - `nothing`: a response without content
 * - `object`: an object with known members
 * - `anyObject`: an object of which no member is described
 * - `map`: an object whose keys are IDs
 * - `page`: an object that holds a list
 * - `list`, `idList`: a list of objects, or of IDs and texts
 * - `flag`, `number`, `address`: a bare value
 * - `confirmation`, `confirmationText`: a boolean or a text of Fanbook that states that the call was carried out
 * - `token`: the form text of a sign-in
 * - `open`: not described
 */
export type ResponseKind =
	| 'nothing'
	| 'object'
	| 'anyObject'
	| 'map'
	| 'page'
	| 'list'
	| 'idList'
	| 'flag'
	| 'number'
	| 'address'
	| 'confirmation'
	| 'confirmationText'
	| 'token'
	| 'open';

export interface DescribedResponse {
	kind: ResponseKind;
	/** Whether a list may also be in an object, or a page be the list itself. */
	isEitherForm: boolean;
	/** Whether the response may lack its body. */
	mayBeEmpty: boolean;
}

/** Returns what the contract describes as the result of an operation. */
export function describeResponse(service: ServiceName, { routed }: Endpoint): DescribedResponse {
	const openApi = loadOpenApi(service);
	const { status, schema, textType } = successOf(openApi, routed.operation);
	const described = {
		isEitherForm: service !== 'fanfou',
		mayBeEmpty: responseOf(openApi, routed.operation, status)?.['x-may-be-empty'] === true,
	};
	if (schema === undefined) {
		const kinds = { 'text/plain': 'address', undefined: 'nothing' } as const;
		const kind =
			textType === 'text/plain' || textType === undefined ? kinds[`${textType}`] : 'token';
		return { ...described, kind };
	}
	if (service !== 'fanbook') return { ...described, kind: kindOf(service, schema) };
	const { properties = {} } = resolveSchema(openApi, schema);
	const kind = kindOf(service, properties.result ?? properties.data ?? {});
	if (kind === 'flag') return { ...described, kind: 'confirmation' };
	return { ...described, kind: kind === 'address' ? 'confirmationText' : kind };
}

/** Returns the types of a schema, without those of its members. */
function typesOf(service: ServiceName, schema: Schema): Set<string> {
	const { type, properties, anyOf, allOf, ...rest } = resolveSchema(loadOpenApi(service), schema);
	if (type !== undefined) return new Set([type].flat());
	if (rest.const !== undefined) return new Set([typeof rest.const]);
	const parts = (anyOf ?? allOf ?? []).map((part) => typesOf(service, part));
	if (parts.some((types) => types.has('any'))) return new Set(['any']);
	if (parts.length > 0) return new Set(parts.flatMap((types) => [...types]));
	return new Set([properties === undefined ? 'any' : 'object']);
}

function kindOf(service: ServiceName, schema: Schema): ResponseKind {
	const types = typesOf(service, schema);
	if (types.has('any')) return 'open';
	if (types.has('object')) return kindOfObject(service, schema);
	if (types.has('array')) {
		const { items = {} } = resolveSchema(loadOpenApi(service), schema);
		const rows = typesOf(service, items);
		return rows.has('object') || rows.has('any') ? 'list' : 'idList';
	}
	if (types.has('integer') || types.has('number')) return 'number';
	return types.has('string') ? 'address' : 'flag';
}

function kindOfObject(service: ServiceName, schema: Schema): ResponseKind {
	const { properties, required, anyOf, allOf, additionalProperties } = resolveSchema(
		loadOpenApi(service),
		schema,
	);
	if (properties === undefined) {
		const [part] = anyOf ?? allOf ?? [];
		if (part !== undefined) return kindOf(service, part);
		return typeof additionalProperties === 'object' ? 'map' : 'anyObject';
	}
	const members = (required ?? []).map((name) => ({
		name,
		types: typesOf(service, properties[name] ?? {}),
	}));
	const lists = members.filter(({ types }) => types.has('array'));
	const isList =
		lists.some(({ name }) => name === 'data' || name === 'records') ||
		(lists.length === 1 && !members.some(({ types }) => types.has('object')));
	const hasId = members.some(({ name }) => /^(?:(?:uu)?id|[a-z]+Uuid)$/.test(name));
	return isList && !hasId ? 'page' : 'object';
}

/** A body that comes with status 200, and the kinds of results that it could be. */
export interface WrongBody {
	name: string;
	body: string;
	couldBe: readonly ResponseKind[];
}

/** Bodies that no operation with another kind of result may take for its result. */
export const WRONG_BODIES: readonly WrongBody[] = [
	{ name: 'no body', body: '', couldBe: ['nothing', 'open'] },
	{ name: 'blanks', body: ' \n\t ', couldBe: ['nothing', 'open'] },
	{ name: 'null', body: 'null', couldBe: ['nothing', 'open'] },
	{ name: 'true', body: 'true', couldBe: ['flag', 'open'] },
	{ name: 'false', body: 'false', couldBe: ['flag'] },
	{ name: 'a JSON text', body: '"ok"', couldBe: ['open'] },
	{ name: 'a number', body: '0', couldBe: ['number', 'open'] },
	{ name: 'an empty list', body: '[]', couldBe: ['list', 'idList', 'open'] },
	{ name: 'a list of lists', body: '[["a"],["b"],["c"],["d"]]', couldBe: ['open'] },
	{ name: 'a list of texts', body: '["a","b"]', couldBe: ['idList', 'open'] },
	{ name: 'a list of notices', body: '[{"message":"maintenance"}]', couldBe: ['open'] },
	{ name: 'an empty object', body: '{}', couldBe: ['nothing', 'map', 'anyObject', 'open'] },
	{ name: 'a message', body: '{"message":"Service is being maintained"}', couldBe: [] },
	{ name: 'an error', body: '{"error":"maintenance"}', couldBe: [] },
	{ name: 'a list of errors', body: '{"errors":[{"message":"later"}]}', couldBe: [] },
	{ name: 'another object', body: '{"foo":1}', couldBe: ['nothing', 'anyObject', 'open'] },
	{ name: 'a page of texts', body: '{"data":["a"]}', couldBe: ['nothing', 'anyObject', 'open'] },
	{
		name: 'a page without a list',
		body: '{"data":null}',
		couldBe: ['nothing', 'anyObject', 'open'],
	},
	{ name: 'a web page', body: '<html><title>Login</title></html>', couldBe: [] },
	{ name: 'a text', body: 'OK', couldBe: [] },
	{ name: 'JSON that breaks off', body: '{"data":[{"uuid":"a"', couldBe: [] },
	{ name: 'nothing but brackets', body: '['.repeat(20_000), couldBe: [] },
];

const CONFIRMATIONS = ['confirmation', 'confirmationText'] as const;

/** Results in the envelope of Fanbook, which sends null for an empty list. */
export const WRONG_RESULTS: readonly WrongBody[] = [
	{ name: 'null', body: 'null', couldBe: ['list', 'idList', 'page', ...CONFIRMATIONS, 'open'] },
	{ name: 'false', body: 'false', couldBe: [] },
	{ name: 'a text', body: '"ok"', couldBe: ['confirmationText', 'open'] },
	{ name: 'a number', body: '0', couldBe: ['number', 'confirmationText', 'open'] },
	{ name: 'an empty list', body: '[]', couldBe: ['list', 'idList', 'page', 'open'] },
	{ name: 'a list of lists', body: '[["a"],["b"]]', couldBe: ['open'] },
	{ name: 'a list of texts', body: '["a","b"]', couldBe: ['open'] },
	{ name: 'an empty object', body: '{}', couldBe: [...CONFIRMATIONS, 'open'] },
	{ name: 'a message', body: '{"message":"maintenance"}', couldBe: [] },
	{ name: 'another object', body: '{"foo":1}', couldBe: [...CONFIRMATIONS, 'open'] },
];

/** Bodies that are what an operation returns, or an error of its own, with the reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
	'Fanvue Chat: Create: a message': 'its result is a message',
	'Fanvue Message: Get Media: a list of errors': 'its result lists the media that were not found',
	'Fanbook Channel: Get Private Chat: an empty list': 'means that there is no private chat',
	'Fanfou Saved Search: Create: no body': 'means that there are ten searches already',
	'Fanfou Saved Search: Create: blanks': 'means that there are ten searches already',
};

/** Whether nothing can be expected of an operation with this body. */
export function isException(operation: string, { name }: WrongBody): boolean {
	return EXCEPTIONS[`${operation}: ${name}`] !== undefined;
}

/** Whether a body could be the result that the contract describes. */
export function couldBeResult(
	{ couldBe, body }: WrongBody,
	{ kind, isEitherForm, mayBeEmpty }: DescribedResponse,
): boolean {
	if (mayBeEmpty && body.trim() === '') return true;
	if (kind === 'page' && isEitherForm && body === '[]') return true;
	return couldBe.includes(kind);
}
