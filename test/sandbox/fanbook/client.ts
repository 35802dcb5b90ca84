import { isObject, parseJson, type JsonObject, type JsonValue } from '../../../sandbox/core/json';
import { DEMO } from '../../../sandbox/demo';
import type { Sandbox } from '../../../sandbox';

export const IDS = DEMO.fanbook;

export interface MethodResponse {
	status: number;
	contentType: string | null;
	text: string;
	/** The whole body; numbers keep their digits. */
	body: JsonObject;
	/** What stands in `result` or `data`. */
	result: JsonValue;
}

/** Calls a bot method with a body exactly as given: JSON when it begins with a brace, else a form. */
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
	if (!isObject(parsed)) throw new TypeError('the answer is no object');
	return {
		status: response.status,
		contentType: response.headers.get('content-type'),
		text,
		body: parsed,
		result: parsed.result ?? parsed.data ?? null,
	};
}

/** A result that must be an object. */
export async function callObject(sandbox: Sandbox, to: string, body?: string): Promise<JsonObject> {
	const { result, text } = await call(sandbox, to, body);
	if (!isObject(result)) throw new TypeError(`an object is wanted, not ${text}`);
	return result;
}

/** A result that must be a list of objects. */
export async function callList(sandbox: Sandbox, to: string, body?: string): Promise<JsonObject[]> {
	const { result, text } = await call(sandbox, to, body);
	if (!Array.isArray(result)) throw new TypeError(`a list is wanted, not ${text}`);
	return result.filter(isObject);
}

/** A refusal's code; 0 for a call that went well. */
export async function callForCode(sandbox: Sandbox, to: string, body?: string): Promise<number> {
	const { body: answer } = await call(sandbox, to, body);
	return Number(answer.error_code ?? (answer.status === false ? answer.code : 0));
}

/** The id of a message that the bot sends to a channel. */
export async function send(sandbox: Sandbox, text = 'hello', channelId?: string): Promise<string> {
	const chatId = channelId ?? IDS.lobbyChannelId;
	const body = `{"chat_id":${chatId},"text":${JSON.stringify(text)},"desc":"d"}`;
	const message = await callObject(sandbox, 'POST sendMessage', body);
	return String(message.message_id);
}
