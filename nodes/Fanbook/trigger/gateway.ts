import { randomUUID } from 'node:crypto';
import { sleep } from 'n8n-workflow';
import { NodeFailure } from '../../shared/errors';
import type { JsonObject } from '../../shared/json';
import { isJsonObject, tryParseJson, stringifyJson } from '../../shared/json';
import { encodeForm } from '../../shared/client/request';
import { pause } from './pause';

/** Times of the gateway's protocol in milliseconds. */
export interface GatewayTiming {
	/** From one heartbeat to the next; the service hangs up after 70 s of silence. */
	heartbeat: number;
	/** How long the answer to a heartbeat may take, less than `heartbeat`. */
	acknowledgement: number;
	/** How long a connection may take to open. */
	opening: number;
	/** Before the first attempt to connect again, doubled with each further one. */
	shortestPause: number;
	longestPause: number;
	/** How long a closing connection is waited for. */
	closing: number;
}

export const GATEWAY_TIMING: GatewayTiming = {
	heartbeat: 25_000,
	acknowledgement: 20_000,
	opening: 30_000,
	shortestPause: 3_000,
	longestPause: 60_000,
	closing: 500,
};

/** What the client asks for and tells. */
export interface GatewayListener {
	/** A fresh address, asked for before every attempt: it holds a token that may have gone stale. */
	address: () => Promise<string>;
	/** The service has answered the first heartbeat: from here on it pushes what happens. */
	connected: () => void;
	/** An attempt was in vain or a connection ended; the next attempt follows after the pause. */
	lost: (reason: unknown, pause: number) => void;
	frame: (frame: JsonObject) => void;
	/** A frame that is not JSON, or that `frame` could not make anything of. */
	unreadable: () => void;
}

const PING = stringifyJson({ type: 'ping' });
const VERSION = '1.6.60';

/** The address to connect to; everything in its query is what the protocol wants to be told. */
export function gatewayAddress(base: string, userToken: string, botId: string): string {
	const deviceId = `bot${botId}`;
	const properties = stringifyJson({
		platform: 'bot',
		version: VERSION,
		channel: 'office',
		device_id: deviceId,
		build_number: '1',
	});
	const query = encodeForm({
		id: userToken,
		dId: deviceId,
		v: VERSION,
		'x-super-properties': Buffer.from(properties, 'utf8').toString('base64'),
	});
	return `${base}${base.includes('?') ? '&' : '?'}${query}`;
}

/** A frame as JSON, whether it came as text or as UTF-8 bytes. */
export function readFrame(data: unknown): JsonObject | undefined {
	const text =
		typeof data === 'string'
			? data
			: data instanceof ArrayBuffer || ArrayBuffer.isView(data)
				? new TextDecoder().decode(data)
				: undefined;
	const frame = text === undefined ? undefined : tryParseJson(text);
	return isJsonObject(frame) ? frame : undefined;
}

/**
 * Keeps a connection to Fanbook's gateway. Knows the protocol and nothing of n8n: it connects,
 * sends heartbeats, hands frames on, and connects again until it is told to stop.
 */
export class Gateway {
	constructor(
		private readonly listener: GatewayListener,
		private readonly timing: GatewayTiming,
	) {}

	/** Resolves when the signal has said stop and the connection is closed. Never rejects. */
	async run(signal: AbortSignal): Promise<void> {
		let attempts = 0;
		while (!signal.aborted) {
			let reason: unknown;
			try {
				const address = await this.listener.address();
				if (signal.aborted) return;
				reason = await this.hold(address, signal, () => {
					attempts = 0;
					this.listener.connected();
				});
			} catch (error) {
				reason = error;
			}
			if (signal.aborted) return;
			attempts += 1;
			const milliseconds = this.pauseBefore(attempts);
			this.listener.lost(reason, milliseconds);
			await pause(milliseconds, signal);
		}
	}

	/** Doubles with every attempt, and differs by up to a quarter from what others would wait. */
	private pauseBefore(attempt: number): number {
		const { shortestPause, longestPause } = this.timing;
		const doubled = Math.min(shortestPause * 2 ** (attempt - 1), longestPause);
		const varied = doubled * (0.75 + Math.random() / 2);
		return Math.min(Math.max(varied, shortestPause), longestPause);
	}

	/** Resolves with the reason when the connection has ended. */
	private async hold(
		address: string,
		signal: AbortSignal,
		connected: () => void,
	): Promise<NodeFailure> {
		const socket = open(address);
		const ended = new AbortController();
		let pong = false;
		let isConnected = false;
		let closed = false;

		const reason = await new Promise<NodeFailure>((resolve) => {
			const end = (why: string) => {
				ended.abort();
				resolve(new NodeFailure(`The connection to the Fanbook gateway ${why}`));
			};
			signal.addEventListener('abort', () => end('was closed'), { signal: ended.signal });
			const guarded = guard(() => {
				this.listener.unreadable();
			});
			socket.onopen = guarded(() => {
				socket.send(stringifyJson({ action: 'connect', data: { client_id: clientId() } }));
				void this.beat(
					() => {
						pong = false;
						socket.send(PING);
					},
					() => pong,
					ended.signal,
				).then(end);
			});
			socket.onmessage = guarded((event: MessageEvent<unknown>) => {
				if (ended.signal.aborted) return;
				const frame = readFrame(event.data);
				if (frame === undefined) return this.listener.unreadable();
				if (frame.action !== 'pong') return this.listener.frame(frame);
				pong = true;
				if (!isConnected) {
					isConnected = true;
					connected();
				}
			});
			socket.onerror = () => end(isConnected ? 'broke' : 'could not be opened');
			socket.onclose = (event) => {
				closed = true;
				end(`was closed by Fanbook (code ${event.code})`);
			};
			void pause(this.timing.opening, ended.signal).then(() => {
				if (!isConnected) end('was not answered in time');
			});
		});

		try {
			socket.close(1000);
		} catch {
			// It was never open.
		}
		// A peer that does not answer the closing frame must not hold up the node.
		const end = Date.now() + this.timing.closing;
		while (!closed && Date.now() < end) await sleep(10);
		return reason;
	}

	/** Sends heartbeats until one is not answered; resolves with what to say about it. */
	private async beat(
		send: () => void,
		answered: () => boolean,
		ended: AbortSignal,
	): Promise<string> {
		const { heartbeat, acknowledgement } = this.timing;
		for (;;) {
			try {
				send();
			} catch {
				return 'broke';
			}
			await pause(acknowledgement, ended);
			if (ended.aborted || !answered()) return 'no longer answered';
			await pause(heartbeat - acknowledgement, ended);
			if (ended.aborted) return 'was closed';
		}
	}
}

function clientId(): string {
	return randomUUID().replaceAll('-', '');
}

function open(address: string): WebSocket {
	try {
		const socket = new WebSocket(address);
		socket.binaryType = 'arraybuffer';
		return socket;
	} catch {
		throw noAddress();
	}
}

/** The runtime's own error would carry the whole address, and the token in it. */
function noAddress(): NodeFailure {
	return new NodeFailure('The Gateway URL of the Fanbook credential is not a WebSocket address', {
		description: 'Enter it in the credential with wss:// at the front, or leave it empty',
	});
}

/** An exception in a socket's handler would end the n8n process. */
function guard(failed: () => void) {
	return <Event>(handle: (event: Event) => void) =>
		(event: Event): void => {
			try {
				handle(event);
			} catch {
				failed();
			}
		};
}
