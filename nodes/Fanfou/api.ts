import type { IDataObject } from 'n8n-workflow';
import { readAddresses } from '../../credentials/fanfou/address';
import type { Api } from '../shared/client/api';
import type { ApiRequest, HttpResponse, ParsedResponse, RateLimit } from '../shared/http';
import { isJsonObject, valueAtPath, tryParseJson } from '../shared/json';
import type { Json } from '../shared/json';
import type { CalledFanfouOperation } from './operation';
import { readErrorText, toApiError, withDetail } from './apiErrors';
import { reinterpretError } from './reinterpretError';

/** How Fanfou communicates: form bodies, and responses as JSON, form text, XML or HTML. */
export const fanfouApi: Api = {
	name: 'Fanfou',
	credentialType: 'fanfouOAuth1Api',
	hosts: (credential) => {
		const { baseUrl, loginUrl } = readAddresses(credential);
		return { api: baseUrl, login: loginUrl };
	},
	encoding: 'form',
	// A token fetched with a password is fetched again when Fanfou rejects it.
	refreshOn: [401],
	canRefresh: ({ accessToken, username, password }) => !accessToken && !!username && !!password,
	parseResponse,
	readRateLimit,
	// A small community service, run by few people.
	maxConcurrency: 10,
	validateCredential,
	secrets: { parameters: ['x_auth_password'] },
};

function validateCredential({ consumerKey, consumerSecret }: IDataObject): string | undefined {
	return consumerKey && consumerSecret
		? undefined
		: 'The Fanfou credential has no API Key and API Secret';
}

/** These headers are undocumented; they are honoured when present. */
function readRateLimit(headers: HttpResponse['headers']): RateLimit | undefined {
	const remaining = Number(headers['x-ratelimit-remaining'] ?? NaN);
	const reset = Number(headers['x-ratelimit-reset'] ?? NaN);
	if (!Number.isFinite(remaining) || !(reset > 1_000_000_000)) return undefined;
	return { remaining, resetAt: reset * 1000 };
}

/** Answers come as JSON, as form text (sign-in), as XML or HTML (refusals), or empty. */
function parseResponse(response: HttpResponse, request: ApiRequest): ParsedResponse {
	const isSignIn = request.operation?.canRefreshToken === false;
	const succeeded = response.status >= 200 && response.status < 300;
	const data = tryParseJson(response.text, { idKeys: ['rawid'] });
	const refuses = !succeeded || (isJsonObject(data) && typeof data.error === 'string');
	if (refuses) {
		const handled = reinterpretError(response, request.operation);
		return handled ?? { error: toApiError(response, isSignIn) };
	}
	if (isSignIn) return tokensOf(response.text, data);
	if (response.text.trim() === '') return emptyAnswer(request);
	if (fits(data, request.operation)) return { data: withoutMaxId(data, request) };
	if (/<error>/i.test(response.text)) return { error: toApiError(response, false) };
	return {
		error: {
			message: 'Fanfou answered with something that cannot be read',
			description: 'Check the addresses in the credential',
			outcomeUnknown: true,
		},
	};
}

function emptyAnswer({ operation }: { operation?: CalledFanfouOperation }): ParsedResponse {
	const meaning = operation?.emptyMessage;
	return meaning !== undefined ? { error: { message: meaning } } : { data: undefined };
}

/** `oauth_token=…&oauth_token_secret=…`; a sign-in that brings no such pair has not succeeded. */
function tokensOf(text: string, data: Json | undefined): ParsedResponse {
	const given = isJsonObject(data) ? data : Object.fromEntries(new URLSearchParams(text.trim()));
	if (given.oauth_token && given.oauth_token_secret) return { data: given };
	return {
		error: {
			message: withDetail('Fanfou gave no token', readErrorText(text)),
			description: 'Check the keys and Login URL in the credential',
		},
	};
}

/** Whether data has the form of what an operation gives: an object, a list for pages, or one bare value. */
function fits(data: Json | undefined, operation?: CalledFanfouOperation): data is Json {
	if (data === undefined) return false;
	if (operation === undefined || data === null || Array.isArray(data)) return true;
	return isJsonObject(data)
		? operation.paging === undefined || operation.resultPath !== undefined
		: operation.paging === undefined && operation.scalarKey !== undefined;
}

/** Some lists give the row of `max_id` again, others only what is older: here it is always the latter. */
function withoutMaxId(data: Json, { url }: ApiRequest): Json {
	const maxId = new URL(url).searchParams.get('max_id');
	if (maxId === null || !Array.isArray(data)) return data;
	return data.filter((row) => valueAtPath(row, 'id') !== maxId);
}
