import type { Parameter, ServiceName } from '../core/contract';
import { digits, parseJson, writeJson, type JsonValue } from '../core/json';
import { redactResponse } from '../core/secrets';
import type { UnsignedRequest } from '../core/service';
import { plainPng } from '../fanfou/pictures';
import { requireEndpoint } from './reference';

export interface TryInput {
	service: ServiceName;
	operation: string;
	/** The values that were entered, by parameter. */
	values: Record<string, string>;
}

export interface TryResult {
	status: number;
	ms: number;
	headers: Array<[name: string, value: string]>;
	body: string;
	/** A command that sends the same request; null where each request has a signature of its own. */
	curl: string | null;
}

const FORM = 'application/x-www-form-urlencoded';
const SAMPLE_COLOR: [number, number, number] = [120, 90, 200];

function splitList(text: string): string[] {
	return text
		.split(/[,\n]/)
		.map((item) => item.trim())
		.filter((item) => item !== '');
}

function toItem(type: Parameter['type'], text: string): JsonValue {
	if ((type === 'int32' || type === 'int64') && /^-?\d+$/.test(text)) return digits(text);
	if (type === 'boolean') return text === 'true';
	return type === 'object' ? parseJson(text) : text;
}

/** Returns the value of a JSON body for an entered text. Lists may be JSON or separated by commas. */
function toJson({ type, list }: Parameter, text: string): JsonValue {
	if (list === undefined) return toItem(type, text);
	if (text.trim().startsWith('[')) return parseJson(text);
	return splitList(text).map((item) => toItem(type, item));
}

function toPairs({ name, list }: Parameter, text: string): Array<[string, string]> {
	if (list === undefined) return [[name, text]];
	const items = splitList(text);
	if (list === 'comma') return [[name, items.join(',')]];
	return items.map((item): [string, string] => [name, item]);
}

function createBody(
	kind: string | undefined,
	fields: Array<[Parameter, string]>,
): Pick<UnsignedRequest, 'headers' | 'body'> {
	if (kind === 'json') {
		const entries = fields.map(([field, text]) => [field.name, toJson(field, text)] as const);
		const headers = { 'content-type': 'application/json' };
		return { headers, body: writeJson(Object.fromEntries(entries)) };
	}
	if (kind === 'form') {
		const pairs = fields.flatMap(([field, text]) => toPairs(field, text));
		return { headers: { 'content-type': FORM }, body: new URLSearchParams(pairs).toString() };
	}
	if (kind !== 'multipart') return { headers: {} };
	const body = new FormData();
	for (const [field, text] of fields) {
		if (field.type === 'file') {
			const bytes = new Uint8Array(plainPng(64, SAMPLE_COLOR));
			body.append(field.name, new Blob([bytes], { type: 'image/png' }), 'sample.png');
		} else {
			for (const [name, value] of toPairs(field, text)) body.append(name, value);
		}
	}
	return { headers: {}, body };
}

/** Creates the request of an operation, without credentials. */
export function createRequest({ service, operation, values }: TryInput): UnsignedRequest {
	const endpoint = requireEndpoint(service, operation);
	const entered = endpoint.parameters.flatMap((field): Array<[Parameter, string]> => {
		const text = values[field.name] ?? '';
		return text === '' ? [] : [[field, text]];
	});
	const at = (place: Parameter['in']): Array<[Parameter, string]> =>
		entered.filter(([field]) => field.in === place);
	const path = endpoint.path.replace(/\{([^}]+)\}/g, (_all, name: string) =>
		encodeURIComponent(values[name] ?? ''),
	);
	const query = new URLSearchParams(at('query').flatMap(([field, text]) => toPairs(field, text)));
	const prefix = `/${service}${endpoint.host === undefined ? '' : `-${endpoint.host}`}`;
	const search = query.size === 0 ? '' : `?${query.toString()}`;
	return {
		method: endpoint.method,
		url: `${prefix}${path}${search}`,
		...createBody(endpoint.contentTypes[0], at('body')),
	};
}

function quote(text: string): string {
	return `'${text.replace(/'/g, `'\\''`)}'`;
}

/** Returns a curl command. Access tokens, which expire, are replaced by a variable of the shell. */
export function createCurl(origin: string, request: UnsignedRequest): string | null {
	const { method, url, headers, body } = request;
	if (body instanceof FormData || headers.authorization?.startsWith('OAuth ')) return null;
	const shown = Object.entries(headers).map(([name, value]) =>
		name === 'authorization'
			? '-H "Authorization: Bearer $FANVUE_TOKEN"'
			: `-H ${quote(`${name}: ${value}`)}`,
	);
	const data = body === undefined ? [] : [`-d ${quote(body)}`];
	return [`curl -X ${method} ${quote(`${origin}${url}`)}`, ...shown, ...data].join(' \\\n  ');
}

/** Sends a signed request to the sandbox over HTTP, as any client would. */
export async function sendRequest(origin: string, request: UnsignedRequest): Promise<TryResult> {
	const { method, url, headers, body } = request;
	const started = performance.now();
	const response = await fetch(`${origin}${url}`, {
		method,
		headers,
		redirect: 'manual',
		...(body === undefined ? {} : { body }),
	});
	const text = await response.text();
	return {
		status: response.status,
		ms: Math.round(performance.now() - started),
		headers: [...response.headers],
		body: redactResponse(text),
		curl: createCurl(origin, request),
	};
}
