import type { IDataObject } from 'n8n-workflow';
import { apiAddressOf, readApiAddress } from '../../credentials/fanvue/apiAddress';
import type { Api } from '../shared/client/api';
import { localTime } from '../shared/client/retryPolicy';
import { refreshExclusively } from '../shared/client/tokenRefresh';
import type { ApiRequest, HttpResponse, RateLimit } from '../shared/http';
import { isObject } from '../shared/json';
import { parseResponse } from './parseResponse';
import { responseShapes } from './responseShapes';
import { creatorInUrl } from './routes';
import { API_VERSION } from './version';

/** How Fanvue communicates: JSON bodies and three shapes of errors. */
export const fanvueApi: Api = {
	name: 'Fanvue',
	credentialType: 'fanvueOAuth2Api',
	hosts: (credential) => ({ api: readApiAddress(apiAddressOf(credential)) }),
	// n8n signs OAuth2 types itself and does not call the credential class, so the version is set here.
	headers: { 'x-fanvue-api-version': API_VERSION },
	encoding: 'json',
	refreshOn: [401],
	oauth2: true,
	sendWithRefresh: refreshExclusively,
	parseResponse,
	responseShapes,
	readRateLimit,
	// As many as it allows per minute; its headers state how many are left.
	maxConcurrency: 200,
	rateLimitBucket,
	readHint,
	validateCredential,
};

function validateCredential(credential: IDataObject): string | undefined {
	const token = credential.oauthTokenData;
	const connected =
		isObject(token) && typeof token.access_token === 'string' && token.access_token !== '';
	return connected ? undefined : 'The Fanvue account is not connected yet';
}

/** Remaining calls of the bucket and the second at which it is full again. */
function readRateLimit(headers: HttpResponse['headers']): RateLimit | undefined {
	const remaining = Number(headers['x-ratelimit-remaining'] ?? NaN);
	const reset = Number(headers['x-ratelimit-reset'] ?? NaN);
	if (!Number.isFinite(remaining) || !Number.isFinite(reset)) return undefined;
	const limit = Number(headers['x-ratelimit-limit'] ?? NaN);
	const resetAt = localTime(reset, headers);
	return Number.isFinite(limit) ? { remaining, resetAt, limit } : { remaining, resetAt };
}

/**
 * Own routes share one bucket; each managed creator has one of its own. Online statuses have a smaller
 * one (80 calls a minute).
 */
function rateLimitBucket({ url }: ApiRequest): string {
	if (/\/chats\/statuses(\?|$)/.test(url)) return 'statuses';
	return creatorInUrl(url) ?? 'own';
}

/** Returns a notice once Fanvue announces the end of this API version. */
function readHint({ headers }: HttpResponse): string | undefined {
	const next = headers['x-fanvue-api-next-version'];
	if (headers.deprecation === undefined && headers.sunset === undefined && next === undefined) {
		return undefined;
	}
	const end = headers.sunset === undefined ? '' : ` It stops working on ${headers.sunset}.`;
	const successor = next === undefined ? '' : ` Its successor is ${next}.`;
	return `Fanvue is about to end version ${API_VERSION} of its API.${end}${successor} Update this node package before then.`;
}
