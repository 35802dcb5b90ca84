import type { Pair } from '../../../sandbox/core/request';

/** A signature vector of the reference. */
export interface Vector {
	name: string;
	method: 'GET' | 'POST';
	/** The signed URL. */
	url: string;
	/** Signed parameters besides the common oauth_* ones. */
	pairs: Pair[];
	key: { consumerSecret: string; tokenSecret: string };
	signature: string;
	base: string;
	/** Whether the service accepts the signature. It rejects base strings with https. */
	isGood: boolean;
}

export const NONCE = 'nonce1234567890ABCDEFGHIJKLMNOPQ';
export const TIMESTAMP = 1764000000;

const CONSUMER_SECRET = 'fedcba9876543210fedcba9876543210';
const COMMON: Pair[] = [
	['oauth_consumer_key', '0123456789abcdef0123456789abcdef'],
	['oauth_nonce', NONCE],
	['oauth_signature_method', 'HMAC-SHA1'],
	['oauth_timestamp', String(TIMESTAMP)],
	['oauth_version', '1.0'],
];
const TOKEN: Pair = ['oauth_token', '1000000-00112233445566778899aabbccddeeff'];
const WITH_TOKEN = {
	consumerSecret: CONSUMER_SECRET,
	tokenSecret: 'ffeeddccbbaa99887766554433221100',
};
const WITHOUT_TOKEN = { consumerSecret: CONSUMER_SECRET, tokenSecret: '' };

const HEAD =
	'oauth_consumer_key%3D0123456789abcdef0123456789abcdef%26oauth_nonce%3Dnonce1234567890ABCDEFGHIJKLMNOPQ%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1764000000';
const TOKEN_AND_VERSION =
	'%26oauth_token%3D1000000-00112233445566778899aabbccddeeff%26oauth_version%3D1.0';

/** A query with Chinese characters and a space. */
export const SEARCH: Pair[] = [
	['count', '5'],
	['format', 'html'],
	['mode', 'lite'],
	['q', '饭否 你好'],
];
/** A status with every reserved character that implementations encode differently. */
export const STATUS = "早上好，饭否！(测试) 100% + a&b=c ~*'";
export const XAUTH: Pair[] = [
	['x_auth_mode', 'client_auth'],
	['x_auth_password', 'p@ss word'],
	['x_auth_username', '测试用户'],
];

const SEARCH_BASE = `count%3D5%26format%3Dhtml%26mode%3Dlite%26${HEAD}${TOKEN_AND_VERSION}%26q%3D%25E9%25A5%25AD%25E5%2590%25A6%2520%25E4%25BD%25A0%25E5%25A5%25BD`;
const STATUS_BASE = `${HEAD}${TOKEN_AND_VERSION}%26status%3D%25E6%2597%25A9%25E4%25B8%258A%25E5%25A5%25BD%25EF%25BC%258C%25E9%25A5%25AD%25E5%2590%25A6%25EF%25BC%2581%2528%25E6%25B5%258B%25E8%25AF%2595%2529%2520100%2525%2520%252B%2520a%2526b%253Dc%2520~%252A%2527`;
const XAUTH_BASE = `${HEAD}%26oauth_version%3D1.0%26x_auth_mode%3Dclient_auth%26x_auth_password%3Dp%2540ss%2520word%26x_auth_username%3D%25E6%25B5%258B%25E8%25AF%2595%25E7%2594%25A8%25E6%2588%25B7`;

type Scheme = 'http' | 'https';

function search(scheme: Scheme, signature: string): Vector {
	return {
		name: `a query with Chinese (${scheme})`,
		method: 'GET',
		url: `${scheme}://api.fanfou.com/search/public_timeline.json`,
		pairs: [...COMMON, TOKEN, ...SEARCH],
		key: WITH_TOKEN,
		signature,
		base: `GET&${scheme}%3A%2F%2Fapi.fanfou.com%2Fsearch%2Fpublic_timeline.json&${SEARCH_BASE}`,
		isGood: scheme === 'http',
	};
}

function update(scheme: Scheme, signature: string): Vector {
	return {
		name: `a form with reserved characters (${scheme})`,
		method: 'POST',
		url: `${scheme}://api.fanfou.com/statuses/update.json`,
		pairs: [...COMMON, TOKEN, ['status', STATUS]],
		key: WITH_TOKEN,
		signature,
		base: `POST&${scheme}%3A%2F%2Fapi.fanfou.com%2Fstatuses%2Fupdate.json&${STATUS_BASE}`,
		isGood: scheme === 'http',
	};
}

function upload(scheme: Scheme, signature: string): Vector {
	return {
		name: `multipart (${scheme})`,
		method: 'POST',
		url: `${scheme}://api.fanfou.com/photos/upload.json`,
		pairs: [...COMMON, TOKEN],
		key: WITH_TOKEN,
		signature,
		base: `POST&${scheme}%3A%2F%2Fapi.fanfou.com%2Fphotos%2Fupload.json&${HEAD}${TOKEN_AND_VERSION}`,
		isGood: scheme === 'http',
	};
}

function requestToken(scheme: Scheme, signature: string): Vector {
	return {
		name: `request token (${scheme})`,
		method: 'GET',
		url: `${scheme}://fanfou.com/oauth/request_token`,
		pairs: COMMON,
		key: WITHOUT_TOKEN,
		signature,
		base: `GET&${scheme}%3A%2F%2Ffanfou.com%2Foauth%2Frequest_token&${HEAD}%26oauth_version%3D1.0`,
		isGood: scheme === 'http',
	};
}

const ACCESS_TOKEN = 'http://fanfou.com/oauth/access_token';
const ACCESS_TOKEN_BASE = 'http%3A%2F%2Ffanfou.com%2Foauth%2Faccess_token';

/** All thirteen vectors, in the order of the reference. */
export const VECTORS: Vector[] = [
	search('http', 'XxWzzeC30FZWQ5+OKUGp8xqv+ys='),
	search('https', 'IMAgSN2NcmYtWbNsGVDGz1lyS/A='),
	update('http', 'nFHq1Xqo6DaNTYpPHApgSMsdOFA='),
	update('https', 'YlQrHcy97GOX/pmSTx9BePHAvho='),
	upload('http', 'UoRkVbhpR7MuLpk9Yf7XjvR2bXA='),
	upload('https', '6Ugd4R81bEpjw56fbQHNpGLHU08='),
	requestToken('http', 'NWye9jNPvTD00N9usg0WqDsDAJw='),
	requestToken('https', 'mqv4VO1pBKMK9oZKXseT1dMz5os='),
	{
		name: 'access token with PIN',
		method: 'GET',
		url: ACCESS_TOKEN,
		pairs: [...COMMON, ['oauth_token', 'reqtoken00112233'], ['oauth_verifier', '1234567']],
		key: { consumerSecret: CONSUMER_SECRET, tokenSecret: 'reqsecret44556677' },
		signature: 'l6NV9tBgwr7FcEtbQrGc0Z5kLIc=',
		base: `GET&${ACCESS_TOKEN_BASE}&${HEAD}%26oauth_token%3Dreqtoken00112233%26oauth_verifier%3D1234567%26oauth_version%3D1.0`,
		isGood: true,
	},
	{
		name: 'xAuth with signed parameters',
		method: 'POST',
		url: ACCESS_TOKEN,
		pairs: [...COMMON, ...XAUTH],
		key: WITHOUT_TOKEN,
		signature: 'TdWMverM4oKGFOU5BHPLkahymm0=',
		base: `POST&${ACCESS_TOKEN_BASE}&${XAUTH_BASE}`,
		isGood: true,
	},
	{
		name: 'xAuth with unsigned parameters',
		method: 'POST',
		url: ACCESS_TOKEN,
		pairs: COMMON,
		key: WITHOUT_TOKEN,
		signature: 'i6zJxTIrdZVkx66EZks80bPu4go=',
		base: `POST&${ACCESS_TOKEN_BASE}&${HEAD}%26oauth_version%3D1.0`,
		isGood: true,
	},
	{
		name: 'an id in the path and no body',
		method: 'POST',
		url: 'http://api.fanfou.com/favorites/create/AbC-_123xyZ.json',
		pairs: [...COMMON, TOKEN],
		key: WITH_TOKEN,
		signature: 'wP+5h9Fhbbkq6dFinlH09KPmq/Q=',
		base: `POST&http%3A%2F%2Fapi.fanfou.com%2Ffavorites%2Fcreate%2FAbC-_123xyZ.json&${HEAD}${TOKEN_AND_VERSION}`,
		isGood: true,
	},
	{
		name: 'an id with a tilde',
		method: 'GET',
		url: 'http://api.fanfou.com/users/show.json',
		pairs: [...COMMON, TOKEN, ['id', '~AbCdEfGhIj0']],
		key: WITH_TOKEN,
		signature: 'S+IlA/c4mXcdfbG5nE3iXUvPHF4=',
		base: `GET&http%3A%2F%2Fapi.fanfou.com%2Fusers%2Fshow.json&id%3D~AbCdEfGhIj0%26${HEAD}${TOKEN_AND_VERSION}`,
		isGood: true,
	},
];
