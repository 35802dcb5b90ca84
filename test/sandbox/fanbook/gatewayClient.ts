import WebSocket from 'ws';
import { isObject, parseJson, tryParseJson, type JsonObject } from '../../../sandbox/core/json';
import type { Sandbox } from '../../../sandbox';
import { callObject, IDS } from './client';
import { findFrameDifferences } from './documented';

/** Query parameters of a connection attempt. Missing ones are valid by default. */
export type Handshake = Partial<Record<'id' | 'dId' | 'v' | 'x-super-properties', string>>;

export function superProperties(version = '1.6.60', deviceId = `bot${IDS.botId}`): string {
	const properties = {
		platform: 'bot',
		version,
		channel: 'office',
		device_id: deviceId,
		build_number: '1',
	};
	return Buffer.from(JSON.stringify(properties)).toString('base64');
}

/** A client of the gateway that sends nothing by itself. */
export class GatewayClient {
	/** All received frames in order. A frame that is not JSON is `{broken}`. */
	readonly frames: JsonObject[] = [];
	/** Whether each frame was binary. */
	readonly binary: boolean[] = [];
	closeCode: number | undefined;

	private constructor(readonly socket: WebSocket) {
		socket.on('message', (data, isBinary) => {
			const text = Buffer.isBuffer(data) ? data.toString('utf8') : '';
			const value = tryParseJson(text);
			this.frames.push(isObject(value) ? value : { broken: text });
			this.binary.push(isBinary);
		});
		socket.on('close', (code) => {
			this.closeCode = code;
		});
		socket.on('error', () => undefined);
	}

	/** Opens a connection. Rejects with the HTTP status if the upgrade is refused. */
	static async open(sandbox: Sandbox, handshake: Handshake = {}): Promise<GatewayClient> {
		const token = handshake.id ?? String((await callObject(sandbox, 'GET getMe')).user_token);
		const query = new URLSearchParams({
			dId: `bot${IDS.botId}`,
			v: '1.6.60',
			'x-super-properties': superProperties(),
			...handshake,
			id: token,
		});
		const socket = new WebSocket(`${sandbox.urls.fanbookGateway}?${query.toString()}`);
		const client = new GatewayClient(socket);
		await new Promise<void>((resolve, reject) => {
			socket.once('open', resolve);
			socket.once('unexpected-response', (_request, response) => {
				let body = '';
				response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
				response.on('end', () => {
					reject(new Error(`refused with ${response.statusCode}: ${body}`));
				});
			});
			socket.once('error', reject);
		});
		return client;
	}

	/** Opens a connection and sends `connect`, so that it receives events. */
	static async connect(sandbox: Sandbox, handshake: Handshake = {}): Promise<GatewayClient> {
		const client = await GatewayClient.open(sandbox, handshake);
		const before = sandbox.fanbook.gateway.open;
		client.send('{"action":"connect","data":{"client_id":"0f0f"}}');
		await until(() => sandbox.fanbook.gateway.open > before);
		return client;
	}

	send(text: string): void {
		this.socket.send(text);
	}

	/** Waits for a number of frames and returns all. Throws if one differs from the contract. */
	async receive(count: number): Promise<JsonObject[]> {
		await until(() => this.frames.length >= count);
		for (const frame of this.frames) {
			if ('broken' in frame || frame.action === 'error') continue;
			const differences = findFrameDifferences(frame);
			if (differences.length > 0) {
				throw new Error(`a frame differs from the contract:\n${differences.join('\n')}`);
			}
		}
		return this.frames;
	}

	async closed(): Promise<number> {
		await until(() => this.closeCode !== undefined);
		return this.closeCode ?? 0;
	}
}

/** Waits for a condition, at most 10 s. */
export async function until(condition: () => boolean): Promise<void> {
	const deadline = Date.now() + 10_000;
	while (!condition()) {
		if (Date.now() > deadline)
			throw new Error(`not fulfilled within 10 s: ${condition.toString()}`);
		await new Promise((next) => setTimeout(next, 2));
	}
}

/** Returns the data of a frame. */
export function dataOf(frame: JsonObject | undefined): JsonObject {
	return isObject(frame?.data) ? frame.data : {};
}

/** Returns the parsed content in the data of a frame. */
export function contentOf(frame: JsonObject | undefined): JsonObject {
	const value = parseJson(String(dataOf(frame).content ?? '{}'));
	return isObject(value) ? value : {};
}
