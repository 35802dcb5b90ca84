import type { IDataObject } from 'n8n-workflow';
import { parseBaseUrl, trimTrailingSlashes } from '../shared/baseUrl';
import type { BaseUrlField } from '../shared/baseUrl';

/** The two hosts of Fanfou in signature base strings: always http, even if requests use https. */
const SIGNED_HOSTS = { api: 'http://api.fanfou.com', login: 'http://fanfou.com' };

export type FanfouHost = keyof typeof SIGNED_HOSTS;

export interface FanfouAddresses {
	baseUrl: string;
	loginUrl: string;
}

export const DEFAULT_ADDRESSES: FanfouAddresses = {
	baseUrl: 'https://api.fanfou.com',
	loginUrl: 'https://fanfou.com',
};

const BASE_URL: BaseUrlField = {
	displayName: 'Base URL',
	example: DEFAULT_ADDRESSES.baseUrl,
	domains: ['fanfou.com'],
	endpointSegments: ['oauth'],
};

const LOGIN_URL: BaseUrlField = {
	...BASE_URL,
	displayName: 'Login URL',
	example: DEFAULT_ADDRESSES.loginUrl,
};

/**
 * Reads the addresses of a credential. Empty fields default to Fanfou itself.
 *
 * @throws InvalidBaseUrlError if an address cannot be used
 */
export function readAddresses({ baseUrl, loginUrl }: IDataObject): FanfouAddresses {
	return {
		baseUrl: isBlank(baseUrl) ? DEFAULT_ADDRESSES.baseUrl : parseBaseUrl(baseUrl, BASE_URL),
		loginUrl: isBlank(loginUrl) ? DEFAULT_ADDRESSES.loginUrl : parseBaseUrl(loginUrl, LOGIN_URL),
	};
}

function isBlank(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && !value.trim());
}

/** A request URL split at its query, with the URL that Fanfou expects in the base string. */
export interface SignedAddress {
	host: FanfouHost;
	/** URL without the query. */
	requestUrl: string;
	/** URL used in the base string. */
	signedUrl: string;
	query: string;
}

/**
 * Returns the URL to use in the base string. Fanfou verifies signatures as if every request was sent
 * over http to its own hosts, so the base string contains neither https nor a proxy's address.
 *
 * @returns `undefined` for addresses of other services, which must not get a signature
 */
export function signedAddress(url: string, addresses: FanfouAddresses): SignedAddress | undefined {
	const queryStart = url.indexOf('?');
	const requestUrl = queryStart < 0 ? url : url.slice(0, queryStart);
	const query = queryStart < 0 ? '' : url.slice(queryStart + 1);
	const found = knownHosts(addresses)
		.map((base) => ({ ...base, path: pathBelow(requestUrl, base.address) }))
		.filter((base): base is typeof base & { path: string } => base.path !== undefined)
		.sort((a, b) => a.path.length - b.path.length);
	const nearest = found.filter(({ path }) => path.length === found[0]?.path.length);
	// One proxy may serve both hosts; the path then decides which one is meant.
	const expectedHost: FanfouHost =
		nearest[0]?.path.startsWith('/oauth/') === true ? 'login' : 'api';
	const base = nearest.find(({ host }) => host === expectedHost) ?? nearest[0];
	return (
		base && {
			host: base.host,
			requestUrl,
			query,
			signedUrl: `${SIGNED_HOSTS[base.host]}${base.path}`,
		}
	);
}

function knownHosts({
	baseUrl,
	loginUrl,
}: FanfouAddresses): Array<{ host: FanfouHost; address: string }> {
	return [
		{ host: 'api', address: baseUrl },
		{ host: 'login', address: loginUrl },
		{ host: 'api', address: DEFAULT_ADDRESSES.baseUrl },
		{ host: 'login', address: DEFAULT_ADDRESSES.loginUrl },
		{ host: 'api', address: SIGNED_HOSTS.api },
		{ host: 'login', address: SIGNED_HOSTS.login },
	];
}

function pathBelow(url: string, base: string): string | undefined {
	const start = trimTrailingSlashes(base);
	if (start === '' || !url.startsWith(start)) return undefined;
	const rest = url.slice(start.length);
	return rest === '' || rest.startsWith('/') ? rest : undefined;
}
