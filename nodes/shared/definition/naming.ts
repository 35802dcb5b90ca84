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

/** Returns an operation's optional fields and the collection that holds them. */
export function optionalFields(operation: Operation): {
	collection: CollectionName;
	fields: Field[];
} {
	const collection = COLLECTION_NAMES.find((name) => operation[name] !== undefined);
	return collection === undefined
		? { collection: 'additionalFields', fields: [] }
		: { collection, fields: operation[collection] ?? [] };
}

/** Returns an operation's own fields, those on top first. */
export function allFields(operation: Operation): Field[] {
	return [...(operation.fields ?? []), ...optionalFields(operation).fields];
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
