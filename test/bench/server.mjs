/**
 * A service for measurements, in a separate process so that it takes no time from the measurement.
 * A path that begins with a number, as in `/20/read`, is answered after that many milliseconds with
 * a body that all services of the package can read. `/write` is limited to 200 requests per 60
 * seconds, which its headers report. `/count` returns the number of requests that exceeded the
 * limit.
 */
import { createServer } from 'node:http';

const SIZE = Number(process.env.BUCKET_SIZE ?? 200);
const WINDOW = Number(process.env.BUCKET_WINDOW ?? 60_000);
const BODY = '{"ok":true,"result":{"id":463992311181737984,"name":"A book","tags":["a","b"]}}';
const JSON_TYPE = { 'content-type': 'application/json' };
let tokens = SIZE;
let filledAt = Date.now();
let rejected = 0;

function take() {
	const now = Date.now();
	tokens = Math.min(SIZE, tokens + ((now - filledAt) * SIZE) / WINDOW);
	filledAt = now;
	const allowed = tokens >= 1;
	if (allowed) tokens -= 1;
	else rejected += 1;
	const fullAt = now + ((SIZE - tokens) * WINDOW) / SIZE;
	return {
		allowed,
		headers: {
			...JSON_TYPE,
			'x-ratelimit-limit': String(SIZE),
			'x-ratelimit-remaining': String(Math.floor(tokens)),
			'x-ratelimit-reset': String(Math.ceil(fullAt / 1000)),
			...(allowed ? {} : { 'retry-after': String(Math.ceil(WINDOW / SIZE / 1000)) }),
		},
	};
}

const server = createServer((request, response) => {
	request.resume();
	request.on('end', () => {
		const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
		if (pathname === '/count') {
			response.writeHead(200, JSON_TYPE).end(JSON.stringify({ rejected }));
		} else if (pathname.startsWith('/write')) {
			const { allowed, headers } = take();
			response
				.writeHead(allowed ? 200 : 429, headers)
				.end(allowed ? '{"ok":true}' : '{"error":"Slow down"}');
		} else {
			const latency = Number.parseInt(pathname.slice(1), 10);
			// A wrong request must not be measured as a fast one.
			if (Number.isNaN(latency)) response.writeHead(404).end();
			else setTimeout(() => response.writeHead(200, JSON_TYPE).end(BODY), latency);
		}
	});
});
server.listen(0, '127.0.0.1', () => {
	const address = server.address();
	if (typeof address === 'object') process.send?.(address?.port);
});
process.on('disconnect', () => process.exit());
