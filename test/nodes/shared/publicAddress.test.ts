import type { LookupFunction } from 'node:net';
import {
	checkPublicAddress,
	isPublicAddress,
	isPublicHost,
} from '../../../nodes/shared/client/publicAddress';

/** Returns a host as URL parsers normalize it, so that spellings of one address become equal. */
const hostOf = (spelling: string) => new URL(`http://${spelling}/`).hostname;

const v4 = [
	'0.0.0.0',
	'0.1.2.3',
	'10.0.0.1',
	'100.64.0.1',
	'100.100.100.200',
	'100.127.255.255',
	'127.0.0.1',
	'127.1.2.3',
	'169.254.169.254',
	'172.16.0.1',
	'172.31.255.255',
	'192.0.0.1',
	'192.0.2.1',
	'192.88.99.1',
	'192.168.0.1',
	'198.18.0.1',
	'198.19.255.255',
	'198.51.100.1',
	'203.0.113.1',
	'224.0.0.1',
	'239.255.255.255',
	'240.0.0.1',
	'255.255.255.255',
];
const hex = (address: string) =>
	address
		.split('.')
		.map((part) => Number(part).toString(16).padStart(2, '0'))
		.join('');
const groups = (address: string) => `${hex(address).slice(0, 4)}:${hex(address).slice(4)}`;
/** Returns the spellings of an address that URLs allow. */
const spellings = (address: string) => [
	address,
	`${address}.`,
	String(parseInt(hex(address), 16)),
	`0x${hex(address)}`,
	address
		.split('.')
		.map((part) => `0${Number(part).toString(8)}`)
		.join('.'),
	`[::ffff:${groups(address)}]`,
	`[::${groups(address)}]`,
	`[64:ff9b::${groups(address)}]`,
	`[2002:${groups(address)}::]`,
];
const v6 = [
	'[::]',
	'[0::0]',
	'[::1]',
	'[0:0:0:0:0:0:0:1]',
	'[fc00::1]',
	'[fd12:3456::1]',
	'[fe80::1]',
	'[febf::1]',
	'[fec0::1]',
	'[ff02::1]',
	'[2001:0:7f00:1::]',
	'[2001:db8::1]',
	'[100::1]',
	'[::ffff:127.0.0.1]',
	'[::ffff:0:127.0.0.1]',
];
const names = [
	'localhost',
	'localhost.',
	'a.localhost',
	'db',
	'db.',
	'x.internal',
	'nas.local',
	'router.lan',
	'nas.localdomain',
];
const inside = [...v4.flatMap(spellings), ...v6, ...names];

test('at least 150 spellings of private addresses are rejected', () => {
	expect(inside.length).toBeGreaterThan(150);
	expect(inside.filter((spelling) => isPublicHost(hostOf(spelling)))).toEqual([]);
});

test('public addresses and names are accepted', () => {
	const outside = [
		'example.com',
		'8.8.8.8',
		'172.32.0.1',
		'100.128.0.1',
		'[2606:4700::1111]',
		'饭否.com',
	];
	expect(outside.filter((host) => !isPublicHost(hostOf(host)))).toEqual([]);
	expect(isPublicAddress('not an address')).toBe(false);
});

describe('the egress filter of n8n', () => {
	interface Settings {
		/** Addresses to which each name resolves. */
		addresses?: string[];
		/** Addresses that the administrator has allowed. */
		allowed?: string[];
		/** Whether n8n checks its own requests, too. */
		isOn?: boolean;
		/** Whether n8n knows the policy "enforced", as from 2.40 on. */
		knowsPolicy?: boolean;
	}

	/** Behaves like n8n's filter: that of n8n without protection accepts all URLs. */
	const context = ({ addresses = [], allowed = [], isOn, knowsPolicy = true }: Settings) => {
		const lookup = jest.fn((...[, , done]: Parameters<LookupFunction>) =>
			done(
				null,
				addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
			),
		);
		const filter = (isEnforcing: boolean) => ({
			validateUrl: async (url: URL | string) => {
				const { hostname } = new URL(url);
				const isBlocked = /^(127|10|192\.0\.2|203\.0\.113)\./.test(hostname);
				return isEnforcing && isBlocked && !allowed.includes(hostname)
					? { ok: false as const, error: new Error('Blocked') }
					: { ok: true as const, result: undefined };
			},
			createSecureLookup: () => lookup,
		});
		const [enforced, usual] = [filter(true), filter(isOn === true)];
		const helpers = knowsPolicy
			? { getSecureEgressFilter: (policy?: string) => (policy === 'enforced' ? enforced : usual) }
			: { getSecureEgressFilter: () => usual };
		return { lookup, helpers };
	};
	const check = async (url: string, settings: Settings) =>
		await checkPublicAddress(context(settings), new URL(url));

	test('a request connects to the checked address with the name as the host', async () => {
		const host = context({ addresses: ['2606:4700::1111', '93.184.216.34'] });
		expect(await checkPublicAddress(host, new URL('https://example.com:8443/a?b=c'))).toEqual({
			url: 'https://93.184.216.34:8443/a?b=c',
			headers: { host: 'example.com:8443' },
		});
		expect(host.lookup).toHaveBeenCalledTimes(1);
		expect(await check('http://example.com/', { addresses: ['2606:4700::1111'] })).toEqual({
			url: 'http://[2606:4700::1111]/',
			headers: { host: 'example.com' },
		});
	});

	test("the address is kept with n8n's protection, too", async () => {
		const settings = { addresses: ['93.184.216.34'], isOn: true };
		const pinned = { url: 'https://93.184.216.34/', headers: { host: 'example.com' } };
		expect(await check('https://example.com/', settings)).toEqual(pinned);
	});

	test('an n8n that compares certificates with the address in the URL gets the name', async () => {
		const old = { addresses: ['93.184.216.34'], isOn: true, knowsPolicy: false };
		const url = 'https://example.com/';
		expect(await check(url, old)).toEqual({ url, headers: {} });
		expect(await check(url, { ...old, addresses: ['100.64.0.1'] })).toBeUndefined();
		const http = { url: 'http://93.184.216.34/', headers: { host: 'example.com' } };
		expect(await check('http://example.com/', old)).toEqual(http);
	});

	test.each([['::'], ['100.64.0.1'], ['93.184.216.34', '::ffff:127.0.0.1'], []])(
		'a name that resolves to %p is rejected',
		async (...addresses) => {
			expect(await check('http://example.com/', { addresses })).toBeUndefined();
		},
	);

	test('an address in a range that n8n blocks is accepted if an administrator allowed it', async () => {
		const url = 'http://127.0.0.2/';
		const expected = { url, headers: {} };
		expect(await check(url, { allowed: ['127.0.0.2'] })).toEqual(expected);
		expect(await check(url, {})).toBeUndefined();
		expect(await check('http://[::]/', {})).toBeUndefined();
	});

	test('a filter that accepts everything, as in n8n 2.38, allows no inside address', async () => {
		const settings = { knowsPolicy: false, isOn: false };
		expect(await check('http://127.0.0.2/', settings)).toBeUndefined();
		expect(await check('http://a.example/', { ...settings, addresses: ['10.0.0.1'] })).toBe(
			undefined,
		);
		expect(await check('http://8.8.8.8/', settings)).toEqual({
			url: 'http://8.8.8.8/',
			headers: {},
		});
	});

	test('without protection, n8n 2.30 to 2.37 have the helper and no filter', async () => {
		const helpers = { getSecureEgressFilter: () => undefined };
		const answer = async (url: string) => await checkPublicAddress({ helpers }, new URL(url));
		expect(await answer('http://10.0.0.1/')).toBeUndefined();
		expect(await answer('https://example.com/')).toEqual({
			url: 'https://example.com/',
			headers: {},
		});
	});
});
