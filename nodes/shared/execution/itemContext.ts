import type { IBinaryData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { ApiClient } from '../client/apiClient';
import {
	defaultPlace,
	optionalFields,
	allFields,
	parameterName,
	topFields,
} from '../definition/naming';
import type {
	Field,
	ItemContext,
	Operation,
	PageParameters,
	Service,
} from '../definition/operation';
import { parseEndpoint } from '../endpoint';
import type { Endpoint } from '../endpoint';
import { NodeFailure, invalidParameter } from '../errors';
import type { FilePart, RequestParts } from '../http';
import type { Json, JsonObject } from '../json';
import { isJsonObject, isObject, valueAtPath } from '../json';
import { collectPages } from './paginate';
import { isEmpty, toWireValue } from './parameterValues';

/** Reads the parameters of one item and sends its requests. */
export class OperationItem implements ItemContext {
	constructor(
		readonly context: IExecuteFunctions,
		readonly service: Service,
		readonly operation: Operation,
		readonly itemIndex: number,
		readonly client: ApiClient,
	) {}

	fields(): Array<{ field: Field; collection?: string }> {
		const { operation, service } = this;
		const { collection, fields } = optionalFields(operation);
		return [
			...(service.leadingFields?.(operation) ?? []).map((field) => ({ field })),
			...topFields(operation).map((field) => ({ field })),
			...fields.map((field) => ({ field, collection })),
			...(service.commonOptions ?? []).map((field) => ({ field, collection: 'options' })),
		];
	}

	raw(name: string): unknown {
		const entry = this.fields().find(({ field }) => parameterName(field) === name);
		return this.read(name, entry?.collection);
	}

	value(name: string): unknown {
		const entry = this.fields().find(({ field }) => parameterName(field) === name);
		if (entry === undefined) return undefined;
		return this.toWire(entry.field, entry.collection);
	}

	text(name: string): string {
		const value = this.value(name);
		return isEmpty(value) ? '' : String(value);
	}

	boolean(name: string): boolean {
		return this.value(name) === true;
	}

	isEnabled(name: string, fallback = false): boolean {
		const value: unknown = this.context.getNodeParameter(name, this.itemIndex, fallback);
		return value === true || value === 'true';
	}

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

	/** Returns a field's value for the wire, or its default if it is empty. */
	private async resolve(field: Field, collection?: string): Promise<unknown> {
		const value = this.toWire(field, collection);
		if (value !== undefined || field.resolveDefault === undefined) return value;
		return toWireValue(field, await field.resolveDefault(this), this.context.getTimezone());
	}

	async requestParts(): Promise<RequestParts> {
		const { operation, service } = this;
		const { path } = parseEndpoint(operation.endpoint);
		const parts: RequestParts & { path: Record<string, unknown> } = { path: {}, operation };
		if (operation.updateFields !== undefined && !this.hasChange()) {
			throw new NodeFailure('Nothing to update: fill in at least one field under Update Fields');
		}
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

	/**
	 * Whether a parameter with a new value is filled in, or one that names what to update is missing.
	 * Values that the node determines do not count.
	 */
	private hasChange(): boolean {
		return this.fields().some(({ field, collection }) => {
			if (field.notSent === true || !this.isShown(field)) return false;
			const isEmpty = this.toWire(field, collection) === undefined;
			// That something required is missing is the clearer message.
			if (collection === undefined && isIdentifier(field))
				return isEmpty && field.required !== false;
			return !isEmpty && (collection === undefined || collection === 'updateFields');
		});
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

	async request(extra: PageParameters = {}, signal?: AbortSignal): Promise<Json | undefined> {
		const parts = { ...(await this.requestParts()), signal };
		if (Object.keys(extra).length > 0) {
			if (this.operation.endpoint.startsWith('GET ')) parts.query = { ...parts.query, ...extra };
			else parts.body = { ...parts.body, ...extra };
		}
		return await this.client.fetch(this.operation.endpoint, parts);
	}

	async fetch(endpoint: Endpoint, parts: RequestParts = {}): Promise<Json | undefined> {
		const { path } = parseEndpoint(endpoint);
		const operation = parts.operation ?? this.operation;
		const route =
			parts.pathTemplate ?? (await this.service.rewritePath?.(path, this, operation)) ?? path;
		return await this.client.fetch(endpoint, { ...parts, pathTemplate: route });
	}

	async fetchPages<T>(convert: (rows: Json[]) => T[]): Promise<T[]> {
		const { operation, service } = this;
		const strategy = operation.paging === undefined ? undefined : service.paging[operation.paging];
		if (strategy === undefined) throw new NodeFailure(`"${operation.name}" has no pages`);
		return await collectPages(this, {
			strategy,
			limit: this.limit(),
			fetchPage: async (page, signal) => await this.request(page, signal),
			convert,
		});
	}

	async file(property: string, displayName: string): Promise<FilePart> {
		const { context, itemIndex } = this;
		const binaryInfo = this.binaryInfo(property, displayName);
		const data = await context.helpers.getBinaryDataBuffer(itemIndex, property);
		return {
			data,
			fileName: binaryInfo.fileName ?? 'file',
			mimeType: binaryInfo.mimeType,
		};
	}

	binaryInfo(property: string, displayName: string): IBinaryData {
		let info: IBinaryData;
		try {
			info = this.context.helpers.assertBinaryData(this.itemIndex, property);
		} catch {
			throw missingFile(displayName, property);
		}
		checkFileInfo(displayName, property, info);
		return info;
	}

	outputItem(json: JsonObject, binary?: INodeExecutionData['binary']): INodeExecutionData {
		return {
			json,
			...(binary === undefined ? {} : { binary }),
			pairedItem: { item: this.itemIndex },
		};
	}
}

/** The name and type of a file come from the item, where an expression can set them to anything. */
function checkFileInfo(displayName: string, property: string, info: IBinaryData): void {
	const { fileName, mimeType }: { fileName?: unknown; mimeType?: unknown } = info;
	const isText = (value: unknown) => value === undefined || typeof value === 'string';
	if (isText(fileName) && isText(mimeType)) return;
	throw invalidParameter(
		displayName,
		`names "${property}", whose ${isText(fileName) ? 'MIME type' : 'file name'} is not text`,
		'Set it to text in the node that creates the file',
	);
}

function missingFile(displayName: string, property: string): NodeFailure {
	return invalidParameter(
		displayName,
		`names "${property}", but the item has no such file`,
		'Give the name of the binary field of the input item, often "data"',
	);
}

/** A write of a JSON service has a body, even an empty one, unless all parameters are in the path. */
function needsBody(operation: Operation, service: Service): boolean {
	if (operation.endpoint.startsWith('GET ')) return false;
	if ((operation.encoding ?? service.api.encoding) !== 'json') return false;
	return allFields(operation).some(
		(field) => field.notSent !== true && (field.in ?? defaultPlace(operation, field)) === 'body',
	);
}

/** Whether a field names what is updated, and not a new value. */
function isIdentifier({ input, wireFormat }: Field): boolean {
	if (input.type === 'multiOptions') return false;
	return input.type === 'resourceLocator' || wireFormat === 'id' || wireFormat === 'int64';
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

/** Returns the rows of a response that is not paged: those at `resultPath`, or the response itself. */
export function extractResults(data: Json | undefined, operation: Operation): Json[] {
	const found = operation.resultPath === undefined ? data : valueAtPath(data, operation.resultPath);
	if (Array.isArray(found)) return found;
	return found === undefined ? [] : [found];
}

/** Returns a row as an object; bare values are put under the operation's `scalarKey`. */
export function toObjectRow(row: Json, operation: Operation): JsonObject {
	return isJsonObject(row) ? row : { [operation.scalarKey ?? 'value']: row };
}
