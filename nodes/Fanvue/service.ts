import type { IDataObject } from 'n8n-workflow';
import type { HttpResponse, RateLimit } from '../shared/http';
import { isObject } from '../shared/json';
import type { Resource, Service } from '../shared/definition/operation';
import { refreshExclusively } from '../shared/client/tokenRefresh';
import type { ApiRequest } from '../shared/client/request';
import { paging } from './paging';
import { parseResponse } from './parseResponse';
import { transformRequest, creatorInUrl, leadingFields, rewritePath, routeOptions } from './routes';
import { API_VERSION } from './version';

/** Fanvue, as it speaks: JSON, three envelopes for what went wrong, up to three routes to a call. */
export function fanvueService(resources: Resource[]): Service {
	return {
		name: 'Fanvue',
		credentialType: 'fanvueOAuth2Api',
		hosts: (credential) => ({ api: String(credential.baseUrl) }),
		// n8n signs OAuth2 types itself and asks no credential class, so the version stands here.
		headers: { 'x-fanvue-api-version': API_VERSION },
		encoding: 'json',
		refreshOn: [401],
		oauth2: true,
		sendWithRefresh: refreshExclusively,
		resources,
		paging,
		leadingFields,
		commonOptions: routeOptions(resources),
		rewritePath: rewritePath,
		transformRequest: transformRequest,
		parseResponse: parseResponse,
		readRateLimit: readRateLimit,
		rateLimitBucket: rateLimitBucket,
		readHint: readHint,
		validateCredential: validateCredential,
	};
}

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
	return { remaining, resetAt: reset * 1000 };
}

/** Own routes share one bucket; each managed creator has one of its own. */
function rateLimitBucket({ url }: ApiRequest): string {
	return creatorInUrl(url) ?? 'own';
}

/** Tells of the end of this API version as soon as Fanvue announces it. */
function readHint({ headers }: HttpResponse): string | undefined {
	const next = headers['x-fanvue-api-next-version'];
	if (headers.deprecation === undefined && headers.sunset === undefined && next === undefined) {
		return undefined;
	}
	const end = headers.sunset === undefined ? '' : ` It stops working on ${headers.sunset}.`;
	const successor = next === undefined ? '' : ` Its successor is ${next}.`;
	return `Fanvue is giving up version ${API_VERSION} of its API.${end}${successor} Update this node package before then.`;
}
