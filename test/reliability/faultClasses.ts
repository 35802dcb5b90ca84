import { gzipSync, brotliCompressSync, deflateSync } from 'node:zlib';
import { without, type Exchange, type FaultHandler } from '../support/faultProxy';
import { WRONG_BODIES, type WrongBody } from '../support/responseKinds';
import { isReduced } from './support/rows.mjs';

/**
 * What must happen when the first request of an operation meets the fault and all others do not:
 * - `succeeds`: the operation gives what it gives without the fault
 * - `fails`: it ends with a message, and sends nothing twice
 * - `unknown`: as `fails`, and the message adds that the write may have been carried out
 * - `any`: success or a message; only losses, repetitions and leaks count
 */
export type Expectation = 'succeeds' | 'fails' | 'unknown' | 'any';

export interface FaultClass {
	name: string;
	reads: Expectation;
	writes: Expectation;
	handler: FaultHandler;
	/** The body, if it could be the result of some operations. */
	body?: WrongBody | undefined;
	/** Whether every attempt meets the fault, not only the first. */
	isPermanent?: boolean;
	/** Whether the proxy refuses connections until the node waits for the first time. */
	refusesConnections?: boolean;
	/** Whether it ends by a timeout on real time, which makes it slow to try. */
	isSlow?: boolean;
	/** Whether reading the response takes seconds, so that fewer operations try it. */
	isCostly?: boolean;
}

const HTML = '<!doctype html><html><head><title>Checking your browser</title></head></html>';
const JSON_TYPE = { 'content-type': 'application/json' };
const HTML_TYPE = { 'content-type': 'text/html; charset=utf-8' };
const ERROR_BODY = JSON.stringify({ message: 'Try again later' });
const DEPTH = isReduced ? 500_000 : 5_000_000;
const DEEP = '['.repeat(DEPTH) + ']'.repeat(DEPTH);

const answer =
	(
		status: number,
		headers: Record<string, string> = JSON_TYPE,
		body: string | Buffer = ERROR_BODY,
	) =>
	({ reply }: Exchange): void =>
		reply(status, headers, body);

/** Lets the service carry the request out, and then spoils its response. */
const afterwards =
	(spoil: (exchange: Exchange, response: { status: number; body: Buffer }) => void) =>
	async (exchange: Exchange): Promise<void> =>
		spoil(exchange, await exchange.forward());

/** Writes raw bytes instead of a response. */
const raw = (text: string, { ends = true } = {}) =>
	afterwards(({ request: { socket } }) => {
		if (ends) socket.end(text);
		else socket.write(text);
	});

const instead = (
	body: string | Buffer,
	headers: Record<string, string> = JSON_TYPE,
	status = 200,
) => afterwards(({ reply }) => reply(status, headers, body));

/** Gives a fault to which reads and writes respond alike. */
const both = (
	name: string,
	expectation: Expectation,
	handler: FaultHandler,
	more: Partial<FaultClass> = {},
): FaultClass => ({ name, reads: expectation, writes: expectation, handler, ...more });

/** Gives a fault that is retried for reads, and leaves it open whether a write was carried out. */
const transient = (
	name: string,
	handler: FaultHandler,
	more: Partial<FaultClass> = {},
): FaultClass => ({ name, reads: 'succeeds', writes: 'unknown', handler, ...more });

/** Gives a response of status 200 that cannot be the one the contract describes. */
const wrong = (
	name: string,
	handler: FaultHandler,
	more: Partial<FaultClass> = {},
): FaultClass => ({
	name,
	reads: 'fails',
	writes: 'unknown',
	handler,
	...more,
});

/**
 * Gives a successful response that is the result of some operations: they have no expectation, since the
 * request was carried out, but losses, repetitions and leaks count. For all others it is wrong.
 */
const odd = (name: string, body: string, handler: FaultHandler = instead(body)): FaultClass =>
	wrong(name, handler, { body: WRONG_BODIES.find((known) => known.body === body) });

const inTwoSeconds = (): string => new Date(Date.now() + 2_000).toUTCString();
const anHourAgo = (): string => new Date(Date.now() - 3_600_000).toUTCString();

const RATE_LIMITS: FaultClass[] = [
	both('429 without a header', 'succeeds', answer(429)),
	both(
		'429, Retry-After in seconds',
		'succeeds',
		answer(429, { ...JSON_TYPE, 'retry-after': '1' }),
	),
	both('429, Retry-After of 0', 'succeeds', answer(429, { ...JSON_TYPE, 'retry-after': '0' })),
	both('429, Retry-After as a date', 'succeeds', ({ reply }) =>
		reply(429, { ...JSON_TYPE, 'retry-after': inTwoSeconds() }, ERROR_BODY),
	),
	both('429, Retry-After in the past', 'succeeds', ({ reply }) =>
		reply(429, { ...JSON_TYPE, 'retry-after': anHourAgo() }, ERROR_BODY),
	),
	both(
		'429, Retry-After of no meaning',
		'succeeds',
		answer(429, { ...JSON_TYPE, 'retry-after': 'soon' }),
	),
	both('429, negative Retry-After', 'succeeds', answer(429, { ...JSON_TYPE, 'retry-after': '-5' })),
	both(
		'429, Retry-After of years',
		'fails',
		answer(429, { ...JSON_TYPE, 'retry-after': '99999999' }),
	),
	both('429 as HTML', 'succeeds', answer(429, HTML_TYPE, HTML)),
	both('429 without a body', 'succeeds', answer(429, {}, '')),
	both('429 at every attempt', 'fails', answer(429), { isPermanent: true }),
];

const SERVER_ERRORS: FaultClass[] = [
	...[500, 502, 503, 504, 507, 520, 522, 529, 599].map((status) =>
		transient(`${status} as JSON`, answer(status)),
	),
	transient('500 without a body', answer(500, {}, '')),
	transient('502 as HTML', answer(502, HTML_TYPE, HTML)),
	transient('503 with Retry-After', answer(503, { ...JSON_TYPE, 'retry-after': '1' })),
	transient('504 whose body does not match its content type', answer(504, JSON_TYPE, HTML)),
	transient('500 after the request was carried out', afterwards(answer(500))),
	{
		name: '503 at every attempt',
		reads: 'fails',
		writes: 'unknown',
		handler: answer(503),
		isPermanent: true,
	},
];

const CONNECTIONS: FaultClass[] = [
	both('connection refused', 'succeeds', () => undefined, { refusesConnections: true }),
	transient('connection closed before the request was carried out', ({ destroy }) => destroy()),
	transient(
		'connection closed after the request was carried out',
		afterwards(({ destroy }) => destroy()),
	),
	transient('connection closed in the middle of the headers', raw('HTTP/1.1 200 OK\r\ncontent-ty')),
	transient(
		'connection closed in the middle of the body',
		afterwards(({ request: { socket } }, { body }) => {
			socket.write(
				`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length + 100}\r\n\r\n`,
			);
			socket.end(body.subarray(0, Math.ceil(body.length / 2)));
		}),
	),
	transient(
		'connection closed in the middle of a chunked body',
		afterwards(({ request: { socket } }, { body }) => {
			const half = body.subarray(0, Math.ceil(body.length / 2));
			socket.write(
				'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n',
			);
			// One byte more than follows, so that an empty body is cut, too.
			socket.write(`${(half.length + 1).toString(16)}\r\n`);
			socket.write(half);
			socket.end('\r\n');
		}),
	),
	transient('bytes that are not HTTP', raw('220 mail.example.com ESMTP ready\r\n')),
	transient('a header that is not allowed', raw('HTTP/1.1 200 OK\r\ncontent length 5\r\n\r\n{}')),
	transient(
		'headers of 100 kB',
		raw(`HTTP/1.1 200 OK\r\nx-long: ${'a'.repeat(100_000)}\r\ncontent-length: 2\r\n\r\n{}`),
	),
	transient('no response until the timeout', () => undefined, { isSlow: true }),
	transient(
		'a response that stops until the timeout',
		raw('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n[', {
			ends: false,
		}),
		{ isSlow: true },
	),
];

const WRONG_RESPONSES: FaultClass[] = [
	odd('200 without a body', ''),
	odd('200 with blanks', ' \n\t '),
	odd('204', '', instead('', {}, 204)),
	wrong('200 with HTML', instead(HTML, HTML_TYPE)),
	wrong('200 with HTML that is called JSON', instead(HTML)),
	wrong('200 with JSON that breaks off', instead('{"data":[{"id":"1","text":"hel')),
	wrong('200 with a text', instead('OK', { 'content-type': 'text/plain' })),
	odd('200 with a JSON text', '"ok"'),
	odd('200 with a number', '0'),
	odd('200 with an unexpected message', '{"message":"Service is being maintained"}'),
	odd('200 with an unexpected error', '{"error":"maintenance"}'),
	odd('200 with a list of lists', '[["a"],["b"],["c"],["d"]]'),
	wrong('200 with bytes that are no UTF-8', instead(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]))),
	wrong('200 of nothing but brackets', instead(DEEP), { isCostly: true }),
	transient(
		'200 with a body that is not compressed as its header states',
		instead('{"a":1}', { ...JSON_TYPE, 'content-encoding': 'gzip' }),
	),
];

const TRAP = 'http://127.0.0.1:9/trap';
const REDIRECTS: FaultClass[] = [301, 302, 303, 307, 308].map((status) =>
	both(`${status} to another address`, 'fails', answer(status, { location: TRAP }, '')),
);

const REFUSALS: FaultClass[] = [
	...[400, 402, 403, 404, 405, 406, 408, 409, 410, 413, 415, 418, 422, 423, 425, 428, 431, 451].map(
		(status) => both(`${status} as JSON`, 'fails', answer(status)),
	),
	both('403 as HTML of a firewall', 'fails', answer(403, HTML_TYPE, HTML)),
	both('404 without a body', 'fails', answer(404, {}, '')),
	both('400 of nothing but brackets', 'fails', answer(400, JSON_TYPE, DEEP), { isCostly: true }),
	both(
		'400 with a message of a million characters',
		'fails',
		answer(400, JSON_TYPE, JSON.stringify({ message: 'x '.repeat(500_000) })),
	),
	both('401 at every attempt', 'fails', answer(401), { isPermanent: true }),
];

const compressed = (encoding: string, compress: (body: Buffer) => Buffer): FaultClass =>
	both(`a response compressed with ${encoding}`, 'succeeds', async ({ forward, reply }) => {
		const { status, headers, body } = await forward();
		const type = { 'content-type': headers['content-type'] ?? 'application/json' };
		if (body.length === 0) reply(status, type, body);
		else reply(status, { ...type, 'content-encoding': encoding }, compress(body));
	});

const HARMLESS: FaultClass[] = [
	compressed('gzip', gzipSync),
	compressed('br', brotliCompressSync),
	compressed('deflate', deflateSync),
	both('a response in many small pieces', 'succeeds', async ({ forward, response }) => {
		const { status, headers, body } = await forward();
		const kept = without(headers, ['content-length']);
		response.writeHead(status, kept);
		for (let at = 0; at < body.length; at += Math.max(1, Math.ceil(body.length / 20)))
			response.write(body.subarray(at, at + Math.max(1, Math.ceil(body.length / 20))));
		response.end();
	}),
	both('early hints before the response', 'succeeds', async ({ forward, response }) => {
		response.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' });
		const { status, headers, body } = await forward();
		response.writeHead(status, headers).end(body);
	}),
	both('a response that closes the connection', 'succeeds', async ({ forward, response }) => {
		const { status, headers, body } = await forward();
		response.writeHead(status, { ...headers, connection: 'close' }).end(body);
	}),
];

/** Every kind of fault that one request can meet. */
export const FAULT_CLASSES: FaultClass[] = [
	...RATE_LIMITS,
	...SERVER_ERRORS,
	...CONNECTIONS,
	...WRONG_RESPONSES,
	...REDIRECTS,
	...REFUSALS,
	...HARMLESS,
];
