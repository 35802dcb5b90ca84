import type { Pairs } from '../../credentials/fanfou/signature';

/** Invented keys, used by all vectors. */
export const KEYS = {
	consumerKey: '0123456789abcdef0123456789abcdef',
	consumerSecret: 'fedcba9876543210fedcba9876543210',
	accessToken: '1000000-00112233445566778899aabbccddeeff',
	accessTokenSecret: 'ffeeddccbbaa99887766554433221100',
};

export const NONCE = { nonce: 'nonce1234567890ABCDEFGHIJKLMNOPQ', timestamp: 1764000000 };

export interface Vector {
	name: string;
	method: string;
	/** URL used in the base string. */
	address: string;
	/** Signed parameters besides the `oauth_*` ones. */
	pairs: Pairs;
	token?: string;
	tokenSecret?: string;
	base: string;
	signature: string;
	/** Fanfou rejects this signature, because its base string uses https. */
	rejected?: boolean;
}

const account = { token: KEYS.accessToken, tokenSecret: KEYS.accessTokenSecret };

const PROTOCOL =
	'oauth_consumer_key%3D0123456789abcdef0123456789abcdef%26oauth_nonce%3Dnonce1234567890ABCDEFGHIJKLMNOPQ%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1764000000';
const WITH_ACCOUNT = `${PROTOCOL}%26oauth_token%3D1000000-00112233445566778899aabbccddeeff%26oauth_version%3D1.0`;
const WITHOUT_TOKEN = `${PROTOCOL}%26oauth_version%3D1.0`;
const QUERY: Pairs = [
	['count', '5'],
	['format', 'html'],
	['mode', 'lite'],
	['q', '饭否 你好'],
];
const AROUND_QUERY = `count%3D5%26format%3Dhtml%26mode%3Dlite%26${WITH_ACCOUNT}%26q%3D%25E9%25A5%25AD%25E5%2590%25A6%2520%25E4%25BD%25A0%25E5%25A5%25BD`;
export const STATUS = "早上好，饭否！(测试) 100% + a&b=c ~*'";
const AROUND_STATUS = `${WITH_ACCOUNT}%26status%3D%25E6%2597%25A9%25E4%25B8%258A%25E5%25A5%25BD%25EF%25BC%258C%25E9%25A5%25AD%25E5%2590%25A6%25EF%25BC%2581%2528%25E6%25B5%258B%25E8%25AF%2595%2529%2520100%2525%2520%252B%2520a%2526b%253Dc%2520~%252A%2527`;
const X_AUTH: Pairs = [
	['x_auth_mode', 'client_auth'],
	['x_auth_password', 'p@ss word'],
	['x_auth_username', '测试用户'],
];

/** Expected signatures, computed with two independent implementations. */
export const VECTORS: Vector[] = [
	{
		name: 'A, a GET with a Chinese query',
		method: 'GET',
		address: 'http://api.fanfou.com/search/public_timeline.json',
		pairs: QUERY,
		...account,
		base: `GET&http%3A%2F%2Fapi.fanfou.com%2Fsearch%2Fpublic_timeline.json&${AROUND_QUERY}`,
		signature: 'XxWzzeC30FZWQ5+OKUGp8xqv+ys=',
	},
	{
		name: 'A over https',
		method: 'GET',
		address: 'https://api.fanfou.com/search/public_timeline.json',
		pairs: QUERY,
		...account,
		base: `GET&https%3A%2F%2Fapi.fanfou.com%2Fsearch%2Fpublic_timeline.json&${AROUND_QUERY}`,
		signature: 'IMAgSN2NcmYtWbNsGVDGz1lyS/A=',
		rejected: true,
	},
	{
		name: 'B, a form with Chinese and reserved characters',
		method: 'POST',
		address: 'http://api.fanfou.com/statuses/update.json',
		pairs: [['status', STATUS]],
		...account,
		base: `POST&http%3A%2F%2Fapi.fanfou.com%2Fstatuses%2Fupdate.json&${AROUND_STATUS}`,
		signature: 'nFHq1Xqo6DaNTYpPHApgSMsdOFA=',
	},
	{
		name: 'B over https',
		method: 'POST',
		address: 'https://api.fanfou.com/statuses/update.json',
		pairs: [['status', STATUS]],
		...account,
		base: `POST&https%3A%2F%2Fapi.fanfou.com%2Fstatuses%2Fupdate.json&${AROUND_STATUS}`,
		signature: 'YlQrHcy97GOX/pmSTx9BePHAvho=',
		rejected: true,
	},
	{
		name: 'C, a multipart body',
		method: 'POST',
		address: 'http://api.fanfou.com/photos/upload.json',
		pairs: [],
		...account,
		base: `POST&http%3A%2F%2Fapi.fanfou.com%2Fphotos%2Fupload.json&${WITH_ACCOUNT}`,
		signature: 'UoRkVbhpR7MuLpk9Yf7XjvR2bXA=',
	},
	{
		name: 'C over https',
		method: 'POST',
		address: 'https://api.fanfou.com/photos/upload.json',
		pairs: [],
		...account,
		base: `POST&https%3A%2F%2Fapi.fanfou.com%2Fphotos%2Fupload.json&${WITH_ACCOUNT}`,
		signature: '6Ugd4R81bEpjw56fbQHNpGLHU08=',
		rejected: true,
	},
	{
		name: 'D, a request token',
		method: 'GET',
		address: 'http://fanfou.com/oauth/request_token',
		pairs: [],
		base: `GET&http%3A%2F%2Ffanfou.com%2Foauth%2Frequest_token&${WITHOUT_TOKEN}`,
		signature: 'NWye9jNPvTD00N9usg0WqDsDAJw=',
	},
	{
		name: 'D over https',
		method: 'GET',
		address: 'https://fanfou.com/oauth/request_token',
		pairs: [],
		base: `GET&https%3A%2F%2Ffanfou.com%2Foauth%2Frequest_token&${WITHOUT_TOKEN}`,
		signature: 'mqv4VO1pBKMK9oZKXseT1dMz5os=',
		rejected: true,
	},
	{
		name: 'E, an access token with a PIN',
		method: 'GET',
		address: 'http://fanfou.com/oauth/access_token',
		pairs: [['oauth_verifier', '1234567']],
		token: 'reqtoken00112233',
		tokenSecret: 'reqsecret44556677',
		base: `GET&http%3A%2F%2Ffanfou.com%2Foauth%2Faccess_token&${PROTOCOL}%26oauth_token%3Dreqtoken00112233%26oauth_verifier%3D1234567%26oauth_version%3D1.0`,
		signature: 'l6NV9tBgwr7FcEtbQrGc0Z5kLIc=',
	},
	{
		name: 'F, an access token with a password',
		method: 'POST',
		address: 'http://fanfou.com/oauth/access_token',
		pairs: X_AUTH,
		base: `POST&http%3A%2F%2Ffanfou.com%2Foauth%2Faccess_token&${WITHOUT_TOKEN}%26x_auth_mode%3Dclient_auth%26x_auth_password%3Dp%2540ss%2520word%26x_auth_username%3D%25E6%25B5%258B%25E8%25AF%2595%25E7%2594%25A8%25E6%2588%25B7`,
		signature: 'TdWMverM4oKGFOU5BHPLkahymm0=',
	},
	{
		name: 'F with the password left unsigned, as fanfou-sdk does it',
		method: 'POST',
		address: 'http://fanfou.com/oauth/access_token',
		pairs: [],
		base: `POST&http%3A%2F%2Ffanfou.com%2Foauth%2Faccess_token&${WITHOUT_TOKEN}`,
		signature: 'i6zJxTIrdZVkx66EZks80bPu4go=',
	},
	{
		name: 'G, an ID in the path and no body',
		method: 'POST',
		address: 'http://api.fanfou.com/favorites/create/AbC-_123xyZ.json',
		pairs: [],
		...account,
		base: `POST&http%3A%2F%2Fapi.fanfou.com%2Ffavorites%2Fcreate%2FAbC-_123xyZ.json&${WITH_ACCOUNT}`,
		signature: 'wP+5h9Fhbbkq6dFinlH09KPmq/Q=',
	},
	{
		name: 'H, a tilde that stays as it is',
		method: 'GET',
		address: 'http://api.fanfou.com/users/show.json',
		pairs: [['id', '~AbCdEfGhIj0']],
		...account,
		base: `GET&http%3A%2F%2Fapi.fanfou.com%2Fusers%2Fshow.json&id%3D~AbCdEfGhIj0%26${WITH_ACCOUNT}`,
		signature: 'S+IlA/c4mXcdfbG5nE3iXUvPHF4=',
	},
];
