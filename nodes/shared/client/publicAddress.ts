import ipaddr from 'ipaddr.js';
import { canConnectToAddress, egressFilter } from '../host';
import type { EgressFilter } from '../host';

/** Where to connect for a URL: the address that was checked, and the host to ask for. */
export interface CheckedAddress {
	/** The URL with the checked IP address in place of the host name, if that is known. */
	url: string;
	headers: Record<string, string>;
}

/**
 * Ranges that n8n's own filter blocks by default. If a filter that blocks at all accepts an address in one
 * of them, an administrator has allowed it.
 */
const RANGES_OF_N8N = [
	'10.0.0.0/8',
	'172.16.0.0/12',
	'192.168.0.0/16',
	'127.0.0.0/8',
	'::1/128',
	'169.254.0.0/16',
	'fe80::/10',
	'fc00::/7',
	'0.0.0.0/8',
	'192.0.0.0/24',
	'192.0.2.0/24',
	'198.18.0.0/15',
	'198.51.100.0/24',
	'203.0.113.0/24',
].map((range) => ipaddr.parseCIDR(range));

/** All global IPv6 addresses; what is outside of it embeds, translates or reserves others. */
const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3');

/** Host names that are never public. */
const LOCAL_NAME =
	/(^|\.)(localhost|local|internal|intranet|private|lan|localdomain|home|corp|home\.arpa)$/;

/**
 * Checks that a URL leads to a public address. Both n8n's filter (if this n8n version has it) and
 * the registry of special-purpose addresses must accept it; only an address that an administrator
 * of n8n has allowed may be inside the network.
 *
 * @returns where to connect, so that a second DNS answer cannot change it; `undefined` if refused
 * @throws the error of the DNS lookup
 */
export async function checkPublicAddress(
	context: { helpers: object },
	url: URL,
): Promise<CheckedAddress | undefined> {
	const host = bareHost(url);
	const unchanged = { url: url.href, headers: {} };
	const filter = egressFilter(context, 'enforced');
	if (filter === undefined) return isPublicHost(host) ? unchanged : undefined;
	if (!(await filter.validateUrl(url)).ok) return undefined;
	const isEnforced = await isEnforcing(filter);
	const isAccepted = (address: string) =>
		isPublicAddress(address) || (isEnforced && isGovernedByN8n(address));
	if (ipaddr.isValid(host)) return isAccepted(host) ? unchanged : undefined;
	const addresses = await lookupAll(filter.createSecureLookup(), host);
	if (addresses.length === 0 || !addresses.every(isAccepted)) return undefined;
	if (url.protocol === 'https:' && !canConnectToAddress(context) && isEnforced) return unchanged;
	const address = addresses.find((candidate) => ipaddr.IPv4.isValid(candidate)) ?? addresses[0];
	return address === undefined ? undefined : pinned(url, address);
}

/** Addresses for documentation, which are nobody's: n8n blocks them, and no administrator allows both. */
const BLOCKED_BY_N8N = ['http://192.0.2.1/', 'http://203.0.113.1/'];

/** What is known of each filter, so that it does not report the probes as attacks again and again. */
const enforcing = new WeakMap<EgressFilter, boolean>();

/** Whether a filter blocks anything. That of n8n 2.38 accepts all if its protection is off. */
async function isEnforcing(filter: EgressFilter): Promise<boolean> {
	const known = enforcing.get(filter) ?? (await blocksProbes(filter));
	enforcing.set(filter, known);
	return known;
}

async function blocksProbes(filter: EgressFilter): Promise<boolean> {
	const verdicts = BLOCKED_BY_N8N.map(async (url) => await filter.validateUrl(url));
	return (await Promise.all(verdicts)).some(({ ok }) => !ok);
}

/** Whether a host name or address can be public; names are not looked up. */
export function isPublicHost(hostname: string): boolean {
	// A dot at the end means the same host.
	const host = hostname.replace(/^\[|\]$|\.$/g, '').toLowerCase();
	if (ipaddr.isValid(host)) return isPublicAddress(host);
	return host.includes('.') && !LOCAL_NAME.test(host);
}

/** Whether an IP address is a public unicast address. */
export function isPublicAddress(address: string): boolean {
	if (!ipaddr.isValid(address)) return false;
	const parsed = ipaddr.parse(address);
	if (parsed instanceof ipaddr.IPv4) return parsed.range() === 'unicast';
	if (parsed instanceof ipaddr.IPv6) {
		if (parsed.isIPv4MappedAddress()) return parsed.toIPv4Address().range() === 'unicast';
		const [network, bits] = GLOBAL_IPV6;
		return (
			network instanceof ipaddr.IPv6 && parsed.match(network, bits) && parsed.range() === 'unicast'
		);
	}
	return false;
}

function isGovernedByN8n(address: string): boolean {
	const parsed = ipaddr.parse(address);
	return RANGES_OF_N8N.some(
		([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits),
	);
}

function bareHost({ hostname }: URL): string {
	return hostname.replace(/^\[|\]$/g, '');
}

function pinned(url: URL, address: string): CheckedAddress {
	const target = new URL(url);
	target.hostname = address.includes(':') ? `[${address}]` : address;
	return { url: target.href, headers: { host: url.host } };
}

async function lookupAll(
	lookup: ReturnType<EgressFilter['createSecureLookup']>,
	host: string,
): Promise<string[]> {
	return await new Promise((resolve, reject) => {
		lookup(host, { all: true }, (error, addresses) => {
			if (error !== null) reject(error);
			else if (typeof addresses === 'string') resolve([addresses]);
			else resolve(addresses.map(({ address }) => address));
		});
	});
}
