import type { IncomingHttpHeaders } from 'node:http';

const LOOPBACK_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;

/**
 * Returns why a request may come from another website, or undefined if it does not. Pages on the
 * internet can send requests to this machine, and a domain can be made to resolve to it (DNS rebinding).
 * Programs other than browsers send neither Origin nor Sec-Fetch-Site.
 */
export function findCrossSiteSign(headers: IncomingHttpHeaders): string | undefined {
	const { host = '', origin } = headers;
	if (!LOOPBACK_HOST.test(host)) return `The host "${host}" is not this machine`;
	if (origin !== undefined && origin !== `http://${host}`) {
		return `Requests of pages at ${origin} are refused`;
	}
	const site = headers['sec-fetch-site'] ?? 'none';
	if (site !== 'same-origin' && site !== 'none') return 'Requests of other pages are refused';
	return undefined;
}

/** Like `findCrossSiteSign`, but allows links on other pages to open a page. */
export function findForeignHost({ host = '' }: IncomingHttpHeaders): string | undefined {
	return LOOPBACK_HOST.test(host) ? undefined : `The host "${host}" is not this machine`;
}
