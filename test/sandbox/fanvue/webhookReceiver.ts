import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { record } from './client';

export interface Received {
	body: string;
	signature: string | undefined;
	contentType: string | undefined;
	topic: string | undefined;
	eventId: string | undefined;
}

/** A signature header: the time and the signatures in hex. */
export interface Signatures {
	seconds: number;
	values: string[];
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
	return [request.headers[name]].flat()[0];
}

/** A server that records webhook requests. */
export class WebhookReceiver {
	received: Received[] = [];
	/** Statuses of the next responses. Default: 200. */
	statuses: number[] = [];
	private readonly server: Server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			this.received.push({
				body: Buffer.concat(chunks).toString('utf8'),
				signature: headerOf(request, 'x-fanvue-signature'),
				contentType: headerOf(request, 'content-type'),
				topic: headerOf(request, 'x-fanvue-topic'),
				eventId: headerOf(request, 'x-fanvue-event-id'),
			});
			response.statusCode = this.statuses.shift() ?? 200;
			response.setHeader('location', '/other');
			response.end();
		});
	});

	get url(): string {
		const address = this.server.address();
		if (address === null || typeof address === 'string') throw new TypeError('Not listening');
		return `http://127.0.0.1:${address.port}/hook`;
	}

	async start(): Promise<void> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
	}

	async close(): Promise<void> {
		await new Promise((resolve) => this.server.close(resolve));
	}

	reset(): void {
		this.received = [];
		this.statuses = [];
	}

	/** Returns the only request. */
	only(): Received {
		expect(this.received).toHaveLength(1);
		const [first] = this.received;
		if (!first) throw new TypeError('Nothing was received');
		return first;
	}

	/** Returns the parsed bodies of all requests. */
	bodies(): Array<Record<string, unknown>> {
		return this.received.map(({ body }) => record(JSON.parse(body)));
	}
}

/** Reads a signature header. Several values may follow one `v0=`. */
export function readSignatures({ signature = '' }: Received): Signatures {
	const parts = signature.split(',');
	return {
		seconds: Number(parts.find((part) => part.startsWith('t='))?.slice(2)),
		values: parts.filter((part) => !part.startsWith('t=')).map((part) => part.replace('v0=', '')),
	};
}

/** Returns the signature of a request in hex. */
export function sign(request: Received, secret: string): string {
	const { seconds } = readSignatures(request);
	return createHmac('sha256', secret).update(`${seconds}.${request.body}`).digest('hex');
}
