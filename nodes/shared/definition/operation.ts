import type {
	IBinaryData,
	IDisplayOptions,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import type { Api } from '../client/api';
import type { ApiClient } from '../client/apiClient';
import type { Encoding, Endpoint } from '../endpoint';
import type { CalledOperation, FilePart, RequestParts } from '../http';
import type { Json, JsonObject } from '../json';

/**
 * The types of the tables. An API method is one `Operation` in one `Resource` of one `Service`; the
 * editor's fields, the request, pagination, output, docs and contract tests are derived from it.
 */

/** Where a value is sent. */
export type Place = 'path' | 'query' | 'body' | 'multipart';

/**
 * How a value is written on the wire.
 * - `text`: unchanged; `boolean`, `integer`: JSON's own
 * - `id`: an identifier as text, checked against the field's pattern
 * - `int64`: a 64-bit integer, text in the editor and bare digits in JSON
 * - `stringList`: an array of texts; `int64List`: an array of bare digits; `commaList`: texts joined by commas
 * - `json`: an object or array
 * - `dateTime`: a point in time as ISO 8601 in UTC
 * - `binary`: a file of the item, read from n8n's binary store
 */
export type WireFormat =
	| 'text'
	| 'id'
	| 'int64'
	| 'stringList'
	| 'int64List'
	| 'commaList'
	| 'integer'
	| 'boolean'
	| 'json'
	| 'dateTime'
	| 'binary';

/** One entry of a drop-down list. */
export interface FieldOption {
	name: string;
	value: string | number | boolean;
	description?: string;
}

/** The modes of a resource locator (From List, By ID, By URL), defined once per kind of object. */
export interface Locator {
	/** Name of the search method under `methods.listSearch`. Not set for a locator without a list. */
	search?: string;
	/** Shown in the empty ID field, begins with "e.g.". */
	idPlaceholder: string;
	/** The pattern of an ID, and the message shown when an ID does not match. */
	idPattern?: { regex: string; message: string };
	/** Offers "By URL"; the first group of the expression is the ID. */
	url?: { regex: string; placeholder: string };
}

/** Where the choices of a list of IDs are loaded from. */
export interface OptionsSource {
	/** Name of the method under `methods.loadOptions`. */
	method: string;
	/** Parameters that the choices depend on; they are loaded anew when one changes. */
	dependsOn?: string[];
}

/** The kind of input in the editor. */
export type FieldInput =
	| { type: 'string'; rows?: number; password?: boolean }
	| { type: 'number'; min?: number; max?: number; decimals?: number }
	| { type: 'boolean' }
	| {
			type: 'options';
			choices: FieldOption[];
			/** Offers "(Not Set)", which sends nothing. */
			isOptional?: boolean;
	  }
	| { type: 'multiOptions'; choices: FieldOption[] }
	| { type: 'loadedMultiOptions'; source: OptionsSource }
	| { type: 'stringList' }
	| { type: 'json' }
	| { type: 'dateTime' }
	| { type: 'resourceLocator'; picker: Locator }
	| { type: 'custom'; property: Omit<INodeProperties, 'displayName' | 'name' | 'default'> };

export interface Field {
	/** The API's own name; dots nest it in the body (`photo.Url`). */
	key: string;
	/** The parameter's name; by default the last part of `key` in camelCase. */
	name?: string;
	displayName: string;
	description: string;
	input: FieldInput;
	wireFormat: WireFormat;
	/** By default `path` if the endpoint names it, else `query` for GET and `body` for other methods. */
	in?: Place;
	default?: INodeProperties['default'];
	placeholder?: string;
	hint?: string;
	/** By default true for an operation's `fields` and false for its optional fields. */
	required?: boolean;
	/** Shown only while other parameters have these values. */
	show?: IDisplayOptions['show'];
	/** Hidden while other parameters have these values. */
	hide?: IDisplayOptions['hide'];
	/** An empty text or list is sent, which clears the value at the service. */
	sendEmpty?: boolean;
	/** A null (from an expression or `toWire`) is sent as null, which clears the value. */
	nullable?: boolean;
	/** Shortest and longest text, in the unit that the service counts. */
	length?: { max?: number; min?: number; unit?: 'characters' | 'bytes' };
	/** Fewest and most elements of a list. */
	items?: { max?: number; min?: number };
	/** Never sent: read by the operation's own code or by the service. */
	notSent?: boolean;
	/** Converts the editor's value before it is written on the wire. */
	toWire?: (value: unknown, item: ItemContext) => unknown;
	/** Returns the value to use when the field is empty, in the form the editor would give. */
	resolveDefault?: (item: ItemContext) => unknown;
}

/** Result of a successful call without content in its response. */
export type EmptyResult = 'deleted' | 'success';

/** How a write is confirmed: see `Operation.confirmation`. */
export interface Confirmation {
	/** Why the action requires a person's consent, e.g. "A deleted post cannot be restored". */
	consequence?: string;
	/** Returns what would happen, by default the action and its parameters; sends only read requests. */
	preview?: (item: ItemContext) => Promise<JsonObject>;
}

/** The collections that hold optional fields. */
export type CollectionName = 'additionalFields' | 'updateFields' | 'filters';

export interface Operation {
	/** The reference's name; its value is the name in camelCase, `getAll` for `Get Many`. */
	name: string;
	/** Overrides the derived value. */
	value?: string;
	/** Sentence case, names the object: "Send a message". */
	action: string;
	description: string;
	endpoint: Endpoint;
	/** Which of the service's hosts; the first by default. */
	host?: string;
	/** Parameters on top, in the editor's order; required unless they state otherwise. */
	fields?: Field[];
	/**
	 * Optional fields of a call that creates or does something. An entry has one collection at most; a
	 * single optional field is shown on top instead.
	 */
	additionalFields?: Field[];
	/** Optional fields of an update. */
	updateFields?: Field[];
	/** Optional fields of a list or search. */
	filters?: Field[];
	/** Groups of keys of which at least one must be filled. */
	oneOf?: string[][];
	/** Sets of keys of which at least one must be filled, and none in part. */
	oneSetOf?: string[][];
	/** Values that are always sent. */
	constants?: Record<string, Json>;
	/** How the body is written; by default as the service does it. */
	encoding?: Encoding;
	/** Names one of the service's paging strategies; adds Return All and Limit. */
	paging?: string;
	/** Dotted path of the array or object in the response that becomes items. */
	resultPath?: string;
	/** Converts each result. */
	transformResult?: (raw: JsonObject, item: ItemContext) => JsonObject | JsonObject[];
	/** Key for a result that is a bare text, number or boolean. */
	scalarKey?: string;
	/** Returned for a response without content. */
	emptyResult?: EmptyResult;
	/** Adds Simplify (on by default), which reduces a result to what most workflows use. */
	simplify?: (raw: JsonObject, item: ItemContext) => JsonObject;
	/**
	 * Changes something at the service: runs one item at a time by default and is never repeated
	 * after an unknown outcome. True by default for every method but GET.
	 */
	writes?: boolean;
	/** Most items at the same time if Concurrency is automatic, if fewer than the service can take. */
	maxConcurrency?: number;
	/**
	 * Adds Confirm, for writes that cannot be undone or that reach many people: on in workflows, off
	 * where an AI agent uses the node as a tool. While it is off, a preview is returned.
	 */
	confirmation?: Confirmation;
	/** The user enters method and path; `endpoint` is only a placeholder. */
	anyEndpoint?: boolean;
	/** Sends one request for all items, made from the parameters of the first one. */
	usesFirstItemOnly?: boolean;
	/** Whether the call for one item changes something, if that depends on its parameters. */
	writesForItem?: (context: IExecuteFunctions, itemIndex: number) => boolean;
	/** False for a call that is itself the sign-in: its 401 does not refresh the token. */
	canRefreshToken?: boolean;
	/** Scopes or permissions the call needs, for messages and docs. */
	scopes?: string[];
	/** A notice above the fields. */
	notice?: string;
	/** Replaces the single request of the entry. */
	execute?: (item: ItemContext) => Promise<INodeExecutionData[] | JsonObject[] | JsonObject>;
}

/** Operations of one kind of object. A service extends `Operation` with what only it needs. */
export interface Resource<O extends Operation = Operation> {
	/** The reference's name; its value is the name in camelCase. */
	name: string;
	/** Name of the operation that a fresh node has: the one people use most, never one that deletes. */
	preferred: string;
	operations: O[];
}

/** What a node offers: an API and its tables. */
export interface Service {
	api: Api;
	/** Name of the resource that a fresh node has. */
	preferredResource: string;
	resources: Resource[];
	paging: Record<string, PagingStrategy>;
	/** Fields that each operation (that qualifies) has on top, e.g. the account it acts for. */
	leadingFields?: (operation: Operation) => Field[];
	/** Entries added to the Options collection. */
	commonOptions?: Field[];
	/** Rewrites the path (no leading slash) of an operation. */
	rewritePath?: (
		path: string,
		item: ItemContext,
		operation: CalledOperation,
	) => string | Promise<string>;
	/** Rewrites what an operation's parameters put on the wire. */
	transformRequest?: (
		parts: RequestParts,
		item: ItemContext,
	) => RequestParts | Promise<RequestParts>;
}

/** One operation for one input item: its parameters, and the requests made for it. */
export interface ItemContext {
	readonly context: IExecuteFunctions;
	readonly service: Service;
	readonly operation: Operation;
	readonly itemIndex: number;
	readonly client: ApiClient;
	/** Returns all fields of the operation, each with the collection it is in. */
	fields: () => Array<{ field: Field; collection?: string }>;
	/** Returns a parameter as the editor holds it; `undefined` if it is not set or not shown. */
	raw: (name: string) => unknown;
	/** Returns a parameter's value, ready for the wire. */
	value: (name: string) => unknown;
	/** Returns a parameter as text, empty if it is not set. */
	text: (name: string) => string;
	/** Returns a boolean parameter, false if it is not set. */
	boolean: (name: string) => boolean;
	/** Returns one of n8n's own switches (Return All, Simplify), which an expression may give as text. */
	isEnabled: (name: string, fallback?: boolean) => boolean;
	/**
	 * Reads the settings of the operation that are not sent, so that one that cannot be used is rejected
	 * before a write, not after it.
	 */
	checkSettings: () => void;
	/** Returns Limit, or Infinity with Return All. */
	limit: () => number;
	/** Returns everything the operation's parameters put on the wire. */
	requestParts: () => Promise<RequestParts>;
	/**
	 * Sends the operation's own request.
	 *
	 * @param extra values added to (and overriding) the parameters, ready for the wire
	 * @param signal ends the request when its response is no longer needed
	 */
	request: (extra?: PageParameters, signal?: AbortSignal) => Promise<Json | undefined>;
	/** Calls another endpoint of the same service; `parts.operation` is the operation it counts as. */
	fetch: (endpoint: Endpoint, parts?: RequestParts) => Promise<Json | undefined>;
	/**
	 * Returns the rows of a paged operation, up to Limit. The rows of each page are converted before
	 * those of the next page are read.
	 */
	fetchPages: <T>(convert: (rows: Json[]) => T[]) => Promise<T[]>;
	/** Reads a file of the item into memory. */
	file: (property: string, displayName: string) => Promise<FilePart>;
	/** Returns n8n's description of a file of the item. */
	binaryInfo: (property: string, displayName: string) => IBinaryData;
	/** Returns one output item, linked to the input item. */
	outputItem: (json: JsonObject, binary?: INodeExecutionData['binary']) => INodeExecutionData;
}

/** Parameters of one page, ready for the wire; they are sent where the operation's own ones are. */
export type PageParameters = Record<string, unknown>;

export interface Page {
	data: Json | undefined;
	rows: Json[];
	/** Rows of this page that no earlier page had (all rows if the strategy has no `rowKey`). */
	newRows: Json[];
	/** Rows asked for. */
	size: number;
	parameters: PageParameters;
}

/** How a service splits a long list into pages. */
export interface PagingStrategy {
	/** Largest page the service returns. */
	size: number;
	first: (size: number, item: ItemContext) => PageParameters | Promise<PageParameters>;
	/** Returns the parameters of the next page, `undefined` at the end. */
	next: (page: Page, item: ItemContext) => PageParameters | undefined;
	/**
	 * Returns the parameters of a page further on, as `next` will return them if the list is that long;
	 * `undefined` if that cannot be known. Such pages are requested ahead.
	 *
	 * @param steps how many pages after this one, at least 1
	 */
	ahead?: (page: Page, steps: number) => PageParameters | undefined;
	/** Reads the rows of a response; by default the response itself, or the operation's `resultPath`. */
	rows?: (data: Json | undefined) => Json[];
	/** Identifies a row; repeated rows are dropped, and a page of only repeated rows is the end. */
	rowKey?: (row: Json) => string | undefined;
}
