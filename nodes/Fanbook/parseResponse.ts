import { describeData, describeText } from '../shared/client/responseShape';
import type { ApiRequest, HttpResponse, ParsedResponse } from '../shared/http';
import type { Json, JsonObject } from '../shared/json';
import { isJsonObject, tryParseJson } from '../shared/json';
import { toApiError } from './errorTexts';

/**
 * Parses both envelopes of Fanbook, `{ok, result}` and `{status, code, data}`. Errors have any HTTP
 * status, including 200, and JSON is sent as text/plain, so only the body is considered.
 */
export function parseResponse(response: HttpResponse, request: ApiRequest): ParsedResponse {
	const body = tryParseJson(response.text);
	if (isJsonObject(body)) {
		if (body.ok === true || body.status === true) return { data: dataOf(body) };
		const code = codeOf(body);
		const isError = body.ok === false || body.status === false || code !== undefined;
		if (isError || response.status >= 300) {
			return {
				error: toApiError(request, { status: response.status, code, text: errorTextOf(body) }),
			};
		}
	} else if (response.status < 200 || response.status >= 300) {
		return { error: toApiError(request, { status: response.status }) };
	}
	return { unexpected: body === undefined ? describeText(response.text) : describeData(body) };
}

function dataOf(body: JsonObject): Json {
	if (body.result !== undefined) return body.result;
	return body.data === undefined ? body : body.data;
}

/** The vendor's own clients use different names for the code. */
function codeOf(body: JsonObject): string | undefined {
	const code = body.error_code ?? body.err_code ?? body.code;
	return typeof code === 'number' || typeof code === 'string' ? String(code) : undefined;
}

function errorTextOf(body: JsonObject): string | undefined {
	for (const text of [body.description, body.desc, body.message, body.msg]) {
		// The second envelope repeats the code as its message.
		if (typeof text === 'string' && text.trim() !== '' && !/^\d+$/.test(text)) {
			return text.trim();
		}
	}
	return undefined;
}
