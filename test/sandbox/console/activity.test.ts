import { startSandbox, type Sandbox } from '../../support/sandbox';
import { DEMO } from '../../../sandbox/demo';
import { GatewayClient } from '../fanbook/gatewayClient';
import { WebhookReceiver } from '../fanvue/webhookReceiver';
import { act, EventReader, get, list, record, send } from './client';

const { lobbyChannelId: channelId, userId, botId, botToken } = DEMO.fanbook;
const receiver = new WebhookReceiver();
let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
	await receiver.start();
});
afterAll(async () => {
	await sandbox.close();
	await receiver.close();
});
beforeEach(() => {
	sandbox.reset();
	receiver.reset();
});

/** Returns what an action caused, once there are `count` entries. */
async function effectsOf(action: number, count: number): Promise<Array<Record<string, unknown>>> {
	const events = await EventReader.open(sandbox);
	try {
		for (;;) {
			const effects = list(await get(sandbox, `console/activity?causedBy=${action}`));
			if (effects.length >= count) return effects;
			await events.next('activity');
		}
	} finally {
		events.close();
	}
}

describe('the effects of an action', () => {
	it('are the gateway frame and the queue entry of a Fanbook message', async () => {
		const client = await GatewayClient.connect(sandbox);
		const text = `hello \${@!${botId}}`;
		const action = await act(sandbox, 'fanbook/say', { channelId, userId, text });
		const effects = await effectsOf(action, 2);
		expect(effects).toMatchObject([
			{ kind: 'gatewayFrame', name: 'push', succeeded: true, summary: 'to 1 connection' },
			{ kind: 'queueEntry', name: 'channel_post', summary: 'waits for getUpdates' },
		]);
		const frame = record(JSON.parse(String(effects[0]?.details)));
		expect(frame).toMatchObject({ action: 'push', data: { content: { text } } });
		// IDs are bare digits in the queue, which a double would change.
		expect(effects[1]?.details).toContain(`"id":${channelId}`);
		client.socket.terminate();
	});

	it('state that nobody was connected', async () => {
		const action = await act(sandbox, 'fanbook/say', { channelId, userId, text: 'hello' });
		expect(await effectsOf(action, 1)).toMatchObject([
			{ kind: 'gatewayFrame', succeeded: false, summary: 'to 0 connections' },
		]);
	});

	it('are webhook deliveries with signature, body and response', async () => {
		const events = ['creator.message.received'];
		await act(sandbox, 'fanvue/addEndpoint', { url: receiver.url, events });
		receiver.statuses = [200];
		const action = await act(sandbox, 'fanvue/message', { text: 'Hi Mira' });
		const [effect] = await effectsOf(action, 1);
		expect(effect).toMatchObject({ kind: 'delivery', name: events[0], succeeded: true });
		const details = record(JSON.parse(String(effect?.details)));
		const [received] = receiver.received;
		expect(details).toMatchObject({
			url: receiver.url,
			signature: received?.signature,
			body: received?.body,
			status: 200,
		});
	});

	it('are recorded for a failed delivery with the reason', async () => {
		sandbox.fanvue.settings.webhooks.retryDelaysMs = [];
		const url = 'http://127.0.0.1:1/closed';
		await act(sandbox, 'fanvue/addEndpoint', { url, events: ['creator.message.received'] });
		const action = await act(sandbox, 'fanvue/message', { text: 'Hi' });
		const [effect] = await effectsOf(action, 1);
		expect(effect).toMatchObject({
			succeeded: false,
			summary: expect.stringMatching(/^no response/),
		});
	});

	it('belong to no action if an API request caused them', async () => {
		await fetch(`${sandbox.urls.fanbook}/api/bot/${botToken}/sendMessage`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: `{"chat_id":${channelId},"text":"hi","desc":"hi"}`,
		});
		const [frame] = list(await get(sandbox, 'console/activity'));
		expect(frame).toMatchObject({ kind: 'gatewayFrame', causedBy: null });
	});
});

describe('the activity log', () => {
	it('records a refused action with the reason', async () => {
		const unknown = { channelId, userId: '1', text: 'x' };
		const answer = await send(sandbox, 'POST', '/_admin/fanbook/say', { body: unknown });
		expect(answer.status).toBe(400);
		expect(list(await get(sandbox, 'console/activity'))).toMatchObject([
			{ kind: 'action', name: 'say', succeeded: false },
		]);
	});

	it('hides secrets that were entered', async () => {
		const secret = 'whsec_my_own_secret';
		await act(sandbox, 'fanvue/addEndpoint', { url: receiver.url, events: [], secret });
		expect(JSON.stringify(await get(sandbox, 'console/activity'))).not.toContain(secret);
	});
});

describe('the event stream', () => {
	it('carries each request with its response, operation and violations', async () => {
		const events = await EventReader.open(sandbox);
		await fetch(`${sandbox.urls.fanbook}/api/bot/${botToken}/sendMessage`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: '{"text":"hi","desc":"hi"}',
		});
		const { data } = await events.next('request');
		expect(data).toMatchObject({
			endpoint: 'message.send',
			path: '/fanbook/api/bot/***/sendMessage',
			status: 200,
			succeeded: false,
			violations: [{ parameter: 'chat_id', rule: 'missing' }],
			response: { bodyText: expect.stringContaining('chat_id is required') },
		});
		events.close();
	});

	it('hides the secrets of responses', async () => {
		const events = await EventReader.open(sandbox);
		const me = await fetch(`${sandbox.urls.fanbook}/api/bot/${botToken}/getMe`);
		const { user_token: token } = record(record(await me.json()).result);
		const { data } = await events.next('request');
		expect(String(token)).toHaveLength(64);
		expect(JSON.stringify(data)).not.toContain(String(token));
		events.close();
	});

	it('reports every change over the admin routes', async () => {
		const events = await EventReader.open(sandbox);
		await events.next('changed');
		await send(sandbox, 'POST', '/_admin/clock', { body: { advance: 1000 } });
		await events.next('changed');
		events.close();
	});

	it('reports that the logs were emptied', async () => {
		const events = await EventReader.open(sandbox);
		await send(sandbox, 'POST', '/_admin/reset');
		await events.next('reset');
		events.close();
	});

	it('is ended when the sandbox closes', async () => {
		const other = await startSandbox({ port: 0 });
		const events = await EventReader.open(other);
		await other.close();
		await expect(events.next('request')).rejects.toThrow();
	});
});
