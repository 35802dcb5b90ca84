import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { collectSecrets } from '../../nodes/shared/secrets';
import { FanbookBotApi } from '../../credentials/FanbookBotApi.credentials';

const credential = new FanbookBotApi();
const data = { botToken: 't0k3n:a+b', host: 'https://a1.fanbook.cn' };

async function sign(
	options: IHttpRequestOptions,
	credentials: ICredentialDataDecryptedObject = data,
): Promise<IHttpRequestOptions> {
	if (typeof credential.authenticate !== 'function')
		throw new Error('authenticate is not a function');
	return await credential.authenticate(credentials, options);
}

test('the token is inserted into the path, percent-encoded where necessary', async () => {
	const options = { url: 'https://a1.fanbook.cn/api/bot/v2/getUpdates', method: 'POST' } as const;
	expect(await sign(options)).toEqual({
		url: 'https://a1.fanbook.cn/api/bot/t0k3n:a%2Bb/v2/getUpdates',
		method: 'POST',
	});
});

test.each([' t0k3n\n', '\u200bt0k3n\u200e', '\u2060t0k3n'])(
	'invisible characters around the token %j are not sent, and the token is masked without them',
	async (botToken) => {
		const options = { url: 'https://a1.fanbook.cn/api/bot/getMe' };
		const { url } = await sign(options, { ...data, botToken });
		expect(url).toBe('https://a1.fanbook.cn/api/bot/t0k3n/getMe');
		expect(collectSecrets({ botToken })).toContain('t0k3n');
	},
);

test('signing a request twice changes nothing', async () => {
	const once = await sign({ url: 'https://a1.fanbook.cn/api/bot/getMe?a=1' });
	expect(await sign(once)).toEqual(once);
	expect(once.url).toBe('https://a1.fanbook.cn/api/bot/t0k3n:a%2Bb/getMe?a=1');
});

test('the host may end with a slash, and the request may have a separate base URL', async () => {
	const host = 'http://127.0.0.1:8080/fanbook/ ';
	const signed = await sign(
		{ baseURL: 'http://127.0.0.1:8080/fanbook/', url: '/api/bot/getMyCommands' },
		{ ...data, host },
	);
	expect(signed).toEqual({
		url: 'http://127.0.0.1:8080/fanbook/api/bot/t0k3n:a%2Bb/getMyCommands',
	});
});

test.each([
	'https://evil.example/api/bot/getMe',
	'https://a1.fanbook.cn.evil.example/api/bot/getMe',
	'https://a1.fanbook.cn@evil.example/api/bot/getMe',
	'http://a1.fanbook.cn/api/bot/getMe',
	'https://a1.fanbook.cn/open/getMe',
])('a request to %s is not signed', async (url) => {
	await expect(sign({ url })).rejects.toMatchObject({
		message: 'The URL is not below Base URL of the Fanbook credential',
		description: 'Use a URL that begins with https://a1.fanbook.cn/api/bot/',
	});
});

test.each(['/../../evil', '/%2e%2e/x'])(
	'a path with dot segments is not signed: %s',
	async (path) => {
		await expect(sign({ url: `https://a1.fanbook.cn/api/bot${path}` })).rejects.toThrow(
			'not below Base URL',
		);
	},
);

test('a request is not signed if the host is empty', async () => {
	await expect(sign({ url: '/api/bot/getMe' }, { ...data, host: '' })).rejects.toThrow(
		'"Base URL" is empty',
	);
});

test('an empty bot token is reported before a request is sent', async () => {
	await expect(
		sign({ url: 'https://a1.fanbook.cn/api/bot/getMe' }, { ...data, botToken: ' ' }),
	).rejects.toThrow('The bot token of the Fanbook credential is empty');
});

test('the credential test keeps the gateway token valid and fails on ok=false with any status', () => {
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
			properties: { key: 'ok', value: undefined, message: expect.stringContaining('Base URL') },
		},
	]);
});

test('the credential has these fields, and the token is masked', () => {
	expect([...new Set(credential.properties.map(({ name }) => name))]).toEqual([
		'botToken',
		'serverIds',
		'advanced',
		'host',
		'hostNotice',
		'botId',
		'botIdNotice',
		'gatewayUrl',
		'gatewayUrlNotice',
	]);
	expect(credential.properties[0]?.typeOptions).toEqual({ password: true });
});
