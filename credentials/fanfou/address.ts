/** The two hosts of Fanfou as they stand in a base string: always http, whatever is sent over. */
const SIGNED_HOSTS = { api: 'http://api.fanfou.com', login: 'http://fanfou.com' };

export type Host = keyof typeof SIGNED_HOSTS;

export interface Addresses {
	baseUrl: string;
	loginUrl: string;
}

export const DEFAULT_ADDRESSES: Addresses = {
	baseUrl: 'https://api.fanfou.com',
	loginUrl: 'https://fanfou.com',
};

/** The part of a URL before its query, and the address that Fanfou expects in the base string. */
export interface SignedAddress {
	host: Host;
	/** The URL without its query. */
	sent: string;
	/** What stands in the base string. */
	signed: string;
	query: string;
}

/**
 * Tells what a URL is called in the base string. Fanfou checks signatures as if every request had
 * come over http to its own hosts, so neither https nor the address of a proxy may show.
 *
 * @returns `undefined` for an address that is not Fanfou's: nothing is signed for others
 */
export function signedAddress(url: string, addresses: Addresses): SignedAddress | undefined {
	const mark = url.indexOf('?');
	const sent = mark < 0 ? url : url.slice(0, mark);
	const query = mark < 0 ? '' : url.slice(mark + 1);
	const found = bases(addresses)
		.map((base) => ({ ...base, path: pathBelow(sent, base.address) }))
		.filter((base): base is typeof base & { path: string } => base.path !== undefined)
		.sort((a, b) => a.path.length - b.path.length);
	const nearest = found.filter(({ path }) => path.length === found[0]?.path.length);
	// One proxy may stand for both hosts; then the path tells them apart.
	const wanted: Host = nearest[0]?.path.startsWith('/oauth/') === true ? 'login' : 'api';
	const base = nearest.find(({ host }) => host === wanted) ?? nearest[0];
	return base && { host: base.host, sent, query, signed: `${SIGNED_HOSTS[base.host]}${base.path}` };
}

function bases({ baseUrl, loginUrl }: Addresses): Array<{ host: Host; address: string }> {
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
	const start = base.replace(/\/+$/, '');
	if (start === '' || !url.startsWith(start)) return undefined;
	const rest = url.slice(start.length);
	return rest === '' || rest.startsWith('/') ? rest : undefined;
}
