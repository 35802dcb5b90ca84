import { createServer } from 'node:http';

/**
 * A service for measurements, in a process of its own so that it does not take time from what is
 * measured. `/read?latency=20` answers after that many milliseconds; `/write` obeys a token bucket
 * of 200 calls per 60 seconds and says so in headers; `/count` tells what was refused.
 */
const SIZE = Number(process.env.BUCKET_SIZE ?? 200);
const WINDOW = Number(process.env.BUCKET_WINDOW ?? 60_000);
let tokens = SIZE;
let filledAt = Date.now();
let refused = 0;

function take() {
	const now = Date.now();
	tokens = Math.min(SIZE, tokens + ((now - filledAt) * SIZE) / WINDOW);
	filledAt = now;
	const allowed = tokens >= 1;
	if (allowed) tokens -= 1;
	else refused += 1;
	const fullAt = now + ((SIZE - tokens) * WINDOW) / SIZE;
	return {
		allowed,
		headers: {
			'content-type': 'application/json',
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
		const url = new URL(request.url ?? '/', 'http://127.0.0.1');
		const json = { 'content-type': 'application/json' };
		if (url.pathname === '/count') {
			response.writeHead(200, json).end(JSON.stringify({ refused }));
		} else if (url.pathname.startsWith('/write')) {
			const { allowed, headers } = take();
			response
				.writeHead(allowed ? 200 : 429, headers)
				.end(allowed ? '{"ok":true}' : '{"error":"Slow down"}');
		} else {
			setTimeout(
				() =>
					response
						.writeHead(200, json)
						.end('{"id":463992311181737984,"name":"A toy","tags":["a","b"]}'),
				Number(url.searchParams.get('latency') ?? 0),
			);
		}
	});
});
server.listen(0, '127.0.0.1', () => process.send?.(server.address().port));
process.on('disconnect', () => process.exit());
