import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import type { IncomingMessage } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';
import type {
	GatewayListener,
	GatewayTiming,
} from '../../../nodes/Fanbook/trigger/gateway/gatewayClient';
import {
	GatewayClient,
	gatewayAddress,
	readFrames,
} from '../../../nodes/Fanbook/trigger/gateway/gatewayClient';
import type { JsonObject } from '../../../nodes/shared/json';

const TIMING: GatewayTiming = {
	heartbeatInterval: 60,
	acknowledgementTimeout: 40,
	openTimeout: 300,
	minReconnectDelay: 20,
	maxReconnectDelay: 80,
	stablePeriod: 0,
	closeTimeout: 200,
};

/** Starts a gateway controlled by the test, and a client that connects to it. */
class GatewayServer {
	readonly frames: JsonObject[] = [];
	readonly received: string[] = [];
	readonly urls: string[] = [];
	readonly lost: Array<{ reason: unknown; pause: number }> = [];
	readonly sockets: WebSocket[] = [];
	connected = 0;
	unreadable = 0;
	answersPings = true;
	closedAt = 0;
	private readonly controller = new AbortController();
	private running: Promise<void> | undefined;

	private constructor(private readonly server: WebSocketServer) {
		server.on('connection', (socket: WebSocket, request: IncomingMessage) => {
			this.urls.push(request.url ?? '');
			this.sockets.push(socket);
			socket.on('message', (data) => {
				const text = String(data);
				this.received.push(text);
				if (text.includes('ping') && this.answersPings) {
					socket.send('{"action":"pong","data":{"time":1}}');
				}
			});
			socket.on('close', () => (this.closedAt = Date.now()));
		});
	}

	static async open(): Promise<GatewayServer> {
		const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
		await new Promise((resolve) => server.once('listening', resolve));
		return new GatewayServer(server);
	}

	get address(): string {
		const address: AddressInfo | string | null = this.server.address();
		if (address === null || typeof address === 'string') throw new Error('Not listening');
		return `ws://127.0.0.1:${address.port}/websocket`;
	}

	run(listener: Partial<GatewayListener> = {}, timing: Partial<GatewayTiming> = {}): void {
		const gateway = new GatewayClient(
			{
				address: async () =>
					gatewayAddress(this.address, {
						userToken: 'to+ken/=',
						botId: '512345678901234561',
					}),
				connected: () => (this.connected += 1),
				stable: () => undefined,
				lost: (reason, pause) => this.lost.push({ reason, pause }),
				frame: (frame) => this.frames.push(frame),
				invalidFrame: () => (this.unreadable += 1),
				...listener,
			},
			{ ...TIMING, ...timing },
		);
		this.running = gateway.run(this.controller.signal);
	}

	/** Resolves with the milliseconds that the client took to end. */
	async stop(): Promise<number> {
		const since = Date.now();
		this.controller.abort();
		await this.running;
		return Date.now() - since;
	}

	async close(): Promise<void> {
		await this.stop();
		for (const socket of this.sockets) socket.terminate();
		await new Promise((resolve) => this.server.close(resolve));
	}
}

let gatewayServer: GatewayServer;
beforeAll(() => void Object.assign(globalThis, { WebSocket }));
beforeEach(async () => {
	gatewayServer = await GatewayServer.open();
});
afterEach(async () => await gatewayServer.close());

async function until(holds: () => boolean): Promise<void> {
	const end = Date.now() + 5_000;
	while (!holds()) {
		if (Date.now() > end) throw new Error('The condition was not met in time');
		await new Promise((resolve) => setTimeout(resolve, 3));
	}
}

test('the gateway URL contains the protocol parameters, percent-encoded', async () => {
	gatewayServer.run();
	await until(() => gatewayServer.connected === 1);
	const properties =
		'{"platform":"bot","version":"1.6.60","channel":"office","device_id":"bot512345678901234561","build_number":"1"}';
	expect(gatewayServer.urls).toEqual([
		'/websocket?id=to%2Bken%2F%3D&dId=bot512345678901234561&v=1.6.60&x-super-properties=' +
			encodeURIComponent(Buffer.from(properties).toString('base64')),
	]);
	expect(gatewayAddress('wss://x/websocket?a=1', { userToken: 't', botId: '1' })).toMatch(
		/^wss:\/\/x\/websocket\?a=1&id=t&/,
	);
});

test('the first frame connects, and heartbeats follow', async () => {
	// A busy machine answers late, and the client would connect again.
	const timing = { openTimeout: 5_000, heartbeatInterval: 1_000, acknowledgementTimeout: 1_000 };
	gatewayServer.run({}, timing);
	await until(() => gatewayServer.received.length >= 4);
	expect(gatewayServer.received[0]).toMatch(
		/^\{"action":"connect","data":\{"client_id":"[0-9a-f]{32}"\}\}$/,
	);
	expect(new Set(gatewayServer.received.slice(1))).toEqual(new Set(['{"type":"ping"}']));
	expect(gatewayServer.connected).toBe(1);
	expect(gatewayServer.frames).toEqual([]);
});

test('a heartbeat without a response closes the connection in time', async () => {
	gatewayServer.run();
	await until(() => gatewayServer.connected === 1);
	gatewayServer.answersPings = false;
	await until(() => gatewayServer.lost.length === 1);
	expect(String(gatewayServer.lost[0]?.reason)).toContain('no longer answered');
	await until(() => gatewayServer.closedAt > 0);
});

test('invalid frames are counted without an error, and the next frame is read', async () => {
	const thrower = {
		frame: (frame: JsonObject) => {
			if (frame.action === 'bad') throw new TypeError('not what was expected');
			gatewayServer.frames.push(frame);
		},
	};
	gatewayServer.run(thrower);
	await until(() => gatewayServer.connected === 1);
	const [socket] = gatewayServer.sockets;
	for (const frame of ['', '{', 'null', '[1]', '"text"', '{"action":"bad"}']) socket?.send(frame);
	socket?.send(Buffer.from([0xff, 0xfe, 0x7b]));
	socket?.send(Buffer.from('{"action":"push","data":{"message_id":1152921504606846979}}'));
	await until(() => gatewayServer.frames.length === 1);
	expect(gatewayServer.unreadable).toBe(7);
	expect(gatewayServer.frames).toEqual([
		{ action: 'push', data: { message_id: '1152921504606846979' } },
	]);
	expect(gatewayServer.lost).toEqual([]);
});

test('frames are read as text, bytes or a view of bytes', () => {
	const bytes = new TextEncoder().encode('{"a":"饭"}');
	expect(readFrames('{"a":"饭"}')).toEqual([{ a: '饭' }]);
	expect(readFrames(bytes)).toEqual([{ a: '饭' }]);
	expect(readFrames(bytes.buffer)).toEqual([{ a: '饭' }]);
	expect(readFrames('\uFEFF{"a":"饭"}')).toEqual([{ a: '饭' }]);
	expect(readFrames('[{"a":1},{"a":2}]')).toEqual([{ a: 1 }, { a: 2 }]);
	expect(readFrames('{"a":1,"a":2}')).toEqual([{ a: 2 }]);
	for (const other of [undefined, null, 5, new Blob(['{}']), {}, '[]', '[{},1]', 'null', '"{}"']) {
		expect(readFrames(other)).toBeUndefined();
	}
});

test('the reconnect delay doubles up to its maximum, and is reset after a stable connection', async () => {
	let refuse = true;
	gatewayServer.run({
		address: async () => {
			if (refuse) throw new Error('no token');
			return gatewayAddress(gatewayServer.address, { userToken: 't', botId: '1' });
		},
	});
	await until(() => gatewayServer.lost.length >= 6);
	const pauses = gatewayServer.lost.map(({ pause }) => pause);
	for (const pause of pauses) {
		expect(pause).toBeGreaterThanOrEqual(TIMING.minReconnectDelay);
		expect(pause).toBeLessThanOrEqual(TIMING.maxReconnectDelay);
	}
	expect(pauses[0]).toBeLessThanOrEqual(25);
	expect(pauses[1]).toBeGreaterThanOrEqual(30);
	expect(Math.min(...pauses.slice(3))).toBeGreaterThanOrEqual(60);
	refuse = false;
	await until(() => gatewayServer.connected === 1);
	const before = gatewayServer.lost.length;
	gatewayServer.sockets.at(-1)?.terminate();
	await until(() => gatewayServer.lost.length > before);
	expect(gatewayServer.lost[before]?.pause).toBeLessThanOrEqual(25);
});

test('a gateway that closes every connection after the first heartbeat is reconnected with growing delays', async () => {
	const stable = jest.fn();
	gatewayServer.run(
		{ connected: () => gatewayServer.sockets.at(-1)?.close(), stable },
		{ stablePeriod: 60_000 },
	);
	await until(() => gatewayServer.lost.length >= 6);
	const pauses = gatewayServer.lost.map(({ pause }) => pause);
	expect(Math.min(...pauses.slice(3))).toBeGreaterThanOrEqual(60);
	expect(stable).not.toHaveBeenCalled();
});

test('a connection attempt without a response is ended', async () => {
	const silent = createServer();
	await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
	const address = silent.address();
	const port = address !== null && typeof address === 'object' ? address.port : 0;
	gatewayServer.run(
		{ address: async () => `ws://127.0.0.1:${port}/websocket` },
		{ openTimeout: 60 },
	);
	await until(() => gatewayServer.lost.length > 0);
	expect(String(gatewayServer.lost[0]?.reason)).toContain('got no response in time');
	await gatewayServer.stop();
	silent.close();
});

test('closing does not wait for a peer that ignores the closing frame', async () => {
	gatewayServer.run();
	await until(() => gatewayServer.connected === 1);
	// A server that does not read never receives the closing frame.
	gatewayServer.sockets[0]?.pause();
	expect(await gatewayServer.stop()).toBeLessThan(5_000);
});

test('stopping during a delay, a connection attempt or a request ends at once', async () => {
	gatewayServer.run(
		{ address: async () => await Promise.reject(new Error('no')) },
		{ minReconnectDelay: 60_000 },
	);
	await until(() => gatewayServer.lost.length === 1);
	expect(await gatewayServer.stop()).toBeLessThan(5_000);
});
