import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ServiceName } from './contract';
import type { HttpResponse } from './pipeline';
import { readRequest, type SandboxRequest } from './request';

/** A path prefix and the handler of the requests below it. */
export interface ServerMount {
	service: ServiceName;
	prefix: string;
	/** Request bodies are files. */
	binary?: boolean;
	handle: (request: SandboxRequest) => Promise<HttpResponse>;
	upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

const MAX_BODY_BYTES = 256 * 1024 * 1024;

function isBelow(url: string, prefix: string): boolean {
	const path = url.split('?')[0] ?? '';
	return path === prefix || path.startsWith(`${prefix}/`);
}

/** The HTTP server. It passes on raw bodies and leaves nothing open after `close`. */
export class Server {
	readonly fastify: FastifyInstance;
	private readonly sockets = new Set<Socket>();

	constructor(private readonly mounts: ServerMount[]) {
		this.fastify = Fastify({ bodyLimit: MAX_BODY_BYTES, forceCloseConnections: true });
		// A body on GET must reach the contract validation, which rejects it.
		this.fastify.addHttpMethod('GET', { hasBody: true, overrideExisting: true });
		this.fastify.removeAllContentTypeParsers();
		this.fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
			done(null, body);
		});
		this.fastify.setNotFoundHandler(async (request, reply) => {
			await this.serve(request, reply);
		});
		this.fastify.server.on('connection', (socket) => {
			this.sockets.add(socket);
			socket.on('close', () => this.sockets.delete(socket));
		});
		this.fastify.server.on('upgrade', (request, socket, head) => {
			// Without this listener a broken socket would end the process.
			socket.on('error', () => socket.destroy());
			const mount = this.find(request.url ?? '');
			if (mount?.upgrade) mount.upgrade(request, socket, head);
			else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
		});
	}

	/** Listens on 127.0.0.1 and returns the port; 0 selects a free one. */
	async listen(port: number): Promise<number> {
		await this.fastify.listen({ host: '127.0.0.1', port });
		return this.address().port;
	}

	async close(): Promise<void> {
		const closed = this.fastify.close();
		for (const socket of this.sockets) socket.destroy();
		await closed;
	}

	private address(): AddressInfo {
		const address = this.fastify.server.address();
		if (address === null || typeof address === 'string')
			throw new TypeError('The server is not listening');
		return address;
	}

	private find(url: string): ServerMount | undefined {
		const hits = this.mounts.filter(({ prefix }) => isBelow(url, prefix));
		return hits.sort((a, b) => b.prefix.length - a.prefix.length)[0];
	}

	private async serve(request: FastifyRequest, reply: FastifyReply): Promise<void> {
		const url = request.raw.url ?? '/';
		const mount = this.find(url);
		if (!mount) {
			await reply.code(404).send({ message: 'No service has this address' });
			return;
		}
		const read = readRequest({
			service: mount.service,
			mount: mount.prefix,
			method: request.method,
			url,
			headers: request.raw.headers,
			body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
			...(mount.binary ? { binary: true } : {}),
		});
		const response = await mount.handle(read);
		if (response.isConnectionDropped) {
			reply.hijack();
			request.raw.socket.destroy();
			return;
		}
		await reply.code(response.status).headers(response.headers).send(response.body);
	}
}
