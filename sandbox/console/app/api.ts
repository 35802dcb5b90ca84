import { isRecord, quoteLongIntegers, textOf } from './json';

export type ServiceName = 'fanvue' | 'fanfou' | 'fanbook';

/** The values of a query or a body; undefined ones are left out. */
export type Values = Record<string, string | number | boolean | null | undefined | object>;

/** The sandbox responded, but refused the request. */
export class RefusedError extends Error {}

function readMessage(text: string): string {
	try {
		const body: unknown = JSON.parse(text);
		return isRecord(body) ? textOf(body.message) : '';
	} catch {
		return text;
	}
}

async function request<Result>(path: string, options: RequestInit = {}): Promise<Result> {
	const response = await fetch(`/_admin/${path}`, options);
	const text = await response.text();
	if (!response.ok) {
		throw new RefusedError(readMessage(text) || `The sandbox responded with ${response.status}`);
	}
	// The type is that of the same commit's server, which needs no check.
	const result: Result = JSON.parse(quoteLongIntegers(text));
	return result;
}

/** Sends a GET request to an address below `/_admin/`. */
export function getJson<Result>(path: string): Promise<Result> {
	return request<Result>(path);
}

export function postJson<Result>(path: string, body: Values = {}): Promise<Result> {
	const headers = { 'content-type': 'application/json' };
	return request<Result>(path, { method: 'POST', headers, body: JSON.stringify(body) });
}

export async function deleteJson(path: string): Promise<void> {
	await request(path, { method: 'DELETE' });
}

/** Lets a simulated user of a service do something. */
export function act<Result = unknown>(
	service: ServiceName,
	action: string,
	input: Values = {},
): Promise<Result> {
	return postJson<Result>(`${service}/${action}`, input);
}

/** Returns a path with the query of the given values. */
export function withQuery(path: string, values: Values): string {
	const query = new URLSearchParams();
	for (const [name, value] of Object.entries(values)) {
		if (typeof value === 'string' && value !== '') query.set(name, value);
		else if (typeof value === 'number' || typeof value === 'boolean')
			query.set(name, String(value));
	}
	const search = query.toString();
	return search === '' ? path : `${path}?${search}`;
}
