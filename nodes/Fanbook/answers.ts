import type { HttpResponse, ParsedResponse, ApiRequest } from '../shared/http';
import type { Json, JsonObject } from '../shared/json';
import { isJsonObject, tryParseJson } from '../shared/json';
import { refusal } from './refusals';

/**
 * Reads either of Fanbook's envelopes, `{ok, result}` and `{status, code, data}`. Refusals come
 * with any HTTP status, 200 included, and JSON comes as text/plain, so only the body counts.
 */
export function readAnswer(answer: HttpResponse, request: ApiRequest): ParsedResponse {
	const body = tryParseJson(answer.text);
	if (isJsonObject(body)) {
		if (body.ok === true || body.status === true) return { data: dataOf(body) };
		const code = codeOf(body);
		const refused = body.ok === false || body.status === false || code !== undefined;
		if (refused || answer.status >= 300) {
			return { error: refusal(request, answer.status, code, wordsOf(body)) };
		}
	} else if (answer.status < 200 || answer.status >= 300) {
		return { error: refusal(request, answer.status, undefined, undefined) };
	}
	return {
		error: {
			message: 'The answer is not one Fanbook gives',
			description: 'Check the host in the credential. A proxy may have answered instead',
			outcomeUnknown: true,
		},
	};
}

function dataOf(body: JsonObject): Json {
	if (body.result !== undefined) return body.result;
	return body.data === undefined ? body : body.data;
}

/** The vendor's own clients disagree on the name of the code. */
function codeOf(body: JsonObject): string | undefined {
	const code = body.error_code ?? body.err_code ?? body.code;
	return typeof code === 'number' || typeof code === 'string' ? String(code) : undefined;
}

function wordsOf(body: JsonObject): string | undefined {
	for (const words of [body.description, body.desc, body.message, body.msg]) {
		// The other envelope repeats the code as its message.
		if (typeof words === 'string' && words.trim() !== '' && !/^\d+$/.test(words)) {
			return words.trim();
		}
	}
	return undefined;
}
