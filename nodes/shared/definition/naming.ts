import { parseEndpoint, pathParameterNames } from '../endpoint';
import type { CollectionName, Field, Operation, Place } from './operation';

/** `Set Roles` → `setRoles`, `chat_id` → `chatId`, `guild_Id` → `guildId`, `Get (Long Poll)` → `getLongPoll`. */
export function camelCase(words: string): string {
	const parts = words.split(/[^A-Za-z0-9]+/).filter((part) => part !== '');
	return parts
		.map((part, index) => {
			const word = /^[A-Z0-9]+s?$/.test(part) ? part.toLowerCase() : part;
			return index === 0
				? word.charAt(0).toLowerCase() + word.slice(1)
				: word.charAt(0).toUpperCase() + word.slice(1);
		})
		.join('');
}

/** Returns the value of a resource or operation; n8n's is `getAll` for `Get Many`. */
export function optionValue(named: { name: string; value?: string }): string {
	return named.value ?? (named.name === 'Get Many' ? 'getAll' : camelCase(named.name));
}

/** Returns the name of a field's parameter: by default the last part of the API's own name. */
export function parameterName(field: { key: string; name?: string }): string {
	return field.name ?? camelCase(field.key.slice(field.key.lastIndexOf('.') + 1));
}

const COLLECTION_NAMES: CollectionName[] = ['additionalFields', 'updateFields', 'filters'];

interface OptionalFields {
	collection: CollectionName;
	fields: Field[];
}

function statedOptionalFields(operation: Operation): OptionalFields {
	const collection = COLLECTION_NAMES.find((name) => operation[name] !== undefined);
	return collection === undefined
		? { collection: 'additionalFields', fields: [] }
		: { collection, fields: operation[collection] ?? [] };
}

/** Returns an operation's optional fields and the collection that holds them. */
export function optionalFields(operation: Operation): OptionalFields {
	const stated = statedOptionalFields(operation);
	return singleField(stated) === undefined ? stated : { ...stated, fields: [] };
}

/**
 * Returns the only optional field, which needs no collection. A field whose empty value clears
 * something keeps its collection, because on top nobody could leave it alone.
 */
function singleField({ fields }: OptionalFields): Field | undefined {
	const [field, ...others] = fields;
	if (others.length > 0 || field?.sendEmpty === true || field?.nullable === true) return undefined;
	return field;
}

/** Single optional fields as they are on top, so that a field is the same object each time. */
const singleFields = new WeakMap<Field, Field>();

/** Returns the fields on top; a single optional field is one of them. */
export function topFields(operation: Operation): Field[] {
	const single = singleField(statedOptionalFields(operation));
	if (single === undefined) return operation.fields ?? [];
	const onTop = singleFields.get(single) ?? unsetByDefault(single);
	singleFields.set(single, onTop);
	return [...(operation.fields ?? []), onTop];
}

/**
 * Returns an optional field for a place outside of a collection, where it always has a value: its
 * default means that nothing is sent.
 */
function unsetByDefault(field: Field): Field {
	const { input, toWire } = field;
	const optional: Field = {
		...field,
		required: false,
		...(field.show === undefined ? {} : { show: fromTop(field.show) }),
		...(field.hide === undefined ? {} : { hide: fromTop(field.hide) }),
	};
	switch (input.type) {
		case 'boolean':
		case 'number': {
			const unset = field.default ?? (input.type === 'boolean' ? false : 0);
			return {
				...optional,
				default: unset,
				toWire: (value, item) => {
					const isUnset =
						value === unset || (typeof value === 'string' && value.trim() === String(unset));
					return isUnset ? undefined : (toWire?.(value, item) ?? value);
				},
			};
		}
		case 'options':
			return { ...optional, default: '', input: { ...input, isOptional: true } };
		case 'json':
			return { ...optional, default: '' };
		default:
			return optional;
	}
}

/** In a collection, parameters on top are referenced with a slash; beside them without. */
export function fromTop<T>(condition: Record<string, T>): Record<string, T> {
	return Object.fromEntries(
		Object.entries(condition).map(([name, values]) => [name.replace(/^\//, ''), values]),
	);
}

/** Returns an operation's own fields, those on top first. */
export function allFields(operation: Operation): Field[] {
	return [...topFields(operation), ...optionalFields(operation).fields];
}

/** Returns where a field's value is sent if the field does not define it. */
export function defaultPlace(operation: Operation, field: Field): Place {
	const { method, path } = parseEndpoint(operation.endpoint);
	if (pathParameterNames(path).includes(field.key)) return 'path';
	return method === 'GET' ? 'query' : 'body';
}

/** Whether an operation changes something at the service. */
export function isWrite(operation: Operation): boolean {
	return operation.writes ?? !operation.endpoint.startsWith('GET ');
}
