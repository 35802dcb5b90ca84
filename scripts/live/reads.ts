import type { OpenApiDocument, RoutedOperation, Schema } from '../../sandbox/core/openApi';
import { listOperations, parametersOf, resolveSchema } from '../../sandbox/core/openApi';
import { isRecord } from './compare';
import type { LiveRequest } from './signers';

/** Endpoints that a read consumes: events of the queue are delivered once. */
const CONSUMING = /getUpdates/i;
const READ_NAMES = /^(Get|Search|Check|Find|List|Count)\b/;

/** Returns the endpoints that change nothing, on the main host of the service. */
export function readEndpoints(openApi: OpenApiDocument): RoutedOperation[] {
	return listOperations(openApi).filter(
		(routed) => isRead(routed) && reasonAgainst(routed) === undefined,
	);
}

/** Returns the reads that are never called, each with the reason. */
export function leftOutReads(
	openApi: OpenApiDocument,
): Array<{ routed: RoutedOperation; reason: string }> {
	return listOperations(openApi)
		.filter(isRead)
		.flatMap((routed) => {
			const reason = reasonAgainst(routed);
			return reason === undefined ? [] : [{ routed, reason }];
		});
}

function isRead({ method, operation }: RoutedOperation): boolean {
	return method === 'get' || (method === 'post' && READ_NAMES.test(operation['x-operation']));
}

function reasonAgainst({ path, operation }: RoutedOperation): string | undefined {
	if (CONSUMING.test(path)) return 'takes events out of the queue, which others wait for';
	if (operation.servers?.[0]?.['x-host'] !== undefined) return 'is on another host of the service';
	return operation['x-not-simulated'] === undefined ? undefined : 'is not described well enough';
}

/** Values of earlier responses by the name that a parameter has. */
export class KnownValues {
	private readonly values = new Map<string, string | number | boolean>();

	/** Keeps a value under a name, unless there is one. */
	add(name: string, value: unknown): void {
		const isScalar = ['string', 'number', 'boolean'].includes(typeof value) && value !== '';
		if (!isScalar || this.values.has(plainName(name))) return;
		if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
			this.values.set(plainName(name), value);
		}
	}

	get(name: string): string | number | boolean | undefined {
		return this.values.get(plainName(name));
	}

	/** Keeps the values of a response; `uuid` of a row of `/posts` is `postUuid`. */
	addAll(value: unknown, parent: string): void {
		if (Array.isArray(value)) {
			for (const row of value.slice(0, 5)) this.addAll(row, parent);
		} else if (isRecord(value)) {
			for (const [name, member] of Object.entries(value)) {
				if (typeof member === 'object') {
					const isList = Array.isArray(member);
					const isWrapper = ['data', 'result', 'records', 'list'].includes(name);
					this.addAll(member, isWrapper ? parent : isList ? singular(name) : name);
				} else {
					if (!/^(uu)?id$/i.test(name)) this.add(name, member);
					this.add(`${parent}${name}`, member);
				}
			}
		}
	}
}

function plainName(name: string): string {
	return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function singular(name: string): string {
	return name
		.replace(/ies$/, 'y')
		.replace(/uses$/, 'us')
		.replace(/(?<!u)s$/, '');
}

/** Returns what the rows of an endpoint are: `/chats/{userUuid}/messages` holds messages. */
export function subjectOf(path: string): string {
	const names = path.split('/').filter((part) => part !== '' && !part.startsWith('{'));
	const [last = '', before] = names.map((name) => name.replace(/\.json$/, '')).reverse();
	const isVerb = ['list', 'show'].includes(last);
	return singular(isVerb && before !== undefined ? before : last);
}

/**
 * Fills the parameters that an endpoint needs.
 *
 * @returns the request, or the name of the first parameter without a value
 */
export function fillRequest(
	openApi: OpenApiDocument,
	{ method, path, operation }: RoutedOperation,
	values: KnownValues,
	aliases: Record<string, string> = {},
): LiveRequest | { missing: string } {
	const missing: string[] = [];
	const valueOf = (name: string, schema: Schema, before = ''): unknown => {
		const resolved = resolveSchema(openApi, schema);
		const alias = aliases[`${path} ${name}`] ?? aliases[name];
		const isBare = /^(uu)?id$/i.test(name);
		const own =
			(alias === undefined ? undefined : values.get(alias)) ??
			values.get(isBare ? `${before}${name}` : name);
		const value =
			own ??
			([resolved.type].flat().includes('array') ? values.get(singular(name)) : undefined) ??
			resolved.default ??
			resolved.enum?.[0] ??
			(/(^|_)(uu)?ids?$|[a-z](Uu)?[Ii]ds?$/.test(name) ? undefined : sampleOf(resolved));
		if (value === undefined) missing.push(name);
		return [resolved.type].flat().includes('array') && !Array.isArray(value) ? [value] : value;
	};
	const query = new URLSearchParams();
	let filled = path;
	for (const parameter of parametersOf(openApi, operation)) {
		const { name, schema } = parameter;
		if (parameter.in === 'path') {
			const before = subjectOf(path.slice(0, path.indexOf(`{${name}}`)));
			const value = valueOf(name, schema, before);
			filled = filled.replace(`{${name}}`, encodeURIComponent(String(value)));
		} else if (parameter.required === true) {
			for (const one of [valueOf(name, schema)].flat()) query.append(name, String(one));
		}
	}
	const groups = operation['x-any-of'] ?? [];
	for (const group of groups) {
		const known = (candidate: string) => values.get(aliases[candidate] ?? candidate);
		const name = group.find((candidate) => known(candidate) !== undefined) ?? group[0] ?? '';
		const value = known(name);
		if (value === undefined) missing.push(name);
		else if (!query.has(name)) query.set(name, String(value));
	}
	const [contentType, media] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
	const body: Record<string, unknown> = {};
	if (media !== undefined) {
		const schema = resolveSchema(openApi, media.schema);
		const needed = [...(schema.required ?? []), ...(schema.anyOf?.[0]?.required ?? [])];
		for (const name of new Set(needed)) {
			const member = schema.properties?.[name] ?? {};
			const value = valueOf(name, member);
			const isNumber = [resolveSchema(openApi, member).type].flat().includes('integer');
			body[name] = isNumber ? `\u0000${String(value)}` : value;
		}
	}
	if (missing[0] !== undefined) return { missing: missing[0] };
	const search = query.toString();
	const request: LiveRequest = { method, path: `${filled}${search === '' ? '' : `?${search}`}` };
	if (contentType === undefined || method === 'get') return request;
	const isForm = contentType === 'application/x-www-form-urlencoded';
	const plain = Object.entries(body).map(([name, value]) => [
		name,
		String(value).replace('\u0000', ''),
	]);
	return {
		...request,
		contentType,
		body: isForm
			? new URLSearchParams(plain).toString()
			: // Bare digits, which a double could not hold.
				JSON.stringify(body).replace(/"\\u0000(-?\d+)"/g, '$1'),
	};
}

function sampleOf({ type, format, minimum, examples, pattern }: Schema): unknown {
	if (examples?.[0] !== undefined) return examples[0];
	const types = [type].flat();
	if (types.includes('integer') || types.includes('number')) return minimum ?? 1;
	if (types.includes('boolean')) return false;
	if (format === 'date-time') return '2026-01-01T00:00:00.000Z';
	return types.includes('string') && pattern === undefined && format === undefined
		? 'a'
		: undefined;
}
