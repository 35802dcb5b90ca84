import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { FanbookBotApi } from '../../credentials/FanbookBotApi.credentials';

const credential = new FanbookBotApi();
const data = { botToken: 't0k3n:a/b', host: 'https://a1.fanbook.cn' };

async function sign(
	options: IHttpRequestOptions,
	credentials: ICredentialDataDecryptedObject = data,
): Promise<IHttpRequestOptions> {
	if (typeof credential.authenticate !== 'function') throw new Error('It signs by a function');
	return await credential.authenticate(credentials, options);
}

test('puts the token into the path, encoded where it has to be', async () => {
	const options = { url: 'https://a1.fanbook.cn/api/bot/v2/getUpdates', method: 'POST' } as const;
	expect(await sign(options)).toEqual({
		url: 'https://a1.fanbook.cn/api/bot/t0k3n:a%2Fb/v2/getUpdates',
		method: 'POST',
	});
});

test('signing twice changes nothing', async () => {
	const once = await sign({ url: 'https://a1.fanbook.cn/api/bot/getMe?a=1' });
	expect(await sign(once)).toEqual(once);
	expect(once.url).toBe('https://a1.fanbook.cn/api/bot/t0k3n:a%2Fb/getMe?a=1');
});

test('reads the host with or without a slash, and a base address apart from the path', async () => {
	const host = 'http://127.0.0.1:8080/fanbook/ ';
	const signed = await sign(
		{ baseURL: 'http://127.0.0.1:8080/fanbook/', url: '/api/bot/getMyCommands' },
		{ ...data, host },
	);
	expect(signed).toEqual({
		url: 'http://127.0.0.1:8080/fanbook/api/bot/t0k3n:a%2Fb/getMyCommands',
	});
});

test.each([
	'https://evil.example/api/bot/getMe',
	'https://a1.fanbook.cn.evil.example/api/bot/getMe',
	'https://a1.fanbook.cn@evil.example/api/bot/getMe',
	'http://a1.fanbook.cn/api/bot/getMe',
	'https://a1.fanbook.cn/open/getMe',
])('refuses to sign %s', async (url) => {
	await expect(sign({ url })).rejects.toThrow(
		'The Fanbook bot token is only used for the host of its credential',
	);
});

test.each(['/../../evil', '/%2e%2e/x'])(
	'a path cannot climb out of the token: %s',
	async (path) => {
		await expect(sign({ url: `https://a1.fanbook.cn/api/bot${path}` })).rejects.toThrow(
			'only used for the host',
		);
	},
);

test('without a host nothing is signed', async () => {
	await expect(sign({ url: '/api/bot/getMe' }, { ...data, host: '' })).rejects.toThrow('host');
});

test('an empty token is said, not sent', async () => {
	await expect(
		sign({ url: 'https://a1.fanbook.cn/api/bot/getMe' }, { ...data, botToken: ' ' }),
	).rejects.toThrow('The bot token of the Fanbook credential is empty');
});

test('the test call leaves the gateway token alone and fails on ok=false, whatever the status', () => {
	expect(credential.test.request).toEqual({
		baseURL: '={{$credentials.host}}',
		url: '/api/bot/getMyCommands',
		ignoreHttpStatusErrors: true,
	});
	expect(credential.test.rules?.map(({ type, properties }) => ({ type, properties }))).toEqual([
		{
			type: 'responseSuccessBody',
			properties: { key: 'ok', value: false, message: expect.stringContaining('bot token') },
		},
		{
			type: 'responseSuccessBody',
			properties: { key: 'ok', value: undefined, message: expect.stringContaining('Host') },
		},
	]);
});

test('the fields are these, and the token is masked', () => {
	expect(credential.properties.map(({ name }) => name)).toEqual([
		'botToken',
		'host',
		'botId',
		'serverIds',
		'gatewayUrl',
	]);
	expect(credential.properties[0]?.typeOptions).toEqual({ password: true });
});
