import { startSandbox, type Sandbox } from '../../support/sandbox';
import { DEMO } from '../../../sandbox/demo';
import { GatewayClient } from '../fanbook/gatewayClient';
import { WebhookReceiver } from '../fanvue/webhookReceiver';
import { act, get, list, record, send, type Answer } from './client';

const { lobbyChannelId: channelId, userId, botToken } = DEMO.fanbook;
const receiver = new WebhookReceiver();
let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0, savesSampleData: true });
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

function without(value: unknown, name: string): Record<string, unknown> {
	return Object.fromEntries(Object.entries(record(value)).filter(([key]) => key !== name));
}

async function tryIt(
	service: string,
	operation: string,
	values: Record<string, string> = {},
): Promise<Record<string, unknown>> {
	const body = { service, operation, values };
	return record((await send(sandbox, 'POST', '/_admin/console/try', { body })).json);
}

describe('webhook deliveries', () => {
	const deliver = async (mode?: string): Promise<void> => {
		if (mode === undefined) {
			const events = ['creator.message.received'];
			await act(sandbox, 'fanvue/addEndpoint', { url: receiver.url, events });
			await act(sandbox, 'fanvue/deliver', { type: events[0] });
		} else {
			await act(sandbox, 'fanvue/redeliver', { number: 1, mode });
		}
	};

	it('can be sent again with a new signature', async () => {
		await deliver();
		sandbox.clock.advance(5000);
		await deliver('resend');
		const [first, second] = receiver.received;
		expect(second).toMatchObject({ body: first?.body, eventId: first?.eventId });
		expect(second?.signature).not.toBe(first?.signature);
	});

	it('can be corrupted after they were signed', async () => {
		await deliver();
		await deliver('corrupt');
		const [first, second] = receiver.received;
		expect(second?.body).toBe(first?.body.replace(/\}$/, ',"tampered":true}'));
	});

	it('can be replayed byte for byte', async () => {
		await deliver();
		sandbox.clock.advance(3_600_000);
		await deliver('replay');
		const [first, second] = receiver.received;
		expect(second).toEqual(first);
		const { deliveries } = record(await get(sandbox, 'fanvue/webhooks'));
		expect(list(deliveries)).toMatchObject([
			{ number: 2, defect: 'replay', attempts: [{ status: 200, signature: first?.signature }] },
			{ number: 1, defect: null },
		]);
	});

	it('are refused if there is no such delivery', async () => {
		await expect(act(sandbox, 'fanvue/redeliver', { number: 9 })).rejects.toThrow(
			'There is no delivery 9',
		);
	});
});

describe('gateway connections', () => {
	it('can be listed, frozen, resumed and dropped one by one', async () => {
		const one = await GatewayClient.connect(sandbox);
		const other = await GatewayClient.connect(sandbox);
		const connections = async (): Promise<Array<Record<string, unknown>>> =>
			list(record(await get(sandbox, 'fanbook/connections')).connections);
		const [first] = await connections();
		await act(sandbox, 'fanbook/connection', { id: first?.id, frozen: true });
		sandbox.fanbook.say(channelId, userId, 'lost');
		await act(sandbox, 'fanbook/connection', { id: first?.id, frozen: false });
		sandbox.fanbook.say(channelId, userId, 'seen');
		await other.receive(2);
		await one.receive(1);
		expect(JSON.stringify(one.frames)).not.toContain('lost');
		await act(sandbox, 'fanbook/connection', { id: first?.id, cut: true });
		await one.closed();
		expect(await connections()).toHaveLength(1);
		other.socket.terminate();
	});
});

describe('faults by switch', () => {
	const set = async (preset: string, service: string | null, on: boolean): Promise<Answer> =>
		await send(sandbox, 'POST', '/_admin/console/faults', { body: { preset, service, on } });
	const getMe = async (): Promise<number> =>
		(await fetch(`${sandbox.urls.fanbook}/api/bot/${botToken}/getMe`)).status;

	it('apply to one service until they are switched off', async () => {
		await set('503', 'fanbook', true);
		await set('503', 'fanbook', true);
		expect([await getMe(), await getMe()]).toEqual([503, 503]);
		await set('503', 'fanvue', true);
		await set('503', 'fanbook', false);
		expect(await getMe()).toBe(200);
		expect(sandbox.faults.list()).toMatchObject([{ name: 'fanvue:503', service: 'fanvue' }]);
	});

	it('refuse an unknown name and list the known ones', async () => {
		expect(await set('gone', null, true)).toMatchObject({
			status: 400,
			json: { message: expect.stringContaining('Known faults: 429, 503, slow, cut') },
		});
	});

	it('can be removed by name, others stay', async () => {
		sandbox.faults.add({ kind: 'cut' });
		await set('429', null, true);
		await send(sandbox, 'DELETE', '/_admin/faults?name=all:429');
		expect(sandbox.faults.list()).toEqual([{ kind: 'cut' }]);
	});
});

describe('snapshots', () => {
	it('restore the data of all services and keep sign-ins and webhooks', async () => {
		const { access_token: token } = sandbox.fanvue.issueToken({ account: 'mira' });
		const before = await Promise.all(
			['fanbook', 'fanfou', 'fanvue'].map((service) => get(sandbox, `state/${service}`)),
		);
		await send(sandbox, 'POST', '/_admin/snapshots', { body: { name: 'before' } });
		await act(sandbox, 'fanbook/say', { channelId, userId, text: 'x' });
		await act(sandbox, 'fanbook/join', { serverId: DEMO.fanbook.serverId, nickname: 'New' });
		await act(sandbox, 'fanfou/post', { user: 'moyu', text: 'x' });
		await act(sandbox, 'fanfou/follow', { from: 'troll', to: 'moyu' });
		await act(sandbox, 'fanvue/subscribe', { fan: 'tara' });
		await act(sandbox, 'fanvue/message', { fan: 'tara', text: 'x' });
		const snapshots = list(await get(sandbox, 'snapshots'));
		expect(snapshots).toMatchObject([{ name: 'Sample data' }, { name: 'before' }]);
		await act(sandbox, 'fanvue/addEndpoint', { url: receiver.url, events: [] });
		const restored = await send(
			sandbox,
			'POST',
			`/_admin/snapshots/${String(snapshots[1]?.id)}/restore`,
		);
		expect(restored.status).toBe(200);
		const [fanbook, fanfou, fanvue] = await Promise.all(
			['fanbook', 'fanfou', 'fanvue'].map((service) => get(sandbox, `state/${service}`)),
		);
		expect(without(fanbook, 'gateway')).toEqual(without(before[0], 'gateway'));
		expect(without(fanfou, 'now')).toEqual(without(before[1], 'now'));
		expect(without(fanvue, 'webhooks')).toEqual(without(before[2], 'webhooks'));
		const { webhooks } = record(fanvue);
		expect(list(webhooks)).toMatchObject([{ url: receiver.url }]);
		const me = await fetch(`${sandbox.urls.fanvueApi}/users/me`, {
			headers: { authorization: `Bearer ${token}`, 'x-fanvue-api-version': '2025-06-26' },
		});
		expect(me.status).toBe(200);
	});

	it('give new items IDs that were never used before', async () => {
		const ids = async (): Promise<string[]> => [
			sandbox.fanbook.say(channelId, userId, 'x').id,
			sandbox.fanfou.post('moyu', 'x').id,
			sandbox.fanfou.sendDirectMessage('moyu', 'demo', 'x').id,
			sandbox.fanvue.simulation.sendMessage({ fan: 'tara' }).uuid,
		];
		const first = await ids();
		sandbox.snapshots.restore(Number(sandbox.snapshots.entries()[0]?.id));
		const second = await ids();
		expect(new Set([...first, ...second]).size).toBe(8);
	});

	it('can be restored twice', async () => {
		const length = (): number => sandbox.fanbook.sandboxState.history(channelId).length;
		const [sample] = sandbox.snapshots.entries();
		const before = length();
		for (let round = 0; round < 2; round += 1) {
			sandbox.fanbook.say(channelId, userId, 'x');
			sandbox.snapshots.restore(Number(sample?.id));
			expect(length()).toBe(before);
		}
	});

	it('are refused if there is none of this number', async () => {
		const answer = await send(sandbox, 'POST', '/_admin/snapshots/999/restore');
		expect(answer).toMatchObject({ status: 400, json: { message: 'There is no snapshot 999' } });
	});
});

describe('the API reference', () => {
	it.each(['fanbook', 'fanfou', 'fanvue'])('describes every operation of %s', async (service) => {
		const operations = list(await get(sandbox, `console/reference/${service}`));
		expect(operations.length).toBeGreaterThan(60);
		for (const { id } of operations) {
			const details = record(await get(sandbox, `console/reference/${service}/${String(id)}`));
			expect(details).toMatchObject({ id, parameters: expect.any(Array) });
		}
	});

	it('sends a Fanbook request with the token of the demo bot', async () => {
		const values = { chat_id: channelId, text: 'from the reference', desc: 'x' };
		const result = await tryIt('fanbook', 'message.send', values);
		expect(result).toMatchObject({ status: 200, body: expect.stringContaining('"ok":true') });
		expect(result.curl).toContain(`"chat_id":${channelId}`);
		expect(sandbox.fanbook.sandboxState.history(channelId).at(-1)?.desc).toBe('x');
	});

	it('sends a Fanvue request with a new access token, which it does not show', async () => {
		const result = await tryIt('fanvue', 'getCurrentUser');
		expect(result).toMatchObject({ status: 200, body: expect.stringContaining('"handle":"mira"') });
		expect(result.curl).toContain('Authorization: Bearer $FANVUE_TOKEN');
	});

	it('signs a Fanfou request with query and form', async () => {
		const read = await tryIt('fanfou', 'statuses.home_timeline', { count: '2' });
		expect(read).toMatchObject({ status: 200, curl: null });
		const posted = await tryIt('fanfou', 'statuses.update', { status: '你好 & hello' });
		expect(posted).toMatchObject({ status: 200 });
		expect(sandbox.fanfou.sandboxState.statuses.filter(() => true)[0]?.text).toBe('你好 & hello');
	});

	it('uploads a sample picture', async () => {
		const result = await tryIt('fanfou', 'photos.upload', { photo: 'sample', status: 'a picture' });
		expect(result).toMatchObject({ status: 200, body: expect.stringContaining('"photo"') });
	});

	it('shows what the service refuses', async () => {
		const result = await tryIt('fanbook', 'message.send', { text: 'x' });
		expect(result.body).toContain('chat_id is required');
	});
});
