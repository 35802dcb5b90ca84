import type { ICredentialType, IHttpRequestOptions } from 'n8n-workflow';
import { FanbookBotApi } from '../../credentials/FanbookBotApi.credentials';
import { FanfouOAuth1Api } from '../../credentials/FanfouOAuth1Api.credentials';
import { signRequest } from '../../credentials/fanfou/sign';
import { normalizeRequestOptions } from '../../credentials/shared/legacyOptions';
import { KEYS, NONCE, STATUS, VECTORS } from './vectors';

/** Returns a request as n8n's HTTP Request node passes it to a credential. */
function legacyRequest(members: object): IHttpRequestOptions {
	return Object.assign({ url: '', headers: {}, method: 'POST' as const }, members);
}

async function authenticate(
	{ authenticate: sign }: ICredentialType,
	credentials: Record<string, string>,
	options: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	if (typeof sign !== 'function') throw new Error('authenticate is not a function');
	return await sign(credentials, options);
}

test('the Fanbook token is inserted into a request of the HTTP Request node', async () => {
	const credentials = { botToken: 't0k3n', host: 'https://a1.fanbook.cn' };
	const uri = 'https://a1.fanbook.cn/api/bot/getMe';
	const signed = await authenticate(new FanbookBotApi(), credentials, legacyRequest({ uri }));
	expect(signed).toEqual({
		url: 'https://a1.fanbook.cn/api/bot/t0k3n/getMe',
		headers: {},
		method: 'POST',
	});
	await expect(
		authenticate(
			new FanbookBotApi(),
			credentials,
			legacyRequest({ uri: 'https://evil.example/api/bot/x' }),
		),
	).rejects.toThrow('not below Base URL');
});

test('a form of the HTTP Request node is signed as Fanfou expects', async () => {
	const request = legacyRequest({
		uri: 'https://api.fanfou.com/statuses/update.json',
		form: { status: STATUS },
	});
	const expected = VECTORS.find(({ name }) => name.startsWith('B,'));
	const signed = signRequest(KEYS, normalizeRequestOptions(request), NONCE);
	expect(signed.headers?.authorization).toContain(
		`oauth_signature="${encodeURIComponent(expected?.signature ?? '')}"`,
	);
	expect(signed).not.toHaveProperty('uri');
	expect(signed).not.toHaveProperty('form');
	expect(await authenticate(new FanfouOAuth1Api(), { ...KEYS }, request)).toMatchObject({
		url: 'https://api.fanfou.com/statuses/update.json',
		headers: { 'content-type': 'application/x-www-form-urlencoded' },
		body: signed.body,
	});
});

test('current request options are not changed', () => {
	const request: IHttpRequestOptions = { url: 'https://a.example/x', body: 'a=1', method: 'POST' };
	expect(normalizeRequestOptions(request)).toEqual(request);
	expect(
		normalizeRequestOptions(legacyRequest({ uri: 'https://a.example/x', form: 'a=1' })),
	).toMatchObject(request);
});
