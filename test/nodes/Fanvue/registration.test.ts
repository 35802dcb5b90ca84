import { createHmac } from 'node:crypto';
import { FanvueOAuth2Api } from '../../../credentials/FanvueOAuth2Api.credentials';
import { FanvueTrigger } from '../../../nodes/Fanvue/FanvueTrigger.node';
import { isObject } from '../../../nodes/shared/json';
import { TestServer } from '../../support/server';
import { WebhookHost } from '../../support/webhooks';
import { FanvueHarness } from '../../support/fanvueHarness';

/** Creation, search and deletion of the trigger's webhook, with all kinds of responses. */
const server = new TestServer();
const harness = FanvueHarness.forTests(server);
let host: WebhookHost;
afterEach(async () => await host.close());

const MADE = '{"id":"sub-1","signingSecret":"whsec_made"}';

async function open(parameters: object = {}, credential: object = {}) {
	const credentials = harness.credential('mira', { baseUrl: server.url, ...credential });
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

test('the webhook is created with URL and events, below /v1 if the credential says so', async () => {
	answering('[]');
	await open(
		{ events: '={{ "creator.message.read, creator.follow.created" }}' },
		{ apiRoutes: 'v1' },
	);
	await host.activate();
	expect(calls()).toEqual([
		'GET /v1/webhooks/subscriptions',
		`POST /v1/webhooks/subscriptions {"url":"${host.url}","events":["creator.message.read","creator.follow.created"]}`,
	]);
	await host.deactivate();
	expect(calls().at(-1)).toBe('DELETE /v1/webhooks/subscriptions/sub-1');
});

test.each([
	['a list that contains it', '[{"id":"other"},{"id":"sub-1"}]', 0],
	['data that contains it', '{"data":[{"id":"sub-1"}]}', 0],
	['data that does not contain it', '{"data":[null,{"id":"other"}]}', 1],
	['data with a next cursor', '{"data":[{"id":"other"}],"nextCursor":"c-2"}', 0],
	['a page with further pages', '{"data":[],"pagination":{"hasMore":true}}', 0],
	['another response', '{"subscriptions":[]}', 0],
])('a webhook is created again only if it is certainly missing: %s', async (_what, list, more) => {
	answering(list);
	await open();
	await host.activate();
	await host.activate();
	expect(calls().filter((call) => call.startsWith('POST'))).toHaveLength(1 + more);
});

test.each(['page', 'cursor'])(
	'a list with further pages is read by %s before a webhook counts as missing',
	async (paging) => {
		let ids = Array.from({ length: 5 }, (_, index) => `other-${index}`);
		server.reply = ({ method, url }) => {
			if (method !== 'GET') return { body: MADE };
			const page = Number(new URL(url, 'http://x').searchParams.get(paging) ?? 1);
			const hasMore = page * 2 < ids.length;
			const more =
				paging === 'page'
					? { pagination: { page, size: 2, hasMore } }
					: { nextCursor: hasMore ? String(page + 1) : null };
			const data = ids.slice(page * 2 - 2, page * 2).map((id) => ({ id }));
			return { body: JSON.stringify({ data, ...more }) };
		};
		const created = () => calls().filter((call) => call.startsWith('POST'));
		await open();
		await host.activate();
		expect(created()).toHaveLength(1);
		ids = [...ids, 'sub-1'];
		await host.activate();
		expect(created()).toHaveLength(1);
		ids = ids.slice(0, -1);
		await host.activate();
		expect(created()).toHaveLength(2);
	},
);

test('a list that never ends is read up to a limit, and the stored record is used', async () => {
	let page = 0;
	server.reply = ({ method }) => {
		if (method !== 'GET') return { body: MADE };
		page += 1;
		return { body: `{"data":[{"id":"other-${page}"}],"nextCursor":"c-${page}"}` };
	};
	await open();
	await host.activate();
	page = 0;
	await host.activate();
	expect(page).toBe(20);
	expect(calls().filter((call) => call.startsWith('POST'))).toHaveLength(1);
});

describe('a webhook whose deletion failed before Registration was set to Manual', () => {
	/** Leaves a webhook behind and switches to Manual. */
	async function leaveWebhook() {
		const kept = keepSubscriptions();
		const { reply } = server;
		server.reply = async (request, count) =>
			request.method === 'DELETE'
				? { status: 403, body: '{"error":"Forbidden"}' }
				: await reply(request, count);
		await open({}, { webhookSigningSecret: 'whsec_pasted' });
		await host.activate();
		await expect(host.deactivate()).rejects.toThrow('Fanvue denied the request');
		host.parameters = { ...host.parameters, registration: 'manual' };
		const works = () => {
			server.reply = reply;
		};
		return { ...kept, works };
	}

	test('is deleted when the workflow is published', async () => {
		const { subscriptions, works } = await leaveWebhook();
		works();
		await host.activate();
		expect(subscriptions).toEqual([]);
		expect(host.disk).not.toContain('webhookId');
	});

	test('does not prevent publishing if it still cannot be deleted, and is deleted later', async () => {
		const { subscriptions, works } = await leaveWebhook();
		await host.activate();
		expect(subscriptions).toHaveLength(1);
		works();
		await host.activate();
		expect(subscriptions).toEqual([]);
	});
});

test('the stored record is used if the webhooks cannot be listed', async () => {
	answering('[]');
	await open();
	await host.activate();
	server.reply = () => ({ status: 400, body: '{"message":"Not for private apps"}' });
	await host.activate();
	expect(calls().filter((call) => call.startsWith('POST'))).toHaveLength(1);
});

test('a webhook with another URL or other events is replaced', async () => {
	answering('[{"id":"sub-1"}]');
	await open();
	await host.activate();
	host.parameters = { ...host.parameters, events: ['*'] };
	await host.activate();
	expect(calls().filter((call) => call.startsWith('POST'))).toHaveLength(2);
});

test.each([
	'{"id":"sub-1"}',
	'{"id":"sub-1","signingSecret":""}',
	'{"id":"sub-1","signingSecret":null}',
])('a subscription created with %s is deleted, because it has no secret', async (body) => {
	server.reply = () => ({ body });
	await open();
	await expect(host.activate()).rejects.toMatchObject({
		message: 'Fanvue created a webhook without a signing secret',
		description: expect.stringContaining('Registration to Manual'),
	});
	expect(calls().at(-1)).toBe('DELETE /webhooks/subscriptions/sub-1');
	server.reset();
	server.reply = () => ({ body: '' });
	await expect(host.activate()).rejects.toThrow('Fanvue returned an empty response instead of');
	expect(calls().filter((call) => !call.startsWith('GET'))).toHaveLength(1);
});

test('a subscription without a secret that cannot be deleted is named in the error', async () => {
	server.reply = ({ method }) => {
		if (method === 'DELETE') return { status: 409, body: '{"message":"Busy"}' };
		return { body: method === 'GET' ? '[]' : '{"id":"sub-1","signingSecret":" "}' };
	};
	await open();
	await expect(host.activate()).rejects.toMatchObject({
		description: expect.stringMatching(/Manual.*\. The webhook sub-1 could not be deleted again/),
	});
});

describe('events of an expression', () => {
	const both = ['creator.message.received', 'creator.follow.created'];
	test.each([
		JSON.stringify(both),
		both.join('; '),
		both.join('，'),
		both.join('\n'),
		` ${both.join(' ')}\u200b`,
		'Creator.Message.Received,creator.follow.created',
	])('%j are subscribed to, and the subscription is kept', async (events) => {
		const { subscriptions } = keepSubscriptions();
		await open({ events });
		await host.activate();
		expect(subscriptions[0]?.events).toEqual(both);
		await host.activate();
		expect(subscriptions).toHaveLength(1);
	});

	test.each([
		['[]', '"Events" is empty'],
		['none', '"Events" is empty'],
		['={{ ["", null] }}', '"Events" is empty'],
		['Any Event', '"Events" cannot contain "any"'],
		['={{ 5 }}', '"Events" cannot contain "5"'],
		['={{ true }}', '"Events" is true'],
		['={{ { a: 1 } }}', '"Events" is an object'],
		['={{ [{ value: "payout.paid" }] }}', '"Events" contains an object'],
	])('%s are refused before a request is sent', async (events, message) => {
		keepSubscriptions();
		await open({ events });
		await expect(host.activate()).rejects.toThrow(message);
		expect(calls()).toEqual([]);
	});

	test('a list in text is matched with Registration set to Manual, too', async () => {
		await open(
			{ registration: 'manual', events: 'payout.paid; creator.message.received' },
			{ webhookSigningSecret: 'whsec' },
		);
		const body = JSON.stringify({ id: 'e-1', type: 'creator.message.received', data: {} });
		const time = Math.floor(Date.now() / 1000);
		const hex = createHmac('sha256', 'whsec').update(`${time}.${body}`).digest('hex');
		const headers = { 'x-fanvue-signature': `t=${time},v0=${hex}` };
		await fetch(host.url, { method: 'POST', body, headers });
		expect(host.started).toHaveLength(1);
	});
});

test.each([
	[
		undefined,
		/^This operation needs the scope read:creator.* this is http:\/\/127.* set WEBHOOK_URL of n8n\. If Fanvue/,
	],
	[
		'https://n8n.example/',
		/^This operation needs the scope read:creator.* again\. If Fanvue does not allow/,
	],
])(
	'the error of a rejected webhook mentions a local n8n URL only if it is local (%s)',
	async (base, words) => {
		server.reply = () => ({ status: 403, body: '{"error":"Forbidden"}' });
		await open();
		host.publicBase = base;
		await expect(host.activate()).rejects.toMatchObject({
			message: 'Fanvue did not create the webhook: Fanvue denied the request: Forbidden',
			description: expect.stringMatching(words),
			httpCode: '403',
		});
	},
);

test('a failed deletion is reported, and repeated the next time', async () => {
	answering('[]');
	await open();
	await host.activate();
	server.reply = () => ({ status: 403, body: '{"error":"Forbidden"}' });
	await expect(host.deactivate()).rejects.toMatchObject({
		message: 'Fanvue denied the request: Forbidden',
		description: expect.stringContaining('read:creator'),
	});
	server.reply = () => ({ status: 204 });
	await host.deactivate();
	await host.deactivate();
	expect(calls().filter((call) => call.startsWith('DELETE'))).toHaveLength(2);
	expect(host.disk).not.toContain('encryptedSecret');
});

test('a secret encrypted with another client secret accepts no delivery', async () => {
	answering('[]');
	await open();
	await host.activate();
	const kept: { 'node:Node': { encryptedSecret: string } } = JSON.parse(host.disk);
	kept['node:Node'].encryptedSecret = kept['node:Node'].encryptedSecret.slice(0, -8);
	host.disk = JSON.stringify(kept);
	for (const signature of ['', 't=1,v0=00']) {
		const response = await fetch(host.url, {
			method: 'POST',
			body: '{"message":{}}',
			headers: { 'x-fanvue-signature': signature },
		});
		expect(response.status).toBe(401);
	}
	expect(host.started).toEqual([]);
});

/** A fake Fanvue that stores subscriptions and probes each new URL. */
function keepSubscriptions(refuse: (events: string[]) => string | undefined = () => undefined) {
	const subscriptions: Array<{ id: string; url: string; events: string[] }> = [];
	const probes: number[] = [];
	server.reply = async ({ method, url, body }) => {
		if (method === 'GET') return { body: JSON.stringify({ data: subscriptions }) };
		if (method === 'DELETE') {
			const index = subscriptions.findIndex(({ id }) => url.endsWith(`/${id}`));
			if (index < 0) return { status: 404, body: '{"message":"Not found"}' };
			subscriptions.splice(index, 1);
			return { status: 204 };
		}
		const wanted: { url: string; events: string[] } = JSON.parse(body);
		const message = refuse(wanted.events);
		if (message !== undefined) return { status: 400, body: JSON.stringify({ message }) };
		const probe = await fetch(host.url, { method: 'POST', body: '{"probe":true}' });
		probes.push(probe.status);
		if (probe.status !== 200) return { status: 400, body: '{}' };
		const id = `sub-${server.received.length}`;
		subscriptions.push({ id, ...wanted });
		return { body: JSON.stringify({ id, signingSecret: `whsec_${id}` }) };
	};
	return { subscriptions, probes };
}

test('the unsigned probe is accepted while the webhook is being created, also the second time', async () => {
	const { subscriptions, probes } = keepSubscriptions();
	await open();
	await host.activate();
	host.parameters = { ...host.parameters, events: ['creator.message.sent'] };
	await host.activate();
	expect(probes).toEqual([200, 200]);
	expect(subscriptions.map(({ events }) => events)).toEqual([['creator.message.sent']]);
	expect(host.started).toEqual([]);
	const later = await fetch(host.url, { method: 'POST', body: '{"probe":true}' });
	expect(later.status).toBe(401);
});

describe('an event that arrives before n8n has stored the signing secret', () => {
	const deliver = async (key: string, text: string) => {
		const body = JSON.stringify({ message: { uuid: text, text } });
		const time = Math.floor(Date.now() / 1000);
		const hex = createHmac('sha256', key).update(`${time}.${body}`).digest('hex');
		const headers = { 'x-fanvue-signature': `t=${time},v0=${hex}` };
		return (await fetch(host.url, { method: 'POST', body, headers })).status;
	};
	/** Sends an event with each registration, which arrives before the response to it. */
	const deliverEarly = (key: (secret: string) => string = (secret) => secret) => {
		const early: Array<Promise<number>> = [];
		server.reply = async ({ method }) => {
			if (method !== 'POST') return { body: method === 'GET' ? '[]' : '' };
			const number = early.length + 1;
			const signingSecret = `whsec_${number}`;
			early.push(deliver(key(signingSecret), `early ${number}`));
			await host.arrived(number);
			return { body: JSON.stringify({ id: `sub-${number}`, signingSecret }) };
		};
		return early;
	};

	test('starts the workflow, and the secret is kept', async () => {
		const early = deliverEarly();
		await open();
		await host.activate();
		expect(await Promise.all(early)).toEqual([200]);
		// What the early delivery stored came after what the registration stored.
		expect(await deliver('whsec_1', 'later')).toBe(200);
		expect(host.started).toHaveLength(2);
		expect(host.saved).toEqual([]);
	});

	test('stores what the subscription lacks, and not what the one before lacked', async () => {
		const early = deliverEarly();
		await open(
			{ events: ['creator.message.received', 'creator.refund.created'] },
			{ scopes: ['read:creator', 'read:self'] },
		);
		await host.activate();
		await Promise.all(early);
		expect(host.disk).toContain('leftOut');
		host.parameters = { ...host.parameters, events: ['creator.refund.created'] };
		await host.activate();
		expect(await Promise.all(early)).toEqual([200, 200]);
		expect(host.disk).not.toContain('leftOut');
		expect(host.disk).toContain('sub-2');
	});

	test('does not overwrite a subscription that another process has stored since', async () => {
		const early = deliverEarly(() => 'forged');
		await open();
		await host.activate();
		await Promise.all(early);
		const other = host.disk
			.replace('sub-1', 'sub-9')
			.replace(/"encryptedSecret":"[^"]+"/, '"encryptedSecret":"x"');
		host.disk = other;
		expect(await deliver('whsec_1', 'of the old one')).toBe(200);
		expect(host.disk).toContain('sub-9');
		expect(host.disk).toContain('"encryptedSecret":"x"');
	});

	test('is forgotten after ten minutes', async () => {
		const early = deliverEarly(() => 'forged');
		await open();
		await host.activate();
		await Promise.all(early);
		host.disk = '{}';
		const later = Date.now() + 600_000;
		const clock = jest.spyOn(Date, 'now').mockImplementation(() => later);
		try {
			expect(await deliver('whsec_1', 'late')).toBe(401);
		} finally {
			clock.mockRestore();
		}
	});

	test('starts it too when the webhook is replaced', async () => {
		const early = deliverEarly();
		await open();
		await host.activate();
		await Promise.all(early);
		host.parameters = { ...host.parameters, events: ['*'] };
		await host.activate();
		expect(await Promise.all(early)).toEqual([200, 200]);
		expect(await deliver('whsec_2', 'later')).toBe(200);
		expect(await deliver('whsec_1', 'of the old webhook')).toBe(401);
		expect(host.started).toHaveLength(3);
	});

	test('is rejected if its signature is wrong', async () => {
		const early = deliverEarly(() => 'forged');
		await open();
		await host.activate();
		expect(await Promise.all(early)).toEqual([401]);
		expect(await deliver('whsec_1', 'later')).toBe(200);
		expect(host.started).toHaveLength(1);
	});

	test('is rejected once the webhook is deleted', async () => {
		const early = deliverEarly();
		await open();
		await host.activate();
		await Promise.all(early);
		await host.deactivate();
		expect(await deliver('whsec_1', 'late')).toBe(401);
	});
});

test.each([
	['the client secret was changed', { clientSecret: 'another' }, 'https://n8n.example/'],
	['the client ID was changed', { clientId: 'another' }, 'https://n8n.example/'],
	['n8n has another URL', {}, 'https://moved.example/'],
	['n8n is below another path', {}, 'https://n8n.example/automation/'],
	['n8n has another port', {}, 'https://n8n.example:8443/'],
])('a new subscription replaces the old one when %s', async (_what, credential, base) => {
	const { subscriptions } = keepSubscriptions();
	await open();
	host.publicBase = 'https://n8n.example/';
	await host.activate();
	const { disk } = host;
	const [before] = subscriptions;
	await host.close();
	await open({}, credential);
	host.disk = disk;
	host.publicBase = base;
	await host.activate();
	expect(subscriptions).toHaveLength(1);
	expect(subscriptions[0]?.id).not.toBe(before?.id);
	await host.activate();
	expect(subscriptions).toHaveLength(1);
});

test.each([null, 17, '', 'damaged'])(
	'a stored secret of %j is replaced at the next activation, and a delivery gets 401',
	async (encryptedSecret) => {
		const { subscriptions } = keepSubscriptions();
		await open();
		await host.activate();
		const stored: { 'node:Node': object } = JSON.parse(host.disk);
		Object.assign(stored['node:Node'], { encryptedSecret });
		host.disk = JSON.stringify(stored);
		const headers = { 'x-fanvue-signature': 't=1,v0=00' };
		const response = await fetch(host.url, { method: 'POST', body: '{}', headers });
		expect(response.status).toBe(401);
		expect(host.saved).toMatchObject([
			{ message: expect.stringContaining('the stored signing secret cannot be decrypted') },
		]);
		await host.activate();
		expect(subscriptions).toHaveLength(1);
		expect(subscriptions[0]?.id).not.toBe('sub-2');
	},
);

test('a subscription whose creation had no response is deleted', async () => {
	const { subscriptions } = keepSubscriptions();
	const { reply } = server;
	server.reply = async (request, count) => {
		const answer = await reply(request, count);
		return request.method === 'POST' ? { cut: true } : answer;
	};
	await open();
	await expect(host.activate()).rejects.toThrow('Fanvue did not create the webhook');
	expect(subscriptions).toEqual([]);
});

describe('topics of a subscription', () => {
	const scopes = ['read:creator', 'read:self'];

	test('Any Event subscribes to the topics that the scopes of the connection allow', async () => {
		const { subscriptions } = keepSubscriptions();
		await open({ events: ['*'] }, { scopes });
		await host.activate();
		const events = subscriptions[0]?.events ?? [];
		expect(events).toContain('checkout_link.payment.succeeded');
		expect(events).toContain('payout.paid');
		expect(events).toContain('creator.subscription.cancel_at_period_end_changed');
		expect(events.filter((event) => /message|follow|fan|app\./.test(event))).toEqual([]);
	});

	test('a chosen topic without its scope does not prevent the others', async () => {
		const { subscriptions } = keepSubscriptions();
		const events = ['creator.message.received', 'creator.refund.created'];
		await open({ events }, { scopes });
		await host.activate();
		expect(subscriptions[0]?.events).toEqual(['creator.refund.created']);
		await host.activate();
		expect(calls().filter((call) => call.startsWith('POST'))).toHaveLength(1);
	});

	test('a chosen topic without its scope is reported by one failed execution', async () => {
		keepSubscriptions();
		const events = ['creator.message.received', 'creator.refund.created'];
		await open({ events }, { scopes });
		await host.activate();
		expect(host.saved).toEqual([]);
		for (let count = 0; count < 2; count += 1) {
			expect((await fetch(host.url, { method: 'POST', body: '{}' })).status).toBe(200);
		}
		expect(host.saved).toEqual([
			{
				message: 'Fanvue Trigger does not receive creator.message.received (needs read:chat)',
				description: expect.stringContaining('Add the missing scopes to the app'),
			},
		]);
	});

	test('if no chosen topic is allowed, the error names each with its scope', async () => {
		keepSubscriptions();
		await open({ events: ['creator.message.received', 'app.payment.succeeded'] }, { scopes });
		await expect(host.activate()).rejects.toMatchObject({
			message:
				'The connection cannot receive creator.message.received (needs read:chat), app.payment.succeeded (sent to the app only)',
		});
		expect(calls()).toEqual([]);
	});

	test('a topic that Fanvue rejects is left out', async () => {
		const { subscriptions } = keepSubscriptions((events) =>
			events.includes('payout.paid') ? 'Missing scope for payout.paid.' : undefined,
		);
		await open({ events: ['payout.paid', 'creator.refund.created'] });
		await host.activate();
		expect(subscriptions[0]?.events).toEqual(['creator.refund.created']);
	});

	test.each([
		[403, { message: 'Missing scope: read:chat' }, 'needs read:chat'],
		[403, { error: 'insufficient_scope', error_description: 'read:chat' }, 'needs read:chat'],
		[422, { message: 'Unknown topics [creator.message.read]' }, 'refused by Fanvue'],
	])('a refusal with status %i and %j leaves the other topics', async (status, body, reason) => {
		const { subscriptions } = keepSubscriptions();
		const { reply } = server;
		server.reply = async (request, count) => {
			const isRefused = request.method === 'POST' && request.body.includes('message.read');
			return isRefused ? { status, body: JSON.stringify(body) } : await reply(request, count);
		};
		await open({ events: ['creator.message.read', 'payout.paid'] });
		await host.activate();
		expect(subscriptions[0]?.events).toEqual(['payout.paid']);
		expect(host.disk).toContain(`"leftOut":"creator.message.read (${reason})"`);
	});

	test.each([
		[['read:creator', 'read:self']],
		['read:creator+read:self'],
		['read%3Acreator%20read%3Aself'],
		['READ:CREATOR;READ:SELF'],
		['["read:creator","read:self"]'],
	])('scopes given as %j are understood', async (scope) => {
		const { subscriptions } = keepSubscriptions();
		const { oauthTokenData } = harness.credential().fanvueOAuth2Api ?? {};
		const token = { ...(isObject(oauthTokenData) ? oauthTokenData : {}), scope };
		await open({ events: ['creator.message.read', 'payout.paid'] }, { oauthTokenData: token });
		await host.activate();
		expect(subscriptions[0]?.events).toEqual(['payout.paid']);
	});

	test('scopes of other services alone count as unknown', async () => {
		const { subscriptions } = keepSubscriptions();
		const { oauthTokenData } = harness.credential().fanvueOAuth2Api ?? {};
		const token = {
			...(isObject(oauthTokenData) ? oauthTokenData : {}),
			scope: 'openid offline_access',
		};
		await open({ events: ['creator.message.read'] }, { oauthTokenData: token });
		await host.activate();
		expect(subscriptions[0]?.events).toEqual(['creator.message.read']);
	});

	test('a rejection without text names the probable causes', async () => {
		keepSubscriptions(() => '');
		await open({ events: ['payout.paid', 'creator.refund.created'] });
		await expect(host.activate()).rejects.toMatchObject({
			description: expect.stringMatching(
				/WEBHOOK_URL.*does not redirect.*missing scope.*payout\.paid, creator\.refund\.created/,
			),
		});
	});
});
