import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { FanbookBotApi } from '../../credentials/FanbookBotApi.credentials';
import { FanfouOAuth1Api } from '../../credentials/FanfouOAuth1Api.credentials';
import { FanvueOAuth2Api } from '../../credentials/FanvueOAuth2Api.credentials';
import { readGatewayUrl } from '../../credentials/fanbook/gatewayUrl';
import { apiAddressOf, readApiAddress } from '../../credentials/fanvue/apiAddress';
import { resolveExpression } from './expressions';
import { KEYS } from './vectors';
import { shareOfQuadraticTime } from '../support/cpuTime';

const BOT = { botToken: 't0k3n', host: 'https://a1.fanbook.cn' };

async function authenticate(
	{ authenticate: sign }: FanbookBotApi | FanfouOAuth1Api,
	credentials: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
): Promise<string> {
	if (typeof sign !== 'function') throw new Error('authenticate is not a function');
	return (await sign(credentials, options)).url;
}

const fanbook = async (host: unknown, base = 'https://a1.fanbook.cn') =>
	await authenticate(new FanbookBotApi(), JSON.parse(JSON.stringify({ ...BOT, host })), {
		url: `${base}/api/bot/getMe`,
	});

const fanfou = async (addresses: object, url = 'https://api.fanfou.com/users/show.json') =>
	await authenticate(new FanfouOAuth1Api(), { ...KEYS, ...addresses }, { url });

const SPACES = [' ', '\n', '\t ', ' \u00a0', '\ufeff', '\u3000'];

test.each(['\u200b', '\u200e', ' \u2060'])(
	'an address with the invisible character %j around it, or with its scheme in capitals, is read',
	async (invisible) => {
		const address = `${invisible}HTTPS://api.fanvue.com/${invisible}`;
		expect(readApiAddress(address)).toBe('https://api.fanvue.com');
		expect(await fanbook(`${invisible}Https://a1.fanbook.cn${invisible}`)).toBe(
			'https://a1.fanbook.cn/api/bot/t0k3n/getMe',
		);
		const proxy = 'https://proxy.example/fanfou';
		const addresses = { baseUrl: `${invisible}${proxy}`, loginUrl: `${proxy}${invisible}` };
		expect(await fanfou(addresses, `${proxy}/users/show.json`)).toBe(`${proxy}/users/show.json`);
	},
);

describe.each(SPACES)('an address with %j around it', (space) => {
	test('is trimmed as Host of Fanbook', async () => {
		expect(await fanbook(`${space}https://a1.fanbook.cn/${space}`)).toBe(
			'https://a1.fanbook.cn/api/bot/t0k3n/getMe',
		);
	});

	test('is trimmed as Base URL and Login URL of Fanfou', async () => {
		const proxy = 'https://proxy.example/fanfou';
		const addresses = {
			baseUrl: `${space}${proxy}/${space}`,
			loginUrl: `${space}${proxy}${space}`,
		};
		expect(await fanfou(addresses, `${proxy}/users/show.json`)).toBe(`${proxy}/users/show.json`);
	});

	test('is trimmed as Base URL of Fanvue', () => {
		expect(readApiAddress(`${space}https://api.fanvue.com//${space}`)).toBe(
			'https://api.fanvue.com',
		);
	});

	test('is trimmed in the test and the login URLs of Fanvue', () => {
		const { test: credentialTest, properties } = new FanvueOAuth2Api();
		const self = {
			baseUrl: `${space}https://api.fanvue.com/${space}`,
			loginUrl: `${space}https://auth.fanvue.com/${space}`,
		};
		const resolved = (name: string) =>
			resolveExpression(String(properties.find((field) => field.name === name)?.default), { self });
		expect(resolved('authUrl')).toBe('https://auth.fanvue.com/oauth2/auth');
		expect(resolved('accessTokenUrl')).toBe('https://auth.fanvue.com/oauth2/token');
		expect(resolveExpression(String(credentialTest.request.baseURL), { credentials: self })).toBe(
			'https://api.fanvue.com',
		);
	});
});

test.each([' ', '\u3000\n', '\u200b', ''])(
	'a Base URL and Login URL of Fanvue under Advanced that are %j are not used',
	(blank) => {
		const { test: credentialTest, properties } = new FanvueOAuth2Api();
		const resolved = (name: string, self: ICredentialDataDecryptedObject) =>
			resolveExpression(String(properties.find((field) => field.name === name)?.default), {
				self: JSON.parse(JSON.stringify(self)),
			});
		const tested = (credentials: { customBaseUrl?: string; baseUrl?: string }) =>
			resolveExpression(String(credentialTest.request.baseURL), { credentials });
		const own = 'https://login.example';
		const plain = { customLoginUrl: blank, loginUrl: `\u200b${own}/ ` };
		expect(resolved('authUrl', plain)).toBe(`${own}/oauth2/auth`);
		expect(resolved('accessTokenUrl', plain)).toBe(`${own}/oauth2/token`);
		expect(resolved('authUrl', { loginUrl: blank })).toBe('https://auth.fanvue.com/oauth2/auth');
		const api = 'https://api.example';
		const credential = { customBaseUrl: blank, baseUrl: `${api}//\u200b` };
		expect(tested(credential)).toBe(api);
		expect(readApiAddress(apiAddressOf(credential))).toBe(api);
		expect(tested({ baseUrl: blank })).toBe('https://api.fanvue.com');
	},
);

test('a blank Base URL and Login URL of Fanfou stand for Fanfou itself, also in the test', async () => {
	const type = new FanfouOAuth1Api();
	const blank = { ...KEYS, baseUrl: ' ', loginUrl: '\n' };
	expect(await fanfou(blank)).toBe('https://api.fanfou.com/users/show.json');
	const tested = async (credentials: typeof blank) => {
		const [baseURL, url = ''] = [type.test.request.baseURL, type.test.request.url].map((part) =>
			resolveExpression(String(part), { credentials }),
		);
		return await authenticate(type, credentials, { url, baseURL });
	};
	expect(await tested(blank)).toBe(
		'https://api.fanfou.com/account/verify_credentials.json?mode=lite',
	);
	expect(await tested({ ...blank, accessToken: '' })).toBe(
		'https://fanfou.com/oauth/request_token',
	);
});

/** Each field with a function that reads it, and an address of the service. */
const FIELDS: Array<[field: string, read: (value: unknown) => Promise<unknown>, own: string]> = [
	['Base URL', fanbook, 'https://a1.fanbook.cn'],
	['Base URL', async (baseUrl) => await fanfou({ baseUrl }), 'https://api.fanfou.com'],
	['Login URL', async (loginUrl) => await fanfou({ loginUrl }), 'https://fanfou.com'],
	[
		'Base URL',
		async (address) => await Promise.resolve(address).then(readApiAddress),
		'https://api.fanvue.com',
	],
];

describe.each(FIELDS)('"%s"', (field, read, own) => {
	test.each(['?', '#', '?a=1', '/?a=1', '#top', '/x?y#z'])(
		'is rejected with %s at its end',
		async (end) => {
			await expect(read(`${own}${end}`)).rejects.toMatchObject({
				message: `"${field}" must not contain "?" or "#"`,
				description: expect.stringContaining(own),
			});
		},
	);

	test.each([
		'api.example.com',
		'ftp://host.example',
		'https:/host.example',
		'https://',
		'https:// host.example',
		'https://ho st.example',
		'https://host.example\\path',
		'https://user:secret@host.example',
		'https://user@host.example',
		'https://host.example/a/../b',
		'https://host.example/%2e%2E/b',
		'https://host.example:99999',
		'javascript:alert(1)',
	])('is rejected as %s', async (value) => {
		const error: unknown = await read(value).catch((reason: unknown) => reason);
		expect(error).toMatchObject({
			message: `"${field}" is not a valid URL`,
			description: expect.stringContaining(own),
		});
		expect(JSON.stringify(error)).not.toContain('secret');
	});

	test('is rejected with a path at the host of the service', async () => {
		await expect(read(`${own}/somewhere/`)).rejects.toMatchObject({
			message: `"${field}" must not contain the path /somewhere`,
			description: expect.stringContaining(own),
		});
	});

	test('may contain the path of a proxy', async () => {
		const error: unknown = await read('https://proxy.example/chinese/social').catch(
			(reason: unknown) => reason,
		);
		// Fanbook's credential signs only what is below its Base URL, which is the proxy here.
		if (error instanceof Error) expect(error.message).toContain('not below Base URL');
	});

	test('is read in linear time', async () => {
		const slow = `https://host.example${'/'.repeat(100_000)}x${'/'.repeat(100_000)}`;
		const share = await shareOfQuadraticTime(async () => {
			await read(slow).catch(() => undefined);
			await read(`https://host.example/${' '.repeat(200_000)}x`).catch(() => undefined);
		});
		expect(share).toBeLessThan(1);
	});
});

test.each([
	['https://bot.example/api/bot', '/api/bot'],
	['https://bot.example/api/bot/', '/api/bot'],
	['https://bot.example/API', '/API'],
	['https://bot.example/proxy/bot', '/proxy/bot'],
])('the path of the API is not part of the Fanbook host: %s', async (host, path) => {
	await expect(fanbook(host)).rejects.toMatchObject({
		message: `"Base URL" must not contain the path ${path}`,
	});
});

test.each([
	['https://proxy.example/v1', '/v1'],
	['https://proxy.example/fanvue/v1/', '/fanvue/v1'],
])('the version is not part of the Fanvue address: %s', (address, path) => {
	expect(() => readApiAddress(address)).toThrow(`"Base URL" must not contain the path ${path}`);
});

test('the path of the login pages is not part of the Fanfou login URL', async () => {
	await expect(fanfou({ loginUrl: 'https://proxy.example/oauth' })).rejects.toThrow(
		'"Login URL" must not contain the path /oauth',
	);
});

describe('"Gateway URL"', () => {
	test('is trimmed, and empty fields stand for the gateway of Fanbook', () => {
		const own = 'wss://gateway-bot.fanbook.mobi/websocket';
		expect(['', ' ', undefined, ` ${own}\n`].map(readGatewayUrl)).toEqual([own, own, own, own]);
		expect(readGatewayUrl('ws://127.0.0.1:5780/fanbook/websocket')).toBe(
			'ws://127.0.0.1:5780/fanbook/websocket',
		);
	});

	test.each([
		['wss://gateway.example/websocket?a=1', 'must not contain "?" or "#"'],
		['wss://gateway.example#top', 'must not contain "?" or "#"'],
		['https://gateway.example', 'is not a valid URL'],
		['gateway.example', 'is not a valid URL'],
		['wss://token@gateway.example', 'is not a valid URL'],
	])('is rejected as %s', (value, problem) => {
		expect(() => readGatewayUrl(value)).toThrow(`"Gateway URL" ${problem}`);
	});
});

test.each([undefined, null, '', ' ', 5, {}])('an empty address is reported: %j', async (value) => {
	await expect(fanbook(value)).rejects.toMatchObject({
		message: '"Base URL" is empty',
		description: expect.stringContaining('https://a1.fanbook.cn'),
	});
	if (value !== undefined) expect(() => readApiAddress(value)).toThrow('"Base URL" is empty');
});

describe('a bot token', () => {
	const sign = async (botToken: string, url = 'https://a1.fanbook.cn/api/bot/getMe') =>
		await authenticate(new FanbookBotApi(), { ...BOT, botToken }, { url });

	test.each([
		'.',
		'..',
		'%2e',
		'%2E.',
		'a/b',
		'../..',
		'/',
		'a\\b',
		'a%2Fb',
		'a%2fb',
		'a%5Cb',
		' .. ',
		'a\nb',
		'a b',
		'a?b',
		'a#b',
	])('such as %j is rejected', async (token) => {
		await expect(sign(token)).rejects.toMatchObject({
			message: '"Bot Token" is not a valid bot token',
			description: expect.stringContaining('developer console'),
		});
	});

	test('with a line break at its end is trimmed', async () => {
		expect(await sign(' t0k3n\n')).toBe('https://a1.fanbook.cn/api/bot/t0k3n/getMe');
	});

	test.each(['..\\evil', '.\t./evil', 'x/..\n/../evil', '%2e\t%2e/evil', '.\r.'])(
		'is not sent to the path %j',
		async (path) => {
			await expect(sign('t0k3n', `https://a1.fanbook.cn/api/bot/${path}`)).rejects.toThrow(
				'not below Base URL of the Fanbook credential',
			);
		},
	);
});
