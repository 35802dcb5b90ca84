import type { ApiError, ApiRequest, HttpResponse, ParsedResponse } from '../shared/http';
import { isJsonObject, tryParseJson, valueAtPath } from '../shared/json';
import type { Json } from '../shared/json';
import { readErrorText, toApiError, withDetail } from './apiErrors';
import type { CalledFanfouOperation, ResponseType } from './operation';
import { reinterpretError } from './reinterpretError';

/** Parses a response: JSON, form text (login), XML or HTML (errors), or empty. */
export function parseResponse(response: HttpResponse, request: ApiRequest): ParsedResponse {
	const operation: CalledFanfouOperation | undefined = request.operation;
	const isLogin = operation?.canRefreshToken === false;
	const isSuccess = response.status >= 200 && response.status < 300;
	const data = tryParseJson(response.text, { idKeys: ['rawid'] });
	const isError = !isSuccess || (isJsonObject(data) && typeof data.error === 'string');
	if (isError) {
		return reinterpretError(response, operation) ?? { error: toApiError(response, isLogin) };
	}
	if (isLogin) return parseToken(response.text, data);
	if (response.text.trim() === '') return parseEmpty(request, operation);
	if (data === undefined) {
		return response.text.toLowerCase().includes('<error>')
			? { error: toApiError(response, false) }
			: { error: unexpectedResponse('a response in JSON') };
	}
	const expected = operation?.returns;
	if (expected !== undefined && !hasType(data, expected, operation)) {
		return { error: unexpectedResponse(RESPONSE_TYPES[expected], data) };
	}
	return { data: withoutMaxId(data, request) };
}

/** How messages name what an operation returns. */
const RESPONSE_TYPES: Record<ResponseType, string> = {
	status: 'a status',
	user: 'a user',
	message: 'a direct message',
	savedSearch: 'a saved search',
	object: 'an object',
	value: 'a single value',
	list: 'a list',
	unknown: 'a result',
};

function hasType(data: Json, expected: ResponseType, operation?: CalledFanfouOperation): boolean {
	switch (expected) {
		case 'status':
		case 'user':
		case 'message':
		case 'savedSearch':
			return isJsonObject(data) && data.id !== undefined && data.id !== null && data.id !== '';
		case 'object':
			return isJsonObject(data) && !isMessageOnly(data);
		case 'value':
			return typeof data !== 'object';
		case 'list':
			return Array.isArray(
				operation?.resultPath === undefined ? data : valueAtPath(data, operation.resultPath),
			);
		case 'unknown':
			return true;
	}
}

/** `{"message":"Login required"}` instead of the object. */
function isMessageOnly(data: Record<string, Json>): boolean {
	const keys = Object.keys(data);
	return keys.length > 0 && keys.every((key) => key === 'message' || key === 'request');
}

/** The response is not what the operation returns; a write may still have been carried out. */
function unexpectedResponse(expected: string, data?: Json): ApiError {
	const message = isJsonObject(data) && typeof data.message === 'string' ? data.message : '';
	return {
		message: withDetail(`Fanfou did not return ${expected}`, message.slice(0, 300)),
		description: 'Check the addresses in the credential, or run it again later',
		outcomeUnknown: true,
	};
}

function parseEmpty({ writes }: ApiRequest, operation?: CalledFanfouOperation): ParsedResponse {
	if (operation?.emptyMessage !== undefined) return { error: { message: operation.emptyMessage } };
	const isResult = operation?.returns === 'unknown' || operation?.emptyResult !== undefined;
	if (writes && (operation === undefined || isResult)) return { data: undefined };
	return { error: unexpectedResponse(RESPONSE_TYPES[operation?.returns ?? 'unknown']) };
}

/** Parses `oauth_token=…&oauth_token_secret=…`; a login without both has failed. */
function parseToken(text: string, data: Json | undefined): ParsedResponse {
	const token = isJsonObject(data) ? data : Object.fromEntries(new URLSearchParams(text.trim()));
	if (token.oauth_token && token.oauth_token_secret) return { data: token };
	return {
		error: {
			message: withDetail('Fanfou returned no token', readErrorText(text)),
			description: 'Check the keys and Login URL in the credential',
		},
	};
}

/** Some lists include the row of `max_id`, others only older rows; it is removed from all. */
function withoutMaxId(data: Json, { url }: ApiRequest): Json {
	const maxId = new URL(url).searchParams.get('max_id');
	if (maxId === null || !Array.isArray(data)) return data;
	return data.filter((row) => valueAtPath(row, 'id') !== maxId);
}
