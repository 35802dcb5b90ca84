/** A TCP proxy that can stop forwarding without closing anything, as when a network fails silently. */
import { connect, createServer } from 'node:net';
import { freePort, LOOPBACK } from '../../../host/lib/ports.mjs';

/**
 * @param {number} targetPort on this machine
 * @returns {Promise<{ port: number, freeze: () => number, close: () => Promise<void> }>} `freeze` stops
 *   forwarding on all open connections and returns their number; later connections work
 */
export async function startTcpProxy(targetPort) {
	const port = await freePort(0);
	/** @type {Set<import('node:net').Socket>} */
	const sockets = new Set();
	/** @type {Set<{ client: import('node:net').Socket, server: import('node:net').Socket }>} */
	const pairs = new Set();
	const listener = createServer((client) => {
		const server = connect(targetPort, LOOPBACK);
		const pair = { client, server };
		pairs.add(pair);
		for (const socket of [client, server]) {
			sockets.add(socket);
			socket.on('error', () => socket.destroy());
			socket.on('close', () => {
				sockets.delete(socket);
				pairs.delete(pair);
			});
		}
		client.pipe(server);
		server.pipe(client);
	});
	await new Promise((resolve) => {
		listener.listen(port, LOOPBACK, () => resolve(undefined));
	});
	return {
		port,
		freeze() {
			const frozen = [...pairs];
			for (const { client, server } of frozen) {
				client.unpipe(server);
				server.unpipe(client);
				client.pause();
				// The peer notices that its connection is gone; the other side gets no sign of it.
				server.destroy();
			}
			return frozen.length;
		},
		async close() {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => {
				listener.close(resolve);
			});
		},
	};
}
