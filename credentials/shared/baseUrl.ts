import { trimInvisible } from '../../nodes/shared/text';
import { CredentialError } from './credentialError';

/** A base address of a service, as a field of a credential. */
export interface BaseUrlField {
	displayName: string;
	/** Address of the service itself, shown as an example. */
	example: string;
	/** Domains of the service, where the API has no path of its own. */
	domains: readonly string[];
	/** Protocols of the address; http and https by default. */
	protocols?: readonly string[];
	/** Path segments of the service's endpoints, which are not part of the base address. */
	endpointSegments: readonly string[];
}

/** An address that cannot be used. */
export class InvalidBaseUrlError extends CredentialError {}

/** Path segments that a URL parser removes together with the segment before them. */
const DOT_SEGMENT = /(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i;

/** Removes slashes at the end of a text. The lookbehind keeps the search linear. */
export function trimTrailingSlashes(text: string): string {
	return text.replace(/(?<!\/)\/+$/, '');
}

/**
 * Reads the address in a field of a credential.
 *
 * @returns the address without invisible characters around it and trailing slashes
 * @throws InvalidBaseUrlError if requests to the address would reach another place than intended
 */
export function parseBaseUrl(value: unknown, field: BaseUrlField): string {
	const text = typeof value === 'string' ? trimInvisible(value) : '';
	const reject = (problem: string): InvalidBaseUrlError =>
		new InvalidBaseUrlError(
			`"${field.displayName}" ${problem}`,
			`Enter the address in the credential without anything after it, e.g. ${field.example}`,
		);
	if (text === '') throw reject('is empty');
	if (/[?#]/.test(text)) throw reject('must not contain "?" or "#"');
	const address = trimTrailingSlashes(text);
	const url = parseUrl(address, field.protocols ?? ['http', 'https']);
	const path = /^\w+:\/\/[^/]+(.*)$/s.exec(address)?.[1] ?? '';
	if (url === undefined || DOT_SEGMENT.test(path)) throw reject('is not a valid URL');
	if (path !== '' && (isOwnHost(url.hostname, field) || containsEndpoint(path, field))) {
		throw reject(`must not contain the path ${path.slice(0, 100)}`);
	}
	return address.replace(/^\w+/, (protocol) => protocol.toLowerCase());
}

/** Returns `undefined` also for addresses that a URL parser would silently change. */
function parseUrl(address: string, protocols: readonly string[]): URL | undefined {
	const protocol = /^(\w+):\/\/[^/]/.exec(address)?.[1]?.toLowerCase() ?? '';
	if (!protocols.includes(protocol) || /[\s\\\p{Cc}]/u.test(address)) return undefined;
	if (!URL.canParse(address)) return undefined;
	const url = new URL(address);
	return url.username === '' && url.password === '' ? url : undefined;
}

function isOwnHost(hostname: string, { domains }: BaseUrlField): boolean {
	return domains.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`));
}

function containsEndpoint(path: string, { endpointSegments }: BaseUrlField): boolean {
	return path
		.toLowerCase()
		.split('/')
		.some((segment) => endpointSegments.includes(segment));
}
