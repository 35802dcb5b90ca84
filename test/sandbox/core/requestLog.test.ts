import { loadContract } from '../../../sandbox/core/contract';
import { DEMO } from '../../../sandbox/demo';
import type { Sandbox } from '../../../sandbox';
import { useSandbox } from '../../support/sandbox';

let sandbox: Sandbox;
useSandbox(
	(started) => {
		sandbox = started;
	},
	{ keepsState: true },
);
beforeEach(() => {
	sandbox.reset();
});

describe('the request log', () => {
	it('records the request byte for byte, and the outcome', async () => {
		const { botToken, lobbyChannelId } = DEMO.fanbook;
		const body = `{ "chat_id":${lobbyChannelId} ,"text":"灯 & \\u706f","desc":"d"}`;
		await fetch(`${sandbox.urls.fanbook}/api/bot/${botToken}/sendMessage?a=b%20c`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body,
		});
		const [entry] = sandbox.requestLog.entries({ endpoint: 'message.send' });
		expect(entry).toMatchObject({
			service: 'fanbook',
			endpoint: 'message.send',
			method: 'POST',
			path: '/fanbook/api/bot/***/sendMessage',
			query: [['a', 'b c']],
			bodyText: body,
			status: 200,
			succeeded: false,
			violations: [{ parameter: 'a', rule: 'unknown' }],
		});
	});

	it('contains no secret, in any part of a request', async () => {
		const secrets = ['s3cr3t-one', 's3cr3t-two', 's3cr3t-three', 's3cr3t-four', 's3cr3t-five'];
		const form = `grant_type=refresh_token&refresh_token=${secrets[0]}&client_secret=${secrets[1]}&code_verifier=${secrets[2]}`;
		await fetch(`${sandbox.urls.fanvueLogin}/oauth2/token?x_auth_password=${secrets[3]}`, {
			method: 'POST',
			headers: {
				'content-type': 'application/x-www-form-urlencoded',
				authorization: `Basic ${secrets[4]}`,
				cookie: `session=${secrets[4]}`,
			},
			body: form,
		});
		await fetch(`${sandbox.urls.fanvueApi}/chats?oauth_signature=${secrets[0]}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ access_token: secrets[1], text: 'a "quoted" text' }),
		});
		await fetch(`${sandbox.urls.fanbook}/api/bot/${DEMO.fanbook.botToken}/getMe`);
		const text = JSON.stringify(sandbox.requestLog.entries());
		for (const secret of [...secrets, DEMO.fanbook.botToken]) expect(text).not.toContain(secret);
		const [login] = sandbox.requestLog.entries({ path: '/oauth2/token' });
		expect(login?.headers.authorization).toBe('Basic ***');
		expect(login?.bodyText).toBe(
			'grant_type=refresh_token&refresh_token=***&client_secret=***&code_verifier=***',
		);
		const [chat] = sandbox.requestLog.entries({ path: '/fanvue/chats' });
		expect(chat?.bodyText).toBe('{"access_token":"***","text":"a \\"quoted\\" text"}');
	});

	it('keeps names, sizes and hashes of multipart bodies, not the bytes', async () => {
		const form = new FormData();
		form.set('photo', new Blob([Buffer.from([0, 255, 13, 10])], { type: 'image/png' }), '猫.png');
		form.set('status', 'a cat');
		await fetch(`${sandbox.urls.fanfouApi}/photos/upload.json`, { method: 'POST', body: form });
		const [entry] = sandbox.requestLog.entries({ service: 'fanfou' });
		expect(entry?.bodyText).toBe('');
		expect(entry?.parts).toMatchObject([
			{
				name: 'photo',
				filename: '猫.png',
				contentType: 'image/png',
				size: 4,
				sha256: 'e9489f37fb3051e9efa1dc916004d7274e7b63975e3209708947267f2393a9be',
			},
			{ name: 'status', text: 'a cat' },
		]);
	});

	it('lists the endpoints that succeeded and the others', async () => {
		const { botToken } = DEMO.fanbook;
		await fetch(`${sandbox.urls.fanbook}/api/bot/${botToken}/getMyCommands`);
		await fetch(`${sandbox.urls.fanbook}/api/bot/wrong/getMe`);
		const { served, missing } = sandbox.requestLog.coverage('fanbook');
		expect(served).toEqual(['bot.getCommands']);
		const described = loadContract('fanbook').endpoints.map(({ id }) => id);
		expect(missing).toEqual(described.filter((id) => id !== 'bot.getCommands'));
	});
});
