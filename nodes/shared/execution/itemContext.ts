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
import { rowsInMember } from '../client/responseShape';
import type { ResponseShape } from '../client/responseShape';
import { parseEndpoint } from '../endpoint';
import type { Endpoint } from '../endpoint';
import { NodeFailure, invalidParameter, namingParameter } from '../errors';
import type { FilePart, RequestParts } from '../http';
import type { Json, JsonObject } from '../json';
import { Int64Literal, isJsonObject, isObject, valueAtPath } from '../json';
import { collectPages } from './paginate';
import { shown } from './shownValue';
import {
	checkSetting,
	isEmpty,
	isEmptyValue,
	parseInteger,
	parseSwitch,
	toWireValue,
} from './parameterValues';

/** Results of a list when Limit is empty: the default of the panel. */
const DEFAULT_LIMIT = 50;

/** Display names of the switches that are not fields of a table. */
const SWITCHES: Record<string, string> = {
	allowWrites: 'Allow Writes',
	returnAll: 'Return All',
	simplify: 'Simplify',
};

/** A field, and the collection that holds it if it is not on top. */
interface PlacedField {
	field: Field;
	collection?: string;
}

/** Reads the parameters of one item and sends its requests. */
export class OperationItem implements ItemContext {
	/** Values of parameters, which n8n evaluates each time; results ask for some of them once per row. */
	private readonly parameters = new Map<string, unknown>();
	private placedFields: PlacedField[] | undefined;
	private fieldsByName: Map<string, PlacedField> | undefined;

	constructor(
		readonly context: IExecuteFunctions,
		readonly service: Service,
		readonly operation: Operation,
		readonly itemIndex: number,
		readonly client: ApiClient,
	) {}

	fields(): PlacedField[] {
		this.placedFields ??= this.listFields();
		return this.placedFields;
	}

	private listFields(): PlacedField[] {
		const { operation, service } = this;
		const { collection, fields } = optionalFields(operation);
		return [
			...(service.leadingFields?.(operation) ?? []).map((field) => ({ field })),
			...topFields(operation).map((field) => ({ field })),
			...fields.map((field) => ({ field, collection })),
			...(service.commonOptions ?? []).map((field) => ({ field, collection: 'options' })),
		];
	}

	/** Returns the first field whose parameter has a name. */
	private fieldNamed(name: string): PlacedField | undefined {
		this.fieldsByName ??= new Map(
			[...this.fields()].reverse().map((entry) => [parameterName(entry.field), entry]),
		);
		return this.fieldsByName.get(name);
	}

	raw(name: string): unknown {
		const entry = this.fieldNamed(name);
		const value = this.read(name, entry?.collection);
		return entry?.field.notSent === true ? checkSetting(entry.field, value) : value;
	}

	value(name: string): unknown {
		const entry = this.fieldNamed(name);
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
		return parseSwitch(SWITCHES[name] ?? name, this.parameter(name), fallback);
	}

	checkSettings(): void {
		if (this.operation.simplify !== undefined) this.isEnabled('simplify', true);
		for (const { field, collection } of this.fields()) {
			const { input, notSent } = field;
			// Parameters that are not shown have no value.
			if (notSent !== true || !SETTING_TYPES.has(input.type)) continue;
			if (input.type === 'number') this.toWire(field, collection);
			else this.raw(parameterName(field));
		}
	}

	limit(): number {
		if (this.isEnabled('returnAll')) return Infinity;
		const given = this.read('limit');
		return isEmptyValue(given) ? DEFAULT_LIMIT : parseInteger('Limit', given, { min: 1 });
	}

	private read(name: string, collection?: string): unknown {
		return collection === undefined
			? this.parameter(name)
			: membersOf(collection, this.parameter(collection))[name];
	}

	/** Returns the value of a parameter, `undefined` if it has none. */
	private parameter(name: string): unknown {
		if (!this.parameters.has(name)) {
			this.parameters.set(name, this.evaluate(name) ?? undefined);
		}
		return this.parameters.get(name);
	}

	private evaluate(name: string): unknown {
		try {
			return this.context.getNodeParameter(name, this.itemIndex, null);
		} catch (error) {
			const field = this.fieldNamed(name)?.field;
			throw namingParameter(field?.displayName ?? SWITCHES[name] ?? titleCase(name), error);
		}
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
			if (place === 'path') {
				// Such a segment would be folded into another path before it is sent.
				if (value === '.' || value === '..') {
					throw invalidParameter(field.displayName, `cannot be "${value}"`, 'Enter its ID or name');
				}
				parts.path[field.key] = value;
			} else if (place === 'query') parts.query = { ...parts.query, [field.key]: value };
			else if (field.wireFormat === 'binary') {
				const file = await this.file(String(value), field.displayName);
				if (file.data.length === 0) throw emptyFile(field.displayName, String(value));
				parts.files = { ...parts.files, [field.key]: file };
			} else parts.body = setMember(parts.body ?? {}, field.key.split('.'), value);
		}
		const given = { ...parts.path, ...parts.query, ...parts.body };
		this.checkOneSetOf(given);
		this.checkOneOf(given);
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

	private checkOneSetOf(given: Record<string, unknown>): void {
		const { oneSetOf } = this.operation;
		if (oneSetOf === undefined) return;
		const nameOf = (key: string) =>
			this.fields().find(({ field }) => field.key === key)?.field.displayName ?? key;
		const isGiven = (key: string) => given[key] !== undefined;
		const used = oneSetOf.filter((set) => set.some(isGiven));
		const advice = `Fill in either ${oneSetOf.map((set) => set.map(nameOf).join(' and ')).join(', or ')}`;
		const needed = (used.length === 0 ? oneSetOf.slice(0, 1) : used).flat();
		const missing = needed.find((key) => !isGiven(key));
		if (missing !== undefined) throw invalidParameter(nameOf(missing), 'is empty', advice);
	}

	private isShown(field: Field): boolean {
		const matches = (condition: Record<string, unknown>) =>
			Object.entries(condition).every(
				([name, allowed]) =>
					Array.isArray(allowed) && allowed.includes(this.choice(name.replace(/^\//, ''))),
			);
		if (field.show !== undefined && !matches(field.show)) return false;
		return field.hide === undefined || !matches(field.hide);
	}

	/** Returns the choice that decides which other fields count. */
	private choice(name: string): unknown {
		const value = this.raw(name);
		const entry = this.fieldNamed(name);
		if (entry === undefined || !isEmptyValue(value)) return value;
		const { displayName, input, notSent } = entry.field;
		if (entry.collection !== undefined || input.type !== 'options' || notSent !== true)
			return value;
		if (!this.isShown(entry.field)) return value;
		const known = input.choices.map((one) => one.value).join(', ');
		// Fields that depend on it would be left out, even required ones.
		throw invalidParameter(displayName, 'is empty', `Use one of ${known}`);
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
		let data: Buffer;
		try {
			data = await context.helpers.getBinaryDataBuffer(itemIndex, property);
		} catch {
			throw unreadableFile(displayName, property);
		}
		return {
			data,
			fileName: binaryInfo.fileName || 'file',
			mimeType: binaryInfo.mimeType || 'application/octet-stream',
		};
	}

	binaryInfo(property: string, displayName: string): IBinaryData {
		let info: IBinaryData;
		try {
			info = this.context.helpers.assertBinaryData(this.itemIndex, property);
		} catch {
			throw missingFile(displayName, property);
		}
		checkFileInfo(displayName, property, isObject(info) ? info : {});
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

/** Inputs whose unknown values are not sent to the service, which could reject them. */
const SETTING_TYPES = new Set(['boolean', 'number', 'options', 'multiOptions']);

/** Returns the display name of a parameter that is not a field, such as a collection. */
function titleCase(name: string): string {
	const words = name.replace(/[A-Z]/g, (letter) => ` ${letter}`);
	return words.charAt(0).toUpperCase() + words.slice(1);
}

/**
 * Returns the members of a collection, of which an expression can make anything.
 *
 * @throws NodeFailure naming the collection when it is not an object
 */
export function membersOf(collection: string, value: unknown): Record<string, unknown> {
	if (isObject(value)) return value;
	if (isEmptyValue(value)) return {};
	throw invalidParameter(
		titleCase(collection),
		`cannot be "${shown(value)}"`,
		'Add the fields one by one and use expressions in them',
	);
}

/** Members of a file, which a Code node can set to anything. */
interface FileInfo {
	fileName?: unknown;
	mimeType?: unknown;
	data?: unknown;
	id?: unknown;
}

/** Checks what the node before has set. */
function checkFileInfo(displayName: string, property: string, info: FileInfo): void {
	const { fileName, mimeType, data, id } = info;
	const isText = (value: unknown) => value === undefined || typeof value === 'string';
	// n8n itself would fail with the words of a program.
	if (!isText(id) || (id === undefined && typeof data !== 'string')) {
		throw unreadableFile(displayName, property);
	}
	if (!isText(fileName) || !isText(mimeType)) {
		throw invalidParameter(
			displayName,
			`names "${property}", whose ${isText(fileName) ? 'MIME type' : 'file name'} is not text`,
			'Set it to text in the node that creates the file',
		);
	}
	if (typeof mimeType === 'string' && !/^(?:[\x20-\x7e]*)$/.test(mimeType)) {
		throw invalidParameter(
			displayName,
			`names "${property}", whose MIME type "${shown(mimeType)}" is not valid`,
			'Set it to a type such as image/png in the node that creates the file',
		);
	}
}

function unreadableFile(displayName: string, property: string): NodeFailure {
	return invalidParameter(
		displayName,
		`names "${property}", whose content n8n cannot read`,
		'Pass the file on as the node before it created it, not as JSON of your own',
	);
}

function emptyFile(displayName: string, property: string): NodeFailure {
	return invalidParameter(
		displayName,
		`names "${property}", which is an empty file`,
		'Use a file that is not empty',
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

/** Sets a member of the body. A value for a whole object keeps the members that others have set in it. */
function setMember(
	target: Record<string, unknown>,
	path: string[],
	value: unknown,
): Record<string, unknown> {
	const [head = '', ...rest] = path;
	const inner = target[head];
	if (rest.length === 0) {
		const isMerged = isPlainObject(inner) && isPlainObject(value);
		return { ...target, [head]: isMerged ? { ...value, ...inner } : value };
	}
	return { ...target, [head]: setMember(isObject(inner) ? inner : {}, rest, value) };
}

/** A long integer is an object, too. */
function isPlainObject(value: unknown): value is Record<string, unknown> {
	return isObject(value) && !(value instanceof Int64Literal);
}

/**
 * Returns the rows of a response that is not paged: those at `resultPath`, or in the member where a list can
 * be, or the response itself.
 */
export function extractResults(
	data: Json | undefined,
	operation: Operation,
	shape?: ResponseShape,
): Json[] {
	const found =
		operation.resultPath === undefined
			? (rowsInMember(data, shape) ?? data)
			: valueAtPath(data, operation.resultPath);
	if (Array.isArray(found)) return found;
	return found === undefined ? [] : [found];
}

/** Returns a row as an object; bare values are put under the operation's `scalarKey`, IDs as text. */
export function toObjectRow(row: Json, operation: Operation): JsonObject {
	if (isJsonObject(row)) return row;
	const { scalarKey = 'value' } = operation;
	return { [scalarKey]: scalarKey === 'id' && typeof row === 'number' ? String(row) : row };
}
