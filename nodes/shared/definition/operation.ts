import type {
	IDataObject,
	IDisplayOptions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import type { HttpResponse, RateLimit, ParsedResponse } from '../http';
import type { Json, JsonObject } from '../json';
import type { PagingStrategy } from '../execution/paginate';
import type { ItemContext } from '../execution/itemContext';
import type { refreshExclusively } from '../client/tokenRefresh';
import type { RequestParts, ApiRequest } from '../client/request';

/**
 * The vocabulary in which a service is written down. An API method is one `Operation` in one
 * `Resource` of one `Service`; the editor's fields, the request, the paging, the output, the docs
 * and the contract tests are all derived from it.
 */

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Method and path exactly as documented, with path parameters as `:name`. */
export type Endpoint = `${Method} ${string}`;

/** Where a value travels. */
export type Place = 'path' | 'query' | 'body' | 'multipart';

/**
 * How a value is written on the wire.
 * - `text`: as it is; `boolean`, `integer`, `number`: JSON's own
 * - `id`: an identifier as text, checked against the field's pattern
 * - `digits`: a 64-bit integer, text in the editor and bare digits in JSON
 * - `list`: an array of texts; `digitsList`: an array of bare digits; `commas`: texts joined by commas
 * - `json`: an object or array; `jsonText`: the same as a JSON string inside the JSON
 * - `isoDate`: a point in time as ISO 8601 in UTC
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
	| 'number'
	| 'boolean'
	| 'json'
	| 'jsonText'
	| 'dateTime'
	| 'binary';

/** One entry of a drop-down. */
export interface FieldOption {
	name: string;
	value: string | number | boolean;
	description?: string;
}

/** A "From list / By ID / By URL" picker, defined once per kind of thing in a service's locators. */
export interface Locator {
	/** Name of the search method under `methods.listSearch`; without it there is no list mode. */
	search?: string;
	/** Shown in the empty ID field, begins with "e.g.". */
	idPlaceholder: string;
	/** What an ID must look like, and the sentence shown when it does not. */
	idPattern?: { regex: string; message: string };
	/** Offers "By URL"; the first group of the expression is the ID. */
	url?: { regex: string; placeholder: string };
}

/** How a field looks in the editor. */
export type FieldInput =
	| { type: 'string'; rows?: number; password?: boolean }
	| { type: 'number'; min?: number; max?: number; decimals?: number }
	| { type: 'boolean' }
	| { type: 'options'; choices: FieldOption[] }
	| { type: 'multiOptions'; choices: FieldOption[] }
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
	/** The name people read. */
	displayName: string;
	description: string;
	input: FieldInput;
	wireFormat: WireFormat;
	/** By default `path` where the endpoint names it, else `query` for GET and `body` for the rest. */
	in?: Place;
	default?: INodeProperties['default'];
	placeholder?: string;
	hint?: string;
	/** Must be filled; on by default for an operation's `fields`, off for its `options`. */
	required?: boolean;
	/** Shown only while other parameters have these values. */
	show?: IDisplayOptions['show'];
	/** Not shown while other parameters have these values. */
	hide?: IDisplayOptions['hide'];
	/** Sent also when left blank: an empty text or list then clears the value on the service's side. */
	sendEmpty?: boolean;
	/** A null (from an expression or `convert`) is sent as null, which clears the value. */
	nullable?: boolean;
	/** Longest text in the unit the service counts, and shortest. */
	length?: { max?: number; min?: number; unit?: 'characters' | 'bytes' };
	/** Least and most elements of a list. */
	items?: { max?: number; min?: number };
	/** Never sent: read by the operation's own code or by the service. */
	notSent?: boolean;
	/** Rewrites the value read from the editor before it is put on the wire. */
	toWire?: (value: unknown, call: ItemContext) => unknown;
	/** Finds the value when the field is left empty, as the editor would give it. */
	resolveDefault?: (call: ItemContext) => unknown;
}

/** What a finished call shows when the service answers with nothing useful. */
export type EmptyResult = 'deleted' | 'success';

export interface Operation {
	/** The reference's name; its value in camelCase, with `Get Many` as n8n's `getAll`. */
	name: string;
	/** Overrides the derived value. */
	value?: string;
	/** Sentence case, names the thing: "Send a message". */
	action: string;
	description: string;
	endpoint: Endpoint;
	/** Which of the service's hosts; by default the first. */
	host?: string;
	/** Parameters on top, in the editor's order; required unless they say otherwise. */
	fields?: Field[];
	/** The optional ones, in one collection. */
	options?: Field[];
	/** Groups of keys of which at least one must be filled. */
	oneOf?: string[][];
	/** Values that are always sent and never asked for. */
	constants?: Record<string, Json>;
	/** How the body is written; by default the service's. */
	encoding?: Encoding;
	/** Names one of the service's paging kinds; adds Return All and Limit. */
	paging?: string;
	/** Dotted path of the array or object in the answer that becomes items. */
	resultPath?: string;
	/** Rewrites each result. */
	transformResult?: (raw: JsonObject, call: ItemContext) => JsonObject | JsonObject[];
	/** Key under which a bare value (text, number, true) of the answer is shown. */
	scalarKey?: string;
	/** Shown for an answer without content. */
	emptyResult?: EmptyResult;
	/** Adds Simplify (on by default): a result reduced to what most workflows use. */
	simplify?: (raw: JsonObject, call: ItemContext) => JsonObject;
	/** Changes something: one lane by default, never repeated after an unclear outcome. By default all but GET. */
	writes?: boolean;
	/**
	 * Whether n8n renews the credential and sends again on the service's `renewOn`; on by default.
	 * Off for a call that is the sign-in itself.
	 */
	canRefreshToken?: boolean;
	/** Scopes or permissions the call needs, for failure texts and docs. */
	scopes?: string[];
	/** Anything only this service's `route`, `read` or docs understand. */
	traits?: Record<string, unknown>;
	/** A notice above the fields. */
	notice?: string;
	/** Only where one entry is not one request. */
	execute?: (call: ItemContext) => Promise<INodeExecutionData[] | JsonObject[] | JsonObject>;
}

export type Encoding = 'json' | 'form' | 'multipart';

export interface Resource {
	/** The reference's name; its value in camelCase. */
	name: string;
	value?: string;
	description?: string;
	operations: Operation[];
}

export interface Service {
	/** How people call it, also in messages. */
	name: string;
	/** The credential type that signs its requests. */
	credentialType: string;
	/** Base addresses by name, read from the (non-secret part of the) credential; the first is the default. */
	hosts: (credential: IDataObject) => Record<string, string>;
	headers?: Record<string, string>;
	encoding: Encoding;
	/** Statuses that must reach n8n itself, so that it renews tokens and sends again. */
	refreshOn?: number[];
	/** Makes one exchange for which n8n may have to renew the credential; by default n8n sees to it. */
	sendWithRefresh?: typeof refreshExclusively;
	/** Whether there is anything to renew in this credential; by default there is. */
	canRefresh?: (credential: IDataObject) => boolean;
	/** n8n signs this credential type as OAuth2. */
	oauth2?: boolean;
	resources: Resource[];
	paging: Record<string, PagingStrategy>;
	/** Fields that every operation (that qualifies) has on top, e.g. on whose behalf it runs. */
	leadingFields?: (operation: Operation) => Field[];
	/** Entries added to the Options collection. */
	commonOptions?: Field[];
	/** Last word on an operation's path (without a slash at its front) before a request is built. */
	rewritePath?: (path: string, call: ItemContext, operation: Operation) => string | Promise<string>;
	/** Last word on what an operation's parameters put on the wire. */
	transformRequest?: (
		parts: RequestParts,
		call: ItemContext,
	) => RequestParts | Promise<RequestParts>;
	/** What an answer says: its data, or the refusal it carries. */
	parseResponse: (answer: HttpResponse, request: ApiRequest) => ParsedResponse;
	/** What the answer's headers tell about the rate limit. */
	readRateLimit?: (headers: HttpResponse['headers']) => RateLimit | undefined;
	/** Which of several rate limits a request counts against; calls of one pause together. */
	rateLimitBucket?: (request: ApiRequest) => string;
	/** What an answer tells the user beside its data; shown once per execution as a hint. */
	readHint?: (answer: HttpResponse) => string | undefined;
	/** Fails early with a sentence when the credential cannot work yet. */
	validateCredential?: (credential: IDataObject) => string | undefined;
}
