import { randomUUID } from 'node:crypto';
import { sleep } from 'n8n-workflow';
import { NodeFailure } from '../../../shared/errors';
import type { JsonObject } from '../../../shared/json';
import { isJsonObject, stringifyJson, tryParseJson } from '../../../shared/json';
import { encodeForm } from '../../../shared/client/request';
import { backoffMs } from '../../../shared/client/retryPolicy';
import { wait } from '../wait';

/** Times of the gateway protocol, in milliseconds. */
export interface GatewayTiming {
	/** Between two heartbeats. Fanbook closes a connection after 70 s without one. */
	heartbeatInterval: number;
	/** Longest wait for the answer to a heartbeat; less than `heartbeatInterval`. */
	acknowledgementTimeout: number;
	/** Longest wait for a connection to open. */
	openTimeout: number;
	/** Before the first attempt to reconnect; doubled for each further attempt. */
	minReconnectDelay: number;
	maxReconnectDelay: number;
	/** How long a connection must last before the next reconnect starts with the shortest delay. */
	stablePeriod: number;
	/** Longest wait for a closing connection. */
	closeTimeout: number;
}

export const GATEWAY_TIMING: GatewayTiming = {
	heartbeatInterval: 25_000,
	acknowledgementTimeout: 20_000,
	openTimeout: 30_000,
	minReconnectDelay: 3_000,
	maxReconnectDelay: 60_000,
	stablePeriod: 60_000,
	closeTimeout: 500,
};

/** Callbacks of the gateway client. */
export interface GatewayListener {
	/** Returns the address for the next attempt, with a new token since the last one may be invalid. */
	address: () => Promise<string>;
	/** Called when the first heartbeat is answered: from then on the gateway sends events. */
	connected: () => void;
	/** Called when a connection has lasted for the stable period. */
	stable: () => void;
	/** Called when an attempt failed or a connection ended, before the delay in milliseconds. */
	lost: (reason: unknown, delay: number) => void;
	frame: (frame: JsonObject) => void;
	/** Called for a frame that is not JSON, or for which `frame` failed. */
	invalidFrame: () => void;
}

const PING = stringifyJson({ type: 'ping' });
const VERSION = '1.6.60';

/** Returns the full address of the gateway. All parameters of the protocol are in its query. */
export function gatewayAddress(
	url: string,
	{ userToken, botId }: { userToken: string; botId: string },
): string {
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
	return `${url}${url.includes('?') ? '&' : '?'}${query}`;
}

/** Parses the text or UTF-8 bytes of a frame, which can also be a list of frames. */
export function readFrames(data: unknown): JsonObject[] | undefined {
	const text =
		typeof data === 'string'
			? data
			: data instanceof ArrayBuffer || ArrayBuffer.isView(data)
				? new TextDecoder().decode(data)
				: undefined;
	const parsed = text === undefined ? undefined : tryParseJson(text);
	const frames = Array.isArray(parsed) ? parsed : [parsed];
	const objects = frames.filter(isJsonObject);
	return objects.length > 0 && objects.length === frames.length ? objects : undefined;
}

/**
 * Keeps a connection to the gateway open. Implements the protocol only: connects, sends
 * heartbeats, passes frames on and reconnects. Does not depend on n8n's trigger.
 */
export class GatewayClient {
	constructor(
		private readonly listener: GatewayListener,
		private readonly timing: GatewayTiming,
	) {}

	/** Resolves when the signal is aborted and the connection is closed. Never rejects. */
	async run(signal: AbortSignal): Promise<void> {
		let attempts = 0;
		while (!signal.aborted) {
			let reason: unknown;
			try {
				const address = await this.listener.address();
				if (signal.aborted) return;
				reason = await this.connect(address, signal, () => {
					attempts = 0;
					this.listener.stable();
				});
			} catch (error) {
				reason = error;
			}
			if (signal.aborted) return;
			attempts += 1;
			const delay = this.reconnectDelay(attempts);
			this.listener.lost(reason, delay);
			await wait(delay, { signal });
		}
	}

	private reconnectDelay(attempt: number): number {
		const { minReconnectDelay: firstMs, maxReconnectDelay: maxMs } = this.timing;
		const delay = backoffMs(attempt, { firstMs, maxMs, jitter: 0.25 });
		return Math.min(Math.max(delay, firstMs), maxMs);
	}

	/** Opens one connection. Resolves with the reason when it has ended. */
	private async connect(
		address: string,
		signal: AbortSignal,
		stable: () => void,
	): Promise<NodeFailure> {
		const socket = openSocket(address);
		const ended = new AbortController();
		let isAcknowledged = false;
		let isConnected = false;
		let isClosed = false;

		const reason = await new Promise<NodeFailure>((resolve) => {
			const end = (what: string) => {
				ended.abort();
				resolve(new NodeFailure(`The connection to the Fanbook gateway ${what}`));
			};
			signal.addEventListener('abort', () => end('was closed'), { signal: ended.signal });
			const guarded = guardWith(() => {
				this.listener.invalidFrame();
			});
			socket.onopen = guarded(() => {
				socket.send(stringifyJson({ action: 'connect', data: { client_id: clientId() } }));
				const ping = () => {
					isAcknowledged = false;
					socket.send(PING);
				};
				void this.sendHeartbeats(ping, () => isAcknowledged, ended.signal).then(end);
			});
			socket.onmessage = guarded((event: MessageEvent<unknown>) => {
				if (ended.signal.aborted) return;
				const frames = readFrames(event.data);
				if (frames === undefined) return this.listener.invalidFrame();
				for (const frame of frames) if (frame.action !== 'pong') this.listener.frame(frame);
				if (frames.every(({ action }) => action !== 'pong')) return;
				isAcknowledged = true;
				if (!isConnected) {
					isConnected = true;
					this.listener.connected();
					void wait(this.timing.stablePeriod, { signal: ended.signal }).then(() => {
						if (!ended.signal.aborted) stable();
					});
				}
			});
			socket.onerror = () => end(isConnected ? 'broke' : 'could not be opened');
			socket.onclose = (event) => {
				isClosed = true;
				end(`was closed by Fanbook (code ${event.code})`);
			};
			void wait(this.timing.openTimeout, { signal: ended.signal }).then(() => {
				if (!isConnected) end('got no response in time');
			});
		});

		try {
			socket.close(1000);
		} catch {
			// It was never open.
		}
		// A server that does not answer the closing frame must not delay the node.
		for (let waited = 0; !isClosed && waited < this.timing.closeTimeout; waited += 10) {
			await sleep(10);
		}
		return reason;
	}

	/** Sends heartbeats until one is not answered. Resolves with what happened. */
	private async sendHeartbeats(
		ping: () => void,
		isAcknowledged: () => boolean,
		ended: AbortSignal,
	): Promise<string> {
		const { heartbeatInterval, acknowledgementTimeout } = this.timing;
		for (;;) {
			try {
				ping();
			} catch {
				return 'broke';
			}
			await wait(acknowledgementTimeout, { signal: ended });
			if (ended.aborted || !isAcknowledged()) return 'no longer answered';
			await wait(heartbeatInterval - acknowledgementTimeout, { signal: ended });
			if (ended.aborted) return 'was closed';
		}
	}
}

function clientId(): string {
	return randomUUID().replaceAll('-', '');
}

function openSocket(address: string): WebSocket {
	try {
		const socket = new WebSocket(address);
		socket.binaryType = 'arraybuffer';
		return socket;
	} catch {
		throw invalidAddress();
	}
}

/** Replaces the runtime's own error, which contains the address with the token. */
function invalidAddress(): NodeFailure {
	return new NodeFailure('The Gateway URL of the Fanbook credential is not a WebSocket address', {
		description: 'Enter it in the credential with wss:// at the front, or leave it empty',
	});
}

/** Wraps handlers of a socket, since an exception in one would end the n8n process. */
function guardWith(failed: () => void) {
	return <Event>(handle: (event: Event) => void) =>
		(event: Event): void => {
			try {
				handle(event);
			} catch {
				failed();
			}
		};
}
