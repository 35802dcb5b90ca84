/** Finds free ports on the loopback address. */
import { createServer } from 'node:net';

export const LOOPBACK = '127.0.0.1';

const PORTS_TO_TRY = 200;

/**
 * @param {number} port 0 for any free port
 * @returns {Promise<number | undefined>} the port if it is free, undefined if it is in use
 */
function tryPort(port) {
	return new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(undefined));
		server.listen(port, LOOPBACK, () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
		});
	});
}

/**
 * @param {number} wanted 0 for any free port
 * @param {number[]} reserved ports that must not be returned
 * @returns {Promise<number>} the wanted port, or the next free one above it
 */
export async function freePort(wanted, reserved = []) {
	for (let attempt = 0; attempt < PORTS_TO_TRY; attempt += 1) {
		const free = await tryPort(wanted === 0 ? 0 : wanted + attempt);
		if (free !== undefined && !reserved.includes(free)) return free;
	}
	throw new Error(
		`No port between ${wanted} and ${wanted + PORTS_TO_TRY - 1} is free. Choose another one.`,
	);
}
