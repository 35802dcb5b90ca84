import type { IDataObject } from 'n8n-workflow';
import { readAddresses } from '../../credentials/fanfou/address';
import type { Api } from '../shared/client/api';
import { localTime } from '../shared/client/retryPolicy';
import type { HttpResponse, RateLimit } from '../shared/http';
import { parseResponse } from './parseResponse';
import { responseShapes } from './responseShapes';

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
	webPageStatuses: [401, 404],
	responseShapes,
	readRateLimit,
	// Fanfou is a small community service.
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
	const limit = Number(headers['x-ratelimit-limit'] ?? NaN);
	const resetAt = localTime(reset, headers);
	return Number.isFinite(limit) ? { remaining, resetAt, limit } : { remaining, resetAt };
}
