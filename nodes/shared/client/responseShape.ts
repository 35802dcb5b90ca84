import type { Endpoint } from '../endpoint';
import type { Json, JsonObject } from '../json';
import { isJsonObject, isNestedTooDeeply, wellFormed } from '../json';

/**
 * A type of JSON. `number`, `true` and `false` include their texts, since services write them either way; `address` is
 * the text of a web address, and `none` a response without a body.
 */
export type ShapeType =
	'none' | 'object' | 'list' | 'text' | 'address' | 'number' | 'true' | 'false' | 'null';

/**
 * What distinguishes the result of a call from other responses with a successful status, such as the
 * notice of a proxy. It is derived from the contract and deliberately loose: a service may add, omit or
 * retype single members.
 */
export interface ResponseShape {
	/** What the call returns, in words: `a post`, `a list of posts`. */
	name: string;
	/** The types that the data can have; an object by default. */
	types?: readonly ShapeType[];
	/** The member that identifies an object; it is never empty. */
	id?: string;
	/** An object has at least one of these members. */
	members?: readonly string[];
	/** The types of the rows of a list. */
	rows?: readonly ShapeType[];
	/** The list is in the first of these members that an object has. */
	listAt?: readonly string[];
	/** Members of an object that are lists, with the types of their rows; none if these are not known. */
	lists?: Readonly<Record<string, readonly ShapeType[]>>;
	/** The types of the members of an object whose names are not known. */
	values?: readonly ShapeType[];
}

/** The shapes by method and path, as `shapeKey` writes them. */
export type ResponseShapes = Readonly<Record<string, ResponseShape>>;

/** Members of an object that reports a problem instead of a result. */
export const NOTICE_MEMBERS: ReadonlySet<string> = new Set([
	'code',
	'detail',
	'details',
	'error',
	'error_description',
	'errorCode',
	'errors',
	'instance',
	'message',
	'msg',
	'path',
	'reason',
	'request',
	'requestId',
	'retryAfter',
	'status',
	'statusCode',
	'timestamp',
	'title',
	'type',
]);

/** Members whose value `false` means that nothing was done. */
const OUTCOME_MEMBERS: ReadonlySet<string> = new Set(['ok', 'success']);

/** Longest notice that becomes part of a message: longer than what is shown, so that no secret is cut in half. */
const MAX_NOTICE_LENGTH = 1_000;

const OBJECT: readonly ShapeType[] = ['object'];

/**
 * Returns the key of an endpoint in `ResponseShapes`: `GET /v1/chats/:userUuid` becomes `GET chats/*`, since
 * both routes of a call are one call.
 */
export function shapeKey(endpoint: string): string {
	return endpoint.replace(/^([A-Z]+) \/?(v1\/)?/, '$1 ').replace(/:\w+|\{\w+\}/g, '*');
}

/** Returns the shape of a call; `undefined` if it is not known. */
export function shapeOf(
	shapes: ResponseShapes | undefined,
	endpoint: Endpoint,
): ResponseShape | undefined {
	return shapes?.[shapeKey(endpoint)];
}

/** Returns in words what data are that cannot have the shape; `undefined` if they can. */
export function findMismatch(data: Json | undefined, shape: ResponseShape): string | undefined {
	const { types = OBJECT } = shape;
	if (!types.includes(typeOf(data))) return describeData(data);
	if (Array.isArray(data)) return mismatchOfRows(data, shape.rows);
	return isJsonObject(data) ? mismatchOfObject(data, shape) : undefined;
}

function mismatchOfObject(data: JsonObject, shape: ResponseShape): string | undefined {
	const { types = OBJECT, id, members, rows, listAt, lists = {}, values } = shape;
	if (listAt !== undefined) {
		const list = listIn(data, listAt);
		if (list === null && types.includes('null')) return undefined;
		return Array.isArray(list) ? mismatchOfRows(list, rows) : describeData(data, listAt[0]);
	}
	if (id !== undefined && isMissing(data[id])) return describeData(data, id);
	if (members?.every((name) => data[name] === undefined)) return describeData(data, members[0]);
	const isKnown = id !== undefined || members?.some((name) => !NOTICE_MEMBERS.has(name));
	if (isKnown !== true && isNotice(data, members)) return describeData(data);
	if (values !== undefined) {
		const entries = Object.values(data);
		// Single entries may report an error of their own.
		const isOther = entries.length > 0 && !entries.some((entry) => values.includes(typeOf(entry)));
		return isOther ? describeData(data) : undefined;
	}
	for (const [name, rowTypes] of Object.entries(lists)) {
		const list = data[name];
		if (list === undefined || list === null) continue;
		const found = Array.isArray(list) ? mismatchOfRows(list, rowTypes) : describeData(list);
		if (found !== undefined) return `${found} as ${name}`;
	}
	return undefined;
}

/** Returns the list in an object, or the first of its members that can hold one. */
function listIn(data: JsonObject, listAt: readonly string[]): Json | undefined {
	const found = listAt.map((name) => data[name]).filter((value) => value !== undefined);
	return found.find((value) => Array.isArray(value)) ?? found[0];
}

/** Returns the rows of a list that a service sends either as such or in a member; `undefined` for other responses. */
export function rowsInMember(
	data: Json | undefined,
	shape: ResponseShape | undefined,
): Json[] | undefined {
	if (!isJsonObject(data) || shape?.listAt === undefined) return undefined;
	if (shape.types?.includes('list') !== true) return undefined;
	const list = listIn(data, shape.listAt);
	return list === null ? [] : Array.isArray(list) ? list : undefined;
}

/** A list may have single rows of another type, but not only such. */
function mismatchOfRows(rows: Json[], types: readonly ShapeType[] | undefined): string | undefined {
	if (types === undefined || types.length === 0 || rows.length === 0) return undefined;
	const isRow = (row: Json) => types.includes(typeOf(row)) && !(isJsonObject(row) && isNotice(row));
	return rows.some(isRow) ? undefined : `a list of ${LIST_NAMES[typeOf(rows[0])]}`;
}

/** An ID is text or a number. */
const isMissing = (value: Json | undefined) =>
	value === '' || (typeof value !== 'string' && typeof value !== 'number');

/**
 * @param expected members of the result, which can have the names of members of a notice
 */
function isNotice(data: JsonObject, expected: readonly string[] = []): boolean {
	const others = Object.entries(data).filter(
		([name, value]) => !expected.includes(name) && value !== null,
	);
	return (
		others.every((member) => NOTICE_MEMBERS.has(member[0]) || isFailure(member)) &&
		(others.some(isFailure) || noticeOf(Object.fromEntries(others)) !== '')
	);
}

/** Returns whether a member states that nothing was done. */
function isFailure([name, value]: [string, Json | undefined]): boolean {
	if (OUTCOME_MEMBERS.has(name)) return value === false;
	if (name !== 'error' && name !== 'errors') return false;
	return value === true || (typeof value === 'object' && Object.keys(value ?? {}).length > 0);
}

/** Returns the text of an object that reports a problem. */
function noticeOf(data: JsonObject): string {
	const { error, errors, message, msg, detail, reason } = data;
	const first = Array.isArray(errors) ? errors[0] : errors;
	for (const value of [message, msg, error, first, detail, reason]) {
		if (typeof value === 'string' && value.trim() !== '') return value.trim();
		if (isJsonObject(value) && typeof value.message === 'string') return value.message;
	}
	return '';
}

function shorten(notice: string): string {
	if (notice.length <= MAX_NOTICE_LENGTH) return notice;
	return `${wellFormed(notice.slice(0, MAX_NOTICE_LENGTH))}…`;
}

/**
 * Returns in words what data are, as part of a sentence.
 *
 * @param missing the member whose absence shows that an object is another one
 */
export function describeData(data: Json | undefined, missing?: string): string {
	if (Array.isArray(data)) {
		return data.length === 0 ? 'an empty list' : `a list of ${LIST_NAMES[typeOf(data[0])]}`;
	}
	if (!isJsonObject(data)) return NAMES[typeOf(data)];
	const notice = noticeOf(data);
	if (notice !== '') return `the message "${shorten(notice)}"`;
	if (Object.keys(data).length === 0) return 'an empty object';
	if (missing === undefined) return NAMES.object;
	const value = data[missing];
	return value === undefined || value === null || value === ''
		? `an object without "${missing}"`
		: `an object whose "${missing}" is ${NAMES[typeOf(value)]}`;
}

/** Returns in words what a text is that is not JSON. */
export function describeText(text: string): string {
	if (text.trim() === '') return NAMES.none;
	if (isNestedTooDeeply(text)) return 'JSON that is nested too deeply';
	return /^\s*</.test(text.slice(0, 100)) ? 'a web page' : 'text that is not JSON';
}

const NAMES: Readonly<Record<ShapeType, string>> = {
	none: 'an empty response',
	object: 'another object',
	list: 'a list',
	text: 'a text',
	address: 'an address',
	number: 'a number',
	true: 'true',
	false: 'false',
	null: 'null',
};

const LIST_NAMES: Readonly<Record<ShapeType, string>> = {
	...NAMES,
	object: 'other objects',
	list: 'lists',
	text: 'texts',
	address: 'addresses',
	number: 'numbers',
};

function typeOf(value: Json | undefined): ShapeType {
	if (value === undefined) return 'none';
	if (value === null) return 'null';
	if (typeof value === 'boolean') return value ? 'true' : 'false';
	if (typeof value === 'number') return 'number';
	if (Array.isArray(value)) return 'list';
	if (typeof value === 'object') return 'object';
	if (value === 'true' || value === 'false') return value;
	if (/^https?:\/\//.test(value)) return 'address';
	return /^-?\d+(?:\.\d+)?$/.test(value) ? 'number' : 'text';
}
