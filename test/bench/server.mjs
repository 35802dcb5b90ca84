/**
 * A service for measurements, in a separate process so that it takes no time from the measurement.
 *
 * - `/<ms>/…` responds after that many milliseconds with a body that all services of the package can read,
 *   and `/<ms>/bytes/<n>/…` with one of that length.
 * - `/limit/<run>/<kind>/<item>` limits the rate; see rateLimits.mjs. `/limit/<run>` returns its counts.
 * - `/files/<bytes>/…` takes uploads and sends downloads of that length; see fileStorage.mjs.
 * - `/lists/<ms>/<rows>/<bytes>/…` responds with pages of lists; see listPages.mjs.
 */
import { createServer } from 'node:http';
import { serveFile } from './fileStorage.mjs';
import { listPage } from './listPages.mjs';
import { countsOf, limitRate } from './rateLimits.mjs';

const BODY =
	'{"ok":true,"id":"book","uuid":"book","result":{"id":463992311181737984,"name":"A book","tags":["a","b"]}}';
const JSON_TYPE = { 'content-type': 'application/json' };

/**
 * Time in which a read with a rate limit is answered. Writes are answered at once: they run one at a time,
 * and would not reach the limit otherwise.
 */
const LIMITED_LATENCY_MS = 50;

/** @typedef {{ status?: number, headers?: Record<string, string>, body: string, latencyMs: number }} Reply */

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {string} body
 * @returns {Reply}
 */
function replyTo(request, body) {
	const url = new URL(request.url ?? '', 'http://127.0.0.1');
	const [, first = '', ...rest] = url.pathname.split('/');
	if (first === 'limit') {
		const [run = '', kind = '', item = ''] = rest;
		if (kind === '') return { body: JSON.stringify(countsOf(run)), latencyMs: 0 };
		const latencyMs = request.method === 'GET' ? LIMITED_LATENCY_MS : 0;
		return { ...limitRate({ run, kind, item }), latencyMs };
	}
	if (first === 'lists') {
		const [latencyMs, rows, rowBytes] = rest.slice(0, 3).map(Number);
		const path = rest.slice(3).join('/');
		const text = listPage({
			path,
			query: url.searchParams,
			body,
			rows: rows ?? 0,
			rowBytes: rowBytes ?? 0,
		});
		if (text !== undefined) return { body: text, latencyMs: latencyMs ?? 0 };
		return { status: 404, body: `{"error":"There is no list ${path}"}`, latencyMs: 0 };
	}
	const latencyMs = Number(first);
	// A wrong request must not be measured as a fast one.
	if (first === '' || Number.isNaN(latencyMs)) return { status: 404, body: '', latencyMs: 0 };
	const [second, bytes] = rest;
	if (second !== 'bytes') return { body: BODY, latencyMs };
	const text = 'x'.repeat(Math.max(Number(bytes) - BODY.length, 0));
	return { body: BODY.replace('A book', text), latencyMs };
}

const server = createServer((request, response) => {
	const [, first, ...path] = new URL(request.url ?? '', 'http://127.0.0.1').pathname.split('/');
	if (first === 'files') {
		serveFile(request, response, { path, origin: `http://${request.headers.host}` });
		return;
	}
	/** @type {Buffer[]} */
	const chunks = [];
	request.on('data', (chunk) => chunks.push(chunk));
	request.on('end', () => {
		const {
			status = 200,
			headers,
			body,
			latencyMs,
		} = replyTo(request, Buffer.concat(chunks).toString('utf8'));
		const send = () => response.writeHead(status, { ...JSON_TYPE, ...headers }).end(body);
		if (latencyMs > 0) setTimeout(send, latencyMs);
		else send();
	});
});
// Node.js closes idle connections after 5 s, which a client can notice too late.
server.keepAliveTimeout = 120_000;
server.listen(0, '127.0.0.1', () => {
	const address = server.address();
	if (typeof address === 'object') process.send?.(address?.port);
});
process.on('disconnect', () => process.exit());
