import { FanvueOAuth2Api } from '../../../credentials/FanvueOAuth2Api.credentials';
import { FanvueTrigger } from '../../../nodes/Fanvue/FanvueTrigger.node';
import { TestServer } from '../../support/server';
import { WebhookHost } from '../../support/webhooks';
import { FanvueHarness } from '../../support/fanvueHarness';

/** How the trigger makes, finds and takes back its webhook, whatever the API answers. */
const server = new TestServer();
const studio = FanvueHarness.forTests(server);
let host: WebhookHost;
afterEach(async () => await host.close());

const MADE = '{"id":"sub-1","signingSecret":"whsec_made"}';

async function open(parameters: object = {}, credential: object = {}) {
	const credentials = studio.credential('mira', { baseUrl: server.url, ...credential });
	host = await new WebhookHost({
		node: new FanvueTrigger(),
		parameters: { events: ['creator.message.received'], ...parameters },
		credentials,
		credentialTypes: { fanvueOAuth2Api: new FanvueOAuth2Api() },
	}).listen();
	return host;
}

const calls = () =>
	server.received.map(({ method, url, body }) => `${method} ${url} ${body}`.trim());
const answering = (lists: string) => {
	server.reply = ({ method }) => ({ body: method === 'GET' ? lists : MADE });
};

test('the call names address and events, and is made under /v1 where the credential says so', async () => {
	answering('[]');
	await open(
		{ events: '={{ "creator.message.read, creator.follow.created" }}' },
		{ apiRoutes: 'v1' },
	);
	await host.activate();
	expect(calls()).toEqual([
		`POST /v1/webhooks/subscriptions {"url":"${host.url}","events":["creator.message.read","creator.follow.created"]}`,
	]);
	await host.deactivate();
	expect(calls().at(-1)).toBe('DELETE /v1/webhooks/subscriptions/sub-1');
});

test.each([
	['a bare list that has it', '[{"id":"other"},{"id":"sub-1"}]', 0],
	['a list under data that has it', '{"data":[{"id":"sub-1"}]}', 0],
	['a list that does not have it', '{"data":[null,{"id":"other"}]}', 1],
	['a list of which there is more', '{"data":[{"id":"other"}],"nextCursor":"c-2"}', 0],
	['a page of which there are more', '{"data":[],"pagination":{"hasMore":true}}', 0],
	['something else', '{"subscriptions":[]}', 0],
])('%s: it is made again only where it is surely gone', async (_what, list, more) => {
	answering(list);
	await open();
	await host.activate();
	await host.activate();
	expect(calls().filter((call) => call.startsWith('POST'))).toHaveLength(1 + more);
});

test('where the list cannot be had, the own record has to do', async () => {
	answering('[]');
	await open();
	await host.activate();
	server.reply = () => ({ status: 400, body: '{"message":"Not for private apps"}' });
	await host.activate();
	expect(calls().filter((call) => call.startsWith('POST'))).toHaveLength(1);
});

test('for another address or other events another one is made', async () => {
	answering('[{"id":"sub-1"}]');
	await open();
	await host.activate();
	host.parameters = { ...host.parameters, events: ['*'] };
	await host.activate();
	expect(calls().filter((call) => call.startsWith('POST'))).toHaveLength(2);
});

test('one without a secret cannot be used, and is taken back', async () => {
	server.reply = () => ({ body: '{"id":"sub-1"}' });
	await open();
	await expect(host.activate()).rejects.toMatchObject({
		message: 'Fanvue made a webhook but told no signing secret',
		description: expect.stringContaining('Registration to Manual'),
	});
	expect(calls().at(-1)).toBe('DELETE /webhooks/subscriptions/sub-1');
	server.reset();
	server.reply = () => ({ body: '' });
	await expect(host.activate()).rejects.toThrow('told no signing secret');
	expect(calls()).toHaveLength(1);
});

test.each([
	[
		undefined,
		/^It needs the scope read:creator.* this is http:\/\/127.* set WEBHOOK_URL of n8n\. Where/,
	],
	['https://n8n.example/', /^It needs the scope read:creator.* again\. Where Fanvue does not let/],
])(
	'a refusal names the address of n8n only where that is the obstacle (%s)',
	async (base, words) => {
		server.reply = () => ({ status: 403, body: '{"error":"Forbidden"}' });
		await open();
		host.publicBase = base;
		await expect(host.activate()).rejects.toMatchObject({
			message: 'Fanvue did not make the webhook: Fanvue does not allow this call: Forbidden',
			description: expect.stringMatching(words),
			httpCode: '403',
		});
	},
);

test('a removal that is refused is told, and tried again the next time', async () => {
	answering('[]');
	await open();
	await host.activate();
	server.reply = () => ({ status: 403, body: '{"error":"Forbidden"}' });
	await expect(host.deactivate()).rejects.toMatchObject({
		message: 'Fanvue does not allow this call: Forbidden',
		description: expect.stringContaining('read:creator'),
	});
	server.reply = () => ({ status: 204 });
	await host.deactivate();
	await host.deactivate();
	expect(calls().filter((call) => call.startsWith('DELETE'))).toHaveLength(2);
	expect(host.disk).not.toContain('sealedSecret');
});

test('a secret that was sealed with another client secret lets nothing in', async () => {
	answering('[]');
	await open();
	await host.activate();
	const kept: { 'node:Node': { sealedSecret: string } } = JSON.parse(host.disk);
	kept['node:Node'].sealedSecret = kept['node:Node'].sealedSecret.slice(0, -8);
	host.disk = JSON.stringify(kept);
	const response = await fetch(host.url, { method: 'POST', body: '{}' });
	expect(response.status).toBe(401);
	expect(host.started).toEqual([]);
});
