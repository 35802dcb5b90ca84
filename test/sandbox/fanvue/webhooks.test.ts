import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { startSandbox, type Sandbox } from '../../../sandbox/index';
import { ENVELOPE_TOPICS, TOPICS } from '../../../sandbox/fanvue/webhooks/topics';
import { FanvueClient, record, rows } from './client';

interface Received {
	body: string;
	signature: string;
	contentType: string;
}

let sandbox: Sandbox;
let mira: FanvueClient;
let listener: Server;
let hook: string;
/** Received deliveries, and the next response statuses (200 if empty). */
let received: Received[];
let answers: number[];

beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
	listener = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			received.push({
				body: Buffer.concat(chunks).toString('utf8'),
				signature: String(request.headers['x-fanvue-signature']),
				contentType: String(request.headers['content-type']),
			});
			response.statusCode = answers.shift() ?? 200;
			response.setHeader('location', '/elsewhere');
			response.end();
		});
	});
	await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
	const address = listener.address();
	if (address === null || typeof address === 'string') throw new TypeError('not listening');
	hook = `http://127.0.0.1:${address.port}/hook`;
});
beforeEach(() => {
	sandbox.reset();
	sandbox.fanvue.settings.webhooks.retryDelaysMs = [1, 1];
	mira = new FanvueClient(sandbox);
	received = [];
	answers = [];
});
afterAll(async () => {
	await sandbox.close();
	await new Promise((resolve) => listener.close(resolve));
});

async function subscribe(...events: string[]): Promise<{ id: string; secret: string }> {
	const { body } = await mira.send('POST', '/webhooks/subscriptions', {
		body: { url: hook, events },
	});
	const answer = record(body);
	return { id: String(answer['id']), secret: String(answer['signingSecret']) };
}

/** Checks the signatures and the time of a delivery. */
function verify({ body, signature }: Received, secret: string) {
	const parts = signature.split(',').map((part) => part.split('='));
	const time = parts.find(([name]) => name === 't')?.[1] ?? '';
	const wanted = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
	const given = parts.filter(([name]) => name === 'v0').map(([, hex]) => hex);
	return {
		isGood: given.includes(wanted),
		signatures: given.length,
		isInTime: Math.abs(sandbox.clock.now() / 1000 - Number(time)) <= 300,
	};
}

const only = (): Received => {
	expect(received).toHaveLength(1);
	return received[0] ?? { body: '', signature: '', contentType: '' };
};

describe('subscriptions', () => {
	test('the signing secret is only in the response of the creation', async () => {
		const { id, secret } = await subscribe('creator.message.received');
		const list = rows(await mira.get('/webhooks/subscriptions'));

		expect(secret).toMatch(/^whsec_/);
		expect(list).toEqual([
			{ id, url: hook, events: ['creator.message.received'], createdAt: expect.any(String) },
		]);
	});

	test('a deleted subscription gets no events', async () => {
		const { id } = await subscribe('creator.message.received');

		expect((await mira.send('DELETE', `/webhooks/subscriptions/${id}`)).status).toBe(204);
		expect((await mira.send('DELETE', `/v1/webhooks/subscriptions/${id}`)).status).toBe(404);
		expect(await sandbox.fanvue.deliver({ type: 'creator.message.received' })).toEqual([]);
		expect(received).toEqual([]);
	});

	test.each([
		['an address without https', { url: 'http://example.com/hook', events: ['message-read'] }],
		['no address', { url: 'hook', events: ['message-read'] }],
		['no events', { url: 'https://example.com', events: [] }],
		['unknown events', { url: 'https://example.com', events: ['creator.post.liked'] }],
	])('a subscription with %s is rejected', async (_name, body) => {
		const answer = await mira.send('POST', '/webhooks/subscriptions', { body });

		expect(answer.status).toBe(400);
		expect(record(answer.body)['errors']).toHaveLength(1);
	});

	test('the setting registration=refused rejects every subscription', async () => {
		sandbox.fanvue.settings.webhooks.registration = 'refused';
		const body = { url: hook, events: ['message-read'] };
		const { status } = await mira.send('POST', '/v1/webhooks/subscriptions', { body });

		expect(status).toBe(400);
	});
});

describe('a delivery', () => {
	test('a delivery is signed over its raw body', async () => {
		const { secret } = await subscribe('creator.message.received');
		const [delivery] = await sandbox.fanvue.deliver({ type: 'creator.message.received' });
		const request = only();

		expect(verify(request, secret)).toEqual({ isGood: true, signatures: 1, isInTime: true });
		expect(request.contentType).toBe('application/json');
		expect(delivery).toMatchObject({ url: hook, body: request.body, statuses: [200] });
	});

	test.each(TOPICS)('%s is delivered', async (type) => {
		await subscribe(type);
		await sandbox.fanvue.deliver({ type });
		const payload = record(JSON.parse(only().body));

		if (ENVELOPE_TOPICS.includes(type)) {
			expect(Object.keys(payload)).toEqual(['id', 'type', 'timestamp', 'data']);
			expect(payload['type']).toBe(type);
		} else {
			expect(payload).not.toHaveProperty('type');
			expect(payload).toMatchObject({
				recipientUuid: sandbox.fanvue.sandboxState.userByHandle('mira').uuid,
				sender: { handle: 'felix' },
			});
		}
	});

	test('a delivery can be tampered with, too old, wrongly signed, or have several signatures', async () => {
		const { secret } = await subscribe('message-received');
		const type = 'message-received';
		await sandbox.fanvue.deliver({ type, tampered: true });
		await sandbox.fanvue.deliver({ type, ageSeconds: 301 });
		await sandbox.fanvue.deliver({ type, secret: 'other' });
		await sandbox.fanvue.deliver({ type, wrongSignatures: 2 });

		expect(received.map((item) => verify(item, secret))).toEqual([
			{ isGood: false, signatures: 1, isInTime: true },
			{ isGood: true, signatures: 1, isInTime: false },
			{ isGood: false, signatures: 1, isInTime: true },
			{ isGood: true, signatures: 3, isInTime: true },
		]);
	});

	test('a delivery is retried until it is accepted', async () => {
		await subscribe('creator.message.received');
		answers = [500, 302];
		const [delivery] = await sandbox.fanvue.deliver({ type: 'creator.message.received' });

		expect(delivery).toMatchObject({ statuses: [500, 302, 200], accepted: true });
		expect(new Set(received.map(({ body }) => body)).size).toBe(1);
	});

	test('a delivery fails after the last attempt', async () => {
		await subscribe('creator.message.received');
		answers = [401, 401, 401, 401];
		const [delivery] = await sandbox.fanvue.deliver({ type: 'creator.message.received' });

		expect(delivery).toMatchObject({ statuses: [401, 401, 401], accepted: false });
	});

	test('the action webhooks sets the number of attempts', async () => {
		await subscribe('creator.message.received');
		answers = [500, 500, 500, 500];
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
		answers = [500];
		const input = { type: 'creator.message.received', once: true };
		expect(await sandbox.fanvue.actions['deliver']?.(input)).toMatchObject([
			{ statuses: [500], accepted: false },
		]);
	});

	test('copies have the same envelope id', async () => {
		await subscribe('creator.message.received');
		await sandbox.fanvue.deliver({ type: 'creator.message.received', id: 'evt_1', copies: 2 });

		expect(received.map(({ body }) => record(JSON.parse(body))['id'])).toEqual(['evt_1', 'evt_1']);
	});

	test('an endpoint of the developer area gets events, but is not listed', async () => {
		const secret = 'pasted-secret';
		sandbox.fanvue.addEndpoint({ url: hook, events: ['tip-received'], secret });
		await sandbox.fanvue.deliver({ type: 'tip-received' });

		expect(verify(only(), secret).isGood).toBe(true);
		expect(rows(await mira.get('/webhooks/subscriptions'))).toEqual([]);
	});
});

describe('simulation', () => {
	test('a message is added to the chat and delivered', async () => {
		await subscribe('creator.message.received', 'message-received');
		const { uuid, deliveries: delivered } = sandbox.fanvue.simulation.sendMessage({
			text: 'Hallo ☀️',
		});
		await delivered;
		const felix = sandbox.fanvue.sandboxState.userByHandle('felix').uuid;
		const [message] = rows(await mira.get(`/chats/${felix}/messages`, { markAsRead: 'false' }));

		expect(message).toMatchObject({ uuid, text: 'Hallo ☀️', isRead: false });
		expect(received.map(({ body }) => record(JSON.parse(body)))).toEqual(
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
		await subscribe('tip-received', 'creator.payment.succeeded');
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
		const bodies = received.map(({ body }) => record(JSON.parse(body)));
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
		expect(record(JSON.parse(only().body))['data']).toMatchObject({ payment_id: orderId });
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
