import type { Answer, Reading, Refusal } from '../shared/answer';
import { isJsonObject, tryReadJson } from '../shared/json';
import type { Json } from '../shared/json';
import type { WireRequest } from '../shared/request';
import { creatorOf, routesOf } from './routes';
import { API_VERSION } from './version';

const CHECK_ADDRESS = 'Check the API address in the credential';
const CHECK_VALUES = 'Check the values of this item';

/** Data of an answer, or what Fanvue has against the call. */
export function read(answer: Answer, request: WireRequest): Reading {
	const data = tryReadJson(answer.text);
	if (answer.status < 200 || answer.status >= 300) {
		return { refusal: refusalOf(answer, request, said(data)) };
	}
	const text = answer.text.trim();
	if (text === '') {
		if (request.writes) return { data: undefined };
		return { refusal: { message: 'Fanvue answered with nothing', advice: 'Run it again later' } };
	}
	if (data !== undefined) return { data };
	// The address of an upload part comes as bare text.
	if (/^https?:\/\//.test(text)) return { data: text };
	return {
		refusal: {
			message: 'Fanvue answered with something that is not JSON',
			advice: CHECK_ADDRESS,
			unclear: true,
		},
	};
}

/** What Fanvue says is wrong: it has three envelopes for that. */
function said(data: Json | undefined): string {
	if (!isJsonObject(data)) return '';
	const { errors, message, error } = data;
	if (Array.isArray(errors) && errors.length > 0) return errors.map(words).join('; ');
	return words(message || error || '');
}

function words(value: Json): string {
	if (isJsonObject(value) && typeof value.message === 'string') return value.message;
	return typeof value === 'string' ? value : JSON.stringify(value);
}

function refusalOf(answer: Answer, request: WireRequest, text: string): Refusal {
	const tell = (sentence: string) => (text === '' ? sentence : `${sentence}: ${text}`);
	switch (answer.status) {
		case 400:
			return {
				message: tell('Fanvue does not accept this call'),
				advice: badRequestAdvice(request),
			};
		case 401:
			return {
				message: tell('Fanvue does not accept the connection of this account any more'),
				advice: 'Open the credential of this node and connect the account again',
			};
		case 403:
			return { message: tell('Fanvue does not allow this call'), advice: scopeAdvice(request) };
		case 404:
			return {
				message: tell('Fanvue did not find it'),
				advice: 'Check the IDs of this item, and that they belong to the account it acts as',
			};
		case 409:
			return { message: tell('Fanvue has it already'), advice: 'Choose another name' };
		case 410:
			return {
				message: tell(`Fanvue has ended version ${API_VERSION} of its API`),
				advice: versionAdvice(answer),
			};
		case 429:
			return { message: tell('Fanvue is asked more often than it allows') };
		default:
			return {
				message: tell(`Fanvue answered with status ${answer.status}`),
				advice:
					answer.status >= 500
						? 'Run it again later'
						: answer.status >= 400
							? CHECK_VALUES
							: CHECK_ADDRESS,
			};
	}
}

function badRequestAdvice(request: WireRequest): string {
	return request.operation?.traits?.opensChat === true
		? `${CHECK_VALUES}. A first message may need the chat to be opened before, with Chat: Create`
		: CHECK_VALUES;
}

/** Names the scopes of the route that was called, and where they are ticked. */
function scopeAdvice(request: WireRequest): string | undefined {
	const { operation, url } = request;
	const ofCreator = operation && creatorOf(url) && routesOf(operation).creator;
	const needs = ofCreator || operation?.needs;
	if (needs === undefined) return undefined;
	const scopes = needs.length === 1 ? `scope ${needs[0]}` : `scopes ${needs.join(' and ')}`;
	const admin = needs.includes('read:agency') || needs.includes('write:agency');
	return [
		`It needs the ${scopes}: tick what is missing for the app in the developer area of Fanvue, add it to Scope in the credential and connect the account again`,
		...(admin ? ['The account has to be an admin of the agency'] : []),
	].join('. ');
}

function versionAdvice(answer: Answer): string {
	const data = tryReadJson(answer.text);
	const next = isJsonObject(data) && typeof data.nextVersion === 'string' ? data.nextVersion : '';
	return next === ''
		? 'Update this node package to a version that speaks a newer one'
		: `Update this node package to a version that speaks ${next}`;
}
