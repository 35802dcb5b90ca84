import { isObject, parseJson, type JsonObject, type JsonValue } from '../../../sandbox/core/json';
import { DEMO } from '../../../sandbox/demo';
import { requireDescribed } from '../core/described';
import type { Sandbox } from '../../../sandbox';

export const IDS = DEMO.fanbook;

export interface MethodResponse {
	status: number;
	contentType: string | null;
	text: string;
	/** The parsed body; numbers keep all digits. */
	body: JsonObject;
	/** The member `result` or `data`. */
	result: JsonValue;
}

/**
 * Calls a bot method. The body is sent unchanged: as JSON if it starts with a brace, else as a form.
 * Throws if the response differs from the contract.
 */
export async function call(
	sandbox: Sandbox,
	to: string,
	body?: string,
	token: string = IDS.botToken,
): Promise<MethodResponse> {
	const [method = '', path = ''] = to.split(' ');
	const type = body?.startsWith('{') ? 'application/json' : 'application/x-www-form-urlencoded';
	const init =
		body === undefined ? { method } : { method, body, headers: { 'content-type': type } };
	const response = await fetch(`${sandbox.urls.fanbook}/api/bot/${token}/${path}`, init);
	const text = await response.text();
	const parsed = parseJson(text);
	if (!isObject(parsed)) throw new TypeError('the response is not an object');
	requireDescribed('fanbook', {
		method,
		path: `/${path.split('?')[0] ?? ''}`,
		status: response.status,
		text,
		isError: (parsed.ok ?? parsed.status) !== true,
	});
	return {
		status: response.status,
		contentType: response.headers.get('content-type'),
		text,
		body: parsed,
		result: parsed.result ?? parsed.data ?? null,
	};
}

/** Calls a method and returns its result, which must be an object. */
export async function callObject(sandbox: Sandbox, to: string, body?: string): Promise<JsonObject> {
	const { result, text } = await call(sandbox, to, body);
	if (!isObject(result)) throw new TypeError(`expected an object, received ${text}`);
	return result;
}

/** Calls a method and returns its result, which must be a list of objects. */
export async function callList(sandbox: Sandbox, to: string, body?: string): Promise<JsonObject[]> {
	const { result, text } = await call(sandbox, to, body);
	if (!Array.isArray(result)) throw new TypeError(`expected a list, received ${text}`);
	return result.filter(isObject);
}

/** Calls a method and returns the error code, or 0 on success. */
export async function callForCode(sandbox: Sandbox, to: string, body?: string): Promise<number> {
	const { body: response } = await call(sandbox, to, body);
	return Number(response.error_code ?? (response.status === false ? response.code : 0));
}

/** Sends a message as the bot and returns its id. */
export async function send(sandbox: Sandbox, text = 'hello', channelId?: string): Promise<string> {
	const chatId = channelId ?? IDS.lobbyChannelId;
	const body = `{"chat_id":${chatId},"text":${JSON.stringify(text)},"desc":"d"}`;
	const message = await callObject(sandbox, 'POST sendMessage', body);
	return String(message.message_id);
}
