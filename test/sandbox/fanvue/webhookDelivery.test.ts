import { startSandbox, type Sandbox } from '../../support/sandbox';
import { FanvueClient, type ClientResponse } from './client';
import { readSignatures, sign, WebhookReceiver } from './webhookReceiver';
import { ALL_SCOPES } from '../../../sandbox/fanvue/settings';

const TYPE = 'creator.message.received';
const receiver = new WebhookReceiver();
let sandbox: Sandbox;
let mira: FanvueClient;

beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
	await receiver.start();
});
beforeEach(() => {
	sandbox.reset();
	sandbox.fanvue.settings.webhooks.retryDelaysMs = [];
	mira = new FanvueClient(sandbox);
	receiver.reset();
});
afterAll(async () => {
	await sandbox.close();
	await receiver.close();
});

async function subscribe(
	events: string[],
	{ url = receiver.url, client = mira } = {},
): Promise<ClientResponse> {
	return await client.send('POST', '/v1/webhooks/subscriptions', { body: { url, events } });
}

const count = (): number => sandbox.fanvue.sandboxState.webhooks.length;

describe('the probe of a new subscription', () => {
	test('an unsigned POST with {} is sent before the subscription exists', async () => {
		expect((await subscribe([TYPE])).status).toBe(201);
		expect(receiver.received).toEqual([
			{
				body: '{}',
				contentType: 'application/json',
				signature: undefined,
				topic: undefined,
				eventId: undefined,
			},
		]);
	});

	test.each([401, 404, 500, 302])('a response with status %d rejects it', async (status) => {
		receiver.statuses = [status];
		const { status: answered, body } = await subscribe([TYPE]);

		expect([answered, body]).toEqual([400, { message: '' }]);
		expect(count()).toBe(0);
		expect(receiver.received).toHaveLength(1);
	});

	test('a URL without a server is rejected', async () => {
		const answer = await subscribe([TYPE], { url: 'http://127.0.0.1:1/hook' });

		expect([answer.status, answer.body]).toEqual([400, { message: '' }]);
	});

	test('the setting probe turns it off', async () => {
		sandbox.fanvue.settings.webhooks.probe = false;
		receiver.statuses = [401];

		expect((await subscribe([TYPE])).status).toBe(201);
		expect(receiver.received).toEqual([]);
	});

	test('URLs of other hosts are not probed', async () => {
		expect((await subscribe([TYPE], { url: 'https://example.com/hook' })).status).toBe(201);
	});
});

describe('rejected subscriptions', () => {
	test.each([
		['creator.message.read', 'read:chat'],
		['message.received', 'read:chat'],
		['creator.follow.created', 'read:fan'],
	])('the topic %s without the scope %s rejects all topics', async (topic, scope) => {
		const scopes = ALL_SCOPES.filter((item) => item !== scope);
		const client = new FanvueClient(sandbox, 'mira', scopes);
		const answer = await subscribe(['creator.refund.created', topic], { client });

		expect([answer.status, answer.body]).toEqual([400, { message: '' }]);
		expect(receiver.received).toEqual([]);
		expect((await subscribe(['creator.refund.created'], { client })).status).toBe(201);
	});

	test.each(['app.payment.succeeded', 'creator.post.liked', 'message-received'])(
		'the topic %s is unknown',
		async (topic) => {
			const answer = await subscribe([topic]);

			expect([answer.status, answer.body]).toEqual([
				400,
				{ errors: [`events: ${topic} is not a topic`] },
			]);
		},
	);

	test('with requireHttps, HTTP and URLs of this machine are rejected', async () => {
		sandbox.fanvue.settings.webhooks.requireHttps = true;
		for (const url of [receiver.url, 'https://localhost/hook', 'https://127.0.0.1/hook']) {
			const answer = await subscribe([TYPE], { url });
			expect([answer.status, answer.body]).toEqual([
				400,
				{ errors: ['url must be a public HTTPS address'] },
			]);
		}
		expect((await subscribe([TYPE], { url: 'https://example.com/hook' })).status).toBe(201);
	});
});

describe('delivery headers', () => {
	test('topic and event id are sent with an envelope', async () => {
		sandbox.fanvue.addEndpoint({ url: receiver.url, events: [TYPE] });
		await sandbox.fanvue.deliver({ type: TYPE, id: 'evt_1' });

		expect(receiver.only()).toMatchObject({ topic: TYPE, eventId: 'evt_1' });
		expect(receiver.bodies()).toMatchObject([{ id: 'evt_1', type: TYPE }]);
	});

	test('topic and event id are sent with a flat payload, the same in every attempt', async () => {
		sandbox.fanvue.settings.webhooks.retryDelaysMs = [1];
		sandbox.fanvue.addEndpoint({ url: receiver.url, events: ['follow.new'] });
		receiver.statuses = [500];
		await sandbox.fanvue.deliver({ type: 'follow.new', id: 'evt_2' });

		expect(receiver.received).toMatchObject([
			{ topic: 'follow.new', eventId: 'evt_2' },
			{ topic: 'follow.new', eventId: 'evt_2' },
		]);
	});

	test('the setting topicHeaders leaves them out', async () => {
		sandbox.fanvue.settings.webhooks.topicHeaders = false;
		sandbox.fanvue.addEndpoint({ url: receiver.url, events: [TYPE] });
		await sandbox.fanvue.deliver({ type: TYPE });

		expect(receiver.only()).toMatchObject({ topic: undefined, eventId: undefined });
	});

	test('a redirect is a failed attempt and is not followed', async () => {
		sandbox.fanvue.addEndpoint({ url: receiver.url, events: [TYPE] });
		receiver.statuses = [307];
		const [delivery] = await sandbox.fanvue.deliver({ type: TYPE });

		expect(delivery).toMatchObject({ statuses: [307], accepted: false });
		expect(receiver.received).toHaveLength(1);
	});
});

describe('secret rotation', () => {
	function rotate(): { id: string; current: string; previous: string } {
		const { id, signingSecret } = sandbox.fanvue.addEndpoint({ url: receiver.url, events: [TYPE] });
		return { id, previous: signingSecret, current: sandbox.fanvue.rotateSecret(id) };
	}

	test('both signatures follow one v0, the current secret first', async () => {
		const { current, previous } = rotate();
		await sandbox.fanvue.deliver({ type: TYPE });
		const request = receiver.only();

		expect(request.signature).toMatch(/^t=\d+,v0=[0-9a-f]{64},[0-9a-f]{64}$/);
		expect(readSignatures(request).values).toEqual([
			sign(request, current),
			sign(request, previous),
		]);
	});

	test('with rotatedSignatures=repeated each signature has its own v0', async () => {
		const { current, previous } = rotate();
		sandbox.fanvue.settings.webhooks.rotatedSignatures = 'repeated';
		await sandbox.fanvue.deliver({ type: TYPE });
		const request = receiver.only();

		expect(request.signature).toMatch(/^t=\d+,v0=[0-9a-f]{64},v0=[0-9a-f]{64}$/);
		expect(readSignatures(request).values).toEqual([
			sign(request, current),
			sign(request, previous),
		]);
	});

	test('the previous secret expires after a day', async () => {
		const { current } = rotate();
		sandbox.clock.advance(24 * 3_600_000);
		await sandbox.fanvue.deliver({ type: TYPE });
		const request = receiver.only();

		expect(readSignatures(request).values).toEqual([sign(request, current)]);
	});

	test('the action rotateSecret returns the new secret', async () => {
		const { id } = sandbox.fanvue.addEndpoint({ url: receiver.url, events: [TYPE] });
		const response = await fetch(`${sandbox.url}/_admin/fanvue/rotateSecret`, {
			method: 'POST',
			body: JSON.stringify({ id }),
		});
		const [subscription] = sandbox.fanvue.sandboxState.webhooks;

		expect(await response.json()).toEqual({ signingSecret: subscription?.signingSecret });
		expect(sandbox.fanvue.secrets()).toContain(subscription?.signingSecret);
	});
});
