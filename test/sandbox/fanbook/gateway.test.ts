import type { Sandbox } from '../../../sandbox';
import { call, callObject, IDS } from './client';
import { contentOf, GatewayClient, superProperties, until } from './gatewayClient';
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

const { lobbyChannelId: lobby, userId: user } = IDS;
const say = (text: string): string => sandbox.fanbook.say(lobby, user, text).id;
const texts = (client: GatewayClient): unknown[] =>
	client.frames.map((frame) => contentOf(frame).text);

describe('Gateway connections', () => {
	it('are accepted with a new user_token and counted', async () => {
		const client = await GatewayClient.connect(sandbox);
		expect(sandbox.fanbook.gateway.open).toBe(1);
		client.socket.close();
		await until(() => sandbox.fanbook.gateway.counts.closed === 1);
		expect(sandbox.fanbook.gateway.open).toBe(0);
	});

	it('can use every user_token, and each getMe returns another one', async () => {
		const tokens = [];
		for (let n = 0; n < 3; n += 1)
			tokens.push(String((await callObject(sandbox, 'GET getMe')).user_token));
		expect(new Set(tokens).size).toBe(3);
		for (const id of tokens) await GatewayClient.connect(sandbox, { id });
		expect(sandbox.fanbook.gateway.open).toBe(3);
	});

	it.each([
		['no token', { id: '' }, 502],
		['an unknown token', { id: 'f00' }, 502],
		['another device', { dId: 'bot5' }, 400],
		['no version', { v: 'latest' }, 400],
		['properties of another version', { 'x-super-properties': superProperties('1.6.61') }, 400],
		['properties that are not Base64', { 'x-super-properties': '{}' }, 400],
	])('are refused with %s', async (_name, handshake, status) => {
		await expect(GatewayClient.open(sandbox, handshake)).rejects.toThrow(`refused with ${status}`);
		expect(sandbox.fanbook.gateway.counts.refused).toBe(1);
	});

	it('are refused at any other path', async () => {
		const wrong = {
			...sandbox,
			urls: { ...sandbox.urls, fanbookGateway: `${sandbox.urls.fanbookGateway}s` },
		};
		await expect(GatewayClient.open(wrong)).rejects.toThrow('refused with 404');
		const otherPath = {
			...sandbox,
			urls: { ...sandbox.urls, fanbookGateway: `ws://127.0.0.1:${sandbox.port}/fanfou/x` },
		};
		await expect(GatewayClient.open(otherPath)).rejects.toThrow('refused with 404');
	});

	it('can use a user_token for a day, and longer while a connection with it is open', async () => {
		const id = String((await callObject(sandbox, 'GET getMe')).user_token);
		sandbox.fanbook.settings.idleTimeoutMs = 48 * 3_600_000;
		const client = await GatewayClient.connect(sandbox, { id });
		sandbox.clock.advance(25 * 3_600_000);
		const second = await GatewayClient.connect(sandbox, { id });
		second.socket.close();
		client.socket.close();
		await until(() => sandbox.fanbook.gateway.counts.closed === 2);
		await expect(GatewayClient.open(sandbox, { id })).rejects.toThrow('refused with 502');
	});

	it('are closed if the first frame is not a valid connect frame', async () => {
		const early = await GatewayClient.open(sandbox);
		early.send('{"action":"subscribe"}');
		expect(await early.closed()).toBe(1008);
		const unnamed = await GatewayClient.open(sandbox);
		unnamed.send('{"action":"connect","data":{}}');
		expect(await unnamed.closed()).toBe(1008);
		const malformed = await GatewayClient.open(sandbox);
		malformed.send('hello');
		expect(await malformed.closed()).toBe(1007);
	});

	it('receive no events before the connect frame, and none that they missed', async () => {
		const client = await GatewayClient.open(sandbox);
		say('missed');
		client.send('{"action":"connect","data":{"client_id":"a"}}');
		await until(() => sandbox.fanbook.gateway.open === 1);
		say('received');
		await client.receive(1);
		expect(texts(client)).toEqual(['received']);
	});
});

describe('The heartbeat of the gateway', () => {
	it('responds to a ping with the time in seconds', async () => {
		const client = await GatewayClient.connect(sandbox);
		client.send('{"type":"ping"}');
		const [pong] = await client.receive(1);
		expect(JSON.parse(JSON.stringify(pong))).toMatchObject({ action: 'pong' });
		const time = Number(JSON.stringify(pong).match(/"value":"(\d+)"/)?.[1]);
		expect(Math.abs(time - sandbox.clock.seconds())).toBeLessThan(3);
	});

	it('closes after 70 seconds without a frame, and a ping restarts the period', async () => {
		const client = await GatewayClient.connect(sandbox);
		sandbox.clock.advance(69_000);
		client.send('{"type":"ping"}');
		await client.receive(1);
		sandbox.clock.advance(69_000);
		client.send('{"type":"ping"}');
		await client.receive(2);
		sandbox.clock.advance(71_000);
		expect(await client.closed()).toBe(1001);
	});

	it('can leave pings without a pong', async () => {
		const client = await GatewayClient.connect(sandbox);
		sandbox.fanbook.gateway.faults.ignorePings = true;
		client.send('{"type":"ping"}');
		say('still there');
		await client.receive(1);
		expect(texts(client)).toEqual(['still there']);
	});
});

describe('Frames of the gateway', () => {
	it('are binary, or text if the setting textFrames is on', async () => {
		const client = await GatewayClient.connect(sandbox);
		say('one');
		await client.receive(1);
		sandbox.fanbook.settings.textFrames = true;
		say('two');
		await client.receive(2);
		expect(client.binary).toEqual([true, false]);
	});

	it('are sent to all connections', async () => {
		const clients = [await GatewayClient.connect(sandbox), await GatewayClient.connect(sandbox)];
		say('to all');
		for (const client of clients) await client.receive(1);
		expect(clients.map((client) => texts(client))).toEqual([['to all'], ['to all']]);
	});
});

describe('Faults of the gateway', () => {
	it('drop, duplicate, reorder and malform frames', async () => {
		const client = await GatewayClient.connect(sandbox);
		const { faults } = sandbox.fanbook.gateway;
		faults.drop(2);
		say('dropped');
		say('dropped too');
		say('a');
		faults.duplicate(1);
		say('b');
		faults.reorder(3);
		for (const text of ['c', 'd', 'e']) say(text);
		faults.malform(1);
		say('f');
		await client.receive(8);
		expect(texts(client)).toEqual(['a', 'b', 'b', 'e', 'd', 'c', undefined, 'f']);
		expect(String(client.frames[6]?.broken)).toMatch(/^\{"action":"push","data":\{/);
	});

	it('terminate all connections without a close frame', async () => {
		const clients = [await GatewayClient.connect(sandbox), await GatewayClient.connect(sandbox)];
		sandbox.fanbook.gateway.cut();
		for (const client of clients) expect(await client.closed()).toBe(1006);
		expect(sandbox.fanbook.gateway.open).toBe(0);
	});

	it('refuse the next connection attempts', async () => {
		sandbox.fanbook.gateway.faults.refuse(2, 503);
		for (let n = 0; n < 2; n += 1) {
			await expect(GatewayClient.open(sandbox)).rejects.toThrow('refused with 503');
		}
		await GatewayClient.connect(sandbox);
	});

	it('can be set by an admin action', async () => {
		const client = await GatewayClient.connect(sandbox);
		const set = async (body: unknown): Promise<unknown> => {
			const init = { method: 'POST', body: JSON.stringify(body) };
			return await (await fetch(`${sandbox.url}/_admin/fanbook/gateway`, init)).json();
		};
		expect(await set({ drop: 1, refuse: 1, status: 504 })).toMatchObject({ open: 1, opened: 1 });
		say('dropped');
		say('received');
		await client.receive(1);
		expect(texts(client)).toEqual(['received']);
		await expect(GatewayClient.open(sandbox)).rejects.toThrow('refused with 504');
		await set({ cut: true, expireTokens: true });
		expect(await client.closed()).toBe(1006);
	});

	it('expire user_tokens on request', async () => {
		const id = String((await callObject(sandbox, 'GET getMe')).user_token);
		sandbox.fanbook.gateway.expireTokens();
		await expect(GatewayClient.open(sandbox, { id })).rejects.toThrow('refused with 502');
		expect((await call(sandbox, 'GET getMyCommands')).status).toBe(200);
	});
});
