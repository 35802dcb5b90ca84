import type { HttpResponse, ParsedResponse, ApiError, ApiRequest } from '../shared/http';
import { isJsonObject, tryParseJson } from '../shared/json';
import type { Json } from '../shared/json';
import type { CalledFanvueOperation } from './operation';
import { creatorInUrl } from './routes';
import { API_VERSION } from './version';

const CHECK_BASE_URL = 'Check the API address in the credential';
const CHECK_VALUES = 'Check the values of this item';

/** Data of an answer, or what Fanvue has against the call. */
export function parseResponse(answer: HttpResponse, request: ApiRequest): ParsedResponse {
	const data = tryParseJson(answer.text);
	if (answer.status < 200 || answer.status >= 300) {
		return { error: toApiError(answer, request, errorText(data)) };
	}
	const text = answer.text.trim();
	if (text === '') {
		if (request.writes) return { data: undefined };
		return {
			error: { message: 'Fanvue answered with nothing', description: 'Run it again later' },
		};
	}
	if (data !== undefined) return { data };
	// The address of an upload part comes as bare text.
	if (/^https?:\/\//.test(text)) return { data: text };
	return {
		error: {
			message: 'Fanvue answered with something that is not JSON',
			description: CHECK_BASE_URL,
			outcomeUnknown: true,
		},
	};
}

/** What Fanvue says is wrong: it has three envelopes for that. */
function errorText(data: Json | undefined): string {
	if (!isJsonObject(data)) return '';
	const { errors, message, error } = data;
	if (Array.isArray(errors) && errors.length > 0) return errors.map(messageOf).join('; ');
	return messageOf(message || error || '');
}

function messageOf(value: Json): string {
	if (isJsonObject(value) && typeof value.message === 'string') return value.message;
	return typeof value === 'string' ? value : JSON.stringify(value);
}

function toApiError(answer: HttpResponse, request: ApiRequest, text: string): ApiError {
	const tell = (sentence: string) => (text === '' ? sentence : `${sentence}: ${text}`);
	switch (answer.status) {
		case 400:
			return {
				message: tell('Fanvue does not accept this call'),
				description: badRequestDescription(request),
			};
		case 401:
			return {
				message: tell('Fanvue does not accept the connection of this account any more'),
				description: 'Open the credential of this node and connect the account again',
			};
		case 403:
			return {
				message: tell('Fanvue does not allow this call'),
				description: missingScopeDescription(request),
			};
		case 404:
			return {
				message: tell('Fanvue did not find it'),
				description: 'Check the IDs of this item, and that they belong to the account it acts as',
			};
		case 409:
			return { message: tell('Fanvue has it already'), description: 'Choose another name' };
		case 410:
			return {
				message: tell(`Fanvue has ended version ${API_VERSION} of its API`),
				description: versionDescription(answer),
			};
		case 429:
			return { message: tell('Fanvue is asked more often than it allows') };
		default:
			return {
				message: tell(`Fanvue answered with status ${answer.status}`),
				description:
					answer.status >= 500
						? 'Run it again later'
						: answer.status >= 400
							? CHECK_VALUES
							: CHECK_BASE_URL,
			};
	}
}

function badRequestDescription(request: ApiRequest): string {
	const operation: CalledFanvueOperation | undefined = request.operation;
	return operation?.opensChat === true
		? `${CHECK_VALUES}. A first message may need the chat to be opened before, with Chat: Create`
		: CHECK_VALUES;
}

/** Names the scopes of the route that was called, and where they are ticked. */
function missingScopeDescription(request: ApiRequest): string | undefined {
	const operation: CalledFanvueOperation | undefined = request.operation;
	const ofCreator = creatorInUrl(request.url) === undefined ? undefined : operation?.creator;
	const needs = ofCreator || operation?.scopes;
	if (needs === undefined) return undefined;
	const scopes = needs.length === 1 ? `scope ${needs[0]}` : `scopes ${needs.join(' and ')}`;
	const admin = needs.includes('read:agency') || needs.includes('write:agency');
	return [
		`It needs the ${scopes}: tick what is missing for the app in the developer area of Fanvue, add it to Scope in the credential and connect the account again`,
		...(admin ? ['The account has to be an admin of the agency'] : []),
	].join('. ');
}

function versionDescription(answer: HttpResponse): string {
	const data = tryParseJson(answer.text);
	const next = isJsonObject(data) && typeof data.nextVersion === 'string' ? data.nextVersion : '';
	return next === ''
		? 'Update this node package to a version that speaks a newer one'
		: `Update this node package to a version that speaks ${next}`;
}
