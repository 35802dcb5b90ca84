import { describeText } from '../shared/client/responseShape';
import type { HttpResponse, ParsedResponse, ApiError, ApiRequest } from '../shared/http';
import { isJsonObject, tryParseJson } from '../shared/json';
import type { Json } from '../shared/json';
import type { CalledFanvueOperation } from './operation';
import { creatorInUrl } from './routes';
import { API_VERSION } from './version';

const CHECK_BASE_URL = 'Check Base URL in the credential';
const CHECK_VALUES = 'Check the values of this item';
const RUN_LATER = 'Run it again later';

/** Longest text of Fanvue that becomes part of a message. */
const MAX_ERROR_TEXT = 1000;

/** The code of a failure that concerns the addressed fan and no other setting. */
export const UNREACHABLE_FAN = 'unreachableFan';

/** The code of a rejection that lists values of the request which are not valid. */
export const INVALID_VALUES = 'invalidValues';

/** Returns the data of a response, or the error that Fanvue reports. */
export function parseResponse(response: HttpResponse, request: ApiRequest): ParsedResponse {
	const data = tryParseJson(response.text);
	if (response.status < 200 || response.status >= 300) {
		return { error: toApiError(response, request, errorText(data)) };
	}
	const text = response.text.trim();
	// The address of an upload part is bare text.
	if (data === undefined && /^https?:\/\//.test(text)) return { data: text };
	return data === undefined && text !== '' ? { unexpected: describeText(text) } : { data };
}

/** Returns the error that Fanvue reports in one of three formats, or in that of OAuth. */
function errorText(data: Json | undefined): string {
	if (!isJsonObject(data)) return '';
	const { errors, message, error, error_description: reason } = data;
	const name = messageOf(message || error || '');
	const text =
		Array.isArray(errors) && errors.length > 0
			? errors.map(messageOf).join('; ')
			: typeof reason === 'string' && reason !== ''
				? [name, reason].filter((part) => part !== '').join(': ')
				: name;
	return text.length > MAX_ERROR_TEXT ? `${text.slice(0, MAX_ERROR_TEXT)}…` : text;
}

function messageOf(value: Json): string {
	if (isJsonObject(value) && typeof value.message === 'string') return value.message;
	return typeof value === 'string' ? value : JSON.stringify(value);
}

function toApiError(response: HttpResponse, request: ApiRequest, text: string): ApiError {
	const { status } = response;
	const withText = (sentence: string) => (text === '' ? sentence : `${sentence}: ${text}`);
	switch (status) {
		case 400:
			return badRequestError(response, request, text);
		case 401:
			return {
				message: withText('Fanvue no longer accepts the connection of this account'),
				description: 'Open the credential of this node and connect the account again',
			};
		case 403:
			if (isOtherFormat(response)) {
				return {
					message:
						"A text that is not JSON was returned with status 403 in place of Fanvue's response",
					description:
						'A proxy or firewall between n8n and Fanvue blocked the request. Check the network of n8n and Base URL in the credential',
				};
			}
			return {
				message: withText('Fanvue denied the request'),
				description: missingScopeDescription(request),
			};
		case 404:
			return {
				message: text === '' ? 'Fanvue found nothing with this ID' : text,
				description: withChatHint(
					'Check the IDs of this item, and that they belong to the account it acts as',
					request,
				),
			};
		case 409:
			return {
				message: withText('Fanvue reported a conflict'),
				description: 'Choose another name',
			};
		case 410:
			return {
				message: withText(`Fanvue ended version ${API_VERSION} of its API`),
				description: updateDescription(response),
			};
		case 429:
			return { message: withText('Fanvue rate limit reached') };
		default:
			return {
				message: withText(`Fanvue returned status ${status}`),
				...((status < 500 ? knownCause(response, text) : undefined) ?? {
					description: statusDescription(status),
				}),
			};
	}
}

/** Returns whether a response is not from Fanvue, which explains each rejection in JSON. */
function isOtherFormat({ text }: HttpResponse): boolean {
	return text.trim() !== '' && tryParseJson(text) === undefined;
}

function statusDescription(status: number): string {
	if (status >= 500) return RUN_LATER;
	return status >= 400 ? CHECK_VALUES : CHECK_BASE_URL;
}

function badRequestError(response: HttpResponse, request: ApiRequest, text: string): ApiError {
	const message =
		text === '' ? 'Fanvue rejected the request' : `Fanvue rejected the request: ${text}`;
	const cause = knownCause(response, text);
	if (cause !== undefined) return { message, ...cause };
	return listsErrors(response)
		? { message, description: CHECK_VALUES, code: INVALID_VALUES }
		: { message, description: withChatHint(CHECK_VALUES, request) };
}

/** Fanvue lists the values that are not valid, and states any other reason as one message. */
function listsErrors({ text }: HttpResponse): boolean {
	const data = tryParseJson(text);
	return isJsonObject(data) && Array.isArray(data.errors) && data.errors.length > 0;
}

function withChatHint(description: string, request: ApiRequest): string {
	const operation: CalledFanvueOperation | undefined = request.operation;
	return operation?.opensChat === true
		? `${description}. For a first message, create the chat first with Chat: Create`
		: description;
}

/** Returns what to do about a rejection whose text names a cause beside the values of the item. */
function knownCause(response: HttpResponse, text: string): Omit<ApiError, 'message'> | undefined {
	const words = `${text} ${response.text.slice(0, MAX_ERROR_TEXT)}`.toLowerCase();
	if (isAboutApiVersion(words)) return { description: updateDescription(response) };
	if (/\binvalid user[ _-]?uuid\b|\buser[ _-]?uuid (?:is )?(?:invalid|not valid)\b/.test(words)) {
		return {
			description:
				'The fan has deleted their account or blocked this one, or the UUID belongs to nobody. No message can be sent to this fan',
			code: UNREACHABLE_FAN,
		};
	}
	return undefined;
}

/** Returns whether a rejection, in lower case, is about the version of the API in the request. */
function isAboutApiVersion(words: string): boolean {
	// Not "conversion".
	if (!/(?:api|[^a-z])versions?\b/.test(words)) return false;
	if (words.includes(API_VERSION)) return true;
	if (words.includes('unsupported') || words.includes('not supported')) return true;
	return (
		words.includes('api') &&
		/\b(?:no longer|deprecated|invalid|retired|expired|unknown|sunset)\b/.test(words)
	);
}

/** Returns the scopes that the called route requires, and where to add them. */
function missingScopeDescription(request: ApiRequest): string | undefined {
	const operation: CalledFanvueOperation | undefined = request.operation;
	const ofCreator = creatorInUrl(request.url) === undefined ? undefined : operation?.creator;
	const isV1 = /\/v1\//.test(request.url);
	const needed = ofCreator ?? (isV1 ? operation?.v1Scopes : undefined) ?? operation?.scopes;
	if (needed === undefined) return undefined;
	const scopes = needed.length === 1 ? `scope ${needed[0]}` : `scopes ${needed.join(' and ')}`;
	const needsAdmin = needed.includes('read:agency') || needed.includes('write:agency');
	return [
		`This operation needs the ${scopes}: select what is missing for the app in the developer area of Fanvue, add it to Scopes in the credential and connect the account again`,
		...(needsAdmin ? ['The account must be an admin of the agency'] : []),
	].join('. ');
}

function updateDescription(response: HttpResponse): string {
	const data = tryParseJson(response.text);
	const next = isJsonObject(data) && typeof data.nextVersion === 'string' ? data.nextVersion : '';
	return next === ''
		? 'Update this node package to a version that supports a newer one'
		: `Update this node package to a version that supports ${next}`;
}
