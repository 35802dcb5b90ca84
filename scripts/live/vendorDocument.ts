import { listOperations, parametersOf, resolveSchema } from '../../sandbox/core/openApi';
import type { OpenApiDocument, Schema } from '../../sandbox/core/openApi';
import { isRecord } from './compare';

/** Differences between the service's own OpenAPI document and the contract, as sentences. */
export interface DocumentDifferences {
	newEndpoints: string[];
	missingEndpoints: string[];
	parameters: string[];
	values: string[];
	topics: string[];
}

interface Described {
	names: Set<string>;
	values: Map<string, Set<string>>;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** Compares the document of the service with the contract. */
export function compareDocuments(vendor: unknown, contract: OpenApiDocument): DocumentDifferences {
	if (!isRecord(vendor) || !isRecord(vendor.paths)) {
		throw new TypeError('The file is not an OpenAPI document: it has no paths');
	}
	const theirs = vendorEndpoints(vendor);
	const ours = contractEndpoints(contract);
	const result: DocumentDifferences = {
		newEndpoints: [...theirs.keys()].filter((key) => !ours.has(key)),
		missingEndpoints: [...ours.keys()].filter((key) => !theirs.has(key)),
		parameters: [],
		values: [],
		topics: [],
	};
	for (const [key, their] of theirs) {
		const own = ours.get(key);
		if (own === undefined) continue;
		result.parameters.push(...changes(key, their.names, own.names));
		for (const [name, values] of their.values) {
			const known = own.values.get(name);
			if (known === undefined) continue;
			const found = changes(`${key} ${name}`, values, known);
			const isTopic = /^(events?|topics?)$/i.test(name);
			result[isTopic ? 'topics' : 'values'].push(...found);
		}
	}
	const webhooks = isRecord(vendor.webhooks) ? Object.keys(vendor.webhooks) : [];
	const topics = new Set(
		[...ours.values()].flatMap(({ values }) => [...(values.get('events') ?? [])]),
	);
	result.topics.push(
		...webhooks.filter((topic) => !topics.has(topic)).map((topic) => `webhooks: new ${topic}`),
	);
	return result;
}

function changes(place: string, theirs: Set<string>, ours: Set<string>): string[] {
	return [
		...[...theirs].filter((name) => !ours.has(name)).map((name) => `${place}: new ${name}`),
		...[...ours].filter((name) => !theirs.has(name)).map((name) => `${place}: missing ${name}`),
	];
}

/** Names of path parameters differ without a meaning. */
function keyOf(method: string, path: string): string {
	return `${method.toUpperCase()} ${path.replace(/\{[^}]*\}/g, '{}').replace(/(?!^)\/$/, '')}`;
}

function contractEndpoints(contract: OpenApiDocument): Map<string, Described> {
	const endpoints = new Map<string, Described>();
	for (const { method, path, operation } of listOperations(contract)) {
		if (operation.servers?.[0]?.['x-host'] !== undefined) continue;
		const described: Described = { names: new Set(), values: new Map() };
		const resolve = (schema: Schema) => resolveSchema(contract, schema);
		for (const { name, in: place, schema } of parametersOf(contract, operation)) {
			if (place !== 'path') addMember(described, name, schema, resolve);
		}
		for (const { schema } of Object.values(operation.requestBody?.content ?? {}).slice(0, 1)) {
			for (const [name, member] of Object.entries(resolve(schema).properties ?? {})) {
				addMember(described, name, member, resolve);
			}
		}
		endpoints.set(keyOf(method, path), described);
	}
	return endpoints;
}

function vendorEndpoints(vendor: Record<string, unknown>): Map<string, Described> {
	const endpoints = new Map<string, Described>();
	const resolve = (value: unknown): Record<string, unknown> => follow(vendor, value);
	for (const [path, item] of Object.entries(isRecord(vendor.paths) ? vendor.paths : {})) {
		if (!isRecord(item)) continue;
		for (const [method, operation] of Object.entries(item)) {
			if (!METHODS.includes(method) || !isRecord(operation)) continue;
			const described: Described = { names: new Set(), values: new Map() };
			for (const list of [item.parameters, operation.parameters]) {
				for (const given of Array.isArray(list) ? list : []) {
					const { name, in: place, schema } = resolve(given);
					if (typeof name !== 'string' || (place !== 'query' && place !== 'body')) continue;
					addMember(described, name, schema, resolve);
				}
			}
			const { content } = resolve(operation.requestBody);
			const [media] = Object.values(isRecord(content) ? content : {});
			const { properties } = resolve(isRecord(media) ? media.schema : undefined);
			for (const [name, member] of Object.entries(isRecord(properties) ? properties : {})) {
				addMember(described, name, member, resolve);
			}
			endpoints.set(keyOf(method, path), described);
		}
	}
	return endpoints;
}

function addMember<T>(
	{ names, values }: Described,
	name: string,
	schema: T,
	resolve: (schema: T) => { enum?: unknown; items?: T },
): void {
	names.add(name);
	const whole = resolve(schema);
	const list = whole.enum ?? (whole.items === undefined ? undefined : resolve(whole.items).enum);
	if (Array.isArray(list)) values.set(name, new Set(list.map(String)));
}

const MAX_REFERENCES = 20;

/** Returns the object that a value is or refers to inside the document. */
function follow(
	root: Record<string, unknown>,
	given: unknown,
): Record<string, unknown> & { items?: unknown } {
	let value = given;
	for (let count = 0; count < MAX_REFERENCES; count += 1) {
		if (!isRecord(value)) return {};
		if (typeof value.$ref !== 'string') return value;
		let target: unknown = root;
		for (const part of value.$ref.replace(/^#\//, '').split('/')) {
			const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
			target = isRecord(target) ? target[name] : undefined;
		}
		value = target;
	}
	return {};
}
