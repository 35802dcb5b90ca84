import { createHmac } from 'node:crypto';
import { FanvueOAuth2Api } from '../../../credentials/FanvueOAuth2Api.credentials';
import { FanvueTrigger } from '../../../nodes/Fanvue/FanvueTrigger.node';
import { WebhookHost } from '../../support/webhooks';
import { FanvueHarness } from '../../support/fanvueHarness';
import { webhookSamples } from './webhookSamples';

let harness: FanvueHarness;
beforeAll(async () => (harness = await FanvueHarness.start()));
afterAll(async () => await harness.close());
beforeEach(() => {
	harness.sandbox.reset();
	harness.sandbox.fanvue.settings.webhooks.retryDelaysMs = [];
});

const credentialTypes = { fanvueOAuth2Api: new FanvueOAuth2Api() };

describe('Fanvue Trigger', () => {
	let host: WebhookHost;
	/** The credential of the opened host. */
	let stored: object;
	afterEach(async () => await host.close());

	async function open(parameters: object = {}, credential: object = {}) {
		const credentials = harness.credential();
		stored = Object.assign(credentials.fanvueOAuth2Api ?? {}, credential);
		host = await new WebhookHost({
			node: new FanvueTrigger(),
			parameters: {
				registration: 'automatic',
				events: ['creator.message.received', 'creator.payment.succeeded'],
				...parameters,
			},
			credentials,
			credentialTypes,
		}).listen();
		return host;
	}

	/** Sends a delivery signed by the test. */
	async function post(
		payload: object | string,
		{
			key = 'whsec_pasted',
			signal,
			headers,
		}: { key?: string; signal?: AbortSignal; headers?: Record<string, string> } = {},
	) {
		const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
		const time = Math.floor(Date.now() / 1000);
		const hex = createHmac('sha256', key).update(`${time}.${body}`).digest('hex');
		return await fetch(host.url, {
			method: 'POST',
			body,
			headers: { 'x-fanvue-signature': `t=${time},v0=${hex}`, ...headers },
			signal: signal ?? null,
		});
	}

	const subscriptions = () => harness.sandbox.fanvue.sandboxState.webhooks;

	test('the webhook is created, found again, replaced for other events, and deleted', async () => {
		await open();
		await host.activate();
		expect(subscriptions()).toMatchObject([
			{ url: host.url, events: ['creator.message.received', 'creator.payment.succeeded'] },
		]);
		await host.activate();
		expect(subscriptions()).toHaveLength(1);

		await host.deactivate();
		expect(subscriptions()).toEqual([]);
		host.parameters = { ...host.parameters, events: ['*'] };
		await host.activate();
		expect(subscriptions()[0]?.events.length).toBeGreaterThanOrEqual(13);
		await host.deactivate();
		await host.deactivate();
		expect(subscriptions()).toEqual([]);
	});

	test("a webhook deleted on Fanvue's side is created again, and deleting it succeeds", async () => {
		await open();
		await host.activate();
		subscriptions().length = 0;
		await host.activate();
		expect(subscriptions()).toHaveLength(1);
		subscriptions().length = 0;
		await host.deactivate();
		await host.activate();
		expect(subscriptions()).toHaveLength(1);
	});

	test('the signing secret is stored encrypted', async () => {
		await open();
		await host.activate();
		const secret = subscriptions()[0]?.signingSecret ?? '';
		expect(secret).not.toBe('');
		expect(host.disk).not.toContain(secret);
		expect(host.disk).toContain('encryptedSecret');
	});

	test('a signed delivery starts the workflow with a normalized message', async () => {
		await open();
		await host.activate();
		const happened = harness.sandbox.fanvue.simulation.sendMessage({ text: 'Hello 你好' });
		const deliveries = await happened.deliveries;
		expect(deliveries.map(({ statuses }) => statuses)).toEqual([[200]]);
		expect(host.started).toMatchObject([
			{
				event: 'creator.message.received',
				generation: 2,
				fan: { uuid: harness.uuid('felix') },
				message: { uuid: happened.uuid, text: 'Hello 你好', sender: 'fan' },
			},
		]);
		expect(JSON.stringify(host.started)).not.toContain(subscriptions()[0]?.signingSecret);
	});

	test.each([
		['a changed body', { tampered: true }],
		['a signature of ten minutes ago', { ageSeconds: 600 }],
		['a signature from the future', { ageSeconds: -600 }],
		['another secret', { secret: 'whsec_other' }],
	])('%s gets 401 and starts nothing', async (_what, changed) => {
		await open();
		await host.activate();
		const [delivery] = await harness.sandbox.fanvue.deliver({
			type: 'creator.message.received',
			...changed,
		});
		expect(delivery?.statuses).toEqual([401]);
		expect(host.started).toEqual([]);
	});

	test('one valid signature among several is accepted', async () => {
		await open();
		await host.activate();
		await harness.sandbox.fanvue.deliver({ type: 'creator.message.received', wrongSignatures: 2 });
		expect(host.started).toHaveLength(1);
	});

	test('a repeated delivery starts nothing, even with others in between', async () => {
		await open();
		await host.activate();
		const { fanvue } = harness.sandbox;
		await fanvue.deliver({ type: 'creator.message.received', id: 'evt-1' });
		await fanvue.deliver({ type: 'creator.payment.succeeded', id: 'evt-3' });
		const again = await fanvue.deliver({
			type: 'creator.message.received',
			id: 'evt-1',
			copies: 3,
		});
		await fanvue.deliver({ type: 'creator.message.received', id: 'evt-2' });
		expect(again.map(({ statuses }) => statuses)).toEqual([[200], [200], [200]]);
		expect(host.started.map(({ id }) => id)).toEqual(['evt-1', 'evt-3', 'evt-2']);
	});

	test('a repeated delivery starts nothing if n8n has not stored the static data', async () => {
		await open();
		await host.activate();
		const { disk } = host;
		const type = 'creator.message.received';
		await harness.sandbox.fanvue.deliver({ type, id: 'evt-1' });
		host.disk = disk;
		const again = await harness.sandbox.fanvue.deliver({ type, id: 'evt-1' });
		expect(again.map(({ statuses }) => statuses)).toEqual([[200]]);
		expect(host.started).toHaveLength(1);
	});

	test('a delivery that n8n could not start is accepted when it is repeated', async () => {
		await open();
		await host.activate();
		const type = 'creator.message.received';
		host.canStart = false;
		const refused = await harness.sandbox.fanvue.deliver({ type, id: 'evt-1' });
		expect(refused.map(({ statuses }) => statuses)).toEqual([[500]]);
		expect(host.started).toEqual([]);
		host.canStart = true;
		const again = await harness.sandbox.fanvue.deliver({ type, id: 'evt-1', copies: 2 });
		expect(again.map(({ statuses }) => statuses)).toEqual([[200], [200]]);
		expect(host.started.map(({ id }) => id)).toEqual(['evt-1']);
	});

	test('a delivery that n8n could not start after its sender hung up is accepted when it is repeated', async () => {
		await open({ registration: 'manual' }, { webhookSigningSecret: 'whsec_pasted' });
		const event = { id: 'evt-1', type: 'creator.message.received', data: {} };
		host.canStart = false;
		const held = host.hold();
		const hungUp = new AbortController();
		const refused = post(event, { signal: hungUp.signal });
		await held.received;
		hungUp.abort();
		await expect(refused).rejects.toThrow('abort');
		await held.closed;
		await held.release();
		host.canStart = true;
		expect((await post(event)).status).toBe(200);
		expect((await post(event)).status).toBe(200);
		expect(host.started.map(({ id }) => id)).toEqual(['evt-1']);
	});

	/** Sends a delivery that n8n does not start before it is released. */
	async function postHeld() {
		await open({ registration: 'manual' }, { webhookSigningSecret: 'whsec_pasted' });
		const event = { id: 'evt-1', type: 'creator.message.received', data: {} };
		const held = host.hold();
		const first = post(event);
		await held.received;
		return { event, held, first };
	}

	test('repeats of a delivery that n8n is still starting wait for it', async () => {
		const { event, held, first } = await postHeld();
		const repeats = Array.from({ length: 20 }, async () => (await post(event)).status);
		await host.arrived(21);
		await held.release();
		expect((await first).status).toBe(200);
		expect(await Promise.all(repeats)).toEqual(Array.from({ length: 20 }, () => 200));
		expect(host.started.map(({ id }) => id)).toEqual(['evt-1']);
	});

	test('a repeated delivery starts the workflow if n8n cannot start the first one meanwhile', async () => {
		const { event, held, first } = await postHeld();
		host.canStart = false;
		const repeat = post(event);
		await host.arrived(2);
		await held.release();
		host.canStart = true;
		expect([(await first).status, (await repeat).status]).toEqual([500, 200]);
		expect(host.started.map(({ id }) => id)).toEqual(['evt-1']);
	});

	test('a repeated delivery gets 503 if n8n takes too long to start the first one', async () => {
		const { event, held, first } = await postHeld();
		expect((await post(event)).status).toBe(503);
		await held.release();
		expect((await first).status).toBe(200);
		expect((await post(event)).status).toBe(200);
		expect(host.started.map(({ id }) => id)).toEqual(['evt-1']);
	});

	test('a delivery is remembered while 600 others arrive', async () => {
		await open({ registration: 'manual' }, { webhookSigningSecret: 'whsec_pasted' });
		const event = (number: number) => ({
			id: `evt-${number}`,
			type: 'creator.message.received',
			data: {},
		});
		for (let number = 0; number <= 600; number += 1) await post(event(number));
		expect((await post(event(0))).status).toBe(200);
		expect(host.started).toHaveLength(601);
	});

	test('in test mode the same delivery starts the workflow each time', async () => {
		await open();
		await host.activate();
		host.mode = 'manual';
		const type = 'creator.message.received';
		await harness.sandbox.fanvue.deliver({ type, id: 'evt-1' });
		await harness.sandbox.fanvue.deliver({ type, id: 'evt-1' });
		expect(host.started).toHaveLength(2);
	});

	test('simultaneous deliveries are distinguished', async () => {
		await open();
		await host.activate();
		const ids = ['evt-1', 'evt-2', 'evt-3', 'evt-4'];
		const deliver = async (id: string) =>
			await harness.sandbox.fanvue.deliver({ type: 'creator.message.received', id });
		await Promise.all([...ids, ...ids].map(deliver));
		await Promise.all(ids.map(deliver));
		expect(host.started.map(({ id }) => id).sort()).toEqual(ids);
	});

	test('messages of the creator start nothing unless chosen', async () => {
		await open();
		await host.activate();
		const own = {
			type: 'creator.message.received',
			payload: { uuid: 'm', sender: 'creator', fan: { uuid: 'f' } },
		};
		await harness.sandbox.fanvue.deliver(own);
		expect(host.started).toEqual([]);
		host.parameters = { ...host.parameters, includeOwnMessages: true };
		await harness.sandbox.fanvue.deliver(own);
		expect(host.started).toHaveLength(1);
	});

	test.each(['true', ' True', 1])(
		'messages of the creator start the workflow if Include Own Messages is %j',
		async (includeOwnMessages) => {
			await open({ includeOwnMessages });
			await host.activate();
			await harness.sandbox.fanvue.deliver({
				type: 'creator.message.received',
				payload: { uuid: 'm', sender: 'creator', fan: { uuid: 'f' } },
			});
			expect(host.started).toHaveLength(1);
		},
	);

	test.each(['Manual', '', '={{ true }}'])(
		'the registration %j is refused before a request is sent',
		async (registration) => {
			await open({ registration });
			await expect(host.activate()).rejects.toThrow('"Registration" cannot be "');
			expect(harness.calls('/webhooks')).toEqual([]);
		},
	);

	test.each([
		[['creator.follow.created'], 0],
		[['creator.subscription.activated'], 0],
		[['*'], 1],
		[['creator.message.received'], 0],
	])('an unknown event starts the workflow with Any Event only (%j)', async (events, count) => {
		await open({ registration: 'manual', events }, { webhookSigningSecret: 'whsec_pasted' });
		const response = await post({ mood: 'odd', recipientUuid: 'creator-1' });
		expect(response.status).toBe(200);
		expect(host.started.map(({ event }) => event)).toEqual(Array(count).fill('unknown'));
	});

	test.each(webhookSamples)(
		'the sample payload of $event ($source) starts the workflow',
		async ({ event, body }) => {
			await open(
				{ registration: 'manual', events: [event] },
				{ webhookSigningSecret: 'whsec_pasted' },
			);
			expect((await post(body)).status).toBe(200);
			expect(host.started.map((item) => item.event)).toEqual([event]);
		},
	);

	test.each([
		['subscription.new', 'creator.subscription.activated'],
		['purchase.new', 'creator.payment.succeeded'],
		['message.read', 'creator.message.read'],
		['creator.message.sent', 'creator.message.sent'],
	])(
		'a delivery with the topic header %s is that event, whatever its payload looks like',
		async (topic, event) => {
			await open(
				{ registration: 'manual', events: [event] },
				{ webhookSigningSecret: 'whsec_pasted' },
			);
			const payload = { recipientUuid: 'creator-1', sender: { uuid: 'fan-1' } };
			expect((await post(payload)).status).toBe(200);
			expect(host.started).toEqual([]);
			const headers = { 'x-fanvue-topic': topic, 'x-fanvue-event-id': 'evt-7' };
			expect((await post(payload, { headers })).status).toBe(200);
			expect(host.started).toMatchObject([{ event, id: 'evt-7', fan: { uuid: 'fan-1' } }]);
		},
	);

	test.each([
		['tip.new', 'tip', 1],
		['tip.new', 'post', 0],
		['purchase.new', 'tip', 0],
		['purchase.new', 'post', 1],
		['purchase.new', 'message', 1],
		['purchase.new', 'subscription', 0],
		['purchase.new', 'renewal', 0],
		['tip.new', undefined, 1],
		['purchase.new', undefined, 1],
		['creator.payment.succeeded', 'tip', 1],
		['*', 'post', 1],
	])('%s and a payment for %s: %d execution', async (event, source, executions) => {
		await open(
			{ registration: 'manual', events: [event] },
			{ webhookSigningSecret: 'whsec_pasted' },
		);
		const data = { id: 'p-1', source, gross: 500, purchaser: { uuid: 'fan-1' } };
		const payload = { id: 'evt-1', type: 'creator.payment.succeeded', data };
		expect((await post(payload)).status).toBe(200);
		expect(host.started).toHaveLength(executions);
	});

	test('two different deliveries with the same envelope ID both start the workflow', async () => {
		const type = 'creator.message.read';
		await open(
			{ registration: 'manual', events: [type] },
			{ webhookSigningSecret: 'whsec_pasted' },
		);
		const read = (count: number) => ({
			id: 'evt-1',
			type,
			data: { unread_messages_count: count, fan: { uuid: 'fan-1' } },
		});
		for (const count of [3, 0, 3]) expect((await post(read(count))).status).toBe(200);
		expect(host.started.map(({ message }) => message)).toEqual([
			{ unreadMessagesCount: 3 },
			{ unreadMessagesCount: 0 },
		]);
	});

	test.each([
		['1763800000000000000', '1763800000000000000'],
		['1763800000000000001', '1763800000000000001'],
		['-5', '-5'],
		['"in a moment"', 'in a moment'],
		['{"at":5}', ''],
	])('a delivery with the time %s starts the workflow with it as given', async (time, expected) => {
		await open({ registration: 'manual' }, { webhookSigningSecret: 'whsec_pasted' });
		const body = `{"id":"evt-1","type":"creator.message.received","timestamp":${time},"data":{}}`;
		expect((await post(body)).status).toBe(200);
		expect(host.started.map(({ timestamp }) => timestamp)).toEqual([expected]);
		expect(JSON.stringify(host.started)).toContain(time);
	});

	test.each(['[]', '"text"', 'no JSON', ''])('a signed body of %j starts nothing', async (body) => {
		await open({ registration: 'manual' }, { webhookSigningSecret: ' whsec_pasted ' });
		expect((await post(body)).status).toBe(400);
		expect(host.started).toEqual([]);
	});

	test.each([[null], ['']])(
		'with the secret %j every delivery is rejected',
		async (webhookSigningSecret) => {
			await open({ registration: 'manual' }, { webhookSigningSecret });
			for (const key of ['', 'null', 'undefined']) {
				expect((await post({ message: {} }, { key })).status).toBe(401);
			}
		},
	);

	test('an unsigned request is accepted without starting anything while there is no secret', async () => {
		await open();
		for (const method of ['GET', 'HEAD']) {
			expect((await fetch(host.url, { method })).status).toBe(200);
		}
		// In queue mode another process may receive the probe than the one that registers the URL.
		for (const body of [
			'{}',
			'',
			'{"challenge":"a text to prove the owner"}',
			'type=webhook_check',
		]) {
			expect((await fetch(host.url, { method: 'POST', body })).status).toBe(200);
		}
		expect(host.started).toEqual([]);
		expect(host.saved).toEqual([]);
	});

	test('an empty unsigned request is accepted without starting anything, also with a secret', async () => {
		await open({ registration: 'manual' }, { webhookSigningSecret: 'whsec_pasted' });
		expect((await fetch(host.url, { method: 'POST', body: '{}' })).status).toBe(200);
		expect((await fetch(host.url, { method: 'POST', body: '{"message":{}}' })).status).toBe(401);
		expect(host.started).toEqual([]);
	});

	test('a rejected delivery saves one failed execution an hour with the reason', async () => {
		await open({ registration: 'manual' }, { webhookSigningSecret: 'whsec_pasted' });
		for (let count = 0; count < 3; count += 1) {
			expect((await post({ message: {} }, { key: 'whsec_other' })).status).toBe(401);
		}
		expect(host.saved).toEqual([
			{
				message:
					'A delivery of Fanvue was rejected: its signature does not match the signing secret',
				description: expect.stringContaining('Webhook Signing Secret'),
			},
		]);
	});

	test('an unsigned request does not hide that the signing secret is wrong', async () => {
		await open({ registration: 'manual' }, { webhookSigningSecret: 'whsec_pasted' });
		const body = '{"message":{}}';
		for (let count = 0; count < 2; count += 1) {
			expect((await fetch(host.url, { method: 'POST', body })).status).toBe(401);
			expect((await post(body, { key: 'whsec_other' })).status).toBe(401);
		}
		expect(host.saved.map(({ message }) => message)).toEqual([
			'A delivery of Fanvue was rejected: it has no signature',
			'A delivery of Fanvue was rejected: its signature does not match the signing secret',
		]);
	});

	test('headers, which are not signed, replace neither the ID nor the type of an envelope', async () => {
		await open({ registration: 'manual', events: ['*'] }, { webhookSigningSecret: 'whsec_pasted' });
		const payload = { id: 'evt-1', type: 'creator.payment.succeeded', data: { id: 'p-1' } };
		const variants: Array<Record<string, string>> = [
			{},
			{ 'x-fanvue-event-id': 'evt-2' },
			{ 'x-fanvue-topic': 'creator.refund.created' },
		];
		for (const headers of variants) {
			expect((await post(payload, { headers })).status).toBe(200);
		}
		expect(host.started).toMatchObject([
			{ id: 'evt-1', event: 'creator.payment.succeeded', payment: { id: 'p-1' } },
		]);
	});

	test('a delivery that starts the workflow gets a plain response', async () => {
		await open({ registration: 'manual' }, { webhookSigningSecret: 'whsec_pasted' });
		const response = await post({ message: { uuid: 'm-1' } });
		expect(await response.json()).toEqual({ message: 'Workflow was started' });
	});

	test('deliveries before the webhook exists are rejected', async () => {
		await open();
		expect((await post({ message: {} })).status).toBe(401);
	});

	test('deliveries of other events are accepted and ignored', async () => {
		await open();
		await host.activate();
		const [subscription] = subscriptions();
		subscription?.events.push('creator.follow.created');
		const [delivery] = await harness.sandbox.fanvue.deliver({ type: 'creator.follow.created' });
		expect(delivery?.statuses).toEqual([200]);
		expect(host.started).toEqual([]);
	});

	test('with Manual registration the secret of the credential is used, also for flat payloads', async () => {
		await open({ registration: 'manual' }, { webhookSigningSecret: 'whsec_pasted' });
		await host.activate();
		expect(subscriptions()).toEqual([]);
		harness.sandbox.fanvue.addEndpoint({
			url: host.url,
			events: ['message.received', 'tip.new'],
			secret: 'whsec_pasted',
		});
		await harness.sandbox.fanvue.deliver({ type: 'message.received' });
		await harness.sandbox.fanvue.deliver({ type: 'tip.new' });
		expect(host.started).toMatchObject([
			{ event: 'creator.message.received', generation: 1 },
			{ event: 'creator.payment.succeeded', generation: 1, payment: { source: 'tip' } },
		]);
		await host.deactivate();
		expect(harness.sandbox.fanvue.sandboxState.webhooks).toHaveLength(1);
	});

	test.each([
		['manual', 'whsec_pasted'],
		['automatic', 'its own'],
	])(
		'with %s registration deliveries are verified although the account is no longer connected',
		async (registration, secret) => {
			await open({ registration }, { webhookSigningSecret: 'whsec_pasted' });
			await host.activate();
			if (registration === 'manual') {
				const events = ['creator.message.received'];
				harness.sandbox.fanvue.addEndpoint({ url: host.url, events, secret });
			}
			Object.assign(stored, { oauthTokenData: undefined });
			const [delivery] = await harness.sandbox.fanvue.deliver({ type: 'creator.message.received' });
			expect(delivery?.statuses).toEqual([200]);
			expect(host.started).toHaveLength(1);
		},
	);

	test('deliveries are rejected if there is no secret', async () => {
		await open({ registration: 'manual' });
		harness.sandbox.fanvue.addEndpoint({
			url: host.url,
			events: ['message.received'],
			secret: 'x',
		});
		const [delivery] = await harness.sandbox.fanvue.deliver({ type: 'message.received' });
		expect(delivery?.statuses).toEqual([401]);
	});

	test('the error of a rejected registration recommends the alternatives', async () => {
		await open();
		harness.sandbox.fanvue.settings.webhooks.registration = 'refused';
		await expect(host.activate()).rejects.toMatchObject({
			message: expect.stringContaining('Fanvue did not create the webhook'),
			description: expect.stringMatching(
				/set WEBHOOK_URL.*Registration to Manual.*Polling Trigger/,
			),
		});
	});
});
