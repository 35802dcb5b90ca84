/** Free ports on loopback. */
import { createServer } from 'node:net';

export const LOOPBACK = '127.0.0.1';

/**
 * @param {number} port 0 for any free one
 * @returns {Promise<number | undefined>} the port when it can be listened on, undefined when it is taken
 */
function tryPort(port) {
	return new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(undefined));
		server.listen(port, LOOPBACK, () => {
			const address = server.address();
			server.close(() => resolve(address.port));
		});
	});
}

/**
 * @param {number} wanted 0 for any free port
 * @param {number[]} except ports promised to someone else already
 * @returns {Promise<number>} the wanted port, or the next free one above it
 */
export async function freePort(wanted, except = []) {
	for (let port = wanted; port < wanted + 200; port += wanted === 0 ? 0 : 1) {
		const free = await tryPort(port);
		if (free !== undefined && !except.includes(free)) return free;
	}
	throw new Error(`No free port between ${wanted} and ${wanted + 199}; pass another one.`);
}
