import { randomBytes } from 'node:crypto';
import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import type { ActivityLog } from '../core/activityLog';
import { isObject, tryParseJson, writeJson, type JsonValue } from '../core/json';
import { readPairs } from '../core/request';
import { GatewayFaults } from './gatewayFaults';
import type { FanbookState } from './state';

interface Connection {
	id: number;
	openedAt: number;
	/** Frames sent, without pongs. */
	sent: number;
	/** Whether nothing more is sent, pongs included. */
	isFrozen: boolean;
	socket: WebSocket;
	/** Set by the `connect` frame. No events are pushed before it. */
	clientId: string | null;
	cancelIdleTimeout: () => void;
	hasPinged: boolean;
}

/** A connection as the console shows it. */
export interface ConnectionView {
	id: number;
	clientId: string | null;
	openedAt: number;
	sent: number;
	isFrozen: boolean;
}

interface UserToken {
	issuedAt: number;
	/** Open connections that were opened with it. */
	inUse: number;
}

/** Totals since the start or the last reset. */
export interface GatewayCounts {
	opened: number;
	/** Connections that sent `connect`. */
	connected: number;
	closed: number;
	refused: number;
	/** Frames sent, without pongs. */
	pushed: number;
}

function noCounts(): GatewayCounts {
	return { opened: 0, connected: 0, closed: 0, refused: 0, pushed: 0 };
}

function describeFrames(frameCount: number, receivers: number): string {
	if (frameCount === 0) return 'held back by an injected fault';
	const times = frameCount === 1 ? '' : `${frameCount} frames `;
	return `${times}to ${receivers} ${receivers === 1 ? 'connection' : 'connections'}`;
}

/** Returns frame data with its JSON text parsed, for the activity log. */
function parseContent(data: Record<string, unknown>): Record<string, unknown> {
	const { content } = data;
	if (typeof content !== 'string') return data;
	return { ...data, content: tryParseJson(content) ?? content };
}

function decodeFrame(data: RawData): string {
	if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
	return data instanceof ArrayBuffer ? Buffer.from(data).toString('utf8') : data.toString('utf8');
}

function textOf(value: JsonValue | undefined): string {
	return typeof value === 'string' ? value : '';
}

/** Returns whether the query of a connection attempt is well-formed. */
function isWellFormed(query: Map<string, string>, botId: string): boolean {
	const version = query.get('v') ?? '';
	const deviceId = query.get('dId') ?? '';
	const encoded = query.get('x-super-properties') ?? '';
	const properties = tryParseJson(Buffer.from(encoded, 'base64').toString('utf8'));
	return (
		/^\d+\.\d+\.\d+$/.test(version) &&
		deviceId === `bot${botId}` &&
		Buffer.from(encoded, 'base64').toString('base64') === encoded &&
		isObject(properties) &&
		properties.platform === 'bot' &&
		properties.version === version &&
		properties.device_id === deviceId &&
		textOf(properties.channel) !== '' &&
		textOf(properties.build_number) !== ''
	);
}

/**
 * The WebSocket gateway. It pushes events to all open connections and stores none. The reference
 * does not limit the number of connections.
 */
export class Gateway {
	readonly faults = new GatewayFaults();
	counts: GatewayCounts = noCounts();
	private readonly server = new WebSocketServer({ noServer: true });
	private readonly connections = new Set<Connection>();
	private readonly tokens = new Map<string, UserToken>();
	/** Every user_token ever issued, for tests that search for leaked secrets. */
	private readonly issued = new Set<string>();

	private connectionCount = 0;

	constructor(
		private readonly state: FanbookState,
		private readonly activityLog: ActivityLog,
	) {}

	/** Issues a user_token, valid for 24 hours and as long as a connection opened with it is open. */
	issueToken(): string {
		const token = randomBytes(32).toString('hex');
		this.issued.add(token);
		this.tokens.set(token, { issuedAt: this.state.clock.now(), inUse: 0 });
		return token;
	}

	/** The number of connections that sent `connect` and receive events. */
	get open(): number {
		return [...this.connections].filter(({ clientId }) => clientId !== null).length;
	}

	list(): ConnectionView[] {
		return [...this.connections].map(({ id, clientId, openedAt, sent, isFrozen }) => ({
			id,
			clientId,
			openedAt,
			sent,
			isFrozen,
		}));
	}

	/** Terminates one connection without a close frame. */
	cutConnection(id: number): void {
		this.connection(id).socket.terminate();
	}

	/** Sends nothing more to a connection, or resumes; frames sent meanwhile are lost. */
	freezeConnection(id: number, isFrozen: boolean): void {
		this.connection(id).isFrozen = isFrozen;
	}

	/** Terminates all connections without a close frame. */
	cut(): void {
		for (const { socket } of this.connections) socket.terminate();
	}

	reset(): void {
		this.cut();
		this.faults.clear();
		this.tokens.clear();
		this.counts = noCounts();
	}

	secrets(): string[] {
		return [...this.issued];
	}

	/** Expires all issued user_tokens. */
	expireTokens(): void {
		this.tokens.clear();
	}

	/** Pushes an event to all connections, subject to the injected faults. */
	push(action: string, data: Record<string, unknown>): void {
		const frame = writeJson({ action, data, ack: -1, seq: null });
		const frames = this.faults.apply(frame);
		for (const text of frames) this.pushFrame(text);
		const receivers = [...this.connections].filter(
			({ clientId, isFrozen }) => clientId !== null && !isFrozen,
		).length;
		this.activityLog.record({
			service: 'fanbook',
			kind: 'gatewayFrame',
			name: action,
			summary: describeFrames(frames.length, receivers),
			succeeded: frames.length > 0 && receivers > 0,
			details: { action, data: parseContent(data) },
		});
	}

	/** Sends any text as a frame to all connections, for frames that the service does not document. */
	pushFrame(text: string): void {
		this.counts.pushed += 1;
		for (const connection of this.connections) {
			if (connection.clientId === null) continue;
			connection.sent += 1;
			this.send(connection, text);
		}
	}

	/** Handles an HTTP upgrade: 502 for an expired user_token, 400 for a malformed query. */
	upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
		const url = request.url ?? '';
		const [path = '', search = ''] = url.split('?');
		const query = new Map(readPairs(search));
		const token = query.get('id') ?? '';
		const reject = (status: number, body = ''): void => {
			this.counts.refused += 1;
			const lines = [
				`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}`,
				'Connection: close',
				`Content-Length: ${Buffer.byteLength(body)}`,
			];
			socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
		};
		const rejection = this.faults.takeRejection();
		if (rejection !== undefined) reject(rejection.status, rejection.body);
		else if (!path.endsWith('/websocket')) reject(404);
		else if (!isWellFormed(query, this.state.botId)) reject(400);
		else if (!this.isTokenValid(token)) reject(502);
		else {
			this.server.handleUpgrade(request, socket, head, (opened) => {
				this.accept(opened, token);
			});
		}
	}

	private isTokenValid(token: string): boolean {
		const issued = this.tokens.get(token);
		if (!issued) return false;
		const age = this.state.clock.now() - issued.issuedAt;
		return issued.inUse > 0 || age < this.state.settings.userTokenLifetimeMs;
	}

	private accept(socket: WebSocket, token: string): void {
		const connection: Connection = {
			id: ++this.connectionCount,
			openedAt: this.state.clock.now(),
			sent: 0,
			isFrozen: false,
			socket,
			clientId: null,
			cancelIdleTimeout: () => undefined,
			hasPinged: false,
		};
		const userToken = this.tokens.get(token);
		if (userToken) userToken.inUse += 1;
		this.counts.opened += 1;
		this.connections.add(connection);
		this.restartIdleTimeout(connection);
		socket.on('message', (data) => {
			this.restartIdleTimeout(connection);
			this.read(connection, decodeFrame(data));
		});
		socket.on('error', () => {
			socket.terminate();
		});
		socket.on('close', () => {
			connection.cancelIdleTimeout();
			this.connections.delete(connection);
			this.counts.closed += 1;
			if (userToken) userToken.inUse -= 1;
		});
	}

	private restartIdleTimeout(connection: Connection): void {
		connection.cancelIdleTimeout();
		const { clock, settings } = this.state;
		connection.cancelIdleTimeout = clock.after(settings.idleTimeoutMs, () => {
			// The service's close code is unknown; 1001 means "going away".
			connection.socket.close(1001, 'no heartbeat');
		});
	}

	private read(connection: Connection, text: string): void {
		const frame = tryParseJson(text);
		if (!isObject(frame)) {
			connection.socket.close(1007, 'frames must be JSON objects');
		} else if (frame.type === 'ping') {
			this.answerPing(connection);
		} else if (connection.clientId === null) {
			const clientId = isObject(frame.data) ? textOf(frame.data.client_id) : '';
			if (frame.action !== 'connect' || clientId === '') {
				connection.socket.close(1008, 'connect with a client_id first');
				return;
			}
			connection.clientId = clientId;
			this.counts.connected += 1;
		}
	}

	private answerPing(connection: Connection): void {
		if (this.faults.ignorePings) return;
		const time = this.state.clock.seconds();
		this.send(connection, writeJson({ action: 'pong', data: { time } }));
		if (connection.hasPinged) return;
		connection.hasPinged = true;
		const closeDelayMs = this.faults.takePongClose();
		if (closeDelayMs === undefined) return;
		this.state.clock.after(closeDelayMs, () => {
			connection.socket.close(1001, 'going away');
		});
	}

	private connection(id: number): Connection {
		const found = [...this.connections].find((connection) => connection.id === id);
		if (!found) throw new TypeError(`There is no connection ${id}`);
		return found;
	}

	private send(connection: Connection, text: string): void {
		if (connection.isFrozen) return;
		const { textFrames } = this.state.settings;
		connection.socket.send(textFrames ? text : Buffer.from(text, 'utf8'), { binary: !textFrames });
	}
}
