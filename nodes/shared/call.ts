import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { collectionOf, defaultPlace } from './describe';
import { Failure, badParameter } from './failure';
import type { Json, JsonObject } from './json';
import { isJsonObject, isObject, memberAt } from './json';
import { parameterOf } from './names';
import type { Endpoint, Field, Operation, Service } from './operation';
import { collect } from './paginate';
import type { PageParameters } from './paginate';
import type { FilePart, Parts } from './request';
import { splitEndpoint } from './request';
import type { Session } from './session';
import { isUnset, wireValue } from './values';

/** One operation for one item: its parameters, and the requests made for it. */
export class Call {
	constructor(
		readonly context: IExecuteFunctions,
		readonly service: Service,
		readonly operation: Operation,
		readonly itemIndex: number,
		readonly session: Session,
	) {}

	/** All fields this operation shows, with the collection each sits in. */
	fields(): Array<{ field: Field; collection?: string }> {
		const { operation, service } = this;
		return [
			...(service.leadingFields?.(operation) ?? []).map((field) => ({ field })),
			...(operation.fields ?? []).map((field) => ({ field })),
			...(operation.options ?? []).map((field) => ({
				field,
				collection: collectionOf(operation),
			})),
			...(service.callOptions ?? []).map((field) => ({ field, collection: 'options' })),
		];
	}

	/** What the editor holds for a parameter, as it is; `undefined` when it is not set or not shown. */
	raw(name: string): unknown {
		const entry = this.fields().find(({ field }) => parameterOf(field) === name);
		return this.read(name, entry?.collection);
	}

	/** A parameter's value, ready for the wire. */
	value(name: string): unknown {
		const entry = this.fields().find(({ field }) => parameterOf(field) === name);
		if (entry === undefined) return undefined;
		return this.wire(entry.field, entry.collection);
	}

	/** A parameter as text; empty when not set. */
	text(name: string): string {
		const value = this.value(name);
		return isUnset(value) ? '' : String(value);
	}

	/** A switch; off when not set. */
	flag(name: string): boolean {
		return this.value(name) === true;
	}

	/** One of n8n's own switches (Return All, Simplify), which an expression may give as text. */
	isOn(name: string, otherwise = false): boolean {
		const value: unknown = this.context.getNodeParameter(name, this.itemIndex, otherwise);
		return value === true || value === 'true';
	}

	/** Limit, or no end with Return All. */
	limit(): number {
		if (this.isOn('returnAll')) return Infinity;
		const given = this.read('limit') ?? 50;
		const limit = Number(given);
		if (!Number.isInteger(limit) || limit < 1) {
			throw badParameter('Limit', `cannot be "${String(given)}"`, 'Use a whole number from 1 on');
		}
		return limit;
	}

	private read(name: string, collection?: string): unknown {
		if (collection === undefined) {
			return this.context.getNodeParameter(name, this.itemIndex, null) ?? undefined;
		}
		const values: unknown = this.context.getNodeParameter(collection, this.itemIndex, {});
		return isObject(values) ? values[name] : undefined;
	}

	private wire(field: Field, collection?: string): unknown {
		const raw = this.read(parameterOf(field), collection);
		const converted = field.convert === undefined ? raw : field.convert(raw, this);
		return wireValue(field, converted, this.context.getTimezone());
	}

	/** A field's value for the wire, found elsewhere where it was left empty. */
	private async filled(field: Field, collection?: string): Promise<unknown> {
		const value = this.wire(field, collection);
		if (value !== undefined || field.otherwise === undefined) return value;
		return wireValue(field, await field.otherwise(this), this.context.getTimezone());
	}

	/** Everything the operation's parameters put on the wire. */
	async parts(): Promise<Parts> {
		const { operation, service } = this;
		const { path } = splitEndpoint(operation.endpoint);
		const parts: Parts & { path: Record<string, unknown> } = { path: {}, operation };
		for (const { field, collection } of this.fields()) {
			if (field.local === true || !this.shows(field)) continue;
			const value = await this.filled(field, collection);
			if (value === undefined || (value === null && field.nullable !== true)) {
				if (collection === undefined && field.required !== false) {
					throw badParameter(field.label, 'is empty', `Fill in "${field.label}"`);
				}
				continue;
			}
			const place = field.in ?? defaultPlace(operation, field);
			if (place === 'path') parts.path[field.key] = value;
			else if (place === 'query') parts.query = { ...parts.query, [field.key]: value };
			else if (field.wire === 'binary') {
				parts.files = { ...parts.files, [field.key]: await this.file(String(value), field.label) };
			} else parts.body = withMember(parts.body ?? {}, field.key.split('.'), value);
		}
		this.checkOneOf({ ...parts.path, ...parts.query, ...parts.body });
		for (const [key, value] of Object.entries(operation.fixed ?? {})) {
			if (operation.endpoint.startsWith('GET ')) parts.query = { ...parts.query, [key]: value };
			else parts.body = withMember(parts.body ?? {}, key.split('.'), value);
		}
		if (parts.body === undefined && expectsBody(operation, service)) parts.body = {};
		parts.route = (await service.route?.(path, this, operation)) ?? path;
		return (await service.adjust?.(parts, this)) ?? parts;
	}

	private checkOneOf(given: Record<string, unknown>): void {
		for (const group of this.operation.oneOf ?? []) {
			if (group.some((key) => given[key] !== undefined)) continue;
			const labels = this.fields()
				.filter(({ field }) => group.includes(field.key))
				.map(({ field }) => field.label);
			const first = labels[0] ?? group.join(', ');
			throw badParameter(first, 'is empty', `Fill in one of ${labels.join(', ')}`);
		}
	}

	private shows(field: Field): boolean {
		const matches = (condition: Record<string, unknown>) =>
			Object.entries(condition).every(
				([name, allowed]) =>
					Array.isArray(allowed) && allowed.includes(this.raw(name.replace(/^\//, ''))),
			);
		if (field.when !== undefined && !matches(field.when)) return false;
		return field.unless === undefined || !matches(field.unless);
	}

	/**
	 * Sends the operation's own request.
	 *
	 * @param extra values that stand beside (and override) the parameters, ready for the wire
	 */
	async request(extra: PageParameters = {}): Promise<Json | undefined> {
		const parts = await this.parts();
		if (Object.keys(extra).length > 0) {
			if (this.operation.endpoint.startsWith('GET ')) parts.query = { ...parts.query, ...extra };
			else parts.body = { ...parts.body, ...extra };
		}
		return await this.session.fetch(this.operation.endpoint, parts);
	}

	/** Calls another endpoint of the same service; `parts.operation` says on whose terms. */
	async fetch(endpoint: Endpoint, parts: Parts = {}): Promise<Json | undefined> {
		const { path } = splitEndpoint(endpoint);
		const operation = parts.operation ?? this.operation;
		const route = parts.route ?? (await this.service.route?.(path, this, operation)) ?? path;
		return await this.session.fetch(endpoint, { ...parts, route });
	}

	/** The rows of a paged operation, up to Limit or all. */
	async rows(): Promise<Json[]> {
		const { operation, service } = this;
		const kind = operation.paging === undefined ? undefined : service.paging[operation.paging];
		if (kind === undefined) throw new Failure(`"${operation.name}" has no pages`);
		return await collect(this, kind, this.limit(), async (page) => await this.request(page));
	}

	/** A file of the item, whole. */
	async file(property: string, label: string): Promise<FilePart> {
		const { context, itemIndex } = this;
		const binary = this.binary(property, label);
		const data = await context.helpers.getBinaryDataBuffer(itemIndex, property);
		return {
			data,
			fileName: binary.fileName ?? 'file',
			mimeType: binary.mimeType,
		};
	}

	/** What n8n knows about a file of the item. */
	binary(property: string, label: string) {
		try {
			return this.context.helpers.assertBinaryData(this.itemIndex, property);
		} catch {
			throw noFile(label, property);
		}
	}

	/** One output item of this call, linked to the input item. */
	item(json: JsonObject, binary?: INodeExecutionData['binary']): INodeExecutionData {
		return {
			json,
			...(binary === undefined ? {} : { binary }),
			pairedItem: { item: this.itemIndex },
		};
	}
}

function noFile(label: string, property: string): Failure {
	return badParameter(
		label,
		`names "${property}", but the item has no such file`,
		'Give the name of the binary field of the input item, often "data"',
	);
}

/** A write of a JSON service always has a body, be it empty, unless all of it is in the path. */
function expectsBody(operation: Operation, service: Service): boolean {
	if (operation.endpoint.startsWith('GET ')) return false;
	if ((operation.encoding ?? service.encoding) !== 'json') return false;
	const inBody = [...(operation.fields ?? []), ...(operation.options ?? [])].filter(
		(field) => field.local !== true && (field.in ?? defaultPlace(operation, field)) === 'body',
	);
	return inBody.length > 0;
}

function withMember(
	target: Record<string, unknown>,
	path: string[],
	value: unknown,
): Record<string, unknown> {
	const [head = '', ...rest] = path;
	if (rest.length === 0) return { ...target, [head]: value };
	const inner = target[head];
	return { ...target, [head]: withMember(isObject(inner) ? inner : {}, rest, value) };
}

/** Rows of an answer that is not paged: the operation's `output`, or the answer itself. */
export function resultsOf(data: Json | undefined, operation: Operation): Json[] {
	const found = operation.output === undefined ? data : memberAt(data, operation.output);
	if (Array.isArray(found)) return found;
	return found === undefined ? [] : [found];
}

/** A row as an object; bare values are put under the operation's `bareKey`. */
export function rowObject(row: Json, operation: Operation): JsonObject {
	return isJsonObject(row) ? row : { [operation.bareKey ?? 'value']: row };
}
