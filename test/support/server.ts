import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** One request as it arrived, byte for byte. */
export interface Received {
	method: string;
	url: string;
	headers: IncomingMessage['headers'];
	body: string;
	bytes: Buffer;
	at: number;
}

export interface Reply {
	status?: number;
	/** The text beside the status; by default the usual one. */
	reason?: string;
	headers?: Record<string, string>;
	body?: string;
	/** A binary body. */
	bytes?: Buffer;
	/** Closes the connection after the body. */
	breaksOff?: boolean;
	/** Closes the connection without a response. */
	cut?: boolean;
	/** Responds when this promise resolves. */
	after?: Promise<void>;
}

/**
 * An HTTP server on a free port of this machine that records requests and sends the responses set
 * by the test.
 */
export class TestServer {
	readonly received: Received[] = [];
	/** Requests in progress, and their maximum so far. */
	inFlight = 0;
	peak = 0;
	reply: (request: Received, count: number) => Reply | Promise<Reply> = () => ({ body: '{}' });
	private readonly server: Server;
	private readonly sockets = new Set<Socket>();

	constructor() {
		this.server = createServer((request, response) => void this.answer(request, response));
		this.server.on('connection', (socket) => {
			this.sockets.add(socket);
			socket.on('close', () => this.sockets.delete(socket));
		});
	}

	/** Listens on a free port; another loopback address can stand for another network. */
	async start(host = '127.0.0.1'): Promise<this> {
		await new Promise<void>((resolve) => this.server.listen(0, host, resolve));
		return this;
	}

	get url(): string {
		const address: AddressInfo | string | null = this.server.address();
		if (address === null || typeof address === 'string') throw new Error('Not listening');
		return `http://${address.address}:${address.port}`;
	}

	async close(): Promise<void> {
		for (const socket of this.sockets) socket.destroy();
		await new Promise<void>((resolve) => this.server.close(() => resolve()));
	}

	reset(): void {
		this.received.length = 0;
		this.inFlight = 0;
		this.peak = 0;
		this.reply = () => ({ body: '{}' });
	}

	private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(Buffer.from(chunk));
		const bytes = Buffer.concat(chunks);
		const received: Received = {
			method: request.method ?? '',
			url: request.url ?? '',
			headers: request.headers,
			body: bytes.toString('utf8'),
			bytes,
			at: Date.now(),
		};
		this.received.push(received);
		this.inFlight += 1;
		this.peak = Math.max(this.peak, this.inFlight);
		const reply = await this.reply(received, this.received.length);
		await reply.after;
		this.inFlight -= 1;
		if (reply.cut === true) {
			request.socket.destroy();
			return;
		}
		const headers = { 'content-type': 'application/json', ...reply.headers };
		if (reply.reason === undefined) response.writeHead(reply.status ?? 200, headers);
		else response.writeHead(reply.status ?? 200, reply.reason, headers);
		if (reply.breaksOff === true) {
			response.write(reply.bytes ?? reply.body ?? '', () => request.socket.destroy());
			return;
		}
		response.end(reply.bytes ?? reply.body ?? '');
	}
}
