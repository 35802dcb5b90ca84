import type { EndpointRoute } from './contract';
import { parseJson, writeJson } from './json';
import { loadOpenApi, responseOf, type ServiceName } from './openApi';
import { findErrors, toInstance } from './schemaValidator';
import type { Reply } from './service';

/** A response to compare with the contract. */
export interface SentResponse {
	status: number;
	/** An error, possibly with a status of success. */
	isError: boolean;
	reply: Reply;
}

function showParams(params: Record<string, unknown>): string {
	return JSON.stringify(params, (_key, value: unknown) =>
		typeof value === 'bigint' ? String(value) : value,
	);
}

/** Returns the differences between a response and its description in the contract. */
export function findResponseErrors(
	service: ServiceName,
	{ routed }: EndpointRoute,
	{ status, isError, reply }: SentResponse,
): string[] {
	if (status >= 500 || reply.stream) return [];
	const described = isError && status < 400 ? 400 : status;
	const response = responseOf(loadOpenApi(service), routed.operation, described);
	if (response === undefined) return [`status ${status} is not described`];
	const schema = response.content?.['application/json']?.schema;
	if (reply.json === undefined) {
		const mayDiffer = isError || schema === undefined || response['x-may-be-empty'];
		return mayDiffer ? [] : ['the body is not JSON'];
	}
	if (schema === undefined) return ['a JSON body is not described'];
	// The text is parsed again, so that what is validated is what clients receive.
	const value = toInstance(parseJson(writeJson(reply.json)));
	return findErrors(service, schema, value).map(
		({ instancePath, message, keyword, params }) =>
			`${instancePath || '/'} ${message ?? keyword} ${showParams(params)}`,
	);
}
