/** Uploads and downloads of Fanvue for measurements: parts are counted and dropped, downloads are made up. */

const CHUNK = Buffer.alloc(256 * 1024, 'The museum opens at nine. ');

/** @param {number} bytes */
export function* fileContent(bytes) {
	for (let left = bytes; left > 0; left -= CHUNK.length)
		yield left >= CHUNK.length ? CHUNK : CHUNK.subarray(0, left);
}

/**
 * Answers a request for a file.
 *
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {{ path: string[], origin: string }} target the path after `/files/<bytes>`, which comes first
 */
export function serveFile(request, response, { path, origin }) {
	const [bytes = '', ...rest] = path;
	const name = rest.join('/');
	/** @param {unknown} data */
	const sendJson = (data) =>
		response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(data));
	if (request.method === 'GET' && name === 'content') {
		response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': bytes });
		const chunks = fileContent(Number(bytes));
		// A generator that is left early in a loop would end, so it is read by hand.
		const next = () => {
			for (let step = chunks.next(); !step.done; step = chunks.next()) {
				if (!response.write(step.value)) {
					response.once('drain', next);
					return;
				}
			}
			response.end();
		};
		next();
		return;
	}
	let received = 0;
	request.on('data', (/** @type {Buffer} */ chunk) => {
		received += chunk.length;
	});
	request.on('end', () => {
		if (request.method === 'PUT') {
			response.writeHead(200, { etag: '"part"', 'x-received': String(received) }).end();
		} else if (name === 'media/uploads') {
			sendJson({ mediaUuid: 'media', uploadId: 'upload' });
		} else if (name.endsWith('/url')) {
			response
				.writeHead(200, { 'content-type': 'text/plain' })
				.end(`${origin}/files/${bytes}/part`);
		} else if (name.startsWith('media/uploads/')) {
			sendJson({ status: 'processing' });
		} else {
			const url = `${origin}/files/${bytes}/content`;
			sendJson({
				uuid: 'media',
				name: 'film',
				status: 'ready',
				variants: [{ variantType: 'main', url }],
			});
		}
	});
}
