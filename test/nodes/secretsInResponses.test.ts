import { LogCapture } from '../support/logging';
import type { IDataObject } from 'n8n-workflow';
import { virtualClock, virtualSleep } from '../support/virtualClock';
import { FanfouOAuth1Api } from '../../credentials/FanfouOAuth1Api.credentials';
import { FanvueOAuth2Api } from '../../credentials/FanvueOAuth2Api.credentials';
import { FanfouTrigger } from '../../nodes/Fanfou/FanfouTrigger.node';
import { FanvuePollingTrigger } from '../../nodes/Fanvue/FanvuePollingTrigger.node';
import { FanvueTrigger } from '../../nodes/Fanvue/FanvueTrigger.node';
import type { CredentialData } from '../support/credentials';
import { FanbookHarness } from '../support/fanbookHarness';
import { TriggerHarness, chosen } from '../support/fanbookTriggerHarness';
import { FanfouHarness } from '../support/fanfouHarness';
import { FanvueHarness } from '../support/fanvueHarness';
import { PollHost } from '../support/polling';
import { SPELLINGS } from '../support/secretSpellings';
import type { Reply } from '../support/server';
import { TestServer } from '../support/server';
import { byId } from '../support/serviceHarness';
import { WebhookHost } from '../support/webhooks';

jest.mock('@n8n/utils/sleep', () => ({ sleep: virtualSleep }));
jest.setTimeout(180_000);
beforeAll(() => virtualClock.install());
afterAll(() => virtualClock.uninstall());

const log = new LogCapture();
beforeEach(() => log.start());
afterEach(() => log.stop());

/** Each secret of a credential, in each spelling, at each place of a response. */
const server = new TestServer();
const fanvue = FanvueHarness.forTests(server);
const fanbook = new FanbookHarness(() => fanvue.sandbox);
const fanfou = new FanfouHarness(() => fanvue.sandbox);

/** With characters that each encoding writes differently. */
const secretNamed = (name: string) => `${name}+9f/7Q&k"3<e>~=xY5w`;
const SECRETS = {
	clientSecret: secretNamed('client'),
	accessToken: secretNamed('access'),
	refreshToken: secretNamed('refresh'),
	webhookSecret: secretNamed('webhook'),
	consumerKey: secretNamed('key'),
	consumerSecret: secretNamed('consumer'),
	tokenSecret: secretNamed('token'),
	botToken: 'b0t7f3e9a1c5d8b2406f',
};

const asHeader = (text: string) => text.replace(/[^\x20-\x7e]/g, ' ');
const json = (value: unknown) => JSON.stringify(value);

/** Every place of a response, with a success or an error around it. */
const PLACES: Record<string, (text: string) => Reply> = {
	'the message of an error': (text) => ({
		status: 400,
		body: json({ error: text, message: text, desc: text, description: text }),
	}),
	'an error with status 200': (text) => ({
		body: json({ ok: false, error_code: 1, error: text, message: text, description: text }),
	}),
	'the middle of a message': (text) => ({
		status: 403,
		body: json({ error: `No ${text} here`, message: `No ${text} here`, desc: `No ${text}` }),
	}),
	'nested errors': (text) => ({
		status: 422,
		body: json({ errors: [{ detail: { text } }], error: { message: text }, details: [text] }),
	}),
	'JSON in JSON': (text) => ({
		status: 400,
		body: json({ error: json({ token: text }), message: json(json({ token: text })) }),
	}),
	'the name of a member': (text) => ({ status: 400, body: json({ [text]: 1, error: '' }) }),
	'an HTML page': (text) => ({
		status: 502,
		headers: { 'content-type': 'text/html' },
		body: `<html><head><title>${text}</title></head><body><p>${text}</p></body></html>`,
	}),
	'an HTML page with status 200': (text) => ({
		headers: { 'content-type': 'text/html' },
		body: `<title>Sign in ${text}</title>`,
	}),
	'plain text': (text) => ({ status: 403, headers: { 'content-type': 'text/plain' }, body: text }),
	'a rejected login': (text) => ({ status: 401, body: json({ error: text, message: text }) }),
	'a rate limit': (text) => ({ status: 429, body: json({ error: text, message: text }) }),
	headers: (text) => ({
		status: 400,
		headers: {
			'x-debug': asHeader(text),
			'www-authenticate': `Bearer error="${asHeader(text)}"`,
			'set-cookie': asHeader(text),
			deprecation: asHeader(text),
			warning: `299 - "${asHeader(text)}"`,
		},
		body: '{}',
	}),
	'the reason of the status': (text) => ({ status: 418, reason: asHeader(text), body: '' }),
	'a redirect': (text) => ({
		status: 302,
		headers: { location: `https://elsewhere.example/?t=${asHeader(text)}` },
		body: `Moved to ${text}`,
	}),
	'a quoted request': (text) => ({
		status: 500,
		body: `POST /api/bot/${text}/x HTTP/1.1\r\nAuthorization: Bearer ${text}\r\n\r\n--b\r\nContent-Disposition: form-data; name="t"\r\n\r\n${text}\r\n--b--`,
	}),
	'an address': (text) => ({
		status: 404,
		body: json({ error: `https://proxy/${text}/x?sig=${text}#${text}`, message: text }),
	}),
	'the beginning of a long text': (text) => ({
		status: 400,
		body: `${text} ${'x '.repeat(50_000)}`,
	}),
	'the end of a long text': (text) => ({
		status: 400,
		body: json({ error: `${'x '.repeat(140)}${text}`, message: `${'x '.repeat(140)}${text}` }),
	}),
};

/** What a run must not contain: the text as it is, and as it is in JSON. */
function leaks(searched: string, text: string, secret: string): boolean {
	return [text, json(text).slice(1, -1), secret, json(secret).slice(1, -1)].some((form) =>
		searched.includes(form),
	);
}

/** All combinations: each spelling at each place, the secrets in turn. */
function combinations(names: ReadonlyArray<keyof typeof SECRETS>) {
	return Object.entries(PLACES).flatMap(([place, reply]) =>
		Object.entries(SPELLINGS).map(([spelling, spell], index) => {
			const secret = SECRETS[names[index % names.length] ?? 'botToken'];
			return { place, spelling, reply, secret, text: spell(secret) };
		}),
	);
}

const QUICK = { options: { maxTries: 1, maxWait: 0 } };

const fanvueCredential = (): CredentialData => {
	const { fanvueOAuth2Api = {} } = fanvue.credential('mira', { baseUrl: server.url });
	const { accessToken, refreshToken, clientSecret, webhookSecret } = SECRETS;
	return {
		fanvueOAuth2Api: {
			...fanvueOAuth2Api,
			clientSecret,
			loginUrl: server.url,
			accessTokenUrl: `${server.url}/token`,
			webhookSigningSecret: webhookSecret,
			oauthTokenData: { access_token: accessToken, refresh_token: refreshToken },
		},
	};
};
const fanfouCredential = (): CredentialData => ({
	fanfouOAuth1Api: {
		consumerKey: SECRETS.consumerKey,
		consumerSecret: SECRETS.consumerSecret,
		accessToken: SECRETS.accessToken,
		accessTokenSecret: SECRETS.tokenSecret,
		baseUrl: server.url,
		loginUrl: server.url,
	},
});
const fanbookCredential = () =>
	fanbook.credential({ botToken: SECRETS.botToken, host: server.url });

type Run = () => Promise<{ saved: string; hints: string[] }>;

const NODES: Array<{ name: string; secrets: Array<keyof typeof SECRETS>; runs: () => Run[] }> = [
	{
		name: 'Fanvue',
		secrets: ['clientSecret', 'accessToken', 'refreshToken', 'webhookSecret'],
		runs: () => {
			const more = { credentials: fanvueCredential() };
			return [
				async () => await fanvue.run('user', 'getMe', QUICK, more),
				async () => await fanvue.run('post', 'getAll', { limit: 5, ...QUICK }, more),
				async () =>
					await fanvue.run(
						'post',
						'create',
						{ text: 'Hi', audience: 'subscribers', ...QUICK },
						more,
					),
				async () =>
					await fanvue.run(
						'apiRequest',
						'send',
						{
							path: { __rl: true, mode: 'path', value: '/users/me' },
							responseFormat: 'text',
							...QUICK,
						},
						more,
					),
			];
		},
	},
	{
		name: 'Fanfou',
		secrets: ['consumerKey', 'consumerSecret', 'accessToken', 'tokenSecret'],
		runs: () => {
			const more = { credentials: fanfouCredential() };
			return [
				async () => await fanfou.run('account', 'getCurrentUser', QUICK, more),
				async () => await fanfou.run('timeline', 'getHome', { limit: 5, ...QUICK }, more),
				async () => await fanfou.run('status', 'create', { status: 'Hi', ...QUICK }, more),
			];
		},
	},
	{
		name: 'Fanbook',
		secrets: ['botToken'],
		runs: () => {
			const more = { credentials: fanbookCredential() };
			const guildId = byId('1');
			return [
				async () => await fanbook.run('bot', 'get', QUICK, more),
				async () => await fanbook.run('member', 'getAll', { guildId, limit: 5, ...QUICK }, more),
				async () =>
					await fanbook.run('message', 'send', { chatId: byId('1'), text: 'Hi', ...QUICK }, more),
			];
		},
	},
];

describe.each(NODES)('$name', ({ secrets, runs }) => {
	test.each(Object.keys(PLACES))('no secret is saved from %s, in any spelling', async (place) => {
		const found: string[] = [];
		let sent = 0;
		let logged = 0;
		for (const [index, { spelling, reply, text, secret, ...one }] of combinations(
			secrets,
		).entries()) {
			if (one.place !== place) continue;
			server.reply = () => reply(text);
			log.clear();
			const before = server.received.length;
			const all = runs();
			const result = await (all[index % all.length] ?? all[0])?.();
			sent += Number(server.received.length > before);
			logged += log.texts.length;
			const { saved = '', hints = [] } = result ?? {};
			if (leaks(saved, text, secret) || leaks(json([hints, log.texts]), text, secret)) {
				found.push(spelling);
			}
		}
		expect(found).toEqual([]);
		expect(sent).toBe(Object.keys(SPELLINGS).length);
		// n8n logs failed executions, so the log is one of the places that were searched.
		expect(logged > 0 || place.endsWith('with status 200')).toBe(true);
	});
});

/** Returns everything of an error that n8n could save or show. */
function errorText(error: unknown): string {
	if (!(error instanceof Error)) return json(error) ?? '';
	const own: IDataObject = {};
	for (const name of Object.getOwnPropertyNames(error)) {
		const value: unknown = Reflect.get(error, name);
		if (name !== 'node') Reflect.set(own, name, value instanceof Error ? errorText(value) : value);
	}
	return json(own);
}

async function outcome(run: () => Promise<unknown>): Promise<string> {
	try {
		return json(await run()) ?? '';
	} catch (error) {
		return errorText(error);
	}
}

describe('triggers', () => {
	/** Runs a trigger for each combination; returns what was found. */
	async function search(
		names: ReadonlyArray<keyof typeof SECRETS>,
		run: () => Promise<string>,
		every = 1,
	): Promise<string[]> {
		const found: string[] = [];
		for (const [index, { place, spelling, reply, text, secret }] of combinations(names).entries()) {
			if (index % every !== 0) continue;
			server.reply = () => reply(text);
			log.clear();
			const saved = await run();
			if (leaks(`${saved}${json(log.texts)}`, text, secret)) {
				found.push(`${spelling} in ${place}`);
			}
		}
		return found;
	}

	/** Polls once and returns the output, the reported failures and what is stored. */
	async function pollOnce(
		trigger: Pick<
			Parameters<PollHost['poll']>[0],
			'node' | 'parameters' | 'credentials' | 'credentialTypes'
		>,
	): Promise<string> {
		const host = new PollHost();
		const result = await outcome(async () => await host.poll({ ...trigger, mode: 'manual' }));
		return `${result}${json(host.reported)}${host.disk}`;
	}

	test.each(['newMessage', 'newSale', 'notification'])(
		'the Fanvue Polling Trigger for %s saves no secret from a response',
		async (event) => {
			const run = async () =>
				await pollOnce({
					node: new FanvuePollingTrigger(),
					parameters: { event },
					credentials: fanvueCredential(),
					credentialTypes: { fanvueOAuth2Api: new FanvueOAuth2Api() },
				});
			expect(await search(['clientSecret', 'accessToken'], run, 7)).toEqual([]);
		},
	);

	test.each(['homeStatus', 'mention', 'follower'])(
		'the Fanfou Trigger for %s saves no secret from a response',
		async (event) => {
			const run = async () =>
				await pollOnce({
					node: new FanfouTrigger(),
					parameters: { event },
					credentials: fanfouCredential(),
					credentialTypes: { fanfouOAuth1Api: new FanfouOAuth1Api() },
				});
			expect(await search(['consumerSecret', 'tokenSecret', 'accessToken'], run, 7)).toEqual([]);
		},
	);

	test('the Fanvue Trigger saves no secret from a response to its registration', async () => {
		const run = async () => {
			const host = await new WebhookHost({
				node: new FanvueTrigger(),
				parameters: { events: ['creator.message.received'] },
				credentials: fanvueCredential(),
				credentialTypes: { fanvueOAuth2Api: new FanvueOAuth2Api() },
			}).listen();
			const result = await outcome(async () => await host.activate());
			await host.close();
			return `${result}${json([host.saved, host.started])}${host.disk}`;
		};
		expect(await search(['clientSecret', 'accessToken', 'webhookSecret'], run, 5)).toEqual([]);
	});
});

describe('the Fanbook Trigger', () => {
	const harness = TriggerHarness.forTests();

	test.each(['gateway', 'updateQueue', 'channelHistory'])(
		'saves and logs no secret from a response in mode %s',
		async (connectionMode) => {
			const found: string[] = [];
			for (const [index, { place, spelling, reply, text, secret }] of combinations([
				'botToken',
			]).entries()) {
				if (index % 41 !== 0) continue;
				server.reply = () => reply(text);
				const n8n = harness.n8n(
					{ connectionMode, channels: chosen('1') },
					{
						credential: { host: server.url, botToken: SECRETS.botToken },
						timing: { activationTimeout: 50, outageReportDelay: 0 },
					},
				);
				const result = await outcome(async () => {
					const active = await harness.activate(n8n);
					await active.close();
				});
				const texts = `${result}${json([n8n.saved, n8n.givenUp, n8n.logs, n8n.started])}${n8n.disk}`;
				if (leaks(texts, text, secret)) found.push(`${spelling} in ${place}`);
			}
			expect(found).toEqual([]);
		},
	);
});
