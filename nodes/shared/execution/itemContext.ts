import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { collectionOf, defaultPlace } from '../definition/describe';
import { NodeFailure, invalidParameter } from '../errors';
import type { Json, JsonObject } from '../json';
import { isJsonObject, isObject, valueAtPath } from '../json';
import { parameterName } from '../definition/naming';
import type { Endpoint, Field, Operation, Service } from '../definition/operation';
import { collectPages } from './paginate';
import type { PageParameters } from './paginate';
import type { FilePart, RequestParts } from '../client/request';
import { parseEndpoint } from '../client/request';
import type { ApiClient } from '../client/apiClient';
import { isEmpty, toWireValue } from './parameterValues';

/** One operation for one item: its parameters, and the requests made for it. */
export class ItemContext {
	constructor(
		readonly context: IExecuteFunctions,
		readonly service: Service,
		readonly operation: Operation,
		readonly itemIndex: number,
		readonly client: ApiClient,
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
			...(service.commonOptions ?? []).map((field) => ({ field, collection: 'options' })),
		];
	}

	/** What the editor holds for a parameter, as it is; `undefined` when it is not set or not shown. */
	raw(name: string): unknown {
		const entry = this.fields().find(({ field }) => parameterName(field) === name);
		return this.read(name, entry?.collection);
	}

	/** A parameter's value, ready for the wire. */
	value(name: string): unknown {
		const entry = this.fields().find(({ field }) => parameterName(field) === name);
		if (entry === undefined) return undefined;
		return this.toWire(entry.field, entry.collection);
	}

	/** A parameter as text; empty when not set. */
	text(name: string): string {
		const value = this.value(name);
		return isEmpty(value) ? '' : String(value);
	}

	/** A switch; off when not set. */
	boolean(name: string): boolean {
		return this.value(name) === true;
	}

	/** One of n8n's own switches (Return All, Simplify), which an expression may give as text. */
	isEnabled(name: string, otherwise = false): boolean {
		const value: unknown = this.context.getNodeParameter(name, this.itemIndex, otherwise);
		return value === true || value === 'true';
	}

	/** Limit, or no end with Return All. */
	limit(): number {
		if (this.isEnabled('returnAll')) return Infinity;
		const given = this.read('limit') ?? 50;
		const limit = Number(given);
		if (!Number.isInteger(limit) || limit < 1) {
			throw invalidParameter(
				'Limit',
				`cannot be "${String(given)}"`,
				'Use a whole number from 1 on',
			);
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

	private toWire(field: Field, collection?: string): unknown {
		const raw = this.read(parameterName(field), collection);
		const converted = field.toWire === undefined ? raw : field.toWire(raw, this);
		return toWireValue(field, converted, this.context.getTimezone());
	}

	/** A field's value for the wire, found elsewhere where it was left empty. */
	private async resolve(field: Field, collection?: string): Promise<unknown> {
		const value = this.toWire(field, collection);
		if (value !== undefined || field.resolveDefault === undefined) return value;
		return toWireValue(field, await field.resolveDefault(this), this.context.getTimezone());
	}

	/** Everything the operation's parameters put on the wire. */
	async requestParts(): Promise<RequestParts> {
		const { operation, service } = this;
		const { path } = parseEndpoint(operation.endpoint);
		const parts: RequestParts & { path: Record<string, unknown> } = { path: {}, operation };
		for (const { field, collection } of this.fields()) {
			if (field.notSent === true || !this.isShown(field)) continue;
			const value = await this.resolve(field, collection);
			if (value === undefined || (value === null && field.nullable !== true)) {
				if (collection === undefined && field.required !== false) {
					throw invalidParameter(field.displayName, 'is empty', `Fill in "${field.displayName}"`);
				}
				continue;
			}
			const place = field.in ?? defaultPlace(operation, field);
			if (place === 'path') parts.path[field.key] = value;
			else if (place === 'query') parts.query = { ...parts.query, [field.key]: value };
			else if (field.wireFormat === 'binary') {
				parts.files = {
					...parts.files,
					[field.key]: await this.file(String(value), field.displayName),
				};
			} else parts.body = setMember(parts.body ?? {}, field.key.split('.'), value);
		}
		this.checkOneOf({ ...parts.path, ...parts.query, ...parts.body });
		for (const [key, value] of Object.entries(operation.constants ?? {})) {
			if (operation.endpoint.startsWith('GET ')) parts.query = { ...parts.query, [key]: value };
			else parts.body = setMember(parts.body ?? {}, key.split('.'), value);
		}
		if (parts.body === undefined && needsBody(operation, service)) parts.body = {};
		parts.pathTemplate = (await service.rewritePath?.(path, this, operation)) ?? path;
		return (await service.transformRequest?.(parts, this)) ?? parts;
	}

	private checkOneOf(given: Record<string, unknown>): void {
		for (const group of this.operation.oneOf ?? []) {
			if (group.some((key) => given[key] !== undefined)) continue;
			const names = this.fields()
				.filter(({ field }) => group.includes(field.key))
				.map(({ field }) => field.displayName);
			const first = names[0] ?? group.join(', ');
			throw invalidParameter(first, 'is empty', `Fill in one of ${names.join(', ')}`);
		}
	}

	private isShown(field: Field): boolean {
		const matches = (condition: Record<string, unknown>) =>
			Object.entries(condition).every(
				([name, allowed]) =>
					Array.isArray(allowed) && allowed.includes(this.raw(name.replace(/^\//, ''))),
			);
		if (field.show !== undefined && !matches(field.show)) return false;
		return field.hide === undefined || !matches(field.hide);
	}

	/**
	 * Sends the operation's own request.
	 *
	 * @param extra values that stand beside (and override) the parameters, ready for the wire
	 */
	async request(extra: PageParameters = {}): Promise<Json | undefined> {
		const parts = await this.requestParts();
		if (Object.keys(extra).length > 0) {
			if (this.operation.endpoint.startsWith('GET ')) parts.query = { ...parts.query, ...extra };
			else parts.body = { ...parts.body, ...extra };
		}
		return await this.client.fetch(this.operation.endpoint, parts);
	}

	/** Calls another endpoint of the same service; `parts.operation` says on whose terms. */
	async fetch(endpoint: Endpoint, parts: RequestParts = {}): Promise<Json | undefined> {
		const { path } = parseEndpoint(endpoint);
		const operation = parts.operation ?? this.operation;
		const route =
			parts.pathTemplate ?? (await this.service.rewritePath?.(path, this, operation)) ?? path;
		return await this.client.fetch(endpoint, { ...parts, pathTemplate: route });
	}

	/** The rows of a paged operation, up to Limit or all. */
	async fetchRows(): Promise<Json[]> {
		const { operation, service } = this;
		const kind = operation.paging === undefined ? undefined : service.paging[operation.paging];
		if (kind === undefined) throw new NodeFailure(`"${operation.name}" has no pages`);
		return await collectPages(this, kind, this.limit(), async (page) => await this.request(page));
	}

	/** A file of the item, whole. */
	async file(property: string, displayName: string): Promise<FilePart> {
		const { context, itemIndex } = this;
		const binaryInfo = this.binary(property, displayName);
		const data = await context.helpers.getBinaryDataBuffer(itemIndex, property);
		return {
			data,
			fileName: binaryInfo.fileName ?? 'file',
			mimeType: binaryInfo.mimeType,
		};
	}

	/** What n8n knows about a file of the item. */
	binary(property: string, displayName: string) {
		try {
			return this.context.helpers.assertBinaryData(this.itemIndex, property);
		} catch {
			throw missingFile(displayName, property);
		}
	}

	/** One output item of this call, linked to the input item. */
	outputItem(json: JsonObject, binary?: INodeExecutionData['binary']): INodeExecutionData {
		return {
			json,
			...(binary === undefined ? {} : { binary }),
			pairedItem: { item: this.itemIndex },
		};
	}
}

function missingFile(displayName: string, property: string): NodeFailure {
	return invalidParameter(
		displayName,
		`names "${property}", but the item has no such file`,
		'Give the name of the binary field of the input item, often "data"',
	);
}

/** A write of a JSON service always has a body, be it empty, unless all of it is in the path. */
function needsBody(operation: Operation, service: Service): boolean {
	if (operation.endpoint.startsWith('GET ')) return false;
	if ((operation.encoding ?? service.encoding) !== 'json') return false;
	const inBody = [...(operation.fields ?? []), ...(operation.options ?? [])].filter(
		(field) => field.notSent !== true && (field.in ?? defaultPlace(operation, field)) === 'body',
	);
	return inBody.length > 0;
}

function setMember(
	target: Record<string, unknown>,
	path: string[],
	value: unknown,
): Record<string, unknown> {
	const [head = '', ...rest] = path;
	if (rest.length === 0) return { ...target, [head]: value };
	const inner = target[head];
	return { ...target, [head]: setMember(isObject(inner) ? inner : {}, rest, value) };
}

/** Rows of an answer that is not paged: the operation's `output`, or the answer itself. */
export function extractResults(data: Json | undefined, operation: Operation): Json[] {
	const found = operation.resultPath === undefined ? data : valueAtPath(data, operation.resultPath);
	if (Array.isArray(found)) return found;
	return found === undefined ? [] : [found];
}

/** A row as an object; bare values are put under the operation's `bareKey`. */
export function toObjectRow(row: Json, operation: Operation): JsonObject {
	return isJsonObject(row) ? row : { [operation.scalarKey ?? 'value']: row };
}
