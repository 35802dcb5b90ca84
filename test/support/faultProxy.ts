import { createServer, request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A response of the service behind the proxy. */
export interface Forwarded {
	status: number;
	headers: IncomingHttpHeaders;
	body: Buffer;
}

/** One request at the proxy, and what a fault can do with it. */
export interface Exchange {
	request: IncomingMessage;
	response: ServerResponse;
	/** Passes the request on to the service, which carries it out. */
	forward: () => Promise<Forwarded>;
	/** Answers with this response. */
	reply: (status: number, headers: Record<string, string>, body: string | Buffer) => void;
	/** Closes the connection at once. */
	destroy: () => void;
}

export type FaultHandler = (exchange: Exchange) => void | Promise<void>;

/** Returns headers without some of them. */
export function without(
	headers: IncomingHttpHeaders,
	names: readonly string[],
): IncomingHttpHeaders {
	return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}

/** Forwards requests to a service on this machine, and lets a test break chosen ones. */
export class FaultProxy {
	/** Requests since the last reset, as `POST /path`. */
	readonly requests: string[] = [];
	/** Returns the handler for the request with this number, from 0, or undefined to forward it. */
	fault: (number: number) => FaultHandler | undefined = () => undefined;
	private server?: Server;
	private readonly sockets = new Set<Socket>();
	private port = 0;

	/** `target` is the address of the service; only its host counts. */
	constructor(private readonly target: string) {}

	/** Returns an address of the service with the proxy instead of its host. */
	route(address: string): string {
		const { pathname } = new URL(address);
		return `http://127.0.0.1:${this.port}${pathname === '/' ? '' : pathname}`;
	}

	/** Listens on a free port, or again on the port it had. */
	async listen(): Promise<void> {
		const server = createServer((request, response) => void this.handle(request, response));
		server.on('connection', (socket) => {
			this.sockets.add(socket);
			socket.on('close', () => this.sockets.delete(socket));
		});
		await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
		const address: AddressInfo | string | null = server.address();
		if (address === null || typeof address === 'string') throw new Error('Not listening');
		this.port = address.port;
		this.server = server;
	}

	/** Stops listening, so that connections are refused. */
	async close(): Promise<void> {
		const { server } = this;
		if (server === undefined) return;
		this.server = undefined;
		const closed = new Promise<void>((resolve) => server.close(() => resolve()));
		for (const socket of this.sockets) socket.destroy();
		await closed;
	}

	get isListening(): boolean {
		return this.server !== undefined;
	}

	reset(): void {
		this.requests.length = 0;
		this.fault = () => undefined;
	}

	private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const chunks: Buffer[] = [];
		try {
			for await (const chunk of request) chunks.push(Buffer.from(chunk));
		} catch {
			return;
		}
		const number = this.requests.push(`${request.method} ${request.url}`) - 1;
		const reply: Exchange['reply'] = (status, headers, body) => {
			if (response.destroyed) return;
			response.writeHead(status, headers).end(body);
		};
		const exchange: Exchange = {
			request,
			response,
			forward: async () => await this.forward(request, Buffer.concat(chunks)),
			reply,
			destroy: () => request.socket.destroy(),
		};
		const handler = this.fault(number);
		if (handler !== undefined) {
			await handler(exchange);
			return;
		}
		try {
			const { status, headers, body } = await exchange.forward();
			response.writeHead(status, headers).end(body);
		} catch {
			// The service closed the connection: so does the proxy.
			exchange.destroy();
		}
	}

	private async forward({ method, url, headers }: IncomingMessage, body: Buffer) {
		return await new Promise<Forwarded>((resolve, reject) => {
			// The Host header stays, because OAuth 1.0a signs the address that the client used.
			const options = { method, headers: { ...headers, connection: 'close' }, agent: false };
			const outgoing = httpRequest(new URL(url ?? '/', this.target), options, (incoming) => {
				const chunks: Buffer[] = [];
				incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
				incoming.on('error', reject);
				incoming.on('end', () => {
					const kept = without(incoming.headers, ['transfer-encoding', 'connection']);
					resolve({ status: incoming.statusCode ?? 0, headers: kept, body: Buffer.concat(chunks) });
				});
			});
			outgoing.on('error', reject);
			outgoing.end(body);
		});
	}
}
