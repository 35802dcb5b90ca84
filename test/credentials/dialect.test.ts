import type { ICredentialType, IHttpRequestOptions } from 'n8n-workflow';
import { FanbookBotApi } from '../../credentials/FanbookBotApi.credentials';
import { FanfouOAuth1Api } from '../../credentials/FanfouOAuth1Api.credentials';
import { sign } from '../../credentials/fanfou/sign';
import { inTodaysWords } from '../../credentials/shared/dialect';
import { KEYS, MOMENT, STATUS, VECTORS } from './vectors';

/** A request as n8n's HTTP Request node hands it to a credential. */
function older(members: object): IHttpRequestOptions {
	return Object.assign({ url: '', headers: {}, method: 'POST' as const }, members);
}

async function authenticate(
	{ authenticate: by }: ICredentialType,
	credentials: Record<string, string>,
	options: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	if (typeof by !== 'function') throw new Error('It signs by a function');
	return await by(credentials, options);
}

test("Fanbook's token is put into a request of the HTTP Request node", async () => {
	const credentials = { botToken: 't0k3n', host: 'https://a1.fanbook.cn' };
	const uri = 'https://a1.fanbook.cn/api/bot/getMe';
	const signed = await authenticate(new FanbookBotApi(), credentials, older({ uri }));
	expect(signed).toEqual({
		url: 'https://a1.fanbook.cn/api/bot/t0k3n/getMe',
		headers: {},
		method: 'POST',
	});
	await expect(
		authenticate(
			new FanbookBotApi(),
			credentials,
			older({ uri: 'https://evil.example/api/bot/x' }),
		),
	).rejects.toThrow('only used for the host');
});

test('a form of the HTTP Request node gets the signature that Fanfou expects', async () => {
	const asked = older({
		uri: 'https://api.fanfou.com/statuses/update.json',
		form: { status: STATUS },
	});
	const expected = VECTORS.find(({ name }) => name.startsWith('B,'));
	const signed = sign(KEYS, inTodaysWords(asked), MOMENT);
	expect(signed.headers?.authorization).toContain(
		`oauth_signature="${encodeURIComponent(expected?.signature ?? '')}"`,
	);
	expect(signed).not.toHaveProperty('uri');
	expect(signed).not.toHaveProperty('form');
	expect(await authenticate(new FanfouOAuth1Api(), { ...KEYS }, asked)).toMatchObject({
		url: 'https://api.fanfou.com/statuses/update.json',
		headers: { 'content-type': 'application/x-www-form-urlencoded' },
		body: signed.body,
	});
});

test('a request in today’s words stays as it is', () => {
	const request: IHttpRequestOptions = { url: 'https://a.example/x', body: 'a=1', method: 'POST' };
	expect(inTodaysWords(request)).toEqual(request);
	expect(inTodaysWords(older({ uri: 'https://a.example/x', form: 'a=1' }))).toMatchObject(request);
});
