import { startSandbox, type Sandbox } from '../../support/sandbox';
import { APP_TOPICS, ENVELOPE_TOPICS, TOPICS } from '../../../sandbox/fanvue/webhooks/topics';
import { FanvueClient, record, rows } from './client';
import { readSignatures, sign, WebhookReceiver, type Received } from './webhookReceiver';

const receiver = new WebhookReceiver();
let sandbox: Sandbox;
let mira: FanvueClient;

beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
	await receiver.start();
});
beforeEach(() => {
	sandbox.reset();
	sandbox.fanvue.settings.webhooks.retryDelaysMs = [1, 1];
	mira = new FanvueClient(sandbox);
	receiver.reset();
});
afterAll(async () => {
	await sandbox.close();
	await receiver.close();
});

async function subscribe(...events: string[]): Promise<{ id: string; secret: string }> {
	const { body } = await mira.send('POST', '/webhooks/subscriptions', {
		body: { url: receiver.url, events },
	});
	// Only deliveries count, not the probe of the new subscription.
	receiver.received = [];
	const answer = record(body);
	return { id: String(answer['id']), secret: String(answer['signingSecret']) };
}

function uuidOf(handle: string): string {
	return sandbox.fanvue.sandboxState.userByHandle(handle).uuid;
}

/** Checks the signatures and the time of a delivery. */
function verify(request: Received, secret: string) {
	const { seconds, values } = readSignatures(request);
	return {
		isGood: values.includes(sign(request, secret)),
		signatures: values.length,
		isInTime: Math.abs(sandbox.clock.now() / 1000 - seconds) <= 300,
	};
}

describe('subscriptions', () => {
	test('the signing secret is only in the response of the creation', async () => {
		const { id, secret } = await subscribe('creator.message.received');
		const list = rows(await mira.get('/webhooks/subscriptions'));

		expect(secret).toMatch(/^whsec_/);
		expect(list).toEqual([
			{
				id,
				url: receiver.url,
				events: ['creator.message.received'],
				createdAt: expect.any(String),
			},
		]);
	});

	test('a deleted subscription gets no events', async () => {
		const { id } = await subscribe('creator.message.received');

		expect((await mira.send('DELETE', `/webhooks/subscriptions/${id}`)).status).toBe(204);
		expect((await mira.send('DELETE', `/v1/webhooks/subscriptions/${id}`)).status).toBe(404);
		expect(await sandbox.fanvue.deliver({ type: 'creator.message.received' })).toEqual([]);
		expect(receiver.received).toEqual([]);
	});

	test.each([
		['an address without https', { url: 'http://example.com/hook', events: ['message.read'] }],
		['no address', { url: 'hook', events: ['message.read'] }],
		['no events', { url: 'https://example.com', events: [] }],
		['unknown events', { url: 'https://example.com', events: ['creator.post.liked'] }],
	])('a subscription with %s is rejected', async (_name, body) => {
		const answer = await mira.send('POST', '/webhooks/subscriptions', { body });

		expect(answer.status).toBe(400);
		expect(record(answer.body)['errors']).toHaveLength(1);
	});

	test('the setting registration=refused rejects every subscription', async () => {
		sandbox.fanvue.settings.webhooks.registration = 'refused';
		const body = { url: receiver.url, events: ['message.read'] };
		const { status } = await mira.send('POST', '/v1/webhooks/subscriptions', { body });

		expect(status).toBe(400);
	});
});

describe('a delivery', () => {
	test('a delivery is signed over its raw body', async () => {
		const { secret } = await subscribe('creator.message.received');
		const [delivery] = await sandbox.fanvue.deliver({ type: 'creator.message.received' });
		const request = receiver.only();

		expect(verify(request, secret)).toEqual({ isGood: true, signatures: 1, isInTime: true });
		expect(request.contentType).toBe('application/json');
		expect(delivery).toMatchObject({ url: receiver.url, body: request.body, statuses: [200] });
	});

	test.each(TOPICS)('%s is delivered', async (type) => {
		if (APP_TOPICS.includes(type)) sandbox.fanvue.addEndpoint({ url: receiver.url, events: [] });
		else await subscribe(type);
		await sandbox.fanvue.deliver({ type });
		const payload = record(JSON.parse(receiver.only().body));

		if (ENVELOPE_TOPICS.includes(type)) {
			expect(Object.keys(payload)).toEqual(['id', 'type', 'timestamp', 'data']);
			expect(payload['type']).toBe(type);
		} else {
			expect(payload).not.toHaveProperty('type');
			expect(payload).toMatchObject({ recipientUuid: uuidOf('mira') });
			if (type !== 'message.read') expect(payload).toMatchObject({ sender: { handle: 'felix' } });
		}
	});

	test('a delivery can be tampered with, too old, wrongly signed, or have several signatures', async () => {
		const { secret } = await subscribe('message.received');
		const type = 'message.received';
		await sandbox.fanvue.deliver({ type, tampered: true });
		await sandbox.fanvue.deliver({ type, ageSeconds: 301 });
		await sandbox.fanvue.deliver({ type, secret: 'other' });
		await sandbox.fanvue.deliver({ type, wrongSignatures: 2 });

		expect(receiver.received.map((item) => verify(item, secret))).toEqual([
			{ isGood: false, signatures: 1, isInTime: true },
			{ isGood: true, signatures: 1, isInTime: false },
			{ isGood: false, signatures: 1, isInTime: true },
			{ isGood: true, signatures: 3, isInTime: true },
		]);
	});

	test('a delivery is retried until it is accepted', async () => {
		await subscribe('creator.message.received');
		receiver.statuses = [500, 302];
		const [delivery] = await sandbox.fanvue.deliver({ type: 'creator.message.received' });

		expect(delivery).toMatchObject({ statuses: [500, 302, 200], accepted: true });
		expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
	});

	test('a delivery fails after the last attempt', async () => {
		await subscribe('creator.message.received');
		receiver.statuses = [401, 401, 401, 401];
		const [delivery] = await sandbox.fanvue.deliver({ type: 'creator.message.received' });

		expect(delivery).toMatchObject({ statuses: [401, 401, 401], accepted: false });
	});

	test('the action webhooks sets the number of attempts', async () => {
		await subscribe('creator.message.received');
		receiver.statuses = [500, 500, 500, 500];
		await fetch(`${sandbox.url}/_admin/fanvue/webhooks`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: '{"tries":4,"retryMs":1}',
		});
		const [delivery] = await sandbox.fanvue.deliver({ type: 'creator.message.received' });
		expect(delivery?.statuses).toEqual([500, 500, 500, 500]);
		expect(sandbox.fanvue.settings.webhooks.registration).toBe('allowed');
	});

	test('a delivery with once is not retried', async () => {
		await subscribe('creator.message.received');
		receiver.statuses = [500];
		const input = { type: 'creator.message.received', once: true };
		expect(await sandbox.fanvue.actions['deliver']?.(input)).toMatchObject([
			{ statuses: [500], accepted: false },
		]);
	});

	test('copies have the same envelope id', async () => {
		await subscribe('creator.message.received');
		await sandbox.fanvue.deliver({ type: 'creator.message.received', id: 'evt_1', copies: 2 });

		expect(receiver.received.map(({ body }) => record(JSON.parse(body))['id'])).toEqual([
			'evt_1',
			'evt_1',
		]);
	});

	test('an endpoint of the developer area gets events, but is not listed', async () => {
		const secret = 'pasted-secret';
		sandbox.fanvue.addEndpoint({ url: receiver.url, events: ['tip.new'], secret });
		await sandbox.fanvue.deliver({ type: 'tip.new' });

		expect(verify(receiver.only(), secret).isGood).toBe(true);
		expect(rows(await mira.get('/webhooks/subscriptions'))).toEqual([]);
	});
});

describe('simulation', () => {
	test('a message is added to the chat and delivered', async () => {
		await subscribe('creator.message.received', 'message.received');
		const { uuid, deliveries: delivered } = sandbox.fanvue.simulation.sendMessage({
			text: 'Hallo ☀️',
		});
		await delivered;
		const felix = sandbox.fanvue.sandboxState.userByHandle('felix').uuid;
		const [message] = rows(await mira.get(`/chats/${felix}/messages`, { markAsRead: 'false' }));

		expect(message).toMatchObject({ uuid, text: 'Hallo ☀️', isRead: false });
		expect(receiver.received.map(({ body }) => record(JSON.parse(body)))).toEqual(
			expect.arrayContaining([
				expect.objectContaining({
					type: 'creator.message.received',
					data: expect.objectContaining({ uuid, sender: 'fan', text: 'Hallo ☀️' }),
				}),
				expect.objectContaining({ messageUuid: uuid }),
			]),
		);
	});

	test('a tip creates an earning, a notification and two events', async () => {
		await subscribe('tip.new', 'creator.payment.succeeded');
		const post = sandbox.fanvue.sandboxState.posts[0]?.uuid ?? '';
		const tip = sandbox.fanvue.simulation.tip({ amount: 1234, postUuid: post });
		await tip.deliveries;

		const [earning] = rows(await mira.get('/insights/earnings', { size: '1' }));
		expect(earning).toMatchObject({
			gross: 1234,
			net: 987,
			source: 'tip',
			transactionOrderId: tip.uuid,
			postUuid: post,
		});
		const [notification] = rows(await mira.get('/notifications', { size: '1' }));
		expect(notification).toMatchObject({ eventType: 11, isRead: false });
		const bodies = receiver.received.map(({ body }) => record(JSON.parse(body)));
		expect(bodies).toContainEqual(
			expect.objectContaining({ context: 'post', postUuid: post, price: 1234 }),
		);
		expect(bodies).toContainEqual(expect.objectContaining({ type: 'creator.payment.succeeded' }));
	});

	test('a subscriber is listed until the subscription ends', async () => {
		const fan = 'fan170';
		await sandbox.fanvue.simulation.subscribe({ fan }).deliveries;
		const newest = async (): Promise<unknown> =>
			rows(await mira.get('/subscribers', { sortField: 'subscribedAt', size: '1' }))[0]?.['handle'];

		expect(await newest()).toBe(fan);
		await sandbox.fanvue.simulation.unsubscribe({ fan }).deliveries;
		expect(await newest()).not.toBe(fan);
	});

	test('a refund creates a reversal', async () => {
		await subscribe('creator.refund.created');
		const { uuid: orderId } = sandbox.fanvue.simulation.tip({ amount: 500 });
		await sandbox.fanvue.simulation.refund({ orderId }).deliveries;

		const [reversal] = rows(await mira.get('/v1/insights/earnings', { size: '1' }));
		expect(reversal).toMatchObject({
			gross: -500,
			source: 'refund',
			reversedTransactionOrderId: orderId,
		});
		const [spending] = rows(await mira.get('/insights/spending', { size: '1' }));
		expect(spending).toMatchObject({ gross: 500, source: 'refund' });
		expect(record(JSON.parse(receiver.only().body))['data']).toMatchObject({ payment_id: orderId });
	});
});

describe('admin actions', () => {
	async function act(action: string, body: unknown): Promise<Record<string, unknown>> {
		const response = await fetch(`${sandbox.url}/_admin/fanvue/${action}`, {
			method: 'POST',
			body: JSON.stringify(body),
		});
		return record(await response.json());
	}

	test('actions issue tokens, change settings and simulate fans', async () => {
		const tokens = await act('issueToken', { account: 'nolan', scopes: ['read:self'] });
		expect(tokens).toMatchObject({ scope: 'read:self', expires_in: 3600 });
		expect(await act('rateLimit', { size: 7 })).toEqual({ size: 7, refillMs: 60_000 });
		const { uuid } = await act('message', { text: 'admin actions', fan: 'fan001' });
		expect(uuid).toMatch(/^[0-9a-f-]{36}$/);
		expect(await act('issueToken', { account: 'nobody' })).toEqual({
			message: 'no account is called nobody',
		});
	});
});
