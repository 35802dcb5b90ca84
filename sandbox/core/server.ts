import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ServiceName } from './contract';
import type { Answer } from './pipeline';
import { readRequest, type SandboxRequest } from './request';

/** A path prefix and what answers below it. */
export interface Entrance {
	service: ServiceName;
	prefix: string;
	/** Bodies that come in here are files. */
	binary?: boolean;
	answer: (request: SandboxRequest) => Promise<Answer>;
	upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

const LARGEST_BODY = 256 * 1024 * 1024;

function isBelow(url: string, prefix: string): boolean {
	const path = url.split('?')[0] ?? '';
	return path === prefix || path.startsWith(`${prefix}/`);
}

/** The HTTP server: raw bodies in, answers out, nothing left open after `close`. */
export class Server {
	readonly fastify: FastifyInstance;
	private readonly sockets = new Set<Socket>();

	constructor(private readonly entrances: Entrance[]) {
		this.fastify = Fastify({ bodyLimit: LARGEST_BODY, forceCloseConnections: true });
		// A body on GET is to be seen and refused by the contract, not skipped.
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
			// Node.js leaves the socket to us here: one that breaks must not end the process.
			socket.on('error', () => socket.destroy());
			const entrance = this.find(request.url ?? '');
			if (entrance?.upgrade) entrance.upgrade(request, socket, head);
			else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
		});
	}

	/** Listens on 127.0.0.1 and returns the port; 0 takes a free one. */
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
		if (address === null || typeof address === 'string') throw new TypeError('not listening');
		return address;
	}

	private find(url: string): Entrance | undefined {
		const hits = this.entrances.filter(({ prefix }) => isBelow(url, prefix));
		return hits.sort((a, b) => b.prefix.length - a.prefix.length)[0];
	}

	private async serve(request: FastifyRequest, reply: FastifyReply): Promise<void> {
		const url = request.raw.url ?? '/';
		const entrance = this.find(url);
		if (!entrance) {
			await reply.code(404).send({ message: 'no service has this address' });
			return;
		}
		const read = readRequest({
			service: entrance.service,
			mount: entrance.prefix,
			method: request.method,
			url,
			headers: request.raw.headers,
			body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
			...(entrance.binary ? { binary: true } : {}),
		});
		const answer = await entrance.answer(read);
		if (answer.cut) {
			reply.hijack();
			request.raw.socket.destroy();
			return;
		}
		await reply.code(answer.status).headers(answer.headers).send(answer.body);
	}
}
