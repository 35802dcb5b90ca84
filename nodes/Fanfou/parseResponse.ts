import { describeText } from '../shared/client/responseShape';
import type { ApiRequest, HttpResponse, ParsedResponse } from '../shared/http';
import { isJsonObject, tryParseJson, valueAtPath } from '../shared/json';
import { maskSecrets } from '../shared/maskSecrets';
import type { Json } from '../shared/json';
import { errorMember, readErrorText, toApiError, withDetail } from './apiErrors';
import type { CalledFanfouOperation } from './operation';
import { reinterpretError } from './reinterpretError';

/** Parses a response: JSON, form text (login), XML or HTML (errors), or empty. */
export function parseResponse(response: HttpResponse, request: ApiRequest): ParsedResponse {
	const operation: CalledFanfouOperation | undefined = request.operation;
	const isLogin = operation?.canRefreshToken === false;
	const isSuccess = response.status >= 200 && response.status < 300;
	const data = tryParseJson(response.text, { idKeys: ['rawid', 'otherid'] });
	const isError = !isSuccess || errorMember(data) !== undefined;
	if (isError) {
		const error = toApiError(response, isLogin, passwordOf(request));
		return reinterpretError(response, operation) ?? { error };
	}
	if (isLogin) return parseToken(response.text, data, passwordOf(request));
	if (response.text.trim() === '') {
		const message = operation?.emptyMessage;
		return message === undefined ? { data: undefined } : { error: { message } };
	}
	if (data === undefined) {
		return response.text.toLowerCase().includes('<error>')
			? { error: toApiError(response, false) }
			: { unexpected: describeText(response.text) };
	}
	return { data: withoutMaxId(data, request) };
}

/** Parses `oauth_token=…&oauth_token_secret=…`; a login without both has failed. */
function parseToken(
	text: string,
	data: Json | undefined,
	secrets: readonly string[],
): ParsedResponse {
	const token = isJsonObject(data) ? data : Object.fromEntries(new URLSearchParams(text.trim()));
	if (token.oauth_token && token.oauth_token_secret) return { data: token };
	return {
		error: {
			message: withDetail('Fanfou returned no token', maskSecrets(readErrorText(text), secrets)),
			description: 'Check the keys and Login URL in the credential',
			outcomeUnknown: true,
		},
	};
}

/** Returns the password in a request, which a response may repeat. */
function passwordOf({ url }: ApiRequest): string[] {
	const password = new URL(url).searchParams.get('x_auth_password');
	return password === null || password.trim() === '' ? [] : [password, password.trim()];
}

/** Some lists include the row of `max_id`, others only older rows; it is removed from all. */
function withoutMaxId(data: Json, { url }: ApiRequest): Json {
	const maxId = new URL(url).searchParams.get('max_id');
	if (maxId === null || !Array.isArray(data)) return data;
	return data.filter((row) => valueAtPath(row, 'id') !== maxId);
}
